using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Phrases of one or more words, each with a value, found where they stand in a text: the longest wins.</summary>
/// <remarks>Words are compared without regard to case, a word with a star by its end (not the first); a phrase's words are cut as the tokenizer cuts. At most <see cref="Longest"/> words are compared.</remarks>
internal sealed class PhraseTable<T>
{
    private readonly WordTable<(string[] Words, T Value)[]> _byFirst;

    public PhraseTable(Language language, IEnumerable<(string Phrase, T Value)> phrases)
    {
        var byFirst = new Dictionary<string, List<(string[], T)>>(StringComparer.OrdinalIgnoreCase);
        foreach (var (phrase, value) in phrases)
        {
            var words = Cut(phrase, language);
            if (words.Length == 0)
                continue;
            Longest = Math.Max(Longest, words.Length);
            if (!byFirst.TryGetValue(words[0], out var same))
                byFirst.Add(words[0], same = []);
            same.Add((words[1..], value));
        }

        _byFirst = new WordTable<(string[] Words, T Value)[]>(
            byFirst.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.OrderByDescending(phrase => phrase.Item1.Length).ToArray())), straightens: true);
    }

    /// <summary>The words of the longest phrase.</summary>
    public int Longest { get; }

    /// <summary>The longest phrase that begins with the token <paramref name="start"/> and ends before <paramref name="limit"/>.</summary>
    /// <param name="end">The token after it.</param>
    public bool TryMatch(AnalyzedText text, int start, int limit, out int end, out T value)
    {
        end = start;
        value = default!;
        if (start >= limit || !_byFirst.TryGetValue(text[text.Tokens[start]], out var phrases))
            return false;
        foreach (var (words, candidate) in phrases)
        {
            if (start + 1 + words.Length > limit || !Matches(text, start + 1, words))
                continue;
            end = start + 1 + words.Length;
            value = candidate;
            return true;
        }

        return false;
    }

    // Part by part, so that a star stays with its word and an elided word at the end keeps its apostrophe.
    private static string[] Cut(string phrase, Language language)
    {
        var words = new List<string>();
        foreach (var part in phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part[0] == '*' || part[^1] == '\'')
                words.Add(part);
            else
                words.AddRange(Tokenizer.Tokenize(part, language).Select(token => token.Span.Quote(part)));
        }

        return [.. words];
    }

    private static bool Matches(AnalyzedText text, int start, string[] words)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var word = text[text.Tokens[start + i]];
            if (words[i][0] == '*')
            {
                if (!word.EndsWith(words[i].AsSpan(1), StringComparison.OrdinalIgnoreCase))
                    return false;
                continue;
            }

            if (word.Length != words[i].Length)
                return false;
            if (!word.Equals(words[i], StringComparison.OrdinalIgnoreCase) && !EqualsStraight(word, words[i]))
                return false;
        }

        return true;
    }

    private static bool EqualsStraight(ReadOnlySpan<char> word, string listed)
    {
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i] == '’' ? '\'' : word[i];
            if (char.ToLowerInvariant(c) != char.ToLowerInvariant(listed[i]))
                return false;
        }

        return true;
    }
}
