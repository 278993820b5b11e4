using System.Globalization;
using System.Runtime.InteropServices;

using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>
/// Finds what a page says again and again where it is hidden, and what is counted through as the pictures of a gallery are: no article does either.
/// </summary>
internal static class PageFurniture
{
    // How often the same words stand on the page before they are its furniture.
    private const int LeastTimes = 3;

    // A picture's number is no longer than this ("Picture 10 of 12"), and its caption no longer than that.
    private const int MaxNumber = 24;
    private const int MaxCaption = 600;

    // So many numbers in a row are no chance.
    private const int LeastPictures = 3;

    /// <summary>Marks the blocks.</summary>
    public static void Mark(HtmlPage page, bool[] foreign)
    {
        MarkRepeated(page, foreign);
        MarkGalleries(page, foreign);
    }

    // A plan or a refrain says things again and again too, but not where nobody sees them.
    private static void MarkRepeated(HtmlPage page, bool[] foreign)
    {
        var times = new Dictionary<ulong, int>();
        for (var i = 0; i < foreign.Length; i++)
        {
            if ((page.Nodes[page.Blocks[i].Node].Around & Markup.Hidden) != Markup.None)
                CollectionsMarshal.GetValueRefOrAddDefault(times, TextHash.Of(page.TextOf(page.Blocks[i])), out _)++;
        }

        for (var i = 0; times.Count > 0 && i < foreign.Length; i++)
        {
            foreign[i] |= (page.Nodes[page.Blocks[i].Node].Around & Markup.Hidden) != Markup.None
                && times[TextHash.Of(page.TextOf(page.Blocks[i]))] >= LeastTimes;
        }
    }

    // "1 of 12", its caption, "2 of 12", its caption.
    private static void MarkGalleries(HtmlPage page, bool[] foreign)
    {
        var run = new List<int>();
        var (number, all) = (0, 0);
        for (var i = 0; i <= page.Blocks.Length; i++)
        {
            var (next, of) = i < page.Blocks.Length ? Number(page.TextOf(page.Blocks[i])) : (-1, 0);
            if (next == 0)
                continue;
            if (next != number + 1 || of != all)
            {
                MarkRun(page, run, foreign);
                run.Clear();
            }

            (number, all) = (next, of);
            run.Add(i);
        }
    }

    private static void MarkRun(HtmlPage page, List<int> run, bool[] foreign)
    {
        if (run.Count < LeastPictures || Number(page.TextOf(page.Blocks[run[0]])).Number != 1)
            return;
        foreach (var at in run)
        {
            foreign[at] = true;
            if (at + 1 < foreign.Length && page.Blocks[at + 1].Length <= MaxCaption)
                foreign[at + 1] = true;
        }
    }

    // The two numbers of a short line that has no more, the first not above the second; 0 where it is none. A time of day and a day are no
    // such numbers.
    private static (int Number, int Of) Number(ReadOnlySpan<char> text)
    {
        if (text.Length > MaxNumber || !text.ContainsAnyInRange('0', '9'))
            return default;
        var (number, of, count, from) = (0, 0, 0, 0);
        for (int at = 0; LineWords.Next(text, ref at, out var start, out var isNumber);)
        {
            if (!isNumber)
                continue;
            if (++count > 2 || at - start > 3)
                return default;
            (number, of) = (of, int.Parse(text[start..at], NumberStyles.None, CultureInfo.InvariantCulture));
            if (count == 2 && text[from..start].ContainsAny('.', ':'))
                return default;
            from = at;
        }

        return count == 2 && number > 0 && of >= Math.Max(LeastPictures, number) ? (number, of) : default;
    }
}
