namespace Recoupe.Text.Syntax;

/// <summary>Attaches marks once the words have their heads: each to the lowest word that governs the words on both of its sides.</summary>
internal static class MarkAttachment
{
    /// <summary>Attaches them; without any word, all to the first token, which is the root.</summary>
    /// <param name="count">How many tokens there are.</param>
    /// <param name="first">The index of the first of them in the text.</param>
    public static void Attach(ParserState state, int count, int first, Span<int> heads, Span<Relation> relations)
    {
        var words = state.Sentence.Words;
        if (state.Sentence.Count == 0)
        {
            for (var i = 0; i < count; i++)
                heads[i] = i == 0 ? -1 : first;
            relations[0] = Relation.Root;
            return;
        }

        var root = Array.IndexOf(state.Heads, state.Sentence.Count, 0, state.Sentence.Count);
        Span<int> depths = stackalloc int[state.Sentence.Count];
        Measure(state, depths);
        var next = 0;
        for (var i = 0; i < count; i++)
        {
            if (next < state.Sentence.Count && words[next].Token == i)
            {
                next++;
                continue;
            }

            var inside = next > 0 && next < state.Sentence.Count;
            heads[i] = words[inside ? Common(state, depths, next - 1, next) : root].Token + first;
        }
    }

    // How many heads stand above each word. A word's chain is followed once: up to what is known, then written down.
    private static void Measure(ParserState state, Span<int> depths)
    {
        var count = state.Sentence.Count;
        depths.Clear();
        for (var i = 0; i < count; i++)
        {
            var steps = 0;
            var at = i;
            while (at != count && depths[at] == 0)
            {
                steps++;
                at = state.Heads[at];
            }

            var depth = steps + (at == count ? 0 : depths[at]);
            for (at = i; at != count && depths[at] == 0; at = state.Heads[at])
                depths[at] = depth--;
        }
    }

    private static int Common(ParserState state, ReadOnlySpan<int> depths, int first, int second)
    {
        while (first != second)
        {
            if (depths[first] > depths[second])
                first = state.Heads[first];
            else
                second = state.Heads[second];
        }

        return first;
    }
}
