using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;

namespace Recoupe.Searches;

/// <summary>Keeps the latest of what is found, however much that is: equal times in the order of their keys, none of which is there twice.</summary>
/// <remarks>
/// What comes in lies in the index in about the order of its time, so that each document that is found would be the best so far of a queue. Here they are gathered, and looked at from the
/// last one on: most that come then are not late enough, which their time alone tells.
/// </remarks>
internal sealed class LatestFirst : ICollector
{
    private readonly string _timeField;
    private readonly string _keyField;
    private readonly int _most;
    private readonly (BytesRef Time, BytesRef Key)? _after;
    private readonly int[] _gathered = new int[1 << 14];
    private readonly (long Place, int Document)[] _buffer;
    private List<LatestHit> _best = [];
    private int _gatheredCount;
    private int _buffered;
    private int _base;
    private SortedDocValues? _times;
    private SortedDocValues? _keys;

    // The places in this part of the index that can still be among the best: above the one and not above the other.
    private long _above;
    private long _upTo;

    /// <summary>Keeps so many at most.</summary>
    /// <param name="timeField">The field of the time.</param>
    /// <param name="keyField">The field of the key.</param>
    /// <param name="most">How many.</param>
    /// <param name="after">Only what comes behind it; null for all.</param>
    public LatestFirst(string timeField, string keyField, int most, (BytesRef Time, BytesRef Key)? after)
    {
        (_timeField, _keyField, _most, _after) = (timeField, keyField, most, after);
        _buffer = new (long, int)[Math.Max(128, 4 * most)];
    }

    /// <summary>How much fits in all, whatever it comes behind.</summary>
    public int Total { get; private set; }

    /// <inheritdoc/>
    public bool AcceptsDocsOutOfOrder => true;

    /// <summary>The latest, in their order.</summary>
    public IReadOnlyList<LatestHit> Hits()
    {
        EndPart();
        return _best;
    }

    /// <inheritdoc/>
    public void SetScorer(Scorer scorer)
    {
        // Scores have no part in it.
    }

    /// <inheritdoc/>
    public void SetNextReader(AtomicReaderContext context)
    {
        EndPart();
        _base = context.DocBase;
        (_times, _keys) = (FieldCache.DEFAULT.GetTermsIndex(context.AtomicReader, _timeField), FieldCache.DEFAULT.GetTermsIndex(context.AtomicReader, _keyField));
        _upTo = _after is { } after ? Before(after.Time, after.Key, isIncluded: false) : long.MaxValue;
        _above = _best.Count == _most ? Before(_best[^1].Time, _best[^1].Key, isIncluded: true) : -1;
    }

    /// <inheritdoc/>
    public void Collect(int doc)
    {
        Total++;
        if (_gatheredCount == _gathered.Length)
            Sift();
        _gathered[_gatheredCount++] = doc;
    }

    private void Sift()
    {
        while (_gatheredCount > 0)
        {
            var doc = _gathered[--_gatheredCount];
            var time = _times!.GetOrd(doc);
            if (time < _above >> 32)
                continue;
            var place = Place(time, _keys!.GetOrd(doc));
            if (place <= _above || place > _upTo)
                continue;
            if (_buffered == _buffer.Length)
                Cut();
            _buffer[_buffered++] = (place, doc);
        }
    }

    // Later times are higher, and of equal ones the earlier keys.
    private static long Place(int time, int key) => ((long)time << 32) | (uint)(int.MaxValue - key);

    // The highest place of this part that comes behind a time and key, or is it where it is included.
    private long Before(BytesRef time, BytesRef key, bool isIncluded)
    {
        var timeAt = _times!.LookupTerm(time);
        if (timeAt < 0)
            return Place(~timeAt, 0) - 1 - int.MaxValue;
        var keyAt = _keys!.LookupTerm(key);
        return Place(timeAt, keyAt < 0 ? ~keyAt : isIncluded ? keyAt : keyAt + 1);
    }

    private void Cut()
    {
        var buffered = _buffer.AsSpan(0, _buffered);
        buffered.Sort(static (one, other) => other.Place.CompareTo(one.Place));
        _buffered = Math.Min(_buffered, _most);
        if (_buffered == _most)
            _above = Math.Max(_above, _buffer[_buffered - 1].Place);
    }

    private void EndPart()
    {
        Sift();
        if (_buffered == 0)
            return;
        Cut();
        for (var at = 0; at < _buffered; at++)
        {
            var (time, key) = (new BytesRef(), new BytesRef());
            _times!.LookupOrd((int)(_buffer[at].Place >> 32), time);
            _keys!.LookupOrd(int.MaxValue - (int)(uint)_buffer[at].Place, key);
            _best.Add(new LatestHit(_base + _buffer[at].Document, BytesRef.DeepCopyOf(time), BytesRef.DeepCopyOf(key)));
        }

        _buffered = 0;
        _best = [.. _best.OrderByDescending(hit => hit.Time).ThenBy(hit => hit.Key).Take(_most)];
    }
}

/// <summary>A document that was found, with what it is ordered by.</summary>
internal sealed record LatestHit(int Document, BytesRef Time, BytesRef Key);
