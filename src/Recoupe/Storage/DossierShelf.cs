using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
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
        if (connection.Query("SELECT saga, revision FROM stories WHERE id = @id", row => (row.GetString(0), row.GetInt64(1)), ("id", id.Value)) is not [var (saga, revision)])
            return null;
        var articles = connection.Query("SELECT id FROM articles WHERE story = @id AND superseded_by IS NULL ORDER BY seq", row => new ArticleId(row.GetString(0)), ("id", id.Value));
        return (new Story(id, new StoryId(saga), [.. articles]), revision);
    }

    private static Dossier Make(DbConnection connection, (Story Story, long Revision) read, CancellationToken cancellationToken)
    {
        var documents = connection.Query(
            "SELECT document, content, hash, id FROM articles JOIN captures ON hash = capture WHERE story = @id AND superseded_by IS NULL ORDER BY seq",
            row => (Id: new ArticleId(row.GetString(3)), Document: Archive.ReadDocument(row, new ArticleId(row.GetString(3)))), ("id", read.Story.Id.Value));
        var articles = documents.AsParallel().AsOrdered().WithCancellation(cancellationToken)
            .Select(item => Pipeline.Annotate(ArticleReader.Read(item.Document, item.Id))).ToList();
        return Pipeline.Compare(read.Story, articles, new PipelineOptions(), cancellationToken);
    }
}
