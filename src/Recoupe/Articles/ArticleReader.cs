using Recoupe.Documents;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Reads a document into an article: clean text, title, byline, outlet, agencies, dates, language.</summary>
public static class ArticleReader
{
    /// <summary>The article that <paramref name="document"/> holds. Never throws on foreign content.</summary>
    /// <param name="document">Any document.</param>
    /// <param name="id">The name that the run gives it.</param>
    public static Article Read(Document document, ArticleId id) => new()
    {
        Id = id,
        Source = document.Source,
        Url = document.Url,
        Title = document.Title,
        Outlet = document.Outlet,
        OutletFrom = document.Outlet is null ? null : "input",
        Published = document.Published,
        PublishedFrom = document.Published is null ? null : "input",
        Captured = document.Captured,
        Language = document.Language,
        Text = document.Content,
        Blocks = [new Block(BlockKind.Paragraph, new TextSpan(0, document.Content.Length), new TextSpan(0, document.Content.Length))],
        Notes = [.. document.Notes],
    };
}
