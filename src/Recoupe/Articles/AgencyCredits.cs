using System.Buffers;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Finds agencies that a text credits for itself: in its dateline ("PARIS (AFP) —"), in its last line ("avec AFP", "(Reuters)").</summary>
/// <remarks>Agencies named inside sentences are citations, and those of picture credits ("NAME / AFP") are not the text's.</remarks>
internal static class AgencyCredits
{
    private static readonly SearchValues<char> Speech = SearchValues.Create("\"“”«»?!");
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?»”\"");

    // How far into the text a dateline reaches: "WASHINGTON, D.C., Nov 20 (Reuters) -".
    private const int DatelineLength = 90;

    /// <summary>Adds the agencies that <paramref name="text"/> credits to <paramref name="agencies"/>; gives the dateline's span, or null.</summary>
    public static TextSpan? Find(string text, ICollection<string> agencies)
    {
        var first = FirstLine(text);
        var dateline = Dateline(text, first, agencies);
        FindAtEnd(text, agencies);
        return dateline;
    }

    private static TextSpan FirstLine(string text)
    {
        var whole = new TextSpan(0, text.Length).Trim(text);
        var end = text.AsSpan(whole.Start).IndexOfAny('\n', '\r');
        return end < 0 ? whole : new TextSpan(whole.Start, whole.Start + end);
    }

    /// <summary>The span of a dateline at the start of <paramref name="line"/> that credits an agency, or null; adds the agency.</summary>
    public static TextSpan? Dateline(string text, TextSpan line, ICollection<string> agencies)
    {
        var head = text.AsSpan(line.Start, Math.Min(line.Length, DatelineLength));
        var open = head.IndexOf('(');
        if (open >= 0)
        {
            var close = head[open..].IndexOf(')');
            if (close > 1 && IsPlaceAndDay(head[..open]))
            {
                var inside = BylineReader.Read(head.Slice(open + 1, close - 1));
                var after = head[(open + close + 1)..].TrimStart();
                if (inside.IsMedia && (open == 0 || after is ['-' or '–' or '—' or '.' or ':', ..]))
                {
                    AddAll(agencies, inside.Agencies);
                    return inside.Agencies.Count > 0 ? TextSpan.Of(line.Start, open + close + 1) : null;
                }
            }
        }

        // "AFP - ", "Reuters – ", "PARIS, AFP —"
        var dash = head.IndexOfAny("–—-");
        if (dash is > 1 and < 60 && dash + 1 < head.Length && char.IsWhiteSpace(head[dash + 1]) && char.IsWhiteSpace(head[dash - 1]))
        {
            var parts = BylineReader.Read(head[..dash]);
            if (parts.Agencies.Count > 0 && IsPlaceAndDay(head[..dash]))
            {
                AddAll(agencies, parts.Agencies);
                return TextSpan.Of(line.Start, dash + 1);
            }
        }

        return null;
    }

    // Capitals, digits and few small words: "KIEV, 20 nov", "Washington".
    private static bool IsPlaceAndDay(ReadOnlySpan<char> text)
    {
        if (text.Length > 60 || text.ContainsAny(Speech))
            return false;
        var small = 0;
        foreach (var range in text.Split(' '))
        {
            var word = text[range];
            if (!word.IsEmpty && char.IsLower(word[0]))
                small++;
        }

        return small <= 3;
    }

    private static void FindAtEnd(string text, ICollection<string> agencies)
    {
        var end = text.Length;
        for (var lines = 0; lines < 3 && end > 0; lines++)
        {
            var line = new TextSpan(0, end).Trim(text);
            if (line.IsEmpty)
                return;
            var start = text.AsSpan(0, line.End).LastIndexOfAny('\n', '\r') + 1;
            line = new TextSpan(start, line.End).Trim(text);
            if (!FindInLastLine(line.In(text), agencies) && line.Length > 60)
                return;
            end = start;
        }
    }

    private static bool FindInLastLine(ReadOnlySpan<char> line, ICollection<string> agencies)
    {
        if (PictureCredits.IsCredit(line) && !BylineReader.Opens(line))
            return false;
        if (line.Length <= 80)
        {
            var bare = BylineReader.WithoutJoiner(line.Trim("()[] ."));
            var parts = BylineReader.Read(bare);
            // Only media, or a credit that opens as one does.
            if (parts.Agencies.Count > 0 && (parts.IsMedia || BylineReader.Opens(bare)) && WordCount(line) <= 10)
            {
                AddAll(agencies, parts.Agencies);
                return true;
            }
        }

        if (line.Length > 4 && line.TrimEnd(". ")[^1] is ')' or ']')
        {
            line = line.TrimEnd(". ");
            var open = line.LastIndexOfAny("([");
            if (open >= 0 && line.Length - open <= 60)
            {
                var inside = BylineReader.WithoutJoiner(line[(open + 1)..^1].Trim());
                var parts = BylineReader.Read(inside);
                // "(NAME / AFP)" is a picture's.
                if (parts.IsMedia && parts.Agencies.Count > 0)
                {
                    AddAll(agencies, parts.Agencies);
                    return true;
                }
            }
        }

        // "… . avec AFP", "… Reuters" after the last full stop.
        var stop = line.LastIndexOfAny(Ends);
        if (stop > 0 && stop + 2 < line.Length && line.Length - stop <= 50)
        {
            var tail = BylineReader.WithoutJoiner(line[(stop + 1)..].Trim(" –—-()"));
            var parts = BylineReader.Read(tail);
            if (parts.IsMedia && parts.Agencies.Count > 0)
            {
                AddAll(agencies, parts.Agencies);
                return true;
            }
        }

        return false;
    }

    private static int WordCount(ReadOnlySpan<char> line) => line.Count(' ') + 1;

    private static void AddAll(ICollection<string> agencies, List<string> more)
    {
        foreach (var agency in more)
        {
            if (!agencies.Contains(agency))
                agencies.Add(agency);
        }
    }
}
