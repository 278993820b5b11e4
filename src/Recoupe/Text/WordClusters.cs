using System.Runtime.InteropServices;
using System.Text;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Words that stand in the same surroundings, as much text without labels shows them: features for tagger and parser, no decisions.</summary>
/// <remarks>
/// One open-addressed table, read as it lies in the file: 17 bits of check, the class, a class of classes and how the word is written. Made by
/// <c>Recoupe.Training words</c>; see models/README.md. Immutable; safe to share between threads.
/// </remarks>
public sealed class WordClusters
{
    /// <summary>How many classes there are at most, "unknown" among them.</summary>
    public const int MostClasses = 1 << 8;

    /// <summary>How many classes of classes there are at most, "unknown" among them.</summary>
    public const int MostGroups = 1 << 5;

    private const uint Magic = 0x31435752; // RWC1
    private const int CheckShift = 15;

    private readonly uint[] _slots; // check, class, group, case; 0 is free

    private WordClusters(uint[] slots) => _slots = slots;

    /// <summary>Knows no word.</summary>
    public static WordClusters None { get; } = new(new uint[16]);

    /// <summary>What the program carries for a language; knows no word if it carries nothing.</summary>
    public static WordClusters For(Language language) => language.Model("word-clusters", Load);

    /// <summary>What is known of a word, by the <see cref="TextHash"/> of its letters in lower case with digits as 0.</summary>
    public WordCluster Of(ulong hash)
    {
        var check = CheckOf(hash);
        for (var slot = FirstSlot(hash, _slots.Length); _slots[slot] != 0; slot = slot + 1 == _slots.Length ? 0 : slot + 1)
        {
            if (_slots[slot] >> CheckShift == check)
                return new WordCluster((byte)(_slots[slot] >> 7), (byte)((_slots[slot] >> 2) & (MostGroups - 1)), (byte)(_slots[slot] & 3));
        }

        return default;
    }

    /// <summary>Makes a table.</summary>
    /// <param name="words">Each word once.</param>
    public static WordClusters Of(IReadOnlyCollection<(ulong Word, WordCluster Class)> words)
    {
        var slots = new uint[Math.Max(16, (words.Count * 4 / 3) + 1)];
        foreach (var (word, known) in words)
        {
            var slot = FirstSlot(word, slots.Length);
            while (slots[slot] != 0)
                slot = slot + 1 == slots.Length ? 0 : slot + 1;
            slots[slot] = (CheckOf(word) << CheckShift) | ((uint)known.Class << 7) | ((uint)known.Group << 2) | known.Case;
        }

        return new WordClusters(slots);
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else, or damaged.</exception>
    public static WordClusters Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("These are no classes of words");
        var count = reader.ReadInt32();
        if (count is < 16 or > 1 << 24)
            throw new InvalidDataException("The classes of words are damaged");
        var slots = new uint[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        if (Array.IndexOf(slots, 0u) < 0) // a search would not end
            throw new InvalidDataException("The classes of words are damaged");
        return new WordClusters(slots);
    }

    /// <summary>Writes the table as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan()));
    }

    private static WordClusters Load(Language language)
    {
        using var stream = typeof(WordClusters).Assembly.GetManifestResourceStream($"models/words-{language.Code}.model");
        return stream is null ? None : Read(stream);
    }

    // The hash's lower half as a fraction of the table.
    private static int FirstSlot(ulong hash, int slots) => (int)(((hash & uint.MaxValue) * (ulong)slots) >> 32);

    private static uint CheckOf(ulong hash) => (uint)(hash >> 47) | 1;
}

/// <summary>What is known of a word; all zero of a word that is not known.</summary>
/// <param name="Class">Words of one class stand in the same surroundings.</param>
/// <param name="Group">The class of its class.</param>
/// <param name="Case">How it is written where no sentence begins: 1 small, 2 both ways, 3 with a capital.</param>
public readonly record struct WordCluster(byte Class, byte Group, byte Case);
