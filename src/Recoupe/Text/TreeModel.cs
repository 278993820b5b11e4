using System.Reflection;

namespace Recoupe.Text;

/// <summary>A sum of small decision trees over numbers (gradient boosting): the learned part of a decision.</summary>
/// <remarks>Scores are log-odds: above 0 yes is likelier than no.</remarks>
public sealed class TreeModel
{
    private const uint Magic = 0x31525452; // "RTR1"

    private readonly Node[] _nodes;
    private readonly int[] _roots;

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
    }

    /// <summary>A question (<see cref="Feature"/> at most <see cref="Value"/>: left, else right), or with feature -1 a leaf that adds its value.</summary>
    public readonly record struct Node(short Feature, float Value, int Left, int Right);

    /// <summary>What the score starts from.</summary>
    public float Bias { get; }

    /// <summary>How many trees.</summary>
    public int Trees => _roots.Length;

    /// <summary>The log-odds for <paramref name="features"/>.</summary>
    public float Score(ReadOnlySpan<float> features)
    {
        var score = Bias;
        var nodes = _nodes;
        foreach (var root in _roots)
        {
            ref readonly var node = ref nodes[root];
            while (node.Feature >= 0)
                node = ref nodes[features[node.Feature] <= node.Value ? node.Left : node.Right];
            score += node.Value;
        }

        return score;
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
    internal static TreeModel BuiltIn(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"models/{name}.model")
            ?? throw new InvalidOperationException($"models/{name}.model is not built in");
        return Read(stream);
    }
}
