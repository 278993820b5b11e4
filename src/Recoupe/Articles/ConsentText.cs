using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>How far a paragraph is the text of a consent notice.</summary>
internal enum ConsentLikeness
{
    None,

    /// <summary>It fits beside a notice, and may be text elsewhere.</summary>
    Weak,

    Sure,
}

/// <summary>
/// Tells the text of consent notices (<c>consent.txt</c> of every language), wherever it stands: whoever wrote it speaks to its reader of several of the few
/// things that such notices are about.
/// </summary>
/// <remarks>Text about consent does not say "we" and "you"; where it quotes a notice, the quotation marks say so: what stands in them is not heard.</remarks>
internal static class ConsentText
{
    // Different concepts in one paragraph: a news text about cookies has two of them, a notice three and more.
    private const int Sure = 3;
    private const int Weak = 2;

    private const int MaxWords = 400;

    private static readonly ulong Self = TextHash.Of("self"), Reader = TextHash.Of("reader");

    private static readonly FrozenDictionary<ulong, Phrase[]> ByFirstWord = Language.All.SelectMany(language => language.Lines("consent")).Select(Parse)
        .GroupBy(phrase => phrase.Words[0]).ToFrozenDictionary(group => group.Key, group => group.ToArray());

    private sealed record Phrase(ulong Concept, ulong[] Words);

    /// <summary>Whether whoever wrote the paragraph speaks to its reader in it, outside of quotation marks.</summary>
    /// <param name="text">The paragraph.</param>
    /// <param name="ofItself">Whether it speaks of whoever wrote it too ("we", "our").</param>
    public static bool SpeaksToReader(ReadOnlySpan<char> text, out bool ofItself)
    {
        Find(text, out ofItself, out var reader);
        return reader;
    }

    /// <summary>What the paragraph is like.</summary>
    public static ConsentLikeness Of(ReadOnlySpan<char> text)
    {
        var found = Find(text, out var self, out var reader);
        if (!self && !reader || found < Weak)
            return ConsentLikeness.None;
        return found >= Sure && self && reader ? ConsentLikeness.Sure : ConsentLikeness.Weak;
    }

    // How many concepts, and who speaks to whom.
    private static int Find(ReadOnlySpan<char> text, out bool self, out bool reader)
    {
        Span<ulong> concepts = stackalloc ulong[16];
        Span<ulong> words = stackalloc ulong[MaxWords];
        var found = 0;
        self = reader = false;
        var count = Words(text, words);
        for (var i = 0; i < count; i++)
        {
            if (!ByFirstWord.TryGetValue(words[i], out var phrases))
                continue;
            foreach (var phrase in phrases)
            {
                if (!words[i..count].StartsWith(phrase.Words))
                    continue;
                if (phrase.Concept == Self)
                    self = true;
                else if (phrase.Concept == Reader)
                    reader = true;
                else if (found < concepts.Length && !concepts[..found].Contains(phrase.Concept))
                    concepts[found++] = phrase.Concept;
            }
        }

        return found;
    }

    private static Phrase Parse(string line)
    {
        var columns = line.Split('\t');
        Span<ulong> words = stackalloc ulong[16];
        return new Phrase(TextHash.Of(columns[0]), words[..Words(columns[1], words)].ToArray());
    }

    private static int Words(ReadOnlySpan<char> text, Span<ulong> words)
    {
        var count = 0;
        var quoted = false;
        var last = 0;
        for (var at = 0; count < words.Length && LineWords.Next(text, ref at, out var start, out _); last = at)
        {
            foreach (var c in text[last..start])
                quoted = c == '"' ? !quoted : c is '«' or '“' || !(c is '»' or '”') && quoted;
            if (!quoted || start - last > 200)
                words[count++] = TextHash.OfFolded(text[start..at]);
        }

        return count;
    }
}
