using System.Numerics;

namespace Recoupe.Text;

/// <summary>Values by a 64-bit hash (<see cref="TextHash"/>): most hashes that are asked for and are not in it cost one look at two bytes.</summary>
internal sealed class HashedTable<T>
{
    private readonly ushort[] _checks; // 0 is free
    private readonly (ulong Key, T Value)[] _slots;

    /// <summary>Makes a table.</summary>
    /// <param name="values">Each hash once.</param>
    public HashedTable(IReadOnlyDictionary<ulong, T> values)
    {
        _checks = new ushort[BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, 2 * values.Count))];
        _slots = new (ulong Key, T Value)[_checks.Length];
        foreach (var (key, value) in values)
        {
            var slot = (int)(key & ((uint)_checks.Length - 1));
            while (_checks[slot] != 0)
                slot = (slot + 1) & (_checks.Length - 1);
            _checks[slot] = Check(key);
            _slots[slot] = (key, value);
        }
    }

    /// <summary>The value of <paramref name="key"/>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryGetValue(ulong key, out T value)
    {
        var check = Check(key);
        for (var slot = (int)(key & ((uint)_checks.Length - 1)); _checks[slot] != 0; slot = (slot + 1) & (_checks.Length - 1))
        {
            if (_checks[slot] != check || _slots[slot].Key != key)
                continue;
            value = _slots[slot].Value;
            return true;
        }

        value = default!;
        return false;
    }

    private static ushort Check(ulong key) => (ushort)((key >> 48) | 1);
}
