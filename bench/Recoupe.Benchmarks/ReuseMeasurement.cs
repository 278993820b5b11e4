using System.Text;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>Whether the cost of finding shared text grows with the text alone: pairs of long texts, hostile ones among them, and stories of many near copies.</summary>
public sealed class ReuseMeasurement : IMeasurement
{
    private const int Runs = 2; // of each size; the shorter counts
    private const int WordsOfArticle = 700;

    private static readonly int[] Lengths = [250_000, 500_000, 1_000_000];
    private static readonly int[] Copies = [125, 250, 500, 1000];

    private static readonly string[] Vocabulary = [.. Enumerable.Range(0, 20_000).Select(Word)];

    public string Name => "reuse";

    public string Arguments => "";

    public int Run(string[] arguments)
    {
        Console.WriteLine($"{"two texts",-44}{string.Concat(Lengths.Select(length => $"{length / 1000,9} kB"))}{"growth",10}   (milliseconds of processor time; growth 4 is linear)");
        Find(Pair(Prose(2000, 1), Edited(Prose(2000, 1), 8)));
        foreach (var (name, texts) in Pairs())
        {
            var times = new List<double>();
            Reuse? last = null;
            foreach (var length in Lengths)
            {
                var (first, second) = texts(length);
                var pair = Pair(first, second);
                times.Add(Enumerable.Range(0, Runs).Min(_ => Measure(() => last = Find(pair).FirstOrDefault())));
            }

            Console.WriteLine($"{name,-44}{string.Concat(times.Select(time => $"{time,12:0}"))}{times[^1] / times[0],10:0.0}   {(last is null ? "nothing" : $"{last.Kind}, {last.Share:0.00}, {last.Passages.Length} passages")}");
        }

        Console.WriteLine();
        Console.WriteLine($"{"stories of near copies (700 words each)",-44}{string.Concat(Copies.Select(copies => $"{copies,12}"))}{"growth",10}   (growth 8 is linear)");
        foreach (var (name, articles) in Stories())
        {
            var pairs = 0;
            var times = new List<double>();
            foreach (var copies in Copies)
            {
                var made = articles(copies);
                times.Add(Measure(() => pairs = Find(made).Length));
            }

            Console.WriteLine($"{name,-44}{string.Concat(times.Select(time => $"{time,12:0}"))}{times[^1] / times[0],10:0.0}   {pairs} pairs");
        }

        return 0;
    }

    private static IEnumerable<(string, Func<int, (string, string)>)> Pairs()
    {
        yield return ("the same prose", length => (Prose(length, 1), Prose(length, 1)));
        yield return ("other prose", length => (Prose(length, 1), Prose(length, 2)));
        foreach (var every in new[] { 5, 6, 8, 20 })
            yield return ($"equal but for every {every}th word", length => (Prose(length, 1), Edited(Prose(length, 1), every)));
        yield return ("the same sentences in another order", length => (Prose(length, 1), Shuffled(Prose(length, 1))));
        yield return ("one word over and over", length => (Repeat("mayor ", length), Repeat("mayor ", length)));
        yield return ("one word, with an end of its own", length => (Repeat("mayor ", length) + "left early", Repeat("mayor ", length) + "stayed"));
        yield return ("ten words over and over", length => (Repeat(Prose(70, 3), length), Repeat(Prose(70, 3), length)));
        yield return ("a thousand words over and over, other begin", length => (Repeat(Prose(7000, 3), length), Prose(1000, 4) + Repeat(Prose(7000, 3), length)));
        yield return ("two words by chance", length => (Prose(length, 5, 2), Prose(length, 6, 2)));
        yield return ("thirty words by chance", length => (Prose(length, 5, 30), Prose(length, 6, 30)));
        yield return ("quotation marks", length => (new string('"', length), new string('"', length)));
        yield return ("empty lines", length => (Repeat("a b c d e f g\n\n", length), Repeat("a b c d e f g\n\n", length)));
        yield return ("lines without a break", length => (Repeat("a b c d e f g, ", length), Repeat("g f e d c b a, ", length)));
    }

    private static IEnumerable<(string, Func<int, AnnotatedArticle[]>)> Stories()
    {
        var text = Prose(WordsOfArticle * 6, 7);
        yield return ("one word in 30 changed", copies => [.. Enumerable.Range(0, copies).Select(i => Article($"a{i}", Edited(text, 30, i)))]);
        yield return ("the last one credits an agency", copies => [.. Enumerable.Range(0, copies).Select(i => Article($"a{i}", text, credited: i == copies - 1))]);
        yield return ("sentences in another order", copies => [.. Enumerable.Range(0, copies).Select(i => Article($"a{i}", Shuffled(text, i)))]);
        yield return ("nothing shared", copies => [.. Enumerable.Range(0, copies).Select(i => Article($"a{i}", Prose(WordsOfArticle * 6, 100 + i)))]);
    }

    private static System.Collections.Immutable.ImmutableArray<Reuse> Find(AnnotatedArticle[] articles) => ReuseFinder.Find(articles, CancellationToken.None);

    private static double Measure(Action action)
    {
        GC.Collect(); // what earlier texts left is no cost of this one
        var start = ThreadClock.Milliseconds;
        action();
        return ThreadClock.Milliseconds - start;
    }

    private static AnnotatedArticle[] Pair(string first, string second) => [Article("first", first), Article("second", second)];

    private static AnnotatedArticle Article(string id, string text, bool credited = false)
    {
        var article = new Article { Id = new ArticleId(id), Source = id, Text = text, Language = "en", Agencies = credited ? ["Agence Ponant"] : [] };
        return new AnnotatedArticle { Article = article, Body = AnalyzedText.Of(text, Language.Find("en")) };
    }

    // Sentences of invented words, the frequent ones often, in lines of five sentences.
    private static string Prose(int length, int seed, int words = 20_000)
    {
        var random = new Random(seed);
        var text = new StringBuilder(length + 32);
        for (var sentence = 1; text.Length < length; sentence++)
        {
            for (var word = random.Next(8, 22); word > 0; word--)
                text.Append(Vocabulary[(int)(words * Math.Pow(random.NextDouble(), 3))]).Append(word > 1 ? ' ' : '.');
            text.Append(sentence % 5 == 0 ? "\n\n" : " ");
        }

        return text.ToString(0, length);
    }

    private static string Edited(string text, int every, int seed = 1)
    {
        var random = new Random(seed);
        return string.Join(' ', text.Split(' ').Select((word, i) => (i + seed) % every == 0 ? Word(random.Next(1_000_000, 2_000_000)) : word));
    }

    private static string Shuffled(string text, int seed = 1)
    {
        var sentences = text.Split(". ");
        new Random(seed).Shuffle(sentences);
        return string.Join(". ", sentences);
    }

    private static string Word(int number)
    {
        var word = new StringBuilder();
        for (number += 31; number > 0; number /= 26)
            word.Append((char)('a' + (number % 26))).Append("aeiou"[number % 5]);
        return word.ToString();
    }

    private static string Repeat(string piece, int length)
    {
        var text = new StringBuilder(length + piece.Length);
        while (text.Length < length)
            text.Append(piece);
        return text.ToString(0, length);
    }
}
