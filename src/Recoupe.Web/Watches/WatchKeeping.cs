using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Watches;
using Recoupe.Web.Access;

namespace Recoupe.Web.Watches;

/// <summary>Checks what somebody asks to be watched, and keeps it: for programs and for the desk alike.</summary>
internal static class WatchKeeping
{
    private const int MostWatches = 200;

    // A query names so many of its latest articles, and the stories that they are in.
    private const int MostHits = 500;

    /// <summary>Keeps a new watch.</summary>
    /// <exception cref="BadHttpRequestException">It cannot be.</exception>
    public static Watch Add(Archive archive, SharedIndex index, string owner, NewWatch asked, CancellationToken cancellationToken)
    {
        var watch = Checked(archive, index, asked, cancellationToken) with { Owner = owner };
        if (archive.Watches.All(owner).Count >= MostWatches)
            throw new BadHttpRequestException($"{MostWatches} watches are kept at most: remove one first");
        var kept = archive.Watches.Add(watch, TimeProvider.System.GetUtcNow());
        Watching.Round(archive, index).Begin(kept, cancellationToken);
        return kept;
    }

    /// <summary>Changes a watch; what it told stays. Where it watches something else, that is watched from now on.</summary>
    /// <exception cref="BadHttpRequestException">It cannot be so.</exception>
    public static Watch Change(Archive archive, SharedIndex index, Watch known, NewWatch asked, CancellationToken cancellationToken)
    {
        var changed = archive.Watches.Change(Checked(archive, index, asked, cancellationToken) with { Id = known.Id });
        if (!changed.IsOf(known))
            Watching.Round(archive, index).Begin(changed, cancellationToken);
        return changed;
    }

    /// <summary>The stories that a watch is about, those of its latest articles first.</summary>
    public static IReadOnlyList<StoryId> StoriesOf(Archive archive, SharedIndex index, Watch watch, CancellationToken cancellationToken) => watch switch
    {
        { Story: { } story } => archive.Story(story) is { } known ? [known.Id] : [],
        { Claim: { } claim } => index.StoriesOf(claim, cancellationToken),
        _ => [.. index.Find(watch.Query!, SearchKind.Articles, SearchOrder.Time, MostHits, null, cancellationToken).Hits
            .Select(hit => archive.Article(new ArticleId(hit.Id))?.Story).OfType<StoryId>().Distinct()],
    };

    /// <summary>The watch where it is theirs, or they administer; null where it is not: another's is as if it were not there.</summary>
    public static Watch? Own(Archive archive, HttpContext context, string id) => archive.Watches.Find(id) is { } watch
        && (watch.Owner == WhoAsks.Of(context) || WhoAsks.Role(context) == AccountRole.Administrator) ? watch : null;

    private static Watch Checked(Archive archive, SharedIndex index, NewWatch asked, CancellationToken cancellationToken)
    {
        static BadHttpRequestException Wrong(string what) => new(what);
        var watch = new Watch
        {
            Id = "", Owner = "", Title = asked.Title ?? "", Query = asked.Query, Story = asked.Story is { } id ? new StoryId(id) : null, Claim = asked.Claim,
            Conditions =
            [
                .. (asked.Conditions ?? []).Select(name => WatchShelf.ConditionOf(name)
                    ?? throw Wrong($"{name} is none of {string.Join(", ", Enum.GetValues<WatchCondition>().Select(ArticleJson.Name))}")).Distinct(),
            ],
            Outlets = [.. asked.Outlets ?? []], Webhook = asked.Webhook, Mail = asked.Mail, Quiet = asked.Quiet, Zone = asked.Zone, Cap = asked.Cap ?? 24,
        };
        if (WatchRules.Wrong(archive, watch) is { } wrong)
            throw Wrong(wrong);
        if (asked.Mail is { } mail && (!MimeKit.MailboxAddress.TryParse(mail, out var box) || !box.Address.Contains('@', StringComparison.Ordinal)))
            throw Wrong($"{mail} is no mail address");
        if (watch.Query is { } query)
            index.Find(query, SearchKind.Articles, SearchOrder.Time, 1, null, cancellationToken); // what is wrong with it is told now
        return watch;
    }
}
