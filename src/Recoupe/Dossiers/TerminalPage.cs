using System.Text;

namespace Recoupe.Dossiers;

/// <summary>How words look on a terminal that has colours.</summary>
internal enum TerminalStyle : byte
{
    Plain,
    Bold,
    Faint,

    /// <summary>Asks for attention.</summary>
    Alarm,

    /// <summary>The one accent colour.</summary>
    Accent,
}

/// <summary>Lines folded to a width, with styles where the terminal has colours.</summary>
/// <param name="output">Where to.</param>
/// <param name="width">Columns, at least 20.</param>
/// <param name="colours">Whether to write ANSI styles.</param>
internal sealed class TerminalPage(TextWriter output, int width, bool colours)
{
    private readonly StringBuilder _text = new();
    private readonly List<TerminalStyle> _styles = [];

    public int Width { get; } = Math.Max(20, width);

    /// <summary>Adds words to the paragraph at hand.</summary>
    public TerminalPage Add(string text, TerminalStyle style = TerminalStyle.Plain)
    {
        _text.Append(text);
        for (var i = 0; i < text.Length; i++)
            _styles.Add(style);
        return this;
    }

    /// <summary>Writes the paragraph at hand, folded, and begins the next one.</summary>
    /// <param name="first">What stands before its first line.</param>
    /// <param name="rest">How far its other lines are indented.</param>
    /// <param name="mostLines">At most so many lines; what is over is cut with an ellipsis.</param>
    public void Fold(string first = "", int rest = 0, int mostLines = int.MaxValue)
    {
        var text = _text.ToString();
        var lines = Break(text, Width - ShownText.Width(first), Width - rest).ToList();
        for (var i = 0; i < lines.Count && i < mostLines; i++)
        {
            output.Write(i == 0 ? first : new string(' ', rest));
            var cut = i == mostLines - 1 && lines.Count > mostLines;
            var line = lines[i];
            if (cut)
            {
                var columns = Width - (i == 0 ? ShownText.Width(first) : rest);
                while (line.End > line.Start && ShownText.Width(text.AsSpan(line.Start, line.End - line.Start)) > columns - 1)
                    line.End--;
                if (line.End > line.Start && char.IsHighSurrogate(text[line.End - 1]))
                    line.End--;
            }

            WriteStyled(text, line.Start, line.End);
            output.Write(cut ? "…\n" : "\n");
        }

        _text.Clear();
        _styles.Clear();
    }

    /// <summary>Writes an empty line.</summary>
    public void Gap() => output.Write('\n');

    /// <summary>Writes two paragraphs side by side.</summary>
    public void Columns(string left, string right, TerminalStyle style, string indent)
    {
        var column = (Width - indent.Length - 3) / 2;
        var lefts = Break(left, column, column).Select(line => left[line.Start..line.End]).ToList();
        var rights = Break(right, column, column).Select(line => right[line.Start..line.End]).ToList();
        for (var i = 0; i < Math.Max(lefts.Count, rights.Count); i++)
        {
            var cell = i < lefts.Count ? lefts[i] : "";
            output.Write(indent);
            Styled(cell, style);
            if (i < rights.Count)
            {
                output.Write(new string(' ', column - ShownText.Width(cell)));
                output.Write(" │ ");
                Styled(rights[i], style);
            }
            else
            {
                output.Write(new string(' ', column - ShownText.Width(cell)));
                output.Write(" │");
            }

            output.Write('\n');
        }
    }

    // Lines break at ordinary spaces only; a word longer than a line is cut.
    private static IEnumerable<(int Start, int End)> Break(string text, int first, int rest)
    {
        var start = 0;
        var columns = Math.Max(8, first);
        while (start < text.Length)
        {
            int end = start, space = -1, used = 0;
            while (end < text.Length)
            {
                Rune.DecodeFromUtf16(text.AsSpan(end), out var rune, out var units);
                used += ShownText.Width(rune);
                if (used > columns && text[end] != ' ')
                    break;
                if (text[end] == ' ')
                    space = end;
                end += units;
                if (used > columns)
                    break;
            }

            if (end >= text.Length)
            {
                yield return (start, text.Length);
                yield break;
            }

            var cut = space > start ? space : Math.Max(end, start + 1);
            yield return (start, cut);
            start = cut;
            while (start < text.Length && text[start] == ' ') start++;
            columns = Math.Max(8, rest);
        }
    }

    private void Styled(string text, TerminalStyle style)
    {
        output.Write(colours ? Code(style) + text + Reset(style) : text);
    }

    private void WriteStyled(string text, int start, int end)
    {
        if (!colours)
        {
            output.Write(text.AsSpan(start, end - start));
            return;
        }

        for (var i = start; i < end;)
        {
            var style = _styles[i];
            var stop = i;
            while (stop < end && _styles[stop] == style) stop++;
            Styled(text[i..stop], style);
            i = stop;
        }
    }

    private static string Code(TerminalStyle style) => style switch
    {
        TerminalStyle.Bold => "\e[1m",
        TerminalStyle.Faint => "\e[2m",
        TerminalStyle.Alarm => "\e[1;31m",
        TerminalStyle.Accent => "\e[36m",
        _ => "",
    };

    private static string Reset(TerminalStyle style) => style == TerminalStyle.Plain ? "" : "\e[0m";
}
