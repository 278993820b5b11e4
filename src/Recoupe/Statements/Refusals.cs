using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Statements;

/// <summary>Who will not say tells nothing, neither the claim nor a denial: "would not say whether", "n'a pas souhaité dire si", "can neither confirm nor deny".</summary>
internal static class Refusals
{
    private const int Reach = 5; // tokens between a refusal and what is not said
    private const int MostBeforeVerb = 2; // "to", "de s'"
    private const int ReachOfVerb = MostBeforeVerb + 1;

    /// <summary>Whether an attribution only tells that somebody would not say.</summary>
    public static bool Holds(AttributedText text, AttributionDraft draft)
    {
        var content = draft.Content[0];
        if (draft.Head < 0 || text.IsMark(draft.Head) || content.Start < draft.Cue.Start || text.Source.Language is not { } language)
            return false;
        var words = language.Table("refusals", static known => new Words(known));
        if (IsRefused(text, draft.Cue.Start, words) || IsAsked(text, draft) || RefusesToSpeak(text, draft, words))
            return true;
        var act = ActClassifier.StatementOf(text, draft.Cue, content.Start, content.End, StatementKind.Indirect).Listed;
        if (act is Act.Confirm or Act.Deny && HasNeither(text, draft.Cue, words) || act == Act.Confirm && text.Source.Syntax is { } tree && new SyntaxClause(tree, draft.Head).IsUnderNegation && IsDenied(text, draft.Cue))
            return true;
        var negated = false;
        for (var i = draft.Cue.Start; i < draft.Cue.End; i++)
            negated |= text.Is(i, WordClasses.Not);
        if (negated)
            return act == Act.Confirm || act is Act.Say or Act.Announce && text.Is(content.Start - 1, WordClasses.Whether | WordClasses.That) || text.Is(content.Start, WordClasses.Whether);
        return text.Is(content.Start - 1, WordClasses.Whether) && text.IsInfinitive(draft.Head) && HasNot(text, draft.Cue.Start);
    }

    // "refused to say", "a décliné", "unable to confirm": the nearest verb before what is not said, in the same clause.
    private static bool IsRefused(AttributedText text, int cue, Words words)
    {
        for (var i = cue - 1; i >= Math.Max(text.SentenceFirst(cue), cue - ReachOfVerb) && !text.IsMark(i); i--)
        {
            if (text.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Adjective && words.Verbs.Contains(text.Source.LemmaOf(text.Tokens[i])))
                return text.IsInfinitive(cue);
            if (text.Tokens[i].Tag == PartOfSpeech.Verb)
                return false;
        }

        return false;
    }

    // "Asked whether the mill would close, the owner …": the question is nobody's whom the text names.
    private static bool IsAsked(AttributedText text, AttributionDraft draft) =>
        draft.Source is null && draft.Cue.Start == text.SentenceFirst(draft.Head)
        && (text.Is(draft.Content[0].Start - 1, WordClasses.Whether) || text.Is(draft.Content[0].Start, WordClasses.Whether));

    // "declined to comment", "a refusé de s'exprimer": to say is all that is refused.
    private static bool RefusesToSpeak(AttributedText text, AttributionDraft draft, Words words)
    {
        if (draft.Content is not [var content] || !words.Verbs.Contains(text.Source.LemmaOf(text.Tokens[draft.Head])))
            return false;
        var verb = content.Start;
        while (verb < Math.Min(content.End - 1, content.Start + MostBeforeVerb) && !text.IsInfinitive(verb))
            verb++;
        return text.IsInfinitive(verb) && text.Readings[verb].Verbs.Length > 0 && (verb == content.End - 1 || text.Tag(verb + 1) is PartOfSpeech.Adposition or PartOfSpeech.Adverb || text.Is(verb + 1, WordClasses.Whether));
    }

    // A word of negation before the verb, or inside it, that is no "not only".
    private static bool IsDenied(AttributedText text, TokenRange cue)
    {
        for (var i = Math.Max(text.SentenceFirst(cue.Start), cue.Start - Reach); i < cue.End; i++)
        {
            if (text.Is(i, WordClasses.Not) && text.Tag(i + 1) != PartOfSpeech.Adverb)
                return true;
        }

        return false;
    }

    private static bool HasNeither(AttributedText text, TokenRange cue, Words words)
    {
        for (var i = Math.Max(text.SentenceFirst(cue.Start), cue.Start - Reach); i < Math.Min(text.SentenceEnd(cue.Start), cue.End + 2); i++)
        {
            if (text.IsWord(i) && words.Neither.Contains(text.Word(i)))
                return true;
        }

        return false;
    }

    private static bool HasNot(AttributedText text, int cue)
    {
        for (var i = cue - 1; i >= Math.Max(text.SentenceFirst(cue), cue - Reach) && !text.IsMark(i); i--)
        {
            if (text.Is(i, WordClasses.Not))
                return true;
        }

        return false;
    }

    private sealed class Words
    {
        public Words(Language language)
        {
            var rows = language.Lines("refusals").Select(line => line.Split('\t')).Where(columns => columns.Length == 2).ToList();
            Verbs = rows.Where(columns => columns[1] == "verb").Select(columns => columns[0]).ToFrozenSet(StringComparer.Ordinal);
            Neither = rows.Where(columns => columns[1] == "neither").Select(columns => columns[0]).ToFrozenSet(StringComparer.OrdinalIgnoreCase)
                .GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public FrozenSet<string> Verbs { get; }

        public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Neither { get; }
    }
}
