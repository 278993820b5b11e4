using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Words and phrases with what they stand for, asked at a token: the longest phrase that starts there wins.</summary>
/// <remarks>Without regard to case; curly apostrophes count as straight. A phrase lies in one line. Asking costs the phrase's length, never the text's.</remarks>
public sealed class PhraseTable<T>
    where T : class
{
    private const int LongestKey = 64;

    private readonly WordTable<T> _phrases;
    private readonly WordTable<Opening> _openings;

    /// <summary>Builds the table of a language's phrases, cut into tokens as its texts are.</summary>
    /// <exception cref="ArgumentException">A phrase stands twice, is empty, or is longer than 64 characters.</exception>
    public PhraseTable(Language language, IEnumerable<KeyValuePair<string, T>> entries)
    {
        var phrases = new Dictionary<string, T>(StringComparer.OrdinalIgnoreCase);
        var openings = new Dictionary<string, Opening>(StringComparer.OrdinalIgnoreCase);
        foreach (var (phrase, value) in entries)
        {
            var straight = phrase.Replace('’', '\'');
            // An elision is one before a word only.
            var elided = straight.EndsWith('\'');
            var tokens = Tokenizer.Tokenize(elided ? straight + "a" : straight, language);
            if (elided)
                tokens = tokens.RemoveAt(tokens.Length - 1);
            var key = string.Join(' ', tokens.Select(token => token.Span.Quote(straight)));
            if (tokens.IsEmpty || key.Length > LongestKey)
                throw new ArgumentException($"\"{phrase}\" is no phrase", nameof(entries));
            if (!phrases.TryAdd(key, value))
                throw new ArgumentException($"\"{phrase}\" stands twice", nameof(entries));
            var first = tokens[0].Span.Quote(straight);
            if (!openings.TryGetValue(first, out var opening))
                openings[first] = opening = new Opening();
            opening.Longest = Math.Max(opening.Longest, tokens.Length);
            if (tokens.Length == 1)
                opening.Alone = value;
            else
                opening.Seconds |= 1UL << (Slot(straight[tokens[1].Start]) & 63);
        }

        _phrases = new WordTable<T>(phrases, straightens: true);
        _openings = new WordTable<Opening>(openings, straightens: true);
    }

    /// <summary>What the longest phrase that starts at token <paramref name="index"/> stands for, and its length in tokens; null where none starts.</summary>
    public T? Find(string text, ImmutableArray<Token> tokens, int index, out int length)
    {
        length = 0;
        var first = tokens[index].Span;
        if (!_openings.TryGetValue(first.In(text), out var opening))
            return null;
        // Most words that open phrases stand alone: the letter after them tells.
        if (opening.Longest == 1 || index + 1 == tokens.Length || (opening.Seconds >> (Slot(text[tokens[index + 1].Start]) & 63) & 1) == 0)
        {
            length = opening.Alone is null ? 0 : 1;
            return opening.Alone;
        }

        Span<char> key = stackalloc char[LongestKey];
        first.In(text).CopyTo(key);
        var most = opening.Longest;
        Span<int> ends = stackalloc int[most];
        ends[0] = first.Length;
        var count = 1;
        while (count < most && index + count < tokens.Length)
        {
            var next = tokens[index + count].Span;
            var end = ends[count - 1] + 1 + next.Length;
            if (end > LongestKey || text.AsSpan(tokens[index + count - 1].End, next.Start - tokens[index + count - 1].End).ContainsAny('\n', '\r'))
                break;
            key[ends[count - 1]] = ' ';
            next.In(text).CopyTo(key[(ends[count - 1] + 1)..]);
            ends[count++] = end;
        }

        for (; count > 0; count--)
        {
            if (_phrases.TryGetValue(key[..ends[count - 1]], out var value))
            {
                length = count;
                return value;
            }
        }

        return null;
    }

    // A first word: how many tokens its longest phrase has, what it stands for alone, and with which letters second words begin.
    private sealed class Opening
    {
        public int Longest { get; set; }

        public T? Alone { get; set; }

        public ulong Seconds { get; set; }
    }

    private static int Slot(char c) => (c == '’' ? '\'' : char.ToUpperInvariant(c)) & 127;
}
