using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>The words that belong to a cue: auxiliaries, inserted adverbs, a reflexive and an inverted pronoun, the words of a fixed phrase.</summary>
internal static class CueGroup
{
    private const int LongestGroup = 8; // tokens before the verb

    /// <summary>The cue whose head is the token.</summary>
    public static TokenRange At(AttributedText text, int head)
    {
        if (Preposition(text, head) is { } preposition)
            return preposition;
        if (text.Readings[head].Verbs.IsEmpty && text.Tag(head) is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary))
            return new TokenRange(head, head + 1);
        _ = Reading(text, head, out var range);
        return range;
    }

    /// <summary>The pronoun after the verb or its auxiliary that says who: "a-t-il dit".</summary>
    public static TokenRange? InvertedPronoun(AttributedText text, TokenRange cue)
    {
        for (var i = cue.Start; i < cue.End; i++)
        {
            if (text.Is(i, WordClasses.InvertedPronoun))
                return new TokenRange(i, i + 1);
        }

        return null;
    }

    /// <summary>The listed verb whose further words follow; the longest wins.</summary>
    /// <param name="text">The text.</param>
    /// <param name="verb">Its verb.</param>
    /// <param name="end">Where its further words begin; moved over them.</param>
    /// <param name="isReflexive">Whether a reflexive pronoun stands with it.</param>
    public static VerbReading? Reading(AttributedText text, int verb, ref int end, bool isReflexive)
    {
        VerbReading? best = null;
        var bestEnd = end;
        var bestScore = -1;
        foreach (var reading in text.Readings[verb].Verbs)
        {
            if (reading.Verb.IsReflexive && !isReflexive)
                continue;
            var at = end;
            if (!Continues(text, reading.Verb.Rest, ref at))
                continue;
            var score = 4 * reading.Verb.Rest.Length + (reading.Verb.IsReflexive == isReflexive ? 2 : 0) + (reading.Verb.Voice == Voice.Say ? 1 : 0);
            if (score > bestScore)
            {
                best = reading;
                bestEnd = at;
                bestScore = score;
            }
        }

        end = bestEnd;
        return best;
    }

    /// <summary>The listed verb that stands at a token with all its words; null if none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="verb">The verb.</param>
    /// <param name="range">The verb with its auxiliaries and its further words.</param>
    public static VerbReading? Reading(AttributedText text, int verb, out TokenRange range)
    {
        var (start, end) = (Start(text, verb), verb + 1);
        if (text.Is(end, WordClasses.InvertedPronoun))
            end++;
        var isReflexive = false;
        for (var i = start; i < verb; i++)
            isReflexive |= text.Is(i, WordClasses.Reflexive);
        var reading = Reading(text, verb, ref end, isReflexive);
        range = new TokenRange(start, end);
        return reading;
    }

    /// <summary>Whether the words of a verb of several stand from <paramref name="at"/> on, adverbs between them; moves over them.</summary>
    public static bool Continues(AttributedText text, ImmutableArray<string> words, ref int at)
    {
        for (var w = 0; w < words.Length; w++)
        {
            for (var skipped = 0; skipped < 3 && (IsAdverb(text, at) || w > 0 && text.Is(at, WordClasses.Time)) && !IsSame(text, at, words[w]); skipped++)
                at++;
            if (!IsSame(text, at, words[w]))
                return false;
            at++;
        }

        return true;
    }

    /// <summary>Whether the token is the word, or introduces as it does.</summary>
    public static bool IsSame(AttributedText text, int i, string word)
    {
        if (!text.IsWord(i))
            return false;
        var found = text.Word(i);
        if (found.Equals(word, StringComparison.OrdinalIgnoreCase))
            return true;

        // de, du, des, d'; à, au, aux: the same introducing word, told by its classes.
        var wanted = text.Lexicon.Find(word).Classes & (WordClasses.Of | WordClasses.Channel | WordClasses.ToInfinitive);
        return wanted.HasFlag(WordClasses.ToInfinitive) && (text.Classes[i] & wanted & (WordClasses.Of | WordClasses.Channel)) != WordClasses.None
            && (wanted.HasFlag(WordClasses.Of) == text.Is(i, WordClasses.Of)) && found.Length <= 3
            || found.Length == word.Length && found[^1] == '’' && word[^1] == '\'' && found[..^1].Equals(word.AsSpan()[..^1], StringComparison.OrdinalIgnoreCase);
    }

    private static int Start(AttributedText text, int head)
    {
        var start = head;
        for (var i = head - 1; i >= Math.Max(text.SentenceFirst(head), head - LongestGroup); i--)
        {
            // "s'" before the verb is no "si": that stands before a subject.
            var isReflexive = text.Is(i, WordClasses.Reflexive) && (i + 1 == start || !text.Is(i, WordClasses.Whether));
            if (isReflexive || text.Is(i, WordClasses.Auxiliary | WordClasses.Not | WordClasses.InvertedPronoun)
                || text.Is(i, WordClasses.Clitic) && !text.Is(i, WordClasses.Determiner | WordClasses.Pronoun))
                start = i;
            else if (!IsAdverb(text, i))
                break;
        }

        return start;
    }

    /// <summary>The preposition that names a source ("according to") and holds the token.</summary>
    public static TokenRange? Preposition(AttributedText text, int head)
    {
        for (var start = Math.Max(text.SentenceFirst(head), head - 4); start <= head; start++)
        {
            if (PrepositionsFrom(text, start).FirstOrDefault(known => known.End > head) is { Preposition: not null } found)
                return new TokenRange(start, found.End);
        }

        return null;
    }

    /// <summary>Whether a preposition that names a source and nothing else begins at the token.</summary>
    public static bool IsSurePreposition(AttributedText text, int start) =>
        PrepositionsFrom(text, start).FirstOrDefault() is { Preposition.IsAmbiguous: false };

    private static IEnumerable<(SourcePreposition Preposition, int End)> PrepositionsFrom(AttributedText text, int start)
    {
        if (!text.IsWord(start) || !text.Lexicon.FirstWords.Contains(text.Word(start)))
            yield break;
        foreach (var preposition in text.Lexicon.SourcePrepositions)
        {
            var at = start;
            while (at - start < preposition.Words.Length && IsSame(text, at, preposition.Words[at - start]))
                at++;
            if (at - start == preposition.Words.Length)
                yield return (preposition, at);
        }
    }

    private static bool IsAdverb(AttributedText text, int i) =>
        text.Is(i, WordClasses.Adverb) && !text.Is(i, WordClasses.Time) || text.Tag(i) == PartOfSpeech.Adverb || text.Is(i, WordClasses.Not);
}
