using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>Cuts the articles of a story into units: sentences, and what each sentence gives of a statement.</summary>
internal sealed class UnitReader
{
    // A bare sentence that tells fewer things than this tells nothing that another could tell too ("Encore raté.").
    private const int FarthestVerb = 60; // tokens looked at for a claim of its own
    private const int FewestTerms = 3;

    // A sentence about something this much older than its article is of other events.
    private const int OldDays = 60;

    private readonly StoryText _story;
    private readonly int _place;
    private readonly int _number; // of the article among those that are compared
    private readonly AnnotatedArticle _article;
    private readonly WordSequence _words;
    private readonly Language? _language;
    private readonly List<Unit> _units = [];

    private UnitReader(StoryText story, int place, int? number = null)
    {
        _story = story;
        _place = place;
        _number = number ?? place;
        _article = story.Articles[place];
        _words = story.Bodies[place];
        _language = _article.Body.Language;
    }

    /// <summary>The units of the article at <paramref name="place"/>, in order.</summary>
    public static List<Unit> Read(StoryText story, int place) => new UnitReader(story, place).ReadText();

    /// <summary>What stands in the title, or null.</summary>
    public static Unit? ReadTitle(StoryText story, int place)
    {
        if (story.Articles[place].Headline is not { Sentences.Length: > 0 } headline)
            return null;
        return new UnitReader(story, place).Title(headline.Sentences[0].Union(headline.Sentences[^1]));
    }

    /// <summary>All that a text says, as one unit that belongs to no article of another story: a claim.</summary>
    /// <param name="text">The text.</param>
    /// <param name="values">Whether with its amounts and dates; else what is told of them.</param>
    public static Unit ReadWhole(AnnotatedArticle text, bool values = true)
    {
        var reader = new UnitReader(new StoryText([text], CancellationToken.None), 0, number: -1);
        var sentences = reader._article.Body.Sentences;
        var whole = sentences[0].Union(sentences[^1]);
        return reader.UnitOf(0, 0, whole, whole, [whole], [], values);
    }

    /// <summary>The words of a text that tell something, in their order, without those of its amounts and dates.</summary>
    /// <param name="text">The text.</param>
    public static List<ToldWord> WordsOf(AnnotatedArticle text)
    {
        var reader = new UnitReader(new StoryText([text], CancellationToken.None), 0, number: -1);
        var (words, told) = (reader._words, new List<ToldWord>());
        for (var i = 0; i < words.Keys.Length; i++)
        {
            var span = words.Source.Tokens[i].Span;
            if (words.Keys[i] == 0 || text.Dates.Any(date => date.Span.Contains(span)) || text.Numbers.Any(number => number.Span.Contains(span)))
                continue;
            var terms = new Dictionary<ulong, Term>();
            reader.AddWord(terms, words, i, 0);
            var (key, term) = terms.FirstOrDefault();
            if (key != 0)
                told.Add(new ToldWord(term.Kind, [.. terms.Keys], term.Stem, text.Entities.FirstOrDefault(entity => !entity.InTitle && entity.Span.Contains(span))?.Type));
        }

        return told;
    }

    private List<Unit> ReadText()
    {
        var sentences = _article.Body.Sentences;
        var bySentence = new List<(int Statement, TextSpan Part)>?[sentences.Length];
        for (var i = 0; i < _article.Statements.Length; i++)
            Place(i, bySentence);

        var headings = _article.Article.Blocks.Where(block => block is { Kind: BlockKind.Heading or BlockKind.Promo, Span: not null }).Select(block => block.Span!.Value).ToArray(); // a heading, and promotion, tells nothing
        var paragraph = 0;
        for (var i = 0; i < sentences.Length; i++)
        {
            if (i > 0 && _article.Body.Text.AsSpan(sentences[i - 1].End, sentences[i].Start - sentences[i - 1].End).Contains('\n'))
                paragraph++;
            if (_story.Keeps(SourcingRule.HeadingsTellNothing) && Array.Exists(headings, heading => heading.Contains(sentences[i])))
                continue;
            if (bySentence[i] is { } parts)
                AddStatements(i, paragraph, parts);
            else if (IsTelling(sentences[i]))
                Add(i, paragraph, sentences[i], [sentences[i]], []);
        }

        return _units;
    }

    private void Place(int statement, List<(int, TextSpan)>?[] bySentence)
    {
        var told = _article.Statements[statement];
        if (told.InTitle || !told.Voiced)
            return;
        foreach (var span in told.Content)
        {
            for (var i = Math.Max(0, _article.Body.SentenceAt(span.Start)); i < bySentence.Length; i++)
            {
                var sentence = _article.Body.Sentences[i];
                if (sentence.Start >= span.End)
                    break;
                if (sentence.Intersection(span) is { } part)
                    (bySentence[i] ??= []).Add((statement, part));
            }
        }
    }

    private void AddStatements(int sentence, int paragraph, List<(int Statement, TextSpan Part)> parts)
    {
        // What overlaps is one unit: two speakers of one content, or one attribution inside another.
        var groups = new List<(TextSpan Extent, List<int> Statements, List<TextSpan> Parts)>();
        foreach (var statement in parts.GroupBy(part => part.Statement))
        {
            var pieces = statement.Select(part => part.Part).ToList();
            var extent = pieces.Aggregate((a, b) => a.Union(b));
            var at = groups.FindIndex(group => group.Extent.Overlaps(extent));
            if (at < 0)
            {
                groups.Add((extent, [statement.Key], pieces));
                continue;
            }

            groups[at].Statements.Add(statement.Key);
            groups[at].Parts.AddRange(pieces);
            groups[at] = (groups[at].Extent.Union(extent), groups[at].Statements, groups[at].Parts);
        }

        var whole = _article.Body.Sentences[sentence];
        foreach (var (extent, statements, pieces) in groups)
        {
            // A name with its office tells nothing by itself: the sentence around it does.
            var mostly = 2 * CountWords(extent) >= CountWords(whole) && (groups.Count > 1 || HasVerb(extent) || HasNumber(extent));
            if (groups.Count > 1 || mostly)
                Add(sentence, paragraph, extent, pieces, statements);
            else
                Add(sentence, paragraph, whole, Without(whole, statements), statements);
        }
    }

    private Unit Title(TextSpan span)
    {
        var words = _story.Headlines[_place]!;
        var terms = new Dictionary<ulong, Term>();
        var statements = Enumerable.Range(0, _article.Statements.Length).Where(i => _article.Statements[i] is { InTitle: true, Voiced: true }).ToImmutableArray();
        var told = statements.Select(i => _article.Statements[i].Extent).FirstOrDefault(content => content.Length * 2 > span.Length, span);
        var (from, to) = words.Range(told);
        for (var i = from; i < to; i++)
            AddWord(terms, words, i, from);
        var numbers = _article.Numbers.Where(number => number.InTitle).ToImmutableArray();
        var amounts = Amounts(numbers, terms);
        return new Unit
        {
            Article = _place, Sentence = -1, Paragraph = -1, Depth = 0, Evidence = new Evidence(_article.Id, span, InTitle: true), Whole = span, Words = to - from,
            Statements = statements, Terms = Sorted(terms), Sequences = Sequences(words, [told]), Claims = ClaimSlots.Read(words, span, [told]), Numbers = numbers, Amounts = amounts, Days = [], Language = _language?.Code,
            Negative = Negates(words.In(span)), Doubting = false, Old = false, Denying = false, Quoted = false, Speaker = null, SpeakerType = null, Act = null,
        };
    }

    private void Add(int sentence, int paragraph, TextSpan span, List<TextSpan> told, List<int> statements)
    {
        var unit = UnitOf(sentence, paragraph, _article.Body.Sentences[sentence], span, told, statements);
        if (statements.Count > 0 || unit.Terms.Length >= FewestTerms || !_story.Keeps(SourcingRule.ShortTellsNothing))
            _units.Add(unit);
    }

    private Unit UnitOf(int sentence, int paragraph, TextSpan whole, TextSpan span, List<TextSpan> told, List<int> statements, bool values = true)
    {
        var terms = new Dictionary<ulong, Term>();
        var dates = _story.DatesIn(_place, whole.Union(span)).Where(date => told.Exists(part => part.Overlaps(date.Span))).ToImmutableArray();
        var numbers = _story.NumbersIn(_place, whole.Union(span)).Where(number => told.Exists(part => part.Overlaps(number.Span))).ToImmutableArray();
        // Attribution stripped: whom a sentence cites is no part of what it tells.
        var cited = _story.CitationsIn(_place, whole).Select(citation => citation.Span).ToList();
        AddWords(terms, told, whole, dates, numbers, cited);
        var amounts = Amounts(numbers, terms);
        var days = dates.Select(date => date.Value).OfType<string>().Where(value => value.Length >= 4).Distinct().ToArray();
        foreach (var day in days)
            AddTerm(terms, TextHash.Of("date:" + day), TermKind.Date);
        if (!values)
        {
            (numbers, amounts, days) = ([], [], []);
            foreach (var (key, _) in terms.Where(term => term.Value.Kind is TermKind.Amount or TermKind.Date).ToList())
                terms.Remove(key);
        }

        var first = statements.Count == 0 ? null : _article.Statements[statements[0]];
        var doubts = _language is null ? null : PhraseSet.Of(_language, "doubts");
        return new Unit
        {
            Article = _number,
            Sentence = sentence,
            Paragraph = paragraph,
            Depth = (float)sentence / _article.Body.Sentences.Length,
            Evidence = new Evidence(_article.Id, span),
            Whole = whole,
            Words = CountWords(span),
            Statements = [.. statements],
            Terms = Sorted(terms),
            Sequences = Sequences(_words, told),
            Claims = ClaimSlots.Read(_words, whole, told),
            Numbers = numbers,
            Amounts = amounts,
            Days = days,
            Language = _language?.Code,
            Negative = Negates(_words.In(span)),
            Doubting = doubts?.Any(_words.In(whole)) == true,
            Doubts = [.. statements.Where(index => _article.Statements[index] is { Cue: { } cue, Negated: false, Extent: var said } && doubts?.Any(_words.In(cue)) == true && HasToken(said, static token => token.IsFiniteVerb, FarthestVerb))],
            Old = _story.Keeps(SourcingRule.OldEvents) && IsOld([.. _story.DatesIn(_place, whole).Where(date => whole.Contains(date.Span))]),
            Denying = statements.Exists(index => _article.Statements[index] is { Act: Statements.Act.Deny } or { Negated: true }),
            Quoted = first is { Kind: StatementKind.Direct },
            Act = first?.Act,
            SpeakerType = first?.Speaker?.Type,
            Speaker = statements.Select(index => SpeakerOf(_article.Statements[index])).FirstOrDefault(name => name is not null),
        };
    }

    private void AddWords(
        Dictionary<ulong, Term> terms, List<TextSpan> told, TextSpan whole, ImmutableArray<DateMention> dates, ImmutableArray<NumberMention> numbers, List<TextSpan> cited)
    {
        var opens = _words.Range(whole).From;
        foreach (var part in told)
        {
            var (from, to) = _words.Range(part);
            for (var i = from; i < to; i++)
            {
                var span = _article.Body.Tokens[i].Span;
                // An amount stands for its words: "a year and a half" tells nothing of a half.
                if (_words.Keys[i] != 0 && !IsNumberWord(i, numbers) && !dates.Any(date => date.Span.Contains(span)) && !cited.Exists(citation => citation.Contains(span)))
                    AddWord(terms, _words, i, opens);
            }
        }
    }

    private static TermKind KindOf(AnalyzedText text, int token, int opens)
    {
        var tag = text.Tokens[token].Tag;
        if (tag == PartOfSpeech.ProperNoun || (token > opens && char.IsUpper(text.Text[text.Tokens[token].Start]) && tag is not PartOfSpeech.Verb))
            return TermKind.Name;
        return tag switch
        {
            PartOfSpeech.Verb => TermKind.Verb,
            PartOfSpeech.Noun => TermKind.Noun,
            _ => TermKind.Other,
        };
    }

    private static ulong[] Sequences(WordSequence words, List<TextSpan> told)
    {
        var keys = new HashSet<ulong>();
        foreach (var part in told)
        {
            var (from, to) = words.Range(part);
            ulong before = 0;
            for (var i = from; i < to; i++)
            {
                if (words.Keys[i] == 0)
                    continue;
                if (before != 0)
                    keys.Add((before * 31) ^ words.Keys[i]);
                before = words.Keys[i];
            }
        }

        var sorted = keys.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private bool IsNumberWord(int token, ImmutableArray<NumberMention> numbers)
    {
        if (_language is null || numbers.IsEmpty)
            return false;
        var words = _language.Table("folded-number-words", static language => language.Lines("numbers").Select(line => Folding.Fold(line.Split('\t')[0])).ToHashSet(StringComparer.Ordinal));
        return words.Contains(_words.Words[token]) && numbers.Any(number => number.Span.Contains(_article.Body.Tokens[token].Span));
    }

    private bool HasVerb(TextSpan span) => HasToken(span, static token => token.Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary);

    private bool HasToken(TextSpan span, Predicate<Token> fits, int most = int.MaxValue)
    {
        var (from, to) = _words.Range(span);
        for (var i = from; i < to && i - from < most; i++)
        {
            if (fits(_article.Body.Tokens[i]))
                return true;
        }

        return false;
    }

    private bool HasNumber(TextSpan span) => _story.NumbersIn(_place, span).Any(number => span.Overlaps(number.Span));

    private bool IsTelling(TextSpan sentence) => (_article.Body.Text[sentence.End - 1] != '?' || !_story.Keeps(SourcingRule.QuestionsTellNothing)) && CountWords(sentence) >= 4;

    private List<TextSpan> Without(TextSpan sentence, List<int> statements)
    {
        var cuts = statements.SelectMany(index => new[] { _article.Statements[index].Cue, _article.Statements[index].Speaker?.Mention, _article.Statements[index].Channel?.Mention })
            .Where(span => span is { } cut && cut.Overlaps(sentence)).Select(span => span!.Value).Order().ToList();
        var left = new List<TextSpan>();
        var start = sentence.Start;
        foreach (var cut in cuts)
        {
            if (cut.Start > start)
                left.Add(new TextSpan(start, cut.Start));
            start = Math.Max(start, cut.End);
        }

        if (start < sentence.End)
            left.Add(new TextSpan(start, sentence.End));
        return left;
    }

    private int CountWords(TextSpan span)
    {
        var (from, to) = _words.Range(span);
        var count = 0;
        for (var i = from; i < to; i++)
            count += _article.Body.Tokens[i].Kind == TokenKind.Mark ? 0 : 1;
        return count;
    }

    private bool Negates(ArraySegment<string> words)
    {
        if (_language is null)
            return false;
        var negations = _language.Table("folded-negations", static language => language.Lines("negations").Select(line => Folding.Fold(line)).ToHashSet(StringComparer.Ordinal));
        foreach (var word in words)
        {
            if (negations.Contains(word))
                return true;
        }

        return false;
    }

    private bool IsOld(ImmutableArray<DateMention> dates)
    {
        if (dates.IsEmpty || _article.Article.Published is not { } published)
            return false;
        foreach (var date in dates)
        {
            if (LastDay(date.Value) is not { } day || published.Day.DayNumber - day.DayNumber < OldDays)
                return false;
        }

        return true;
    }

    private static DateOnly? LastDay(string? value)
    {
        if (value is null)
            return null;
        if (DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        if (value.Length < 4 || !int.TryParse(value.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1 or > 9998)
            return null;
        if (value.Length == 7 && int.TryParse(value.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out var month) && month is >= 1 and <= 12)
            return new DateOnly(year, month, 1).AddMonths(1).AddDays(-1);
        return new DateOnly(year, 12, 31);
    }

    // A word with several meanings tells each in part; the root keeps what a word shares with itself whole.
    private void AddWord(Dictionary<ulong, Term> terms, WordSequence words, int token, int opens)
    {
        if (words.Keys[token] == 0)
            return;
        var kind = KindOf(words.Source, token, opens);
        Span<ulong> meanings = stackalloc ulong[Lexicon.Most];
        var count = _language is null || kind == TermKind.Name ? 0 : Lexicon.Of(_language).FindAll(words.Words[token], words.Source.Tokens[token].Tag, meanings);
        if (count < 2)
        {
            AddTerm(terms, words.Keys[token], kind, words.Words[token]);
            return;
        }

        foreach (var meaning in meanings[..count])
            AddTerm(terms, meaning, kind, words.Words[token], 1 / MathF.Sqrt(count));
    }

    private static void AddTerm(Dictionary<ulong, Term> terms, ulong key, TermKind kind, string word = "", float share = 1)
    {
        if (key != 0 && (!terms.TryGetValue(key, out var known) || known.Kind == TermKind.Name || known.Share < share))
            terms[key] = new Term(key, kind, ClaimSlots.StemOf(word), share);
    }

    // Amounts of two and less count as things only with a unit: "two" is everywhere.
    private Told[] Amounts(ImmutableArray<NumberMention> numbers, Dictionary<ulong, Term> terms)
    {
        if (numbers.IsEmpty)
            return [];
        var amounts = new Told[numbers.Length];
        for (var i = 0; i < amounts.Length; i++)
        {
            var number = numbers[i];
            var measure = Measure.Of(number.Value, number.Unit);
            var counted = measure is { } known && known.Dimension == number.Unit && number.Unit!.Length > 3;
            var value = measure?.Value ?? number.Value;
            var of = measure is not { } told ? 0 : counted ? WordSequence.KeyOf(Folding.Fold(number.Unit!), _language) : TextHash.Of("unit:" + told.Dimension);
            amounts[i] = new Told(value, of);
            if (Math.Abs(value) > 2 || (measure is not null && !counted))
                AddTerm(terms, TextHash.Of("#" + Math.Round(value, 3).ToString("G5", CultureInfo.InvariantCulture)), TermKind.Amount);
        }

        return amounts;
    }

    private static Term[] Sorted(Dictionary<ulong, Term> terms)
    {
        var sorted = terms.Values.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    private static string? SpeakerOf(Statement statement) => statement.Speaker switch
    {
        { Type: SpeakerType.Unnamed } => null,
        { Name: { } name } => Folding.Fold(name),
        _ => null,
    };
}
