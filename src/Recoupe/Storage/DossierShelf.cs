using System.Collections.Immutable;
using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>The dossiers of an archive's stories: made from the documents when asked for, and kept until something that they rest on changes.</summary>
internal sealed class DossierShelf(Archive archive)
{
    /// <summary>The dossier of a story, made anew.</summary>
    public Dossier? Make(StoryId id, CancellationToken cancellationToken)
    {
        using var connection = archive.Database.Connect();
        return Read(connection, id) is { } story ? Make(connection, story, cancellationToken) : null;
    }

    /// <summary>The dossier as JSON, kept where nothing has changed.</summary>
    public byte[]? Json(StoryId id, CancellationToken cancellationToken)
    {
        using var connection = archive.Database.Connect();
        if (Read(connection, id) is not { } story)
            return null;
        var stamp = EngineStamp.Current.Value;
        var kept = connection.Query(
            "SELECT json FROM dossiers WHERE story = @id AND revision = @revision AND stamp = @stamp", row => Packed.Unpack(row.Bytes(0)),
            ("id", story.Story.Id.Value), ("revision", story.Revision), ("stamp", stamp));
        if (kept is [var json])
            return json;
        json = Write(Make(connection, story, cancellationToken));
        connection.Execute(
            null,
            "INSERT INTO dossiers (story, revision, stamp, json) VALUES (@id, @revision, @stamp, @json) "
            + "ON CONFLICT (story) DO UPDATE SET revision = excluded.revision, stamp = excluded.stamp, json = excluded.json",
            ("id", story.Story.Id.Value), ("revision", story.Revision), ("stamp", stamp), ("json", Packed.Of(json)));
        return json;
    }

    /// <summary>The dossier of a story as it would be with other articles and corrections, as JSON. Not kept.</summary>
    public byte[] JsonOf(StoryId id, ImmutableArray<ArticleId> articles, CorrectionChange change, CancellationToken cancellationToken)
    {
        using var connection = archive.Database.Connect();
        var holding = CorrectionRows.OfArticles(connection, articles, change.Undone);
        var added = change.Added.Select(correction => correction.About(article => CorrectionRows.LaterVersions(connection, null, article)[^1]));
        var story = new Story(id, id, articles) { Corrected = true };
        return Write(Make(connection, story, new CorrectionSet([.. holding.All, .. added]), cancellationToken));
    }

    private static byte[] Write(Dossier dossier)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, StoredDocument.JsonOptions))
            DossierJson.Write(json, [dossier], typeof(Archive).Assembly.GetName().Version!.ToString(3));
        return bytes.ToArray();
    }

    private static (Story Story, long Revision)? Read(DbConnection connection, StoryId id)
    {
        id = Archive.Resolve(connection, id);
        var facts = connection.Query(
            "SELECT saga, revision, EXISTS (SELECT 1 FROM articles a WHERE (a.story = s.id AND a.grouped <> s.id) OR (a.grouped = s.id AND a.story <> s.id)) "
            + "FROM stories s WHERE id = @id",
            row => (Saga: row.GetString(0), Revision: row.GetInt64(1), IsCorrected: Convert.ToBoolean(row.GetValue(2))), ("id", id.Value));
        if (facts is not [var story])
            return null;
        var articles = connection.Query("SELECT id FROM articles WHERE story = @id AND superseded_by IS NULL ORDER BY seq", row => new ArticleId(row.GetString(0)), ("id", id.Value));
        return (new Story(id, new StoryId(story.Saga), [.. articles]) { Corrected = story.IsCorrected }, story.Revision);
    }

    private static Dossier Make(DbConnection connection, (Story Story, long Revision) read, CancellationToken cancellationToken) =>
        Make(connection, read.Story, CorrectionRows.OfArticles(connection, read.Story.Articles), cancellationToken);

    private static Dossier Make(DbConnection connection, Story story, CorrectionSet corrections, CancellationToken cancellationToken)
    {
        var documents = story.Articles.Select(id => (Id: id, Document: Archive.ReadDocument(connection, null, id)!)).ToList();
        var articles = documents.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(item => Pipeline.Annotate(ArticleReader.Read(item.Document, item.Id), corrections)).ToList();
        return Pipeline.Compare(story, articles, new PipelineOptions { Corrections = corrections }, cancellationToken);
    }
}
