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
    private const int MostBeforeDash = 60;
    private const int MostOfByline = 80;
    private const int MostOfContribution = 160;
    private const int MostWordsOfCredit = 10;

    /// <summary>Adds the agencies that <paramref name="text"/> credits to <paramref name="agencies"/>; gives the dateline's span, or null.</summary>
    public static TextSpan? Find(string text, ICollection<string> agencies)
    {
        var first = FirstLine(text);
        var dateline = Dateline(text, first, agencies);
        if (dateline is null && first.End < text.TrimEnd().Length)
            FindInByline(first.In(text), agencies);
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
        for (var open = head.IndexOf('('); open >= 0; open = Next(head, open))
        {
            if (DatelineInside(head, open, ')') is { } end)
                return Take(end);
        }

        if (head.IndexOf('/') is > 0 and var slash && head[slash - 1] == ' ' && DatelineInside(head, slash, '/') is { } behind)
            return Take(behind);

        // "AFP - ", "Reuters – ", "PARIS, AFP —", "PARIS — AFP —"
        var dash = DashAfter(head, 0);
        if (dash is > 1 and < MostBeforeDash && IsPlaceAndDay(head[..dash]))
        {
            var before = BylineReader.Read(head[..dash]);
            if (before.Agencies.Count > 0 && EndsInAgency(head[..dash]))
            {
                AddAll(agencies, before.Agencies);
                return TextSpan.Of(line.Start, dash + 1);
            }

            var second = DashAfter(head, dash + 1);
            if (second > dash && second < MostBeforeDash && BylineReader.Read(head[(dash + 1)..second]) is { IsMedia: true, Agencies.Count: > 0 } between)
            {
                AddAll(agencies, between.Agencies);
                return TextSpan.Of(line.Start, second + 1);
            }
        }

        return null;

        TextSpan Take((int End, List<string> Agencies) found)
        {
            AddAll(agencies, found.Agencies);
            return TextSpan.Of(line.Start, found.End);
        }
    }

    private static int Next(ReadOnlySpan<char> head, int open)
    {
        var next = head[(open + 1)..].IndexOf('(');
        return next < 0 ? -1 : open + 1 + next;
    }

    // The next dash between spaces from an index on; -1 if there is none.
    private static int DashAfter(ReadOnlySpan<char> head, int from)
    {
        for (var i = Math.Max(1, from); i + 1 < head.Length; i++)
        {
            if (head[i] is '–' or '—' or '-' && char.IsWhiteSpace(head[i + 1]) && char.IsWhiteSpace(head[i - 1]))
                return i;
        }

        return -1;
    }

    // "PARIS, AFP", "3 May, The Canadian Press": an agency's name is at the end.
    private static bool EndsInAgency(ReadOnlySpan<char> text)
    {
        const int mostWords = 4;
        text = text.TrimEnd("() .,");
        var start = text.Length;
        for (var words = 0; words < mostWords && start > 0; words++)
        {
            start = Math.Max(0, text[..start].LastIndexOfAny(" ,/("));
            var name = text[start..].Trim(" ,/(");
            // "YORK, Pa. —" is a state, "YORK, PA —" an agency.
            if (BylineReader.IsAgency(name) && !(name.Length <= 3 && char.IsUpper(name[0]) && char.IsLower(name[^1])))
                return true;
        }

        return false;
    }

    // "(AFP) —", "/TASS/.", and "MADRID (EFE) The …", where the place is in capitals: what stands between the marks is an agency and nothing else.
    private static (int End, List<string> Agencies)? DatelineInside(ReadOnlySpan<char> head, int open, char closing)
    {
        var close = head[(open + 1)..].IndexOf(closing);
        if (close < 1 || !IsPlaceAndDay(head[..open]))
            return null;
        var end = open + close + 2;
        var inside = BylineReader.Read(head[(open + 1)..(end - 1)]);
        if (!inside.IsMedia || inside.Agencies.Count == 0)
            return null;
        var after = head[end..].TrimStart();
        return open == 0 || after is ['-' or '–' or '—' or '.' or ':', ..] || after.Length > 0 && char.IsUpper(after[0]) && IsInCapitals(head[..open])
            ? (end, inside.Agencies) : null;
    }

    private static bool IsInCapitals(ReadOnlySpan<char> place)
    {
        var letters = 0;
        foreach (var c in place)
        {
            if (char.IsLower(c))
                return false;
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters > 2;
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

    // "Par Jean Martin, AFP", "Reuters", "Le Courrier avec AFP" above a text.
    private static void FindInByline(ReadOnlySpan<char> line, ICollection<string> agencies)
    {
        if (line.Length is < 2 or > MostOfByline || WordCount(line) > MostWordsOfCredit || line[^1] is '.' or '!' or '?' or ':' || PictureCredits.IsCredit(line) && !BylineReader.Opens(line))
            return;
        // "Avec AFP": nobody before it.
        var parts = BylineReader.Read(BylineReader.WithoutJoiner(line));
        if (parts.Agencies.Count > 0 && (parts.IsMedia || BylineReader.Opens(line) || BylineReader.IsAided(line) || line.Contains(',')))
            AddAll(agencies, parts.Agencies);
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
        line = WithoutCopyright(line);
        if (PictureCredits.IsCredit(line) && !BylineReader.Opens(line) && !AreAgencies(line))
            return false;
        if (line.Length <= MostOfContribution && BylineReader.WithoutContribution(line.TrimEnd("). ").TrimStart("( ")) is { Length: > 1 } helpers && BylineReader.Read(helpers).Agencies is { Count: > 0 } helping)
        {
            AddAll(agencies, helping);
            return true;
        }

        if (line.Length <= MostOfByline)
        {
            var bare = BylineReader.WithoutJoiner(line.Trim("()[] ."));
            var parts = BylineReader.Read(bare);
            // Only media, or a credit that opens as one does, or tells who had help.
            if (parts.Agencies.Count > 0 && (parts.IsMedia || BylineReader.Opens(bare) || BylineReader.IsAided(bare) && char.IsUpper(bare[0])) && WordCount(line) <= MostWordsOfCredit)
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

    // "© 2024 AFP" is the text's, "© AFP" may be a picture's.
    private static ReadOnlySpan<char> WithoutCopyright(ReadOnlySpan<char> line)
    {
        var bare = line.Trim("()[] .");
        if (bare is not ['©', ..])
            return line;
        bare = bare[1..].TrimStart();
        return bare.Length > 5 && bare[..4].IndexOfAnyExceptInRange('0', '9') < 0 && bare[4] == ' ' ? bare[5..].TrimStart() : line;
    }

    // "ats/afp", "AFP/Reuters": two agencies and nobody else.
    private static bool AreAgencies(ReadOnlySpan<char> line) => line.Contains('/') && BylineReader.Read(line.Trim("()[] .")) is { IsMedia: true, Outlet: null, Agencies.Count: > 1 };

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
