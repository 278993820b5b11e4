namespace Recoupe.Text;

/// <summary>Translates between UTF-16 offsets, used inside, and Unicode code points, used in all output.</summary>
public sealed class CodePointOffsets
{
    // The UTF-16 offsets of the second halves of surrogate pairs, rising. Most texts have none.
    private readonly int[] _seconds;

    // Where each place of a text lies in the text as it was given; null where they are the same.
    private readonly int[]? _given;

    /// <summary>Reads <paramref name="text"/> once. Lone surrogates count as one code point each.</summary>
    public CodePointOffsets(string text)
    {
        var seconds = new List<int>();
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsLowSurrogate(text[i]) && char.IsHighSurrogate(text[i - 1]))
                seconds.Add(i);
        }

        _seconds = [.. seconds];
    }

    /// <summary>Reads a text whose offsets count in the text that it was composed from (<see cref="Composition"/>).</summary>
    /// <param name="text">The text.</param>
    /// <param name="given">The text as it came in, or null where it is the same.</param>
    public CodePointOffsets(string text, string? given)
        : this(given ?? text) => _given = given is null ? null : Composition.PlacesIn(given);

    /// <summary>The code points before the UTF-16 offset <paramref name="index"/>.</summary>
    public int FromUtf16(int index)
    {
        if (_given is not null)
            index = _given[Math.Min(index, _given.Length - 1)];
        if (_seconds.Length == 0)
            return index;
        var before = Array.BinarySearch(_seconds, index);
        return index - (before < 0 ? ~before : before);
    }

    /// <summary>The UTF-16 offset of the code point <paramref name="codePoint"/>.</summary>
    public int ToUtf16(int codePoint)
    {
        var index = codePoint;
        foreach (var second in _seconds)
        {
            if (second > index)
                break;
            index++;
        }

        if (_given is null)
            return index;
        var at = Array.BinarySearch(_given, index);
        return at >= 0 ? at : ~at - 1;
    }

    /// <summary>A span of code points as a span of UTF-16 units.</summary>
    public TextSpan ToUtf16(int start, int end) => new(ToUtf16(start), ToUtf16(end));
}
