using System.Collections.Frozen;
using System.Reflection;

namespace Recoupe.Text;

/// <summary>Which meanings of the <see cref="Lexicon"/> may tell one fact though they are not the same: explosion and blow up, resign and departure (<c>models/kin.model</c>).</summary>
/// <remarks>What one meaning is to another it is both ways, and in all languages: a meaning has words in each.</remarks>
internal sealed class Kin
{
    private const uint Magic = 0x314E4B52; // "RKN1"

    private static readonly Lazy<Kin> LazyKin = new(() => Load("kin"));
    private static readonly Lazy<Kin> LazyCounter = new(() => Load("counter"));

    private readonly FrozenDictionary<ulong, KinTerm[]> _kin;

    private Kin(Dictionary<ulong, List<KinTerm>> kin) => _kin = kin.ToFrozenDictionary(pair => pair.Key, pair => pair.Value.ToArray());

    /// <summary>The one that is built in; empty if there is none.</summary>
    public static Kin Default => LazyKin.Value;

    /// <summary>Which meanings contradict each other, said of the same thing: shut and stay, accept and reject (<c>models/counter.model</c>); empty if there is none.</summary>
    public static Kin Counter => LazyCounter.Value;

    /// <summary>The meanings that have kin, by key.</summary>
    public IEnumerable<ulong> Keys => _kin.Keys;

    /// <summary>The kin of a meaning; empty where it has none.</summary>
    public KinTerm[] Of(ulong key) => _kin.TryGetValue(key, out var kin) ? kin : [];

    /// <summary>Writes pairs of meanings, each pair once, in the form that <see cref="Read"/> reads.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="pairs">The keys of two meanings, and whether one tells the fact of the other by itself.</param>
    public static void Write(Stream output, IReadOnlyDictionary<(ulong A, ulong B), bool> pairs)
    {
        using var writer = new BinaryWriter(output, System.Text.Encoding.UTF8, leaveOpen: true);
        var keys = pairs.Keys.SelectMany(pair => new[] { pair.A, pair.B }).Distinct().Order().ToArray();
        writer.Write(Magic);
        writer.Write(keys.Length);
        foreach (var key in keys)
            writer.Write(key);
        foreach (var (key, at) in keys.Select((key, at) => (key, at)))
        {
            var others = pairs.Where(pair => pair.Key.A == key).Select(pair => (At: Array.BinarySearch(keys, pair.Key.B), Strong: pair.Value)).Order().ToList();
            writer.Write7BitEncodedInt(others.Count);
            var before = at;
            foreach (var (other, strong) in others)
            {
                writer.Write7BitEncodedInt(((other - before) * 2) + (strong ? 1 : 0));
                before = other;
            }
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static Kin Read(Stream input)
    {
        using var reader = new BinaryReader(input);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("not a list of kin");
        var keys = new ulong[reader.ReadInt32()];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = reader.ReadUInt64();
        var kin = new Dictionary<ulong, List<KinTerm>>(keys.Length);
        void Add(ulong from, ulong to, bool strong)
        {
            if (!kin.TryGetValue(from, out var known))
                kin.Add(from, known = []);
            known.Add(new KinTerm(to, strong));
        }

        for (var i = 0; i < keys.Length; i++)
        {
            var other = i;
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                var step = reader.Read7BitEncodedInt();
                other += step / 2;
                Add(keys[i], keys[other], step % 2 == 1);
                Add(keys[other], keys[i], step % 2 == 1);
            }
        }

        return new Kin(kin);
    }

    private static Kin Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"models/{name}.model");
        return stream is null ? new Kin([]) : Read(stream);
    }
}

/// <summary>A meaning that may tell the same fact as another.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Strong">Whether it may tell it by itself; else it only goes with it.</param>
internal readonly record struct KinTerm(ulong Key, bool Strong);
