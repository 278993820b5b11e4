namespace Recoupe.Stories;

/// <summary>How often an article tells days of each month of the year, up to 31 times each: articles without a time are parted by what time they tell of.</summary>
internal readonly struct MonthCounts
{
    private const int Months = 12;
    private const int Bits = 5;
    private const ulong Most = (1 << Bits) - 1;

    private readonly ulong _counts;

    private MonthCounts(ulong counts) => _counts = counts;

    /// <summary>All counts in one number.</summary>
    public ulong Packed => _counts;

    /// <summary>The counts that <see cref="Packed"/> gave.</summary>
    public static MonthCounts OfPacked(ulong counts) => new(counts);

    /// <summary>One day of <paramref name="month"/> (1 to 12) more.</summary>
    public MonthCounts With(int month)
    {
        var shift = (month - 1) * Bits;
        return ((_counts >> shift) & Most) == Most ? this : new MonthCounts(_counts + (1UL << shift));
    }

    /// <summary>The cosine of two articles' counts: 1 where they tell the same months alike, 0 where no month is common; null where one tells none.</summary>
    public static float? Likeness(MonthCounts a, MonthCounts b)
    {
        if (a._counts == 0 || b._counts == 0)
            return null;
        ulong both = 0, allA = 0, allB = 0;
        for (var shift = 0; shift < Months * Bits; shift += Bits)
        {
            var (inA, inB) = ((a._counts >> shift) & Most, (b._counts >> shift) & Most);
            both += inA * inB;
            allA += inA * inA;
            allB += inB * inB;
        }

        return both / MathF.Sqrt((float)allA * allB);
    }
}
