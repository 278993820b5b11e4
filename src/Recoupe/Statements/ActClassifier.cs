using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>What is done by saying it, whether the speaker rejects it, and whether the article leaves it open.</summary>
internal readonly record struct ActReading(Act Act, bool Negated, bool Hedged);

/// <summary>Tells the act of a statement from its cue and content.</summary>
internal static class ActClassifier
{
    /// <summary>The acts of all attributions of a text, in their order: each is told beside its neighbours.</summary>
    public static ActReading[] Read(AttributedText text, SpeakerLexicon lexicon, IReadOnlyList<Attribution> attributions)
    {
        var statements = InContext(text, lexicon, [.. attributions.Select(attribution => StatementOf(text, attribution))]);
        var model = text.Source.Language is { } language ? AttributionModel.Of(language) : null;
        var readings = new ActReading[attributions.Count];
        for (var i = 0; i < readings.Length; i++)
            readings[i] = Read(text, lexicon, attributions[i], statements[i], model);
        return readings;
    }

    /// <summary>The statements of a text, each with what those around it say.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lexicon">The words that hint at an act.</param>
    /// <param name="statements">By the start of their content.</param>
    public static ActStatement[] InContext(AttributedText text, SpeakerLexicon lexicon, ActStatement[] statements)
    {
        var counts = new int[ActFeatures.Acts];
        foreach (var statement in statements)
            counts[(int)statement.Listed]++;
        var hints = Array.ConvertAll(statements, statement => ActFeatures.Hints(text, lexicon, statement));
        return [.. statements.Select((statement, i) => statement with
        {
            Before = i == 0 ? null : new ActNeighbour(statements[i - 1].Listed, hints[i - 1]),
            After = i + 1 == statements.Length ? null : new ActNeighbour(statements[i + 1].Listed, hints[i + 1]),
            Told = [.. counts.Select((count, act) => (byte)Math.Min(byte.MaxValue, count - (act == (int)statement.Listed ? 1 : 0)))],
        })];
    }

    private static ActStatement StatementOf(AttributedText text, Attribution attribution)
    {
        var start = text.Source.TokenAt(attribution.Content[0].Start);
        var end = text.Source.TokenAt(attribution.Content[^1].End);
        var cue = attribution.Cue is { } span ? new TokenRange(text.Source.TokenAt(span.Start), text.Source.TokenAt(span.End)) : default;
        return StatementOf(text, cue, start, end, attribution.Kind);
    }

    private static ActReading Read(AttributedText text, SpeakerLexicon lexicon, Attribution attribution, ActStatement statement, AttributionModel? model)
    {
        var (cue, start, end) = (statement.Cue, statement.Start, statement.End);
        var verb = VerbIn(text, cue.Start, cue.End);
        var inserted = cue.IsEmpty || start < cue.Start || verb is null && NounIn(text, cue.Start, cue.End) is null;
        var rejects = statement.Listed == Act.Deny && verb is not null && lexicon.RejectingVerbs.Contains(verb.Lemma) && !inserted && attribution.Kind != StatementKind.Direct;
        var negated = verb is not null && rejects != statement.IsDenied;
        var act = model is null ? statement.Listed : model.ActOf(text, lexicon, statement);
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

    // The last verb of the cue is the one that reports (a tenu à rappeler), unless it is a word of a verb of several (fait savoir).
    private static ReportingVerb? VerbIn(AttributedText text, int start, int end)
    {
        ReportingVerb? last = null;
        for (var i = end - 1; i >= start; i--)
        {
            if (text.VerbAt(i) is not { } reading)
                continue;
            if (!reading.Verb.Rest.IsEmpty)
                return reading.Verb;
            last ??= reading.Verb;
        }

        return last;
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
