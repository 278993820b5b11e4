using System.Collections.Immutable;

namespace Recoupe.Dossiers;

/// <summary>A text with places, {0} {1}, and what stood in them where somebody else filled it in.</summary>
internal sealed class FilledText
{
    // What stands before the first place, between two, and behind the last.
    private readonly ImmutableArray<string> _words;
    private readonly ImmutableArray<int> _places;

    /// <summary>Reads a pattern.</summary>
    public FilledText(string pattern)
    {
        var (words, places) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<int>());
        var from = 0;
        for (var i = 0; i + 2 < pattern.Length; i++)
        {
            if (pattern[i] != '{' || pattern[i + 2] != '}' || !char.IsAsciiDigit(pattern[i + 1]))
                continue;
            words.Add(pattern[from..i]);
            places.Add(pattern[i + 1] - '0');
            from = i + 3;
        }

        words.Add(pattern[from..]);
        (_words, _places) = (words.ToImmutable(), places.ToImmutable());
    }

    /// <summary>Characters of its own.</summary>
    public int Length => _words.Sum(word => word.Length);

    /// <summary>The values, by the numbers of their places; null where the text is another. A value ends where the words after its place are first met.</summary>
    public string[]? Read(string text)
    {
        if (!text.StartsWith(_words[0], StringComparison.Ordinal) || !text.EndsWith(_words[^1], StringComparison.Ordinal))
            return null;
        var values = new string[_places.Max() + 1];
        Array.Fill(values, "");
        var (at, end) = (_words[0].Length, text.Length - _words[^1].Length);
        for (var i = 0; i < _places.Length; i++)
        {
            var next = i == _places.Length - 1 ? end : at <= end ? text.IndexOf(_words[i + 1], at, end - at, StringComparison.Ordinal) : -1;
            if (next < at)
                return null;
            values[_places[i]] = text[at..next];
            at = next + _words[i + 1].Length;
        }

        return values;
    }
}
