using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Learns the endings of the lemmatizer from treebanks and from the language's own conjugations.</summary>
public static class LemmatizerTraining
{
    /// <summary>Learns from forms with part of speech, lemma and how often they were met.</summary>
    /// <remarks>
    /// An ending is kept if it decides otherwise than the next shorter one; a whole word if the endings get it wrong. An ending
    /// decides by the majority of different forms that have it, at least two.
    /// </remarks>
    public static Lemmatizer Train(IEnumerable<(string Form, PartOfSpeech Part, string Lemma)> words)
    {
        var counts = new Dictionary<(string Form, PartOfSpeech Part), Dictionary<string, int>>();
        foreach (var (form, part, lemma) in words)
        {
            if (part is PartOfSpeech.ProperNoun or PartOfSpeech.Unknown or PartOfSpeech.Other or PartOfSpeech.Punctuation or PartOfSpeech.Numeral)
                continue;
            var key = (form.ToLowerInvariant().Replace('’', '\''), part);
            if (!counts.TryGetValue(key, out var lemmas))
                counts.Add(key, lemmas = []);
            var listed = lemma.ToLowerInvariant();
            lemmas[listed] = lemmas.GetValueOrDefault(listed) + 1;
        }

        var known = counts.OrderBy(pair => pair.Key.Form, StringComparer.Ordinal).ThenBy(pair => pair.Key.Part)
            .Select(pair => (pair.Key.Form, pair.Key.Part,
                Rule: RuleOf(pair.Key.Form, pair.Value.OrderByDescending(lemma => lemma.Value).ThenBy(lemma => lemma.Key, StringComparer.Ordinal).First().Key)))
            .ToList();
        var endings = new Dictionary<(string Ending, PartOfSpeech Part), Dictionary<LemmaRule, int>>();
        foreach (var (form, part, rule) in known)
        {
            for (var length = 1; length <= Math.Min(Lemmatizer.LongestEnding, form.Length); length++)
            {
                if (rule.Cut > length)
                    continue;
                var key = (form[^length..], part);
                if (!endings.TryGetValue(key, out var rules))
                    endings.Add(key, rules = []);
                rules[rule] = rules.GetValueOrDefault(rule) + 1;
            }
        }

        var decided = new Dictionary<(string Ending, PartOfSpeech Part), LemmaRule>();
        var entries = new List<(string Ending, bool Whole, PartOfSpeech Part, LemmaRule Rule)>();
        foreach (var ((ending, part), rules) in endings.OrderBy(pair => pair.Key.Ending.Length).ThenBy(pair => pair.Key.Ending, StringComparer.Ordinal).ThenBy(pair => pair.Key.Part))
        {
            var best = rules.OrderByDescending(rule => rule.Value).ThenBy(rule => rule.Key.Cut).ThenBy(rule => rule.Key.Ending, StringComparer.Ordinal).First();
            if (best.Value < 2 || Decide(ending, part, ending.Length - 1) == best.Key)
                continue;
            decided.Add((ending, part), best.Key);
            entries.Add((ending, false, part, best.Key));
        }

        foreach (var (form, part, rule) in known)
        {
            if ((Decide(form, part, Lemmatizer.LongestEnding) ?? new LemmaRule(0, "")) != rule)
                entries.Add((form, true, part, rule));
        }

        return Lemmatizer.Of(entries);

        LemmaRule? Decide(string form, PartOfSpeech part, int longest)
        {
            for (var length = Math.Min(longest, form.Length); length > 0; length--)
            {
                if (decided.TryGetValue((form[^length..], part), out var rule))
                    return rule;
            }

            return null;
        }
    }

    /// <summary>The command: <c>lemmatizer LANGUAGE OUT TREEBANK…</c>.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var code, var folder, _, ..] || Language.Find(code) is not { } language)
        {
            Console.Error.WriteLine("lemmatizer LANGUAGE OUT TREEBANK.conllu…");
            return 2;
        }

        var seen = args[2..].SelectMany(TreebankSentence.Read).SelectMany(Words).ToList();
        var verbs = seen.Where(word => word.Part == PartOfSpeech.Verb).Select(word => word.Lemma)
            .Concat(language.Lines("reporting-verbs").Select(line => line.Split('\t')[0]))
            .Where(verb => verb.All(char.IsLetter)).Distinct();
        var words = seen.Concat(Conjugations(language, verbs));
        var path = Path.Combine(folder, $"lemmatizer-{code}.model");
        using var file = File.Create(path);
        Train(words).Write(file);
        Console.WriteLine($"{path}: {file.Length} bytes");
        return 0;
    }

    /// <summary>The words of a sentence that stand alone.</summary>
    public static IEnumerable<(string Form, PartOfSpeech Part, string Lemma)> Words(TreebankSentence sentence) =>
        sentence.Words.Where(word => !word.IsFused).Select(word => (word.Span.Quote(sentence.Text), word.Part, word.Lemma));

    // Verbs in all the forms that the language's conjugations give.
    private static IEnumerable<(string Form, PartOfSpeech Part, string Lemma)> Conjugations(Language language, IEnumerable<string> verbs)
    {
        var patterns = language.Lines("conjugations").Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
            .OrderByDescending(columns => columns[0].Length).ToList();
        foreach (var verb in verbs)
        {
            var pattern = patterns.Find(columns => verb.EndsWith(columns[0], StringComparison.Ordinal));
            if (pattern is null && !patterns.Exists(columns => columns[0] == "-"))
                continue;
            pattern ??= patterns.Find(columns => columns[0] == "-")!;
            var stem = verb.EndsWith(pattern[0], StringComparison.Ordinal) ? verb[..^pattern[0].Length] : verb;
            foreach (var ending in pattern[1..].SelectMany(column => column.Split(' ', StringSplitOptions.RemoveEmptyEntries)))
                yield return (ending == "-" ? stem : stem + ending, PartOfSpeech.Verb, verb);
            yield return (verb, PartOfSpeech.Verb, verb);
        }
    }

    private static LemmaRule RuleOf(string form, string lemma)
    {
        var shared = 0;
        while (shared < form.Length && shared < lemma.Length && form[shared] == lemma[shared])
            shared++;
        return new LemmaRule(form.Length - shared, lemma[shared..]);
    }
}
