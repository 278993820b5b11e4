using System.Data.Common;

using Recoupe.Articles;

namespace Recoupe.Storage;

/// <summary>What a transaction changes in the counts of outlets and speakers: gathered while it goes on, and written at its end.</summary>
internal sealed class CountRows(ArchiveDatabase database, DbConnection connection, DbTransaction transaction)
{
    /// <summary>The name under which the unknown ones are counted.</summary>
    public const string Unknown = "";

    /// <summary>How the names of the totals of articles by the engine that read them begin.</summary>
    public const string EngineTotals = "engine ";

    private readonly SortedDictionary<string, (int Articles, string Latest)> _outlets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Statements, int Articles, string? Type)> _speakers = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _totals = new(StringComparer.Ordinal);

    /// <summary>The name of the total of articles that an engine read.</summary>
    public static string ReadBy(string stamp) => EngineTotals + stamp;

    /// <summary>So many rows more, or fewer, of articles, statements, captures, or articles that an engine read, older versions included.</summary>
    public void Total(string name, long rows) => _totals[name] = _totals.GetValueOrDefault(name) + rows;

    /// <summary>An article is one of those that lists give.</summary>
    public void Add(string? outlet, string ingested, IEnumerable<(string? Speaker, string? Type)> statements) => Count(1, outlet, ingested, statements);

    /// <summary>An article is no longer one of them, or not with the outlet and the statements that its rows still have. One that is none is left out.</summary>
    public void Remove(ArticleId id)
    {
        if (OfArticle(id) is var (outlet, ingested))
            Count(-1, outlet, ingested, StatementsOf(id));
    }

    /// <summary>Undoes <see cref="Remove"/> with the rows as they are now.</summary>
    public void AddAgain(ArticleId id)
    {
        if (OfArticle(id) is var (outlet, ingested))
            Count(1, outlet, ingested, StatementsOf(id));
    }

    /// <summary>Writes what was gathered.</summary>
    public void Write()
    {
        foreach (var (outlet, (articles, latest)) in _outlets)
            Write(outlet, articles, latest);
        Write([.. _speakers.Where(speaker => speaker.Value is not (0, 0, _))]);
        database.ExecuteEach(
            connection, transaction, "INSERT INTO totals (name, counted) VALUES (@name, @rows) ON CONFLICT (name) DO UPDATE SET counted = totals.counted + excluded.counted",
            ["name", "rows"], [.. _totals.Select(total => new object?[] { total.Key, total.Value })]);
        _outlets.Clear();
        _totals.Clear();
        _speakers.Clear();
    }

    /// <summary>Lets go of how outlets worked on a story.</summary>
    public static void RemoveRecords(DbConnection connection, DbTransaction transaction, string story)
    {
        var outlets = connection.Query(transaction, "SELECT outlet FROM outlet_records WHERE story = @story ORDER BY outlet", row => row.GetString(0), ("story", story));
        foreach (var outlet in outlets)
            AddRecord(connection, transaction, story, outlet, -1);
        if (outlets.Count > 0)
            connection.Execute(transaction, "DELETE FROM outlet_records WHERE story = @story", ("story", story));
    }

    /// <summary>Adds the record of a story and an outlet to what is kept of the outlet.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction that wrote the record, or is about to delete it.</param>
    /// <param name="story">The story.</param>
    /// <param name="outlet">The outlet.</param>
    /// <param name="sign">1 to add it, -1 to take it away.</param>
    public static void AddRecord(DbConnection connection, DbTransaction transaction, string story, string outlet, int sign)
    {
        connection.Execute(
            transaction,
            "INSERT INTO outlet_counts (outlet, articles, latest, stories, own, copied, credited, told, first) "
            + "SELECT outlet, 0, '', @sign, @sign * own, @sign * copied, @sign * credited, @sign * told, @sign * first FROM outlet_records WHERE story = @story AND outlet = @outlet "
            + "ON CONFLICT (outlet) DO UPDATE SET stories = outlet_counts.stories + excluded.stories, own = outlet_counts.own + excluded.own, "
            + "copied = outlet_counts.copied + excluded.copied, credited = outlet_counts.credited + excluded.credited, told = outlet_counts.told + excluded.told, "
            + "first = outlet_counts.first + excluded.first",
            ("sign", sign), ("story", story), ("outlet", outlet));
        if (sign < 0)
            RemoveEmpty(connection, transaction, outlet);
    }

    private static void RemoveEmpty(DbConnection connection, DbTransaction transaction, string outlet) =>
        connection.Execute(transaction, "DELETE FROM outlet_counts WHERE outlet = @outlet AND articles <= 0 AND stories <= 0", ("outlet", outlet));

    private (string? Outlet, string Ingested)? OfArticle(ArticleId id) => connection.Query(
        transaction, "SELECT outlet, ingested FROM articles WHERE id = @id AND superseded_by IS NULL", row => (row.Text(0), row.GetString(1)), ("id", id.Value)) is [var found] ? found : null;

    private List<(string? Speaker, string? Type)> StatementsOf(ArticleId id) =>
        connection.Query(transaction, "SELECT speaker, type FROM statements WHERE article = @id ORDER BY number", row => (row.Text(0), row.Text(1)), ("id", id.Value));

    private void Count(int sign, string? outlet, string ingested, IEnumerable<(string? Speaker, string? Type)> statements)
    {
        var name = outlet ?? Unknown;
        var (articles, latest) = _outlets.GetValueOrDefault(name, (0, ""));
        _outlets[name] = (articles + sign, sign > 0 && string.CompareOrdinal(ingested, latest) > 0 ? ingested : latest);
        foreach (var speaker in statements.GroupBy(statement => statement.Speaker ?? Unknown, StringComparer.Ordinal))
        {
            var before = _speakers.GetValueOrDefault(speaker.Key);
            _speakers[speaker.Key] = (before.Statements + (sign * speaker.Count()), before.Articles + sign, speaker.First().Type ?? before.Type);
        }
    }

    private void Write(string outlet, int articles, string latest)
    {
        connection.Execute(
            transaction,
            "INSERT INTO outlet_counts (outlet, articles, latest, stories, own, copied, credited, told, first) VALUES (@outlet, @articles, @latest, 0, 0, 0, 0, 0, 0) "
            + "ON CONFLICT (outlet) DO UPDATE SET articles = outlet_counts.articles + excluded.articles, "
            + "latest = CASE WHEN excluded.latest > outlet_counts.latest THEN excluded.latest ELSE outlet_counts.latest END",
            ("outlet", outlet), ("articles", articles), ("latest", latest));
        if (articles < 0)
            RemoveEmpty(connection, transaction, outlet);
    }

    private void Write(List<KeyValuePair<string, (int Statements, int Articles, string? Type)>> speakers)
    {
        database.ExecuteEach(
            connection, transaction,
            "INSERT INTO speaker_counts (speaker, type, statements, articles) VALUES (@speaker, @type, @statements, @articles) "
            + "ON CONFLICT (speaker) DO UPDATE SET type = COALESCE(excluded.type, speaker_counts.type), statements = speaker_counts.statements + excluded.statements, "
            + "articles = speaker_counts.articles + excluded.articles",
            ["speaker", "type", "statements", "articles"],
            [.. speakers.Select(speaker => new object?[] { speaker.Key, speaker.Value.Type, speaker.Value.Statements, speaker.Value.Articles })]);
        database.ExecuteEach(
            connection, transaction, "DELETE FROM speaker_counts WHERE speaker = @speaker AND statements <= 0", ["speaker"],
            [.. speakers.Where(speaker => speaker.Value.Statements < 0).Select(speaker => new object?[] { speaker.Key })]);
    }
}
