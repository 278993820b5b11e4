using System.Globalization;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>What the words for a source tell of it: class of role, and what else tells it from others (country, body, name).</summary>
internal sealed class Description
{
    private readonly HashSet<string> _classes = [];
    private readonly List<ulong> _others = [];
    private readonly List<ulong> _all = [];
    private readonly bool _anonymous;
    private readonly bool _isAnybody = true;

    private Description(string? words, Language? language)
    {
        if (words is null)
            return;
        foreach (var token in Tokenizer.Tokenize(words, language))
        {
            if (token.Kind == TokenKind.Mark)
                continue;
            var word = Folding.Fold(token.Span.In(words));
            var key = WordSequence.KeyOf(word, language);
            if (key != 0)
                _all.Add(key);
            _isAnybody &= IsAnyone(word, language);
            if (ClassOf(word, language) is { } name)
            {
                _classes.Add(name);
                _anonymous |= name == "official" && !IsOffice(word, language);
                continue;
            }

            if (key != 0 && word.Length > 2)
                _others.Add(key);
        }
    }

    /// <summary>Reads a name or description in the language of its article.</summary>
    public static Description Of(string? words, Language? language) => new(words, language);

    /// <summary>Whether a folded word is an office: a minister, a mayor. There is one, and everybody can know who.</summary>
    public static bool IsOffice(string word, Language? language) =>
        language?.Table("office-words", static known => Nouns.Of(known).Where(noun => noun.SpeaksFor is not null).Select(noun => Folding.Fold(noun.Word)).ToHashSet(StringComparer.Ordinal)).Contains(word) == true;

    // A noun for people without an office to speak.
    private static bool IsAnyone(string word, Language? language) =>
        language?.Table("words for anybody", static known => Nouns.Of(known).Where(noun => noun.SpeaksFor is null && noun.Has("source")).Select(noun => Folding.Fold(noun.Word)).ToHashSet(StringComparer.Ordinal)).Contains(word) == true;

    /// <summary>The class of role that a word tells ("official"), or null.</summary>
    public static string? ClassOf(string word, Language? language) =>
        language?.Table("source-roles", static known => Nouns.Of(known).Where(noun => noun.SourceKind is not null)
            .GroupBy(noun => Folding.Fold(noun.Word)).ToDictionary(group => group.Key, group => group.First().SourceKind!, StringComparer.Ordinal))
            .GetValueOrDefault(word);

    /// <summary>The classes of role, "any" left out.</summary>
    public IEnumerable<string> Classes => _classes.Where(name => name != "any").Order(StringComparer.Ordinal);

    /// <summary>Whether it describes somebody who is not to be known: "a source", "a senior official", "someone close to".</summary>
    public bool IsAnonymous => _classes.Contains("any") || _classes.Contains("official") && _anonymous;

    /// <summary>Whether it tells no more than what anybody may be (a man, a driver): nobody holds that as an office.</summary>
    public bool IsAnybody => _isAnybody && _all.Count > 0;

    /// <summary>Whether it tells anything of anybody.</summary>
    public bool IsTelling => _all.Count > 0;

    /// <summary>The same for two descriptions in the same words, whatever their order.</summary>
    public string Signature => string.Join(' ', _all.Distinct().Order().Select(key => key.ToString("x", CultureInfo.InvariantCulture)));

    /// <summary>Whether all its words are among <paramref name="keys"/>.</summary>
    public bool AllIn(ReadOnlySpan<ulong> keys)
    {
        foreach (var key in _all)
        {
            if (!keys.Contains(key))
                return false;
        }

        return _all.Count > 0;
    }

    /// <summary>Whether both may be one person: no class and no country or body of one contradicts the other's.</summary>
    public bool Fits(Description other)
    {
        var classes = Classes.ToHashSet(StringComparer.Ordinal);
        var others = other.Classes.ToHashSet(StringComparer.Ordinal);
        if (classes.Count > 0 && others.Count > 0 && !classes.Overlaps(others))
            return false;
        return _others.Count == 0 || other._others.Count == 0 || _others.Exists(other._others.Contains);
    }

    /// <summary>Whether one's words are all among the other's.</summary>
    public bool Holds(Description other) => other._all.Count > 0 && other._all.TrueForAll(_all.Contains);

    /// <summary>Whether a passage with these keys names it: all words of a short name, most of a long one.</summary>
    public bool NamedIn(ReadOnlySpan<ulong> keys)
    {
        int distinct = 0, named = 0;
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all.IndexOf(_all[i]) < i)
                continue;
            distinct++;
            named += keys.Contains(_all[i]) ? 1 : 0;
        }

        if (distinct == 0)
            return false;
        return named == distinct || (named >= 2 && named * 2 >= distinct) || (distinct == 2 && _classes.Count == 0 && keys.Contains(_all[^1]));
    }

    /// <summary>Whether the first of these keys that tells anything is one of its words: "head of the group" of the Belvara group.</summary>
    public bool Heads(ReadOnlySpan<ulong> keys)
    {
        foreach (var key in keys)
        {
            if (key != 0)
                return _all.Contains(key);
        }

        return false;
    }

    /// <summary>Whether it is named in a stretch of words before any other name, but for names in its own noun phrase.</summary>
    public bool IsFirstIn(WordSequence words, int from, int to)
    {
        var other = false;
        for (var i = from; i < to; i++)
        {
            if (words.Keys[i] != 0 && _all.Contains(words.Keys[i]))
                return true;
            other |= i > from && words.Source.Tokens[i].Tag == PartOfSpeech.ProperNoun;
            if (other && words.Source.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
                return false;
        }

        return false;
    }

    /// <summary>How many telling words the two share.</summary>
    public int Shared(Description other) => _all.Distinct().Count(other._all.Contains);
}
