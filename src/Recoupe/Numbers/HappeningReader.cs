using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Numbers;

/// <summary>A word that tells what befell somebody.</summary>
/// <param name="Class">Names the event in every language: dead, injured, missing, arrested …</param>
/// <param name="IsDone">Whether somebody does it to others (kill), so that a subject suffers it in the passive only; dying is not.</param>
internal sealed record Happening(string Class, bool IsDone);

/// <summary>The words of what befalls people in one language (list <c>happenings</c>), by lemma.</summary>
internal sealed class Happenings(Language language)
{
    private readonly WordTable<Happening> _words = new(language.Lines("happenings").Select(line => line.Split('\t'))
        .Select(columns => KeyValuePair.Create(columns[0], new Happening(columns[1], columns.Length > 2 && columns[2] == "done"))));

    /// <summary>The word's event, or null.</summary>
    public Happening? Of(ReadOnlySpan<char> lemma) => _words.TryGetValue(lemma, out var found) ? found : null;
}

/// <summary>Reads what happened to those whom an amount counts: six injured are not six killed.</summary>
internal sealed class HappeningReader(AnalyzedText text, NumberLexicon lexicon)
{
    /// <summary>What is counted where only what befell them is told: two dead.</summary>
    public const string Person = "person";

    // How far from the amount what befell those counted is told: "23 people on board the ferry were slightly injured".
    private const int After = 8;
    private const int Before = 4;

    /// <summary>The class of the event that befell what the tokens from <paramref name="first"/> up to <paramref name="next"/> count; null where none is told.</summary>
    public string? Of(int first, int next)
    {
        for (var i = first; i < next; i++)
        {
            if (At(i) is { } within)
                return within.Class;
        }

        return Behind(next) ?? Ahead(first);
    }

    // Twelve people were hurt; two killed; none of those who act: "two gunmen killed a guard".
    private string? Behind(int from)
    {
        for (var i = from; i < text.Tokens.Length && i < from + After && !IsBreak(i); i++)
        {
            if (At(i) is not { } happening)
                continue;
            return !happening.IsDone || text.Tokens[i].Tag is PartOfSpeech.Noun or PartOfSpeech.Adjective || IsSuffered(i, from) ? happening.Class : null;
        }

        return null;
    }

    // The passive has its auxiliary before the verb; a bare participle has nothing behind it that it could be done to.
    private bool IsSuffered(int verb, int from)
    {
        var isAuxiliary = false;
        for (var i = verb - 1; i >= from && i >= verb - 3; i--)
        {
            if (lexicon.Passives.Contains(text[text.Tokens[i]]))
                return true;
            isAuxiliary |= text.Tokens[i].Tag == PartOfSpeech.Auxiliary;
        }

        var next = verb + 1 < text.Tokens.Length ? text.Tokens[verb + 1].Tag : PartOfSpeech.Unknown;
        return !isAuxiliary && next is not (PartOfSpeech.Determiner or PartOfSpeech.Numeral or PartOfSpeech.Noun or PartOfSpeech.ProperNoun or PartOfSpeech.Pronoun);
    }

    // Killed 14 people, l'arrestation de quatre hommes, a fait deux morts
    private string? Ahead(int from)
    {
        for (var i = from - 1; i >= 0 && i >= from - Before && !IsBreak(i); i--)
        {
            if (At(i) is { } happening && (happening.IsDone || text.Tokens[i].Tag == PartOfSpeech.Noun))
                return happening.Class;
            if (text.Tokens[i].Tag is not (PartOfSpeech.Adposition or PartOfSpeech.Determiner or PartOfSpeech.Adverb or PartOfSpeech.Adjective))
                return null;
        }

        return null;
    }

    private bool IsBreak(int i) =>
        text.Tokens[i].Kind != TokenKind.Word || text.Tokens[i].Tag is PartOfSpeech.Numeral or PartOfSpeech.Coordinator or PartOfSpeech.Subordinator;

    private Happening? At(int i) =>
        text.Tokens[i] is not { Kind: TokenKind.Word, Tag: PartOfSpeech.Verb or PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.Adverb or PartOfSpeech.ProperNoun or PartOfSpeech.Unknown } token ? null
        : lexicon.Happenings.Of(text[token]) ?? (token.Tag == PartOfSpeech.Verb ? lexicon.Happenings.Of(text.LemmaOf(token)) : null);
}
