using System.Net;
using System.Text;

using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>A letter that somebody sent on inside his own: found by the lines that the mail program put before it.</summary>
/// <remarks>
/// No words are needed: whatever the language, the lines are "label: value", the first with a sender's name and address, one with a date, and the one with
/// neither is the subject. An answer that quotes a letter below it is no forwarding: there the own text is what is read.
/// </remarks>
/// <param name="From">The sender, as the line has it.</param>
/// <param name="Date">The day, or null where it cannot be read.</param>
/// <param name="Subject">The title, or null.</param>
/// <param name="Text">What stands behind the lines.</param>
internal sealed record ForwardedLetter(string From, Moment? Date, string? Subject, MailText Text)
{
    private const int MaxLabel = 24;
    private const int MaxValue = 500;

    // Lines of the covering note before the letter, and letters and digits of it.
    private const int MaxLinesBefore = 60;
    private const int MaxCover = 600;

    /// <summary>The letter inside a mail's text, or null where the text is the sender's own.</summary>
    public static ForwardedLetter? Find(MailText text, string? subject)
    {
        if (subject is not null && subject.StartsWith("re", StringComparison.OrdinalIgnoreCase) && subject.AsSpan(2).TrimStart() is [':', ..])
            return null;
        var lines = text.IsHtml ? HtmlLines(text.Content) : PlainLines(text.Content);
        var cover = 0;
        for (var i = 0; i < lines.Count && i < MaxLinesBefore && cover <= MaxCover; i++)
        {
            if (At(lines, i, out var next) is { } letter)
            {
                var rest = text with { Content = text.Content[lines[next - 1].End..] };
                return rest.Letters > cover ? letter with { Text = rest } : null;
            }

            cover += lines[i].Text.Count(char.IsLetterOrDigit);
        }

        return null;
    }

    /// <summary>The name in "Name &lt;address&gt;", or null where there is only an address.</summary>
    public static string? NameOf(string? from)
    {
        if (from is null)
            return null;
        var open = from.IndexOf('<', StringComparison.Ordinal);
        var name = (open > 0 ? from[..open] : "").Trim().Trim('"', '\'', '*', '_').Trim();
        return name.Length > 0 ? name : null;
    }

    private static ForwardedLetter? At(List<Line> lines, int first, out int next)
    {
        next = first;
        if (Field(lines[first].Text) is not { } from || !HasAddress(from) || NameOf(from) is null)
            return null;
        Moment? date = null;
        string? subject = null;
        var fields = 1;
        for (next = first + 1; next < lines.Count && next < first + 8; next++)
        {
            if (lines[next].Text.Length == 0 && fields < 3)
                continue;
            if (Field(lines[next].Text) is not { } value)
                break;
            fields++;
            if (HasAddress(value))
                continue;
            if (date is null && WrittenTimes.Parse(value) is { } moment)
                date = moment;
            else
                subject ??= value.Trim('*', ' ');
        }

        while (next < lines.Count && next > first && lines[next - 1].Text.Length == 0)
            next--;
        return fields >= 3 && date is not null ? new ForwardedLetter(from, date, subject, new MailText("", false)) : null;
    }

    // The value behind a label: "De : ", "*From:*".
    private static string? Field(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon is < 1 or > MaxLabel || line.Length > MaxValue)
            return null;
        foreach (var c in line.AsSpan(0, colon))
        {
            if (!char.IsLetter(c) && c is not (' ' or '\u00A0' or '\u202F' or '*' or '-'))
                return null;
        }

        return line[(colon + 1)..].Trim(' ', '*', '\u00A0');
    }

    private static bool HasAddress(string value)
    {
        var at = value.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at + 1 < value.Length && char.IsLetterOrDigit(value[at - 1]) && char.IsLetterOrDigit(value[at + 1]);
    }

    private readonly record struct Line(string Text, int End);

    private static List<Line> PlainLines(string text)
    {
        var lines = new List<Line>();
        for (var at = 0; at < text.Length && lines.Count < MaxLinesBefore + 10;)
        {
            var end = text.IndexOf('\n', at);
            var stop = end < 0 ? text.Length : end;
            lines.Add(new Line(text[at..Math.Min(stop, at + MaxValue + 1)].Trim(), end < 0 ? stop : end + 1));
            at = stop + 1;
        }

        return lines;
    }

    // What stands on one line on the screen: inline markup is none, everything else breaks it.
    private static List<Line> HtmlLines(string html)
    {
        var lines = new List<Line>();
        var line = new StringBuilder();
        var scanner = new MarkupScanner(html);
        var skipped = false;
        while (lines.Count < MaxLinesBefore + 10 && scanner.Next(out var token))
        {
            var name = html[token.Name].ToLowerInvariant();
            if (token.Kind is MarkupKind.Start or MarkupKind.End && name is "style" or "script" or "title")
                skipped = token.Kind == MarkupKind.Start;
            else if (token.Kind == MarkupKind.Text && !skipped)
                line.Append(MarkupText.Decode(html[token.Start..token.End]).ReplaceLineEndings(" "));
            else if (token.Kind is MarkupKind.Start or MarkupKind.End or MarkupKind.Empty && name is not ("a" or "b" or "i" or "em" or "strong" or "span" or "font" or "u" or "o:p"))
            {
                if (!string.IsNullOrWhiteSpace(line.ToString()))
                    lines.Add(new Line(line.ToString().Trim(), token.Start));
                line.Clear();
            }
        }

        return lines;
    }
}
