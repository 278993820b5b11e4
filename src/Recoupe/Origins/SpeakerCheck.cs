using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Whether what a statement gives as its speaker can speak: a truck, a deal or the place of a dateline cannot.</summary>
internal sealed class SpeakerCheck
{
    // A dateline stands within so many words of a paragraph's beginning ("PORT ELDA, Valdoria (Norda) —").
    private const int DatelineWords = 8;

    private readonly AnnotatedArticle _article;
    private readonly Language? _language;
    private readonly HashSet<string> _datelines = new(StringComparer.Ordinal);

    public SpeakerCheck(AnnotatedArticle article)
    {
        _article = article;
        _language = article.Body.Language;
        var start = 0;
        foreach (var sentence in article.Body.Sentences)
        {
            if (sentence.Start == 0 || article.Body.Text.AsSpan(start, sentence.Start - start).Contains('\n'))
                AddDateline(sentence);
            start = sentence.End;
        }
    }

    /// <summary>Whether it can speak; what no list of the language tells of is given the benefit of the doubt where it is a name.</summary>
    public bool CanSpeak(Statement statement)
    {
        if (statement.Speaker is not { Name: { Length: > 0 } name } speaker || speaker.Type == SpeakerType.Medium || statement.Corrected || _language is null)
            return true;
        if (!char.IsLetterOrDigit(name[0]) || _datelines.Contains(name))
            return false;
        if (speaker.Type == SpeakerType.Person && name.Any(char.IsUpper))
            return true;
        // Whom "according to" names speaks whatever it is called: a harbour office, a zoo.
        if (IsSourcePreposition(statement))
            return true;
        var text = _article.TextOf(statement.InTitle);
        var lexicon = SpeakerLexicon.Of(_language);
        var tokens = Tokenizer.Tokenize(name, _language);
        var endings = Endings(_language);
        var roles = Roles(_language);
        // Only what a capital begins for its own sake is a name: not the first word of a sentence.
        var opens = speaker.Mention is { } mention && text.SentenceAt(mention.Start) is >= 0 and var sentence && text.Text.AsSpan(text.Sentences[sentence].Start, mention.Start - text.Sentences[sentence].Start).IndexOfAny(Letters) < 0
            && mention.Quote(text.Text).StartsWith(name[0]) && !IsEntity(statement, speaker);
        var head = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            var word = tokens[i].Span.In(name);
            var folded = Folding.Fold(word);
            if (tokens[i].Kind == TokenKind.Mark || lexicon.Find(word).Is(WordUses.Determiner | WordUses.DescriptionEnd))
                continue;
            if (i > 0 && head >= 0 && IsLink(folded))
                break;
            if (char.IsDigit(word[0]) || lexicon.Find(word).Is(WordUses.Noun | WordUses.Title | WordUses.Pronoun) || roles.Contains(folded) || folded.EndsWith('s') && roles.Contains(folded[..^1])
                || endings.Any(ending => folded.Length > ending.Length + 1 && folded.EndsWith(ending, StringComparison.Ordinal)))
                return true;
            if (head < 0 || lexicon.HeadIsLast)
                head = i;
        }

        if (head < 0)
            return true;
        var first = name[tokens[head].Start];
        return char.IsUpper(first) && !(head == 0 && opens);
    }

    /// <summary>Whether its content is somebody and nothing more (« une enquête vise le maire »): nothing that could be true or not.</summary>
    public bool SaysNothing(Statement statement)
    {
        if (statement.Kind != StatementKind.Indirect || statement.Corrected || _language is null)
            return false;
        var text = _article.TextOf(statement.InTitle);
        var lexicon = SpeakerLexicon.Of(_language);
        var somebody = false;
        var last = PartOfSpeech.Unknown;
        foreach (var content in statement.Content)
        {
            if (_article.Numbers.Any(number => number.InTitle == statement.InTitle && number.Span.Overlaps(content)))
                return false;
            for (var i = text.TokenAt(content.Start); i < text.Tokens.Length && text.Tokens[i].Start < content.End; i++)
            {
                var token = text.Tokens[i];
                var word = lexicon.Find(text[token]);
                if (token.Tag == PartOfSpeech.ProperNoun || word.Is(WordUses.Role | WordUses.Title))
                    somebody = true;
                else if (token.Kind != TokenKind.Mark && token.Tag is not (PartOfSpeech.Determiner or PartOfSpeech.Adposition or PartOfSpeech.Adjective) && !word.Is(WordUses.Determiner))
                    return false;
                last = token.Tag;
            }
        }

        // "One coach overturned": what ends so may be told of somebody.
        return somebody && last != PartOfSpeech.Adjective;
    }

    private bool IsSourcePreposition(Statement statement) => statement.Cue is { } cue
        && _language!.Table("folded-source-prepositions", static known => known.Lines("source-prepositions").Select(line => Folding.Fold(line.Split('\t')[0].TrimStart('*'))).ToFrozenSet(StringComparer.Ordinal))
            .Contains(Folding.Fold(cue.Quote(_article.TextOf(statement.InTitle).Text)));

    private static ReadOnlySpan<char> Letters => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private bool IsLink(string folded) => _language!.Table("folded-name-breaks", static known => known.Lines("of-words").Concat(known.Lines("place-prepositions")).Concat(known.Lines("source-prepositions"))
        .Select(line => Folding.Fold(line.Split('\t')[0])).ToFrozenSet(StringComparer.Ordinal)).Contains(folded);

    private static string[] Endings(Language language) =>
        language.Table("folded-person-endings", static known => known.Lines("person-endings").Select(line => Folding.Fold(line)).ToArray());

    private static readonly string[] SpeakingLists = ["organisation-heads", "organisation-words", "anonymity", "demonyms"];

    private static FrozenSet<string> Roles(Language language) =>
        language.Table("folded-speaking-nouns", static known => SpeakingLists.SelectMany(list => known.Lines(list)).Select(line => line.Split('\t')[0])
            .Concat(Nouns.Of(known).Where(noun => noun.SourceKind is not null || noun.Has("speaks")).Select(noun => noun.Word)).Select(word => Folding.Fold(word)).ToFrozenSet(StringComparer.Ordinal));

    private bool IsEntity(Statement statement, Speaker speaker) =>
        _article.Entities.Any(entity => entity.InTitle == statement.InTitle && speaker.Mention is { } mention && entity.Span.Overlaps(mention));

    // Capitals, then a dash: the place where the text was written, and the date or agency beside it.
    private void AddDateline(TextSpan sentence)
    {
        var text = _article.Body.Text;
        var at = _article.Body.TokenAt(sentence.Start);
        var tokens = _article.Body.Tokens;
        var end = at;
        while (end < tokens.Length && end - at < 3 && tokens[end].Kind == TokenKind.Word && IsCapitals(tokens[end].Span.In(text)))
            end++;
        if (end == at)
            return;
        for (var i = end; i < Math.Min(tokens.Length, end + DatelineWords); i++)
        {
            if (text[tokens[i].Start] is '—' or '–' or '-' or ':')
            {
                _datelines.Add(text[tokens[at].Start..tokens[end - 1].End]);
                return;
            }
        }
    }

    private static bool IsCapitals(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (char.IsLower(letter))
                return false;
        }

        return word.Length > 2;
    }
}
