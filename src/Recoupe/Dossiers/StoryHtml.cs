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

/// <summary>Writes one story of an HTML dossier: its sections, and its source texts apart.</summary>
/// <param name="view">The dossier.</param>
/// <param name="id">What the ids of its parts begin with.</param>
/// <param name="level">The level of its heading: 1 where it is alone on the page.</param>
internal sealed class StoryHtml(DossierView view, string id, int level)
{
    // So many columns of points can be taken in; points of one article each say little in a table of all.
    private const int MostColumns = 30;

    // Characters: a caption, not a page of legal notices.
    private const int LongestAside = 400;

    private readonly SourceMarks _marks = new(view, id);

    public string Id => id;

    public string Title => view.Title;

    public string Facts => string.Join(" · ", view.Head());

    private InterfaceTexts Texts => view.Texts;

    // Where several stories share a page, a section's name is not enough to tell it.
    private string OfStory => level == 1 ? "" : $" {id}-title";

    /// <summary>The sections. What they rest on is marked in <see cref="Sources"/>, which is to be written after.</summary>
    public Html Main()
    {
        var sections = new (string Key, Html Content, int Count)[]
        {
            ("points", Points(), view.Points.Length),
            ("shares", Shares(), view.Sources.Length),
            ("graph", Graph(), 0),
            ("matrix", Matrix(), 0),
            ("discrepancies", Discrepancies(), view.Dossier.Discrepancies.Length),
            ("omissions", Omissions(), view.Dossier.Omissions.Length),
            ("spread", Published(), view.Articles.Length),
            ("timeline", Timeline(), view.Timeline.Length),
            ("sayings", Sayings(), view.FoundAgain.Length),
            ("statements", Statements(), view.Speakers.Sum(speaker => speaker.Sayings.Length)),
            ("reuses", Reuses(), view.Reuses.Length),
            ("gaps", Gaps(), view.Gaps.Length),
        }.Where(section => section.Content.Markup.Length > 0).ToList();

        var html = new StringBuilder();
        html.Append(Html.Of($"<article class=\"story\" id=\"{id}\" aria-labelledby=\"{id}-title\">\n<header>\n{Heading(0, view.Title, $"{id}-title", LanguageOf(TitleArticle()))}"));
        html.Append(Html.Of($"<p class=\"facts\">{Facts}</p>\n"));
        var alerts = view.Alerts().ToList();
        if (alerts.Count > 0)
        {
            html.Append(Html.Of($"<ul class=\"alerts\" aria-label=\"{Texts["glance"]}\">"));
            foreach (var (key, count) in alerts)
                html.Append(Html.Of($"<li class=\"has-{key}\"><a href=\"#{id}-{SectionOf(key)}\">{Texts.Count(key, count)}</a></li>"));
            html.Append("</ul>\n");
        }

        html.Append(Html.Of($"<nav class=\"sections\" aria-label=\"{Texts["contents"]}{Texts["colon"]}{view.Title}\"><ul>"));
        foreach (var (key, _, count) in sections)
            html.Append(Html.Of($"<li><a href=\"#{id}-{key}\">{Texts[key == "points" ? "points.short" : key]}</a>{(count > 0 ? Html.Of($" <span>{count}</span>") : Html.Empty)}</li>"));
        html.Append(Html.Of($"<li><a href=\"#{id}-sources\">{Texts["sources"]}</a> <span>{view.Articles.Length}</span></li></ul></nav>\n</header>\n"));
        foreach (var (key, content, _) in sections)
            html.Append(Html.Of($"<section id=\"{id}-{key}\" class=\"{key}\" aria-labelledby=\"{id}-{key}-h{OfStory}\">\n{Heading(1, Texts[key], $"{id}-{key}-h")}{content}</section>\n"));
        html.Append("</article>\n");
        return new Html(html.ToString());
    }

    /// <summary>The full texts, with every cited stretch marked.</summary>
    public Html Sources()
    {
        var html = new StringBuilder();
        html.Append(Html.Of($"<section id=\"{id}-sources\" aria-labelledby=\"{id}-sources-h\">\n{Heading(1, level == 1 ? Texts["sources"] : Texts["sources"] + Texts["colon"] + view.Title, $"{id}-sources-h")}"));
        foreach (var article in view.Articles)
            html.Append(Source(article));
        html.Append("</section>\n");
        return new Html(html.ToString());
    }

    private static string SectionOf(string alert) => alert switch
    {
        "disputed" or "loop" => "points",
        "open" => "discrepancies",
        "copy" => "reuses",
        "omission" => "omissions",
        _ => "gaps",
    };

    private Html Points()
    {
        if (view.Points.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ol class=\"list\">\n");
        foreach (var point in view.Points)
            html.Append(Point(point));
        return new Html(html.Append("</ol>\n").ToString());
    }

    private Html Point(PointView point)
    {
        var html = new StringBuilder();
        html.Append(Html.Of($"<li class=\"point\" id=\"{id}-p{point.Number}\" tabindex=\"-1\" data-point=\"{point.Number}\">\n"));
        html.Append(Html.Of($"<p class=\"claim\"><span class=\"rank\" aria-hidden=\"true\">{point.Number}</span>{Open(point.Clearest, MarkUse.Point, Texts.Quoted(point.Text), point.Number)}</p>\n"));
        html.Append(Html.Of($"<p class=\"grade\">{Badge(point.Grade)} <span>{Texts.Origins(point.Sourced.Origins.Fewest, point.Sourced.Origins.Most)}, {Texts.Count("article", point.Articles.Length)}, {Texts.Count("outlet", point.Outlets)}</span>{ByHand(view.Corrected(point))}</p>\n"));
        var names = view.OriginNames(point, 4).ToList();
        if (names.Count > 0)
            html.Append(Html.Of($"<p class=\"from\">{string.Join(Texts["list.semicolon"], names)}</p>\n"));
        foreach (var loop in point.Sourced.Origins.Loops)
            html.Append(Html.Of($"<p class=\"loop\"><strong>{Texts["loop"]}</strong>{Texts["colon"]}{string.Join(" ← ", loop.Select(name => ShownText.Line(name)))} ({Texts["loop.means"]})</p>\n"));
        foreach (var group in point.Groups.Where(group => group.Stance != Stance.Affirms))
        {
            var passage = group.Chains[0].Passage.Evidence;
            html.Append(Html.Of($"<p class=\"against\"><strong>{Texts["against"]}</strong> ({Texts.Name("stance", group.Stance)}){Texts["colon"]}{Way(group)}{Texts["colon"]}{Open(passage, MarkUse.Point, Texts.Quoted(view.Quote(passage)), point.Number)}</p>\n"));
        }

        foreach (var dispute in view.Disputes(point))
            html.Append(Html.Of($"<p class=\"against\"><strong>{Texts.Name("kind", dispute.Kind)}</strong>{Texts["colon"]}{Difference(dispute.A)} ≠ {Difference(dispute.B)}</p>\n"));

        if (point.Sourced.Alone is { } alone && view.Articles.Length > 1)
            html.Append(Html.Of($"<p class=\"alone\">{Texts.Fill("alone", ShownText.Line(alone))}</p>\n"));
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
        foreach (var merge in point.Sourced.Origins.Merged)
        {
            var pair = Texts.Fill("merge.line", ShownText.Line(merge.A ?? Texts["type.bare"]), ShownText.Line(merge.B ?? Texts["type.bare"]));
            html.Append(Html.Of($"<p class=\"merge\"><strong>{Texts[merge.Certain ? "merge.certain" : "merge.possible"]}</strong>{Texts["colon"]}{pair} ({Texts.Fill("rule", merge.Rule.ToString())}{Texts["colon"]}{Texts.Why(merge.Why)})</p>\n"));
        }

        html.Append("</details>\n</li>\n");
        return new Html(html.ToString());
    }

    private Html Difference(Evidence evidence) =>
        Html.Of($"{Open(evidence, MarkUse.Difference, Texts.Quoted(view.Quote(evidence)))} <span class=\"cite\">{view[evidence.Article].Tag}</span>");

    // The grade's shape and words; colour tells nothing that they do not.
    private Html Badge(Grade grade) => Html.Of(
        $"<span class=\"badge {ArticleJson.Name(grade)}\" title=\"{Texts[$"grade.means.{ArticleJson.Name(grade)}"]}\">{Shape(grade)}{Texts.Name("grade", grade)}</span>");

    private static Html Shape(Grade grade)
    {
        var shape = grade switch
        {
            Grade.Disputed => "<path d=\"M3 5h10M3 11h10M11 2 5 14\"/>",
            Grade.Independent => "<circle class=\"full\" cx=\"4.5\" cy=\"8\" r=\"3.5\"/><circle class=\"full\" cx=\"12\" cy=\"8\" r=\"3.5\"/>",
            Grade.Named => "<circle class=\"full\" cx=\"8\" cy=\"8\" r=\"4\"/>",
            Grade.UnnamedOnly => "<circle cx=\"8\" cy=\"8\" r=\"4\"/><path class=\"full\" d=\"M8 4a4 4 0 0 0 0 8z\"/>",
            Grade.Single => "<circle cx=\"8\" cy=\"8\" r=\"4\"/>",
            _ => "<circle cx=\"8\" cy=\"8\" r=\"4\" stroke-dasharray=\"2 2\"/>",
        };
        return new Html($"<svg class=\"shape\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">{shape}</svg>");
    }

    private Html Way(ChainGroup group)
    {
        var articles = Html.Join(Texts["list.comma"], view.ArticlesOf(group).Select(told => Html.Of($"<a href=\"#{id}-a{told.Article.Number}\">{told.Article.Tag}</a>{Inferred(told.Inferred)}")));
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
        var total = view.Points.Count(point => !point.Sourced.Point.Background);
        var html = new StringBuilder("<ul class=\"shares\">\n");
        foreach (var share in view.Sources)
        {
            html.Append(Html.Of($"<li><p><strong>{view.NameOf(share)}</strong></p>\n<p>{Bar((double)share.Points.Length / Math.Max(1, total))} {view.Words(share)}</p>\n"));
            html.Append(Html.Of($"<p class=\"cite\">{Texts["points.short"]}{Texts["colon"]}{Html.Join(" ", share.Points.Select(point => view.PointOf[point]).Select(point => Html.Of($"<a href=\"#{id}-p{point.Number}\" title=\"{point.Text}\">{point.Number}</a>")))}</p></li>\n"));
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
            html.Append(Html.Of($"<th scope=\"col\"><a href=\"#{id}-p{point.Number}\" title=\"{point.Text}\"><span class=\"visually-hidden\">{Texts.Fill("point.number", "")}</span>{point.Number}</a></th>"));
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (var article in view.Articles)
        {
            html.Append(Html.Of($"<tr><th scope=\"row\"><a href=\"#{id}-a{article.Number}\">{article.Tag}</a></th>"));
            foreach (var point in points)
            {
                var passage = point.Sourced.Point.Passages.FirstOrDefault(passage => passage.Evidence.Article == article.Id);
                if (passage is not null)
                    html.Append(Html.Of($"<td><a class=\"cell {ArticleJson.Name(passage.Stance)}\" href=\"#{_marks.Anchor(passage.Evidence, MarkUse.Point, point.Number)}\"><span class=\"visually-hidden\">{Texts.Name("stance", passage.Stance)}</span><span aria-hidden=\"true\">{Sign(passage.Stance)}</span></a></td>"));
                else if (omitted.Contains((point.Sourced.Point.Id, article.Id)))
                    html.Append(Html.Of($"<td class=\"omitted\"><span class=\"visually-hidden\">{Texts["omission.cell"]}</span><span aria-hidden=\"true\">–</span></td>"));
                else
                    html.Append("<td></td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody></table></div>\n");
        html.Append(Html.Of($"<p class=\"key\"><span aria-hidden=\"true\">●</span> {Texts["stance.affirms"]} <span aria-hidden=\"true\">×</span> {Texts["stance.denies"]} <span aria-hidden=\"true\">?</span> {Texts["stance.doubts"]} <span aria-hidden=\"true\">–</span> {Texts["omission.cell"]}</p>\n"));
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
                ? Html.Of($", <a href=\"#{id}-p{known.Number}\">{Texts.Fill("point.reference", known.Number.ToString())}</a>")
                : Html.Empty;
            html.Append(Html.Of($"<li><p class=\"what\"><strong>{Texts.Name("kind", discrepancy.Kind)}</strong>, {Texts.Name("resolution", discrepancy.Resolution)}{point}</p>\n<div class=\"sides\">{Side(discrepancy.A)}<span class=\"against-sign\" aria-hidden=\"true\">{(discrepancy.Resolution == Resolution.Update ? "→" : "≠")}</span>{Side(discrepancy.B)}</div>\n<p class=\"why\">{Texts["discrepancy.rule"]}{Texts["colon"]}{Texts.Why(discrepancy.Why)}</p></li>\n"));
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private Html Side(Evidence evidence)
    {
        var (before, words, after) = view.InContext(evidence);
        return Html.Of($"<blockquote{LanguageOf(view[evidence.Article])}><a href=\"#{_marks.Anchor(evidence, MarkUse.Difference)}\">{before}<b>{words}</b>{after}</a><footer lang=\"{Texts.Code}\">{view.Cite(evidence)}</footer></blockquote>");
    }

    private Html Omissions()
    {
        if (view.Omissions.Length == 0)
            return Html.Empty;
        var html = new StringBuilder("<ul class=\"list\">\n");
        foreach (var (point, missing) in view.Omissions)
        {
            var articles = Html.Join(Texts["list.comma"], missing.Select(article => Html.Of($"<a href=\"#{id}-a{article.Number}\">{article.Tag}</a>")));
            var (before, after) = Texts.Around("omission.from");
            html.Append(Html.Of($"<li><p><a href=\"#{id}-p{point.Number}\">{Texts.Fill("point.number", point.Number.ToString())}</a>{Texts["colon"]}<span{LanguageOf(view[point.Clearest.Article])}>{Texts.Quoted(point.Text)}</span></p><p class=\"missing\"><strong>{before}</strong>{articles}<strong>{after}</strong>, {Texts.Fill("omission.told", point.Articles.Length.ToString(), view.Articles.Length.ToString())}</p></li>\n"));
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
            html.Append(Html.Of($"<li><span class=\"when\">{view.Time(article) ?? Texts["spread.unknown"]}{inferred}{after}</span> <span class=\"what\"><a href=\"#{id}-a{article.Number}\">{article.Tag}</a>{Credit(article)} <span class=\"headline\"{LanguageOf(article)}>{(article.Article.Title is { } title ? ShownText.Line(title) : null)}</span></span></li>\n"));
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
                var more = line.Passages.Skip(1).Select((passage, index) => Html.Of($"<a href=\"#{_marks.Anchor(passage, MarkUse.Other)}\">{view[passage.Article].Tag}</a>")).ToList();
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
            .Select(place => Html.Of($"<a href=\"#{Anchor(place)}\">{place.Article.Tag}</a>{(place.Wording == Wording.Whole ? Html.Empty : Html.Of($" ({Texts.Name("wording", place.Wording)})"))}")).ToList();
        var also = others.Count > 0 ? Html.Of($" <span class=\"also\">{Html.Join(Texts["list.comma"], others)}</span>") : Html.Empty;
        return Html.Of($"<li><a href=\"#{Anchor(saying.Fullest)}\"{LanguageOf(saying.Fullest.Article)}>{Texts.Quoted(saying.Fullest.Text)}</a> <span class=\"cite\">{string.Join(Texts["list.comma"], traits)} · {view.Cite(saying.Fullest.Evidence)}</span>{also}</li>\n");
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
            html.Append(Html.Of($"<li><p class=\"words\"><a class=\"to\" href=\"#{Anchor(saying.Fullest)}\"{LanguageOf(saying.Fullest.Article)}>{Texts.Quoted(saying.Fullest.Text)}</a></p>\n"));
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
        var words = place.Wording == Wording.Whole ? Html.Of($"<a class=\"to\" href=\"#{Anchor(place)}\">{place.Article.Tag}</a>")
            : Html.Of($"{place.Article.Tag} <a class=\"to\" href=\"#{Anchor(place)}\"{LanguageOf(place.Article)}>{Texts.Quoted(place.Text)}</a>");
        return Html.Of($"<dd>{words}{other}</dd>");
    }

    // Marks every stretch of what is said; the first is where a link leads.
    private string Anchor(RenderingView place)
    {
        foreach (var stretch in place.Statement.Content.Skip(1))
            _marks.Anchor(new Evidence(place.Article.Id, stretch, place.Statement.InTitle), MarkUse.Saying);
        return _marks.Anchor(place.Evidence, MarkUse.Saying);
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
            html.Append(Html.Of($"<li><p><a href=\"#{id}-a{to.Number}\">{to.Tag}</a> {(reuse.OrderKnown ? "←" : "↔")} <a href=\"#{id}-a{from.Number}\">{from.Tag}</a> <span class=\"share\">{Bar(reuse.Share)} {Texts.Reuse(reuse)}</span>{order}</p>\n"));
            if (reuse.Passages.Length > 0)
            {
                html.Append(Html.Of($"<details><summary>{Texts["reuse.shared"]}<span class=\"visually-hidden\">{Texts["colon"]}{to.Tag}, {from.Tag}</span> <span class=\"count\">{Texts.Count("passage", reuse.Passages.Length)}</span></summary><ul>\n"));
                foreach (var passage in reuse.Passages)
                {
                    var (source, copy) = (new Evidence(reuse.From, passage.From), new Evidence(reuse.To, passage.To));
                    html.Append(Html.Of($"<li>{Open(source, MarkUse.Other, Texts.Quoted(ShownText.Cut(view.Quote(source), 160, "…")))} <span class=\"cite\">{view.Cite(source)} → <a href=\"#{_marks.Anchor(copy, MarkUse.Other)}\">{view.Cite(copy)}</a></span></li>\n"));
                }

                html.Append("</ul></details>\n");
            }

            html.Append("</li>\n");
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private static Html Bar(double share) => Html.Of(
        $"<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"all\" width=\"100\" height=\"8\"/><rect class=\"part\" width=\"{Math.Clamp(share, 0, 1) * 100}\" height=\"8\"/></svg>");

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

            html.Append(Html.Of($"<li><a href=\"#{id}-a{gap.Article.Number}\">{gap.Article.Tag}</a>{Texts["colon"]}{Html.Join(Texts["list.semicolon"], what)}</li>\n"));
        }

        return new Html(html.Append("</ul>\n").ToString());
    }

    private Html Source(ArticleView shown)
    {
        var article = shown.Article;
        var html = new StringBuilder();
        html.Append(Html.Of($"<article class=\"source\" id=\"{id}-a{shown.Number}\" aria-labelledby=\"{id}-a{shown.Number}-h\">\n"));
        var title = article.Title is { } known ? Html.Of($"<span{LanguageOf(shown)}>{_marks.Show(new Evidence(article.Id, new TextSpan(0, known.Length), InTitle: true))}</span>") : Html.Of($"{Texts["article.untitled"]}");
        html.Append(Html.Of($"<h{level + 2} id=\"{id}-a{shown.Number}-h\"><span class=\"outlet\">{shown.Tag}</span> {title}</h{level + 2}>\n<p class=\"facts\">{string.Join(" · ", FactsOf(shown))}{OpenAtOutlet(article)}</p>\n<div class=\"text\"{LanguageOf(shown)}>\n"));
        foreach (var (paragraph, kind) in Paragraphs(article))
            html.Append(Html.Of($"<p{(kind == "" ? Html.Empty : Html.Of($" class=\"{kind}\""))}>{_marks.Show(new Evidence(article.Id, paragraph))}</p>\n"));
        html.Append(Html.Of($"</div>\n{Around(article)}</article>\n"));
        return new Html(html.ToString());
    }

    // What stands around the text and something rests on, such as a caption with a date; and short evidence that a reader may want.
    private Html Around(Article article)
    {
        if (article.Document is not { } document)
            return Html.Empty;
        var html = new StringBuilder();
        foreach (var block in article.Blocks.Where(block => !block.IsText && block.Kind != BlockKind.Title && block.Source.End <= document.Length))
        {
            var telling = block.Kind is BlockKind.Byline or BlockKind.Dateline or BlockKind.Caption or BlockKind.Credit or BlockKind.Notice
                && block.Source.Length <= LongestAside && !block.Source.In(document).Contains('<');
            if (telling || _marks.Holds(article.Id, block.Source))
                html.Append(Html.Of($"<li><span class=\"cite\">{Texts.Name("block", block.Kind)}</span> {_marks.Show(new Evidence(article.Id, block.Source, InDocument: true))}</li>\n"));
        }

        return html.Length == 0 ? Html.Empty : Html.Of($"<div class=\"around\"><p class=\"cite\">{Texts["source.around"]}</p><ul>\n{new Html(html.ToString())}</ul></div>\n");
    }

    private Html OpenAtOutlet(Article article) => WebAddress.Safe(article.Url) is { } address
        ? Html.Of($" · <a href=\"{address}\" rel=\"noreferrer noopener\">{Texts["source.open"]}</a>")
        : Html.Empty;

    private IEnumerable<string> FactsOf(ArticleView article)
    {
        if (article.Article.Byline.Length > 0)
            yield return string.Join(Texts["list.comma"], article.Article.Byline.Select(name => ShownText.Line(name)));
        yield return view.Time(article) is { } time
            ? time + (article.Article.Dated == Dating.Inferred ? $" ({Texts["inferred"]})" : "")
            : Texts["spread.unknown"];
        if (article.Article.Modified is { } modified)
            yield return Texts.Fill("source.modified", view.Time(modified));
        if (article.Article.Captured is { } captured)
            yield return Texts.Fill("source.captured", view.Time(captured));
        if (article.Article.Agencies.Length > 0)
            yield return Texts.Fill("credited", Texts.Join([.. article.Article.Agencies.Select(name => ShownText.Line(name))]));
        if (view.Corrected(article) is { } corrected)
            yield return corrected;
        if (article.Article.Partial)
            yield return Texts["gap.partial"];
    }

    private static IEnumerable<(TextSpan Paragraph, string Kind)> Paragraphs(Article article)
    {
        var kinds = article.Blocks.Where(block => block.Span is not null).Select(block => (block.Span!.Value.Start, block.Kind)).DistinctBy(block => block.Start).ToDictionary(block => block.Start, block => block.Kind);
        var text = article.Text;
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf("\n\n", start, StringComparison.Ordinal);
            if (end < 0)
                end = text.Length;
            if (end > start)
            {
                yield return (new TextSpan(start, end), kinds.GetValueOrDefault(start, BlockKind.Paragraph) switch
                {
                    BlockKind.Heading => "heading",
                    BlockKind.Standfirst => "standfirst",
                    BlockKind.Quote => "quote",
                    _ => "",
                });
            }

            start = end;
            while (start < text.Length && text[start] == '\n') start++;
        }
    }

    // A quoted passage that opens its place, with its reference beside it.
    private Html Passage(Evidence evidence, MarkUse use, int point = 0) =>
        Html.Of($"{Open(evidence, use, Texts.Quoted(view.Quote(evidence)), point)} <span class=\"cite\">{view.Cite(evidence)}</span>");

    private Html Open(Evidence evidence, MarkUse use, string words, int point = 0) =>
        Html.Of($"<a class=\"to\" href=\"#{_marks.Anchor(evidence, use, point)}\"{LanguageOf(view[evidence.Article])}>{words}</a>");

    private Html Credit(ArticleView article) => article.Article.Agencies.Length == 0 ? Html.Empty
        : Html.Of($", {Texts.Fill("credited", Texts.Join([.. article.Article.Agencies.Select(name => ShownText.Line(name))]))}");

    private ArticleView? TitleArticle() => view.Articles.FirstOrDefault(article => article.Article.Title is not null);

    // A screen reader needs to know the language of foreign words.
    private Html LanguageOf(ArticleView? article) => article?.Article.Language is { Length: > 0 } language && language != Texts.Code && language.All(c => char.IsAsciiLetter(c) || c == '-')
        ? Html.Of($" lang=\"{language}\"")
        : Html.Empty;

    private Html Heading(int below, string words, string anchor, Html attributes = default) =>
        Html.Of($"<h{level + below} id=\"{anchor}\"{new Html(attributes.Markup ?? "")}>{words}</h{level + below}>\n");
}
