using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Follows each passage of a point from its article back to where it comes from.</summary>
internal sealed class ChainTracer(StoryText story, ImmutableArray<Reuse> reuses, OriginModel? model = null)
{
    // A sentence of which less is shared with another article is a sentence of its own.
    private const double SharedPart = 0.35;

    private readonly ILookup<ArticleId, Reuse> _reuses = reuses.Where(reuse => reuse.Kind != ReuseKind.QuotationsOnly)
        .SelectMany(reuse => new[] { (reuse.From, reuse), (reuse.To, reuse) }).ToLookup(pair => pair.Item1, pair => pair.reuse);

    private Dictionary<string, Trace>? _accounts;

    private readonly StatedChains _stated = new(story);
    private readonly OriginModel _model = model ?? OriginModel.Default;
    private OriginCandidates? _candidates;

    /// <summary>The media of the story.</summary>
    public MediaNames Media => _stated.Media;

    /// <summary>Whom each passage of a point may go back to.</summary>
    public IEnumerable<(Passage Passage, List<OriginCandidate> Candidates)> Candidates(Point point) => (_candidates ??= new OriginCandidates(story, _stated)).Of(point);

    /// <summary>The traces of a point's passages; a bare sentence that cites several media gives one for each.</summary>
    public List<Trace> Follow(Point point)
    {
        var traces = Start(point).ToList();
        var told = new PointTraces(traces, Media);
        if (story.Keeps(SourcingRule.Relays))
            traces.ForEach(trace => TakeOuter(trace, told));
        if (story.Keeps(SourcingRule.FullerAttributions))
            traces.ForEach(trace => TakeFuller(trace, told));
        told.SetAccounts();
        foreach (var trace in traces.Where(trace => trace.Open).ToList())
        {
            FollowMedium(trace, told);
            told.AddAccount(trace);
        }

        foreach (var trace in traces.Where(trace => !trace.Bare).ToList())
            InsertAgency(trace);
        foreach (var trace in traces.Where(trace => trace.Bare && !trace.Passage.Evidence.InTitle).ToList())
            Place(trace, told);
        foreach (var trace in traces.Where(trace => trace.Passage.Evidence.InTitle).ToList())
            PlaceTitle(trace, told);
        return traces;
    }

    // What a passage's own words give, media named beside each other all; else it waits for shared text, with what it may be inferred from.
    private IEnumerable<Trace> Start(Point point)
    {
        foreach (var origin in _model.Choose([.. Candidates(point)], story))
        {
            var passage = origin.Passage;
            var place = story.PlaceOf(passage.Evidence.Article);
            if (passage.Evidence.InTitle)
            {
                yield return new Trace { Passage = passage, Place = place };
                continue;
            }

            if (story.Keeps(SourcingRule.OwnReporting) && story.StatementOf(passage)?.Speaker is null && _stated.OwnReporting(passage, place) is { } own)
            {
                yield return own;
                continue;
            }

            if (story.Keeps(SourcingRule.Asides) && origin.Aside is { } aside)
            {
                aside.Trace.Aside = true;
                yield return aside.Trace;
                continue;
            }

            if (origin.Stated.Count == 0)
            {
                yield return new Trace { Passage = passage, Place = place, Inferred = origin.Inferred?.Trace };
                continue;
            }

            yield return origin.Stated[0].Trace;
            foreach (var beside in origin.Stated.Skip(1).Where(other => story.Keeps(SourcingRule.MediaBesideEachOther) && other.Link == OriginLink.Cited && origin.Stated[0].Trace.Open && other.Trace.Open))
                yield return beside.Trace;
        }
    }

    // "Kiev s'est engagée à …, selon cette source": what stands inside another's words goes through that other; the inner hop is inferred.
    private void TakeOuter(Trace trace, PointTraces traces)
    {
        if (story.StatementOf(trace.Passage) is not { Speaker.Mention: { } mention } inner)
            return;
        var outer = traces.At(trace.Place).FirstOrDefault(other => other != trace && other.Inner is null && story.StatementOf(other.Passage) is { } around
            && around.InTitle == inner.InTitle && around.Extent != inner.Extent && around.Content.Any(content => content.Contains(inner.Extent) && content.Contains(mention)));
        if (outer is null)
            return;
        var name = trace.Name;
        trace.Take(outer, outer.Media.ToList(), rule: 1);
        trace.Open = outer.Open;
        trace.Inner = name;
    }

    // Rule 5: a vaguer attribution (no channel, a description that the other fits) takes the other's of the same article.
    private void TakeFuller(Trace trace, PointTraces traces)
    {
        if (trace.Type != OriginType.Unnamed || trace.Media.Count > 0 || story.StatementOf(trace.Passage)?.Channel is { IsMedium: true })
            return;
        var description = Description.Of(trace.Name, story.Articles[trace.Place].Body.Language);
        var fuller = traces.At(trace.Place).FirstOrDefault(other => other != trace && other.Type == OriginType.Unnamed && !other.Open
            && (other.Media.Count > 0 || story.StatementOf(other.Passage)?.Channel is { IsMedium: true })
            && description.Fits(Description.Of(other.Name, story.Articles[other.Place].Body.Language)));
        if (fuller is not null)
            trace.Take(fuller, fuller.Media, rule: 5);
    }

    // Rules 2 and 6: on through the medium's own article, or through an account of whom it had it from.
    private void FollowMedium(Trace trace, PointTraces traces)
    {
        var visited = new List<string>();
        if (Media.OutletOf(trace.Place) is { } own)
            visited.Add(own);
        var hops = new List<string>();
        var medium = trace.Media[^1];
        for (var step = 0; step < 32; step++)
        {
            visited.Add(medium);
            hops.Add(medium);
            var inside = traces.Of(medium).Where(other => other != trace && other.Passage.Stance == trace.Passage.Stance);
            var behind = inside.Where(other => other is { Type: not null, Open: false, Loop: false } && other.Type != OriginType.Medium).OrderBy(other => other.Aside).FirstOrDefault();
            if (story.Keeps(SourcingRule.MediaOwnArticles) && behind is not null)
            {
                trace.Take(behind, hops.Concat(behind.Media.Where(hop => !hops.Contains(hop))).ToList(), rule: 2);
                trace.MetBy = behind.Media.Count > 0 ? behind.Media[^1] : medium;
                return;
            }

            var onward = inside.FirstOrDefault(other => other.Media.Count > 0 && (other.Open || other.Loop || other.Type == OriginType.Medium));
            if (!story.Keeps(SourcingRule.Loops) || onward is null)
                break;
            var next = onward.Media[0];
            trace.Evidence.AddRange(onward.Evidence);
            trace.Stated = false;
            if (visited.Exists(seen => MediaNames.Same(seen, next)))
            {
                hops.Add(next);
                trace.Media.Clear();
                trace.Media.AddRange(hops);
                trace.Open = false;
                trace.Loop = true;
                trace.Rule = 6;
                return;
            }

            medium = next;
        }

        var account = (story.Keeps(SourcingRule.AccountsOfPoint) ? traces.AccountOf(medium) : null)
            ?? (story.Keeps(SourcingRule.AccountsOfStory) ? Accounts().GetValueOrDefault(MediaNames.KeyOf(medium)) : null);
        if (account is not null)
        {
            trace.Take(account, hops, rule: 2);
            trace.MetBy = medium;
            return;
        }

        trace.Media.Clear();
        trace.Media.AddRange(hops);
        trace.Open = false;
        trace.Name = medium;
        trace.Type = OriginType.Medium;
    }

    // Whom a medium had it from, as any article of the story tells ("le haut responsable qui a confirmé l'information à la BBC").
    private Dictionary<string, Trace> Accounts()
    {
        if (_accounts is not null)
            return _accounts;
        _accounts = new Dictionary<string, Trace>(StringComparer.Ordinal);
        for (var place = 0; place < story.Articles.Length; place++)
        {
            for (var i = 0; i < story.Articles[place].Statements.Length; i++)
            {
                var statement = story.Articles[place].Statements[i];
                if (statement is not { Voiced: true, InTitle: false, Speaker: { Type: SpeakerType.Unnamed } speaker })
                    continue;
                var passage = new Passage(new Evidence(story.Articles[place].Id, statement.Extent), i, Stance.Affirms);
                var trace = _stated.OfStatement(passage, place, statement, speaker);
                if (trace.Media.Count > 0)
                    _accounts.TryAdd(MediaNames.KeyOf(trace.Media[^1]), trace);
            }
        }

        return _accounts;
    }

    // Rule 3 for attributed text: shared words of which an article credits an agency have the agency before the speaker.
    private void InsertAgency(Trace trace)
    {
        if (!story.Keeps(SourcingRule.AgenciesBeforeSpeakers) || trace.Loop || trace.Passage.Evidence.InTitle || story.StatementOf(trace.Passage) is not { } statement
            || statement.Channel is { } channel && Media.IsOwn(channel, trace.Place))
            return;
        if (AgencyOfShared(trace.Passage.Evidence) is { } agency && !trace.Media.Exists(hop => MediaNames.Same(hop, agency.Name)) && !_stated.IsOutlet(agency.Name, trace.Place))
        {
            trace.Media.Insert(0, agency.Name);
            trace.Rule = 3;
            trace.Evidence.Add(agency.Evidence);
        }
    }

    // Rules 3, 4 and 5 for bare sentences.
    private void Place(Trace trace, PointTraces traces)
    {
        var article = story.Articles[trace.Place];
        trace.Rule = 5;
        trace.Evidence.Add(trace.Passage.Evidence);
        var shared = Shared(trace.Passage.Evidence).ToList();
        var agency = AgencyOfShared(trace.Passage.Evidence);
        foreach (var (reuse, there) in shared)
        {
            var behind = traces.At(story.PlaceOf(there.Article)).FirstOrDefault(other => other != trace && !other.Passage.Evidence.InTitle
                && other.Passage.Evidence.Span.Overlaps(there.Span) && other.Type is not null && !other.Bare);
            if (behind is null)
                continue;
            if (story.Keeps(SourcingRule.AgenciesOfSharedText) && agency is { } credited)
            {
                trace.Take(behind, behind.Media.Exists(hop => MediaNames.Same(hop, credited.Name)) ? behind.Media.ToList() : [credited.Name, .. behind.Media], rule: 3);
                return;
            }

            if (story.Keeps(SourcingRule.EarlierText) && reuse.OrderKnown && reuse.From == there.Article && Media.OutletOf(behind.Place) is { } earlier)
            {
                trace.Take(behind, [earlier, .. behind.Media], rule: 4);
                return;
            }
        }

        if (trace.Inferred is { } inferred && story.Keeps(inferred.Rule == 6 ? SourcingRule.OfficialActs : SourcingRule.CarriedOn))
        {
            var (rule, stance) = (inferred.Rule, trace.Passage.Stance);
            if (inferred.Open)
                FollowMedium(inferred, traces);
            if (stance == Stance.Affirms || rule == 5)
                trace.Take(inferred, inferred.Media.ToList(), rule);
            return;
        }

        var parent = agency?.Name ?? (article.Article.Agencies.IsEmpty ? null : Media.Resolve(article.Article.Agencies[0], trace.Place));
        if (story.Keeps(SourcingRule.CreditedAgencies) && parent is not null && !_stated.IsOutlet(parent, trace.Place))
        {
            trace.Media.Add(parent);
            trace.Name = parent;
            trace.Type = OriginType.Medium;
            trace.Stated = false;
            trace.Rule = 3;
        }
    }

    // A title never gives an origin: it tells what its article tells, from whom the article has it.
    private static void PlaceTitle(Trace trace, PointTraces traces)
    {
        var below = traces.At(trace.Place).Where(other => other != trace && !other.Passage.Evidence.InTitle && other.Passage.Stance == trace.Passage.Stance).OrderBy(other => other.Aside).FirstOrDefault();
        trace.Rule = 6;
        if (below is not null)
        {
            trace.Take(below, below.Media.ToList(), rule: 5);
            trace.Aside = below.Aside;
        }

        trace.Evidence.Add(trace.Passage.Evidence);
    }

    // Where the words of a passage stand in other articles, most of them first by the story's order.
    private IEnumerable<(Reuse Reuse, Evidence There)> Shared(Evidence evidence)
    {
        if (evidence.InTitle)
            yield break;
        foreach (var reuse in _reuses[evidence.Article])
        {
            var isFrom = reuse.From == evidence.Article;
            var covered = 0;
            TextSpan? there = null;
            foreach (var passage in reuse.Passages)
            {
                var (here, other) = isFrom ? (passage.From, passage.To) : (passage.To, passage.From);
                if (here.Intersection(evidence.Span) is not { } part)
                    continue;
                covered += part.Length;
                // The aligned stretch is longer than the sentence: take the part that stands over against it.
                var start = Math.Clamp(other.Start + (part.Start - here.Start), other.Start, other.End);
                var span = new TextSpan(start, Math.Clamp(start + part.Length, start, other.End));
                there = there?.Union(span) ?? span;
            }

            if (there is { } found && covered >= SharedPart * evidence.Span.Length)
                yield return (reuse, new Evidence(isFrom ? reuse.To : reuse.From, found));
        }
    }

    private (string Name, Evidence Evidence)? AgencyOfShared(Evidence evidence)
    {
        (string, Evidence)? found = null;
        var isShared = false;
        foreach (var (_, there) in Shared(evidence))
        {
            isShared = true;
            var place = story.PlaceOf(there.Article);
            if (found is null && !story.Articles[place].Article.Agencies.IsEmpty)
                found = (Media.Resolve(story.Articles[place].Article.Agencies[0], place), there);
        }

        if (!isShared)
            return null;
        var own = story.PlaceOf(evidence.Article);
        return story.Articles[own].Article.Agencies.IsEmpty ? found : (Media.Resolve(story.Articles[own].Article.Agencies[0], own), evidence);
    }
}
