using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Tells which language a text is in, by its small words and letters.</summary>
/// <remarks>
/// Each word votes for the languages that have it among their small ones, with the more weight the fewer have it; a letter that few languages
/// use votes for them. The winner must lead clearly, else the language is unknown.
/// </remarks>
public static class LanguageIdentifier
{
    // Enough to decide; a long text is sampled from its middle too, for its beginning may be a quotation.
    private const int MaxWords = 400;

    private static readonly string[] Codes;
    private static readonly FrozenDictionary<ulong, Vote> Words;
    private static readonly FrozenDictionary<char, Vote> Letters;

    private readonly record struct Vote(uint Languages, float Weight);

    static LanguageIdentifier()
    {
        var lines = Language.SharedLines("identification.tsv").Select(line => line.Split('\t')).ToArray();
        Codes = [.. lines.Select(columns => columns[0])];
        Words = Votes(lines.SelectMany((columns, i) => columns[1].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => (Hash(word), i))), 1f);
        Letters = Votes(lines.SelectMany((columns, i) => (columns.Length > 2 ? columns[2] : "").Select(letter => (letter, i))), 0.5f);
    }

    /// <summary>The ISO 639-1 code of the language of <paramref name="text"/>, or null where too little tells.</summary>
    /// <param name="text">Any text; fifty words are enough.</param>
    public static string? Identify(ReadOnlySpan<char> text)
    {
        Span<float> scores = stackalloc float[Codes.Length];
        return Winner(scores, Score(text, scores));
    }

    /// <summary>Which of some languages a sentence is likeliest in, however little tells; null where nothing does, or as much for two.</summary>
    /// <param name="text">A sentence.</param>
    /// <param name="codes">The languages, ISO 639-1.</param>
    internal static string? Likeliest(ReadOnlySpan<char> text, IEnumerable<string> codes)
    {
        var scores = new float[Codes.Length];
        Score(text, scores);
        var ranked = codes.Select(code => (Code: code, Score: Array.IndexOf(Codes, code) is >= 0 and var at ? scores[at] : 0)).OrderByDescending(one => one.Score).Take(2).ToList();
        return ranked.Count > 0 && ranked[0].Score > 0 && (ranked.Count == 1 || ranked[0].Score > ranked[1].Score) ? ranked[0].Code : null;
    }

    // Gives how many words were read.
    private static int Score(ReadOnlySpan<char> text, Span<float> scores)
    {
        var words = 0;
        for (var i = 0; i < text.Length && words < MaxWords;)
        {
            if (!char.IsLetter(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && (char.IsLetter(text[i]) || text[i] is '\'' or '’' && i + 1 < text.Length && char.IsLetter(text[i + 1])))
            {
                if (text[i] >= 0x80 && Letters.TryGetValue(char.ToLowerInvariant(text[i]), out var letter))
                    Add(scores, letter);
                i++;
            }

            words++;
            var word = text[start..i];
            if (Words.TryGetValue(Hash(word), out var vote))
                Add(scores, vote);
            var apostrophe = word.IndexOfAny('\'', '’');
            if (apostrophe > 0)
                Add(scores, Words.GetValueOrDefault(Hash(word[(apostrophe + 1)..])));
        }

        return words;
    }

    /// <summary>Whether the word is a small one of any language that the identifier knows.</summary>
    internal static bool IsSmallWord(ReadOnlySpan<char> word) => word.Length <= 8 && Words.ContainsKey(Hash(word));

    private static string? Winner(ReadOnlySpan<float> scores, int words)
    {
        int best = 0, second = -1;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best])
                (second, best) = (best, i);
            else if (second < 0 || scores[i] > scores[second])
                second = i;
        }

        if (scores[best] < 2f || scores[best] < words * 0.05f)
            return null;
        return scores[best] > scores[second] * 1.15f ? Codes[best] : null;
    }

    private static void Add(Span<float> scores, Vote vote)
    {
        for (var languages = vote.Languages; languages != 0; languages &= languages - 1)
            scores[System.Numerics.BitOperations.TrailingZeroCount(languages)] += vote.Weight;
    }

    private static FrozenDictionary<TKey, Vote> Votes<TKey>(IEnumerable<(TKey Key, int Language)> entries, float weight)
        where TKey : notnull => entries.GroupBy(entry => entry.Key).ToFrozenDictionary(
            group => group.Key,
            group => new Vote(group.Aggregate(0u, (all, entry) => all | 1u << entry.Language), weight / group.Select(entry => entry.Language).Distinct().Count()));

    // FNV-1a. Case is folded, accents are kept: they tell languages apart.
    private static ulong Hash(ReadOnlySpan<char> word)
    {
        if (word.Length > 24)
            return 0;
        var hash = 14695981039346656037UL;
        foreach (var c in word)
            hash = (hash ^ (c == '’' ? '\'' : c < 0x80 ? (char)(c is >= 'A' and <= 'Z' ? c | 0x20 : c) : char.ToLowerInvariant(c))) * 1099511628211UL;
        return hash;
    }
}
