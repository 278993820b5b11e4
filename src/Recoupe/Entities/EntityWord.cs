using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>What the finder of names sees of a token.</summary>
internal struct EntityWord
{
    /// <summary>The longest list of features.</summary>
    public const int MaxFeatures = 48;

    private const int LongestPlace = 5; // words

    private ulong _word;
    private ulong _folded; // of capitalised words
    private ulong _ends;
    private ulong _starts;
    private PartOfSpeech _tag;
    private byte _shape;
    private NameClues _clues;
    private ListedName _listed;
    private bool _isFirst;
    private int _runStart; // the run of capitalised words that it stands in; for others itself
    private int _runEnd;
    private NameClues _runClues;
    private KnownName _known;
    private KnownCase _case;
    private byte _place; // in a place known to the world: size, and 4 if it goes on there
    private KnownName _runKnown;

    /// <summary>Whether it could begin a name.</summary>
    public bool MayBegin { get; private set; }

    /// <summary>Whether it could go on with a name that stands before it.</summary>
    public bool MayGoOn { get; private set; }

    /// <summary>Reads the tokens of a sentence.</summary>
    public static void Read(string text, ReadOnlySpan<Token> tokens, NameLists lists, Span<EntityWord> words, Span<ListedName> listed)
    {
        lists.Mark(text, tokens, listed);
        var knowledge = NameKnowledge.Embedded;
        Span<char> buffer = stackalloc char[32];
        int capitals = 0, long4 = 0;
        var first = true;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref var word = ref words[i];
            word = default;
            var span = tokens[i].Span.In(text);
            word._tag = tokens[i].Tag;
            word._listed = listed[i];
            word._isFirst = first;
            word.Set(span, tokens[i].Kind, buffer, lists);
            if ((word._shape & 7) is not (0 or 7))
                word.Know(span, knowledge, lists);
            if (tokens[i].Kind == TokenKind.Mark)
            {
                first |= span[0] is ':' or '"' or '«' or '“' or '(' or '-' or '–' or '—' or '•';
                continue;
            }

            first = false;
            if (tokens[i].Kind == TokenKind.Word && span.Length > 3)
            {
                long4++;
                capitals += char.IsUpper(span[0]) ? 1 : 0;
            }
        }

        MarkPlaces(text, tokens, knowledge, words);
        var isTitleCase = long4 >= 3 && capitals * 10 > long4 * 7;
        for (var i = 0; i < tokens.Length;)
        {
            words[i]._shape |= (byte)(isTitleCase ? 128 : 0);
            if ((words[i]._shape & 7) is 0 or 7)
            {
                words[i]._runStart = i;
                words[i]._runEnd = i + 1;
                i++;
                continue;
            }

            var end = i;
            var clues = NameClues.None;
            var known = KnownName.None;
            while (end < tokens.Length && (words[end]._shape & 7) is not (0 or 7))
            {
                known |= words[end]._known;
                clues |= words[end++]._clues;
            }

            for (var j = i; j < end; j++)
            {
                words[j]._runStart = i;
                words[j]._runEnd = end;
                words[j]._runClues = clues;
                words[j]._runKnown = known;
                words[j]._shape |= (byte)(isTitleCase ? 128 : 0);
            }

            i = end;
        }
    }

    /// <summary>The features of token <paramref name="i"/> given the label before it.</summary>
    public static int Features(ReadOnlySpan<EntityWord> words, int i, int last, Span<ulong> features)
    {
        ref readonly var word = ref words[i];
        var before = At(words, i - 1);
        var before2 = At(words, i - 2);
        var after = At(words, i + 1);
        var after2 = At(words, i + 2);
        var beforeRun = At(words, word._runStart - 1);
        var beforeRun2 = At(words, word._runStart - 2);
        var afterRun = At(words, word._runEnd);
        var afterRun2 = At(words, word._runEnd + 1);
        var runFirst = words[word._runStart];
        var runLast = words[word._runEnd - 1];
        var label = (ulong)(uint)last;
        var shape = (ulong)word._shape | (word._isFirst ? 256u : 0);
        var place = (ulong)(uint)((Math.Min(i - word._runStart, 3) << 4) | Math.Min(word._runEnd - i, 4));
        var clues = (ulong)word._clues;
        var run = (ulong)word._runClues;
        var listed = (ulong)word._listed;

        var n = 0;
        features[n++] = Hash(1, label);
        features[n++] = Hash(2, word._word);
        features[n++] = Hash(3, word._word ^ label);
        features[n++] = Hash(4, label | (shape << 8));
        features[n++] = Hash(5, before._word);
        features[n++] = Hash(6, after._word);
        features[n++] = Hash(7, before2._word);
        features[n++] = Hash(8, after2._word);
        features[n++] = Hash(9, (ulong)word._tag | (shape << 8));
        features[n++] = Hash(10, (ulong)before._tag | ((ulong)word._tag << 8) | ((ulong)after._tag << 16));
        features[n++] = Hash(11, word._ends);
        features[n++] = Hash(12, word._ends & 0xFFFF_FFFF);
        features[n++] = Hash(13, word._starts);
        features[n++] = Hash(14, listed | (label << 8));
        features[n++] = Hash(15, listed | ((ulong)after._listed << 4) | ((ulong)before._listed << 8));
        features[n++] = Hash(16, listed | (shape << 8));
        features[n++] = Hash(17, clues | (label << 16));
        features[n++] = Hash(18, clues | ((ulong)before._clues << 16));
        features[n++] = Hash(19, clues | ((ulong)after._clues << 16));
        features[n++] = Hash(20, (ulong)before2._clues | ((ulong)before._clues << 16));
        features[n++] = Hash(21, runFirst._word | 1);
        features[n++] = Hash(22, runLast._word | 1);
        features[n++] = Hash(23, place | (label << 8));
        features[n++] = Hash(24, beforeRun._word ^ label);
        features[n++] = Hash(25, afterRun._word ^ label);
        features[n++] = Hash(26, run | (label << 16));
        features[n++] = Hash(27, run | ((ulong)beforeRun._clues << 16));
        features[n++] = Hash(28, run | (place << 16) | (shape << 24));
        features[n++] = Hash(29, (before._word * 31) ^ word._word);
        features[n++] = Hash(30, (after._word * 31) ^ word._word);
        features[n++] = Hash(31, (ulong)beforeRun._tag | ((ulong)afterRun._tag << 8) | (label << 16));
        features[n++] = Hash(32, (ulong)word._tag | ((ulong)after._shape << 8) | (label << 16));
        features[n++] = Hash(33, (ulong)beforeRun._clues | ((ulong)beforeRun2._clues << 16) | (label << 32));
        features[n++] = Hash(34, (beforeRun2._word * 31) ^ beforeRun._word);
        features[n++] = Hash(35, runLast._ends ^ label);
        features[n++] = Hash(36, (ulong)afterRun2._clues | ((ulong)afterRun._tag << 16));
        features[n++] = Hash(37, (afterRun._word * 31) ^ afterRun2._word);
        features[n++] = Hash(38, (ulong)before._listed | ((ulong)runFirst._listed << 8) | ((ulong)runLast._listed << 16) | (label << 24));
        features[n++] = Hash(39, (ulong)word._tag | ((ulong)before._tag << 8) | (label << 16) | (shape << 24));
        features[n++] = Hash(40, (ulong)before._shape | (shape << 8) | ((ulong)after._shape << 20));
        features[n++] = Hash(41, (ulong)runFirst._clues | ((ulong)runLast._clues << 16) | (label << 32));
        var known = (ulong)word._known | ((ulong)word._case << 8);
        features[n++] = Hash(42, known | (label << 16) | ((word._isFirst ? 1UL : 0) << 24));
        features[n++] = Hash(43, (ulong)word._known | ((ulong)before._known << 8) | ((ulong)after._known << 16) | (place << 24) | (label << 32));
        features[n++] = Hash(44, (ulong)runFirst._known | ((ulong)runLast._known << 8) | (place << 16) | (label << 24));
        features[n++] = Hash(45, (ulong)word._case | ((ulong)word._tag << 4) | (shape << 16));
        features[n++] = Hash(46, word._place | ((ulong)after._place << 4) | (label << 8) | ((ulong)word._known << 16) | ((ulong)(uint)Math.Min(word._runEnd - word._runStart, 4) << 24));
        features[n++] = Hash(47, (ulong)word._case | ((ulong)before._case << 4) | ((ulong)after._case << 8) | (label << 16) | (place << 24));
        features[n++] = Hash(48, (ulong)word._runKnown | (run << 8) | (place << 24));
        return n;
    }

    private static EntityWord At(ReadOnlySpan<EntityWord> words, int i) => (uint)i < (uint)words.Length ? words[i] : new EntityWord { _word = 1, _shape = 7 };

    // Of "Jean-Paul" the first half tells where the whole is not known.
    private void Know(ReadOnlySpan<char> span, NameKnowledge knowledge, NameLists lists)
    {
        _folded = TextHash.OfFolded(span);
        _known = knowledge.Of(_folded);
        _case = knowledge.CaseOf(_folded, lists.LanguageKey);
        if (_known == KnownName.None && span.IndexOf('-') is var hyphen and > 1)
            _known = knowledge.Of(TextHash.OfFolded(span[..hyphen])) & KnownName.FirstName;
    }

    // The longest place of the world that begins at each word.
    private static void MarkPlaces(string text, ReadOnlySpan<Token> tokens, NameKnowledge knowledge, Span<EntityWord> words)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            var known = words[i]._known;
            var (size, longest) = ((byte)(known & KnownName.City), 1);
            var hash = words[i]._folded;
            for (var j = i + 1; j < Math.Min(tokens.Length, i + LongestPlace) && (known & KnownName.GoesOn) != KnownName.None; j++)
            {
                if (tokens[j].Start > tokens[j - 1].End + 1)
                    break;
                hash = TextHash.Combine(hash, TextHash.OfFolded(tokens[j].Span.In(text)));
                known = knowledge.Of(hash);
                if ((known & KnownName.City) != KnownName.None)
                    (size, longest) = ((byte)(known & KnownName.City), j - i + 1);
            }

            if (size == 0)
                continue;
            words[i]._place = (byte)(size | (longest > 1 ? 8 : 0));
            for (var j = i + 1; j < i + longest; j++)
                words[j]._place = (byte)(size | 4);
            i += longest - 1;
        }
    }

    private void Set(ReadOnlySpan<char> token, TokenKind kind, Span<char> buffer, NameLists lists)
    {
        if (kind == TokenKind.Mark)
        {
            _word = token[0] switch { '«' or '»' or '“' or '”' or '„' => '"', '’' or '‘' => '\'', '–' or '—' => '-', var c => c };
            _shape = 7;
            MayGoOn = token[0] is '.' or '-' or '&' or '\'' or '’' or '/' or '+' or '!' or ',' or ':';
            return;
        }

        var length = Math.Min(token.Length, buffer.Length);
        bool lower = false, inner = false, digit = false, hyphen = false;
        for (var i = 0; i < length; i++)
        {
            var c = token[i];
            lower |= char.IsLower(c);
            inner |= i > 0 && char.IsUpper(c);
            digit |= char.IsAsciiDigit(c);
            hyphen |= c == '-';
            buffer[i] = char.IsAsciiDigit(c) ? '0' : c is '’' or 'ʼ' ? '\'' : char.ToLowerInvariant(c);
        }

        var word = buffer[..length];
        _word = TextHash.Of(word);
        var isUpper = char.IsUpper(token[0]);
        var letterCase = !isUpper ? (inner && lower && kind == TokenKind.Word ? 4 : 0) : token.Length == 1 ? 5 : !inner ? 1 : !lower ? 2 : 3;
        _shape = (byte)(letterCase | (hyphen ? 8 : 0) | (digit ? 16 : 0) | (kind == TokenKind.Number ? 32 : 0));
        _clues = lists.CluesOf(_word);
        if (word[^1] == '.')
            _clues |= lists.CluesOf(TextHash.Of(word[..^1]));
        _ends = word[^1] | (length > 1 ? (ulong)word[^2] << 16 : 0) | (length > 2 ? (ulong)word[^3] << 32 : 0);
        _starts = word[0] | (length > 1 ? (ulong)word[1] << 16 : 0) | (length > 2 ? (ulong)word[2] << 32 : 0);
        MayBegin = letterCase != 0 || _listed != ListedName.None;
        MayGoOn = true;
    }

    private static ulong Hash(ulong template, ulong value)
    {
        var x = (value + (template * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 31)) * 0x94D049BB133111EB;
        return x ^ (x >> 29);
    }
}
