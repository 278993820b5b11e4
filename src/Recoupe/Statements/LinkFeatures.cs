using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>What is measured of a mention and a candidate for it, in numbers that name no language.</summary>
internal sealed class LinkFeatures(AttributedText text, List<Mention> mentions)
{
    /// <summary>How many numbers a pair has.</summary>
    public const int Count = 60;

    private const int Far = 20;

    // Who spoke, in order, with the sentence.
    private readonly List<(Actor Actor, int Sentence)> _spoken = [];
    private readonly Dictionary<Actor, (int Times, int Sentence)> _speakers = [];

    /// <summary>Takes note of a mention that has been linked, or stands as it is.</summary>
    public void Pass(int m)
    {
        if (!mentions[m].Speaks)
            return;
        var actor = mentions[m].Actor.Final;
        var sentence = text.SentenceOf(mentions[m].Head);
        _spoken.Add((actor, sentence));
        _speakers[actor] = (_speakers.GetValueOrDefault(actor).Times + 1, sentence);
    }

    /// <summary>Measures <paramref name="candidates"/> for the mention <paramref name="m"/>.</summary>
    public void Fill(int m, List<LinkCandidate> candidates)
    {
        var mention = mentions[m];
        foreach (var candidate in candidates)
        {
            var row = new float[Count];
            FillMention(row, mention);
            FillKind(row, candidate.Actor);
            FillWords(row, mention, candidate.Actor, candidates);
            FillPlace(row, m, candidate);
            FillRole(row, mention, candidate, candidates);
            candidate.Features = row;
        }
    }

    private void FillMention(float[] row, Mention mention)
    {
        var word = mention.Word;
        row[0] = mention.IsEmpty ? 3 : mention.IsPronoun ? 1 : 0;
        row[1] = mention.Speaks ? 1 : 0;
        row[2] = Is(mention.Determiner, WordUses.Definite | WordUses.Contracted) ? 1 : Is(mention.Determiner, WordUses.Demonstrative) ? 2 : Is(mention.Determiner, WordUses.Possessive) ? 3 : 0;
        row[3] = word.Is(WordUses.Source) ? 1 : 0;
        row[4] = word.Is(WordUses.Anybody) ? 1 : 0;
        row[5] = word.Is(WordUses.Role) ? 1 : 0;
        row[6] = word.Is(WordUses.Body) ? 1 : 0;
        row[7] = word.Is(WordUses.Document) ? 1 : 0;
        row[8] = word.Is(WordUses.Medium) ? 1 : 0;
        row[9] = mention.Actor.IsPlural ? 1 : 0;
        row[10] = mention.Actor.Gender == Gender.Unknown ? 0 : 1;
        row[11] = text.IsQuoted(mention.Head) ? 1 : 0;
        row[12] = mention.IsSubject ? 1 : 0;
        row[13] = mention.IsNested ? 1 : 0;
        row[14] = text.IsOwning(mention.End) ? 1 : 0;
    }

    private static void FillKind(float[] row, Actor actor)
    {
        row[15] = actor.IsNamed ? 1 : 0;
        row[16] = (int)actor.Type;
        row[17] = actor.IsTypeGuessed ? 1 : 0;
        row[18] = actor.IsPlace ? 1 : 0;
        row[19] = actor.IsPlural ? 1 : 0;
        row[20] = actor.Gender == Gender.Unknown ? 0 : 1;
        row[21] = actor.IsInTitle ? 1 : 0;
        row[22] = Math.Min(actor.Mentions, 10);
        row[23] = actor.IsSource ? 1 : 0;
        row[24] = actor.StandsAlone ? 1 : 0;
    }

    private static void FillWords(float[] row, Mention mention, Actor actor, List<LinkCandidate> candidates)
    {
        var own = mention.Actor;
        row[25] = own.Gender != Gender.Unknown && actor.Gender != Gender.Unknown ? own.Gender == actor.Gender ? 1 : -1 : 0;
        if (mention.IsPronoun)
            return;
        var shared = own.Words.Count(actor.Words.Contains);
        var sameHead = SharesHead(own, actor);
        row[26] = sameHead ? 1 : 0;
        row[27] = !sameHead && own.Heads.Skip(1).Any(actor.Heads.Contains) ? 1 : 0;
        row[28] = own.Field is null || actor.Field is null ? 0 : own.Field == actor.Field ? 1 : -1;
        row[29] = Math.Min(actor.Heads.Count, 4);
        row[30] = Math.Min(own.Words.Count, 5);
        row[31] = shared;
        row[32] = sameHead && own.Words.Count > 0 && actor.Words.Count > 0 && shared == 0 ? 1 : 0;
        row[33] = Math.Min(actor.Words.Count, 5);
        row[34] = candidates.Exists(other => other.Actor != actor && SharesHead(own, other.Actor)) ? 1 : 0;
    }

    private void FillPlace(float[] row, int m, LinkCandidate candidate)
    {
        var mention = mentions[m];
        var sentence = text.SentenceOf(mention.Head);
        row[35] = Far;
        row[36] = candidate.Rank;
        row[40] = Far;
        if (candidate.Back >= 0)
        {
            var last = mentions[candidate.Back];
            row[35] = Math.Min(Far - 1, sentence - text.SentenceOf(last.Head));
            row[37] = IsSubject(candidate.Back) ? 1 : last.IsNested ? -1 : 0;
            row[38] = last.IsName ? 2 : last.IsPronoun ? 1 : 0;
            row[39] = (text.IsQuoted(last.Head) ? 1 : 0) + (last.Speaks ? 2 : 0);
            row[41] = last.Start <= text.SentenceFirst(last.Head) + 1 ? 1 : 0;
        }
        else if (candidate.Forward >= 0)
        {
            var next = mentions[candidate.Forward];
            row[40] = Math.Min(Far - 1, text.SentenceOf(next.Head) - sentence);
            row[39] = (text.IsQuoted(next.Head) ? 1 : 0) + (next.Speaks ? 2 : 0);
            row[37] = next.IsSubject ? 1 : next.IsNested ? -1 : 0;
        }
    }

    // "Le maire, Paul Durand, a dit": the name too, by the description before it.
    private bool IsSubject(int m)
    {
        var actor = mentions[m].Actor.Final;
        for (var k = m; k >= Math.Max(0, m - 3) && text.SentenceOf(mentions[k].Head) == text.SentenceOf(mentions[m].Head); k--)
        {
            if (mentions[k].IsSubject && mentions[k].Actor.Final == actor)
                return true;
        }

        return false;
    }

    private void FillRole(float[] row, Mention mention, LinkCandidate candidate, List<LinkCandidate> candidates)
    {
        var sentence = text.SentenceOf(mention.Head);
        var (times, lastSpoke) = _speakers.GetValueOrDefault(candidate.Actor);
        row[42] = Math.Min(times, 5);
        row[43] = times == 0 ? Far : Math.Min(Far - 1, sentence - lastSpoke);
        row[44] = _spoken.Count > 0 && _spoken[^1].Actor.Final == candidate.Actor ? 1 : 0;
        row[45] = _spoken.Count > 1 && _spoken[^2].Actor.Final == candidate.Actor ? 1 : 0;
        int alike = 0, before = 0, oftener = 0;
        foreach (var other in candidates)
        {
            if (other.Actor == candidate.Actor || IsPerson(other.Actor) != IsPerson(candidate.Actor))
                continue;
            alike++;
            before += other.Rank < candidate.Rank ? 1 : 0;
            oftener += other.Actor.Mentions > candidate.Actor.Mentions ? 1 : 0;
        }

        row[46] = Math.Min(alike, 10);
        row[47] = Math.Min(before, 10);
        row[48] = Math.Min(oftener, 10);
        row[49] = candidates.Exists(other => other.Actor.IsInTitle && IsPerson(other.Actor)) ? 1 : 0;
        row[50] = mention.Start <= text.SentenceFirst(mention.Head) + 1 ? 1 : 0;
        row[51] = candidate.Actor.Mentions > 0 && candidate.Actor.LastText == text ? 1 : 0;
    }

    private static bool IsPerson(Actor actor) => actor.Type is SpeakerType.Person or SpeakerType.Unnamed;

    private static bool SharesHead(Actor own, Actor actor) => own.Heads.Count > 0 && actor.Heads.Contains(own.Heads[0]);

    private static bool Is(WordUses uses, WordUses wanted) => (uses & wanted) != WordUses.None;
}
