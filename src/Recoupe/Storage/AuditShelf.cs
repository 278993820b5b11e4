using System.Data.Common;

namespace Recoupe.Storage;

/// <summary>Who saw, changed and exported what. It is added to and read, and never changed but by <see cref="ErasureShelf"/>.</summary>
public sealed class AuditShelf
{
    private readonly Archive _archive;

    internal AuditShelf(Archive archive) => _archive = archive;

    /// <summary>Writes down what was done; numbers are given here.</summary>
    public void Add(IReadOnlyList<AuditEntry> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        if (entries.Count == 0)
            return;
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        Write(connection, transaction, entries);
        transaction.Commit();
    }

    /// <summary>Writes down what was done in a transaction under way.</summary>
    internal static void Write(DbConnection connection, DbTransaction transaction, IReadOnlyList<AuditEntry> entries)
    {
        var number = connection.Query(transaction, "SELECT COALESCE(MAX(number), 0) FROM audit", row => row.GetInt64(0))[0];
        foreach (var entry in entries)
        {
            connection.Execute(
                transaction, "INSERT INTO audit (number, at, who, action, target, outcome) VALUES (@number, @at, @who, @action, @target, @outcome)",
                ("number", ++number), ("at", entry.At), ("who", entry.Who), ("action", entry.Action), ("target", entry.Target), ("outcome", entry.Outcome));
        }
    }

    /// <summary>What was done, the last first.</summary>
    /// <param name="who">By whom; null for everybody.</param>
    /// <param name="most">How many at once.</param>
    /// <param name="after">What an earlier part gave as <see cref="Page{T}.Next"/>; null for the first.</param>
    public Page<AuditEntry> List(string? who, int most, string? after = null)
    {
        using var connection = _archive.Database.Connect();
        var before = Cursor.Read(after) is [var text] && long.TryParse(text, out var number) ? number : long.MaxValue;
        var found = connection.Query(
            $"SELECT number, at, who, action, target, outcome FROM audit WHERE number < @before{(who is null ? "" : " AND who = @who")} ORDER BY number DESC LIMIT @most",
            row => new AuditEntry(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), (int)row.GetInt64(5)),
            ("before", before), ("who", who), ("most", most + 1));
        return Archive.PageOf(found, most, last => Cursor.Write(last.Number.ToString()));
    }
}
