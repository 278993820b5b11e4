using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recoupe.Text;

/// <summary>Slots of an open-addressed table: a check above, a value below, 0 where free; from its first slot on, an entry is the first that has its check.</summary>
/// <remarks>Many are fetched from afar at a time, a window of slots is compared at once, and no branch hangs on what it brings.</remarks>
internal sealed class SlotTable
{
    /// <summary>How many looks are made together at most.</summary>
    public const int MostAtOnce = 48;

    private const int Window = 8;

    private readonly uint[] _slots; // behind the last slot stand the first ones again, a window of them
    private readonly uint _checkMask;

    /// <summary>Makes a table of its slots.</summary>
    /// <param name="slots">Sound ones.</param>
    /// <param name="checkMask">The bits of the check.</param>
    public SlotTable(ReadOnlySpan<uint> slots, uint checkMask)
    {
        Count = slots.Length;
        _checkMask = checkMask;
        _slots = [.. slots, .. slots[..Window]];
    }

    /// <summary>Whether slots can be searched: enough for a window, and one free, or a search would not end.</summary>
    public static bool AreSound(ReadOnlySpan<uint> slots) => slots.Length >= Window && slots.Contains(0u);

    /// <summary>How many slots.</summary>
    public int Count { get; }

    /// <summary>The slots as they were given.</summary>
    public ReadOnlySpan<uint> Slots => _slots.AsSpan(0, Count);

    /// <summary>Fills <paramref name="entries"/> with the entry of each look, 0 where there is none.</summary>
    /// <param name="places">The first slot of each look; at most <see cref="MostAtOnce"/>.</param>
    /// <param name="checks">The check of each, in its bits.</param>
    /// <param name="entries">As long as <paramref name="places"/>.</param>
    public void Look(ReadOnlySpan<int> places, ReadOnlySpan<uint> checks, Span<uint> entries)
    {
        Span<int> open = stackalloc int[MostAtOnce]; // looks that a window did not settle
        ref var slots = ref MemoryMarshal.GetArrayDataReference(_slots);
        ref var check = ref MemoryMarshal.GetReference(checks);
        ref var entry = ref MemoryMarshal.GetReference(entries);
        for (var k = 0; k < places.Length; k++)
            Unsafe.Add(ref entry, k) = Unsafe.Add(ref slots, places[k]);
        var mask = Vector256.Create(_checkMask);
        var left = 0;
        for (var k = 0; k < places.Length; k++)
        {
            ref var first = ref Unsafe.Add(ref slots, places[k]);
            var found = At(ref first, Unsafe.Add(ref check, k), mask);
            Unsafe.Add(ref entry, k) = Unsafe.Add(ref first, found & (Window - 1));
            open[left] = k;
            left += found / Window;
        }

        foreach (var k in open[..left])
            entries[k] = Search(places[k] + Window, checks[k]);
    }

    private uint Search(int place, uint check)
    {
        for (; ; place += Window)
        {
            place = place >= Count ? place - Count : place;
            ref var first = ref _slots[place];
            if (At(ref first, check, Vector256.Create(_checkMask)) is < Window and var found)
                return Unsafe.Add(ref first, found);
        }
    }

    // The place of the first slot of a window that has the check or is free; the window's length if none is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int At(ref uint first, uint check, Vector256<uint> mask)
    {
        var window = Vector256.LoadUnsafe(ref first);
        var hits = Vector256.Equals(window & mask, Vector256.Create(check)) | Vector256.Equals(window, Vector256<uint>.Zero);
        return BitOperations.TrailingZeroCount(hits.ExtractMostSignificantBits() | (1u << Window));
    }
}
