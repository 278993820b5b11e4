using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Reads a meta element's content by the first of some names that has one.</summary>
internal delegate string? MetaReader(params ReadOnlySpan<string> names);

/// <summary>Chooses an article's title among what the head, the structured data and the headings of its page say.</summary>
internal static class PageTitle
{
    private const int MaxTitle = 400;

    // Shorter words that end a heading need not be a headline of their own.
    private const int LeastHeadline = 20;

    private const int MaxKicker = 40;

    // So many letters of a heading in the page's address are no chance.
    private const int LeastInAddress = 10;

    // This many paragraphs of this length under a heading are its article's text.
    private const int ParagraphsOfText = 3;
    private const int LeastParagraph = 80;

    // What stands in a heading's own elements: title and kicker, each in its own.
    private const int MaxInHeading = 3;

    private const Markup Other =
        Markup.Sidebar | Markup.Footer | Markup.Related | Markup.Nav | Markup.Notice | Markup.Newsletter | Markup.Hidden;

    private static readonly char[] Blanks =
        [' ', '.', '…', ',', ':', ';', '!', '?', '–', '—', '|', '"', '„', '“', '”', '«', '»', '\u00A0'];

    private static readonly string[] TitleMarks = [" | ", " - ", " – ", " — ", " » ", " « ", " · ", " :: ", " • ", " / ", " : "];

    /// <summary>The title without the outlet's name, or null.</summary>
    /// <param name="page">The page.</param>
    /// <param name="data">What its structured data say.</param>
    /// <param name="meta">What its meta elements say.</param>
    /// <param name="site">The site's name, or null.</param>
    /// <param name="url">The page's address, or null.</param>
    public static string? Find(HtmlPage page, StructuredData data, MetaReader meta, string? site, string? url)
    {
        var told = PageFacts.Clean(data.Headline);
        var shared = PageFacts.Clean(meta("twitter:title"));
        var head = PageFacts.Clean(meta("og:title", "twitter:title", "dc.title", "title", "parsely-title", "sailthru.title")) ?? told;
        var ofPage = PageFacts.Clean(page.Title);
        var title = WithoutOutlet(head ?? ofPage, site, url);
        string?[] others = [title, WithoutOutlet(ofPage, site, url), told, WithoutOutlet(shared, site, url)];
        // A head that names the site alone leaves the title to what else is told.
        var isGeneric = title is null || PageFacts.IsSite(title, site, null, url);
        if (isGeneric
            && Array.Find(others, other => other is { Length: >= LeastHeadline } && !PageFacts.IsSite(other, site, null, url)) is { } better)
            (title, isGeneric) = (better, false);
        if (Choose(Headings(page, site, url), head, isGeneric ? null : title, [ofPage, .. others]) is { } heading)
            return WithoutKicker(heading, others);
        return title is { Length: > 0 } ? title : null;
    }

    /// <summary>
    /// The block of the title: the heading that holds it, else the first other block, else the first heading of the first rank; or -1.
    /// </summary>
    public static int BlockOf(HtmlPage page, string? title)
    {
        int text = -1, first = -1, heading = -1;
        for (var i = 0; i < page.Blocks.Length; i++)
        {
            ref readonly var block = ref page.Blocks[i];
            var rank = Rank(page, block.Node);
            if (rank == PageTag.H1 && first < 0)
                first = i;
            if (title is null || !IsLikeTitle(page.TextOf(block), title))
                continue;
            if (rank == PageTag.H1)
                return i;
            if (rank != PageTag.None && (heading < 0 || rank < Rank(page, page.Blocks[heading].Node)))
                heading = i;
            if (text < 0)
                text = i;
        }

        if (heading >= 0)
            return heading;
        return text >= 0 ? text : first;
    }

    // A heading of the page. Behind a text that a heading of the first rank opened stand the headings of other parts.
    private readonly record struct Heading(
        string Text, int Element, PageTag Rank, bool IsNamed, bool IsApart, bool IsBehind, bool IsInAddress)
    {
        public bool IsFirst => Rank == PageTag.H1 && !IsApart && !IsBehind;
    }

    private static List<Heading> Headings(HtmlPage page, string? site, string? url)
    {
        var headings = new List<Heading>();
        var address = AddressWords(url);
        var told = ToldBefore(page);
        var paragraphs = 0;
        var hasFirst = false;
        foreach (ref readonly var block in page.Blocks.AsSpan())
        {
            ref readonly var node = ref page.Nodes[block.Node];
            if (hasFirst && node.Tag == PageTag.P && block.Length >= LeastParagraph && block.LinkChars * 2 < block.Length)
                paragraphs++;
            var element = ElementOf(page, block.Node);
            var rank = element >= 0 ? page.Nodes[element].Tag : PageTag.None;
            if (rank is not (PageTag.H1 or PageTag.H2 or PageTag.H3) || block.Length is < 3 or > MaxTitle)
                continue;
            var text = string.Join(' ', page.TextOf(block).ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            if (text.Length < 3 || PageFacts.IsSite(text, site, null, url) || IsHomeLink(page, block, url))
                continue;
            var heading = new Heading(
                text, element, rank, (node.Markup & Markup.Title) != Markup.None, IsApart(page, block.Node, told),
                paragraphs >= ParagraphsOfText, IsInAddress(text, address));
            hasFirst |= heading.IsFirst;
            headings.Add(heading);
        }

        return headings;
    }

    // The heading that a block is or stands in, or -1.
    private static int ElementOf(HtmlPage page, int node)
    {
        for (var depth = 0; node >= 0 && depth < MaxInHeading; depth++, node = page.Nodes[node].Parent)
        {
            if (PageTags.IsHeading(page.Nodes[node].Tag))
                return node;
        }

        return -1;
    }

    // The rank of the heading that a block is or stands in; none where it is no heading.
    private static PageTag Rank(HtmlPage page, int node) =>
        ElementOf(page, node) is >= 0 and var element ? page.Nodes[element].Tag : PageTag.None;

    // In a part of the page that is not the article. What holds most of the page's text is no such part, whatever its class says, and
    // a heading's class tells how it looks.
    private static bool IsApart(HtmlPage page, int node, int[] told)
    {
        for (var at = node; at >= 0; at = page.Nodes[at].Parent)
        {
            ref readonly var around = ref page.Nodes[at];
            if ((told[around.EndBlock] - told[around.FirstBlock]) * 2 > told[^1])
                return false;
            if ((around.Markup & (PageTags.IsHeading(around.Tag) ? Markup.Hidden : Other)) != Markup.None)
                return true;
        }

        return false;
    }

    // How much text outside links stands before each block.
    private static int[] ToldBefore(HtmlPage page)
    {
        var told = new int[page.Blocks.Length + 1];
        for (var i = 0; i < page.Blocks.Length; i++)
            told[i + 1] = told[i] + Math.Max(0, page.Blocks[i].Length - page.Blocks[i].LinkChars);
        return told;
    }

    // The page's own heading: the one that the head's title agrees with, else the only one of the first rank.
    private static string? Choose(List<Heading> headings, string? head, string? title, string?[] others)
    {
        var isGeneric = title is null;
        bool IsEligible(Heading heading) => heading.Rank != PageTag.H3 || heading.IsNamed;
        bool IsHead(Heading heading) =>
            head is not null && IsEligible(heading) && (Agree(heading.Text, head) || title is not null && HasKicker(heading.Text, title));
        bool IsTold(Heading heading) =>
            IsEligible(heading)
            && Array.Exists(others, other => other is not null && (Agree(heading.Text, other) || HasKicker(heading.Text, other)));

        var firsts = headings.FindAll(heading => heading.IsFirst);
        var first = firsts.Count > 0 ? firsts[0].Text : null;
        if (headings.Find(heading => !heading.IsBehind && IsHead(heading)) is { Text: { } front } chosen)
        {
            // Of a heading in parts the longest is the headline: a kicker is short, and stands first.
            return headings
                .FindLast(heading => heading.Element == chosen.Element && heading.Text.Length >= front.Length && IsHead(heading)).Text;
        }

        if (firsts is [{ IsInAddress: true }])
            return first;
        if ((headings.Find(IsHead).Text ?? headings.Find(IsTold).Text) is { } agreed)
            return agreed;
        if (firsts.Count != 1
            && headings.Find(heading => heading is { IsInAddress: true, IsApart: false, IsBehind: false }).Text is { } addressed)
            return addressed;
        if (firsts.Count == 1 && (isGeneric || first!.Contains(' ', StringComparison.Ordinal) && first.Length >= 12))
            return first;
        if (!isGeneric || firsts.Count > 1)
            return null;
        return first ?? headings.Find(heading => heading.Rank != PageTag.H1 && !heading.IsApart).Text;
    }

    private static bool HasKicker(string heading, string other) =>
        other.Length >= LeastHeadline && heading.Length > other.Length && heading.EndsWith(other, StringComparison.OrdinalIgnoreCase);

    // The words of the last parts of an address's path: pages are called after their headings.
    private static string AddressWords(string? url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.AbsolutePath.Length is < 2 or > MaxTitle)
            return "";
        var parts = Uri.UnescapeDataString(address.AbsolutePath).Split('/', StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(parts.TakeLast(2).Select(PageFacts.Letters));
    }

    // All words of the heading stand there, and are not just one short word of it.
    private static bool IsInAddress(string heading, string address)
    {
        if (address.Length < LeastInAddress || heading.Length > address.Length * 2)
            return false;
        int words = 0, found = 0, letters = 0;
        foreach (var word in heading.Split([' ', '-', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            var key = PageFacts.Letters(word);
            if (key.Length < 3)
                continue;
            words++;
            if (address.Contains(key, StringComparison.Ordinal))
            {
                found++;
                letters += key.Length;
            }
        }

        return found > 0 && found * 10 >= words * 8 && letters >= LeastInAddress;
    }

    // "CITY COUNCIL Tram line is late again" where another source has "Tram line is late again": what stands before it is a kicker,
    // unless a mark ties it to the rest.
    private static string WithoutKicker(string heading, string?[] others)
    {
        foreach (var other in others)
        {
            if (other is not { Length: >= LeastHeadline } || other.Length >= heading.Length
                || !heading.EndsWith(other, StringComparison.OrdinalIgnoreCase))
                continue;
            var before = heading[..^other.Length].TrimEnd();
            if (before.Length is > 0 and <= MaxKicker && before.Count(c => c == ' ') < 5 && char.IsLetterOrDigit(before[^1]))
                return heading[^other.Length..];
        }

        return heading;
    }

    // A heading that leads home is the site's name.
    private static bool IsHomeLink(HtmlPage page, in PageBlock block, string? url)
    {
        if (block.LinkChars < block.Length)
            return false;
        // Links end in the order of the list: the first that ends here or later is the one around, if any is.
        var at = Sorted.First(page.Links, block.End, static around => around.End);
        if (at < page.Links.Count && page.Links[at] is var link && link.Start <= block.Start)
        {
            return link.Address is "/" or "./"
                || Uri.TryCreate(link.Address, UriKind.Absolute, out var address) && address.AbsolutePath == "/" && address.Query.Length == 0
                && (PageFacts.HostOf(url) is not { } host || address.Host == host);
        }

        return false;
    }

    // It begins as the title does, or ends in all of it: a kicker or a date may stand before.
    private static bool IsLikeTitle(ReadOnlySpan<char> text, string title) =>
        text.Length >= title.Length / 2 && text.Length <= title.Length + 80
        && (text.StartsWith(title.AsSpan(0, Math.Min(20, title.Length)), StringComparison.OrdinalIgnoreCase)
            || title.Length >= LeastHeadline && text.EndsWith(title, StringComparison.OrdinalIgnoreCase));

    // Most words of the heading are in the head's title, which may have the outlet's name behind it.
    private static bool Agree(string heading, string head)
    {
        var words = heading.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        var folded = Folding.Fold(head);
        var hit = words.Count(word => folded.Contains(Folding.Fold(word), StringComparison.Ordinal));
        return words.Length > 0 && hit * 10 >= words.Length * 8 && heading.Length * 10 >= head.Length * 4;
    }

    // "Title | Outlet", "Outlet: Title": the part that names the site or its host is cut; without a name, a short last part after a bar.
    private static string? WithoutOutlet(string? title, string? site, string? url)
    {
        if (title is null)
            return null;
        var host = MediaDirectory.FindByUrl(url)?.Name;
        for (var round = 0; round < 3; round++)
        {
            var cut = false;
            foreach (var mark in TitleMarks)
            {
                var last = title.LastIndexOf(mark, StringComparison.Ordinal);
                if (last <= 0)
                    continue;
                var (before, after) = (title[..last].Trim(), title[(last + mark.Length)..].Trim());
                if (PageFacts.IsSite(after, site, host, url)
                    || mark is " | " or " » " or " :: " && after.Length <= 30 && before.Length > after.Length)
                {
                    title = before;
                    cut = true;
                    break;
                }

                var first = title.IndexOf(mark, StringComparison.Ordinal);
                if (PageFacts.IsSite(title[..first].Trim(), site, host, url))
                {
                    title = title[(first + mark.Length)..].Trim();
                    cut = true;
                    break;
                }
            }

            if (!cut)
                break;
        }

        return title;
    }
}
