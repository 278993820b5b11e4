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
    // Of the shorter text's words that lie in passages, changed ones included.
    private const double NearlyAll = 0.75;

    // Of these, the unchanged ones in a copy: one word in twenty may differ.
    private const double WordForWord = 0.95;
    private const double LeftOut = 2.0 / 3;

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
            words[i] = ReuseWords.Of(articles[i]);
            seeds[i] = ReuseAlignment.SeedsOf(words[i]);
        }

        var found = new List<(int From, int To, Reuse Reuse)>();
        foreach (var (a, b) in Candidates(articles, seeds, options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (order, secondIsFirst) = ReuseOrders.Of(articles[a].Article, articles[b].Article);
            var (from, to) = secondIsFirst ? (b, a) : (a, b);
            if (Compare(articles[from], words[from], seeds[from], articles[to], words[to], seeds[to], order) is { } reuse)
                found.Add((from, to, reuse));
        }

        found.Sort((a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.To.CompareTo(b.To));
        return ReuseAgencies.Trace([.. found.Select(pair => pair.Reuse)]);
    }

    /// <summary>What two texts share, or null where that is nothing worth a line: the measure behind <see cref="Find(IReadOnlyList{AnnotatedArticle}, CancellationToken)"/>.</summary>
    public static Reuse? Compare(AnnotatedArticle first, AnnotatedArticle second)
    {
        var (order, secondIsFirst) = ReuseOrders.Of(first.Article, second.Article);
        var (from, to) = secondIsFirst ? (second, first) : (first, second);
        var a = ReuseWords.Of(from);
        var b = ReuseWords.Of(to);
        return Compare(from, a, ReuseAlignment.SeedsOf(a), to, b, ReuseAlignment.SeedsOf(b), order);
    }

    private static Reuse? Compare(
        AnnotatedArticle first, ReuseWords from, (ulong Hash, int Place)[] fromSeeds,
        AnnotatedArticle second, ReuseWords to, (ulong Hash, int Place)[] toSeeds, ReuseOrder order)
    {
        var runs = ReuseAlignment.Align(from, fromSeeds, to, toSeeds);
        if (first.Article.Outlet is { } outlet && outlet == second.Article.Outlet)
            DropOwnLines(runs, from, to);
        if (runs.Count == 0)
            return null;
        var aligned = runs.Sum(run => run.Words);
        var outside = runs.Sum(run => run.WordsOutsideQuotations);
        var share = (double)outside / Math.Min(from.Count, to.Count);
        var kind = KindOf(runs, from, to, aligned, outside);
        return new Reuse(first.Id, second.Id, order, share, kind, [.. runs.Select(run => Passage(first.Body.Text, from, second.Body.Text, to, run))])
        {
            Agency = kind == ReuseKind.QuotationsOnly ? null : ReuseAgencies.Credited(first.Article, second.Article),
            FromContained = (double)aligned / from.Count,
            ToContained = (double)aligned / to.Count,
            Verbatim = (double)runs.Sum(run => run.WordsVerbatim) / Math.Min(from.Count, to.Count),
        };
    }

    // What an outlet says of itself below two of its articles is no reuse. Where the articles share more it is part of the copy.
    private static void DropOwnLines(List<AlignedRun> runs, ReuseWords from, ReuseWords to)
    {
        bool IsOwn(AlignedRun run) => run.FromStart >= from.OwnLines && run.ToStart >= to.OwnLines;
        if (runs.TrueForAll(IsOwn))
            runs.Clear();
    }

    // The bounds of shares are those of the evaluation's labels; around a shared quotation a few words of its cue agree by chance.
    private static ReuseKind KindOf(List<AlignedRun> runs, ReuseWords from, ReuseWords to, int aligned, int outside)
    {
        var shorter = Math.Min(from.Count, to.Count);
        if (outside < ReuseAlignment.FewestWords || outside < 0.25 * aligned && outside < shorter / 3.0)
            return ReuseKind.QuotationsOnly;
        var covered = from.Count <= to.Count
            ? runs.Sum(run => from.OutsideQuotations(run.FromStart, run.FromEnd))
            : runs.Sum(run => to.OutsideQuotations(run.ToStart, run.ToEnd));
        if (covered < NearlyAll * shorter)
            return outside < shorter / 3.0 ? ReuseKind.Partial : ReuseKind.LargePart;
        if (outside < WordForWord * covered)
            return ReuseKind.Edited;
        return to.Count < LeftOut * from.Count ? ReuseKind.Abridged : ReuseKind.Copy;
    }

    // What is elided before the first word and cut from the last one belongs to the passage where both texts have it.
    private static SharedPassage Passage(string fromText, ReuseWords from, string toText, ReuseWords to, AlignedRun run)
    {
        var (fromSpan, toSpan) = (Span(from.Spans, run.FromStart, run.FromEnd), Span(to.Spans, run.ToStart, run.ToEnd));
        var (fromWhole, toWhole) = (Span(from.Whole, run.FromStart, run.FromEnd), Span(to.Whole, run.ToStart, run.ToEnd));
        var before = Same(fromText, fromWhole.Start, fromSpan.Start, toText, toWhole.Start, toSpan.Start);
        var after = Same(fromText, fromSpan.End, fromWhole.End, toText, toSpan.End, toWhole.End);
        return new SharedPassage(
            new TextSpan(before ? fromWhole.Start : fromSpan.Start, after ? fromWhole.End : fromSpan.End),
            new TextSpan(before ? toWhole.Start : toSpan.Start, after ? toWhole.End : toSpan.End));
    }

    private static TextSpan Span(TextSpan[] spans, int start, int end) => new(spans[start].Start, spans[end - 1].End);

    private static bool Same(string a, int aStart, int aEnd, string b, int bStart, int bEnd) =>
        TextHash.OfFolded(a.AsSpan(aStart, aEnd - aStart)) == TextHash.OfFolded(b.AsSpan(bStart, bEnd - bStart));

    // Pairs that share a winnowed fingerprint, each article with its strongest partners only, so that a story of many copies
    // of one text costs a multiple of its size and not its square. Articles that credit an agency come first: of a hundred copies the one
    // that names the agency tells most.
    private static List<(int First, int Second)> Candidates(
        IReadOnlyList<AnnotatedArticle> articles, (ulong Hash, int Place)[][] seeds, ReuseOptions options)
    {
        var holders = new Dictionary<ulong, List<int>>();
        var pairs = new List<(int, int)>();
        var shared = new int[seeds.Length];
        foreach (var article in Enumerable.Range(0, seeds.Length).OrderBy(i => articles[i].Article.Agencies.IsEmpty))
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
            var partners = met.Take(options.MostPartners).ToList();
            if (!partners.Exists(other => !articles[other].Article.Agencies.IsEmpty) && met.FindIndex(other => !articles[other].Article.Agencies.IsEmpty) is >= 0 and var credited)
                partners.Add(met[credited]);
            foreach (var other in partners)
                pairs.Add((Math.Min(other, article), Math.Max(other, article)));
            foreach (var other in met)
                shared[other] = 0;
        }

        pairs.Sort();
        return pairs;
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
