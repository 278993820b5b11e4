namespace Recoupe.Stories;

/// <summary>A count for each of many hashed terms: a table of eight bytes a place, at least half of them empty.</summary>
/// <remarks>Hashes are even: their low bits say where to look first. A count is never 0: that is an empty place.</remarks>
internal sealed class TermCounts
{
    private Place[] _places;

    private struct Place
    {
        public uint Term;
        public float Count;
    }

    /// <summary>No terms yet.</summary>
    public TermCounts() => _places = new Place[16];

    private TermCounts(Place[] places, int count) => (_places, Count) = (places, count);

    /// <summary>How many terms are counted.</summary>
    public int Count { get; private set; }

    /// <summary>The count of <paramref name="term"/>; 0 where it was never counted.</summary>
    public float this[uint term] => _places[Find(term)].Count;

    /// <summary>Counts <paramref name="term"/> once more and gives the count before.</summary>
    public float Add(uint term) => Add(term, 1);

    /// <summary>Adds <paramref name="more"/> (above 0) to the count of <paramref name="term"/> and gives the count before.</summary>
    public float Add(uint term, float more)
    {
        ref var place = ref _places[Find(term)];
        var before = place.Count;
        if (before > 0)
        {
            place.Count += more;
            return before;
        }

        (place.Term, place.Count) = (term, more);
        if (2 * ++Count > _places.Length)
            Rebuild(_places.Length * 2, _ => true);
        return before;
    }

    /// <summary>A copy with every count times <paramref name="factor"/>.</summary>
    public TermCounts Times(float factor)
    {
        var places = (Place[])_places.Clone();
        foreach (ref var place in places.AsSpan())
            place.Count *= factor;
        return new TermCounts(places, Count);
    }

    /// <summary>Forgets the terms that were counted once.</summary>
    public void DropSingle()
    {
        var kept = 0;
        foreach (ref readonly var place in _places.AsSpan())
            kept += place.Count is not (0 or 1) ? 1 : 0;
        var length = 16;
        while (length < 2 * kept)
            length *= 2;
        Rebuild(length, count => count != 1);
    }

    /// <summary>Writes all counts, by term.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write(Count);
        foreach (var place in _places.Where(place => place.Count > 0).OrderBy(place => place.Term))
        {
            writer.Write(place.Term);
            writer.Write(place.Count);
        }
    }

    /// <summary>The counts that <see cref="Write"/> wrote.</summary>
    public static TermCounts Read(BinaryReader reader)
    {
        var counts = new TermCounts();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (term, count) = (reader.ReadUInt32(), reader.ReadSingle());
            if (!(count > 0))
                throw new InvalidDataException("a term without a count");
            counts.Add(term, count);
        }

        return counts;
    }

    private int Find(uint term)
    {
        var mask = _places.Length - 1;
        var at = (int)term & mask;
        while (_places[at].Count > 0 && _places[at].Term != term)
            at = (at + 1) & mask;
        return at;
    }

    private void Rebuild(int length, Predicate<float> keep)
    {
        var old = _places;
        _places = new Place[length];
        Count = 0;
        foreach (ref readonly var place in old.AsSpan())
        {
            if (place.Count == 0 || !keep(place.Count))
                continue;
            _places[Find(place.Term)] = place;
            Count++;
        }
    }
}
