using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Says of a statement what the model weighs to tell its act: what the lists say of cue and content, words, moods, persons.</summary>
internal static class ActFeatures
{
    /// <summary>How many acts there are; <see cref="Act.Say"/> is the first.</summary>
    public static readonly int Acts = Enum.GetValues<Act>().Length;

    private const int WordsRead = 40; // of the content
    private const int MostPredicates = 3; // main ones of the content
    private const int FirstTemplate = 4000;
    private const int TemplatesOfAct = 100;

    /// <summary>Lists the features of each act, in the order of <see cref="Act"/>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="lexicon">The words for speakers, which hold phrases that tell an act.</param>
    /// <param name="statement">What is said and how it is attributed.</param>
    /// <param name="list">Cleared, then filled.</param>
    public static void Read(AttributedText text, SpeakerLexicon lexicon, ActStatement statement, FeatureList list)
    {
        // What is said is read once and weighed for each act.
        var said = new List<Said>();
        AddCue(text, statement, said);
        AddContent(text, lexicon, statement, said);
        AddPredicates(text, lexicon, statement, said);
        AddContext(statement, said);
        list.Clear();
        for (var act = 0; act < Acts; act++)
        {
            var first = (uint)(FirstTemplate + (act * TemplatesOfAct));
            foreach (var (template, a, b, c, isOfWord) in said)
            {
                if (isOfWord)
                    list.AddWord(first + template, a, b, c);
                else
                    list.Add(first + template, a, b, c);
            }

            list.End();
        }
    }

    // A feature of every act, by its template among those of an act.
    private readonly record struct Said(uint Template, uint A, uint B, uint C, bool OfWord);

    private static void AddCue(AttributedText text, ActStatement statement, List<Said> said)
    {
        var listed = (uint)statement.Listed + (statement.IsDenied ? 16u : 0);
        var kind = (uint)statement.Kind;
        Add(said, 0, listed);
        Add(said, 1, listed, kind);
        Add(said, 2, kind, statement.Cue.Start > statement.Start ? 1u : 0);
        for (var i = statement.Cue.Start; i < statement.Cue.End; i++)
        {
            if (!text.IsWord(i) || text.Is(i, WordClasses.Auxiliary) && i + 1 < statement.Cue.End)
                continue;
            AddWord(said, 3, text.Lemma(i));
            AddWord(said, 4, text.Lemma(i), statement.IsDenied ? 1u : 0);
            AddWord(said, 5, text.Lemma(i), kind);
        }

        if (statement.Cue.IsEmpty)
            Add(said, 6, kind);
    }

    private static void AddContent(AttributedText text, SpeakerLexicon lexicon, ActStatement statement, List<Said> said)
    {
        var listed = (uint)statement.Listed;
        var kind = 4 * (uint)statement.Kind;
        var first = statement.Start;
        while (first < statement.End && text.IsMark(first))
            first++;
        Add(said, 10, Form(text, first), listed);
        Add(said, 11, Form(text, first));
        AddWord(said, 12, text.Lemma(first), listed);
        AddWord(said, 13, text.Lemma(first), text.Lemma(first + 1));
        Add(said, 14, (uint)Math.Min(8, (statement.End - first) / 4), listed);
        uint seen = 0;
        Span<uint> hints = stackalloc uint[16];
        hints.Clear();
        for (var i = first; i < Math.Min(statement.End, first + WordsRead); i++)
        {
            if (!text.IsWord(i))
                continue;
            if (lexicon.ActPhrases.TryMatch(text.Source, i, statement.End, out _, out var phrase))
                Add(said, 15, (uint)phrase.Act, i == first ? 1u : 0, listed);
            if (text.Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
            {
                var form = Form(text, i);
                Add(said, 16, form);
                Add(said, 17, form, listed);
                if (text.VerbAt(i) is { Verb: var verb })
                    Add(said, 18, (uint)verb.Act, listed);
                seen |= 1;
            }

            if (text.Is(i, WordClasses.Not))
                seen |= 2;
            if (lexicon.ActWords.TryGetValue(text.Lemma(i), out var acts))
            {
                for (var act = 0; act < Acts; act++)
                    hints[act] += (acts >> act) & 1;
            }

            if (text.Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.Adverb)
            {
                AddWord(said, 19, text.Lemma(i));
                AddWord(said, 20, text.Lemma(i), listed);
                AddWord(said, 21, text.Lemma(i - 1), text.Lemma(i));
            }
        }

        Add(said, 22, seen, listed);
        for (var act = 0; act < Acts; act++)
        {
            if (hints[act] == 0)
                continue;
            var many = Math.Min(3, hints[act]);
            Add(said, 27, (uint)act, many);
            Add(said, 28, (uint)act, listed, many);
            Add(said, 29, (uint)act, kind, many);
            Add(said, 30, (uint)act, seen, listed);
        }

        Add(said, 23, text.IsMark(statement.End - 1, '?') || text.IsMark(statement.End, '?') ? 1u : text.IsMark(statement.End - 1, '!') || text.IsMark(statement.End, '!') ? 2u : 0, listed);
    }

    // What the content's main clauses say of whom: "it will have to close", "we never asked for it".
    private static void AddPredicates(AttributedText text, SpeakerLexicon lexicon, ActStatement statement, List<Said> said)
    {
        if (text.Source.Syntax is not { } tree)
            return;
        var left = MostPredicates;
        for (var i = statement.Start; i < statement.End && left > 0; i++)
        {
            var head = tree.Heads[i];
            if (head >= statement.Start && head < statement.End || text.IsMark(i) || !tree.IsPredicate(i))
                continue;
            left--;
            var clause = tree.ClauseOf(i);
            var finite = clause.Finite;
            var form = Form(text, finite);
            var state = (clause.IsNegated ? 1u : 0) + (clause.IsCopular ? 2u : 0) + (clause.IsPassive ? 4u : 0);
            var subject = clause.SharedSubject;
            var who = subject < 0 ? 0 : 1 + text.SpeakerClass(subject);
            Add(said, 40, form, state, (uint)statement.Listed);
            Add(said, 41, form, state, who);
            AddWord(said, 42, text.Lemma(i), state);
            AddWord(said, 43, text.Lemma(i), form);
            if (finite >= 0 && finite != i)
                AddWord(said, 44, text.Lemma(finite), form, state);
            if (text.Concept(i) is > 0 and var concept)
                AddWord(said, 45, concept, state);
            if (subject >= 0)
                AddWord(said, 46, text.Lemma(subject), form, state);
            if (lexicon.ActWords.TryGetValue(text.Lemma(i), out var acts))
                Add(said, 47, (uint)acts, state);
        }
    }

    // Who blames goes on blaming, and articles on a quarrel are full of it.
    private static void AddContext(ActStatement statement, List<Said> said)
    {
        var listed = (uint)statement.Listed;
        AddNeighbour(said, 31, statement.Before, listed);
        AddNeighbour(said, 33, statement.After, listed);
        for (var act = 1; act < statement.Told.Length; act++)
        {
            if (statement.Told[act] > 0)
                Add(said, 35, (uint)act, Math.Min(3u, statement.Told[act]), listed);
        }
    }

    private static void AddNeighbour(List<Said> said, uint template, ActNeighbour? neighbour, uint listed)
    {
        Add(said, template, neighbour is { } known ? 1 + (uint)known.Listed : 0, listed);
        for (var act = 0; act < Acts && neighbour is { } near; act++)
        {
            if ((near.Hints >> act & 1) > 0)
                Add(said, template + 1, (uint)act, listed);
        }
    }

    /// <summary>The acts at which words of the content hint, one bit each.</summary>
    internal static uint Hints(AttributedText text, SpeakerLexicon lexicon, ActStatement statement)
    {
        uint hints = 0;
        for (var i = statement.Start; i < Math.Min(statement.End, statement.Start + WordsRead); i++)
        {
            if (text.IsWord(i) && lexicon.ActWords.TryGetValue(text.Lemma(i), out var acts))
                hints |= (uint)acts;
        }

        return hints;
    }

    private static void Add(List<Said> said, uint template, uint a, uint b = 0, uint c = 0) => said.Add(new Said(template, a, b, c, OfWord: false));

    private static void AddWord(List<Said> said, uint template, uint a, uint b = 0, uint c = 0) => said.Add(new Said(template, a, b, c, OfWord: true));

    // Part of speech, form, mood, tense and person of a verb.
    private static uint Form(AttributedText text, int i)
    {
        if ((uint)i >= (uint)text.Count)
            return 0;
        var form = text.Tokens[i].Form;
        return (uint)text.Tag(i) + (32 * ((uint)form.Form + (8 * ((uint)form.Mood + (8 * ((uint)form.Tense + (8 * (uint)form.Person)))))));
    }
}

/// <summary>A statement in tokens, for its act.</summary>
/// <param name="Cue">Empty where there is none.</param>
/// <param name="Start">The first token of its content.</param>
/// <param name="End">The token after its content.</param>
/// <param name="Kind">Direct, indirect or mixed.</param>
/// <param name="Listed">What the lists say of the cue.</param>
/// <param name="IsDenied">Whether the cue is negated.</param>
internal readonly record struct ActStatement(TokenRange Cue, int Start, int End, StatementKind Kind, Act Listed, bool IsDenied)
{
    /// <summary>The statement before it in the text, null where there is none.</summary>
    public ActNeighbour? Before { get; init; }

    /// <summary>The statement after it.</summary>
    public ActNeighbour? After { get; init; }

    /// <summary>How many other statements of the text the lists tell each act of, in the order of <see cref="Act"/>.</summary>
    public ImmutableArray<byte> Told { get; init; } = [];
}

/// <summary>What a statement tells of the act of the next one.</summary>
/// <param name="Listed">What the lists say of its cue.</param>
/// <param name="Hints">The acts at which words of its content hint, one bit each.</param>
internal readonly record struct ActNeighbour(Act Listed, uint Hints);
