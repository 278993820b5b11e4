using System.Collections;
using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text.Syntax;

/// <summary>The dependency tree of a text, and what the stages after it read from it: phrases, clauses, who does what, what is negated.</summary>
/// <remarks>
/// Tokens are named by their index in <see cref="AnalyzedText.Tokens"/>; -1 is none. One tree a sentence (a sentence of more than
/// <see cref="DependencyParser.LongestSentence"/> tokens has several). See docs/syntax.md.
/// </remarks>
public sealed class SyntaxTree
{
    private readonly int[] _firstChild; // by token
    private readonly int[] _nextSibling;
    private readonly TokenRange[] _ranges; // from the first to the last word under each token
    private readonly HashSet<string> _negations;
    private readonly Dictionary<string, string> _halfNegations;
    private ImmutableArray<SyntaxClause> _clauses;
    private ImmutableArray<NounPhrase> _phrases;

    /// <summary>Makes a tree of what a parser found.</summary>
    internal SyntaxTree(AnalyzedText source, Language language, ImmutableArray<int> heads, ImmutableArray<Relation> relations)
    {
        Source = source;
        Heads = heads;
        Relations = relations;
        _firstChild = new int[heads.Length];
        _nextSibling = new int[heads.Length];
        Array.Fill(_firstChild, -1);
        for (var i = heads.Length - 1; i >= 0; i--)
        {
            _nextSibling[i] = -1;
            if (heads[i] < 0)
                continue;
            _nextSibling[i] = _firstChild[heads[i]];
            _firstChild[heads[i]] = i;
        }

        _ranges = RangesOf(heads, relations);
        (_negations, _halfNegations) = language.Table("syntax-negations", NegationsOf).Value;
    }

    /// <summary>The text.</summary>
    public AnalyzedText Source { get; }

    /// <summary>The head of each token, -1 for roots.</summary>
    public ImmutableArray<int> Heads { get; }

    /// <summary>The relation of each token to its head.</summary>
    public ImmutableArray<Relation> Relations { get; }

    /// <summary>The clauses in the order of their predicates.</summary>
    public ImmutableArray<SyntaxClause> Clauses => _clauses.IsDefault ? _clauses = FindClauses() : _clauses;

    /// <summary>The noun phrases in the order of their heads, pronouns and names among them; a phrase may stand inside another.</summary>
    public ImmutableArray<NounPhrase> NounPhrases => _phrases.IsDefault ? _phrases = FindPhrases() : _phrases;

    /// <summary>The children of a token in the order of the text, marks among them.</summary>
    public ChildList ChildrenOf(int token) => new(this, token);

    /// <summary>The first child of a token with a relation, or -1.</summary>
    public int ChildOf(int token, Relation relation)
    {
        for (var child = _firstChild[token]; child >= 0; child = _nextSibling[child])
        {
            if (Relations[child] == relation)
                return child;
        }

        return -1;
    }

    /// <summary>The first child of a token with one of two relations, or -1.</summary>
    public int ChildOf(int token, Relation either, Relation or)
    {
        for (var child = _firstChild[token]; child >= 0; child = _nextSibling[child])
        {
            if (Relations[child] == either || Relations[child] == or)
                return child;
        }

        return -1;
    }

    /// <summary>The tokens from <paramref name="from"/> up to <paramref name="to"/> that hang on none of the others there, marks among them.</summary>
    public IEnumerable<int> RootsIn(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (Heads[i] < from || Heads[i] >= to)
                yield return i;
        }
    }

    /// <summary>Whether a token is <paramref name="ancestor"/> or stands under it.</summary>
    public bool IsUnder(int token, int ancestor)
    {
        for (; token >= 0; token = Heads[token])
        {
            if (token == ancestor)
                return true;
        }

        return false;
    }

    /// <summary>The tokens from the first to the last word under a token (itself among them), and marks that close or open what is inside.</summary>
    public TokenRange SubtreeRange(int token) => WithPartners(_ranges[token]);

    /// <summary>The text of <see cref="SubtreeRange"/>: no commas or full stops at its ends, but whole quotations and brackets.</summary>
    public TextSpan SubtreeSpan(int token) => SpanOf(SubtreeRange(token));

    /// <summary>The text from the first to the last token of a range.</summary>
    public TextSpan SpanOf(TokenRange range) => new(Source.Tokens[range.From].Start, Source.Tokens[range.To - 1].End);

    /// <summary>The words around a head that belong to it, without the children that <paramref name="leftOut"/> names and what stands beyond them.</summary>
    public TokenRange RangeWithout(int token, Func<Relation, bool> leftOut)
    {
        int from = token, to = token + 1;
        var open = true;
        for (var child = _firstChild[token]; child >= 0; child = _nextSibling[child])
        {
            var isOut = leftOut(Relations[child]);
            if (child < token)
            {
                // What stands before the last child that is left out stands beyond it.
                from = isOut ? token : Math.Min(from, _ranges[child].From);
                continue;
            }

            open &= !isOut;
            if (open && Relations[child] != Relation.Punctuation)
                to = Math.Max(to, _ranges[child].To);
        }

        return WithPartners(new TokenRange(from, to));
    }

    /// <summary>The clause of a predicate.</summary>
    public SyntaxClause ClauseOf(int predicate) => new(this, predicate);

    /// <summary>The predicate of the innermost clause that a token stands in, or -1.</summary>
    public int PredicateOver(int token)
    {
        while (token >= 0 && !IsPredicate(token))
            token = Heads[token];
        return token;
    }

    /// <summary>The noun phrase of a head.</summary>
    public NounPhrase PhraseOf(int head) => new(this, head);

    /// <summary>The heads that are joined to a token by <i>and</i>, <i>or</i> or commas, the token first; of a token that is itself joined, only what follows it there.</summary>
    public IEnumerable<int> Coordinated(int token)
    {
        yield return token;
        for (var child = _firstChild[token]; child >= 0; child = _nextSibling[child])
        {
            if (Relations[child] != Relation.Conjunct)
                continue;
            foreach (var further in Coordinated(child))
                yield return further;
        }
    }

    /// <summary>Whether a token is the head of a clause: a verb, or what has a subject or copula.</summary>
    public bool IsPredicate(int token)
    {
        if (Relations[token] is Relation.Auxiliary or Relation.PassiveAuxiliary or Relation.Copula or Relation.Case or Relation.Fixed or Relation.Flat
            or Relation.AdjectivalModifier or Relation.Compound or Relation.Marker or Relation.Punctuation)
            return false;
        if (Source.Tokens[token].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary
            || Relations[token] is Relation.ClausalComplement or Relation.OpenComplement or Relation.RelativeClause)
            return true;
        for (var child = _firstChild[token]; child >= 0; child = _nextSibling[child])
        {
            if (Relations[child] is Relation.Subject or Relation.PassiveSubject or Relation.ClausalSubject or Relation.Copula or Relation.Expletive)
                return true;
        }

        return false;
    }

    /// <summary>Whether a token is negated: by an adverb of its own (<i>not</i>, <i>ne … plus</i>) or by a subject, object or determiner that says none.</summary>
    internal bool IsNegated(int token)
    {
        for (var child = _firstChild[token]; child >= 0; child = _nextSibling[child])
        {
            switch (Relations[child])
            {
                case Relation.AdverbialModifier or Relation.Fixed or Relation.Marker or Relation.Determiner or Relation.Coordinator or Relation.Other:
                    if (Negates(child, token))
                        return true;
                    break;
                case Relation.Subject or Relation.PassiveSubject or Relation.Object or Relation.Auxiliary or Relation.Copula or Relation.Oblique:
                    if (Negates(child, token) || ChildOf(child, Relation.Determiner, Relation.AdverbialModifier) is >= 0 and var inner && Negates(inner, token))
                        return true;
                    break;
            }
        }

        return false;
    }

    /// <summary>Parses a text; null where its language has no parser.</summary>
    internal static SyntaxTree? Of(AnalyzedText text)
    {
        if (text.Language is not { } language || DependencyParser.For(language) is not { } parser)
            return null;
        var (heads, relations) = parser.Parse(text.Text, text.Tokens, text.Sentences);
        return new SyntaxTree(text, language, heads, relations);
    }

    private bool Negates(int word, int predicate)
    {
        var letters = Folding.Fold(Source[Source.Tokens[word]].ToString());
        if (_negations.Contains(letters))
            return true;
        if (!_halfNegations.TryGetValue(letters, out var partner))
            return false;
        for (var child = _firstChild[predicate]; child >= 0; child = _nextSibling[child])
        {
            if (Folding.Fold(Source[Source.Tokens[child]].ToString()).StartsWith(partner, StringComparison.Ordinal) && Source.Tokens[child].Span.Length <= partner.Length + 1)
                return true;
        }

        return false;
    }

    private static Negations NegationsOf(Language language)
    {
        var whole = new HashSet<string>(StringComparer.Ordinal);
        var half = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var columns in language.Lines("predicate-negations").Select(line => line.Split('\t')))
        {
            if (columns.Length > 1)
                half.Add(Folding.Fold(columns[0]), Folding.Fold(columns[1]));
            else
                whole.Add(Folding.Fold(columns[0]));
        }

        return new Negations((whole, half));
    }

    // Children before their heads: a token is done when all of its children are.
    private static TokenRange[] RangesOf(ImmutableArray<int> heads, ImmutableArray<Relation> relations)
    {
        var ranges = new TokenRange[heads.Length];
        var open = new int[heads.Length];
        for (var i = 0; i < heads.Length; i++)
        {
            ranges[i] = new TokenRange(i, i + 1);
            if (heads[i] >= 0)
                open[heads[i]]++;
        }

        for (var i = 0; i < heads.Length; i++)
        {
            for (var at = i; at >= 0 && open[at] == 0; at = heads[at])
            {
                open[at] = -1;
                var head = heads[at];
                if (head < 0)
                    break;
                open[head]--;
                if (relations[at] != Relation.Punctuation)
                    ranges[head] = new TokenRange(Math.Min(ranges[head].From, ranges[at].From), Math.Max(ranges[head].To, ranges[at].To));
            }
        }

        return ranges;
    }

    // A quotation or bracket that opens inside and closes right behind, or closes inside and opens right before.
    private TokenRange WithPartners(TokenRange range)
    {
        var (from, to) = (range.From, range.To);
        int quotes = 0, brackets = 0;
        for (var i = from; i < to; i++)
        {
            if (Source.Tokens[i].Kind != TokenKind.Mark)
                continue;
            var mark = Source.Text[Source.Tokens[i].Start];
            quotes += IsQuote(mark) ? 1 : 0;
            brackets += mark is '(' or '[' ? 1 : mark is ')' or ']' ? -1 : 0;
        }

        if (to < Heads.Length && Source.Tokens[to].Kind == TokenKind.Mark && Source.Text[Source.Tokens[to].Start] is var after
            && ((quotes & 1) == 1 && IsQuote(after) && after is not ('«' or '“') || brackets > 0 && after is ')' or ']'))
            return new TokenRange(from, to + 1);
        if (from > 0 && Source.Tokens[from - 1].Kind == TokenKind.Mark && Source.Text[Source.Tokens[from - 1].Start] is var before
            && ((quotes & 1) == 1 && IsQuote(before) && before is not ('»' or '”') || brackets < 0 && before is '(' or '['))
            return new TokenRange(from - 1, to);
        return range;
    }

    private static bool IsQuote(char mark) => mark is '"' or '«' or '»' or '“' or '”' or '„';

    private ImmutableArray<SyntaxClause> FindClauses() => [.. Enumerable.Range(0, Heads.Length).Where(IsPredicate).Select(token => new SyntaxClause(this, token))];

    private ImmutableArray<NounPhrase> FindPhrases() => [.. Enumerable.Range(0, Heads.Length).Where(IsNominal).Select(token => new NounPhrase(this, token))];

    private bool IsNominal(int token) => Relations[token] switch
    {
        Relation.Flat or Relation.Fixed or Relation.Compound or Relation.Case or Relation.Determiner or Relation.Marker or Relation.Punctuation
            or Relation.Description or Relation.Reflexive or Relation.NumericModifier or Relation.AdverbialModifier => false,
        Relation.Subject or Relation.PassiveSubject or Relation.Object or Relation.IndirectObject or Relation.Agent or Relation.Apposition
            => Source.Tokens[token].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary),
        _ => Source.Tokens[token].Tag is PartOfSpeech.Noun or PartOfSpeech.ProperNoun or PartOfSpeech.Pronoun,
    };

    private sealed record Negations((HashSet<string> Whole, Dictionary<string, string> Half) Value);

    /// <summary>The children of a token, in the order of the text.</summary>
    public readonly struct ChildList(SyntaxTree tree, int token) : IEnumerable<int>
    {
        /// <summary>From the first on.</summary>
        public Enumerator GetEnumerator() => new(tree, tree._firstChild[token]);

        IEnumerator<int> IEnumerable<int>.GetEnumerator() => GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        /// <summary>Goes from child to child.</summary>
        public struct Enumerator : IEnumerator<int>
        {
            private readonly SyntaxTree _tree;
            private readonly int _first;
            private int _next;

            internal Enumerator(SyntaxTree tree, int first)
            {
                _tree = tree;
                _first = _next = first;
                Current = -1;
            }

            /// <inheritdoc/>
            public int Current { get; private set; }

            readonly object IEnumerator.Current => Current;

            /// <inheritdoc/>
            public bool MoveNext()
            {
                if (_next < 0)
                    return false;
                Current = _next;
                _next = _tree._nextSibling[_next];
                return true;
            }

            /// <inheritdoc/>
            public void Reset() => _next = _first;

            /// <inheritdoc/>
            public readonly void Dispose()
            {
            }
        }
    }
}

/// <summary>Tokens from <see cref="From"/> to before <see cref="To"/>.</summary>
/// <param name="From">The first token.</param>
/// <param name="To">The token after the last.</param>
public readonly record struct TokenRange(int From, int To)
{
    /// <summary>Whether a token is in it.</summary>
    public bool Contains(int token) => token >= From && token < To;
}
