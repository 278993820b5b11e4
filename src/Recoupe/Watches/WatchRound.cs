using Recoupe.Articles;
using Recoupe.Changes;
using Recoupe.Checks;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Watches;

/// <summary>Looks at what has changed in an archive for all who watch.</summary>
/// <param name="archive">The archive.</param>
/// <param name="find">Finds articles by a query, in an order, so many at most.</param>
public sealed class WatchRound(Archive archive, Func<string, SearchOrder, int, CancellationToken, IReadOnlyList<SearchHit>> find)
{
    // Of what changes at once more than this is looked at the next time.
    private const int MostStories = 500;

    // A query names so many stories at most.
    private const int NamedAtOnce = 50;
    private const int MostHits = 500;
    private const int MostKnown = 50;

    // Stories that changed and may tell a claim, beside those that likeliest do.
    private const int MostChanged = 4;

    /// <summary>Looks at all that each watch has not seen. One that cannot be looked at is looked at the next time, and keeps no other from it.</summary>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <param name="failed">Is told of each that could not be looked at.</param>
    /// <returns>How many alerts there are to tell.</returns>
    public int Run(DateTimeOffset now, CancellationToken cancellationToken, Action<Watch, Exception>? failed = null)
    {
        var told = 0;
        foreach (var watch in archive.Watches.All())
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                told += Look(watch, FeedShelf.Written(now), cancellationToken);
            }
            catch (Exception failure) when (failure is SearchException or ClaimException)
            {
                failed?.Invoke(watch, failure);
            }
        }

        return told;
    }

    /// <summary>Learns what a new watch is to know: what is there already is not told. Of a query the latest stories; others begin when they next change. Of a claim who tells it.</summary>
    public void Begin(Watch watch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(watch);
        if (watch.Claim is { } claim)
        {
            var footing = StoryFooting.OfClaim(archive.CheckJson(claim, null, StoriesOf(claim, cancellationToken), cancellationToken));
            archive.Watches.Save(watch, watch.Revision, [(StateOf(claim), footing.Write())], []);
            return;
        }

        IEnumerable<StoryId> stories = watch.Story is { } one
            ? [archive.Story(one)!.Id]
            : Stories(find(watch.Query!, SearchOrder.Time, MostHits, cancellationToken)).Distinct().Take(MostKnown);
        var states = stories.Select(story => (Story: story, Dossier: archive.DossierJsonOf(story, cancellationToken))).Where(item => item.Dossier is not null)
            .Select(item => (item.Story, StoryFooting.Of(item.Dossier!).Write())).ToList();
        archive.Watches.Save(watch, watch.Revision, states, []);
    }

    private int Look(Watch watch, string now, CancellationToken cancellationToken)
    {
        var revision = archive.Revision();
        if (revision <= watch.Revision)
            return 0;
        var changed = archive.ChangedStories(watch.Revision, MostStories);
        if (changed.Count == MostStories)
            revision = Math.Max(watch.Revision + 1, changed[^1].Revision - 1);
        if (watch.Claim is { } claim)
            return LookAtClaim(watch, claim, revision, [.. changed.Select(item => archive.Story(item.Story)?.Id).OfType<StoryId>()], now, cancellationToken);
        var stories = changed.Select(item => (Was: item.Story, Now: archive.Story(item.Story)?.Id)).Where(item => item.Now is not null).ToLookup(item => item.Now!.Value, item => item.Was);
        var (states, alerts) = (new List<(StoryId, string)>(), new List<Alert>());
        foreach (var story in Watched(watch, [.. stories.Select(group => group.Key)], cancellationToken))
        {
            if (archive.DossierJsonOf(story, cancellationToken) is not { } dossier)
                continue;
            var footing = StoryFooting.Of(dossier);
            var kept = stories[story].Prepend(story).Select(id => archive.Watches.StateOf(watch.Id, id)).FirstOrDefault(state => state is not null);
            states.Add((story, footing.Write()));
            // What was there before the watch is where it begins.
            if (kept is not null || IsNew(watch, story))
                alerts.AddRange(WatchJudge.Find(watch, story, kept is null ? null : StoryFooting.Read(kept), footing).Select(Tell));
            if (watch.Conditions.Contains(WatchCondition.QuotationChanged))
                alerts.AddRange(Quotations(watch, story, footing.Title).Select(Tell));

            Alert Tell((string Name, WatchCondition Condition, AlertBody Body) alert) => new(0, watch.Id, alert.Name, alert.Condition, story, alert.Body.Write(), now);
        }

        return archive.Watches.Save(watch, revision, states, alerts);
    }

    // A claim is looked for anew where a story changed that may tell it; only what changed is told.
    private int LookAtClaim(Watch watch, string claim, long revision, HashSet<StoryId> changed, string now, CancellationToken cancellationToken)
    {
        var stories = Within(ClaimSearch.QueryOf(claim), changed, SearchOrder.Rank, cancellationToken).Take(MostChanged).ToList();
        if (stories.Count == 0)
            return archive.Watches.Save(watch, revision, [], []);
        var footing = StoryFooting.OfClaim(archive.CheckJson(claim, null, [.. stories.Concat(StoriesOf(claim, cancellationToken)).Distinct().Take(ClaimSearch.MostStories)], cancellationToken));
        var alerts = new List<Alert>();
        // What was there before the watch began is where it begins.
        if (archive.Watches.StateOf(watch.Id, StateOf(claim)) is { } kept)
        {
            foreach (var (name, condition, body) in WatchJudge.Find(watch, stories[0], StoryFooting.Read(kept), footing))
            {
                // An older story that is looked at for the first time is no news.
                if (body.Spans.Select(words => archive.Article(new ArticleId(words.Article))?.Story).OfType<StoryId>().Where(changed.Contains).Cast<StoryId?>().FirstOrDefault() is { } story)
                    alerts.Add(new Alert(0, watch.Id, name, condition, story, (body with { Story = story.Value }).Write(), now));
            }
        }

        return archive.Watches.Save(watch, revision, [(StateOf(claim), footing.Write())], alerts);
    }

    // What is known of a claim stands under this in place of a story.
    private static StoryId StateOf(string claim) => new($"claim:{TextHash.Of(claim):x16}");

    private IEnumerable<StoryId> Stories(IEnumerable<SearchHit> hits) => hits.Select(hit => archive.Article(new ArticleId(hit.Id))?.Story).OfType<StoryId>();

    private IReadOnlyList<StoryId> StoriesOf(string claim, CancellationToken cancellationToken) =>
        ClaimSearch.StoriesOf(archive, claim, (query, most) => find(query, SearchOrder.Rank, most, cancellationToken));

    private List<StoryId> Watched(Watch watch, List<StoryId> changed, CancellationToken cancellationToken)
    {
        if (watch.Story is { } one)
            return archive.Story(one) is { } story && changed.Contains(story.Id) ? [story.Id] : [];
        return [.. Within(watch.Query!, changed, SearchOrder.Time, cancellationToken)];
    }

    // Those of the stories whose articles fit a query: so many are named at once as its limits leave room for.
    private IEnumerable<StoryId> Within(string query, IEnumerable<StoryId> stories, SearchOrder order, CancellationToken cancellationToken)
    {
        var named = stories.Select(id => $"story:{id}").ToList();
        var longest = named.Select(name => name.Length + " OR ".Length).DefaultIfEmpty(1).Max();
        var room = Math.Min((SearchQuery.Longest - query.Length - "() AND ()".Length) / longest, SearchQuery.MostWords - query.Split(' ').Length);
        return named.Chunk(Math.Clamp(room, 1, NamedAtOnce)).SelectMany(part => Stories(find($"({query}) AND ({string.Join(" OR ", part)})", order, MostHits, cancellationToken))).Distinct();
    }

    private bool IsNew(Watch watch, StoryId story) => archive.History(story) is [var first, ..] && first.Change.Number > watch.Opened;

    // Pages whose earlier version was there when the watch was last at it, and that quote otherwise now.
    private List<(string Name, WatchCondition Condition, AlertBody Body)> Quotations(Watch watch, StoryId story, string? title)
    {
        var found = new List<(string, WatchCondition, AlertBody)>();
        foreach (var later in archive.Articles(new ArticleFilter(Story: story), MostStories).Items.Where(article => article.Revision > watch.Revision))
        {
            var versions = archive.Versions(later.Id);
            if (versions is not [.., var earlier, var last] || last.Id != later.Id || Annotated(earlier.Id) is not { } before || Annotated(last.Id) is not { } after)
                continue;
            foreach (var word in ChangeFinder.Compare(before, after).Words.Where(word => word.Grade == ChangeGrade.Quotation && !word.InTitle))
            {
                var (was, became) = (Words(before, word.Before), Words(after, word.After));
                found.Add((
                    $"{ArticleJson.Name(WatchCondition.QuotationChanged)} {last.Id} {word.Before.Start} {word.After.Start}", WatchCondition.QuotationChanged,
                    new AlertBody(
                        ArticleJson.Name(WatchCondition.QuotationChanged), story.Value, title, null, later.Title, was?.Words, became?.Words,
                        [.. new[] { was, became }.OfType<WatchedWords>()])));
            }
        }

        return found;
    }

    private AnnotatedArticle? Annotated(ArticleId id) => archive.Document(id) is { } document ? Pipeline.Annotate(ArticleReader.Read(document, id)) : null;

    private static WatchedWords? Words(AnnotatedArticle article, TextSpan span)
    {
        if (span.IsEmpty)
            return null;
        var offsets = new CodePointOffsets(article.Body.Text);
        return new WatchedWords(article.Id.Value, offsets.FromUtf16(span.Start), offsets.FromUtf16(span.End), span.Quote(article.Body.Text));
    }
}
