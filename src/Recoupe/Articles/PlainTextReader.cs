using System.Buffers;
using System.Collections.Frozen;

using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Reads an article out of a plain text dump: what a person copied from a page, boilerplate and all.</summary>
/// <remarks>
/// Lines are told by the lists of boilerplate, by picture credits, bylines and times; what is left is title, standfirst, headings and paragraphs by
/// its place and form. All rules are about how newsrooms set their pages, none about one outlet.
/// </remarks>
internal static class PlainTextReader
{
    private const int MaxTitle = 250;
    private const int MaxHeading = 140;
    private const int MaxStandfirst = 700;

    // Shorter lines without a full stop under a "see also" heading are titles of other articles.
    private const int MaxRelated = 160;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…");

    private static readonly FrozenSet<string> Rubrics = Language.All.SelectMany(language => language.Lines("rubrics")).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> RubricOf = Rubrics.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The article in <paramref name="document"/>.</summary>
    public static Article Read(Document document, ArticleId id)
    {
        var draft = new ArticleDraft(document, id);
        var lines = Lines(document.Content);
        Classify(document.Content, lines, draft);
        FindTitle(document.Content, lines, draft);
        FindRelatedAndComments(document.Content, lines);
        FindStandfirst(document.Content, lines, draft);
        FindHeadings(document.Content, lines);
        Write(document.Content, lines, draft);
        return draft.ToArticle();
    }

    /// <summary>A line, or a paragraph that the dump broke into lines.</summary>
    private sealed class Line(TextSpan span, bool afterGap)
    {
        public TextSpan Span { get; } = span;

        /// <summary>Whether an empty line stands before it.</summary>
        public bool AfterGap { get; } = afterGap;

        /// <summary>Null for text whose kind its place will tell.</summary>
        public BlockKind? Kind { get; set; }

        /// <summary>Whether the short lines after it belong to it.</summary>
        public bool Heads { get; set; }

        /// <summary>Where a rubric stands before the text, in the document.</summary>
        public TextSpan? Rubric { get; set; }
    }

    private static List<Line> Lines(string content)
    {
        var lines = new List<Line>();
        var gap = false;
        for (var i = 0; i < content.Length;)
        {
            var end = content.AsSpan(i).IndexOfAny("\n\r\u2028\u2029");
            end = end < 0 ? content.Length : i + end;
            var span = new TextSpan(i, end).Trim(content);
            if (span.IsEmpty)
                gap = true;
            else
            {
                lines.Add(new Line(span, gap));
                gap = false;
            }

            i = end < content.Length && content[end] == '\r' && end + 1 < content.Length && content[end + 1] == '\n' ? end + 2 : end + 1;
        }

        return Unwrap(content, lines);
    }

    // A dump wrapped at a fixed width: most lines that are followed by another of their paragraph are nearly as long as the longest.
    private static List<Line> Unwrap(string content, List<Line> lines)
    {
        int inner = 0, full = 0, longest = 0, unfinished = 0;
        foreach (var line in lines)
            longest = Math.Max(longest, line.Span.Length);
        for (var i = 0; i + 1 < lines.Count; i++)
        {
            if (lines[i + 1].AfterGap)
                continue;
            inner++;
            if (lines[i].Span.Length > longest * 3 / 4)
                full++;
            if (!EndsSentence(lines[i].Span.In(content)))
                unfinished++;
        }

        if (longest is < 40 or > 140 || inner < 4 || full * 10 < inner * 7 || unfinished * 2 < inner)
            return lines;
        var joined = new List<Line>();
        foreach (var line in lines)
        {
            if (line.AfterGap || joined.Count == 0)
                joined.Add(line);
            else
                joined[^1] = new Line(joined[^1].Span.Union(line.Span), joined[^1].AfterGap);
        }

        return joined;
    }

    private static void Classify(string content, List<Line> lines, ArticleDraft draft)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var text = line.Span.In(content);
            if (LinePatterns.All.Match(text) is { } match && Apply(match, text, line, draft))
                continue;
            if (ConsentText.Of(text) == ConsentLikeness.Sure)
                line.Kind = BlockKind.Notice;
            else if (PictureCredits.IsCredit(text))
                line.Kind = BlockKind.Credit;
            else if (PictureCredits.AtEnd(text) is not null && text.Length <= 600)
                line.Kind = BlockKind.Caption;
            else if (IsRubric(text))
                line.Kind = BlockKind.Label;
            else if (IsTime(text, i, draft))
                line.Kind = BlockKind.Dateline;
            else if (IsByline(text, i, lines.Count, draft) || IsOutletLine(content, lines, i, draft))
                line.Kind = BlockKind.Byline;
            else
                line.Rubric = RubricBefore(content, line.Span);
        }
    }

    private static bool Apply(LineMatch match, ReadOnlySpan<char> text, Line line, ArticleDraft draft)
    {
        if (match.Kind == LineKind.Byline)
        {
            var parts = BylineReader.Read(match.Names is { } names ? text[names.Start..] : text);
            if (parts.IsEmpty || text.Length > 160)
                return false;
            draft.AddByline(parts);
            line.Kind = BlockKind.Byline;
            return true;
        }

        if (match.Outlet is { } outlet && KnownOutlet(text[outlet.Start..outlet.End]) is { } known)
            draft.SetOutlet(known, "boilerplate");
        if (match.Kind == LineKind.Paywall)
            draft.Partial = true;
        line.Heads = match.Heads || text[^1] == ':';
        line.Kind = match.Kind switch
        {
            LineKind.Label => BlockKind.Label,
            LineKind.Notice or LineKind.Paywall => BlockKind.Notice,
            LineKind.Promo => BlockKind.Promo,
            LineKind.Comments => BlockKind.Comments,
            LineKind.Credit => BlockKind.Credit,
            LineKind.Caption => BlockKind.Caption,
            LineKind.Dateline => BlockKind.Dateline,
            _ => BlockKind.Navigation,
        };
        return true;
    }

    // What boilerplate calls the outlet: a known medium, or a name written as one.
    private static string? KnownOutlet(ReadOnlySpan<char> name)
    {
        if (MediaDirectory.Find(name) is { Kind: MediumKind.Outlet } medium)
            return medium.Name;
        return name.Length is > 2 and <= 40 && char.IsUpper(name[0]) ? name.ToString() : null;
    }

    private static bool IsRubric(ReadOnlySpan<char> text) => text.Length <= 30 && RubricOf.Contains(text.TrimEnd(" :>»"));

    // "INTERNATIONAL – Avant de faire ses valises": the rubric in capitals, a dash.
    private static TextSpan? RubricBefore(string content, TextSpan span)
    {
        var text = span.In(content);
        var dash = text[..Math.Min(text.Length, 40)].IndexOfAny("–—-:|");
        if (dash < 2 || dash + 2 >= text.Length || !char.IsWhiteSpace(text[dash + 1]))
            return null;
        var name = text[..dash].TrimEnd();
        foreach (var c in name)
        {
            if (char.IsLower(c))
                return null;
        }

        return RubricOf.Contains(name) ? TextSpan.Of(span.Start, dash + 1) : null;
    }

    private static bool IsTime(ReadOnlySpan<char> text, int index, ArticleDraft draft)
    {
        if (text.Length > 140)
            return false;
        var times = PublicationTimes.Find(text);
        if (times.Count == 0)
            return false;
        var covered = times.Sum(time => time.Span.Length);
        var told = times.Exists(time => time.Role != TimeRole.Unsaid);
        if (!(told ? covered * 4 >= text.Length : covered * 10 >= text.Length * 6 && index < 12))
            return false;
        foreach (var time in times)
        {
            if (time.Role == TimeRole.Modified)
                draft.Modified ??= time.Moment;
            else
                draft.SetPublished(time.Moment, "text");
        }

        // "Par Jeanne Martin, publié le …": names and times in one line.
        if (BylineReader.Opens(text))
            draft.AddByline(BylineReader.Read(text[..times[0].Span.Start]));
        return true;
    }

    private static bool IsByline(ReadOnlySpan<char> text, int index, int count, ArticleDraft draft)
    {
        if (text.Length > 140 || index > 12 && index < count - 6)
            return false;
        var parts = BylineReader.Read(text);
        var opens = BylineReader.Opens(text);
        // Without an opening word: media alone ("franceinfo avec AFP"), or a name with one ("Jeanne Martin avec AFP").
        if (parts.IsEmpty || !opens && !parts.IsMedia && !(parts.Agencies.Count + (parts.Outlet is null ? 0 : 1) > 0 && parts.People.Count > 0))
            return false;
        if (!opens && text.Count(' ') > 8 || EndsSentence(text) && text.Count(' ') > 4)
            return false;
        draft.AddByline(parts);
        return true;
    }

    // The outlet's name alone in a line, under the title or beside the byline and times.
    private static bool IsOutletLine(string content, List<Line> lines, int index, ArticleDraft draft)
    {
        var text = lines[index].Span.In(content);
        if (index is 0 or > 8 || text.Length > 40 || EndsSentence(text) || !BylineReader.IsOutlet(text))
            return false;
        var beside = lines[index - 1].Kind is BlockKind.Byline or BlockKind.Dateline or BlockKind.Label
            || index + 1 < lines.Count && (PublicationTimes.Find(lines[index + 1].Span.In(content)).Count > 0 || BylineReader.Opens(lines[index + 1].Span.In(content)));
        if (!beside)
            return false;
        draft.SetOutlet(MediaDirectory.Find(text)?.Name ?? text.ToString(), "byline");
        return true;
    }

    private static void FindTitle(string content, List<Line> lines, ArticleDraft draft)
    {
        var first = lines.Find(line => line.Kind is null);
        if (first is null)
            return;
        var text = first.Span.In(content);
        if (draft.Title is { } known)
        {
            if (text.Equals(known, StringComparison.OrdinalIgnoreCase))
                first.Kind = BlockKind.Title;
            return;
        }

        var next = lines.Find(line => line.Kind is null && line != first);
        if (first.Rubric is not null || text.Length > MaxTitle || next is null || text[^1] is '.' or ':' or ',' or ';' && !text.EndsWith("..."))
            return;
        // A title stands at the top, and what follows is longer or stands apart.
        var at = lines.IndexOf(first);
        var preceded = lines[..at].Exists(line => line.Kind is BlockKind.Credit or BlockKind.Caption or BlockKind.Byline);
        if (at > 6 || preceded && text.Length > MaxHeading)
            return;
        var quoted = text.Length > 2 && text[0] is '"' or '«' or '“' && text[^1] is '"' or '»' or '”';
        if (text[^1] is '!' or '?' or '…' || quoted || !EndsSentence(text) || next.AfterGap && text.Length < next.Span.Length)
        {
            first.Kind = BlockKind.Title;
            draft.Title = text.ToString();
        }
    }

    // After the article's end: comments stay comments, and short lines under "see also" are titles of others.
    private static void FindRelatedAndComments(string content, List<Line> lines)
    {
        var total = lines.Where(line => line.Kind is null).Sum(line => line.Span.Length);
        var before = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (line.Kind is null)
                before += line.Span.Length;
            if (line.Kind == BlockKind.Comments && before * 10 >= total * 6 && before > 0)
            {
                for (var j = i + 1; j < lines.Count; j++)
                    lines[j].Kind = lines[j].Kind is null or BlockKind.Byline or BlockKind.Dateline or BlockKind.Label ? BlockKind.Comments : lines[j].Kind;
                return;
            }

            if (!line.Heads || line.Kind is not (BlockKind.Promo or BlockKind.Label or BlockKind.Navigation))
                continue;
            // A box holds short lines without a full stop up to the next gap after its first, or up to a paragraph.
            for (var j = i + 1; j < lines.Count && lines[j].Kind is null; j++)
            {
                var text = lines[j].Span.In(content);
                var last = lines.FindIndex(j, other => other.Kind is null && IsParagraph(other.Span.In(content))) < 0;
                if (IsParagraph(text) || text.Length > MaxRelated || !last && j > i + 1 && lines[j].AfterGap)
                    break;
                if (!last && j + 1 < lines.Count && lines[j + 1].Kind is null && lines[j].AfterGap && IsParagraph(lines[j + 1].Span.In(content)) && j > i + 1)
                    break;
                lines[j].Kind = line.Kind;
            }
        }
    }

    private static bool IsParagraph(ReadOnlySpan<char> text) => text.Length > 60 && EndsSentence(text);

    private static void FindStandfirst(string content, List<Line> lines, ArticleDraft draft)
    {
        var first = lines.FindIndex(line => line.Kind is null);
        if (first < 0)
            return;
        var second = lines.FindIndex(first + 1, line => line.Kind is null);
        if (second < 0 || lines[first].Span.Length > MaxStandfirst || lines[first].Rubric is not null)
            return;
        var text = lines[first].Span.In(content);
        if (text.Length < 40 && !EndsSentence(text))
            return;
        // A standfirst stands before the byline, the times or a rubric; the body begins after them.
        var parted = lines[(first + 1)..second].Exists(line => line.Kind is BlockKind.Byline or BlockKind.Dateline or BlockKind.Label or BlockKind.Credit or BlockKind.Caption);
        var gapped = draft.Title is not null && !lines[first].AfterGap && lines[second].AfterGap && lines.Count(line => line.AfterGap) * 2 > lines.Count;
        if (first <= 5 && (parted || lines[second].Rubric is not null || gapped && first == 1))
            lines[first].Kind = BlockKind.Standfirst;
    }

    private static void FindHeadings(string content, List<Line> lines)
    {
        for (var i = 0; i + 1 < lines.Count; i++)
        {
            if (lines[i].Kind is not null || lines[i].Rubric is not null)
                continue;
            var text = lines[i].Span.In(content);
            if (IsListItem(text))
            {
                lines[i].Kind = BlockKind.List;
                continue;
            }

            var next = lines.FindIndex(i + 1, line => line.Kind is null or BlockKind.Caption or BlockKind.Credit or BlockKind.Promo);
            while (next >= 0 && next < lines.Count && lines[next].Kind is BlockKind.Caption or BlockKind.Credit or BlockKind.Promo)
                next++;
            if (next < 0 || next >= lines.Count || lines[next].Kind is not null)
                continue;
            if (text.Length <= MaxHeading && lines[next].Span.Length > text.Length * 2 && IsHeading(text))
                lines[i].Kind = BlockKind.Heading;
        }
    }

    private static bool IsListItem(ReadOnlySpan<char> text) =>
        text.Length > 2 && (text[0] is '•' or '·' or '▪' or '●' or '*' || text[0] is '-' or '–' or '—') && char.IsWhiteSpace(text[1]);

    // A quotation that is all of a short line is a heading when a longer paragraph follows; so is a line without a full stop.
    private static bool IsHeading(ReadOnlySpan<char> text)
    {
        if (text[^1] is ',' or ';' or ':' or '-' || text.Count(' ') > 18)
            return false;
        if (!char.IsUpper(text[0]) && !char.IsDigit(text[0]) && text[0] is not ('"' or '«' or '“' or '\'' or '‘' or '¿'))
            return false;
        var quoted = text.Length > 2 && text[0] is '"' or '«' or '“' or '‘' && text[^1] is '"' or '»' or '”' or '’';
        if (quoted)
            return text.Count(' ') <= 14 && text[^2] is not ('.' or ',');
        return text[^1] is '?' or '!' ? text.Count(' ') <= 12 : !EndsSentence(text);
    }

    private static bool EndsSentence(ReadOnlySpan<char> text)
    {
        var end = text.TrimEnd("»”\"’')] \u00A0\u202F");
        return !end.IsEmpty && SentenceEnds.Contains(end[^1]);
    }

    private static void Write(string content, List<Line> lines, ArticleDraft draft)
    {
        var inText = false;
        foreach (var line in lines)
        {
            var source = line.Span;
            if (line.Kind is { } kind && !new Block(kind, null, source).IsText)
            {
                draft.AddEvidence(kind, source);
                if (kind == BlockKind.Caption && PictureCredits.AtEnd(source.In(content)) is { } credit)
                    draft.AddEvidence(BlockKind.Credit, credit.Shift(source.Start));
                continue;
            }

            if (line.Rubric is { } rubric)
            {
                draft.AddEvidence(BlockKind.Label, rubric);
                source = new TextSpan(rubric.End, source.End).Trim(content);
            }

            // "PARIS (AFP) —" before the first paragraph is evidence of who wrote it.
            if (line.Kind is null && !inText && AgencyCredits.Dateline(content, source, draft.Agencies) is { } dateline && dateline.Length < source.Length)
            {
                draft.AddEvidence(BlockKind.Dateline, dateline);
                var rest = content.AsSpan(dateline.End, source.End - dateline.End);
                source = new TextSpan(source.End - rest.TrimStart(" \u00A0–—-.:").Length, source.End);
            }

            inText |= line.Kind is null;
            draft.AddText(line.Kind ?? BlockKind.Paragraph, OneLine(source.In(content)), source);
        }
    }

    // The breaks of a wrapped paragraph become spaces.
    private static ReadOnlySpan<char> OneLine(ReadOnlySpan<char> text) =>
        text.ContainsAny('\n', '\r') ? string.Join(' ', text.ToString().Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : text;
}
