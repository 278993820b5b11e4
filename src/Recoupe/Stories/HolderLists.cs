using System.Numerics;

namespace Recoupe.Stories;

/// <summary>For each of many hashed terms the latest articles that hold it.</summary>
/// <remarks>
/// One table of places (at least half of them empty) and one pool of numbers, whatever the number of terms: no object for each list.
/// Hashes are even: their low bits say where to look first.
/// </remarks>
internal sealed class HolderLists(int mostHolders)
{
    // Lists begin with two holders and double.
    private const int FirstLength = 2;
    private const int PageBits = 16;

    private readonly List<int[]> _pages = [];
    private readonly Stack<int>[] _free = [.. Enumerable.Range(0, 32).Select(_ => new Stack<int>())];
    private Place[] _places = new Place[64];
    private int _pageEnd = 1 << PageBits;
    private int _sweep;

    /// <summary>A term, how many holders it had in all (0: an empty place), where its list begins and which holder was the last.</summary>
    private struct Place
    {
        public uint Term;
        public int Count;
        public int At;
        public int Latest;
    }

    /// <summary>How many terms have a list.</summary>
    public int Count { get; private set; }

    /// <summary>The latest holders of <paramref name="term"/>, in no order.</summary>
    public ReadOnlySpan<int> this[uint term]
    {
        get
        {
            ref readonly var place = ref _places[Find(term)];
            return place.Count == 0 ? [] : Of(place)[..Math.Min(place.Count, mostHolders)];
        }
    }

    /// <summary>Adds a holder; where there are too many the oldest goes.</summary>
    public void Add(uint term, int article)
    {
        var at = Find(term);
        if (_places[at].Count == 0)
        {
            if (2 * ++Count > _places.Length)
            {
                Grow();
                at = Find(term);
            }

            _places[at] = new Place { Term = term, At = Take(LengthOf(0)) };
        }

        ref var place = ref _places[at];
        var length = LengthOf(place.Count);
        if (place.Count == length && length < mostHolders)
        {
            var old = place;
            place.At = Take(LengthOf(place.Count + 1));
            Of(old).CopyTo(At(place.At, length));
            Free(old);
        }

        At(place.At, LengthOf(place.Count + 1))[place.Count++ % mostHolders] = article;
        place.Latest = article;
    }

    /// <summary>Gives every holder a new number, and forgets those that left before the first of a list that did not: no search can meet them.</summary>
    /// <param name="renumbered">The new number of each; 0 where it has left. Keeps the order.</param>
    public void Renumber(Func<int, int> renumbered)
    {
        var kept = new List<(uint Term, int[] Holders)>(Count);
        foreach (ref readonly var place in _places.AsSpan())
        {
            if (place.Count == 0)
                continue;
            int[] holders = [.. InOrder(place).Select(renumbered).SkipWhile(static holder => holder == 0)];
            if (holders.Length > 0)
                kept.Add((place.Term, holders));
        }

        Clear();
        foreach (var (term, holders) in kept)
        {
            foreach (var holder in holders)
                Add(term, holder);
        }
    }

    /// <summary>Writes all lists, by term; after <see cref="Renumber"/> two that act alike are written alike.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var place in _places.Where(place => place.Count > 0).OrderBy(place => place.Term))
        {
            writer.Write(place.Term);
            var holders = InOrder(place);
            writer.Write7BitEncodedInt(holders.Length);
            foreach (var holder in holders)
                writer.Write7BitEncodedInt(holder);
        }
    }

    /// <summary>Takes in what <see cref="Write"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    public void Read(BinaryReader reader)
    {
        for (var lists = reader.ReadInt32(); lists > 0; lists--)
        {
            var term = reader.ReadUInt32();
            for (var holders = reader.Read7BitEncodedInt(); holders > 0; holders--)
                Add(term, reader.Read7BitEncodedInt());
        }
    }

    // From the one that came first.
    private int[] InOrder(in Place place)
    {
        var all = Of(place)[..Math.Min(place.Count, mostHolders)];
        var first = place.Count > mostHolders ? place.Count % mostHolders : 0;
        return [.. all[first..], .. all[..first]];
    }

    private void Clear()
    {
        _pages.Clear();
        foreach (var free in _free)
            free.Clear();
        (_places, _pageEnd, _sweep, Count) = (new Place[64], 1 << PageBits, 0, 0);
    }

    /// <summary>Looks at the next <paramref name="places"/> places and drops the terms whose holders have all left: done bit by bit, so that no placement waits for it.</summary>
    /// <param name="oldest">From this one on all are held.</param>
    /// <param name="isHeld">Tells of the others which are.</param>
    public void Sweep(int places, int oldest, Func<int, bool> isHeld)
    {
        for (var i = 0; i < places; i++)
        {
            _sweep = (_sweep + 1) & (_places.Length - 1);
            while (_places[_sweep].Count > 0 && _places[_sweep].Latest < oldest && !AnyHeld(_places[_sweep], isHeld))
                Remove(_sweep);
        }
    }

    private bool AnyHeld(in Place place, Func<int, bool> isHeld)
    {
        foreach (var article in Of(place)[..Math.Min(place.Count, mostHolders)])
        {
            if (isHeld(article))
                return true;
        }

        return false;
    }

    // Closes the gap: what stands behind and wants to stand at or before it moves up.
    private void Remove(int at)
    {
        var mask = _places.Length - 1;
        Free(_places[at]);
        Count--;
        var next = at;
        while (true)
        {
            next = (next + 1) & mask;
            if (_places[next].Count == 0)
                break;
            var home = (int)_places[next].Term & mask;
            if (((next - home) & mask) < ((next - at) & mask))
                continue;
            _places[at] = _places[next];
            at = next;
        }

        _places[at] = default;
    }

    private int Find(uint term)
    {
        var mask = _places.Length - 1;
        var at = (int)term & mask;
        while (_places[at].Count > 0 && _places[at].Term != term)
            at = (at + 1) & mask;
        return at;
    }

    private void Grow()
    {
        var old = _places;
        _places = new Place[old.Length * 2];
        foreach (ref readonly var place in old.AsSpan())
        {
            if (place.Count > 0)
                _places[Find(place.Term)] = place;
        }
    }

    // Lists double up to the longest.
    private int LengthOf(int count) => Math.Min(mostHolders, Math.Max(FirstLength, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Min(count, mostHolders))));

    private Span<int> Of(in Place place) => At(place.At, LengthOf(place.Count));

    private Span<int> At(int at, int length) => _pages[at >> PageBits].AsSpan(at & ((1 << PageBits) - 1), length);

    private void Free(in Place place) => FreeOf(LengthOf(place.Count)).Push(place.At);

    private Stack<int> FreeOf(int length) => _free[length == mostHolders ? 0 : BitOperations.Log2((uint)length)];

    private int Take(int length)
    {
        if (FreeOf(length).TryPop(out var free))
            return free;
        if (_pageEnd + length > 1 << PageBits)
        {
            _pages.Add(new int[1 << PageBits]);
            _pageEnd = 0;
        }

        var at = ((_pages.Count - 1) << PageBits) + _pageEnd;
        _pageEnd += length;
        return at;
    }
}
