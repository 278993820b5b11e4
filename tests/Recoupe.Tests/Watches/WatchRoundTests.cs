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
        new WatchRound(archive, (_, _, _) => []).Begin(watch, TestContext.Current.CancellationToken);
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

    private static int Run(Archive archive)
    {
        using var index = new SearchIndex(archive);
        index.Update(points: false, TestContext.Current.CancellationToken);
        var round = new WatchRound(archive, (query, most, _) => index.Find(query, SearchKind.Articles, SearchOrder.Time, most).Hits);
        return round.Run(Now, TestContext.Current.CancellationToken);
    }

    private static Document Article(string name, int hour, string text, string outlet = "Northfield Echo") =>
        News.Document(text, name, "Market hall roof collapses in Brennick", outlet, $"https://news.example/{name}", new DateTime(2025, 6, 2, hour, 0, 0));

    private static Ingested Ingest(Archive archive, Document document)
    {
        using var writer = archive.Write();
        var ingested = writer.Ingest([document], TestContext.Current.CancellationToken).Single();
        writer.Save();
        return ingested;
    }
}
