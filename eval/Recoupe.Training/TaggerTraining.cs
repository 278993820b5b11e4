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

        /// <summary>In how many orders of the sentences it is learnt; the weights are added up.</summary>
        public int Orders { get; init; } = 1;

        /// <summary>The share of features that is left out at each step, others each time, so that none is leant on alone.</summary>
        public double Dropout { get; init; }

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
        var orders = Enumerable.Range(1, options.Orders).Select(order => new Learner(examples, tagLabels, agreementLabels, WordClusters.For(language), options, order)).ToList();
        foreach (var learner in orders)
        {
            for (var round = 0; round < options.Rounds; round++)
                log.WriteLine($"round {round + 1}: {learner.Round()}");
        }

        return (Perceptron.ToModel([.. orders.Select(learner => learner.Tags)], tagLabels, options.MostTagFeatures),
            Perceptron.ToModel([.. orders.Select(learner => learner.Agreements)], agreementLabels, options.MostAgreementFeatures));
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
            Console.WriteLine($"{path}: {Accuracy(new Tagger(tags, agreements, WordClusters.For(language)), TreebankSentence.Read(path), language):0.0000} of words");
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

    /// <summary>Both models while they are trained, on the examples in an order of their own.</summary>
    private sealed class Learner
    {
        private readonly (string Text, ImmutableArray<Token> Tokens)[] _examples;
        private readonly ImmutableArray<string> _tagLabels;
        private readonly ImmutableArray<string> _agreementLabels;
        private readonly WordClusters _classes;
        private readonly Options _options;
        private readonly Random _random;
        private readonly TaggerWord[] _words;
        private readonly int[] _gold;
        private readonly int[] _given;
        private readonly ulong[] _features = new ulong[TaggerWord.MaxFeatures];
        private readonly int[] _numbers = new int[TaggerWord.MaxFeatures];
        private readonly float[] _scores = new float[256];
        private ulong _numbered;

        public Learner(IEnumerable<(string Text, ImmutableArray<Token> Tokens)> examples, ImmutableArray<string> tagLabels,
            ImmutableArray<string> agreementLabels, WordClusters classes, Options options, int order)
        {
            (_examples, _tagLabels, _agreementLabels, _classes, _options, _random) = ([.. examples], tagLabels, agreementLabels, classes, options, new Random(order));
            Tags = new Perceptron(tagLabels.Length);
            Agreements = new Perceptron(agreementLabels.Length);
            _words = new TaggerWord[_examples.Max(example => example.Tokens.Length) + TaggerWord.Margin];
            _gold = new int[_words.Length];
            _given = new int[_words.Length];
        }

        public Perceptron Tags { get; }

        public Perceptron Agreements { get; }

        /// <summary>Passes over all examples and tells how many were right.</summary>
        public string Round()
        {
            _random.Shuffle(_examples);
            int right = 0, all = 0, agreed = 0, agreeing = 0;
            foreach (var (text, tokens) in _examples)
            {
                var manner = _random.NextDouble() / _options.HeadlineShare;
                var shown = manner < 1 ? text.ToUpperInvariant() : manner < 2 ? TitleCase(text, tokens) : text;
                TaggerWord.Read(shown, tokens.AsSpan(), _classes, _words);
                var read = _words.AsSpan(0, tokens.Length);
                for (var i = 0; i < tokens.Length; i++)
                    _gold[i] = tokens[i].Kind == TokenKind.Mark || tokens[i].Tag == PartOfSpeech.Unknown ? -1 : _tagLabels.IndexOf(TagLabel.Tag(tokens[i].Tag, tokens[i].Form));
                var (tagged, tagsRight) = LearnTags(tokens, read);
                var (agreements, agreementsRight) = LearnAgreements(tokens, read);
                (all, right, agreeing, agreed) = (all + tagged, right + tagsRight, agreeing + agreements, agreed + agreementsRight);
            }

            return $"tags {(double)right / all:0.0000}, agreement {(double)agreed / agreeing:0.0000}, features {Tags.Count} and {Agreements.Count}";
        }

        private (int All, int Right) LearnTags(ImmutableArray<Token> tokens, ReadOnlySpan<TaggerWord> read)
        {
            int right = 0, all = 0;
            for (var i = 0; i < tokens.Length; i++)
            {
                _given[i] = TaggerWord.None;
                if (tokens[i].Kind == TokenKind.Mark)
                    continue;
                _given[i] = Learn(Tags, TaggerWord.TagFeatures(read, i, _given, _features), _tagLabels.Length, _gold[i]);
                all++;
                right += _given[i] == _gold[i] ? 1 : 0;
            }

            return (all, right);
        }

        // On the true tags.
        private (int All, int Right) LearnAgreements(ImmutableArray<Token> tokens, ReadOnlySpan<TaggerWord> read)
        {
            int right = 0, all = 0;
            var last = TaggerWord.None;
            for (var i = 0; i < tokens.Length; i++)
                _given[i] = _gold[i] < 0 ? TaggerWord.None : _gold[i];
            for (var i = 0; i < tokens.Length; i++)
            {
                if (_gold[i] < 0 || !new TagLabel(tokens[i].Tag, tokens[i].Form).HasAgreement)
                {
                    last = TaggerWord.None;
                    continue;
                }

                var wanted = _agreementLabels.IndexOf(TagLabel.Agreement(tokens[i].Form));
                last = Learn(Agreements, TaggerWord.AgreementFeatures(read, i, _given, last, _features), _agreementLabels.Length, wanted);
                all++;
                right += last == wanted ? 1 : 0;
            }

            return (all, right);
        }

        private int Learn(Perceptron model, int count, int labels, int gold)
        {
            _numbered += 0x9E3779B97F4A7C15;
            for (var i = 0; i < count; i++)
                _numbers[i] = ((_features[i] + _numbered) * 0xD6E8FEB86659FD93) >> 48 < _options.Dropout * 65536 ? -1 : model.Number(_features[i]);
            var known = _numbers.AsSpan(0, count);
            var scores = _scores.AsSpan(0, labels);
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
    }
}
