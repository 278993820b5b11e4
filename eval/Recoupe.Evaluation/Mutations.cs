using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Evaluation;

/// <summary>Switches off the lists and the constructions that statements are read with, one by one, and prints what each changes.</summary>
/// <remarks>What changes no article of any set, and no case, is not earning its place.</remarks>
public static class Mutations
{
    private const string Cases = "cases";

    /// <summary>Reads every <paramref name="each"/>th article of the sets, and all cases, with and without each list and construction.</summary>
    /// <param name="sets">Files of articles, JSON lines.</param>
    /// <param name="cases">The folder of cases, a folder a language.</param>
    /// <param name="each">1 for all articles.</param>
    /// <param name="output">One line a list or construction.</param>
    public static void Run(IReadOnlyList<string> sets, string cases, int each, TextWriter output)
    {
        var texts = sets.SelectMany(path => Scorer.Articles(path).Where((_, index) => index % each == 0).Select(article => (Set: Path.GetFileNameWithoutExtension(path), Article: article)))
            .Concat(CaseTexts(cases)).Where(text => text.Article.Language is not null).ToList();
        foreach (var language in Language.All)
        {
            var own = texts.FindAll(text => Language.Find(text.Article.Language) == language);
            var before = own.ConvertAll(text => Told(text.Article, language, []));
            var names = own.Select(text => text.Set).Distinct().ToList();
            output.WriteLine($"{language.Code,-32} {string.Join(' ', names.Select(name => $"{name,18}"))}");
            foreach (var list in language.Asked.Order(StringComparer.Ordinal).ToList())
                Print(list, language.Without(list), []);
            foreach (var construction in Enum.GetValues<Construction>().Where(static construction => construction != Construction.None))
                Print($"rule {construction}", language, [construction]);

            void Print(string what, Language mutated, ImmutableArray<Construction> silenced)
            {
                var changed = names.ToDictionary(static name => name, static _ => 0);
                for (var t = 0; t < own.Count; t++)
                    changed[own[t].Set] += Told(own[t].Article, mutated, silenced) == before[t] ? 0 : 1;
                var verdict = changed.Values.All(static count => count == 0) ? "  changes nothing"
                    : changed.GetValueOrDefault(Cases) == 0 ? "  fails no case" : "";
                output.WriteLine($"{what,-32} {string.Join(' ', names.Select(name => changed[name].ToString(CultureInfo.InvariantCulture).PadLeft(Math.Max(18, name.Length))))}{verdict}");
                output.Flush();
            }
        }
    }

    // All that is told of an article's statements, as one text.
    private static string Told(Article article, Language language, ImmutableArray<Construction> silenced)
    {
        var body = AnalyzedText.Of(article.Text, language);
        body.Keep(known => new AttributedText(known, language) { Silenced = silenced });
        var statements = StatementFinder.Find(article, body, null, EntityFinder.Find(body, null));
        return string.Join('\n', statements.Select(static statement =>
            $"{string.Join(' ', statement.Content)} {statement.Kind} {statement.Cue} {statement.Speaker} {statement.Channel} {statement.Act} {statement.Negated} {statement.Hedged} {statement.Voiced}"));
    }

    // The quoted lines of each case, as an article.
    private static IEnumerable<(string Set, Article Article)> CaseTexts(string folder)
    {
        foreach (var path in Directory.GetFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var language = Path.GetFileName(Path.GetDirectoryName(path))!;
            var text = new List<string>();
            foreach (var line in File.ReadLines(path).Append("## "))
            {
                if (line.StartsWith('>'))
                    text.Add(line[1..].Trim());
                if (!line.StartsWith("## ", StringComparison.Ordinal) || text.Count == 0)
                    continue;
                yield return (Cases, ArticleReader.Read(
                    new Document { Source = path, Form = DocumentForm.CleanText, Content = string.Join('\n', text), Language = language }, new ArticleId("case")));
                text.Clear();
            }
        }
    }
}
