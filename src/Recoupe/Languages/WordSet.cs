namespace Recoupe.Languages;

/// <summary>A list of words asked by span, without regard to case; curly apostrophes count as straight.</summary>
public interface IWordSet
{
    /// <summary>Whether the list holds <paramref name="word"/>.</summary>
    bool Contains(ReadOnlySpan<char> word);

    /// <summary>How many entries the list has.</summary>
    int Count { get; }
}

/// <summary>Lists of words that belong to no single language.</summary>
internal static class SharedWords
{
    /// <summary>Parts of names that are written small: de, von, van, al, ben …</summary>
    public static IWordSet NameParticles { get; } = new WordSet(Language.SharedLines("name-particles.txt"));
}

internal sealed class WordSet : IWordSet
{
    private readonly WordTable<bool> _words;

    public WordSet(IEnumerable<string> words)
    {
        _words = new WordTable<bool>(
            words.Select(word => word.Replace('’', '\'')).Distinct(StringComparer.OrdinalIgnoreCase).Select(word => KeyValuePair.Create(word, true)), straightens: true);
    }

    public int Count => _words.Count;

    public bool Contains(ReadOnlySpan<char> word) => _words.Contains(word);
}
