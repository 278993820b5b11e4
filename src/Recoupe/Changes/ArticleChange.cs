using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Changes;

/// <summary>What a change touches, the gravest last.</summary>
public enum ChangeGrade
{
    /// <summary>Letters, capitals, marks: the words are the same.</summary>
    Typo,

    /// <summary>Other words, more or fewer of them.</summary>
    Wording,

    /// <summary>The title says it otherwise.</summary>
    Headline,

    /// <summary>Somebody, some body or some place goes by another name, or another stands in its place.</summary>
    Name,

    /// <summary>An amount is another, or bounded otherwise.</summary>
    Number,

    /// <summary>What stood in quotation marks is other words, or gone.</summary>
    Quotation,
}

/// <summary>One place where two versions differ.</summary>
/// <param name="Before">The words of the earlier version; empty where words were added.</param>
/// <param name="After">The words of the later version; empty where words were taken away.</param>
/// <param name="InTitle">Whether the spans count in the titles.</param>
/// <param name="Grade">What it touches.</param>
public sealed record WordChange(TextSpan Before, TextSpan After, bool InTitle, ChangeGrade Grade);

/// <summary>How the later of two versions of an article differs from the earlier.</summary>
/// <param name="Earlier">The earlier version.</param>
/// <param name="Later">The later version.</param>
/// <param name="Words">The places, those of the title first, in the order of the text.</param>
public sealed record ArticleChange(ArticleId Earlier, ArticleId Later, ImmutableArray<WordChange> Words)
{
    /// <summary>What the change touches, the gravest first; empty where nothing of title and text differs.</summary>
    public ImmutableArray<ChangeGrade> Grades => [.. Words.Select(word => word.Grade).Distinct().OrderDescending()];
}
