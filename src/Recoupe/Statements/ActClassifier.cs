using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>What is done by saying it, whether the speaker rejects it, and whether the article leaves it open.</summary>
internal readonly record struct ActReading(Act Act, bool Negated, bool Hedged);

/// <summary>Tells the act of a statement from its cue and content.</summary>
internal static class ActClassifier
{
    public static ActReading Read(AttributedText text, SpeakerLexicon lexicon, Attribution attribution)
    {
        var start = text.Source.TokenAt(attribution.Content[0].Start);
        var end = text.Source.TokenAt(attribution.Content[^1].End);
        var cue = attribution.Cue is { } span ? new TokenRange(text.Source.TokenAt(span.Start), text.Source.TokenAt(span.End)) : default;
        var verb = VerbIn(text, cue.Start, cue.End);
        var statement = StatementOf(text, cue, start, end, attribution.Kind);
        var inserted = cue.IsEmpty || start < cue.Start || verb is null && NounIn(text, cue.Start, cue.End) is null;
        var rejects = statement.Listed == Act.Deny && verb is not null && lexicon.RejectingVerbs.Contains(verb.Lemma) && !inserted && attribution.Kind != StatementKind.Direct;
        var negated = verb is not null && rejects != statement.IsDenied;
        var act = text.Source.Language is { } language && AttributionModel.Of(language) is { } model ? model.ActOf(text, lexicon, statement) : statement.Listed;
        return new ActReading(negated ? statement.IsDenied ? Act.Say : Act.Deny : act, negated, IsHedged(text, lexicon, attribution, start, end, inserted));
    }

    /// <summary>What the model asks of a statement.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cue">The cue; empty where there is none.</param>
    /// <param name="start">The first token of the content.</param>
    /// <param name="end">The token after it.</param>
    /// <param name="kind">Direct, indirect or mixed.</param>
    public static ActStatement StatementOf(AttributedText text, TokenRange cue, int start, int end, StatementKind kind)
    {
        var listed = VerbIn(text, cue.Start, cue.End)?.Act ?? NounIn(text, cue.Start, cue.End)?.Act ?? Act.Say;
        return new ActStatement(cue, start, end, kind, listed, !cue.IsEmpty && IsNegated(text, cue.Start, cue.End));
    }

    // The last verb of the cue is the one that reports (a tenu à rappeler).
    private static ReportingVerb? VerbIn(AttributedText text, int start, int end)
    {
        for (var i = end - 1; i >= start; i--)
        {
            if (text.VerbAt(i) is { } reading)
                return reading.Verb;
        }

        return null;
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
