using System.Text.Json;

namespace Recoupe.Watches;

/// <summary>What an alert says: what changed, and the words that it rests on.</summary>
/// <param name="Condition">What was waited for.</param>
/// <param name="Story">The story.</param>
/// <param name="Title">Its title.</param>
/// <param name="Point">The point; null where the whole story is concerned.</param>
/// <param name="Text">The point's words, or the words that changed.</param>
/// <param name="Before">How it was; null where it was not.</param>
/// <param name="After">How it is; null where it is no longer.</param>
/// <param name="Spans">The words that it rests on.</param>
/// <param name="Claim">The claim that is watched; null where a story or a query is.</param>
public sealed record AlertBody(
    string Condition, string Story, string? Title, string? Point, string? Text, string? Before, string? After, IReadOnlyList<WatchedWords> Spans, string? Claim = null)
{
    /// <summary>As it is kept and sent.</summary>
    public string Write() => JsonSerializer.Serialize(this, WatchJson.Default.AlertBody);

    /// <summary>As it was kept.</summary>
    public static AlertBody Read(string body) => JsonSerializer.Deserialize(body, WatchJson.Default.AlertBody)!;
}
