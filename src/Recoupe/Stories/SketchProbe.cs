using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recoupe.Stories;

/// <summary>One sketch made ready to be compared with many: tells what it shares with another by asking a table instead of merging lists.</summary>
/// <remarks>
/// A hash stands in the table in one of <see cref="Wide"/> slots from the one that its low bits name, so that one vector holds
/// all places where it can be. Where that fails for a sketch, lists are merged.
/// </remarks>
internal sealed class SketchProbe
{
    private const int Wide = 8;

    [ThreadStatic]
    private static SketchProbe? _last;

    private readonly Table _terms = new(1024);
    private readonly Table _grams = new(512);
    private uint[] _shared = new uint[256];

    /// <summary>The sketch that was last set.</summary>
    public ArticleSketch? Sketch { get; private set; }

    /// <summary>A probe of <paramref name="sketch"/>, valid until this thread asks for another one.</summary>
    public static SketchProbe Of(ArticleSketch sketch)
    {
        var probe = _last ??= new SketchProbe();
        if (probe.Sketch != sketch)
            probe.Set(sketch);
        return probe;
    }

    /// <summary>Makes <paramref name="sketch"/> the one that others are compared with.</summary>
    public void Set(ArticleSketch sketch)
    {
        Sketch = sketch;
        _terms.Set(sketch.Terms);
        _grams.Set(sketch.Grams);
    }

    /// <summary>The terms shared with <paramref name="other"/>, rising: the place in this sketch in the upper half, that in the other in the lower. Valid until the next call.</summary>
    public ReadOnlySpan<uint> SharedTerms(ArticleSketch other)
    {
        if (_shared.Length < other.Terms.Length)
            _shared = new uint[other.Terms.Length * 2];
        return _shared.AsSpan(0, _terms.IsFull ? Merge(Sketch!.Terms, other.Terms, _shared) : _terms.Find(other.Terms, _shared));
    }

    /// <summary>How many letter grams are shared with <paramref name="other"/>.</summary>
    public int SharedGrams(ArticleSketch other) => _grams.IsFull ? Merge(Sketch!.Grams, other.Grams, []) : _grams.Count(other.Grams);

    private static int Merge(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b, Span<uint> shared)
    {
        var count = 0;
        for (var common = new CommonTerms(a, b); common.Next(); count++)
        {
            if (!shared.IsEmpty)
                shared[count] = ((uint)common.A << 16) | (uint)common.B;
        }

        return count;
    }

    private sealed class Table
    {
        private readonly uint[] _hashes;
        private readonly ushort[] _places;
        private readonly uint _mask;
        private ushort[] _used = new ushort[256];
        private int _count;

        public Table(int slots)
        {
            _mask = (uint)slots - 1;
            _hashes = new uint[slots + Wide];
            _places = new ushort[slots + Wide];
            for (var slot = 0; slot < _hashes.Length; slot++)
                Empty(slot);
        }

        /// <summary>Whether a hash did not find a place.</summary>
        public bool IsFull { get; private set; }

        public void Set(ReadOnlySpan<uint> hashes)
        {
            for (var i = 0; i < _count; i++)
                Empty(_used[i]);
            _count = 0;
            IsFull = hashes.Length > _hashes.Length / 2;
            if (_used.Length < hashes.Length && !IsFull)
                _used = new ushort[hashes.Length];
            for (var place = 0; place < hashes.Length && !IsFull; place++)
            {
                var slot = (int)(hashes[place] & _mask);
                var last = slot + Wide;
                while (slot < last && !IsEmpty(slot))
                    slot++;
                if (slot == last)
                {
                    IsFull = true;
                    return;
                }

                _hashes[slot] = hashes[place];
                _places[slot] = (ushort)place;
                _used[_count++] = (ushort)slot;
            }
        }

        /// <summary>Fills <paramref name="shared"/> and gives how many there are. Without a branch on what is shared, which nothing foretells.</summary>
        public int Find(ReadOnlySpan<uint> others, Span<uint> shared)
        {
            ref var hashes = ref MemoryMarshal.GetArrayDataReference(_hashes);
            var places = _places.AsSpan();
            var mask = _mask;
            shared = shared[..others.Length];
            var count = 0;
            for (var other = 0; other < others.Length; other++)
            {
                var home = others[other] & mask;
                var same = Vector256.Equals(Vector256.LoadUnsafe(ref hashes, home), Vector256.Create(others[other])).ExtractMostSignificantBits();
                var slot = (int)home + BitOperations.TrailingZeroCount(same | (1u << (Wide - 1)));
                shared[count] = ((uint)places[slot] << 16) | (uint)other;
                count += same != 0 ? 1 : 0;
            }

            return count;
        }

        /// <summary>How many of <paramref name="others"/> stand in the table.</summary>
        public int Count(ReadOnlySpan<uint> others)
        {
            ref var hashes = ref MemoryMarshal.GetArrayDataReference(_hashes);
            var mask = _mask;
            var count = Vector256<uint>.Zero;
            foreach (var other in others)
                count -= Vector256.Equals(Vector256.LoadUnsafe(ref hashes, other & mask), Vector256.Create(other));
            return (int)Vector256.Sum(count);
        }

        private bool IsEmpty(int slot) => _hashes[slot] == Nothing(slot);

        private void Empty(int slot) => _hashes[slot] = Nothing(slot);

        // What stands in an empty slot is at home half a table away: it is never taken for a hash that is looked up there.
        private uint Nothing(int slot) => ((uint)slot + ((_mask + 1) / 2)) & _mask;
    }
}
