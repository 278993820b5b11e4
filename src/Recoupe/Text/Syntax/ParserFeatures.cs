namespace Recoupe.Text.Syntax;

/// <summary>The features of a state for the choice of a transition, and of an arc for its relation (after Zhang and Nivre 2011).</summary>
internal ref struct ParserFeatures
{
    /// <summary>The longest list of features.</summary>
    public const int Most = 144;

    private readonly Span<ulong> _features;
    private int _count;
    private ulong _template;

    private ParserFeatures(Span<ulong> features) => _features = features;

    /// <summary>Writes the features of a state and gives how many there are.</summary>
    public static int OfState(ParserState state, Span<ulong> features)
    {
        var list = new ParserFeatures(features);
        list.AddState(state);
        return list._count;
    }

    /// <summary>Writes the features of an arc from <paramref name="head"/> to <paramref name="word"/> and gives how many there are.</summary>
    public static int OfArc(ParserState state, int word, int head, Span<ulong> features)
    {
        var list = new ParserFeatures(features);
        list.AddArc(state, word, head);
        return list._count;
    }

    private void AddState(ParserState state)
    {
        var words = state.Sentence.Words;
        var none = state.Sentence.None;
        var next = state.Next;
        int top = state.Stack(0), second = state.Stack(1), third = state.Stack(2);
        ref readonly var s0 = ref words[top];
        ref readonly var s1 = ref words[second];
        ref readonly var s2 = ref words[third];
        ref readonly var b0 = ref words[next];
        ref readonly var b1 = ref words[Math.Min(next + 1, none)];
        ref readonly var b2 = ref words[Math.Min(next + 2, none)];
        ref readonly var topChildren = ref state.Children[top];
        ref readonly var secondChildren = ref state.Children[second];
        ref readonly var nextChildren = ref state.Children[next];
        ref readonly var s0l = ref words[topChildren.OuterLeft];
        ref readonly var s0r = ref words[topChildren.OuterRight];
        ref readonly var s1l = ref words[secondChildren.OuterLeft];
        ref readonly var s1r = ref words[secondChildren.OuterRight];
        ref readonly var b0l = ref words[nextChildren.OuterLeft];

        Add(1);
        foreach (ref readonly var word in (ReadOnlySpan<ParserWord>)[s0, s1, b0, b1])
        {
            Add(word.Word);
            Add(word.Tag);
            Add(word.Word, word.Tag);
            Add(word.Form);
            Add(word.Ends, word.Tag);
        }

        Add(s2.Tag);
        Add(s2.Word, s2.Tag);
        Add(b2.Tag);
        Add(b2.Word, b2.Tag);
        AddPair(s0, b0);
        AddPair(s1, s0);
        Add(s1.Tag, b0.Tag);
        Add(s1.Word, b0.Word);
        Add(b0.Tag, b1.Tag);
        Add(b0.Word, b1.Tag);
        Add(b0.Tag, b1.Word);
        Add(b0.Word, b1.Word);
        Add(s0.Tag, b1.Word);
        Add(s0.Word, b0.Tag, b1.Tag);

        Add(s0.Tag, b0.Tag, b1.Tag);
        Add(s0.Fine, b0.Fine, b1.Fine);
        Add(b0.Fine, b1.Fine, b2.Fine);
        Add(s1.Tag, s0.Tag, b0.Tag);
        Add(s1.Fine, s0.Fine, b0.Fine);
        Add(s1.Word, s0.Tag, b0.Fine);
        Add(s1.Fine, s0.Word, b0.Fine);
        Add(s1.Fine, s0.Fine, b0.Word);
        Add(s2.Fine, s1.Fine, s0.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Fine, b1.Fine);
        Add(Both(s2.Tag, s1.Tag), s0.Tag, b0.Fine);
        Add(s0.Tag, s0l.Fine, b0.Fine);
        Add(s0.Fine, s0r.Fine, b0.Fine);
        Add(s0.Tag, b0.Tag, b0l.Fine);
        Add(s0.Word, b0.Tag, b0l.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Tag, b0l.Fine);
        Add(s0.Tag, s0l.Fine, b0.Tag, b0l.Fine);
        Add(s1.Tag, s1l.Fine, s0.Fine);
        Add(s1.Tag, s1r.Fine, s0.Fine);
        Add(s1.Fine, s0.Tag, s0l.Fine);
        Add(s1.Tag, s0.Tag, s0r.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Fine, s0l.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Fine, s1r.Fine);
        Add(Both(s1.Tag, s0.Tag), s1l.Fine, s0l.Fine);
        Add(Both(s2.Tag, s1.Tag), s0.Tag, s0l.Fine);
        Add(s1.Tag, s0.Tag, s0l.Word);
        Add(s1.Word, s0l.Word);
        Add(s1.Word, s0l.Word, s0.Word);
        Add(s1.Tag, s0l.Word, s0.Word);
        Add(s0l.Word, b0.Tag);
        Add(s0r.Word, s0.Tag, b0.Tag);
        Add(s1r.Word, s1.Tag, s0.Tag);
        Add(s0.Word, s0l.Word);
        Add(s0.Word, s0r.Word);
        Add(s1.Word, s1r.Word);
        Add(s0.Tag, words[topChildren.InnerLeft].Tag, s0l.Tag);
        Add(s0.Tag, words[topChildren.InnerRight].Tag, s0r.Tag, b0.Tag);
        Add(s1.Tag, words[secondChildren.InnerRight].Tag, s1r.Tag, s0.Tag);
        Add(b0.Tag, b0l.Word, s0.Tag);
        Add(b0.Word, b0l.Word, s0.Tag);
        Add(s1.Tag, s0.Tag, b0.Word, b0.Tag);
        Add(s0.Tag, b1.Tag, b2.Tag);
        Add(s1.Word, s0.Tag, s0l.Word, s0.Ends);
        Add(s1.Ends, s0l.Word, s0.Tag);
        Add(Math.Min((ulong)(words[state.Sentence.Count].Verbs - b0.Verbs), 3), s0.Tag, b0.Tag, s1.Tag);

        var near = Distance(top, next, none);
        var far = Distance(second, top, none);
        Add(near, s0.Tag, b0.Tag);
        Add(near, s0.Word);
        Add(near, b0.Word);
        Add(far, s1.Tag, s0.Tag);
        Add(far, s1.Word);
        Add(far, s0.Word);
        Add(far, near, Both(s1.Tag, s0.Tag), b0.Fine);

        Add(s0.Word, topChildren.RightCount);
        Add(s0.Tag, topChildren.RightCount, topChildren.LeftCount);
        Add(s1.Word, secondChildren.RightCount);
        Add(s1.Tag, secondChildren.RightCount, s0.Tag);
        Add(b0.Tag, nextChildren.LeftCount, s0.Tag);
        Add(s0.Tag, topChildren.RightRelations, b0.Tag);
        Add(s0.Tag, topChildren.LeftRelations, b0.Tag);
        Add(s0.Word, topChildren.RightRelations);
        Add(s0.Word, topChildren.LeftRelations);
        Add(s1.Tag, secondChildren.RightRelations, s0.Tag);
        Add(s1.Word, secondChildren.RightRelations, s0.Tag);
        Add(s1.Tag, secondChildren.LeftRelations, s0.Tag);
        Add(b0.Tag, nextChildren.LeftRelations, s0.Tag);
        Add(s1.Tag, s0.Tag, topChildren.LeftRelations, topChildren.RightRelations);

        var gap = Between(s0, b0);
        var gap2 = Between(s1, s0);
        Add(gap, s0.Tag, b0.Tag);
        Add(gap, s0.Fine, b0.Fine, b0l.Fine);
        Add(gap, s1.Tag, s0.Tag, b0.Fine);
        Add(gap2, s1.Tag, s0.Tag, s0l.Fine);
        Add(gap2, s1.Tag, s0.Tag, b0.Fine);
        Add(gap, gap2, Both(s1.Tag, s0.Tag), b0.Tag);
        Add(b0.MarkBefore, s0.Tag, b0.Fine);
        Add(s0.MarkBefore, s1.Tag, s0.Tag, b0.MarkBefore);
        Add(b1.MarkBefore, s0.Tag, b0.Fine);
        Add(b0.MarkBefore, b0.Word, s0.Tag);
        Add(s0.Shape, b0.Shape, s0.Tag, b0.Tag);
        Add(s1.Shape, s0.Shape, s1.Tag, s0.Tag);
        foreach (ref readonly var word in (ReadOnlySpan<ParserWord>)[s0, s1, b0, b1])
            Add(word.Class, word.Tag);
        Add(s0.Class, b0.Class);
        Add(s1.Class, s0.Class);
        Add(s0.Class, b0.Tag, b0.Class);
        Add(s1.Word, s0.Class, s0l.Word);
        Add(s1.Class, s0.Class, s0l.Word);
        Add(s1.Tag, s0.Class, b0.Group, b0.Tag);
        Add(s0.Group, b0.Group, b1.Group, s1.Group);
        Add(b0.Class, b1.Class);
    }

    private void AddArc(ParserState state, int word, int head)
    {
        var words = state.Sentence.Words;
        var none = state.Sentence.None;
        ref readonly var w = ref words[word];
        ref readonly var h = ref words[head];
        ref readonly var wordChildren = ref state.Children[word];
        ref readonly var headChildren = ref state.Children[head];
        ref readonly var wl = ref words[wordChildren.OuterLeft];
        ref readonly var wr = ref words[wordChildren.OuterRight];
        ref readonly var before = ref words[word == 0 ? none : word - 1];
        ref readonly var after = ref words[Math.Min(word + 1, none)];
        ref readonly var headBefore = ref words[head == 0 ? none : head - 1];
        var side = word < head ? 1ul : 2;
        var siblings = word < head ? headChildren.LeftRelations : headChildren.RightRelations;
        var other = word < head ? headChildren.RightRelations : headChildren.LeftRelations;

        Add(side);
        Add(w.Word, side);
        Add(w.Tag, side);
        Add(w.Form, side);
        Add(w.Ends, side);
        Add(h.Word, side);
        Add(h.Tag, side);
        Add(h.Form, side);
        Add(w.Word, h.Word, side);
        Add(w.Tag, h.Tag, side);
        Add(w.Word, h.Tag, side);
        Add(w.Tag, h.Word, side);
        Add(w.Form, h.Form, side);
        Add(w.Ends, h.Ends, side);
        Add(w.Ends, h.Tag, side);
        Add(w.Tag, h.Ends, side);
        Add(w.Tag, h.Tag, side, Distance(word, head, none));
        Add(w.Tag, wl.Fine, h.Tag, side);
        Add(w.Fine, h.Fine, side);
        Add(w.Tag, wr.Tag, h.Tag, side);
        Add(w.Tag, wl.Word, h.Tag, side);
        Add(wl.Word, h.Word, side);
        Add(w.Word, wl.Word, side);
        Add(w.Tag, wordChildren.LeftRelations, h.Tag, side);
        Add(w.Tag, wordChildren.RightRelations, h.Tag, side);
        Add(w.Tag, wordChildren.LeftRelations, wordChildren.RightRelations);
        Add(w.Word, wordChildren.LeftRelations);
        Add(w.Tag, h.Tag, siblings, side);
        Add(w.Tag, h.Tag, other, side);
        Add(w.Tag, h.Word, siblings, side);
        Add(w.Tag, h.Tag, headChildren.LeftRelations, headChildren.RightRelations);
        Add(w.Tag, before.Tag, side);
        Add(w.Tag, after.Tag, side);
        Add(before.Word, w.Tag, h.Tag);
        Add(after.Word, w.Tag, h.Tag);
        Add(before.Tag, w.Tag, after.Tag, h.Tag);
        Add(headBefore.Tag, h.Tag, w.Tag, side);
        Add(Between(words[Math.Min(word, head)], words[Math.Max(word, head)]), w.Tag, h.Tag, side);
        Add(w.MarkBefore, w.Tag, h.Tag, after.MarkBefore);
        Add(w.Shape, h.Shape, w.Tag, h.Tag);
        Add(w.Class, w.Tag, side);
        Add(h.Class, h.Tag, side);
        Add(w.Class, h.Class, side);
        Add(w.Class, h.Tag, side, w.Tag);
        Add(w.Class, wl.Word, h.Tag, side);
    }

    private void AddPair(in ParserWord first, in ParserWord second)
    {
        Add(first.Tag, second.Tag);
        Add(first.Word, second.Word);
        Add(first.Word, second.Tag);
        Add(first.Tag, second.Word);
        Add(first.Form, second.Form);
        Add(first.Ends, second.Ends);
        Add(first.Word, first.Tag, second.Word, second.Tag);
    }

    // Commas, strong marks, an odd quotation mark or bracket, and verbs between two words.
    private static ulong Between(in ParserWord first, in ParserWord second)
    {
        var commas = Math.Min(second.Commas - first.Commas, 3);
        var strong = Math.Min(second.Strong - first.Strong, 1);
        var quotes = Math.Min(second.Quotes - first.Quotes, 2);
        var brackets = Math.Min(second.Brackets - first.Brackets, 2);
        var verbs = Math.Min(second.Verbs - first.Verbs, 2);
        return (ulong)((commas & 3) | ((strong & 1) << 2) | ((quotes & 3) << 3) | ((brackets & 3) << 5) | ((verbs & 3) << 7));
    }

    private static ulong Distance(int first, int second, int none)
    {
        if (first == none || second == none)
            return 15;
        var distance = Math.Abs(second - first);
        return distance < 5 ? (ulong)distance : distance < 8 ? 5u : distance < 12 ? 6u : 7u;
    }

    private static ulong Both(ulong first, ulong second) => (first << 24) ^ second;

    private void Add(ulong first, ulong second = 0, ulong third = 0, ulong fourth = 0)
    {
        var x = (first + (++_template * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        x = ((x ^ (x >> 31)) + second) * 0x94D049BB133111EB;
        x = ((x ^ (x >> 29)) + third) * 0xD6E8FEB86659FD93;
        x = ((x ^ (x >> 32)) + fourth) * 0xBF58476D1CE4E5B9;
        _features[_count++] = x ^ (x >> 31);
    }
}
