using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>A text's tokens with what the lists say of each, and where sentences, paragraphs and quotations lie; all in indices of tokens.</summary>
internal sealed class AttributedText
{
    private readonly int[] _sentenceOf;
    private readonly int[] _quotationOf;
    private readonly int[] _firsts;
    private readonly SpeakerLexicon _speakerLexicon;
    private readonly SpeakerWord?[] _speakers;
    private uint[]? _lemmas;
    private uint[]? _concepts;
    private VerbReading?[]? _verbs;

    public AttributedText(AnalyzedText text, Language language)
    {
        Source = text;
        Text = text.Text;
        Tokens = text.Tokens;
        Lexicon = AttributionLexicon.Of(language);
        Quotations = QuotationFinder.Find(text);
        Readings = new WordReading[Tokens.Length];
        Classes = new WordClasses[Tokens.Length];
        _speakerLexicon = SpeakerLexicon.Of(language);
        _speakers = new SpeakerWord?[Tokens.Length];
        _sentenceOf = new int[Tokens.Length];
        _quotationOf = new int[Tokens.Length];
        _firsts = new int[text.Sentences.Length + 1];
        StartsParagraph = new bool[Tokens.Length];
        var sentence = 0;
        for (var i = 0; i < Tokens.Length; i++)
        {
            var token = Tokens[i];
            Readings[i] = token.Kind == TokenKind.Word ? Lexicon.Find(token.Span.In(Text)) : WordReading.Nothing;
            Classes[i] = Readings[i].Classes;
            StartsParagraph[i] = i == 0 || QuotationFinder.IsBreak(text, i);
            while (sentence < text.Sentences.Length && token.Start >= text.Sentences[sentence].End)
                _firsts[++sentence] = i;
            _sentenceOf[i] = sentence;
        }

        while (sentence < text.Sentences.Length)
            _firsts[++sentence] = Tokens.Length;
        Array.Fill(_quotationOf, -1);
        for (var q = 0; q < Quotations.Length; q++)
            Array.Fill(_quotationOf, q, Quotations[q].Open, Quotations[q].End - Quotations[q].Open);
    }

    /// <summary>The reading of <paramref name="text"/>, made once.</summary>
    public static AttributedText Of(AnalyzedText text, Language language) => text.Keep(known => new AttributedText(known, language));

    public AnalyzedText Source { get; }

    /// <summary>Constructions that the rules do not read in it: to measure what each is worth.</summary>
    public ImmutableArray<Construction> Silenced { get; init; } = [];

    public string Text { get; }

    public ImmutableArray<Token> Tokens { get; }

    public AttributionLexicon Lexicon { get; }

    public ImmutableArray<Quotation> Quotations { get; }

    public WordReading[] Readings { get; }

    public WordClasses[] Classes { get; }

    public bool[] StartsParagraph { get; }

    public int Count => Tokens.Length;

    public int SentenceCount => _firsts.Length - 1;

    public int SentenceOf(int i) => _sentenceOf[i];

    /// <summary>The first token of a sentence.</summary>
    public int First(int sentence) => _firsts[sentence];

    /// <summary>The token after the last one of a sentence.</summary>
    public int End(int sentence) => _firsts[sentence + 1];

    /// <summary>The first token of the sentence that holds <paramref name="i"/>.</summary>
    public int SentenceFirst(int i) => _firsts[_sentenceOf[i]];

    /// <summary>The token after the sentence that holds <paramref name="i"/>.</summary>
    public int SentenceEnd(int i) => _firsts[_sentenceOf[i] + 1];

    /// <summary>The quotation that holds <paramref name="i"/>, marks included, or -1.</summary>
    public int QuotationOf(int i) => i >= 0 && i < Count ? _quotationOf[i] : -1;

    /// <summary>The quotation that opens at <paramref name="i"/>, or -1.</summary>
    public int OpeningAt(int i) => QuotationOf(i) is var q and >= 0 && Quotations[q].Open == i ? q : -1;

    /// <summary>The quotation that closes with the mark <paramref name="i"/>, or -1.</summary>
    public int ClosingAt(int i) => QuotationOf(i) is var q and >= 0 && Quotations[q].End == i + 1 && i > Quotations[q].Open ? q : -1;

    /// <summary>Whether <paramref name="i"/> stands inside quotation marks (the marks themselves do not).</summary>
    public bool IsQuoted(int i) => QuotationOf(i) is var q and >= 0 && i >= Quotations[q].First && i < Quotations[q].Close;

    public bool Is(int i, WordClasses classes) => i >= 0 && i < Count && (Classes[i] & classes) != WordClasses.None;

    public bool IsMark(int i, char mark) => i >= 0 && i < Count && Tokens[i].Kind == TokenKind.Mark && Text[Tokens[i].Start] == mark;

    public bool IsMark(int i) => i >= 0 && i < Count && Tokens[i].Kind == TokenKind.Mark;

    public bool IsWord(int i) => i >= 0 && i < Count && Tokens[i].Kind == TokenKind.Word;

    public PartOfSpeech Tag(int i) => i >= 0 && i < Count ? Tokens[i].Tag : PartOfSpeech.Unknown;

    /// <summary>Whether <paramref name="i"/> begins with a capital letter.</summary>
    public bool IsCapital(int i) => IsWord(i) && char.IsUpper(Text[Tokens[i].Start]);

    /// <summary>Whether <paramref name="i"/> makes what stands right before the owner of what follows: the <c>'s</c> of "Hill's", the apostrophe of "Daniels' lawyer".</summary>
    public bool IsOwning(int i) =>
        IsWord(i) ? Word(i)[0] is '\'' or '’' && i > 0 && Tokens[i - 1].End == Tokens[i].Start
        : (IsMark(i, '\'') || IsMark(i, '’')) && IsWord(i - 1) && IsWord(i + 1) && Tokens[i - 1].End == Tokens[i].Start && Tokens[i].End < Tokens[i + 1].Start && Word(i - 1)[^1] is 's' or 'S' && ClosingAt(i) < 0;

    /// <summary>Whether <paramref name="i"/> is the full stop of a title or an initial inside a name: "former Gov. Ada Hill", « un proche de M. Tarant ».</summary>
    public bool IsStopInName(int i) =>
        IsMark(i, '.') && IsCapital(i - 1) && IsCapital(i + 1) && Tokens[i - 1].End == Tokens[i].Start && (Word(i - 1).Length == 1 || Speaker(i - 1).Is(WordUses.Title));

    public ReadOnlySpan<char> Word(int i) => Tokens[i].Span.In(Text);

    /// <summary>What the lists say of the word as one that names or describes a speaker; looked up once.</summary>
    public SpeakerWord Speaker(int i) => _speakers[i] ??= _speakerLexicon.Find(Word(i));

    /// <summary>A hash of the word's lemma; of another word's letters in small.</summary>
    public uint Lemma(int i) => (uint)i < (uint)Count ? (_lemmas ??= ReadLemmas())[i] : 11;

    /// <summary>The verb that attributes and stands at a token with all its words ("point" in "point out" only with "out"); null if none does.</summary>
    public VerbReading? VerbAt(int i) => (uint)i < (uint)Count ? (_verbs ??= ReadVerbs())[i] : null;

    /// <summary>What a verb, noun, adjective or adverb means, the same in every language; 0 where <see cref="Recoupe.Text.Lexicon"/> does not tell.</summary>
    public uint Concept(int i) => (uint)i < (uint)Count ? (_concepts ??= ReadConcepts())[i] : 0;

    /// <summary>What a word is that may name or describe a speaker: a name, a pronoun, a noun by what it stands for; 0 for other words.</summary>
    public uint SpeakerClass(int i)
    {
        switch (Tag(i))
        {
            case PartOfSpeech.ProperNoun:
                return 1;
            case PartOfSpeech.Pronoun:
                return PronounClass(Speaker(i));
            case PartOfSpeech.Noun or PartOfSpeech.Adjective:
                var noun = Speaker(i).Uses & WordUses.Noun;
                if (noun == WordUses.None)
                    return Tag(i) == PartOfSpeech.Noun ? 8u : NoSpeaker;
                return 10 + (uint)(noun & ~WordUses.Group) + (noun.HasFlag(WordUses.Group) ? 512u : 0);
            default:
                return 0;
        }
    }

    /// <summary>The <see cref="SpeakerClass"/> of an adjective that names nobody.</summary>
    public const uint NoSpeaker = 9;

    private static uint PronounClass(SpeakerWord word) =>
        word.Is(WordUses.PersonPronoun) ? 2u : word.Is(WordUses.SpeakerPronoun) ? 3u : word.Is(WordUses.RelativePronoun) ? 4u
        : word.Is(WordUses.ImpersonalPronoun) ? 5u : word.Is(WordUses.Pronoun) ? 6u : 7;

    public TextSpan Span(int from, int to) => new(Tokens[from].Start, Tokens[to - 1].End);

    /// <summary>Whether a finite verb or its auxiliary stands at <paramref name="i"/>, as far as the lists and tags tell.</summary>
    public bool IsFinite(int i)
    {
        if (!IsWord(i) || Is(i, WordClasses.NonFinite) || Is(i - 1, WordClasses.Determiner) && !Is(i - 1, WordClasses.Clitic | WordClasses.That))
            return false;
        if (IsCapital(i) && !StartsParagraph[i] && i > 0 && !IsMark(i - 1))
            return false; // a name that the tagger takes for a verb
        return Tokens[i].IsFiniteVerb || Is(i, WordClasses.Auxiliary) && Tag(i) == PartOfSpeech.Auxiliary && Tokens[i].Form.Form == VerbForm.None;
    }

    /// <summary>Whether <see cref="IsFinite"/> holds of a token from <paramref name="from"/> up to <paramref name="to"/>, which is not asked.</summary>
    public bool HasFinite(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (IsFinite(i))
                return true;
        }

        return false;
    }

    /// <summary>Whether <paramref name="i"/> can be an infinitive.</summary>
    public bool IsInfinitive(int i) =>
        IsWord(i) && Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary
        && (Tokens[i].Form.Form == VerbForm.Infinitive || !Lexicon.MarksInfinitives && Tokens[i].Form.Form is VerbForm.Finite or VerbForm.None);

    /// <summary>Whether <paramref name="i"/> can be a present participle.</summary>
    public bool IsPresentParticiple(int i) =>
        IsWord(i) && Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary && Tokens[i].Form.Form == VerbForm.PresentParticiple;

    /// <summary>Whether <paramref name="i"/> can be a participle, present or past.</summary>
    public bool IsParticiple(int i) => IsPresentParticiple(i) || IsWord(i) && Tag(i) == PartOfSpeech.Verb && Tokens[i].Form.Form == VerbForm.PastParticiple;

    /// <summary>Past what opens a sentence without belonging to its content: a dateline before a dash, a connective before a comma.</summary>
    public int AfterOpening(int start, int end)
    {
        start = Math.Max(start, AfterDash(start, end));

        foreach (var connective in Lexicon.Connectives)
        {
            var at = start;
            foreach (var word in connective)
            {
                if (at >= end || !IsWord(at) || !Word(at).Equals(word, StringComparison.OrdinalIgnoreCase))
                {
                    at = -1;
                    break;
                }

                at++;
            }

            if (at > start && at + 1 < end && IsMark(at, ','))
                return at + 1;
        }

        return start;
    }

    // A dateline in tokens.
    private const int LongestDateline = 12;

    /// <summary>The first token behind the place and day before the dash that open a paragraph ("MARLOW, Norland -- The …"), which name nobody who speaks; <paramref name="i"/> where it stands in no such line.</summary>
    public int AfterDateline(int i)
    {
        var first = i;
        while (first > 0 && first > i - LongestDateline && !StartsParagraph[first])
            first--;
        return DatelineEnd(first) is var behind && behind > i ? behind : i;
    }

    // A dateline begins with a place in capitals, and its dash has no fellow that closes what it opens.
    private int DatelineEnd(int first)
    {
        if (!IsWord(first) || Word(first).Length < 2 || !IsAllCapitals(Word(first)))
            return -1;
        var behind = AfterDash(first, Count);
        for (var i = Math.Max(behind, 0); i < Math.Min(Count - 1, behind + LongestDateline) && !StartsParagraph[i]; i++)
        {
            if (IsDash(i) && Tokens[i].Start > Tokens[i - 1].End && Tokens[i + 1].Start > Tokens[i].End)
                return -1;
        }

        return behind;
    }

    private static bool IsAllCapitals(ReadOnlySpan<char> word)
    {
        foreach (var letter in word)
        {
            if (char.IsLower(letter))
                return false;
        }

        return true;
    }

    // The token behind the dash of what opens a paragraph at the token; -1 for none.
    private int AfterDash(int start, int end)
    {
        if (start >= end || !StartsParagraph[start])
            return -1;
        for (var i = start; i < Math.Min(end - 1, start + LongestDateline) && !IsFinite(i) && OpeningAt(i) < 0 && (i == start || !StartsParagraph[i]); i++)
        {
            if (i == start || !IsDash(i) || Tokens[i].Start <= Tokens[i - 1].End)
                continue;
            var after = i + 1;
            while (after < end - 1 && IsDash(after) && Tokens[after].Start == Tokens[after - 1].End)
                after++;
            return Tokens[after].Start > Tokens[after - 1].End ? after : -1;
        }

        return -1;
    }

    private bool IsDash(int i) => IsMark(i, '-') || IsMark(i, '—') || IsMark(i, '–');

    private uint[] ReadLemmas()
    {
        var lemmatizer = Source.Language is { } language ? Lemmatizer.For(language) : null;
        var lemmas = new uint[Count];
        Span<char> lower = stackalloc char[48];
        for (var i = 0; i < Count; i++)
        {
            var word = Word(i);
            if (lemmatizer is not null && Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Noun or PartOfSpeech.Adjective)
            {
                lemmas[i] = (uint)lemmatizer!.Key(word, Tokens[i].Tag);
                continue;
            }

            var length = Math.Min(word.Length, lower.Length);
            word[..length].ToLowerInvariant(lower);
            lemmas[i] = (uint)TextHash.Of(lower[..length]);
        }

        return lemmas;
    }

    private VerbReading?[] ReadVerbs()
    {
        var verbs = new VerbReading?[Count];
        for (var i = 0; i < Count; i++)
            verbs[i] = Readings[i].Verbs.IsEmpty ? null : CueGroup.Reading(this, i, out _);
        return verbs;
    }

    private uint[] ReadConcepts()
    {
        var concepts = new uint[Count];
        if (Source.Language is not { } language)
            return concepts;
        var lexicon = Recoupe.Text.Lexicon.Of(language);
        Span<char> folded = stackalloc char[48];
        for (var i = 0; i < Count; i++)
        {
            var word = Word(i);
            var means = Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.Adverb;
            if (!means || word.Length > folded.Length)
                continue;
            Folding.Fold(word, folded);
            concepts[i] = (uint)lexicon.Find(folded[..word.Length], Tag(i));
        }

        return concepts;
    }
}
