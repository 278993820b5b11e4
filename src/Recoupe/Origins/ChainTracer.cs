using System.Collections.Concurrent;
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
internal sealed class ChainTracer
{
    // A sentence of which less is shared with another article is a sentence of its own.
    private const double SharedPart = 0.35;

    private readonly StoryText _story;
    private readonly ILookup<ArticleId, Reuse> _reuses;
    private readonly StatedChains _stated;
    private readonly OriginModel _model;
    private readonly OriginCandidates _candidates;
    private readonly ConcurrentDictionary<Evidence, (Reuse Reuse, Evidence There)[]> _shared = new();
    private readonly Lazy<Dictionary<string, Trace>> _accounts;

    /// <summary>Follows passages in a story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="reuses">What its articles share.</param>
    /// <param name="model">What judges candidates; null for the engine's own.</param>
    public ChainTracer(StoryText story, ImmutableArray<Reuse> reuses, OriginModel? model = null)
    {
        _story = story;
        _stated = new StatedChains(story);
        _model = model ?? OriginModel.Default;
        _candidates = new OriginCandidates(story, _stated);
        _accounts = new Lazy<Dictionary<string, Trace>>(ReadAccounts);
        _reuses = reuses.Where(reuse => reuse.Kind != ReuseKind.QuotationsOnly)
            .SelectMany(reuse => new[] { (reuse.From, reuse), (reuse.To, reuse) }).ToLookup(pair => pair.Item1, pair => pair.reuse);
    }

    /// <summary>The media of the story.</summary>
    public MediaNames Media => _stated.Media;

    /// <summary>Whom each passage of a point may go back to.</summary>
    public IEnumerable<(Passage Passage, List<OriginCandidate> Candidates)> Candidates(Point point) => Read(point).Of();

    /// <summary>Whom each passage of a point may go back to, to be asked for as its articles come out.</summary>
    public PointCandidates Read(Point point) => _candidates.Of(point);

    /// <summary>The traces of a point's passages; a bare sentence that cites several media gives one for each.</summary>
    /// <param name="candidates">Whom they may go back to.</param>
    /// <param name="isOut">Whether the article at a place is out; null for all.</param>
    public List<Trace> Follow(PointCandidates candidates, Func<int, bool>? isOut = null)
    {
        var traces = Start(candidates, isOut).ToList();
        var told = new PointTraces(traces, Media);
        if (_story.Keeps(SourcingRule.Relays))
            traces.ForEach(trace => TakeOuter(trace, told));
        if (_story.Keeps(SourcingRule.FullerAttributions))
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
    private IEnumerable<Trace> Start(PointCandidates candidates, Func<int, bool>? isOut)
    {
        // A candidate may be chosen for several passages: they follow one trace, and the candidate's own stays as it was read.
        var taken = new Dictionary<OriginCandidate, Trace>(ReferenceEqualityComparer.Instance);
        Trace TraceOf(OriginCandidate candidate) => taken.TryGetValue(candidate, out var trace) ? trace : taken[candidate] = candidate.Trace.Copy();

        foreach (var origin in _model.Choose(candidates.Of(isOut), _story))
        {
            var passage = origin.Passage;
            var place = _story.PlaceOf(passage.Evidence.Article);
            if (passage.Evidence.InTitle)
            {
                yield return new Trace { Passage = passage, Place = place };
                continue;
            }

            if (_story.Keeps(SourcingRule.OwnReporting) && _story.StatementOf(passage)?.Speaker is null && candidates.OwnReporting(passage, () => _stated.OwnReporting(passage, place)) is { } own)
            {
                yield return own;
                continue;
            }

            if (_story.Keeps(SourcingRule.Asides) && origin.Aside is { } aside)
            {
                var beside = TraceOf(aside);
                beside.Aside = true;
                yield return beside;
                continue;
            }

            if (origin.Stated.Count == 0)
            {
                yield return new Trace { Passage = passage, Place = place, Inferred = origin.Inferred is { } inferred ? TraceOf(inferred) : null };
                continue;
            }

            yield return TraceOf(origin.Stated[0]);
            if (!_story.Keeps(SourcingRule.MediaBesideEachOther) || !origin.Stated[0].Trace.Open)
                continue;
            foreach (var other in origin.Stated.Skip(1).Where(other => other.Link == OriginLink.Cited && other.Trace.Open))
                yield return TraceOf(other);
        }
    }

    // "Kiev s'est engagée à …, selon cette source": what stands inside another's words goes through that other; the inner hop is inferred.
    private void TakeOuter(Trace trace, PointTraces traces)
    {
        if (_story.StatementOf(trace.Passage) is not { Speaker.Mention: { } mention } inner)
            return;
        var outer = traces.At(trace.Place).FirstOrDefault(other => other != trace && other.Inner is null && _story.StatementOf(other.Passage) is { } around
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
        if (trace.Type != OriginType.Unnamed || trace.Media.Count > 0 || _story.StatementOf(trace.Passage)?.Channel is { IsMedium: true })
            return;
        var description = Description.Of(trace.Name, _story.Articles[trace.Place].Body.Language);
        var fuller = traces.At(trace.Place).FirstOrDefault(other => other != trace && other.Type == OriginType.Unnamed && !other.Open
            && (other.Media.Count > 0 || _story.StatementOf(other.Passage)?.Channel is { IsMedium: true })
            && description.Fits(Description.Of(other.Name, _story.Articles[other.Place].Body.Language)));
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
            if (_story.Keeps(SourcingRule.MediaOwnArticles) && behind is not null)
            {
                trace.Take(behind, hops.Concat(behind.Media.Where(hop => !hops.Contains(hop))).ToList(), rule: 2);
                trace.MetBy = behind.Media.Count > 0 ? behind.Media[^1] : medium;
                return;
            }

            var onward = inside.FirstOrDefault(other => other.Media.Count > 0 && (other.Open || other.Loop || other.Type == OriginType.Medium));
            if (!_story.Keeps(SourcingRule.Loops) || onward is null)
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

        var account = (_story.Keeps(SourcingRule.AccountsOfPoint) ? traces.AccountOf(medium) : null)
            ?? (_story.Keeps(SourcingRule.AccountsOfStory) ? _accounts.Value.GetValueOrDefault(MediaNames.KeyOf(medium)) : null);
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
    private Dictionary<string, Trace> ReadAccounts()
    {
        var accounts = new Dictionary<string, Trace>(StringComparer.Ordinal);
        for (var place = 0; place < _story.Articles.Length; place++)
        {
            for (var i = 0; i < _story.Articles[place].Statements.Length; i++)
            {
                var statement = _story.Articles[place].Statements[i];
                if (statement is not { Voiced: true, InTitle: false, Speaker: { Type: SpeakerType.Unnamed } speaker })
                    continue;
                var passage = new Passage(new Evidence(_story.Articles[place].Id, statement.Extent), i, Stance.Affirms);
                var trace = _stated.OfStatement(passage, place, statement, speaker);
                if (trace.Media.Count > 0)
                    accounts.TryAdd(MediaNames.KeyOf(trace.Media[^1]), trace);
            }
        }

        return accounts;
    }

    // Rule 3 for attributed text: shared words of which an article credits an agency have the agency before the speaker.
    private void InsertAgency(Trace trace)
    {
        if (!_story.Keeps(SourcingRule.AgenciesBeforeSpeakers) || trace.Loop || trace.Passage.Evidence.InTitle || _story.StatementOf(trace.Passage) is not { } statement
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
        var article = _story.Articles[trace.Place];
        trace.Rule = 5;
        trace.Evidence.Add(trace.Passage.Evidence);
        var shared = Shared(trace.Passage.Evidence);
        var agency = AgencyOfShared(trace.Passage.Evidence);
        foreach (var (reuse, there) in shared)
        {
            var behind = traces.At(_story.PlaceOf(there.Article)).FirstOrDefault(other => other != trace && !other.Passage.Evidence.InTitle
                && other.Passage.Evidence.Span.Overlaps(there.Span) && other.Type is not null && !other.Bare);
            if (behind is null)
                continue;
            if (_story.Keeps(SourcingRule.AgenciesOfSharedText) && agency is { } credited)
            {
                trace.Take(behind, behind.Media.Exists(hop => MediaNames.Same(hop, credited.Name)) ? behind.Media.ToList() : [credited.Name, .. behind.Media], rule: 3);
                return;
            }

            if (_story.Keeps(SourcingRule.EarlierText) && reuse.OrderKnown && reuse.From == there.Article && Media.OutletOf(behind.Place) is { } earlier)
            {
                trace.Take(behind, [earlier, .. behind.Media], rule: 4);
                return;
            }
        }

        if (trace.Inferred is { } inferred && _story.Keeps(inferred.Rule == 6 ? SourcingRule.OfficialActs : SourcingRule.CarriedOn))
        {
            var (rule, stance) = (inferred.Rule, trace.Passage.Stance);
            if (inferred.Open)
                FollowMedium(inferred, traces);
            if (stance == Stance.Affirms || rule == 5)
                trace.Take(inferred, inferred.Media.ToList(), rule);
            return;
        }

        var parent = agency?.Name ?? (article.Article.Agencies.IsEmpty ? null : Media.Resolve(article.Article.Agencies[0], trace.Place));
        if (_story.Keeps(SourcingRule.CreditedAgencies) && parent is not null && !_stated.IsOutlet(parent, trace.Place))
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
    private (Reuse Reuse, Evidence There)[] Shared(Evidence evidence) =>
        evidence.InTitle || !_reuses.Contains(evidence.Article) ? [] : _shared.GetOrAdd(evidence, static (known, tracer) => [.. tracer.ReadShared(known)], this);

    private IEnumerable<(Reuse Reuse, Evidence There)> ReadShared(Evidence evidence)
    {
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
            var place = _story.PlaceOf(there.Article);
            if (found is null && !_story.Articles[place].Article.Agencies.IsEmpty)
                found = (Media.Resolve(_story.Articles[place].Article.Agencies[0], place), there);
        }

        if (!isShared)
            return null;
        var own = _story.PlaceOf(evidence.Article);
        return _story.Articles[own].Article.Agencies.IsEmpty ? found : (Media.Resolve(_story.Articles[own].Article.Agencies[0], own), evidence);
    }
}
