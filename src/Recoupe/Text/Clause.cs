using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>A stretch of a sentence around one verb, as far as marks, conjunctions and relative pronouns tell it.</summary>
/// <param name="From">Its first token.</param>
/// <param name="To">The token after its last.</param>
internal readonly record struct Clause(int From, int To)
{
    // Clauses of more tokens are lists and dumps: what stands further off governs nothing here.
    private const int Longest = 60;

    /// <summary>The clauses of the tokens from <paramref name="from"/> to <paramref name="to"/>, in order, without gaps.</summary>
    public static List<Clause> Read(WordSequence words, int from, int to)
    {
        var clauses = new List<Clause>();
        var start = from;
        var hasVerb = false;
        for (var i = from; i < to; i++)
        {
            if (i > start && (Opens(words, i) || i - start >= Longest))
            {
                Close(i);
                start = i;
                hasVerb = false;
            }

            hasVerb |= words.Source.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary;
        }

        Close(to);
        return clauses;

        // What has no verb belongs to what stands before it, and at the start of the sentence to what comes.
        void Close(int end)
        {
            if (start >= end)
                return;
            if (clauses.Count > 0 && (!hasVerb || !HasVerb(words, clauses[^1])))
                clauses[^1] = clauses[^1] with { To = end };
            else
                clauses.Add(new Clause(start, end));
        }
    }

    /// <summary>The clause that holds a token.</summary>
    public static Clause At(List<Clause> clauses, int token) =>
        clauses[Math.Min(clauses.Count - 1, Sorted.First(clauses, token + 1, static clause => clause.To))];

    /// <summary>The verb that governs the tokens from <paramref name="from"/> to <paramref name="to"/>: the nearest before them, else the nearest after them; -1 for none.</summary>
    /// <remarks>Auxiliaries only where there is nothing else.</remarks>
    public int VerbOf(WordSequence words, int from, int to)
    {
        var auxiliary = -1;
        for (var i = Math.Min(from, To) - 1; i >= From; i--)
        {
            if (words.Source.Tokens[i].Tag == PartOfSpeech.Verb)
                return i;
            if (auxiliary < 0 && words.Source.Tokens[i].Tag == PartOfSpeech.Auxiliary)
                auxiliary = i;
        }

        for (var i = Math.Max(to, From); i < To; i++)
        {
            if (words.Source.Tokens[i].Tag == PartOfSpeech.Verb)
                return i;
        }

        return auxiliary;
    }

    private static bool HasVerb(WordSequence words, Clause clause)
    {
        for (var i = clause.From; i < clause.To; i++)
        {
            if (words.Source.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
                return true;
        }

        return false;
    }

    /// <summary>Whether a token opens a clause of its own.</summary>
    public static bool Opens(WordSequence words, int token)
    {
        var (_, kind, tag, _) = words.Source.Tokens[token];
        if (kind == TokenKind.Mark)
            return words.Words[token] is "," or ";" or ":" or "." or "!" or "?" or "…" or "—" or "–" or "(" or ")" or "«" or "»" or "“" or "”" or "\"";
        if (tag is PartOfSpeech.Subordinator or PartOfSpeech.Coordinator)
            return true;
        return kind == TokenKind.Word && words.Source.Language is { } language && Openers(language).Contains(words.Words[token]);
    }

    private static HashSet<string> Openers(Language language) =>
        language.Table("folded-clause-openers", static known => known.Lines("clause-openers").Select(line => Folding.Fold(line)).ToHashSet(StringComparer.Ordinal));
}
