using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>A 64-bit hash that is the same on every machine and in every run (FNV-1a with a final mix).</summary>
public static class TextHash
{
    private const ulong Offset = 14695981039346656037;
    private const ulong Prime = 1099511628211;

    /// <summary>The hash of <paramref name="text"/>, unit by unit.</summary>
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var hash = Offset;
        foreach (var c in text)
            hash = (hash ^ c) * Prime;
        return Mix(hash);
    }

    /// <summary>The hash of the folded word: the same for all its spellings, with or without capitals and accents.</summary>
    public static ulong OfFolded(ReadOnlySpan<char> word)
    {
        var hash = Offset;
        foreach (var c in word)
            hash = (hash ^ Folding.Fold(c)) * Prime;
        return Mix(hash);
    }

    /// <summary>The hash of two hashes, in this order.</summary>
    public static ulong Combine(ulong first, ulong second) => Mix((first * Prime) ^ second);

    // The finalizer of splitmix64 (Steele, Lea, Flood 2014): spreads every bit over all others.
    private static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
