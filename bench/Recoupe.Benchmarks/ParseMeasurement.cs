using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Benchmarks;

/// <summary>Parsing of clean, tagged text on one thread: tokens a second, with reading the tree and without; and the time to load the models.</summary>
public sealed class ParseMeasurement : IMeasurement
{
    private const int Passes = 9;

    public string Name => "parse";

    public string Arguments => "FILE.jsonl [ARTICLES]";

    public int Run(string[] arguments)
    {
        var limit = arguments.Length > 1 ? int.Parse(arguments[1]) : 500;
        foreach (var language in Language.All)
        {
            var start = ThreadClock.Milliseconds;
            var parser = DependencyParser.For(language);
            Console.WriteLine($"{language}: {(parser is null ? "no parser" : "parser loaded")} in {ThreadClock.Milliseconds - start:0.0} ms of processor time");
        }

        var texts = DocumentReader.Read([arguments[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null).Take(limit)
            .Select((intake, number) => ArticleReader.Read(intake.Document!, new ArticleId($"a{number}")))
            .Where(article => Language.Find(article.Language) is { } language && DependencyParser.For(language) is not null)
            .Select(article => AnalyzedText.Of(article.Text, Language.Find(article.Language))).ToList();
        var tokens = texts.Sum(text => (long)text.Tokens.Length);
        Console.WriteLine($"{texts.Count} articles, {tokens} tokens; median of {Passes} passes");
        Print("heads and relations", text => DependencyParser.For(text.Language!)!.Parse(text.Text, text.Tokens, text.Sentences).Heads.Length);
        Print("and the whole tree, all clauses and phrases", text =>
        {
            var tree = SyntaxTree.Of(text)!;
            return tree.Clauses.Count(clause => clause.IsNegated) + tree.NounPhrases.Sum(phrase => phrase.Core.Length);
        });
        return 0;

        void Print(string what, Func<AnalyzedText, int> run)
        {
            var seconds = new List<double>();
            long sum = 0;
            for (var pass = 0; pass <= Passes; pass++)
            {
                var start = ThreadClock.Milliseconds;
                foreach (var text in texts)
                    sum += run(text);
                if (pass > 0)
                    seconds.Add((ThreadClock.Milliseconds - start) / 1e3);
            }

            Console.WriteLine($"{what,-45} {tokens / seconds.Order().ElementAt(Passes / 2):0} tokens a second, {tokens / seconds.Min():0} in the best pass ({sum / (Passes + 1)})");
        }
    }
}
