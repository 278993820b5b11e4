namespace Recoupe.Stories;

/// <summary>Walks over the hashes that two rising lists have in common.</summary>
internal ref struct CommonTerms(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
{
    private readonly ReadOnlySpan<uint> _a = a;
    private readonly ReadOnlySpan<uint> _b = b;
    private int _nextA;
    private int _nextB;

    /// <summary>Where the hash stands in the first list.</summary>
    public int A { get; private set; }

    /// <summary>Where it stands in the second.</summary>
    public int B { get; private set; }

    /// <summary>How many hashes of both lists lie before the next one, those in common counted once.</summary>
    public int Passed { get; private set; }

    /// <summary>Goes to the next one; false where there is none.</summary>
    public bool Next()
    {
        var (i, j, passed) = (_nextA, _nextB, Passed);
        while (i < _a.Length && j < _b.Length)
        {
            var (first, second) = (_a[i], _b[j]);
            // Steps without a branch on the order, which nothing foretells.
            var (stepA, stepB) = (first <= second ? 1 : 0, second <= first ? 1 : 0);
            passed++;
            i += stepA;
            j += stepB;
            if (first != second)
                continue;
            (A, B) = (i - 1, j - 1);
            (_nextA, _nextB, Passed) = (i, j, passed);
            return true;
        }

        (_nextA, _nextB, Passed) = (i, j, passed);
        return false;
    }
}
