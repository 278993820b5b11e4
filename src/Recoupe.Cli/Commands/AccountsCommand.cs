using System.CommandLine;
using System.Text;

using Recoupe.Storage;

namespace Recoupe.Cli.Commands;

/// <summary><c>accounts</c>: who may ask the service about an archive.</summary>
internal static class AccountsCommand
{
    public static Command Create() => new("accounts", "Who may ask the service: accounts with roles, and tokens for programs")
    {
        Add(), List(), Role(), Password(),
        Simple("disable", "Disables an account: neither it nor its tokens are answered", (accounts, name) => accounts.SetDisabled(name, true, Now)),
        Simple("enable", "Enables an account again", (accounts, name) => accounts.SetDisabled(name, false, Now)),
        Simple("remove", "Removes an account with its tokens; what it did stays written down", (accounts, name) => accounts.Remove(name)),
        Token(), Tokens(), Revoke(),
    };

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static Argument<string> Name() => new("NAME") { Description = "The account's name" };

    private static Option<string> RoleOption(string name, string description)
    {
        var role = new Option<string>(name) { Description = $"{description}: reader, analyst, editor or administrator", HelpName = "ROLE", DefaultValueFactory = _ => "reader" };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<AccountRole>().Select(AccountShelf.Written)]);
        return role;
    }

    private static Command Add()
    {
        var (archive, name, role) = (ArchiveCommands.ArchiveOption(), Name(), RoleOption("--role", "What it may do"));
        var subject = new Option<string?>("--subject") { Description = "By what the sign-in service knows the person (ISSUER SUBJECT), instead of a password", HelpName = "TEXT" };
        var command = new Command("add", "Adds an account; its password is asked for, or read from standard input") { name, archive, role, subject };
        command.SetAction((parsed, _) => Task.FromResult(With(parsed, archive, create: true, opened =>
        {
            var password = parsed.GetValue(subject) is null ? AskPassword() : null;
            var account = opened.Accounts.Add(parsed.GetRequiredValue(name), AccountShelf.RoleOf(parsed.GetRequiredValue(role))!.Value, password, parsed.GetValue(subject), Now);
            Tell(Shown(account));
        })));
        return command;
    }

    private static Command List()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var command = new Command("list", "Lists the accounts") { archive };
        command.SetAction((parsed, _) => Task.FromResult(With(parsed, archive, create: false, opened =>
        {
            foreach (var account in opened.Accounts.All())
                Tell(Shown(account));
        })));
        return command;
    }

    private static Command Role()
    {
        var (archive, name) = (ArchiveCommands.ArchiveOption(), Name());
        var role = new Argument<string>("ROLE") { Description = "reader, analyst, editor or administrator" };
        role.AcceptOnlyFromAmong([.. Enum.GetValues<AccountRole>().Select(AccountShelf.Written)]);
        var command = new Command("role", "Changes what an account may do") { name, role, archive };
        command.SetAction((parsed, _) => Task.FromResult(With(
            parsed, archive, create: false, opened => opened.Accounts.SetRole(parsed.GetRequiredValue(name), AccountShelf.RoleOf(parsed.GetRequiredValue(role))!.Value))));
        return command;
    }

    private static Command Password()
    {
        var (archive, name) = (ArchiveCommands.ArchiveOption(), Name());
        var command = new Command("password", "Gives an account another password, asked for or read from standard input; it is signed out everywhere") { name, archive };
        command.SetAction((parsed, _) => Task.FromResult(With(
            parsed, archive, create: false, opened => opened.Accounts.SetPassword(parsed.GetRequiredValue(name), AskPassword()))));
        return command;
    }

    private static Command Token()
    {
        var (archive, name, scope) = (ArchiveCommands.ArchiveOption(), Name(), RoleOption("--scope", "What it may do at most"));
        var title = new Option<string>("--title") { Description = "What it is for", HelpName = "TEXT", DefaultValueFactory = _ => "token" };
        var days = new Option<int?>("--days") { Description = "How long it holds; for ever unless you say so", HelpName = "N" };
        var command = new Command("token", "Makes a token for programs, and prints it this once") { name, archive, scope, title, days };
        command.SetAction((parsed, _) => Task.FromResult(With(parsed, archive, create: false, opened =>
        {
            var (token, secret) = opened.Accounts.AddToken(
                parsed.GetRequiredValue(name), parsed.GetRequiredValue(title), AccountShelf.RoleOf(parsed.GetRequiredValue(scope))!.Value,
                parsed.GetValue(days) is { } held ? Now.AddDays(held) : null, Now);
            Tell(secret);
            Console.Error.WriteLine($"recoupe: this is token {token.Id}; it cannot be shown again");
        })));
        return command;
    }

    private static Command Tokens()
    {
        var (archive, name) = (ArchiveCommands.ArchiveOption(), Name());
        var command = new Command("tokens", "Lists the tokens of an account") { name, archive };
        command.SetAction((parsed, _) => Task.FromResult(With(parsed, archive, create: false, opened =>
        {
            foreach (var token in opened.Accounts.Tokens(parsed.GetRequiredValue(name)))
            {
                var end = token.Revoked is { } revoked ? $"revoked {revoked}" : token.Expires is { } expires ? $"until {expires}" : "for ever";
                Tell($"{token.Id}  {token.Title}  {AccountShelf.Written(token.Scope)}  made {token.Made}, {end}");
            }
        })));
        return command;
    }

    private static Command Revoke()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var id = new Argument<string>("TOKEN") { Description = "The id of a token, as \"accounts tokens\" prints it" };
        var command = new Command("revoke", "Ends a token") { id, archive };
        command.SetAction((parsed, _) => Task.FromResult(With(parsed, archive, create: false, opened =>
        {
            if (!opened.Accounts.RevokeToken(parsed.GetRequiredValue(id), null, Now))
                throw new ArchiveException($"there is no token {parsed.GetRequiredValue(id)} that holds");
        })));
        return command;
    }

    private static Command Simple(string verb, string description, Action<AccountShelf, string> change)
    {
        var (archive, name) = (ArchiveCommands.ArchiveOption(), Name());
        var command = new Command(verb, description) { name, archive };
        command.SetAction((parsed, _) => Task.FromResult(With(parsed, archive, create: false, opened => change(opened.Accounts, parsed.GetRequiredValue(name)))));
        return command;
    }

    private static int With(ParseResult parsed, Option<string> archive, bool create, Action<Archive> work) => ArchiveCommands.Guard(() =>
    {
        using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create);
        work(opened);
        return 0;
    });

    private static void Tell(string line)
    {
        using var output = Console.OpenStandardOutput();
        output.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }

    private static string Shown(Account account) =>
        $"{account.Name}  {AccountShelf.Written(account.Role)}{(account.Subject is { } subject ? $"  ({subject})" : "")}{(account.Disabled is { } since ? $"  disabled {since}" : "")}";

    // Never an argument: these are seen by whoever lists processes.
    private static string AskPassword()
    {
        if (Console.IsInputRedirected)
            return Console.In.ReadLine() ?? "";
        Console.Error.Write("Password: ");
        var typed = new StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace)
                typed.Length = Math.Max(0, typed.Length - 1);
            else
                typed.Append(key.KeyChar);
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }
}
