using DiffPlex;

namespace Recoupe.Changes;

/// <summary>Tokens of the one text that stand where tokens of the other stand; one of the two may be empty.</summary>
/// <param name="Before">Tokens of the earlier text.</param>
/// <param name="After">Tokens of the later text.</param>
internal readonly record struct TokenChange(Range Before, Range After);

/// <summary>Finds which words of two texts differ: sentence by sentence first, then word by word where sentences differ.</summary>
/// <remarks>
/// The comparison costs as much as texts differ, times their length: where that grows beyond a bound, what differs is told as a whole,
/// and the cost stays in proportion to the length.
/// </remarks>
internal static class TextDifference
{
    private const char Between = '\u001F';

    // Sentences of a text that are compared one by one. The longest of 5,998 articles has 700.
    private const int MostSentences = 2000;

    // Words that are compared one by one in one place.
    private const int MostWords = 2000;

    /// <summary>The places where the two differ, in order.</summary>
    /// <param name="before">The sentences of the earlier text, each with its tokens.</param>
    /// <param name="after">The sentences of the later text.</param>
    public static List<TokenChange> Find(IReadOnlyList<string[]> before, IReadOnlyList<string[]> after)
    {
        var changes = new List<TokenChange>();
        var (startsBefore, startsAfter) = (Starts(before), Starts(after));
        foreach (var (old, now) in Compare(Whole(before), Whole(after), MostSentences))
        {
            string[] oldWords = [.. before.Take(old).SelectMany(words => words)];
            string[] nowWords = [.. after.Take(now).SelectMany(words => words)];
            var (from, to) = (startsBefore[old.Start.Value], startsAfter[now.Start.Value]);
            foreach (var (oldRange, nowRange) in Compare(oldWords, nowWords, MostWords))
                changes.Add(new TokenChange(Shift(oldRange, from), Shift(nowRange, to)));
        }

        return changes;
    }

    private static string[] Whole(IReadOnlyList<string[]> sentences) => [.. sentences.Select(words => string.Join(' ', words))];

    private static int[] Starts(IReadOnlyList<string[]> sentences)
    {
        var starts = new int[sentences.Count + 1];
        for (var i = 0; i < sentences.Count; i++)
            starts[i + 1] = starts[i] + sentences[i].Length;
        return starts;
    }

    private static Range Shift(Range range, int by) => (range.Start.Value + by)..(range.End.Value + by);

    private static List<(Range Before, Range After)> Compare(string[] before, string[] after, int most)
    {
        var same = before.AsSpan().CommonPrefixLength(after);
        string[] old = before[same..], now = after[same..];
        var end = 0;
        while (end < Math.Min(old.Length, now.Length) && old[^(end + 1)] == now[^(end + 1)])
            end++;
        (old, now) = (old[..^end], now[..^end]);
        if (old.Length == 0 && now.Length == 0)
            return [];
        if (old.Length == 0 || now.Length == 0 || old.Length + now.Length > most)
            return [(same..(same + old.Length), same..(same + now.Length))];
        var pieces = new Pieces();
        var found = Differ.Instance.CreateDiffs(Pieces.Join(old), Pieces.Join(now), ignoreWhiteSpace: false, ignoreCase: false, pieces);
        return
        [
            .. found.DiffBlocks.Select(block => (
                Shift(block.DeleteStartA..(block.DeleteStartA + block.DeleteCountA), same),
                Shift(block.InsertStartB..(block.InsertStartB + block.InsertCountB), same))),
        ];
    }

    private sealed class Pieces : IChunker
    {
        public static string Join(string[] pieces) => string.Join(Between, pieces.Select(piece => piece.Replace(Between, ' ')));

        public IReadOnlyList<string> Chunk(string text) => text.Split(Between);
    }
}
