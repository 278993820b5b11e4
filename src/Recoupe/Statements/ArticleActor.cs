using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>How a text speaks of an actor at one place.</summary>
public enum ActorMentionKind
{
    Name,

    /// <summary>A noun: "the minister", "la locataire de Matignon".</summary>
    Description,
    Pronoun,
}

/// <summary>A place where an article speaks of an actor.</summary>
/// <param name="Span">Its words.</param>
/// <param name="InTitle">Whether the span counts in the title.</param>
/// <param name="Kind">How.</param>
public readonly record struct ActorMention(TextSpan Span, bool InTitle, ActorMentionKind Kind);

/// <summary>Somebody or something that may speak, with every place where one article speaks of it.</summary>
public sealed class ArticleActor
{
    internal ArticleActor(Actor actor, ImmutableArray<ActorMention> mentions)
    {
        Name = actor.Name;
        Type = actor.Type;
        IsNamed = actor.IsNamed;
        IsPlural = actor.IsPlural;
        IsIndefinite = actor.IsIndefinite;
        IsSource = actor.IsSource;
        IsPlace = actor.IsPlace;
        CanSpeak = actor.CanSpeak;
        IsTypeGuessed = actor.IsTypeGuessed;
        Gender = actor.Gender;
        Field = actor.Field;
        Roles = [.. actor.Heads];
        Qualifiers = [.. actor.Words];
        Mentions = mentions;
    }

    /// <summary>The fullest form in the article, without leading article or title; of what has no name, the description.</summary>
    public string Name { get; }

    /// <summary>What sort of source.</summary>
    public SpeakerType Type { get; }

    /// <summary>Whether it has a proper name.</summary>
    public bool IsNamed { get; }

    /// <summary>Whether it stands for several.</summary>
    public bool IsPlural { get; }

    /// <summary>Whether it was brought in as one of several or any ("a senior minister").</summary>
    public bool IsIndefinite { get; }

    /// <summary>Whether it is somebody without office to speak.</summary>
    public bool IsSource { get; }

    /// <summary>Whether its name is a place's, which speaks for its authorities.</summary>
    public bool IsPlace { get; }

    /// <summary>Whether it has a name, or a noun that stands for who or what may speak: a truck has not, a deal neither.</summary>
    public bool CanSpeak { get; }

    /// <summary>The nouns that the article calls it by, in small letters: ministre, mayor.</summary>
    public ImmutableArray<string> Roles { get; }

    /// <summary>What qualifies those nouns, in small letters: finances, budget.</summary>
    public ImmutableArray<string> Qualifiers { get; }

    /// <summary>Where, in the order of the title, then the text.</summary>
    public ImmutableArray<ActorMention> Mentions { get; }

    /// <summary>Whether only the shape of its name says what sort it is.</summary>
    internal bool IsTypeGuessed { get; }

    internal Gender Gender { get; }

    internal string? Field { get; }
}
