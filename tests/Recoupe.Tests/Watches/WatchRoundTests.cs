using Recoupe.Documents;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Tests.Storage;
using Recoupe.Watches;

namespace Recoupe.Tests.Watches;

public class WatchRoundTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    public static TheoryData<string> Engines => Stores.Engines;

    [Theory]
    [MemberData(nameof(Engines))]
    public void What_is_waited_for_is_told_once_when_it_comes_about(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        var first = Ingest(archive, Article("a", 9, "The roof of the market hall in Brennick collapsed on Monday, the fire service said. Twelve people were hurt, the fire service said."));
        var watch = archive.Watches.Add(
            new Watch
            {
                Id = "", Owner = "ines", Title = "Brennick", Story = first.Story, Outlets = ["evening lamp"],
                Conditions = [WatchCondition.FirstArticle, WatchCondition.OutletJoins, WatchCondition.QuotationChanged, WatchCondition.SecondOrigin, WatchCondition.NumberRevised, WatchCondition.Denial],
            },
            Now);
        new WatchRound(archive, (_, _, _, _) => []).Begin(watch, TestContext.Current.CancellationToken);
        Assert.Equal(0, Run(archive));

        var second = Ingest(archive, Article("b", 11, "The roof of the market hall in Brennick collapsed on Monday, the fire service said. “We heard a bang,” said Ann Dorrit. Twelve people were hurt.", "Evening Lamp"));
        Assert.Equal(first.Story, second.Story);
        var told = Run(archive);

        Assert.True(told >= 1);
        Assert.Contains(archive.Watches.Alerts(watch.Id, 50).Items, alert => alert.Condition == WatchCondition.OutletJoins && AlertBody.Read(alert.Body).After == "Evening Lamp");
        Assert.DoesNotContain(archive.Watches.Alerts(watch.Id, 50).Items, alert => alert.Condition == WatchCondition.FirstArticle);
        Assert.Equal(0, Run(archive));
        var page = Article("b", 12, "The roof of the market hall in Brennick collapsed on Monday, the fire service said. “We heard nothing at all,” said Ann Dorrit. Twelve people were hurt.", "Evening Lamp");
        Assert.Equal(IngestOutcome.NewVersion, Ingest(archive, page).Outcome);
        Assert.True(Run(archive) >= 1);
        var quotation = Assert.Single(archive.Watches.Alerts(watch.Id, 50).Items, alert => alert.Condition == WatchCondition.QuotationChanged);
        Assert.Contains(AlertBody.Read(quotation.Body).Spans, span => span.Words.Contains("nothing", StringComparison.Ordinal));
        Assert.True(archive.Watches.Remove(watch.Id));
        Assert.Empty(archive.Watches.All());
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void A_claim_is_watched_for_who_tells_it_and_who_tells_otherwise(string engine)
    {
        using var stores = new Stores(engine);
        using var archive = stores.Open();
        Ingest(archive, Article("a", 9, "The ferry of Orvault lies at the quay, its owner said on Monday. Twelve passengers spent the night on board, the owner said."));
        const string Claim = "Twelve people were hurt when the roof of the market hall in Brennick collapsed.";
        var watch = archive.Watches.Add(
            new Watch
            {
                Id = "", Owner = "ines", Title = "Hurt", Claim = Claim,
                Conditions = [WatchCondition.FirstArticle, WatchCondition.OutletJoins, WatchCondition.SecondOrigin, WatchCondition.NumberRevised, WatchCondition.Denial],
            },
            Now);
        Assert.Null(WatchRules.Wrong(archive, watch));
        Begin(archive, watch);
        Assert.Equal(0, Run(archive));

        var first = Ingest(archive, Article("b", 10, "The roof of the market hall in Brennick collapsed on Monday. Twelve people were hurt when the roof collapsed, the fire service said."));
        Assert.Equal(2, Run(archive));
        Ingest(archive, Article("c", 11, "Le toit des halles de Brennick s'est effondré lundi. Douze personnes ont été blessées dans l'effondrement du toit, ont indiqué les pompiers.", "Le Courrier", "Le toit des halles de Brennick s’effondre") with { Language = "fr" });
        Assert.True(Run(archive) >= 1);
        Ingest(archive, Article("d", 12, "The roof of the market hall in Brennick collapsed on Monday. Nineteen people were hurt when the roof collapsed, the hospital of Dorn said.", "Evening Lamp"));
        Assert.True(Run(archive) >= 1);

        var told = archive.Watches.Alerts(watch.Id, 50).Items.Select(alert => (alert.Condition, alert.Story, Body: AlertBody.Read(alert.Body))).ToList();
        var begun = Assert.Single(told, alert => alert.Condition == WatchCondition.FirstArticle);
        Assert.Equal((first.Story, Claim, "b"), (begun.Story, begun.Body.Claim, archive.Article(new(begun.Body.Spans[0].Article))!.Url![^1..]));
        Assert.Equal(["Le Courrier", "Northfield Echo"], told.Where(alert => alert.Condition == WatchCondition.OutletJoins).Select(alert => alert.Body.After!).Order());
        Assert.All(told.Where(alert => alert.Condition == WatchCondition.OutletJoins), alert => Assert.Equal(alert.Body.After, Assert.Single(alert.Body.Spans).Outlet));
        Assert.DoesNotContain(told, alert => alert.Condition == WatchCondition.Denial);
        var otherwise = Assert.Single(told, alert => alert.Condition == WatchCondition.NumberRevised);
        Assert.Equal(("Twelve", "Nineteen"), (otherwise.Body.Before!.Split(' ')[0], otherwise.Body.After!.Split(' ')[0]));
        Assert.Equal(0, Run(archive));
        // Another claim begins anew.
        Assert.Equal(Claim + " Again.", archive.Watches.Change(watch with { Claim = Claim + " Again." }).Claim);
        Assert.Equal(0, Run(archive));
    }

    [Theory]
    [InlineData("The mayor of Ulmer, Tom Reed, resigned on Monday.", "Tom Reed denied that he had resigned on Monday as mayor of Ulmer. His office was closed.", "en")]
    [InlineData("Le maire d'Ulmer, Tom Reed, a démissionné lundi.", "Tom Reed a démenti avoir démissionné lundi de la mairie d'Ulmer. Ses bureaux étaient fermés.", "fr")]
    public void Who_denies_a_claim_that_is_watched_is_told_with_the_words(string claim, string denial, string language)
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        Ingest(archive, Article("a", 9, "The mayor of Ulmer, Tom Reed, resigned on Monday, the council said. It meets again on Friday.", title: "Mayor of Ulmer resigns"));
        var watch = archive.Watches.Add(new Watch { Id = "", Owner = "ines", Title = "Reed", Claim = claim, Conditions = [WatchCondition.FirstArticle, WatchCondition.Denial] }, Now);
        Begin(archive, watch);

        var denied = Ingest(archive, Article("b", 11, denial, "Evening Lamp", "Mayor of Ulmer, Tom Reed") with { Language = language });
        Run(archive);

        var alert = Assert.Single(archive.Watches.Alerts(watch.Id, 9).Items);
        var body = AlertBody.Read(alert.Body);
        Assert.Equal((WatchCondition.Denial, denied.Story, "Evening Lamp"), (alert.Condition, alert.Story, Assert.Single(body.Spans).Outlet));
        Assert.Contains("Reed", body.After, StringComparison.Ordinal);
    }

    [Fact]
    public void A_watch_that_cannot_be_looked_at_keeps_no_other_from_it_and_one_that_changed_meanwhile_keeps_nothing()
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        Watch Added(string title, string? query, string? claim) =>
            archive.Watches.Add(new Watch { Id = "", Owner = "o", Title = title, Query = query, Claim = claim, Conditions = [WatchCondition.FirstArticle] }, Now);
        var (odd, roofs) = (Added("a", null, "█████"), Added("b", "roof", null));
        Ingest(archive, Article("a", 9, "The roof of the market hall in Brennick collapsed on Monday, the fire service said."));
        var failed = new List<string>();

        Look(archive, round => round.Run(Now, TestContext.Current.CancellationToken, (watch, failure) => failed.Add($"{watch.Id} {failure.Message}")));

        Assert.Equal([$"{odd.Id} the claim holds no words"], failed);
        Assert.Single(archive.Watches.Alerts(roofs.Id, 9).Items);
        archive.Watches.Change(roofs with { Query = "bridge" });
        Assert.Equal(0, archive.Watches.Save(roofs, 99, [(new StoryId("s"), "{}")], [new Alert(0, roofs.Id, "n", WatchCondition.Denial, new StoryId("s"), "{}", "2025")]));
        Assert.Null(archive.Watches.StateOf(roofs.Id, new StoryId("s")));
    }

    [Fact]
    public void A_claim_of_many_words_is_looked_for_however_many_stories_changed()
    {
        const string Claim = "Run set break turn fall hold charge strike cut leave drive play call hit clear light close fair fine mean face head back board court fire ground hand issue line match note order pass plant point post press race rate roof.";
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var watch = archive.Watches.Add(new Watch { Id = "", Owner = "o", Title = "t", Claim = Claim, Conditions = [WatchCondition.FirstArticle] }, Now);
        Begin(archive, watch);
        ArchiveTests.Ingest(stores, News.Documents(114, 120));
        var failed = new List<string>();

        Look(archive, round => round.Run(Now, TestContext.Current.CancellationToken, (_, failure) => failed.Add(failure.Message)));

        Assert.Empty(failed);
        Assert.Equal(archive.Revision(), archive.Watches.Find(watch.Id)!.Revision);
    }

    [Theory]
    [InlineData("either a query, a story or a claim is watched", "A roof fell.", "roof")]
    [InlineData("the claim holds no words", "…", null)]
    [InlineData("the claim holds no words", "Il va.", null)]
    [InlineData("quotation-changed waits for later versions", "A roof fell.", null, WatchCondition.QuotationChanged)]
    public void What_cannot_be_waited_for_of_a_claim_is_told(string expected, string claim, string? query, WatchCondition condition = WatchCondition.Denial)
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        var watch = new Watch { Id = "w", Owner = "o", Title = "t", Claim = claim, Query = query, Conditions = [condition] };

        Assert.StartsWith(expected, WatchRules.Wrong(archive, watch), StringComparison.Ordinal);
        Assert.Null(WatchRules.Wrong(archive, watch with { Claim = "A roof fell.", Query = null, Conditions = [WatchCondition.OutletJoins] }));
    }

    [Fact]
    public void Each_condition_is_judged_by_what_was_known()
    {
        var spans = new[] { new WatchedWords("a", 0, 4, "roof") };
        StoryFooting Footing(int fewest, string[] against, string[] outlets, params WatchedNumber[] numbers) =>
            new("Roof", outlets, new Dictionary<string, WatchedPoint> { ["p1"] = new("the roof fell", fewest, against, spans) }, numbers);
        var number = new WatchedNumber("p1", new WatchedWords("a", 5, 7, "12"), new WatchedWords("b", 5, 7, "14"));
        var watch = new Watch { Id = "w", Owner = "o", Title = "t", Outlets = ["Lamp"], Conditions = [.. Enum.GetValues<WatchCondition>()] };
        string[] Told(StoryFooting? before, StoryFooting now) => [.. WatchJudge.Find(watch, new StoryId("s"), before, now).Select(alert => $"{alert.Body.Condition} {alert.Body.Before}>{alert.Body.After}")];
        var calm = Footing(1, [], ["Echo"]);

        Assert.Empty(Told(calm, calm));
        Assert.Equal(["first-article >"], Told(null, calm));
        Assert.Equal(["second-origin 1>2"], Told(calm, Footing(2, [], ["Echo"])));
        Assert.Empty(Told(Footing(2, [], ["Echo"]), Footing(3, [], ["Echo"])));
        Assert.Equal(["number-revised 12>14"], Told(calm, Footing(1, [], ["Echo"], number)));
        Assert.Empty(Told(Footing(1, [], ["Echo"], number), Footing(1, [], ["Echo"], number)));
        Assert.Equal(["denial >the mayor"], Told(calm, Footing(1, ["the mayor"], ["Echo"])));
        Assert.Equal(["outlet-joins >lamp"], Told(calm, Footing(1, [], ["Echo", "lamp", "Post"])));
        Assert.Equal(calm.Write(), StoryFooting.Read(calm.Write()).Write());
    }

    private static int Run(Archive archive) => Look(archive, round => round.Run(Now, TestContext.Current.CancellationToken));

    private static void Begin(Archive archive, Watch watch) => Look(archive, round =>
    {
        round.Begin(watch, TestContext.Current.CancellationToken);
        return 0;
    });

    private static int Look(Archive archive, Func<WatchRound, int> look)
    {
        using var index = new SearchIndex(archive);
        index.Update(points: false, TestContext.Current.CancellationToken);
        return look(new WatchRound(archive, (query, order, most, _) => index.Find(query, SearchKind.Articles, order, most).Hits));
    }

    private static Document Article(string name, int hour, string text, string outlet = "Northfield Echo", string title = "Market hall roof collapses in Brennick") =>
        News.Document(text, name, title, outlet, $"https://news.example/{name}", new DateTime(2025, 6, 2, hour, 0, 0));

    private static Ingested Ingest(Archive archive, Document document)
    {
        using var writer = archive.Write();
        var ingested = writer.Ingest([document], TestContext.Current.CancellationToken).Single();
        writer.Save();
        return ingested;
    }
}
