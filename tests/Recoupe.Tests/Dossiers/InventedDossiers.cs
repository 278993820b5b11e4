using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Languages;
using Recoupe.Omissions;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Sayings;
using Recoupe.Statements;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Tests.Dossiers;

/// <summary>Dossiers made by hand, independent of the stages that make real ones: every place and name is invented.</summary>
internal static class InventedDossiers
{
    /// <summary>A leak told by five articles in two languages: every grade, a loop, discrepancies, omissions, copies and gaps.</summary>
    public static Dossier Leak()
    {
        var articles = ImmutableArray.Create(
            Article("valmont", "Le Courrier de Valmont", "Fuite d’ammoniac à Valmont : douze blessés", "fr", "2031-03-04T08:00:00+01:00",
                """
                Une fuite d’ammoniac a fait 12 blessés lundi 3 mars à l’usine Orbane de Valmont, a déclaré à l’agence Lumen la préfète Jeanne Aubier.

                « Le nuage ne présente aucun danger pour la population », a-t-elle assuré. La vanne en cause datait de 1998.

                La production reprendra jeudi, selon la direction. Avec Lumen
                """, agencies: ["Lumen"], url: "https://courrier-de-valmont.example/fuite", byline: "Inès Marchal"),
            Article("depeche", "La Dépêche du Lac", "Orbane : le syndicat dément", "fr", "2031-03-04T11:30:00+01:00",
                """
                Une fuite d’ammoniac a fait 17 blessés lundi à l’usine Orbane, affirme le syndicat Solid, qui dément la préfecture.

                Un cadre de l’usine avait signalé la vanne en janvier, raconte-t-il sous couvert d’anonymat. « Le nuage ne présente aucun danger », a dit la préfète.

                La vanne en cause datait de 1998.
                """, url: "https://depeche-du-lac.example/orbane"),
            Article("herald", "Northlake Herald", "Ammonia leak injures twelve across the lake", "en", "2031-03-04T13:05:00+00:00",
                """
                Twelve people were hurt when ammonia leaked from the Orbane plant in Valmont on Monday, prefect Jeanne Aubier told the Lumen agency.

                Our reporter saw two lorries of the fire brigade leave the site at noon. The valve dated from 1998, La Dépêche du Lac reports.
                """, partial: true, url: "https://northlake-herald.example/leak"),
            Article("soir", "Valmont Soir", "Usine Orbane : ce que l’on sait", "fr", "2031-03-05",
                """
                Une fuite d’ammoniac a fait 17 blessés lundi, a reconnu mercredi la préfète Jeanne Aubier, qui corrige son premier bilan.

                Le groupe songerait à vendre l’usine, croit savoir le Northlake Herald. La vanne en cause datait de 1998.
                """),
            Article("anonyme", null, null, null, null,
                """
                Le groupe songerait à vendre l’usine, selon Valmont Soir.

                Une fuite d’ammoniac a fait douze blessés lundi.
                """));

        var builder = new Builder(articles);
        builder.Say("valmont", "Une fuite d’ammoniac a fait 12 blessés lundi 3 mars à l’usine Orbane de Valmont", "Jeanne Aubier", SpeakerType.Person, "a déclaré", channel: "l’agence Lumen", kind: StatementKind.Indirect, act: Act.Announce);
        builder.Say("valmont", "Le nuage ne présente aucun danger pour la population", "Jeanne Aubier", SpeakerType.Person, "a-t-elle assuré");
        builder.Say("depeche", "Une fuite d’ammoniac a fait 17 blessés lundi à l’usine Orbane", "Solid", SpeakerType.Organisation, "affirme", kind: StatementKind.Indirect, act: Act.Deny);
        builder.Say("depeche", "Un cadre de l’usine avait signalé la vanne en janvier", "un cadre de l’usine", SpeakerType.Unnamed, "raconte-t-il", kind: StatementKind.Indirect, act: Act.Accuse);
        builder.Say("depeche", "Le nuage ne présente aucun danger", "Jeanne Aubier", SpeakerType.Person, "a dit");
        builder.Say("soir", "Le groupe songerait à vendre l’usine", null, null, "croit savoir", kind: StatementKind.Indirect, hedged: true);
        builder.Date("valmont", "lundi 3 mars", "2031-03-03");
        builder.Date("valmont", "1998", "1998");
        builder.Date("valmont", "jeudi", "2031-03-06");
        builder.Date("depeche", "lundi", "2031-03-03");
        builder.Date("depeche", "janvier", "2031-01");
        builder.Date("depeche", "1998", "1998");
        builder.Date("herald", "on Monday", "2031-03-03");
        builder.Date("soir", "mercredi", "2031-03-05");

        builder.Point("p1", Grade.Disputed, 1, 3,
            [
                ("valmont", "Une fuite d’ammoniac a fait 12 blessés lundi 3 mars à l’usine Orbane de Valmont", Stance.Affirms, ["Lumen", "Jeanne Aubier"], OriginType.Person, true, 1),
                ("herald", "Twelve people were hurt when ammonia leaked from the Orbane plant in Valmont on Monday", Stance.Affirms, ["Lumen", "Jeanne Aubier"], OriginType.Person, true, 1),
                ("soir", "Une fuite d’ammoniac a fait 17 blessés lundi", Stance.Affirms, ["Jeanne Aubier"], OriginType.Person, true, 1),
                ("anonyme", "Une fuite d’ammoniac a fait douze blessés lundi.", Stance.Affirms, [], null, false, 5),
                ("depeche", "Une fuite d’ammoniac a fait 17 blessés lundi à l’usine Orbane", Stance.Denies, ["Solid"], OriginType.Organisation, true, 1),
            ],
            merges: [new Merge("Jeanne Aubier", null, 8, Certain: false, "a bare sentence and any other origin")]);
        builder.Point("p2", Grade.Single, 1, 1,
            [
                ("valmont", "La vanne en cause datait de 1998.", Stance.Affirms, ["Lumen"], OriginType.Medium, false, 3),
                ("depeche", "La vanne en cause datait de 1998.", Stance.Affirms, ["Lumen"], OriginType.Medium, false, 3),
                ("herald", "The valve dated from 1998, La Dépêche du Lac reports.", Stance.Affirms, ["La Dépêche du Lac", "Lumen"], OriginType.Medium, false, 2),
                ("soir", "La vanne en cause datait de 1998.", Stance.Affirms, ["Lumen"], OriginType.Medium, false, 3),
            ]);
        builder.Point("p3", Grade.Named, 1, 1,
            [
                ("valmont", "Le nuage ne présente aucun danger pour la population", Stance.Affirms, ["Jeanne Aubier"], OriginType.Person, true, 1),
                ("depeche", "Le nuage ne présente aucun danger", Stance.Affirms, ["Jeanne Aubier"], OriginType.Person, false, 1),
            ],
            merges: [new Merge("Jeanne Aubier", "Jeanne Aubier", 7, Certain: true, "the same named speaker")]);
        builder.Point("p4", Grade.Unattributed, 0, 0,
            [
                ("soir", "Le groupe songerait à vendre l’usine, croit savoir le Northlake Herald.", Stance.Affirms, ["Northlake Herald", "Valmont Soir"], null, false, 6),
                ("anonyme", "Le groupe songerait à vendre l’usine, selon Valmont Soir.", Stance.Affirms, ["Valmont Soir", "Northlake Herald", "Valmont Soir"], null, false, 6),
            ],
            loops: [["Valmont Soir", "Northlake Herald", "Valmont Soir"]]);
        builder.Point("p5", Grade.UnnamedOnly, 1, 1,
            [("depeche", "Un cadre de l’usine avait signalé la vanne en janvier", Stance.Affirms, ["un cadre de l’usine"], OriginType.Unnamed, true, 1)], alone: "La Dépêche du Lac");
        builder.Point("p6", Grade.Independent, 2, 2,
            [
                ("herald", "Our reporter saw two lorries of the fire brigade leave the site at noon.", Stance.Affirms, [], OriginType.Outlet, true, 5),
                ("valmont", "La production reprendra jeudi, selon la direction.", Stance.Affirms, ["la direction d’Orbane"], OriginType.Organisation, true, 1),
            ]);

        builder.Differ(DiscrepancyKind.Number, Resolution.Open, "p1", ("valmont", "12 blessés"), ("depeche", "17 blessés"), "exact numbers of the same thing differ");
        builder.Differ(DiscrepancyKind.Number, Resolution.Update, "p1", ("valmont", "12 blessés"), ("soir", "17 blessés"), "a later value of the same origin");
        builder.Differ(DiscrepancyKind.Quote, Resolution.Open, "p3", ("valmont", "Le nuage ne présente aucun danger pour la population"), ("depeche", "Le nuage ne présente aucun danger"), "the quotation is cut");
        builder.Omit("p2", "anonyme");
        builder.Omit("p3", "soir");
        builder.Reuse("valmont", "depeche", 0.42, ReuseKind.LargePart, orderKnown: true, "La vanne en cause datait de 1998.");
        builder.Reuse("soir", "anonyme", 0.3, ReuseKind.Partial, orderKnown: false, "Le groupe songerait à vendre l’usine");
        builder.Reuse("depeche", "soir", 0.08, ReuseKind.QuotationsOnly, orderKnown: true);
        return builder.Build("s1");
    }

    /// <summary>One article that nothing stands beside, its date worked out.</summary>
    public static Dossier Lone()
    {
        var article = Article("harbour", "Port Ellery Post", "Old crane to stay, council says", "en", "2030-11-19",
            "The old crane will stay where it is, Port Ellery council said on Tuesday 19 November.\n\nIt has not lifted anything since 2011. 🏗 The council’s note runs to nine pages.");
        var dated = article with
        {
            Article = article.Article with
            {
                PublishedFrom = "inferred",
                DatedBy = [new Evidence(article.Id, Find(article.Article.Text, "Tuesday 19 November"))],
                Notes = ["the encoding was repaired"],
            },
        };
        var builder = new Builder([dated]);
        builder.Point("p1", Grade.Named, 1, 1,
            [("harbour", "The old crane will stay where it is", Stance.Affirms, ["Port Ellery council"], OriginType.Organisation, true, 1)]);
        builder.Point("p2", Grade.Single, 1, 1, [("harbour", "🏗 The council’s note runs to nine pages.", Stance.Affirms, [], null, false, 5)]);
        builder.Date("harbour", "2011", "2011");
        return builder.Build("s2");
    }

    /// <summary>Two articles whose every word would break a page, a table or a terminal if it were passed on as it is.</summary>
    public static Dossier Hostile()
    {
        const string script = "<script>alert(1)</script><img src=x onerror=alert(2)>";
        var text = $"{script} said \"it\" & 'that' \u001b[31mred\u001b[0m \u202eevil\u202c | pipe | `code` [link](javascript:alert(3)) *b* _i_ # h\n\n</mark></p><h1>Big</h1> </script> {{0}} \ud800 end.";
        var articles = ImmutableArray.Create(
            Article("\"><b>id", "<b>Outlet</b>\"'", "</title><script>alert(4)</script>", "en", "2030-01-01", text, url: "javascript:alert(5)", agencies: ["<i>Agency</i>"], byline: "<u>By</u>"),
            Article("second", "]](x) | \u001b]0;title\u0007", "- # 1. * title", "x\" onload=\"y", "2030-01-02", text, url: "https://user:secret@example.com/\"><script>"));
        var builder = new Builder(articles);
        builder.Say("second", "said \"it\" & 'that'", "<b>Speaker</b>", SpeakerType.Person, "said");
        builder.Point("<p>", Grade.Named, 1, 1,
            [
                ("\"><b>id", $"{script} said \"it\"", Stance.Affirms, ["<b>Medium</b>", "<script>"], OriginType.Person, false, 1),
                ("second", "\"it\" & 'that' \u001b[31mred\u001b[0m \u202eevil\u202c", Stance.Denies, ["\u001b[2J"], OriginType.Person, true, 1),
            ], merges: [new Merge("<b>", "</b>", 8, Certain: false, "<why>")], loops: [["<a>", "<b>"]]);
        builder.Differ(DiscrepancyKind.Name, Resolution.Open, "<p>", ("\"><b>id", "'that' \u001b[31mred"), ("second", "</p><h1>Big</h1>"), "<script>why</script>");
        builder.Reuse("\"><b>id", "second", 1, ReuseKind.Copy, orderKnown: true, text);
        builder.Date("second", "end", "<date>");
        return builder.Build("<s>");
    }

    private static AnnotatedArticle Article(
        string id, string? outlet, string? title, string? language, string? published, string text, string[]? agencies = null, string? url = null,
        string? byline = null, bool partial = false) => new()
        {
            Article = new Article
            {
                Id = new ArticleId(id),
                Source = id + ".txt",
                Outlet = outlet,
                Title = title,
                Language = language,
                Published = Moment.Parse(published),
                PublishedFrom = published is null ? null : "input",
                Text = text.ReplaceLineEndings("\n"),
                Agencies = [.. agencies ?? []],
                Url = url,
                Byline = byline is null ? [] : [byline],
                Partial = partial,
            },
            Body = AnalyzedText.Of(text.ReplaceLineEndings("\n"), Language.Find(language)),
            Headline = title is null ? null : AnalyzedText.Of(title, Language.Find(language)),
        };

    private static TextSpan Find(string text, string words)
    {
        var start = text.IndexOf(words, StringComparison.Ordinal);
        return start >= 0 ? TextSpan.Of(start, words.Length) : throw new ArgumentException($"\"{words}\" is not in the text", nameof(words));
    }

    private sealed class Builder(ImmutableArray<AnnotatedArticle> articles)
    {
        private readonly Dictionary<string, AnnotatedArticle> _articles = articles.ToDictionary(article => article.Id.Value);
        private readonly List<SourcedPoint> _points = [];
        private readonly List<Discrepancy> _discrepancies = [];
        private readonly List<Omission> _omissions = [];
        private readonly List<Reuse> _reuses = [];

        public void Say(
            string article, string content, string? speaker, SpeakerType? type, string cue, string? channel = null,
            StatementKind kind = StatementKind.Direct, Act act = Act.Say, bool hedged = false)
        {
            var told = _articles[article];
            var text = told.Article.Text;
            _articles[article] = told with
            {
                Statements = told.Statements.Add(new Statement
                {
                    Content = [Find(text, content)],
                    Cue = Find(text, cue),
                    Kind = kind,
                    Act = act,
                    Hedged = hedged,
                    Speaker = speaker is null ? null : new Speaker(null, speaker, type!.Value),
                    Channel = channel is null ? null : new Channel(Find(text, channel), channel, IsMedium: true),
                }),
            };
        }

        public void Date(string article, string words, string value)
        {
            var told = _articles[article];
            _articles[article] = told with { Dates = told.Dates.Add(new DateMention(Find(told.Article.Text, words), value)) };
        }

        public void Point(
            string id, Grade grade, int fewest, int most,
            (string Article, string Words, Stance Stance, string[] Hops, OriginType? Type, bool Stated, int Rule)[] passages,
            Merge[]? merges = null, string[][]? loops = null, string? alone = null)
        {
            var chains = passages.Select(passage =>
            {
                var place = Place((passage.Article, passage.Words));
                return new Chain(
                    new Passage(place, null, passage.Stance), [_articles[passage.Article].Article.Outlet ?? passage.Article, .. passage.Hops],
                    passage.Type, passage.Stated, [place], passage.Rule);
            }).ToImmutableArray();
            _points.Add(new SourcedPoint(
                new Point(new PointId(id), chains[0].Passage, [.. chains.Select(chain => chain.Passage)]), grade, alone,
                new OriginCount(
                    fewest, most, [.. Origins(chains, against: false)], [.. Origins(chains, against: true)],
                    [.. (loops ?? []).Select(loop => loop.ToImmutableArray())], [.. merges ?? []]),
                chains));
        }

        public void Differ(DiscrepancyKind kind, Resolution resolution, string point, (string, string) a, (string, string) b, string why) =>
            _discrepancies.Add(new Discrepancy(kind, resolution, new PointId(point), Place(a), Place(b), why));

        public void Omit(string point, string article) => _omissions.Add(new Omission(new PointId(point), new ArticleId(article)));

        public void Reuse(string from, string to, double share, ReuseKind kind, bool orderKnown, params string[] passages) => _reuses.Add(new Reuse(
            new ArticleId(from), new ArticleId(to), orderKnown ? ReuseOrder.StatedTimes : ReuseOrder.Unknown, share, kind,
            [.. passages.Select(words => new SharedPassage(Find(_articles[from].Article.Text, words), Find(_articles[to].Article.Text, words)))])
        {
            Agency = ReuseAgencies.Credited(_articles[from].Article, _articles[to].Article),
        });

        public Dossier Build(string id)
        {
            var done = articles.Select(article => _articles[article.Id.Value]).ToImmutableArray();
            return new Dossier(
                new Story(new StoryId(id), new StoryId(id), [.. done.Select(article => article.Id)]), done, [.. _points], [.. _discrepancies], [.. _omissions],
                [.. _reuses], SayingFinder.Find(done, CancellationToken.None), TimelineMaker.Make(done, _points.Select(point => point.Point)));
        }

        private Evidence Place((string Article, string Words) place) =>
            new(new ArticleId(place.Article), Find(_articles[place.Article].Article.Text, place.Words));

        private static IEnumerable<Origin> Origins(ImmutableArray<Chain> chains, bool against) => chains
            .Where(chain => chain.Passage.Stance != Stance.Affirms == against)
            .GroupBy(chain => (Name: chain.Type is null ? null : chain.Hops[^1], chain.Type))
            .Select(group => new Origin(
                group.Key.Name, group.Key.Type, [.. group.SelectMany(chain => chain.Hops.Skip(1).SkipLast(1)).Distinct()], group.Any(chain => chain.Stated),
                [.. group.SelectMany(chain => chain.Evidence)]));
    }
}
