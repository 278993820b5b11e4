using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>The search index of the service: brought up to date before it answers, once for all who wait.</summary>
internal sealed class SharedIndex(Archive archive) : IDisposable
{
    private readonly SearchIndex _index = new(archive);
    private readonly Lock _lock = new();
    private long _articles = -1;
    private long _points = -1;

    public SearchAnswer Find(string query, SearchKind kind, SearchOrder order, int most, string? after, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var revision = archive.Revision();
            var isPoints = kind == SearchKind.Points;
            if (revision != (isPoints ? _points : _articles))
            {
                _index.Update(isPoints, cancellationToken);
                _articles = revision;
                if (isPoints)
                    _points = revision;
            }

            return _index.Find(query, kind, order, most, after);
        }
    }

    public void Dispose() => _index.Dispose();
}
