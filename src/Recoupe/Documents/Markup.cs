namespace Recoupe.Documents;

/// <summary>What a stretch of markup is.</summary>
internal enum MarkupKind
{
    Text,

    /// <summary>What stands in <c>&lt;![CDATA[</c> … <c>]]&gt;</c>.</summary>
    Data,

    Start,

    /// <summary>An element that is start and end in one.</summary>
    Empty,

    End,

    /// <summary>A comment, a processing instruction, a document type.</summary>
    Other,
}

/// <summary>A stretch of markup, as offsets into the source.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Behind its last character.</param>
/// <param name="Name">Start and end tags: the name with its prefix; else empty.</param>
internal readonly record struct MarkupToken(MarkupKind Kind, int Start, int End, Range Name);

/// <summary>Cuts markup that may be no well-formed XML into tags and text: whatever the source holds, every character belongs to one token.</summary>
/// <remarks>One pass, never back: a tag, comment or section without end reaches to the end of the source.</remarks>
internal struct MarkupScanner(string source)
{
    private int _at;

    /// <summary>The next token; false at the end.</summary>
    public bool Next(out MarkupToken token)
    {
        token = default;
        if (_at >= source.Length)
            return false;
        var start = _at;
        if (source[start] == '<' && Tag(start) is { } tag)
        {
            token = tag;
            _at = tag.End;
            return true;
        }

        // A "<" that opens nothing is text.
        var next = start + 1;
        while ((next = source.IndexOf('<', Math.Min(next, source.Length))) >= 0 && !Opens(next))
            next++;
        _at = next < 0 ? source.Length : next;
        token = new MarkupToken(MarkupKind.Text, start, _at, default);
        return true;
    }

    /// <summary>The value of an attribute of a start tag, as it is written, or null.</summary>
    /// <param name="source">The source of the tag.</param>
    /// <param name="tag">The tag.</param>
    /// <param name="name">The attribute's name with its prefix.</param>
    public static string? Attribute(string source, MarkupToken tag, string name)
    {
        foreach (var (key, value) in Attributes(source, tag))
        {
            if (source.AsSpan()[key].SequenceEqual(name))
                return source[value];
        }

        return null;
    }

    /// <summary>The names and values of a start tag's attributes, as they are written.</summary>
    public static IEnumerable<(Range Name, Range Value)> Attributes(string source, MarkupToken tag)
    {
        var end = tag.End;
        for (var i = tag.Name.End.Value; i < end;)
        {
            while (i < end && !IsName(source[i]))
                i++;
            var start = i;
            while (i < end && IsName(source[i]))
                i++;
            var name = start..i;
            while (i < end && char.IsWhiteSpace(source[i]))
                i++;
            if (i >= end || source[i] != '=')
                continue;
            i++;
            while (i < end && char.IsWhiteSpace(source[i]))
                i++;
            if (i >= end)
                yield break;
            var quote = source[i] is '"' or '\'' ? source[i] : '\0';
            var from = quote == '\0' ? i : i + 1;
            var to = from;
            while (to < end && (quote == '\0' ? !char.IsWhiteSpace(source[to]) && source[to] != '>' : source[to] != quote))
                to++;
            yield return (name, from..to);
            i = to + 1;
        }
    }

    private readonly bool Opens(int at) => at + 1 < source.Length && (source[at + 1] is '/' or '!' or '?' || char.IsAsciiLetter(source[at + 1]));

    private readonly MarkupToken? Tag(int start)
    {
        if (!Opens(start))
            return null;
        var rest = source.AsSpan(start);
        if (rest.StartsWith("<!--"))
            return Until(start, 4, "-->", MarkupKind.Other);
        if (rest.StartsWith("<![CDATA["))
            return Until(start, 9, "]]>", MarkupKind.Data);
        if (rest[1] == '?')
            return Until(start, 2, ">", MarkupKind.Other);
        if (rest[1] == '!')
            return DocumentType(start);
        var name = rest[1] == '/' ? start + 2 : start + 1;
        var nameEnd = name;
        while (nameEnd < source.Length && IsName(source[nameEnd]))
            nameEnd++;
        var end = TagEnd(nameEnd);
        var kind = rest[1] == '/' ? MarkupKind.End : source[end - 1] == '>' && source[end - 2] == '/' ? MarkupKind.Empty : MarkupKind.Start;
        return new MarkupToken(kind, start, end, name..nameEnd);
    }

    private readonly MarkupToken Until(int start, int skip, string mark, MarkupKind kind)
    {
        var end = source.IndexOf(mark, Math.Min(source.Length, start + skip), StringComparison.Ordinal);
        return new MarkupToken(kind, start, end < 0 ? source.Length : end + mark.Length, default);
    }

    private readonly MarkupToken DocumentType(int start)
    {
        var brackets = 0;
        for (var i = start; i < source.Length; i++)
        {
            if (source[i] == '[')
                brackets++;
            else if (source[i] == ']')
                brackets--;
            else if (source[i] == '>' && brackets <= 0)
                return new MarkupToken(MarkupKind.Other, start, i + 1, default);
        }

        return new MarkupToken(MarkupKind.Other, start, source.Length, default);
    }

    // Behind the ">" that is not in quotation marks. A "<" ends a tag that was left open, in a value too: XML has none there.
    private readonly int TagEnd(int at)
    {
        var quote = '\0';
        for (var i = at; i < source.Length; i++)
        {
            var c = source[i];
            if (c == '<')
                return i;
            if (quote != '\0')
                quote = c == quote ? '\0' : quote;
            else if (c is '"' or '\'' && source[i - 1] is '=' or ' ')
                quote = c;
            else if (c == '>')
                return i + 1;
        }

        return source.Length;
    }

    private static bool IsName(char c) => char.IsLetterOrDigit(c) || c is ':' or '-' or '_' or '.';
}
