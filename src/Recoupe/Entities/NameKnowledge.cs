using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>What is known of a word as a name, wherever in the world.</summary>
[Flags]
internal enum KnownName : byte
{
    None = 0,

    /// <summary>A place: small with this alone, a town with <see cref="Town"/> alone, a city or a region with both.</summary>
    Village = 1,
    Town = 2,
    City = Village | Town,
    FirstName = 4,

    /// <summary>A surname: rare with this alone, of the middle with <see cref="Surname"/> alone, common with both.</summary>
    RareSurname = 8,
    Surname = 16,
    CommonSurname = RareSurname | Surname,

    /// <summary>The first words of a place's longer name.</summary>
    GoesOn = 32,
}

/// <summary>How a word is written in a language where no sentence begins.</summary>
internal enum KnownCase : byte
{
    /// <summary>Neither dictionary nor texts have it in small letters.</summary>
    Unknown,

    /// <summary>A dictionary has it in small letters; texts do not tell.</summary>
    Small,
    MostlySmall,
    Mixed,
    MostlyCapital,
}

/// <summary>The world's places, first names and surnames, and how the words of each language are written, by hash: features for the finder of names, no decisions.</summary>
/// <remarks>
/// Two open-addressed tables, read as they lie in the file: names with 24 bits of check and their <see cref="KnownName"/>, words with 13 bits
/// of check and their <see cref="KnownCase"/>. Case and accents are folded away. Made by <c>Recoupe.Training names</c>; see models/README.md.
/// </remarks>
internal sealed class NameKnowledge
{
    private const uint Magic = 0x314B4E52; // RNK1
    private const int CaseBits = 3;
    private const int MostProbes = 64; // the writer keeps every entry within

    private static readonly Lazy<NameKnowledge> Built = new(Load);

    private readonly uint[] _names;
    private readonly ushort[] _cases;

    private NameKnowledge(uint[] names, ushort[] cases)
    {
        _names = names;
        _cases = cases;
    }

    /// <summary>What the program carries; knows nothing if it carries none.</summary>
    public static NameKnowledge Embedded => Built.Value;

    /// <summary>What a language's words are told apart by.</summary>
    public static ulong KeyOf(Language language) => TextHash.Of(language.Code);

    /// <summary>What is known of a name, by <see cref="TextHash.OfFolded"/> of its word; of several words, combined in their order.</summary>
    public KnownName Of(ulong hash)
    {
        var mask = (uint)_names.Length - 1;
        var check = CheckOf(hash);
        for (uint slot = (uint)hash & mask, probes = 0; _names[slot] != 0 && probes < MostProbes; slot = (slot + 1) & mask, probes++)
        {
            if (_names[slot] >> 8 == check)
                return (KnownName)(byte)_names[slot];
        }

        return KnownName.None;
    }

    /// <summary>How a word of the language is written, by <see cref="TextHash.OfFolded"/>.</summary>
    public KnownCase CaseOf(ulong hash, ulong language)
    {
        hash = TextHash.Combine(language, hash);
        var mask = (uint)_cases.Length - 1;
        var check = (uint)(hash >> 51);
        for (uint slot = (uint)hash & mask, probes = 0; _cases[slot] != 0 && probes < MostProbes; slot = (slot + 1) & mask, probes++)
        {
            if ((uint)_cases[slot] >> CaseBits == check)
                return (KnownCase)(_cases[slot] & ((1 << CaseBits) - 1));
        }

        return KnownCase.Unknown;
    }

    /// <summary>Writes what is known as <see cref="Read"/> takes it.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="names">By hash, as <see cref="Of"/> is asked.</param>
    /// <param name="cases">By language and hash, as <see cref="CaseOf"/> is asked.</param>
    public static void Write(Stream output, IReadOnlyDictionary<ulong, KnownName> names, IReadOnlyDictionary<(ulong Language, ulong Word), KnownCase> cases)
    {
        var nameSlots = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, names.Count * 4 / 3))];
        foreach (var (hash, known) in names.OrderBy(pair => pair.Key))
            Put(nameSlots, hash, (CheckOf(hash) << 8) | (byte)known);
        var caseSlots = new ushort[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, cases.Count * 4 / 3))];
        foreach (var (hash, known) in cases.Select(pair => (Hash: TextHash.Combine(pair.Key.Language, pair.Key.Word), pair.Value)).OrderBy(pair => pair.Hash))
            Put(caseSlots, hash, (ushort)(((uint)(hash >> 51) << CaseBits) | (byte)known));
        using var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(nameSlots.Length);
        writer.Write(caseSlots.Length);
        writer.Write(MemoryMarshal.AsBytes(nameSlots.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(caseSlots.AsSpan()));
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public static NameKnowledge Read(Stream input)
    {
        using var reader = new BinaryReader(input, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("This is no knowledge of names");
        var (names, cases) = (reader.ReadInt32(), reader.ReadInt32());
        if (!BitOperations.IsPow2(names) || !BitOperations.IsPow2(cases))
            throw new InvalidDataException("The knowledge of names is damaged");
        var knowledge = new NameKnowledge(new uint[names], new ushort[cases]);
        input.ReadExactly(MemoryMarshal.AsBytes(knowledge._names.AsSpan()));
        input.ReadExactly(MemoryMarshal.AsBytes(knowledge._cases.AsSpan()));
        return knowledge;
    }

    private static void Put<T>(T[] slots, ulong hash, T entry)
        where T : struct, INumber<T>
    {
        var mask = (uint)slots.Length - 1;
        var slot = (uint)hash & mask;
        for (var probes = 0; slots[slot] != T.Zero; slot = (slot + 1) & mask, probes++)
        {
            if (probes == MostProbes)
                return; // too crowded here: a name less
        }

        slots[slot] = entry;
    }

    private static uint CheckOf(ulong hash) => (uint)(hash >> 40) | 1;

    private static NameKnowledge Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("models/names.model");
        return stream is null ? new NameKnowledge(new uint[16], new ushort[16]) : Read(stream);
    }
}
