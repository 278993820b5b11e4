using Recoupe.Dates;

namespace Recoupe.Articles.Html;

/// <summary>A time of publication that a page shows.</summary>
/// <param name="Moment">The time.</param>
/// <param name="Score">How surely it is the article's: see <see cref="VisibleTimes.Sure"/> and <see cref="VisibleTimes.Fair"/>.</param>
/// <param name="From"><c>time</c> for markup that says so, <c>text</c> for words.</param>
/// <param name="IsModified">Whether it is said to be the time of a change.</param>
internal readonly record struct VisibleTime(Moment Moment, int Score, string From, bool IsModified);

/// <summary>Finds the time of publication among the times that a page shows: by what markup and words say of each, by its place, and by how near to the title it stands.</summary>
internal static class VisibleTimes
{
    /// <summary>From this score on a time is the article's: marked or labelled near the title, say.</summary>
    public const int Sure = 6;

    /// <summary>From this score on a time is believed where nothing else tells: near the title alone in its line, or labelled anywhere.</summary>
    public const int Fair = 4;

    // Below this even the only day shown is somebody else's.
    private const int Least = 1;

    // How many blocks with digits are looked at.
    private const int MaxBlocks = 400;
    private const int MaxLine = 400;
    private const int MaxByline = 80;

    // Of a long paragraph, what may be its dateline.
    private const int MaxDateline = 60;

    // How many blocks before and after the title a time is near, and still around.
    private const int NearBefore = 8;
    private const int NearAfter = 12;
    private const int Around = 40;

    private const int MarkedScore = 6, LabelledScore = 5, TimeScore = 4, DatedScore = 3, AloneScore = 2, ModifiedScore = -4;

    private const Markup Elsewhere = Markup.Comment | Markup.Related | Markup.Sidebar | Markup.Nav | Markup.Footer;

    /// <summary>The best time of publication that the page shows, or null; and the best of change.</summary>
    /// <param name="page">The page.</param>
    /// <param name="titleAt">The block of its title, or -1.</param>
    /// <param name="captured">When the page was captured, or null: nothing on it was published later, and "3 hours ago" counts from there.</param>
    public static (VisibleTime? Published, VisibleTime? Modified) Find(HtmlPage page, int titleAt, Moment? captured)
    {
        VisibleTime? published = null, modified = null;
        var times = All(page, titleAt, captured);
        foreach (var time in times)
        {
            ref var best = ref time.IsModified ? ref modified : ref published;
            if (best is null || time.Score > best.Value.Score)
                best = time;
        }

        // The only day that the page shows needs less to be believed.
        if (published is { Score: >= Least and < Fair } only && !times.Exists(time => !time.IsModified && time.Moment.Day != only.Moment.Day && time.Score >= only.Score - 2))
            published = only with { Score = Fair };
        if (published is null && modified is { Score: >= Least and < Fair } change && !times.Exists(time => time.Moment.Day != change.Moment.Day && time.Score >= change.Score))
            modified = change with { Score = Fair };
        return (published, modified);
    }

    /// <summary>All times that may be the article's, marked ones first, in the page's order.</summary>
    internal static List<VisibleTime> All(HtmlPage page, int titleAt, Moment? captured)
    {
        var latest = captured?.Day.AddDays(1);
        var found = new List<VisibleTime>();
        void Offer(Moment? moment, int score, string from, bool isModified)
        {
            if (moment is { Day.Year: >= 1990 and <= 2100 } time && !(latest is { } last && time.Day > last))
                found.Add(new VisibleTime(time, score, from, isModified));
        }

        foreach (var mark in page.Marks)
        {
            if (mark.Kind is not (PageMarkKind.Published or PageMarkKind.Modified or PageMarkKind.Time))
                continue;
            var block = BlockAt(page, mark.Start);
            var text = page.TextOf(mark);
            var role = mark.Kind == PageMarkKind.Time && block >= 0 ? RoleBefore(page, block, mark.Start) : TimeRole.Unsaid;
            var isModified = mark.Kind == PageMarkKind.Modified || role == TimeRole.Modified;
            var score = mark.Kind == PageMarkKind.Published ? MarkedScore : role == TimeRole.Published ? LabelledScore : TimeScore;
            Offer(PageTimes.Parse(mark.Value) ?? (text.Length <= 200 ? PageTimes.Parse(text.ToString()) : null), score + PlaceScore(page, block, titleAt), "time", isModified);
        }

        var monthFirst = IsMonthFirst(page);
        var seen = 0;
        for (var i = 0; i < page.Blocks.Length && seen <= MaxBlocks; i++)
        {
            var text = page.TextOf(page.Blocks[i]);
            if (text.Length > MaxLine)
                text = text[..MaxDateline];
            if (!text.ContainsAnyInRange('0', '9'))
                continue;
            seen++;
            var place = int.MinValue;
            foreach (var time in PublicationTimes.Find(text, monthFirst, shortYears: true))
            {
                if (place == int.MinValue)
                    place = PlaceScore(page, i, titleAt);
                var role = time.Role;
                if (role == TimeRole.Unsaid && i > 0 && text[..time.Span.Start].Trim().Length <= 2 && page.Blocks[i - 1].Length <= 40)
                    role = PublicationTimes.RoleAtEnd(page.TextOf(page.Blocks[i - 1]));
                if (KindScore(page, i, titleAt, text, time, role) is { } score)
                    Offer(time.Moment, score + place, "text", role == TimeRole.Modified);
            }
        }

        if (captured is { } reading && titleAt >= 0)
            AddRelative(page, titleAt, reading, Offer);
        return found;
    }

    // Of the places that write in English, the one that puts the month first is named by the page's language; a page that names none may mean any.
    private static bool IsMonthFirst(HtmlPage page) =>
        IsAmerican(page.Language) || page.Language is null or { Length: 2 } && page.Metas.Exists(meta => meta.Name is "og:locale" or "content-language" && IsAmerican(meta.Content));

    private static bool IsAmerican(string? language) => language is { Length: >= 5 } && language.EndsWith("US", StringComparison.OrdinalIgnoreCase) && language[2] is '-' or '_';

    // "Il y a 3 heures" near the title.
    private static void AddRelative(HtmlPage page, int titleAt, Moment captured, Action<Moment?, int, string, bool> offer)
    {
        for (var i = Math.Max(0, titleAt - NearBefore); i < Math.Min(page.Blocks.Length, titleAt + NearAfter + 1); i++)
        {
            var text = page.TextOf(page.Blocks[i]);
            if (i == titleAt || RelativeTimes.Find(text, captured, out var span) is not { } moment)
                continue;
            var role = PublicationTimes.RoleAtEnd(text[..span.Start]);
            if (role != TimeRole.Unsaid || span.Length * 10 >= text.Length * 3)
                offer(moment, (role == TimeRole.Modified ? ModifiedScore : AloneScore) + PlaceScore(page, i, titleAt), "text", role == TimeRole.Modified);
        }
    }

    // What the words around a time and the classes of its elements say; null for a time inside a sentence.
    private static int? KindScore(HtmlPage page, int index, int titleAt, ReadOnlySpan<char> text, in ToldTime time, TimeRole role)
    {
        ref readonly var block = ref page.Blocks[index];
        ref readonly var node = ref page.Nodes[block.Node];
        if (text.Contains('©'))
            return null;
        if (block.Length > MaxLine)
            return titleAt >= 0 && index > titleAt && index - titleAt <= NearAfter && IsDateline(page.TextOf(block), time) ? AloneScore : null;
        var (lineStart, line) = LineAround(text, time.Span.Start);
        // A day in the title is what the article is about.
        if (index == titleAt && lineStart == 0 && time.Span.Start > 0)
            return null;
        var isDated = ((node.Markup | page.Nodes[Math.Max(0, node.Parent)].Markup | block.Inline) & Markup.Date) != Markup.None;
        var isAlone = time.Span.Length * 10 >= line * 3;
        if (role == TimeRole.Published && !time.Weak && (line < 160 || isDated || time.Span.Start < 80))
            return LabelledScore;
        if (role == TimeRole.Modified)
            return line < 160 ? ModifiedScore + LabelledScore : null;
        if (isDated)
            return isAlone ? DatedScore : AloneScore;
        if (isAlone || EndsByline(text[lineStart..(lineStart + line)], time.Span.Start - lineStart, time.Span.End - lineStart))
            return AloneScore;
        return line < 160 && text[lineStart..time.Span.Start].Trim().IsEmpty || IsDateline(text, time) ? AloneScore - 1 : null;
    }

    // "By Ann Lee, 20.11.2024": a short line of nothing but an author and the time.
    private static bool EndsByline(ReadOnlySpan<char> line, int start, int end) =>
        start > 0 && line.Length <= MaxByline && line[end..].Trim().Length <= 4 && BylineReader.Opens(line) && BylineReader.Read(line[..start]).People.Count > 0;

    // "20.11.2024 - The council …", "Lyon, (20.11.2024). The council …": a time that opens a text and is parted from it.
    private static bool IsDateline(ReadOnlySpan<char> text, in ToldTime time)
    {
        if (time.Span.Start > 30 || text[..time.Span.Start].ContainsAny('.', '?', '!'))
            return false;
        var rest = text[time.Span.End..].TrimStart();
        // "14:32 Uhr -", "14:32 CET:": a short word belongs to the time.
        var word = 0;
        while (word < rest.Length && char.IsLetter(rest[word]))
            word++;
        if (word is > 0 and <= 3)
            rest = rest[word..].TrimStart();
        return rest is ['-' or '–' or '—' or ':' or '|' or '•' or '/' or ')' or ']' or '\n', ..];
    }

    private static (int Start, int Length) LineAround(ReadOnlySpan<char> text, int at)
    {
        var start = text[..at].LastIndexOf('\n') + 1;
        var end = text[at..].IndexOf('\n');
        return (start, (end < 0 ? text.Length : at + end) - start);
    }

    private static int PlaceScore(HtmlPage page, int index, int titleAt)
    {
        if (index < 0)
            return 0;
        ref readonly var node = ref page.Nodes[page.Blocks[index].Node];
        var score = 0;
        var (around, tags) = (node.Around & Elsewhere, node.TagsAround);
        if (titleAt >= 0)
        {
            // What the title stands in too says nothing of the time.
            ref readonly var title = ref page.Nodes[page.Blocks[titleAt].Node];
            around &= ~title.Around;
            tags &= ~title.TagsAround;
            var distance = index - titleAt;
            if (distance is >= -NearBefore and <= NearAfter)
                score += distance >= 0 ? 4 : 3;
            else if (distance is > 0 and <= Around)
                score += 1;
        }
        else
        {
            score += index * 4 < page.Blocks.Length ? 2 : 1;
        }

        bool Has(PageTag tag) => (tags >> (int)tag & 1) != 0;
        if ((around & (Markup.Comment | Markup.Related)) != Markup.None || Has(PageTag.Footer) && (node.TagsAround >> (int)PageTag.Article & 1) == 0)
            score -= 6;
        else if (Has(PageTag.Aside) || Has(PageTag.Nav) || (around & Markup.Nav) != Markup.None)
            score -= 4;
        else if (around != Markup.None || Has(PageTag.Footer))
            // An article's own footer, and the loose words of columns ("left", "right").
            score -= score > 0 ? 2 : 4;
        if (page.Blocks[index].LinkChars * 2 > page.Blocks[index].Length)
            score -= 1;
        return score;
    }

    private static TimeRole RoleBefore(HtmlPage page, int block, int position)
    {
        var before = page.Text.AsSpan(page.Blocks[block].Start, Math.Max(0, position - page.Blocks[block].Start));
        if (before.Length > 0)
            return PublicationTimes.RoleAtEnd(before);
        return block > 0 && page.Blocks[block - 1].Length <= 40 ? PublicationTimes.RoleAtEnd(page.TextOf(page.Blocks[block - 1])) : TimeRole.Unsaid;
    }

    /// <summary>The block that holds a position of the page's text, or the next one; -1 after the last.</summary>
    internal static int BlockAt(HtmlPage page, int position)
    {
        var block = Sorted.First<PageBlock>(page.Blocks, position + 1, static block => block.End);
        return block < page.Blocks.Length ? block : -1;
    }
}
