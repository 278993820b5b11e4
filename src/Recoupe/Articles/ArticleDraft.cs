using System.Collections.Immutable;
using System.Text;

using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>An article that a reader is putting together. The input's own statements win over what the content tells.</summary>
internal sealed class ArticleDraft
{
    private readonly StringBuilder _text = new();
    private readonly List<Block> _blocks = [];

    public ArticleDraft(Document document, ArticleId id)
    {
        Document = document;
        Id = id;
        Title = document.Title;
        Published = document.Published;
        PublishedFrom = document.Published is null ? null : "input";
        Modified = document.Modified;
        Notes.AddRange(document.Notes);
        Partial = document.Partial;
        if (document.Outlet is { } outlet)
            SetOutlet(MediaDirectory.Find(outlet)?.Name ?? outlet, "input");
        foreach (var line in document.Byline)
            AddByline(BylineReader.Read(line, lenient: true));
    }

    public Document Document { get; }

    public ArticleId Id { get; }

    public string? Title { get; set; }

    public List<string> Byline { get; } = [];

    public List<string> Agencies { get; } = [];

    public string? Outlet { get; private set; }

    public string? OutletFrom { get; private set; }

    public string? Url { get; set; }

    public Moment? Published { get; private set; }

    public string? PublishedFrom { get; private set; }

    public Moment? Modified { get; set; }

    public string? Language { get; set; }

    public bool Partial { get; set; }

    /// <summary>Why the document holds no article, or null.</summary>
    public string? Unread { get; set; }

    public List<Link> Links { get; } = [];

    public List<string> Notes { get; } = [];

    public List<LiveEntry> Entries { get; } = [];

    public int TextLength => _text.Length;

    /// <summary>Keeps the first outlet told: callers go from the surest to the least sure.</summary>
    public void SetOutlet(string? name, string from)
    {
        if (Outlet is not null || string.IsNullOrWhiteSpace(name))
            return;
        Outlet = name;
        OutletFrom = from;
    }

    /// <summary>Keeps the first time told.</summary>
    public void SetPublished(Moment? moment, string from)
    {
        if (Published is not null || moment is null)
            return;
        Published = moment;
        PublishedFrom = from;
    }

    /// <summary>Takes what a byline says.</summary>
    public void AddByline(BylineParts parts)
    {
        foreach (var person in parts.People)
        {
            if (!Byline.Contains(person))
                Byline.Add(person);
        }

        foreach (var agency in parts.Agencies)
            AddAgency(agency);
        SetOutlet(parts.Outlet, "byline");
    }

    public void AddAgency(string agency)
    {
        if (!Agencies.Contains(agency))
            Agencies.Add(agency);
    }

    /// <summary>Adds a stretch that is kept as evidence.</summary>
    public void AddEvidence(BlockKind kind, TextSpan source) => _blocks.Add(new Block(kind, null, source));

    /// <summary>Takes back the text, with its blocks and links.</summary>
    public void ClearText()
    {
        _text.Clear();
        _blocks.RemoveAll(block => block.IsText);
        Links.Clear();
    }

    /// <summary>Adds a stretch of the clean text; gives where it stands in it.</summary>
    public TextSpan AddText(BlockKind kind, ReadOnlySpan<char> text, TextSpan source)
    {
        if (_text.Length > 0)
            _text.Append("\n\n");
        var span = TextSpan.Of(_text.Length, text.Length);
        _text.Append(text);
        _blocks.Add(new Block(kind, span, source));
        return span;
    }

    /// <summary>The article.</summary>
    public Article ToArticle()
    {
        var text = _text.ToString();
        SetOutlet(MediaDirectory.FindByUrl(Url ?? Document.Url)?.Name, "address");
        return new Article
        {
            Id = Id,
            Source = Document.Source,
            Url = Document.Url ?? Url,
            Title = Title,
            Byline = [.. Byline],
            Outlet = Outlet,
            OutletFrom = OutletFrom,
            Agencies = [.. Agencies],
            Published = Published,
            PublishedFrom = PublishedFrom,
            Modified = Modified,
            Captured = Document.Captured,
            Language = Document.Language ?? Language ?? LanguageIdentifier.Identify(text.Length > 0 ? text : Title),
            Partial = Partial,
            Unread = Unread,
            Text = text,
            Blocks = Sorted(),
            Links = [.. Links],
            Entries = [.. Entries],
            Notes = [.. Notes],
            Document = Document.Content,
        };
    }

    // By source; a picture's credit stands after the caption that holds it.
    private ImmutableArray<Block> Sorted() =>
        [.. _blocks.OrderBy(block => block.Source.Start).ThenByDescending(block => block.Source.End)];
}
