using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>What an amount, a date or a place is told of: the words that govern it, and those that stand around it in its clause.</summary>
/// <remarks>Two passages differ only where they tell another value of the same thing: a value's setting is that thing.</remarks>
internal sealed class Setting
{
    // How many content words after a value still say what it is a value of ("20 miles north of the capital").
    private const int WordsAfter = 3;

    private Setting(HashSet<ulong> nouns, HashSet<ulong> verbs, HashSet<ulong> around, HashSet<ulong> names, Clause clause)
    {
        Nouns = nouns;
        Verbs = verbs;
        Around = around;
        Names = names;
        Clause = clause;
    }

    /// <summary>The nouns that it belongs to: <i>session</i> in "a session on Tuesday", <i>truck</i> in "the 40-ton truck".</summary>
    public HashSet<ulong> Nouns { get; }

    /// <summary>The verb that it belongs to, as a word and as its lemma.</summary>
    public HashSet<ulong> Verbs { get; }

    /// <summary>Everything that its clause tells.</summary>
    public HashSet<ulong> Around { get; }

    /// <summary>The words of names in its clause.</summary>
    public HashSet<ulong> Names { get; }

    /// <summary>The clause.</summary>
    public Clause Clause { get; }

    /// <summary>What governs a value.</summary>
    /// <param name="story">The story.</param>
    /// <param name="place">The place of the article.</param>
    /// <param name="within">The passage that tells the value.</param>
    /// <param name="value">Its words, in the article's text.</param>
    /// <param name="unit">The key of its unit or counted noun, which governs nothing; 0 for none.</param>
    /// <param name="distance">Whether it is measured from what follows it ("20 miles north of the capital").</param>
    public static Setting Of(StoryText story, int place, TextSpan within, TextSpan value, ulong unit = 0, bool distance = false)
    {
        var words = story.Bodies[place];
        var tokens = words.Source.Tokens;
        var sentence = words.Source.SentenceAt(value.Start);
        var told = sentence >= 0 ? words.Source.Sentences[sentence].Intersection(within.Union(value)) ?? value : value;
        var (from, to) = words.Range(told);
        var (first, end) = words.Range(value);
        var clause = story.ClauseAt(place, Math.Min(from, first), Math.Max(to, end), first);

        HashSet<ulong> nouns = [], verbs = [], around = [], names = [];
        for (var i = clause.From; i < clause.To; i++)
        {
            if (i >= first && i < end || words.Keys[i] == 0 || words.Keys[i] == unit)
                continue;
            around.Add(words.Keys[i]);
            if (tokens[i].Tag == PartOfSpeech.ProperNoun && tokens[i].Start != told.Start)
                names.Add(words.Keys[i]);
        }

        var attributive = AddAfter(words, clause, end, unit, distance, nouns);
        if (!attributive)
        {
            if (!AddBefore(words, clause, first, unit, nouns))
                AddVerb(words, clause, first, end, verbs);
        }

        return new Setting(nouns, verbs, around, names, clause);
    }

    /// <summary>Whether two values are told of one thing: by a noun of both, or by the verb and something else that both tell.</summary>
    public bool Fits(Setting other)
    {
        if (IsOfOthers(other))
            return false;
        if (Nouns.Overlaps(other.Nouns))
            return true;
        return SharesVerb(other) && Around.Any(key => other.Around.Contains(key) && !Verbs.Contains(key) && !other.Verbs.Contains(key));
    }

    /// <summary>Whether names are told on both sides and none of them is the same: other people, other towns.</summary>
    public bool IsOfOthers(Setting other) =>
        Names.Count > 0 && other.Names.Count > 0 && !Names.Overlaps(other.Names) && !Names.Overlaps(other.Around) && !Around.Overlaps(other.Names);

    /// <summary>Whether the verb of one is the verb, or the noun, of the other ("attacked", "the attack").</summary>
    public bool SharesVerb(Setting other) => Verbs.Overlaps(other.Verbs) || Verbs.Overlaps(other.Nouns) || Nouns.Overlaps(other.Verbs);

    // "the Nov. 8 election", "a 40-ton truck": the noun that follows at once; "20 miles north of the capital": what follows is part of it.
    private static bool AddAfter(WordSequence words, Clause clause, int end, ulong unit, bool distance, HashSet<ulong> nouns)
    {
        var tokens = words.Source.Tokens;
        var last = -1;
        var i = end;
        while (i < clause.To && tokens[i].Tag is PartOfSpeech.Adjective or PartOfSpeech.Noun or PartOfSpeech.ProperNoun or PartOfSpeech.Particle && tokens[i].Kind == TokenKind.Word)
        {
            if (words.Keys[i] != 0 && words.Keys[i] != unit && tokens[i].Tag is PartOfSpeech.Noun)
                last = i;
            i++;
        }

        if (last >= 0)
        {
            nouns.Add(words.Keys[last]);
            return true;
        }

        // "80 percent of voters", "85 millions de surcoût".
        var taken = 0;
        if (!distance && !(i == end && i < clause.To && IsOf(words, i)))
            return false;
        for (; i < clause.To && taken < WordsAfter && tokens[i].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary) && tokens[i].Kind != TokenKind.Mark; i++)
        {
            if (words.Keys[i] == 0 || words.Keys[i] == unit)
                continue;
            if (tokens[i].Tag == PartOfSpeech.Noun || distance)
                nouns.Add(words.Keys[i]);
            if (tokens[i].Tag == PartOfSpeech.Noun && !distance)
                return false;
            taken++;
        }

        return false;
    }

    private static bool IsOf(WordSequence words, int token) =>
        words.Source.Language is { } language
        && language.Table("folded-of-words", static known => known.Lines("of-words").Select(line => Folding.Fold(line)).ToHashSet(StringComparer.Ordinal)).Contains(words.Words[token]);

    // "a session on Tuesday", "le coût de 85 millions": the noun that a preposition or nothing ties it to; returns whether it is the noun's alone ("the flood of 3 March").
    private static bool AddBefore(WordSequence words, Clause clause, int first, ulong unit, HashSet<ulong> nouns)
    {
        var tokens = words.Source.Tokens;
        var i = first - 1;
        while (i >= clause.From && first - i <= 3 && tokens[i].Tag is PartOfSpeech.Determiner or PartOfSpeech.Adposition or PartOfSpeech.Adverb or PartOfSpeech.Adjective or PartOfSpeech.Punctuation)
            i--;
        if (i < clause.From || tokens[i].Tag != PartOfSpeech.Noun || words.Keys[i] == 0 || words.Keys[i] == unit)
            return false;
        nouns.Add(words.Keys[i]);
        return i + 1 < first && IsOf(words, i + 1);
    }

    private static void AddVerb(WordSequence words, Clause clause, int first, int end, HashSet<ulong> verbs)
    {
        if (words.Source.Language is not { } language || clause.VerbOf(words, first, end) is not (>= 0 and var verb) || words.Source.Tokens[verb].Tag != PartOfSpeech.Verb)
            return;
        var lemma = Folding.Fold(words.Source.LemmaOf(words.Source.Tokens[verb]));
        if (Reporting(language).Contains(lemma))
            return;
        if (words.Keys[verb] != 0)
            verbs.Add(words.Keys[verb]);
        var key = WordSequence.KeyOf(lemma, language);
        verbs.Add(key != 0 ? key : TextHash.Of("verb:" + lemma));
    }

    // The time of a report is not the time of the event, nor is what is reported governed by "say".
    private static HashSet<string> Reporting(Language language) =>
        language.Table("folded-reporting-lemmas", static known =>
            known.Lines("reporting-verbs").Select(line => Folding.Fold(line.Split('\t')[0])).Where(verb => !verb.Contains(' ', StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal));
}
