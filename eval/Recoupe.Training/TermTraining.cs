using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Stories;

namespace Recoupe.Training;

/// <summary>Counts in how many articles each hashed term stands (<c>models/terms.model</c>): what grouping knows before a stream has told.</summary>
public static class TermTraining
{
    // A term of fewer articles is rare anyway; leaving it out keeps the file small and tells nothing of single texts.
    private const int Fewest = 3;

    /// <summary>Runs the command: <c>terms DATA OUT</c>.</summary>
    public static int Run(string data, string output, TextWriter log)
    {
        var languages = new SortedDictionary<uint, (int Articles, Dictionary<uint, int> Counts)>();
        void Add(IEnumerable<Article> articles)
        {
            foreach (var annotated in articles.AsParallel().AsOrdered().Select(Pipeline.Annotate))
            {
                var key = DigestMaker.LanguageKey(annotated.Article.Language);
                if (!languages.TryGetValue(key, out var counts))
                    counts = (0, []);
                foreach (var term in ArticleDigest.Of(annotated).Terms)
                    counts.Counts[term] = counts.Counts.GetValueOrDefault(term) + 1;
                languages[key] = (counts.Articles + 1, counts.Counts);
            }
        }

        Add(News(Path.Combine(data, "unlabelled", "us_frontpages_en.jsonl"), "en"));
        Add(News(Path.Combine(data, "statements", "polnear-train.jsonl"), "en"));
        Add(News(Path.Combine(data, "statements", "wikinews-fr-dev.jsonl"), "fr"));
        Add(Treebank(Path.Combine(data, "pos", "fr_sequoia-ud-train.conllu"), "fr"));
        Add(Treebank(Path.Combine(data, "pos", "fr_sequoia-ud-dev.conllu"), "fr"));
        Add(Treebank(Path.Combine(data, "pos", "fr_gsd-ud-dev.conllu"), "fr"));
        Add(Columns(Path.Combine(data, "ner", "europeana_fr_bnf.bio"), "fr"));
        Add(Columns(Path.Combine(data, "ner", "hipe2022_newseye_fr-dev.tsv"), "fr"));
        Add(Columns(Path.Combine(data, "ner", "hipe2022_newseye_fr-dev2.tsv"), "fr"));
        using var file = File.Create(Path.Combine(output, "terms.model"));
        var kept = languages.ToDictionary(
            pair => pair.Key,
            pair => (pair.Value.Articles, (IReadOnlyDictionary<uint, int>)pair.Value.Counts.Where(count => count.Value >= Fewest).ToDictionary()));
        TermBackground.Write(file, kept);
        foreach (var (key, (articles, counts)) in kept)
            log.WriteLine($"language {key:x8}: {articles} articles, {counts.Count} terms");
        log.WriteLine($"terms.model: {file.Length} bytes");
        return 0;
    }

    private static IEnumerable<Article> News(string path, string language)
    {
        if (!File.Exists(path))
            yield break;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            using var json = JsonDocument.Parse(line);
            string? Field(string name) => json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            yield return new Article { Id = new ArticleId($"{++number}"), Source = path, Title = Field("title"), Text = Field("text") ?? "", Language = language };
        }
    }

    // One token a line, the word in the first column: three hundred in a row stand for an article.
    private static IEnumerable<Article> Columns(string path, string language)
    {
        if (!File.Exists(path))
            yield break;
        var number = 0;
        foreach (var words in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t', ' ')[0]).Chunk(300))
            yield return new Article { Id = new ArticleId($"{++number}"), Source = path, Text = string.Join(' ', words), Language = language };
    }

    // Sentences of a treebank come from many texts: fifteen in a row stand for an article.
    private static IEnumerable<Article> Treebank(string path, string language)
    {
        if (!File.Exists(path))
            yield break;
        var number = 0;
        foreach (var sentences in File.ReadLines(path).Where(line => line.StartsWith("# text = ", StringComparison.Ordinal)).Select(line => line[9..]).Chunk(15))
            yield return new Article { Id = new ArticleId($"{++number}"), Source = path, Text = string.Join("\n\n", sentences), Language = language };
    }
}
