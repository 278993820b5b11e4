using System.Numerics;
using System.Runtime.CompilerServices;

namespace Recoupe.Text.Syntax;

/// <summary>The features of a state for the choice of a transition, and of an arc for its relation (after Zhang and Nivre 2011).</summary>
internal ref struct ParserFeatures
{
    /// <summary>The longest list of features.</summary>
    public const int Most = 96;

    private const ulong Template = 0x9E3779B97F4A7C15; // what a feature's place adds to it

    private readonly Span<ulong> _features;
    private int _count;
    private ulong _template;

    private ParserFeatures(Span<ulong> features) => _features = features;

    /// <summary>Writes the features of a state and gives how many there are.</summary>
    public static int OfState(ParserState state, Span<ulong> features)
    {
        var list = new ParserFeatures(features);
        list.AddFirst(state);
        list.AddMore(state);
        return list._count;
    }

    /// <summary>Writes those features of a state that tell most, and gives how many there are.</summary>
    public static int FirstOfState(ParserState state, Span<ulong> features)
    {
        var list = new ParserFeatures(features);
        list.AddFirst(state);
        return list._count;
    }

    /// <summary>Writes those features of a state that <see cref="FirstOfState"/> does not, and gives how many there are.</summary>
    /// <param name="state">The state.</param>
    /// <param name="first">How many <see cref="FirstOfState"/> gave.</param>
    /// <param name="features">Filled from its start.</param>
    public static int MoreOfState(ParserState state, int first, Span<ulong> features)
    {
        var list = new ParserFeatures(features) { _template = (ulong)first * Template };
        list.AddMore(state);
        return list._count;
    }

    /// <summary>Writes the features of an arc from <paramref name="head"/> to <paramref name="word"/> and gives how many there are.</summary>
    public static int OfArc(ParserState state, int word, int head, Span<ulong> features)
    {
        var list = new ParserFeatures(features);
        list.AddFirstOfArc(state, word, head);
        list.AddMoreOfArc(state, word, head);
        return list._count;
    }

    /// <summary>As <see cref="FirstOfState"/>, of an arc.</summary>
    public static int FirstOfArc(ParserState state, int word, int head, Span<ulong> features)
    {
        var list = new ParserFeatures(features);
        list.AddFirstOfArc(state, word, head);
        return list._count;
    }

    /// <summary>As <see cref="MoreOfState"/>, of an arc.</summary>
    public static int MoreOfArc(ParserState state, int word, int head, int first, Span<ulong> features)
    {
        var list = new ParserFeatures(features) { _template = (ulong)first * Template };
        list.AddMoreOfArc(state, word, head);
        return list._count;
    }

    private void AddFirst(ParserState state)
    {
        var words = state.Sentence.Words;
        var none = state.Sentence.None;
        var next = state.Next;
        int top = state.Stack(0), second = state.Stack(1);
        ref readonly var s0 = ref words[top];
        ref readonly var s1 = ref words[second];
        ref readonly var b0 = ref words[next];
        ref readonly var b1 = ref words[Math.Min(next + 1, none)];
        ref readonly var b2 = ref words[Math.Min(next + 2, none)];
        ref readonly var topChildren = ref state.Children[top];
        ref readonly var nextChildren = ref state.Children[next];
        ref readonly var s0l = ref words[topChildren.OuterLeft];
        ref readonly var s0r = ref words[topChildren.OuterRight];
        ref readonly var b0l = ref words[nextChildren.OuterLeft];
        var topLefts = ParserSentence.Mix(topChildren.LeftRelations);
        var topRights = ParserSentence.Mix(topChildren.RightRelations);
        var topCount = ParserSentence.Mix(topChildren.RightCount);
        var near = Distance(top, next, none);
        var far = Distance(second, top, none);
        var gap = Between(s0, b0);
        var gap2 = Between(s1, s0);

        Add(s0.Tag);
        Add(s0.Form);
        Add(b0.Word);
        Add(b0.Tag);
        Add(b0.Word, b0.Tag);
        Add(b0.Form);
        Add(b0.Ends, b0.Tag);
        Add(b1.Tag);
        Add(b1.Form);
        Add(s0.Tag, b0.Tag);
        Add(s1.Tag, b0.Tag);
        Add(b0.Tag, b1.Tag);
        Add(s0.Tag, b0.Tag, b1.Tag);
        Add(s0.Tag, s0l.Fine, b0.Fine);
        Add(s0.Fine, s0r.Fine, b0.Fine);
        Add(s0.Tag, b0.Tag, b0l.Fine);
        Add(s0.Tag, s0l.Fine, b0.Tag, b0l.Fine);
        Add(s1.Fine, s0.Tag, s0l.Fine);
        Add(s0l.Word, b0.Tag);
        Add(s0r.Word, s0.Tag, b0.Tag);
        Add(s0.Tag, words[topChildren.InnerLeft].Tag, s0l.Tag);
        Add(s0.Tag, words[topChildren.InnerRight].Tag, s0r.Tag, b0.Tag);
        Add(b0.Tag, b0l.Word, s0.Tag);
        Add(s0.Tag, b1.Tag, b2.Tag);
        Add(near, s0.Tag, b0.Tag);
        Add(near, b0.Word);
        Add(far, s1.Tag, s0.Tag);
        Add(s0.Word, topCount);
        Add(s0.Tag, topCount, ParserSentence.Mix(topChildren.LeftCount));
        Add(b0.Tag, ParserSentence.Mix(nextChildren.LeftCount), s0.Tag);
        Add(s0.Tag, topRights, b0.Tag);
        Add(s0.Tag, topLefts, b0.Tag);
        Add(b0.Tag, ParserSentence.Mix(nextChildren.LeftRelations), s0.Tag);
        Add(s1.Tag, s0.Tag, topLefts, topRights);
        Add(gap, s0.Tag, b0.Tag);
        Add(gap, s0.Fine, b0.Fine, b0l.Fine);
        Add(gap2, s1.Tag, s0.Tag, s0l.Fine);
        Add(gap, gap2, Both(s1.Tag, s0.Tag), b0.Tag);
        Add(b0.MarkBefore, s0.Tag, b0.Fine);
        Add(s0.MarkBefore, s1.Tag, s0.Tag, b0.MarkBefore);
        Add(s0.Shape, b0.Shape, s0.Tag, b0.Tag);
        Add(s0.Class, s0.Tag);
        Add(b0.Class, b0.Tag);
        Add(s0.Class, b0.Class);
    }

    private void AddMore(ParserState state)
    {
        var words = state.Sentence.Words;
        var none = state.Sentence.None;
        var next = state.Next;
        int top = state.Stack(0), second = state.Stack(1);
        ref readonly var s0 = ref words[top];
        ref readonly var s1 = ref words[second];
        ref readonly var s2 = ref words[state.Stack(2)];
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
        var topLefts = ParserSentence.Mix(topChildren.LeftRelations);
        var topRights = ParserSentence.Mix(topChildren.RightRelations);
        var secondCount = ParserSentence.Mix(secondChildren.RightCount);
        var near = Distance(top, next, none);
        var far = Distance(second, top, none);
        var gap = Between(s0, b0);
        var gap2 = Between(s1, s0);

        Add(s0.Word);
        Add(s0.Word, s0.Tag);
        Add(s0.Ends, s0.Tag);
        Add(s1.Tag);
        Add(s1.Word, s1.Tag);
        Add(s1.Ends, s1.Tag);
        Add(b1.Ends, b1.Tag);
        Add(s2.Word, s2.Tag);
        Add(s0.Word, b0.Tag);
        Add(s0.Tag, b0.Word);
        Add(s0.Form, b0.Form);
        Add(s1.Word, s0.Tag);
        Add(s1.Form, s0.Form);
        Add(b0.Word, b1.Tag);
        Add(s0.Tag, b1.Word);
        Add(s0.Word, b0.Tag, b1.Tag);
        Add(b0.Fine, b1.Fine, b2.Fine);
        Add(s1.Tag, s0.Tag, b0.Tag);
        Add(s1.Fine, s0.Fine, b0.Fine);
        Add(s2.Fine, s1.Fine, s0.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Fine, b1.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Tag, b0l.Fine);
        Add(s1.Tag, s1r.Fine, s0.Fine);
        Add(s1.Tag, s0.Tag, s0r.Fine);
        Add(Both(s1.Tag, s0.Tag), b0.Fine, s0l.Fine);
        Add(Both(s1.Tag, s0.Tag), s1l.Fine, s0l.Fine);
        Add(s1.Tag, s0.Tag, s0l.Word);
        Add(s1r.Word, s1.Tag, s0.Tag);
        Add(s0.Word, s0r.Word);
        Add(s1.Tag, words[secondChildren.InnerRight].Tag, s1r.Tag, s0.Tag);
        Add(ParserSentence.Mix(Math.Min((ulong)(words[state.Sentence.Count].Verbs - b0.Verbs), 3)), s0.Tag, b0.Tag, s1.Tag);
        Add(near, s0.Word);
        Add(far, s0.Word);
        Add(far, near, Both(s1.Tag, s0.Tag), b0.Fine);
        Add(s1.Word, secondCount);
        Add(s1.Tag, secondCount, s0.Tag);
        Add(s0.Word, topRights);
        Add(s0.Word, topLefts);
        Add(s1.Tag, ParserSentence.Mix(secondChildren.RightRelations), s0.Tag);
        Add(s1.Tag, ParserSentence.Mix(secondChildren.LeftRelations), s0.Tag);
        Add(gap, s1.Tag, s0.Tag, b0.Fine);
        Add(gap2, s1.Tag, s0.Tag, b0.Fine);
        Add(b1.MarkBefore, s0.Tag, b0.Fine);
        Add(s1.Class, s1.Tag);
        Add(b1.Class, b1.Tag);
        Add(s1.Class, s0.Class);
        Add(s0.Class, b0.Tag, b0.Class);
        Add(b0.Class, b1.Class);
    }

    private void AddFirstOfArc(ParserState state, int word, int head)
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
        var side = ParserSentence.Mix(word < head ? 1u : 2);
        var lefts = ParserSentence.Mix(wordChildren.LeftRelations);
        var rights = ParserSentence.Mix(wordChildren.RightRelations);
        var headLefts = ParserSentence.Mix(headChildren.LeftRelations);
        var headRights = ParserSentence.Mix(headChildren.RightRelations);
        var siblings = word < head ? headLefts : headRights;
        var other = word < head ? headRights : headLefts;

        Add(w.Word, side);
        Add(w.Tag, side);
        Add(w.Form, side);
        Add(w.Ends, side);
        Add(w.Word, h.Tag, side);
        Add(w.Ends, h.Tag, side);
        Add(w.Tag, h.Tag, side, Distance(word, head, none));
        Add(w.Tag, wl.Fine, h.Tag, side);
        Add(w.Tag, wr.Tag, h.Tag, side);
        Add(w.Tag, wl.Word, h.Tag, side);
        Add(w.Word, wl.Word, side);
        Add(w.Tag, lefts, h.Tag, side);
        Add(w.Tag, rights, h.Tag, side);
        Add(w.Tag, lefts, rights);
        Add(w.Word, lefts);
        Add(w.Tag, h.Tag, siblings, side);
        Add(w.Tag, h.Tag, other, side);
        Add(w.Tag, h.Tag, headLefts, headRights);
        Add(w.Tag, before.Tag, side);
        Add(w.Tag, after.Tag, side);
        Add(Between(words[Math.Min(word, head)], words[Math.Max(word, head)]), w.Tag, h.Tag, side);
        Add(w.Class, w.Tag, side);
        Add(w.Class, h.Tag, side, w.Tag);
        Add(w.Class, wl.Word, h.Tag, side);
    }

    private void AddMoreOfArc(ParserState state, int word, int head)
    {
        var words = state.Sentence.Words;
        var none = state.Sentence.None;
        ref readonly var w = ref words[word];
        ref readonly var h = ref words[head];
        ref readonly var wordChildren = ref state.Children[word];
        ref readonly var wl = ref words[wordChildren.OuterLeft];
        ref readonly var before = ref words[word == 0 ? none : word - 1];
        ref readonly var after = ref words[Math.Min(word + 1, none)];
        ref readonly var headBefore = ref words[head == 0 ? none : head - 1];
        var side = ParserSentence.Mix(word < head ? 1u : 2);
        var siblings = ParserSentence.Mix(word < head ? state.Children[head].LeftRelations : state.Children[head].RightRelations);

        Add(side);
        Add(h.Word, side);
        Add(h.Tag, side);
        Add(h.Form, side);
        Add(w.Tag, h.Tag, side);
        Add(w.Form, h.Form, side);
        Add(w.Tag, h.Ends, side);
        Add(w.Fine, h.Fine, side);
        Add(wl.Word, h.Word, side);
        Add(before.Word, w.Tag, h.Tag);
        Add(after.Word, w.Tag, h.Tag);
        Add(before.Tag, w.Tag, after.Tag, h.Tag);
        Add(headBefore.Tag, h.Tag, w.Tag, side);
        Add(w.MarkBefore, w.Tag, h.Tag, after.MarkBefore);
        Add(w.Shape, h.Shape, w.Tag, h.Tag);
        Add(h.Class, h.Tag, side);
        Add(w.Class, h.Class, side);
        Add(w.Tag, h.Word, side);
        Add(w.Ends, h.Ends, side);
        Add(w.Tag, h.Word, siblings, side);
        Add(w.Word, h.Word, side);
    }

    // Commas, strong marks, an odd quotation mark or bracket, and verbs between two words.
    private static ulong Between(in ParserWord first, in ParserWord second)
    {
        var commas = Math.Min(second.Commas - first.Commas, 3);
        var strong = Math.Min(second.Strong - first.Strong, 1);
        var quotes = Math.Min(second.Quotes - first.Quotes, 2);
        var brackets = Math.Min(second.Brackets - first.Brackets, 2);
        var verbs = Math.Min(second.Verbs - first.Verbs, 2);
        return ParserSentence.Mix((ulong)((commas & 3) | ((strong & 1) << 2) | ((quotes & 3) << 3) | ((brackets & 3) << 5) | ((verbs & 3) << 7)));
    }

    private static ulong Distance(int first, int second, int none)
    {
        if (first == none || second == none)
            return ParserSentence.Mix(15);
        var distance = Math.Abs(second - first);
        return ParserSentence.Mix(distance < 5 ? (ulong)distance : distance < 8 ? 5u : distance < 12 ? 6u : 7u);
    }

    private static ulong Both(ulong first, ulong second) => first + BitOperations.RotateLeft(second, 43);

    // What is added is well mixed already (ParserSentence.Mix): sums of turned values are as good as hashes, and cost next to nothing.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong first) => _features[_count++] = first + (_template += Template);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong first, ulong second) => Add(first + BitOperations.RotateLeft(second, 17));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong first, ulong second, ulong third) => Add(first + BitOperations.RotateLeft(second, 17) + BitOperations.RotateLeft(third, 34));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(ulong first, ulong second, ulong third, ulong fourth) =>
        Add(first + BitOperations.RotateLeft(second, 17) + BitOperations.RotateLeft(third, 34) + BitOperations.RotateLeft(fourth, 51));
}
