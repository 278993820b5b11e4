namespace Recoupe.Text.Syntax;

/// <summary>What the parser sees of a word; each value is spread over all bits (<see cref="ParserSentence.Mix"/>).</summary>
internal struct ParserWord
{
    /// <summary>Its token, counted from the sentence's first.</summary>
    public int Token;

    /// <summary>The hash of its letters in lower case.</summary>
    public ulong Word;

    /// <summary>Its last three letters.</summary>
    public ulong Ends;

    /// <summary>Its part of speech, with the form of verbs.</summary>
    public ulong Tag;

    /// <summary>The tag, and for words of closed classes (<i>who</i>, <i>of</i>, <i>that</i>) the word itself.</summary>
    public ulong Fine;

    /// <summary>The tag with all that is told of its form.</summary>
    public ulong Form;

    /// <summary>What stands in the same surroundings (<see cref="WordCluster"/>): its class, and the class of that.</summary>
    public ulong Class, Group;

    /// <summary>Its case, hyphens, digits.</summary>
    public ulong Shape;

    /// <summary>The mark right before it, or 0.</summary>
    public ulong MarkBefore;

    /// <summary>How many commas, strong marks (colons, dashes, semicolons, full stops), quotation marks, brackets and finite verbs stand before it.</summary>
    public ushort Commas, Strong, Quotes, Brackets, Verbs;
}

/// <summary>The words of a sentence as the parser sees them: marks are no words, but are seen between words.</summary>
/// <remarks>After the last word stand the root and a word for "none".</remarks>
internal sealed class ParserSentence
{
    private static readonly ParserWord NoWord = new()
    {
        Token = -1,
        Word = Mix(2),
        Tag = Mix(255),
        Fine = Mix(255),
        Form = Mix(255),
        Ends = Mix(0),
        Shape = Mix(0),
        Class = Mix(0),
        Group = Mix(0),
        MarkBefore = Mix(0),
    };

    private TaggerWord[] _read = [];

    /// <summary>The words, the root and the word for "none".</summary>
    public ParserWord[] Words { get; private set; } = new ParserWord[64];

    /// <summary>How many words there are; also the place of the root.</summary>
    public int Count { get; private set; }

    /// <summary>The place of the word for "none".</summary>
    public int None => Count + 1;

    /// <summary>Reads the tokens of a sentence.</summary>
    public void Read(string text, ReadOnlySpan<Token> tokens, WordClusters classes)
    {
        if (Words.Length < tokens.Length + 2)
        {
            Words = new ParserWord[tokens.Length * 2];
        }

        if (_read.Length < tokens.Length + TaggerWord.Margin)
            _read = new TaggerWord[(tokens.Length * 2) + TaggerWord.Margin];
        TaggerWord.Read(text, tokens, classes, _read);
        Count = 0;
        ParserWord next = default;
        var mark = 0u; // the marks since the last word
        for (var i = 0; i < tokens.Length; i++)
        {
            if (IsMark(text, tokens[i]))
            {
                mark = Pass(ref next, mark, text[tokens[i].Start]);
                continue;
            }

            var token = tokens[i];
            next.Token = i;
            next.Word = _read[i].Word;
            next.Ends = Mix(_read[i].Ends3);
            next.Shape = Mix(_read[i].Shape);
            next.Class = Mix(_read[i].Class.Class);
            next.Group = Mix(_read[i].Class.Group);
            var tag = (ulong)token.Tag | ((ulong)token.Form.Form << 5);
            next.Tag = Mix(tag);
            next.Fine = token.Tag is PartOfSpeech.Adposition or PartOfSpeech.Pronoun or PartOfSpeech.Subordinator or PartOfSpeech.Coordinator
                or PartOfSpeech.Particle or PartOfSpeech.Adverb or PartOfSpeech.Auxiliary
                ? next.Tag ^ next.Word
                : next.Tag;
            next.Form = Mix(tag | ((ulong)token.Form.Mood << 8) | ((ulong)token.Form.Tense << 11) | ((ulong)token.Form.Person << 14)
                | ((ulong)token.Form.Number << 16) | ((ulong)token.Form.Gender << 18));
            next.MarkBefore = Mix(mark);
            Words[Count++] = next;
            mark = 0;
            if (token.IsFiniteVerb)
                next.Verbs++;
        }

        next.Token = -1;
        next.Word = Mix(1);
        next.Ends = next.Shape = next.Class = next.Group = Mix(0);
        next.Tag = next.Fine = next.Form = Mix(254);
        next.MarkBefore = Mix(mark);
        Words[Count] = next;
        Words[Count + 1] = NoWord;
    }

    /// <summary>Whether a token is a mark that the parser leaves out and attaches at the end; signs that are read as words (%, €, &amp;) are none.</summary>
    public static bool IsMark(string text, Token token) =>
        token.Kind == TokenKind.Mark && text[token.Start] is not ('&' or '/') && TaggerWord.TagOfMark(text[token.Start]) == PartOfSpeech.Punctuation;

    /// <summary>Spreads a small value over all bits, so that sums of such values, turned, are hashes of them all.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value + 0x9E3779B97F4A7C15) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 31)) * 0x94D049BB133111EB;
        return value ^ (value >> 29);
    }

    // What stands between the last word and the next one, after a further mark.
    private static uint Pass(ref ParserWord next, uint before, char mark)
    {
        var now = mark switch
        {
            ',' => 1u,
            ';' => 2,
            ':' => 3,
            '-' or '–' or '—' => 4,
            '.' or '…' or '!' or '?' => 5,
            '"' or '«' or '»' or '“' or '”' or '„' => 6 | (before << 4),
            '(' or '[' => 7,
            ')' or ']' => 8 | (before << 4),
            '\'' or '‘' or '’' => 9,
            _ => 10,
        } & 0xFF;
        switch (now & 15)
        {
            case 1: next.Commas++; break;
            case 2 or 3 or 4 or 5: next.Strong++; break;
            case 6: next.Quotes++; break;
            case 7 or 8: next.Brackets++; break;
        }

        return now;
    }
}
