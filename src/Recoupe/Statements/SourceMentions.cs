using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Marks the mentions that attributions name as their source, and adds those that no list of nouns and no name explains.</summary>
internal static class SourceMentions
{
    // A noun phrase's words before its noun.
    private const int LongestOpening = 6;

    /// <summary>Marks and adds; <paramref name="mentions"/> stay in the order of their heads.</summary>
    public static void Mark(AttributedText text, SpeakerLexicon lexicon, List<Mention> mentions, ImmutableArray<Attribution> attributions)
    {
        var added = new List<Mention>();
        var unlistedAt = new Dictionary<int, Mention>();
        foreach (var attribution in attributions)
        {
            if (attribution.Cue is { } cue)
                EndAt(text, mentions, text.Source.TokenAt(cue.Start), text.Source.TokenAt(cue.End));
            if (attribution.Source is not { } source)
            {
                added.Add(Empty(text, attribution));
                continue;
            }

            var (start, end) = (text.Source.TokenAt(source.Start), text.Source.TokenAt(source.End));
            if (Speaker(text, mentions, start, end) is { } speaker)
                (speaker.Speaks, speaker.Says) = (true, speaker.Says.Add(attribution));
            else if (Read(text, lexicon, start, end) is { } unlisted)
            {
                var known = unlistedAt.TryGetValue(unlisted.Head, out var same) ? same : unlistedAt[unlisted.Head] = unlisted;
                known.Says = known.Says.Add(attribution);
                if (known == unlisted)
                    added.Add(unlisted);
            }
        }

        if (added.Count == 0)
            return;
        mentions.AddRange(added.DistinctBy(mention => mention.Head).Where(mention => mention.IsEmpty || IndexAt(mentions, mention.Head) is var at && (at == mentions.Count || mentions[at].Head != mention.Head)).ToList());
        mentions.Sort(static (a, b) => a.Head.CompareTo(b.Head));
    }

    // "Le préfet prévient :": the words that attribute do not describe who speaks, whatever the tagger takes them for.
    private static void EndAt(AttributedText text, List<Mention> mentions, int cue, int cueEnd)
    {
        var after = IndexAt(mentions, cue);
        for (var m = after - 1; m >= Math.Max(0, after - LongestOpening); m--)
        {
            var mention = mentions[m];
            if (mention.IsName || mention.IsEmpty || mention.End <= cue)
                continue;
            for (var i = cue; i < Math.Min(cueEnd, mention.End); i++)
                mention.Actor.Words.Remove(text.Word(i).ToString().ToLowerInvariant());
            mention.End = cue;
            if (mention.IsFirst && !mention.Actor.IsNamed && mention.NameStart < cue)
                mention.Actor.Name = text.Span(mention.NameStart, cue).Quote(text.Text);
        }
    }

    private static Mention Empty(AttributedText text, Attribution attribution)
    {
        var at = Math.Min(text.Source.TokenAt(attribution.Content[0].Start), text.Count - 1);
        var actor = new Actor { Name = "", Type = SpeakerType.Person };
        return new Mention { Start = at, End = at, Head = at, NameStart = at, Actor = actor, Word = new SpeakerWord { Uses = WordUses.Pronoun | WordUses.AnyNumber }, IsPronoun = true, IsEmpty = true, IsFirst = true, IsSubject = attribution.Cue is not null, Speaks = true, Says = [attribution] };
    }

    /// <summary>The mention that the words from <paramref name="start"/> up to <paramref name="end"/> are about: the one that holds their head, else the first that stands in no other; null where none is, or where a name only tells whose the head is.</summary>
    public static Mention? Speaker(AttributedText text, List<Mention> mentions, int start, int end)
    {
        Mention? first = null, free = null, holder = null;
        var head = HeadOf(text, start, end);
        for (var m = IndexAt(mentions, start); m < mentions.Count && mentions[m].Head < end; m++)
        {
            var mention = mentions[m];
            if (mention.IsEmpty || first is not null && mention.End >= end && text.IsOwning(mention.End))
                continue; // "According to the sheriff, Ada Hill's guardian …": the words end before what is hers
            first ??= mention;
            if (!mention.IsNested && (free is null || mention.Start <= free.Start && mention.Head >= free.End))
                free = mention; // a name with what describes it, before its words
            if (mention.Start <= head && head < mention.End && (holder is null || mention.Head == head || mention.IsName && !mention.IsNested && mention.Start <= holder.Start))
                holder = mention;
        }

        if (holder is not null)
            return holder;
        // "Brill loyalists", "Daniels' team": the head is a noun that no list has.
        var taken = free ?? first;
        return taken is { IsName: true } && head >= taken.End && head < end && text.Tag(head) == PartOfSpeech.Noun && !text.IsCapital(head) && OwnsOnly(text, taken.End, head) ? null : taken;
    }

    // Nothing but words of one noun phrase stand between a name and the noun behind it.
    private static bool OwnsOnly(AttributedText text, int from, int head)
    {
        for (var i = from; i < head; i++)
        {
            if (!text.IsOwning(i) && text.Tag(i) is not (PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.ProperNoun or PartOfSpeech.Numeral))
                return false;
        }

        return true;
    }

    /// <summary>The one token that hangs on none of the others; -1 where several do or nothing is parsed.</summary>
    public static int HeadOf(AttributedText text, int start, int end)
    {
        var found = -1;
        foreach (var root in text.Source.Syntax?.RootsIn(start, end) ?? [])
        {
            if (!text.IsWord(root))
                continue;
            if (found >= 0)
                return -1;
            found = root;
        }

        return found;
    }

    // "l'ancienne championne", "ce dernier": a noun that no list has, or an adjective that stands for one.
    private static Mention? Read(AttributedText text, SpeakerLexicon lexicon, int start, int end)
    {
        var opening = start;
        while (opening < end && !(text.IsWord(opening) && text.Speaker(opening).Is(WordUses.Determiner)) && opening - start < LongestOpening)
            opening++;
        if (opening >= end || !text.IsWord(opening) || !text.Speaker(opening).Is(WordUses.Determiner))
            return null;
        var head = -1;
        for (var i = opening + 1; i < Math.Min(end, opening + 1 + LongestOpening); i++)
        {
            if (!text.IsWord(i) || text.Tag(i) is PartOfSpeech.Adposition or PartOfSpeech.Verb or PartOfSpeech.Auxiliary or PartOfSpeech.Pronoun or PartOfSpeech.Coordinator || text.IsCapital(i))
                break;
            if (text.Tag(i) == PartOfSpeech.Noun)
            {
                head = i;
                if (!lexicon.HeadIsLast)
                    break;
            }
        }

        var opener = text.Speaker(opening);
        var takesUp = head < 0 && opener.Is(WordUses.Definite | WordUses.Demonstrative);
        if (head < 0 && text.IsWord(opening + 1) && opening + 1 < end && !text.IsCapital(opening + 1) && text.Tag(opening + 1) == PartOfSpeech.Adjective)
            head = opening + 1;
        if (head < 0)
            return null;
        var determiner = text.Speaker(opening);
        var noun = text.Word(head).ToString().ToLowerInvariant();
        var actor = new Actor
        {
            Name = text.Span(opening + 1, head + 1).Quote(text.Text),
            Type = SpeakerType.Unnamed,
            Gender = determiner.Is(WordUses.Possessive) ? Gender.Unknown : determiner.Gender != Gender.Unknown ? determiner.Gender : GenderOf(text.Tokens[head].Form.Gender),
            IsPlural = determiner.Is(WordUses.Plural) || text.Tokens[head].Form.Number == GrammaticalNumber.Plural,
        };
        actor.CanSpeak = !takesUp && lexicon.HasPersonEnding(noun);
        if (!takesUp)
            actor.Heads.Add(noun);
        for (var i = opening + 1; i < head; i++)
            actor.Words.Add(text.Word(i).ToString().ToLowerInvariant());
        var close = head + 1;
        while (close < Math.Min(end, head + 10) && text.IsWord(close) && !text.IsFinite(close) && !text.Is(close, WordClasses.Relative))
            close++;
        if (text.Is(close - 1, WordClasses.Of | WordClasses.Preposition | WordClasses.Determiner))
            close = head + 1;
        return new Mention
        {
            Start = opening,
            End = close,
            Head = head,
            NameStart = opening + 1,
            Actor = actor,
            Word = takesUp ? TakesUp : SpeakerWord.Nothing,
            Determiner = determiner.Uses,
            IsFirst = true,
            IsPronoun = takesUp,
            IsSubject = true,
            Speaks = true,
        };
    }

    private static readonly SpeakerWord TakesUp = new() { Uses = WordUses.Pronoun };

    private static Gender GenderOf(Text.Gender gender) => gender switch { Text.Gender.Masculine => Gender.Masculine, Text.Gender.Feminine => Gender.Feminine, _ => Gender.Unknown };

    private static int IndexAt(List<Mention> mentions, int token) => Sorted.First(mentions, token, static mention => mention.Head);
}
