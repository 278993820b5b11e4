using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>What a line of boilerplate is, as the lists name it.</summary>
internal enum LineKind
{
    Label,
    Notice,
    Paywall,
    Promo,
    Comments,
    Credit,
    Caption,
    Byline,
    Dateline,
    Navigation,
}

/// <summary>A line that a pattern fits.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Outlet">Where the pattern names the outlet, in the line; null where it does not.</param>
/// <param name="Names">Where the pattern has names, in the line; null where it has none.</param>
/// <param name="Heads">Whether the lines that follow belong to it ("Lire aussi :").</param>
internal readonly record struct LineMatch(LineKind Kind, TextSpan? Outlet, TextSpan? Names, bool Heads);

/// <summary>
/// The lines that stand around articles (<c>boilerplate.txt</c> of every language: dumps mix them), told by word patterns.
/// </summary>
/// <remarks>
/// A pattern is words, without regard to case, accents and marks; <c>*</c> stands for any words or none, <c>%d</c> for a number,
/// <c>{outlet}</c> for one to five words that name the outlet, <c>{names}</c> for one word or more. A line that ends in a colon or a
/// pattern marked <c>head</c> opens a box. Matching is a glob without recursion over words: linear in practice, never worse than words × pattern.
/// </remarks>
internal sealed class LinePatterns
{
    // Longer lines are told by their first words alone: no notice needs more.
    private const int MaxWords = 80;

    // A long line that only begins with one or two words of a pattern is ordinary text.
    private const int MaxLoose = 140;

    // A paragraph that merely begins as a notice does is no notice.
    private const int MaxLength = 1500;

    private static readonly ulong Any = TextHash.Of("*"), Number = TextHash.Of("%d"), Outlet = TextHash.Of("{outlet}"), Names = TextHash.Of("{names}");

    private readonly FrozenDictionary<ulong, Pattern[]> _byFirstWord;

    private LinePatterns(IEnumerable<Pattern> patterns) =>
        _byFirstWord = patterns.GroupBy(pattern => pattern.Key).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    private sealed record Pattern(LineKind Kind, ulong[] Words, ulong Key, int Literals, bool Heads);

    /// <summary>The patterns of all languages.</summary>
    public static LinePatterns All { get; } = new(Language.All.SelectMany(language => language.Lines("boilerplate")).Concat(Language.SharedLines("boilerplate.tsv")).Select(Parse));

    /// <summary>What the line is, or null for ordinary text.</summary>
    public LineMatch? Match(ReadOnlySpan<char> line)
    {
        if (line.Length > MaxLength)
            return null;
        Span<ulong> hashes = stackalloc ulong[MaxWords];
        Span<(int Start, int End)> words = stackalloc (int, int)[MaxWords];
        var count = Words(line, hashes, words, out _);
        for (var i = 0; i < count; i++)
        {
            if (!_byFirstWord.TryGetValue(hashes[i], out var candidates))
                continue;
            foreach (var pattern in candidates)
            {
                if (line.Length > MaxLoose && pattern.Literals < 3 && pattern.Kind is not (LineKind.Notice or LineKind.Paywall))
                    continue;
                if (Fits(pattern.Words, hashes[..count], out var outlet, out var names))
                {
                    return new LineMatch(pattern.Kind, Span(outlet, words), Span(names, words), pattern.Heads);
                }
            }
        }

        return null;
    }

    private static TextSpan? Span((int From, int To) range, ReadOnlySpan<(int Start, int End)> words) =>
        range.To > range.From ? new TextSpan(words[range.From].Start, words[range.To - 1].End) : null;

    private static Pattern Parse(string line)
    {
        var columns = line.Split('\t');
        if (columns.Length < 2 || !Enum.TryParse<LineKind>(columns[0], ignoreCase: true, out var kind))
            throw new InvalidDataException($"boilerplate: \"{line}\" is not kind, tab, pattern");
        var words = new List<ulong>();
        Span<ulong> hashes = stackalloc ulong[16];
        Span<(int, int)> spans = stackalloc (int, int)[16];
        foreach (var part in columns[1].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "*" or "%d" or "{outlet}" or "{names}")
            {
                words.Add(TextHash.Of(part));
                continue;
            }

            words.AddRange(hashes[..Words(part, hashes, spans, out _)]);
        }

        var key = words.Find(word => word != Any && word != Number && word != Outlet && word != Names);
        if (key == 0)
            throw new InvalidDataException($"boilerplate: \"{line}\" has no word");
        var literals = words.Count(word => word != Any && word != Number && word != Outlet && word != Names);
        return new Pattern(kind, [.. words], key, literals, columns.Length > 2 && columns[2] == "head");
    }

    private static int Words(ReadOnlySpan<char> line, Span<ulong> hashes, Span<(int Start, int End)> words, out bool whole)
    {
        var count = 0;
        whole = true;
        var at = 0;
        while (LineWords.Next(line, ref at, out var start, out var digits))
        {
            if (count == hashes.Length)
            {
                whole = false;
                break;
            }

            hashes[count] = digits ? Number : TextHash.OfFolded(line[start..at]);
            words[count++] = (start, at);
        }

        return count;
    }

    private static bool Fits(ulong[] pattern, ReadOnlySpan<ulong> line, out (int, int) outlet, out (int, int) names)
    {
        outlet = names = default;
        int p = 0, w = 0, star = -1, mark = 0;
        while (w < line.Length || p < pattern.Length)
        {
            if (p < pattern.Length && pattern[p] == Any)
            {
                star = p++;
                mark = w;
                continue;
            }

            if (p < pattern.Length && w < line.Length && (pattern[p] == Outlet || pattern[p] == Names))
            {
                // As few words as let the rest fit.
                var most = pattern[p] == Outlet ? 5 : line.Length;
                for (var length = 1; length <= most && w + length <= line.Length; length++)
                {
                    if (!Fits(pattern[(p + 1)..], line[(w + length)..], out var innerOutlet, out var innerNames))
                        continue;
                    var range = (w, w + length);
                    outlet = pattern[p] == Outlet ? range : Shift(innerOutlet, w + length);
                    names = pattern[p] == Names ? range : Shift(innerNames, w + length);
                    return true;
                }
            }
            else if (p < pattern.Length && w < line.Length && pattern[p] == line[w])
            {
                p++;
                w++;
                continue;
            }

            if (star < 0 || mark >= line.Length)
                return false;
            p = star + 1;
            w = ++mark;
        }

        return true;
    }

    private static (int, int) Shift((int From, int To) range, int by) => range.To > range.From ? (range.From + by, range.To + by) : range;
}
