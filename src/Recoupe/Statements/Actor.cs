using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Somebody or something that an article speaks of and that may speak: a person, a body, a medium, a document, an unnamed source.</summary>
internal sealed class Actor
{
    private Actor? _into;

    /// <summary>The fullest form of the name, or the description, without leading article or title.</summary>
    public required string Name { get; set; }

    public SpeakerType Type { get; set; }

    public Gender Gender { get; set; }

    public bool IsPlural { get; set; }

    /// <summary>Whether it has a proper name.</summary>
    public bool IsNamed { get; init; }

    /// <summary>Whether it is somebody without office to speak.</summary>
    public bool IsSource { get; init; }

    /// <summary>Whether only the shape of its name says that it is a person.</summary>
    public bool IsTypeGuessed { get; set; }

    /// <summary>Whether it was ever mentioned outside another noun phrase.</summary>
    public bool StandsAlone { get; set; }

    /// <summary>Whether its name is a place's, which speaks for its authorities.</summary>
    public bool IsPlace { get; set; }

    /// <summary>Whether it was brought in as one of several or any ("a senior minister").</summary>
    public bool IsIndefinite { get; set; }

    /// <summary>Whether it has a name, or a noun that stands for who or what may speak.</summary>
    public bool CanSpeak { get; set; }

    /// <summary>Whether the title names it.</summary>
    public bool IsInTitle { get; set; }

    /// <summary>What the article calls it beside its name: nouns and what qualifies them, in lower case.</summary>
    public List<string> Words { get; } = [];

    /// <summary>Its nouns among <see cref="Words"/>.</summary>
    public List<string> Heads { get; } = [];

    public string? Field { get; set; }

    /// <summary>How often it was mentioned so far.</summary>
    public int Mentions { get; set; }

    /// <summary>The sentence of <see cref="LastText"/> that mentions it last; -1 before any does.</summary>
    public int LastSentence { get; set; } = -1;

    /// <summary>The text that mentions it last.</summary>
    public AttributedText? LastText { get; set; }

    /// <summary>The actor that it turned out to be, or itself.</summary>
    public Actor Final
    {
        get
        {
            var actor = this;
            while (actor._into is { } into)
                actor = into;
            if (actor != this)
                _into = actor; // the next question is answered at once
            return actor;
        }
    }

    /// <summary>Takes it for <paramref name="other"/> from now on.</summary>
    public void MergeInto(Actor other)
    {
        var (mine, theirs) = (Final, other.Final);
        if (mine == theirs)
            return;
        mine._into = theirs;
        theirs.Know(mine);
        theirs.Mentions += mine.Mentions;
    }

    /// <summary>Adds what is known of <paramref name="other"/>.</summary>
    public void Know(Actor other)
    {
        AddAll(Words, other.Words);
        AddAll(Heads, other.Heads);
        Field ??= other.Field;
        CanSpeak |= other.CanSpeak;
        if (Gender == Gender.Unknown)
            Gender = other.Gender;
    }

    public static void AddAll(List<string> known, List<string> more)
    {
        // Twenty words tell anybody apart; more come only from hostile text.
        foreach (var word in more)
        {
            if (known.Count < 20 && !known.Contains(word))
                known.Add(word);
        }
    }
}

/// <summary>A place where a text names or describes an actor; offsets in tokens.</summary>
internal sealed class Mention
{
    /// <summary>The first token, determiner included.</summary>
    public required int Start { get; init; }

    /// <summary>The token after the last one.</summary>
    public required int End { get; set; }

    /// <summary>The noun, or the name's first token.</summary>
    public required int Head { get; init; }

    /// <summary>The first token of what is shown of it: without determiner or title.</summary>
    public required int NameStart { get; init; }

    public required Actor Actor { get; set; }

    public bool IsName { get; init; }

    /// <summary>Whether it stands inside another one, after a preposition that joins noun phrases.</summary>
    public bool IsNested { get; set; }

    public bool IsSubject { get; set; }

    /// <summary>Whether it only takes up somebody: he, celle-ci.</summary>
    public bool IsPronoun { get; init; }

    /// <summary>Whether no word stands for it: whoever says a quotation that nothing introduces. It begins with the quotation.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What the lists say of its noun or pronoun.</summary>
    public SpeakerWord Word { get; init; } = SpeakerWord.Nothing;

    /// <summary>What opens it (the, this, his); nothing where it stands bare.</summary>
    public WordUses Determiner { get; init; }

    /// <summary>Whether it stands in the words that an attribution names its source with.</summary>
    public bool Speaks { get; set; }

    /// <summary>What it says, where it <see cref="Speaks"/>.</summary>
    public ImmutableArray<Attribution> Says { get; set; } = [];

    /// <summary>Whether it made its actor known.</summary>
    public bool IsFirst { get; set; }

    public TextSpan Span(AttributedText text) => text.Span(Start, End);
}
