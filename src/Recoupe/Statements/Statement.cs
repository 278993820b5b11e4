using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>How a statement gives the words.</summary>
public enum StatementKind
{
    Direct,
    Indirect,

    /// <summary>Partly inside quotation marks.</summary>
    Mixed,
}

/// <summary>What is done by saying it.</summary>
public enum Act
{
    Say,
    Announce,

    /// <summary>Also a concession.</summary>
    Confirm,

    /// <summary>Contradicts a claim made by others.</summary>
    Deny,
    Promise,
    Demand,
    Warn,
    Predict,
    Accuse,
    Praise,
}

/// <summary>What sort of source speaks.</summary>
public enum SpeakerType
{
    Person,

    /// <summary>Somebody without office to speak: "a senior official", "a source close to".</summary>
    Unnamed,
    Organisation,
    Medium,
    Document,
}

/// <summary>Who says it.</summary>
/// <param name="Mention">The words that name or describe them at this place; null where the speaker is taken from elsewhere.</param>
/// <param name="Name">The fullest form in the article, or the description of an unnamed source; null where unresolved.</param>
/// <param name="Type">What sort of source.</param>
/// <param name="Anonymity">The words that tell why a source is unnamed; null where none do.</param>
/// <param name="NamedBy">Where another article of the story names who this one tells by role only; null where the article itself does, or nobody.</param>
public sealed record Speaker(TextSpan? Mention, string? Name, SpeakerType Type, TextSpan? Anonymity = null, Evidence? NamedBy = null);

/// <summary>Through what it was said: <i>à l'AFP</i>, <i>sur Fox News</i>, <i>in a statement</i>.</summary>
/// <param name="Mention">Its words.</param>
/// <param name="Name">The medium's name, or the noun ("communiqué").</param>
/// <param name="Inherited">Whether it holds from a neighbouring statement of the same speaker.</param>
/// <param name="IsMedium">Whether it is a medium, so a hop of the chain.</param>
public sealed record Channel(TextSpan Mention, string Name, bool Inherited = false, bool IsMedium = false);

/// <summary>Text that an article attributes to somebody.</summary>
public sealed record Statement
{
    /// <summary>What is said, without outer quotation marks, cue, speaker and introducing conjunction; one span a stretch.</summary>
    public required ImmutableArray<TextSpan> Content { get; init; }

    public required StatementKind Kind { get; init; }

    /// <summary>The log-odds, as the trained judge of attributions holds it, that the text attributes just this; 0 where it was not asked.</summary>
    internal float Odds { get; init; }

    /// <summary>The words that attribute; null for a quotation that only continues another.</summary>
    public TextSpan? Cue { get; init; }

    /// <summary>Null where the text gives none.</summary>
    public Speaker? Speaker { get; init; }

    public Channel? Channel { get; init; }

    public Act Act { get; init; }

    /// <summary>Whether the speaker rejects the content as written.</summary>
    public bool Negated { get; init; }

    /// <summary>The conditional of report, "reportedly".</summary>
    public bool Hedged { get; init; }

    /// <summary>False for a thought, wish or intention told without reporting speech.</summary>
    public bool Voiced { get; init; } = true;

    /// <summary>Whether all spans count in the title.</summary>
    public bool InTitle { get; init; }

    /// <summary>Whether a person corrected its speaker.</summary>
    public bool Corrected { get; init; }

    /// <summary>From the first unit of the content to its last.</summary>
    public TextSpan Extent => new(Content[0].Start, Content[^1].End);
}
