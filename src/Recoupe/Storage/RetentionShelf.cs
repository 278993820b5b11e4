using System.Globalization;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Storage;

/// <summary>How long the text of a source's articles is kept. What is known about them stays: title, address, outlet, dates, story.</summary>
/// <remarks>Needs no <see cref="ArchiveWriter"/>: it is done while articles come in.</remarks>
public sealed class RetentionShelf
{
    private const int AtOnce = 200;
    private const int MostDays = 36_500;

    private readonly Archive _archive;

    internal RetentionShelf(Archive archive) => _archive = archive;

    /// <summary>The rules, by their sources.</summary>
    public IReadOnlyList<RetentionRule> All()
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            "SELECT source, days, who, made FROM retention ORDER BY source", row => new RetentionRule(row.GetString(0), (int)row.GetInt64(1), row.GetString(2), row.GetString(3)));
    }

    /// <summary>Says how long the texts of a source are kept, in the place of what was said before.</summary>
    /// <exception cref="PrivacyException">The source is empty, or the days are none.</exception>
    public void Set(string source, int days, string who, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(clock);
        if (string.IsNullOrWhiteSpace(source))
            throw new PrivacyException("there is no source: name an outlet, or the host of its addresses");
        if (days is < 0 or > MostDays)
            throw new PrivacyException($"a text is kept for 0 to {MostDays} days, or for good");
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        connection.Execute(
            transaction,
            "INSERT INTO retention (source, days, who, made) VALUES (@source, @days, @who, @made) "
            + "ON CONFLICT (source) DO UPDATE SET days = excluded.days, who = excluded.who, made = excluded.made",
            ("source", source.Trim()), ("days", days), ("who", who), ("made", FeedShelf.Written(clock.GetUtcNow())));
        transaction.Commit();
    }

    /// <summary>Keeps the texts of a source for good from now on; false where nothing else was said.</summary>
    public bool Remove(string source)
    {
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        var removed = connection.Execute(transaction, "DELETE FROM retention WHERE source = @source", ("source", source));
        transaction.Commit();
        return removed > 0;
    }

    /// <summary>Lets go of the texts whose time is over; gives how many by source, none where there were none.</summary>
    /// <param name="isPreview">Whether it is only said what would be done.</param>
    /// <param name="clock">Tells what time it is.</param>
    /// <param name="cancellationToken">Stops between two batches; what was done stays done.</param>
    public IReadOnlyList<Expired> Apply(bool isPreview, TimeProvider clock, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var (rules, now) = (All(), clock.GetUtcNow());
        if (rules.Count == 0)
            return [];
        using var connection = _archive.Database.Connect();
        var due = connection.Query(
            "SELECT id, outlet, address, ingested FROM articles WHERE expired IS NULL AND ingested < @before ORDER BY seq",
            row => (Id: new ArticleId(row.GetString(0)), Rule: RuleOf(rules, row.Text(1), row.Text(2)), Ingested: row.GetString(3)),
            ("before", FeedShelf.Written(now.AddDays(-rules.Min(rule => rule.Days)))))
            .Where(item => item.Rule is { } rule && string.CompareOrdinal(item.Ingested, FeedShelf.Written(now.AddDays(-rule.Days))) < 0).ToList();
        if (!isPreview && due.Count > 0)
        {
            _archive.Database.BeginForgetting(connection);
            foreach (var part in due.Chunk(AtOnce))
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var commit = new ArchiveCommit(_archive, connection, clock);
                foreach (var (id, rule, _) in part)
                    Expire(commit, id, rule!);
                commit.Commit();
            }

            _archive.Shelf.Room.Forget();
            _archive.Database.Forget(connection, isWhole: false);
        }

        return [.. due.GroupBy(item => item.Rule!.Source, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new Expired(group.Key, group.Count()))];
    }

    private void Expire(ArchiveCommit commit, ArticleId id, RetentionRule rule)
    {
        if (_archive.Article(id) is not { } article || _archive.Document(id) is not { } document)
            return;
        var left = new Document
        {
            Source = document.Source, Form = DocumentForm.CleanText, Content = "", Id = document.Id, Key = document.Key, Name = document.Name, Url = document.Url, Title = article.Title,
            Outlet = article.Outlet, Language = article.Language, Published = Moment.Parse(article.Published), Captured = document.Captured,
            Notes = [string.Create(CultureInfo.InvariantCulture, $"its text is no longer kept: that of {rule.Source} is for {rule.Days} days")],
        };
        commit.Replace(PreparedArticle.Whole(left, id, CorrectionSet.None));
        commit.Expire(id);
        commit.Forget(article.Story);
    }

    // The outlet, else the host; of several hosts the nearest.
    private static RetentionRule? RuleOf(IReadOnlyList<RetentionRule> rules, string? outlet, string? address)
    {
        if (outlet is not null && rules.FirstOrDefault(rule => rule.Source.Equals(outlet, StringComparison.OrdinalIgnoreCase)) is { } named)
            return named;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        return rules.Where(rule => uri.Host.Equals(rule.Source, StringComparison.OrdinalIgnoreCase) || uri.Host.EndsWith("." + rule.Source, StringComparison.OrdinalIgnoreCase))
            .MaxBy(rule => rule.Source.Length);
    }
}
