namespace Recoupe.Text;

/// <summary>Translates between UTF-16 offsets, used inside, and Unicode code points, used in all output.</summary>
public sealed class CodePointOffsets
{
    // The UTF-16 offsets of the second halves of surrogate pairs, rising. Most texts have none.
    private readonly int[] _seconds;

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

    /// <summary>The code points before the UTF-16 offset <paramref name="index"/>.</summary>
    public int FromUtf16(int index)
    {
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

        return index;
    }

    /// <summary>A span of code points as a span of UTF-16 units.</summary>
    public TextSpan ToUtf16(int start, int end) => new(ToUtf16(start), ToUtf16(end));
}
