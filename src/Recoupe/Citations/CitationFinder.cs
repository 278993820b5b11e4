using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Citations;

/// <summary>Finds where an article names media and documents as its source.</summary>
/// <remarks>A medium is cited where it speaks, where a word says that it has published or reported something, after a preposition
/// that names a source, and where a link leads to it. Through whom somebody spoke (told Reuters) is the statement's channel, not a citation;
/// datelines and credits are the article's agencies.</remarks>
public static class CitationFinder
{
    // How far a word that cites may stand from the name, in tokens.
    private const int Reach = 7;

    /// <summary>The citations of the title, then of the text, in order.</summary>
    public static ImmutableArray<Citation> Find(
        Article article, AnalyzedText body, AnalyzedText? headline, ImmutableArray<Entity> entities, ImmutableArray<Statement> statements)
    {
        if (body.Language is not { } language)
            return [.. LinkedMedia(article, [])];
        var lexicon = SpeakerLexicon.Of(language);
        var citing = CitingWords.Of(language);
        var attributedBody = AttributedText.Of(body, language);
        var attributedTitle = headline is { Tokens.IsEmpty: false } ? AttributedText.Of(headline, language) : null;
        var (bodyMedia, titleMedia) = MediumMentions.Find(article, attributedBody, attributedTitle, lexicon);
        var citations = new List<Citation>();
        if (attributedTitle is not null)
            new Reader(attributedTitle, titleMedia!, lexicon, citing, InTitle: true).Read(statements, citations);
        var bodyCitations = new List<Citation>();
        new Reader(attributedBody, bodyMedia, lexicon, citing, InTitle: false).Read(statements, bodyCitations);
        bodyCitations.AddRange(LinkedMedia(article, bodyCitations));
        return [.. citations.OrderBy(citation => citation.Span), .. bodyCitations.OrderBy(citation => citation.Span)];
    }

    // Links to other media, where nothing else cites them.
    private static List<Citation> LinkedMedia(Article article, List<Citation> known)
    {
        var own = MediaDirectory.FindByUrl(article.Url) ?? (article.Outlet is { } outlet ? MediaDirectory.Find(outlet) : null);
        var found = new List<Citation>();
        var last = 0;
        var sorted = known.Select(citation => citation.Span).Order().ToArray();
        foreach (var link in article.Links.OrderBy(link => link.Span))
        {
            if (MediaDirectory.FindByUrl(link.Url) is not { } medium || medium == own)
                continue;
            while (last < sorted.Length && sorted[last].End <= link.Span.Start)
                last++;
            if (last < sorted.Length && sorted[last].Overlaps(link.Span))
                continue;
            found.Add(new Citation(link.Span, new CitedSource(medium.Name, CitedType.Medium), Cue: null));
        }

        return found;
    }

    private sealed record Reader(AttributedText Text, MediumMentions Media, SpeakerLexicon Lexicon, CitingWords Citing, bool InTitle)
    {
        public void Read(ImmutableArray<Statement> statements, List<Citation> citations)
        {
            var cited = new HashSet<int>();
            foreach (var mention in Media.All)
            {
                if (mention.IsOwn || IsCredit(mention))
                    continue;
                if (CueOf(mention) is not { } cue)
                    continue;
                cited.Add(mention.Start);
                citations.Add(new Citation(
                    Text.Span(mention.Start, mention.End), new CitedSource(mention.Name, CitedType.Medium, mention.IsCollective), cue, InTitle));
            }

            foreach (var statement in statements)
            {
                if (statement.InTitle != InTitle || statement.Speaker is not { Mention: { } span, Name: { } name } speaker)
                    continue;
                if (speaker.Type == SpeakerType.Medium && MediumIn(span) is { IsOwn: false } mention && cited.Add(mention.Start))
                    citations.Add(new Citation(Text.Span(mention.Start, mention.End), new CitedSource(mention.Name, CitedType.Medium, mention.IsCollective), statement.Cue, InTitle));
                else if (speaker.Type == SpeakerType.Document && cited.Add(Text.Source.TokenAt(span.Start)))
                    citations.Add(new Citation(span, new CitedSource(name, CitedType.Document), statement.Cue, InTitle));
            }

            ReadDocuments(cited, citations);
        }

        private MediumMention? MediumIn(TextSpan span)
        {
            var start = Text.Source.TokenAt(span.Start);
            for (var i = start; i < Text.Count && Text.Tokens[i].Start < span.End; i++)
            {
                if (Media.PossiblyAt(i) is { } mention)
                    return mention;
            }

            return null;
        }

        // "Selon un rapport de …" where no statement has been found.
        private void ReadDocuments(HashSet<int> cited, List<Citation> citations)
        {
            for (var i = 0; i < Text.Count; i++)
            {
                if (!Text.IsWord(i) || PrepositionAt(i) is not (> 0 and var end))
                    continue;
                for (var k = end; k < Math.Min(Text.SentenceEnd(i), end + 4); k++)
                {
                    var word = Text.IsWord(k) ? Text.Speaker(k) : SpeakerWord.Nothing;
                    if (word.Is(WordUses.Document) && !Text.IsFinite(k))
                    {
                        if (!cited.Contains(end) && !cited.Contains(k))
                        {
                            var to = DocumentEnd(k);
                            var from = end;
                            while (from < k && Text.Speaker(from).Is(WordUses.Determiner))
                                from++;
                            citations.Add(new Citation(
                                Text.Span(end, to), new CitedSource(Text.Span(from, to).Quote(Text.Text), CitedType.Document), Text.Span(i, end), InTitle));
                            cited.Add(end);
                        }

                        break;
                    }

                    if (!Text.IsWord(k) || word.Is(WordUses.Role | WordUses.Body | WordUses.Pronoun) && !word.Is(WordUses.Determiner) || Media.PossiblyAt(k) is not null)
                        break;
                }
            }
        }

        private int DocumentEnd(int noun)
        {
            var end = noun + 1;
            for (var i = noun + 1; i < Math.Min(Text.SentenceEnd(noun), noun + 10); i++)
            {
                if (!Text.IsWord(i) || Text.Speaker(i).Is(WordUses.DescriptionEnd) || Text.Is(i, WordClasses.Auxiliary | WordClasses.Relative | WordClasses.That | WordClasses.Coordinator | WordClasses.Channel) || Text.IsFinite(i) && !Text.IsCapital(i))
                    break;
                if (!Text.Is(i, WordClasses.Of | WordClasses.Determiner | WordClasses.Preposition))
                    end = i + 1;
            }

            return end;
        }

        // ------------------------------------------------------------ why a medium is cited

        private TextSpan? CueOf(MediumMention mention)
        {
            var first = NounPhraseStart(mention);
            var cue = AfterPreposition(mention, first) ?? AsAgent(first) ?? WithCitingWord(mention, first);
            // What only a large article marks may be an inn or a town: it is a medium where it is published in or cited, not wherever it does something.
            return cue ?? (mention.IsSure || mention.IsCollective || LooksLikeMedium(mention) ? AsSubject(mention) ?? AsInvertedSubject(first) : null);
        }

        private bool LooksLikeMedium(MediumMention mention)
        {
            var marked = mention.Known is not null;
            for (var i = mention.Start; i < mention.End; i++)
                marked |= Text.IsWord(i) && Text.Speaker(i).Is(WordUses.MediumName | WordUses.MediumNameFirst);
            return marked;
        }

        // Back over the article and the noun before the name: "le quotidien X", "l'agence X", "nos confrères de X".
        private int NounPhraseStart(MediumMention mention)
        {
            var first = mention.Start;
            var limit = Math.Max(Text.SentenceFirst(first), first - 4);
            var start = first;
            for (var i = first - 1; i >= limit; i--)
            {
                if (!Text.IsWord(i))
                    break;
                var word = Text.Speaker(i);
                if (word.Is(WordUses.Medium))
                    start = i;
                else if (word.Is(WordUses.Determiner) && !Text.Is(i, WordClasses.Of | WordClasses.Preposition))
                    return i;
                else if (Text.Is(i, WordClasses.Of) && i > limit && Text.IsWord(i - 1) && Text.Speaker(i - 1).Is(WordUses.Medium))
                    continue;
                else if (Text.Is(i, WordClasses.Of | WordClasses.Preposition | WordClasses.Auxiliary | WordClasses.Coordinator) || Text.Classes[i] != WordClasses.None || !Text.Readings[i].Verbs.IsEmpty)
                    break;
            }

            return start;
        }

        // "selon X", "according to X and Y".
        private TextSpan? AfterPreposition(MediumMention mention, int first)
        {
            for (var i = first - 1; i >= Math.Max(Text.SentenceFirst(first), first - 12); i--)
            {
                if (Text.IsWord(i) && PrepositionAt(i) is > 0 and var end && end <= first && IsChain(end, first, mention))
                    return Text.Span(i, end);
            }

            return null;
        }

        // Between the preposition and the name stand only other names, adjectives and coordinators.
        private bool IsChain(int from, int to, MediumMention mention)
        {
            for (var i = from; i < to; i++)
            {
                if (Media.PossiblyAt(i) is { } other && other.Start < mention.Start)
                {
                    i = other.End - 1;
                    continue;
                }

                if (!Text.Is(i, WordClasses.Coordinator) && !Text.IsMark(i, ',') && !(Text.IsWord(i) && Text.Speaker(i).Is(WordUses.Determiner | WordUses.Medium))
                    && !(Text.IsWord(i) && Text.Classes[i] == WordClasses.None && !Text.IsCapital(i) && Text.Readings[i].Verbs.IsEmpty && !Text.Speaker(i).Is(WordUses.Role | WordUses.Body | WordUses.Document)))
                    return false;
            }

            return true;
        }

        private int PrepositionAt(int i)
        {
            if (!Text.Lexicon.FirstWords.Contains(Text.Word(i)))
                return -1;
            foreach (var preposition in Text.Lexicon.SourcePrepositions)
            {
                if (preposition.IsAmbiguous || i + preposition.Words.Length > Text.Count)
                    continue;
                var matches = true;
                for (var k = 0; matches && k < preposition.Words.Length; k++)
                    matches = Text.Word(i + k).Equals(preposition.Words[k], StringComparison.OrdinalIgnoreCase);
                if (matches)
                    return i + preposition.Words.Length;
            }

            return -1;
        }

        // "révélé par X", "first reported by X".
        private TextSpan? AsAgent(int first)
        {
            var by = first - 1;
            if (!Text.Is(by, WordClasses.By))
                return null;
            for (var i = by - 1; i >= Math.Max(Text.SentenceFirst(first), by - Reach); i--)
            {
                if (!Text.IsWord(i))
                    return null;
                if (Citing.Is(Text.Word(i), CitingUse.By) || (Text.Readings[i].Forms & VerbForms.PastParticiple) != VerbForms.None && Text.Readings[i].Verbs.Any(reading => reading.Verb.Voice == Voice.Say))
                    return Text.Span(i, by + 1);
                if (Text.Is(i, WordClasses.Auxiliary | WordClasses.Relative) && i < by - 1)
                    return null;
            }

            return null;
        }

        // "citing X", "une information de X", "a report in the X", "a Reuters report".
        private TextSpan? WithCitingWord(MediumMention mention, int first)
        {
            var of = first - 1;
            if (mention.Start > 0 && first == mention.Start && Text.IsWord(of) && Text.Speaker(of).Is(WordUses.Contracted))
                of = first - 1;
            for (var i = first - 1; i >= Math.Max(Text.SentenceFirst(first), first - Reach); i--)
            {
                if (!Text.IsWord(i))
                    break;
                if (Citing.Is(Text.Word(i), CitingUse.Verb) && !Text.Is(i + 1, WordClasses.By))
                    return Text.Span(i, i + 1);
                if (i < of && i >= of - 3 && Citing.Is(Text.Word(i), CitingUse.Noun) && Text.Is(of, WordClasses.Of | WordClasses.Preposition))
                    return Text.Span(i, of + 1);
                if (Citing.Is(Text.Word(i), CitingUse.Noun) && i == of && Text.IsWord(i) && Lexicon.HeadIsLast)
                    break;
                if (Text.Is(i, WordClasses.Auxiliary | WordClasses.Relative | WordClasses.That | WordClasses.Subordinator))
                    break;
            }

            if (!Lexicon.HeadIsLast)
                return null;
            for (var i = mention.End; i < Math.Min(Text.SentenceEnd(mention.Start), mention.End + 3); i++)
            {
                if (!Text.IsWord(i) || Text.Is(i, WordClasses.Auxiliary | WordClasses.Preposition))
                    break;
                if (Citing.Is(Text.Word(i), CitingUse.Noun) && !Text.IsFinite(i))
                    return Text.Span(i, i + 1);
            }

            return null;
        }

        // "X a révélé", "X, citing officials, reported".
        private TextSpan? AsSubject(MediumMention mention)
        {
            var before = mention.Start - 1;
            if (before >= Text.SentenceFirst(mention.Start) && Text.Is(before, WordClasses.Of | WordClasses.Preposition | WordClasses.Channel))
                return null;
            if (before > 0 && Text.Is(before, WordClasses.Determiner) && Text.Is(before - 1, WordClasses.Of | WordClasses.Preposition) && before - 1 >= Text.SentenceFirst(mention.Start))
                return null;
            if (before >= 0 && Text.IsWord(before) && Text.Word(before)[0] is '\'' or '’')
                return null;
            for (var i = mention.End; i < Math.Min(Text.SentenceEnd(mention.Start), mention.End + Reach); i++)
            {
                if (!Text.IsWord(i))
                {
                    if (Text.IsMark(i, ',') || Text.IsMark(i, '(') || Text.IsMark(i, ')') || Text.IsMark(i, '"') || Text.IsMark(i, '»') || Text.IsMark(i, '”'))
                        continue;
                    return null;
                }

                var reading = Text.Readings[i];
                if (Reports(i) && (reading.Forms & (VerbForms.Finite | VerbForms.PastParticiple)) != VerbForms.None
                    && !(i == mention.End && (reading.Forms & VerbForms.Finite) == VerbForms.None) && !Text.Is(i - 1, WordClasses.Determiner | WordClasses.Of) && !Text.Is(i + 1, WordClasses.By))
                {
                    var start = i;
                    while (start > mention.End && Text.Is(start - 1, WordClasses.Auxiliary | WordClasses.Adverb | WordClasses.Not))
                        start--;
                    return Text.Span(start, i + 1);
                }

                if (Text.Is(i, WordClasses.Preposition | WordClasses.Relative | WordClasses.Coordinator) && !Text.Is(i, WordClasses.Auxiliary | WordClasses.Adverb))
                    return null;
            }

            return null;
        }

        // "a révélé mardi X", "rapporte X".
        private TextSpan? AsInvertedSubject(int first)
        {
            for (var i = first - 1; i >= Math.Max(Text.SentenceFirst(first), first - 5); i--)
            {
                if (Text.Tokens[i].Kind == TokenKind.Number)
                    continue;
                if (!Text.IsWord(i))
                    return null;
                var reading = Text.Readings[i];
                if (Reports(i) && !Text.Speaker(i).Is(WordUses.Hearer) && (reading.Forms & (VerbForms.Finite | VerbForms.PastParticiple)) != VerbForms.None && !Text.Is(i - 1, WordClasses.Determiner))
                {
                    var start = i;
                    while (start > Text.SentenceFirst(first) && Text.Is(start - 1, WordClasses.Auxiliary | WordClasses.Adverb))
                        start--;
                    return Text.Span(start, i + 1);
                }

                if (!Text.Is(i, WordClasses.Adverb | WordClasses.Time | WordClasses.Determiner))
                    return null;
            }

            return null;
        }

        private bool Reports(int i) => Text.Readings[i].Verbs.Any(reading => reading.Verb is { Voice: Voice.Say, IsReflexive: false, Rest.IsEmpty: true });

        // "Additional reporting by Reuters", "(avec AFP)": a line without a verb credits, it does not cite.
        private bool IsCredit(MediumMention mention)
        {
            var start = Text.SentenceFirst(mention.Start);
            var end = Text.SentenceEnd(mention.Start);
            if (end - start > 9)
                return false;
            for (var i = start; i < end; i++)
            {
                if (Text.IsFinite(i))
                    return false;
            }

            return !InTitle;
        }
    }

    [Flags]
    private enum CitingUse
    {
        None = 0,
        Verb = 1,
        By = 2,
        Noun = 4,
    }

    private sealed class CitingWords
    {
        private readonly WordTable<CitingUse> _uses;

        private CitingWords(Language language)
        {
            var uses = new Dictionary<string, CitingUse>(StringComparer.OrdinalIgnoreCase);
            foreach (var columns in language.Lines("citing-words").Select(line => line.Split('\t')).Where(columns => columns.Length == 2))
            {
                var use = columns[1] switch { "verb" => CitingUse.Verb, "by" => CitingUse.By, _ => CitingUse.Noun };
                uses[columns[0]] = uses.GetValueOrDefault(columns[0]) | use;
            }

            _uses = new WordTable<CitingUse>(uses);
        }

        public static CitingWords Of(Language language) => language.Table("citing words", known => new CitingWords(known));

        public bool Is(ReadOnlySpan<char> word, CitingUse use) => _uses.TryGetValue(word, out var uses) && (uses & use) != CitingUse.None;
    }
}
