using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>Finds who shares text with whom.</summary>
/// <remarks>
/// Candidates come from winnowed fingerprints (Schleimer, Wilkerson, Aiken 2003), so that articles without common text are
/// never compared; candidates are then aligned word for word.
/// </remarks>
public static class ReuseFinder
{
    /// <summary>The pairs of <paramref name="articles"/> that share text, by <see cref="Reuse.From"/>, then <see cref="Reuse.To"/> in the given order.</summary>
    /// <param name="articles">The articles of a story, in its order.</param>
    public static ImmutableArray<Reuse> Find(IReadOnlyList<AnnotatedArticle> articles, CancellationToken cancellationToken) =>
        Find(articles, new ReuseOptions(), cancellationToken);

    /// <summary>As <see cref="Find(IReadOnlyList{AnnotatedArticle}, CancellationToken)"/>, with <paramref name="options"/>.</summary>
    public static ImmutableArray<Reuse> Find(IReadOnlyList<AnnotatedArticle> articles, ReuseOptions options, CancellationToken cancellationToken)
    {
        if (articles.Count < 2)
            return [];
        var words = new ReuseWords[articles.Count];
        var seeds = new (ulong Hash, int Place)[articles.Count][];
        for (var i = 0; i < articles.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            words[i] = ReuseWords.Of(articles[i].Body);
            seeds[i] = ReuseAlignment.SeedsOf(words[i]);
        }

        var found = new List<(int From, int To, Reuse Reuse)>();
        foreach (var (earlier, later) in Candidates(articles, seeds, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (from, to, known) = InOrder(articles, earlier, later);
            if (Compare(articles[from].Article.Id, articles[to].Article.Id, known, words[from], seeds[from], words[to], seeds[to]) is { } reuse)
                found.Add((from, to, reuse));
        }

        found.Sort((a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.To.CompareTo(b.To));
        return [.. found.Select(pair => pair.Reuse)];
    }

    /// <summary>What two texts share, or null where that is nothing worth a line: the measure behind <see cref="Find(IReadOnlyList{AnnotatedArticle}, CancellationToken)"/>.</summary>
    public static Reuse? Compare(AnnotatedArticle first, AnnotatedArticle second)
    {
        AnnotatedArticle[] both = [first, second];
        var (from, to, known) = InOrder(both, 0, 1);
        var a = ReuseWords.Of(both[from].Body);
        var b = ReuseWords.Of(both[to].Body);
        return Compare(both[from].Id, both[to].Id, known, a, ReuseAlignment.SeedsOf(a), b, ReuseAlignment.SeedsOf(b));
    }

    private static Reuse? Compare(
        Articles.ArticleId fromId, Articles.ArticleId toId, bool known,
        ReuseWords from, (ulong Hash, int Place)[] fromSeeds, ReuseWords to, (ulong Hash, int Place)[] toSeeds)
    {
        var runs = ReuseAlignment.Align(from, fromSeeds, to, toSeeds);
        if (runs.Count == 0)
            return null;
        var aligned = runs.Sum(run => run.Words);
        var outside = runs.Sum(run => run.WordsOutsideQuotations);
        var share = (double)outside / Math.Min(from.Count, to.Count);
        var kind = KindOf(share, aligned, outside);
        return new Reuse(fromId, toId, known, share, kind, [.. runs.Select(run => new SharedPassage(
            Span(from, run.FromStart, run.FromEnd), Span(to, run.ToStart, run.ToEnd)))])
        {
            FromContained = (double)aligned / from.Count,
            ToContained = (double)aligned / to.Count,
            Verbatim = (double)runs.Sum(run => run.WordsVerbatim) / Math.Min(from.Count, to.Count),
        };
    }

    // The bounds are those of the evaluation's labels; around a shared quotation a few words of its cue agree by chance.
    private static ReuseKind KindOf(double share, int aligned, int outside)
    {
        if (share >= 0.75)
            return ReuseKind.Copy;
        if (share >= 1.0 / 3)
            return ReuseKind.Abridged;
        return outside < ReuseAlignment.FewestWords || outside < 0.25 * aligned ? ReuseKind.QuotationsOnly : ReuseKind.Partial;
    }

    private static TextSpan Span(ReuseWords words, int start, int end) => new(words.Spans[start].Start, words.Spans[end - 1].End);

    // An agency's credit comes before time: what two share and one credits to an agency is the agency's in both.
    private static (int From, int To, bool Known) InOrder(IReadOnlyList<AnnotatedArticle> articles, int a, int b)
    {
        var (first, second) = (articles[a].Article, articles[b].Article);
        if (first.Agencies.IsEmpty != second.Agencies.IsEmpty)
            return first.Agencies.IsEmpty ? (b, a, true) : (a, b, true);
        return OrderOf(first.Published, second.Published) switch
        {
            < 0 => (a, b, true),
            > 0 => (b, a, true),
            _ => (Math.Min(a, b), Math.Max(a, b), false),
        };
    }

    // Two moments of one day are in order only if both tell the time of day.
    private static int OrderOf(Dates.Moment? a, Dates.Moment? b)
    {
        if (a is not { } first || b is not { } second)
            return 0;
        if (first.Time is null || second.Time is null)
            return first.Day.CompareTo(second.Day);
        return first.CompareTo(second);
    }

    // Pairs that share a winnowed fingerprint, each article with its strongest partners only, so that a story of many copies
    // of one text costs a multiple of its size and not its square.
    private static List<(int Earlier, int Later)> Candidates(
        IReadOnlyList<AnnotatedArticle> articles, (ulong Hash, int Place)[][] seeds, ReuseOptions options)
    {
        var holders = new Dictionary<ulong, List<int>>();
        var pairs = new HashSet<(int, int)>();
        var shared = new int[seeds.Length];
        for (var article = 0; article < seeds.Length; article++)
        {
            var met = new List<int>();
            foreach (var fingerprint in Winnow(seeds[article], options.Window))
            {
                if (!holders.TryGetValue(fingerprint, out var list))
                    holders[fingerprint] = list = [];
                foreach (var other in list)
                {
                    if (shared[other]++ == 0)
                        met.Add(other);
                }

                if (list.Count < options.MostHolders)
                    list.Add(article);
            }

            met.Sort((x, y) => shared[x] != shared[y] ? shared[y].CompareTo(shared[x]) : x.CompareTo(y));
            foreach (var other in met.Take(options.MostPartners))
                pairs.Add((other, article));
            foreach (var other in met)
                shared[other] = 0;
        }

        var sorted = pairs.ToList();
        sorted.Sort();
        return sorted;
    }

    /// <summary>In each window of seeds the least hash, so that any shared run of <c>Seed + window - 1</c> words leaves one in both.</summary>
    private static HashSet<ulong> Winnow((ulong Hash, int Place)[] seeds, int window)
    {
        var byPlace = new ulong[seeds.Length];
        foreach (var (hash, place) in seeds)
            byPlace[place] = hash;
        var kept = new HashSet<ulong>();
        for (var i = 0; i + Math.Min(window, byPlace.Length) <= byPlace.Length && i < byPlace.Length; i++)
        {
            var least = ulong.MaxValue;
            foreach (var hash in byPlace.AsSpan(i, Math.Min(window, byPlace.Length - i)))
                least = Math.Min(least, hash);
            kept.Add(least);
        }

        return kept;
    }
}
