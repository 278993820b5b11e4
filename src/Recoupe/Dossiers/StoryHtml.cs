using System.Text;

using Recoupe.Articles;
using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>A section of a story's page.</summary>
/// <param name="Key">What it is called in the interface's texts.</param>
/// <param name="Content">What stands under its heading.</param>
/// <param name="Count">How many things it lists; 0 for a drawing.</param>
internal sealed record StorySection(string Key, Html Content, int Count);

/// <summary>Writes one story of an HTML dossier: its sections.</summary>
/// <param name="view">The dossier.</param>
/// <param name="id">What the ids of its parts begin with.</param>
/// <param name="level">The level of its heading: 1 where it is alone on the page.</param>
/// <param name="places">Where its links lead.</param>
internal sealed class StoryHtml(DossierView view, string id, int level, IPlaces places)
{
    // So many columns of points can be taken in; points of one article each say little in a table of all.
    private const int MostColumns = 30;

    public string Id => id;

    public string Title => view.Title;

    public string Facts => string.Join(" · ", view.Head());

    private InterfaceTexts Texts => view.Texts;

    // Where several stories share a page, a section's name is not enough to tell it.
    private string OfStory => level == 1 ? "" : $" {id}-title";

    /// <summary>The sections that hold something, in the order in which they are read.</summary>
    public IReadOnlyList<StorySection> Sections() => [.. new StorySection[]
    {
        view.Check is null ? new("points", Points(), view.Points.Length) : new("verdict", Points(), 0),
        new("check", Check(), 0),
        new("shares", Shares(), view.Sources.Length),
        new("graph", Graph(), 0),
        new("matrix", Matrix(), 0),
        new("discrepancies", Discrepancies(), view.Dossier.Discrepancies.Length),
        new("omissions", Omissions(), view.Dossier.Omissions.Length),
        new("spread", Published(), view.Articles.Length),
        new("timeline", Timeline(), view.Timeline.Length),
        new("sayings", Sayings(), view.FoundAgain.Length),
        new("statements", Statements(), view.Speakers.Sum(speaker => speaker.Sayings.Length)),
        new("reuses", Reuses(), view.Reuses.Length),
        new("gaps", Gaps(), view.Gaps.Length),
    }.Where(section => section.Content.Markup.Length > 0)];

    /// <summary>Each point by itself, the weightiest first: what is said of it, and how it reached each outlet.</summary>
    public IEnumerable<(Html Head, Html Details)> EachPoint() => view.Points.Select(point => (Head(point), Details(point)));

    /// <summary>The whole page of the story. What it rests on is known to its places afterwards.</summary>
    public Html Main()
    {
        var sections = Sections();
        var html = new StringBuilder();
        html.Append(Html.Of($"<article class=\"story\" id=\"{id}\" aria-labelledby=\"{id}-title\">\n<header>\n{HtmlParts.Heading(level, view.Title, $"{id}-title", view.Check is null ? HtmlParts.LanguageOf(TitleArticle()?.Article, Texts) : Html.Empty)}"));
        html.Append(Html.Of($"<p class=\"facts\">{Facts}</p>\n"));
        var alerts = view.Alerts().ToList();
        if (alerts.Count > 0)
        {
            html.Append(Html.Of($"<ul class=\"alerts\" aria-label=\"{Texts["glance"]}\">"));
            foreach (var (key, count) in alerts)
                html.Append(Html.Of($"<li class=\"has-{key}\"><a href=\"#{id}-{(view.Check is not null && SectionOf(key) == "points" ? "verdict" : SectionOf(key))}\">{Texts.Count(key, count)}</a></li>"));
            html.Append("</ul>\n");
        }

        html.Append(Html.Of($"<nav class=\"sections\" aria-label=\"{Texts["contents"]}{Texts["colon"]}{view.Title}\"><ul>"));
        foreach (var (key, _, count) in sections)
            html.Append(Html.Of($"<li><a href=\"#{id}-{key}\">{Texts[key == "points" ? "points.short" : key]}</a>{(count > 0 ? Html.Of($" <span>{count}</span>") : Html.Empty)}</li>"));
        html.Append(Html.Of($"<li><a href=\"#{id}-sources\">{Texts["sources"]}</a> <span>{view.Articles.Length}</span></li></ul></nav>\n</header>\n"));
        foreach (var (key, content, _) in sections)
            html.Append(Html.Of($"<section id=\"{id}-{key}\" class=\"{key}\" aria-labelledby=\"{id}-{key}-h{OfStory}\">\n{HtmlParts.Heading(level + 1, Texts[key], $"{id}-{key}-h")}{content}</section>\n"));
        html.Append("</article>\n");
        return new Html(html.ToString());
    }

    /// <summary>The section that tells more of an alert.</summary>
    public static string SectionOf(string alert) => alert switch
    {
        "disputed" or "loop" => "points",
        "open" => "discrepancies",
        "copy" => "reuses",
        "omission" => "omissions",
        _ => "gaps",
    };

    // What is told of a claim beside its point.
    private Html Check()
    {
        if (view.Check is not { } check)
            return Html.Empty;
        var html = new StringBuilder();
        foreach (var (key, lines) in check.Sections)
        {
            html.Append(Html.Of($"<p><strong>{Texts[key]}</strong></p>\n<ul class=\"list\">\n"));
            foreach (var line in lines)
                html.Append(Html.Of($"<li>{check.Before(line)}{check.Against(line)}{Passage(line.Words, line.Claimed is null ? MarkUse.Point : MarkUse.Difference)}</li>\n"));
            html.Append("</ul>\n");
        }

        if (check.Silent is { } silent)
            html.Append(Html.Of($"<p>{silent}</p>\n"));
        return new Html(html.ToString());
    }

    private Html Points()
    {
        var html = new StringBuilder();
        foreach (var note in view.Check?.Notes() ?? [])
            html.Append(Html.Of($"<p><strong>{note}</strong></p>\n"));
        if (view.Points.Length == 0)
            return new Html(html.ToString());
        html.Append("<ol class=\"list\">\n");
        foreach (var point in view.Points)
            html.Append(Point(point));
        return new Html(html.Append("</ol>\n").ToString());
    }

    private Html Point(PointView point) => new(Head(point).Markup + Details(point).Markup + "</li>\n");

    private Html Head(PointView point)
    {
        var html = new StringBuilder();
        html.Append(Html.Of($"<li class=\"point\" id=\"{id}-p{point.Number}\" tabindex=\"-1\" data-point=\"{point.Number}\">\n"));
        html.Append(Html.Of($"<p class=\"claim\"><span class=\"rank\" aria-hidden=\"true\">{point.Number}</span>{Open(point.Clearest, MarkUse.Point, Texts.Quoted(point.Text), point.Number)}</p>\n"));
        html.Append(Html.Of($"<p class=\"grade\">{HtmlParts.Badge(point.Grade, Texts)} <span>{Texts.Origins(point.Sourced.Origins.Fewest, point.Sourced.Origins.Most)}, {Texts.Count("article", point.Articles.Length)}, {Texts.Count("outlet", point.Outlets)}{view.Background(point)}</span>{ByHand(view.Corrected(point))}</p>\n"));
        var names = view.OriginNames(point, 4).ToList();
        if (names.Count > 0)
            html.Append(Html.Of($"<p class=\"from\">{string.Join(Texts["list.semicolon"], names)}</p>\n"));
        foreach (var loop in point.Sourced.Origins.Loops)
            html.Append(Html.Of($"<p class=\"loop\"><strong>{Texts["loop"]}</strong>{Texts["colon"]}{string.Join(" ← ", loop.Select(name => ShownText.Line(name)))} ({Texts["loop.means"]})</p>\n"));
        foreach (var group in point.Groups.Where(group => group.Stance != Stance.Affirms))
        {
            var passage = group.Chains[0].Passage.Evidence;
            html.Append(Html.Of($"<p class=\"against\"><strong>{Texts["against"]}</strong> ({view.NameOf(group.Stance)}){Texts["colon"]}{Way(group)}{Texts["colon"]}{Open(passage, MarkUse.Point, Texts.Quoted(view.Quote(passage)), point.Number)}</p>\n"));
        }

        foreach (var dispute in view.Disputes(point))
            html.Append(Html.Of($"<p class=\"against\"><strong>{Texts.Name("kind", dispute.Kind)}</strong>{Texts["colon"]}{Difference(dispute.A)} ≠ {Difference(dispute.B)}</p>\n"));

        if (point.Sourced.Alone is { } alone && view.Articles.Length > 1)
            html.Append(Html.Of($"<p class=\"alone\">{Texts.Fill("alone", ShownText.Line(alone))}</p>\n"));
        if (view.HangsOn(point) is { } hangs)
            html.Append(Html.Of($"<p class=\"merge\">{hangs}</p>\n"));
        return new Html(html.ToString());
    }

    private Html Details(PointView point)
    {
        var html = new StringBuilder();
        html.Append(Html.Of($"<details><summary>{Texts["chains"]}<span class=\"visually-hidden\">{Texts["colon"]}{Texts.Fill("point.number", point.Number.ToString())}</span></summary>\n<ul class=\"chains\">\n"));
        foreach (var group in point.Groups)
        {
            html.Append(Html.Of($"<li><p class=\"way\">{Way(group)}</p><ul class=\"passages\">\n"));
            foreach (var chain in group.Chains)
                html.Append(Html.Of($"<li>{Passage(chain.Passage.Evidence, MarkUse.Point, point.Number)}{Basis(chain)}</li>\n"));
            html.Append("</ul></li>\n");
        }

        html.Append("</ul>\n");
        if (point.Spread.Tellings.Length > 1)
            html.Append(First(point.Spread));
        if (view.RestsOn(point) is { } rests)
            html.Append(Html.Of($"<p class=\"merge\">{rests}</p>\n"));
        foreach (var merge in view.Merges(point))
            html.Append(Html.Of($"<p class=\"merge\"><strong>{merge.Label}</strong>{Texts["colon"]}{merge.Pairs} ({merge.Why})</p>\n"));
        html.Append(places.After(point).Markup).Append("</details>\n");
        return new Html(html.ToString());
    }

    private Html Difference(Evidence evidence) =>
        Html.Of($"{Open(evidence, MarkUse.Difference, Texts.Quoted(view.Quote(evidence)))} <span class=\"cite\">{view[evidence.Article].Tag}</span>");

    private Html Way(ChainGroup group)
    {
        var articles = Html.Join(Texts["list.comma"], view.ArticlesOf(group).Select(told => Html.Of($"<a href=\"{places.Article(told.Article)}\">{told.Article.Tag}</a>{Inferred(told.Inferred)}")));
        var inferred = Inferred(group.Inferred);
        return Html.Of($"{articles}<span class=\"tail\">{view.Tail(group)}</span>{inferred}");
    }

    private static Html ByHand(string? corrected) => corrected is null ? Html.Empty : Html.Of($" <em class=\"by-hand\">({corrected})</em>");

    private Html Inferred(bool inferred) => inferred ? Html.Of($" <em class=\"inferred\">({Texts["inferred"]})</em>") : Html.Empty;

    // The words that a chain rests on, where they are others than the passage itself.
    private Html Basis(Chain chain)
    {
        var others = chain.Evidence.Where(evidence => evidence != chain.Passage.Evidence && !(evidence.Article == chain.Passage.Evidence.Article && evidence.InTitle == chain.Passage.Evidence.InTitle && evidence.Span.Contains(chain.Passage.Evidence.Span))).ToList();
        return others.Count == 0 ? Html.Empty : Html.Of(
            $"<span class=\"basis\"> ← {Html.Join(Texts["list.comma"], others.Select(evidence => Open(evidence, MarkUse.Other, ShownText.Cut(view.Quote(evidence), 90, "…"))))}</span>");
    }

    private Html First(Spread spread)
    {
        var html = new StringBuilder();
        html.Append(Html.Of($"<p class=\"first\"><strong>{Texts["spread.point"]}</strong>{Texts["colon"]}"));
        if (!spread.FirstKnown)
            html.Append(Html.Of($"{Texts["spread.tied"]}{Texts["list.semicolon"]}"));
        html.Append(Html.Join(Texts["list.comma"], spread.Tellings.Select((telling, index) =>
        {
            var article = view[telling.Article];
            var when = telling.After is not { } after ? Texts["spread.unknown"] : index == 0 ? view.Time(article)! : Texts.After(after, telling.ToTheDay);
            return Html.Of($"{article.Tag} <span class=\"when\">{when}</span>");
        })).Markup);
        html.Append("</p>\n");
        return new Html(html.ToString());
    }

    private Html Shares()
    {
        if (view.Sources.Length < 2)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"shares\">\n");
        foreach (var share in view.Sources)
        {
            html.Append(Html.Of($"<li><p><strong>{view.NameOf(share)}</strong></p>\n<p>{HtmlParts.Bar((double)share.Points.Length / Math.Max(1, view.Counted))} {view.Words(share)}</p>\n"));
            html.Append(Html.Of($"<p class=\"cite\">{Texts["points.short"]}{Texts["colon"]}{Html.Join(" ", share.Points.Select(point => view.PointOf[point]).Select(point => Html.Of($"<a href=\"{places.Point(point.Number)}\" title=\"{point.Text}\">{point.Number}</a>")))}</p></li>\n"));
        }

        return Html.Of($"{new Html(html.Append("</ul>\n").ToString())}<p class=\"key\">{Texts["share.key"]}</p>\n");
    }

    private Html Graph()
    {
        if (ProvenanceGraph.Of(view) is not { } graph)
            return Html.Empty;
        var left = graph.Left > 0 ? Html.Of($" {Texts.Fill("graph.more", graph.Left.ToString())}") : Html.Empty;
        return Html.Of($"<figure><div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}-graph-h\">{graph.Draw(id + "-graph")}</div><figcaption>{Texts["graph.key"]}{left}</figcaption></figure>\n");
    }

    private Html Matrix()
    {
        var points = view.Points.Where(point => point.Sourced.Point.Passages.Select(passage => passage.Evidence.Article).Distinct().Skip(1).Any()).Take(MostColumns).ToList();
        if (view.Articles.Length < 2 || points.Count == 0)
            return Html.Empty;
        var omitted = view.Dossier.Omissions.Select(omission => (omission.Point, omission.Article)).ToHashSet();
        var html = new StringBuilder();
        html.Append(Html.Of($"<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}-matrix-h\"><table>\n<thead><tr><th scope=\"col\">{Texts["matrix.outlet"]}</th>"));
        foreach (var point in points)
            html.Append(Html.Of($"<th scope=\"col\"><a href=\"{places.Point(point.Number)}\" title=\"{point.Text}\"><span class=\"visually-hidden\">{Texts.Fill("point.number", "")}</span>{point.Number}</a></th>"));
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var article in view.Articles)
        {
            html.Append(Html.Of($"<tr><th scope=\"row\"><a href=\"{places.Article(article)}\">{article.Tag}</a></th>"));
            foreach (var point in points)
            {
                var passage = point.Sourced.Point.Passages.FirstOrDefault(passage => passage.Evidence.Article == article.Id);
                if (passage is not null)
                    html.Append(Html.Of($"<td><a class=\"cell {ArticleJson.Name(passage.Stance)}\" href=\"{places.Words(passage.Evidence, MarkUse.Point, point.Number)}\"><span class=\"visually-hidden\">{view.NameOf(passage.Stance)}</span><span aria-hidden=\"true\">{Sign(passage.Stance)}</span></a></td>"));
                else if (omitted.Contains((point.Sourced.Point.Id, article.Id)))
                    html.Append(Html.Of($"<td class=\"omitted\"><span class=\"visually-hidden\">{Texts["omission.cell"]}</span><span aria-hidden=\"true\">–</span></td>"));
                else
                    html.Append("<td></td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        html.Append(Html.Of($"<p class=\"key\"><span aria-hidden=\"true\">●</span> {Texts["stance.affirms"]} <span aria-hidden=\"true\">×</span> {view.NameOf(Stance.Denies)} <span aria-hidden=\"true\">?</span> {Texts["stance.doubts"]} <span aria-hidden=\"true\">–</span> {Texts["omission.cell"]}</p>\n"));
        if (view.Points.Length > points.Count)
            html.Append(Html.Of($"<p class=\"key\">{Texts.Count("matrix.more", view.Points.Length - points.Count)}</p>\n"));
        return new Html(html.ToString());
    }

    private static string Sign(Stance stance) => stance switch
    {
        Stance.Denies => "×",
        Stance.Doubts => "?",
        _ => "●",
    };

    private Html Discrepancies()
    {
        if (view.Dossier.Discrepancies.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"differences\">\n");
        foreach (var discrepancy in view.Dossier.Discrepancies.OrderBy(discrepancy => discrepancy.Resolution))
        {
            var point = view.PointOf.GetValueOrDefault(discrepancy.Point) is { } known
                ? Html.Of($", <a href=\"{places.Point(known.Number)}\">{Texts.Fill("point.reference", known.Number.ToString())}</a>")
                : Html.Empty;
            html.Append(Html.Of($"<li><p class=\"what\"><strong>{Texts.Name("kind", discrepancy.Kind)}</strong>, {Texts.Name("resolution", discrepancy.Resolution)}{point}</p>\n<div class=\"sides\">{Side(discrepancy.A)}<span class=\"against-sign\" aria-hidden=\"true\">{(discrepancy.Resolution == Resolution.Update ? "→" : "≠")}</span>{Side(discrepancy.B)}</div>\n<p class=\"why\">{Texts["discrepancy.rule"]}{Texts["colon"]}{Texts.Why(discrepancy.Why)}</p></li>\n"));
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private Html Side(Evidence evidence)
    {
        var (before, words, after) = view.InContext(evidence);
        return Html.Of($"<blockquote{HtmlParts.LanguageOf(view[evidence.Article].Article, Texts)}><a href=\"{places.Words(evidence, MarkUse.Difference)}\">{before}<b>{words}</b>{after}</a><footer lang=\"{Texts.Code}\">{view.Cite(evidence)}</footer></blockquote>");
    }

    private Html Omissions()
    {
        if (view.Omissions.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"list\">\n");
        foreach (var (point, missing) in view.Omissions)
        {
            var articles = Html.Join(Texts["list.comma"], missing.Select(article => Html.Of($"<a href=\"{places.Article(article)}\">{article.Tag}</a>")));
            var (before, after) = Texts.Around("omission.from");
            html.Append(Html.Of($"<li><p><a href=\"{places.Point(point.Number)}\">{Texts.Fill("point.number", point.Number.ToString())}</a>{Texts["colon"]}<span{HtmlParts.LanguageOf(view[point.Clearest.Article].Article, Texts)}>{Texts.Quoted(point.Text)}</span></p><p class=\"missing\"><strong>{before}</strong>{articles}<strong>{after}</strong>, {Texts.Fill("omission.told", point.Articles.Length.ToString(), view.Articles.Length.ToString())}</p></li>\n"));
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private Html Published()
    {
        var html = new StringBuilder();
        if (view.Articles.Length > 1 && !view.Published.FirstKnown)
            html.Append(Html.Of($"<p class=\"key\">{Texts["spread.tied"]}</p>\n"));
        html.Append("<ol class=\"published\">\n");
        foreach (var telling in view.Published.Tellings)
        {
            var article = view[telling.Article];
            var inferred = article.Article.Dated == Dating.Inferred ? Html.Of($" <em class=\"inferred\">({Texts["inferred"]})</em>") : Html.Empty;
            var after = telling.After is { } delay && telling != view.Published.Tellings[0] ? Html.Of($" <span class=\"after\">{Texts.After(delay, telling.ToTheDay)}</span>") : Html.Empty;
            html.Append(Html.Of($"<li><span class=\"when\">{view.Time(article) ?? Texts["spread.unknown"]}{inferred}{after}</span> <span class=\"what\"><a href=\"{places.Article(article)}\">{article.Tag}</a>{Credit(article)} <span class=\"headline\"{HtmlParts.LanguageOf(article.Article, Texts)}>{(article.Article.Title is { } title ? ShownText.Line(title) : null)}</span></span></li>\n"));
        }

        return new Html(html.Append("</ol>\n").ToString());
    }

    private Html Timeline()
    {
        if (view.Timeline.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ol class=\"dates\">\n");
        foreach (var (date, lines) in view.Timeline)
        {
            html.Append(Html.Of($"<li><span class=\"when\">{Texts.Date(date)}</span><ul>\n"));
            foreach (var line in lines)
            {
                var more = line.Passages.Skip(1).Select((passage, index) => Html.Of($"<a href=\"{places.Words(passage, MarkUse.Other)}\">{view[passage.Article].Tag}</a>")).ToList();
                var others = more.Count > 0 ? Html.Of($" <span class=\"also\">{Html.Join(Texts["list.comma"], more)}</span>") : Html.Empty;
                html.Append(Html.Of($"<li>{Passage(line.Passages[0], MarkUse.Other)}{others}</li>\n"));
            }

            html.Append("</ul></li>\n");
        }

        return new Html(html.Append("</ol>\n").ToString());
    }

    private Html Statements()
    {
        if (view.Speakers.Length == 0)
            return Html.Empty;
        var html = new StringBuilder();
        foreach (var speaker in view.Speakers)
        {
            var type = speaker.Type is { } known ? Html.Of($" <span class=\"type\">({Texts.Name("type", known)})</span>") : Html.Empty;
            html.Append(Html.Of($"<details class=\"speaker\"><summary>{speaker.Name ?? Texts["speaker.unknown"]}{type} <span class=\"count\">{Texts.Count("statement", speaker.Sayings.Length)}</span></summary>\n<ul>\n"));
            foreach (var saying in speaker.Sayings)
                html.Append(Saying(saying));
            html.Append("</ul></details>\n");
        }

        return new Html(html.ToString());
    }

    private Html Saying(SayingView saying)
    {
        var statement = saying.Fullest.Statement;
        var traits = new List<string> { Texts.Name("act", statement.Act), Texts.Name("speech", statement.Kind) };
        if (!statement.Voiced)
            traits.Add(Texts["statement.thought"]);
        if (statement.Hedged)
            traits.Add(Texts["statement.hedged"]);
        if (statement.Negated)
            traits.Add(Texts["statement.negated"]);
        if (statement.Corrected)
            traits.Add(Texts["corrected"]);
        if (statement.Channel is { } channel)
            traits.Add($"{Texts["via"]} {ShownText.Line(channel.Name)}{(channel.Inherited ? $" ({Texts["statement.inherited"]})" : "")}");
        var others = saying.Places.Where(place => place != saying.Fullest)
            .Select(place => Html.Of($"<a href=\"{Address(place)}\">{place.Article.Tag}</a>{(place.Wording == Wording.Whole ? Html.Empty : Html.Of($" ({Texts.Name("wording", place.Wording)})"))}")).ToList();
        var also = others.Count > 0 ? Html.Of($" <span class=\"also\">{Html.Join(Texts["list.comma"], others)}</span>") : Html.Empty;
        return Html.Of($"<li><a href=\"{Address(saying.Fullest)}\"{HtmlParts.LanguageOf(saying.Fullest.Article.Article, Texts)}>{Texts.Quoted(saying.Fullest.Text)}</a> <span class=\"cite\">{string.Join(Texts["list.comma"], traits)} · {view.Cite(saying.Fullest.Evidence)}</span>{also}</li>\n");
    }

    // The same words in other articles: whose, where first, and how each gives them.
    private Html Sayings()
    {
        if (view.FoundAgain.IsEmpty)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"found-again\">\n");
        foreach (var saying in view.FoundAgain)
        {
            var first = view.FirstOf(saying) is { } known ? Html.Of($" · {known}") : Html.Empty;
            html.Append(Html.Of($"<li><p class=\"words\"><a class=\"to\" href=\"{Address(saying.Fullest)}\"{HtmlParts.LanguageOf(saying.Fullest.Article.Article, Texts)}>{Texts.Quoted(saying.Fullest.Text)}</a></p>\n"));
            html.Append(Html.Of($"<p><strong>{saying.Speaker ?? Texts["speaker.unknown"]}</strong> <span class=\"cite\">{view.Cite(saying.Fullest.Evidence)}{first}</span></p>\n<dl>\n"));
            foreach (var (wording, places) in view.ByWording(saying))
                html.Append(Html.Of($"<dt>{wording}</dt>{Html.Join("", places.Select(Rendering))}\n"));
            html.Append("</dl></li>\n");
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private Html Rendering(RenderingView place)
    {
        var other = place.Attributed is { } name ? Html.Of($" <strong class=\"otherwise\">{Texts.Fill("saying.as", name)}</strong>") : Html.Empty;
        var words = place.Wording == Wording.Whole ? Html.Of($"<a class=\"to\" href=\"{Address(place)}\">{place.Article.Tag}</a>")
            : Html.Of($"{place.Article.Tag} <a class=\"to\" href=\"{Address(place)}\"{HtmlParts.LanguageOf(place.Article.Article, Texts)}>{Texts.Quoted(place.Text)}</a>");
        return Html.Of($"<dd>{words}{other}</dd>");
    }

    // Marks every stretch of what is said; the first is where a link leads.
    private string Address(RenderingView place)
    {
        foreach (var stretch in place.Statement.Content.Skip(1))
            places.Words(new Evidence(place.Article.Id, stretch, place.Statement.InTitle), MarkUse.Saying);
        return places.Words(place.Evidence, MarkUse.Saying);
    }

    private Html Reuses()
    {
        if (view.Reuses.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"reuse-list\">\n");
        foreach (var reuse in view.Reuses)
        {
            var (from, to) = (view[reuse.From], view[reuse.To]);
            var order = reuse.OrderKnown ? Html.Empty : Html.Of($" <em>({Texts["reuse.order.unknown"]})</em>");
            html.Append(Html.Of($"<li><p><a href=\"{places.Article(to)}\">{to.Tag}</a> {(reuse.OrderKnown ? "←" : "↔")} <a href=\"{places.Article(from)}\">{from.Tag}</a> <span class=\"share\">{HtmlParts.Bar(reuse.Share)} {Texts.Reuse(reuse)}</span>{order}</p>\n"));
            if (reuse.Passages.Length > 0)
            {
                html.Append(Html.Of($"<details><summary>{Texts["reuse.shared"]}<span class=\"visually-hidden\">{Texts["colon"]}{to.Tag}, {from.Tag}</span> <span class=\"count\">{Texts.Count("passage", reuse.Passages.Length)}</span></summary><ul>\n"));
                foreach (var passage in reuse.Passages)
                {
                    var (source, copy) = (new Evidence(reuse.From, passage.From), new Evidence(reuse.To, passage.To));
                    html.Append(Html.Of($"<li>{Open(source, MarkUse.Other, Texts.Quoted(ShownText.Cut(view.Quote(source), 160, "…")))} <span class=\"cite\">{view.Cite(source)} → <a href=\"{places.Words(copy, MarkUse.Other)}\">{view.Cite(copy)}</a></span></li>\n"));
                }

                html.Append("</ul></details>\n");
            }

            html.Append("</li>\n");
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private Html Gaps()
    {
        if (view.Gaps.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"gap-list\">\n");
        foreach (var gap in view.Gaps)
        {
            var what = gap.What.Select(words => Html.Of($"{words}")).ToList();
            if (gap.DatedBy.Length > 0)
            {
                var (before, after) = Texts.Around("gap.date.inferred");
                what.Insert(0, Html.Of($"{before}{Html.Join(Texts["list.comma"], gap.DatedBy.Select(evidence => Open(evidence, MarkUse.Other, Texts.Quoted(view.Quote(evidence)))))}{after}"));
            }

            html.Append(Html.Of($"<li><a href=\"{places.Article(gap.Article)}\">{gap.Article.Tag}</a>{Texts["colon"]}{Html.Join(Texts["list.semicolon"], what)}</li>\n"));
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    // A quoted passage that opens its place, with its reference beside it.
    private Html Passage(Evidence evidence, MarkUse use, int point = 0) =>
        Html.Of($"{Open(evidence, use, Texts.Quoted(view.Quote(evidence)), point)} <span class=\"cite\">{view.Cite(evidence)}</span>");

    private Html Open(Evidence evidence, MarkUse use, string words, int point = 0) =>
        Html.Of($"<a class=\"to\" href=\"{places.Words(evidence, use, point)}\"{HtmlParts.LanguageOf(view[evidence.Article].Article, Texts)}>{words}</a>");

    private Html Credit(ArticleView article) => article.Article.Agencies.Length == 0 ? Html.Empty
        : Html.Of($", {Texts.Fill("credited", Texts.Join([.. article.Article.Agencies.Select(name => ShownText.Line(name))]))}");

    private ArticleView? TitleArticle() => view.Articles.FirstOrDefault(article => article.Article.Title is not null);

}
