using System.Text;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Evaluation;

/// <summary>In what way a story is told again.</summary>
public enum RetellingWay
{
    /// <summary>Its people have other names.</summary>
    Names,

    /// <summary>Its places have other names.</summary>
    Places,

    /// <summary>What is counted or measured is more, by one in the first digit.</summary>
    Numbers,

    /// <summary>Nouns, adjectives and adverbs stand for others of one meaning and form.</summary>
    Synonyms,

    /// <summary>The second half of each text stands before what follows its first paragraph.</summary>
    Order,
}

/// <summary>A text told again, and where what was said in the first one stands in it.</summary>
/// <param name="Text">The new text.</param>
/// <param name="Parts">Stretches of the first text and where each stands in the new one, in the order of the new one; a length of its own where words were exchanged.</param>
public sealed record Retold(string Text, IReadOnlyList<(TextSpan Old, TextSpan New)> Parts)
{
    /// <summary>Where a place of the first text stands in the new one; UTF-16 units.</summary>
    public int PlaceOf(int old)
    {
        foreach (var (from, to) in Parts)
        {
            if (old >= from.Start && old < from.End)
                return Math.Min(to.Start + (old - from.Start), Math.Max(to.Start, to.End - 1));
        }

        return Text.Length;
    }

    /// <summary>Where a span of the first text stands: the words that its first and last letter went to. Null where they stand apart or are too few.</summary>
    public TextSpan? SpanOf(TextSpan old)
    {
        var (first, last) = (PlaceOf(old.Start), PlaceOf(old.End - 1));
        return first <= last && last - first < (2 * old.Length) + 40 ? new TextSpan(first, last + 1) : null;
    }
}

/// <summary>Tells the articles of a story again so that what is said, by whom and through whom stays the same; the same seed gives the same words.</summary>
/// <remarks>What is exchanged is exchanged alike in all articles and titles of the story.</remarks>
public sealed class Retelling
{
    private static readonly string[] Openings = ["b", "br", "c", "d", "dr", "f", "g", "gr", "k", "l", "m", "n", "p", "r", "s", "st", "t", "tr", "v"];
    private static readonly string[] Vowels = ["a", "e", "i", "o", "u", "an", "el", "in", "or", "ar"];
    private static readonly string[] Ends = ["d", "l", "ne", "r", "ston", "ck", "lle", "m", "tz", "va"];

    // Years, days of the month and small counts, which words go with, stay.
    private const double FewestChanged = 12;

    private readonly RetellingWay _way;
    private readonly ulong _seed;
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<(ulong Key, string Language, PartOfSpeech Tag, Morphology Form), SortedSet<string>> _meanings = [];

    /// <summary>Reads what is exchanged in a story.</summary>
    /// <param name="way">How it is told again.</param>
    /// <param name="articles">Its articles.</param>
    /// <param name="vocabulary">Articles whose words may stand for others of one meaning.</param>
    /// <param name="seed">Other seeds give other words.</param>
    public Retelling(RetellingWay way, IReadOnlyList<AnnotatedArticle> articles, IEnumerable<AnnotatedArticle> vocabulary, ulong seed)
    {
        (_way, _seed) = (way, seed);
        if (way is RetellingWay.Names or RetellingWay.Places)
            ReadNames(articles);
        if (way == RetellingWay.Synonyms)
            ReadMeanings(vocabulary);
    }

    /// <summary>How many words or numbers were exchanged, or texts put in another order.</summary>
    public int Changes { get; private set; }

    /// <summary>The article told again, and its text's places.</summary>
    public (Article Article, Retold Text) Tell(AnnotatedArticle article)
    {
        var body = _way == RetellingWay.Order ? Turn(article.Body) : Exchange(article.Body, article, inTitle: false);
        var title = article.Headline is { } headline && _way != RetellingWay.Order ? Exchange(headline, article, inTitle: true).Text : article.Article.Title;
        return (article.Article with { Text = body.Text, Title = title }, body);
    }

    private void ReadNames(IReadOnlyList<AnnotatedArticle> articles)
    {
        var wanted = _way == RetellingWay.Names ? EntityType.Person : EntityType.Place;
        var kept = articles.Select(article => article.Article.Outlet).Concat(articles.SelectMany(article => article.Article.Agencies)).OfType<string>().SelectMany(Parts)
            .Concat(articles.SelectMany(article => article.Entities).Where(entity => entity.Type != wanted).SelectMany(entity => Parts(entity.Name))).ToHashSet(StringComparer.Ordinal);
        foreach (var word in articles.SelectMany(article => article.Entities).Where(entity => entity.Type == wanted).SelectMany(entity => Parts(entity.Name)))
        {
            if (word.Length > 2 && char.IsUpper(word[0]) && !kept.Contains(word))
                _words.TryAdd(word, Named(word));
        }
    }

    private static string[] Parts(string name) => name.Split([' ', '-', '’', '\'', '.'], StringSplitOptions.RemoveEmptyEntries);

    private string Named(string word)
    {
        var hash = TextHash.Of($"{_seed} {Folding.Fold(word)}");
        var made = new StringBuilder();
        for (var i = 0; i < 2; i++, hash /= 251)
            made.Append(Openings[hash % (ulong)Openings.Length]).Append(Vowels[hash / 31 % (ulong)Vowels.Length]);
        made.Append(Ends[hash % (ulong)Ends.Length]);
        made[0] = char.ToUpperInvariant(made[0]);
        return made.ToString();
    }

    private void ReadMeanings(IEnumerable<AnnotatedArticle> vocabulary)
    {
        foreach (var article in vocabulary)
        {
            foreach (var token in article.Body.Tokens)
            {
                if (MeaningOf(article.Body, token) is not { } meaning)
                    continue;
                if (!_meanings.TryGetValue(meaning, out var words))
                    _meanings[meaning] = words = new SortedSet<string>(StringComparer.Ordinal);
                words.Add(article.Body[token].ToString());
            }
        }
    }

    private static (ulong, string, PartOfSpeech, Morphology)? MeaningOf(AnalyzedText text, Token token)
    {
        if (token.Tag is not (PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.Adverb) || text.Language is not { } language || !char.IsLower(text.Text[token.Start]))
            return null;
        Span<ulong> keys = stackalloc ulong[Lexicon.Most];
        return Lexicon.Of(language).FindAll(Folding.Fold(text[token]), token.Tag, keys) == 1 ? (keys[0], language.Code, token.Tag, token.Form) : null;
    }

    private string? OtherWord(AnalyzedText text, Token token)
    {
        if (MeaningOf(text, token) is not { } meaning || !_meanings.TryGetValue(meaning, out var words))
            return null;
        var word = text[token].ToString();
        var opens = IsVowel(word);
        // "a" and "an", "le" and "l'" stay right.
        var others = words.Where(other => other != word && IsVowel(other) == opens).ToList();
        return others.Count == 0 ? null : others[(int)(TextHash.Of($"{_seed} {word}") % (ulong)others.Count)];
    }

    private static bool IsVowel(string word) => Folding.Fold(word)[0] is 'a' or 'e' or 'i' or 'o' or 'u' or 'y' or 'h';

    private static string? MoreOf(AnalyzedText text, Token token)
    {
        var digits = text[token];
        return digits[0] is >= '1' and <= '7' ? string.Concat(((char)(digits[0] + 1)).ToString(), digits[1..]) : null;
    }

    private Retold Exchange(AnalyzedText text, AnnotatedArticle article, bool inTitle)
    {
        var counted = article.Numbers.Where(number => number.InTitle == inTitle && Math.Abs(number.Value) > FewestChanged).Select(number => number.Span.Start).ToHashSet();
        var told = new StringBuilder();
        var parts = new List<(TextSpan, TextSpan)>();
        var from = 0;
        foreach (var token in text.Tokens)
        {
            if (token.Start < from)
                continue;
            var other = _way switch
            {
                RetellingWay.Names or RetellingWay.Places => _words.GetValueOrDefault(text[token].ToString()),
                RetellingWay.Synonyms => OtherWord(text, token),
                RetellingWay.Numbers => counted.Contains(token.Start) && char.IsAsciiDigit(text.Text[token.Start]) && !IsDated(article, token, inTitle) ? MoreOf(text, token) : null,
                _ => null,
            };
            if (other is null)
                continue;
            Keep(from, token.Start);
            parts.Add((token.Span, new TextSpan(told.Length, told.Length + other.Length)));
            told.Append(other);
            from = token.End;
            Changes++;
        }

        Keep(from, text.Text.Length);
        return new Retold(told.ToString(), parts);

        void Keep(int start, int end)
        {
            if (end <= start)
                return;
            parts.Add((new TextSpan(start, end), new TextSpan(told.Length, told.Length + end - start)));
            told.Append(text.Text, start, end - start);
        }
    }

    private static bool IsDated(AnnotatedArticle article, Token token, bool inTitle) =>
        article.Dates.Any(date => date.InTitle == inTitle && date.Span.Overlaps(token.Span));

    // The text is cut where a paragraph opens with a noun or a name, nearest to its middle: what follows leans on nothing before it.
    private Retold Turn(AnalyzedText text)
    {
        var starts = new List<int>();
        foreach (var sentence in text.Sentences)
        {
            var before = sentence.Start;
            while (before > 0 && char.IsWhiteSpace(text.Text[before - 1]))
                before--;
            if (before > 0 && text.Text.AsSpan(before, sentence.Start - before).Contains('\n'))
                starts.Add(sentence.Start);
        }

        var whole = text.Text.Length;
        var cuts = starts.Skip(1).Where(start => StandsAlone(text, start)).OrderBy(start => Math.Abs(start - (whole / 2))).ToList();
        if (starts.Count < 3 || cuts.Count == 0)
            return new Retold(text.Text, [(new TextSpan(0, whole), new TextSpan(0, whole))]);
        var (first, cut) = (starts[0], cuts[0]);
        Changes++;
        var end = cut;
        while (char.IsWhiteSpace(text.Text[end - 1]))
            end--;
        return new Retold(
            string.Concat(text.Text.AsSpan(0, first), text.Text.AsSpan(cut), text.Text.AsSpan(end, cut - end)) + text.Text[first..end],
            [
                (new TextSpan(0, first), new TextSpan(0, first)),
                (new TextSpan(cut, whole), new TextSpan(first, first + whole - cut)),
                (new TextSpan(first, end), new TextSpan(whole - end + first, whole)),
            ]);
    }

    private static bool StandsAlone(AnalyzedText text, int start)
    {
        var first = text.TokenAt(start);
        return text.Tokens[first].Tag is PartOfSpeech.ProperNoun or PartOfSpeech.Noun
            || (text.Tokens[first].Tag == PartOfSpeech.Determiner && first + 1 < text.Tokens.Length && text.Tokens[first + 1].Tag == PartOfSpeech.Noun);
    }
}
