namespace Recoupe.Stories;

/// <summary>Counts the terms of one article: a hash table that is emptied and used again.</summary>
internal sealed class TermTable
{
    private Slot[] _slots = new Slot[1024];
    private int[] _used = new int[512];

    /// <summary>A term, how often it stood and where.</summary>
    internal struct Slot
    {
        public uint Term;
        public int Count;
        public TermTraits Traits;
    }

    /// <summary>Distinct terms so far.</summary>
    public int Count { get; private set; }

    /// <summary>Counts one occurrence; the slot stays valid until the next one is counted.</summary>
    public ref Slot Add(uint term, TermTraits traits)
    {
        if (Count == _used.Length)
            Grow();
        ref var slot = ref Find(term);
        if (slot.Count == 0)
        {
            slot.Term = term;
            _used[Count++] = At(ref slot);
        }

        slot.Count++;
        slot.Traits |= traits;
        return ref slot;
    }

    /// <summary>All slots by rising term; empties the table.</summary>
    public Slot[] Take()
    {
        var order = new ulong[Count];
        for (var i = 0; i < Count; i++)
            order[i] = ((ulong)_slots[_used[i]].Term << 32) | (uint)_used[i];
        Array.Sort(order);
        var taken = new Slot[Count];
        for (var i = 0; i < Count; i++)
        {
            ref var slot = ref _slots[(int)(uint)order[i]];
            taken[i] = slot;
            slot = default;
        }

        Count = 0;
        return taken;
    }

    // Hashes are even: their low bits say where to begin.
    private ref Slot Find(uint term)
    {
        var mask = _slots.Length - 1;
        var at = (int)term & mask;
        while (_slots[at].Count > 0 && _slots[at].Term != term)
            at = (at + 1) & mask;
        return ref _slots[at];
    }

    private int At(ref Slot slot) =>
        (int)(System.Runtime.CompilerServices.Unsafe.ByteOffset(ref _slots[0], ref slot) / System.Runtime.CompilerServices.Unsafe.SizeOf<Slot>());

    private void Grow()
    {
        var old = Take();
        _slots = new Slot[_slots.Length * 2];
        _used = new int[_used.Length * 2];
        foreach (var slot in old)
        {
            Find(slot.Term) = slot;
        }

        for (var at = 0; at < _slots.Length; at++)
        {
            if (_slots[at].Count > 0)
                _used[Count++] = at;
        }
    }
}
