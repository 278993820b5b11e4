using System.Text;

namespace Recoupe.Text;

/// <summary>Puts letters and the accents that follow them apart together, as lists and models know them.</summary>
public static class Composition
{
    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';
    private const int MostMarks = 8; // of one letter; more is play

    /// <summary>The text with whole letters, or null where it has them already.</summary>
    public static string? Compose(string? text)
    {
        if (text is null || text.AsSpan().IndexOfAnyInRange(FirstMark, LastMark) < 0)
            return null;
        var composed = new StringBuilder(text.Length);
        foreach (var (_, letter) in Letters(text))
            composed.Append(letter);
        return composed.ToString();
    }

    /// <summary>For each place in the composed text, and its end, the place in <paramref name="text"/>.</summary>
    internal static int[] PlacesIn(string text)
    {
        var places = new List<int>(text.Length + 1);
        foreach (var (start, letter) in Letters(text))
        {
            foreach (var _ in letter)
                places.Add(start);
        }

        places.Add(text.Length);
        return [.. places];
    }

    private static IEnumerable<(int Start, string Letter)> Letters(string text)
    {
        for (var i = 0; i < text.Length;)
        {
            var end = i + 1;
            while (end < text.Length && end - i <= MostMarks && text[end] is >= FirstMark and <= LastMark)
                end++;
            var letter = text[i..end];
            yield return (i, end > i + 1 && !char.IsSurrogate(text[i]) ? letter.Normalize(NormalizationForm.FormC) : letter);
            i = end;
        }
    }
}
