
namespace Recoupe.Documents;

/// <summary>Reads newsletters: one mail (eml) or a folder of them (mbox).</summary>
/// <remarks>
/// Of alternatives the HTML part wins where it holds text. A letter that was sent on, as a part or inside the text, is read as the letter: its own
/// sender and day, not who sent it on.
/// </remarks>
internal static class MailReader
{
    // Letters and digits of a covering note: more is a letter of its own.
    private const int MaxCover = 300;

    /// <summary>The mails of an mbox file, parted by "From " lines.</summary>
    public static IEnumerable<Intake> ReadMbox(Stream stream, DocumentPlace place, DocumentOptions options)
    {
        var number = 0;
        foreach (var mail in MailBox.Mails(stream, options.MaxDocumentBytes))
        {
            var at = place.At(++number);
            if (mail is null)
            {
                yield return at.Skip($"the mail is longer than {options.MaxDocumentBytes >> 20} MiB");
                continue;
            }

            foreach (var intake in Read(mail, at, options))
                yield return intake;
        }

        if (number == 0)
            yield return place.Skip("is a mailbox without mails");
    }

    /// <summary>One mail: its text, or the letters that it sends on.</summary>
    public static IEnumerable<Intake> Read(byte[] bytes, DocumentPlace place, DocumentOptions options)
    {
        var notes = new List<string>();
        return Read(MailPart.Read(bytes, options, notes), place, options, notes, by: null);
    }

    private static List<Intake> Read(MailPart mail, DocumentPlace place, DocumentOptions options, List<string> notes, string? by)
    {
        var text = MailText.Of(mail, notes);
        var letters = new List<MailPart>();
        Letters(mail, letters);
        var own = text is null ? 0 : text.Letters;
        var result = new List<Intake>();
        if (own > (letters.Count > 0 ? MaxCover : 0))
            result.Add(new Intake(Document(mail, text!, place, options, notes, by), null));
        var sender = Forwarder(mail);
        foreach (var letter in letters)
        {
            var inner = result.Count == 0 && letters.Count == 1 ? place : place.At(result.Count + 1);
            result.AddRange(Read(letter, inner, options, [.. notes], sender));
        }

        if (result.Count == 0)
            result.Add(place.Skip("the mail has no text"));
        return result;
    }

    // The mails inside a mail, the outermost of each.
    private static void Letters(MailPart part, List<MailPart> letters)
    {
        foreach (var inner in part.Parts)
        {
            if (part.Media == "message/rfc822")
                letters.Add(inner);
            else
                Letters(inner, letters);
        }
    }

    private static Document Document(MailPart mail, MailText text, DocumentPlace place, DocumentOptions options, List<string> notes, string? by)
    {
        var fields = mail.Fields;
        var subject = MailEncoding.Words(fields["subject"])?.Trim();
        var from = MailEncoding.Words(fields["from"]);
        var published = WrittenTimes.Published(fields["date"], "the mail", options, notes);
        if (by is not null)
            notes.Add($"sent on by {by}");
        if (ForwardedLetter.Find(text, subject) is { } letter)
        {
            notes.Add($"sent on by {Forwarder(mail)}: sender, day and title are the letter's own");
            (subject, from, published, text) = (letter.Subject ?? subject, letter.From, letter.Date, letter.Text);
        }

        var id = fields["message-id"]?.Trim().Trim('<', '>');
        return new Document
        {
            Source = place.Source,
            Name = place.Name,
            Key = id is { Length: > 0 } ? id : null,
            Form = text.IsHtml ? DocumentForm.Html : DocumentForm.PlainText,
            Content = text.Content,
            Title = subject is { Length: > 0 } ? subject : null,
            Outlet = ForwardedLetter.NameOf(from),
            Published = published,
            Notes = notes,
        };
    }

    private static string Forwarder(MailPart mail)
    {
        var from = MailEncoding.Words(mail.Fields["from"]);
        var name = ForwardedLetter.NameOf(from) ?? from ?? "somebody";
        return WrittenTimes.Parse(mail.Fields["date"]) is { } day ? $"{name} on {day}" : name;
    }
}
