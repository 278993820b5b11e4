using System.Text;

namespace Recoupe.Documents;

/// <summary>The vocabulary that an element of a feed belongs to.</summary>
internal enum FeedVocabulary
{
    /// <summary>RSS and Atom themselves, in any version.</summary>
    Feed,

    /// <summary>RSS's module for the full content.</summary>
    Content,

    DublinCore,
    Media,
    Podcast,
    Xhtml,
    Other,
}

/// <summary>What one child element of a feed or an entry holds.</summary>
/// <param name="Text">Its content: text with references resolved once, or markup where it holds elements.</param>
/// <param name="Type">Atom's <c>type</c>; null where there is none.</param>
/// <param name="Language">Its <c>xml:lang</c>, or null.</param>
/// <param name="Base">The address that its relative links refer to, or null.</param>
internal sealed record FeedValue(string Text, string? Type, string? Language, string? Base);

/// <summary>A feed's own elements, or an entry's.</summary>
internal sealed class FeedElements
{
    private readonly Dictionary<(FeedVocabulary, string), List<FeedValue>> _values = [];

    /// <summary>Whether the source holds its end.</summary>
    public bool IsWhole { get; set; } = true;

    public string? Language { get; set; }

    /// <summary>The address that the relative links of this element refer to, or null.</summary>
    public string? Base { get; set; }

    /// <summary>Atom's link to the page, or null.</summary>
    public string? Link { get; set; }

    /// <summary>Whether its guid is no address although it looks like one.</summary>
    public bool GuidIsNoAddress { get; set; }

    /// <summary>The feed that an entry was taken over from (atom:source), or null.</summary>
    public FeedElements? Source { get; set; }

    /// <summary>What had to be repaired in it, in words; ordered as met.</summary>
    public List<string> Repairs { get; } = [];

    public void Add(FeedVocabulary vocabulary, string name, FeedValue value)
    {
        if (!_values.TryGetValue((vocabulary, name), out var list))
            _values.Add((vocabulary, name), list = []);
        if (list.Count < 100)
            list.Add(value);
    }

    public IReadOnlyList<FeedValue> All(FeedVocabulary vocabulary, string name) => _values.TryGetValue((vocabulary, name), out var list) ? list : [];

    /// <summary>The first filled value of the first of these names that has one.</summary>
    public FeedValue? First(FeedVocabulary vocabulary, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var value in All(vocabulary, name))
            {
                if (!string.IsNullOrWhiteSpace(value.Text))
                    return value;
            }
        }

        return null;
    }

    public void Repaired(string what)
    {
        if (Repairs.Count < 5 && !Repairs.Contains(what))
            Repairs.Add(what);
    }
}

/// <summary>Takes a feed apart into its own elements and its entries' whatever state it is in.</summary>
internal sealed class FeedParser(string source)
{
    private const int MaxDepth = 128;

    private readonly List<Open> _open = [];
    private readonly Dictionary<string, FeedVocabulary> _prefixes = new(StringComparer.Ordinal)
    {
        [""] = FeedVocabulary.Feed, ["atom"] = FeedVocabulary.Feed, ["rss"] = FeedVocabulary.Feed, ["content"] = FeedVocabulary.Content,
        ["dc"] = FeedVocabulary.DublinCore, ["dcterms"] = FeedVocabulary.DublinCore, ["media"] = FeedVocabulary.Media, ["itunes"] = FeedVocabulary.Podcast,
    };

    private readonly HashSet<string> _declared = new(StringComparer.Ordinal) { "", "xml", "rdf" };
    private MarkupScanner _scanner = new(source);
    private FeedElements? _entry;
    private int _entryAt;
    private FeedElements? _ready;
    private bool _hasDocumentType;

    // The element whose content is being taken: its tags are the content's, not the feed's.
    private int _taking = -1;

    /// <summary>What the feed says of itself, as far as it was read.</summary>
    public FeedElements Feed { get; } = new();

    /// <summary>The next entry, or null at the end.</summary>
    public FeedElements? Next()
    {
        while (_ready is null && _scanner.Next(out var token))
        {
            switch (token.Kind)
            {
                case MarkupKind.Start or MarkupKind.Empty:
                    OnStart(token);
                    break;
                case MarkupKind.End:
                    OnEnd(token);
                    break;
                case MarkupKind.Other when source.AsSpan(token.Start).StartsWith("<!DOCTYPE", StringComparison.OrdinalIgnoreCase):
                    _hasDocumentType = true;
                    break;
                default:
                    OnText(token);
                    break;
            }
        }

        if (_ready is null && _entry is not null)
        {
            _entry.IsWhole = false;
            (_ready, _entry) = (_entry, null);
        }

        (var entry, _ready) = (_ready, null);
        return entry;
    }

    private FeedElements Around => _open.FindLast(open => open.Holder is not null)?.Holder ?? _entry ?? Feed;

    private void OnStart(MarkupToken token)
    {
        Declare(token);
        var (vocabulary, name) = Resolve(token);
        var isEntry = vocabulary == FeedVocabulary.Feed && name is "item" or "entry";
        if (isEntry && (_taking < 0 || _entry is not null && _entryAt < _open.Count && name == _open[_entryAt].Name))
            StartEntry(token);
        var parent = _open.Count > 0 ? _open[^1] : null;
        if (_taking >= 0)
            _open[_taking].HasElements = true;
        else if (vocabulary == FeedVocabulary.Feed && name == "link" && MarkupScanner.Attribute(source, token, "href") is { } address
            && MarkupScanner.Attribute(source, token, "rel") is null or "alternate")
            Around.Link ??= Absolute(MarkupText.Decode(address), BaseOf(token));
        if (token.Kind == MarkupKind.Empty || _open.Count >= MaxDepth)
            return;
        var open = new Open(vocabulary, name, source[token.Name], token)
        {
            Base = BaseOf(token),
            Language = Language(token) ?? parent?.Language,
            Holder = _taking >= 0 ? null : isEntry ? _entry : HolderOf(vocabulary, name, token),
        };
        _open.Add(open);
        if (_taking < 0 && IsTaken(open, parent))
            _taking = _open.Count - 1;
    }

    private void StartEntry(MarkupToken token)
    {
        // An entry that was left open ends where the next begins.
        if (_entry is not null)
        {
            _entry.Repaired("an entry without its end");
            CloseTo(_entryAt, token.Start);
            (_ready, _entry) = (_entry, null);
        }

        if (token.Kind == MarkupKind.Empty)
            return;
        _entryAt = _open.Count;
        _entry = new FeedElements { Language = Language(token), Base = BaseOf(token) };
    }

    private FeedElements? HolderOf(FeedVocabulary vocabulary, string name, MarkupToken token)
    {
        if (vocabulary != FeedVocabulary.Feed)
            return null;
        if (name is "channel" or "feed" or "rss")
        {
            Feed.Language ??= Language(token);
            Feed.Base ??= BaseOf(token);
            return Feed;
        }

        // RSS's source is text, Atom's holds the other feed's own elements.
        return name == "source" && _entry is not null && MarkupScanner.Attribute(source, token, "url") is null ? _entry.Source ??= new FeedElements { Base = BaseOf(token) } : null;
    }

    private static bool IsTaken(Open open, Open? parent)
    {
        if (open.Holder is not null && open.Name != "source")
            return false;
        if (parent is null || open.Name is "author" or "image" or "textinput" or "textInput" or "items" || open is { Vocabulary: FeedVocabulary.Media, Name: "group" or "content" })
            return false;
        // Children of the entry, the feed or the source; what media groups and authors hold.
        return parent.Holder is not null && open.Holder is null || parent.Name == "author" && open.Name is "name" || parent is { Vocabulary: FeedVocabulary.Media, Name: "group" or "content" };
    }

    private void OnEnd(MarkupToken token)
    {
        var name = source.AsSpan()[token.Name];
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (!name.SequenceEqual(_open[i].Written))
                continue;
            // What is taken holds markup of its own: an end of its outside is its end only where the feed's elements end.
            if (i < _open.Count - 1)
                (_entry ?? Feed).Repaired(_taking >= 0 && i >= _taking ? "markup that is not escaped" : "elements without their end");
            CloseTo(i, token.Start);
            if (i == _entryAt && _entry is not null)
                (_ready, _entry) = (_entry, null);
            return;
        }
    }

    // Ends all elements from the index on.
    private void CloseTo(int index, int end)
    {
        if (_taking >= index)
        {
            Take(_open[_taking], end);
            _taking = -1;
        }

        // An author that holds no name is its own text.
        for (var i = _open.Count - 1; i >= index; i--)
        {
            if (_open[i] is { Name: "author", OwnText: { Length: > 0 } text })
                Around.Add(_open[i].Vocabulary, "author", new FeedValue(MarkupText.Decode(text.ToString()), null, null, null));
            else if (_open[i] is { Name: "source", OwnText: { Length: > 0 } title } && _entry?.Source is { } from)
                from.Add(FeedVocabulary.Feed, "title", new FeedValue(MarkupText.Decode(title.ToString()), null, null, null));
        }

        _open.RemoveRange(index, _open.Count - index);
    }

    private void OnText(MarkupToken token)
    {
        if (_open.Count == 0)
            return;
        var isData = token.Kind == MarkupKind.Data;
        var from = isData ? token.Start + 9 : token.Start;
        var to = isData ? Math.Max(from, token.End - 3) : token.End;
        if (!isData)
            NoteText(source.AsSpan(from, to - from));
        else if (MarkupText.HasControls(source.AsSpan(from, to - from)))
            (_entry ?? Feed).Repaired("control characters");
        if (_taking < 0 && _open[^1] is { Name: "author" or "source" } open && token.Kind is MarkupKind.Text or MarkupKind.Data)
            (open.OwnText ??= new StringBuilder()).Append(source, from, Math.Min(to - from, 1000));
    }

    private void NoteText(ReadOnlySpan<char> text)
    {
        if (MarkupText.HasControls(text))
            (_entry ?? Feed).Repaired("control characters");
        for (var at = text.IndexOf('&'); at >= 0; at = text.IndexOf('&'))
        {
            text = text[(at + 1)..];
            var end = 0;
            while (end < text.Length && end < 32 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '#'))
                end++;
            if (end == 0 || end >= text.Length || text[end] != ';')
                (_entry ?? Feed).Repaired("a bare \"&\"");
            else if (!_hasDocumentType && text[0] != '#' && text[..end] is not ("amp" or "lt" or "gt" or "quot" or "apos"))
                (_entry ?? Feed).Repaired("references that are not declared");
        }
    }

    private void Take(Open open, int end)
    {
        var holder = _open.FindLast(other => other.Holder is not null && other != open)?.Holder ?? _entry ?? Feed;
        var inner = (open.Start.End, Math.Max(open.Start.End, end));
        var text = open.HasElements ? Markup(inner) : Text(inner);
        holder.Add(open.Vocabulary, open.Name, new FeedValue(text, open.HasElements ? "xhtml" : MarkupScanner.Attribute(source, open.Start, "type"), Language(open.Start), open.Base));
        if (open.Name == "guid" && MarkupScanner.Attribute(source, open.Start, "isPermaLink") == "false")
            holder.GuidIsNoAddress = true;
    }

    private string Text((int From, int To) inner)
    {
        var result = new StringBuilder();
        var scanner = new MarkupScanner(source[inner.From..inner.To]);
        var slice = source.AsSpan(inner.From, inner.To - inner.From);
        while (scanner.Next(out var token))
        {
            var piece = slice[token.Start..token.End];
            if (token.Kind == MarkupKind.Data)
                result.Append(MarkupText.WithoutControls(piece[9..Math.Max(9, piece.Length - 3)].ToString()));
            else if (token.Kind != MarkupKind.Other)
                result.Append(MarkupText.Decode(piece.ToString()));
        }

        return result.ToString();
    }

    // Markup that stands in the feed as it is; the prefix of XHTML's elements is the feed's, not the content's.
    private string Markup((int From, int To) inner)
    {
        var text = source[inner.From..inner.To];
        var result = new StringBuilder(text.Length);
        var scanner = new MarkupScanner(text);
        while (scanner.Next(out var token))
        {
            var piece = text.AsSpan(token.Start, token.End - token.Start);
            if (token.Kind == MarkupKind.Data)
                result.Append(piece[9..Math.Max(9, piece.Length - 3)]);
            else if (token.Kind is MarkupKind.Start or MarkupKind.Empty or MarkupKind.End && text.AsSpan()[token.Name].IndexOf(':') is > 0 and var colon)
                result.Append(piece[..(token.Name.Start.Value - token.Start)]).Append(text.AsSpan(token.Name.Start.Value + colon + 1, token.End - token.Name.Start.Value - colon - 1));
            else if (token.Kind != MarkupKind.Other)
                result.Append(piece);
        }

        return MarkupText.WithoutControls(result.ToString());
    }

    private void Declare(MarkupToken token)
    {
        foreach (var (name, value) in MarkupScanner.Attributes(source, token))
        {
            var written = source.AsSpan()[name];
            if (!written.StartsWith("xmlns") || written.Length > 5 && written[5] != ':' || _prefixes.Count > 200)
                continue;
            var prefix = written.Length > 6 ? written[6..].ToString() : "";
            _declared.Add(prefix);
            // A default inside content is the content's.
            if (prefix.Length > 0 || _open.Count < 2)
                _prefixes[prefix] = VocabularyOf(source[value]);
        }
    }

    private static FeedVocabulary VocabularyOf(string address)
    {
        bool Has(string part) => address.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Has("/modules/content"))
            return FeedVocabulary.Content;
        if (Has("/dc/elements") || Has("/dc/terms"))
            return FeedVocabulary.DublinCore;
        if (Has("search.yahoo.com/mrss"))
            return FeedVocabulary.Media;
        if (Has("itunes.com"))
            return FeedVocabulary.Podcast;
        if (Has("/1999/xhtml"))
            return FeedVocabulary.Xhtml;
        return Has("/2005/Atom") || Has("purl.org/atom") || Has("purl.org/rss") || Has("netscape.com") || Has("backend.userland.com") || Has("blogs.law.harvard.edu")
            ? FeedVocabulary.Feed
            : FeedVocabulary.Other;
    }

    private (FeedVocabulary Vocabulary, string Name) Resolve(MarkupToken token)
    {
        var written = source[token.Name];
        var colon = written.IndexOf(':', StringComparison.Ordinal);
        var prefix = colon > 0 ? written[..colon] : "";
        if (!_declared.Contains(prefix) && _taking < 0)
            (_entry ?? Feed).Repaired($"a prefix that is not declared ({prefix})");
        var vocabulary = _prefixes.TryGetValue(prefix, out var known) ? known : FeedVocabulary.Other;
        // A root of another vocabulary is the feed's all the same.
        if (prefix.Length == 0 && vocabulary == FeedVocabulary.Other)
            vocabulary = FeedVocabulary.Feed;
        return (vocabulary, colon > 0 ? written[(colon + 1)..] : written);
    }

    private string? Language(MarkupToken token) => MarkupScanner.Attribute(source, token, "xml:lang") is { Length: > 0 } language ? language : null;

    private string? BaseOf(MarkupToken token)
    {
        var around = _open.Count > 0 ? _open[^1].Base : null;
        return MarkupScanner.Attribute(source, token, "xml:base") is { Length: > 0 } address ? Absolute(MarkupText.Decode(address), around) : around;
    }

    /// <summary>An address made absolute where it can be.</summary>
    public static string Absolute(string address, string? home)
    {
        address = address.Trim();
        // "/news/1" is taken for a file of this machine, and is not.
        var isWhole = !address.StartsWith('/') && Uri.TryCreate(address, UriKind.Absolute, out _);
        return !isWhole && Uri.TryCreate(home, UriKind.Absolute, out var from) && Uri.TryCreate(from, address, out var whole)
            ? whole.AbsoluteUri
            : address;
    }

    private sealed class Open(FeedVocabulary vocabulary, string name, string written, MarkupToken start)
    {
        public FeedVocabulary Vocabulary { get; } = vocabulary;

        public string Name { get; } = name;

        /// <summary>The name with its prefix.</summary>
        public string Written { get; } = written;

        public MarkupToken Start { get; } = start;

        public string? Base { get; init; }

        public string? Language { get; init; }

        /// <summary>What its children are added to, or null where they are none of the feed's.</summary>
        public FeedElements? Holder { get; init; }

        public bool HasElements { get; set; }

        public StringBuilder? OwnText { get; set; }
    }
}
