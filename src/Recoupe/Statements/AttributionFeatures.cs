using System.Runtime.CompilerServices;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Hashed features of one or several candidates, filled again for each question.</summary>
internal sealed class FeatureList
{
    /// <summary>The bit that marks features of a word; no weight's number reaches it.</summary>
    public const uint OfWord = 1u << 31;

    private const int MostOfOne = 512;

    private uint[] _items = new uint[MostOfOne];
    private int[] _ends = new int[8];

    public int Count { get; private set; }

    /// <summary>How many candidates were ended.</summary>
    public int Candidates { get; private set; }

    /// <summary>The features of all candidates in order.</summary>
    public ReadOnlySpan<uint> Items => _items.AsSpan(0, Count);

    /// <summary>Where the features of each candidate end.</summary>
    public ReadOnlySpan<int> Ends => _ends.AsSpan(0, Candidates);

    public void Clear() => Count = Candidates = 0;

    /// <summary>Ends a candidate: what is added from here on belongs to the next.</summary>
    public void End()
    {
        if (Candidates == _ends.Length)
            Array.Resize(ref _ends, 2 * _ends.Length);
        _ends[Candidates++] = Count;
        if (Count + MostOfOne > _items.Length)
            Array.Resize(ref _items, 2 * (Count + MostOfOne));
    }

    /// <summary>Adds what the template says of values one of which is a word: training leaves such out at times, so that the others learn to do without.</summary>
    public void AddWord(uint template, uint a, uint b = 0, uint c = 0)
    {
        Add(template, a, b, c);
        _items[Count - 1] |= OfWord;
    }

    /// <summary>Adds what the template says of one to three values.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint template, uint a, uint b = 0, uint c = 0)
    {
        // Multiplication and shift (Dietzfelbinger et al. 1997): the high bits are the good ones.
        var hash = ((template * 0x9E3779B97F4A7C15UL) ^ a) * 0xFF51AFD7ED558CCDUL;
        hash = (hash ^ (hash >> 31) ^ b) * 0xC4CEB9FE1A85EC53UL;
        hash = (hash ^ (hash >> 29) ^ c) * 0x9FB21C651E98DF25UL;
        _items[Count++] = (uint)(hash >> (64 - AttributionModel.Bits));
    }
}

/// <summary>What stands at a token.</summary>
[Flags]
internal enum Stands : byte
{
    None = 0,
    Quoted = 1,
    Opens = 2,
    Closes = 4,
    Mark = 8,
    Comma = 16,
    StartsParagraph = 32,
}

/// <summary>Which side of the cue.</summary>
internal enum Side
{
    Left,
    Right,
}

/// <summary>Says of cues and boundaries what the model weighs: words, tags, marks, quotations, distances.</summary>
/// <remarks>
/// A cue is a token. Content and source are found by their boundaries: first the one near the cue, then the far one.
/// A boundary b lies before token b; the near boundary of content on the right is its start, on the left its end.
/// </remarks>
internal sealed class AttributionFeatures
{
    private const int QuoteReach = 24; // tokens between a cue and a quotation
    private const int InvertedReach = 12; // tokens between a cue's head and a pronoun of its group
    private const int MostAdjuncts = 16; // tokens between an attribution and the mark that closes it

    private readonly AttributedText _text;
    private readonly AttributionSyntax _syntax;
    private readonly List<AttributionDraft> _drafts; // what the rules propose
    private readonly int[] _ruleOf; // the proposal whose cue holds a token, or -1
    private readonly uint[] _words;
    private readonly uint[] _lemmas;
    private readonly uint[] _kinds;
    private readonly int[] _finite; // how many finite verbs stand before a token
    private readonly int[] _commas;
    private readonly int[] _inverted; // how many inverted pronouns stand before a token

    // Asked of the same tokens again and again.
    private readonly Stands[] _stands;
    private readonly uint[] _coarse;
    private readonly uint[] _verbClasses; // 0 where not yet read, as below
    private readonly uint[] _lexicals;
    private readonly uint[] _nextVerbs; // one more than it is
    private int _environmentOf = -1; // the cue asked last, and what was found
    private uint _environment;

    public AttributionFeatures(AttributedText text)
    {
        _text = text;
        _syntax = new AttributionSyntax(text);
        _drafts = AttributionRules.Read(text);
        _ruleOf = new int[text.Count];
        Array.Fill(_ruleOf, -1);
        for (var d = 0; d < _drafts.Count; d++)
            Array.Fill(_ruleOf, d, _drafts[d].Cue.Start, _drafts[d].Cue.End - _drafts[d].Cue.Start);
        var count = text.Count;
        _words = new uint[count];
        _lemmas = new uint[count];
        _kinds = new uint[count];
        _finite = new int[count + 1];
        _commas = new int[count + 1];
        _inverted = new int[count + 1];
        _stands = new Stands[count];
        _coarse = new uint[count];
        _verbClasses = new uint[count];
        _lexicals = new uint[count];
        _nextVerbs = new uint[count];
        Span<char> lower = stackalloc char[48];
        for (var i = 0; i < count; i++)
        {
            var word = text.Word(i);
            var token = text.Tokens[i];
            if (token.Kind == TokenKind.Number)
            {
                _words[i] = (uint)(7000 + Math.Min(word.Length, 5));
                _kinds[i] = 3;
            }
            else if (token.Kind == TokenKind.Mark)
            {
                var mark = text.OpeningAt(i) >= 0 ? 1u : text.ClosingAt(i) >= 0 ? 2u : word[0];
                _words[i] = mark + 100;
                _kinds[i] = mark + 100;
            }
            else
            {
                var length = Math.Min(word.Length, lower.Length);
                word[..length].ToLowerInvariant(lower);
                _words[i] = (uint)TextHash.Of(lower[..length]);
                _kinds[i] = KindOf(i);
            }

            _lemmas[i] = token.Kind == TokenKind.Word ? text.Lemma(i) : _words[i];
            _stands[i] = StandsAt(i);
            _coarse[i] = CoarseOf(i);
            _finite[i + 1] = _finite[i] + (text.IsFinite(i) ? 1 : 0);
            _commas[i + 1] = _commas[i] + (text.IsMark(i, ',') ? 1 : 0);
            _inverted[i + 1] = _inverted[i] + (text.Is(i, WordClasses.InvertedPronoun) ? 1 : 0);
        }
    }

    /// <summary>What the tree says.</summary>
    public AttributionSyntax Syntax => _syntax;

    /// <summary>What the rules propose.</summary>
    public IReadOnlyList<AttributionDraft> Proposals => _drafts;

    /// <summary>Whether the token could be a cue at all.</summary>
    public bool CanBeCue(int i)
    {
        if (_text.IsMark(i))
            return _text.IsMark(i, ':');
        if (!_text.IsWord(i) || _text.Is(i, WordClasses.Determiner | WordClasses.Coordinator | WordClasses.Pronoun | WordClasses.Not))
            return false;
        return _text.Tag(i) is not (PartOfSpeech.ProperNoun or PartOfSpeech.Determiner or PartOfSpeech.Pronoun or PartOfSpeech.Punctuation or PartOfSpeech.Numeral or PartOfSpeech.Coordinator);
    }

    /// <summary>What speaks for the token as cue.</summary>
    public void Cue(int i, FeatureList list)
    {
        var w = Word(i);
        var k = Kind(i);
        var environment = Environment(i);
        var lexical = Lexical(i);
        list.AddWord(1, w);
        list.AddWord(2, w, k);
        list.Add(3, k, Kind(i - 1), Kind(i + 1));
        list.AddWord(4, w, Word(i + 1));
        list.AddWord(5, w, Word(i - 1));
        list.AddWord(6, w, Kind(i + 1), Kind(i - 1));
        list.AddWord(7, k, Word(i - 1));
        list.AddWord(8, k, Word(i + 1));
        list.Add(9, Kind(i - 2), Kind(i - 1), k);
        list.Add(10, k, Kind(i + 1), Kind(i + 2));
        list.AddWord(11, w, Kind(i + 1), Kind(i + 2));
        list.AddWord(12, w, Kind(i - 2), Kind(i - 1));
        list.AddWord(13, Word(i - 2), k);
        list.AddWord(14, Word(i + 2), k);
        list.AddWord(15, w, environment);
        list.Add(16, k, environment);
        list.Add(17, Suffix(i), k);
        list.Add(18, Suffix(i), Kind(i - 1), Kind(i + 1));
        list.Add(19, lexical, k);
        list.Add(20, lexical, Kind(i - 1), Kind(i + 1));
        list.Add(23, _text.IsQuoted(i) ? 1u : 0, k);
        list.AddWord(24, _text.IsQuoted(i) ? 1u : 0, w);
        list.AddWord(25, NextWord(i, 1), w);
        list.AddWord(26, NextVerb(i), w);
        list.Add(27, (uint)Math.Min(i - _text.SentenceFirst(i), 6), k);
        list.AddWord(28, w, Word(i + 1), Word(i + 2));
        list.AddWord(29, Word(i - 2), Word(i - 1), w);
        list.Add(30, Kind(i + 1), Kind(i + 2), Kind(i + 3));
        var l = Lemma(i);
        list.AddWord(31, l);
        list.AddWord(32, l, Kind(i + 1));
        list.AddWord(33, l, Kind(i - 1), Kind(i + 1));
        list.AddWord(34, l, k);
        list.AddWord(35, l, environment);
        list.AddWord(36, l, Lemma(i - 1));
        list.AddWord(37, l, NextWord(i, 0), Kind(i - 1));
        var c = VerbClass(i);
        var form = FormOf(i);
        var next = NextWord(i, 0);
        var rule = RuleAt(i);
        list.Add(21, Rule(rule));
        list.Add(22, Rule(rule), c, form);
        list.Add(52, Rule(rule), environment);
        list.AddWord(53, Rule(rule), l);
        list.Add(38, c);
        var relation = _syntax.RelationOf(i);
        var valency = _syntax.Valency(i);
        if (valency > 0)
        {
            list.Add(60, relation, c);
            list.Add(61, valency, c);
            list.Add(62, relation, valency, form);
            list.Add(63, relation, valency, c);
            list.Add(64, _syntax.Proposed(i), c);
            list.Add(65, _syntax.Proposed(i), environment);
            list.AddWord(66, l, valency);
            list.AddWord(67, l, relation);
            list.Add(68, valency, Rule(rule));
        }

        AddMeaning(i, c, form, environment, list);
        list.Add(39, c, form, environment);
        list.Add(40, form, environment);
        list.Add(41, c, form, next);
        list.Add(42, c, form, Kind(i + 1));
        list.Add(43, c, form, Kind(i - 1));
        list.Add(44, ActClass(i), form, environment);
        list.Add(45, ActClass(i), c, next);
        list.Add(46, form, Kind(i + 1), environment);
        list.Add(47, c, form + (_text.IsQuoted(i) ? 64u : 0));
        list.Add(48, c, NextVerb(i), form);
        list.Add(49, c, Coarse(i + 1) * 64 + Coarse(i + 2), form);
        list.Add(50, c, Coarse(i - 1) * 64 + Coarse(i - 2), form);
        list.Add(51, Coarse(i - 1), Coarse(i + 1) * 64 + Coarse(i + 2), c);
        var quotes = QuoteBefore(i) * 256 + QuoteBehind(i);
        var inverted = HasInvertedPronoun(i) ? 1u : 0;
        list.Add(54, quotes, c);
        list.Add(55, quotes, form, inverted);
        list.Add(56, QuoteBefore(i), form * 2 + inverted, environment);
        list.Add(57, QuoteBehind(i), form, environment);
        list.Add(58, inverted, environment);
        list.Add(59, inverted, c, QuoteBefore(i));
    }

    // What the word means, whatever the language, and who its subject is.
    private void AddMeaning(int i, uint c, uint form, uint environment, FeatureList list)
    {
        var m = _text.Concept(i);
        var speaker = _syntax.SpeakerOf(i);
        var who = speaker < 0 ? 0 : _text.SpeakerClass(speaker);
        list.Add(80, who, c, form);
        list.Add(81, who, environment);
        list.Add(82, who, speaker < 0 ? 0 : _text.Concept(speaker), c);
        if (m == 0)
            return;
        list.AddWord(70, m);
        list.AddWord(71, m, form);
        list.AddWord(72, m, environment);
        list.AddWord(73, m, NextWord(i, 0));
        list.AddWord(74, m, _syntax.RelationOf(i));
        list.AddWord(75, m, _syntax.Valency(i));
        list.AddWord(76, m, who);
        list.AddWord(77, m, Coarse(i - 1), Coarse(i + 1));
    }

    /// <summary>What a boundary is by itself, whatever the cue; its score can be kept.</summary>
    public void Place(uint role, int b, FeatureList list)
    {
        var t = role * 100 + 1000;
        list.AddWord(t, Word(b - 1));
        list.AddWord(t + 1, Word(b));
        list.Add(t + 2, Kind(b - 1), Kind(b));
        list.Add(t + 3, Kind(b - 2), Kind(b - 1), Kind(b));
        list.Add(t + 4, Kind(b - 1), Kind(b), Kind(b + 1));
        list.AddWord(t + 5, Word(b - 1), Word(b));
        list.AddWord(t + 6, Word(b - 2), Kind(b - 1), Kind(b));
        list.AddWord(t + 7, Kind(b - 1), Kind(b), Word(b + 1));
        list.AddWord(t + 8, Word(b), Kind(b - 1));
        list.AddWord(t + 9, Word(b - 1), Kind(b));
        list.Add(t + 10, QuoteState(b));
        list.Add(t + 11, Break(b), Kind(b));
        list.AddWord(t + 12, Word(b), Word(b + 1));
        list.AddWord(t + 13, Word(b - 2), Word(b - 1));
        list.Add(t + 14, Kind(b), Kind(b + 1), Kind(b + 2));
        list.Add(t + 15, Kind(b - 3), Kind(b - 2), Kind(b - 1));
        list.Add(t + 16, NextVerb(b), Kind(b - 1));
    }

    /// <summary>What binds a near boundary to the cue.</summary>
    public void Near(int cue, Side side, int b, FeatureList list)
    {
        var s = (uint)side;
        var w = Lemma(cue);
        var k = Kind(cue);
        var (from, to) = side == Side.Right ? (cue + 1, b) : (b, cue);
        var distance = Bucket(to - from) + s * 40;
        var path = Path(from, to) + s * 17;
        var environment = Environment(cue);
        var lexical = Lexical(cue);
        var counts = Counts(from, to);
        var quoted = QuoteState(b);
        var near = side == Side.Right ? b : b - 1;
        var outer = side == Side.Right ? b - 1 : b;
        list.Add(101, distance);
        list.AddWord(102, distance, w);
        list.Add(103, distance, k);
        list.Add(104, path);
        list.AddWord(105, path, w);
        list.Add(106, path, lexical);
        list.AddWord(107, s, w, Word(near));
        list.AddWord(108, s, w, Word(outer));
        list.Add(109, s, environment, distance);
        list.AddWord(110, s, w, environment);
        list.AddWord(111, s, Kind(cue - 1), w);
        list.AddWord(112, s, Kind(cue + 1), w);
        list.Add(113, s, lexical, Kind(near));
        list.AddWord(114, s, w, Kind(near));
        list.Add(115, s, counts, Kind(outer));
        list.AddWord(116, s, counts, w);
        list.Add(119, s, QuoteRelation(cue, near), quoted);
        list.Add(120, s, environment, quoted);
        list.Add(121, distance, Kind(near), Kind(outer));
        list.AddWord(122, s, (uint)(_text.SentenceOf(Clamp(near)) - _text.SentenceOf(cue) + 5), w);
        list.AddWord(123, path, Word(near));
        list.Add(124, s, k, Kind(near));
        list.Add(125, environment, path);
        var c = VerbClass(cue);
        var form = FormOf(cue);
        var rule = RuleMatch(cue, side, b);
        list.Add(117, s, rule, lexical);
        list.Add(118, s, rule, quoted);
        list.Add(132, s, rule, c * 16 + (uint)(RuleAt(cue)?.Construction ?? Construction.None));
        var edges = _syntax.EdgesAt(cue, b);
        var tie = side == Side.Right ? _syntax.StartAt(b, cue) : _syntax.EndAt(b, cue);
        if (tie > 0)
        {
            list.Add(140, s, edges);
            list.Add(141, s, edges, c);
            list.Add(142, s, tie);
            list.Add(143, s, tie, c);
            list.Add(144, s, tie, environment);
            list.Add(145, s, edges, rule);
            list.Add(146, s, tie, form);
            list.AddWord(147, s, tie, w);
            list.Add(148, s, edges, tie);
            list.Add(149, s, edges, _syntax.Proposed(cue));
        }

        if (_text.Concept(cue) is var m and > 0)
        {
            list.AddWord(150, distance, m);
            list.AddWord(151, path, m);
            list.AddWord(152, s, m, environment);
            list.AddWord(153, s, m, Coarse(near) * 64 + Coarse(outer));
            list.AddWord(154, s, m, tie);
        }

        list.Add(126, s, c, Coarse(near) * 64 + Coarse(outer));
        list.Add(127, c, form, distance);
        list.Add(128, s, form * 64 + Coarse(near), environment);
        list.Add(129, s, c * 64 + quoted, environment);
        list.Add(130, s, CoarsePath(from, to), c);
        list.Add(131, s, CoarsePath(from, to), Coarse(near));
    }

    /// <summary>What binds a far boundary to the cue and the near one.</summary>
    public void Far(int cue, Side side, int near, int far, FeatureList list)
    {
        var s = (uint)side;
        var w = Lemma(cue);
        var (from, to) = side == Side.Right ? (near, far) : (far, near);
        var type = Break(far) * 8 + QuoteState(far);
        var length = Bucket(to - from);
        var counts = Counts(from, to);
        var balance = Balance(from, to);
        var lexical = Lexical(cue);
        var edge = Kind(far) * 31 + Kind(far - 1);
        var opening = side == Side.Right ? Kind(near - 1) : Kind(near);
        list.Add(201, s, length);
        list.Add(202, s, type, length);
        list.AddWord(203, s, type, w);
        list.Add(204, s, type, opening);
        list.Add(205, s, counts, type);
        list.Add(206, s, balance);
        list.Add(207, s, balance, type);
        list.AddWord(210, s, Word(far), Word(near - 1));
        list.AddWord(211, s, Kind(far - 1), Kind(far) * 31 + w);
        list.Add(212, s, counts, edge);
        list.Add(213, s, Remaining(far, side), type);
        list.AddWord(214, s, Word(near), type);
        list.Add(215, s, Environment(cue), type);
        list.Add(216, s, (uint)Math.Abs(_text.SentenceOf(Clamp(far - 1)) - _text.SentenceOf(Clamp(near))), balance);
        list.Add(217, s, NextVerb(far) + (_finite[to] > _finite[from] ? 100u : 0), edge);
        list.Add(218, s, lexical, type * 64 + length);
        list.Add(219, s, opening, length);
        list.Add(220, s, counts, opening * 31 + Kind(far - 1));
        list.Add(221, s, Kind(near), edge);
        list.Add(222, s, _text.IsQuoted(cue) ? 1u : 0, balance * 16 + type);
        list.Add(223, s, length, edge);
        var c = VerbClass(cue);
        var rule = RuleFar(cue, side, near, far);
        list.Add(208, s, rule, lexical);
        list.Add(209, s, rule, type);
        list.Add(229, s, rule, c * 16 + (uint)(RuleAt(cue)?.Construction ?? Construction.None));
        var tie = side == Side.Right ? _syntax.EndAt(far, cue) : _syntax.StartAt(far, cue);
        if (tie > 0)
        {
            var match = _syntax.Match(cue, from, to);
            var cutAt = side == Side.Right ? _syntax.CutAt(far, from, to) : _syntax.OpenAt(far);
            list.Add(240, s, match);
            list.Add(241, s, match, type);
            list.Add(242, s, cutAt);
            list.Add(243, s, cutAt, type);
            list.Add(244, s, tie);
            list.Add(245, s, tie, type);
            list.Add(246, s, match, cutAt);
            list.Add(247, s, match, rule);
            list.Add(248, s, cutAt, c * 64 + Coarse(near));
            list.Add(249, s, cutAt * 64 + Coarse(far), balance);
        }

        if (_text.Concept(cue) is var m and > 0)
        {
            list.AddWord(250, s, m, type);
            list.AddWord(251, s, m, Coarse(far) * 64 + Coarse(far - 1));
        }

        list.Add(224, s, c, Coarse(far) * 64 + Coarse(far - 1));
        list.Add(225, s, c * 64 + Coarse(near), type);
        list.Add(226, s, Coarse(far) * 64 + Coarse(far - 1), Coarse(near) * 64 + Coarse(near - 1));
        list.Add(227, s, VerbClass(far), Coarse(far - 1) * 64 + Coarse(far + 1));
        list.Add(228, s, VerbClass(far + 1), Coarse(far - 1) * 64 + Coarse(far));
    }

    /// <summary>The number of ways in which content may stand to a cue and a boundary of its source.</summary>
    public const int SourcePlaces = 12;

    /// <summary>How content stands to a cue and a boundary of its source: all that <see cref="SourceNear"/> asks of the content.</summary>
    public static int SourcePlace(int cue, TokenRange content, Side side, int b)
    {
        var near = side == Side.Right ? b : b - 1;
        var place = near >= content.Start && near < content.End ? 2 : content.Start > cue == b > cue ? 1 : 0;
        return (place * 4) + (b == content.Start || b == content.End ? 2 : 0) + (content.Start > cue ? 1 : 0);
    }

    /// <summary>What binds a source's near boundary to the cue and the content.</summary>
    public void SourceNear(int cue, TokenRange content, Side side, int b, FeatureList list)
    {
        var s = (uint)side;
        var w = Lemma(cue);
        var (from, to) = side == Side.Right ? (cue + 1, b) : (b, cue);
        var distance = Bucket(to - from) + s * 40;
        var path = Path(from, to) + s * 17;
        var near = side == Side.Right ? b : b - 1;
        var stands = (uint)SourcePlace(cue, content, side, b);
        var (contentSide, place) = (stands & 1, stands / 4);
        var counts = Counts(from, to);
        var k = Kind(cue);
        list.Add(301, distance, contentSide);
        list.AddWord(302, distance, w);
        list.Add(303, path, contentSide);
        list.AddWord(304, path, w);
        list.AddWord(305, s, contentSide, w);
        list.Add(306, s, place, contentSide);
        list.AddWord(307, s, Word(near), distance);
        list.Add(308, s, Kind(near), distance);
        list.Add(309, s, Kind(near), Kind(side == Side.Right ? b - 1 : b));
        list.Add(310, s, counts, k);
        list.Add(313, s, Environment(cue), distance);
        list.Add(314, s, QuoteRelation(cue, near), contentSide);
        list.Add(315, s, k, distance);
        list.Add(316, s, k, Kind(near) * 31 + Kind(side == Side.Right ? b - 1 : b));
        list.Add(317, s, counts, place);
        list.Add(318, path, Kind(near));
        list.Add(319, s, place, (stands >> 1) & 1);
        list.Add(320, s, Kind(cue - 1), distance);
        var c = VerbClass(cue);
        var form = FormOf(cue);
        var rule = RuleSource(cue, side, b);
        list.Add(311, s, rule, Lexical(cue));
        list.Add(312, s, rule, Kind(near));
        list.Add(327, s, rule, form);
        var tie = side == Side.Right ? _syntax.StartAt(b, cue) : _syntax.EndAt(b, cue);
        if (tie > 0)
        {
            var edges = _syntax.EdgesAt(cue, b);
            list.Add(340, s, edges);
            list.Add(341, s, edges, form);
            list.Add(342, s, tie);
            list.Add(343, s, tie, form);
            list.Add(344, s, edges, rule);
            list.Add(345, s, tie, contentSide * 2 + place);
            list.Add(346, s, edges, Coarse(near));
        }

        var head = side == Side.Right ? _syntax.HeadFrom(b) : near;
        var who = head < 0 ? 0 : _text.SpeakerClass(head);
        list.Add(350, s, who, form);
        list.Add(351, s, who, distance);
        list.Add(352, s, who, place * 2 + contentSide);
        list.AddWord(353, s, head < 0 ? 0 : _text.Concept(head), c);
        if (_text.Concept(cue) is var m and > 0)
        {
            list.AddWord(354, s, m, distance);
            list.AddWord(355, s, m, contentSide);
            list.AddWord(356, s, m, tie);
        }

        list.Add(321, s, form * 64 + Coarse(near), contentSide);
        list.Add(322, s, CoarsePath(from, to), Coarse(near) * 2 + contentSide);
        list.Add(323, s, CoarsePath(from, to), form);
        list.Add(324, s, c, Coarse(near) * 2 + contentSide);
        list.Add(325, distance, form, contentSide);
        list.Add(326, s, _finite[Math.Max(from, to)] > _finite[Math.Min(from, to)] ? 1u : 0, form);
    }

    /// <summary>What speaks for a cue that has no source in the text.</summary>
    public void NoSource(int cue, TokenRange content, FeatureList list)
    {
        var contentSide = content.Start > cue ? 1u : 0;
        list.AddWord(401, Word(cue));
        list.Add(402, Kind(cue), contentSide);
        list.Add(403, Environment(cue), contentSide);
        list.Add(404, Kind(cue), Kind(cue - 1));
        list.AddWord(405, Word(cue - 1), contentSide);
        list.Add(407, Kind(cue - 2), Kind(cue - 1), Kind(cue));
        list.Add(406, Rule(RuleAt(cue)), RuleAt(cue)?.Source is null ? 0u : 1);
        list.Add(410, _syntax.Proposed(cue));
        list.Add(411, _syntax.RelationOf(cue), FormOf(cue));
        list.AddWord(408, Word(cue), Word(cue - 1));
        list.Add(409, Kind(cue), (uint)Math.Min(cue - _text.SentenceFirst(cue), 4));
    }

    /// <summary>What binds a source's far boundary to the near one.</summary>
    public void SourceFar(int cue, Side side, int near, int far, FeatureList list)
    {
        var s = (uint)side;
        var (from, to) = side == Side.Right ? (near, far) : (far, near);
        var length = Bucket(to - from);
        var inner = side == Side.Right ? Kind(far - 1) : Kind(far);
        var outer = side == Side.Right ? Kind(far) : Kind(far - 1);
        list.Add(501, s, length);
        list.Add(502, s, length, inner);
        list.Add(503, s, length, outer);
        list.Add(504, s, Counts(from, to), outer);
        list.Add(507, s, Kind(near), inner * 31 + outer);
        list.AddWord(508, s, Word(side == Side.Right ? near : near - 1), length);
        list.Add(509, s, Break(far), length);
        list.Add(510, s, inner, outer);
        list.Add(511, s, Balance(from, to));
        list.Add(505, s, RuleSourceFar(cue, far), outer);
        list.Add(506, s, RuleSourceFar(cue, far));
        list.Add(512, s, Coarse(far) * 64 + Coarse(far - 1), Coarse(near) * 64 + Coarse(near - 1));
        list.Add(513, s, Coarse(far) * 64 + Coarse(far - 1), length);
        if (_syntax.OpenAt(far) is var open and > 0)
        {
            var match = _syntax.Match(cue, from, to);
            var cutAt = side == Side.Right ? _syntax.CutAt(far, from, to) : open;
            list.Add(540, s, match);
            list.Add(541, s, match, Coarse(far));
            list.Add(542, s, cutAt);
            list.Add(543, s, cutAt, Coarse(far) * 64 + Coarse(far - 1));
            list.Add(544, s, match, RuleSourceFar(cue, far));
        }
    }

    /// <summary>Whether content goes on at <paramref name="rest"/> after the inserted attribution ("C1, said X, C2").</summary>
    public void Rest(int cue, TokenRange content, int rest, FeatureList list)
    {
        var counts = Counts(content.Start, content.End);
        var after = Counts(rest, _text.SentenceEnd(Clamp(rest)));
        list.AddWord(601, Word(rest));
        list.Add(602, Kind(rest), counts);
        list.Add(603, Kind(rest), Kind(rest + 1));
        list.AddWord(604, Word(content.Start), counts);
        list.Add(605, Kind(content.Start), counts);
        list.Add(606, counts, after);
        list.Add(607, Bucket(content.End - content.Start), counts);
        list.AddWord(608, Lemma(cue), counts);
        list.Add(609, NextVerb(rest - 1), counts);
        list.Add(610, Kind(rest), Kind(content.End - 1), counts);
        list.Add(611, QuoteRelation(content.End - 1, rest), counts);
        list.Add(612, Kind(rest), Kind(rest + 1), Kind(rest + 2));
        list.Add(613, (uint)(content.Start == FirstWord(_text.SentenceFirst(cue)) ? 1 : 0), counts);
        list.Add(614, Kind(rest - 1), Kind(rest));
        list.Add(615, Kind(content.Start), Kind(rest));
    }

    /// <summary>Where content that stands before its inserted cue may go on: after the mark that closes the attribution, in a quotation after its sentence too;
    /// -1 if nowhere.</summary>
    public int RestAfter(int cue, TokenRange content, TokenRange? source)
    {
        var last = Math.Max(cue + 1, source is { } known && known.Start > content.End - 1 ? known.End : 0);
        if (content.End > cue || _text.SentenceOf(Clamp(content.End - 1)) != _text.SentenceOf(cue))
            return -1;
        var quotation = _text.IsQuoted(cue) && _text.QuotationOf(cue) == _text.QuotationOf(content.Start) ? _text.QuotationOf(cue) : -1;
        var limit = quotation >= 0 ? _text.Quotations[quotation].Close : _text.SentenceEnd(cue);
        var end = Math.Min(limit, last + MostAdjuncts);
        var sentence = _text.SentenceEnd(cue);
        for (var i = last; i < end; i++)
        {
            // « A, dit X, patron du bac. B. »: what has no verb up to the full stop tells of X.
            if (_text.IsMark(i, ',') && quotation >= 0 && sentence < limit && _finite[i] == _finite[sentence])
                continue;
            if (_text.IsMark(i, ',') || _text.IsMark(i, '-') || _text.IsMark(i, '—') || _text.OpeningAt(i) >= 0 || quotation >= 0 && i + 1 == sentence)
            {
                var rest = FirstWord(i);
                if (quotation >= 0 && i + 1 == sentence && rest == i)
                    rest = i + 1;
                return rest < limit - 1 ? rest : -1;
            }

            if (_text.IsMark(i) && !_text.IsMark(i, '.'))
                return -1;
        }

        return -1;
    }

    /// <summary>What speaks for a quotation that goes on with content already found.</summary>
    /// <param name="head">The cue.</param>
    /// <param name="main">The content that was found first.</param>
    /// <param name="from">After all that is found of the attribution.</param>
    /// <param name="quotation">The next quotation.</param>
    /// <param name="list">Added to.</param>
    public void Continuation(int head, TokenRange main, int from, Quotation quotation, FeatureList list)
    {
        var gap = quotation.Open - from;
        var place = Place(from, quotation);
        var quoted = (_text.IsQuoted(main.Start) ? 1u : 0) + (_text.IsQuoted(main.End - 1) ? 2u : 0) + (main.Start > head ? 4u : 0);
        var after = After(quotation);
        list.Add(701, place, quoted);
        list.Add(702, place, after, quoted);
        list.Add(703, Bucket(gap), place, quoted);
        list.Add(704, Path(from, quotation.Open), quoted);
        list.Add(705, Kind(quotation.First), place, after);
        list.Add(706, Counts(from, quotation.Open), place);
        list.Add(707, Bucket(quotation.Close - quotation.First), place, after);
        list.Add(708, after, quoted);
        list.Add(709, (uint)Math.Min(_text.SentenceOf(quotation.Open) - _text.SentenceOf(Clamp(from - 1)), 4), place, quoted);
        list.Add(710, Kind(quotation.Open - 1), Kind(quotation.First), place);
        list.Add(711, _text.IsMark(head) ? 1u : 0, place);
    }

    /// <summary>What speaks for a quotation that no cue attributes as a statement of its own.</summary>
    /// <param name="quotation">The quotation.</param>
    /// <param name="before">The token after the last attribution before it; 0 where there is none.</param>
    /// <param name="list">Added to.</param>
    public void Bare(Quotation quotation, int before, FeatureList list)
    {
        var place = Place(before, quotation);
        var after = After(quotation);
        var length = Bucket(quotation.Close - quotation.First);
        var finite = (uint)Math.Min(2, _finite[quotation.Close] - _finite[quotation.First]);
        list.Add(751, place, after);
        list.Add(752, place, after, length);
        list.Add(753, length, finite, after);
        list.Add(754, Kind(quotation.First), place, finite);
        list.Add(755, Kind(quotation.Open - 1), length, after);
        list.Add(756, Kind(quotation.Open - 1), Kind(quotation.Open - 2), finite);
        list.Add(757, length, finite, place);
        list.Add(758, Kind(quotation.Close - 1), after, finite);
        list.Add(759, Kind(quotation.Open - 1), Kind(quotation.First), Kind(quotation.End));
        list.AddWord(760, Word(quotation.Open - 1), Kind(quotation.First));
        list.Add(761, finite, (uint)Math.Min(3, _text.SentenceOf(quotation.Close - 1) - _text.SentenceOf(quotation.Open)), after);
    }

    // Where a quotation stands to what is before it: in the same sentence, paragraph, right after.
    private uint Place(int from, Quotation quotation)
    {
        var open = quotation.Open;
        uint bits = open == _text.SentenceFirst(open) ? 1u : 0;
        bits |= _text.StartsParagraph[open] ? 2u : 0;
        bits |= from > 0 && _text.SentenceOf(from - 1) == _text.SentenceOf(open) ? 4u : 0;
        bits |= char.IsUpper(_text.Text[_text.Tokens[quotation.First].Start]) ? 8u : 0;
        bits |= _text.IsMark(open - 1, ':') ? 16u : _text.IsMark(open - 1, ',') ? 32u : 0;
        for (var i = open; i > Math.Max(from, open - 200); i--)
        {
            if (_text.StartsParagraph[i])
                return bits | 64;
        }

        return from > 0 && open - from < 200 ? bits : bits | 128;
    }

    // What follows a quotation: the end of its paragraph or sentence, a mark, a word.
    private uint After(Quotation quotation)
    {
        var i = quotation.End;
        uint bits = quotation.IsClosed ? 0 : 1u;
        if (quotation.Close > quotation.First && _text.IsMark(quotation.Close - 1))
            bits |= _text.IsMark(quotation.Close - 1, ',') ? 2u : 4;
        if (i >= _text.Count || _text.StartsParagraph[i])
            return bits | 8;
        if (_text.SentenceOf(i) != _text.SentenceOf(quotation.Close - 1))
            return bits | 16;
        if (_text.IsMark(i, '.'))
            return bits | 32;
        return bits | (_text.IsMark(i, ',') ? 64u : _text.IsMark(i) ? 128u : 256u);
    }

    /// <summary>The sentence-level surroundings of a cue in few bits: marks, quotations and introducing words next to it.</summary>
    private uint Environment(int cue)
    {
        if (cue != _environmentOf)
            (_environmentOf, _environment) = (cue, ReadEnvironment(cue));
        return _environment;
    }

    private uint ReadEnvironment(int cue)
    {
        uint bits = 0;
        for (var i = cue - 1; i >= Math.Max(cue - 5, _text.SentenceFirst(cue) - 2); i--)
        {
            if (_text.ClosingAt(i) >= 0)
                bits |= 1;
            else if (_text.IsMark(i, ',') && bits == 0)
                bits |= 2;
        }

        var end = Math.Min(cue + 5, _text.SentenceEnd(cue));
        for (var i = cue + 1; i < end; i++)
        {
            if (_text.OpeningAt(i) >= 0)
            {
                bits |= 4;
                break;
            }

            if (_text.Is(i, WordClasses.That))
            {
                bits |= 8;
                break;
            }

            if (_text.Is(i, WordClasses.ToInfinitive))
            {
                bits |= 16;
                break;
            }

            if (_text.IsMark(i))
            {
                bits |= _text.IsMark(i, ',') ? 32u : 64;
                break;
            }
        }

        if (cue + 1 >= _text.SentenceEnd(cue) || _text.IsMark(cue + 1))
            bits |= 128;
        return bits;
    }

    private uint KindOf(int i)
    {
        var classes = _text.Classes[i] & ~(WordClasses.Role | WordClasses.NoSource | WordClasses.Ours | WordClasses.Stressed | WordClasses.Connective);
        var closed = classes & ~(WordClasses.Time | WordClasses.Adverb);
        if (closed != WordClasses.None)
            return ((uint)classes * 2654435761) ^ (uint)_text.Tag(i);
        uint kind = 5;
        if (_text.IsCapital(i))
            kind |= 8;
        if (_text.Readings[i].Verbs.Length > 0)
            kind |= 16;
        if (_text.Is(i, WordClasses.Role))
            kind |= 32;
        if (classes.HasFlag(WordClasses.Time))
            kind |= 64;
        if (classes.HasFlag(WordClasses.Adverb))
            kind |= 128;
        return kind + ((uint)_text.Tag(i) * 256);
    }

    private uint Word(int i) => (uint)i < (uint)_words.Length ? _words[i] : 11;

    private uint Lemma(int i) => (uint)i < (uint)_lemmas.Length ? _lemmas[i] : 11;

    private uint Kind(int i) => (uint)i < (uint)_kinds.Length ? _kinds[i] : 11;

    private uint Suffix(int i)
    {
        if (!_text.IsWord(i))
            return 0;
        var word = _text.Word(i);
        return word.Length <= 3 ? 1 : ((uint)char.ToLowerInvariant(word[^1]) * 961) + ((uint)char.ToLowerInvariant(word[^2]) * 31) + char.ToLowerInvariant(word[^3]);
    }

    private uint VerbClass(int i) =>
        (uint)i >= (uint)_verbClasses.Length ? 0 : _verbClasses[i] is var known and > 0 ? known : _verbClasses[i] = VerbClassOf(i);

    // What the lists say of the word's meaning, whatever its form: speech, thought or wish, and what may follow.
    private uint VerbClassOf(int i)
    {
        var reading = _text.Readings[i];
        if (_text.VerbAt(i) is { Verb: var verb })
            return 10 + ((uint)verb.Voice * 4096) + ((uint)verb.Frames * 64) + (verb.Rest.IsEmpty ? 0u : 1) + (verb.IsReflexive ? 2u : 0);
        return reading.Noun is { } noun ? 5 + ((uint)noun.Frames * 8192) : _text.Lexicon.FirstWords.Contains(_text.Word(i)) ? 3u : 1;
    }

    private uint ActClass(int i)
    {
        if ((uint)i >= (uint)_text.Count)
            return 0;
        var reading = _text.Readings[i];
        return _text.VerbAt(i) is { Verb: var verb } ? 2 + (uint)verb.Act : reading.Noun is { } noun ? 32 + (uint)noun.Act : 1;
    }

    // The form of a verb and whether an auxiliary stands before it.
    private uint FormOf(int i)
    {
        if ((uint)i >= (uint)_text.Count)
            return 0;
        var token = _text.Tokens[i];
        var form = ((uint)token.Tag * 16) + (token.Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary ? (uint)token.Form.Form : 0);
        for (var j = i - 1; j >= Math.Max(i - 4, _text.SentenceFirst(i)); j--)
        {
            if (_text.Is(j, WordClasses.Auxiliary) || _text.Tag(j) == PartOfSpeech.Auxiliary)
                return form + 1024 + (_text.Is(j, WordClasses.Be) ? 1024u : 0);
        }

        return form;
    }

    private uint Coarse(int i) => (uint)i < (uint)_coarse.Length ? _coarse[i] : 63;

    // The part of speech, or the mark.
    private uint CoarseOf(int i)
    {
        if (Has(i, Stands.Opens))
            return 40;
        if (Has(i, Stands.Closes))
            return 41;
        if (Has(i, Stands.Mark))
            return Has(i, Stands.Comma) ? 42u : _text.IsMark(i, ':') ? 43u : 44;
        return _text.Is(i, WordClasses.That) ? 45u : _text.Is(i, WordClasses.InvertedPronoun) ? 46 : _text.Is(i, WordClasses.Relative) ? 47u : (uint)_text.Tag(i);
    }

    private uint Lexical(int i) =>
        (uint)i >= (uint)_lexicals.Length ? 0 : _lexicals[i] is var known and > 0 ? known : _lexicals[i] = LexicalOf(i);

    private uint LexicalOf(int i)
    {
        var reading = _text.Readings[i];
        if (reading.Verbs.Length > 0)
            return 10 + ((uint)reading.Verbs[0].Verb.Voice * 4096) + ((uint)reading.Verbs[0].Verb.Frames * 64) + (uint)reading.Forms;
        return reading.Noun is { } noun ? 5 + ((uint)noun.Frames * 8192) : 1;
    }

    // What stands at a token: of quotations, marks, paragraphs.
    private Stands StandsAt(int i)
    {
        var stands = _text.IsQuoted(i) ? Stands.Quoted : Stands.None;
        stands |= _text.OpeningAt(i) >= 0 ? Stands.Opens : Stands.None;
        stands |= _text.ClosingAt(i) >= 0 ? Stands.Closes : Stands.None;
        stands |= _text.IsMark(i) ? Stands.Mark : Stands.None;
        stands |= _text.IsMark(i, ',') ? Stands.Comma : Stands.None;
        return stands | (_text.StartsParagraph[i] ? Stands.StartsParagraph : Stands.None);
    }

    private bool Has(int i, Stands what) => (uint)i < (uint)_stands.Length && (_stands[i] & what) != Stands.None;

    // Groups are read only where such a pronoun is near: most texts have few.
    private bool HasInvertedPronoun(int cue)
    {
        var near = _inverted[Math.Min(_text.Count, cue + InvertedReach)] > _inverted[Math.Max(0, cue - InvertedReach)];
        return near && CueGroup.InvertedPronoun(_text, CueGroup.At(_text, cue)) is not null;
    }

    /// <summary>The proposal of the rules whose cue holds the token, or null.</summary>
    public AttributionDraft? RuleAt(int i) => _ruleOf[i] >= 0 ? _drafts[_ruleOf[i]] : null;

    private static uint Rule(AttributionDraft? rule)
    {
        if (rule is null)
            return 0;
        var bits = 1 + ((uint)rule.Voice * 2) + (rule.Source is null ? 0u : 8);
        return bits + (rule.Content[0].Start < rule.Cue.Start ? 16u : 0) + (rule.Content.Count > 1 ? 32u : 0) + ((uint)rule.Construction * 64);
    }

    // The boundaries that the rules propose, in words: marks at the edges do not count.
    private uint RuleMatch(int cue, Side side, int b)
    {
        if (RuleAt(cue) is not { } rule)
            return 0;
        foreach (var range in rule.Content)
        {
            if (range.Start >= cue != (side == Side.Right))
                continue;
            return side == Side.Right ? FirstWord(range.Start) == b ? 2u : 3u : LastWord(range.End) == b ? 4u : 5u;
        }

        return 1;
    }

    private uint RuleFar(int cue, Side side, int near, int far)
    {
        if (RuleAt(cue) is not { } rule)
            return 0;
        foreach (var range in rule.Content)
        {
            if (range.Start >= cue != (side == Side.Right))
                continue;
            var (start, end) = (FirstWord(range.Start), LastWord(range.End));
            var agrees = side == Side.Right ? start == near : end == near;
            var ends = side == Side.Right ? end == far : start == far;
            return (agrees ? 2u : 4) + (ends ? 1u : 0);
        }

        return 1;
    }

    private uint RuleSource(int cue, Side side, int b)
    {
        if (RuleAt(cue)?.Source is not { } source)
            return 0;
        return (side == Side.Right ? source.Start : source.End) == b ? 2u : 1;
    }

    private uint RuleSourceFar(int cue, int far)
    {
        if (RuleAt(cue)?.Source is not { } source)
            return 0;
        return source.Start == far || source.End == far ? 2u : 1;
    }

    /// <summary>The first token from <paramref name="i"/> on that is no mark.</summary>
    public int FirstWord(int i)
    {
        while (_text.IsMark(i))
            i++;
        return i;
    }

    /// <summary>The token after the last one before <paramref name="end"/> that is no mark.</summary>
    public int LastWord(int end)
    {
        while (_text.IsMark(end - 1))
            end--;
        return end;
    }

    private uint NextWord(int i, int reach)
    {
        for (var j = i + 1 + reach; j < Math.Min(i + 6, _text.Count); j++)
        {
            if (_text.Is(j, WordClasses.That | WordClasses.ToInfinitive | WordClasses.Whether) || _text.IsMark(j))
                return Kind(j);
        }

        return 0;
    }

    private uint NextVerb(int i)
    {
        if ((uint)i >= (uint)_nextVerbs.Length)
            return NextVerbOf(i);
        if (_nextVerbs[i] == 0)
            _nextVerbs[i] = 1 + NextVerbOf(i);
        return _nextVerbs[i] - 1;
    }

    // How far the next finite verb stands from here, before a mark.
    private uint NextVerbOf(int i)
    {
        for (var j = Math.Max(i + 1, 0); j < Math.Min(i + 7, _text.Count); j++)
        {
            if (Has(j, Stands.Mark))
                return 20;
            if (_finite[j + 1] > _finite[j])
                return (uint)(j - i) + (_text.Readings[j].Verbs.Length > 0 ? 10u : 0);
        }

        return 0;
    }

    private uint Path(int from, int to)
    {
        if (to - from > 5 || from < 0 || to < from)
            return (uint)Math.Min(Math.Abs(to - from), 30);
        uint path = 77;
        for (var i = from; i < to; i++)
            path = (path * 1000003) ^ Kind(i);
        return path;
    }

    // The quotation that closes before a cue in its sentence: what stands between.
    private uint QuoteBefore(int cue)
    {
        for (var i = cue - 1; i >= Math.Max(cue - QuoteReach, _text.SentenceFirst(cue) - 1); i--)
        {
            if (_text.ClosingAt(i) >= 0)
                return 1 + (uint)Math.Min(3, _finite[cue] - _finite[i]) + ((uint)Math.Min(3, _commas[cue] - _commas[i]) * 4) + ((uint)Math.Min(3, (cue - i) / 3) * 16);
        }

        return 0;
    }

    // The quotation that opens behind a cue, in its sentence or after its colon.
    private uint QuoteBehind(int cue)
    {
        for (var i = cue + 1; i < Math.Min(_text.Count, cue + QuoteReach); i++)
        {
            if (_text.OpeningAt(i) >= 0)
            {
                var gap = (uint)Math.Min(3, _finite[i] - _finite[cue + 1]) + ((uint)Math.Min(1, _commas[i] - _commas[cue]) * 4) + ((uint)Math.Min(3, (i - cue) / 4) * 8);
                return 1 + gap + (_text.IsMark(i - 1, ':') ? 32u : 0) + (char.IsUpper(_text.Text[_text.Tokens[_text.Quotations[_text.OpeningAt(i)].First].Start]) ? 64u : 0);
            }

            if (_text.SentenceOf(i) != _text.SentenceOf(cue) && !_text.IsMark(i - 1, ':'))
                break;
        }

        return 0;
    }

    private uint CoarsePath(int from, int to)
    {
        if (to - from > 7 || from < 0 || to < from)
            return (uint)Math.Min(Math.Abs(to - from), 30);
        uint path = 79;
        for (var i = from; i < to; i++)
            path = (path * 1000003) ^ Coarse(i);
        return path;
    }

    private uint Counts(int from, int to)
    {
        if (to <= from)
            return 0;
        var (a, b) = (Math.Clamp(from, 0, _text.Count), Math.Clamp(to, 0, _text.Count));
        return 1 + (uint)Math.Min(_commas[b] - _commas[a], 3) + ((uint)Math.Min(_finite[b] - _finite[a], 3) * 4);
    }

    private uint QuoteState(int b)
    {
        var inside = (Has(b, Stands.Quoted) ? 1u : 0) + (Has(b - 1, Stands.Quoted) ? 2u : 0);
        return inside + (Has(b - 1, Stands.Opens) ? 4u : 0) + (Has(b, Stands.Closes) || Has(b, Stands.Mark) && Has(b + 1, Stands.Closes) ? 8u : 0);
    }

    private uint QuoteRelation(int a, int b)
    {
        var (p, q) = (_text.IsQuoted(a) ? _text.QuotationOf(a) : -1, _text.IsQuoted(b) ? _text.QuotationOf(b) : -1);
        return p == q ? p < 0 ? 0u : 1 : p < 0 ? 2u : q < 0 ? 3u : 4;
    }

    // Whether the stretch cuts a quotation.
    private uint Balance(int from, int to)
    {
        var (a, b) = (_text.QuotationOf(from), _text.QuotationOf(to - 1));
        if (a < 0 && b < 0)
            return 0;
        uint bits = 1;
        if (a >= 0)
            bits |= (from <= _text.Quotations[a].First ? 2u : 4) | (a == b ? 8u : 0);
        if (b >= 0)
            bits |= LastWord(_text.Quotations[b].Close) <= to ? 16u : 32;
        return bits;
    }

    // What sort of place a boundary is: the text's, a paragraph's or a sentence's edge, a mark, the middle.
    private uint Break(int b)
    {
        if (b <= 0 || b >= _text.Count)
            return 1;
        var first = b;
        while (first < _stands.Length && (_stands[first] & (Stands.Mark | Stands.Opens | Stands.StartsParagraph)) == Stands.Mark)
            first++;
        if (first >= _stands.Length || Has(first, Stands.StartsParagraph))
            return 2;
        if (_text.SentenceOf(first) != _text.SentenceOf(b - 1))
            return 3;
        if (Has(b - 1, Stands.Mark) || Has(b, Stands.Mark))
            return Has(b - 1, Stands.Comma) || Has(b, Stands.Comma) ? 4u : 5;
        return _text.Is(b, WordClasses.Coordinator) ? 6u : 0;
    }

    private uint Remaining(int far, Side side)
    {
        var i = Clamp(side == Side.Right ? far - 1 : far);
        return side == Side.Right ? Bucket(_text.SentenceEnd(i) - far) : Bucket(far - _text.SentenceFirst(i));
    }

    private int Clamp(int i) => Math.Clamp(i, 0, _text.Count - 1);

    private static uint Bucket(int n) => n switch
    {
        < 0 => 30,
        <= 6 => (uint)n,
        <= 8 => 7,
        <= 11 => 8,
        <= 15 => 9,
        <= 20 => 10,
        <= 28 => 11,
        <= 40 => 12,
        <= 60 => 13,
        _ => 14,
    };
}
