using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
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
    private const int Window = 8; // slots looked at together
    private const int MostAtOnce = 48;
    private readonly uint[] _slots; // check, second choice, third choice; 0 is free. After the last slot stand the first ones again, a window of them
    private readonly int _count; // of slots, without those

    private AttachmentModel(uint[] slots)
    {
        _count = slots.Length;
        _slots = [.. slots, .. slots.AsSpan(0, Window)];
    }

    /// <summary>How many features it knows.</summary>
    public int Count => _slots.AsSpan(0, _count).ToArray().Count(slot => slot != 0);

    /// <summary>The scores of the second and third choice.</summary>
    /// <remarks>No branch hangs on what is fetched from afar: the first slot of a window that is the feature's or free says what it is worth; a few go on to further windows.</remarks>
    public (int Second, int Third) Score(ReadOnlySpan<ulong> features)
    {
        Span<int> firsts = stackalloc int[MostAtOnce];
        Span<uint> entries = stackalloc uint[MostAtOnce];
        Span<int> open = stackalloc int[MostAtOnce]; // features that a window did not settle
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        var (second, third) = (0, 0);
        while (!features.IsEmpty)
        {
            var now = features[..Math.Min(features.Length, MostAtOnce)];
            for (var k = 0; k < now.Length; k++)
            {
                firsts[k] = FirstSlot(now[k], _count);
                entries[k] = Unsafe.Add(ref slots, firsts[k]); // fetched together from afar
            }

            var left = 0;
            for (var k = 0; k < now.Length; k++)
            {
                ref var first = ref Unsafe.Add(ref slots, firsts[k]);
                var found = At(ref first, CheckOf(now[k]));
                entries[k] = Unsafe.Add(ref first, found & (Window - 1));
                open[left] = k;
                left += found / Window;
            }

            foreach (var k in open[..left])
                entries[k] = Search(firsts[k] + Window, CheckOf(now[k]));
            foreach (var entry in entries[..now.Length])
            {
                second += (sbyte)(entry >> 8);
                third += (sbyte)entry;
            }

            features = features[now.Length..];
        }

        return (second, third);
    }

    // The place of the first slot of a window that has the check or is free; the window's length if none is.
    private static int At(ref uint first, uint check)
    {
        var window = Vector256.LoadUnsafe(ref first);
        var hits = Vector256.Equals(window >>> 16, Vector256.Create(check)) | Vector256.Equals(window, Vector256<uint>.Zero);
        return BitOperations.TrailingZeroCount((uint)hits.ExtractMostSignificantBits() | (1u << Window));
    }

    private uint Search(int slot, uint check)
    {
        for (; ; slot += Window)
        {
            slot = slot >= _count ? slot - _count : slot;
            ref var first = ref _slots[slot];
            if (At(ref first, check) is < Window and var found)
                return Unsafe.Add(ref first, found);
        }
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
        if (Array.IndexOf(slots, 0u) < 0) // a search would not end
            throw new InvalidDataException("The model is damaged");
        return new AttachmentModel(slots);
    }

    /// <summary>Writes the model as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_count);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan(0, _count)));
    }

    // The feature's lower half as a fraction of the table.
    private static int FirstSlot(ulong feature, int slots) => (int)(((feature & uint.MaxValue) * (ulong)slots) >> 32);

    private static uint CheckOf(ulong feature) => (uint)(feature >> 48) | 1;
}
