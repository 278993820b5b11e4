using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Tests;

/// <summary>Builds what a test is about, with everything else at a plain value.</summary>
internal static class Some
{
    public static Article Article(
        string text, string id = "article", string language = "en", string? title = null, string? outlet = null, string? published = null) =>
        ArticleReader.Read(
            new Document
            {
                Source = id,
                Id = id,
                Form = DocumentForm.CleanText,
                Content = text,
                Title = title,
                Language = language,
                Outlet = outlet,
                Published = Moment.Parse(published),
            },
            new ArticleId(id));

    public static AnnotatedArticle Annotated(
        string text, string id = "article", string language = "en", string? title = null, string? outlet = null, string? published = null) =>
        Pipeline.Annotate(Article(text, id, language, title, outlet, published));
}
