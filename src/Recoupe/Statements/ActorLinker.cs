using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Somebody whom a description or a pronoun may mean.</summary>
/// <param name="Actor">Whom.</param>
/// <param name="Back">The index of the last mention before it; -1 where none is near.</param>
/// <param name="Forward">The index of the first mention after it by name; -1 where one stands before, or none is near.</param>
/// <param name="Rank">How many others were mentioned since.</param>
internal sealed record LinkCandidate(Actor Actor, int Back, int Forward, int Rank)
{
    /// <summary>What <see cref="LinkFeatures"/> reads of the pair.</summary>
    public float[] Features { get; set; } = [];
}

/// <summary>Who of the candidates is meant: an index, or -1 for nobody of them.</summary>
internal delegate int LinkChooser(Mention mention, IReadOnlyList<Mention> mentions, IReadOnlyList<LinkCandidate> candidates);

/// <summary>Links the descriptions and pronouns of a text, in order, to the actors that they mean.</summary>
/// <remarks>Hard limits (<see cref="LinkLimits"/>) say who it cannot be; one trained scorer says who of the rest it is, before or after the place.</remarks>
internal sealed class ActorLinker(AttributedText text, List<Mention> mentions, LinkChooser? chooser = null)
{
    // Bounds in mentions, beyond what the press writes: they keep hostile text linear.
    private const int FarthestBack = 80;
    private const int FarthestForward = 60;
    private const int MostCandidates = 40;
    private const int LongestPhrase = 40; // in tokens

    private readonly LinkFeatures _features = new(text, mentions);

    /// <summary>Links all.</summary>
    /// <param name="known">The actors that the article speaks of most, and those of its title.</param>
    public void Link(IReadOnlyList<Actor> known)
    {
        for (var m = 0; m < mentions.Count; m++)
        {
            var mention = mentions[m];
            if (mention is { IsFirst: true, IsName: false, Actor.IsNamed: false } && mention.Actor.Final == mention.Actor && CanTakeUp(mention))
            {
                var candidates = Candidates(m, known);
                if (candidates.Count > 0)
                {
                    var chosen = SameNoun(mention, candidates);
                    if (chosen < 0)
                    {
                        _features.Fill(m, candidates);
                        chosen = (chooser ?? LinkModel.Choose)(mention, mentions, candidates);
                    }

                    if (chosen >= 0)
                        Apply(mention, candidates[chosen].Actor);
                }
            }

            _features.Pass(m);
        }
    }

    // Whom an article names with the same office, "cette source", and "the official" after "a senior official", and after nobody else of that noun: certain.
    private static int SameNoun(Mention mention, List<LinkCandidate> candidates)
    {
        var own = mention.Actor;
        if (LinkLimits.TakesUpSource(mention) && candidates.FindIndex(candidate => candidate is { Back: >= 0, Actor: { IsSource: true, IsNamed: false } }) is >= 0 and var source)
            return source;
        if (own.Words.Count > 0 && own.Heads.Count > 0 && HolderOf(own, candidates) is >= 0 and var holder)
            return holder;
        if (mention.IsPronoun || own.Words.Count > 0 || own.Heads.Count == 0 || (mention.Determiner & (WordUses.Definite | WordUses.Contracted | WordUses.Demonstrative)) == WordUses.None)
            return -1;
        if (Only(candidates, actor => actor.Heads.Contains(own.Heads[0])) is >= 0 and var same)
            return candidates[same].Back >= 0 ? same : -1;
        // "A sheriff said … Marlow County Sheriff Newell Tarrant … the sheriff": the one who was named since.
        var nearest = candidates.FindIndex(candidate => candidate.Actor.Heads.Contains(own.Heads[0]));
        return nearest >= 0 && candidates[nearest] is { Back: >= 0, Actor: { IsNamed: true, Type: SpeakerType.Person } } && !candidates.Exists(other => other.Actor != candidates[nearest].Actor && other.Actor.IsNamed && other.Actor.Heads.Contains(own.Heads[0])) ? nearest : -1;
    }

    // "Le président ukrainien", where the article says "le président ukrainien, Ada Finch" of one person alone.
    private static int HolderOf(Actor own, List<LinkCandidate> candidates) =>
        Only(candidates, actor => actor is { IsNamed: true, Type: SpeakerType.Person } && actor.Heads.Contains(own.Heads[0]) && own.Words.TrueForAll(actor.Words.Contains));

    // The index of the one candidate that fits; -1 for none or several.
    private static int Only(List<LinkCandidate> candidates, Predicate<Actor> fits)
    {
        var found = candidates.FindIndex(candidate => fits(candidate.Actor));
        return found >= 0 && candidates.FindIndex(found + 1, candidate => fits(candidate.Actor)) < 0 ? found : -1;
    }

    private static bool CanTakeUp(Mention mention) =>
        mention.IsPronoun || (mention.Determiner & (WordUses.Definite | WordUses.Contracted | WordUses.Demonstrative | WordUses.Possessive)) != WordUses.None
        || mention.Determiner == WordUses.None && !mention.Actor.IsPlural;

    private List<LinkCandidate> Candidates(int m, IReadOnlyList<Actor> known)
    {
        var found = new List<LinkCandidate>();
        var seen = new HashSet<Actor> { mentions[m].Actor };
        var told = ToldOf(mentions[m]);
        for (var k = m - 1; k >= Math.Max(0, m - FarthestBack) && found.Count < MostCandidates; k--)
            Add(mentions[k], k, -1);
        var before = seen.Count;
        if (!mentions[m].IsPronoun)
        {
            for (var k = m + 1; k < Math.Min(mentions.Count, m + FarthestForward) && found.Count < MostCandidates; k++)
            {
                if (mentions[k].IsName)
                    Add(mentions[k], -1, k);
            }
        }

        foreach (var actor in known)
        {
            if (found.Count < MostCandidates && seen.Add(actor.Final) && !told.Contains(actor.Final) && LinkLimits.Allow(text, mentions[m], actor.Final))
                found.Add(new LinkCandidate(actor.Final, -1, -1, before));
        }

        return found;

        void Add(Mention other, int back, int forward)
        {
            var actor = other.Actor.Final;
            if (!seen.Add(actor) || told.Contains(actor) || other.IsPronoun && actor == other.Actor || !LinkLimits.Allow(text, mentions[m], actor))
                return;
            if (other.Head < mentions[m].End && other.Head >= mentions[m].Start)
                return; // the owner inside the description is somebody else
            found.Add(new LinkCandidate(actor, back, forward, seen.Count - 2));
        }
    }

    // "He said that Ada Hill …", « Ada Hill ment », dit-elle: whoever is called by name in what somebody says is not the one who says it.
    // Before the cue and outside quotation marks they may be one: "Ada Hill will resign, she said".
    private HashSet<Actor> ToldOf(Mention mention)
    {
        var told = new HashSet<Actor>();
        if (!mention.IsPronoun)
        {
            // "L'avocat du maire", "the mayor's lawyer": whoever it belongs to is somebody else.
            foreach (var (owner, at) in Between(mention.Head + 1, mention.End))
            {
                if (owner.IsName)
                    told.Add(owner.Actor.Final);
                else if (owner.Actor.Final.Heads is [var noun, ..])
                    told.UnionWith(mentions[Math.Max(0, at - FarthestBack)..at].Select(other => other.Actor.Final).Where(actor => actor != mention.Actor && actor.Heads.Contains(noun)));
            }
        }

        // "Asked by Ada Hill, he said": whoever the participle is said of is not whom else its phrase names.
        var first = text.SentenceFirst(mention.Head);
        if (mention is { IsPronoun: true, IsEmpty: false } && mention.Head - first is > 1 and < LongestPhrase && text.IsMark(mention.Head - 1, ',') && text.IsParticiple(first) && !text.HasFinite(first + 1, mention.Head - 1))
            told.UnionWith(Between(first, mention.Head).Where(other => other.Mention.IsName).Select(other => other.Mention.Actor.Final));
        foreach (var said in mention.Says)
        {
            foreach (var span in said.Content)
            {
                foreach (var (other, _) in Between(text.Source.TokenAt(span.Start), text.Source.TokenAt(span.End)).Take(FarthestForward))
                {
                    if (told.Count < MostCandidates && other.IsName && (text.IsQuoted(other.Head) || said.Cue is { } cue && cue.Start < span.Start))
                        told.Add(other.Actor.Final);
                }
            }
        }

        return told;
    }

    // The mentions whose heads stand from a token up to another, with their places.
    private IEnumerable<(Mention Mention, int At)> Between(int from, int to)
    {
        for (var m = Sorted.First(mentions, from, static other => other.Head); m < mentions.Count && mentions[m].Head < to; m++)
            yield return (mentions[m], m);
    }

    private static void Apply(Mention mention, Actor actor)
    {
        var description = mention.Actor;
        if (!mention.IsPronoun && !actor.IsNamed && actor.Name.Length < description.Name.Length && actor.Type == description.Type)
            actor.Name = description.Name;
        if (actor is { IsTypeGuessed: true } && !mention.IsPronoun)
        {
            (actor.Type, actor.IsTypeGuessed) = (description.Type == SpeakerType.Unnamed ? SpeakerType.Person : description.Type, false);
            actor.IsPlace &= actor.Type != SpeakerType.Person;
        }
        else if (actor is { IsTypeGuessed: true } && mention.Word.Is(WordUses.BodyPronoun | WordUses.PersonPronoun))
        {
            (actor.Type, actor.IsTypeGuessed) = (mention.Word.Is(WordUses.BodyPronoun) ? SpeakerType.Organisation : SpeakerType.Person, false);
        }

        if (mention.IsPronoun)
        {
            description.Heads.Clear();
            description.Words.Clear();
        }

        if (actor.IsSource && description.Gender != actor.Gender)
            actor.Gender = Gender.Unknown;
        description.MergeInto(actor);
        mention.IsFirst = false;
    }
}

/// <summary>Who a mention cannot mean, whatever the scorer says.</summary>
internal static class LinkLimits
{
    /// <summary>Whether gender, number and kind let <paramref name="mention"/> mean <paramref name="actor"/>.</summary>
    public static bool Allow(AttributedText text, Mention mention, Actor actor)
    {
        var own = mention.Actor;
        if (TakesUpSource(mention) && actor is { IsSource: true, IsNamed: false })
            return own.IsPlural == actor.IsPlural; // "cette source" after "un responsable"
        var isBody = actor.Type is SpeakerType.Organisation or SpeakerType.Medium;
        if (own.Gender != Gender.Unknown && actor.Gender != Gender.Unknown && own.Gender != actor.Gender && !(isBody && actor.IsNamed && !mention.IsPronoun))
            return false;
        return mention.IsPronoun ? AllowsPronoun(mention.Word, own, actor) : AllowsDescription(text, mention, own, actor, isBody);
    }

    /// <summary>"Cette source", "the same source": whoever wanted no name before.</summary>
    public static bool TakesUpSource(Mention mention) => mention.Word.Is(WordUses.Source) && (mention.Determiner & WordUses.Demonstrative) != WordUses.None;

    private static bool AllowsPronoun(SpeakerWord pronoun, Actor own, Actor actor)
    {
        if (own.IsPlural != actor.IsPlural && !pronoun.Is(WordUses.AnyNumber) && !(own.IsPlural && actor.Type == SpeakerType.Organisation && !actor.IsPlace))
            return false;
        var isPerson = actor.Type is SpeakerType.Person or SpeakerType.Unnamed || actor.IsTypeGuessed && !actor.IsPlace;
        if (pronoun.Is(WordUses.PersonPronoun))
            return isPerson || actor is { Type: SpeakerType.Organisation, IsNamed: false, Field: "spokes" };
        return !pronoun.Is(WordUses.BodyPronoun) || !isPerson || actor.IsTypeGuessed;
    }

    private static bool AllowsDescription(AttributedText text, Mention mention, Actor own, Actor actor, bool isBody)
    {
        var word = mention.Word;
        if (word.Is(WordUses.Group) && !word.Is(WordUses.Role | WordUses.Body) && actor.IsNamed)
            return false; // whoever is around somebody is not that somebody
        if ((mention.Determiner & WordUses.Possessive) != WordUses.None && !own.Heads.Exists(actor.Heads.Contains))
            return false; // "son avocat": most likely the owner's, and told by nothing else
        if ((own.Type == SpeakerType.Document) != (actor.Type == SpeakerType.Document))
            return false;
        if (own.Type == SpeakerType.Medium && !word.Is(WordUses.Body))
            return actor.Type == SpeakerType.Medium && (own.IsPlural == actor.IsPlural || actor.IsNamed);
        if (own.IsPlural != actor.IsPlural && !(isBody && actor.IsNamed && own.Type == SpeakerType.Organisation))
            return false;
        if (own.Type is SpeakerType.Organisation && !word.Is(WordUses.Role) || word.Is(WordUses.Body) && !word.Is(WordUses.Role))
            return isBody || actor.IsTypeGuessed;
        var takesBody = word.Is(WordUses.Body) || own.Field == "business";
        if (isBody && !actor.IsTypeGuessed && !takesBody)
            return false;
        // Another qualification of the same noun is another holder: "le ministre de l'Intérieur" is not "le ministre des Transports".
        return !(actor.Heads.Count > 0 && own.Heads.Count > 0 && actor.Heads.Contains(own.Heads[0]) && !actor.IsNamed && own.Words.Count > 0 && actor.Words.Count > 0
            && !own.Words.Exists(actor.Words.Contains) && mention.Determiner != WordUses.Demonstrative);
    }
}

/// <summary>The learned part: how likely a description or pronoun means a candidate.</summary>
internal static class LinkModel
{
    // Chosen with one affair left out: below it a description stays as it is written.
    private const float LeastForDescription = 0;
    private const float LeastForPronoun = -2.5f;
    private const float LeastForEmpty = 0;

    /// <summary>The least score for a join across articles.</summary>
    public const float LeastAcross = 0;

    private static readonly TreeModel Model = TreeModel.BuiltIn("actors");

    /// <summary>In place of the built-in one, while it is trained; null otherwise.</summary>
    [ThreadStatic]
    internal static TreeModel? Trial;

    /// <summary>The log-odds that a pair is one.</summary>
    public static float Score(float[] features) => (Trial ?? Model).Score(features);

    /// <summary>The likeliest candidate that is likely enough, or -1.</summary>
    public static int Choose(Mention mention, IReadOnlyList<Mention> mentions, IReadOnlyList<LinkCandidate> candidates)
    {
        var best = -1;
        var bestScore = mention.IsEmpty ? LeastForEmpty : mention.IsPronoun ? LeastForPronoun : LeastForDescription;
        var scores = new float[candidates.Count];
        var rows = new float[candidates.Count * LinkFeatures.Count];
        for (var c = 0; c < candidates.Count; c++)
            candidates[c].Features.CopyTo(rows, c * LinkFeatures.Count);
        (Trial ?? Model).Score(rows, LinkFeatures.Count, scores);
        for (var c = 0; c < candidates.Count; c++)
        {
            if (scores[c] > bestScore)
                (best, bestScore) = (c, scores[c]);
        }

        return best;
    }
}
