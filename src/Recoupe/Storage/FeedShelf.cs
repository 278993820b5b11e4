using System.Data.Common;
using System.Globalization;

using Recoupe.Articles;

namespace Recoupe.Storage;

/// <summary>The feeds that an archive follows, and the pages that they named.</summary>
/// <remarks>Each change is one transaction, and needs no <see cref="ArchiveWriter"/>.</remarks>
public sealed class FeedShelf
{
    private const string FeedColumns =
        "address, title, added, due, succeeded, failed, failure, failures, newest, quiet, etag, last_modified";

    private const string PageColumns =
        "address, url, feed, found, due, visits, failures, fetched, article, reason, gone, moved_to, etag, last_modified";

    private readonly Archive _archive;

    internal FeedShelf(Archive archive) => _archive = archive;

    /// <summary>A time as it is kept.</summary>
    public static string Written(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    /// <summary>The address as it is kept; null where it is none of the web, or holds a name and password.</summary>
    public static string? AddressOf(string written) =>
        Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.UserInfo.Length == 0 ? uri.AbsoluteUri : null;

    /// <summary>Adds a feed; false where it is there already.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="title">What a person calls it, or null.</param>
    /// <param name="now">The time.</param>
    public bool Add(string address, string? title, DateTimeOffset now) => Write((connection, transaction) => connection.Execute(
        transaction,
        "INSERT INTO feeds (address, title, added, due, failures, quiet) VALUES (@address, @title, @now, @now, 0, 0) "
        + "ON CONFLICT (address) DO NOTHING",
        ("address", address), ("title", title), ("now", Written(now)))) > 0;

    /// <summary>Stops following a feed; what it brought stays. False where there is none.</summary>
    public bool Remove(string address) => Write((connection, transaction) =>
    {
        connection.Execute(transaction, "UPDATE pages SET due = NULL WHERE feed = @address", ("address", address));
        return connection.Execute(transaction, "DELETE FROM feeds WHERE address = @address", ("address", address));
    }) > 0;

    /// <summary>The feeds, in the order of their addresses.</summary>
    public IReadOnlyList<FollowedFeed> All()
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {FeedColumns} FROM feeds ORDER BY address", ReadFeed);
    }

    /// <summary>Keeps what is known of a feed now, and the pages that it named which were not known. All of that or nothing.</summary>
    /// <param name="feed">The feed; one that was removed meanwhile stays removed.</param>
    /// <param name="pages">The pages that it names, canonical address and address.</param>
    /// <param name="dueIfNew">When it is read next if one of them was not known; null for as the feed says.</param>
    /// <param name="now">The time.</param>
    /// <returns>How many pages were not known.</returns>
    public int Save(FollowedFeed feed, IEnumerable<(string Address, string Url)> pages, string? dueIfNew, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(feed);
        return Write((connection, transaction) =>
        {
            if (Update(connection, transaction, feed) == 0)
                return 0;
            var added = 0;
            foreach (var (address, url) in pages)
            {
                added += connection.Execute(
                    transaction,
                    "INSERT INTO pages (address, url, feed, found, due, visits, failures) VALUES (@address, @url, @feed, @now, @now, 0, 0) "
                    + "ON CONFLICT (address) DO NOTHING",
                    ("address", address), ("url", url), ("feed", feed.Address), ("now", Written(now)));
            }

            if (added > 0)
                Update(connection, transaction, feed with { Newest = Written(now), Quiet = 0, Due = dueIfNew ?? feed.Due });
            return added;
        });
    }

    /// <summary>The pages that are to be fetched by now, those that were due first at the beginning.</summary>
    /// <param name="now">The time.</param>
    /// <param name="latest">Nothing is put off until later than that: what is, was by a clock that had run ahead, and is due.</param>
    /// <param name="most">How many at most.</param>
    public IReadOnlyList<FollowedPage> DuePages(DateTimeOffset now, DateTimeOffset latest, int most)
    {
        using var connection = _archive.Database.Connect();
        List<FollowedPage> Where(string condition, DateTimeOffset time, int left) => connection.Query(
            $"SELECT {PageColumns} FROM pages WHERE due {condition} @time ORDER BY due, address LIMIT @left", ReadPage, ("time", Written(time)), ("left", left));
        var due = Where("<=", now, most);
        return due.Count < most ? [.. due, .. Where(">", latest, most - due.Count)] : due;
    }

    /// <summary>The page that an article is the latest version of; null where no feed named it.</summary>
    public FollowedPage? PageOf(ArticleId article)
    {
        using var connection = _archive.Database.Connect();
        var sql = $"SELECT {PageColumns} FROM pages WHERE article = @article ORDER BY address";
        return connection.Query(sql, ReadPage, ("article", article.Value)).FirstOrDefault();
    }

    /// <summary>Keeps what became of pages.</summary>
    public void Save(IEnumerable<FollowedPage> pages) => Write((connection, transaction) =>
    {
        foreach (var page in pages)
        {
            connection.Execute(
                transaction,
                "UPDATE pages SET due = @due, visits = @visits, failures = @failures, fetched = @fetched, article = @article, "
                + "reason = @reason, gone = @gone, moved_to = @moved, etag = @etag, last_modified = @modified WHERE address = @address",
                ("due", page.Due), ("visits", page.Visits), ("failures", page.Failures), ("fetched", page.Fetched),
                ("article", page.Article?.Value), ("reason", page.Reason), ("gone", page.Gone),
                ("moved", page.MovedTo), ("etag", page.ETag), ("modified", page.LastModified),
                ("address", page.Address));
        }

        return 0;
    });

    private static int Update(DbConnection connection, DbTransaction transaction, FollowedFeed feed) => connection.Execute(
        transaction,
        "UPDATE feeds SET title = @title, due = @due, succeeded = @succeeded, failed = @failed, failure = @failure, failures = @failures, "
        + "newest = @newest, quiet = @quiet, etag = @etag, last_modified = @modified WHERE address = @address",
        ("title", feed.Title), ("due", feed.Due), ("succeeded", feed.Succeeded), ("failed", feed.Failed), ("failure", feed.Failure),
        ("failures", feed.Failures), ("newest", feed.Newest), ("quiet", feed.Quiet), ("etag", feed.ETag), ("modified", feed.LastModified),
        ("address", feed.Address));

    private int Write(Func<DbConnection, DbTransaction, int> work)
    {
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        var touched = work(connection, transaction);
        transaction.Commit();
        return touched;
    }

    private static FollowedFeed ReadFeed(DbDataReader row) => new(row.GetString(0), row.Text(1), row.GetString(2), row.GetString(3))
    {
        Succeeded = row.Text(4),
        Failed = row.Text(5),
        Failure = row.Text(6),
        Failures = (int)row.GetInt64(7),
        Newest = row.Text(8),
        Quiet = (int)row.GetInt64(9),
        ETag = row.Text(10),
        LastModified = row.Text(11),
    };

    private static FollowedPage ReadPage(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3))
    {
        Due = row.Text(4),
        Visits = (int)row.GetInt64(5),
        Failures = (int)row.GetInt64(6),
        Fetched = row.Text(7),
        Article = row.Text(8) is { } article ? new ArticleId(article) : null,
        Reason = row.Text(9),
        Gone = row.Text(10),
        MovedTo = row.Text(11),
        ETag = row.Text(12),
        LastModified = row.Text(13),
    };
}
