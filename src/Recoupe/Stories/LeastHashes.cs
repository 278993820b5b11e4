namespace Recoupe.Stories;

/// <summary>Keeps the least distinct hashes of many: a sample that is the same for the same set (bottom-k, Broder 1997).</summary>
internal sealed class LeastHashes(int most)
{
    private readonly uint[] _hashes = new uint[most * 4];
    private int _count;
    private uint _bound = uint.MaxValue;

    /// <summary>Takes a hash in.</summary>
    public void Add(uint hash)
    {
        if (hash > _bound)
            return;
        if (_count == _hashes.Length)
            Shrink();
        _hashes[_count++] = hash;
    }

    /// <summary>The least hashes, rising; empties this.</summary>
    public uint[] Take()
    {
        Shrink();
        var least = _hashes.AsSpan(0, _count).ToArray();
        _count = 0;
        _bound = uint.MaxValue;
        return least;
    }

    private void Shrink()
    {
        var all = _hashes.AsSpan(0, _count);
        all.Sort();
        var kept = 0;
        for (var i = 0; i < all.Length && kept < most; i++)
        {
            if (kept == 0 || all[i] != all[kept - 1])
                all[kept++] = all[i];
        }

        _count = kept;
        if (kept == most)
            _bound = all[kept - 1];
    }
}
