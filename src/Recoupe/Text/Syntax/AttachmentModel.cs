using System.Numerics;
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
    private readonly uint[] _slots; // check, second choice, third choice; 0 is free
    private readonly uint _mask;

    private AttachmentModel(uint[] slots)
    {
        _slots = slots;
        _mask = (uint)slots.Length - 1;
    }

    /// <summary>How many features it knows.</summary>
    public int Count => _slots.Count(slot => slot != 0);

    /// <summary>The scores of the second and third choice.</summary>
    public (int Second, int Third) Score(ReadOnlySpan<ulong> features)
    {
        int second = 0, third = 0;
        foreach (var feature in features)
        {
            var check = CheckOf(feature);
            for (var slot = (uint)feature & _mask; ; slot = (slot + 1) & _mask)
            {
                var entry = _slots[(int)slot];
                if (entry == 0)
                    break;
                if (entry >> 16 != check)
                    continue;
                second += (sbyte)(entry >> 8);
                third += (sbyte)entry;
                break;
            }
        }

        return (second, third);
    }

    /// <summary>Makes a model of trained weights.</summary>
    /// <param name="features">Each feature once with its three weights, the weightiest first.</param>
    /// <param name="scale">What a weight is multiplied with before it is rounded and held to -127..127.</param>
    public static AttachmentModel Of(IReadOnlyList<(ulong Feature, float[] Weights)> features, float scale)
    {
        var slots = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, features.Count * 5 / 4))];
        foreach (var (feature, weights) in features)
        {
            var check = CheckOf(feature);
            var slot = (uint)feature & ((uint)slots.Length - 1);
            while (slots[slot] != 0 && slots[slot] >> 16 != check)
                slot = (slot + 1) & ((uint)slots.Length - 1);
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
        if (count is < 16 or > 1 << 24 || !BitOperations.IsPow2(count))
            throw new InvalidDataException("The model is damaged");
        var slots = new uint[count];
        stream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        return new AttachmentModel(slots);
    }

    /// <summary>Writes the model as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan()));
    }

    private static uint CheckOf(ulong feature) => (uint)(feature >> 48) | 1;
}
