using System.Collections.Immutable;
using System.Globalization;

using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

using Recoupe.Languages;

namespace Recoupe.Searches;

/// <summary>The fields of the index, and how each is asked.</summary>
internal static class SearchFields
{
    /// <summary>The words of title and text; in the words of each language, since a query does not say which it is in.</summary>
    public const string Title = "title";
    public const string Text = "text";

    private const float TitleBoost = 2;

    // Fields of words of names.
    private static readonly ImmutableHashSet<string> OfNames = ["outlet", "speaker", "origin"];

    // Fields that hold values as they are, in small letters where they are no times or numbers.
    private static readonly ImmutableHashSet<string> Values = ["language", "published", "mentioned", "act", "grade", "number", "story"];

    /// <summary>What a query can name.</summary>
    public static ImmutableArray<string> Names { get; } =
        ["title", "outlet", "language", "published", "mentioned", "speaker", "act", "origin", "grade", "number", "story"];

    /// <summary>The field of the words of a language.</summary>
    public static string Of(string field, Language? language) => $"{field}.{language?.Code ?? "other"}";

    /// <summary>A number as it is kept: so that text order is number order.</summary>
    public static string Number(decimal value) => (value < 0 ? "-" : "+") + Math.Abs(value).ToString("000000000000000000.######", CultureInfo.InvariantCulture);

    public static Query Word(string? field, string word)
    {
        if (field is not null && Values.Contains(field))
            return Value(field, word);
        return field is not null && OfNames.Contains(field) ? Words(field, SearchWords.Plain, word, 0) : InText(field, (name, words) => Words(name, words, word, 0));
    }

    public static Query Phrase(string? field, string phrase, int distance)
    {
        if (field is not null && Values.Contains(field))
            return Value(field, phrase);
        return field is not null && OfNames.Contains(field) ? Words(field, SearchWords.Plain, phrase, distance) : InText(field, (name, words) => Words(name, words, phrase, distance));
    }

    public static Query Prefix(string? field, string prefix, int most)
    {
        if (prefix.Length == 0)
            throw new SearchException("* stands behind the beginning of a word");
        if (field is not null && Values.Contains(field))
            return new PrefixQuery(new Term(field, prefix.ToLowerInvariant()));
        var folded = Folded(prefix);
        return field is not null && OfNames.Contains(field) ? new PrefixQuery(new Term(field, folded)) : InText(field, (name, _) => new PrefixQuery(new Term(name, folded)));
    }

    public static Query Range(string field, string from, string to)
    {
        if (field is not ("published" or "mentioned" or "number"))
            throw new SearchException($"{field} has no order: .. goes with published, mentioned and number");
        string? Bound(string text, bool isEnd) => text.Length == 0 ? null : field == "number" ? NumberOf(text) : isEnd ? text + "~" : text;
        return TermRangeQuery.NewStringRange(field, Bound(from, isEnd: false), Bound(to, isEnd: true), includeLower: true, includeUpper: true);
    }

    // A day, month or year stands for all that begins with it.
    private static Query Value(string field, string value) => field switch
    {
        "published" or "mentioned" => new PrefixQuery(new Term(field, value.ToUpperInvariant())),
        "number" => new TermQuery(new Term(field, NumberOf(value))),
        _ => new TermQuery(new Term(field, value.ToLowerInvariant())),
    };

    private static string NumberOf(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? Number(number)
        : throw new SearchException($"\"{text}\" is no number: write it as 1500 or 2.5");

    private static BooleanQuery InText(string? field, Func<string, SearchWords, Query> ask)
    {
        var any = new BooleanQuery();
        foreach (var language in Language.All.Append(null))
        {
            var title = ask(Of(Title, language), SearchWords.Of(language));
            title.Boost = TitleBoost;
            any.Add(title, Occur.SHOULD);
            if (field != Title)
                any.Add(ask(Of(Text, language), SearchWords.Of(language)), Occur.SHOULD);
        }

        return any;
    }

    private static Query Words(string field, SearchWords words, string text, int distance)
    {
        var read = words.Read(text);
        if (read.Count == 1)
            return new TermQuery(new Term(field, read[0].Word));
        var phrase = new PhraseQuery { Slop = distance };
        foreach (var (word, place) in read)
            phrase.Add(new Term(field, word), place);
        return phrase;
    }

    private static string Folded(string text) => SearchWords.Plain.Read(text) is [var (word, _)] ? word : text.ToLowerInvariant();
}
