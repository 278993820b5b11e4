using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Turns folded words into terms: words of one meaning in several languages into one, else forms of one word into one.</summary>
/// <remarks>
/// Forms are told by a cut after seven letters and without a plural ending, which for French and English does as well as a
/// stemmer in retrieval (truncation after McNamee and Mayfield 2004) and leaves names that two languages share alike.
/// </remarks>
internal sealed class StemTable
{
    private const int Cut = 7;

    private static readonly StemTable None = new(FrozenDictionary<string, uint>.Empty);

    private readonly FrozenDictionary<string, uint>.AlternateLookup<ReadOnlySpan<char>> _concepts;

    private StemTable(FrozenDictionary<string, uint> concepts) => _concepts = concepts.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The table of <paramref name="language"/>; without concepts where it is unknown.</summary>
    public static StemTable Of(Language? language) => language?.Table("story stems", Build) ?? None;

    /// <summary>The term that a folded word stands for, and whether other languages have it too.</summary>
    public (uint Term, bool Shared) TermOf(ReadOnlySpan<char> word)
    {
        var stem = StemOf(word);
        return _concepts.TryGetValue(stem, out var concept) ? (concept, true) : ((uint)TextHash.Of(stem), false);
    }

    private static ReadOnlySpan<char> StemOf(ReadOnlySpan<char> word)
    {
        if (word.Length > 3 && word[^1] is 's' or 'x' && word[^2] is not 's')
            word = word[..^1];
        if (word.Length > 4 && word[^1] is 'e')
            word = word[..^1];
        return word.Length > Cut ? word[..Cut] : word;
    }

    // Languages/concepts.tsv: a line is a meaning; each further column is "code:word|word".
    private static StemTable Build(Language language)
    {
        var concepts = new Dictionary<string, uint>();
        Span<char> folded = stackalloc char[64];
        foreach (var line in Language.SharedLines("concepts.tsv"))
        {
            var columns = line.Split('\t');
            var concept = (uint)TextHash.Combine(1, TextHash.Of(columns[0]));
            foreach (var column in columns)
            {
                if (!column.StartsWith(language.Code + ":", StringComparison.Ordinal))
                    continue;
                foreach (var word in column[(language.Code.Length + 1)..].Split('|'))
                {
                    var length = LetterFold.Fold(word.Trim(), folded);
                    concepts.TryAdd(StemOf(folded[..length]).ToString(), concept);
                }
            }
        }

        return new StemTable(concepts.ToFrozenDictionary());
    }
}
