using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>The search index of the service: brought up to date before it answers, once for all who wait.</summary>
internal sealed class SharedIndex(Archive archive) : IDisposable
{
    private readonly SearchIndex _index = new(archive);
    private readonly Lock _updating = new();
    private long _articles = -1;
    private long _points = -1;

    public SearchAnswer Find(string query, SearchKind kind, SearchOrder order, int most, string? after, CancellationToken cancellationToken)
    {
        // What is being brought up to date is waited for; what is, is searched by many at once.
        if (archive.Revision() > Known(kind))
        {
            lock (_updating)
                Update(kind, cancellationToken);
        }

        return _index.Find(query, kind, order, most, after);
    }

    private long Known(SearchKind kind) => Interlocked.Read(ref kind == SearchKind.Points ? ref _points : ref _articles);

    private void Update(SearchKind kind, CancellationToken cancellationToken)
    {
        var revision = archive.Revision();
        if (revision <= Known(kind))
            return;
        _index.Update(kind == SearchKind.Points, cancellationToken);
        Interlocked.Exchange(ref _articles, revision);
        if (kind == SearchKind.Points)
            Interlocked.Exchange(ref _points, revision);
    }

    /// <summary>Lets go of what the archive has deleted.</summary>
    public void Forget(CancellationToken cancellationToken)
    {
        lock (_updating)
            _index.Forget(cancellationToken);
    }

    public void Dispose() => _index.Dispose();
}
