using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>Cuts the articles of a story into units: sentences, and what each sentence gives of a statement.</summary>
internal static class UnitReader
{
    // A bare sentence that tells fewer things than this tells nothing that another could tell too ("Encore raté.").
    private const int FewestTerms = 3;

    // A title is repeated before the text begins.
    private const int TitleParagraphs = 3;

    // A lone sentence about something this much older than its article is background.
    private const int BackgroundDays = 60;

    private static readonly ulong CoarseDateKey = TextHash.Of("a month or a season");
    private static readonly ulong NegationKey = TextHash.Of("not");

    // What befalls people is counted, whoever they are: "23 injured", "twenty-nine people were injured".
    private static readonly ulong[] Fates = [.. new[] { "dead", "injured", "missing", "ill", "arrest", "evacuate", "treat", "rescue" }.Select(key => TextHash.Of(key))];

    /// <summary>The units of the article at <paramref name="place"/>, in order.</summary>
    public static List<Unit> Read(StoryText story, int place)
    {
        var reader = new Reader(story, place);
        return reader.Read();
    }

    /// <summary>What stands in the title, or null.</summary>
    public static Unit? ReadTitle(StoryText story, int place)
    {
        var article = story.Articles[place];
        if (article.Headline is not { Sentences.Length: > 0 } headline)
            return null;
        var span = headline.Sentences[0].Union(headline.Sentences[^1]);
        return new Reader(story, place).Title(span);
    }

    private sealed class Reader(StoryText story, int place)
    {
        private readonly AnnotatedArticle _article = story.Articles[place];
        private readonly WordSequence _words = story.Bodies[place];
        private readonly Language? _language = story.Articles[place].Body.Language;
        private readonly List<Unit> _units = [];
        private readonly Dictionary<string, int> _statementsBySpeaker = new(StringComparer.Ordinal);
        private readonly HashSet<string> _heard = new(StringComparer.Ordinal);

        public List<Unit> Read()
        {
            var sentences = _article.Body.Sentences;
            var bySentence = new List<(int Statement, TextSpan Part)>?[sentences.Length];
            for (var i = 0; i < _article.Statements.Length; i++)
                Place(i, bySentence);

            var headings = _article.Article.Blocks.Where(block => block is { Kind: BlockKind.Heading, Span: not null }).Select(block => block.Span!.Value).ToArray();
            var paragraph = 0;
            for (var i = 0; i < sentences.Length; i++)
            {
                if (i > 0 && _article.Body.Text.AsSpan(sentences[i - 1].End, sentences[i].Start - sentences[i - 1].End).Contains('\n'))
                    paragraph++;
                if (Array.Exists(headings, heading => heading.Contains(sentences[i])) || (paragraph < TitleParagraphs && RepeatsTitle(i)))
                    continue;
                if (bySentence[i] is { } parts)
                    AddStatements(i, paragraph, parts);
                else if (IsTelling(sentences[i]))
                    Add(i, paragraph, sentences[i], [sentences[i]], []);
            }

            return _units;
        }

        // The title once more, or a part of it, as a line of its own before the text.
        private bool RepeatsTitle(int sentence)
        {
            var span = _article.Body.Sentences[sentence];
            if (story.Headlines[place] is not { } headline || ".!?".Contains(_article.Body.Text[span.End - 1], StringComparison.Ordinal)
                || (span.End < _article.Body.Text.Length && _article.Body.Text[span.End] != '\n'))
                return false;
            foreach (var word in _words.In(span))
            {
                if (!headline.Words.Contains(word))
                    return false;
            }

            return true;
        }

        public Unit Title(TextSpan span)
        {
            var words = story.Headlines[place]!;
            var terms = new Dictionary<ulong, Term>();
            var told = _article.Statements.FirstOrDefault(statement => statement is { InTitle: true, Voiced: true })?.Extent is { } content && content.Length * 2 > span.Length ? content : span;
            var (from, to) = words.Range(told);
            for (var i = from; i < to; i++)
                AddTerm(terms, words.Keys[i], 1, char.IsUpper(_article.Headline!.Text[_article.Headline.Tokens[i].Start]) && i > from);
            foreach (var number in _article.Numbers.Where(number => number.InTitle))
                AddNumber(terms, number);
            return new Unit
            {
                Article = place, Sentence = -1, Paragraph = -1, Evidence = new Evidence(_article.Id, span, InTitle: true), Whole = span,
                Statements = [.. Enumerable.Range(0, _article.Statements.Length).Where(i => _article.Statements[i] is { InTitle: true, Voiced: true })],
                Terms = Sorted(terms), Numbers = [], Measures = [], Dates = [], Language = _language?.Code, Negative = Negates(words.In(span)), Echo = false,
                Doubting = false, Witnessed = false, Background = false, Old = false, Denying = false, Speaker = null, SpeakerStatements = 0, Worth = 0,
            };
        }

        private void Place(int statement, List<(int, TextSpan)>?[] bySentence)
        {
            var told = _article.Statements[statement];
            if (told.InTitle || !told.Voiced)
                return;
            if (SpeakerOf(told) is { } speaker)
                _statementsBySpeaker[speaker] = _statementsBySpeaker.GetValueOrDefault(speaker) + 1;
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

        private bool HasVerb(TextSpan span)
        {
            var (from, to) = _words.Range(span);
            for (var i = from; i < to; i++)
            {
                if (_article.Body.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
                    return true;
            }

            return false;
        }

        private bool HasNumber(TextSpan span) => story.NumbersIn(place, span).Any(number => span.Overlaps(number.Span));

        private void Add(int sentence, int paragraph, TextSpan span, List<TextSpan> told, List<int> statements)
        {
            var terms = new Dictionary<ulong, Term>();
            var whole = _article.Body.Sentences[sentence];
            var dates = story.DatesIn(place, whole.Union(span)).Where(date => told.Exists(part => part.Overlaps(date.Span))).ToImmutableArray();
            var numbers = story.NumbersIn(place, whole.Union(span)).Where(number => told.Exists(part => part.Overlaps(number.Span))).ToImmutableArray();
            // Attribution stripped: whom a sentence cites is no part of what it tells.
            var cited = story.CitationsIn(place, whole).Select(citation => citation.Span).ToList();
            foreach (var part in told)
            {
                var (from, to) = _words.Range(part);
                for (var i = from; i < to; i++)
                {
                    var token = _article.Body.Tokens[i];
                    // An amount stands for its words: "a year and a half" tells nothing of a half.
                    if (_words.Keys[i] != 0 && !IsNumberWord(i, numbers) && !dates.Any(date => date.Span.Contains(token.Span)) && !cited.Exists(span => span.Contains(token.Span)))
                        AddTerm(terms, _words.Keys[i], 1, char.IsUpper(_article.Body.Text[token.Start]) && token.Start != whole.Start);
                }
            }

            foreach (var number in numbers)
                AddNumber(terms, number);
            foreach (var date in dates)
                AddDate(terms, date);
            if (statements.Count == 0 && terms.Count < FewestTerms)
                return;
            // "Confirming a report of the local media": whom it is from, not what it tells.
            if (statements.Count > 0 && terms.Count < 2 && cited.Exists(span => told.Exists(part => part.Overlaps(span)))
                && statements.TrueForAll(index => _article.Statements[index].Kind == StatementKind.Indirect))
                return;

            var words = _words.In(span);
            var negative = Negates(words);
            if (negative)
                AddTerm(terms, NegationKey, 0.7f);
            AddSpeaker(terms, statements);
            var speaker = statements.Select(index => SpeakerOf(_article.Statements[index])).FirstOrDefault(name => name is not null);
            var background = statements.Count == 0 && IsOld(dates);
            _units.Add(new Unit
            {
                Article = place,
                Sentence = sentence,
                Paragraph = paragraph,
                Evidence = new Evidence(_article.Id, span),
                Whole = whole,
                Statements = [.. statements],
                Terms = Sorted(terms),
                Numbers = numbers,
                Measures = numbers.IsEmpty ? [] : [.. numbers.Select(MeasureKey).Where(key => key != 0).Concat(Fates.Where(terms.ContainsKey)).Distinct()],
                Dates = dates,
                Language = _language?.Code,
                Negative = negative,
                Echo = statements.Exists(index => IsEcho(_article.Statements[index])),
                Witnessed = statements.Count == 0 && _language is not null
                    && PhraseSet.Of(_language, "own-reporting").Find(_words.In(whole)) is var seen && seen.Any(phrase => phrase.Class == "witness") && seen.Any(phrase => phrase.Class == "staff"),
                Doubting = _language is not null && PhraseSet.Of(_language, "doubts").Any(_words.In(whole)),
                Background = background,
                Old = IsOld([.. story.DatesIn(place, whole).Where(date => whole.Contains(date.Span))]),
                Denying = statements.Exists(index => _article.Statements[index] is { Act: Act.Deny } or { Negated: true }),
                Speaker = speaker,
                SpeakerStatements = speaker is null ? 0 : _statementsBySpeaker.GetValueOrDefault(speaker),
                Worth = WorthOf(paragraph, terms.Count, numbers.Length, statements, speaker, background),
            });
        }

        private bool IsNumberWord(int token, ImmutableArray<NumberMention> numbers)
        {
            if (_language is null || numbers.IsEmpty)
                return false;
            var words = _language.Table("folded-number-words", static language => language.Lines("numbers").Select(line => Folding.Fold(line.Split('\t')[0])).ToHashSet(StringComparer.Ordinal));
            return words.Contains(_words.Words[token]) && numbers.Any(number => number.Span.Contains(_article.Body.Tokens[token].Span));
        }

        // How much a lone passage deserves to be told: who is given for it, how it is given, how early it stands.
        // The weights order the lone points of the invented events (docs/accuracy/sourcing.md).
        private double WorthOf(int paragraph, int terms, int numbers, List<int> statements, string? speaker, bool background)
        {
            var worth = Math.Min(terms, 6) * 0.12 + Math.Min(numbers, 2) * 0.2 - Math.Min(paragraph, 12) * 0.12 - (background ? 1.5 : 0);
            if (statements.Count == 0)
                return worth;
            var statement = _article.Statements[statements[0]];
            worth += statement.Speaker?.Type switch
            {
                SpeakerType.Document => 2.3,
                SpeakerType.Person or SpeakerType.Organisation => 2,
                SpeakerType.Unnamed => 1.2,
                _ => 0.8,
            };
            if (statement.Kind != StatementKind.Indirect)
                worth += 0.4;
            if (statement.Channel is not null)
                worth += 0.5;
            if (speaker is not null)
                worth += _heard.Add(speaker) ? 0.5 : -0.3;
            return worth;
        }

        private bool IsTelling(TextSpan sentence)
        {
            var text = _article.Body.Text;
            if (text[sentence.End - 1] == '?')
                return false;
            return CountWords(sentence) >= 4;
        }

        private bool IsEcho(Statement statement)
        {
            var words = _words.In(statement.Content[0]);
            return _language is not null && words.Count is > 0 and <= 8 && PhraseSet.Of(_language, "denied-echoes").At(words, 0).Length > 0;
        }

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
                if (LastDay(date.Value) is not { } day || published.Day.DayNumber - day.DayNumber < BackgroundDays)
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

        private static void AddTerm(Dictionary<ulong, Term> terms, ulong key, float weight, bool isName = false, bool ofSpeaker = false)
        {
            if (key != 0 && (!terms.TryGetValue(key, out var known) || known.Base < weight || known.IsName && !isName))
                terms[key] = new Term(key, weight, isName, ofSpeaker);
        }

        private static void AddNumber(Dictionary<ulong, Term> terms, NumberMention number)
        {
            var measure = Measure.Of(number.Value, number.Unit);
            var value = measure?.Value ?? number.Value;
            var dimension = measure is { } known && (known.Dimension != number.Unit || known.Dimension == "%" || known.Dimension is { Length: 3 } && known.Dimension.All(char.IsAsciiLetterUpper)) ? known.Dimension : null;
            if (Math.Abs(value) > 2 || dimension is not null)
                AddTerm(terms, TextHash.Of("#" + Math.Round(value, 3).ToString("G5", CultureInfo.InvariantCulture)), Term.MostBase);
            // What is counted ("passengers") is a word of the passage already.
            if (dimension is not null)
                AddTerm(terms, TextHash.Of("unit:" + dimension), 0.9f);
        }

        // What an amount counts or measures, across languages.
        private ulong MeasureKey(NumberMention number)
        {
            if (Measure.Of(number.Value, number.Unit) is not { } measure)
                return 0;
            return measure.Dimension == number.Unit ? WordSequence.KeyOf(Folding.Fold(number.Unit!), _language) : TextHash.Of("unit:" + measure.Dimension);
        }

        // Who tells it is no part of what is told, but an organisation that tells what it did is named where others tell it did it.
        private void AddSpeaker(Dictionary<ulong, Term> terms, List<int> statements)
        {
            foreach (var index in statements)
            {
                if (_article.Statements[index].Speaker is not { Name: { } name, Type: SpeakerType.Organisation or SpeakerType.Document or SpeakerType.Person })
                    continue;
                foreach (var token in Tokenizer.Tokenize(name, _language))
                    AddTerm(terms, WordSequence.KeyOf(Folding.Fold(token.Span.In(name)), _language), 0.4f, isName: true, ofSpeaker: true);
            }
        }

        private static void AddDate(Dictionary<ulong, Term> terms, DateMention date)
        {
            if (date.Value is not { Length: >= 4 } value)
                return;
            AddTerm(terms, TextHash.Of("date:" + value), 1.1f);
            if (value.Length > 4)
                AddTerm(terms, TextHash.Of("date:" + value[..4]), 0.7f);
            // A month or a season of the same matter is told otherwise elsewhere, but it is a month or a season.
            if (value.Length == 7)
                AddTerm(terms, CoarseDateKey, 0.6f);
        }

        private static Term[] Sorted(Dictionary<ulong, Term> terms)
        {
            var sorted = terms.Values.ToArray();
            Array.Sort(sorted);
            return sorted;
        }

        private static string? SpeakerOf(Statement statement) => statement.Speaker switch
        {
            null => null,
            { Type: SpeakerType.Unnamed } => null,
            { Name: { } name } => Folding.Fold(name),
            _ => null,
        };
    }
}
