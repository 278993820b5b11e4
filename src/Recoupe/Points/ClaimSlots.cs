using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Points;

/// <summary>One claim of a passage: what is told of whom, as its sentence's tree gives it. Keys are those of <see cref="WordSequence"/>.</summary>
/// <param name="Predicate">What happens or is; 0 where the predicate says nothing by itself.</param>
/// <param name="Stem">The key of the predicate's stem.</param>
/// <param name="Who">The words of the subject, or of the agent of a passive clause, in rising order.</param>
/// <param name="Whom">The words of the object, or of a passive clause's subject, in rising order.</param>
/// <param name="All">All its words, in rising order.</param>
/// <param name="Negated">Whether it is negated.</param>
/// <param name="Main">Whether it is the main claim of its passage: no other governs it there.</param>
internal sealed record ClaimSlots(ulong Predicate, ulong Stem, ulong[] Who, ulong[] Whom, ulong[] All, bool Negated, bool Main)
{
    // A sentence that tells more is a list.
    private const int MostClaims = 12;

    /// <summary>The claims in the parts of a sentence that a passage tells.</summary>
    public static ClaimSlots[] Read(WordSequence words, TextSpan sentence, List<TextSpan> told)
    {
        if (words.Source.Syntax is not { } tree)
            return [];
        var claims = new List<ClaimSlots>();
        var (from, to) = words.Range(sentence);
        for (var i = from; i < to && claims.Count < MostClaims; i++)
        {
            if (tree.IsPredicate(i) && told.Exists(part => part.Contains(words.Source.Tokens[i].Span)) && Read(words, tree, i, told) is { } claim)
                claims.Add(claim);
        }

        return [.. claims];
    }

    private static ClaimSlots? Read(WordSequence words, SyntaxTree tree, int predicate, List<TextSpan> told)
    {
        var clause = tree.ClauseOf(predicate);
        var subject = clause.SharedSubject;
        var who = clause.IsPassive ? clause.Agent : subject;
        var whom = clause.IsPassive ? subject : clause.Object;
        var range = clause.CoreRange;
        var all = new SortedSet<ulong>(KeysIn(words, range, told));
        ulong[] actors = PhraseKeys(words, tree, who), objects = PhraseKeys(words, tree, whom);
        all.UnionWith(actors);
        if (all.Count == 0)
            return null;
        var governor = clause.Governor;
        var main = governor < 0 || !told.Exists(part => part.Contains(words.Source.Tokens[governor].Span));
        return new ClaimSlots(words.Keys[predicate], StemOf(words.Words[predicate]), actors, objects, [.. all], clause.IsNegated, main);
    }

    /// <summary>The key of a folded word's stem: what forms and nouns of one root share.</summary>
    public static ulong StemOf(string word) => word.Length < 4 ? 0 : TextHash.Of(word.AsSpan(0, word.Length <= 6 ? 4 : 5));

    private static ulong[] PhraseKeys(WordSequence words, SyntaxTree tree, int head)
    {
        if (head < 0)
            return [];
        return [.. new SortedSet<ulong>(KeysIn(words, tree.PhraseOf(head).CoreRange, null))];
    }

    private static IEnumerable<ulong> KeysIn(WordSequence words, TokenRange range, List<TextSpan>? told)
    {
        for (var i = range.From; i < range.To; i++)
        {
            if (words.Keys[i] != 0 && (told is null || told.Exists(part => part.Contains(words.Source.Tokens[i].Span))))
                yield return words.Keys[i];
        }
    }
}
