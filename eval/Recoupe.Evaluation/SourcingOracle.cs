using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Dossiers;
using Recoupe.Statements;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Evaluation;

/// <summary>
/// The dossiers of invented events made from the truth's own story, statements and dates: tells how many errors are the sourcing's,
/// and how many come from the stages below it.
/// </summary>
public sealed class SourcingOracleEvaluation : IEvaluation
{
    /// <inheritdoc/>
    public string Step => "sourcing-oracle";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "sourcing");
        if (!Directory.Exists(folder))
            yield break;
        var (lines, exitCode) = Scorer.Run(
            "python3", [Path.Combine(data, "score_sourcing.py"), folder, Environment.ProcessPath!, .. Sets.OwnArguments, "--oracle-dossiers"]);
        if (exitCode != 0)
            throw new InvalidOperationException($"score_sourcing.py failed: {string.Join('\n', lines)}");
        foreach (var line in lines)
            log.WriteLine($"    {line}");
        foreach (var (measure, value) in lines.SelectMany(Scorer.Figures).DistinctBy(figure => figure.Measure))
            yield return new Figure(Step, "events", measure, value);
    }
}

/// <summary>Makes a dossier from articles and the truth that lies beside them.</summary>
internal static class SourcingOracle
{
    private const int MentionWindow = 240;

    /// <summary>The dossiers of an event: its story as the truth gives it.</summary>
    /// <param name="events">The path of its <c>articles.jsonl</c>; <c>truth.json</c> lies in the same folder.</param>
    public static ImmutableArray<Dossier> Dossiers(string events)
    {
        var articles = Scorer.Articles(events).ToDictionary(article => article.Id.Value);
        using var truth = JsonDocument.Parse(File.ReadAllText(Path.Combine(Path.GetDirectoryName(events)!, "truth.json")));
        var ids = truth.RootElement.GetProperty("story").EnumerateArray().Select(id => id.GetString()!).ToList();
        var annotated = ids.Select(id => Annotate(articles[id], truth.RootElement)).ToImmutableArray();
        var name = new StoryId("s1");
        return [DossierMaker.Make(new Story(name, name, [.. annotated.Select(article => article.Id)]), annotated, new PipelineOptions(), CancellationToken.None)];
    }

    private static AnnotatedArticle Annotate(Article article, JsonElement truth)
    {
        var annotated = Pipeline.Annotate(article);
        var offsets = new CodePointOffsets(article.Text);
        TextSpan Span(JsonElement span) => offsets.ToUtf16(span[0].GetInt32(), span[1].GetInt32());

        var statements = truth.GetProperty("statements").EnumerateArray().Where(item => item.GetProperty("article").GetString() == article.Id.Value)
            .Select(item => Read(annotated, item, Span)).OrderBy(statement => statement.Content[0]).ToImmutableArray();
        var dates = truth.GetProperty("dates").EnumerateArray().Where(item => item.GetProperty("article").GetString() == article.Id.Value)
            .Select(item => new DateMention(Span(item.GetProperty("span")), item.GetProperty("value").GetString())).OrderBy(date => date.Span).ToImmutableArray();
        return annotated with { Statements = statements, Dates = dates };
    }

    private static Statement Read(AnnotatedArticle article, JsonElement item, Func<JsonElement, TextSpan> span)
    {
        var content = new List<TextSpan> { span(item.GetProperty("span")) };
        if (item.TryGetProperty("more", out var more))
            content.AddRange(more.EnumerateArray().Select(piece => span(piece.GetProperty("span"))));
        var name = item.GetProperty("speaker").GetString()!;
        var act = Enum.Parse<Act>(item.GetProperty("act").GetString()!, ignoreCase: true);
        var text = article.Body.Text;
        var before = text[Math.Max(0, content[0].Start - 24)..content[0].Start];
        return new Statement
        {
            Content = [.. content],
            Kind = Enum.Parse<StatementKind>(item.GetProperty("kind").GetString()!, ignoreCase: true),
            Speaker = new Speaker(Mention(article, content[0], name), name, Enum.Parse<SpeakerType>(item.GetProperty("type").GetString()!, ignoreCase: true)),
            Channel = Channel(article, content[0], item.GetProperty("channel").GetString()),
            Act = act,
            Negated = act == Act.Deny && (before.Contains("den", StringComparison.OrdinalIgnoreCase) || before.Contains("dém", StringComparison.OrdinalIgnoreCase)),
        };
    }

    private static Channel? Channel(AnnotatedArticle article, TextSpan content, string? name) => name is null
        ? null
        : new Channel(Mention(article, content, name) ?? new TextSpan(content.End, content.End), name, IsMedium: char.IsUpper(name[0]));

    // The name's last word in the statement's own sentence.
    private static TextSpan? Mention(AnnotatedArticle article, TextSpan content, string name)
    {
        var last = name.Split(' ')[^1];
        var end = Math.Min(article.Body.Text.Length, content.End + MentionWindow);
        var sentence = article.Body.SentenceAt(content.Start);
        var span = sentence >= 0 ? article.Body.Sentences[sentence] : new TextSpan(content.Start, end);
        var at = article.Body.Text.IndexOf(last, span.Start, span.Length, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : TextSpan.Of(at, last.Length);
    }
}
