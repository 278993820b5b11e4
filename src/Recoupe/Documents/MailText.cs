using System.Net;
using System.Text;

namespace Recoupe.Documents;

/// <summary>The text of a mail, put together from its parts in their order.</summary>
/// <param name="Content">Text or HTML.</param>
/// <param name="IsHtml">Which of them.</param>
internal sealed record MailText(string Content, bool IsHtml)
{
    /// <summary>How many letters and digits a reader sees.</summary>
    public int Letters { get; } = IsHtml ? MarkupText.VisibleLength(Content) : Content.Count(char.IsLetterOrDigit);

    /// <summary>The text, or null where no part holds any.</summary>
    public static MailText? Of(MailPart mail, List<string> notes)
    {
        var texts = new List<MailText>();
        Collect(mail, texts, notes);
        return Join(texts);
    }

    private static void Collect(MailPart part, List<MailText> texts, List<string> notes)
    {
        if (part.Media == "message/rfc822")
            return;
        if (part.Media == "multipart/alternative")
        {
            if (Choose(part, notes) is { } chosen)
                texts.Add(chosen);
            return;
        }

        foreach (var inner in part.Parts)
            Collect(inner, texts, notes);
        if (part.Parts.Count > 0 || part.IsAttachment || part.Media is not ("text/html" or "text/plain" or "text"))
            return;
        var text = new MailText(TextDecoder.Decode(part.Content, part.Charset, notes), part.Media == "text/html");
        if (text.Letters > 0)
            texts.Add(text);
    }

    // HTML carries headings and links; plain text where there is none, or where it holds nothing.
    private static MailText? Choose(MailPart alternative, List<string> notes)
    {
        MailText? best = null;
        foreach (var part in alternative.Parts)
        {
            var own = new List<string>();
            var texts = new List<MailText>();
            Collect(part, texts, own);
            if (Join(texts) is not { } text || best is not null && (best.IsHtml || !text.IsHtml) && best.Letters * 2 >= text.Letters)
                continue;
            best = text;
            notes.AddRange(own);
        }

        return best;
    }

    private static MailText? Join(List<MailText> texts)
    {
        if (texts.Count <= 1)
            return texts.Count == 0 ? null : texts[0];
        if (texts.TrueForAll(text => !text.IsHtml))
            return new MailText(string.Join("\n\n", texts.Select(text => text.Content)), IsHtml: false);
        var result = new StringBuilder();
        foreach (var text in texts)
            result.Append(text.IsHtml ? text.Content : Paragraphs(text.Content)).Append('\n');
        return new MailText(result.ToString(), IsHtml: true);
    }

    private static string Paragraphs(string text) =>
        string.Concat(text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => $"<p>{WebUtility.HtmlEncode(paragraph)}</p>\n"));
}
