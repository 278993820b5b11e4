using Recoupe.Documents;
using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>The archive's writer in the service: the one that follows feeds, where it does, else one for as long as somebody adds something.</summary>
internal sealed class ServiceWriter(Archive archive)
{
    private readonly Lock _turn = new();
    private ArchiveWriter? _following;

    /// <summary>Takes documents in.</summary>
    /// <exception cref="ArchiveException">Another process is writing.</exception>
    public List<Ingested> Ingest(IReadOnlyList<Document> documents, CancellationToken cancellationToken)
    {
        lock (_turn)
        {
            if (_following is { } shared)
                return [.. shared.Ingest(documents, cancellationToken)];
            using var writer = archive.Write();
            var ingested = writer.Ingest(documents, cancellationToken).ToList();
            writer.End(cancellationToken);
            return ingested;
        }
    }

    /// <summary>Opens the writer of those that follow, which others share until <see cref="EndFollowing"/>.</summary>
    /// <exception cref="ArchiveException">Another process is writing.</exception>
    public ArchiveWriter BeginFollowing()
    {
        lock (_turn)
            return _following = archive.Write();
    }

    /// <summary>Saves the state and lets go of the archive.</summary>
    public void EndFollowing()
    {
        lock (_turn)
        {
            if (_following is not { } writer)
                return;
            _following = null;
            using (writer)
                writer.Save();
        }
    }
}
