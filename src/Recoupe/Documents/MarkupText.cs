using System.Net;
using System.Text;

namespace Recoupe.Documents;

/// <summary>Text that is written as markup: references resolved, control characters left out, tags taken away.</summary>
internal static class MarkupText
{
    // A control character or a reference to one can be no text.
    private static readonly System.Buffers.SearchValues<char> Controls =
        System.Buffers.SearchValues.Create([.. Enumerable.Range(0, 0x20).Where(c => c is not (9 or 10 or 13)).Select(c => (char)c), '\x7F', '\uFFFE', '\uFFFF']);

    private static readonly string[] Formatting = ["a", "abbr", "b", "br", "cite", "em", "font", "i", "mark", "p", "q", "s", "small", "span", "strong", "sub", "sup", "u"];

    private static readonly string[] Written = ["a", "b", "blockquote", "br", "div", "em", "figure", "h1", "h2", "h3", "i", "img", "li", "p", "span", "strong", "ul"];

    /// <summary>The text with its references resolved once; a bare "&amp;" stays.</summary>
    public static string Decode(string text) => WithoutControls(text.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(text) : text);

    /// <summary>Whether a text holds control characters that no text has.</summary>
    public static bool HasControls(ReadOnlySpan<char> text) => text.ContainsAny(Controls);

    /// <summary>A title on one line: without tags, references resolved however often they were escaped.</summary>
    public static string Title(string text)
    {
        text = Resolved(WithoutTags(text, onlyPaired: false));
        return string.Join(' ', WithoutTags(text, onlyPaired: true).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)).Trim();
    }

    /// <summary>HTML that was escaped once too often, as HTML; any other text as it is.</summary>
    public static string Unescaped(string html) =>
        !html.Contains('<', StringComparison.Ordinal) && html.Contains("&lt;", StringComparison.Ordinal) && HasWrittenTag(html) ? Decode(html) : html;

    /// <summary>How many letters and digits stand outside of tags.</summary>
    public static int VisibleLength(string html)
    {
        var count = 0;
        var inRaw = false;
        var scanner = new MarkupScanner(html);
        while (scanner.Next(out var token))
        {
            if (token.Kind is MarkupKind.Start or MarkupKind.End)
                inRaw = token.Kind == MarkupKind.Start && html.AsSpan()[token.Name] is var name && (name.Equals("style", StringComparison.OrdinalIgnoreCase) || name.Equals("script", StringComparison.OrdinalIgnoreCase) || name.Equals("title", StringComparison.OrdinalIgnoreCase));
            else if (token.Kind is MarkupKind.Text or MarkupKind.Data && !inRaw)
                count += Letters(Decode(html[token.Start..token.End]));
        }

        return count;
    }

    private static int Letters(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c))
                count++;
        }

        return count;
    }

    /// <summary>The text without control characters.</summary>
    public static string WithoutControls(string text)
    {
        if (!HasControls(text))
            return text;
        var result = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!Controls.Contains(c))
                result.Append(c);
        }

        return result.ToString();
    }

    // Titles are escaped once by HTML and once by the feed; a careless writer escapes once more.
    private static string Resolved(string text)
    {
        for (var i = 0; i < 2 && HasReference(text); i++)
            text = Decode(text);
        return text;
    }

    private static bool HasReference(string text)
    {
        for (var at = text.IndexOf('&', StringComparison.Ordinal); at >= 0; at = text.IndexOf('&', at + 1))
        {
            var end = at + 1;
            while (end < text.Length && end - at < 12 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '#'))
                end++;
            if (end < text.Length && text[end] == ';' && end > at + 1)
                return true;
        }

        return false;
    }

    // "<p>" that stands there as "&lt;p&gt;" or "&lt;p class=".
    private static bool HasWrittenTag(string text)
    {
        for (var at = text.IndexOf("&lt;", StringComparison.Ordinal); at >= 0; at = text.IndexOf("&lt;", at + 4, StringComparison.Ordinal))
        {
            var end = at + 4;
            while (end < text.Length && end - at < 16 && char.IsAsciiLetterOrDigit(text[end]))
                end++;
            if (Array.IndexOf(Written, text[(at + 4)..end].ToLowerInvariant()) >= 0 && end < text.Length && text[end] is '&' or ' ' or '/')
                return true;
        }

        return false;
    }

    private static string WithoutTags(string text, bool onlyPaired)
    {
        if (!text.Contains('<', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        var scanner = new MarkupScanner(text);
        while (scanner.Next(out var token))
        {
            var keeps = token.Kind == MarkupKind.Text || onlyPaired && (token.Kind == MarkupKind.Other || !IsPaired(text, token));
            if (token.Kind == MarkupKind.Data)
                result.Append(text, token.Start + 9, Math.Max(0, token.End - token.Start - 12));
            else if (keeps)
                result.Append(text, token.Start, token.End - token.Start);
        }

        return result.ToString();
    }

    // "the <details> element" is about a tag; "<em>now</em>" is written with one.
    private static bool IsPaired(string text, MarkupToken token)
    {
        var name = text[token.Name].ToLowerInvariant();
        return Array.IndexOf(Formatting, name) >= 0 && text.Length < 4096
            && (name == "br" || text.Contains("</" + name, StringComparison.OrdinalIgnoreCase) && text.Contains("<" + name, StringComparison.OrdinalIgnoreCase));
    }
}
