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
    private const float Wordless = 0.35f; // the share of questions that are learned without the features of words
    private const int OtherRounds = 6;

    // Acts, judged far less often than attributions, are learned after them, with more left out, beside those of the other languages.
    private const int ActRounds = 12;
    private const float DroppedOfActs = 0.5f;
    private const float WordlessOfActs = 0.2f;
    private const float OtherActs = 0.3f; // what an act in another language weighs beside one's own

    private const int ManyArticles = 600;
    private const int Orders = 4; // in which few articles are read, each by a model of its own

    private const int ManyFolds = 5; // to measure
    private const int FewFolds = 3; // for the judge of proposals to learn on

    /// <summary>Trains a model a language on articles with statements (JSON lines: text, statements with content, cue, source or speaker as spans).</summary>
    /// <param name="arguments">OUT DATA…; with --ways FOLDER also texts of our own writing, with --language CODE one language only; with
    /// --folds FOLDER the models of the folds are kept there, and read from there where they are; with --check no model is written, but what
    /// each article is read as by models that knew none of its affair.</param>
    public static int Run(string[] arguments)
    {
        var check = arguments.Contains("--check");
        var (ways, only, kept) = (Option(arguments, "--ways"), Option(arguments, "--language"), Option(arguments, "--folds"));
        var files = arguments.Where((argument, at) => !argument.StartsWith("--", StringComparison.Ordinal)
            && (at == 0 || arguments[at - 1] is not ("--ways" or "--language" or "--folds"))).ToList();
        if (files.Count < 2)
        {
            Console.Error.WriteLine("attributions OUT DATA… [--ways FOLDER] [--language CODE] [--folds FOLDER] [--check]");
            return 2;
        }

        var articles = files.Skip(1).SelectMany(File.ReadLines).Where(line => line.Length > 0).Select(GoldArticle.Read).ToList();
        var languages = articles.Select(article => article.Language).Distinct().Order(StringComparer.Ordinal).ToList();
        if (ways is not null)
            articles.AddRange(languages.SelectMany(code => WaysOfSpeaking.Lines(ways, code)).Select(GoldArticle.Read));
        foreach (var language in languages.Where(language => only is null || language == only))
        {
            var own = articles.Where(article => article.Language == language).ToList();
            var others = articles.Where(article => article.Language != language).ToList();
            var trainer = new Trainer();
            trainer.Begin([.. others, .. own]);
            trainer.Train(others, OtherRounds, Console.Error.WriteLine);
            trainer.TrainActs(others, [], OtherRounds);
            var count = own.Count > ManyArticles ? 2 : check ? ManyFolds : FewFolds;
            var folds = Folds(trainer, own, others, count, kept is null ? null : Path.Combine(kept, language));
            if (check)
            {
                Check(own, folds, Path.Combine(files[0], language + ".jsonl"));
                continue;
            }

            Write(files[0], $"attributions-{language}", Learned(trainer, own, others).Write);
            var judge = JudgeRows.Train(folds.ConvertAll(fold => fold.Rows));
            Write(files[0], $"attributions-told-{language}", judge.Told!.Write);
            Write(files[0], $"attributions-whole-{language}", judge.Whole!.Write);
        }

        return 0;
    }

    private static void Write(string folder, string name, Action<Stream> write)
    {
        using var stream = File.Create(Path.Combine(folder, name + ".model"));
        write(stream);
    }

    private static string? Option(string[] arguments, string name) => Array.IndexOf(arguments, name) is var at and >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;

    // Few articles are read more often.
    private static int RoundsOf(List<GoldArticle> own) => own.Count > ManyArticles ? 5 : 8;

    /// <summary>A model of one language's articles alone.</summary>
    public static AttributionModel Train(IReadOnlyList<GoldArticle> articles, int rounds)
    {
        var trainer = new Trainer();
        trainer.Begin(articles);
        trainer.Train(articles, rounds, static _ => { });
        trainer.TrainActs(articles, [], ActRounds);
        return Trainer.Model([trainer]);
    }

    // Models that know all affairs but some, and what they propose for these.
    private static List<Fold> Folds(Trainer before, List<GoldArticle> own, List<GoldArticle> others, int count, string? kept)
    {
        var affairs = own.Where(article => !article.IsOwn).Select(article => article.Affair).Distinct().Order(StringComparer.Ordinal).ToList();
        var folds = new List<Fold>();
        for (var number = 0; number < count; number++)
        {
            var held = affairs.Where((_, index) => index % count == number).ToHashSet(StringComparer.Ordinal);
            var model = Kept(
                kept is null ? null : $"{kept}-{number}.model",
                () => Learned(before, own.FindAll(article => !held.Contains(article.Affair)), others));
            var articles = own.FindAll(article => held.Contains(article.Affair));
            folds.Add(new Fold(articles, model, JudgeRows.Of(articles, model)));
            Console.Error.WriteLine(folds[^1].Rows.Summary);
        }

        return folds;
    }

    private static AttributionModel Learned(Trainer before, List<GoldArticle> own, List<GoldArticle> others)
    {
        var trainers = new List<Trainer>();
        for (var order = 0; order < (own.Count > ManyArticles ? 1 : Orders); order++)
        {
            trainers.Add(new Trainer(before, order));
            trainers[^1].Train(own, RoundsOf(own), Console.Error.WriteLine);
            trainers[^1].TrainActs(own, others, ActRounds);
        }

        return Trainer.Model(trainers);
    }

    private static AttributionModel Kept(string? path, Func<AttributionModel> train)
    {
        if (path is not null && File.Exists(path))
        {
            using var kept = File.OpenRead(path);
            return AttributionModel.Read(kept);
        }

        var model = train();
        if (path is not null)
            Write(Path.GetDirectoryName(path)!, Path.GetFileNameWithoutExtension(path), model.Write);
        return model;
    }

    // Each article read by models that knew no article of its affair.
    private static void Check(List<GoldArticle> own, List<Fold> folds, string path)
    {
        var lines = new Dictionary<string, string>(StringComparer.Ordinal);
        int acts = 0, rightActs = 0;
        foreach (var (articles, model, rows) in folds)
        {
            var judge = JudgeRows.Train([.. folds.Select(fold => fold.Rows).Where(other => other != rows)]);
            Judge(articles, model, Console.Error.WriteLine);
            foreach (var article in articles)
            {
                var lexicon = SpeakerLexicon.Of(article.Text.Source.Language!);
                foreach (var (statement, asked) in article.Acts.Where(known => known.Statement is { Act: not null, IsOptional: false }))
                {
                    acts++;
                    rightActs += model.ActOf(article.Text, lexicon, asked) == statement.Act ? 1 : 0;
                }

                lines[article.Id] = article.Told(AttributionFinder.Find(article.Text, model, judge));
            }
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"acts of the gold statements: {(double)rightActs / Math.Max(1, acts):F4} of {acts}"));
        File.WriteAllLines(path, own.Where(article => !article.IsOwn).Select(article => lines[article.Id]));
    }

    private sealed record Fold(List<GoldArticle> Articles, AttributionModel Model, JudgeRows Rows);

    /// <summary>The proposals of articles that their model did not know, with what is weighed of each, and which are right.</summary>
    private sealed class JudgeRows
    {
        private readonly List<float> _rows = [];
        private readonly List<bool> _labels = [];
        private readonly List<bool> _exact = [];
        private readonly List<float> _weights = [];
        private int _gold;

        public string Summary =>
            $"{_labels.Count} proposals, {_labels.Count(label => label)} right, {_exact.Count(exact => exact)} exact, of {_gold} statements";

        public static JudgeRows Of(IEnumerable<GoldArticle> articles, AttributionModel model)
        {
            var all = new JudgeRows();
            foreach (var article in articles)
                all.Add(article, model);
            return all;
        }

        public static JudgeModel Train(IReadOnlyList<JudgeRows> parts)
        {
            var boosting = new Boosting { Trees = 250, Depth = 3, Rate = 0.06, LeastWeight = 4, Ridge = 4 };
            float[] rows = [.. parts.SelectMany(part => part._rows)];
            bool[] labels = [.. parts.SelectMany(part => part._labels)];
            float[] weights = [.. parts.SelectMany(part => part._weights)];
            bool[] exact = [.. parts.SelectMany(part => part._exact)];
            return new JudgeModel(boosting.Train(rows, AttributionJudge.Width, labels, weights),
                boosting.Train(rows, AttributionJudge.Width, exact, [.. weights.Select((weight, d) => labels[d] ? weight : 0)]));
        }

        // A proposal is right if it shares half with a statement, each once; what is borderline counts neither way.
        private void Add(GoldArticle article, AttributionModel model)
        {
            var decoder = new AttributionDecoder(article.Text, article.Features, model);
            var drafts = AttributionFinder.Proposals(article.Text, article.Features, decoder);
            var rows = new AttributionJudge(article.Text, article.Features).Rows(drafts);
            var pairs = new List<(float Likeness, int Draft, int Gold)>();
            for (var d = 0; d < drafts.Count; d++)
            {
                for (var g = 0; g < article.Statements.Count; g++)
                {
                    var gold = article.Statements[g];
                    var likeness = Math.Max(
                        AttributionJudge.Likeness([drafts[d].Content[0]], [gold.Content]),
                        AttributionJudge.Likeness(drafts[d].Content, [gold.Content, .. gold.Rests]));
                    if (likeness >= 0.5f)
                        pairs.Add((likeness + (drafts[d].Head == gold.Head ? 0.2f : 0), d, g));
                }
            }

            // A statement belongs to one cue, all of whose readings may be right.
            var (owner, taken) = (new int[drafts.Count], new int[article.Statements.Count]);
            Array.Fill(owner, -1);
            Array.Fill(taken, -1);
            foreach (var (_, d, g) in pairs.OrderByDescending(pair => pair.Likeness).ThenBy(pair => pair.Draft).ThenBy(pair => pair.Gold))
            {
                if (owner[d] >= 0 || taken[g] >= 0 && taken[g] != drafts[d].Head)
                    continue;
                owner[d] = g;
                taken[g] = drafts[d].Head;
            }

            _gold += article.Statements.Count(statement => !statement.IsOptional);
            for (var d = 0; d < drafts.Count; d++)
            {
                if (owner[d] >= 0 && article.Statements[owner[d]].IsOptional)
                    continue;
                _rows.AddRange(rows.AsSpan(d * AttributionJudge.Width, AttributionJudge.Width));
                _labels.Add(owner[d] >= 0);
                _weights.Add(1f / drafts.Count(draft => draft.Head == drafts[d].Head));
                _exact.Add(owner[d] >= 0 && Trimmed(drafts[d].Content[0]) == Trimmed(article.Statements[owner[d]].Content));
            }

            TokenRange Trimmed(TokenRange range) => new(article.Features.FirstWord(range.Start), article.Features.LastWord(range.End));
        }
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

    private static double Overlap(TokenRange a, TokenRange b)
    {
        var shared = Math.Min(a.End, b.End) - Math.Max(a.Start, b.Start);
        return shared <= 0 ? 0 : (double)shared / (Math.Max(a.End, b.End) - Math.Min(a.Start, b.Start));
    }

    /// <summary>An article with what its annotators found, in tokens.</summary>
    public sealed class GoldArticle
    {
        private GoldArticle(string id, AttributedText text, bool isPress)
        {
            Id = id;
            Text = text;
            IsPress = isPress;
            Features = new AttributionFeatures(text);
        }

        internal string Id { get; }

        internal string Language => Text.Source.Language!.Code;

        /// <summary>What articles on one affair share, so that none is known when another is measured.</summary>
        internal string Affair => Id.LastIndexOf("_C", StringComparison.Ordinal) is var cut and > 0 ? Id[..cut] : Id;

        /// <summary>Whether it is a text of our own writing, not one of the press.</summary>
        internal bool IsOwn => Id.StartsWith("own-", StringComparison.Ordinal);

        internal AttributedText Text { get; }

        /// <summary>Whether quotations without cue are annotated.</summary>
        internal bool IsPress { get; }

        internal AttributionFeatures Features { get; }

        internal List<GoldStatement> Statements { get; } = [];

        /// <summary>The statements by their places, with what is asked of each to tell its act.</summary>
        internal IReadOnlyList<(GoldStatement Statement, ActStatement Asked)> Acts => _acts ??= ReadActs();

        private List<(GoldStatement Statement, ActStatement Asked)>? _acts;

        private List<(GoldStatement Statement, ActStatement Asked)> ReadActs()
        {
            var ordered = Statements.OrderBy(statement => statement.Content.Start).ToList();
            var asked = ActClassifier.InContext(Text, SpeakerLexicon.Of(Text.Source.Language!), [.. ordered.Select(statement => statement.ForAct(Text))]);
            return [.. ordered.Zip(asked)];
        }

        /// <summary>Reads a JSON line.</summary>
        /// <exception cref="JsonException">The line is no such article.</exception>
        public static GoldArticle Read(string line)
        {
            using var json = JsonDocument.Parse(line);
            var root = json.RootElement;
            var body = root.GetProperty("text").GetString()!;
            var language = Languages.Language.Find(root.TryGetProperty("language", out var code) ? code.GetString() : "en") ?? throw new JsonException("a language without lists");
            var text = new AttributedText(AnalyzedText.Of(body, language), language);
            var statements = root.GetProperty("statements");
            var article = new GoldArticle(
                root.TryGetProperty("id", out var id) ? id.GetString()! : "", text, !root.TryGetProperty("wire", out _) && statements.EnumerateArray().All(statement => statement.TryGetProperty("speaker", out _)));
            var offsets = new CodePointOffsets(body);
            foreach (var statement in statements.EnumerateArray())
            {
                if (article.ReadStatement(statement, offsets) is { } read)
                    article.Statements.Add(read);
            }

            return article;
        }

        /// <summary>A JSON line as <c>annotate</c> prints it.</summary>
        internal string Told(ImmutableArray<Attribution> attributions)
        {
            var offsets = new CodePointOffsets(Text.Text);
            int[] Span(TextSpan span) => [offsets.FromUtf16(span.Start), offsets.FromUtf16(span.End)];
            var statements = attributions.Where(attribution => !IsPress || attribution.Voiced).Select(attribution => new Dictionary<string, object?>
            {
                ["content"] = attribution.Content.Select(Span).ToArray(),
                ["kind"] = attribution.Kind.ToString().ToLowerInvariant(),
                ["cue"] = attribution.Cue is { } cue ? Span(cue) : null,
                ["speaker"] = attribution.Source is { } source ? new Dictionary<string, object?> { ["mention"] = Span(source), ["name"] = source.Quote(Text.Text) } : null,
            });
            return JsonSerializer.Serialize(new Dictionary<string, object> { ["id"] = Id, ["statements"] = statements.ToArray() });
        }

        private GoldStatement? ReadStatement(JsonElement statement, CodePointOffsets offsets)
        {
            var content = Ranges(statement, "content", Text, offsets);
            if (content.Count == 0)
                return null;
            content.Sort(static (a, b) => a.Start.CompareTo(b.Start));
            var head = Head(Ranges(statement, "cue", Text, offsets), Text);
            var speaker = statement.TryGetProperty("speaker", out var told) && told.ValueKind == JsonValueKind.Object ? told : statement;
            var source = Ranges(speaker, speaker.TryGetProperty("mention", out _) ? "mention" : "source", Text, offsets);
            if (head < 0 && Text.OpeningAt(content[0].Start - 1) >= 0 && Text.IsMark(content[0].Start - 2, ':'))
                head = content[0].Start - 2;

            // Of an interrupted content the part before the cue is learned; what follows it goes on with it.
            var main = content.MaxBy(range => range.End - range.Start);
            if (head >= 0 && content.FindLast(range => range.End <= head && range.End > range.Start + 1) is { IsEmpty: false } before && head - before.End < 12)
                main = before;
            else if (head >= 0 && IsPress && content.Find(range => range.Start > head) is { IsEmpty: false } after)
                main = after;
            if (Text.Is(main.Start, WordClasses.That | WordClasses.ToInfinitive) && main.End - main.Start > 1)
                main = main with { Start = Features.FirstWord(main.Start + 1) };
            return new GoldStatement(main, head, content.FindAll(range => range.Start >= Math.Max(head, main.End)), source.Count > 0 ? source[0] : null)
            {
                Act = statement.TryGetProperty("act", out var act) && Enum.TryParse<Act>(act.GetString(), ignoreCase: true, out var known) ? known : null,
                Kind = statement.TryGetProperty("kind", out var kind) && Enum.TryParse<StatementKind>(kind.GetString(), ignoreCase: true, out var quoted) ? quoted : StatementKind.Indirect,
                IsOptional = statement.TryGetProperty("optional", out var optional) && optional.ValueKind == JsonValueKind.True,
            };
        }

        private static List<TokenRange> Ranges(JsonElement statement, string name, AttributedText text, CodePointOffsets offsets)
        {
            var ranges = new List<TokenRange>();
            if (!statement.TryGetProperty(name, out var spans) || spans.ValueKind != JsonValueKind.Array)
                return ranges;
            foreach (var span in spans.GetArrayLength() > 0 && spans[0].ValueKind == JsonValueKind.Number ? [spans] : spans.EnumerateArray().ToArray())
            {
                var start = text.Source.TokenAt(offsets.ToUtf16(span[0].GetInt32()));
                var end = text.Source.TokenAt(offsets.ToUtf16(span[1].GetInt32()));
                if (start == end && start > 0 && text.Is(start - 1, WordClasses.InvertedPronoun))
                    start--; // "-t-il" is one token
                if (name != "cue")
                {
                    while (start < end && text.IsMark(start))
                        start++;
                    while (end > start && text.IsMark(end - 1))
                        end--;
                }

                if (start < end)
                    ranges.Add(new TokenRange(start, end));
            }

            return ranges;
        }

        // The token that stands for a cue of several: a verb of several words, its last reporting verb, else verb, noun, word, mark.
        private static int Head(List<TokenRange> cue, AttributedText text)
        {
            var (best, bestRank) = (-1, -1);
            foreach (var range in cue)
            {
                for (var i = range.Start; i < range.End; i++)
                {
                    var isVerb = text.Tag(i) == PartOfSpeech.Verb;
                    var rank = text.Is(i, WordClasses.InvertedPronoun) ? -1 : !text.IsWord(i) ? text.IsMark(i, ':') ? 0 : -1
                        : text.Readings[i].Verbs.Length > 0 && isVerb ? text.VerbAt(i) is { Verb.Rest.IsEmpty: false } ? 7 : 6
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

    /// <param name="Content">The part that is found first.</param>
    /// <param name="Head">The token of the cue; -1 where there is none.</param>
    /// <param name="Rests">The parts after it and after the cue.</param>
    /// <param name="Source">Who says it.</param>
    internal sealed record GoldStatement(TokenRange Content, int Head, List<TokenRange> Rests, TokenRange? Source)
    {
        /// <summary>Borderline: neither learned as an attribution nor as none.</summary>
        public bool IsOptional { get; init; }

        /// <summary>Null where it is not annotated.</summary>
        public Act? Act { get; init; }

        public StatementKind Kind { get; init; }

        internal ActStatement ForAct(AttributedText text) =>
            ActClassifier.StatementOf(text, Head < 0 ? default : CueGroup.At(text, Head), Content.Start, Math.Max(Content.End, Rests.Select(rest => rest.End).DefaultIfEmpty(0).Max()), Kind);
    }

    private sealed class Trainer
    {
        private readonly float[] _weights = new float[1 << AttributionModel.Bits];
        private readonly float[] _squares = new float[1 << AttributionModel.Bits];
        private readonly float[] _sums = new float[1 << AttributionModel.Bits]; // the average over the later rounds is kept
        private int _sumCount;
        private readonly FeatureList _list = new();
        private readonly List<(Side Side, int Boundary)> _near = [];
        private readonly List<int> _far = [];
        private readonly uint[][] _features = new uint[1024][];
        private readonly int[] _counts = new int[1024];
        private readonly float[] _scores = new float[1024];
        private readonly int[] _seen = new int[1 << AttributionModel.Bits];
        private readonly int _seed;
        private readonly Random _drop;
        private float _dropped;
        private float _wordlessShare;
        private bool _counting;
        private int _candidates;
        private bool _wordless; // whether the features of words are left out of this question

        public Trainer(int seed = 0)
        {
            _seed = seed;
            _drop = new Random(5 + seed);
            for (var i = 0; i < _features.Length; i++)
                _features[i] = new uint[512];
        }

        /// <summary>Goes on from what another one learned.</summary>
        public Trainer(Trainer other, int seed)
            : this(seed)
        {
            other._weights.CopyTo(_weights, 0);
            other._seen.CopyTo(_seen, 0);
        }

        /// <summary>Counts the features, so that rare ones can be left out.</summary>
        public void Begin(IReadOnlyList<GoldArticle> articles)
        {
            _counting = true;
            foreach (var article in articles)
            {
                Learn(article);
                LearnActs(article, 1);
            }

            _counting = false;
        }

        /// <summary>Learns from articles, in an order by chance with a fixed seed; what was learned before is where it starts.</summary>
        public void Train(IReadOnlyList<GoldArticle> articles, int rounds, Action<string> log)
        {
            (_dropped, _wordlessShare) = (Dropped, Wordless);
            Repeat(articles.Count, rounds, a => Learn(articles[a]), log);
        }

        /// <summary>As <see cref="Train"/> for acts alone; those of <paramref name="others"/>, in other languages, weigh less.</summary>
        public void TrainActs(IReadOnlyList<GoldArticle> own, IReadOnlyList<GoldArticle> others, int rounds)
        {
            (_dropped, _wordlessShare) = (DroppedOfActs, WordlessOfActs);
            GoldArticle[] articles =
                [.. own.Concat(others).Where(article => article.Statements.Exists(statement => statement.Act is not null))];
            var ownOnes = own.ToHashSet();
            Repeat(articles.Length, rounds, a => LearnActs(articles[a], ownOnes.Contains(articles[a]) ? 1 : OtherActs), static _ => { });
        }

        private void Repeat(int count, int rounds, Func<int, double> learn, Action<string> log)
        {
            var order = Enumerable.Range(0, count).ToArray();
            var random = new Random(17 + _seed);
            var every = Math.Max(1, count / 20);
            Array.Clear(_squares);
            Array.Clear(_sums);
            _sumCount = 0;
            for (var round = 0; round < rounds; round++)
            {
                random.Shuffle(order);
                double loss = 0;
                for (var a = 0; a < order.Length; a++)
                {
                    loss += learn(order[a]);
                    if (round < 1 || a % every != every - 1)
                        continue;
                    _sumCount++;
                    for (var i = 0; i < _sums.Length; i++)
                        _sums[i] += _weights[i];
                }

                log(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: loss {loss:F0}"));
            }

            for (var i = 0; i < _sums.Length && _sumCount > 0; i++)
                _weights[i] = _sums[i] / _sumCount;
        }

        /// <summary>The mean of what several learned in other orders: what one order learned by heart weighs less.</summary>
        public static AttributionModel Model(List<Trainer> trainers)
        {
            var mean = new float[1 << AttributionModel.Bits];
            foreach (var trainer in trainers)
            {
                for (var i = 0; i < mean.Length; i++)
                    mean[i] += trainer._weights[i] / trainers.Count;
            }

            return AttributionModel.From(mean);
        }

        private double Learn(GoldArticle article)
        {
            var (text, features) = (article.Text, article.Features);
            var heads = article.Statements.Where(statement => statement.Head >= 0).ToLookup(statement => statement.Head);
            double loss = 0;
            for (var i = 0; i < text.Count; i++)
            {
                if (!features.CanBeCue(i) && !heads.Contains(i) || heads.Contains(i) && heads[i].All(statement => statement.IsOptional))
                    continue;
                _list.Clear();
                features.Cue(i, _list);
                loss += LearnBinary(heads.Contains(i) ? 1 : 0);
            }

            foreach (var statement in article.Statements)
            {
                if (statement.Head >= 0)
                    loss += LearnContent(article, statement);
            }

            return loss + (article.IsPress ? LearnBare(article) : 0);
        }

        private double LearnActs(GoldArticle article, float weight)
        {
            double loss = 0;
            foreach (var (statement, asked) in article.Acts)
            {
                if (statement.Act is { } act)
                    loss += LearnAct(article, asked, act, weight);
            }

            return loss;
        }

        private double LearnContent(GoldArticle article, GoldStatement statement)
        {
            var (text, features) = (article.Text, article.Features);
            var (content, cue, rests, source) = statement;
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

            var loss = Rank(gold);
            if (side == Side.Left && content.End > cue)
                return loss;
            loss += LearnFar(text, features, cue, side, near, far);
            var group = CueGroup.At(text, cue);
            if (CueGroup.InvertedPronoun(text, group) is { } inverted)
                source = inverted;
            else
                loss += LearnSource(text, features, cue, content, source);
            var draft = new AttributionDraft([content], group, source, Voice.Say) { Head = cue };
            if (features.RestAfter(cue, content, source) is var rest and >= 0)
            {
                var goesOn = rests.Find(range => range.Start <= rest && range.End > rest);
                _list.Clear();
                features.Rest(cue, content, rest, _list);
                loss += LearnBinary(goesOn.IsEmpty ? 0 : 1);
                if (!goesOn.IsEmpty)
                {
                    loss += LearnFar(text, features, cue, Side.Right, rest, goesOn.End);
                    draft.Content.Add(goesOn);
                }
            }

            return loss + LearnContinuation(article, draft, rests);
        }

        private double LearnAct(GoldArticle article, ActStatement statement, Act act, float weight)
        {
            ActFeatures.Read(article.Text, SpeakerLexicon.Of(article.Text.Source.Language!), statement, _list);
            _candidates = 0;
            var start = 0;
            foreach (var end in _list.Ends)
            {
                Keep(_list.Items[start..end]);
                start = end;
            }

            return Rank((int)act, weight);
        }

        private double LearnFar(AttributedText text, AttributionFeatures features, int cue, Side side, int near, int far)
        {
            AttributionCandidates.Far(text, side, near, _far);
            var gold = -1;
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

            return Rank(gold);
        }

        private double LearnContinuation(GoldArticle article, AttributionDraft draft, List<TokenRange> rests)
        {
            double loss = 0;
            for (var part = 0; part < AttributionDecoder.MostContinuations; part++)
            {
                var from = AttributionDecoder.EndOf(draft);
                var next = AttributionDecoder.NextQuotation(article.Text, from);
                if (next < 0)
                    break;
                var quotation = article.Text.Quotations[next];
                var quoted = new TokenRange(quotation.Open, quotation.End);
                var goesOn = rests.Exists(range => range.Start >= quotation.Open && range.Start < quotation.End);
                if (!goesOn && article.Statements.Exists(other => other.Content.Overlaps(quoted) || other.Rests.Exists(range => range.Overlaps(quoted))))
                    break;
                _list.Clear();
                article.Features.Continuation(draft.Head, draft.Content[0], from, quotation, _list);
                loss += LearnBinary(goesOn ? 1 : 0);
                if (!goesOn)
                    break;
                draft.Content.Add(quoted);
            }

            return loss;
        }

        private double LearnBare(GoldArticle article)
        {
            var cued = article.Statements.FindAll(statement => statement.Head >= 0);
            double loss = 0;
            foreach (var quotation in article.Text.Quotations)
            {
                var quoted = new TokenRange(quotation.Open, quotation.End);
                if (quotation.End - quotation.Open < AttributionFinder.ShortestBare || cued.Exists(statement => statement.Content.Overlaps(quoted) || statement.Rests.Exists(range => range.Overlaps(quoted))))
                    continue;
                var alone = article.Statements.Find(statement => statement.Head < 0 && statement.Content.Overlaps(quoted));
                if (alone is { IsOptional: true })
                    continue;
                var before = cued.Select(statement => statement.Content.End).Where(end => end <= quotation.Open).DefaultIfEmpty(0).Max();
                _list.Clear();
                article.Features.Bare(quotation, before, _list);
                loss += LearnBinary(alone is null ? 0 : 1);
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

            _wordless = _drop.NextSingle() < _wordlessShare;
            var selected = _features[0].AsSpan(0, Select(_list.Items, _features[0]));
            var p = 1f / (1f + MathF.Exp(-Score(selected)));
            Move(selected, p - y);
            return -Math.Log(Math.Max(1e-9, y > 0 ? p : 1 - p));
        }

        private double LearnSource(AttributedText text, AttributionFeatures features, int cue, TokenRange content, TokenRange? source)
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

        private void Keep() => Keep(_list.Items);

        private void Keep(ReadOnlySpan<uint> items)
        {
            if (_candidates == 0)
                _wordless = _drop.NextSingle() < _wordlessShare;
            if (_candidates >= _features.Length)
                return;
            _counts[_candidates] = Select(items, _features[_candidates]);
            _candidates++;
        }

        // One step of softmax regression over the kept candidates.
        private double Rank(int gold, float weight = 1)
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
                var slope = weight * ((_scores[c] / sum) - (c == gold ? 1 : 0));
                if (Math.Abs(slope) > 1e-4f)
                    Move(_features[c].AsSpan(0, _counts[c]), slope);
            }

            return -Math.Log(Math.Max(1e-9, _scores[gold] / sum));
        }

        private void See(ReadOnlySpan<uint> features, bool isGold)
        {
            foreach (var feature in features)
                _seen[feature & ~FeatureList.OfWord] += isGold ? 2 : 1;
        }

        // Rare features are left out, some of the others by chance, so that the weights do not learn single articles by heart.
        private int Select(ReadOnlySpan<uint> features, Span<uint> selected)
        {
            var count = 0;
            foreach (var feature in features)
            {
                if (_wordless && !_counting && feature >= FeatureList.OfWord)
                    continue;
                var index = feature & ~FeatureList.OfWord;
                if (_counting || _seen[index] >= LeastCount && _drop.NextSingle() >= _dropped)
                    selected[count++] = index;
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
