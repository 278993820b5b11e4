using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Documents;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Pairs of amounts that readers judged one by one: whether both are told of one thing, and whether anything explains that they differ.</summary>
/// <remarks>
/// One JSON line a story: <c>articles</c> (id, the first 16 digits of the text's SHA-256), <c>pairs</c> (place of the first one's article, start and end in code points; those of the
/// second; <c>conflict</c>, <c>update</c>, <c>base</c> or <c>other</c>).
/// </remarks>
internal static class ReadPairs
{
    /// <summary>How much a pair counts, where one of a story that was read whole counts for 20 by the root of its pairs.</summary>
    public const float Weight = 1;

    // Of a story so many pairs at most are asked, and none less likely.
    private const int MostAsked = 5;
    private const float LeastAsked = -4.5f;

    // How much of the text around an amount a reader sees, in UTF-16 units.
    private const int Around = 260;

    /// <summary>Prints the pairs that a reader may judge.</summary>
    public static void Ask(string articles, string groups, TextWriter log)
    {
        var known = ArticlesOf(articles);
        var stories = File.ReadLines(groups).Select(line => JsonDocument.Parse(line).RootElement)
            .GroupBy(group => group.GetProperty("story").GetString()!, group => group.GetProperty("id").GetString()!).Select(story => story.Where(known.ContainsKey).ToList()).Where(story => story.Count > 1).ToList();
        foreach (var lines in stories.AsParallel().AsOrdered().Select(story => Ask(TextOf([.. story.Select(id => known[id])]))))
        {
            foreach (var line in lines)
                log.WriteLine(line);
        }
    }

    /// <summary>Takes <c>--read PAIRS ARTICLES</c> out of the arguments of a command: the stories of those pairs, none without it, and the other arguments.</summary>
    public static (List<AmountSample> Read, string[] Others) TakenFrom(string[] arguments) =>
        Array.IndexOf(arguments, "--read") is var at and >= 0 ? (Samples(arguments[at + 1], arguments[at + 2]), [.. arguments[..at], .. arguments[(at + 3)..]]) : ([], arguments);

    /// <summary>The stories whose pairs were judged, with those pairs as rows; what stands in articles that are not at hand, or have another text, is left out.</summary>
    public static List<AmountSample> Samples(string pairs, string articles)
    {
        var known = ArticlesOf(articles);
        return [.. File.ReadLines(pairs).AsParallel().AsOrdered().Select(line => Read(line, known)).OfType<AmountSample>()];
    }

    private static AmountSample? Read(string line, Dictionary<string, AnnotatedArticle> known)
    {
        using var story = JsonDocument.Parse(line);
        var articles = story.RootElement.GetProperty("articles").EnumerateArray().Select(article => known.GetValueOrDefault(article[0].GetString()!) is { } at
            && Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(at.Body.Text))).StartsWith(article[1].GetString()!, StringComparison.Ordinal) ? at : null).ToList();
        if (articles.Exists(article => article is null))
            return null;
        var text = TextOf([.. articles.OfType<AnnotatedArticle>()]);
        var verdicts = story.RootElement.GetProperty("pairs").EnumerateArray().ToDictionary(pair => (PlaceOf(pair, 0), PlaceOf(pair, 3)), pair => pair[6].GetString());
        var offsets = text.Articles.Select(article => new CodePointOffsets(article.Body.Text)).ToList();
        var sample = new AmountSample(text.Articles[0].Id.Value, [], [], [], [], []) { IsRead = true };
        var row = new float[AmountPairs.Count];
        var pairs = new AmountPairs(text, text.Passages(CancellationToken.None).Units);
        foreach (var (a, b) in pairs.Pairs())
        {
            if (!verdicts.TryGetValue((At(a), At(b)), out var verdict))
                continue;
            pairs.Fill(a, b, row);
            sample.Features.AddRange(row);
            sample.Keys.Add(AmountPairs.DifferenceOf(a, b));
            sample.Labels.Add(verdict == "other" ? -1 : AmountSample.Again);
        }

        return sample;

        (int, int) At(StoryAmount amount) => (amount.Place, offsets[amount.Place].FromUtf16(amount.Number.Span.Start));
    }

    private static (int Place, int Start) PlaceOf(JsonElement pair, int from) => (pair[from].GetInt32(), pair[from + 1].GetInt32());

    private static List<string> Ask(StoryText text)
    {
        var pairs = new AmountPairs(text, text.Passages(CancellationToken.None).Units);
        var all = pairs.Pairs().ToList();
        var odds = PointJudge.Default.Amounts.Score(all.Count, AmountPairs.Count, (pair, features) => pairs.Fill(all[pair].A, all[pair].B, features), 1, CancellationToken.None);
        return [.. all.Zip(odds, (pair, odd) => (pair.A, pair.B, Odds: odd)).Where(pair => pair.Odds >= LeastAsked).GroupBy(pair => AmountPairs.DifferenceOf(pair.A, pair.B))
            .Select(same => same.MaxBy(pair => pair.Odds)).OrderByDescending(pair => pair.Odds).Take(MostAsked)
            .Select(pair => JsonSerializer.Serialize(new { articles = text.Articles.Select(article => article.Id.Value), a = Side(text, pair.A), b = Side(text, pair.B), odds = MathF.Round(pair.Odds, 2) }))];
    }

    private static object Side(StoryText text, StoryAmount amount)
    {
        var article = text.Articles[amount.Place];
        var offsets = new CodePointOffsets(article.Body.Text);
        var (from, to) = (Math.Max(0, amount.Number.Span.Start - Around), Math.Min(article.Body.Text.Length, amount.Number.Span.End + Around));
        var shown = article.Body.Text[from..amount.Number.Span.Start] + "[[" + article.Body.Text[amount.Number.Span.Start..amount.Number.Span.End] + "]]" + article.Body.Text[amount.Number.Span.End..to];
        return new { article = article.Id.Value, span = new[] { offsets.FromUtf16(amount.Number.Span.Start), offsets.FromUtf16(amount.Number.Span.End) }, published = article.Article.Published?.ToString(), shown };
    }

    private static Dictionary<string, AnnotatedArticle> ArticlesOf(string path) =>
        DocumentReader.Read([path], CancellationToken.None).Where(intake => intake.Document?.Id is not null).AsParallel().AsOrdered()
            .Select(intake => Pipeline.Annotate(ArticleReader.Read(intake.Document!, new ArticleId(intake.Document!.Id!)))).ToDictionary(article => article.Id.Value);

    private static StoryText TextOf(ImmutableArray<AnnotatedArticle> articles) => new(SpeakerNames.Resolve(SiblingDating.Date(articles)), CancellationToken.None);
}
