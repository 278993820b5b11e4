using System.Runtime.InteropServices;
using System.Text;

namespace Recoupe.Text.Syntax;

/// <summary>A linear model of three choices over hashed features: the second and third score against the first, which is always zero.</summary>
/// <remarks>
/// One 32-bit slot a feature: 16 bits of check and a signed byte for each of the two choices, in an open-addressed table, so that a feature
/// costs one look. Whole numbers: scores do not depend on the machine. Immutable; safe to share between threads.
/// </remarks>
public sealed class AttachmentModel
{
    private const uint Magic = 0x31414652; // RFA1
    private const uint CheckMask = 0xFFFF0000;
    private readonly SlotTable _slots; // check, second choice, third choice

    private AttachmentModel(uint[] slots) => _slots = new SlotTable(slots, CheckMask);

    /// <summary>How many features it knows.</summary>
    public int Count => _slots.Count - _slots.Slots.Count(0u);

    /// <summary>The scores of the second and third choice.</summary>
    public (int Second, int Third) Score(ReadOnlySpan<ulong> features)
    {
        Span<int> places = stackalloc int[SlotTable.MostAtOnce];
        Span<uint> checks = stackalloc uint[SlotTable.MostAtOnce];
        Span<uint> entries = stackalloc uint[SlotTable.MostAtOnce];
        var (second, third) = (0, 0);
        while (!features.IsEmpty)
        {
            var now = Math.Min(features.Length, SlotTable.MostAtOnce);
            for (var k = 0; k < now; k++)
            {
                places[k] = FirstSlot(features[k], _slots.Count);
                checks[k] = CheckOf(features[k]) << 16;
            }

            _slots.Look(places[..now], checks[..now], entries[..now]);
            foreach (var entry in entries[..now])
            {
                second += (sbyte)(entry >> 8);
                third += (sbyte)entry;
            }

            features = features[now..];
        }

        return (second, third);
    }

    /// <summary>Makes a model of trained weights.</summary>
    /// <param name="features">Each feature once with its three weights, the weightiest first.</param>
    /// <param name="scale">What a weight is multiplied with before it is rounded and held to -127..127.</param>
    public static AttachmentModel Of(IReadOnlyList<(ulong Feature, float[] Weights)> features, float scale)
    {
        var slots = new uint[Math.Max(16, features.Count * 4 / 3)];
        foreach (var (feature, weights) in features)
        {
            var check = CheckOf(feature);
            var slot = FirstSlot(feature, slots.Length);
            while (slots[slot] != 0 && slots[slot] >> 16 != check)
                slot = slot + 1 == slots.Length ? 0 : slot + 1;
            if (slots[slot] == 0) // else it is taken for a weightier one
                slots[slot] = (check << 16) | ((uint)(byte)Round(weights[1] - weights[0]) << 8) | (byte)Round(weights[2] - weights[0]);
        }

        return new AttachmentModel(slots);

        sbyte Round(float weight) => (sbyte)Math.Clamp(MathF.Round(weight * scale), -127, 127);
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">The stream holds no model, or a damaged one.</exception>
    public static AttachmentModel Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("This is no model of attachments");
        var count = reader.ReadInt32();
        if (count is < 16 or > 1 << 24)
            throw new InvalidDataException("The model is damaged");
        var slots = new uint[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        if (!SlotTable.AreSound(slots))
            throw new InvalidDataException("The model is damaged");
        return new AttachmentModel(slots);
    }

    /// <summary>Writes the model as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_slots.Count);
        writer.Write(MemoryMarshal.AsBytes(_slots.Slots));
    }

    // The feature's lower half as a fraction of the table.
    private static int FirstSlot(ulong feature, int slots) => (int)(((feature & uint.MaxValue) * (ulong)slots) >> 32);

    private static uint CheckOf(ulong feature) => (uint)(feature >> 48) | 1;
}
