using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Reads an article out of an HTML page: structure, scores, choice, facts.</summary>
internal static class HtmlReader
{
    // A block under this probability that no list knows is the page's, not the article's.
    private const int MaxStandfirst = 700;

    private const int MaxByline = 120;
    private const int MaxBylineWords = 10;

    // A page that says it is not free, with less than this, shows a teaser.
    private const int MaxTeaser = 1500;

    // An offer of the rest is no more than a line.
    private const int MaxOffer = 60;

    // How many blocks behind the text an offer of the rest stands.
    private const int MaxToOffer = 6;

    /// <summary>The article on the page.</summary>
    public static Article Read(Document document, ArticleId id)
    {
        var page = HtmlPageReader.Read(document.Content);
        var facts = PageFacts.Of(page, document.Url, document.Captured);
        var draft = new ArticleDraft(document, id);
        draft.Notes.AddRange(page.Notes);
        var fragment = document.Form == DocumentForm.Fragment;
        var foreign = fragment ? [] : ForeignBlocks.Find(page, facts.TitleBlock);
        var standfirst = fragment ? -1 : Standfirst.Find(page, facts);
        var chosen = fragment ? ChooseFragment(page) : BlockChoice.Choose(page, Scores(page, facts, foreign), standfirst);
        while (chosen.Count > 1 && page.Blocks[chosen[^1]].Length <= MaxOffer && BreakingOff.IsOffer(page.TextOf(page.Blocks[chosen[^1]])))
            chosen.RemoveAt(chosen.Count - 1);
        TakeFacts(page, facts, draft, document);
        Write(page, facts, chosen, standfirst, draft);
        if (!fragment)
            draft.Unread = PageState.Of(page, facts, draft.TextLength);
        return draft.ToArticle();
    }

    internal static float[] Scores(HtmlPage page, PageFacts facts) => BlockScorer.BuiltIn.Score(page, facts);

    private static float[] Scores(HtmlPage page, PageFacts facts, bool[] foreign)
    {
        var scores = Scores(page, facts);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = foreign[i] ? 0 : scores[i];
        return scores;
    }

    // A feed's entry is the article already: only boilerplate that the lists know is left out.
    private static List<int> ChooseFragment(HtmlPage page)
    {
        var chosen = new List<int>();
        for (var i = 0; i < page.Blocks.Length; i++)
        {
            var text = page.TextOf(page.Blocks[i]);
            if (LinePatterns.All.Match(text) is null && (page.Nodes[page.Blocks[i].Node].TagsAround >> (int)PageTag.Figcaption & 1) == 0)
                chosen.Add(i);
        }

        return chosen;
    }

    private static void TakeFacts(HtmlPage page, PageFacts facts, ArticleDraft draft, Document document)
    {
        draft.Title ??= facts.Title;
        draft.Url = facts.Address;
        foreach (var line in facts.Authors)
            draft.AddByline(WithoutPlaces(BylineReader.Read(line, lenient: true), draft.Title));
        draft.SetOutlet(MediaDirectory.FindByUrl(document.Url ?? facts.Address)?.Name, "address");
        draft.SetOutlet(facts.SiteName is { } site ? MediaDirectory.Find(site)?.Name ?? site : null, "site name");
        if (!IsAfter(facts.Published, document.Captured))
            draft.SetPublished(facts.Published, facts.PublishedFrom ?? "meta");
        if (!IsAfter(facts.Modified, document.Captured))
            draft.Modified ??= facts.Modified;
    }

    // "Jean Martin | Arles" over "The bridge of Arles is closed": what stands behind a whole name and in the title is where or what, not who.
    private static BylineParts WithoutPlaces(BylineParts parts, string? title)
    {
        if (parts.People.Count < 2 || title is null || !parts.People[0].Contains(' ', StringComparison.Ordinal))
            return parts;
        parts.People.RemoveAll(name => name != parts.People[0] && title.Contains(name, StringComparison.OrdinalIgnoreCase));
        return parts;
    }

    // A time after the capture is a mistake of the page's.
    private static bool IsAfter(Dates.Moment? time, Dates.Moment? captured) => time is { } a && captured is { } b && a.Day > b.Day.AddDays(1);

    private static void Write(HtmlPage page, PageFacts facts, List<int> chosen, int standfirst, ArticleDraft draft)
    {
        var next = 0;
        var spans = new List<(PageBlock Block, TextSpan Span)>(chosen.Count);
        var titleSeen = false;
        for (var i = 0; i < page.Blocks.Length; i++)
        {
            ref readonly var block = ref page.Blocks[i];
            var source = new TextSpan(block.SourceStart, Math.Max(block.SourceStart, block.SourceEnd)).Trim(draft.Document.Content);
            var text = page.TextOf(block);
            if (next < chosen.Count && chosen[next] == i)
            {
                next++;
                // Whatever the scores say: captions, bylines and times are evidence, not text.
                if (CertainEvidence(page, i, facts.TitleBlock) is { } certain)
                {
                    titleSeen |= certain == BlockKind.Title;
                    draft.AddEvidence(certain, source);
                    TakeEvidence(certain, text, draft);
                    continue;
                }

                spans.Add((block, draft.AddText(i == standfirst ? BlockKind.Standfirst : KindOf(page, i, text, facts, spans.Count), text, source)));
                continue;
            }

            var kind = EvidenceKind(page, block, text, facts, ref titleSeen);
            if (kind is { } known)
            {
                draft.AddEvidence(known, source);
                TakeEvidence(known, text, draft);
            }
        }

        AddLinks(page, spans, draft);
        draft.Partial |= facts.IsPaid && draft.TextLength < MaxTeaser || chosen.Count > 0 && BreaksOff(page, chosen[^1]);
        if (facts.ArticleBody is { } body)
            StructuredBody.Offer(body, draft);
        LiveEntries.Add(page, spans, draft);
    }

    // The last block ends in an ellipsis, and one of the next offers the rest.
    private static bool BreaksOff(HtmlPage page, int last)
    {
        var text = page.TextOf(page.Blocks[last]);
        if (BreakingOff.EndsInOffer(text))
            return true;
        if (!BreakingOff.EndsOpen(text))
            return false;
        for (var i = last + 1; i <= Math.Min(page.Blocks.Length - 1, last + MaxToOffer); i++)
        {
            var next = page.TextOf(page.Blocks[i]);
            if (BreakingOff.IsOffer(next) || LinePatterns.All.Match(next) is { Kind: LineKind.Paywall })
                return true;
        }

        return false;
    }

    private static BlockKind KindOf(HtmlPage page, int index, ReadOnlySpan<char> text, PageFacts facts, int before)
    {
        ref readonly var node = ref page.Nodes[page.Blocks[index].Node];
        bool Has(PageTag tag, in PageNode of) => (of.TagsAround >> (int)tag & 1) != 0;
        if (PageTags.IsHeading(node.Tag))
            return BlockKind.Heading;
        if (Has(PageTag.Blockquote, node) || (node.Markup & Markup.Quote) != Markup.None)
            return BlockKind.Quote;
        if (node.Tag is PageTag.Li or PageTag.Dt or PageTag.Dd or PageTag.Td or PageTag.Th || Has(PageTag.Li, node))
            return BlockKind.List;
        if (before == 0 && text.Length <= MaxStandfirst && ((node.Around & Markup.Lead) != Markup.None || facts.Description is { Length: > 40 } description && text.StartsWith(description.AsSpan(0, 40), StringComparison.Ordinal) && text.Length < description.Length + 40))
            return BlockKind.Standfirst;
        return BlockKind.Paragraph;
    }

    /// <summary>What a block is whatever its score: the title, a caption, a byline, a time; null if it may be text.</summary>
    internal static BlockKind? CertainEvidence(HtmlPage page, int index, int titleAt)
    {
        ref readonly var block = ref page.Blocks[index];
        var text = page.TextOf(block);
        if (index == titleAt && PageTags.IsHeading(page.Nodes[block.Node].Tag))
            return BlockKind.Title;
        if ((page.Nodes[block.Node].TagsAround >> (int)PageTag.Figcaption & 1) != 0)
            return PictureCredits.IsCredit(text) ? BlockKind.Credit : BlockKind.Caption;
        if (text.Length > MaxByline || text[^1] is '.' or '?' or '!' or '…')
            return null;
        if (BylineReader.Opens(text) && BylineReader.Read(text) is { IsEmpty: false } parts && parts.People.Count + parts.Agencies.Count > 0)
            return BlockKind.Byline;
        if (IsMarkedByline(page, block, text))
            return BlockKind.Byline;
        var times = text.ContainsAnyInRange('0', '9') ? PublicationTimes.Find(text) : [];
        return times.Exists(time => time.Role != TimeRole.Unsaid) && times.Sum(time => time.Span.Length) * 2 >= text.Length ? BlockKind.Dateline : null;
    }

    // A name, or a name and a place, under a class of authors.
    private static bool IsMarkedByline(HtmlPage page, in PageBlock block, ReadOnlySpan<char> text)
    {
        ref readonly var node = ref page.Nodes[block.Node];
        return ((node.Markup | block.Inline) & Markup.Author) != Markup.None && !PageTags.IsHeading(node.Tag)
            && text.Count(' ') <= MaxBylineWords && BylineReader.Read(text).People.Count > 0;
    }

    private static BlockKind? EvidenceKind(HtmlPage page, in PageBlock block, ReadOnlySpan<char> text, PageFacts facts, ref bool titleSeen)
    {
        ref readonly var node = ref page.Nodes[block.Node];
        bool Has(PageTag tag, in PageNode of) => (of.TagsAround >> (int)tag & 1) != 0;
        if (!titleSeen && facts.Title is { } title && text.Length <= title.Length + 60 && text.Length * 2 >= title.Length && text.StartsWith(title.AsSpan(0, Math.Min(20, title.Length)), StringComparison.OrdinalIgnoreCase))
        {
            titleSeen = true;
            return BlockKind.Title;
        }

        if (Has(PageTag.Figcaption, node) || (node.Markup & Markup.Caption) != Markup.None)
            return PictureCredits.IsCredit(text) ? BlockKind.Credit : BlockKind.Caption;
        if (LinePatterns.All.Match(text) is { } match)
        {
            return match.Kind switch
            {
                LineKind.Label => BlockKind.Label,
                LineKind.Notice or LineKind.Paywall => BlockKind.Notice,
                LineKind.Promo => BlockKind.Promo,
                LineKind.Comments => BlockKind.Comments,
                LineKind.Credit => BlockKind.Credit,
                LineKind.Caption => BlockKind.Caption,
                LineKind.Byline => BlockKind.Byline,
                LineKind.Dateline => BlockKind.Dateline,
                _ => BlockKind.Navigation,
            };
        }

        if (Has(PageTag.Nav, node) || Has(PageTag.Footer, node) || (node.Around & (Markup.Nav | Markup.Footer)) != Markup.None)
            return null;
        if (PictureCredits.IsCredit(text))
            return BlockKind.Credit;
        if ((node.Around & Markup.Comment) != Markup.None)
            return BlockKind.Comments;
        if (text.Length <= 160 && BylineReader.Opens(text) && !BylineReader.Read(text).IsEmpty || text.Length <= 120 && (node.Markup & Markup.Author) != Markup.None)
            return BlockKind.Byline;
        if (text.Length <= 140 && text.ContainsAnyInRange('0', '9') && PublicationTimes.Find(text).Count > 0)
            return BlockKind.Dateline;
        if ((node.Around & Markup.Related) != Markup.None)
            return BlockKind.Promo;
        return null;
    }

    private static void TakeEvidence(BlockKind kind, ReadOnlySpan<char> text, ArticleDraft draft)
    {
        if (kind == BlockKind.Notice && LinePatterns.All.Match(text) is { Kind: LineKind.Paywall } && !BreakingOff.IsBareOffer(text))
            draft.Partial = true;
        // Agencies stand in bylines that the page's head leaves out ("franceinfo avec AFP").
        if (kind == BlockKind.Byline && text.Length <= 160)
        {
            foreach (var agency in BylineReader.Read(text).Agencies)
                draft.AddAgency(agency);
        }
    }

    private static void AddLinks(HtmlPage page, List<(PageBlock Block, TextSpan Span)> spans, ArticleDraft draft)
    {
        var at = 0;
        var links = page.Links;
        links.Sort((a, b) => a.Start.CompareTo(b.Start));
        Uri.TryCreate(draft.Document.BaseUrl ?? draft.Document.Url ?? draft.Url, UriKind.Absolute, out var home);
        foreach (var link in links)
        {
            while (at < spans.Count && spans[at].Block.End <= link.Start)
                at++;
            if (at == spans.Count)
                break;
            var (block, span) = spans[at];
            if (link.Start < block.Start || link.End > block.End || link.End == link.Start || link.Address.Length is 0 or > 2000 || link.Address[0] == '#'
                || link.Address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
                continue;
            var address = home is not null && Uri.TryCreate(home, link.Address, out var whole) ? whole.ToString() : link.Address;
            draft.Links.Add(new Link(new TextSpan(span.Start + link.Start - block.Start, span.Start + link.End - block.Start), address));
        }
    }
}
