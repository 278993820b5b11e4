using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recoupe.Text;

/// <summary>A sum of small decision trees over numbers (gradient boosting): the learned part of a decision.</summary>
/// <remarks>Scores are log-odds: above 0 yes is likelier than no.</remarks>
public sealed class TreeModel
{
    private const uint Magic = 0x31525452; // "RTR1"

    // Trees of up to so many questions one below the other are filled up to full ones, which are walked without a branch.
    private const int MostLevels = 6;

    private readonly Node[] _nodes;
    private readonly int[] _roots;
    private readonly int _levels;

    // The full trees one after the other: the questions of a tree level by level, then what its leaves add.
    private readonly (int Feature, float Value)[] _questions = [];
    private readonly float[] _leaves = [];

    // For many rows at once every question of a tree is asked of sixteen rows in one step. What is answered no strikes out the leaves
    // below yes; the first leaf left is the row's (Lucchese et al. 2015, QuickScorer).
    private const int Lanes = 16;
    private const int MostExits = 32;
    private const int MostAtOnce = 1024; // trees
    private readonly Question[] _asked = [];
    private readonly int[] _askedFrom = [];
    private readonly float[] _exits = [];
    private readonly int _width;

    /// <summary>A question, and the leaves that stay where it is answered no.</summary>
    private readonly record struct Question(int Feature, float Value, int Rest);

    /// <summary>A model of these trees.</summary>
    /// <param name="bias">What the score starts from.</param>
    /// <param name="roots">The index of each tree's first node.</param>
    /// <param name="nodes">The nodes of all trees, children after their parent.</param>
    /// <exception cref="ArgumentException">A child does not come after its parent.</exception>
    public TreeModel(float bias, int[] roots, Node[] nodes)
    {
        Bias = bias;
        _roots = roots;
        _nodes = nodes;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (nodes[i].Feature >= 0 && (nodes[i].Left <= i || nodes[i].Right <= i || nodes[i].Left >= nodes.Length || nodes[i].Right >= nodes.Length))
                throw new ArgumentException($"node {i} points back or outside", nameof(nodes));
        }

        if (roots.Length <= MostAtOnce && roots.All(root => Leaves(root) <= MostExits))
            (_asked, _askedFrom, _exits) = Questions();
        _width = nodes.Length == 0 ? 0 : 1 + nodes.Max(node => node.Feature);
        _levels = roots.Length == 0 ? 0 : roots.Max(Levels);
        if (_levels > MostLevels)
            return;
        var questions = (1 << _levels) - 1;
        _questions = new (int, float)[roots.Length * questions];
        _leaves = new float[roots.Length << _levels];
        for (var tree = 0; tree < roots.Length; tree++)
            Fill(roots[tree], 0, questions, tree);
    }

    /// <summary>A question (<see cref="Feature"/> at most <see cref="Value"/>: left, else right), or with feature -1 a leaf that adds its value.</summary>
    public readonly record struct Node(short Feature, float Value, int Left, int Right);

    /// <summary>What the score starts from.</summary>
    public float Bias { get; }

    /// <summary>How many trees.</summary>
    public int Trees => _roots.Length;

    /// <summary>The probability, 0 to 1, of log-odds.</summary>
    public static float Probability(float logOdds) => 1 / (1 + MathF.Exp(-logOdds));

    /// <summary>The log-odds for <paramref name="features"/>.</summary>
    public float Score(ReadOnlySpan<float> features)
    {
        var score = Bias;
        if (_levels > MostLevels)
        {
            foreach (var root in _roots)
                score += Walk(root, features);
            return score;
        }

        var questions = (1 << _levels) - 1;
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            var asked = _questions.AsSpan(tree * questions, questions);
            var at = 0;
            for (var level = 0; level < _levels; level++)
            {
                ref readonly var question = ref asked[at];
                at = (2 * at) + (features[question.Feature] <= question.Value ? 1 : 2);
            }

            score += _leaves[(tree << _levels) + at - questions];
        }

        return score;
    }

    /// <summary>As <see cref="Score(ReadOnlySpan{float})"/> for many rows of features, faster by far: the very same scores.</summary>
    /// <param name="rows">The rows, one after the other, each <paramref name="width"/> long.</param>
    /// <param name="width">How many features a row has.</param>
    /// <param name="scores">Filled with a score for each row.</param>
    public void Score(ReadOnlySpan<float> rows, int width, Span<float> scores)
    {
        if (_askedFrom.Length == 0 || width < _width)
        {
            for (var row = 0; row < scores.Length; row++)
                scores[row] = Score(rows.Slice(row * width, width));
            return;
        }

        Span<float> turned = stackalloc float[_width * Lanes];
        Span<uint> left = stackalloc uint[_roots.Length * Lanes];
        for (var row = 0; row < scores.Length; row += Lanes)
        {
            var count = Math.Min(Lanes, scores.Length - row);
            for (var lane = 0; lane < count; lane++)
                Turn(rows.Slice((row + lane) * width, _width), lane, turned);
            Ask(turned, left);
            Sum(left, scores.Slice(row, count));
        }
    }

    /// <summary>The scores of many rows that are filled when their turn comes.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="width">How many features a row has.</param>
    /// <param name="fill">Fills a row.</param>
    /// <param name="threads">How many threads fill and score at most; null for one a processor. No score depends on it.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public float[] Score(int count, int width, RowFiller fill, int? threads = 1, CancellationToken cancellationToken = default)
    {
        const int AtOnce = 512;
        var scores = new float[count];
        Parallel.For(
            0, (count + AtOnce - 1) / AtOnce, new ParallelOptions { MaxDegreeOfParallelism = threads ?? -1, CancellationToken = cancellationToken },
            () => new float[Math.Min(count, AtOnce) * width],
            (part, _, rows) =>
            {
                var from = part * AtOnce;
                var filled = Math.Min(AtOnce, count - from);
                for (var i = 0; i < filled; i++)
                    fill(from + i, rows.AsSpan(i * width, width));
                Score(rows.AsSpan(0, filled * width), width, scores.AsSpan(from, filled));
                return rows;
            },
            static _ => { });
        return scores;
    }

    /// <summary>Fills the features of a row.</summary>
    /// <param name="row">Its number.</param>
    /// <param name="features">To be filled whole: what stands there is of another row.</param>
    public delegate void RowFiller(int row, Span<float> features);

    private static void Turn(ReadOnlySpan<float> features, int lane, Span<float> turned)
    {
        for (var feature = 0; feature < features.Length; feature++)
            turned[(feature * Lanes) + lane] = features[feature];
    }

    // The leaves of each tree that are left, for each lane.
    private void Ask(ReadOnlySpan<float> turned, Span<uint> left)
    {
        ref var features = ref MemoryMarshal.GetReference(turned);
        for (var tree = 0; tree + 1 < _askedFrom.Length; tree++)
        {
            var leaves = Vector512<int>.AllBitsSet;
            foreach (ref readonly var question in _asked.AsSpan(_askedFrom[tree].._askedFrom[tree + 1]))
            {
                var yes = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref features, (nuint)(question.Feature * Lanes)), Vector512.Create(question.Value));
                leaves &= yes.AsInt32() | Vector512.Create(question.Rest);
            }

            leaves.AsUInt32().CopyTo(left[(tree * Lanes)..]);
        }
    }

    // Tree by tree, as for a single row: sums of floats hang on their order.
    private void Sum(Span<uint> left, Span<float> scores)
    {
        var values = MemoryMarshal.Cast<uint, float>(left);
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            var exits = _exits.AsSpan(tree * MostExits, MostExits);
            var lanes = left.Slice(tree * Lanes, Lanes);
            for (var lane = 0; lane < scores.Length; lane++)
                lanes[lane] = BitConverter.SingleToUInt32Bits(exits[BitOperations.TrailingZeroCount(lanes[lane]) & (MostExits - 1)]);
        }

        var sums = Vector512.Create(Bias);
        for (var tree = 0; tree < _roots.Length; tree++)
            sums += Vector512.Create<float>(values.Slice(tree * Lanes, Lanes));
        for (var lane = 0; lane < scores.Length; lane++)
            scores[lane] = sums[lane];
    }

    private (Question[] Asked, int[] From, float[] Exits) Questions()
    {
        var asked = new List<Question>(_nodes.Length);
        var from = new int[_roots.Length + 1];
        var exits = new float[_roots.Length * MostExits];
        for (var tree = 0; tree < _roots.Length; tree++)
        {
            AddQuestions(_roots[tree], 0, asked, exits.AsSpan(tree * MostExits));
            from[tree + 1] = asked.Count;
        }

        return ([.. asked], from, exits);
    }

    // Gives the number of the leaf after those of the node.
    private int AddQuestions(int node, int leaf, List<Question> asked, Span<float> exits)
    {
        var (feature, value, left, right) = _nodes[node];
        if (feature < 0)
        {
            exits[leaf] = value;
            return leaf + 1;
        }

        var at = asked.Count;
        asked.Add(default);
        var middle = AddQuestions(left, leaf, asked, exits);
        var below = (uint)((1UL << middle) - (1UL << leaf));
        asked[at] = new Question(feature, value, (int)~below);
        return AddQuestions(right, middle, asked, exits);
    }

    private int Leaves(int node) => _nodes[node].Feature < 0 ? 1 : Leaves(_nodes[node].Left) + Leaves(_nodes[node].Right);

    private float Walk(int root, ReadOnlySpan<float> features)
    {
        ref readonly var node = ref _nodes[root];
        while (node.Feature >= 0)
            node = ref _nodes[features[node.Feature] <= node.Value ? node.Left : node.Right];
        return node.Value;
    }

    private int Levels(int node) => _nodes[node].Feature < 0 ? 0 : 1 + Math.Max(Levels(_nodes[node].Left), Levels(_nodes[node].Right));

    // Below a leaf that comes early stand questions whose answer does not matter.
    private void Fill(int node, int at, int questions, int tree)
    {
        if (at >= questions)
        {
            _leaves[(tree << _levels) + at - questions] = _nodes[node].Value;
            return;
        }

        var (feature, value, left, right) = _nodes[node];
        _questions[(tree * questions) + at] = feature < 0 ? (0, 0) : (feature, value);
        Fill(feature < 0 ? node : left, (2 * at) + 1, questions, tree);
        Fill(feature < 0 ? node : right, (2 * at) + 2, questions, tree);
    }

    /// <summary>Writes the model for <see cref="Read"/>.</summary>
    public void Write(Stream output)
    {
        using var writer = new BinaryWriter(output, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Bias);
        writer.Write(_roots.Length);
        foreach (var root in _roots)
            writer.Write(root);
        writer.Write(_nodes.Length);
        foreach (var node in _nodes)
        {
            writer.Write(node.Feature);
            writer.Write(node.Value);
            if (node.Feature < 0)
                continue;
            writer.Write7BitEncodedInt(node.Left);
            writer.Write7BitEncodedInt(node.Right);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static TreeModel Read(Stream input)
    {
        using var reader = new BinaryReader(input);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("not a model of trees");
        var bias = reader.ReadSingle();
        var roots = new int[reader.ReadInt32()];
        for (var i = 0; i < roots.Length; i++)
            roots[i] = reader.ReadInt32();
        var nodes = new Node[reader.ReadInt32()];
        for (var i = 0; i < nodes.Length; i++)
        {
            var feature = reader.ReadInt16();
            var value = reader.ReadSingle();
            nodes[i] = feature < 0 ? new Node(feature, value, 0, 0) : new Node(feature, value, reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        }

        return new TreeModel(bias, roots, nodes);
    }

    /// <summary>The built-in model <c>models/NAME.model</c>.</summary>
    /// <exception cref="InvalidOperationException">The program was built without it.</exception>
    internal static TreeModel BuiltIn(string name) => Find(name) ?? throw new InvalidOperationException($"models/{name}.model is not built in");

    /// <summary>The built-in model <c>models/NAME.model</c>, or null where there is none.</summary>
    internal static TreeModel? Find(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"models/{name}.model");
        return stream is null ? null : Read(stream);
    }
}
