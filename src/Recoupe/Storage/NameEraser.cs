using System.Buffers;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

using Recoupe.Documents;
using Recoupe.Languages;

namespace Recoupe.Storage;

/// <summary>A name that is erased, as it is kept: by hashes of its words.</summary>
/// <param name="Hash">Of the whole name.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="Last">Of its last word, which is erased too where the whole name stands in the same article.</param>
/// <param name="Replacement">What stands in its place.</param>
internal sealed record ErasedName(string Hash, int Words, string Last, string Replacement);

/// <summary>Takes the names of persons out of documents. It knows them by salted hashes alone: what was erased is not kept in order to erase it.</summary>
/// <remarks>Words are compared without case and accents. Between two words of a name may lie what pages and addresses put there: blanks, stops, hyphens, tags, entities.</remarks>
internal sealed class NameEraser
{
    // Characters between two words of a name, tags among them.
    private const int MostBetween = 200;
    private const int LongestTag = 300;

    private static readonly SearchValues<char> Parting = SearchValues.Create("?!:()[]{}\"");

    private readonly byte[] _salt;
    private readonly Dictionary<string, ErasedName> _names;
    private readonly int[] _lengths;

    public NameEraser(byte[] salt, IEnumerable<ErasedName> names)
    {
        _salt = salt;
        _names = new Dictionary<string, ErasedName>(StringComparer.Ordinal);
        foreach (var name in names)
            _names[name.Hash] = name;
        _lengths = [.. _names.Values.Select(name => name.Words).Distinct().OrderDescending()];
    }

    /// <summary>Whether it knows no name.</summary>
    public bool IsEmpty => _names.Count == 0;

    /// <summary>A name as it is kept; null where it holds no word.</summary>
    public static ErasedName? Keep(byte[] salt, string name, string replacement)
    {
        var words = Words(name, skipsTags: false).Select(word => Folded(name, word)).ToList();
        return words.Count == 0 ? null : new ErasedName(Hash(salt, string.Join(' ', words)), words.Count, Hash(salt, words[^1]), replacement);
    }

    /// <summary>The document without the names; the very same where none stands in it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="places">How many places gave way.</param>
    public Document Apply(Document document, out int places)
    {
        var fields = new[]
        {
            document.Content, document.Title, document.Name, document.Id, document.Key, document.Url, document.BaseUrl, document.Source, document.Outlet,
        }.Concat(document.Byline).Concat(document.Notes).ToArray();
        var found = Apply(fields);
        places = found.Places;
        if (places == 0)
            return document;
        var texts = found.Texts;
        return document with
        {
            Raw = null, Content = texts[0]!, Title = texts[1], Name = texts[2], Id = texts[3], Key = texts[4], Url = texts[5], BaseUrl = texts[6], Source = texts[7]!, Outlet = texts[8],
            Byline = [.. texts.Skip(9).Take(document.Byline.Count).Select(text => text!)],
            Notes = [.. texts.Skip(9 + document.Byline.Count).Select(text => text!)],
        };
    }

    /// <summary>A text without the names.</summary>
    public (string Text, int Places) Apply(string text)
    {
        var (texts, places) = Apply([text]);
        return (texts[0]!, places);
    }

    /// <summary>Texts that belong together without the names: whoever is named in full in one of them is erased by the last word of the name in all.</summary>
    public (IReadOnlyList<string?> Texts, int Places) Apply(IReadOnlyList<string?> texts)
    {
        if (IsEmpty)
            return (texts, 0);
        var named = new HashSet<ErasedName>();
        var whole = texts.Select(text => text is null ? null : Places(text, named)).ToList();
        if (named.Count == 0)
            return (texts, 0);
        var last = named.DistinctBy(name => name.Last).ToDictionary(name => name.Last, StringComparer.Ordinal);
        var (erased, count) = (new string?[texts.Count], 0);
        for (var i = 0; i < texts.Count; i++)
        {
            if (texts[i] is not { } text)
                continue;
            var places = whole[i]!.Concat(LastWords(text, last)).OrderBy(place => place.Start).ThenByDescending(place => place.End).ToList();
            erased[i] = Replace(text, places, ref count);
        }

        return (erased, count);
    }

    private static string Replace(string text, List<(int Start, int End, string By)> places, ref int count)
    {
        var (written, at) = (new StringBuilder(), 0);
        foreach (var (start, end, by) in places)
        {
            // Part of a longer one that has gone already.
            if (start < at)
                continue;
            written.Append(text, at, start - at).Append(by);
            (at, count) = (end, count + 1);
        }

        return at == 0 ? text : written.Append(text, at, text.Length - at).ToString();
    }

    private List<(int Start, int End, string By)> Places(string text, HashSet<ErasedName> named)
    {
        var places = new List<(int, int, string)>();
        Find(text, Words(text, skipsTags: false), named, places);
        if (text.Contains('<', StringComparison.Ordinal))
            Find(text, Words(text, skipsTags: true), named, places);
        return places;
    }

    private void Find(string text, ImmutableArray<(int Start, int End)> words, HashSet<ErasedName> named, List<(int, int, string)> places)
    {
        for (var first = 0; first < words.Length; first++)
        {
            foreach (var length in _lengths)
            {
                if (NameAt(text, words, first, length) is not { } name)
                    continue;
                named.Add(name);
                places.Add((words[first].Start, words[first + length - 1].End, name.Replacement));
                break;
            }
        }
    }

    private ErasedName? NameAt(string text, ImmutableArray<(int Start, int End)> words, int first, int length)
    {
        if (first + length > words.Length)
            return null;
        var name = new StringBuilder(Folded(text, words[first]));
        for (var next = first + 1; next < first + length; next++)
        {
            if (words[next].Start - words[next - 1].End > MostBetween || !Joins(text.AsSpan(words[next - 1].End, words[next].Start - words[next - 1].End)))
                return null;
            name.Append(' ').Append(Folded(text, words[next]));
        }

        return _names.GetValueOrDefault(Hash(_salt, name.ToString()));
    }

    private List<(int Start, int End, string By)> LastWords(string text, Dictionary<string, ErasedName> last)
    {
        var places = new List<(int, int, string)>();
        foreach (var word in Words(text, skipsTags: false))
        {
            if (last.TryGetValue(Hash(_salt, Folded(text, word)), out var name))
                places.Add((word.Start, word.End, name.Replacement));
        }

        return places;
    }

    // No end of a paragraph, bracket or question lies inside a name.
    private static bool Joins(ReadOnlySpan<char> between) => !between.ContainsAny(Parting) || between.Contains('<');

    private static ImmutableArray<(int Start, int End)> Words(string text, bool skipsTags)
    {
        var words = ImmutableArray.CreateBuilder<(int, int)>();
        for (var at = 0; at < text.Length;)
        {
            if (Between(text, at, skipsTags) is var length and > 0)
            {
                at += length;
                continue;
            }

            var start = at;
            while (at < text.Length && IsOfWord(text[at]))
                at++;
            words.Add((start, at));
        }

        return words.ToImmutable();
    }

    // How long what is no word is from here: a tag, an entity, a byte of an address, any other mark.
    private static int Between(string text, int at, bool skipsTags)
    {
        var c = text[at];
        if (c == '<' && skipsTags && End(text, at, '>', LongestTag) is var tag and > 0)
            return tag;
        if (c == '&' && End(text, at, ';', 8) is var entity and > 0)
            return entity;
        if (c == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2]))
            return 3;
        return IsOfWord(c) ? 0 : 1;
    }

    private static int End(string text, int at, char end, int most)
    {
        var found = text.AsSpan(at, Math.Min(most, text.Length - at)).IndexOf(end);
        return found < 0 ? 0 : found + 1;
    }

    private static bool IsOfWord(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // A letter with its accent behind it is the letter.
    private static string Folded(string text, (int Start, int End) word)
    {
        var folded = new StringBuilder(word.End - word.Start);
        foreach (var c in text.AsSpan(word.Start, word.End - word.Start))
        {
            if (char.GetUnicodeCategory(c) is not System.Globalization.UnicodeCategory.NonSpacingMark)
                folded.Append(Folding.Fold(c));
        }

        return folded.ToString();
    }

    private static string Hash(byte[] salt, string words)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(words), hash);
        return Convert.ToHexStringLower(hash);
    }
}
