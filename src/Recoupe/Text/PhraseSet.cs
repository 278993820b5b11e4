using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Phrases of a language's list, found in token sequences without regard to case, accents and kind of apostrophe.</summary>
/// <remarks>The first column of a line is the phrase, the second, if any, its class.</remarks>
public sealed class PhraseSet
{
    private readonly Dictionary<string, List<(string[] Words, string Class)>> _byFirst = new(StringComparer.Ordinal);

    private PhraseSet(Language language, string list)
    {
        foreach (var line in language.Lines(list))
        {
            var columns = line.Split('\t');
            var words = Tokenizer.Tokenize(columns[0], language).Select(token => Folding.Fold(token.Span.In(columns[0]))).ToArray();
            if (words.Length == 0)
                continue;
            if (!_byFirst.TryGetValue(words[0], out var phrases))
                _byFirst[words[0]] = phrases = [];
            phrases.Add((words, columns.Length > 1 ? columns[1] : ""));
        }

        foreach (var phrases in _byFirst.Values)
            phrases.Sort((a, b) => b.Words.Length.CompareTo(a.Words.Length));
    }

    /// <summary>The phrases of <paramref name="list"/>.</summary>
    public static PhraseSet Of(Language language, string list) => language.Table("phrases:" + list, known => new PhraseSet(known, list));

    /// <summary>The longest phrase that starts at a token.</summary>
    /// <param name="words">Folded words of consecutive tokens.</param>
    /// <param name="at">The token to start at.</param>
    /// <returns>How many tokens it takes (0 if none starts here) and its class.</returns>
    public (int Length, string Class) At(IReadOnlyList<string> words, int at)
    {
        if (_byFirst.TryGetValue(words[at], out var phrases))
        {
            foreach (var (phrase, name) in phrases)
            {
                if (at + phrase.Length <= words.Count && Matches(words, at, phrase))
                    return (phrase.Length, name);
            }
        }

        return (0, "");
    }

    /// <summary>Every phrase in <paramref name="words"/>, from left to right, without overlap.</summary>
    public ImmutableArray<(int At, int Length, string Class)> Find(IReadOnlyList<string> words)
    {
        var found = ImmutableArray.CreateBuilder<(int, int, string)>();
        for (var at = 0; at < words.Count;)
        {
            var (length, name) = At(words, at);
            if (length > 0)
                found.Add((at, length, name));
            at += Math.Max(1, length);
        }

        return found.ToImmutable();
    }

    /// <summary>Whether any phrase stands in <paramref name="words"/>.</summary>
    public bool Any(IReadOnlyList<string> words)
    {
        for (var at = 0; at < words.Count; at++)
        {
            if (At(words, at).Length > 0)
                return true;
        }

        return false;
    }

    private static bool Matches(IReadOnlyList<string> words, int at, string[] phrase)
    {
        for (var i = 1; i < phrase.Length; i++)
        {
            if (!string.Equals(words[at + i], phrase[i], StringComparison.Ordinal))
                return false;
        }

        return true;
    }
}
