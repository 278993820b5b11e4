using System.Globalization;
using System.Runtime;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>Placing articles into stories with so many in the window, beside a plain single-pass TF-IDF clusterer on the same articles.</summary>
/// <remarks>
/// The window is filled with articles made by recombining the sentences of a file, with a fixed seed: each topic takes two
/// texts and renames their names, each article of a topic takes other sentences of them. Filling makes sketch and index entry
/// of each article but takes its story as given; then <see cref="Measured"/> articles are placed and timed one by one, with
/// all decisions and repairs, by the processor time of the thread, so that a busy machine does not count. Reading and tokenizing are
/// not timed; all that grouping does is. "Two cores" is the rate when one thread makes the digests that the other one places: the
/// digest of an article does not hang on the stream. The plain clusterer counts its document frequencies on the articles that
/// it clusters and, up to <see cref="PlainCountsUpTo"/>, on all others of the window.
/// </remarks>
public sealed class StoryMeasurement : IMeasurement
{
    private const int Measured = 3000;
    private const int MeasuredParts = 500;
    private const int MeasuredPlain = 200;
    private const int WarmUp = 200;
    private const int PerTopic = 8;
    private const int Sentences = 14;
    private const int PlainCountsUpTo = 100_000;

    public string Name => "stories";

    public string Arguments => "FILE.jsonl WINDOW..";

    public int Run(string[] arguments)
    {
        var texts = DocumentReader.Read([arguments[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null)
            .Select(intake => SentencesOf(intake.Document!.Content))
            .Where(sentences => sentences.Length >= 8)
            .ToArray();
        Console.WriteLine($"{"window",10} {"system",-28} {"per second",10} {"two cores",10} {"p50 ms",8} {"p99 ms",8} {"max ms",8} {"memory MB",10}");
        foreach (var window in arguments.Skip(1).Where(argument => !argument.StartsWith('-')).Select(int.Parse))
        {
            Measure(texts, window);
            if (!arguments.Contains("--alone"))
                MeasurePlain(texts, window);
        }

        return 0;
    }

    private static void Measure(string[][] texts, int window)
    {
        var before = Memory();
        var stream = new StoryDesk(new StoryOptions { KeepAtMost = window + (3 * Measured), KeepAtLeast = window });
        var filling = Enumerable.Range(0, window).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .Select(i => ArticleDigest.Of(Make(texts, i, window)));
        var filled = 0;
        foreach (var digest in filling)
        {
            stream.Fill(digest, filled - (filled % PerTopic));
            filled++;
        }

        AnnotatedArticle[] Next(int from, int count) => [.. Enumerable.Range(window + from, count).Select(i => Make(texts, i, window))];
        foreach (var article in Next(0, WarmUp))
            stream.Place(article);

        var articles = Next(WarmUp, Measured);
        var started = ThreadClock.Milliseconds;
        var digests = articles.Select(ArticleDigest.Of).ToArray();
        var digesting = (ThreadClock.Milliseconds - started) / Measured;
        var times = new double[Measured];
        for (var i = 0; i < Measured; i++)
        {
            var start = ThreadClock.Milliseconds;
            stream.Place(digests[i]);
            times[i] = ThreadClock.Milliseconds - start + digesting;
        }

        Print(window, "StoryDesk.Place", times, digesting, Memory() - before);
        Console.WriteLine($"checksum {Checksum(stream):x16} of {stream.History.Count} changes, {stream.Stories.Length} stories");

        double sketching = 0, searching = 0, deciding = 0;
        foreach (var digest in Next(WarmUp + Measured, MeasuredParts).Select(ArticleDigest.Of))
        {
            var start = ThreadClock.Milliseconds;
            var sketch = stream.Sketch(digest);
            var sketched = ThreadClock.Milliseconds;
            var near = stream.Meet(sketch);
            var met = ThreadClock.Milliseconds;
            stream.Place(digest.Id, sketch, near);
            (sketching, searching, deciding) = (sketching + sketched - start, searching + met - sketched, deciding + ThreadClock.Milliseconds - met);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{"",10} of it, ms an article: digest {digesting:0.000}, sketch {sketching / MeasuredParts:0.000}, search {searching / MeasuredParts:0.000}, decision and repair {deciding / MeasuredParts:0.000}"));
    }

    private static void MeasurePlain(string[][] texts, int window)
    {
        var before = Memory();
        var plain = new PlainClusterer();
        var filling = Enumerable.Range(0, window).Where(i => i < PlainCountsUpTo || i % PerTopic == 0)
            .AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered).Select(i => (Number: i, Article: Make(texts, i, window)));
        foreach (var (number, article) in filling)
            plain.Place(article, fill: number % PerTopic == 0);
        var articles = Enumerable.Range(0, MeasuredPlain).Select(i => Make(texts, window + i, window)).ToArray();
        var times = new double[MeasuredPlain];
        for (var i = 0; i < MeasuredPlain; i++)
        {
            var start = ThreadClock.Milliseconds;
            plain.Place(articles[i]);
            times[i] = ThreadClock.Milliseconds - start;
        }

        Print(window, "single pass, TF-IDF cosine", times, 0, Memory() - before);
        GC.KeepAlive(plain);
    }

    // One number for all that happened and all that stands: the same for the same output.
    private static ulong Checksum(StoryDesk stream)
    {
        ulong sum = 0;
        foreach (var change in stream.History)
            sum = TextHash.Combine(sum, TextHash.Of(change.ToString()));
        foreach (var story in stream.Stories)
            sum = TextHash.Combine(sum, TextHash.Of($"{story.Id} {story.Saga} {string.Join(' ', story.Articles)}"));
        return sum;
    }

    private static double Memory()
    {
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        return GC.GetTotalMemory(forceFullCollection: true) / 1e6;
    }

    private static void Print(int window, string system, double[] times, double ahead, double memory)
    {
        var mean = times.Average();
        var twoCores = Math.Max(mean / 2, mean - ahead);
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{window,10} {system,-28} {1000 / mean,10:0} {(ahead > 0 ? $"{1000 / twoCores:0}" : "-"),10} {times[times.Length / 2],8:0.000} {times[times.Length * 99 / 100],8:0.000} {times[^1],8:0.000} {memory,10:0}"));
    }

    private static string[] SentencesOf(string text) =>
        [.. text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).SelectMany(line => line.Split(". ")).Where(sentence => sentence.Length > 40).Take(60)];

    private static AnnotatedArticle Make(string[][] texts, int number, int window)
    {
        var topic = number / PerTopic;
        var random = new Random(number);
        var choice = new Random(topic);
        var (first, second) = (texts[choice.Next(texts.Length)], texts[choice.Next(texts.Length)]);
        var suffix = Suffix(topic);
        var sentences = Enumerable.Range(0, Sentences).Select(i => i % 3 < 2 ? first[random.Next(first.Length)] : second[random.Next(second.Length)]);
        var text = string.Join(". ", sentences.Select(sentence => Rename(sentence, suffix)));
        var title = Rename(first[choice.Next(first.Length)], suffix);
        var language = Language.Find("en");
        var day = new DateTime(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddHours(240.0 * number / window);
        return new AnnotatedArticle
        {
            Article = new Article
            {
                Id = new ArticleId($"a{number}"), Source = "bench", Language = "en", Title = title, Text = text,
                Published = new Moment(DateOnly.FromDateTime(day), TimeOnly.FromDateTime(day)),
            },
            Body = AnalyzedText.Of(text, null),
            Headline = AnalyzedText.Of(title, null),
        };
    }

    private static string Suffix(int topic) => $"{(char)('a' + (topic % 26))}{(char)('a' + (topic / 26 % 26))}{(char)('a' + (topic / 676 % 26))}";

    // Names get an ending of the topic's own, so that the vocabulary grows as it does in the press.
    private static string Rename(string sentence, string suffix) =>
        string.Join(' ', sentence.Split(' ').Select((word, i) => i > 0 && word.Length > 3 && char.IsUpper(word[0]) && char.IsLetter(word[^1]) ? word + suffix : word));

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
