using System.Collections.Frozen;

namespace Recoupe.Languages;

/// <summary>A list of words asked by span, without regard to case; curly apostrophes count as straight.</summary>
public interface IWordSet
{
    /// <summary>Whether the list holds <paramref name="word"/>.</summary>
    bool Contains(ReadOnlySpan<char> word);

    /// <summary>How many entries the list has.</summary>
    int Count { get; }
}

internal sealed class WordSet : IWordSet
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly int _longest;

    public WordSet(IEnumerable<string> words)
    {
        var set = words.Select(word => word.Replace('’', '\'')).ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        _lookup = set.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = set.Count == 0 ? 0 : set.Max(word => word.Length);
        Count = set.Count;
    }

    public int Count { get; }

    public bool Contains(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty || word.Length > _longest)
            return false;
        if (!word.Contains('’'))
            return _lookup.Contains(word);
        Span<char> straight = stackalloc char[word.Length];
        word.Replace(straight, '’', '\'');
        return _lookup.Contains(straight);
    }
}
