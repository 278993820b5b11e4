namespace Recoupe.Text.Syntax;

/// <summary>What the parser sees of a word.</summary>
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
        for (var i = 0; i < tokens.Length; i++)
        {
            if (IsMark(text, tokens[i]))
            {
                Pass(ref next, text[tokens[i].Start]);
                continue;
            }

            var token = tokens[i];
            next.Token = i;
            next.Word = _read[i].Word;
            next.Ends = _read[i].Ends3;
            next.Shape = _read[i].Shape;
            next.Class = _read[i].Class.Class;
            next.Group = _read[i].Class.Group;
            next.Tag = (ulong)token.Tag | ((ulong)token.Form.Form << 5);
            next.Fine = token.Tag is PartOfSpeech.Adposition or PartOfSpeech.Pronoun or PartOfSpeech.Subordinator or PartOfSpeech.Coordinator
                or PartOfSpeech.Particle or PartOfSpeech.Adverb or PartOfSpeech.Auxiliary
                ? next.Tag ^ (next.Word << 8)
                : next.Tag;
            next.Form = next.Tag | ((ulong)token.Form.Mood << 8) | ((ulong)token.Form.Tense << 11) | ((ulong)token.Form.Person << 14)
                | ((ulong)token.Form.Number << 16) | ((ulong)token.Form.Gender << 18);
            Words[Count++] = next;
            next.MarkBefore = 0;
            if (token.IsFiniteVerb)
                next.Verbs++;
        }

        next.Token = -1;
        next.Word = 1;
        next.Ends = next.Shape = next.Class = next.Group = 0;
        next.Tag = next.Fine = next.Form = 254;
        Words[Count] = next;
        Words[Count + 1] = new ParserWord { Token = -1, Word = 2, Tag = 255, Fine = 255, Form = 255 };
    }

    /// <summary>Whether a token is a mark that the parser leaves out and attaches at the end; signs that are read as words (%, €, &amp;) are none.</summary>
    public static bool IsMark(string text, Token token) =>
        token.Kind == TokenKind.Mark && text[token.Start] is not ('&' or '/') && TaggerWord.TagOfMark(text[token.Start]) == PartOfSpeech.Punctuation;

    private static void Pass(ref ParserWord next, char mark)
    {
        next.MarkBefore = mark switch
        {
            ',' => 1,
            ';' => 2,
            ':' => 3,
            '-' or '–' or '—' => 4,
            '.' or '…' or '!' or '?' => 5,
            '"' or '«' or '»' or '“' or '”' or '„' => 6 | (next.MarkBefore << 4),
            '(' or '[' => 7,
            ')' or ']' => 8 | (next.MarkBefore << 4),
            '\'' or '‘' or '’' => 9,
            _ => 10,
        } & 0xFF;
        switch (next.MarkBefore & 15)
        {
            case 1: next.Commas++; break;
            case 2 or 3 or 4 or 5: next.Strong++; break;
            case 6: next.Quotes++; break;
            case 7 or 8: next.Brackets++; break;
        }
    }
}
