using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>An article as a dossier names it.</summary>
/// <param name="Number">Its place in the story, from 1: its short name.</param>
/// <param name="Outlet">Its outlet, or words for an unknown one.</param>
internal sealed record ArticleView(int Number, string Outlet, AnnotatedArticle Annotated)
{
    public ArticleId Id => Annotated.Id;

    public Article Article => Annotated.Article;

    /// <summary>Outlet and number: what tells it apart. Where the outlet is unknown the id stands there; the gaps tell that the outlet is unknown.</summary>
    public string Tag => $"{(Article.Outlet is null ? ShownText.Line(Id.Value) : Outlet)} [{Number}]";
}

/// <summary>The passages of a point that came by the same way.</summary>
/// <param name="Stance">How they stand to the point.</param>
/// <param name="Hops">From the first hop after the outlet to the origin; empty for own reporting and bare sentences.</param>
/// <param name="Type">The origin's type; null for bare sentences.</param>
/// <param name="Chains">One or more a passage.</param>
internal sealed record ChainGroup(Stance Stance, ImmutableArray<string> Hops, OriginType? Type, ImmutableArray<Chain> Chains)
{
    /// <summary>Whether no text states it; not asked of bare sentences, which have no way.</summary>
    public bool Inferred => Type is not null && Chains.All(chain => !chain.Stated);
}

/// <summary>A point as a dossier shows it.</summary>
/// <param name="Number">Its rank, from 1.</param>
/// <param name="Text">Its clearest passage, on one line.</param>
/// <param name="Articles">The articles that affirm it, in the story's order.</param>
/// <param name="Outlets">How many outlets that is; an unknown one counts as one an article.</param>
internal sealed record PointView(
    int Number, SourcedPoint Sourced, string Text, ImmutableArray<ArticleView> Articles, int Outlets, ImmutableArray<ChainGroup> Groups, Spread Spread)
{
    public Evidence Clearest => Sourced.Point.Clearest.Evidence;

    public Grade Grade => Sourced.Grade;
}

/// <summary>What several passages tell alike about one date.</summary>
/// <param name="Point">The point that they tell; null for other sentences.</param>
/// <param name="Text">One of them, on one line.</param>
internal sealed record TimelineLine(PointView? Point, string Text, ImmutableArray<Evidence> Passages);

/// <summary>A place where an article gives a saying.</summary>
/// <param name="Text">Its words there, on one line.</param>
/// <param name="Attributed">Whose words this article says they are, where it is another than the saying's speaker; else null.</param>
internal sealed record RenderingView(ArticleView Article, Statement Statement, Wording Wording, string Text, string? Attributed)
{
    /// <summary>Where it stands, by the first stretch of its content.</summary>
    public Evidence Evidence => new(Article.Id, Statement.Content[0], Statement.InTitle);
}

/// <summary>A saying as a dossier shows it.</summary>
/// <param name="Fullest">The fullest wording.</param>
/// <param name="Places">All of them, the earliest first.</param>
/// <param name="Articles">How many articles give it.</param>
/// <param name="Spread">When they did.</param>
internal sealed record SayingView(RenderingView Fullest, ImmutableArray<RenderingView> Places, int Articles, Spread Spread, string? Speaker)
{
    /// <summary>Whether several articles give it, one at least between quotation marks.</summary>
    public bool FoundAgain => Articles > 1 && Fullest.Wording != Wording.Reported;
}

/// <summary>Origins of a point that count as one.</summary>
/// <param name="Label">Whether that is certain, in words.</param>
/// <param name="Pairs">Which, two by two.</param>
/// <param name="Why">For what reason.</param>
internal sealed record MergeLine(string Label, string Pairs, string Why);

/// <summary>What one speaker said.</summary>
/// <param name="Name">Null where the speaker is not known.</param>
internal sealed record SpeakerView(string? Name, SpeakerType? Type, ImmutableArray<SayingView> Sayings);

/// <summary>What is not known about an article.</summary>
/// <param name="What">What is unknown, in words.</param>
/// <param name="DatedBy">The spans that an inferred date rests on; empty where the date is stated or unknown.</param>
internal sealed record Gap(ArticleView Article, ImmutableArray<string> What, ImmutableArray<Evidence> DatedBy);

/// <summary>A dossier made ready for showing: what all formats say, in the order in which they say it.</summary>
internal sealed class DossierView
{
    private readonly Dictionary<ArticleId, ArticleView> _byId;
    private readonly bool _oneOffset;

    public DossierView(Dossier dossier, InterfaceTexts texts)
    {
        Dossier = dossier;
        Texts = texts;
        Articles = [.. dossier.Articles.Select((article, index) => new ArticleView(index + 1, OutletOf(article.Article, texts), article))];
        _byId = Articles.ToDictionary(article => article.Id);
        _oneOffset = dossier.Articles.Select(article => article.Article.Published).Where(at => at?.Time is not null).Select(at => at!.Value.Offset).Distinct().Count() <= 1;
        Points = [.. dossier.Points.Select((point, index) => View(point, index + 1))];
        PointOf = Points.ToDictionary(point => point.Sourced.Point.Id);
        Published = Spread.Of(dossier.Articles);
        Timeline = [.. dossier.Timeline.Select(entry => (entry.Date, Lines(entry)))];
        Speakers = GroupSpeakers();
        FoundAgain = [.. Speakers.SelectMany(speaker => speaker.Sayings).Where(saying => saying.FoundAgain)
            .OrderByDescending(saying => saying.Articles).ThenBy(saying => saying.Fullest.Article.Number)];
        Gaps = [.. Articles.Select(article => new Gap(article, [.. FindGaps(article)], [.. DatedBy(article)])).Where(gap => gap.What.Length + gap.DatedBy.Length > 0)];
        Omissions = [.. dossier.Omissions.GroupBy(omission => omission.Point).Select(group => (Point: PointOf[group.Key], Articles: group))
            .OrderBy(item => item.Point.Number)
            .Select(item => (item.Point, item.Articles.Select(omission => this[omission.Article]).OrderBy(article => article.Number).ToImmutableArray()))];
        Sources = dossier.Articles.Length > 1 && dossier.Check is null ? SourceShare.Of(dossier) : [];
        Reuses = [.. dossier.Reuses.OrderByDescending(reuse => reuse.Share)];
        Check = dossier.Check is { } check ? new CheckView(this, check) : null;
    }

    public Dossier Dossier { get; }

    public InterfaceTexts Texts { get; }

    public ImmutableArray<ArticleView> Articles { get; }

    public ImmutableArray<PointView> Points { get; }

    public IReadOnlyDictionary<PointId, PointView> PointOf { get; }

    /// <summary>The story's articles as they were published.</summary>
    public Spread Published { get; }

    public ImmutableArray<(string Date, ImmutableArray<TimelineLine> Lines)> Timeline { get; }

    public ImmutableArray<SpeakerView> Speakers { get; }

    /// <summary>Quotations that several articles give, those that most give first.</summary>
    public ImmutableArray<SayingView> FoundAgain { get; }

    /// <summary>"in the Herald [1]; first in the Gazette [2], 20 November 2024": where the fullest wording stands, and who had it first where that can be told.</summary>
    public string WhereOf(SayingView saying)
    {
        var first = FirstOf(saying);
        if (first is not null && saying.Spread.Tellings[0].Article == saying.Fullest.Article.Id)
            return first;
        var fullest = Texts.Fill("saying.in", saying.Fullest.Article.Tag);
        return first is null ? fullest : fullest + Texts["list.semicolon"] + first;
    }

    /// <summary>"first in the Gazette [2], 20 November 2024"; null where that cannot be told.</summary>
    public string? FirstOf(SayingView saying) => saying.Spread is { FirstKnown: true, Tellings: [{ At: { } at } telling, ..] }
        ? Texts.Fill("saying.first", this[telling.Article].Tag, Time(at))
        : null;

    /// <summary>The places of a saying but its fullest, by how they give it: what they are called and where they stand.</summary>
    public IEnumerable<(string Wording, ImmutableArray<RenderingView> Places)> ByWording(SayingView saying) =>
        saying.Places.Where(place => place != saying.Fullest).GroupBy(place => place.Wording).OrderBy(group => group.Key)
            .Select(group => (Texts.Name("wording", group.Key), group.ToImmutableArray()));

    public ImmutableArray<Gap> Gaps { get; }

    /// <summary>The points that articles leave out, the weightiest first.</summary>
    public ImmutableArray<(PointView Point, ImmutableArray<ArticleView> Missing)> Omissions { get; }

    /// <summary>Who stands behind how much of the story, the most first; empty for a lone article.</summary>
    public ImmutableArray<SourceShare> Sources { get; }

    /// <summary>What a share is called, with what it is where the name does not tell.</summary>
    public string NameOf(SourceShare share) => share.Name is not { } name ? Texts["type.bare"]
        : ShownText.Line(name) + (share.Type is OriginType.Person or null ? "" : $" ({Texts.Name("type", share.Type.Value)})");

    /// <summary>How many points are no background: those that shares are counted of.</summary>
    public int Counted => Points.Count(point => !point.Sourced.Point.Background);

    /// <summary>"9 points of 15, 7 articles of 12; 2 points have nothing else".</summary>
    public string Words(SourceShare share)
    {
        var words = Texts.Fill(
            "share", Texts.Count("point", share.Points.Length), Counted.ToString(System.Globalization.CultureInfo.InvariantCulture),
            Texts.Count("article", share.Articles.Length), Articles.Length.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return share.Alone.Length > 0 && share.Name is not null ? words + Texts["list.semicolon"] + Texts.Count("share.alone", share.Alone.Length) : words;
    }

    /// <summary>The largest share first.</summary>
    public ImmutableArray<Reuse> Reuses { get; }

    public ArticleView this[ArticleId id] => _byId[id];

    /// <summary>What is told of the claim that was asked about; null for the dossier of a story.</summary>
    public CheckView? Check { get; }

    public string Title => Check is { } check ? check.Claim : Dossier.Title is { } title ? ShownText.Line(title)
        : Points.Length > 0 ? Points[0].Text : Texts["title.none"];

    /// <summary>How many outlets the story has; an article of unknown outlet counts as one.</summary>
    public int Outlets => CountOutlets(Articles);

    /// <summary>The head's facts: articles, outlets, days, what stands behind the main point.</summary>
    public IEnumerable<string> Head()
    {
        yield return Texts.Count("article", Articles.Length);
        yield return Texts.Count("outlet", Outlets);
        var days = Articles.Select(article => article.Article.Published?.Day).Where(day => day is not null).Select(day => day!.Value).ToList();
        if (days.Count > 0)
            yield return Texts.Days(days.Min(), days.Max());
        if (Points.Length > 0)
            yield return $"{Texts["main"]}{Texts["colon"]}{Texts.Name("grade", Points[0].Grade)}{Texts["list.comma"]}{Texts.Origins(Points[0].Sourced.Origins.Fewest, Points[0].Sourced.Origins.Most)}";
    }

    /// <summary>What asks for attention, each with its count; empty where nothing does.</summary>
    public IEnumerable<(string Key, int Count)> Alerts()
    {
        var counts = new (string Key, int Count)[]
        {
            ("disputed", Points.Count(point => point.Grade == Grade.Disputed)),
            ("open", Dossier.Discrepancies.Count(discrepancy => discrepancy.Resolution == Resolution.Open)),
            ("loop", Points.Sum(point => point.Sourced.Origins.Loops.Length)),
            ("copy", Reuses.Where(reuse => reuse.Kind != ReuseKind.QuotationsOnly).Select(reuse => reuse.To).Distinct().Count()),
            ("omission", Dossier.Omissions.Length),
            ("gap", Gaps.Sum(gap => gap.What.Length + Math.Min(1, gap.DatedBy.Length))),
        };
        return counts.Where(alert => alert.Count > 0);
    }

    /// <summary>"named, 1 origin, 10 articles": what the contract asks of every grade; "background" where it tells of older events.</summary>
    public string GradeLine(PointView point) => string.Join(
        Texts["list.comma"], Texts.Name("grade", point.Grade), Texts.Origins(point.Sourced.Origins.Fewest, point.Sourced.Origins.Most),
        Texts.Count("article", point.Articles.Length)) + Background(point);

    /// <summary>", background" of a point that tells of older events; else nothing.</summary>
    public string Background(PointView point) => point.Sourced.Point.Background ? Texts["list.comma"] + Texts["background"] : "";

    /// <summary>"corrected by hand" where a person corrected an article's outlet or time; else null.</summary>
    public string? Corrected(ArticleView article) =>
        article.Article.OutletFrom == Corrector.ByCorrection || article.Article.PublishedFrom == Corrector.ByCorrection ? Texts["corrected"] : null;

    /// <summary>On which two origins a point's lower count rests, each with its words; null where it rests on one.</summary>
    public string? RestsOn(PointView point) => point.Sourced.Origins.RestsOn is [var one, var other]
        ? Texts.Fill("rests.on", OriginWords(one), OriginWords(other))
        : null;

    /// <summary>Which articles a point's verdict hangs on that may tell something else, with their words; null where it stands without them.</summary>
    public string? HangsOn(PointView point) => WeakTies.Of(point.Sourced) is { IsEmpty: false } weak
        ? Texts.Fill("hangs.on", string.Join(Texts["list.comma"], weak.Select(article => WeakWords(point, article))))
        : null;

    /// <summary>Which origins of a point count as one and why, a line for each reason; two that are shown by one name tell a reader nothing.</summary>
    public IEnumerable<MergeLine> Merges(PointView point)
    {
        var named = point.Sourced.Origins.Merged
            .Select(merge => (merge.Certain, merge.Why, A: ShownText.Line(merge.A ?? Texts["type.bare"]), B: ShownText.Line(merge.B ?? Texts["type.bare"])))
            .Where(merge => Folding.Fold(merge.A) != Folding.Fold(merge.B)).DistinctBy(merge => (merge.Certain, merge.A, merge.B));
        foreach (var reason in named.GroupBy(merge => (merge.Certain, merge.Why)))
        {
            yield return new MergeLine(
                Texts[reason.Key.Certain ? "merge.certain" : "merge.possible"],
                string.Join(Texts["list.semicolon"], reason.Select(merge => Texts.Fill("merge.line", merge.A, merge.B))), Texts.Why(reason.Key.Why));
        }
    }

    private string WeakWords(PointView point, ArticleId article)
    {
        var told = point.Sourced.Point.Passages.Where(passage => passage.Evidence.Article == article && !passage.Evidence.InTitle).MaxBy(passage => passage.Likelihood)!;
        return $"{this[article].Tag} {Texts.Quoted(Quote(told.Evidence))}";
    }

    private string OriginWords(OriginWords origin) => $"{ShownText.Line(origin.Name ?? Texts["type.bare"])} {Texts.Quoted(Quote(origin.Words))} [{this[origin.Words.Article].Number}]";

    /// <summary>"corrected by hand" where a person merged or split a point; else null.</summary>
    public string? Corrected(PointView point) => point.Sourced.Point.Corrected ? Texts["corrected"] : null;

    /// <summary>The names of a point's origins, each with the media that it came through; at most <paramref name="most"/>, the rest counted.</summary>
    /// <remarks>No person or body where the grade tells of none: who only takes the point for granted stands with the passages.</remarks>
    public IEnumerable<string> OriginNames(PointView point, int most)
    {
        var named = point.Grade is not (Grade.UnnamedOnly or Grade.Unattributed);
        var names = point.Sourced.Origins.Origins.Where(origin => origin.Type is not null && (named || origin.Type is not (OriginType.Person or OriginType.Organisation))).Select(OriginName).DistinctBy(name => Folding.Fold(name)).ToList();
        foreach (var name in names.Take(most))
            yield return name;
        if (names.Count > most)
            yield return Texts.Count("more", names.Count - most);
        if (names.Count == 0 && point.Sourced.Origins.Loops.Length == 0)
            yield return Texts["origins.none"];
    }

    /// <summary>An origin with what it is where its name does not tell, and the media that it came through.</summary>
    public string OriginName(Origin origin)
    {
        var name = ShownText.Line(origin.Name ?? Texts["type.bare"]);
        var kind = origin.Type is OriginType.Unnamed or OriginType.Outlet ? $" ({Texts.Name("type", origin.Type.Value)})" : "";
        var via = origin.Via.Length > 0 ? $" {Texts["via"]} {Texts.Join([.. origin.Via.Select(name => ShownText.Line(name))])}" : "";
        return name + kind + via;
    }

    /// <summary>The last part of a chain's line: " ← Reuters ← the harbour master", or what a chain without hops is.</summary>
    public string Tail(ChainGroup group) => group.Hops.Length > 0
        ? string.Concat(group.Hops.Select(hop => " ← " + ShownText.Line(hop)))
        : " ← " + (group.Type is { } type ? Texts.Name("type", type) : Texts["type.bare"]);

    /// <summary>The articles of a group, each once, in the story's order, and whether its way to this one is inferred where that of others is stated.</summary>
    public ImmutableArray<(ArticleView Article, bool Inferred)> ArticlesOf(ChainGroup group) =>
        [.. group.Chains.GroupBy(chain => this[chain.Passage.Evidence.Article]).OrderBy(chains => chains.Key.Number)
            .Select(chains => (chains.Key, !group.Inferred && group.Type is not null && chains.All(chain => !chain.Stated)))];

    /// <summary>The open differences that a point's grade rests on, denials apart: those stand with the passages that deny.</summary>
    public IEnumerable<Discrepancy> Disputes(PointView point) => Dossier.Discrepancies.Where(discrepancy => discrepancy.Resolution == Resolution.Open
        && (discrepancy.Point == point.Sourced.Point.Id || point.Sourced.Grade == Grade.Disputed && Grader.TellsBoth(point.Sourced.Chains, discrepancy))
        && discrepancy.Kind is not (DiscrepancyKind.Polarity or DiscrepancyKind.Quote));

    /// <summary>What a stance is called: who gives another value than a claim denies nothing, but tells otherwise.</summary>
    public string NameOf(Stance stance) => Check is not null && stance == Stance.Denies ? Texts["check.against"] : Texts.Name("stance", stance);

    /// <summary>Everything that is not known about an article, in words.</summary>
    public IEnumerable<string> Words(Gap gap) => gap.DatedBy.Length == 0 ? gap.What
        : gap.What.Prepend(Texts.Fill("gap.date.inferred", Texts.Join([.. gap.DatedBy.Select(evidence => Texts.Quoted(Quote(evidence))).Distinct()])));

    /// <summary>The words that evidence stands for, on one line.</summary>
    public string Quote(Evidence evidence) => ShownText.Line(evidence.Span.Quote(Whole(evidence)));

    /// <summary>The title, the text or the document that evidence counts in.</summary>
    public string Whole(Evidence evidence) => evidence.InDocument ? this[evidence.Article].Article.Document ?? "" : TextOf(evidence).Text;

    // A sibling's date may rest on the day that it states, which is no stretch of its text.
    private IEnumerable<Evidence> DatedBy(ArticleView view) => view.Article.Dated != Dating.Inferred ? [] : view.Article.DatedBy.Where(evidence =>
        !evidence.Span.IsEmpty && _byId.ContainsKey(evidence.Article) && evidence.Span.End <= Whole(evidence).Length);

    /// <summary>The text that evidence counts in.</summary>
    public AnalyzedText TextOf(Evidence evidence) => this[evidence.Article].Annotated.TextOf(evidence.InTitle);

    /// <summary>The sentences around evidence, with the evidence in them: before, the words, after; each on one line.</summary>
    public (string Before, string Words, string After) InContext(Evidence evidence)
    {
        var text = TextOf(evidence);
        var context = evidence.Span;
        foreach (var at in new[] { evidence.Span.Start, Math.Max(evidence.Span.Start, evidence.Span.End - 1) })
        {
            if (text.SentenceAt(at) is var sentence && sentence >= 0)
                context = context.Union(text.Sentences[sentence]);
        }

        return (ShownText.Line(text.Text[context.Start..evidence.Span.Start], keepEnds: true), Quote(evidence), ShownText.Line(text.Text[evidence.Span.End..context.End], keepEnds: true));
    }

    /// <summary>Outlet, time and characters of evidence: a reference to copy.</summary>
    public string Cite(Evidence evidence)
    {
        var article = this[evidence.Article];
        var (start, end) = CodePoints(evidence);
        var place = Texts.Fill(
            evidence.InDocument ? "characters.document" : evidence.InTitle ? "characters.title" : "characters", start.ToString(System.Globalization.CultureInfo.InvariantCulture),
            end.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return string.Join(Texts["list.comma"], new[] { article.Outlet, Time(article), place }.Where(part => part is not null));
    }

    /// <summary>The span of evidence in code points.</summary>
    public (int Start, int End) CodePoints(Evidence evidence)
    {
        var key = (evidence.Article, evidence.InTitle, evidence.InDocument);
        if (!_offsets.TryGetValue(key, out var offsets))
            _offsets.Add(key, offsets = new CodePointOffsets(Whole(evidence)));
        return (offsets.FromUtf16(evidence.Span.Start), offsets.FromUtf16(evidence.Span.End));
    }

    /// <summary>An article's time of publication in words; null where unknown.</summary>
    public string? Time(ArticleView article) => article.Article.Published is { } at ? Time(at) : null;

    /// <summary>A time in words: as the publisher tells it, or in UTC where the story's articles use several offsets.</summary>
    public string Time(Moment at)
    {
        if (_oneOffset || at.Time is null)
            return Texts.Moment(at);
        var utc = at.Utc;
        return Texts.Moment(new Moment(DateOnly.FromDateTime(utc), TimeOnly.FromDateTime(utc))) + " " + Texts["utc"];
    }

    private readonly Dictionary<(ArticleId, bool, bool), CodePointOffsets> _offsets = [];

    private static string OutletOf(Article article, InterfaceTexts texts) =>
        article.Outlet is { } outlet ? ShownText.Line(outlet) : texts.Fill("outlet.unknown", ShownText.Line(article.Id.Value));

    private static int CountOutlets(IEnumerable<ArticleView> articles) => articles.Select(article => article.Outlet).Distinct().Count();

    private PointView View(SourcedPoint sourced, int number)
    {
        var tellers = sourced.Point.Passages.Where(passage => passage.Stance == Stance.Affirms).Select(passage => this[passage.Evidence.Article])
            .Distinct().OrderBy(article => article.Number).ToImmutableArray();
        return new PointView(
            number, sourced, Quote(sourced.Point.Clearest.Evidence), tellers, CountOutlets(tellers), Group(sourced.Chains),
            Spread.Of(sourced.Point, Dossier.Articles));
    }

    private static ImmutableArray<ChainGroup> Group(ImmutableArray<Chain> chains) =>
        [.. chains.GroupBy(chain => (chain.Passage.Stance, Way: Folding.Fold(string.Join('\u0001', chain.Hops.Skip(1))), Type: chain.Hops.Length > 1 ? null : chain.Type))
            .Select(group => new ChainGroup(group.Key.Stance, [.. group.First().Hops.Skip(1)], group.First().Type, [.. group]))
            .OrderBy(group => group.Stance).ThenBy(group => group.Type is null)];

    private ImmutableArray<TimelineLine> Lines(TimelineEntry entry)
    {
        var lines = new List<(PointView? Point, string Text, List<Evidence> Passages)>();
        foreach (var passage in entry.Passages)
        {
            var point = PointAt(passage);
            var text = Quote(passage);
            var line = lines.Find(known => point is not null ? known.Point == point : known.Point is null && known.Text == text);
            if (line.Passages is null)
                lines.Add((point, text, [passage]));
            else
                line.Passages.Add(passage);
        }

        return [.. lines.OrderBy(line => line.Point?.Number ?? int.MaxValue).Select(line => new TimelineLine(line.Point, line.Text, [.. line.Passages]))];
    }

    private Dictionary<Evidence, PointView>? _pointAt;
    private ILookup<ArticleId, Evidence>? _passagesOf;

    // The point that a place tells, or the shortest of its passages that holds it.
    private PointView? PointAt(Evidence evidence)
    {
        if (_pointAt is null)
        {
            _pointAt = [];
            foreach (var point in Points)
            {
                foreach (var passage in point.Sourced.Point.Passages)
                    _pointAt.TryAdd(passage.Evidence, point);
            }

            _passagesOf = _pointAt.Keys.ToLookup(passage => passage.Article);
        }

        if (_pointAt.TryGetValue(evidence, out var found))
            return found;
        return TimelineMaker.ShortestAround(_passagesOf![evidence.Article], evidence) is { } holder ? _pointAt[holder] : null;
    }

    private ImmutableArray<SpeakerView> GroupSpeakers() =>
        [.. Dossier.Sayings.Where(saying => !IsRefusal(saying)).GroupBy(saying => saying.Speaker)
            .Select(speaker => new SpeakerView(
                speaker.Key.Name is { } name ? ShownText.Line(name) : null, speaker.Key.Type, [.. speaker.Select(View)]))
            .OrderBy(speaker => speaker.Name is null).ThenByDescending(speaker => speaker.Sayings.Sum(saying => saying.Places.Length))];

    // Who will not say says nothing.
    private bool IsRefusal(Saying saying) => saying.Renderings.All(rendering => this[rendering.Article].Annotated.Statements[rendering.Statement] is { Voiced: false, Act: Act.Deny });

    private SayingView View(Saying saying)
    {
        var places = saying.Renderings.Select(rendering =>
        {
            var article = this[rendering.Article];
            var statement = article.Annotated.Statements[rendering.Statement];
            var attributed = rendering.Speaker != saying.Speaker && rendering.Speaker.Name is { } other ? ShownText.Line(other) : null;
            return new RenderingView(article, statement, rendering.Wording, ContentOf(article, statement), attributed);
        }).ToImmutableArray();
        var giving = saying.Renderings.Select(rendering => rendering.Article).ToHashSet();
        return new SayingView(
            places[saying.Fullest], places, giving.Count, Spread.Of(Dossier.Articles.Where(article => giving.Contains(article.Id))),
            saying.Speaker.Name is { } speaker ? ShownText.Line(speaker) : null);
    }

    private static string ContentOf(ArticleView article, Statement statement)
    {
        var text = article.Annotated.TextOf(statement.InTitle).Text;
        return string.Join(" … ", statement.Content.Select(span => ShownText.Line(span.Quote(text))));
    }

    private IEnumerable<string> FindGaps(ArticleView view)
    {
        var article = view.Article;
        if (article.Outlet is null)
            yield return Texts["gap.outlet"];
        if (article.Dated == Dating.Unknown)
            yield return Texts["gap.date"];
        if (article.Dated == Dating.Inferred && !DatedBy(view).Any())
            yield return Texts["time.inferred"];

        if (article.Language is null)
            yield return Texts["gap.language"];
        if (article.Partial)
            yield return Texts["gap.partial"];
        var speechless = view.Annotated.Statements.Count(statement => statement.Voiced && statement.Speaker?.Name is null);
        if (speechless > 0)
            yield return Texts.Count("gap.speaker", speechless);
        foreach (var note in article.Notes)
            yield return Texts["gap.note"] + Texts["colon"] + ShownText.Line(note);
    }
}
