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
internal sealed class ChainTracer(StoryText story, ImmutableArray<Reuse> reuses)
{
    // A sentence of which less is shared with another article is a sentence of its own.
    private const double SharedPart = 0.35;

    private readonly ILookup<ArticleId, Reuse> _reuses = reuses.Where(reuse => reuse.Kind != ReuseKind.QuotationsOnly)
        .SelectMany(reuse => new[] { (reuse.From, reuse), (reuse.To, reuse) }).ToLookup(pair => pair.Item1, pair => pair.reuse);

    private Dictionary<string, Trace>? _accounts;

    /// <summary>The media of the story.</summary>
    public MediaNames Media { get; } = new(story);

    /// <summary>The traces of a point's passages; a bare sentence that cites several media gives one for each.</summary>
    public List<Trace> Follow(Point point)
    {
        var traces = point.Passages.SelectMany(Start).ToList();
        var told = new PointTraces(traces, Media);
        foreach (var trace in traces)
            TakeOuter(trace, told);
        foreach (var trace in traces)
            TakeFuller(trace, told);
        told.SetAccounts();
        foreach (var trace in traces.Where(trace => trace.Open).ToList())
        {
            FollowMedium(trace, told);
            told.AddAccount(trace);
        }

        foreach (var trace in traces.Where(trace => !trace.Bare).ToList())
            InsertAgency(trace);
        told.SetDoers(story);
        foreach (var trace in traces.Where(trace => trace.Bare && !trace.Passage.Evidence.InTitle).ToList())
            Place(trace, told);
        foreach (var trace in traces.Where(trace => trace.Passage.Evidence.InTitle).ToList())
            PlaceTitle(trace, told);
        return traces;
    }

    // Rules 1 and 2: what the passage's own words give.
    private IEnumerable<Trace> Start(Passage passage)
    {
        var place = story.PlaceOf(passage.Evidence.Article);
        var statement = story.StatementOf(passage);
        // A name of function words alone names nobody.
        if (statement?.Speaker is { } speaker && HasName(speaker, statement, place))
        {
            yield return OfStatement(passage, place, statement, speaker);
            foreach (var beside in OfMediaBeside(passage, place, statement, speaker))
                yield return beside;
            yield break;
        }

        if (statement?.Speaker is null && OwnReporting(passage, place) is { } own)
        {
            yield return own;
            yield break;
        }

        var cited = 0;
        foreach (var citation in story.CitationsAt(passage.Evidence))
        {
            if (citation.Source is null || OfCitation(passage, place, citation) is not { } trace)
                continue;
            cited++;
            yield return trace;
        }

        if (cited == 0)
            yield return new Trace { Passage = passage, Place = place };
    }

    // "As X revealed and Y confirmed": one medium is the statement's speaker, the other is cited beside it.
    private IEnumerable<Trace> OfMediaBeside(Passage passage, int place, Statement statement, Speaker speaker)
    {
        if (speaker.Type != SpeakerType.Medium || speaker.Mention is not { } mention)
            yield break;
        foreach (var citation in story.CitationsAt(passage.Evidence))
        {
            if (citation.Source is not { Type: CitedType.Medium, Collective: false } source || citation.Span == mention
                || statement.Content.Any(content => content.Overlaps(citation.Span)) || source.Name == speaker.Name)
                continue;
            if (OfCitation(passage, place, citation) is { } trace)
                yield return trace;
        }
    }

    private bool HasName(Speaker speaker, Statement statement, int place)
    {
        var text = story.Articles[place].TextOf(statement.InTitle);
        return speaker.Type == SpeakerType.Medium || Description.Of(speaker.Name ?? speaker.Mention?.Quote(text.Text), text.Language).IsTelling;
    }

    private Trace OfStatement(Passage passage, int place, Statement statement, Speaker speaker)
    {
        var trace = new Trace { Passage = passage, Place = place, Rule = 1 };
        trace.Evidence.Add(passage.Evidence);
        if (speaker.Mention is { } mention)
            trace.Evidence.Add(new Evidence(passage.Evidence.Article, mention, statement.InTitle));
        var name = speaker.Name ?? speaker.Mention?.Quote(story.Articles[place].TextOf(statement.InTitle).Text) ?? "";
        trace.MetBy = Media.OutletOf(place);
        if (speaker.Type == SpeakerType.Medium || (speaker.Type == SpeakerType.Organisation && Media.IsOutletOfStory(name)))
        {
            Cite(trace, Media.Resolve(name, place));
            return trace;
        }

        if (statement.Channel is { } channel && Media.IsMedium(channel, place))
        {
            if (!Media.IsOwn(channel, place))
                AddMedium(trace, Media.Resolve(channel.Name, place), new Evidence(passage.Evidence.Article, channel.Mention, statement.InTitle));
        }
        else if (statement.Channel is null or { IsMedium: false })
        {
            var citation = story.CitationsAt(passage.Evidence).FirstOrDefault(citation => citation.Source is { Type: CitedType.Medium, Collective: false });
            if (citation is not null && Media.Resolve(citation.Source!.Name, place) is { } medium && !IsOutlet(medium, place))
                AddMedium(trace, medium, new Evidence(passage.Evidence.Article, citation.Span, citation.InTitle));
        }

        if (speaker.NamedBy is { } named)
        {
            // The article tells a role; who holds it, another article of the story.
            trace.Evidence.Add(named);
            trace.Stated = false;
        }

        trace.Name = name;
        trace.Type = speaker.Type switch
        {
            SpeakerType.Person => OriginType.Person,
            SpeakerType.Organisation => OriginType.Organisation,
            SpeakerType.Document => OriginType.Document,
            _ => OriginType.Unnamed,
        };
        if (trace.Type == OriginType.Document)
            trace.Private = SeenByOne(passage, place);
        return trace;
    }

    private Trace? OfCitation(Passage passage, int place, Citation citation)
    {
        var trace = new Trace { Passage = passage, Place = place, Rule = 2 };
        trace.Evidence.Add(passage.Evidence);
        trace.Evidence.Add(new Evidence(passage.Evidence.Article, citation.Span, citation.InTitle));
        trace.MetBy = Media.OutletOf(place);
        if (citation.Source!.Type == CitedType.Document)
        {
            trace.Name = citation.Source.Name;
            trace.Type = OriginType.Document;
            trace.Private = SeenByOne(passage, place);
            return trace;
        }

        // A collective mention is the named media that fit it: the other chains hold them.
        var medium = Media.Resolve(citation.Source.Name, place);
        if (citation.Source.Collective)
        {
            trace.Name = citation.Source.Name;
            trace.Type = OriginType.Medium;
            trace.Stated = false;
            return trace;
        }

        if (IsOutlet(medium, place))
            return null;
        Cite(trace, medium);
        return trace;
    }

    private void Cite(Trace trace, string medium)
    {
        trace.Rule = 2;
        if (IsOutlet(medium, trace.Place))
        {
            // The outlet quotes itself: nothing stands behind it.
            trace.Name = null;
            return;
        }

        trace.Media.Add(medium);
        trace.MetBy = medium;
        trace.Open = true;
    }

    private static void AddMedium(Trace trace, string medium, Evidence evidence)
    {
        trace.Media.Add(medium);
        trace.MetBy = medium;
        trace.Evidence.Add(evidence);
    }

    private bool IsOutlet(string medium, int place) => Media.OutletOf(place) is { } own && MediaNames.Same(medium, own);

    // Rule 5, own reporting: the outlet's staff saw it, or it is the outlet's own analysis.
    private Trace? OwnReporting(Passage passage, int place)
    {
        var article = story.Articles[place];
        if (passage.Evidence.InTitle || article.Body.Language is not { } language)
            return null;
        var span = story.SentenceOf(passage.Evidence);
        var words = story.Bodies[place].In(span);
        var found = PhraseSet.Of(language, "own-reporting").Find(words);
        var outlet = Media.OutletOf(place);
        foreach (var (at, _, name) in found)
        {
            if (name is not ("staff" or "analysis"))
                continue;
            var near = found.Where(other => Math.Abs(other.At - at) <= 8).ToArray();
            var witnessed = name == "analysis" || near.Any(other => other.Class == "witness");
            if (!witnessed)
                continue;
            var whose = found.Any(other => other.Class == "own" && at - other.At is > 0 and <= 3) ? outlet ?? "" : MediumNear(words, at, place);
            if (whose is null)
                continue;
            var trace = new Trace { Passage = passage, Place = place, Rule = 5 };
            trace.Evidence.Add(passage.Evidence);
            if (outlet is null || MediaNames.Same(whose, outlet) || whose.Length == 0)
            {
                trace.Name = outlet;
                trace.Type = OriginType.Outlet;
            }
            else
            {
                // Another medium's own reporter: that medium, with nothing behind it that the text gives.
                trace.Media.Add(whose);
                trace.Name = whose;
                trace.Type = OriginType.Medium;
            }

            return trace;
        }

        return null;
    }

    // "une photographe de l'AFP", "a Herald reporter".
    private string? MediumNear(ArraySegment<string> words, int at, int place)
    {
        for (var i = Math.Max(0, at - 3); i < Math.Min(words.Count, at + 5); i++)
        {
            if (i == at || words[i].Length < 2)
                continue;
            var name = Media.Resolve(words[i], place);
            if (name != words[i] || MediaNames.CountryOf(name) is not null)
                return name;
        }

        return null;
    }

    private bool SeenByOne(Passage passage, int place) =>
        story.Articles[place].Body.Language is { } language && !passage.Evidence.InTitle
        && PhraseSet.Of(language, "seen-by").Any(story.Bodies[place].In(story.SentenceOf(passage.Evidence)));

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
            var behind = inside.FirstOrDefault(other => other is { Type: not null, Open: false, Loop: false } && other.Type != OriginType.Medium);
            if (behind is not null)
            {
                trace.Take(behind, hops.Concat(behind.Media.Where(hop => !hops.Contains(hop))).ToList(), rule: 2);
                trace.MetBy = behind.Media.Count > 0 ? behind.Media[^1] : medium;
                return;
            }

            var onward = inside.FirstOrDefault(other => other.Media.Count > 0 && (other.Open || other.Loop || other.Type == OriginType.Medium));
            if (onward is null)
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

        var account = traces.AccountOf(medium) ?? Accounts().GetValueOrDefault(MediaNames.KeyOf(medium));
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
                var trace = OfStatement(passage, place, statement, speaker);
                if (trace.Media.Count > 0)
                    _accounts.TryAdd(MediaNames.KeyOf(trace.Media[^1]), trace);
            }
        }

        return _accounts;
    }

    // Rule 3 for attributed text: shared words of which an article credits an agency have the agency before the speaker.
    private void InsertAgency(Trace trace)
    {
        if (trace.Loop || trace.Passage.Evidence.InTitle || story.StatementOf(trace.Passage) is not { } statement
            || statement.Channel is { } channel && Media.IsOwn(channel, trace.Place))
            return;
        if (AgencyOfShared(trace.Passage.Evidence) is { } agency && !trace.Media.Exists(hop => MediaNames.Same(hop, agency.Name)) && !IsOutlet(agency.Name, trace.Place))
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
            if (agency is { } credited)
            {
                trace.Take(behind, behind.Media.Exists(hop => MediaNames.Same(hop, credited.Name)) ? behind.Media.ToList() : [credited.Name, .. behind.Media], rule: 3);
                return;
            }

            if (reuse.OrderKnown && reuse.From == there.Article && Media.OutletOf(behind.Place) is { } earlier)
            {
                trace.Take(behind, [earlier, .. behind.Media], rule: 4);
                return;
            }
        }

        var elsewhere = traces.At(trace.Place).FirstOrDefault(other => other != trace && (other.Type is not null || other.Loop) && (other.Rule is 1 or 2 or 6 || other is { Rule: 3, Bare: false })
            && other.Passage.Stance == trace.Passage.Stance);
        if (elsewhere is not null)
        {
            trace.Take(elsewhere, elsewhere.Media.ToList(), rule: 5);
            return;
        }

        if (trace.Passage.Stance == Stance.Affirms && Doer(trace, traces) is { } doer)
        {
            trace.Take(doer, [], rule: 5);
            trace.MetBy = null;
            return;
        }

        var parent = agency?.Name ?? (article.Article.Agencies.IsEmpty ? null : Media.Resolve(article.Article.Agencies[0], trace.Place));
        if (parent is not null && !IsOutlet(parent, trace.Place))
        {
            trace.Media.Add(parent);
            trace.Name = parent;
            trace.Type = OriginType.Medium;
            trace.Stated = false;
            trace.Rule = 3;
        }
    }

    // A title tells what its article tells, from whom the article has it.
    private void PlaceTitle(Trace trace, PointTraces traces)
    {
        var below = traces.At(trace.Place).FirstOrDefault(other => other != trace && !other.Passage.Evidence.InTitle && other.Passage.Stance == trace.Passage.Stance);
        if (below is not null)
            trace.Take(below, below.Media.ToList(), rule: 5);
        else if (trace.Bare)
            Place(trace, traces);
        trace.Evidence.Add(trace.Passage.Evidence);
    }

    // "Le tribunal avait annulé le permis": a sentence that tells what an origin of the point itself did goes back to it.
    private Trace? Doer(Trace trace, PointTraces traces)
    {
        if (traces.Doers.Count == 0)
            return null;
        var said = story.WordsOf(trace.Passage.Evidence).KeysIn(trace.Passage.Evidence.Span);
        foreach (var (doer, description) in traces.Doers)
        {
            if (doer != trace && description.NamedIn(said.AsSpan()))
                return doer;
        }

        return null;
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
