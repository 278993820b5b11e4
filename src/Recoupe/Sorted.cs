using System.Runtime.InteropServices;

namespace Recoupe;

/// <summary>Searches in what stands in the order of a number.</summary>
internal static class Sorted
{
    /// <summary>The index of the first item whose number is at least <paramref name="least"/>; their count if none is.</summary>
    /// <param name="items">In the rising order of their numbers.</param>
    /// <param name="least">The least number.</param>
    /// <param name="numberOf">The number of an item.</param>
    public static int First<T>(ReadOnlySpan<T> items, int least, Func<T, int> numberOf)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (numberOf(items[middle]) < least)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <inheritdoc cref="First{T}(ReadOnlySpan{T}, int, Func{T, int})"/>
    public static int First<T>(List<T> items, int least, Func<T, int> numberOf) => First(CollectionsMarshal.AsSpan(items), least, numberOf);
}
