namespace Recoupe.Text;

/// <summary>What the tagger sees of a token: hashes of the word in lower case and of its ends, and its shape.</summary>
internal struct TaggerWord
{
    /// <summary>The label of what has none: marks, and the places before a sentence.</summary>
    public const int None = 255;

    /// <summary>The longest list of features.</summary>
    public const int MaxFeatures = 48;

    /// <summary>How much longer than the tokens the words are.</summary>
    public const int Margin = 2;

    private const int LongestRead = 24; // a longer word is told by its first and last letters

    private static readonly TaggerWord[] Outside = new TaggerWord[1];

    private ulong _word;
    private ulong _ends1;
    private ulong _ends2;
    private ulong _ends3;
    private ulong _ends4;
    private ulong _starts2;
    private ulong _starts3;
    private WordCluster _class;
    private byte _shape; // case, hyphen, digit, other; the sentence's manner in the two high bits
    private bool _isFirst;

    /// <summary>The hash of its letters in lower case, digits as 0.</summary>
    public readonly ulong Word => _word;

    /// <summary>Its last three letters.</summary>
    public readonly ulong Ends3 => _ends3;

    /// <summary>What much text shows of the word.</summary>
    public readonly WordCluster Class => _class;

    /// <summary>Whether a sentence or quotation begins here.</summary>
    public readonly bool IsFirst => _isFirst;

    /// <summary>Case, hyphen, digit, other; the sentence's manner.</summary>
    public readonly byte Shape => _shape;

    /// <summary>Reads the tokens of a sentence into <paramref name="words"/> and gives how many there are.</summary>
    public static int Read(string text, ReadOnlySpan<Token> tokens, WordClusters classes, Span<TaggerWord> words)
    {
        Span<char> buffer = stackalloc char[LongestRead];
        int capitals = 0, upper = 0, letters = 0;
        var first = true;
        for (var i = 0; i < tokens.Length; i++)
        {
            ref var word = ref words[i];
            word = default;
            word.Set(tokens[i].Span.In(text), tokens[i].Kind, buffer);
            word._class = classes.Of(word._word);
            word._isFirst = first;
            if (tokens[i].Kind == TokenKind.Mark)
            {
                first |= text[tokens[i].Start] is ':' or '"' or '«' or '“' or '(';
                continue;
            }

            first = false;
            if (tokens[i].Kind != TokenKind.Word || tokens[i].Span.Length < 4)
                continue;
            letters++;
            var shape = word._shape & 7;
            capitals += shape is 1 or 3 ? 1 : 0;
            upper += shape is 2 ? 1 : 0;
        }

        // The manner of a headline: most long words in capitals, or most with a capital.
        var manner = letters < 3 ? 0 : upper * 10 > letters * 7 ? 2 : (capitals + upper) * 10 > letters * 7 ? 1 : 0;
        if (manner > 0)
        {
            for (var i = 0; i < tokens.Length; i++)
                words[i]._shape |= (byte)(manner << 6);
        }

        return tokens.Length;
    }

    /// <summary>The features of the part of speech of word <paramref name="i"/>, given the labels before it.</summary>
    public static int TagFeatures(ReadOnlySpan<TaggerWord> words, int i, ReadOnlySpan<int> labels, Span<ulong> features)
    {
        ref readonly var word = ref words[i];
        ref readonly var before = ref At(words, i - 1);
        ref readonly var before2 = ref At(words, i - 2);
        ref readonly var after = ref At(words, i + 1);
        ref readonly var after2 = ref At(words, i + 2);
        var last = (ulong)(i > 0 ? labels[i - 1] : None - 1);
        var last2 = (ulong)(i > 1 ? labels[i - 2] : None - 1);
        var shape = (ulong)word._shape | (word._isFirst ? 256u : 0);

        var n = 0;
        features[n++] = Hash(1, 7);
        features[n++] = Hash(2, word._word);
        features[n++] = Hash(3, word._ends1);
        features[n++] = Hash(4, word._ends2);
        features[n++] = Hash(5, word._ends3);
        features[n++] = Hash(6, word._ends4);
        features[n++] = Hash(7, word._starts2);
        features[n++] = Hash(8, word._starts3);
        features[n++] = Hash(9, shape);
        features[n++] = Hash(10, word._ends2 ^ shape);
        features[n++] = Hash(11, word._word ^ (shape * 0x9E37));
        features[n++] = Hash(12, last);
        features[n++] = Hash(13, last | (last2 << 8));
        features[n++] = Hash(14, last ^ word._word);
        features[n++] = Hash(15, last ^ word._ends3);
        features[n++] = Hash(16, last ^ (shape << 8));
        features[n++] = Hash(17, before._word);
        features[n++] = Hash(18, before2._word);
        features[n++] = Hash(19, after._word);
        features[n++] = Hash(20, after2._word);
        features[n++] = Hash(21, before._ends3);
        features[n++] = Hash(22, after._ends3);
        features[n++] = Hash(23, after._ends2);
        features[n++] = Hash(24, (ulong)after._shape | ((ulong)word._shape << 8));
        features[n++] = Hash(25, (before._word * 31) ^ word._word);
        features[n++] = Hash(26, (after._word * 31) ^ word._word);
        features[n++] = Hash(27, last ^ after._word);
        features[n++] = Hash(28, last ^ after._ends3);
        features[n++] = Hash(29, last2 ^ word._word);
        features[n++] = Hash(30, (after._ends2 * 31) ^ word._ends2);
        var (known, knownBefore, knownAfter) = (word._class, before._class, after._class);
        features[n++] = Hash(31, known.Class);
        features[n++] = Hash(32, known.Class | (last << 8));
        features[n++] = Hash(33, known.Class ^ (word._ends2 << 8));
        features[n++] = Hash(34, knownBefore.Class);
        features[n++] = Hash(35, knownAfter.Class);
        features[n++] = Hash(36, after2._class.Class);
        features[n++] = Hash(37, knownBefore.Class | ((ulong)known.Class << 8) | ((ulong)knownAfter.Group << 16));
        features[n++] = Hash(38, known.Group | ((ulong)knownAfter.Class << 8) | (last << 16));
        features[n++] = Hash(39, known.Case | (shape << 2) | ((ulong)known.Group << 16));
        features[n++] = Hash(40, known.Class | ((ulong)knownAfter.Class << 8) | ((ulong)after2._class.Group << 16));
        features[n++] = Hash(41, word._word ^ ((ulong)knownAfter.Group << 3) ^ ((ulong)after2._class.Group << 11));
        features[n++] = Hash(42, known.Case | (shape << 2) | ((ulong)knownAfter.Case << 16) | ((ulong)after._shape << 20) | (last << 32));
        return n;
    }

    /// <summary>The features of number, gender and person, given all labels of the sentence and the agreement of the word before.</summary>
    public static int AgreementFeatures(ReadOnlySpan<TaggerWord> words, int i, ReadOnlySpan<int> labels, int agreement, Span<ulong> features)
    {
        ref readonly var word = ref words[i];
        var label = (ulong)labels[i] << 8;
        ref readonly var before = ref At(words, i - 1);
        ref readonly var before2 = ref At(words, i - 2);
        ref readonly var after = ref At(words, i + 1);
        var last = (ulong)agreement;

        var n = 0;
        features[n++] = Hash(1, label);
        features[n++] = Hash(2, word._word ^ label);
        features[n++] = Hash(3, word._ends1 ^ label);
        features[n++] = Hash(4, word._ends2 ^ label);
        features[n++] = Hash(5, word._ends3 ^ label);
        features[n++] = Hash(6, word._ends4 ^ label);
        features[n++] = Hash(7, last ^ label);
        features[n++] = Hash(8, last ^ label ^ word._ends1);
        features[n++] = Hash(9, last ^ label ^ word._ends3);
        features[n++] = Hash(10, before._word ^ label);
        features[n++] = Hash(11, before2._word ^ label);
        features[n++] = Hash(12, after._ends2 ^ label);
        features[n++] = Hash(13, (before._word * 31) ^ word._word);
        features[n++] = Hash(14, word._word);
        return n;
    }

    /// <summary>The part of speech of a mark: no model is asked.</summary>
    public static PartOfSpeech TagOfMark(char mark) => mark is '$' or '€' or '£' or '%' or '+' or '=' or '°' or '§' or '¥' or '<' or '>' or '~' or '^' or '|' or '©' or '®' or '™'
        ? PartOfSpeech.Symbol
        : PartOfSpeech.Punctuation;

    private void Set(ReadOnlySpan<char> token, TokenKind kind, Span<char> buffer)
    {
        if (kind == TokenKind.Mark)
        {
            _word = TextHash.Of([token[0] switch { '«' or '»' or '“' or '”' or '„' => '"', '’' or '‘' => '\'', '–' or '—' => '-', var c => c }]);
            _shape = 7;
            return;
        }

        bool hyphen = false, digit = false, dot = false, lower = false, inner = false;
        var length = 0;
        for (var i = 0; i < token.Length; i++)
        {
            var c = token[i];
            if (char.IsLower(c))
                lower = true;
            else if (char.IsUpper(c))
                inner |= i > 0;
            else if (char.IsAsciiDigit(c))
                digit = true;
            else if (c is '-' or '‐' or '\u2011')
                hyphen = true;
            else if (c == '.')
                dot = true;
            if (token.Length > LongestRead && i == LongestRead / 2)
                i = token.Length - (LongestRead / 2);
            buffer[length++] = char.IsAsciiDigit(c) ? '0' : c is '’' or 'ʼ' ? '\'' : char.ToLowerInvariant(c);
        }

        var isUpper = char.IsUpper(token[0]);
        var letterCase = !isUpper ? (inner ? 4 : 0) : token.Length == 1 ? 5 : !inner ? 1 : !lower ? 2 : 3;
        _shape = (byte)(letterCase | (hyphen ? 8 : 0) | (digit ? 16 : 0) | (dot ? 32 : 0));
        var word = buffer[..length];
        _word = TextHash.Of(word);
        _ends1 = word[^1];
        _ends2 = length > 1 ? _ends1 | ((ulong)word[^2] << 16) : _ends1;
        _ends3 = length > 2 ? _ends2 | ((ulong)word[^3] << 32) : _ends2;
        _ends4 = length > 3 ? _ends3 | ((ulong)word[^4] << 48) : _ends3;
        _starts2 = length > 1 ? word[0] | ((ulong)word[1] << 16) : word[0];
        _starts3 = length > 2 ? _starts2 | ((ulong)word[2] << 32) : _starts2;
    }

    // The word at a place; what stands before and after a sentence is empty.
    private static ref readonly TaggerWord At(ReadOnlySpan<TaggerWord> words, int i)
    {
        if ((uint)i < (uint)words.Length)
            return ref words[i];
        return ref Outside[0];
    }

    private static ulong Hash(ulong template, ulong value)
    {
        var x = (value + (template * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 31)) * 0x94D049BB133111EB;
        return x ^ (x >> 29);
    }
}
