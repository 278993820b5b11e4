using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>A stretch that two texts share: word indices, the ends not in it, and how many words of it are the same, outside quotations, in unbroken runs and no names.</summary>
internal readonly record struct AlignedRun(
    int FromStart, int FromEnd, int ToStart, int ToEnd, int Words, int WordsOutsideQuotations, int WordsVerbatim, int WordsWithoutCapital);

/// <summary>Aligns the words of two articles: exact runs first, longest of each place, then on over light edits.</summary>
/// <remarks>
/// Greedy tiling after Wise (1993), with seeds of <see cref="Seed"/> words: passages may stand in another order in the two
/// articles. A word is aligned once on each side.
/// </remarks>
internal static class ReuseAlignment
{
    /// <summary>Words of a seed. Five are rarely shared by chance; four-word phrases of the trade ("told reporters on Tuesday") are.</summary>
    public const int Seed = 5;

    /// <summary>A passage of fewer aligned words is a phrase, not a passage.</summary>
    public const int FewestWords = 7;

    // Of a short passage so many words are no names, or it is a name with its role.
    private const int FewestWithoutCapital = 6;
    private const int LongPassage = 14;

    // Where other passages make up so much of the shorter text, names are part of the copy.
    private const double PartOfCopy = 0.15;

    /// <summary>An unbroken run of so many words stands there word for word.</summary>
    public const int FewestVerbatim = 6;

    // Words that an editor may have put in, dropped or changed inside one passage.
    private const int LongestEdit = 4;
    private const int MostOccurrences = 8;

    // So few words of a sentence beside a shared one are no part of the passage.
    private const int MostOfFragment = 2;

    /// <summary>The seeds of a text: hash and place, by hash, then place.</summary>
    public static (ulong Hash, int Place)[] SeedsOf(ReuseWords words)
    {
        var seeds = new (ulong Hash, int Place)[Math.Max(0, words.Count - Seed + 1)];
        for (var i = 0; i < seeds.Length; i++)
        {
            var hash = words.Hashes[i];
            for (var j = 1; j < Seed; j++)
                hash = TextHash.Combine(hash, words.Hashes[i + j]);
            seeds[i] = (hash, i);
        }

        Array.Sort(seeds);
        return seeds;
    }

    /// <summary>The passages that both texts share, by their place in the first.</summary>
    public static List<AlignedRun> Align(ReuseWords from, (ulong Hash, int Place)[] fromSeeds, ReuseWords to, (ulong Hash, int Place)[] toSeeds)
    {
        var matches = Matches(fromSeeds, toSeeds);
        var runs = new List<AlignedRun>();
        if (matches.Count == 0)
            return runs;
        matches.Sort();
        var usedFrom = new bool[from.Count];
        var usedTo = new bool[to.Count];
        for (var m = 0; m < matches.Count;)
        {
            // Of the places in the other text that this seed stands at, the one with the longest run.
            var start = matches[m].From;
            (int Place, int Length) best = default;
            for (; m < matches.Count && matches[m].From == start; m++)
            {
                var length = usedFrom[start] ? 0 : RunLength(from, start, to, matches[m].To, usedFrom, usedTo);
                if (length > best.Length)
                    best = (matches[m].To, length);
            }

            if (best.Length >= Seed && Extend(from, start, to, best.Place, best.Length, usedFrom, usedTo) is { } run)
                runs.Add(run);
        }

        var joined = Join(runs);
        DropNames(joined, Math.Min(from.Count, to.Count));
        return joined;
    }

    private static List<(int From, int To)> Matches((ulong Hash, int Place)[] a, (ulong Hash, int Place)[] b)
    {
        var matches = new List<(int From, int To)>();
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            if (a[i].Hash < b[j].Hash)
            {
                i++;
            }
            else if (a[i].Hash > b[j].Hash)
            {
                j++;
            }
            else
            {
                // A seed that a text repeats over and over (a refrain, hostile input) counts at its first places only.
                var hash = a[i].Hash;
                int iEnd = i, jEnd = j;
                while (iEnd < a.Length && a[iEnd].Hash == hash) iEnd++;
                while (jEnd < b.Length && b[jEnd].Hash == hash) jEnd++;
                for (var x = i; x < Math.Min(iEnd, i + MostOccurrences); x++)
                {
                    for (var y = j; y < Math.Min(jEnd, j + MostOccurrences); y++)
                        matches.Add((a[x].Place, b[y].Place));
                }

                i = iEnd;
                j = jEnd;
            }
        }

        return matches;
    }

    private static int RunLength(ReuseWords from, int i, ReuseWords to, int j, bool[] usedFrom, bool[] usedTo)
    {
        var length = 0;
        while (i + length < from.Count && j + length < to.Count && !usedFrom[i + length] && !usedTo[j + length]
            && from.Hashes[i + length] == to.Hashes[j + length])
        {
            length++;
        }

        return length;
    }

    // From an exact run outwards over light edits, as long as two words (one after a single changed word) agree beyond them.
    private static AlignedRun? Extend(ReuseWords from, int i, ReuseWords to, int j, int length, bool[] usedFrom, bool[] usedTo)
    {
        var pairs = new List<(int From, int To)>(length * 2);
        for (var k = 0; k < length; k++)
            pairs.Add((i + k, j + k));
        Walk(from, i - 1, to, j - 1, -1, usedFrom, usedTo, pairs);
        Walk(from, i + length, to, j + length, 1, usedFrom, usedTo, pairs);
        pairs.Sort();
        TrimEnds(from, to, pairs);
        if (pairs.Count < Seed)
            return null;
        int fromStart = int.MaxValue, fromEnd = 0, toStart = int.MaxValue, toEnd = 0, outside = 0, verbatim = 0, unbroken = 0, plain = 0;
        for (var p = 0; p < pairs.Count; p++)
        {
            var (a, b) = pairs[p];
            unbroken = p > 0 && pairs[p - 1] == (a - 1, b - 1) ? unbroken + 1 : 1;
            verbatim += unbroken > FewestVerbatim ? 1 : unbroken == FewestVerbatim ? FewestVerbatim : 0;
            usedFrom[a] = usedTo[b] = true;
            fromStart = Math.Min(fromStart, a);
            fromEnd = Math.Max(fromEnd, a + 1);
            toStart = Math.Min(toStart, b);
            toEnd = Math.Max(toEnd, b + 1);
            if (!from.Quoted[a] && !to.Quoted[b])
                outside++;
            if (!from.Capitalised[a] || !to.Capitalised[b])
                plain++;
        }

        return new AlignedRun(fromStart, fromEnd, toStart, toEnd, pairs.Count, outside, verbatim, plain);
    }

    // Two sentences that follow the shared one and begin alike ("The", "Il a") share no text by that; likewise before it.
    private static void TrimEnds(ReuseWords from, ReuseWords to, List<(int From, int To)> pairs)
    {
        for (var tail = 1; tail <= MostOfFragment && tail < pairs.Count; tail++)
        {
            var ((a, b), (nextA, nextB)) = (pairs[^(tail + 1)], pairs[^tail]);
            if (!Parted(from, a, nextA) || !Parted(to, b, nextB))
                continue;
            var (lastA, lastB) = pairs[^1];
            if (!Parted(from, lastA, lastA + 1) || !Parted(to, lastB, lastB + 1))
                pairs.RemoveRange(pairs.Count - tail, tail);
            break;
        }

        for (var head = 1; head <= MostOfFragment && head < pairs.Count; head++)
        {
            var ((a, b), (nextA, nextB)) = (pairs[head - 1], pairs[head]);
            if (!Parted(from, a, nextA) || !Parted(to, b, nextB))
                continue;
            var (firstA, firstB) = pairs[0];
            if (!Parted(from, firstA - 1, firstA) || !Parted(to, firstB - 1, firstB))
                pairs.RemoveRange(0, head);
            break;
        }
    }

    // Whether a sentence ends between two words.
    private static bool Parted(ReuseWords words, int before, int after) =>
        before < 0 || after >= words.Count || words.Sentences[before] != words.Sentences[after];

    private static void Walk(
        ReuseWords from, int i, ReuseWords to, int j, int step, bool[] usedFrom, bool[] usedTo, List<(int From, int To)> pairs)
    {
        while (true)
        {
            while (Same(from, i, to, j, usedFrom, usedTo))
            {
                pairs.Add((i, j));
                i += step;
                j += step;
            }

            if (!StepOverEdit(from, ref i, to, ref j, step, usedFrom, usedTo))
                return;
        }
    }

    private static bool StepOverEdit(ReuseWords from, ref int i, ReuseWords to, ref int j, int step, bool[] usedFrom, bool[] usedTo)
    {
        for (var edit = 1; edit <= 2 * LongestEdit; edit++)
        {
            for (var x = Math.Max(0, edit - LongestEdit); x <= Math.Min(edit, LongestEdit); x++)
            {
                var y = edit - x;
                var agree = 0;
                while (agree < 3 && Same(from, i + step * (x + agree), to, j + step * (y + agree), usedFrom, usedTo))
                    agree++;
                if (agree >= (edit <= 2 ? 2 : 3))
                {
                    i += step * x;
                    j += step * y;
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Same(ReuseWords from, int i, ReuseWords to, int j, bool[] usedFrom, bool[] usedTo) =>
        (uint)i < (uint)from.Count && (uint)j < (uint)to.Count && !usedFrom[i] && !usedTo[j] && from.Hashes[i] == to.Hashes[j];

    // Two who report one event both write "the president of the National Council, Ann Lee" without copying.
    private static void DropNames(List<AlignedRun> runs, int shorter)
    {
        static bool IsName(AlignedRun run) => run.Words < LongPassage && run.WordsWithoutCapital < FewestWithoutCapital;
        if (runs.Sum(run => IsName(run) ? 0 : run.Words) < PartOfCopy * shorter)
            runs.RemoveAll(IsName);
    }

    // Runs that follow each other in both texts with no more than an edit between them are one passage.
    private static List<AlignedRun> Join(List<AlignedRun> runs)
    {
        runs.Sort((a, b) => a.FromStart.CompareTo(b.FromStart));
        var joined = new List<AlignedRun>(runs.Count);
        foreach (var run in runs)
        {
            if (joined.Count > 0 && joined[^1] is var last && run.FromStart >= last.FromEnd && run.ToStart >= last.ToEnd
                && run.FromStart - last.FromEnd <= LongestEdit && run.ToStart - last.ToEnd <= LongestEdit)
            {
                joined[^1] = new AlignedRun(
                    last.FromStart, run.FromEnd, last.ToStart, run.ToEnd,
                    last.Words + run.Words, last.WordsOutsideQuotations + run.WordsOutsideQuotations, last.WordsVerbatim + run.WordsVerbatim, last.WordsWithoutCapital + run.WordsWithoutCapital);
            }
            else
            {
                joined.Add(run);
            }
        }

        joined.RemoveAll(run => run.Words < FewestWords);
        return joined;
    }
}
