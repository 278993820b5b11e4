using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text.Syntax;

/// <summary>Gives each token its head and its relation to it.</summary>
/// <remarks>
/// Greedy transitions (arc-hybrid) chosen by an averaged perceptron over hashed features, trained with a dynamic oracle (Goldberg and Nivre
/// 2013); a second model names each arc. Marks take no part: they are features between words and are attached at the end.
/// Linear in the length of the text. Trained by <c>Recoupe.Training parser</c>; see models/README.md.
/// </remarks>
public sealed class DependencyParser
{
    /// <summary>A longer sentence, in tokens, is parsed in parts, cut after a mark where there is one.</summary>
    public const int LongestSentence = 200;

    // A choice that leads by so much when half of the features are weighed is hardly ever changed by the others.
    private const int ClearTransition = 730;
    private const int ClearRelation = 460;

    private const int NotAllowed = int.MinValue / 2;

    private readonly AttachmentModel _attachments;
    private readonly FeatureModel _relations;
    private readonly ImmutableArray<Relation> _labels;
    private readonly WordClusters _classes;

    /// <summary>Makes a parser of two trained models.</summary>
    /// <param name="attachments">Shift, left and right.</param>
    /// <param name="relations">Labels as <see cref="RelationNames.NameOf"/> writes them.</param>
    /// <param name="classes">The classes of words that both were trained with.</param>
    public DependencyParser(AttachmentModel attachments, FeatureModel relations, WordClusters classes)
    {
        _classes = classes;
        _attachments = attachments;
        _relations = relations;
        _labels = [.. relations.Labels.Select(RelationNames.Parse)];
    }

    /// <summary>The parser of a language, loaded once; null where the language has none.</summary>
    public static DependencyParser? For(Language language) => language.Model("parser", Load).Parser;

    /// <summary>Reads both models, one after the other.</summary>
    /// <exception cref="InvalidDataException">The stream holds no parser, or a damaged one.</exception>
    public static DependencyParser Read(Stream stream, WordClusters classes) => new(AttachmentModel.Read(stream), FeatureModel.Read(stream), classes);

    /// <summary>Writes both models as <see cref="Read"/> takes them.</summary>
    public void Write(Stream stream)
    {
        _attachments.Write(stream);
        _relations.Write(stream);
    }

    /// <summary>Parses tagged tokens.</summary>
    /// <param name="sentences">The sentences of <paramref name="text"/>: each is parsed alone.</param>
    /// <returns>The head of each token as an index of <paramref name="tokens"/>, -1 for the root of a sentence, and the relation to it.</returns>
    public (ImmutableArray<int> Heads, ImmutableArray<Relation> Relations) Parse(
        string text, ImmutableArray<Token> tokens, ImmutableArray<TextSpan> sentences)
    {
        var heads = new int[tokens.Length];
        var relations = new Relation[tokens.Length];
        var state = new ParserState();
        var first = 0;
        foreach (var sentence in sentences)
        {
            var end = first;
            while (end < tokens.Length && tokens[end].Start < sentence.End)
                end++;
            while (first < end)
            {
                var cut = CutOf(text, tokens, first, end);
                ParsePart(state, text, tokens.AsSpan(first, cut - first), first, heads, relations);
                first = cut;
            }
        }

        return (System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(heads),
            System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(relations));
    }

    private static Holder Load(Language language)
    {
        using var stream = typeof(DependencyParser).Assembly.GetManifestResourceStream($"models/parser-{language.Code}.model");
        return new Holder(stream is null ? null : Read(stream, WordClusters.For(language)));
    }

    // The end of the part that starts at a token: after the last mark of its second half if the sentence is too long.
    private static int CutOf(string text, ImmutableArray<Token> tokens, int first, int end)
    {
        if (end - first <= LongestSentence)
            return end;
        for (var cut = first + LongestSentence; cut > first + (LongestSentence / 2); cut--)
        {
            if (ParserSentence.IsMark(text, tokens[cut - 1]))
                return cut;
        }

        return first + LongestSentence;
    }

    private void ParsePart(ParserState state, string text, ReadOnlySpan<Token> tokens, int first, Span<int> heads, Span<Relation> relations)
    {
        state.Start(text, tokens, _classes);
        Run(state);
        var words = state.Sentence.Words;
        heads = heads.Slice(first, tokens.Length);
        relations = relations.Slice(first, tokens.Length);
        heads.Fill(-1);
        relations.Fill(Relation.Punctuation);
        for (var i = 0; i < state.Sentence.Count; i++)
        {
            var token = words[i].Token;
            heads[token] = state.Heads[i] == state.Sentence.Count ? -1 : words[state.Heads[i]].Token + first;
            relations[token] = heads[token] < 0 ? Relation.Root : state.Relations[i];
        }

        MarkAttachment.Attach(state, tokens.Length, first, heads, relations);
    }

    private void Run(ParserState state)
    {
        Span<ulong> features = stackalloc ulong[ParserFeatures.Most];
        Span<short> scores = stackalloc short[_relations.Stride];
        while (!state.IsDone)
        {
            var transition = Choose(state, features);
            var relation = Relation.Root;
            if (transition != Transition.Shift)
            {
                var (word, head) = state.ArcOf(transition);
                if (head != state.Sentence.Count)
                    relation = Name(state, word, head, features, scores);
            }

            state.Make(transition, relation);
        }
    }

    private Transition Choose(ParserState state, Span<ulong> features)
    {
        bool shift = state.Allows(Transition.Shift), left = state.Allows(Transition.Left), right = state.Allows(Transition.Right);
        if (!left)
            return shift ? Transition.Shift : Transition.Right;
        if (!shift && !right)
            return Transition.Left;
        var first = ParserFeatures.FirstOfState(state, features);
        var scores = _attachments.Score(features[..first]);
        var (chosen, margin) = Best(scores, shift, right);
        if (margin >= ClearTransition)
            return chosen;
        var more = _attachments.Score(features[..ParserFeatures.MoreOfState(state, first, features)]);
        return Best((scores.Second + more.Second, scores.Third + more.Third), shift, right).Chosen;
    }

    // The best of what is allowed (left always is), the first of equals, and by how much.
    private static (Transition Chosen, int Margin) Best((int Left, int Right) scores, bool shift, bool right)
    {
        var (chosen, best, second) = (Transition.Left, scores.Left, NotAllowed);
        if (shift)
            (chosen, best, second) = scores.Left > 0 ? (chosen, best, 0) : (Transition.Shift, 0, scores.Left);
        if (!right)
            return (chosen, best - second);
        return scores.Right > best ? (Transition.Right, scores.Right - best) : (chosen, best - Math.Max(second, scores.Right));
    }

    private Relation Name(ParserState state, int word, int head, Span<ulong> features, Span<short> scores)
    {
        scores.Clear();
        var first = ParserFeatures.FirstOfArc(state, word, head, features);
        _relations.Add(features[..first], scores);
        var best = _relations.Best(scores, out var margin);
        if (margin < ClearRelation)
        {
            _relations.Add(features[..ParserFeatures.MoreOfArc(state, word, head, first, features)], scores);
            best = _relations.Best(scores);
        }

        return _labels[best];
    }

    private sealed record Holder(DependencyParser? Parser);
}
