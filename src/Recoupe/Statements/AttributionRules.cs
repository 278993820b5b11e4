using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Proposes attributions by the lists alone: the constructions of reported speech in both languages, driven by the classes of their words.</summary>
/// <remarks>Each verb that can report is read once: its group (auxiliaries, negation, pronouns), its subject (left, right or shared),
/// then its content: a quotation or sentence that it is inserted in, a clause, an infinitive, a noun phrase. The model takes what is proposed
/// for hints, so that these rules are few and plain. All searches are bounded: the cost is linear whatever the text holds.</remarks>
internal sealed class AttributionRules
{
    // Bounds in tokens, far beyond what the press writes: they keep hostile text linear.
    private const int LongestSentence = 250;
    private const int LongestSubject = 40;
    private const int LongestReach = 24;

    private readonly AttributedText _text;
    private readonly bool _omitsThat; // whether the language leaves "that" out
    private readonly List<AttributionDraft> _drafts = [];

    // The source of the cue before in the same sentence, for verbs that share it.
    private TokenRange? _lastSource;
    private int _lastSentence = -1;

    private AttributionRules(AttributedText text)
    {
        _text = text;
        _omitsThat = text.Lexicon.OmitsThat;
    }

    private enum Subject
    {
        None,
        Left,
        Shared,
    }

    /// <summary>The attributions that the rules see in a text, in the order of their cues.</summary>
    public static List<AttributionDraft> Read(AttributedText text)
    {
        var rules = new AttributionRules(text);
        for (var i = 0; i < text.Count; i++)
        {
            if (text.SentenceOf(i) != rules._lastSentence)
                (rules._lastSentence, rules._lastSource) = (text.SentenceOf(i), null);
            if (text.Readings[i].Verbs.Length > 0)
                rules.ReadVerb(i);
        }

        rules._drafts.RemoveAll(draft => text.Silenced.Contains(draft.Construction));
        return rules._drafts;
    }

    // ------------------------------------------------------------------ verbs

    private void ReadVerb(int verb)
    {
        var end = verb + 1;
        var start = verb;

        // The group to the left: auxiliaries, adverbs, negation, pronouns.
        bool hasAuxiliary = false, isPassive = false, isReflexive = false;
        for (var i = verb - 1; i >= Math.Max(_text.SentenceFirst(verb), verb - 8); i--)
        {
            if (_text.Is(i, WordClasses.Auxiliary) && !_text.Is(i, WordClasses.Reflexive))
            {
                isPassive |= !hasAuxiliary && _text.Is(i, WordClasses.Be);
                hasAuxiliary = true;
            }
            else if (!(_text.Is(i, WordClasses.Reflexive | WordClasses.Not) || _text.Is(i, WordClasses.Clitic)
                && (!_text.Is(i, WordClasses.Determiner | WordClasses.Pronoun) || i + 1 == start && (hasAuxiliary || _text.IsMark(verb + 1, ':') && i > _text.SentenceFirst(verb)))))
            {
                if (!IsAdverb(i))
                    break;
                continue;
            }

            isReflexive |= _text.Is(i, WordClasses.Reflexive);
            start = i;
        }

        var forms = _text.Readings[verb].Forms;
        if (!hasAuxiliary && forms.HasFlag(VerbForms.PastParticiple) && AuxiliaryBefore(start, forms.HasFlag(VerbForms.Finite)) is var auxiliary and >= 0)
        {
            hasAuxiliary = true;
            isReflexive |= _text.Is(auxiliary - 1, WordClasses.Reflexive);
            start = _text.Is(auxiliary - 1, WordClasses.Reflexive) ? auxiliary - 1 : auxiliary;
        }

        if (CueGroup.Reading(_text, verb, ref end, isReflexive) is not { } reading || !hasAuxiliary && !IsVerb(verb, start, reading))
            return;

        forms = reading.Forms;
        var isInfinitive = !hasAuxiliary && forms.HasFlag(VerbForms.Infinitive) && !forms.HasFlag(VerbForms.Finite) || _text.Is(start - 1, WordClasses.ToInfinitive);
        var isParticiple = !hasAuxiliary && forms.HasFlag(VerbForms.PresentParticiple);
        var isShared = _text.Is(start - 1, WordClasses.Coordinator);
        if (isPassive && !isReflexive && !forms.HasFlag(VerbForms.PresentParticiple))
        {
            ReadPassive(start, end, reading.Verb);
            return;
        }

        if (!hasAuxiliary && !forms.HasFlag(VerbForms.Finite) && forms.HasFlag(VerbForms.PastParticiple) && !isShared && _text.ClosingAt(start - 1) < 0)
            return;

        TokenRange? source = null;
        if (isParticiple && !_text.IsMark(start - 1) && !_text.Is(start - 1, WordClasses.Preposition))
            source = NounPhraseLeft(start);
        if (isInfinitive || isParticiple || isShared)
            source ??= _lastSource ?? MainSubject(start);
        var subject = isInfinitive || isParticiple || isShared ? Subject.Shared : Subject.None;
        if (subject == Subject.None && SubjectLeft(start) is { } before)
            (subject, source) = (Subject.Left, before);

        // Inside a quotation only what somebody else said counts, not the speaker's own words.
        if (_text.IsQuoted(verb) && (subject != Subject.Left || IsPronoun(source!.Value) || ThatAfter(end, reading.Verb.Frames) < 0))
            return;

        var draft = ReadContent(reading.Verb, start, end, subject, isInserted: !isParticiple && !isInfinitive, isInfinitive, source);
        if (subject == Subject.None)
            source ??= draft?.Source;
        if (source is not null && !isParticiple && !_text.IsQuoted(verb))
            _lastSource = source;
        if (draft is not null && !(draft.Source is { } speaker && _text.Is(speaker.Start, WordClasses.Ours)))
            _drafts.Add(draft);
    }

    private bool IsPronoun(TokenRange phrase) =>
        phrase.End - phrase.Start == 1 && _text.Is(phrase.Start, WordClasses.Pronoun | WordClasses.Relative | WordClasses.Determiner);

    // "a, pour sa part, indiqué", "has, in turn, said": the auxiliary before a short phrase without a verb of its own.
    private int AuxiliaryBefore(int start, bool mayBeFinite)
    {
        for (var i = start - 1; i >= Math.Max(0, start - 6); i--)
        {
            if (_text.Is(i, WordClasses.Auxiliary))
                return !mayBeFinite || _text.IsMark(i + 1, ',') && i + 2 < start ? i : -1;
            if (_text.Is(i, WordClasses.Determiner) && !_text.Is(i, WordClasses.Possessive) && _text.Tag(i) != PartOfSpeech.Adverb || _text.QuotationOf(i) >= 0
                || i < start - 1 && _text.Readings[i].Verbs.Length > 0)
                return -1;
        }

        return -1;
    }

    // Also where the tagger took it for another word: a verb after all where a clause follows, or where the form is no noun.
    private bool IsVerb(int verb, int start, VerbReading reading)
    {
        if (ClosedBefore(start - 1) >= 0 || _text.Tag(verb) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary || _text.Is(verb + 1, WordClasses.That))
            return true;
        if (!_text.Lexicon.MarksInfinitives || !reading.Forms.HasFlag(VerbForms.Finite))
            return false;
        if (_text.IsInfinitive(verb + 1))
            return true;
        if (_text.Tag(verb) is not (PartOfSpeech.Noun or PartOfSpeech.Adjective))
            return true;
        return !_text.Is(verb - 1, WordClasses.Of | WordClasses.Preposition) && (reading.Verb.Rest.Length > 0
            || _text.Is(verb + 1, WordClasses.Determiner) && !_text.Is(verb + 1, WordClasses.Of)
            && (_text.IsMark(verb - 1, ',') || !_text.HasFinite(verb + 1, Math.Min(verb + 7, _text.SentenceEnd(verb)))));
    }

    private bool IsAdverb(int i) => _text.Tag(i) == PartOfSpeech.Adverb || _text.Is(i, WordClasses.Not);

    // ------------------------------------------------------------------ subjects

    private TokenRange? SubjectLeft(int start)
    {
        var first = Math.Max(_text.SentenceFirst(Math.Min(start, _text.Count - 1)), start - LongestSubject);
        var i = start - 1;
        while (i >= first && IsAdverb(i))
            i--;
        if (i < first)
            return null;
        if (_text.Is(i, WordClasses.Pronoun))
            return new TokenRange(i, i + 1);
        if (_text.Is(i, WordClasses.Relative) && !_text.Is(i, WordClasses.Determiner))
            return NounPhraseLeft(_text.IsMark(i - 1, ',') ? i - 1 : i) ?? new TokenRange(i, i + 1);
        return _text.IsMark(i, ',') || _text.IsMark(i, ')') ? BeforeApposition(first, i) : NounPhraseLeft(i + 1);
    }

    // "X, the Y of Z, said": the phrase before the comma that opens the apposition.
    private TokenRange? BeforeApposition(int first, int comma)
    {
        if (_text.ClosingAt(comma - 1) >= 0 || _text.QuotationOf(comma) >= 0)
            return null;
        var start = comma;
        while (start > first && _text.QuotationOf(start - 1) < 0)
            start--;
        for (var i = start; i < comma; i++)
        {
            if ((_text.IsMark(i, ',') || _text.IsMark(i, '(')) && NounPhraseLeft(i) is { } phrase && phrase.Start >= start && !_text.HasFinite(start, i) && !IsPrepositional(phrase))
                return WithName(phrase, comma);
        }

        return null;
    }

    private bool IsPrepositional(TokenRange phrase) => _text.Tag(phrase.Start) == PartOfSpeech.Adposition || _text.IsPresentParticiple(phrase.Start);

    // "le président de la banque, Jean Durand": the name belongs to the mention.
    private TokenRange WithName(TokenRange phrase, int limit)
    {
        if (!_text.IsMark(phrase.End, ','))
            return phrase;
        var end = phrase.End + 1;
        while (end < Math.Min(_text.Count, phrase.End + 8) && _text.IsCapital(end))
            end++;
        return end > phrase.End + 1 && end <= limit && (end >= _text.Count || _text.IsMark(end) || end == limit) ? new TokenRange(phrase.Start, end) : phrase;
    }

    // The noun phrase that ends before the token "end": back to a boundary.
    private TokenRange? NounPhraseLeft(int end)
    {
        if (end <= 0)
            return null;
        var first = Math.Max(_text.SentenceFirst(end - 1), end - LongestSubject);
        var i = end;
        while (i > first && !(_text.IsMark(i - 1) && !_text.IsMark(i - 1, '.') && !_text.IsMark(i - 1, '-')) && !(_text.IsFinite(i - 1) && i < end)
            && (!_text.Is(i - 1, WordClasses.Relative | WordClasses.Subordinator | WordClasses.Question | WordClasses.Whether) || _text.Is(i - 1, WordClasses.Determiner | WordClasses.Preposition)))
            i--;

        // Words that open a sentence before its subject.
        while (i < end && (IsAdverb(i) || _text.Is(i, WordClasses.Time | WordClasses.Connective | WordClasses.Coordinator)))
            i++;
        return i < end ? new TokenRange(i, end) : null;
    }

    // The subject of the sentence's first finite verb.
    private TokenRange? MainSubject(int before)
    {
        var first = _text.SentenceFirst(Math.Min(before, _text.Count - 1));
        for (var i = first; i < Math.Min(before, first + LongestSubject); i++)
        {
            if (_text.IsFinite(i))
                return SubjectLeft(i);
        }

        return null;
    }

    // The inverted subject right after the verb.
    private TokenRange? SubjectRight(int start)
    {
        var end = Math.Min(_text.SentenceEnd(Math.Min(start, _text.Count - 1)), start + LongestReach);
        var i = start;
        while (i < end && !(_text.IsMark(i) && !_text.IsMark(i, '.') && !_text.IsMark(i, '&')) && (i == start || !_text.Is(i, WordClasses.Preposition) || _text.Is(i, WordClasses.Of)))
            i++;
        return i <= start ? null : WithName(new TokenRange(start, i), _text.SentenceEnd(start));
    }

    // ------------------------------------------------------------------ content

    private AttributionDraft? ReadContent(ReportingVerb verb, int start, int end, Subject subject, bool isInserted, bool isInfinitive, TokenRange? source)
    {
        var frames = verb.Frames;
        var (hearer, quotes) = (frames.HasFlag(ContentFrames.Hearer), isInserted && frames.HasFlag(ContentFrames.Quotation));

        // What stands right before the whole attribution.
        var before = (subject == Subject.Left ? source!.Value.Start : start) - 1;
        var right = subject == Subject.Left ? null : SubjectRight(end);
        var afterSubject = right?.End ?? end;

        // A quotation that ends right before: « … », a déclaré X; "…," said X; "…," X said.
        if (quotes && ClosedBefore(before) is var quotation and >= 0 && !OpensContent(end, frames))
            return Draft(Construction.Quoted, source ?? right, Continued(LeftContent(quotation), afterSubject));

        // A colon or a quotation that follows: X a déclaré : « … ».
        if ((frames & (ContentFrames.Quotation | ContentFrames.Noun)) != ContentFrames.None && QuotationAfter(end, verb) is { } quoted)
            return Draft(Construction.Following, source, [quoted]);

        if (frames.HasFlag(ContentFrames.Clause) && ThatAfter(end, frames) is var that and >= 0)
        {
            source ??= right is { } behindVerb && behindVerb.End <= that ? behindVerb : null;
            return source is null && (subject == Subject.None || !isInserted) ? null : Draft(Construction.That, source, [Clause(that + 1)]);
        }

        // Inserted in its own sentence: C, a annoncé X; C, a-t-il dit, C.
        if (quotes && _text.IsMark(before, ',') && before > _text.SentenceFirst(start) && (EndsHere(afterSubject) || hearer && subject == Subject.Left && EndsAfterHearer(end)) && (subject != Subject.None || right is not null)
            && SegmentStart(before) is var segment && _text.HasFinite(segment, before))
            return Draft(Construction.Inserted, source ?? right, Continued(new TokenRange(segment, before), end));

        if (subject == Subject.None)
            return null;

        // "le toit pend au-dessus de la rue, a constaté notre reporter": a comma parts what was taken for the subject, and somebody follows who can speak.
        if (_text.IsMark(start - 1, ',') && !_omitsThat && SubjectRight(end) is { } behind && IsSpeaker(behind) && SegmentStart(start - 1) is var opened && start - opened > 3 && _text.HasFinite(opened, start))
            return Draft(Construction.Inserted, behind, Continued(new TokenRange(opened, start - 1), behind.End));

        if (frames.HasFlag(ContentFrames.Infinitive) && InfinitiveAfter(end, hearer) is var infinitive and >= 0)
            return Draft(Construction.Infinitive, source, [Clause(infinitive)]);
        if (frames.HasFlag(ContentFrames.Clause) && BareClauseAfter(end) is var clause and >= 0)
            return Draft(Construction.BareClause, source, [Clause(clause)]);
        return frames.HasFlag(ContentFrames.Noun) && !isInfinitive && NounAfter(end) is { } noun ? Draft(Construction.Noun, source, [noun]) : null;

        AttributionDraft? Draft(Construction construction, TokenRange? speaker, List<TokenRange> content) =>
            content[0].Start >= _text.Count ? null : new AttributionDraft(content, new TokenRange(start, end), speaker, verb.Voice) { Construction = construction };
    }

    private TokenRange Clause(int from) => new(from, ClauseEnd(from));

    private bool IsSpeaker(TokenRange phrase)
    {
        for (var i = phrase.Start; i < Math.Min(phrase.End, phrase.Start + 4); i++)
        {
            if (_text.Is(i, WordClasses.Role))
                return true;
        }

        return false;
    }

    // The quotation that ends at the token, also before a comma.
    private int ClosedBefore(int i) =>
        _text.ClosingAt(i) is var at and >= 0 ? at : _text.IsMark(i, ',') ? _text.ClosingAt(i - 1) : -1;

    // Whether a clause, not an end, follows the verb.
    private bool OpensContent(int end, ContentFrames frames)
    {
        if (!frames.HasFlag(ContentFrames.Clause))
            return false;
        if (_text.Is(end, WordClasses.That))
            return !_text.Is(end, WordClasses.Determiner) || BareClauseAfter(end + 1) >= 0;
        return !_text.IsMark(end) && BareClauseAfter(end) >= 0;
    }

    // All that the inserted verb closes: the quotation, with the unquoted beginning of its sentence.
    private TokenRange LeftContent(int quotation)
    {
        var quoted = _text.Quotations[quotation];
        var isWhole = _text.SentenceFirst(quoted.Open) >= quoted.Open || _text.IsMark(quoted.Open - 1, '.');
        return new TokenRange(isWhole ? quoted.Open : Math.Min(quoted.Open, SegmentStart(quoted.Open)), quoted.End);
    }

    // Where the clause that reaches "end" begins: after a colon, a semicolon, or an attribution before.
    private int SegmentStart(int end)
    {
        var first = Math.Max(_text.SentenceFirst(end - 1), end - LongestSentence);
        var start = end;
        while (start > first && !((_text.IsMark(start - 1, ';') || _text.IsMark(start - 1, ':')) && _text.QuotationOf(start - 1) < 0))
            start--;
        for (var d = _drafts.Count - 1; d >= Math.Max(0, _drafts.Count - 4); d--)
        {
            var draft = _drafts[d];
            var after = Math.Max(draft.Cue.End, draft.Source?.End ?? 0);
            if (draft.Cue.Start >= start && after > start && after < end && draft.Content.TrueForAll(range => range.Start < draft.Cue.Start))
                start = after;
        }

        return start;
    }

    private bool IsCueSoon(int from)
    {
        for (var i = from; i < Math.Min(from + 4, _text.Count); i++)
        {
            if (_text.Tag(i) is PartOfSpeech.Verb && _text.Readings[i].Verbs.Any(static reading => reading.Verb.Rest.IsEmpty))
                return true;
            if (!_text.Is(i, WordClasses.Auxiliary | WordClasses.Clitic | WordClasses.Reflexive | WordClasses.Pronoun))
                return false;
        }

        return false;
    }

    // Whether the attribution ends the clause here: a mark, the sentence's end or only adjuncts follow.
    private bool EndsHere(int i) =>
        i >= _text.Count || i >= _text.SentenceEnd(i - 1) || _text.IsMark(i) || _text.Is(i, WordClasses.Time | WordClasses.Preposition | WordClasses.Subordinator | WordClasses.Relative)
        || _text.IsWord(i) && !_text.Is(i, WordClasses.Pronoun | WordClasses.Determiner) && i + 1 < _text.SentenceEnd(i);

    // Whether nothing but a hearer and adjuncts follow: "…, X told the Gazette."
    private bool EndsAfterHearer(int end)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + 9);
        for (var i = end; i < limit; i++)
        {
            if (_text.IsMark(i) || i > end && _text.Is(i, WordClasses.Time | WordClasses.Preposition))
                return i > end && !_text.IsMark(i, ':');
            if (_text.IsFinite(i) || _text.Is(i, WordClasses.That | WordClasses.Relative | WordClasses.ToInfinitive) && !_text.Is(i, WordClasses.Determiner))
                return false;
        }

        return limit == _text.SentenceEnd(Math.Max(end - 1, 0));
    }

    // What was said with the quotation that goes on after the attribution in the same or the next sentence, without a cue of its own.
    private List<TokenRange> Continued(TokenRange content, int last)
    {
        var next = last;
        var end = Math.Min(_text.SentenceEnd(Math.Min(Math.Max(last - 1, 0), _text.Count - 1)), last + LongestReach);
        while (next < end && !_text.IsMark(next) && _text.OpeningAt(next) < 0)
            next++;
        while (_text.IsMark(next, ',') || _text.IsMark(next, ':'))
            next++;
        if (_text.OpeningAt(next) is not (var opening and >= 0))
            return [content];
        var quoted = _text.Quotations[opening];
        var isBare = _text.SentenceFirst(quoted.Open) == quoted.Open && (quoted.End >= _text.Count || _text.StartsParagraph[quoted.End]);
        return isBare || _text.SentenceOf(next) == _text.SentenceOf(Math.Max(0, last - 1)) ? [content, new TokenRange(quoted.Open, quoted.End)] : [content];
    }

    // The content that begins with a colon or an opening mark after the verb.
    private TokenRange? QuotationAfter(int end, ReportingVerb verb)
    {
        var (infinitive, noun) = (verb.Frames.HasFlag(ContentFrames.Infinitive), verb.Frames.HasFlag(ContentFrames.Noun));
        var limit = Math.Min(_text.Count, end + LongestReach);
        for (var i = end; i < limit; i++)
        {
            // "X continued:" and the quotation opens the next sentence or paragraph.
            var isNext = i > end && _text.SentenceOf(i) != _text.SentenceOf(i - 1);
            if (isNext && !_text.IsMark(i - 1, ':'))
                return null;
            if (isNext || _text.IsMark(i - 1, ':') && i > end)
                return _text.OpeningAt(i) is var after and >= 0 ? new TokenRange(i, _text.Quotations[after].End) : isNext ? null : Clause(i);
            if (_text.OpeningAt(i) is var opening and >= 0)
            {
                for (var j = i - 1; j >= end; j--)
                {
                    if (_text.Is(j, WordClasses.That) || _text.IsMark(j, ',') && !_text.Is(i - 1, WordClasses.Subordinator))
                        return null;
                }

                // What stands before the mark may belong to a noun phrase that is partly quoted.
                return i > end && noun && !verb.Frames.HasFlag(ContentFrames.Hearer) && NounAfter(end) is { } phrase ? phrase : new TokenRange(i, EndOfQuotations(opening));
            }

            if (infinitive && InfinitiveAt(i, i == end, limit) >= 0 || i > end + 1 && _text.IsFinite(i)
                || i == end && !noun && _text.Is(i, WordClasses.Determiner) && !_text.Is(i, WordClasses.Preposition | WordClasses.Of))
                return null;
        }

        return null;
    }

    // « A », et à « B »: coordinated quotations are one.
    private int EndOfQuotations(int opening)
    {
        var last = _text.Quotations[opening].End;
        for (var joined = 0; joined < 4; joined++)
        {
            var i = _text.IsMark(last, ',') ? last + 1 : last;
            if (!_text.Is(i, WordClasses.Coordinator))
                break;
            i += _text.Is(i + 1, WordClasses.Preposition | WordClasses.ToInfinitive | WordClasses.That | WordClasses.Determiner) ? 2 : 1;
            if (_text.OpeningAt(i) is not (var next and >= 0))
                break;
            last = _text.Quotations[next].End;
        }

        return last;
    }

    // "que", "that", "si" after the verb, behind adverbs, times and hearers.
    private int ThatAfter(int end, ContentFrames frames)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + LongestReach);
        for (var i = end; i < limit; i++)
        {
            if (_text.Is(i, WordClasses.That | WordClasses.Whether) && !_text.Is(i, WordClasses.Reflexive))
                return i;
            if (frames.HasFlag(ContentFrames.Infinitive) && InfinitiveAt(i, i == end, limit) >= 0 || _text.IsFinite(i) || _text.OpeningAt(i) >= 0)
                return -1;
        }

        return -1;
    }

    // The content that starts with the infinitive that "i" introduces or is.
    private int InfinitiveAt(int i, bool isFirst, int limit)
    {
        var isNext = i + 1 < limit && _text.IsInfinitive(i + 1);
        if (isNext && _text.Is(i, WordClasses.ToInfinitive))
            return i + 1;
        return isFirst && _text.Lexicon.MarksInfinitives && (_text.IsInfinitive(i) || isNext && _text.Is(i, WordClasses.Not | WordClasses.Reflexive)) ? i : -1;
    }

    private int InfinitiveAfter(int end, bool hearer)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + (hearer ? 12 : 5));
        for (var i = end; i < limit; i++)
        {
            if (InfinitiveAt(i, i == end, limit) is var infinitive and >= 0)
                return infinitive;
            if (_text.IsMark(i) || _text.IsFinite(i))
                return -1;
        }

        return -1;
    }

    // A clause without "that", in languages that may leave it out: a finite verb must follow.
    private int BareClauseAfter(int end)
    {
        if (!_omitsThat)
            return -1;
        var i = end;
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + LongestReach);
        while (i < limit && IsAdverb(i))
            i++;
        var isAdjunct = i == end && _text.Is(i, WordClasses.Preposition) && !_text.Is(i, WordClasses.Subordinator);
        return !isAdjunct && _text.HasFinite(i + 1, limit) ? i : -1;
    }

    private TokenRange? NounAfter(int end)
    {
        var i = end;
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + 10);
        while (i < limit && (_text.Is(i, WordClasses.Time) || IsAdverb(i)))
            i++;
        if (i < limit && _text.Is(i, WordClasses.Channel) && _text.Lexicon.MarksInfinitives)
        {
            // "recommande aux internautes l'installation", "réclament quant à elles la gratuité"
            var after = i;
            while (after < Math.Min(limit, i + 8) && !(_text.Is(after, WordClasses.Determiner) && !_text.Is(after - 1, WordClasses.Of | WordClasses.Preposition)))
                after++;
            if (after < limit && _text.Is(after, WordClasses.Determiner) && !_text.Is(after, WordClasses.Of) && !_text.Is(after + 1, WordClasses.Time))
                i = after;
        }

        return i >= limit || _text.Is(i, WordClasses.Preposition | WordClasses.Coordinator | WordClasses.Relative | WordClasses.Subordinator) || _text.IsMark(i) && _text.OpeningAt(i) < 0
            ? null : new TokenRange(i, BeforeMainVerb(i, ClauseEnd(i, stopAtComma: true)));
    }

    // "le responsable qui a confirmé [l'information] à la chaîne affirme …": a verb that no word of the phrase opens is not the phrase's.
    private int BeforeMainVerb(int start, int end)
    {
        for (var i = start + 1; i < end && !_omitsThat; i++)
        {
            if (_text.QuotationOf(i) >= 0 || _text.Is(i, WordClasses.Relative | WordClasses.That | WordClasses.Subordinator | WordClasses.Question | WordClasses.Whether | WordClasses.Coordinator | WordClasses.Pronoun))
                return end;
            if (_text.IsFinite(i))
                return i;
        }

        return end;
    }

    // Where content that starts at "start" ends: with its sentence, before another attribution or a semicolon.
    private int ClauseEnd(int start, bool stopAtComma = false)
    {
        if (start >= _text.Count)
            return start;
        var end = Math.Min(_text.SentenceEnd(start), start + LongestSentence);
        for (var i = start; i < end; i++)
        {
            if (_text.OpeningAt(i) is var opening and >= 0)
            {
                // A quotation is never cut; it may run over the sentence's end.
                i = _text.Quotations[opening].End - 1;
                if (i + 1 >= end)
                    return WithoutMarks(start, i + 1);
                continue;
            }

            if (_text.IsMark(i, ';') || i > start && (_text.ClosingAt(i) >= 0
                || _text.IsMark(i, ',') && (stopAtComma && !IsEnumeration(i, end) && !_text.Is(i + 1, WordClasses.Subordinator) || StopsAfter(i, end))
                || _text.Is(i, WordClasses.Coordinator) && IsCueSoon(i + 1) && !_text.Is(i + 1, WordClasses.Determiner | WordClasses.Pronoun)))
                return WithoutMarks(start, i);
        }

        return WithoutMarks(start, end);
    }

    // After the comma: another attribution of the same sentence.
    private bool StopsAfter(int comma, int end) =>
        comma + 1 >= end || CueGroup.IsSurePreposition(_text, comma + 1) || _text.Readings[comma + 1].Forms.HasFlag(VerbForms.PresentParticiple);

    private bool IsEnumeration(int comma, int end)
    {
        for (var i = comma + 1; i < Math.Min(end, comma + 10); i++)
        {
            if (_text.Is(i, WordClasses.Coordinator))
                return !IsCueSoon(i + 1);
            if (_text.IsPresentParticiple(i))
                return false;
        }

        return false;
    }

    private int WithoutMarks(int start, int end)
    {
        while (end > start && _text.IsMark(end - 1) && _text.QuotationOf(end - 1) < 0 && _text.Text[_text.Tokens[end - 1].Start] is '.' or ',' or ';' or ':' or '—' or '–' or '-' or '!' or '?' or '…')
            end--;
        return end;
    }

    // ------------------------------------------------------------------ passives

    // "C is denied by X"; without "by" nobody speaks.
    private void ReadPassive(int start, int end, ReportingVerb reporting)
    {
        if (AgentAfter(end) is { } agent && SubjectLeft(start) is { } subject)
            _drafts.Add(new AttributionDraft([subject], new TokenRange(start, end), agent, reporting.Voice) { Construction = Construction.Passive });
    }

    private TokenRange? AgentAfter(int end)
    {
        var sentenceEnd = _text.SentenceEnd(Math.Max(end - 1, 0));
        for (var by = end; by < Math.Min(sentenceEnd, end + 8); by++)
        {
            if (_text.Is(by, WordClasses.By))
                return CanSpeak(by + 1, sentenceEnd) ? new TokenRange(by + 1, Math.Min(sentenceEnd, by + 1 + LongestReach)) : null;
        }

        return null;
    }

    private bool CanSpeak(int start, int end)
    {
        for (var i = start; i < Math.Min(end, start + 8); i++)
        {
            if (_text.Is(i, WordClasses.Role) || _text.IsCapital(i))
                return true;
        }

        return false;
    }
}
