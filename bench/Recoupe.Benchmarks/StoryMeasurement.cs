using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>Placing articles into stories with so many in the window, beside a plain single-pass TF-IDF clusterer on the same articles.</summary>
/// <remarks>
/// The window is filled with <see cref="RecombinedArticles"/>. Filling makes sketch and index entry of each article but takes its
/// story as given; then <see cref="Measured"/> articles are placed and timed one by one, with all decisions and repairs, first by one
/// thread that makes the digests too, then while a second one makes them ahead (<see cref="OrderedWork"/>, a bounded number). Printed
/// are the seconds of the day and those of all processors: on a busy machine the latter. The times of single placements (p50 and on) are those of
/// the placing thread's processor. Reading and tokenizing are not timed; all that grouping does is. The plain clusterer counts its
/// document frequencies on the articles that it clusters and, up to <see cref="PlainCountsUpTo"/>, on all others of the window. <c>--alone</c> leaves it
/// out; <c>--settle</c> also groups the window anew as at the end of a pile.
/// </remarks>
public sealed class StoryMeasurement : IMeasurement
{
    private const int Measured = 3000;
    private const int MeasuredParts = 500;
    private const int MeasuredPlain = 200;
    private const int WarmUp = 200;
    private const int Sentences = 14;
    private const int PlainCountsUpTo = 100_000;

    public string Name => "stories";

    public string Arguments => "FILE.jsonl WINDOW.. [--alone] [--settle]";

    public int Run(string[] arguments)
    {
        var texts = RecombinedArticles.SentencesOf(arguments[0]);
        Console.WriteLine($"{"",10} {"",-34} {"articles a second of",-20} {"",8} {"",8} {"",8} {"live",8}");
        Console.WriteLine($"{"window",10} {"system",-34} {"the day",9} {"processors",10} {"p50 ms",8} {"p99 ms",8} {"max ms",8} {"MB",8}");
        foreach (var window in arguments.Skip(1).Where(argument => !argument.StartsWith('-')).Select(int.Parse))
        {
            var articles = new RecombinedArticles(texts, window, Sentences);
            Measure(articles, window, arguments.Contains("--settle"));
            if (!arguments.Contains("--alone"))
                MeasurePlain(articles, window);
        }

        return 0;
    }

    private static void Measure(RecombinedArticles articles, int window, bool settles)
    {
        var before = StoryFigures.Memory();
        var desk = new StoryDesk(new StoryOptions { KeepAtMost = window + (3 * Measured), KeepAtLeast = window });
        var filled = 0;
        foreach (var digest in OrderedWork.Run(Enumerable.Range(0, window), number => ArticleDigest.Of(articles.Make(number)), null, CancellationToken.None))
        {
            desk.Fill(digest, filled - (filled % RecombinedArticles.PerTopic));
            filled++;
        }

        AnnotatedArticle[] Next(int from, int count) => [.. Enumerable.Range(window + from, count).AsParallel().AsOrdered().Select(articles.Make)];
        foreach (var article in Next(0, WarmUp))
            desk.Place(article);

        var times = new double[Measured];
        var next = Next(WarmUp, Measured);
        var spent = StoryFigures.Time(() =>
        {
            for (var i = 0; i < Measured; i++)
            {
                var start = ThreadClock.Milliseconds;
                desk.Place(next[i]);
                times[i] = ThreadClock.Milliseconds - start;
            }
        });
        Print(window, "one thread", times, spent, StoryFigures.Memory() - before);

        next = Next(WarmUp + Measured, Measured);
        spent = StoryFigures.Time(() =>
        {
            var i = 0;
            foreach (var digest in OrderedWork.Run(next, ArticleDigest.Of, 1, CancellationToken.None))
            {
                var start = ThreadClock.Milliseconds;
                desk.Place(digest);
                times[i++] = ThreadClock.Milliseconds - start;
            }
        });
        Print(window, "two threads, digests ahead", times, spent, StoryFigures.Memory() - before);
        PrintStages(desk, Next(WarmUp + (2 * Measured), MeasuredParts));
        StoryFigures.Print($"{"",10} checksum {StoryFigures.Checksum(desk):x16} of {desk.History.Count} changes and {desk.Stories.Length} stories; peak of the process {StoryFigures.Peak():0} MB");
        if (!settles)
            return;
        var settling = StoryFigures.Time(() => desk.Settle());
        StoryFigures.Print($"{"",10} settled in {settling.Wall:0.0} s, {settling.Processor:0.0} s of processors; checksum {StoryFigures.Checksum(desk):x16}; peak of the process {StoryFigures.Peak():0} MB");
    }

    private static void PrintStages(StoryDesk desk, AnnotatedArticle[] articles)
    {
        double digesting = 0, sketching = 0, searching = 0, deciding = 0;
        foreach (var article in articles)
        {
            var start = ThreadClock.Milliseconds;
            var digest = ArticleDigest.Of(article);
            var digested = ThreadClock.Milliseconds;
            var sketch = desk.Sketch(digest);
            var sketched = ThreadClock.Milliseconds;
            var near = desk.Meet(sketch);
            var met = ThreadClock.Milliseconds;
            desk.Place(digest.Id, sketch, near);
            digesting += digested - start;
            sketching += sketched - digested;
            searching += met - sketched;
            deciding += ThreadClock.Milliseconds - met;
        }

        StoryFigures.Print($"{"",10} of it, ms an article: digest {digesting / articles.Length:0.000}, sketch {sketching / articles.Length:0.000}, search {searching / articles.Length:0.000}, decision and repair {deciding / articles.Length:0.000}");
    }

    private static void MeasurePlain(RecombinedArticles articles, int window)
    {
        var before = StoryFigures.Memory();
        var plain = new PlainClusterer();
        var filling = OrderedWork.Run(
            Enumerable.Range(0, window).Where(i => i < PlainCountsUpTo || i % RecombinedArticles.PerTopic == 0), i => (Number: i, Article: articles.Make(i)), null, CancellationToken.None);
        foreach (var (number, article) in filling)
            plain.Place(article, fill: number % RecombinedArticles.PerTopic == 0);
        var next = Enumerable.Range(0, MeasuredPlain).Select(i => articles.Make(window + i)).ToArray();
        var times = new double[MeasuredPlain];
        var spent = StoryFigures.Time(() =>
        {
            for (var i = 0; i < MeasuredPlain; i++)
            {
                var start = ThreadClock.Milliseconds;
                plain.Place(next[i]);
                times[i] = ThreadClock.Milliseconds - start;
            }
        });
        Print(window, "single pass, TF-IDF cosine", times, spent, StoryFigures.Memory() - before);
        GC.KeepAlive(plain);
    }

    private static void Print(int window, string system, double[] times, (double Wall, double Processor) spent, double memory)
    {
        var sorted = times.Order().ToArray();
        StoryFigures.Print($"{window,10} {system,-34} {times.Length / spent.Wall,9:0} {times.Length / spent.Processor,10:0} {sorted[times.Length / 2],8:0.000} {sorted[times.Length * 99 / 100],8:0.000} {sorted[^1],8:0.000} {memory,8:0}");
    }

    /// <summary>What a first version of a grouper looks like: one pass, cosine with each cluster's first article, one threshold.</summary>
    private sealed class PlainClusterer
    {
        private readonly Dictionary<string, List<(int Cluster, float Weight)>> _clusters = [];
        private readonly Dictionary<string, int> _counts = [];
        private int _articles;
        private int _clusterCount;

        public int Place(AnnotatedArticle article, bool? fill = null)
        {
            _articles++;
            var counts = new Dictionary<string, int>();
            foreach (var token in article.Body.Tokens.Where(token => token.Kind != TokenKind.Mark))
            {
                var word = article.Body[token].ToString().ToLowerInvariant();
                counts[word] = counts.GetValueOrDefault(word) + 1;
            }

            var vector = new List<(string Word, float Weight)>(counts.Count);
            foreach (var (word, count) in counts)
            {
                var holders = _counts[word] = _counts.GetValueOrDefault(word) + 1;
                vector.Add((word, (1 + MathF.Log(count)) * MathF.Log((_articles + 1f) / holders)));
            }

            var length = MathF.Sqrt(vector.Sum(term => term.Weight * term.Weight));
            var best = -1;
            if (fill is null)
            {
                var scores = new Dictionary<int, float>();
                foreach (var (word, weight) in vector)
                {
                    foreach (var (cluster, other) in _clusters.GetValueOrDefault(word) ?? [])
                        scores[cluster] = scores.GetValueOrDefault(cluster) + (weight * other / length);
                }

                var top = 0.2f;
                foreach (var (cluster, score) in scores)
                {
                    if (score > top)
                        (best, top) = (cluster, score);
                }
            }

            if (best < 0 && fill != false)
            {
                best = _clusterCount++;
                foreach (var (word, weight) in vector)
                {
                    if (!_clusters.TryGetValue(word, out var holders))
                        _clusters[word] = holders = [];
                    holders.Add((best, weight / length));
                }
            }

            return best;
        }
    }
}
