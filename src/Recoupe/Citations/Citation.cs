using Recoupe.Text;

namespace Recoupe.Citations;

/// <summary>What an article names as its source.</summary>
public enum CitedType
{
    Medium,
    Document,
}

/// <summary>The medium or document named.</summary>
/// <param name="Name">Its name, the fullest form in the article.</param>
/// <param name="Type">What it is.</param>
/// <param name="Collective">Whether it is a mention of several ("des médias américains").</param>
public sealed record CitedSource(string Name, CitedType Type, bool Collective = false);

/// <summary>A place where an article names another medium or a document as the source of what it tells.</summary>
/// <param name="Span">The words that name it.</param>
/// <param name="Source">What is named; null where it cannot be told.</param>
/// <param name="Cue">The words that cite ("a révélé", "first reported by"); null for a bare link.</param>
/// <param name="InTitle">Whether the spans count in the title.</param>
public sealed record Citation(TextSpan Span, CitedSource? Source, TextSpan? Cue, bool InTitle = false);
