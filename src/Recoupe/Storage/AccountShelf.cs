using System.Buffers.Text;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;

namespace Recoupe.Storage;

/// <summary>Who may ask: accounts, their tokens and sessions. Secrets are given once and kept as hashes alone.</summary>
public sealed class AccountShelf
{
    private const string Columns = "name, role, password IS NOT NULL, subject, added, disabled";

    private const string TokenColumns = "id, account, title, scope, made, expires, revoked";

    private const string TokenMark = "rcp_";
    private const int SecretBytes = 32;
    private const int LongestName = 64;

    // After so many wrong passwords an account is left for a minute, then twice as long each time, up to an hour.
    private const int FreeFailures = 5;
    private const int LongestLock = 60;

    private readonly Archive _archive;

    internal AccountShelf(Archive archive) => _archive = archive;

    /// <summary>How long a session lasts.</summary>
    public static TimeSpan SessionTime { get; } = TimeSpan.FromHours(12);

    /// <summary>The accounts, by name.</summary>
    public IReadOnlyList<Account> All()
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {Columns} FROM accounts ORDER BY name", Read);
    }

    /// <summary>The account of that name; null where there is none.</summary>
    public Account? Find(string name)
    {
        using var connection = _archive.Database.Connect();
        return Find(connection, null, name);
    }

    /// <summary>Adds an account.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="password">Its password; null where it signs in by a service.</param>
    /// <param name="subject">By what a sign-in service knows the person, or null.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArchiveException">The name or the password cannot be, or there is such an account.</exception>
    public Account Add(string name, AccountRole role, string? password, string? subject, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.Length is 0 or > LongestName || name.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            throw new ArchiveException($"an account's name has from 1 to {LongestName} characters and no spaces");
        var hash = password is null ? null : PasswordHash.Of(Checked(password));
        return Write((connection, transaction) =>
        {
            var added = connection.Execute(
                transaction,
                "INSERT INTO accounts (name, role, password, subject, added, failures) VALUES (@name, @role, @password, @subject, @added, 0) ON CONFLICT DO NOTHING",
                ("name", name), ("role", Written(role)), ("password", hash), ("subject", subject), ("added", FeedShelf.Written(now)));
            return added == 0 ? throw new ArchiveException($"there is an account {name}, or one for the same person, already") : Find(connection, transaction, name)!;
        });
    }

    /// <summary>Changes what an account may do.</summary>
    /// <exception cref="ArchiveException">There is none, or nobody would be left to administer.</exception>
    public void SetRole(string name, AccountRole role) => Change(name, (connection, transaction) => connection.Execute(
        transaction, "UPDATE accounts SET role = @role WHERE name = @name", ("role", Written(role)), ("name", name)));

    /// <summary>Gives an account another password; it is signed out everywhere.</summary>
    /// <exception cref="ArchiveException">There is none, or the password cannot be.</exception>
    public void SetPassword(string name, string password)
    {
        var hash = PasswordHash.Of(Checked(password));
        Change(name, (connection, transaction) =>
        {
            connection.Execute(transaction, "DELETE FROM sessions WHERE account = @name", ("name", name));
            return connection.Execute(
                transaction, "UPDATE accounts SET password = @password, failures = 0, locked_until = NULL WHERE name = @name", ("password", hash), ("name", name));
        });
    }

    /// <summary>Disables an account, so that neither it nor its tokens are answered, or enables it again.</summary>
    /// <exception cref="ArchiveException">There is none, or nobody would be left to administer.</exception>
    public void SetDisabled(string name, bool isDisabled, DateTimeOffset now) => Change(name, (connection, transaction) =>
    {
        connection.Execute(transaction, "DELETE FROM sessions WHERE account = @name", ("name", name));
        return connection.Execute(
            transaction, "UPDATE accounts SET disabled = @disabled WHERE name = @name", ("disabled", isDisabled ? FeedShelf.Written(now) : null), ("name", name));
    });

    /// <summary>Removes an account with its tokens. What it did stays written down.</summary>
    /// <exception cref="ArchiveException">There is none, or nobody would be left to administer.</exception>
    public void Remove(string name) => Change(name, (connection, transaction) =>
    {
        connection.Execute(transaction, "DELETE FROM sessions WHERE account = @name", ("name", name));
        connection.Execute(transaction, "DELETE FROM tokens WHERE account = @name", ("name", name));
        return connection.Execute(transaction, "DELETE FROM accounts WHERE name = @name", ("name", name));
    });

    /// <summary>The account whose name and password these are; null where they are none's, or it is disabled or left alone for a while.</summary>
    /// <remarks>Takes as long and says the same whatever is wrong.</remarks>
    public Account? SignIn(string name, string password, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(password);
        using var connection = _archive.Database.Connect();
        var (hash, failures, locked) = connection.Query(
            "SELECT password, failures, locked_until FROM accounts WHERE name = @name AND disabled IS NULL",
            row => (row.Text(0), row.GetInt64(1), row.Text(2)), ("name", name)).FirstOrDefault();
        var fits = PasswordHash.Fits(password.Length > PasswordHash.MostLength ? "" : password, hash);
        if (hash is null || locked is not null && string.CompareOrdinal(locked, FeedShelf.Written(now)) > 0)
            return null;
        if (!fits)
        {
            var minutes = failures + 1 < FreeFailures ? 0 : Math.Min(LongestLock, 1L << (int)Math.Min(10, failures + 1 - FreeFailures));
            Write((own, transaction) => own.Execute(
                transaction, "UPDATE accounts SET failures = failures + 1, locked_until = @until WHERE name = @name",
                ("until", minutes == 0 ? null : FeedShelf.Written(now.AddMinutes(minutes))), ("name", name)));
            return null;
        }

        if (failures > 0)
        {
            Write((own, transaction) => own.Execute(
                transaction, "UPDATE accounts SET failures = 0, locked_until = NULL WHERE name = @name", ("name", name)));
        }

        return Find(connection, null, name);
    }

    /// <summary>The account of a person that a sign-in service knows; null where there is none, or it is disabled.</summary>
    public Account? OfSubject(string subject)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query($"SELECT {Columns} FROM accounts WHERE subject = @subject AND disabled IS NULL", Read, ("subject", subject)).FirstOrDefault();
    }

    /// <summary>Opens a session, and gives its secret.</summary>
    public string OpenSession(string name, DateTimeOffset now)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        Write((connection, transaction) =>
        {
            connection.Execute(transaction, "DELETE FROM sessions WHERE expires <= @now", ("now", FeedShelf.Written(now)));
            return connection.Execute(
                transaction, "INSERT INTO sessions (hash, account, made, expires) VALUES (@hash, @account, @made, @expires)",
                ("hash", Hash(secret)), ("account", name), ("made", FeedShelf.Written(now)), ("expires", FeedShelf.Written(now + SessionTime)));
        });
        return secret;
    }

    /// <summary>Whose session it is; null where it is none's any more.</summary>
    public Account? OfSession(string secret, DateTimeOffset now)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            $"SELECT {Columns} FROM accounts WHERE disabled IS NULL AND name = (SELECT account FROM sessions WHERE hash = @hash AND expires > @now)",
            Read, ("hash", Hash(secret)), ("now", FeedShelf.Written(now))).FirstOrDefault();
    }

    /// <summary>Ends a session.</summary>
    public void CloseSession(string secret) =>
        Write((connection, transaction) => connection.Execute(transaction, "DELETE FROM sessions WHERE hash = @hash", ("hash", Hash(secret))));

    /// <summary>The tokens, of an account or of all, the last made first.</summary>
    public IReadOnlyList<ApiToken> Tokens(string? account)
    {
        using var connection = _archive.Database.Connect();
        return connection.Query(
            $"SELECT {TokenColumns} FROM tokens{(account is null ? "" : " WHERE account = @account")} ORDER BY made DESC, id", ReadToken, ("account", account));
    }

    /// <summary>Makes a token, and gives its secret: it cannot be had again.</summary>
    /// <param name="account">The account.</param>
    /// <param name="title">What it is for.</param>
    /// <param name="scope">What it may do at most.</param>
    /// <param name="expires">When it ends; null for never.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ArchiveException">There is no such account.</exception>
    public (ApiToken Token, string Secret) AddToken(string account, string title, AccountRole scope, DateTimeOffset? expires, DateTimeOffset now)
    {
        var secret = TokenMark + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var token = new ApiToken(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), account, title, scope, FeedShelf.Written(now), expires is { } end ? FeedShelf.Written(end) : null, null);
        Write((connection, transaction) =>
        {
            if (Find(connection, transaction, account) is null)
                throw new ArchiveException($"there is no account {account}");
            return connection.Execute(
                transaction, "INSERT INTO tokens (id, account, title, hash, scope, made, expires) VALUES (@id, @account, @title, @hash, @scope, @made, @expires)",
                ("id", token.Id), ("account", account), ("title", title), ("hash", Hash(secret)), ("scope", Written(scope)), ("made", token.Made), ("expires", token.Expires));
        });
        return (token, secret);
    }

    /// <summary>Ends a token; false where there is none that holds.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="account">Only if it is this account's; null for anybody's.</param>
    /// <param name="now">The time.</param>
    public bool RevokeToken(string id, string? account, DateTimeOffset now) => Write((connection, transaction) => connection.Execute(
        transaction, "UPDATE tokens SET revoked = @now WHERE id = @id AND revoked IS NULL" + (account is null ? "" : " AND account = @account"),
        ("now", FeedShelf.Written(now)), ("id", id), ("account", account))) > 0;

    /// <summary>Whose token it is, with what it may do here; null where it is none's, or none's any more.</summary>
    public Account? OfToken(string secret, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (!secret.StartsWith(TokenMark, StringComparison.Ordinal))
            return null;
        using var connection = _archive.Database.Connect();
        var found = connection.Query(
            $"SELECT {Columns}, scope FROM accounts JOIN tokens ON account = name WHERE hash = @hash AND revoked IS NULL AND disabled IS NULL AND (expires IS NULL OR expires > @now)",
            row => (Account: Read(row), Scope: Role(row.GetString(6))), ("hash", Hash(secret)), ("now", FeedShelf.Written(now)));
        return found is [var (account, scope)] ? account with { Role = scope < account.Role ? scope : account.Role } : null;
    }

    /// <summary>A role as it is written; null where there is none of that name.</summary>
    public static AccountRole? RoleOf(string? text) =>
        Enum.GetValues<AccountRole>().Where(role => Written(role) == text).Select(role => (AccountRole?)role).FirstOrDefault();

    /// <summary>How a role is written.</summary>
    public static string Written(AccountRole role) => role.ToString().ToLowerInvariant();

    private static AccountRole Role(string text) => RoleOf(text) ?? AccountRole.Reader;

    private static string Checked(string password) => password.Length is >= PasswordHash.LeastLength and <= PasswordHash.MostLength
        ? password
        : throw new ArchiveException($"a password has from {PasswordHash.LeastLength} to {PasswordHash.MostLength} characters");

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static Account? Find(DbConnection connection, DbTransaction? transaction, string name) =>
        connection.Query(transaction, $"SELECT {Columns} FROM accounts WHERE name = @name", Read, ("name", name)).FirstOrDefault();

    private static Account Read(DbDataReader row) => new(
        row.GetString(0), Role(row.GetString(1)), Convert.ToBoolean(row.GetValue(2)), row.Text(3), row.GetString(4), row.Text(5));

    private static ApiToken ReadToken(DbDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Role(row.GetString(3)), row.GetString(4), row.Text(5), row.Text(6));

    private void Change(string name, Func<DbConnection, DbTransaction, int> change) => Write((connection, transaction) =>
    {
        if (change(connection, transaction) == 0)
            throw new ArchiveException($"there is no account {name}");
        var left = connection.Query(
            transaction, "SELECT COUNT(*) FROM accounts WHERE role = 'administrator' AND disabled IS NULL", row => row.GetInt64(0))[0];
        var all = connection.Query(transaction, "SELECT COUNT(*) FROM accounts", row => row.GetInt64(0))[0];
        return left == 0 && all > 0 ? throw new ArchiveException("nobody would be left to administer: give another account the role administrator first") : all;
    });

    private T Write<T>(Func<DbConnection, DbTransaction, T> work)
    {
        using var connection = _archive.Database.Connect();
        using var transaction = _archive.Database.BeginWrite(connection);
        var result = work(connection, transaction);
        transaction.Commit();
        return result;
    }
}
