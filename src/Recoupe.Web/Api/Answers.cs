using System.ComponentModel;

using Recoupe.Storage;

namespace Recoupe.Web.Api;

/// <summary>Part of a list.</summary>
/// <param name="Items">This part.</param>
/// <param name="Next">The cursor of the following part; null at the end.</param>
public sealed record Part<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>An article without its text.</summary>
public sealed record ArticleFacts(
    string Id, string Name, string Source, string? Url, string? Outlet, string? Title, string? Published, string? Language, string Ingested, string Capture, string Story,
    string? SupersededBy, string Engine)
{
    internal static ArticleFacts Of(ArchivedArticle article) => new(
        article.Id.Value, article.Name, article.Source, article.Url, article.Outlet, article.Title, article.Published, article.Language, article.Ingested, article.Capture,
        article.Story.Value, article.SupersededBy?.Value, article.Stamp);
}

/// <summary>A story without its dossier.</summary>
public sealed record StoryFacts(string Id, string Saga, string? Title, int Articles, int Outlets, IReadOnlyList<string> Languages, string Began, string Latest)
{
    internal static StoryFacts Of(ArchivedStory story) => new(story.Id.Value, story.Saga.Value, story.Title, story.Articles, story.Outlets, story.Languages, story.Began, story.Latest);
}

/// <summary>A step of a story's history.</summary>
public sealed record StoryStep(string At, string Kind, string Story, string? Article, string? Other);

/// <summary>A statement.</summary>
public sealed record StatementFacts(string Article, int Number, string? Speaker, string? Type, string Act, string Kind, string? Channel, string Content)
{
    internal static StatementFacts Of(ArchivedStatement statement) => new(
        statement.Article.Value, statement.Number, statement.Speaker, statement.Type, statement.Act, statement.Kind, statement.Channel, statement.Content);
}

/// <summary>An outlet: its articles, and of the stories whose dossiers were made the characters that are its own, copied and credited, and the points that it told, and told first.</summary>
public sealed record OutletFacts(string? Name, int Articles, string Latest, long Stories, long Own, long Copied, long Credited, long Told, long First)
{
    internal static OutletFacts Of(OutletCount outlet)
    {
        var work = outlet.Work ?? new OutletWork(0, 0, 0, 0, 0, 0, []);
        return new OutletFacts(outlet.Name, outlet.Articles, outlet.Latest, work.Stories, work.Own, work.Copied, work.Credited, work.Told, work.First);
    }
}

/// <summary>A speaker, as named.</summary>
public sealed record SpeakerFacts(string Name, string? Type, int Statements, int Articles);

/// <summary>One thing found.</summary>
public sealed record Found(string Kind, string? Article, string? Story, int? Statement, string? Point, float Score, string? Title);

/// <summary>What was found.</summary>
/// <param name="Total">How much in all.</param>
/// <param name="Items">This part of it.</param>
/// <param name="Next">The cursor of the following part; null at the end.</param>
/// <param name="Missing">Of points: of how many stories they are not searched yet, for want of a dossier.</param>
public sealed record FoundPart(int Total, IReadOnlyList<Found> Items, string? Next, int Missing);
