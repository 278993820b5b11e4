using System.Globalization;
using System.Text;

namespace Recoupe.Dossiers;

/// <summary>Makes words of others safe to show on one line, whatever they hold.</summary>
public static class ShownText
{
    /// <summary>
    /// <paramref name="text"/> on one line: white space folded, and what could command a terminal or turn the line's direction
    /// (controls, lone surrogates, bidirectional overrides) shown as U+FFFD.
    /// </summary>
    /// <param name="text">What is to be shown.</param>
    /// <param name="keepEnds">Whether a space at either end stays.</param>
    public static string Line(string text, bool keepEnds = false)
    {
        var line = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is ' ' or '\n' or '\r' or '\t' or '\u2028' or '\u2029' or '\u0085')
            {
                if (line.Length > 0 ? line[^1] != ' ' : keepEnds)
                    line.Append(' ');
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                line.Append(c).Append(text[++i]);
            }
            else
            {
                line.Append(IsUnsafe(c) ? '\uFFFD' : c);
            }
        }

        if (!keepEnds && line.Length > 0 && line[^1] == ' ')
            line.Length--;
        return line.ToString();
    }

    /// <summary>Whether a unit must not be passed on as it is: a control, a lone surrogate or a bidirectional override.</summary>
    public static bool IsUnsafe(char c) => c is < ' ' or (>= '\x7f' and <= '\x9f') or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')
        or '\ufffe' or '\uffff' || char.IsSurrogate(c);

    /// <summary>The columns that <paramref name="rune"/> takes on a terminal.</summary>
    public static int Width(Rune rune)
    {
        var value = rune.Value;
        if (value < 0x300)
            return 1;
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format)
            return 0;

        // East Asian Width "W" and "F" (Unicode Standard Annex 11), by block.
        return value is (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xf900 and <= 0xfaff)
            or (>= 0xfe30 and <= 0xfe6f) or (>= 0xff00 and <= 0xff60) or (>= 0xffe0 and <= 0xffe6) or (>= 0x1f300 and <= 0x1f64f)
            or (>= 0x1f900 and <= 0x1f9ff) or (>= 0x20000 and <= 0x3fffd) ? 2 : 1;
    }

    /// <summary>The columns that <paramref name="text"/> takes on a terminal.</summary>
    public static int Width(ReadOnlySpan<char> text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune);
        return width;
    }

    /// <summary>The first <paramref name="columns"/> columns of a line, cut at a word where one ends near, with an ellipsis; the line itself if it fits.</summary>
    public static string Cut(string line, int columns, string ellipsis)
    {
        if (Width(line) <= columns)
            return line;
        int width = Width(ellipsis), end = 0, space = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            width += Width(rune);
            if (width > columns)
                break;
            if (rune.Value == ' ')
                space = end;
            end += rune.Utf16SequenceLength;
        }

        return line[..(space > end * 2 / 3 ? space : end)].TrimEnd(' ', ',', ';', ':', '\u00a0') + ellipsis;
    }
}
