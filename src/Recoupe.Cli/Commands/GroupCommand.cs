using System.CommandLine;
using System.Text.Json;

using Recoupe.Stories;

namespace Recoupe.Cli.Commands;

/// <summary><c>group</c>: one JSON line per article with its story, in the order of the input.</summary>
internal static class GroupCommand
{
    public static Command Create()
    {
        var follow = new Option<bool>("--follow") { Description = "Print each placement and change at once, the final ids at the end" };
        var explain = new Option<bool>("--explain") { Description = "Say why each article is where it is: shared names, terms, numbers, dates, text and time" };
        var command = new Command("group", "Prints the story of each article, one JSON line each") { Input.Paths, follow, explain };
        command.SetAction((parsed, cancellationToken) =>
        {
            var input = new Input(parsed.GetRequiredValue(Input.Paths));
            using var output = new BufferedStream(Console.OpenStandardOutput());
            var follows = parsed.GetValue(follow);
            var explains = parsed.GetValue(explain);
            var stream = new StoryDesk();
            var articles = new List<AnnotatedArticle>();
            var annotated = input.Articles(cancellationToken).AsParallel().AsOrdered().WithMergeOptions(ParallelMergeOptions.NotBuffered)
                .Select(Pipeline.Annotate).Select(article => (Article: article, Digest: ArticleDigest.Of(article)));
            foreach (var (article, digest) in annotated)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var placement = stream.Place(digest);
                articles.Add(explains ? article : new AnnotatedArticle { Article = article.Article with { Text = "", Document = null, Blocks = [] }, Body = Empty });
                if (follows)
                {
                    Print(output, placement.Changes);
                    output.Flush();
                }
            }

            var repairs = stream.Settle(cancellationToken);
            if (follows)
                Print(output, repairs);
            PrintStories(output, stream, articles, explains);
            return Task.FromResult(input.ExitCode);
        });
        return command;
    }

    private static readonly Text.AnalyzedText Empty = Text.AnalyzedText.Of("", null);

    private static void PrintStories(Stream output, StoryDesk stream, List<AnnotatedArticle> articles, bool explains)
    {
        var stories = stream.Stories;
        var byArticle = stories.SelectMany(story => story.Articles.Select(id => (id, story))).ToDictionary(pair => pair.id, pair => pair.story);
        var byId = explains ? articles.ToDictionary(article => article.Id) : [];
        foreach (var article in articles)
        {
            var story = byArticle[article.Id];
            WriteLine(output, json =>
            {
                json.WriteString("id", article.Id.Value);
                json.WriteString("story", story.Id.Value);
                json.WriteString("saga", story.Saga.Value);
                if (explains)
                    Write(json, StoryExplainer.Explain(article, [.. story.Articles.Where(id => id != article.Id).Select(id => byId[id])]));
            });
        }
    }

    private static void Print(Stream output, IEnumerable<StoryChange> changes)
    {
        foreach (var change in changes)
        {
            WriteLine(output, json =>
            {
                json.WriteNumber("change", change.Number);
                json.WriteString("kind", change.Kind.ToString().ToLowerInvariant());
                if (change.Article is { } article)
                    json.WriteString("id", article.Value);
                json.WriteString("story", change.Story.Value);
                if (change.Other is { } other)
                    json.WriteString("other", other.Value);
            });
        }
    }

    private static void Write(Utf8JsonWriter json, StoryExplanation? explanation)
    {
        if (explanation is null)
        {
            json.WriteNull("because");
            return;
        }

        json.WriteStartObject("because");
        json.WriteString("nearest", explanation.Nearest.Value);
        json.WriteNumber("likeness", Math.Round(explanation.Likeness, 3));
        json.WriteNumber("odds", Math.Round(explanation.LogOdds, 2));
        foreach (var (name, words) in new[] { ("names", explanation.Names), ("numbers", explanation.Numbers), ("dates", explanation.Dates), ("terms", explanation.Terms) })
        {
            json.WriteStartArray(name);
            foreach (var word in words)
                json.WriteStringValue(word);
            json.WriteEndArray();
        }

        json.WriteNumber("shared_text", Math.Round(explanation.SharedText, 3));
        if (explanation.HoursApart is { } hours)
            json.WriteNumber("hours_apart", Math.Round(hours, 1));
        json.WriteEndObject();
    }

    private static void WriteLine(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output, ArticleCommands.JsonOptions))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }
}
