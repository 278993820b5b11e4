using Recoupe.Dates;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Dossiers;

/// <summary>Which words of a sentence tell what happened at a date that it gives.</summary>
internal static class DatedEvents
{
    // Shorter clauses tell nothing alone; both in tokens.
    private const int ShortestClause = 4;
    private const int LongestPhrase = 24;
    private const int FarthestPredicate = 12; // steps up the tree

    /// <summary>
    /// The subordinate clause that a date belongs to, a relative one with whom or what it tells of ("the envoy who resigned in 2012"), in UTF-16 units of the text;
    /// null where the date belongs to the main clause, or where nothing is parsed.
    /// </summary>
    public static TextSpan? ClauseOf(AnalyzedText text, TextSpan date)
    {
        if (text.Syntax is not { } tree || HeadOf(text, tree, date) is not (>= 0 and var token))
            return null;
        for (var steps = 0; token >= 0 && steps < FarthestPredicate; steps++, token = tree.Heads[token])
        {
            switch (tree.Relations[token])
            {
                case Relation.RelativeClause or Relation.AdnominalClause when tree.Heads[token] is >= 0 and var antecedent && antecedent < token && IsVerb(text, token) && tree.ChildOf(token, Relation.Marker) < 0:
                    var phrase = tree.RangeWithout(antecedent, static relation => relation is Relation.RelativeClause or Relation.AdnominalClause or Relation.AdverbialClause or Relation.Apposition or Relation.Conjunct or Relation.Parataxis
                        or Relation.Subject or Relation.Copula or Relation.Auxiliary or Relation.Marker or Relation.Case or Relation.Punctuation);
                    var clause = tree.SubtreeRange(token);
                    return clause.From - phrase.From <= LongestPhrase ? Told(text, tree, new TokenRange(phrase.From, clause.To)) : null;
                case Relation.AdverbialClause when IsVerb(text, token):
                    return Told(text, tree, tree.SubtreeRange(token));
                case Relation.Root or Relation.ClausalComplement or Relation.OpenComplement or Relation.Parataxis or Relation.ClausalSubject:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether a year only tells which thing a noun means ("the 2017 budget", « le budget 2017 »), so that nothing happened then.</summary>
    public static bool NamesOnly(AnalyzedText text, DateMention date)
    {
        if (date.Value is not { Length: 4 } year || !date.Span.In(text.Text).EndsWith(year) || text.Syntax is not { } tree)
            return false;
        var token = text.TokenAt(date.Span.End) - 1;
        var noun = tree.Heads[token];
        return noun >= 0 && !date.Span.Contains(text.Tokens[noun].Span) && text.Tokens[noun].Tag is PartOfSpeech.Noun or PartOfSpeech.ProperNoun && Math.Abs(noun - token) <= 3
            && tree.Relations[token] is Relation.Compound or Relation.NumericModifier or Relation.NominalModifier or Relation.AdjectivalModifier or Relation.Flat
            && tree.ChildOf(token, Relation.Case) < 0;
    }

    private static bool IsVerb(AnalyzedText text, int token) => text.Tokens[token].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary;

    private static TextSpan? Told(AnalyzedText text, SyntaxTree tree, TokenRange range) =>
        range.To - range.From >= ShortestClause ? tree.SpanOf(range) : null;

    // The token of a date that hangs on none of its others.
    private static int HeadOf(AnalyzedText text, SyntaxTree tree, TextSpan date)
    {
        foreach (var root in tree.RootsIn(text.TokenAt(date.Start), text.TokenAt(date.End)))
        {
            if (text.Tokens[root].Kind != TokenKind.Mark)
                return root;
        }

        return -1;
    }
}
