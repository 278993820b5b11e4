using System.Buffers;
using System.Text.Json;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>What a page's head, structured data, markup and address say about the article.</summary>
internal sealed record PageFacts
{
    // Soft hyphens, spaces of no width and marks of direction: nobody sees them, and they make two words of one.
    private static readonly SearchValues<char> Unwritten = SearchValues.Create("\u00AD\u200B\u200C\u200D\u200E\u200F\u2060\uFEFF");

    /// <summary>The title without the outlet's suffix, or null.</summary>
    public string? Title { get; private init; }

    /// <summary>The block of the title, or -1.</summary>
    public int TitleBlock { get; private init; } = -1;

    public string? Description { get; private init; }

    /// <summary>Author lines, the surest source's.</summary>
    public IReadOnlyList<string> Authors { get; private init; } = [];

    public string? SiteName { get; private init; }

    public string? Address { get; private init; }

    public string? Language { get; private init; }

    public Moment? Published { get; private init; }

    public string? PublishedFrom { get; private init; }

    public Moment? Modified { get; private init; }

    /// <summary>The whole text as structured data has it, or null.</summary>
    public string? ArticleBody { get; private init; }

    /// <summary>Whether structured data says that not all can be read for free.</summary>
    public bool IsPaid { get; private init; }

    /// <summary>Whether the page says that it is an article.</summary>
    public bool IsArticle { get; private init; }

    /// <summary>Reads a page's facts.</summary>
    /// <param name="page">The page.</param>
    /// <param name="url">Its address as the input states it, or null.</param>
    /// <param name="captured">When it was captured, or null: nothing on it was published later.</param>
    public static PageFacts Of(HtmlPage page, string? url, Moment? captured = null)
    {
        var data = StructuredData.Of(page);
        string? Meta(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                foreach (var (key, content) in page.Metas)
                {
                    if (key == name && content.Length > 0)
                        return content;
                }
            }

            return null;
        }

        var site = Clean(Meta("og:site_name") ?? data.Publisher ?? Meta("application-name", "apple-mobile-web-app-title"));
        var address = Absolute(page.Canonical) ?? Absolute(Meta("og:url")) ?? Absolute(url);
        var title = PageTitle.Find(page, data, Meta, site, address ?? url);
        var titleAt = PageTitle.BlockOf(page, title);
        var (published, from) = Times(page, data, Meta, address ?? url, titleAt, captured);
        return new PageFacts
        {
            Title = title,
            TitleBlock = titleAt,
            Description = Clean(Meta("og:description", "description", "twitter:description") ?? data.Description),
            Authors = FindAuthors(page, data, Meta, site, address ?? url, titleAt),
            SiteName = site,
            Address = address,
            Language = page.Language ?? Meta("content-language", "og:locale"),
            Published = published,
            PublishedFrom = from,
            Modified = PageTimes.Parse(data.Modified) ?? PageTimes.Parse(Meta("article:modified_time", "og:updated_time", "datemodified", "last-modified"))
                ?? PageTimes.Parse(page.Marks.Find(mark => mark.Kind == PageMarkKind.Modified).Value),
            ArticleBody = data.ArticleBody,
            IsPaid = data.IsPaid,
            IsArticle = data.IsArticle || Meta("og:type") == "article",
        };
    }

    /// <summary>Whether words are the name of the site, and no more.</summary>
    internal static bool IsSite(string part, string? site, string? known, string? url)
    {
        if (part.Length is < 2 or > 60)
            return false;
        var key = Letters(part);
        if (key.Length < 2 || key.Any(char.IsAsciiDigit) && HostOf(url) is { } named && !named.Any(char.IsAsciiDigit))
            return false;
        if (site is not null && (Letters(site) == key || key.Length > 4 && Letters(site).Contains(key, StringComparison.Ordinal)) || known is not null && Letters(known) == key)
            return true;
        if (MediaDirectory.Find(part) is not null)
            return true;
        return HostOf(url) is { } host && (Letters(host).Contains(key, StringComparison.Ordinal) && key.Length > 3 || key.Contains(Letters(Name(host)), StringComparison.Ordinal) && Name(host).Length > 3 && key.Length <= Name(host).Length + MaxBesideName);
    }

    // What has a site's name beside other words ("The Harbour Post Online") and no more is the site.
    private const int MaxBesideName = 12;

    private static string Name(string host)
    {
        var parts = host.Split('.');
        return parts.Length >= 2 ? parts[^2].Length <= 3 && parts.Length >= 3 ? parts[^3] : parts[^2] : host;
    }

    internal static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Host.Length > 0 ? address.Host : null;

    internal static string Letters(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(c => Folding.Fold(c))]);

    // The first source that has a person's name wins; what is no person (a desk, the outlet, an account, a nickname) only where no source has one.
    private static List<string> FindAuthors(HtmlPage page, StructuredData data, MetaReader meta, string? site, string? url, int titleAt)
    {
        var kept = new List<string>();
        bool IsNobody(string name) => IsSite(name, site, null, url) || BylineReader.IsOrganisation(name);
        bool Take(IEnumerable<string?> lines, int most)
        {
            var names = new List<string>();
            foreach (var line in lines)
            {
                if (Clean(line) is not { Length: >= 2 and <= 200 } name || name.Contains("://", StringComparison.Ordinal) || names.Contains(name) || names.Count >= most
                    || LinePatterns.All.Match(name) is { Kind: not LineKind.Byline } || PictureCredits.IsCredit(name))
                    continue;
                names.Add(name);
            }

            var people = names.FindAll(name => !IsNobody(name) && BylineReader.Read(name).People.Count > 0);
            if (people.Count > 0)
            {
                kept = [.. names.Where(name => people.Contains(name) || !IsNobody(name))];
                return true;
            }

            if (kept.Count == 0 || IsSite(kept[0], site, null, url))
                kept = names.Count > 0 ? names : kept;
            return false;
        }

        // A nickname is an author too; a name on the page that spells it out is better, another one is somebody else's.
        // An organisation with the next word run into it ("Some AgencyMay 3") is that organisation again.
        bool Fits(string name) => kept.Count == 0
            || (IsNobody(kept[0]) ? !IsRunInto(name, kept[0]) : kept.Exists(nickname => Letters(name).Contains(Letters(nickname), StringComparison.Ordinal)));

        if (Take(data.Authors, 12))
            return kept;
        if (Take(page.Metas.Where(entry => AuthorMetas.Contains(entry.Name)).Select(entry => (string?)entry.Content), 12))
            return kept;
        // "twitter:label1: Written by, twitter:data1: Ann Lee"
        if (meta("twitter:label1") is { } label && BylineReader.Opens(label + " ") && Take([meta("twitter:data1")], 3))
            return kept;
        foreach (var sure in new[] { true, false })
        {
            var marks = page.Marks.Where(mark => mark.Kind == PageMarkKind.Author && mark.Sure == sure && mark.End - mark.Start is > 2 and < 120 && !IsAside(page, mark.Start))
                .Select(mark => page.TextOf(mark).ToString());
            if (sure ? Take(marks, 3) : Take(marks.Where(name => BylineReader.Read(name).People.Count > 0 && Fits(name)), 1))
                return kept;
        }

        foreach (var (line, sure) in BylineLines(page, titleAt))
        {
            if ((sure || kept.Count == 0) && Fits(line) && Take([line], 1))
                return kept;
        }

        if (kept.Count == 0)
            Take(page.Marks.Where(mark => mark.Kind == PageMarkKind.Author && mark.End - mark.Start is > 1 and < 40 && !IsAside(page, mark.Start))
                .Select(mark => page.TextOf(mark).ToString())
                .Where(name => BylineReader.Read(name, lenient: true).People.Count > 0), 1);
        if (kept.Count == 0)
            Take(AuthorBlocks(page), 1);
        return kept;
    }

    private static bool IsRunInto(string line, string name) =>
        line.Length > name.Length && line.StartsWith(name, StringComparison.Ordinal) && char.IsLetterOrDigit(line[name.Length]);

    private const int MaxBylineWords = 14;

    // How many blocks before the end of its element a closing name stands.
    private const int MaxToEnd = 12;

    // How many blocks around the title hold "20.11.2024 | Jeanne Martin".
    private const int NearTitle = 6;

    // Lines under a class of authors, or that open as a byline, alone or with the name in the next block; then a name beside the time near the title, and one that closes the text.
    private static IEnumerable<(string Line, bool Sure)> BylineLines(HtmlPage page, int titleAt)
    {
        var beside = new List<string>();
        string? closing = null;
        for (var i = 0; i < page.Blocks.Length; i++)
        {
            var block = page.Blocks[i];
            if (block.Length is < 3 or > 200)
                continue;
            var node = page.Nodes[block.Node];
            if (IsAside(page, node))
                continue;
            var named = ((node.Markup | page.Nodes[Math.Max(0, node.Parent)].Markup | block.Inline) & Markup.Author) != Markup.None;
            var near = titleAt >= 0 && Math.Abs(i - titleAt) <= NearTitle;
            // A heading, and a link in a menu, opens with "By" and "Von" too.
            var opens = (!PageTags.IsHeading(node.Tag) || named) && ((node.Around & Markup.Nav) == Markup.None || near);
            foreach (var line in page.TextOf(block).ToString().Split('\n'))
            {
                if (line.Length is < 3 or > 120 || line.Count(' ') > MaxBylineWords || line[^1] is '.' && line.Count(' ') > 5 && !line.AsSpan().ContainsAnyInRange('0', '9'))
                    continue;
                if (BylineReader.IsOpener(line) && i + 1 < page.Blocks.Length && page.Blocks[i + 1].Length is > 3 and <= 60)
                {
                    var next = page.TextOf(page.Blocks[i + 1]).ToString();
                    if (BylineReader.LooksLikeName(next))
                        yield return (next, true);
                }
                else if ((named || opens && BylineReader.Opens(line)) && BylineReader.Read(line).People.Count > 0)
                    yield return (line, near || BylineReader.Opens(line));
                else if (near && i != titleAt && PublicationTimes.Find(line, shortYears: true) is [{ } time, ..] && OtherPart(line, time.Span) is { } name && !Repeated(page, name, i))
                    beside.Add(name);
            }

            if (titleAt >= 0 && i > titleAt && Closing(page, i) is { } last)
                closing = last;
        }

        foreach (var name in beside)
            yield return (name, true);
        if (closing is not null)
            yield return (closing, true);
    }

    // A rubric stands in the menu too.
    private static bool Repeated(HtmlPage page, string name, int index)
    {
        for (var i = 0; i < page.Blocks.Length; i++)
        {
            if (i != index && page.Blocks[i].Length <= name.Length + 2 && page.TextOf(page.Blocks[i]).StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    // "20.11.2024 | 13:10 Uhr | Jeanne Martin": the part that is a name.
    private static string? OtherPart(string line, TextSpan time)
    {
        foreach (var part in (line[..time.Start] + "|" + line[time.End..]).Split(['|', '•', '·', ',', '–', '—', '/']))
        {
            if (BylineReader.Opens(part.AsSpan().Trim()) && BylineReader.Read(part).People is [var opened, ..])
                return opened;
            if (BylineReader.LooksLikeName(part.Trim()) && !BylineReader.IsOutlet(part.Trim()) && !BylineReader.IsOrganisation(part.Trim()) && part.Trim().Contains(' ', StringComparison.Ordinal))
                return part.Trim();
        }

        return null;
    }

    // "(Jeanne Martin)", or a name in bold or italics, that ends a container of paragraphs.
    private static string? Closing(HtmlPage page, int index)
    {
        var block = page.Blocks[index];
        if (block.Length > 60 || block.LinkChars > 0)
            return null;
        var text = page.TextOf(block).Trim();
        var inBrackets = text is ['(', .., ')'];
        if (inBrackets)
            text = text[1..^1];
        if (!inBrackets && block.EmphasisChars < block.Length || !BylineReader.LooksLikeName(text) || index == 0 || page.Nodes[block.Node].Tag is not (PageTag.P or PageTag.Div))
            return null;
        var parent = page.Nodes[page.Nodes[block.Node].Parent < 0 ? block.Node : page.Nodes[block.Node].Parent];
        if (parent.EndBlock - index > MaxToEnd)
            return null;
        var paragraphs = 0;
        for (var i = Math.Max(parent.FirstBlock, index - MaxToEnd); i < parent.EndBlock && i < page.Blocks.Length; i++)
        {
            if (page.Blocks[i].Length < 60 || page.Blocks[i].LinkChars * 3 > page.Blocks[i].Length)
                continue;
            if (i > index)
                return null;
            paragraphs++;
        }

        return paragraphs >= 2 ? text.ToString() : null;
    }

    private static IEnumerable<string> AuthorBlocks(HtmlPage page)
    {
        foreach (var block in page.Blocks)
        {
            var node = page.Nodes[block.Node];
            if (block.Length is > 2 and < 60 && (node.Markup & Markup.Author) != Markup.None && !IsAside(page, node)
                && BylineReader.Read(page.TextOf(block), lenient: true).People.Count > 0)
                yield return page.TextOf(block).ToString();
        }
    }

    private static bool IsAside(HtmlPage page, int position) => VisibleTimes.BlockAt(page, position) is >= 0 and var block && IsAside(page, page.Nodes[page.Blocks[block].Node]);

    // Comments, other articles, quotations (whose author is not the article's), and the page's footer; an article's own footer is none.
    private static bool IsAside(HtmlPage page, in PageNode node)
    {
        if ((node.Around & (Markup.Comment | Markup.Related)) != Markup.None || (node.TagsAround >> (int)PageTag.Blockquote & 1) != 0)
            return true;
        if ((node.Around & Markup.Footer) == Markup.None)
            return false;
        for (var at = node; at.Parent >= 0; at = page.Nodes[at.Parent])
        {
            if ((at.Markup & Markup.Footer) != Markup.None)
                return (page.Nodes[at.Parent].Around & (Markup.Article | Markup.Body)) == Markup.None && (at.TagsAround >> (int)PageTag.Article & 1) == 0;
        }

        return true;
    }

    private static readonly HashSet<string> AuthorMetas = new(
        ["author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author", "article:author_name", "citation_author", "dc.contributor", "og:article:author", "rbauthors", "authors", "cxenseparse:author"],
        StringComparer.Ordinal);

    // Names of meta elements that tell the publication, and those that as often tell when a page was made or last touched.
    private static readonly string[] PublicationMetas =
    [
        "article:published_time", "og:published_time", "datepublished", "og:article:published_time", "article:published", "publishdate", "publish-date", "publish_date", "pubdate",
        "parsely-pub-date", "sailthru.date", "article.published", "published_time", "publication_date", "release_date", "citation_publication_date", "citation_date",
        "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime", "rnews:datepublished", "date_published", "og:pubdate", "mediator_published_time",
        "bt:pubdate", "uploaddate",
    ];

    private static readonly string[] LooseMetas =
    [
        "dc.date", "dc.date.issued", "dcterms.created", "dcterms.date", "dcterms.issued", "dc.date.created", "date", "datecreated", "last-modified", "creation_date", "article:created", "created",
    ];

    // From this hour on a text is the next day's.
    private const int Evening = 18;

    private static (Moment? Time, string? From) Times(HtmlPage page, StructuredData data, MetaReader meta, string? url, int titleAt, Moment? captured)
    {
        var latest = captured?.Day.AddDays(1);
        (VisibleTime? Published, VisibleTime? Modified)? shown = null;
        VisibleTime? Shown() => (shown ??= VisibleTimes.Find(page, titleAt, captured)).Published;
        var addressed = PageTimes.InAddress(url);

        // A time in UTC may be on the day before or after the publisher's: the address or the page says which it was.
        // What went out in the evening is dated as its readers find it, where that is the next day.
        Moment Local(Moment time)
        {
            if (time.Time is not { } clock)
                return time;
            if (time.Offset != TimeSpan.Zero)
            {
                return clock.Hour >= Evening && Shown() is { Score: >= VisibleTimes.Sure } read && read.Moment.Day == time.Day.AddDays(1)
                    ? read.Moment
                    : time;
            }

            if (clock.Hour is >= 9 and < 14)
                return time;
            var nearby = addressed ?? (Shown() is { Score: >= VisibleTimes.Fair } near ? near.Moment : null);
            return nearby is { } day && Math.Abs(day.Day.DayNumber - time.Day.DayNumber) == 1 ? new Moment(day.Day) : time;
        }

        Moment? Told(ReadOnlySpan<string> names) => PageTimes.Parse(meta(names)) is { } time && (latest is not { } last || time.Day <= last) ? time : null;
        var (stated, from) = PageTimes.Parse(data.Published) is { } structured ? (structured, "json-ld") : (Told(PublicationMetas), "meta");
        if (stated is { } told)
        {
            // An address keeps the day of first publication when a page is moved and its times begin anew.
            // A day apart, the publisher's own clock is believed.
            var isLocal = told is { Time: not null, Offset: { } offset } && offset != TimeSpan.Zero;
            return addressed is { } day && day.Day < (isLocal ? told.Day.AddDays(-1) : told.Day) ? (day, "address") : (Local(told), from);
        }

        var visible = Shown();
        if (visible is { Score: >= VisibleTimes.Sure } sure && (addressed is not { } dayOf || dayOf.Day == sure.Moment.Day || sure.From == "time"))
            return (Local(sure.Moment), sure.From);
        if (Told(LooseMetas) is { } loose)
        {
            // What is dated earlier on the page was published then, and touched since.
            return visible is { Score: >= VisibleTimes.Fair, From: "time" } earlier && earlier.Moment.Day < loose.Day
                ? (earlier.Moment, earlier.From)
                : (Local(loose), "meta");
        }

        if (addressed is not null)
            return (addressed, "address");
        if (visible is { Score: >= VisibleTimes.Fair } fair)
            return (fair.Moment, fair.From);
        if (PageTimes.Parse(page.ScriptTime) is { } scripted)
            return (Local(scripted), "script");
        if (PageTimes.Parse(data.Modified) is { } modified)
            return (modified, "json-ld");
        if (Told(["article:modified_time", "og:updated_time", "datemodified", "modified"]) is { } changed)
            return (changed, "meta");
        return shown!.Value.Modified is { Score: >= VisibleTimes.Fair } change ? (change.Moment, change.From) : (null, null);
    }

    private static string? Absolute(string? url) => HostOf(url) is null ? null : url;

    internal static string? Clean(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (text.Contains('&'))
            text = System.Net.WebUtility.HtmlDecode(text);
        if (text.Contains('<'))
            text = WithoutTags(text);
        if (text.AsSpan().ContainsAny(Unwritten))
            text = new string([.. text.Where(c => !Unwritten.Contains(c))]);
        return string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } clean ? clean : null;
    }

    internal static string WithoutTags(string text)
    {
        var result = new System.Text.StringBuilder(text.Length);
        var inside = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '<' && i + 1 < text.Length && (char.IsAsciiLetter(text[i + 1]) || text[i + 1] is '/' or '!'))
                inside = true;
            else if (text[i] == '>' && inside)
                inside = false;
            else if (!inside)
                result.Append(text[i]);
        }

        return result.ToString();
    }
}
