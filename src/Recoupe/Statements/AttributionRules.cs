using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds attributions by the lists alone: the constructions of reported speech in both languages, driven by the classes of their words.</summary>
/// <remarks>Each verb that can report is read once: its group (auxiliaries, negation, pronouns), its subject (left, inverted, shared or
/// inverted pronoun), then its content: a quotation or sentence that it is inserted in, a clause, an infinitive, a noun phrase.
/// All searches are bounded, so that the cost is linear whatever the text holds.</remarks>
internal sealed class AttributionRules
{
    // Bounds in tokens, far beyond what the press writes: they keep hostile text linear.
    private const int LongestSentence = 250;
    private const int LongestSubject = 40;
    private const int LongestReach = 24;

    private readonly AttributedText _text;
    private readonly List<AttributionDraft> _drafts = [];

    // The source of the cue before in the same sentence, for verbs that share it.
    private TokenRange? _lastSource;
    private int _lastSentence = -1;

    private AttributionRules(AttributedText text) => _text = text;

    private enum Subject
    {
        None,
        Left,
        Right,
        Inverted,
        Shared,
    }

    /// <summary>The attributions that have a cue, in the order of their cues.</summary>
    public List<AttributionDraft> Drafts => _drafts;

    /// <summary>Reads the text once.</summary>
    public static AttributionRules Read(AttributedText text)
    {
        var rules = new AttributionRules(text);
        for (var i = 0; i < text.Count; i++)
        {
            if (text.SentenceOf(i) != rules._lastSentence)
            {
                rules._lastSentence = text.SentenceOf(i);
                rules._lastSource = null;
            }

            if (text.Readings[i].Verbs.Length > 0)
                rules.ReadVerb(i);
        }

        if (!text.Silenced.IsEmpty)
            rules._drafts.RemoveAll(draft => text.Silenced.Contains(draft.Construction));
        return rules;
    }

    // ------------------------------------------------------------------ verbs

    private void ReadVerb(int verb)
    {
        var end = verb + 1;
        var start = verb;
        var inverted = -1;

        // The group to the left: auxiliaries, adverbs, negation, pronouns, an inverted pronoun after the auxiliary.
        var hasAuxiliary = false;
        var isPassive = false;
        var isReflexive = false;
        for (var i = verb - 1; i >= Math.Max(_text.SentenceFirst(verb), verb - 8); i--)
        {
            if (_text.Is(i, WordClasses.InvertedPronoun))
            {
                inverted = i;
                start = i;
            }
            else if (_text.Is(i, WordClasses.Reflexive) && !_text.Is(i, WordClasses.Whether) || _text.Is(i, WordClasses.Reflexive) && i + 1 == start)
            {
                isReflexive = true;
                start = i;
            }
            else if (_text.Is(i, WordClasses.Auxiliary))
            {
                isPassive |= !hasAuxiliary && _text.Is(i, WordClasses.Be);
                hasAuxiliary = true;
                start = i;
            }
            else if (_text.Is(i, WordClasses.Not) || _text.Is(i, WordClasses.Clitic) && !_text.Is(i, WordClasses.Determiner | WordClasses.Pronoun))
            {
                start = i;
            }
            else if (_text.Is(i, WordClasses.Clitic) && i + 1 == start && (hasAuxiliary || _text.IsMark(verb + 1, ':') && i > _text.SentenceFirst(verb)))
            {
                start = i;
            }
            else if (!IsAdverb(i))
            {
                break;
            }
        }

        if (!hasAuxiliary && inverted < 0 && (_text.Readings[verb].Forms & VerbForms.PastParticiple) != VerbForms.None && AuxiliaryBefore(start, (_text.Readings[verb].Forms & VerbForms.Finite) != VerbForms.None) is var auxiliary and >= 0)
        {
            hasAuxiliary = true;
            isPassive = _text.Is(auxiliary, WordClasses.Be);
            start = auxiliary;
            if (_text.Is(start - 1, WordClasses.Reflexive))
            {
                isReflexive = true;
                start--;
            }
        }

        while (start < verb && IsAdverb(start) && !_text.Is(start, WordClasses.Not | WordClasses.Auxiliary))
            start++;
        if (_text.Is(end, WordClasses.InvertedPronoun))
        {
            inverted = end;
            end++;
        }

        if (CueGroup.Reading(_text, verb, ref end, isReflexive) is not { } reading || !IsPlausible(verb, start, reading, hasAuxiliary, inverted >= 0))
            return;

        var forms = reading.Forms;
        var isInfinitive = !hasAuxiliary && (forms & VerbForms.Infinitive) != VerbForms.None && (forms & VerbForms.Finite) == VerbForms.None
            || _text.Is(start - 1, WordClasses.ToInfinitive) && (forms & VerbForms.Infinitive) != VerbForms.None && !hasAuxiliary;
        var isParticiple = (forms & VerbForms.PresentParticiple) != VerbForms.None && !hasAuxiliary;
        if (isPassive && !isReflexive && (forms & VerbForms.PresentParticiple) == VerbForms.None && inverted < 0)
        {
            ReadPassive(start, verb, end, reading.Verb);
            return;
        }

        if (!hasAuxiliary && (forms & VerbForms.Finite) == VerbForms.None && (forms & VerbForms.PastParticiple) != VerbForms.None && !SharesSubject(start) && _text.ClosingAt(start - 1) < 0)
        {
            ReadReducedPassive(verb, end, reading.Verb);
            return;
        }

        // The subject.
        var left = start - 1;
        while (IsAdverb(left) && left > _text.SentenceFirst(verb))
            left--;
        TokenRange? source = null;
        var subject = Subject.None;
        if (inverted >= 0)
        {
            subject = Subject.Inverted;
            source = new TokenRange(inverted, inverted + 1);
        }
        else if (isInfinitive || isParticiple)
        {
            subject = Subject.Shared;
            source = isParticiple && !_text.IsMark(start - 1) && !_text.Is(start - 1, WordClasses.Preposition) && NounPhraseLeft(start) is { } near ? near : _lastSource ?? MainSubject(start);
        }
        else if (SharesSubject(start))
        {
            subject = Subject.Shared;
            source = _lastSource ?? MainSubject(start);
        }
        else if (SubjectLeft(start) is { } before)
        {
            subject = Subject.Left;
            source = before;
        }

        // Inside a quotation only what somebody else said counts, not the speaker's own words.
        if (_text.IsQuoted(verb) && (subject != Subject.Left || _text.Is(source!.Value.Start, WordClasses.Pronoun | WordClasses.Relative | WordClasses.Determiner) && source.Value.End - source.Value.Start == 1
            || ThatAfter(end, reading.Verb.Frames) < 0))
        {
            return;
        }

        var draft = ReadContent(reading.Verb, start, end, subject, isInserted: !isParticiple && !isInfinitive, isInfinitive, ref source);
        if (source is not null && !isParticiple && !isInfinitive && (subject != Subject.None || draft is not null) && !_text.IsQuoted(verb))
            _lastSource = source;
        if (draft is not null && !(draft.Source is { } speaker && _text.Is(speaker.Start, WordClasses.Ours) && !_text.IsQuoted(verb) && !IsColleague(speaker.Start)))
            _drafts.Add(draft);
    }

    // "notre confrère X": another outlet, not this one.
    private bool IsColleague(int ours) => _text.IsWord(ours + 1) && _text.Lexicon.Colleagues.Contains(_text.Word(ours + 1));

    // "a, pour sa part, indiqué", "has, in turn, said": the auxiliary before a short phrase without a verb of its own.
    private int AuxiliaryBefore(int start, bool mayBeFinite)
    {
        for (var i = start - 1; i >= Math.Max(_text.SentenceFirst(start - 1 < 0 ? 0 : start - 1), start - 6); i--)
        {
            if (_text.Is(i, WordClasses.Auxiliary) && !_text.Is(i, WordClasses.Preposition))
                return _text.IsMark(start - 1, ',') == _text.IsMark(i + 1, ',') && (mayBeFinite ? _text.IsMark(i + 1, ',') && i + 2 < start : true) ? i : -1;
            if (_text.Is(i, WordClasses.Determiner) && !_text.Is(i, WordClasses.Possessive) && _text.Tag(i) != PartOfSpeech.Adverb || _text.Is(i, WordClasses.Coordinator | WordClasses.Relative | WordClasses.That) || _text.QuotationOf(i) >= 0
                || _text.IsMark(i) && !_text.IsMark(i, ',') || i < start - 1 && _text.Readings[i].Verbs.Length > 0)
                return -1;
        }

        return -1;
    }

    private bool IsPlausible(int verb, int start, VerbReading reading, bool hasAuxiliary, bool hasInverted)
    {
        if (hasInverted)
            return true;
        if (_text.HasTags)
        {
            if (hasAuxiliary || ClosesQuotation(start - 1) || _text.Tag(verb) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
                return true;
            if (_text.Is(verb - 1, WordClasses.Clitic) && IsObjectBeforeColon(verb))
                return true;
            if (_text.Is(verb - 1, WordClasses.Determiner | WordClasses.Possessive) || _text.Tag(verb) is PartOfSpeech.ProperNoun or PartOfSpeech.Adposition)
                return false;

            // Taken for another word: a verb after all where a clause follows, or where the form is no noun.
            var isFinite = (reading.Forms & VerbForms.Finite) != VerbForms.None && !HasFinite(ClauseStart(verb), verb);
            if (reading.Forms == VerbForms.PresentParticiple && _text.Is(verb + 1, WordClasses.That))
                return true;
            if (isFinite && (ClosesItsSentence(verb, reading) || (reading.Verb.Frames & ContentFrames.Infinitive) != ContentFrames.None && !_text.Lexicon.InfinitiveEndings.IsEmpty && _text.IsInfinitive(verb + 1) && !_text.Is(verb - 1, WordClasses.Of | WordClasses.Preposition)))
                return true;
            if ((reading.Forms & VerbForms.PastParticiple) != VerbForms.None && SharesSubject(start) && (_text.Is(verb + 1, WordClasses.That) || _text.OpeningAt(verb + 1) >= 0))
                return true;
            if (_text.Tag(verb) is PartOfSpeech.Noun or PartOfSpeech.Adjective && isFinite && !_text.Is(verb - 1, WordClasses.Of | WordClasses.Preposition) && !_text.Lexicon.InfinitiveEndings.IsEmpty)
            {
                var takesNoun = _text.Is(verb + 1, WordClasses.Determiner) && !_text.Is(verb + 1, WordClasses.Of);
                return _text.Is(verb + 1, WordClasses.That) || reading.Verb.Rest.Length > 0
                    || (_text.IsMark(verb - 1, ',') ? takesNoun || _text.IsCapital(verb + 1) : takesNoun && !HasFinite(verb + 1, Math.Min(verb + 7, _text.SentenceEnd(verb))));
            }

            if (_text.Tag(verb) == PartOfSpeech.Noun)
                return isFinite && _text.Is(verb + 1, WordClasses.That) && !_text.Is(verb - 1, WordClasses.Of | WordClasses.Preposition);
            return isFinite && _text.Tag(verb) is not PartOfSpeech.Adjective && !_text.Lexicon.InfinitiveEndings.IsEmpty;
        }

        if (hasAuxiliary || start != verb)
            return true;
        var previous = verb - 1;
        if (_text.Is(previous, WordClasses.Determiner) && !_text.Is(previous - 1, WordClasses.Pronoun))
            return false;
        if (_text.Is(previous, WordClasses.Preposition) && (reading.Forms & (VerbForms.Infinitive | VerbForms.PresentParticiple)) == VerbForms.None)
            return false;
        return !_text.Is(previous, WordClasses.Possessive) && !(verb == _text.SentenceFirst(verb) && (reading.Forms & VerbForms.Finite) != VerbForms.None && !hasInverted);
    }

    // "Le journal l'affirme :" with the verb taken for a noun.
    private bool IsObjectBeforeColon(int verb) =>
        _text.IsMark(verb + 1, ':') && verb - _text.SentenceFirst(verb) >= 2 && _text.IsWord(verb - 2) && !_text.Is(verb - 2, WordClasses.Preposition | WordClasses.Of | WordClasses.Coordinator) && !HasFinite(ClauseStart(verb), verb);

    // "…, the Chamber of Trade estimates." with the verb taken for a noun.
    private bool ClosesItsSentence(int verb, VerbReading reading)
    {
        if ((reading.Verb.Frames & ContentFrames.Clause) == ContentFrames.None || verb + 1 < _text.SentenceEnd(verb) && !_text.IsMark(verb + 1, '.') && !_text.IsMark(verb + 1, ','))
            return false;
        var start = ClauseStart(verb);
        if (start == verb || !_text.IsMark(start - 1, ',') || !HasFinite(_text.SentenceFirst(verb), start) || _text.Tag(verb - 1) == PartOfSpeech.Adjective)
            return false;
        for (var i = start; i < verb; i++)
        {
            if (_text.Is(i, WordClasses.Coordinator | WordClasses.Relative | WordClasses.That | WordClasses.Possessive) && !_text.Is(i, WordClasses.Determiner) || i < verb - 1 && _text.Word(i)[0] is '\'' or '’')
                return false;
        }

        return (_text.Is(start, WordClasses.Determiner) || _text.IsCapital(start)) && !_text.Is(verb - 1, WordClasses.Of | WordClasses.Preposition | WordClasses.Determiner);
    }

    // After the last mark before the token, at most a few tokens back.
    private int ClauseStart(int i)
    {
        var start = i;
        var first = Math.Max(_text.SentenceFirst(i), i - LongestSubject);
        while (start > first && !_text.IsMark(start - 1))
            start--;
        return start;
    }

    private bool IsAdverb(int i) =>
        _text.Is(i, WordClasses.Adverb) && !_text.Is(i, WordClasses.Time) || _text.Tag(i) == PartOfSpeech.Adverb || _text.Is(i, WordClasses.Not);

    private bool SharesSubject(int start) =>
        _text.Is(start - 1, WordClasses.Coordinator) || IsAdverb(start - 1) && _text.Is(start - 2, WordClasses.Coordinator);

    // ------------------------------------------------------------------ subjects

    private TokenRange? SubjectLeft(int start)
    {
        var first = Math.Max(_text.SentenceFirst(Math.Min(start, _text.Count - 1)), start - LongestSubject);
        var i = start - 1;
        while (i >= first && IsAdverb(i))
            i--;
        if (i < first)
            return null;
        if (_text.Is(i, WordClasses.Pronoun) && !_text.IsMark(i + 1))
            return new TokenRange(i, i + 1);
        if (_text.Is(i, WordClasses.Relative) && !_text.Is(i, WordClasses.Determiner))
        {
            var end = _text.IsMark(i - 1, ',') ? i - 1 : i;
            return NounPhraseLeft(end) is { } antecedent ? antecedent : new TokenRange(i, i + 1);
        }

        if (_text.IsMark(i, ',') || _text.IsMark(i, ')') || _text.IsMark(i, '—') || _text.IsMark(i, '–'))
            return BeforeApposition(first, i);
        if (NounPhraseLeft(i + 1) is not { } subject)
            return null;

        // "X, the Y of Z said": an apposition whose second comma is missing.
        if (_text.IsMark(subject.Start - 1, ',') && _text.Is(subject.Start, WordClasses.Determiner) && !_text.IsCapital(subject.Start) && _text.IsCapital(subject.Start - 2)
            && NounPhraseLeft(subject.Start - 1) is { } named && _text.IsCapital(named.Start) && named.Start == first && !IsPrepositional(named))
        {
            return new TokenRange(named.Start, subject.End);
        }

        return subject;
    }

    // "X, the Y of Z, said": the phrase before the comma that opens the apposition.
    private TokenRange? BeforeApposition(int first, int comma)
    {
        if (_text.ClosingAt(comma - 1) >= 0 || _text.QuotationOf(comma) >= 0)
            return null;
        var start = first;
        for (var i = comma - 1; i >= first; i--)
        {
            if (_text.IsMark(i, ';') || _text.IsMark(i, ':') || _text.QuotationOf(i) >= 0)
            {
                start = i + 1;
                break;
            }
        }

        for (var i = start; i < comma; i++)
        {
            if (!(_text.IsMark(i, ',') || _text.IsMark(i, '(') || _text.IsMark(i, '—') || _text.IsMark(i, '–')))
                continue;
            if (NounPhraseLeft(i) is { } phrase && phrase.Start >= start && !HasFinite(start, i) && !IsPrepositional(phrase))
                return WithName(phrase, comma);
            if (_text.IsMark(i, ',') && HasFinite(start, i))
                return null;
        }

        return null;
    }

    private bool IsPrepositional(TokenRange phrase) =>
        (_text.HasTags ? _text.Tag(phrase.Start) == PartOfSpeech.Adposition : _text.Is(phrase.Start, WordClasses.Preposition | WordClasses.Of) && !_text.Is(phrase.Start, WordClasses.Determiner))
        || _text.IsPresentParticiple(phrase.Start);

    // "le président de la banque, Jean Durand": the name belongs to the mention.
    private TokenRange WithName(TokenRange phrase, int limit)
    {
        if (!_text.IsMark(phrase.End, ',') || !_text.Is(phrase.Start, WordClasses.Determiner))
            return phrase;
        var end = phrase.End + 1;
        while (end < Math.Min(_text.Count, phrase.End + 8) && (_text.IsCapital(end) || _text.Is(end, WordClasses.Title) || end > phrase.End + 1 && (_text.Is(end, WordClasses.Of) || _text.IsMark(end, '.') && _text.IsCapital(end + 1))))
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
        while (i > first)
        {
            var before = i - 1;
            if (_text.IsMark(before) && !_text.IsMark(before, '.') && !_text.IsMark(before, '-') && !_text.IsMark(before, '&') && !_text.IsMark(before, '/'))
                break;
            if (_text.Is(before, WordClasses.Relative | WordClasses.Subordinator | WordClasses.Question | WordClasses.Whether) && !_text.Is(before, WordClasses.Determiner) && !_text.Is(before, WordClasses.Preposition))
                break;
            if (_text.IsFinite(before) && i < end)
                break;
            if (_text.Is(before, WordClasses.That) && !_text.Is(before, WordClasses.Determiner))
                break;
            if (_text.Is(before, WordClasses.Coordinator) && (i == end || _text.Is(before, WordClasses.Connective) || HasFiniteBefore(first, before)))
                break;
            i--;
        }

        // Words that open a sentence before its subject.
        while (i < end && (_text.IsMark(i) || IsAdverb(i) || _text.Is(i, WordClasses.Time | WordClasses.Connective | WordClasses.Coordinator) || _text.Tokens[i].Kind == TokenKind.Number && _text.Is(i + 1, WordClasses.Time)))
            i++;
        return i < end && _text.IsWord(i) || i < end && _text.Tokens[i].Kind == TokenKind.Number ? new TokenRange(i, end) : null;
    }

    private bool HasFiniteBefore(int first, int end)
    {
        for (var i = end - 1; i >= Math.Max(first, end - 12); i--)
        {
            if (_text.IsMark(i))
                return false;
            if (_text.IsFinite(i))
                return true;
        }

        return false;
    }

    private bool HasFinite(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_text.IsFinite(i))
                return true;
        }

        return false;
    }

    // The subject of the sentence's first finite verb.
    private TokenRange? MainSubject(int before)
    {
        var first = _text.SentenceFirst(Math.Min(before, _text.Count - 1));
        for (var i = first; i < Math.Min(before, first + LongestSubject); i++)
        {
            if (!_text.IsFinite(i) || _text.IsQuoted(i))
                continue;
            var start = i;
            while (start > first && (_text.Is(start - 1, WordClasses.Not) || IsAdverb(start - 1) || _text.Is(start - 1, WordClasses.Clitic | WordClasses.Reflexive) && !_text.Is(start - 1, WordClasses.Determiner | WordClasses.Pronoun)))
                start--;
            return SubjectLeft(start);
        }

        return null;
    }

    // The inverted subject after the verb: behind adverbs, times, hearers and media.
    private TokenRange? SubjectRight(int from, out int next)
    {
        var end = Math.Min(_text.SentenceEnd(Math.Min(from, _text.Count - 1)), from + LongestReach);
        var i = from;
        next = from;
        while (i < end)
        {
            if (IsAdverb(i) || _text.Is(i, WordClasses.Time) || _text.Tokens[i].Kind == TokenKind.Number)
            {
                i++;
            }
            else if (_text.Is(i, WordClasses.Determiner) && _text.Is(i + 1, WordClasses.Time))
            {
                i += 2;
            }
            else if (_text.Is(i, WordClasses.Preposition) && !_text.Is(i, WordClasses.Determiner))
            {
                i = AfterPrepositional(i, end);
            }
            else
            {
                break;
            }
        }

        if (i >= end || _text.IsMark(i) || _text.Is(i, WordClasses.That | WordClasses.Relative) && !_text.Is(i, WordClasses.Determiner))
            return null;
        var start = i;
        while (i < end)
        {
            if (_text.IsMark(i) && !(_text.IsMark(i, '.') && i + 1 < _text.SentenceEnd(start)) && !_text.IsMark(i, '-') && !_text.IsMark(i, '&'))
                break;
            if (_text.Is(i, WordClasses.That | WordClasses.Relative | WordClasses.Subordinator) && !_text.Is(i, WordClasses.Determiner) && i > start)
                break;
            if (_text.Is(i, WordClasses.Preposition) && !_text.Is(i, WordClasses.Of) && i > start && !_text.Is(i - 1, WordClasses.Determiner))
                break;
            if (_text.Is(i, WordClasses.Time) && !_text.IsCapital(i) && i > start)
                break;
            if (_text.IsFinite(i) && i > start)
                break;
            if (_text.Is(i, WordClasses.Coordinator) && !(_text.IsCapital(i + 1) || _text.Is(i + 1, WordClasses.Determiner)))
                break;
            i++;
        }

        if (i <= start)
            return null;
        var phrase = WithName(new TokenRange(start, i), _text.SentenceEnd(start));
        next = phrase.End;
        return phrase;
    }

    // The token after "à l'AFP", "au quotidien Calder Post", "lors d'une conférence de presse".
    private int AfterPrepositional(int i, int end)
    {
        i++;
        var content = false;
        while (i < end)
        {
            if (_text.IsMark(i) && !_text.IsMark(i, '-') || _text.Is(i, WordClasses.That | WordClasses.Relative) && !_text.Is(i, WordClasses.Determiner))
                break;
            if (_text.Is(i, WordClasses.Determiner) && content && !_text.Is(i - 1, WordClasses.Of | WordClasses.Preposition))
                break;
            if (_text.Is(i, WordClasses.Preposition) && content && !_text.Is(i, WordClasses.Of))
                break;
            if (_text.Is(i, WordClasses.Time) && content)
                break;
            if (_text.Is(i, WordClasses.Title) && _text.IsCapital(i) && content && !_text.IsCapital(i - 1))
                break;
            if (content && _text.IsCapital(i) && IsAcronym(i - 1) && !IsAcronym(i))
                break;
            content |= !_text.Is(i, WordClasses.Determiner | WordClasses.Preposition | WordClasses.Of);
            i++;
        }

        return i;
    }

    private bool IsAcronym(int i)
    {
        if (!_text.IsWord(i))
            return false;
        var word = _text.Word(i);
        return word.Length is >= 2 and <= 6 && !word.ContainsAnyInRange('a', 'z');
    }

    // ------------------------------------------------------------------ content

    private AttributionDraft? ReadContent(ReportingVerb verb, int start, int end, Subject subject, bool isInserted, bool isInfinitive, ref TokenRange? source)
    {
        var frames = verb.Frames;
        var sentenceFirst = _text.SentenceFirst(start);
        var left = subject == Subject.Left ? source!.Value.Start : start;
        var cue = new TokenRange(start, end);

        // What stands right before the whole attribution.
        var before = left - 1;
        while (before >= sentenceFirst && (IsAdverb(before) || _text.Is(before, WordClasses.Connective)) && !_text.IsMark(before))
            before--;
        var quotation = ClosedBefore(before);
        if (MannerBefore(left) is var manner and >= 0)
            return ReadManner(verb, manner, start, end, source);
        var right = subject == Subject.Left || subject == Subject.Inverted || subject == Subject.Shared ? null : SubjectRight(end, out _);
        var afterSubject = end;
        if (right is { } phrase)
            afterSubject = phrase.End;

        // A quotation that ends right before: « … », a déclaré X; "…," said X; "…," X said.
        if (isInserted && quotation >= 0 && (frames & ContentFrames.Quotation) != ContentFrames.None && !OpensContent(end, frames))
        {
            var range = LeftContent(quotation, before);
            source ??= right;
            return Complete(verb, cue, source, range, Math.Max(end, afterSubject), Construction.Quoted);
        }

        // A colon or a quotation that follows: X a déclaré : « … ».
        if ((frames & (ContentFrames.Quotation | ContentFrames.Noun)) != ContentFrames.None && QuotationAfter(end, frames, verb, isInserted && subject == Subject.None) is { } quoted)
        {
            if (source is null && right is { } subjectRight && subjectRight.End <= quoted.Start)
                source = subjectRight;

            // "Une vanne grippée, a-t-elle expliqué : la chaudière …": the sentence goes on around the cue.
            if (subject == Subject.Inverted && _text.IsMark(before, ',') && _text.IsMark(end, ':') && SegmentStart(before) is var opening && before - opening >= 6)
                return Complete(verb, cue, source, [new TokenRange(opening, before), quoted], quoted.End, Construction.Following, followed: true);
            return source is null && subject == Subject.None ? null : Complete(verb, cue, source, [quoted], quoted.End, Construction.Following, followed: true);
        }

        if ((frames & ContentFrames.Clause) != ContentFrames.None && ThatAfter(end, frames) is var that and >= 0)
        {
            if (source is null && right is { } subjectRight && subjectRight.End <= that)
                source = subjectRight;
            if (source is null && (subject == Subject.None || !isInserted))
                return null;
            return Complete(verb, cue, source, [new TokenRange(that + 1, ClauseEnd(that + 1))], 0, Construction.That, followed: true);
        }

        // Inserted in its own sentence: C, a annoncé X; C, a-t-il dit, C.
        if (isInserted && (frames & ContentFrames.Quotation) != ContentFrames.None && _text.IsMark(before, ',') && (EndsHere(Math.Max(end, subject is Subject.None ? afterSubject : end)) || subject == Subject.Left && (frames & ContentFrames.Hearer) != ContentFrames.None && EndsAfterHearer(end))
            && (subject != Subject.None || right is not null) && before > sentenceFirst && (subject == Subject.Inverted || HasFinite(SegmentStart(before), before) || HasFinite(sentenceFirst, before)))
        {
            source ??= right;
            var last = Math.Max(end, subject is Subject.None ? afterSubject : end);
            return Complete(verb, cue, source, InsertedContent(before, last), last, Construction.Inserted);
        }

        if (subject == Subject.None)
            return null;

        // "le toit pend au-dessus de la rue, a constaté notre reporter": a comma parts what was taken for the subject, and somebody follows who can speak.
        if (isInserted && subject == Subject.Left && (frames & ContentFrames.Quotation) != ContentFrames.None && _text.IsMark(start - 1, ',') && !OmitsThat
            && SubjectRight(end, out _) is { } behind && IsSpeakerNoun(behind) && EndsHere(behind.End) && SegmentStart(start - 1) is var opened && start - opened > 3 && HasVerbTag(opened, start))
        {
            source = behind;
            return Complete(verb, cue, source, [new TokenRange(opened, start - 1)], behind.End, Construction.Inserted);
        }

        if ((frames & ContentFrames.Infinitive) != ContentFrames.None && InfinitiveAfter(end, (frames & ContentFrames.Hearer) != ContentFrames.None) is var infinitive and >= 0)
            return Complete(verb, cue, source, [new TokenRange(infinitive, ClauseEnd(infinitive))], 0, Construction.Infinitive, followed: true);
        if ((frames & ContentFrames.Clause) != ContentFrames.None && BareClauseAfter(end, (frames & ContentFrames.Hearer) != ContentFrames.None) is var clause and >= 0)
            return Complete(verb, cue, source, [new TokenRange(clause, ClauseEnd(clause))], 0, Construction.BareClause, followed: true);
        if ((frames & ContentFrames.Noun) != ContentFrames.None && !isInfinitive && NounAfter(end, verb.IsReflexive) is { } noun)
            return Complete(verb, cue, source, [noun], 0, Construction.Noun, followed: true);
        return null;
    }

    // "as", "comme" before the attribution, over an unstressed pronoun; -1 if none.
    private int MannerBefore(int left)
    {
        var at = left - 1;
        if (_text.Is(at, WordClasses.Clitic) && !_text.Is(at, WordClasses.Not))
            at--;
        return at >= 0 && _text.SentenceOf(at) == _text.SentenceOf(left) && _text.IsWord(at) && _text.Lexicon.Manners.Contains(_text.Word(at)) && !_text.IsQuoted(at)
            && (at == _text.SentenceFirst(at) || _text.IsMark(at - 1) || _text.Is(at - 1, WordClasses.Coordinator)) ? at : -1;
    }

    // "C, as X told Y", "Comme l'a révélé X, C": all but the attribution is content.
    private AttributionDraft? ReadManner(ReportingVerb verb, int manner, int start, int end, TokenRange? source)
    {
        if ((verb.Frames & (ContentFrames.Clause | ContentFrames.Quotation)) == ContentFrames.None)
            return null;
        var cue = new TokenRange(source is null ? manner : start, end);
        var last = source is null || source.Value.Start >= end ? end : Math.Max(end, source.Value.End);
        if (source is null && SubjectRight(end, out var next) is { } right)
            (source, last) = (right, next);
        if (source is null || !CanSpeak(source.Value.Start, source.Value.End, strict: false))
            return null;
        var sentenceEnd = _text.SentenceEnd(manner);
        List<TokenRange> content;
        if (manner == _text.SentenceFirst(manner) || OnlyAdverbs(_text.SentenceFirst(manner), manner))
        {
            var comma = SkipAdjuncts(last);
            while (_text.IsMark(comma, ',') && AfterDate(comma) is var later && later > comma)
                comma = later;
            if (!_text.IsMark(comma, ',') || comma + 2 >= sentenceEnd)
                return null;
            content = [new TokenRange(comma + 1, ClauseEnd(comma + 1))];
        }
        else if (ClosedBefore(manner - 1) is var quotation and >= 0)
        {
            content = LeftContent(quotation, manner - 1);
        }
        else if (_text.IsMark(manner - 1, ','))
        {
            var from = SegmentStart(manner - 1);
            if (!HasFinite(from, manner - 1))
                return null;
            content = [new TokenRange(from, manner - 1)];
        }
        else
        {
            return null;
        }

        return Complete(verb, cue, source, content, last, Construction.Manner, followed: true);
    }

    // The comma that closes a date after this one: "this Wednesday, 4 March, the president".
    private int AfterDate(int comma)
    {
        var i = comma + 1;
        while (i < Math.Min(_text.Count, comma + 6) && (_text.Tokens[i].Kind == TokenKind.Number || _text.Is(i, WordClasses.Time)))
            i++;
        return i > comma + 1 && _text.IsMark(i, ',') ? i : comma;
    }

    // Whether nothing but a hearer and adjuncts follow: "…, X told the Gazette."
    private bool EndsAfterHearer(int end)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + 9);
        for (var i = end; i < limit; i++)
        {
            if (_text.IsMark(i))
                return i > end && !_text.IsMark(i, ':');
            if (_text.IsFinite(i) || _text.Is(i, WordClasses.That | WordClasses.Relative | WordClasses.ToInfinitive) && !_text.Is(i, WordClasses.Determiner) || _text.OpeningAt(i) >= 0)
                return false;
            if (i > end && _text.Is(i, WordClasses.Time | WordClasses.Preposition))
                return true;
        }

        return limit == _text.SentenceEnd(Math.Max(end - 1, 0));
    }

    private bool IsSpeakerNoun(TokenRange phrase)
    {
        for (var i = phrase.Start; i < Math.Min(phrase.End, phrase.Start + 4); i++)
        {
            if (_text.Is(i, WordClasses.Role))
                return true;
            if (i > phrase.Start && _text.Is(i, WordClasses.Of))
                return false;
        }

        return false;
    }

    private bool HasVerbTag(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_text.IsFinite(i) || _text.Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
                return true;
        }

        return !_text.HasTags;
    }

    private AttributionDraft? Complete(ReportingVerb verb, TokenRange cue, TokenRange? source, List<TokenRange> content, int last, Construction construction, bool followed = false)
    {
        content.RemoveAll(range => range.IsEmpty);
        if (content.Count == 0 || content[0].Start >= _text.Count)
            return null;
        if (!followed)
            AddContinuation(content, last);
        else
            AddFollowing(content);
        return new AttributionDraft(content, cue, source, verb.Voice) { Construction = construction };
    }

    private bool ClosesQuotation(int i) => ClosedBefore(i) >= 0;

    // The quotation that ends at the token, also before a comma.
    private int ClosedBefore(int i)
    {
        if (i < 0)
            return -1;
        if (_text.ClosingAt(i) is var at and >= 0)
            return at;
        return _text.IsMark(i, ',') || _text.IsMark(i, '—') || _text.IsMark(i, '–') || _text.IsMark(i, '-') ? _text.ClosingAt(i - 1) : -1;
    }

    // Whether a clause, not an end, follows the verb.
    private bool OpensContent(int end, ContentFrames frames)
    {
        var i = end;
        while (IsAdverb(i) || _text.Is(i, WordClasses.Time))
            i++;
        if (_text.Is(i, WordClasses.That) && (frames & ContentFrames.Clause) != ContentFrames.None)
            return !_text.Is(i, WordClasses.Determiner) || BareClauseAfter(i + 1, false) >= 0;
        return (frames & ContentFrames.Clause) != ContentFrames.None && BareClauseAfter(end, (frames & ContentFrames.Hearer) != ContentFrames.None) >= 0 && !_text.IsMark(end);
    }

    // All that the inserted verb closes: the quotation, with the unquoted beginning of its sentence.
    private List<TokenRange> LeftContent(int quotation, int before)
    {
        var quoted = _text.Quotations[quotation];
        var first = _text.SentenceFirst(quoted.Open);
        var start = quoted.Open;
        if (first < quoted.Open && !_text.IsMark(quoted.Open - 1, ':') && !_text.IsMark(quoted.Open - 1, '.'))
        {
            var clause = SegmentStart(quoted.Open);
            if (clause < quoted.Open)
                start = clause;
        }

        return [new TokenRange(start, quoted.End)];
    }

    // Where the clause that reaches "end" begins: after a colon, a semicolon, or an attribution before.
    private int SegmentStart(int end)
    {
        var first = Math.Max(_text.SentenceFirst(end - 1), end - LongestSentence);
        var start = first;
        for (var i = end - 1; i >= first; i--)
        {
            if ((_text.IsMark(i, ';') || _text.IsMark(i, ':')) && _text.QuotationOf(i) < 0)
            {
                start = i + 1;
                break;
            }
        }

        for (var d = _drafts.Count - 1; d >= Math.Max(0, _drafts.Count - 4); d--)
        {
            var draft = _drafts[d];
            if (draft.Cue.Start >= first && draft.Content[0].Start > draft.Cue.Start && draft.Content[0].Start > start && draft.Content[0].Start < end)
                start = draft.Content[0].Start;
            if (draft.Cue.Start >= start && draft.Cue.Start < end && draft.Content.TrueForAll(range => range.Start < draft.Cue.Start))
            {
                var after = Math.Max(draft.Cue.End, draft.Source?.End ?? 0);
                if (after > start && after < end)
                    start = after;
            }
        }

        start = _text.AfterOpening(start, end);
        while (start < end && (_text.IsMark(start, ',') || _text.IsMark(start, '-') || _text.IsMark(start, '—') || _text.IsMark(start, '–')))
            start++;
        return start;
    }

    // "C1, said X, C2": both parts, the second if it goes on with the sentence.
    private List<TokenRange> InsertedContent(int comma, int last)
    {
        var content = new List<TokenRange> { new(SegmentStart(comma), comma) };
        var next = SkipAdjuncts(last);
        var end = _text.SentenceEnd(comma);
        if (_text.IsMark(next, ',') && next + 1 < end)
        {
            var rest = next + 1;
            var goesOn = _text.Is(rest, WordClasses.Coordinator) && !IsCueSoon(rest + 1) && GoesOnWithVerb(rest + 1) || !HasFinite(content[0].Start, comma) && !_text.IsPresentParticiple(rest);
            if (goesOn && _text.OpeningAt(rest) < 0)
                content.Add(new TokenRange(rest, ClauseEnd(rest)));
        }

        return content;
    }

    private bool GoesOnWithVerb(int i)
    {
        while (_text.Is(i, WordClasses.Not | WordClasses.Reflexive | WordClasses.Clitic) && !_text.Is(i, WordClasses.Determiner | WordClasses.Pronoun))
            i++;
        return _text.IsFinite(i) || _text.Is(i, WordClasses.That);
    }

    private bool IsCueSoon(int from)
    {
        var afterAuxiliary = false;
        for (var i = from; i < from + 4 && i < _text.Count; i++)
        {
            var reading = _text.Readings[i];
            if (reading.Verbs.Length > 0)
            {
                if (!IsSplit(i, reading) && (!_text.HasTags || _text.Tag(i) is PartOfSpeech.Verb || (reading.Forms & VerbForms.PastParticiple) != VerbForms.None && (afterAuxiliary || _text.Is(i + 1, WordClasses.That))))
                    return true;
            }

            afterAuxiliary |= _text.Is(i, WordClasses.Auxiliary);
            if (!IsAdverb(i) && !_text.Is(i, WordClasses.Auxiliary | WordClasses.Clitic | WordClasses.Reflexive | WordClasses.Pronoun))
                return false;
        }

        return false;
    }

    // Only verbs of several words, whose others do not follow: "été" is no "être d'avis".
    private bool IsSplit(int i, WordReading reading)
    {
        foreach (var (verb, _) in reading.Verbs)
        {
            var at = i + 1;
            if (verb.Rest.IsEmpty || CueGroup.Continues(_text, verb.Rest, ref at))
                return false;
        }

        return true;
    }

    // Over channels, times and adverbs to the next mark.
    private int SkipAdjuncts(int i)
    {
        var end = Math.Min(_text.SentenceEnd(Math.Min(Math.Max(i - 1, 0), _text.Count - 1)), i + LongestReach);
        while (i < end && !_text.IsMark(i) && _text.OpeningAt(i) < 0)
            i++;
        return i;
    }

    // Whether the attribution ends the clause here: a mark, the sentence's end or only adjuncts follow.
    private bool EndsHere(int i)
    {
        if (i >= _text.Count || i >= _text.SentenceEnd(i - 1) || _text.IsMark(i))
            return true;
        return IsAdverb(i) || _text.Is(i, WordClasses.Time | WordClasses.Preposition | WordClasses.Subordinator | WordClasses.Relative)
            && !_text.Is(i, WordClasses.That) || _text.IsPresentParticiple(i) || _text.Is(i, WordClasses.ObjectPronoun) && EndsHere(i + 1)
            || _text.Is(i, WordClasses.Coordinator) || IsHearer(i) && EndsHere(i + 1) && i + 1 < _text.SentenceEnd(i);
    }

    private bool IsHearer(int i) => _text.IsWord(i) && !_text.IsFinite(i) && !_text.Is(i, WordClasses.Pronoun | WordClasses.Determiner);

    // After the closing mark or the attribution: a quotation that goes on in the same or the next sentence, without a cue of its own.
    private void AddContinuation(List<TokenRange> content, int last)
    {
        var next = SkipAdjuncts(last);
        while (_text.IsMark(next, ',') || _text.IsMark(next, '.') || _text.IsMark(next, ':') || _text.IsMark(next, ';') || _text.IsMark(next, '—') || _text.IsMark(next, '–'))
            next++;
        var opening = _text.OpeningAt(next);
        if (opening < 0 || next >= _text.Count || _text.StartsParagraph[next])
            return;
        var quoted = _text.Quotations[opening];
        if (_text.SentenceOf(next) == _text.SentenceOf(Math.Max(0, last - 1)) || IsBare(quoted))
            content.Add(new TokenRange(quoted.Open, quoted.End));
    }

    private void AddFollowing(List<TokenRange> content)
    {
        var end = content[^1].End;
        var closing = _text.QuotationOf(end - 1);
        if (closing < 0 || _text.Quotations[closing].Close > end + 2)
            return;
        var next = _text.Quotations[closing].End;
        while (_text.IsMark(next, '.'))
            next++;
        if (next >= _text.Count || _text.StartsParagraph[next] || _text.OpeningAt(next) is not (var opening and >= 0))
            return;
        if (next == _text.SentenceFirst(next) && IsBare(_text.Quotations[opening]))
            content.Add(new TokenRange(next, _text.Quotations[opening].End));
    }

    // A quotation that is all of its sentences: nothing but marks follow it before the sentence ends.
    private bool IsBare(Quotation quoted)
    {
        if (_text.SentenceFirst(quoted.Open) != quoted.Open)
            return false;
        var i = quoted.End;
        while (i < _text.Count && _text.IsMark(i) && _text.OpeningAt(i) < 0 && (_text.IsMark(i, '.') || _text.IsMark(i, '!') || _text.IsMark(i, '?') || _text.IsMark(i, '…')))
            i++;
        return i >= _text.Count || _text.StartsParagraph[i] || i == _text.SentenceFirst(i) && !StartsWithCue(i);
    }

    // "…?" Trump asked.
    private bool StartsWithCue(int i)
    {
        for (var j = i; j < Math.Min(i + 8, _text.SentenceEnd(i)); j++)
        {
            if (_text.IsMark(j) && !_text.IsMark(j, '.'))
                return false;
            if (_text.Readings[j].Verbs.Length > 0 && EndsHere(j + 1) && !_text.Is(j + 1, WordClasses.That))
                return true;
        }

        return false;
    }

    // The content that begins with a colon or an opening mark after the verb.
    private TokenRange? QuotationAfter(int end, ContentFrames frames, ReportingVerb verb, bool hasSubjectRight)
    {
        var limit = Math.Min(_text.Count, end + LongestReach);
        for (var i = end; i < limit; i++)
        {
            if (i > end && _text.SentenceOf(i) != _text.SentenceOf(i - 1))
            {
                // "X continued:" and the quotation opens the next sentence or paragraph.
                if (!_text.IsMark(i - 1, ':') || _text.OpeningAt(i) is not (var next and >= 0))
                    return null;
                return new TokenRange(i, _text.Quotations[next].End);
            }

            if (_text.IsMark(i, ':'))
            {
                var from = i + 1;
                if (from >= _text.Count || _text.SentenceOf(from) != _text.SentenceOf(i))
                    continue;
                if (_text.OpeningAt(from) is var after and >= 0)
                    return new TokenRange(from, _text.Quotations[after].End);
                return new TokenRange(from, ClauseEnd(from));
            }

            if (_text.OpeningAt(i) is var opening and >= 0)
            {
                var start = i;
                for (var j = i - 1; j >= end; j--)
                {
                    if (_text.Is(j, WordClasses.That) && (frames & ContentFrames.Clause) != ContentFrames.None || _text.IsMark(j, ',') && !_text.Is(i - 1, WordClasses.Subordinator))
                        return null;
                }

                // What stands before the mark may belong to a noun phrase that is partly quoted.
                if (i > end && (frames & ContentFrames.Noun) != ContentFrames.None && (frames & ContentFrames.Hearer) == ContentFrames.None && NounAfter(end, verb.IsReflexive) is { } noun)
                    return noun;
                while (start > end && (_text.Is(start - 1, WordClasses.Determiner) && !_text.Is(start - 1, WordClasses.Of | WordClasses.Preposition) || _text.Tag(start - 1) == PartOfSpeech.Adjective))
                    start--;
                if (start < i && start != end)
                    start = i;
                return new TokenRange(start, EndOfQuotations(opening));
            }

            if ((frames & ContentFrames.Infinitive) != ContentFrames.None && InfinitiveAt(i, i == end, limit) >= 0)
                return null;
            if (!hasSubjectRight && i == end && _text.Is(i, WordClasses.Determiner) && !_text.Is(i, WordClasses.Preposition | WordClasses.Of) && (frames & ContentFrames.Noun) == ContentFrames.None)
                return null;
            if (i > end + 1 && _text.IsFinite(i) || _text.IsMark(i, ';') || _text.Is(i, WordClasses.Relative) && !_text.Is(i, WordClasses.That | WordClasses.Determiner))
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
            var i = last;
            if (_text.IsMark(i, ','))
                i++;
            if (!_text.Is(i, WordClasses.Coordinator) || IsCueSoon(i + 1))
                break;
            i++;
            if (_text.Is(i, WordClasses.Preposition | WordClasses.ToInfinitive | WordClasses.That | WordClasses.Determiner))
                i++;
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
            if (_text.Is(i, WordClasses.That | WordClasses.Whether))
            {
                if (_text.Is(i, WordClasses.Determiner) && i > end && !_text.IsFinite(i + 2) && !HasFinite(i + 1, Math.Min(i + 12, limit)))
                    return -1;
                if (!_text.Is(i, WordClasses.Reflexive) || _text.Is(i + 1, WordClasses.Pronoun))
                    return i;
            }

            if ((frames & ContentFrames.Infinitive) != ContentFrames.None && InfinitiveAt(i, i == end, limit) >= 0)
                return -1;

            if (_text.IsFinite(i) || _text.IsMark(i, ';') || _text.IsMark(i, ':') || _text.OpeningAt(i) >= 0)
                return -1;
            if (_text.Is(i, WordClasses.Relative | WordClasses.Coordinator) && !_text.Is(i, WordClasses.Determiner))
                return -1;
        }

        return -1;
    }

    // The content that starts with the infinitive that "i" introduces or is.
    private int InfinitiveAt(int i, bool isFirst, int limit)
    {
        var verb = i + 1;
        while (verb < limit && (_text.Is(verb, WordClasses.Not | WordClasses.Reflexive | WordClasses.Clitic) || IsAdverb(verb)) && !_text.IsInfinitive(verb))
            verb++;
        if (_text.Is(i, WordClasses.ToInfinitive) && verb < limit && _text.IsInfinitive(verb))
            return i + 1;
        return isFirst && !_text.Lexicon.InfinitiveEndings.IsEmpty && (_text.IsInfinitive(i) || _text.Is(i, WordClasses.Not | WordClasses.Reflexive) && verb < limit && _text.IsInfinitive(verb)) ? i : -1;
    }

    private int InfinitiveAfter(int end, bool hearer)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + (hearer ? 12 : 5));
        for (var i = end; i < limit; i++)
        {
            if (InfinitiveAt(i, i == end, limit) is var infinitive and >= 0)
                return infinitive;
            if (_text.IsMark(i) || _text.IsFinite(i) || _text.Is(i, WordClasses.Relative | WordClasses.That) && !_text.Is(i, WordClasses.Determiner))
                return -1;
            if (!hearer && !IsAdverb(i) && !_text.Is(i, WordClasses.Time))
                return -1;
        }

        return -1;
    }

    // A clause without "that", in languages that may leave it out.
    private int BareClauseAfter(int end, bool hearer)
    {
        if (!OmitsThat)
            return -1;
        var i = end;
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + LongestReach);
        while (i < limit && (_text.Is(i, WordClasses.Time) || IsAdverb(i) && !_text.Is(i, WordClasses.Not) || _text.Is(i, WordClasses.Preposition) && _text.Is(i + 1, WordClasses.Time)))
            i++;
        if (i >= limit || _text.IsMark(i) || _text.Is(i, WordClasses.ToInfinitive | WordClasses.Coordinator | WordClasses.Auxiliary))
            return -1;
        if (hearer && i == end)
        {
            if (_text.Is(i, WordClasses.ObjectPronoun))
                i++;
            else if (!_text.Is(i, WordClasses.Pronoun))
                i = AfterHearer(i, limit);
            if (_text.Is(i, WordClasses.That))
                return i + 1;
        }

        if (i >= limit || _text.IsMark(i) || _text.Is(i, WordClasses.Preposition) && !_text.Is(i, WordClasses.Subordinator) && i == end)
            return -1;

        // A subject and a finite verb must follow before the clause breaks.
        for (var j = i; j < limit; j++)
        {
            if (_text.IsMark(j, ';') || _text.IsMark(j, ':'))
                return -1;
            if (j > i && _text.IsFinite(j))
                return i;
        }

        return -1;
    }

    private int AfterHearer(int i, int limit)
    {
        var start = i;
        while (i < limit && !_text.IsMark(i) && !_text.IsFinite(i) && !_text.Is(i, WordClasses.That | WordClasses.Pronoun | WordClasses.Preposition))
        {
            if (i > start && _text.Is(i, WordClasses.Determiner))
                break;
            if (i > start && _text.IsCapital(i) != _text.IsCapital(i - 1) && !_text.Is(i - 1, WordClasses.Determiner))
                break;
            i++;
        }

        return i;
    }

    private bool OmitsThat => _omitsThat ??= FindOmits();

    private bool? _omitsThat;

    private bool FindOmits()
    {
        for (var i = 0; i < Math.Min(_text.Count, 4000); i++)
        {
            if (_text.Is(i, WordClasses.Omissible))
                return true;
        }

        return false;
    }

    private TokenRange? NounAfter(int end, bool isReflexive = false)
    {
        var i = end;
        var limit = _text.SentenceEnd(Math.Max(end - 1, 0));
        while (i < limit && (_text.Is(i, WordClasses.Time) && !_text.IsCapital(i + 1) || IsAdverb(i)))
            i++;
        if (i < limit && _text.Is(i, WordClasses.Channel) && !_text.Is(i, WordClasses.Determiner) && !_text.Lexicon.InfinitiveEndings.IsEmpty)
        {
            // "recommande aux internautes l'installation", "réclament quant à elles la gratuité"
            var after = AfterPrepositional(i, Math.Min(limit, i + 8));
            if (!_text.Is(i, WordClasses.By) && _text.Is(after, WordClasses.Determiner) && !_text.Is(after, WordClasses.Of) && !_text.Is(after + 1, WordClasses.Time) && after < limit)
                i = after;
        }

        if (i >= limit || i > end + 9)
            return null;
        if (_text.Is(i, WordClasses.Of) && !_text.Is(i, WordClasses.Determiner) || _text.Is(i, WordClasses.Preposition | WordClasses.Coordinator | WordClasses.Relative | WordClasses.Subordinator) && !_text.Is(i, WordClasses.Determiner))
            return null;
        if (_text.IsMark(i) && _text.OpeningAt(i) < 0 || _text.Is(i, WordClasses.Auxiliary))
            return null;
        if (!_text.Is(i, WordClasses.Determiner | WordClasses.Title | WordClasses.ObjectPronoun) && !_text.IsCapital(i) && _text.Tokens[i].Kind != TokenKind.Number && _text.OpeningAt(i) < 0
            && _text.Tag(i) is not (PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.ProperNoun) && !(isReflexive && _text.Tokens[i].Form.Form == VerbForm.PastParticiple))
            return null;
        return new TokenRange(i, BeforeMainVerb(i, ClauseEnd(i, stopAtComma: true)));
    }

    // "le responsable qui a confirmé [l'information] à la chaîne affirme …": a verb that no word of the phrase opens is not the phrase's.
    private int BeforeMainVerb(int start, int end)
    {
        if (OmitsThat)
            return end;
        for (var i = start + 1; i < end; i++)
        {
            if (_text.QuotationOf(i) >= 0 || _text.IsMark(i) || _text.Is(i, WordClasses.Relative | WordClasses.That | WordClasses.Subordinator | WordClasses.Question | WordClasses.Whether | WordClasses.Coordinator | WordClasses.Pronoun) && !_text.Is(i, WordClasses.Determiner))
                return end;
            if (!_text.IsFinite(i) || _text.Readings[i].Verbs.Length == 0 && !_text.Is(i, WordClasses.Auxiliary))
                continue;
            var cut = i;
            for (var j = i - 1; j > start; j--)
            {
                if (_text.Is(j, WordClasses.Channel) && !_text.Is(j, WordClasses.Of))
                    cut = j;
                else if (_text.IsMark(j) || _text.Is(j, WordClasses.Of))
                    break;
            }

            return cut;
        }

        return end;
    }

    // Where content that starts at "start" ends: with its sentence, before another attribution, a semicolon, a closing bracket.
    private int ClauseEnd(int start, bool stopAtComma = false)
    {
        if (start >= _text.Count)
            return start;
        var sentenceEnd = _text.SentenceEnd(start);
        var end = Math.Min(sentenceEnd, start + LongestSentence);
        var depth = 0;
        for (var i = start; i < end; i++)
        {
            if (_text.OpeningAt(i) is var opening and >= 0)
            {
                // A quotation is never cut; it may run over the sentence's end.
                i = _text.Quotations[opening].End - 1;
                if (i + 1 >= end || _text.IsMark(i + 1, '.') || (_text.Readings[i + 1].Forms & VerbForms.PresentParticiple) != VerbForms.None)
                    return TrimEnd(start, i + 1);
                continue;
            }

            if (_text.IsMark(i, '(') || _text.IsMark(i, '['))
                depth++;
            else if ((_text.IsMark(i, ')') || _text.IsMark(i, ']')) && --depth < 0)
                return TrimEnd(start, i);
            if (_text.IsMark(i, ';') && depth == 0)
                return TrimEnd(start, i);
            if (depth > 0 || i == start)
                continue;
            if (_text.IsMark(i, ',') && (stopAtComma && !IsEnumeration(i, end) && !_text.Is(i + 1, WordClasses.Subordinator) || StopsAtComma(i, end)))
                return TrimEnd(start, i);
            if (_text.Is(i, WordClasses.Coordinator) && IsCueSoon(i + 1) && !_text.Is(i + 1, WordClasses.Determiner | WordClasses.Pronoun))
                return TrimEnd(start, i);
            if (_text.ClosingAt(i) >= 0)
                return TrimEnd(start, i);
            if (stopAtComma && _text.Is(i, WordClasses.Channel) && (_text.Is(i + 1, WordClasses.Role) || _text.Is(i + 2, WordClasses.Role)) && _text.Is(i, WordClasses.ToInfinitive))
                return TrimEnd(start, i);
        }

        return TrimEnd(start, end);
    }

    // After the comma: another attribution of the same sentence.
    private bool StopsAtComma(int comma, int end)
    {
        var i = comma + 1;
        if (i >= end || IsRemark(i, end))
            return true;
        if (_text.Is(i, WordClasses.Coordinator) && IsCueSoon(i + 1) && !_text.Is(i + 1, WordClasses.Pronoun))
            return true;
        if (CueGroup.IsSurePreposition(_text, i))
            return true;
        if ((_text.Readings[i].Forms & VerbForms.PresentParticiple) != VerbForms.None)
            return true;
        if (IsCueSoon(i) && (_text.Is(i, WordClasses.Auxiliary) || _text.Is(i + 1, WordClasses.InvertedPronoun)))
            return true;

        // "…, NP said." closes with the sentence.
        for (var j = i; j < Math.Min(end, i + 8); j++)
        {
            if (_text.IsMark(j) && !_text.IsMark(j, '.'))
                return false;
            if (j > i && _text.Readings[j].Verbs.Length > 0 && (_text.Readings[j].Forms & VerbForms.Finite) != VerbForms.None && (j + 1 >= end || _text.IsMark(j + 1)) && !_text.Is(j - 1, WordClasses.ToInfinitive))
                return true;
        }

        return false;
    }

    // "…, une décision saluée par les élus": what the article itself adds to what was said.
    private bool IsRemark(int i, int end)
    {
        if (OmitsThat || !_text.HasTags || !_text.IsWord(i) || !_text.Lexicon.Indefinites.Contains(_text.Word(i)) || _text.Tag(i + 1) != PartOfSpeech.Noun)
            return false;
        var participle = i + 2;
        while (IsAdverb(participle) || _text.Tag(participle) == PartOfSpeech.Adjective && participle < i + 4 && _text.Tokens[participle].Form.Form != VerbForm.PastParticiple)
            participle++;
        if (participle >= end || !(_text.Tokens[participle].Form.Form == VerbForm.PastParticiple || (_text.Readings[participle].Forms & VerbForms.PastParticiple) != VerbForms.None))
            return false;
        return !HasFinite(participle + 1, Math.Min(end, participle + 14)) && (_text.Is(participle + 1, WordClasses.By | WordClasses.Time) || _text.Is(participle + 2, WordClasses.Time));
    }

    private bool IsEnumeration(int comma, int end)
    {
        if (_text.Is(comma - 1, WordClasses.Time))
            return false;
        for (var i = comma + 1; i < Math.Min(end, comma + 10); i++)
        {
            if (_text.Is(i, WordClasses.Coordinator))
                return !IsCueSoon(i + 1);
            if (_text.IsFinite(i) || _text.Is(i, WordClasses.Relative) || _text.IsPresentParticiple(i))
                return false;
        }

        return false;
    }

    private int TrimEnd(int start, int end)
    {
        while (end > start && _text.IsMark(end - 1) && _text.QuotationOf(end - 1) < 0 && Text(end - 1) is '.' or ',' or ';' or ':' or '—' or '–' or '-' or '!' or '?' or '…' && _text.IsMark(end - 1) && _text.QuotationOf(end - 1) < 0)
            end--;
        return end;
    }

    private char Text(int i) => _text.Text[_text.Tokens[i].Start];

    // ------------------------------------------------------------------ passives

    // "C is denied by X"; without "by" nobody speaks.
    private void ReadPassive(int start, int verb, int end, ReportingVerb reporting)
    {
        if (AgentAfter(end) is not { } agent)
            return;
        if ((reporting.Frames & ContentFrames.Noun) != ContentFrames.None && SubjectLeft(start) is { } subject)
            _drafts.Add(new AttributionDraft([subject], new TokenRange(start, end), agent, reporting.Voice) { Construction = Construction.Passive });
    }

    // "…, réclamée par X": the noun phrase before.
    private void ReadReducedPassive(int verb, int end, ReportingVerb reporting)
    {
        if ((reporting.Frames & ContentFrames.Noun) == ContentFrames.None || AgentAfter(end) is not { } agent)
            return;
        var before = _text.IsMark(verb - 1, ',') ? verb - 1 : verb;
        if (NounPhraseLeft(before) is { } phrase)
            _drafts.Add(new AttributionDraft([phrase], new TokenRange(verb, end), agent, reporting.Voice) { Construction = Construction.Passive });
    }

    private TokenRange? AgentAfter(int end)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Max(end - 1, 0)), end + 8);
        for (var i = end; i < limit; i++)
        {
            if (_text.Is(i, WordClasses.By) && !_text.Is(i + 1, WordClasses.Time))
            {
                var last = SourceEnd(i + 1);
                return last > i + 1 && CanSpeak(i + 1, last, strict: true) ? new TokenRange(i + 1, last) : null;
            }

            if (_text.IsMark(i) || _text.IsFinite(i))
                return null;
        }

        return null;
    }

    private bool OnlyAdverbs(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!IsAdverb(i) && !_text.IsMark(i) && !_text.Is(i, WordClasses.Coordinator | WordClasses.Connective))
                return false;
        }

        return to - from <= 4;
    }

    private int SourceEnd(int start)
    {
        var limit = Math.Min(_text.SentenceEnd(Math.Min(start, _text.Count - 1)), start + LongestReach);
        if (_text.Is(start, WordClasses.Stressed | WordClasses.ObjectPronoun | WordClasses.Pronoun))
            return start + 1;
        var i = start;
        while (i < limit)
        {
            if (_text.IsMark(i) && !(_text.IsMark(i, '.') && i + 1 < limit) && !_text.IsMark(i, '-') && !_text.IsMark(i, '&') && !_text.IsMark(i, '\''))
                break;
            if (_text.Is(i, WordClasses.Relative | WordClasses.That) && !_text.Is(i, WordClasses.Determiner) || _text.IsFinite(i))
                break;
            if (_text.Is(i, WordClasses.Coordinator) && !(_text.Is(i + 1, WordClasses.Determiner) || _text.IsCapital(i + 1) || _text.Tag(i + 1) is PartOfSpeech.Noun or PartOfSpeech.Adjective))
                break;
            i++;
        }

        return i;
    }

    private bool CanSpeak(int start, int end, bool strict)
    {
        if (_text.Is(start, WordClasses.Stressed | WordClasses.ObjectPronoun | WordClasses.Pronoun))
            return true;
        var capital = false;
        for (var i = start; i < Math.Min(end, start + 8); i++)
        {
            if (_text.Is(i, WordClasses.Role))
                return true;
            if (_text.Is(i, WordClasses.NoSource))
                return false;
            capital |= _text.IsCapital(i) && !_text.Is(i, WordClasses.Time);
        }

        return capital || !strict && !_text.Is(start, WordClasses.That | WordClasses.Question | WordClasses.ToInfinitive) && !_text.IsInfinitive(start);
    }
}
