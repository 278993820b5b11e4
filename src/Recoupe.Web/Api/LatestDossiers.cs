using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Web.Desk;

namespace Recoupe.Web.Api;

/// <summary>Dossiers for who asks over HTTP: the one of now, or the one of before where making it takes longer than one notices. That is said, and it is made meanwhile.</summary>
internal sealed class LatestDossiers(Archive archive, StoryPages pages)
{
    /// <summary>The header that says of when a dossier is while it is brought up to date.</summary>
    public const string AsOf = "X-Dossier-As-Of";

    /// <summary>The dossier as JSON; null where there is no such story.</summary>
    /// <param name="context">Who asks.</param>
    /// <param name="id">The story, also under an id of before a merge.</param>
    /// <param name="fresh">Whether the one of now is waited for.</param>
    public async Task<byte[]?> GetAsync(HttpContext context, StoryId id, bool fresh = false)
    {
        var last = archive.LastDossier(id);
        if (last is { IsCurrent: true })
            return last.Json;
        if (last is not null && !fresh && archive.Story(id) is { } story)
        {
            var renewing = pages.RenewAsync(story);
            if (await Task.WhenAny(renewing, Task.Delay(StoryPages.Brief, context.RequestAborted)) != renewing)
                return Earlier(context, last);
        }

        return await DossierTurns.RunAsync(() => archive.DossierJsonOf(id, context.RequestAborted), context.RequestAborted);
    }

    // Whoever keeps it would take it for that of this revision of the archive.
    private static byte[] Earlier(HttpContext context, KeptDossier last)
    {
        var headers = context.Response.Headers;
        headers[AsOf] = last.Made;
        headers.CacheControl = "no-store";
        headers.ETag = default;
        return last.Json;
    }
}
