namespace Recoupe.Text.Syntax;

/// <summary>What the parser does next (arc-hybrid: Kuhlmann, Gómez-Rodríguez and Satta 2011).</summary>
internal enum Transition
{
    /// <summary>Takes the next word onto the stack.</summary>
    Shift,

    /// <summary>Makes the next word the head of the top of the stack.</summary>
    Left,

    /// <summary>Makes the second word of the stack the head of its top.</summary>
    Right,
}

/// <summary>A sentence half parsed: a stack, the words to come, and the arcs made so far. The root stands after the last word.</summary>
internal sealed class ParserState
{
    private int[] _stack = [];
    private int _depth;

    /// <summary>The sentence.</summary>
    public ParserSentence Sentence { get; } = new();

    /// <summary>The next word; the root at the end.</summary>
    public int Next { get; private set; }

    /// <summary>The head of each word, or <see cref="ParserSentence.None"/>.</summary>
    public int[] Heads { get; private set; } = [];

    /// <summary>The relation of each word to its head.</summary>
    public Relation[] Relations { get; private set; } = [];

    /// <summary>The children of each word so far.</summary>
    public ParserChildren[] Children { get; private set; } = [];

    /// <summary>Starts with a sentence.</summary>
    public void Start(string text, ReadOnlySpan<Token> tokens, WordClusters classes)
    {
        Sentence.Read(text, tokens, classes);
        var needed = Sentence.Count + 2;
        if (Heads.Length < needed)
        {
            Heads = new int[needed * 2];
            Relations = new Relation[needed * 2];
            Children = new ParserChildren[needed * 2];
            _stack = new int[needed * 2];
        }

        Restart();
    }

    /// <summary>Starts again with the same sentence.</summary>
    public void Restart()
    {
        var none = Sentence.None;
        Heads.AsSpan(0, none + 1).Fill(none);
        Relations.AsSpan(0, none + 1).Clear();
        Children.AsSpan(0, none + 1).Fill(new ParserChildren { OuterLeft = none, InnerLeft = none, OuterRight = none, InnerRight = none });
        Next = 0;
        _depth = 0;
    }

    /// <summary>Whether all words have heads.</summary>
    public bool IsDone => Next == Sentence.Count && _depth == 0;

    /// <summary>The word of the stack that lies <paramref name="under"/> its top, or "none".</summary>
    public int Stack(int under) => under < _depth ? _stack[_depth - 1 - under] : Sentence.None;

    /// <summary>How many words the stack holds.</summary>
    public int Depth => _depth;

    /// <summary>Whether a transition can be made: the root takes one word only, the last of the stack.</summary>
    public bool Allows(Transition transition) => transition switch
    {
        Transition.Shift => Next < Sentence.Count,
        Transition.Left => _depth > 0 && (Next < Sentence.Count || _depth == 1),
        _ => _depth > 1,
    };

    /// <summary>The word that a transition gives a head, and that head.</summary>
    public (int Word, int Head) ArcOf(Transition transition) => (Stack(0), transition == Transition.Left ? Next : Stack(1));

    /// <summary>Makes a transition.</summary>
    public void Make(Transition transition, Relation relation)
    {
        if (transition == Transition.Shift)
        {
            _stack[_depth++] = Next++;
            return;
        }

        var (word, head) = ArcOf(transition);
        Heads[word] = head;
        Relations[word] = relation;
        Children[head].Add(word, relation, isLeft: word < head);
        _depth--;
    }
}

/// <summary>The children of a word so far, on both sides.</summary>
internal struct ParserChildren
{
    /// <summary>The outermost on each side and the one before it; or "none".</summary>
    public int OuterLeft, InnerLeft, OuterRight, InnerRight;

    /// <summary>How many there are on each side.</summary>
    public byte LeftCount, RightCount;

    /// <summary>The relations on each side, a bit each.</summary>
    public ulong LeftRelations, RightRelations;

    /// <summary>Adds the child that stands outside all others of its side.</summary>
    public void Add(int child, Relation relation, bool isLeft)
    {
        if (isLeft)
        {
            (InnerLeft, OuterLeft) = (OuterLeft, child);
            LeftCount += LeftCount < 7 ? (byte)1 : (byte)0;
            LeftRelations |= 1ul << (int)relation;
        }
        else
        {
            (InnerRight, OuterRight) = (OuterRight, child);
            RightCount += RightCount < 7 ? (byte)1 : (byte)0;
            RightRelations |= 1ul << (int)relation;
        }
    }
}
