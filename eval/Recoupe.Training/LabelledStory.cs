using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Points;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>A story with the truth about its points: <c>articles.jsonl</c> and <c>truth.json</c> in one folder.</summary>
internal sealed record LabelledStory(string Folder, string Name, ImmutableArray<AnnotatedArticle> Articles, ImmutableArray<LabelledPoint> Points)
{
    /// <summary>What keeps stories on one affair in one fold: the topic in the folder's name.</summary>
    public string Affair => AffairOf(Name);

    /// <summary>The affair of a story by its folder's name.</summary>
    public static string AffairOf(string name) => Regex.Match(name, @"T\d+|ecb-\d+", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)) is { Success: true } topic ? topic.Value : name;

    /// <summary>Whether its articles were cut to their first lines.</summary>
    public bool IsBrief { get; init; }

    /// <summary>The fold of each affair: by its place among all by name, so that the same stories fall into the same folds.</summary>
    public static Dictionary<string, int> FoldsOf(IEnumerable<string> affairs, int folds) =>
        affairs.Distinct().Order(StringComparer.Ordinal).Select((affair, number) => (affair, fold: number % folds)).ToDictionary(pair => pair.affair, pair => pair.fold);

    /// <summary>The dossier of articles that are one story, dated by each other where they can be.</summary>
    public static Dossier DossierOf(ImmutableArray<AnnotatedArticle> articles, PipelineOptions options)
    {
        var id = new StoryId("s1");
        return DossierMaker.Make(new Story(id, id, [.. articles.Select(article => article.Id)]), SiblingDating.Date(articles), options, CancellationToken.None);
    }

    /// <summary>The stories in all folders below <paramref name="roots"/> that hold a truth, by name, each once.</summary>
    public static List<LabelledStory> ReadAll(IEnumerable<string> roots) =>
        [.. Folders(roots).AsParallel().AsOrdered().Select(Read)];

    /// <summary>The folders below <paramref name="roots"/> that hold a truth, by name, each name once.</summary>
    public static List<string> Folders(IEnumerable<string> roots) =>
        [.. roots.Where(Directory.Exists).SelectMany(root => Directory.EnumerateFiles(root, "truth.json", SearchOption.AllDirectories))
            .OrderBy(path => path, StringComparer.Ordinal).Select(path => Path.GetDirectoryName(path)!).DistinctBy(Path.GetFileName)];

    /// <summary>The story in <paramref name="folder"/>.</summary>
    public static LabelledStory Read(string folder)
    {
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")));
        var members = truth.RootElement.GetProperty("story").EnumerateArray().Select(id => id.GetString()!).ToHashSet();
        var articles = DocumentReader.Read([Path.Combine(folder, "articles.jsonl")], CancellationToken.None)
            .Where(intake => intake.Document?.Id is { } id && members.Contains(id))
            .Select(intake => Pipeline.Annotate(ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id!)))).ToImmutableArray();
        var places = articles.Select((article, place) => (article.Id.Value, place)).ToDictionary(pair => pair.Value, pair => pair.place);
        var points = truth.RootElement.GetProperty("points").EnumerateArray().Select(point => LabelledPoint.Read(point, articles, places)).ToImmutableArray();
        return new LabelledStory(folder, Path.GetFileName(folder), articles, points);
    }
}

/// <summary>A point of the truth.</summary>
/// <param name="Required">Whether it must be told.</param>
/// <param name="Passages">Where it is told: the article's place in the story, the span in its text, whether it affirms.</param>
internal sealed record LabelledPoint(bool Required, ImmutableArray<(int Article, TextSpan Span, bool Affirms)> Passages)
{
    /// <summary>Its name in the truth; empty where it has none.</summary>
    public string Id { get; init; } = "";

    public static LabelledPoint Read(JsonElement point, ImmutableArray<AnnotatedArticle> articles, Dictionary<string, int> places)
    {
        var passages = ImmutableArray.CreateBuilder<(int, TextSpan, bool)>();
        foreach (var passage in point.GetProperty("passages").EnumerateArray())
        {
            if (!places.TryGetValue(passage.GetProperty("article").GetString()!, out var place))
                continue;
            var text = articles[place].Article.Text;
            var affirms = !passage.TryGetProperty("stance", out var stance) || stance.GetString() == "affirms";
            if (passage.TryGetProperty("span", out var span))
            {
                passages.Add((place, new CodePointOffsets(text).ToUtf16(span[0].GetInt32(), span[1].GetInt32()), affirms));
                continue;
            }

            var quote = passage.GetProperty("quote").GetString()!;
            var at = text.IndexOf(quote, StringComparison.Ordinal);
            if (at >= 0)
                passages.Add((place, TextSpan.Of(at, quote.Length), affirms));
        }

        return new LabelledPoint(point.TryGetProperty("required", out var required) && required.GetBoolean(), passages.ToImmutable()) { Id = point.TryGetProperty("id", out var id) ? id.GetString()! : "" };
    }

    /// <summary>Whether a span of an article shares half of the words of the shorter one with a passage.</summary>
    public static bool Overlaps(AnnotatedArticle article, TextSpan a, TextSpan b)
    {
        if (a.Intersection(b) is not { } common)
            return false;
        int Words(TextSpan span)
        {
            var count = 0;
            for (var i = article.Body.TokenAt(span.Start); i < article.Body.Tokens.Length && article.Body.Tokens[i].Start < span.End; i++)
                count += article.Body.Tokens[i].Kind == TokenKind.Mark ? 0 : 1;
            return count;
        }

        var shared = Words(common);
        return shared > 0 && 2 * shared >= Math.Min(Words(a), Words(b));
    }
}
