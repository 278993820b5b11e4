namespace Recoupe.Endpoints;

/// <summary>An endpoint gave no vectors that can be used. The message says what happened and what to do; it never holds the key or what the server wrote.</summary>
internal sealed class EmbeddingException(string message) : Exception(message)
{
    /// <summary>Whether it may be due to the texts of this request alone: too many, or too long.</summary>
    public bool IsOfTexts { get; init; }
}
