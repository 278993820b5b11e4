using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Origins;

/// <summary>A chain in the making, with what counting asks of it.</summary>
internal sealed class Trace
{
    public required Passage Passage { get; init; }

    /// <summary>The place of its article in the story.</summary>
    public required int Place { get; init; }

    /// <summary>The media between the outlet and the origin.</summary>
    public List<string> Media { get; } = [];

    /// <summary>The origin's name; null for a bare sentence, a loop and a medium not yet followed.</summary>
    public string? Name { get; set; }

    public OriginType? Type { get; set; }

    /// <summary>Whether the last of <see cref="Media"/> still has to be followed.</summary>
    public bool Open { get; set; }

    /// <summary>Whether it comes back to a medium.</summary>
    public bool Loop { get; set; }

    public bool Stated { get; set; } = true;

    public int Rule { get; set; }

    public List<Evidence> Evidence { get; } = [];

    /// <summary>Whether its article has the point from somebody else: its speaker is shown, and no origin beside that one.</summary>
    public bool Aside { get; set; }

    /// <summary>For an unnamed source: who met it; null where nobody is named.</summary>
    public string? MetBy { get; set; }

    /// <summary>The chain that the passage takes where nothing is stated and no text is shared; null if it is bare then.</summary>
    public Trace? Inferred { get; init; }

    /// <summary>Whether its passage gives no source itself: it took another's chain.</summary>
    public bool IsCarried { get; private set; }

    /// <summary>Whose words the origin passes on, inside its own; null if the text gives no such hop.</summary>
    public string? Inner { get; set; }

    /// <summary>Whether the document is one that a medium alone has seen.</summary>
    public bool Private { get; set; }

    /// <summary>Whether the text itself is what stands behind it.</summary>
    public bool Bare => Type is null && !Loop && !Open;

    /// <summary>Takes another's way to its origin.</summary>
    public void Take(Trace other, IEnumerable<string> media, int rule)
    {
        Media.Clear();
        Media.AddRange(media);
        Name = other.Name;
        Type = other.Type;
        Open = false;
        Loop = other.Loop;
        MetBy = other.MetBy;
        Private = other.Private;
        Stated = false;
        IsCarried |= rule != 2;
        Rule = rule;
        Evidence.AddRange(other.Evidence);
    }

    /// <summary>A trace of its own, to be followed further.</summary>
    public Trace Copy()
    {
        var copy = new Trace
        {
            Passage = Passage, Place = Place, Name = Name, Type = Type, Open = Open, Loop = Loop, Stated = Stated, Rule = Rule, Aside = Aside,
            MetBy = MetBy, Inferred = Inferred, IsCarried = IsCarried, Inner = Inner, Private = Private,
        };
        copy.Media.AddRange(Media);
        copy.Evidence.AddRange(Evidence);
        return copy;
    }

    public Chain ToChain(string? outlet)
    {
        var hops = ImmutableArray.CreateBuilder<string>();
        hops.Add(outlet ?? "");
        foreach (var medium in Media)
        {
            if (hops.Count == 0 || hops[^1] != medium)
                hops.Add(medium);
        }

        if (Name is not null && Name != hops[^1])
            hops.Add(Name);
        if (Inner is not null && Inner != hops[^1])
            hops.Add(Inner);
        return new Chain(Passage, hops.ToImmutable(), Type, Stated && !Loop, [.. Evidence.Distinct()], Rule);
    }
}
