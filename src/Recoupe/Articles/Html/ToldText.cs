using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>The article's text as structured data have it (<c>articleBody</c>), to ask of a block how much of it stands there too.</summary>
internal sealed class ToldText
{
    // Runs of one to three words: a heading of one word is found as well.
    private const int Longest = 3;

    // Longer texts are read so far.
    private const int MaxWords = 20_000;

    private readonly HashSet<ulong> _runs = [];

    private ToldText(int length) => Length = length;

    /// <summary>The text's length in characters, without markup.</summary>
    public int Length { get; }

    /// <summary>Reads the text; null where it holds no words.</summary>
    public static ToldText? Of(string text)
    {
        if (text.Contains('&'))
            text = System.Net.WebUtility.HtmlDecode(text);
        if (text.Contains('<'))
            text = PageFacts.WithoutTags(text.Replace("<", " <", StringComparison.Ordinal));
        var told = new ToldText(text.Length);
        Span<ulong> last = stackalloc ulong[Longest];
        var at = 0;
        for (var words = 0; words < MaxWords && Next(text, ref at, out var word); words++)
        {
            Shift(last, word);
            for (var length = 1; length <= Math.Min(Longest, words + 1); length++)
                told._runs.Add(Run(last, length));
        }

        return told._runs.Count == 0 ? null : told;
    }

    /// <summary>The share of the block's runs of three words that stand in the text (0 to 1); of a shorter block whether it does as a whole.</summary>
    public float Share(ReadOnlySpan<char> block)
    {
        Span<ulong> last = stackalloc ulong[Longest];
        int at = 0, words = 0, found = 0;
        while (words < MaxWords && Next(block, ref at, out var word))
        {
            Shift(last, word);
            words++;
            if (words >= Longest && _runs.Contains(Run(last, Longest)))
                found++;
        }

        if (words == 0)
            return 0;
        return words < Longest ? _runs.Contains(Run(last, words)) ? 1 : 0 : (float)found / (words - Longest + 1);
    }

    private static void Shift(Span<ulong> last, ulong word)
    {
        last[1..].CopyTo(last);
        last[^1] = word;
    }

    private static ulong Run(ReadOnlySpan<ulong> last, int length)
    {
        var hash = (ulong)length;
        foreach (var word in last[^length..])
            hash = TextHash.Combine(hash, word);
        return hash;
    }

    private static bool Next(ReadOnlySpan<char> text, ref int at, out ulong word)
    {
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            at++;
        var start = at;
        while (at < text.Length && char.IsLetterOrDigit(text[at]))
            at++;
        word = at > start ? TextHash.OfFolded(text[start..at]) : 0;
        return at > start;
    }
}
