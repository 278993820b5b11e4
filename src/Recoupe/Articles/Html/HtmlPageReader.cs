using System.Buffers;

using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens.Struct;
using AngleSharp.Text;

using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Reads a page in one pass over AngleSharp's tokens into a light structure: block elements as nodes, text between them as blocks.</summary>
/// <remarks>
/// Inline elements leave marks on the text instead of nodes. Elements that are left open close as HTML asks for where it matters to text
/// (paragraphs, list items, cells); depth is bounded, so that hostile nesting costs no more than its length.
/// </remarks>
internal sealed class HtmlPageReader
{
    private const int MaxDepth = 250;
    private const int MaxInline = 64;

    // Pages of news are below 2 MB; more is data.
    private const int MaxContent = 12 << 20;
    private const int MaxJsonLd = 2 << 20;
    private const int MaxTokens = 4_000_000;
    private const int MaxBlocks = 30_000;

    private readonly List<PageNode> _nodes = new(512);
    private readonly List<PageBlock> _blocks = new(512);
    private readonly List<PageLink> _links = new(256);
    private readonly List<PageMark> _marks = [];
    private readonly List<(string Name, string Content)> _metas = [];
    private readonly List<string> _jsonLd = [];
    private readonly List<string> _notes = [];
    private readonly int[] _stack = new int[MaxDepth];
    private readonly Inline[] _inline = new Inline[MaxInline];
    private int _inlineCount;
    private int _depth;
    private char[] _text;
    private int _length;
    private PageBlock _open;
    private bool _hasText;
    private bool _pendingSpace;
    private int _breaks;
    private int _skipped;
    private PageTag _skippedTag;
    private bool _cutDepth;
    private string? _title;
    private string? _canonical;
    private string? _language;

    private struct Inline
    {
        public PageTag Tag;
        public int Start;
        public string? Address;
        public Markup Markup;
        public PageMarkKind? Mark;
        public string? Value;
        public bool Sure;

        /// <summary>The block element that the mark is on, plus one; 0 for inline elements.</summary>
        public int Node;
        public int Depth;
    }

    private string? ScriptTime { get; set; }

    private HtmlPageReader(int length) => _text = ArrayPool<char>.Shared.Rent(Math.Max(256, length / 4));

    /// <summary>Reads a page. Never throws on foreign content.</summary>
    public static HtmlPage Read(string content)
    {
        var reader = new HtmlPageReader(Math.Min(content.Length, MaxContent));
        try
        {
            reader.ReadAll(content);
            return reader.ToPage();
        }
        finally
        {
            ArrayPool<char>.Shared.Return(reader._text);
        }
    }

    private HtmlPage ToPage() => new()
    {
        Text = _text.AsSpan(0, _length).ToArray(),
        Nodes = [.. _nodes],
        Blocks = [.. _blocks],
        Links = _links,
        Marks = _marks,
        Metas = _metas,
        JsonLd = _jsonLd,
        Title = _title,
        Canonical = _canonical,
        Language = _language,
        ScriptTime = ScriptTime,
        Notes = _notes,
    };

    private void ReadAll(string content)
    {
        var memory = content.AsMemory();
        if (content.Length > MaxContent)
        {
            memory = memory[..MaxContent];
            _notes.Add($"the page is longer than {MaxContent >> 20} million characters: the rest was left out");
        }

        using var source = new TextSource(new ReadOnlyMemoryTextSource(memory));
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver)
        {
            SkipComments = true,
            SkipProcessingInstructions = true,
            ShouldEmitAttribute = static (ref _, name) => IsWanted(name.Span),
        };
        Push(PageTag.Body, default, default, false, 0);
        string? raw = null;
        for (var tokens = 0; ; tokens++)
        {
            ref var token = ref tokenizer.GetStructToken();
            if (token.Type == HtmlTokenType.EndOfFile)
                break;
            if (tokens > MaxTokens || _blocks.Count > MaxBlocks)
            {
                _notes.Add("the page has too many elements: the rest was left out");
                break;
            }

            switch (token.Type)
            {
                case HtmlTokenType.StartTag:
                    raw = Start(ref token, tokenizer);
                    break;
                case HtmlTokenType.EndTag:
                    End(PageTags.Of(token.Name.Memory.Span));
                    raw = null;
                    break;
                case HtmlTokenType.Character:
                    if (raw is not null)
                        Raw(raw, token.Data.Memory.Span);
                    else if (_skipped == 0)
                        AddText(token.Data.Memory.Span, token.Position.Index, source.Index);
                    break;
            }
        }

        Flush();
        while (_depth > 0)
            Pop();
        if (_cutDepth)
            _notes.Add($"elements nested deeper than {MaxDepth} were taken as if they were not nested");
    }

    private static bool IsWanted(ReadOnlySpan<char> name) => name is "class" or "id" or "href" or "content" or "name" or "property" or "rel" or "itemprop" or "type"
        or "datetime" or "lang" or "style" or "hidden" or "aria-hidden" or "role" or "data-testid" or "data-component" or "pubdate" or "aria-label" or "data-type" or "title";

    // Gives how the raw text that follows is to be taken, or null.
    private string? Start(ref StructHtmlToken token, HtmlTokenizer tokenizer)
    {
        var tag = PageTags.Of(token.Name.Memory.Span);
        switch (tag)
        {
            case PageTag.Script:
                tokenizer.State = HtmlParseMode.Script;
                return Attribute(ref token, "type").Contains("ld+json", StringComparison.OrdinalIgnoreCase) ? "json" : "";
            case PageTag.Style:
                tokenizer.State = HtmlParseMode.Rawtext;
                return "";
            case PageTag.TextArea:
                tokenizer.State = HtmlParseMode.RCData;
                return "";
            case PageTag.Title when _skipped == 0:
                tokenizer.State = HtmlParseMode.RCData;
                return "title";
            case PageTag.Meta:
                AddMeta(ref token);
                return null;
            case PageTag.Link:
                if (_canonical is null && Attribute(ref token, "rel").Equals("canonical", StringComparison.OrdinalIgnoreCase))
                    _canonical = Attribute(ref token, "href").Trim().ToString();
                return null;
            case PageTag.Html:
                if (_language is null && Attribute(ref token, "lang") is { IsEmpty: false } language)
                    _language = language.ToString();
                return null;
            case PageTag.Body or PageTag.Base:
                return null;
        }

        if (_skipped > 0)
        {
            if (tag == _skippedTag && !token.IsSelfClosing)
                _skipped++;
            return null;
        }

        if (tag == PageTag.Skipped)
        {
            if (!token.IsSelfClosing && !IsVoidSkipped(token.Name.Memory.Span))
            {
                _skipped = 1;
                _skippedTag = tag;
            }

            return null;
        }

        switch (tag)
        {
            case PageTag.Br:
                _breaks++;
                if (_breaks >= 2)
                    Flush();
                return null;
            case PageTag.Img:
                return null;
            case PageTag.Hr:
                CloseParagraph();
                Flush();
                return null;
        }

        if (PageTags.IsBlock(tag))
            StartBlock(tag, ref token);
        else if (!IsVoid(token.Name.Memory.Span) && !token.IsSelfClosing)
            StartInline(tag, ref token);
        else
            VoidMark(ref token);
        return null;
    }

    private static bool IsVoidSkipped(ReadOnlySpan<char> name) => false;

    private static bool IsVoid(ReadOnlySpan<char> name) => name is "input" or "area" or "col" or "embed" or "param" or "source" or "track" or "wbr" or "keygen" or "basefont" or "bgsound" or "frame";

    private void StartBlock(PageTag tag, ref StructHtmlToken token)
    {
        Flush();
        Close(tag);
        var markup = Markup.None;
        var shape = (ulong)tag;
        var body = false;
        var hidden = false;
        PageMarkKind? mark = null;
        var sure = false;
        string? value = null;
        string? title = null;
        for (var i = 0; i < token.Attributes.Count; i++)
        {
            var attribute = token.Attributes[i];
            var content = attribute.Value.Memory.Span;
            switch (attribute.Name.Memory.Span)
            {
                case "class":
                    markup |= MarkupWords.Of(content);
                    shape = TextHash.Combine(shape, TextHash.Of(content.Length > 200 ? content[..200] : content));
                    break;
                case "id" or "role" or "data-testid" or "data-component" or "aria-label" or "data-type":
                    markup |= MarkupWords.Of(content);
                    break;
                case "itemprop":
                    body |= content.Contains("articleBody", StringComparison.OrdinalIgnoreCase) || content.Equals("reviewBody", StringComparison.OrdinalIgnoreCase);
                    (mark, sure) = Property(content, mark, sure);
                    break;
                case "rel" when content.Contains("author", StringComparison.OrdinalIgnoreCase):
                    (mark, sure) = (PageMarkKind.Author, true);
                    break;
                case "content" or "datetime":
                    value = content.ToString();
                    break;
                case "property":
                    (mark, sure) = Property(content, mark, sure);
                    break;
                case "title" when content.Length is >= 8 and <= 60:
                    title = content.ToString();
                    break;
                case "style":
                    hidden |= IsHiding(content);
                    break;
                case "hidden":
                    hidden = true;
                    break;
                case "aria-hidden" when content is "true":
                    markup |= Markup.Unseen;
                    break;
            }
        }

        if (hidden)
            markup |= Markup.Unseen;
        if (hidden && tag is not (PageTag.P or PageTag.Body))
            markup |= Markup.Hidden;
        Push(tag, markup, shape, body, 0);
        if (mark is { } kind)
            OpenInline(new Inline { Tag = tag, Start = _length, Mark = kind, Sure = sure, Value = value ?? title, Node = _nodes.Count });
    }

    private static bool IsHiding(ReadOnlySpan<char> style) =>
        style.Contains("display:none", StringComparison.OrdinalIgnoreCase) || style.Contains("display: none", StringComparison.OrdinalIgnoreCase)
        || style.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase);

    private void StartInline(PageTag tag, ref StructHtmlToken token)
    {
        var inline = new Inline { Tag = tag, Start = _length, Depth = _depth };
        if (tag == PageTag.Time)
            inline.Mark = PageMarkKind.Time;
        string? title = null;
        for (var i = 0; i < token.Attributes.Count; i++)
        {
            var attribute = token.Attributes[i];
            var content = attribute.Value.Memory.Span;
            switch (attribute.Name.Memory.Span)
            {
                case "href" when tag == PageTag.A:
                    inline.Address = content.ToString();
                    break;
                case "class" or "id" or "data-testid" or "data-component":
                    inline.Markup |= MarkupWords.Of(content);
                    break;
                case "rel" when content.Contains("author", StringComparison.OrdinalIgnoreCase):
                    (inline.Mark, inline.Sure) = (PageMarkKind.Author, true);
                    break;
                case "itemprop" or "property":
                    (inline.Mark, inline.Sure) = Property(content, inline.Mark, inline.Sure);
                    break;
                case "title" when content.Length is >= 8 and <= 60 && content.ContainsAnyInRange('0', '9'):
                    title = content.ToString();
                    break;
                case "pubdate":
                    (inline.Mark, inline.Sure) = (PageMarkKind.Published, true);
                    break;
                case "datetime" or "content":
                    inline.Value = content.ToString();
                    break;
                case "style" when IsHiding(content):
                    inline.Markup |= Markup.Hidden;
                    break;
            }
        }

        // "<abbr class=published title=2019-10-16T14:33>"
        inline.Value ??= title;
        if (title is not null && inline.Mark is null && (inline.Markup & Markup.Date) != Markup.None)
            inline.Mark = PageMarkKind.Time;
        if (tag == PageTag.A && _inlineCount > 0)
            CloseInline(PageTag.A);
        OpenInline(inline);
    }

    // "<meta itemprop=datePublished content=…>" stands in the head's list; other void elements carry nothing.
    private static void VoidMark(ref StructHtmlToken token)
    {
    }

    private static (PageMarkKind? Mark, bool Sure) Property(ReadOnlySpan<char> value, PageMarkKind? mark, bool sure)
    {
        foreach (var range in value.Split(' '))
        {
            PageMarkKind? kind = value[range] switch
            {
                "author" => PageMarkKind.Author,
                "datePublished" or "dateCreated" or "schema:datePublished" or "schema:dateCreated" or "dc:date" or "dc:created" or "article:published_time" => PageMarkKind.Published,
                "dateModified" => PageMarkKind.Modified,
                "headline" => PageMarkKind.Headline,
                "publisher" => PageMarkKind.Publisher,
                _ => null,
            };
            if (kind is not null)
                return (kind, true);
        }

        return (mark, sure);
    }

    private void OpenInline(Inline inline)
    {
        if (_inlineCount < MaxInline)
            _inline[_inlineCount++] = inline;
    }

    private void End(PageTag tag)
    {
        if (_skipped > 0)
        {
            if (tag == _skippedTag)
                _skipped--;
            return;
        }

        if (tag is PageTag.Body or PageTag.Html or PageTag.Br)
            return;
        if (PageTags.IsBlock(tag))
        {
            // An end tag closes up to its element, unless a table's cell lies between.
            for (var i = _depth - 1; i > 0; i--)
            {
                var open = _nodes[_stack[i]].Tag;
                if (open == tag || PageTags.IsHeading(open) && PageTags.IsHeading(tag))
                {
                    Flush();
                    while (_depth > i)
                        Pop();
                    return;
                }

                if (PageTags.IsBarrier(open) && tag is not (PageTag.Table or PageTag.Tr or PageTag.Tbody or PageTag.Td or PageTag.Th))
                    break;
                if (open == PageTag.Table)
                    break;
            }

            Flush();
            return;
        }

        CloseInline(tag);
    }

    private void CloseInline(PageTag tag)
    {
        for (var i = _inlineCount - 1; i >= 0; i--)
        {
            if (_inline[i].Tag != tag || _inline[i].Node > 0)
                continue;
            Finish(_inline[i]);
            Array.Copy(_inline, i + 1, _inline, i, _inlineCount - i - 1);
            _inlineCount--;
            return;
        }
    }

    private void Finish(in Inline inline)
    {
        var start = inline.Start;
        if (start < _length && _text[start] == ' ')
            start++;
        if (inline.Address is { } address && start < _length && _links.Count < 100_000)
            _links.Add(new PageLink(start, _length, address));
        if (inline.Mark is { } kind && (start < _length || inline.Value is not null) && _marks.Count < 10_000)
            _marks.Add(new PageMark(kind, start, _length, inline.Value, inline.Sure));
        else if ((inline.Markup & Markup.Author) != Markup.None && start < _length && _length - start < 200 && _marks.Count < 10_000)
            _marks.Add(new PageMark(PageMarkKind.Author, start, _length, null, false));
    }

    // What the start of an element closes: an open paragraph, the item, cell or row before it.
    private void Close(PageTag tag)
    {
        if (tag is PageTag.Li)
            CloseUpTo(PageTag.Li, PageTag.Ul, PageTag.Ol);
        else if (tag is PageTag.Dt or PageTag.Dd)
        {
            CloseUpTo(PageTag.Dt, PageTag.Dl, PageTag.Dl);
            CloseUpTo(PageTag.Dd, PageTag.Dl, PageTag.Dl);
        }
        else if (tag is PageTag.Td or PageTag.Th)
        {
            CloseUpTo(PageTag.Td, PageTag.Tr, PageTag.Table);
            CloseUpTo(PageTag.Th, PageTag.Tr, PageTag.Table);
        }
        else if (tag is PageTag.Tr)
            CloseUpTo(PageTag.Tr, PageTag.Tbody, PageTag.Table);
        else if (tag is PageTag.Tbody)
            CloseUpTo(PageTag.Tbody, PageTag.Table, PageTag.Table);
        CloseParagraph();
        if (PageTags.IsHeading(tag) && _depth > 1 && PageTags.IsHeading(_nodes[_stack[_depth - 1]].Tag))
            Pop();
    }

    private void CloseParagraph()
    {
        if (_depth > 1 && _nodes[_stack[_depth - 1]].Tag == PageTag.P)
        {
            Flush();
            Pop();
        }
    }

    private void CloseUpTo(PageTag tag, PageTag within, PageTag or)
    {
        for (var i = _depth - 1; i > 0 && i > _depth - 12; i--)
        {
            var open = _nodes[_stack[i]].Tag;
            if (open == within || open == or)
                return;
            if (open != tag)
                continue;
            while (_depth > i)
                Pop();
            return;
        }
    }

    private void Push(PageTag tag, Markup markup, ulong shape, bool body, int start)
    {
        if (_depth >= MaxDepth)
        {
            _cutDepth = true;
            return;
        }

        var parent = _depth > 0 ? _stack[_depth - 1] : -1;
        var node = new PageNode
        {
            Tag = tag,
            Parent = parent,
            Depth = (short)_depth,
            Markup = markup,
            Around = markup | (parent < 0 ? Markup.None : _nodes[parent].Around),
            TagsAround = 1UL << (int)tag | (parent < 0 ? 0 : _nodes[parent].TagsAround),
            FirstBlock = _blocks.Count,
            IsArticleBody = body || parent >= 0 && _nodes[parent].IsArticleBody,
            Shape = shape,
        };
        _stack[_depth++] = _nodes.Count;
        _nodes.Add(node);
    }

    private void Pop()
    {
        var index = _stack[--_depth];
        var node = _nodes[index];
        node.EndBlock = _blocks.Count;
        _nodes[index] = node;
        // Marks on this element, and inline elements left open in it, end with it.
        while (_inlineCount > 0 && (_inline[_inlineCount - 1].Node == index + 1 || _inline[_inlineCount - 1].Node == 0 && _inline[_inlineCount - 1].Depth > _depth))
            Finish(_inline[--_inlineCount]);
    }

    private void Raw(string kind, ReadOnlySpan<char> data)
    {
        if (kind.Length == 0 && ScriptTime is null)
            ScriptTime = PageTimes.InScript(data);
        if (kind == "json" && data.Length < MaxJsonLd && _jsonLd.Count < 64)
            _jsonLd.Add(data.ToString());
        else if (kind == "title" && _title is null && data.Length < 4096)
            _title = Collapse(data);
    }

    private void AddMeta(ref StructHtmlToken token)
    {
        ReadOnlySpan<char> name = default, content = default;
        for (var i = 0; i < token.Attributes.Count; i++)
        {
            var attribute = token.Attributes[i];
            var value = attribute.Value.Memory.Span;
            switch (attribute.Name.Memory.Span)
            {
                case "name" or "property" or "itemprop" when name.IsEmpty:
                    name = value;
                    break;
                case "content":
                    content = value;
                    break;
            }
        }

        if (!name.IsEmpty && !content.IsEmpty && name.Length < 80 && content.Length < 8192 && _metas.Count < 500)
            _metas.Add((name.ToString().ToLowerInvariant(), content.Trim().ToString()));
    }

    private static ReadOnlySpan<char> Attribute(ref StructHtmlToken token, string name)
    {
        for (var i = 0; i < token.Attributes.Count; i++)
        {
            if (token.Attributes[i].Name.Memory.Span.SequenceEqual(name))
                return token.Attributes[i].Value.Memory.Span;
        }

        return default;
    }

    private void AddText(ReadOnlySpan<char> data, int position, int end)
    {
        var link = false;
        var emphasis = false;
        var markup = Markup.None;
        for (var i = 0; i < _inlineCount; i++)
        {
            link |= _inline[i].Address is not null;
            emphasis |= _inline[i].Tag is PageTag.Strong or PageTag.Em;
            markup |= _inline[i].Markup;
        }

        // A class that names more than hiding hides something else ("field-date label-hidden").
        if (markup == Markup.Hidden)
            return;
        Grow(data.Length + 2);
        var started = _hasText;
        var before = _length;
        for (var i = 0; i < data.Length; i++)
        {
            var c = data[i];
            if (c is ' ' or '\n' or '\t' or '\r' or '\f' or '\u00AD' or '\u200B' or '\u2060' or '\uFEFF')
            {
                if (c <= ' ')
                    _pendingSpace = true;
                continue;
            }

            if (!_hasText)
            {
                _hasText = true;
                _open = new PageBlock { Start = _length, Node = _stack[_depth - 1], SourceStart = Math.Min(position + i, end) };
                before = _length;
            }
            else if (_breaks > 0)
            {
                _text[_length++] = '\n';
            }
            else if (_pendingSpace)
            {
                _text[_length++] = ' ';
            }

            _breaks = 0;
            _pendingSpace = false;
            _text[_length++] = c;
        }

        if (!_hasText || _length == before)
            return;
        _open.SourceEnd = end;
        _open.Inline |= markup;
        if (link)
            _open.LinkChars += _length - before;
        if (emphasis)
            _open.EmphasisChars += _length - before;
    }

    private void Grow(int more)
    {
        if (_length + more <= _text.Length)
            return;
        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_text.Length * 2, _length + more));
        _text.AsSpan(0, _length).CopyTo(larger);
        ArrayPool<char>.Shared.Return(_text);
        _text = larger;
    }

    private void Flush()
    {
        _breaks = 0;
        _pendingSpace = false;
        if (!_hasText)
            return;
        _open.End = _length;
        _blocks.Add(_open);
        _hasText = false;
    }

    private static string Collapse(ReadOnlySpan<char> text) => string.Join(' ', text.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
