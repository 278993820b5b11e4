using System.Collections.Immutable;

using Recoupe.Articles.Html;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Reads a document into an article: clean text, title, byline, outlet, agencies, dates, language.</summary>
public static class ArticleReader
{
    /// <summary>The article that <paramref name="document"/> holds. Never throws on foreign content.</summary>
    /// <param name="document">Any document.</param>
    /// <param name="id">The name that the run gives it.</param>
    public static Article Read(Document document, ArticleId id) => Guard(document, id, ReadForm);

    /// <summary>What <paramref name="read"/> gives; where it fails, an article without text that says so: one unreadable document never ends a run.</summary>
    internal static Article Guard(Document document, ArticleId id, Func<Document, ArticleId, Article> read)
    {
        try
        {
            return read(document, id);
        }
#pragma warning disable CA1031 // Whatever foreign content meets, the documents after it are read.
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
        {
            return new ArticleDraft(document, id).ToArticle() with { Unread = $"could not be read: {exception.Message} ({exception.GetType().Name})" };
        }
    }

    private static Article ReadForm(Document document, ArticleId id)
    {
        var given = document.Content;
        if (Composition.Compose(given) is { } composed)
            document = document with { Content = composed, Title = Composition.Compose(document.Title) ?? document.Title };
        var article = document.Form switch
        {
            DocumentForm.CleanText => ReadClean(document, id),
            DocumentForm.Html or DocumentForm.Fragment => HtmlReader.Read(document, id),
            _ => PlainTextReader.Read(document, id),
        };
        // A clean text that is empty on purpose has its title.
        var isTitled = document.Form == DocumentForm.CleanText && article.Title is not null;
        if (article.Unread is null && string.IsNullOrWhiteSpace(article.Text) && !isTitled)
            article = article with { Unread = "holds no text of an article" };
        return WithAgencies(ReferenceEquals(document.Content, given) ? article : article with { Given = given });
    }

    // The text is taken as it is: only what it credits and the language are read off it.
    private static Article ReadClean(Document document, ArticleId id)
    {
        var draft = new ArticleDraft(document, id);
        return draft.ToArticle() with
        {
            Text = document.Content,
            Blocks = Paragraphs(document.Content),
            Language = document.Language ?? LanguageIdentifier.Identify(document.Content),
            Document = null,
        };
    }

    private static Article WithAgencies(Article article)
    {
        var agencies = article.Agencies.ToList();
        var dateline = AgencyCredits.Find(article.Text, agencies);
        if (agencies.Count == article.Agencies.Length)
            return article;
        return article with { Agencies = [.. agencies] };
    }

    private static ImmutableArray<Block> Paragraphs(string text)
    {
        var blocks = ImmutableArray.CreateBuilder<Block>();
        for (var i = 0; i < text.Length;)
        {
            var end = text.AsSpan(i).IndexOfAny('\n', '\r');
            end = end < 0 ? text.Length : i + end;
            var span = new TextSpan(i, end).Trim(text);
            if (!span.IsEmpty)
                blocks.Add(new Block(BlockKind.Paragraph, span, span));
            i = end + 1;
        }

        return blocks.ToImmutable();
    }
}
