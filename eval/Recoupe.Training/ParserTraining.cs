using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Training;

/// <summary>Trains the parser of a language on treebanks in CoNLL-U, on tags that the tagger gave without having seen the sentence.</summary>
public static class ParserTraining
{
    private const string Development = "--dev=";

    /// <summary>How the training goes.</summary>
    public sealed record Options
    {
        /// <summary>Passes over the sentences.</summary>
        public int Rounds { get; init; } = 12;

        /// <summary>The pass from which on the parser follows its own choices, to learn to go on from errors.</summary>
        public int ExploreFrom { get; init; } = 1;

        /// <summary>How often it follows its own choice then.</summary>
        public double Exploration { get; init; } = 0.9;

        /// <summary>The share of features that is left out at each step, others each time, so that none is leant on alone.</summary>
        public double Dropout { get; init; } = 0.25;

        /// <summary>In how many parts the sentences are cut; each is tagged by a tagger trained on the others.</summary>
        public int Folds { get; init; } = 4;

        /// <summary>How many features the choice of transitions keeps; five bytes each.</summary>
        public int MostAttachmentFeatures { get; init; } = 1_200_000;

        /// <summary>How many features the naming of arcs keeps; a byte a relation.</summary>
        public int MostRelationFeatures { get; init; } = 60_000;
    }

    /// <summary>A sentence to learn from: our tokens with predicted tags, and the true arcs.</summary>
    private sealed record Example(string Text, ImmutableArray<Token> Tokens, GoldArc[] Arcs);

    /// <summary>Trains on sentences.</summary>
    public static DependencyParser Train(IReadOnlyList<TreebankSentence> sentences, Language language, Options options, TextWriter log) =>
        Train(sentences, language, options, log, []);

    private static DependencyParser Train(
        IReadOnlyList<TreebankSentence> sentences, Language language, Options options, TextWriter log, IReadOnlyList<List<TreebankSentence>> development)
    {
        var examples = Tagged(sentences, language, options);
        log.WriteLine($"{examples.Count} sentences tagged");
        var learner = new Learner(examples, options.Dropout, WordClusters.For(language));
        for (var round = 0; round < options.Rounds; round++)
        {
            log.WriteLine($"round {round + 1}: {learner.Round(round >= options.ExploreFrom ? options.Exploration : 0)}");
            if (development.Count > 0 && round % 2 == 1)
                Report(learner.ToParser(options), development, language, log);
        }

        return learner.ToParser(options);
    }

    /// <summary>Whether a treebank may be trained on: those that forbid commercial use only measure.</summary>
    public static bool MayTrain(string path) =>
        !new[] { "partut", "gum" }.Any(name => Path.GetFileName(path).Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The command: <c>parser LANGUAGE OUT TREEBANK…</c>; writes parser-LANGUAGE.model.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var code, var folder, _, ..] || Language.Find(code) is not { } language)
        {
            Console.Error.WriteLine("parser LANGUAGE OUT TREEBANK.conllu… [--dev=TREEBANK.conllu] [--rounds=N]");
            return 2;
        }

        if (args[2..].Any(path => !path.StartsWith("--", StringComparison.Ordinal) && !MayTrain(path)))
        {
            Console.Error.WriteLine("ParTUT and GUM are not for commercial use: they only measure");
            return 2;
        }

        var options = new Options();
        if (args.FirstOrDefault(static arg => arg.StartsWith("--rounds=", StringComparison.Ordinal)) is { } rounds)
            options = options with { Rounds = int.Parse(rounds[9..]) };
        if (args.FirstOrDefault(static arg => arg.StartsWith("--dropout=", StringComparison.Ordinal)) is { } dropout)
            options = options with { Dropout = double.Parse(dropout[10..]) };
        var sentences = TreebankVariants.WithAgents([.. args[2..].Where(path => !path.StartsWith("--", StringComparison.Ordinal))
            .Select(path => TreebankSentence.Read(path).ToList())]);
        var development = args[2..].Where(path => path.StartsWith(Development, StringComparison.Ordinal))
            .Select(path => TreebankSentence.Read(path[Development.Length..]).ToList()).ToList();
        var parser = Train(sentences, language, options, Console.Out, development);
        Report(parser, development, language, Console.Out);
        using var file = File.Create(Path.Combine(folder, $"parser-{code}.model"));
        parser.Write(file);
        Console.WriteLine($"parser-{code}.model: {file.Length} bytes");
        return 0;
    }

    private static void Report(DependencyParser parser, IReadOnlyList<List<TreebankSentence>> development, Language language, TextWriter log)
    {
        foreach (var sentences in development)
            log.WriteLine($"  {ParserScore.Of(parser, Tagger.For(language)!, sentences, language)}");
    }

    // Each part is tagged by a tagger trained on the others.
    private static List<Example> Tagged(IReadOnlyList<TreebankSentence> sentences, Language language, Options options)
    {
        var examples = new List<Example>();
        var random = new Random(2);
        var names = sentences.SelectMany(sentence => sentence.Words.Where(word => word.Part == PartOfSpeech.ProperNoun && !word.IsFused && word.Span.Length > 3)
            .Select(word => word.Span.Quote(sentence.Text)).Where(word => word.All(char.IsLetter))).ToList();
        for (var fold = 0; fold < options.Folds; fold++)
        {
            var others = sentences.Where((_, index) => index % options.Folds != fold).ToList();
            var (tags, agreements) = TaggerTraining.Train(others, language, new TaggerTraining.Options { Rounds = 5 }, TextWriter.Null);
            var tagger = new Tagger(tags, agreements, WordClusters.For(language));
            foreach (var sentence in sentences.Where((_, index) => index % options.Folds == fold))
            {
                Add(sentence, tagger);
                if (TreebankVariants.Of(sentence, names.Count > 0 ? names[random.Next(names.Count)] : null, random) is { } variant)
                    Add(variant, tagger);
            }
        }

        return examples;

        void Add(TreebankSentence sentence, Tagger tagger)
        {
            var tokens = tagger.Tag(sentence.Text, Tokenizer.Tokenize(sentence.Text, language), [new TextSpan(0, sentence.Text.Length)]);
            if (tokens.Length is > 0 and <= DependencyParser.LongestSentence)
                examples.Add(new Example(sentence.Text, tokens, sentence.Arcs(tokens.AsSpan())));
        }
    }

    /// <summary>Both models while they are trained.</summary>
    private sealed class Learner
    {
        private readonly List<Example> _examples;
        private readonly ImmutableArray<string> _labels;
        private readonly int[] _labelOf = new int[RelationNames.Count];
        private readonly Perceptron _attachments = new(3);
        private readonly Perceptron _relations;
        private readonly Random _random = new(1);
        private readonly ParserState _state = new();
        private readonly ulong[] _features = new ulong[ParserFeatures.Most];
        private readonly int[] _numbers = new int[ParserFeatures.Most];
        private readonly float[] _scores = new float[RelationNames.Count];
        private readonly ulong _dropped; // of 65536
        private readonly WordClusters _classes;
        private ulong _numbered;
        private int _steps, _wrong, _arcs, _misnamed;

        public Learner(List<Example> examples, double dropout, WordClusters classes)
        {
            _classes = classes;
            _dropped = (ulong)(dropout * 65536);
            _examples = examples;
            _labels = [.. examples.SelectMany(example => example.Arcs).Select(arc => arc.Relation)
                .Where(relation => relation is not (Relation.Root or Relation.Punctuation))
                .GroupBy(relation => relation).OrderByDescending(group => group.Count()).ThenBy(group => group.Key)
                .Select(group => RelationNames.NameOf(group.Key))];
            for (var relation = 0; relation < _labelOf.Length; relation++)
                _labelOf[relation] = _labels.IndexOf(RelationNames.NameOf((Relation)relation));
            _relations = new Perceptron(_labels.Length);
        }

        public string Round(double exploration)
        {
            _steps = _wrong = _arcs = _misnamed = 0;
            for (var i = _examples.Count - 1; i > 0; i--)
            {
                var j = _random.Next(i + 1);
                (_examples[i], _examples[j]) = (_examples[j], _examples[i]);
            }

            foreach (var example in _examples)
            {
                _state.Start(example.Text, example.Tokens.AsSpan(), _classes);
                if (_state.Sentence.Count == 0)
                    continue;
                var gold = new GoldTree(_state, example.Arcs);
                while (!_state.IsDone)
                    Step(gold, exploration);
            }

            return $"transitions {1 - ((double)_wrong / _steps):0.0000}, relations {1 - ((double)_misnamed / Math.Max(1, _arcs)):0.0000}, "
                + $"features {_attachments.Count} and {_relations.Count}";
        }

        public DependencyParser ToParser(Options options)
        {
            var kept = _attachments.Averaged()
                .Select(row => (row.Feature, row.Weights, Size: Math.Max(MathF.Abs(row.Weights[1] - row.Weights[0]), MathF.Abs(row.Weights[2] - row.Weights[0])) * Math.Log(1 + row.Count)))
                .OrderByDescending(row => row.Size).ThenBy(row => row.Feature).Take(options.MostAttachmentFeatures)
                .Select(row => (row.Feature, row.Weights)).ToList();
            var sizes = kept.Select(row => Math.Max(MathF.Abs(row.Weights[1] - row.Weights[0]), MathF.Abs(row.Weights[2] - row.Weights[0]))).Order().ToList();
            var scale = 127 / Math.Max(sizes[(int)((sizes.Count - 1) * 0.999)], 1e-3f);
            return new DependencyParser(AttachmentModel.Of(kept, scale), _relations.ToModel(_labels, options.MostRelationFeatures), _classes);
        }

        private void Step(GoldTree gold, double exploration)
        {
            var numbers = Numbers(_attachments, ParserFeatures.OfState(_state, _features));
            var scores = _scores.AsSpan(0, 3);
            scores.Clear();
            _attachments.Score(numbers, scores);
            Span<int> costs = stackalloc int[3];
            var least = int.MaxValue;
            for (var transition = 0; transition < 3; transition++)
            {
                costs[transition] = _state.Allows((Transition)transition) ? gold.CostOf(_state, (Transition)transition) : int.MaxValue;
                least = Math.Min(least, costs[transition]);
            }

            int best = -1, right = -1;
            for (var transition = 0; transition < 3; transition++)
            {
                if (costs[transition] < int.MaxValue && (best < 0 || scores[transition] > scores[best]))
                    best = transition;
                if (costs[transition] == least && (right < 0 || scores[transition] > scores[right]))
                    right = transition;
            }

            _steps++;
            if (costs[best] != least)
            {
                _wrong++;
                _attachments.Move(numbers, right, 1);
                _attachments.Move(numbers, best, -1);
            }

            _attachments.Tick();
            var taken = (Transition)(costs[best] == least || _random.NextDouble() < exploration ? best : right);
            _state.Make(taken, taken == Transition.Shift ? Relation.Root : NameArc(gold, taken));
        }

        private Relation NameArc(GoldTree gold, Transition taken)
        {
            var (word, head) = _state.ArcOf(taken);
            if (head == _state.Sentence.Count)
                return Relation.Root;
            var numbers = Numbers(_relations, ParserFeatures.OfArc(_state, word, head, _features));
            var scores = _scores.AsSpan(0, _labels.Length);
            scores.Clear();
            _relations.Score(numbers, scores);
            var best = 0;
            for (var label = 1; label < scores.Length; label++)
            {
                if (scores[label] > scores[best])
                    best = label;
            }

            var wanted = _labelOf[(int)gold.Relations[word]];
            if (gold.Heads[word] == head && wanted >= 0)
            {
                _arcs++;
                if (best != wanted)
                {
                    _misnamed++;
                    _relations.Move(numbers, wanted, 1);
                    _relations.Move(numbers, best, -1);
                }

                _relations.Tick();
            }

            return RelationNames.Parse(_labels[best]);
        }

        private Span<int> Numbers(Perceptron model, int count)
        {
            _numbered += 0x9E3779B97F4A7C15;
            for (var i = 0; i < count; i++)
                _numbers[i] = ((_features[i] + _numbered) * 0xD6E8FEB86659FD93) >> 48 < _dropped ? -1 : model.Number(_features[i]);
            return _numbers.AsSpan(0, count);
        }
    }

    /// <summary>The true heads of the parser's words, and what each transition makes unreachable.</summary>
    private sealed class GoldTree
    {
        private readonly List<int>[] _children;

        public GoldTree(ParserState state, GoldArc[] arcs)
        {
            var words = state.Sentence.Words;
            var count = state.Sentence.Count;
            var wordOf = new int[arcs.Length];
            Array.Fill(wordOf, -1);
            for (var i = 0; i < count; i++)
                wordOf[words[i].Token] = i;
            Heads = new int[count];
            Relations = new Relation[count];
            _children = new List<int>[count + 1];
            for (var i = 0; i <= count; i++)
                _children[i] = [];
            for (var i = 0; i < count; i++)
            {
                var arc = arcs[words[i].Token];
                var head = arc.Head;
                while (head >= 0 && wordOf[head] < 0)
                    head = arcs[head].Head; // a mark is no word here: its head takes its place
                Heads[i] = head < 0 ? count : wordOf[head];
                Relations[i] = arc.Relation;
                _children[Heads[i]].Add(i);
            }
        }

        public int[] Heads { get; }

        public Relation[] Relations { get; }

        // Goldberg and Nivre 2013, for arc-hybrid.
        public int CostOf(ParserState state, Transition transition)
        {
            var next = state.Next;
            if (transition == Transition.Shift)
            {
                var cost = 0;
                for (var under = 0; under < state.Depth; under++)
                {
                    var word = state.Stack(under);
                    if (under > 0 && Heads[next] == word)
                        cost++;
                    if (Heads[word] == next)
                        cost++;
                }

                return cost;
            }

            var top = state.Stack(0);
            var lost = 0;
            foreach (var child in _children[top])
                lost += child >= next ? 1 : 0;
            var head = Heads[top];
            var reachable = transition == Transition.Left ? head == state.Stack(1) || head > next : head >= next;
            return lost + (reachable ? 1 : 0);
        }
    }
}
