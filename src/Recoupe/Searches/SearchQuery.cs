using System.Globalization;

using Lucene.Net.Index;
using Lucene.Net.Search;

using Recoupe.Languages;

namespace Recoupe.Searches;

/// <summary>Reads what a person asks for.</summary>
/// <remarks>
/// <code>
/// query  = and { "OR" and }            words side by side must all be there
/// and    = not { ["AND"] not }
/// not    = ["NOT" | "-"] one
/// one    = "(" query ")" | [field ":"] ( word | prefix* | "a phrase" [~distance] | from..to )
/// </code>
/// </remarks>
internal sealed class SearchQuery
{
    /// <summary>How many characters a query has at most.</summary>
    internal const int Longest = 2000;
    private const int Deepest = 32;
    /// <summary>How many words a query has at most.</summary>
    internal const int MostWords = 200;
    private const int MostPrefixed = 1024;

    private readonly string _text;
    private int _at;
    private int _depth;
    private int _words;

    private SearchQuery(string text) => _text = text;

    /// <summary>The query that <paramref name="text"/> writes.</summary>
    /// <exception cref="SearchException">It is no query: the message says what is wrong and where.</exception>
    public static Query Read(string text)
    {
        if (text.Length > Longest)
            throw new SearchException($"the query is longer than {Longest} characters: ask for less at once");
        var reader = new SearchQuery(text);
        if (reader.IsAtEnd())
            throw new SearchException("the query is empty: write words, or a field such as outlet:\"The Post\"");
        var query = reader.ReadOr();
        if (!reader.IsAtEnd())
            throw new SearchException($"character {reader._at + 1}: a bracket is closed that was not opened");
        return query;
    }

    private Query ReadOr()
    {
        if (++_depth > Deepest)
            throw new SearchException($"brackets lie more than {Deepest} deep: write it more plainly");
        var parts = new List<Query> { ReadAnd() };
        while (TakeWord("OR"))
            parts.Add(ReadAnd());
        _depth--;
        if (parts.Count == 1)
            return parts[0];
        var any = new BooleanQuery();
        foreach (var part in parts)
            any.Add(part, Occur.SHOULD);
        return any;
    }

    private Query ReadAnd()
    {
        var all = new BooleanQuery();
        var isOnlyNot = true;
        do
        {
            TakeWord("AND");
            var isNot = TakeWord("NOT") || Take('-');
            var one = ReadOne();
            all.Add(one, isNot ? Occur.MUST_NOT : Occur.MUST);
            isOnlyNot &= isNot;
        }
        while (!IsAtEnd() && Peek() != ')' && !IsWord("OR"));
        if (isOnlyNot)
            all.Add(new MatchAllDocsQuery(), Occur.MUST);
        return all.Clauses.Count == 1 && !isOnlyNot ? all.Clauses[0].Query : all;
    }

    private Query ReadOne()
    {
        if (++_words > MostWords)
            throw new SearchException($"the query has more than {MostWords} words: ask for less at once");
        if (IsAtEnd())
            throw new SearchException("the query breaks off: something is missing at its end");
        if (Take('('))
        {
            var inner = ReadOr();
            return Take(')') ? inner : throw new SearchException("a bracket is opened and not closed: add )");
        }

        var field = ReadField();
        if (Peek() == '"')
        {
            var phrase = ReadQuoted();
            return SearchFields.Phrase(field, phrase, Take('~') ? ReadDistance() : 0);
        }

        var word = ReadBare();
        if (word.IndexOf("..", StringComparison.Ordinal) is var dots and >= 0 && field is not null)
            return SearchFields.Range(field, word[..dots], word[(dots + 2)..]);
        return word.EndsWith('*') ? SearchFields.Prefix(field, word.TrimEnd('*'), MostPrefixed) : SearchFields.Word(field, word);
    }

    private string? ReadField()
    {
        var colon = _at;
        while (colon < _text.Length && char.IsAsciiLetter(_text[colon]))
            colon++;
        if (colon == _at || colon >= _text.Length - 1 || _text[colon] != ':' || char.IsWhiteSpace(_text[colon + 1]))
            return null;
        var field = _text[_at..colon].ToLowerInvariant();
        if (!SearchFields.Names.Contains(field))
            throw new SearchException($"there is no field {field}: use {string.Join(", ", SearchFields.Names)}");
        _at = colon + 1;
        return field;
    }

    private string ReadQuoted()
    {
        var end = _text.IndexOf('"', ++_at);
        if (end < 0)
            throw new SearchException("a phrase is opened and not closed: add \"");
        var phrase = _text[_at..end];
        _at = end + 1;
        return phrase;
    }

    private int ReadDistance()
    {
        var end = _at;
        while (end < _text.Length && char.IsAsciiDigit(_text[end]) && end - _at < 3)
            end++;
        if (end == _at)
            throw new SearchException($"character {_at + 1}: ~ is followed by how many words may lie between");
        var distance = int.Parse(_text.AsSpan(_at, end - _at), CultureInfo.InvariantCulture);
        _at = end;
        return distance;
    }

    private string ReadBare()
    {
        var end = _at;
        while (end < _text.Length && !char.IsWhiteSpace(_text[end]) && _text[end] is not ('(' or ')' or '"'))
            end++;
        if (end == _at)
            throw new SearchException($"character {_at + 1}: a word is missing here");
        var word = _text[_at..end];
        _at = end;
        return word;
    }

    private bool IsAtEnd()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
        return _at == _text.Length;
    }

    private char Peek() => IsAtEnd() ? '\0' : _text[_at];

    private bool Take(char c)
    {
        if (Peek() != c)
            return false;
        _at++;
        return true;
    }

    private bool IsWord(string word) => !IsAtEnd() && string.CompareOrdinal(_text, _at, word, 0, word.Length) == 0
        && (_at + word.Length == _text.Length || char.IsWhiteSpace(_text[_at + word.Length]) || _text[_at + word.Length] == '(');

    private bool TakeWord(string word)
    {
        if (!IsWord(word))
            return false;
        _at += word.Length;
        return true;
    }
}
