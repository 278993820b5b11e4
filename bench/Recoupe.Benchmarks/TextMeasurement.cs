using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>Tokens, sentences, tags and names of clean text, on one thread: microseconds a token for each; and the time to load the models.</summary>
public sealed class TextMeasurement : IMeasurement
{
    private const int Passes = 5;

    public string Name => "text";

    public string Arguments => "FILE.jsonl [ARTICLES]";

    public int Run(string[] arguments)
    {
        var limit = arguments.Length > 1 ? int.Parse(arguments[1]) : 500;
        foreach (var language in Language.All)
        {
            var start = ThreadClock.Milliseconds;
            Tagger.For(language);
            Console.WriteLine($"{language}: tagger loaded in {ThreadClock.Milliseconds - start:0.0} ms of processor time");
        }

        var texts = DocumentReader.Read([arguments[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null).Take(limit)
            .Select((intake, number) => ArticleReader.Read(intake.Document!, new ArticleId($"a{number}")))
            .Select(article => (article.Text, Language: Language.Find(article.Language)))
            .Where(pair => pair.Language is not null).ToList();
        var tokens = texts.Sum(pair => (long)Tokenizer.Tokenize(pair.Text, pair.Language).Length);
        Console.WriteLine($"{texts.Count} articles, {tokens} tokens; median of {Passes} passes");
        Print("tokens", pair => Tokenizer.Tokenize(pair.Text, pair.Language).Length);
        Print("tokens, sentences, tags", pair => AnalyzedText.Of(pair.Text, pair.Language).Sentences.Length);
        var analysed = texts.Select(pair => AnalyzedText.Of(pair.Text, pair.Language)).ToList();
        var names = new List<double>();
        var count = 0;
        for (var pass = 0; pass < Passes; pass++)
        {
            var start = ThreadClock.Milliseconds;
            foreach (var text in analysed)
                count += EntityFinder.Find(text, null).Length;
            names.Add((ThreadClock.Milliseconds - start) / 1e3);
        }

        Console.WriteLine($"{"names",-28} {names.Order().ElementAt(Passes / 2) / tokens * 1e6:0.000} µs a token ({count / Passes} names)");
        return 0;

        void Print(string what, Func<(string Text, Language? Language), int> run)
        {
            var seconds = new List<double>();
            var sum = 0;
            for (var pass = 0; pass <= Passes; pass++)
            {
                var start = ThreadClock.Milliseconds;
                foreach (var pair in texts)
                    sum += run(pair);
                if (pass > 0)
                    seconds.Add((ThreadClock.Milliseconds - start) / 1e3);
            }

            Console.WriteLine($"{what,-28} {seconds.Order().ElementAt(Passes / 2) / tokens * 1e6:0.000} µs a token ({sum / (Passes + 1)})");
        }
    }
}
