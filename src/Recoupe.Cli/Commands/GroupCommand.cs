using System.CommandLine;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Endpoints;
using Recoupe.Documents;
using Recoupe.Stories;

namespace Recoupe.Cli.Commands;

/// <summary><c>group</c>: one JSON line per article with its story, in the order of the input.</summary>
internal static class GroupCommand
{
    // An article is explained by the one nearest to it among so many before and so many after it.
    private const int ExplainedBeside = 48;

    public static Command Create()
    {
        var follow = new Option<bool>("--follow") { Description = "Print each placement and change at once, the final ids at the end" };
        var explain = new Option<bool>("--explain") { Description = "Say why each article is where it is: shared names, terms, numbers, dates, text and time" };
        var threads = Threads.Option();
        var embeddings = new EmbeddingOptions();
        var command = new Command("group", "Prints the story of each article, one JSON line each") { Input.Paths, follow, explain, threads };
        embeddings.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
        {
            if (!embeddings.TryCreate(parsed, out var embedder))
                return Task.FromResult(2);
            using var asked = embedder;
            var input = new Input(parsed.GetRequiredValue(Input.Paths));
            using var output = new BufferedStream(Console.OpenStandardOutput());
            var follows = parsed.GetValue(follow);
            var explains = parsed.GetValue(explain);
            var working = parsed.GetValue(threads);
            var stream = new StoryDesk(new StoryOptions { Threads = working });
            var ids = new List<ArticleId>();
            var embedded = new HashSet<ArticleId>();
            var articles = new Dictionary<ArticleId, AnnotatedArticle>();
            var items = OrderedWork.Run(input.Documents(cancellationToken), item => Digest(item.Document, item.Id, explains, embedder is not null), working, cancellationToken)
                .Where(item => input.IsRead(item.Source, item.Unread));
            foreach (var (article, digest, _, _, _) in embedder is null ? items : embedder.Follow(items, item => item.Told, (item, vector) => item.Digest.Vector = vector, cancellationToken))
            {
                var placement = stream.Place(digest);
                ids.Add(digest.Id);
                if (digest.Vector is not null)
                    embedded.Add(digest.Id);
                if (article is not null)
                    articles.Add(digest.Id, article);
                if (follows)
                {
                    Print(output, placement.Changes);
                    output.Flush();
                }
            }

            var repairs = stream.Settle(cancellationToken);
            if (follows)
                Print(output, repairs);
            PrintStories(output, stream, ids, articles, embedded, embedder?.Model);
            return Task.FromResult(input.ExitCode);
        });
        return command;
    }

    // The article too where it is to be explained, and what a model is told of it where one is asked: else its text need not be kept.
    private static (AnnotatedArticle? Article, ArticleDigest Digest, ToldText Told, string Source, string? Unread) Digest(Document document, ArticleId id, bool explains, bool asks)
    {
        var article = Pipeline.AnnotateForGrouping(ArticleReader.Read(document, id));
        return (explains ? article : null, ArticleDigest.Of(article), asks ? ToldText.Of(article.Article) : default, article.Article.Source, article.Article.Unread);
    }

    private static void PrintStories(
        Stream output, StoryDesk stream, List<ArticleId> ids, Dictionary<ArticleId, AnnotatedArticle> explained, HashSet<ArticleId> embedded, string? model)
    {
        var byArticle = stream.Stories.SelectMany(story => story.Articles.Select((id, place) => (id, story, place))).ToDictionary(found => found.id, found => (found.story, found.place));
        foreach (var id in ids)
        {
            var (story, place) = byArticle[id];
            WriteLine(output, json =>
            {
                json.WriteString("id", id.Value);
                json.WriteString("story", story.Id.Value);
                json.WriteString("saga", story.Saga.Value);
                if (embedded.Count > 0)
                    json.WriteString("embeddings", embedded.Contains(id) ? model : null);
                if (explained.TryGetValue(id, out var article))
                    Write(json, StoryExplainer.Explain(article, [.. Beside(story, place).Select(other => explained[other])], stream));
            });
        }
    }

    // The story's other articles; of a large one those that came next before and after.
    private static IEnumerable<ArticleId> Beside(Story story, int place)
    {
        var (from, to) = (Math.Max(0, place - ExplainedBeside), Math.Min(story.Articles.Length, place + ExplainedBeside + 1));
        return story.Articles[from..place].Concat(story.Articles[(place + 1)..to]);
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
        if (explanation.Cosine is { } cosine)
        {
            json.WriteNumber("cosine", Math.Round(cosine, 3));
            json.WriteNumber("cosine_odds", Math.Round(explanation.VectorOdds!.Value, 2));
        }

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
