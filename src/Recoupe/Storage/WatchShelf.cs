using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text.Json;

using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>What people wait for in an archive, what they were told, and what is still to be sent.</summary>
public sealed class WatchShelf
{
    // Quiet hours last less than a day: what waits for longer was put off by a clock that had run ahead.
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(2);

    /// <summary>The ways by which alerts are sent; all of them stand in the watch's Atom feed too.</summary>
    public const string Webhook = "webhook";

    /// <inheritdoc cref="Webhook"/>
    public const string Mail = "mail";

    private const string Columns =
        "w.id, w.owner, w.title, w.query, w.story, w.conditions, w.outlets, w.webhook, w.secret, w.mail, w.quiet, w.zone, w.cap, w.made, w.feed, w.revision, w.opened, w.claim";

    // Where what stands behind Columns begins.
    private const int AlertFrom = 18;

    private const string AlertColumns = "a.number, a.watch, a.name, a.condition, a.story, a.body, a.at";

    private readonly Archive _archive;

    internal WatchShelf(Archive archive) => _archive = archive;

    /// <summary>The watches, of an account or of all.</summary>
    public IReadOnlyList<Watch> All(string? owner = null)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {Columns} FROM watches w{(owner is null ? "" : " WHERE w.owner = @owner")} ORDER BY w.made, w.id", Read, ("owner", owner));
    }

    /// <summary>The watch of that id; null where there is none.</summary>
    public Watch? Find(string id)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {Columns} FROM watches w WHERE w.id = @id", Read, ("id", id)).FirstOrDefault();
    }

    /// <summary>The watch whose feed has that secret; null where there is none.</summary>
    public Watch? OfFeed(string secret)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {Columns} FROM watches w WHERE w.feed = @feed", Read, ("feed", secret)).FirstOrDefault();
    }

    /// <summary>Keeps a new watch, which tells what happens from now on; gives it with its id and secrets.</summary>
    public Watch Add(Watch watch, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var kept = watch with
        {
            Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)),
            Secret = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)),
            Feed = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24)),
            Made = FeedShelf.Written(now),
            Revision = _archive.Revision(),
            Opened = LastStep(),
        };
        Write((connection, transaction) => connection.Execute(
            transaction,
            "INSERT INTO watches (id, owner, title, query, story, conditions, outlets, webhook, secret, mail, quiet, zone, cap, made, feed, revision, opened, claim) "
            + "VALUES (@id, @owner, @title, @query, @story, @conditions, @outlets, @webhook, @secret, @mail, @quiet, @zone, @cap, @made, @feed, @revision, @opened, @claim)",
            ("id", kept.Id), ("owner", kept.Owner), ("title", kept.Title), ("query", kept.Query), ("story", kept.Story?.Value),
            ("conditions", string.Join(' ', kept.Conditions.Select(condition => ArticleJson.Name(condition)))), ("outlets", JsonSerializer.Serialize(kept.Outlets)),
            ("webhook", kept.Webhook), ("secret", kept.Secret), ("mail", kept.Mail), ("quiet", kept.Quiet), ("zone", kept.Zone), ("cap", kept.Cap), ("made", kept.Made),
            ("feed", kept.Feed), ("revision", kept.Revision), ("opened", kept.Opened), ("claim", kept.Claim)));
        return kept;
    }

    /// <summary>Changes a watch: its owner, its secrets and what it told stay. Where it watches something else, it knows nothing of that yet.</summary>
    /// <exception cref="ArgumentException">There is none of that id.</exception>
    public Watch Change(Watch watch)
    {
        ArgumentNullException.ThrowIfNull(watch);
        var known = Find(watch.Id) ?? throw new ArgumentException($"there is no watch {watch.Id}", nameof(watch));
        var isOther = !watch.IsOf(known);
        var kept = watch with
        {
            Owner = known.Owner, Secret = known.Secret, Feed = known.Feed, Made = known.Made,
            Revision = isOther ? _archive.Revision() : known.Revision, Opened = isOther ? LastStep() : known.Opened,
        };
        Write((connection, transaction) =>
        {
            if (isOther)
                connection.Execute(transaction, "DELETE FROM watch_stories WHERE watch = @id", ("id", kept.Id));
            return connection.Execute(
                transaction,
                "UPDATE watches SET title = @title, query = @query, story = @story, claim = @claim, conditions = @conditions, outlets = @outlets, webhook = @webhook, mail = @mail, quiet = @quiet, "
                + "zone = @zone, cap = @cap" + (isOther ? ", revision = @revision, opened = @opened" : "") + " WHERE id = @id",
                ("id", kept.Id), ("title", kept.Title), ("query", kept.Query), ("story", kept.Story?.Value), ("claim", kept.Claim),
                ("conditions", string.Join(' ', kept.Conditions.Select(condition => ArticleJson.Name(condition)))), ("outlets", JsonSerializer.Serialize(kept.Outlets)),
                ("webhook", kept.Webhook), ("mail", kept.Mail), ("quiet", kept.Quiet), ("zone", kept.Zone), ("cap", kept.Cap), ("revision", kept.Revision), ("opened", kept.Opened));
        });
        return kept;
    }

    /// <summary>Removes a watch with what it told; false where there is none.</summary>
    public bool Remove(string id) => Write((connection, transaction) =>
    {
        connection.Execute(transaction, "DELETE FROM deliveries WHERE alert IN (SELECT number FROM alerts WHERE watch = @id)", ("id", id));
        connection.Execute(transaction, "DELETE FROM alerts WHERE watch = @id", ("id", id));
        connection.Execute(transaction, "DELETE FROM watch_stories WHERE watch = @id", ("id", id));
        return connection.Execute(transaction, "DELETE FROM watches WHERE id = @id", ("id", id));
    }) > 0;

    /// <summary>What a watch told, the last first.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<Alert> Alerts(string watch, int most, string? after = null)
    {
        using var connection = _archive.Database.Connect();
        var before = Cursor.Read(after) is [var text] && long.TryParse(text, out var number) ? number : long.MaxValue;
        var found = connection.Query(
            $"SELECT {AlertColumns} FROM alerts a WHERE a.watch = @watch AND a.number < @before ORDER BY a.number DESC LIMIT @most", row => ReadAlert(row, 0),
            ("watch", watch), ("before", before), ("most", most + 1));
        return Archive.PageOf(found, most, last => Cursor.Write(last.Number.ToString()));
    }

    /// <summary>What a watch knows of a story; null where it has not met it.</summary>
    public string? StateOf(string watch, StoryId story)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            "SELECT state FROM watch_stories WHERE watch = @watch AND story = @story", row => row.GetString(0), ("watch", watch), ("story", story.Value)).FirstOrDefault();
    }

    /// <summary>Keeps what a watch has found, all or nothing: a thing that was told before is not told again.</summary>
    /// <param name="watch">The watch.</param>
    /// <param name="revision">The revision up to which it has looked.</param>
    /// <param name="states">What it knows of stories now.</param>
    /// <param name="alerts">What is to be told; numbers are given here.</param>
    /// <returns>How many are new.</returns>
    public int Save(Watch watch, long revision, IEnumerable<(StoryId Story, string State)> states, IEnumerable<Alert> alerts)
    {
        ArgumentNullException.ThrowIfNull(watch);
        return Write((connection, transaction) =>
        {
            // Who changed it meanwhile watches something else from now on.
            if (connection.Execute(
                transaction,
                "UPDATE watches SET revision = @revision WHERE id = @id AND COALESCE(query, '') = @query AND COALESCE(story, '') = @story AND COALESCE(claim, '') = @claim",
                ("revision", revision), ("id", watch.Id), ("query", watch.Query ?? ""), ("story", watch.Story?.Value ?? ""), ("claim", watch.Claim ?? "")) == 0)
                return 0;
            foreach (var (story, state) in states)
            {
                connection.Execute(
                    transaction,
                    "INSERT INTO watch_stories (watch, story, state) VALUES (@watch, @story, @state) ON CONFLICT (watch, story) DO UPDATE SET state = excluded.state",
                    ("watch", watch.Id), ("story", story.Value), ("state", state));
            }

            return alerts.Count(alert => Add(connection, transaction, watch, alert));
        });
    }

    /// <summary>What is to be sent by now, the oldest first.</summary>
    public IReadOnlyList<Delivery> Due(DateTimeOffset now, int most)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            $"SELECT {Columns}, {AlertColumns}, d.way, d.tries FROM deliveries d JOIN alerts a ON a.number = d.alert JOIN watches w ON w.id = a.watch "
            + "WHERE d.due <= @now OR d.due > @latest ORDER BY d.alert, d.way LIMIT @most",
            row => new Delivery(ReadAlert(row, AlertFrom), Read(row), row.GetString(AlertFrom + 7), (int)row.GetInt64(AlertFrom + 8)),
            ("now", FeedShelf.Written(now)), ("latest", FeedShelf.Written(now + LongestWait)), ("most", most));
    }

    /// <summary>How many messages a watch has sent by a way since then: a post an alert, a mail for all that were due.</summary>
    public int SentSince(string watch, string way, DateTimeOffset since)
    {
        using var connection = _archive.Database.Connect();
        return (int)connection.Query(
            $"SELECT COUNT({(way == Mail ? "DISTINCT sent" : "*")}) FROM deliveries JOIN alerts ON number = alert WHERE watch = @watch AND way = @way AND sent > @since",
            row => row.GetInt64(0), ("watch", watch), ("way", way), ("since", FeedShelf.Written(since)))[0];
    }

    /// <summary>Keeps that alerts were sent by a way.</summary>
    public void Sent(IEnumerable<Delivery> deliveries, DateTimeOffset now) => Each(deliveries, (connection, transaction, delivery) => connection.Execute(
        transaction, "UPDATE deliveries SET due = NULL, sent = @now, failure = NULL WHERE alert = @alert AND way = @way",
        ("now", FeedShelf.Written(now)), ("alert", delivery.Alert.Number), ("way", delivery.Way)));

    /// <summary>Keeps when alerts are tried again, and why they were not sent.</summary>
    /// <param name="deliveries">Which.</param>
    /// <param name="due">When; null where they are given up.</param>
    /// <param name="failure">Why they failed; null where they only wait.</param>
    public void PutOff(IEnumerable<Delivery> deliveries, DateTimeOffset? due, string? failure) => Each(deliveries, (connection, transaction, delivery) => connection.Execute(
        transaction, "UPDATE deliveries SET due = @due, tries = @tries, failure = COALESCE(@failure, failure) WHERE alert = @alert AND way = @way",
        ("due", due is { } time ? FeedShelf.Written(time) : null), ("tries", delivery.Tries + (failure is null ? 0 : 1)), ("failure", failure),
        ("alert", delivery.Alert.Number), ("way", delivery.Way)));

    /// <summary>A condition as it is written; null where there is none of that name.</summary>
    public static WatchCondition? ConditionOf(string? text) =>
        Enum.GetValues<WatchCondition>().Where(condition => ArticleJson.Name(condition) == text).Select(condition => (WatchCondition?)condition).FirstOrDefault();

    private long LastStep()
    {
        using var connection = _archive.Database.Connect();
        return connection.Query("SELECT COALESCE(MAX(number), 0) FROM story_changes", row => row.GetInt64(0))[0];
    }

    private static bool Add(DbConnection connection, DbTransaction transaction, Watch watch, Alert alert)
    {
        var number = connection.Query(transaction, "SELECT COALESCE(MAX(number), 0) FROM alerts", row => row.GetInt64(0))[0] + 1;
        var added = connection.Execute(
            transaction,
            "INSERT INTO alerts (number, watch, name, condition, story, body, at) VALUES (@number, @watch, @name, @condition, @story, @body, @at) ON CONFLICT (watch, name) DO NOTHING",
            ("number", number), ("watch", watch.Id), ("name", alert.Name), ("condition", ArticleJson.Name(alert.Condition)), ("story", alert.Story.Value),
            ("body", alert.Body), ("at", alert.At));
        if (added == 0)
            return false;
        foreach (var (way, _) in new[] { (Webhook, watch.Webhook), (Mail, watch.Mail) }.Where(way => way.Item2 is not null))
        {
            connection.Execute(
                transaction, "INSERT INTO deliveries (alert, way, due, tries) VALUES (@alert, @way, @due, 0)", ("alert", number), ("way", way), ("due", alert.At));
        }

        return true;
    }

    private static Watch Read(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        Owner = row.GetString(1),
        Title = row.GetString(2),
        Query = row.Text(3),
        Story = row.Text(4) is { } story ? new StoryId(story) : null,
        Conditions = [.. row.GetString(5).Split(' ').Select(ConditionOf).OfType<WatchCondition>()],
        Outlets = [.. JsonSerializer.Deserialize<string[]>(row.GetString(6))!],
        Webhook = row.Text(7),
        Secret = row.GetString(8),
        Mail = row.Text(9),
        Quiet = row.Text(10),
        Zone = row.Text(11),
        Cap = (int)row.GetInt64(12),
        Made = row.GetString(13),
        Feed = row.GetString(14),
        Revision = row.GetInt64(15),
        Opened = row.GetInt64(16),
        Claim = row.Text(17),
    };

    private static Alert ReadAlert(DbDataReader row, int first) => new(
        row.GetInt64(first), row.GetString(first + 1), row.GetString(first + 2), ConditionOf(row.GetString(first + 3))!.Value, new StoryId(row.GetString(first + 4)),
        row.GetString(first + 5), row.GetString(first + 6));

    private void Each(IEnumerable<Delivery> deliveries, Action<DbConnection, DbTransaction, Delivery> work) => Write((connection, transaction) =>
    {
        foreach (var delivery in deliveries)
            work(connection, transaction, delivery);
        return 0;
    });

    private int Write(Func<DbConnection, DbTransaction, int> work)
    {
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        var result = work(connection, transaction);
        transaction.Commit();
        return result;
    }
}
