using System.Data.Common;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>Corrections that are to be made or undone, and what they are about.</summary>
internal sealed class CorrectionChange(IReadOnlyList<Correction> added, IReadOnlyList<long> undone)
{
    private readonly Dictionary<long, Correction> _undone = [];

    public IReadOnlyList<Correction> Added => added;

    public IReadOnlyList<long> Undone => undone;

    /// <summary>Whether all of it can be done.</summary>
    /// <exception cref="CorrectionException">It cannot.</exception>
    public void Check(DbConnection connection, DbTransaction? transaction)
    {
        if (added.Count + undone.Count is 0 or > CorrectionShelf.MostInBatch)
            throw new CorrectionException($"from 1 to {CorrectionShelf.MostInBatch} corrections are made or undone together");
        foreach (var number in undone)
        {
            _undone[number] = connection.Query(
                transaction, $"SELECT {CorrectionRows.Columns} FROM corrections WHERE number = @number", CorrectionRows.Read, ("number", number)) switch
            {
                [] => throw new CorrectionException($"there is no correction {number}"),
                [{ Undone: { } when }] => throw new CorrectionException($"correction {number} was undone at {when}"),
                [var kept, ..] => kept.Correction,
            };
        }

        var texts = new Dictionary<ArticleId, string>();
        for (var i = 0; i < added.Count; i++)
        {
            foreach (var article in added[i].Concerns.Where(article => !texts.ContainsKey(article)))
                texts[article] = TextOf(connection, transaction, article) ?? throw new CorrectionException($"[{i}]: the archive has no article {article}");
            foreach (var place in added[i].Places.Where(place => !Corrector.Stands(place, texts[place.Article])))
                throw new CorrectionException($"[{i}]: \"{place.Words}\" does not stand in the text of {place.Article}: give the words as they stand there");
        }
    }

    /// <summary>All versions that they are about.</summary>
    public IEnumerable<ArticleId> Concerns(DbConnection connection, DbTransaction? transaction) => All
        .SelectMany(correction => correction.Concerns).Distinct().SelectMany(article => CorrectionRows.LaterVersions(connection, transaction, article)).Distinct();

    /// <summary>The articles whose own reading they change.</summary>
    public HashSet<ArticleId> ReadAnew(DbConnection connection, DbTransaction? transaction) =>
    [
        .. All.Where(correction => correction is SpeakerCorrection or ArticleCorrection)
            .SelectMany(correction => correction.Concerns).Distinct().SelectMany(article => CorrectionRows.LaterVersions(connection, transaction, article)),
    ];

    /// <summary>What is read of these, as it is once they are made or undone.</summary>
    public Dictionary<ArticleId, AnnotatedArticle> Readings(DbConnection connection, DbTransaction? transaction)
    {
        var readings = new Dictionary<ArticleId, AnnotatedArticle>();
        foreach (var id in ReadAnew(connection, transaction).OrderBy(article => article))
        {
            var set = CorrectionRows.OfReading(connection, transaction, id, undone);
            var own = added.Where(correction => correction is SpeakerCorrection or ArticleCorrection)
                .Where(correction => correction.Concerns.Any(article => CorrectionRows.LaterVersions(connection, transaction, article).Contains(id)))
                .Select(correction => correction.About(_ => id));
            readings[id] = Pipeline.Annotate(ArticleReader.Read(Archive.ReadDocument(connection, transaction, id)!, id), new CorrectionSet([.. set.All, .. own]));
        }

        return readings;
    }

    /// <summary>The stories, as grouping has them, that they move articles of.</summary>
    public IEnumerable<StoryId> Grouped(DbConnection connection, DbTransaction? transaction) => All.OfType<StoryCorrection>()
        .SelectMany(correction => correction.Articles).Distinct().SelectMany(article => CorrectionRows.LaterVersions(connection, transaction, article))
        .SelectMany(article => connection.Query(transaction, "SELECT grouped FROM articles WHERE id = @id", row => new StoryId(row.GetString(0)), ("id", article.Value))).Distinct();

    /// <summary>The stories, as they are shown, whose dossiers they change.</summary>
    public IEnumerable<StoryId> Shown(DbConnection connection, DbTransaction? transaction) => Concerns(connection, transaction)
        .SelectMany(article => connection.Query(transaction, "SELECT story FROM articles WHERE id = @id", row => new StoryId(row.GetString(0)), ("id", article.Value))).Distinct();

    private IEnumerable<Correction> All => added.Concat(_undone.Values);

    private static string? TextOf(DbConnection connection, DbTransaction? transaction, ArticleId id)
    {
        var reading = connection.Query(transaction, "SELECT reading FROM articles WHERE id = @id", row => Packed.Unpack(row.Bytes(0)), ("id", id.Value));
        if (reading is not [var bytes])
            return null;
        using var json = JsonDocument.Parse(bytes);
        return json.RootElement.GetProperty("text").GetString();
    }
}
