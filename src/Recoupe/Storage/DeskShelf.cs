using System.Data.Common;
using System.Globalization;
using System.Text.Json;

using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>Which stories a front page asks for; null asks for all.</summary>
public sealed record FrontFilter
{
    /// <summary>With at least so many articles.</summary>
    public int Least { get; init; } = 1;

    /// <summary>With an article in this language.</summary>
    public string? Language { get; init; }

    /// <summary>With an article of this outlet.</summary>
    public string? Outlet { get; init; }

    /// <summary>Whose main point has this grade.</summary>
    public string? Grade { get; init; }

    /// <summary>With an article of this time or later, ISO 8601 in UTC.</summary>
    public string? Since { get; init; }

    /// <summary>One of these.</summary>
    public IReadOnlyList<StoryId>? Stories { get; init; }
}

/// <summary>A story with what its dossier amounts to.</summary>
/// <param name="Story">The story.</param>
/// <param name="Summary">What its dossier amounts to; null where it was never made.</param>
/// <param name="IsFresh">Whether the summary is that of the story as it is now, made by this engine.</param>
public sealed record FrontStory(ArchivedStory Story, DossierSummary? Summary, bool IsFresh);

/// <summary>What is counted of an outlet's articles.</summary>
/// <param name="Name">The outlet; null for articles whose outlet is unknown.</param>
/// <param name="Articles">Articles, of each page the latest version.</param>
/// <param name="Latest">When the last of them was taken in.</param>
/// <param name="Work">How it worked; null where no dossier that tells was made.</param>
public sealed record OutletCount(string? Name, int Articles, string Latest, OutletWork? Work);

/// <summary>How an outlet worked on the stories whose dossiers were made.</summary>
/// <param name="Stories">These stories.</param>
/// <param name="Own">Characters of its own.</param>
/// <param name="Copied">Characters that an earlier article of another has too, no agency credited.</param>
/// <param name="Credited">Characters of articles that credit an agency.</param>
/// <param name="Told">Points that it told and another outlet too.</param>
/// <param name="First">Those of them that it told first, as far as times tell.</param>
/// <param name="Cites">The media that it cites most; empty where many outlets are asked for.</param>
public sealed record OutletWork(long Stories, long Own, long Copied, long Credited, long Told, long First, IReadOnlyList<CitedMedium> Cites)
{
    /// <summary>All characters.</summary>
    public long All => Own + Copied + Credited;
}

/// <summary>A medium that is cited.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Times">How often.</param>
public sealed record CitedMedium(string Name, int Times);

/// <summary>What is counted of a speaker's statements.</summary>
/// <param name="Name">The speaker, as named.</param>
/// <param name="Type">What sort of source.</param>
/// <param name="Statements">Statements.</param>
/// <param name="Articles">The articles that hold them.</param>
public sealed record SpeakerCount(string Name, string? Type, int Statements, int Articles);

/// <summary>What a desk shows of an archive without opening dossiers, and the pages of dossiers that were written already.</summary>
/// <remarks>Everything here is derived and may be made again: nothing is lost with it.</remarks>
public sealed class DeskShelf
{
    private const int MostCited = 30;
    private const string OutletSums = "stories, own, copied, credited, told, first";

    private readonly Archive _archive;

    internal DeskShelf(Archive archive) => _archive = archive;

    /// <summary>The latest stories with what their dossiers amount to.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="most">How many.</param>
    public IReadOnlyList<FrontStory> Front(FrontFilter filter, int most)
    {
        ArgumentNullException.ThrowIfNull(filter);
        using var connection = _archive.Database.Connect();
        var sql = "SELECT id, saga, title, articles, outlets, languages, began, latest, stories.revision, summaries.revision, stamp, summary FROM stories "
            + "LEFT JOIN summaries ON summaries.story = stories.id WHERE merged_into IS NULL AND articles >= @least"
            + (filter.Language is null ? "" : " AND languages LIKE @language")
            + (filter.Grade is null ? "" : " AND grade = @grade")
            + (filter.Since is null ? "" : " AND latest >= @since")
            + (filter.Outlet is null ? "" : " AND id IN (SELECT story FROM articles WHERE outlet = @outlet AND superseded_by IS NULL)")
            + (filter.Stories is null ? "" : $" AND id IN ({(filter.Stories.Count == 0 ? "NULL" : string.Join(", ", filter.Stories.Select((_, place) => $"@story{place}")))})")
            + " ORDER BY latest DESC, id LIMIT @most";
        return connection.Query(
            sql, ReadFront,
            [
                ("least", filter.Least), ("language", $"% {filter.Language} %"), ("grade", filter.Grade), ("since", filter.Since), ("outlet", filter.Outlet), ("most", most),
                .. (filter.Stories ?? []).Select((story, place) => ($"story{place}", (object?)story.Value)),
            ]);
    }

    /// <summary>Keeps what the dossier of a story of this revision amounts to.</summary>
    public void Keep(ArchivedStory story, DossierSummary summary)
    {
        ArgumentNullException.ThrowIfNull(story);
        ArgumentNullException.ThrowIfNull(summary);
        using var connection = _archive.Database.Connect();
        connection.Execute(
            null,
            "INSERT INTO summaries (story, revision, stamp, grade, summary) VALUES (@id, @revision, @stamp, @grade, @summary) ON CONFLICT (story) DO UPDATE SET "
            + "revision = excluded.revision, stamp = excluded.stamp, grade = excluded.grade, summary = excluded.summary",
            ("id", story.Id.Value), ("revision", story.Revision), ("stamp", EngineStamp.Current.Value),
            ("grade", summary.Grade is { } grade ? ArticleJson.Name(grade) : null), ("summary", JsonSerializer.Serialize(summary)));
    }

    /// <summary>What was written of a story and still holds; null where nothing was or something has changed.</summary>
    /// <param name="story">The story as it is now.</param>
    /// <param name="name">What it was written in.</param>
    /// <param name="stamp">What wrote it.</param>
    public byte[]? Rendering(ArchivedStory story, string name, string stamp)
    {
        ArgumentNullException.ThrowIfNull(story);
        using var connection = _archive.Database.Connect();
        return connection.Query(
            "SELECT content FROM renderings WHERE story = @id AND name = @name AND revision = @revision AND stamp = @stamp", row => Packed.Unpack(row.Bytes(0)),
            ("id", story.Id.Value), ("name", name), ("revision", story.Revision), ("stamp", stamp)).FirstOrDefault();
    }

    /// <summary>The revision of a story of which something was last written; null where nothing was, or a person has corrected something of it since.</summary>
    /// <param name="story">The story.</param>
    /// <param name="name">What it was written in.</param>
    /// <param name="stamp">What wrote it.</param>
    public long? LastRendered(StoryId story, string name, string stamp)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            "SELECT revision FROM renderings WHERE story = @id AND name = @name AND stamp = @stamp", row => (long?)row.GetInt64(0),
            ("id", story.Value), ("name", name), ("stamp", stamp)).FirstOrDefault();
    }

    /// <summary>Keeps all that was written of a story of this revision, in the place of what was written before.</summary>
    public void Keep(ArchivedStory story, string stamp, IEnumerable<(string Name, byte[] Content)> parts)
    {
        ArgumentNullException.ThrowIfNull(story);
        ArgumentNullException.ThrowIfNull(parts);
        var packed = parts.Select(part => (part.Name, Content: Packed.Of(part.Content))).ToList();
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        connection.Execute(transaction, "DELETE FROM renderings WHERE story = @id", ("id", story.Id.Value));
        foreach (var (name, content) in packed)
        {
            connection.Execute(
                transaction, "INSERT INTO renderings (story, name, revision, stamp, content) VALUES (@id, @name, @revision, @stamp, @content)",
                ("id", story.Id.Value), ("name", name), ("revision", story.Revision), ("stamp", stamp), ("content", content));
        }

        transaction.Commit();
    }

    /// <summary>The outlets, those of most articles first.</summary>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<OutletCount> Outlets(int most, string? after = null)
    {
        using var connection = _archive.Database.Connect();
        var (articles, name) = Place(after);
        var found = connection.Query(
            $"SELECT outlet, articles, latest, {OutletSums} FROM outlet_counts WHERE articles > 0 AND articles <= @articles AND (articles < @articles OR outlet > @name) "
            + "ORDER BY articles DESC, outlet LIMIT @most",
            row => new OutletCount(row.GetString(0) is { Length: > 0 } outlet ? outlet : null, (int)row.GetInt64(1), row.GetString(2), ReadWork(row, 3)),
            ("articles", articles), ("name", name), ("most", most + 1));
        return Archive.PageOf(found, most, last => PlaceOf(last.Articles, last.Name));
    }

    /// <summary>Keeps how the outlets of a story worked on it, in the place of what was known before.</summary>
    public void Keep(ArchivedStory story, IEnumerable<OutletRecord> records)
    {
        ArgumentNullException.ThrowIfNull(story);
        ArgumentNullException.ThrowIfNull(records);
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        // One that was merged away meanwhile counts no more.
        if (connection.Query(transaction, "SELECT 1 FROM stories WHERE id = @id AND merged_into IS NULL", _ => true, ("id", story.Id.Value)).Count == 0)
            return;
        CountRows.RemoveRecords(connection, transaction, story.Id.Value);
        foreach (var record in records)
        {
            connection.Execute(
                transaction,
                "INSERT INTO outlet_records (story, outlet, own, copied, credited, told, first, cites) VALUES (@story, @outlet, @own, @copied, @credited, @told, @first, @cites)",
                ("story", story.Id.Value), ("outlet", record.Outlet), ("own", record.Own), ("copied", record.Copied), ("credited", record.Credited), ("told", record.Told),
                ("first", record.First), ("cites", JsonSerializer.Serialize(record.Cites)));
            CountRows.AddRecord(connection, transaction, story.Id.Value, record.Outlet, 1);
        }

        transaction.Commit();
    }

    /// <summary>How an outlet worked, over all stories whose dossiers were made; null where there are none.</summary>
    /// <param name="outlet">The outlet.</param>
    /// <param name="most">How many stories are read at most for whom it cites, the latest first.</param>
    public OutletWork? Work(string outlet, int most)
    {
        using var connection = _archive.Database.Connect();
        if (connection.Query($"SELECT {OutletSums} FROM outlet_counts WHERE outlet = @outlet", row => ReadWork(row, 0), ("outlet", outlet)) is not [{ } work])
            return null;
        var cites = connection.Query(
            "SELECT cites FROM outlet_records JOIN stories ON stories.id = story WHERE outlet = @outlet ORDER BY stories.latest DESC, story LIMIT @most",
            row => row.GetString(0), ("outlet", outlet), ("most", most))
            .SelectMany(json => JsonSerializer.Deserialize<Dictionary<string, int>>(json)!).GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(group => new CitedMedium(group.Key, group.Sum(pair => pair.Value))).OrderByDescending(cited => cited.Times).ThenBy(cited => cited.Name, StringComparer.Ordinal);
        return work with { Cites = [.. cites.Take(MostCited)] };
    }

    /// <summary>The named speakers, those of most statements first.</summary>
    /// <param name="like">Words that the name holds, or null.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<SpeakerCount> Speakers(string? like, int most, string? after = null)
    {
        using var connection = _archive.Database.Connect();
        var (statements, name) = Place(after);
        var found = connection.Query(
            "SELECT speaker, type, statements, articles FROM speaker_counts WHERE speaker <> '' AND statements <= @statements AND (statements < @statements OR speaker > @name)"
            + (like is null ? "" : " AND LOWER(speaker) LIKE @like ESCAPE '!'") + " ORDER BY statements DESC, speaker LIMIT @most",
            row => new SpeakerCount(row.GetString(0), row.Text(1), (int)row.GetInt64(2), (int)row.GetInt64(3)),
            ("statements", statements), ("name", name), ("like", like is null ? null : $"%{Escaped(like.ToLowerInvariant())}%"), ("most", most + 1));
        return Archive.PageOf(found, most, last => PlaceOf(last.Statements, last.Name));
    }

    // The count and the name behind which a list goes on.
    private static (long Count, string Name) Place(string? after) =>
        Cursor.Read(after) is [var count, var name] && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (number, name) : (long.MaxValue, "");

    private static string PlaceOf(int count, string? name) => Cursor.Write(count.ToString(CultureInfo.InvariantCulture), name ?? CountRows.Unknown);

    private static OutletWork? ReadWork(DbDataReader row, int from) => row.Whole(from) == 0
        ? null
        : new OutletWork(row.Whole(from), row.Whole(from + 1), row.Whole(from + 2), row.Whole(from + 3), row.Whole(from + 4), row.Whole(from + 5), []);

    private static string Escaped(string words) =>
        words.Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal);

    private static FrontStory ReadFront(DbDataReader row)
    {
        var story = Archive.ReadStory(row);
        var summary = row.Text(11) is { } json ? JsonSerializer.Deserialize<DossierSummary>(json) : null;
        return new FrontStory(story, summary, summary is not null && row.GetInt64(9) == story.Revision && row.GetString(10) == EngineStamp.Current.Value);
    }
}
