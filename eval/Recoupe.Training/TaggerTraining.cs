using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains the tagger of a language on treebanks in CoNLL-U.</summary>
public static class TaggerTraining
{
    private const string Development = "--dev=";

    /// <summary>How the training goes.</summary>
    public sealed record Options
    {
        /// <summary>Passes over the sentences.</summary>
        public int Rounds { get; init; } = 10;

        /// <summary>How many features the model of parts of speech keeps; each takes a byte a label.</summary>
        public int MostTagFeatures { get; init; } = 60_000;

        /// <summary>The same for number, gender and person.</summary>
        public int MostAgreementFeatures { get; init; } = 20_000;

        /// <summary>The share of sentences that is read in capitals, and the share read in title case, in each pass: headlines.</summary>
        public double HeadlineShare { get; init; } = 0.05;
    }

    /// <summary>The labels and models of <paramref name="sentences"/>.</summary>
    public static (FeatureModel Tags, FeatureModel Agreements) Train(
        IReadOnlyList<TreebankSentence> sentences, Language language, Options options, TextWriter log)
    {
        var examples = sentences.Select(sentence => (sentence.Text, Tokens: sentence.Align(language))).ToList();
        var tagLabels = Labels(examples, token => TagLabel.Tag(token.Tag, token.Form), tokenWanted: token => token.Tag != PartOfSpeech.Unknown);
        var agreementLabels = Labels(
            examples, token => TagLabel.Agreement(token.Form), token => new TagLabel(token.Tag, token.Form).HasAgreement);
        var tags = new Perceptron(tagLabels.Length);
        var agreements = new Perceptron(agreementLabels.Length);

        var random = new Random(1);
        var words = new TaggerWord[examples.Max(example => example.Tokens.Length) + TaggerWord.Margin];
        var gold = new int[words.Length];
        var given = new int[words.Length];
        var features = new ulong[TaggerWord.MaxFeatures];
        var numbers = new int[TaggerWord.MaxFeatures];
        var scores = new float[256];
        for (var round = 0; round < options.Rounds; round++)
        {
            int right = 0, all = 0, agreed = 0, agreeing = 0;
            for (var i = examples.Count - 1; i > 0; i--)
            {
                var j = random.Next(i + 1);
                (examples[i], examples[j]) = (examples[j], examples[i]);
            }

            foreach (var (text, tokens) in examples)
            {
                var manner = random.NextDouble() / options.HeadlineShare;
                var shown = manner < 1 ? text.ToUpperInvariant() : manner < 2 ? TitleCase(text, tokens) : text;
                var read = words.AsSpan(0, TaggerWord.Read(shown, tokens.AsSpan(), words));
                for (var i = 0; i < tokens.Length; i++)
                    gold[i] = tokens[i].Kind == TokenKind.Mark || tokens[i].Tag == PartOfSpeech.Unknown ? -1 : tagLabels.IndexOf(TagLabel.Tag(tokens[i].Tag, tokens[i].Form));

                for (var i = 0; i < tokens.Length; i++)
                {
                    given[i] = TaggerWord.None;
                    if (tokens[i].Kind == TokenKind.Mark)
                        continue;
                    var count = TaggerWord.TagFeatures(read, i, given, features);
                    given[i] = Learn(tags, features.AsSpan(0, count), numbers, scores.AsSpan(0, tagLabels.Length), gold[i]);
                    all++;
                    right += given[i] == gold[i] ? 1 : 0;
                }

                // Agreement is learnt on the true tags.
                var last = TaggerWord.None;
                for (var i = 0; i < tokens.Length; i++)
                    given[i] = gold[i] < 0 ? TaggerWord.None : gold[i];
                for (var i = 0; i < tokens.Length; i++)
                {
                    if (gold[i] < 0 || !new TagLabel(tokens[i].Tag, tokens[i].Form).HasAgreement)
                    {
                        last = TaggerWord.None;
                        continue;
                    }

                    var wanted = agreementLabels.IndexOf(TagLabel.Agreement(tokens[i].Form));
                    var count = TaggerWord.AgreementFeatures(read, i, given, last, features);
                    last = Learn(agreements, features.AsSpan(0, count), numbers, scores.AsSpan(0, agreementLabels.Length), wanted);
                    agreeing++;
                    agreed += last == wanted ? 1 : 0;
                }
            }

            log.WriteLine($"round {round + 1}: tags {(double)right / all:0.0000}, agreement {(double)agreed / agreeing:0.0000}, features {tags.Count} and {agreements.Count}");
        }

        return (tags.ToModel(tagLabels, options.MostTagFeatures), agreements.ToModel(agreementLabels, options.MostAgreementFeatures));
    }

    /// <summary>The command: <c>tagger LANGUAGE OUT TREEBANK…</c>; writes tagger-LANGUAGE.model and agreement-LANGUAGE.model.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var code, var folder, _, ..] || Language.Find(code) is not { } language)
        {
            Console.Error.WriteLine("tagger LANGUAGE OUT TREEBANK.conllu… [--dev=TREEBANK.conllu]");
            return 2;
        }

        var sentences = args[2..].Where(path => !path.StartsWith("--", StringComparison.Ordinal)).SelectMany(TreebankSentence.Read).ToList();
        Console.WriteLine($"{sentences.Count} sentences");
        var (tags, agreements) = Train(sentences, language, new Options(), Console.Out);
        foreach (var path in args[2..].Where(path => path.StartsWith(Development, StringComparison.Ordinal)).Select(path => path[Development.Length..]))
            Console.WriteLine($"{path}: {Accuracy(new Tagger(tags, agreements), TreebankSentence.Read(path), language):0.0000} of words");
        foreach (var (name, model) in new[] { ("tagger", tags), ("agreement", agreements) })
        {
            using var file = File.Create(Path.Combine(folder, $"{name}-{code}.model"));
            model.Write(file);
            Console.WriteLine($"{name}-{code}.model: {model.Labels.Length} labels, {model.Count} features, {file.Length} bytes");
        }

        return 0;
    }

    private static double Accuracy(Tagger tagger, IEnumerable<TreebankSentence> sentences, Language language)
    {
        int right = 0, all = 0;
        foreach (var sentence in sentences)
        {
            var gold = sentence.Align(language);
            var given = tagger.Tag(sentence.Text, Tokenizer.Tokenize(sentence.Text, language), [new TextSpan(0, sentence.Text.Length)]);
            for (var i = 0; i < gold.Length; i++)
            {
                if (gold[i].Kind == TokenKind.Mark)
                    continue;
                all++;
                right += gold[i].Tag == given[i].Tag ? 1 : 0;
            }
        }

        return (double)right / Math.Max(1, all);
    }

    private static int Learn(Perceptron model, ReadOnlySpan<ulong> features, int[] numbers, Span<float> scores, int gold)
    {
        for (var i = 0; i < features.Length; i++)
            numbers[i] = model.Number(features[i]);
        var known = numbers.AsSpan(0, features.Length);
        scores.Clear();
        model.Score(known, scores);
        var best = 0;
        for (var label = 1; label < scores.Length; label++)
        {
            if (scores[label] > scores[best])
                best = label;
        }

        if (gold >= 0 && best != gold)
        {
            model.Move(known, gold, 1);
            model.Move(known, best, -1);
        }

        model.Tick();
        return best;
    }

    // The labels that at least three tokens have, the most frequent first.
    private static ImmutableArray<string> Labels(
        List<(string Text, ImmutableArray<Token> Tokens)> examples, Func<Token, string> label, Func<Token, bool> tokenWanted) =>
        [.. examples.SelectMany(example => example.Tokens)
            .Where(token => token.Kind != TokenKind.Mark && tokenWanted(token))
            .GroupBy(label).Where(group => group.Count() >= 3)
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => group.Key)];

    private static string TitleCase(string text, ImmutableArray<Token> tokens)
    {
        var letters = text.ToCharArray();
        foreach (var token in tokens)
        {
            if (token.Kind == TokenKind.Word && token.Span.Length > 3)
                letters[token.Start] = char.ToUpperInvariant(letters[token.Start]);
        }

        return new string(letters);
    }
}
