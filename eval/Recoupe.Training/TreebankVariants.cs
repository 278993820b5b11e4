using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>What the press writes and treebanks hold little of: headlines in capitals or without a full stop, and datelines, made of their sentences.</summary>
public static class TreebankVariants
{
    /// <summary>
    /// Gives the treebanks that name no agents of passives (<c>obl:agent</c>) those of the others: what the others introduce them with (<i>by</i>, <i>par</i>) after a
    /// past participle introduces them there.
    /// </summary>
    public static List<TreebankSentence> WithAgents(IReadOnlyList<List<TreebankSentence>> treebanks)
    {
        var introduced = treebanks.SelectMany(sentences => sentences).SelectMany(sentence => Participles(sentence))
            .GroupBy(pair => pair.Case, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Count(pair => pair.IsAgent) * 2 > group.Count(pair => !pair.IsAgent), StringComparer.Ordinal);
        return [.. treebanks.SelectMany(sentences =>
        {
            var all = sentences.SelectMany(sentence => Participles(sentence)).Where(pair => introduced.GetValueOrDefault(pair.Case)).ToList();
            return all.Count(pair => pair.IsAgent) * 10 > all.Count ? sentences : sentences.Select(sentence => Renamed(sentence, introduced));
        })];
    }

    /// <summary>Now and then a variant of a sentence.</summary>
    /// <param name="name">A name of the treebank, for a dateline.</param>
    public static TreebankSentence? Of(TreebankSentence sentence, string? name, Random random) => random.Next(24) switch
    {
        0 => WithText(sentence, sentence.Text.ToUpperInvariant()),
        1 => WithText(sentence, TitleCase(sentence)),
        2 => WithoutFullStop(sentence),
        3 when name is not null => WithDateline(sentence, name),
        _ => null,
    };

    private static IEnumerable<(int Word, string Case, bool IsAgent)> Participles(TreebankSentence sentence)
    {
        for (var i = 0; i < sentence.Words.Length; i++)
        {
            var word = sentence.Words[i];
            if (word.Head < 0 || !word.Relation.StartsWith("obl", StringComparison.Ordinal) || sentence.Words[word.Head].Form.Form != VerbForm.PastParticiple)
                continue;
            var introduction = sentence.Words.FirstOrDefault(other => other.Head == i && other.Relation == "case");
            if (introduction is not null)
                yield return (i, introduction.Lemma, word.Relation == "obl:agent");
        }
    }

    private static TreebankSentence Renamed(TreebankSentence sentence, Dictionary<string, bool> introduced)
    {
        var agents = Participles(sentence).Where(pair => introduced.GetValueOrDefault(pair.Case)).Select(pair => pair.Word).ToHashSet();
        return agents.Count == 0 ? sentence : sentence with { Words = [.. sentence.Words.Select((word, i) => agents.Contains(i) ? word with { Relation = "obl:agent" } : word)] };
    }

    private static TreebankSentence? WithText(TreebankSentence sentence, string text) => text.Length == sentence.Text.Length ? sentence with { Text = text } : null;

    private static string TitleCase(TreebankSentence sentence)
    {
        var letters = sentence.Text.ToCharArray();
        foreach (var word in sentence.Words)
        {
            if (word.Span.Length > 3)
                letters[word.Span.Start] = char.ToUpperInvariant(letters[word.Span.Start]);
        }

        return new string(letters);
    }

    private static TreebankSentence? WithoutFullStop(TreebankSentence sentence) =>
        sentence.Words is [.., { Relation: "punct" } last] && last.Span.End == sentence.Text.Length && sentence.Words.All(word => word.Head != sentence.Words.Length - 1)
            ? new TreebankSentence(sentence.Text[..last.Span.Start].TrimEnd(), sentence.Words[..^1])
            : null;

    // "NAME (NAME) - ": the place stands beside the sentence, the agency beside the place.
    private static TreebankSentence WithDateline(TreebankSentence sentence, string name)
    {
        var prefix = $"{name.ToUpperInvariant()} ({name}) - ";
        var root = Math.Max(0, sentence.Words.ToList().FindIndex(word => word.Head < 0));
        TreebankWord Own(int start, int length, PartOfSpeech part, int head, string relation) =>
            new(TextSpan.Of(start, length), false, name, part, default, head, relation);
        ImmutableArray<TreebankWord> own =
        [
            Own(0, name.Length, PartOfSpeech.ProperNoun, root + 5, "parataxis"), Own(name.Length + 1, 1, PartOfSpeech.Punctuation, 2, "punct"),
            Own(name.Length + 2, name.Length, PartOfSpeech.ProperNoun, 0, "appos"), Own((name.Length * 2) + 2, 1, PartOfSpeech.Punctuation, 2, "punct"),
            Own((name.Length * 2) + 4, 1, PartOfSpeech.Punctuation, root + 5, "punct"),
        ];
        return new TreebankSentence(prefix + sentence.Text, [.. own, .. sentence.Words.Select(word =>
            word with { Span = word.Span.Shift(prefix.Length), Head = word.Head < 0 ? -1 : word.Head + own.Length })]);
    }
}
