using System.Collections.Frozen;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>What news is about: words that mean nearly the same, in one language and across languages (<c>Languages/concepts.tsv</c>).</summary>
public sealed class Concepts
{
    // A stem of three letters stands for itself and its plural only: "mer" is not "merci".
    private const int ShortStem = 3;
    private const int LongestEnding = 5;

    private readonly FrozenDictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _entries;
    private readonly FrozenSet<string> _firstParts;
    private readonly int _longest;

    private Concepts(string code)
    {
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (var line in Language.SharedLines("concepts.tsv"))
        {
            var columns = line.Split('\t');
            foreach (var column in columns.Skip(1))
            {
                if (!column.StartsWith(code + ":", StringComparison.Ordinal))
                    continue;
                foreach (var stem in column[(code.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    var whole = stem.EndsWith('=');
                    entries.TryAdd(Folding.Fold(whole ? stem[..^1] : stem), new Entry(TextHash.Of(columns[0]), whole));
                }
            }
        }

        _entries = entries.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _firstParts = entries.Keys.Where(stem => stem.Contains('-', StringComparison.Ordinal)).Select(stem => stem.Split('-')[0]).ToFrozenSet(StringComparer.Ordinal);
        _longest = entries.Count == 0 ? 0 : entries.Keys.Max(stem => stem.Length);
    }

    /// <summary>The concepts as <paramref name="language"/> words them.</summary>
    public static Concepts Of(Language language) => language.Table("concepts", static known => new Concepts(known.Code));

    /// <summary>The key of the concept that a word stands for, or 0.</summary>
    /// <param name="word">A folded word (<see cref="Folding"/>), hyphenated where it is several.</param>
    public ulong Find(ReadOnlySpan<char> word)
    {
        for (var length = Math.Min(word.Length, _longest); length >= 2; length--)
        {
            if (_entries.TryGetValue(word[..length], out var entry) && Fits(word[length..], length, entry.Whole))
                return entry.Key;
        }

        return 0;
    }

    /// <summary>Whether a stem of several words begins with the folded word.</summary>
    public bool OpensCompound(string word) => _firstParts.Contains(word);

    private static bool Fits(ReadOnlySpan<char> ending, int stem, bool whole)
    {
        if (ending.IsEmpty || ending is "s" or "x")
            return true;
        return !whole && ending.Length <= (stem <= ShortStem ? 1 : LongestEnding);
    }

    private readonly record struct Entry(ulong Key, bool Whole);
}
