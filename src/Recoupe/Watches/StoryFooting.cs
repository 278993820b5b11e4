using System.Text.Json;
using System.Text.Json.Serialization;

using Recoupe.Dossiers;

namespace Recoupe.Watches;

/// <summary>Words of an article that something rests on: where they stand, in code points of its text.</summary>
/// <param name="Article">The article.</param>
/// <param name="Start">Where they begin.</param>
/// <param name="End">Where they end.</param>
/// <param name="Words">The words.</param>
/// <param name="Outlet">The article's outlet, where a claim is watched; else null.</param>
public sealed record WatchedWords(
    string Article, int Start, int End, string Words, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Outlet = null)
{
    /// <summary>Whether they share a character with others.</summary>
    public bool Overlaps(WatchedWords other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Article == other.Article && Start < other.End && other.Start < End;
    }
}

/// <summary>A point as a watch knows it.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Fewest">The lower end of the number of its origins.</param>
/// <param name="Against">Who denies or doubts it.</param>
/// <param name="Passages">Where it is told, each article once.</param>
/// <param name="Denials">The words of those who deny or doubt a claim, by their names; null of a story's point.</param>
public sealed record WatchedPoint(
    string Text, int Fewest, IReadOnlyList<string> Against, IReadOnlyList<WatchedWords> Passages,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, WatchedWords>? Denials = null);

/// <summary>Two amounts of one point that differ.</summary>
public sealed record WatchedNumber(string Point, WatchedWords Before, WatchedWords After);

/// <summary>What a watch knows of a story.</summary>
/// <param name="Title">The title of its first article.</param>
/// <param name="Outlets">The outlets that tell it.</param>
/// <param name="Points">Its points by their ids.</param>
/// <param name="Numbers">The amounts that differ.</param>
/// <param name="IsDoubtful">Whether what seems to tell a claim may tell something else; false of a story.</param>
public sealed record StoryFooting(
    string? Title, IReadOnlyList<string> Outlets, IReadOnlyDictionary<string, WatchedPoint> Points, IReadOnlyList<WatchedNumber> Numbers, bool IsDoubtful = false)
{
    // A claim is one point, whatever passages tell it.
    private const string PointOfClaim = "claim";

    /// <summary>Of a story that nothing is known of.</summary>
    public static StoryFooting Nothing { get; } = new(null, [], new Dictionary<string, WatchedPoint>(), []);

    /// <summary>What a dossier, as JSON, tells.</summary>
    public static StoryFooting Of(byte[] dossier)
    {
        using var json = JsonDocument.Parse(dossier);
        var story = json.RootElement.GetProperty("stories")[0];
        var texts = TextsOf(story);
        WatchedWords? Words(JsonElement place) => WordsOf(place, texts);
        return new StoryFooting(
            story.GetProperty("title").GetString(),
            [.. story.GetProperty("articles").EnumerateArray().Select(article => article.GetProperty("outlet").GetString()).OfType<string>().Distinct(StringComparer.Ordinal)],
            story.GetProperty("points").EnumerateArray().ToDictionary(
                point => point.GetProperty("id").GetString()!,
                point => new WatchedPoint(
                    point.GetProperty("text").GetString()!,
                    point.GetProperty("origins").GetProperty("fewest").GetInt32(),
                    [.. point.GetProperty("origins").GetProperty("against").EnumerateArray().Select(origin => origin.GetProperty("name").GetString() ?? "").Distinct(StringComparer.Ordinal)],
                    [.. point.GetProperty("passages").EnumerateArray().Select(Words).OfType<WatchedWords>().DistinctBy(words => words.Article)])),
            [
                .. story.GetProperty("discrepancies").EnumerateArray()
                    .Where(differing => differing.GetProperty("kind").GetString() == "number" && differing.GetProperty("resolution").GetString() is "open" or "update")
                    .Select(differing => (Point: differing.GetProperty("point").GetString()!, A: Words(differing.GetProperty("a")), B: Words(differing.GetProperty("b"))))
                    .Where(differing => differing is { A: not null, B: not null }).Select(differing => new WatchedNumber(differing.Point, differing.A!, differing.B!)),
            ]);
    }

    /// <summary>What an answer about a claim, as JSON, tells: its one point is the claim, its outlets are those that tell it as it is claimed, its amounts whatever is told otherwise.</summary>
    public static StoryFooting OfClaim(byte[] answer)
    {
        using var json = JsonDocument.Parse(answer);
        var story = json.RootElement.GetProperty("stories")[0];
        var (claim, texts) = (story.GetProperty("claim"), TextsOf(story));
        var words = claim.GetProperty("text").GetString()!;
        var outlets = story.GetProperty("articles").EnumerateArray().ToDictionary(article => article.GetProperty("id").GetString()!, article => article.GetProperty("outlet").GetString());
        WatchedWords? Words(JsonElement place) => WordsOf(place, texts) is { } found ? found with { Outlet = outlets[found.Article] } : null;
        var differences = claim.GetProperty("differences").EnumerateArray().Select(difference => (
            Kind: difference.GetProperty("kind").GetString(), Claimed: difference.GetProperty("claimed"), Told: Words(difference.GetProperty("told")))).Where(difference => difference.Told is not null).ToList();
        var values = differences.FindAll(difference => difference.Kind is "number" or "date" or "place");
        var isDoubtful = claim.GetProperty("doubt") is { ValueKind: JsonValueKind.Number } doubt && doubt.GetDouble() >= ClaimCheck.LeastDoubt;
        var points = new Dictionary<string, WatchedPoint>();
        foreach (var point in story.GetProperty("points").EnumerateArray())
        {
            var passages = point.GetProperty("passages").EnumerateArray().Select(passage => (Stance: passage.GetProperty("stance").GetString(), Words: Words(passage))).Where(passage => passage.Words is not null).ToList();
            List<WatchedWords> telling = [.. passages.Where(passage => passage.Stance == "affirms").Select(passage => passage.Words!).DistinctBy(place => place.Article)];
            // Who gives another value stands against the claim too, and is told by that value.
            var denying = passages.Where(passage => passage.Stance == "doubts" || passage.Stance == "denies"
                && (values.Count == 0 || differences.Exists(difference => difference.Kind == "polarity" && difference.Told!.Overlaps(passage.Words!)))).Select(passage => passage.Words!).ToList();
            var denials = new Dictionary<string, WatchedWords>(StringComparer.Ordinal);
            foreach (var origin in point.GetProperty("origins").GetProperty("against").EnumerateArray())
            {
                if (origin.GetProperty("evidence").EnumerateArray().Select(Words).OfType<WatchedWords>().SelectMany(place => denying.Where(place.Overlaps)).FirstOrDefault() is { } said)
                    denials.TryAdd(origin.GetProperty("name").GetString() ?? "", said);
            }

            points.Add(PointOfClaim, new WatchedPoint(words, telling.Count == 0 ? 0 : point.GetProperty("origins").GetProperty("fewest").GetInt32(), [.. denials.Keys], telling, denials));
        }

        return new StoryFooting(
            words, [.. points.Values.SelectMany(point => point.Passages).Select(passage => passage.Outlet).OfType<string>().Distinct(StringComparer.Ordinal)], points,
            [.. values.Select(difference => new WatchedNumber(PointOfClaim, WordsOfClaim(difference.Claimed, Runes(words)), difference.Told!))], isDoubtful);
    }

    /// <summary>Whether somebody tells the claim that it is of, without doubt, or the points of its story.</summary>
    [JsonIgnore]
    public bool IsTold => !IsDoubtful && Points.Values.Any(point => point.Passages.Count > 0);

    /// <summary>As it is kept.</summary>
    public string Write() => JsonSerializer.Serialize(this, WatchJson.Default.StoryFooting);

    /// <summary>As it was kept.</summary>
    public static StoryFooting Read(string state) => JsonSerializer.Deserialize(state, WatchJson.Default.StoryFooting) ?? Nothing;

    private static WatchedWords WordsOfClaim(JsonElement span, int[] claim)
    {
        var (start, end) = (span[0].GetInt32(), span[1].GetInt32());
        return new WatchedWords("", start, end, string.Concat(claim[start..end].Select(char.ConvertFromUtf32)));
    }

    private static Dictionary<string, int[]> TextsOf(JsonElement story) =>
        story.GetProperty("articles").EnumerateArray().ToDictionary(article => article.GetProperty("id").GetString()!, article => Runes(article.GetProperty("text").GetString()!));

    // Places in titles are told by their article alone.
    private static WatchedWords? WordsOf(JsonElement place, Dictionary<string, int[]> texts)
    {
        var article = place.GetProperty("article").GetString()!;
        if (place.TryGetProperty("in", out _) || place.GetProperty("span") is not { ValueKind: JsonValueKind.Array } span || !texts.TryGetValue(article, out var text))
            return null;
        var (start, end) = (span[0].GetInt32(), span[1].GetInt32());
        return start < 0 || end > text.Length || start > end
            ? null
            : new WatchedWords(article, start, end, string.Concat(text[start..end].Select(char.ConvertFromUtf32)));
    }

    private static int[] Runes(string text) => [.. text.EnumerateRunes().Select(rune => rune.Value)];
}

/// <summary>How watches write JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoryFooting))]
[JsonSerializable(typeof(AlertBody))]
internal sealed partial class WatchJson : JsonSerializerContext;
