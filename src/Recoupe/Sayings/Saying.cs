using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Statements;

namespace Recoupe.Sayings;

/// <summary>How an article gives a saying, beside the fullest wording that the story has of it.</summary>
public enum Wording
{
    /// <summary>In all its words.</summary>
    Whole,

    /// <summary>In some of its words.</summary>
    Cut,

    /// <summary>Between quotation marks, in other words of the same language.</summary>
    Reworded,

    /// <summary>Between quotation marks, in another language.</summary>
    Translated,

    /// <summary>Without quotation marks.</summary>
    Reported,
}

/// <summary>A speaker as the articles of one story tell them apart.</summary>
/// <param name="Name">The fullest form in the story, or the description of an unnamed source; null where no article tells who it is.</param>
/// <param name="Type">What sort of source; null where the name is.</param>
public sealed record StorySpeaker(string? Name, SpeakerType? Type);

/// <summary>One place where an article gives a saying.</summary>
/// <param name="Article">The article.</param>
/// <param name="Statement">The index of the statement among those of its article.</param>
/// <param name="Wording">How it gives it.</param>
/// <param name="Speaker">Whose words this article says they are.</param>
public sealed record Rendering(ArticleId Article, int Statement, Wording Wording, StorySpeaker Speaker);

/// <summary>What somebody said, with every place in the story where it is found again.</summary>
/// <param name="Speaker">Whose words most articles say they are; a person before others.</param>
/// <param name="Fullest">The index of the fullest wording among <paramref name="Renderings"/>.</param>
/// <param name="Renderings">By time of publication, those of unknown time last, then in the story's order.</param>
public sealed record Saying(StorySpeaker Speaker, int Fullest, ImmutableArray<Rendering> Renderings)
{
    /// <summary>How many articles give it.</summary>
    public int Articles => Renderings.Select(rendering => rendering.Article).Distinct().Count();
}
