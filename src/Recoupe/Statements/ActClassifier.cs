using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>What is done by saying it, whether the speaker rejects it, and whether the article leaves it open.</summary>
internal readonly record struct ActReading(Act Act, bool Negated, bool Hedged);

/// <summary>Tells the act of a statement from its cue and content.</summary>
internal static class ActClassifier
{
    public static ActReading Read(AttributedText text, SpeakerLexicon lexicon, Attribution attribution)
    {
        var contentStart = text.Source.TokenAt(attribution.Content[0].Start);
        var contentEnd = text.Source.TokenAt(attribution.Content[^1].End);
        var act = Act.Say;
        bool negated = false, inserted = true;
        if (attribution.Cue is { } cue)
        {
            var start = text.Source.TokenAt(cue.Start);
            var end = text.Source.TokenAt(cue.End);
            var verb = VerbIn(text, start, end);
            var noun = verb is null ? NounIn(text, start, end) : null;
            act = verb?.Act ?? noun?.Act ?? Act.Say;
            inserted = contentStart < start || verb is null && noun is null;
            var denied = IsNegated(text, start, end);
            var rejects = act == Act.Deny && verb is not null && lexicon.RejectingVerbs.Contains(verb.Lemma)
                && !inserted && attribution.Kind != StatementKind.Direct;
            negated = rejects != denied && (rejects || denied) && verb is not null;
            if (denied)
                act = act is Act.Deny or Act.Confirm or Act.Promise or Act.Announce or Act.Praise or Act.Accuse ? Act.Say : act;
        }

        if (act == Act.Say && !negated)
            act = ByContent(text, lexicon, attribution, contentStart, contentEnd);
        return new ActReading(act, negated, IsHedged(text, lexicon, attribution, contentStart, contentEnd, inserted));
    }

    // What the words themselves do, where the cue is neutral.
    private static Act ByContent(AttributedText text, SpeakerLexicon lexicon, Attribution attribution, int start, int end)
    {
        if (start < end && lexicon.ActPhrases.TryMatch(text.Source, start, end, out _, out var opening) && opening.AtStart && (attribution.Kind != StatementKind.Indirect || opening.Act == Act.Promise))
            return opening.Act;
        // A vow stands early; long speeches hold everything.
        for (var i = start; attribution.Kind != StatementKind.Indirect && i < Math.Min(end, start + 40); i++)
        {
            if (text.IsWord(i) && lexicon.ActPhrases.TryMatch(text.Source, i, end, out _, out var phrase) && !phrase.AtStart && text.IsQuoted(i) && !text.Is(i - 1, WordClasses.Relative))
                return phrase.Act;
        }

        return Act.Say;
    }

    private static ReportingVerb? VerbIn(AttributedText text, int start, int end)
    {
        ReportingVerb? best = null;
        var bestLength = -1;
        for (var i = start; i < end; i++)
        {
            foreach (var (verb, _) in text.Readings[i].Verbs)
            {
                if (verb.IsReflexive && !HasReflexive(text, start, i))
                    continue;
                var length = Matched(text, i + 1, Math.Min(text.Count, Math.Max(end, i + 1) + 6), verb.Rest);
                if (length < 0)
                    continue;
                // The last verb of the cue is the one that reports (a tenu à rappeler); of two readings the one with more words.
                length = length * 2 + (verb.IsReflexive ? 1 : 0);
                if (best is null || length > bestLength || length == bestLength && best.Voice != Voice.Say && verb.Voice == Voice.Say || bestLength == 0 && !text.Readings[i].Verbs.Any(reading => reading.Verb == best))
                    (best, bestLength) = (verb, length);
            }
        }

        return best;
    }

    private static ReportingNoun? NounIn(AttributedText text, int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (text.Readings[i].Noun is { } noun)
                return noun;
        }

        return null;
    }

    private static bool HasReflexive(AttributedText text, int start, int verb)
    {
        for (var i = verb - 1; i >= Math.Max(Math.Max(0, start - 2), verb - 5); i--)
        {
            if (text.Is(i, WordClasses.Reflexive))
                return true;
        }

        return false;
    }

    // How many words of a lemma after its verb stand there, words between them allowed; -1 if not all do.
    private static int Matched(AttributedText text, int from, int limit, ImmutableArray<string> rest)
    {
        var at = from;
        foreach (var word in rest)
        {
            while (at < limit && !text.Word(at).Equals(word, StringComparison.OrdinalIgnoreCase))
                at++;
            if (at >= limit)
                return -1;
            at++;
        }

        return rest.Length;
    }

    private static bool IsNegated(AttributedText text, int start, int end)
    {
        for (var i = Math.Max(text.SentenceFirst(start), start - 1); i < end; i++)
        {
            if (text.Is(i, WordClasses.Not))
                return true;
        }

        return false;
    }

    // The conditional of report in what is told indirectly, or a word that says so in the content or right around the cue.
    private static bool IsHedged(AttributedText text, SpeakerLexicon lexicon, Attribution attribution, int start, int end, bool inserted)
    {
        if (attribution.Kind == StatementKind.Direct)
            return false;
        for (var i = start; i < end; i++)
        {
            if (!text.IsWord(i) || text.IsQuoted(i))
                continue;
            if (lexicon.Hedges.TryMatch(text.Source, i, end, out _, out _))
                return true;
            if (lexicon.ConditionalEndings.IsEmpty)
                continue;
            var word = text.Word(i);
            if (!EndsInConditional(lexicon, word))
                continue;
            if (lexicon.Conditionals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out var perfectOnly))
            {
                if (inserted || perfectOnly && !text.Is(i - 1, WordClasses.Whether))
                    return true;
            }
            else if (inserted && !lexicon.ModalConditionals.Contains(word) && word.Length > 5)
            {
                return true;
            }
        }

        if (attribution.Cue is { } cue)
        {
            var at = text.Source.TokenAt(cue.Start);
            for (var i = Math.Max(text.SentenceFirst(at), at - 1); i < Math.Min(text.SentenceEnd(at), text.Source.TokenAt(cue.End) + 1); i++)
            {
                if (text.IsWord(i) && lexicon.Hedges.TryMatch(text.Source, i, text.SentenceEnd(at), out _, out _))
                    return true;
            }
        }

        return false;
    }

    private static bool EndsInConditional(SpeakerLexicon lexicon, ReadOnlySpan<char> word)
    {
        foreach (var ending in lexicon.ConditionalEndings)
        {
            if (word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
