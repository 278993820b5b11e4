namespace Recoupe.Storage;

/// <summary>What an account may do: each may do what those before it may.</summary>
public enum AccountRole
{
    /// <summary>Reads, searches, exports.</summary>
    Reader,

    /// <summary>Also keeps watches, notes and stars.</summary>
    Analyst,

    /// <summary>Also corrects, takes articles in, and says which feeds are followed.</summary>
    Editor,

    /// <summary>Also keeps accounts, reads the audit log, and erases.</summary>
    Administrator,
}

/// <summary>Who may ask. Times are ISO 8601 in UTC.</summary>
/// <param name="Name">The name that is signed in with, and written down with what is changed.</param>
/// <param name="Role">What it may do.</param>
/// <param name="HasPassword">Whether it can sign in with a password.</param>
/// <param name="Subject">By what a sign-in service knows the person; null where none does.</param>
/// <param name="Added">When it was added.</param>
/// <param name="Disabled">Since when it is disabled; null where it is not.</param>
public sealed record Account(string Name, AccountRole Role, bool HasPassword, string? Subject, string Added, string? Disabled);

/// <summary>A secret that a program asks with in an account's name. Times are ISO 8601 in UTC.</summary>
/// <param name="Id">Its name, which is no secret.</param>
/// <param name="Account">The account.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Scope">What it may do at most; never more than its account.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Expires">When it ends; null for never.</param>
/// <param name="Revoked">When it was revoked; null where it was not.</param>
public sealed record ApiToken(string Id, string Account, string Title, AccountRole Scope, string Made, string? Expires, string? Revoked);

/// <summary>One thing that somebody did.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="At">When, ISO 8601 in UTC.</param>
/// <param name="Who">Who; empty where nobody had signed in.</param>
/// <param name="Action">What was asked: the method of the request, or a word for it.</param>
/// <param name="Target">Of what.</param>
/// <param name="Outcome">How it was answered: the status of the answer.</param>
public sealed record AuditEntry(long Number, string At, string Who, string Action, string Target, int Outcome);
