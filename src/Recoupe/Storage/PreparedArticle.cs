using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Statements;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>A document with all that is kept of it: made on any thread, before it is the writer's turn.</summary>
internal sealed record PreparedArticle
{
    public required ArticleId Id { get; init; }

    public required Document Document { get; init; }

    /// <summary>Where it was read, as it was given.</summary>
    public required string Source { get; init; }

    /// <summary>The last erasure of a person that it takes account of.</summary>
    public long Erasure { get; init; }

    /// <summary>Null where the archive has the document already, or it holds no article.</summary>
    public AnnotatedArticle? Annotated { get; init; }

    public ArticleDigest? Digest { get; init; }

    /// <summary>Why it holds no article.</summary>
    public string? Unread { get; init; }

    public byte[] Content { get; init; } = [];

    public string Hash { get; init; } = "";

    public int Length { get; init; }

    /// <summary>The bytes that the content was decoded from, packed; null where they are not kept beside it.</summary>
    public (string Hash, int Length, byte[] Content)? Raw { get; init; }

    public byte[] Facts { get; init; } = [];

    public byte[] Reading { get; init; } = [];

    /// <summary>Reads <paramref name="document"/>.</summary>
    public static PreparedArticle Of(Document document, ArticleId id)
    {
        var article = ArticleReader.Read(document, id);
        if (article.Unread is { } unread)
            return new PreparedArticle { Id = id, Document = document, Source = document.Source, Unread = unread };
        return Of(document, Pipeline.Annotate(article));
    }

    /// <summary>Reads <paramref name="document"/> with what a person corrected of it, also where no text is left in it.</summary>
    public static PreparedArticle Whole(Document document, ArticleId id, CorrectionSet corrections) => Of(document, Pipeline.Annotate(ArticleReader.Read(document, id), corrections));

    private static PreparedArticle Of(Document document, AnnotatedArticle annotated)
    {
        var content = StoredDocument.Content(document);
        return new PreparedArticle
        {
            Id = annotated.Id,
            Document = document,
            Source = document.Source,
            Annotated = annotated,
            Digest = ArticleDigest.Of(annotated),
            Content = Packed.Of(content),
            Length = content.Length,
            Hash = StoredDocument.Hash(content),
            Raw = document.Raw is { } raw ? (StoredDocument.Hash(raw.Bytes.Span), raw.Bytes.Length, Packed.Of(raw.Bytes.Span)) : null,
            Facts = StoredDocument.Facts(document),
            Reading = ReadingOf(annotated),
        };
    }

    /// <summary>The same with what a person corrected of an earlier version. Grouping knows nothing of it: it goes on as before when that is undone.</summary>
    public PreparedArticle Corrected(CorrectionSet corrections)
    {
        var annotated = Pipeline.Annotate(ArticleReader.Read(Document, Id), new CorrectionSet([.. corrections.All.Select(correction => correction.About(_ => Id))]));
        return this with { Annotated = annotated, Reading = ReadingOf(annotated) };
    }

    /// <summary>The packed JSON of an article.</summary>
    public static byte[] ReadingOf(AnnotatedArticle annotated)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, StoredDocument.JsonOptions))
            ArticleJson.Write(json, annotated);
        return Packed.Of(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    /// <summary>The words of a statement's content, its stretches joined.</summary>
    public static string Words(AnnotatedArticle annotated, Statement statement)
    {
        var words = new StringBuilder();
        foreach (var span in statement.Content)
        {
            if (words.Length > 0)
                words.Append(" … ");
            words.Append(span.In(annotated.TextOf(statement.InTitle).Text));
        }

        return words.ToString();
    }
}
