using Recoupe.Storage;

namespace Recoupe.Tests.Storage;

public class AccountShelfTests
{
    private const string Password = "a long enough one";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Engines => Stores.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void Who_signs_in_has_a_session_until_it_ends(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var accounts = archive.Accounts;
        accounts.Add("root", AccountRole.Administrator, Password, null, Now);
        var added = accounts.Add("Zoé", AccountRole.Editor, "pâtés de foie gras", null, Now);

        Assert.Equal(("Zoé", AccountRole.Editor, true), (added.Name, added.Role, added.HasPassword));
        Assert.NotNull(accounts.SignIn("Zoé", "pâtés de foie gras", Now));
        Assert.Null(accounts.SignIn("Zoé", "pates de foie gras", Now));
        var secret = accounts.OpenSession("Zoé", Now);
        Assert.Equal("Zoé", accounts.OfSession(secret, Now.AddHours(1))!.Name);
        Assert.Null(accounts.OfSession(secret, Now + AccountShelf.SessionTime));
        Assert.Null(accounts.OfSession(secret + "x", Now));
        accounts.CloseSession(secret);
        Assert.Null(accounts.OfSession(secret, Now));
        var other = accounts.OpenSession("Zoé", Now);
        accounts.SetPassword("Zoé", "another long one");
        Assert.Null(accounts.OfSession(other, Now));
        Assert.NotNull(accounts.SignIn("Zoé", "another long one", Now));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_token_is_given_once_and_kept_as_a_hash_alone(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        archive.Accounts.Add("root", AccountRole.Administrator, Password, null, Now);
        archive.Accounts.Add("robot", AccountRole.Analyst, null, "https://id.example 12", Now);
        var (token, secret) = archive.Accounts.AddToken("robot", "dashboard", AccountRole.Administrator, Now.AddDays(2), Now);

        Assert.Equal(("robot", AccountRole.Analyst), (archive.Accounts.OfToken(secret, Now)!.Name, archive.Accounts.OfToken(secret, Now)!.Role));
        Assert.Null(archive.Accounts.OfToken(secret, Now.AddDays(3)));
        Assert.Null(archive.Accounts.OfToken(secret[..^1], Now));
        Assert.Equal([token], archive.Accounts.Tokens("robot"));
        Assert.Empty(archive.Accounts.Tokens("root"));
        Assert.False(archive.Accounts.RevokeToken(token.Id, "root", Now));
        Assert.True(archive.Accounts.RevokeToken(token.Id, "robot", Now));
        Assert.Null(archive.Accounts.OfToken(secret, Now));
        Assert.Equal("robot", archive.Accounts.OfSubject("https://id.example 12")!.Name);
        Assert.Null(archive.Accounts.SignIn("robot", "", Now));
        archive.Accounts.Remove("robot");
        Assert.Equal(["root"], archive.Accounts.All().Select(account => account.Name));
        using var connection = archive.Database.Connect();
        Assert.DoesNotContain(connection.Query("SELECT COALESCE(password, '') FROM accounts", row => row.GetString(0)), kept => kept.Contains(Password, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Failures_lock_for_longer_each_time_and_are_forgotten_once_one_signs_in(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        archive.Accounts.Add("root", AccountRole.Administrator, Password, null, Now);
        void Fail(int times, DateTimeOffset at)
        {
            for (var i = 0; i < times; i++)
                Assert.Null(archive.Accounts.SignIn("root", "nonsense", at));
        }

        Fail(4, Now);
        Assert.NotNull(archive.Accounts.SignIn("root", Password, Now));
        Fail(5, Now);
        Assert.Null(archive.Accounts.SignIn("root", Password, Now.AddSeconds(59)));
        Fail(1, Now.AddMinutes(1));
        Assert.Null(archive.Accounts.SignIn("root", Password, Now.AddMinutes(2)));
        Assert.NotNull(archive.Accounts.SignIn("root", Password, Now.AddMinutes(3)));
        Fail(4, Now.AddMinutes(4));
        Assert.NotNull(archive.Accounts.SignIn("root", Password, Now.AddMinutes(4)));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_was_done_is_listed_the_last_first(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        archive.Audit.Add([Entry("a", 1), Entry("b", 2)]);
        archive.Audit.Add([Entry("a", 3)]);

        var first = archive.Audit.List(null, 2);
        Assert.Equal(["/3", "/2"], first.Items.Select(entry => entry.Target));
        Assert.Equal([1L], archive.Audit.List(null, 2, first.Next).Items.Select(entry => entry.Number));
        Assert.Equal(["/3", "/1"], archive.Audit.List("a", 5).Items.Select(entry => entry.Target));

        static AuditEntry Entry(string who, int number) => new(0, "2026-03-01T09:00:00Z", who, "GET", $"/{number}", 200);
    }
}
