using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Dates;
using Recoupe.Entities;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>The articles of a story, read once for comparison: words, and what stands in which sentence.</summary>
internal sealed class StoryText
{
    /// <summary>How many places of one word are looked at: more tell nothing new of whom or what it names.</summary>
    public const int MostPlacesOfWord = 200;

    private readonly Dictionary<ArticleId, int> _places;
    private readonly (TextSpan, Citation)[]?[] _citations;
    private readonly (TextSpan, DateMention)[]?[] _dates;
    private readonly (TextSpan, NumberMention)[]?[] _numbers;
    private readonly (TextSpan, Entity)[]?[] _entities;
    private readonly (TextSpan, ClockTime)[]?[] _clocks;
    private readonly ImmutableArray<Quotation>[] _quotations;
    private readonly Lazy<Dictionary<string, List<(int Place, int Token)>>> _index;
    private StoryPassages? _passages;
    private ReadClauses? _clauses; // of what was asked last

    public StoryText(ImmutableArray<AnnotatedArticle> articles, CancellationToken cancellationToken)
    {
        Articles = articles;
        _index = new Lazy<Dictionary<string, List<(int, int)>>>(Index);
        _places = articles.Select((article, place) => (article.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        Bodies = new WordSequence[articles.Length];
        Headlines = new WordSequence?[articles.Length];
        _citations = new (TextSpan, Citation)[]?[articles.Length];
        _dates = new (TextSpan, DateMention)[]?[articles.Length];
        _numbers = new (TextSpan, NumberMention)[]?[articles.Length];
        _entities = new (TextSpan, Entity)[]?[articles.Length];
        _clocks = new (TextSpan, ClockTime)[]?[articles.Length];
        _quotations = new ImmutableArray<Quotation>[articles.Length];
        for (var i = 0; i < articles.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Bodies[i] = new WordSequence(articles[i].Body);
            Headlines[i] = articles[i].Headline is { } headline ? new WordSequence(headline) : null;
        }
    }

    public ImmutableArray<AnnotatedArticle> Articles { get; }

    /// <summary>Rules that are not followed in this story: to measure what each is worth.</summary>
    public ImmutableArray<SourcingRule> Silenced { get; init; } = [];

    /// <summary>How many threads work on the story at most; null for one a processor. No result depends on it.</summary>
    public int? Threads { get; init; } = 1;

    /// <summary>What <paramref name="work"/> gives for each of so many things, in their order; several threads may call it at once.</summary>
    public T[] ForEach<T>(int count, Func<int, T> work, CancellationToken cancellationToken)
    {
        var results = new T[count];
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Threads ?? -1, CancellationToken = cancellationToken }, i => results[i] = work(i));
        return results;
    }

    /// <summary>Whether a rule is followed.</summary>
    public bool Keeps(SourcingRule rule) => !Silenced.Contains(rule);

    /// <summary>The words of each article's text.</summary>
    public WordSequence[] Bodies { get; }

    /// <summary>The words of each article's title.</summary>
    public WordSequence?[] Headlines { get; }

    /// <summary>The passages that are compared, read when first asked for.</summary>
    public StoryPassages Passages(CancellationToken cancellationToken) => _passages ??= StoryPassages.Read(this, cancellationToken);

    /// <summary>The place of an article in the story.</summary>
    public int PlaceOf(ArticleId article) => _places[article];

    /// <summary>The words that a passage's span counts in.</summary>
    public WordSequence WordsOf(Evidence evidence)
    {
        var place = PlaceOf(evidence.Article);
        return evidence.InTitle ? Headlines[place]! : Bodies[place];
    }

    /// <summary>A passage's words as they stand.</summary>
    public string Quote(Evidence evidence) => evidence.Span.Quote(Articles[PlaceOf(evidence.Article)].TextOf(evidence.InTitle).Text);

    /// <summary>The statement of a passage, or null.</summary>
    public Statement? StatementOf(Passage passage) =>
        passage.Statement is { } index ? Articles[PlaceOf(passage.Evidence.Article)].Statements[index] : null;

    /// <summary>The citations that stand in the sentence of a passage.</summary>
    public IEnumerable<Citation> CitationsAt(Evidence evidence)
    {
        var place = PlaceOf(evidence.Article);
        var article = Articles[place];
        if (article.Citations.IsEmpty)
            return [];
        var span = SentenceOf(evidence);
        return evidence.InTitle ? article.Citations.Where(citation => citation.InTitle && citation.Span.Overlaps(span)) : CitationsIn(place, span);
    }

    /// <summary>The citations in the text of the article at <paramref name="place"/> that overlap <paramref name="span"/>.</summary>
    public IEnumerable<Citation> CitationsIn(int place, TextSpan span) => In(_citations[place] ??= Sorted(Articles[place].Citations, static item => item.InTitle, static item => item.Span), span);

    /// <summary>The dates in the text of the article at <paramref name="place"/> that overlap <paramref name="span"/>.</summary>
    public IEnumerable<DateMention> DatesIn(int place, TextSpan span) => In(_dates[place] ??= Sorted(Articles[place].Dates, static item => item.InTitle, static item => item.Span), span);

    /// <summary>The amounts in the text of the article at <paramref name="place"/> that overlap <paramref name="span"/>.</summary>
    public IEnumerable<NumberMention> NumbersIn(int place, TextSpan span) => In(_numbers[place] ??= Sorted(Articles[place].Numbers, static item => item.InTitle, static item => item.Span), span);

    /// <summary>The people, organisations and places in the text of the article at <paramref name="place"/> that overlap <paramref name="span"/>.</summary>
    public IEnumerable<Entity> EntitiesIn(int place, TextSpan span) => In(_entities[place] ??= Sorted(Articles[place].Entities, static item => item.InTitle, static item => item.Span), span);

    /// <summary>The times of day in the text of the article at <paramref name="place"/> that overlap <paramref name="span"/>.</summary>
    public IEnumerable<ClockTime> ClockTimesIn(int place, TextSpan span) =>
        In(_clocks[place] ??= Sorted(ClockTime.Find(Articles[place].Body), static _ => false, static item => item.Span), span);

    /// <summary>The quotations in the text of the article at <paramref name="place"/>, in order, found when first asked for.</summary>
    public ImmutableArray<Quotation> QuotationsOf(int place) => _quotations[place].IsDefault ? _quotations[place] = QuotationFinder.Find(Articles[place].Body) : _quotations[place];

    /// <summary>Where a folded word stands in the texts, the first <see cref="MostPlacesOfWord"/> places by the story's order.</summary>
    public IReadOnlyList<(int Place, int Token)> WhereIs(string word) => _index.Value.GetValueOrDefault(word) ?? [];

    /// <summary>The clause that holds a token, among those of the tokens from <paramref name="from"/> to <paramref name="to"/> of the article at <paramref name="place"/>.</summary>
    public Clause ClauseAt(int place, int from, int to, int token)
    {
        // What a sentence tells is asked one after the other.
        if (_clauses is not { } known || (known.Place, known.From, known.To) != (place, from, to))
            _clauses = known = new ReadClauses(place, from, to, Clause.Read(Bodies[place], from, to));
        return Clause.At(known.Clauses, token);
    }

    /// <summary>The sentence that a span starts in, or the span itself.</summary>
    public TextSpan SentenceOf(Evidence evidence)
    {
        var text = Articles[PlaceOf(evidence.Article)].TextOf(evidence.InTitle);
        var sentence = text.SentenceAt(evidence.Span.Start);
        return sentence >= 0 ? text.Sentences[sentence].Union(evidence.Span) : evidence.Span;
    }

    private static (TextSpan, T)[] Sorted<T>(ImmutableArray<T> items, Func<T, bool> inTitle, Func<T, TextSpan> span) =>
        [.. items.Where(item => !inTitle(item)).Select(item => (Span: span(item), item)).OrderBy(pair => pair.Span)];

    // Mentions of one sort hardly overlap: those that reach into the span stand just before its first.
    private static IEnumerable<T> In<T>((TextSpan Span, T Item)[] sorted, TextSpan span)
    {
        const int Reach = 8;
        var from = Recoupe.Sorted.First<(TextSpan Span, T)>(sorted, span.Start, static item => item.Span.Start);
        for (var i = Math.Max(0, from - Reach); i < sorted.Length && sorted[i].Span.Start < span.End; i++)
        {
            if (sorted[i].Span.Overlaps(span))
                yield return sorted[i].Item;
        }
    }

    private sealed record ReadClauses(int Place, int From, int To, List<Clause> Clauses);

    private Dictionary<string, List<(int Place, int Token)>> Index()
    {
        var index = new Dictionary<string, List<(int Place, int Token)>>(StringComparer.Ordinal);
        for (var place = 0; place < Bodies.Length; place++)
        {
            var words = Bodies[place].Words;
            for (var i = 0; i < words.Length; i++)
            {
                if (words[i].Length < 2)
                    continue;
                if (!index.TryGetValue(words[i], out var places))
                    index[words[i]] = places = [];
                if (places.Count < MostPlacesOfWord)
                    places.Add((place, i));
            }
        }

        return index;
    }
}
