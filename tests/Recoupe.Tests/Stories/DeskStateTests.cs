using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

/// <summary>Stories keep their names, and a desk that was saved, restored or pruned goes on like one that never stopped.</summary>
public class DeskStateTests
{
    private static readonly StoryOptions Short = new() { KeepAtLeast = 12, Window = TimeSpan.FromDays(2), Rest = TimeSpan.FromDays(6) };

    private static readonly string[] Towns = ["Arvel", "Bolune", "Cressy", "Dormans", "Eltham", "Fauverney", "Grimsel", "Hawick"];

    private static readonly string[] Matters = ["bridge", "harbour", "library", "reservoir", "tramway", "market", "observatory", "cannery"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void An_unrelated_earlier_article_changes_no_other_storys_id(int seed)
    {
        var articles = News(seed, 40);
        var earlier = Some.Annotated("Beekeepers of Old Quarn showed their smokers at the fair and sold all honey by noon.", "earlier", title: "Honey sold out at Old Quarn", published: "2025-01-01T06:00:00");

        var before = IdsOfArticles([.. articles]);
        var after = IdsOfArticles([earlier, .. articles]);

        Assert.All(before, pair => Assert.Equal(pair.Value, after[pair.Key]));
        Assert.DoesNotContain(after["earlier"], before.Values);
    }

    [Fact]
    public void A_story_is_named_by_its_founder_alone()
    {
        var articles = News(7, 3);

        Assert.Equal(StoryId.FoundedBy(articles[0].Id), new StoryDesk().Place(articles[0]).Story);
        Assert.NotEqual(StoryId.FoundedBy(articles[0].Id), StoryId.FoundedBy(articles[0].Id, naming: 1));
        Assert.NotEqual(StoryId.FoundedBy(articles[0].Id), StoryId.FoundedBy(articles[1].Id));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void A_desk_that_is_saved_and_restored_places_like_one_that_never_stopped(int seed)
    {
        var random = new Random(seed);
        var whole = new StoryDesk(Short);
        var stopped = new StoryDesk(Short);
        foreach (var article in News(seed, 160))
        {
            Same(whole.Place(article), stopped.Place(article));
            switch (random.Next(12))
            {
                case 0:
                    stopped = StoryDesk.Restore(DeskState.Of(stopped.Save().Bytes.Span), Short);
                    break;
                case 1:
                    stopped.Prune();
                    break;
                case 2:
                    Assert.Equal(whole.Settle(TestContext.Current.CancellationToken), stopped.Settle(TestContext.Current.CancellationToken));
                    break;
            }
        }

        Assert.Equal(whole.Count, stopped.Count);
        Assert.Equal(whole.Save(), stopped.Save());
    }

    [Fact]
    public void A_state_is_a_value()
    {
        var (one, other) = (new StoryDesk(Short), new StoryDesk(Short));
        foreach (var article in News(3, 30))
        {
            one.Place(article);
            other.Place(article);
        }

        Assert.Equal(one.Save(), other.Save());
        Assert.Equal(one.Save(), StoryDesk.Restore(one.Save(), Short).Save());
        other.Place(News(4, 1)[0]);
        Assert.NotEqual(one.Save(), other.Save());
    }

    [Fact]
    public void A_pruned_desk_does_not_grow_with_what_has_left()
    {
        var desk = new StoryDesk(Short);
        var sizes = new List<int>();
        for (var week = 0; week < 8; week++)
        {
            foreach (var article in News(11, 60, prefix: $"w{week}-", from: new DateTime(2025, 1, 1).AddDays(15 * week)))
                desk.Place(article);
            sizes.Add(desk.Save().Bytes.Length);
        }

        Assert.InRange(sizes[^1], 1, sizes[1] + (sizes[1] / 10));
        Assert.Equal(480, desk.Count);
        Assert.InRange(desk.Stories.Sum(story => story.Articles.Length), 1, 60);
        Assert.Empty(desk.History);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(200)]
    public void A_damaged_state_is_refused(int length)
    {
        var desk = new StoryDesk(Short);
        foreach (var article in News(5, 10))
            desk.Place(article);
        var bytes = desk.Save().Bytes.ToArray();

        Assert.Throws<InvalidDataException>(() => StoryDesk.Restore(DeskState.Of(bytes.AsSpan(0, length)), Short));
    }

    [Fact]
    public void A_placement_tells_the_stories_that_it_touched()
    {
        var desk = new StoryDesk(Short);
        foreach (var article in News(2, 80))
        {
            var before = desk.Stories.ToDictionary(story => story.Id, story => string.Join(' ', story.Articles));
            var placement = desk.Place(article);
            var after = desk.Stories.ToDictionary(story => story.Id, story => string.Join(' ', story.Articles));

            var changed = before.Keys.Union(after.Keys).Where(id => before.GetValueOrDefault(id) != after.GetValueOrDefault(id)).ToHashSet();
            Assert.Subset(placement.Touched.ToHashSet(), changed);
            Assert.Contains(placement.Story, placement.Touched);
        }
    }

    private static void Same(Placement expected, Placement actual)
    {
        Assert.Equal((expected.Article, expected.Story, expected.Saga), (actual.Article, actual.Story, actual.Saga));
        Assert.Equal(expected.Changes, actual.Changes);
    }

    private static Dictionary<string, StoryId> IdsOfArticles(List<AnnotatedArticle> articles) => StoryGrouper.Group(articles, CancellationToken.None)
        .SelectMany(story => story.Articles.Select(article => (article.Value, story.Id))).ToDictionary(pair => pair.Value, pair => pair.Id);

    // Several articles on each of a few events, which come back and take turns, a few hours apart.
    private static List<AnnotatedArticle> News(int seed, int count, string prefix = "", DateTime? from = null)
    {
        var random = new Random(seed);
        var news = new List<AnnotatedArticle>();
        var at = from ?? new DateTime(2025, 1, 2, 8, 0, 0);
        for (var i = 0; i < count; i++)
        {
            at = at.AddHours(random.Next(1, 10));
            var (town, matter, sum) = (Towns[random.Next(Towns.Length)], Matters[random.Next(Matters.Length)], random.Next(3));
            news.Add(Some.Annotated(
                $"The council of {town} voted on the {matter} on Tuesday. The {matter} of {town} will cost {40 + (sum * 17)} million, said the mayor of {town}. "
                + $"Work on the {matter} begins {(random.Next(2) == 0 ? "in spring" : "once the contracts are signed")}, the council of {town} told residents.",
                $"{prefix}{i}", title: $"{town} votes on its {matter}", published: at.ToString("yyyy-MM-dd'T'HH:mm:ss")));
        }

        return news;
    }
}
