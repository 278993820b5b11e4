using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains the model that finds attributions: a logistic classifier of cues and softmax rankers of boundaries, on hashed features.</summary>
/// <remarks>AdaGrad (Duchi, Hazan and Singer 2011) on one shared table of weights; deterministic: fixed seed, one thread.</remarks>
public static class AttributionTraining
{
    // Chosen on one article in eight, held out: higher rates and fewer drops learn single articles by heart.
    private const float Rate = 0.05f;
    private const float Decay = 2e-6f;
    private const int LeastCount = 3;
    private const float Dropped = 0.3f;

    /// <summary>Trains on articles with statements (JSON lines: text, statements with content, cue and source as spans) and writes the model.</summary>
    /// <param name="arguments">DATA OUT, then optionally the number of rounds, and the share of articles held out (one in n) to choose the threshold;
    /// with one in 1 none is held out and the threshold may follow.</param>
    public static int Run(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Console.Error.WriteLine("attributions DATA OUT [ROUNDS [ONE_IN [THRESHOLD]]]");
            return 2;
        }

        var rounds = arguments.Length > 2 ? int.Parse(arguments[2], CultureInfo.InvariantCulture) : 6;
        var oneIn = arguments.Length > 3 ? int.Parse(arguments[3], CultureInfo.InvariantCulture) : 8;
        var articles = File.ReadLines(arguments[0]).Where(line => line.Length > 0).Select(GoldArticle.Read).ToList();
        var threshold = arguments.Length > 4 ? float.Parse(arguments[4], CultureInfo.InvariantCulture) : 0.3f;
        var model = Train(articles, rounds, oneIn, Console.Error.WriteLine, threshold);
        using var stream = File.Create(arguments[1]);
        model.Write(stream);
        return 0;
    }

    /// <summary>Trains; with <paramref name="oneIn"/> above 1 the threshold is chosen on that share, then all are trained on.</summary>
    public static AttributionModel Train(IReadOnlyList<GoldArticle> articles, int rounds, int oneIn, Action<string> log, float threshold = 0.3f)
    {
        if (oneIn > 1)
        {
            var held = articles.Where((_, i) => i % oneIn == 0).ToList();
            var trial = AttributionModel.From(new Trainer().Train([.. articles.Where((_, i) => i % oneIn != 0)], rounds, log), 0);
            threshold = ChooseThreshold(held, trial, log);
        }

        return AttributionModel.From(new Trainer().Train(articles, rounds, log), threshold);
    }

    private static float ChooseThreshold(List<GoldArticle> held, AttributionModel model, Action<string> log)
    {
        Judge(held, model, log);
        var decoded = held.ConvertAll(article => new AttributionDecoder(article.Text, article.Features, model).Decode());
        var (best, bestF) = (0.3f, 0.0);
        for (var threshold = 0.1f; threshold < 0.6f; threshold += 0.02f)
        {
            int predicted = 0, gold = 0, found = 0, exact = 0;
            for (var a = 0; a < held.Count; a++)
            {
                var kept = decoded[a].Where(draft => draft.Confidence >= threshold).ToList();
                predicted += kept.Count;
                gold += held[a].Statements.Count;
                foreach (var statement in held[a].Statements)
                {
                    var match = kept.FindIndex(draft => Overlap(draft.Content[0], statement.Content) >= 0.5);
                    if (match < 0)
                        continue;
                    found++;
                    exact += kept[match].Content[0] == statement.Content ? 1 : 0;
                    kept.RemoveAt(match);
                }
            }

            var f = 2.0 * found / Math.Max(1, predicted + gold);
            log(string.Create(CultureInfo.InvariantCulture, $"threshold {threshold:F2}  predicted {predicted} of {gold}  found F1 {f:F4}  exact F1 {2.0 * exact / Math.Max(1, predicted + gold):F4}"));
            if (f > bestF)
                (best, bestF) = (threshold, f);
        }

        return best;
    }

    // How each step does when the steps before it were right.
    private static void Judge(List<GoldArticle> held, AttributionModel model, Action<string> log)
    {
        int cues = 0, tried = 0, near = 0, far = 0, half = 0, sources = 0;
        foreach (var article in held)
        {
            var decoder = new AttributionDecoder(article.Text, article.Features, model);
            foreach (var statement in article.Statements)
            {
                cues++;
                if (statement.Head < 0 || decoder.ReadAt(statement.Head) is not { } read)
                    continue;
                tried++;
                var content = read.Content[0];
                var isLeft = statement.Content.Start < statement.Head;
                near += (isLeft ? content.End == statement.Content.End : content.Start == statement.Content.Start) ? 1 : 0;
                far += content == statement.Content ? 1 : 0;
                half += Overlap(content, statement.Content) >= 0.5 ? 1 : 0;
                sources += (read.Source is null) == (statement.Source is null) && (read.Source is null || read.Source.Value.Overlaps(statement.Source!.Value)) ? 1 : 0;
            }
        }

        log(string.Create(CultureInfo.InvariantCulture, $"held out: given the cue ({tried} of {cues}): near {(double)near / tried:F4}  exact {(double)far / tried:F4}  half {(double)half / tried:F4}  source {(double)sources / tried:F4}"));
        foreach (var least in new[] { 0.3f, 0.4f, 0.5f })
        {
            int right = 0, told = 0, gold = 0;
            foreach (var article in held)
            {
                var decoder = new AttributionDecoder(article.Text, article.Features, model);
                var heads = article.Statements.Select(statement => statement.Head).Where(head => head >= 0).ToHashSet();
                gold += heads.Count;
                for (var i = 0; i < article.Text.Count; i++)
                {
                    if (!article.Features.CanBeCue(i) || decoder.CueProbability(i) < least)
                        continue;
                    told++;
                    right += heads.Contains(i) ? 1 : 0;
                }
            }

            log(string.Create(CultureInfo.InvariantCulture, $"cues at {least:F1}: precision {(double)right / Math.Max(1, told):F4}  recall {(double)right / gold:F4}"));
        }
    }

    private static double Overlap(AttributionRules.Range a, AttributionRules.Range b)
    {
        var shared = Math.Min(a.End, b.End) - Math.Max(a.Start, b.Start);
        return shared <= 0 ? 0 : (double)shared / (Math.Max(a.End, b.End) - Math.Min(a.Start, b.Start));
    }

    /// <summary>An article with what its annotators found, in tokens.</summary>
    public sealed class GoldArticle
    {
        private GoldArticle(AttributedText text, AttributionFeatures features, List<GoldStatement> statements)
        {
            Text = text;
            Features = features;
            Statements = statements;
        }

        internal AttributedText Text { get; }

        internal AttributionFeatures Features { get; }

        internal List<GoldStatement> Statements { get; }

        /// <summary>Reads a JSON line.</summary>
        /// <exception cref="JsonException">The line is no such article.</exception>
        public static GoldArticle Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var body = root.GetProperty("text").GetString()!;
            var language = Language.Find(root.TryGetProperty("language", out var code) ? code.GetString() : "en") ?? throw new JsonException("a language without lists");
            var text = new AttributedText(AnalyzedText.Of(body, language), language);
            var features = new AttributionFeatures(text, AttributionRules.Read(text).Drafts);
            var offsets = new CodePointOffsets(body);
            var statements = new List<GoldStatement>();
            foreach (var statement in root.GetProperty("statements").EnumerateArray())
            {
                var content = Ranges(statement, "content", text, offsets);
                if (content.Count == 0)
                    continue;
                var head = Head(Ranges(statement, "cue", text, offsets), text);

                // Of an interrupted content the part before the cue is learned; what follows it is added by rule.
                var main = content.MaxBy(range => range.End - range.Start);
                if (content.FindLast(range => range.End <= head && range.End > range.Start + 1) is { IsEmpty: false } before && head - before.End < 12)
                    main = before;
                if (text.Is(main.Start, WordClasses.That | WordClasses.ToInfinitive) && main.End - main.Start > 1)
                    main = main with { Start = features.FirstWord(main.Start + 1) };
                var source = Ranges(statement, "source", text, offsets);
                statements.Add(new GoldStatement(main, head, content.Find(range => range.Start >= head), source.Count > 0 ? source[0] : null));
            }

            return new GoldArticle(text, features, statements);
        }

        private static List<AttributionRules.Range> Ranges(JsonElement statement, string name, AttributedText text, CodePointOffsets offsets)
        {
            var ranges = new List<AttributionRules.Range>();
            if (!statement.TryGetProperty(name, out var spans) || spans.ValueKind != JsonValueKind.Array)
                return ranges;
            foreach (var span in spans.EnumerateArray())
            {
                var start = text.Source.TokenAt(offsets.ToUtf16(span[0].GetInt32()));
                var end = text.Source.TokenAt(offsets.ToUtf16(span[1].GetInt32()));
                if (name != "cue")
                {
                    while (start < end && text.IsMark(start))
                        start++;
                    while (end > start && text.IsMark(end - 1))
                        end--;
                }

                if (start < end)
                    ranges.Add(new AttributionRules.Range(start, end));
            }

            return ranges;
        }

        // The token that stands for a cue of several: its last reporting verb, else verb, noun, word, mark.
        private static int Head(List<AttributionRules.Range> cue, AttributedText text)
        {
            var (best, bestRank) = (-1, -1);
            foreach (var range in cue)
            {
                for (var i = range.Start; i < range.End; i++)
                {
                    var isVerb = text.Tag(i) == PartOfSpeech.Verb || !text.HasTags && !text.Is(i, WordClasses.Auxiliary);
                    var rank = !text.IsWord(i) ? text.IsMark(i, ':') ? 0 : -1
                        : text.Readings[i].Verbs.Length > 0 && isVerb ? 6
                        : text.Tag(i) == PartOfSpeech.Verb ? 5
                        : text.Readings[i].Noun is not null ? 4
                        : text.Tag(i) == PartOfSpeech.Noun ? 3
                        : text.Tag(i) == PartOfSpeech.Adjective ? 2 : 1;
                    if (rank >= 0 && rank >= bestRank)
                        (best, bestRank) = (i, rank);
                }
            }

            return best;
        }
    }

    internal sealed record GoldStatement(AttributionRules.Range Content, int Head, AttributionRules.Range Rest, AttributionRules.Range? Source);

    private sealed class Trainer
    {
        private readonly float[] _weights = new float[1 << AttributionModel.Bits];
        private readonly float[] _squares = new float[1 << AttributionModel.Bits];
        private readonly float[] _sums = new float[1 << AttributionModel.Bits]; // the average over the later rounds is kept
        private int _sumCount;
        private int _step;
        private readonly FeatureList _list = new();
        private readonly List<(Side Side, int Boundary)> _near = [];
        private readonly List<int> _far = [];
        private readonly uint[][] _features = new uint[1024][];
        private readonly int[] _counts = new int[1024];
        private readonly float[] _scores = new float[1024];
        private readonly int[] _seen = new int[1 << AttributionModel.Bits];
        private readonly Random _drop = new(5);
        private bool _counting;
        private int _candidates;

        public float[] Train(IReadOnlyList<GoldArticle> articles, int rounds, Action<string> log)
        {
            for (var i = 0; i < _features.Length; i++)
                _features[i] = new uint[96];
            var order = Enumerable.Range(0, articles.Count).ToArray();
            var random = new Random(17);
            for (var round = -1; round < rounds; round++)
            {
                _counting = round < 0;
                random.Shuffle(order);
                double loss = 0;
                foreach (var a in order)
                {
                    loss += Learn(articles[a]);
                    if (round < 1 || ++_step % 40 != 0)
                        continue;
                    _sumCount++;
                    for (var i = 0; i < _sums.Length; i++)
                        _sums[i] += _weights[i];
                }

                log(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: loss {loss:F0}"));
            }

            for (var i = 0; i < _sums.Length; i++)
                _sums[i] /= Math.Max(1, _sumCount);
            return _sums;
        }

        private double Learn(GoldArticle article)
        {
            double loss = 0;
            var (text, features) = (article.Text, article.Features);
            var heads = article.Statements.Select(statement => statement.Head).ToHashSet();
            for (var i = 0; i < text.Count; i++)
            {
                if (!features.CanBeCue(i) && !heads.Contains(i))
                    continue;
                _list.Clear();
                features.Cue(i, _list);
                loss += LearnBinary(heads.Contains(i) ? 1 : 0);
            }

            foreach (var statement in article.Statements)
            {
                var (content, cue, goesOn, source) = statement;
                if (cue < 0)
                    continue;
                var side = content.Start > cue ? Side.Right : Side.Left;
                var (near, far) = side == Side.Right ? (content.Start, content.End) : (content.End, content.Start);
                AttributionCandidates.Near(text, cue, _near);
                var gold = -1;
                _candidates = 0;
                foreach (var (s, b) in _near)
                {
                    if (s == side && b == near)
                        gold = _candidates;
                    _list.Clear();
                    features.Near(cue, s, b, _list);
                    features.Place(s == Side.Right ? AttributionDecoder.NearRight : AttributionDecoder.NearLeft, b, _list);
                    Keep();
                }

                loss += Rank(gold);
                if (side == Side.Left && content.End > cue)
                    continue;
                AttributionCandidates.Far(text, side, near, _far);
                gold = -1;
                _candidates = 0;
                foreach (var f in _far)
                {
                    if (f == far)
                        gold = _candidates;
                    _list.Clear();
                    features.Far(cue, side, near, f, _list);
                    features.Place(side == Side.Right ? AttributionDecoder.FarRight : AttributionDecoder.FarLeft, f, _list);
                    Keep();
                }

                loss += Rank(gold);
                loss += LearnSource(text, features, cue, content, source);
                if (features.RestAfter(cue, content, source) is not (var rest and >= 0))
                    continue;
                _list.Clear();
                features.Rest(cue, content, rest, _list);
                loss += LearnBinary(goesOn.Start <= rest && goesOn.End > rest ? 1 : 0);
            }

            return loss;
        }

        // One step of logistic regression on the listed features.
        private double LearnBinary(float y)
        {
            if (_counting)
            {
                See(_list.Items, y > 0);
                return 0;
            }

            var selected = _features[0].AsSpan(0, Select(_list.Items, _features[0]));
            var p = 1f / (1f + MathF.Exp(-Score(selected)));
            Move(selected, p - y);
            return -Math.Log(Math.Max(1e-9, y > 0 ? p : 1 - p));
        }

        private double LearnSource(AttributedText text, AttributionFeatures features, int cue, AttributionRules.Range content, AttributionRules.Range? source)
        {
            var side = source is { } known && known.Start > cue ? Side.Right : Side.Left;
            var near = source is null ? -1 : side == Side.Right ? source.Value.Start : source.Value.End;
            AttributionCandidates.Source(text, cue, _near);
            var gold = -1;
            _candidates = 0;
            foreach (var (s, b) in _near)
            {
                if (s == side && b == near)
                    gold = _candidates;
                _list.Clear();
                features.SourceNear(cue, content, s, b, _list);
                features.Place(s == Side.Right ? AttributionDecoder.SourceNearRight : AttributionDecoder.SourceNearLeft, b, _list);
                Keep();
            }

            if (source is null)
                gold = _candidates;
            _list.Clear();
            features.NoSource(cue, content, _list);
            Keep();
            var loss = Rank(gold);
            if (source is null || gold < 0)
                return loss;
            AttributionCandidates.SourceFar(text, side, near, _far);
            gold = -1;
            _candidates = 0;
            foreach (var f in _far)
            {
                if (f == (side == Side.Right ? source.Value.End : source.Value.Start))
                    gold = _candidates;
                _list.Clear();
                features.SourceFar(cue, side, near, f, _list);
                features.Place(side == Side.Right ? AttributionDecoder.SourceFarRight : AttributionDecoder.SourceFarLeft, f, _list);
                Keep();
            }

            return loss + Rank(gold);
        }

        private void Keep()
        {
            if (_candidates >= _features.Length)
                return;
            _counts[_candidates] = Select(_list.Items, _features[_candidates]);
            _candidates++;
        }

        // One step of softmax regression over the kept candidates.
        private double Rank(int gold)
        {
            if (gold < 0 || gold >= _candidates)
                return 0;
            if (_counting)
            {
                for (var c = 0; c < _candidates; c++)
                    See(_features[c].AsSpan(0, _counts[c]), c == gold);
                return 0;
            }

            var largest = float.NegativeInfinity;
            for (var c = 0; c < _candidates; c++)
            {
                _scores[c] = Score(_features[c].AsSpan(0, _counts[c]));
                largest = Math.Max(largest, _scores[c]);
            }

            var sum = 0f;
            for (var c = 0; c < _candidates; c++)
                sum += _scores[c] = MathF.Exp(_scores[c] - largest);
            for (var c = 0; c < _candidates; c++)
            {
                var slope = (_scores[c] / sum) - (c == gold ? 1 : 0);
                if (Math.Abs(slope) > 1e-4f)
                    Move(_features[c].AsSpan(0, _counts[c]), slope);
            }

            return -Math.Log(Math.Max(1e-9, _scores[gold] / sum));
        }

        private void See(ReadOnlySpan<uint> features, bool isGold)
        {
            foreach (var feature in features)
                _seen[feature] += isGold ? 2 : 1;
        }

        // Rare features are left out, some of the others by chance, so that the weights do not learn single articles by heart.
        private int Select(ReadOnlySpan<uint> features, Span<uint> selected)
        {
            var count = 0;
            foreach (var feature in features)
            {
                if (_counting || _seen[feature] >= LeastCount && _drop.NextSingle() >= Dropped)
                    selected[count++] = feature;
            }

            return count;
        }

        private float Score(ReadOnlySpan<uint> features)
        {
            var sum = 0f;
            foreach (var feature in features)
                sum += _weights[feature];
            return sum;
        }

        private void Move(ReadOnlySpan<uint> features, float slope)
        {
            foreach (var feature in features)
            {
                var gradient = slope + (Decay * _weights[feature]);
                var square = _squares[feature] += gradient * gradient;
                _weights[feature] -= Rate * gradient / (MathF.Sqrt(square) + 1e-3f);
            }
        }
    }
}
