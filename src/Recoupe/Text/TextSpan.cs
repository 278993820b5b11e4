namespace Recoupe.Text;

/// <summary>A stretch of a text in UTF-16 units: <see cref="Start"/> is in it, <see cref="End"/> is not.</summary>
/// <remarks>Inside the engine every offset is UTF-16; <see cref="CodePointOffsets"/> turns them into code points for output.</remarks>
public readonly record struct TextSpan : IComparable<TextSpan>
{
    /// <summary>Makes a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The start is negative or after the end.</exception>
    public TextSpan(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        Start = start;
        End = end;
    }

    /// <summary>The first UTF-16 unit.</summary>
    public int Start { get; }

    /// <summary>The UTF-16 unit after the last one.</summary>
    public int End { get; }

    /// <summary>How many UTF-16 units it holds.</summary>
    public int Length => End - Start;

    /// <summary>Whether it holds nothing.</summary>
    public bool IsEmpty => Start == End;

    /// <summary>The span of <paramref name="length"/> units from <paramref name="start"/>.</summary>
    public static TextSpan Of(int start, int length) => new(start, start + length);

    /// <summary>The words of <paramref name="text"/> that it stands for.</summary>
    public ReadOnlySpan<char> In(string text) => text.AsSpan(Start, Length);

    /// <summary>As <see cref="In(string)"/>, as a string: for showing and storing.</summary>
    public string Quote(string text) => text[Start..End];

    /// <summary>Whether the unit at <paramref name="index"/> is in it.</summary>
    public bool Contains(int index) => index >= Start && index < End;

    /// <summary>Whether all of <paramref name="other"/> is in it.</summary>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether the two share a unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>The shortest span that holds both.</summary>
    public TextSpan Union(TextSpan other) => new(Math.Min(Start, other.Start), Math.Max(End, other.End));

    /// <summary>The units that both share, or null.</summary>
    public TextSpan? Intersection(TextSpan other)
    {
        var start = Math.Max(Start, other.Start);
        var end = Math.Min(End, other.End);
        return start < end ? new TextSpan(start, end) : null;
    }

    /// <summary>The span moved by <paramref name="by"/> units.</summary>
    public TextSpan Shift(int by) => new(Start + by, End + by);

    /// <summary>The span without white space at its ends; empty at its start if it holds nothing else.</summary>
    public TextSpan Trim(string text)
    {
        int start = Start, end = End;
        while (start < end && char.IsWhiteSpace(text[start])) start++;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return new TextSpan(start, end);
    }

    /// <summary>By start, then by end.</summary>
    public int CompareTo(TextSpan other) => Start != other.Start ? Start.CompareTo(other.Start) : End.CompareTo(other.End);

    /// <inheritdoc/>
    public override string ToString() => $"[{Start}, {End})";
}
