using System.Runtime.InteropServices;

using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>Blocks made alike (element and class, and those of the element around) are of one kind: which blocks of a page are kin.</summary>
internal sealed class BlockKin
{
    private BlockKin(int[] kinds, int count) => (Kinds, Count) = (kinds, count);

    /// <summary>The kind of each block, from 0.</summary>
    public int[] Kinds { get; }

    /// <summary>How many kinds.</summary>
    public int Count { get; }

    /// <summary>The kinds of a page's blocks.</summary>
    public static BlockKin Of(HtmlPage page)
    {
        var kinds = new int[page.Blocks.Length];
        var known = new Dictionary<ulong, int>();
        for (var i = 0; i < kinds.Length; i++)
        {
            ref readonly var node = ref page.Nodes[page.Blocks[i].Node];
            var around = node.Parent < 0 ? 0 : page.Nodes[node.Parent].Shape;
            ref var kind = ref CollectionsMarshal.GetValueRefOrAddDefault(known, TextHash.Combine(node.Shape, around), out var exists);
            if (!exists)
                kind = known.Count - 1;
            kinds[i] = kind;
        }

        return new BlockKin(kinds, known.Count);
    }

    /// <summary>The mean score of each kind, characters weighed, and its share of the page's score.</summary>
    public (float Mean, float Share)[] Means(HtmlPage page, ReadOnlySpan<float> scores)
    {
        var sums = new (double Weighted, double Chars)[Count];
        var total = 1e-6;
        for (var i = 0; i < scores.Length; i++)
        {
            ref var sum = ref sums[Kinds[i]];
            var length = page.Blocks[i].Length;
            sum.Weighted += scores[i] * length;
            sum.Chars += length;
            total += scores[i] * length;
        }

        return [.. sums.Select(sum => ((float)(sum.Weighted / Math.Max(1, sum.Chars)), (float)(sum.Weighted / total)))];
    }
}
