using System.Runtime.InteropServices;

namespace Recoupe.Articles.Html;

/// <summary>The words of the paragraphs that look like the article's: what is told elsewhere on the page shares few of them.</summary>
internal sealed class TopicWords
{
    // The bits of a word's hash that choose its place: a clash now and then costs nothing.
    private const int Bits = 12;

    private readonly byte[] _paragraphs = new byte[1 << Bits];
    private readonly ulong[] _last = new ulong[1 << Bits];

    /// <summary>Counts the words of one paragraph, each once.</summary>
    /// <param name="paragraph">Its number, from 1.</param>
    /// <param name="words">The hashes of its words.</param>
    public void Add(int paragraph, ReadOnlySpan<ulong> words)
    {
        foreach (var word in words)
        {
            var place = Place(word);
            if (_last[place] == (ulong)paragraph)
                continue;
            _last[place] = (ulong)paragraph;
            if (_paragraphs[place] < byte.MaxValue)
                _paragraphs[place]++;
        }
    }

    /// <summary>The share of these words that stand in a paragraph, another one than their own.</summary>
    /// <param name="words">The hashes of a block's words.</param>
    /// <param name="isCounted">Whether the block is one of the paragraphs.</param>
    public float Share(ReadOnlySpan<ulong> words, bool isCounted)
    {
        if (words.IsEmpty)
            return 0;
        var found = 0;
        foreach (var word in words)
            found += _paragraphs[Place(word)] > (isCounted ? 1 : 0) ? 1 : 0;
        return (float)found / words.Length;
    }

    private static int Place(ulong word) => (int)((word * 0x9E3779B97F4A7C15UL) >> (64 - Bits));
}
