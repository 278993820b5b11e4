using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class StoryDeskTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "en", "fr" })
        {
            foreach (var item in CaseFile.Read(language, "stories"))
                data.Add(language, item.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Articles_are_grouped_as_the_case_says(string language, string title)
    {
        var item = CaseFile.Read(language, "stories").Single(one => one.Title == title);

        var stories = StoryGrouper.Group(Articles(item), CancellationToken.None);

        var several = stories.Where(story => story.Articles.Length > 1).Select(story => string.Join(' ', story.Articles)).Order();
        Assert.Equal(item.Expected.Where(line => line.StartsWith("story: ")).Select(line => line[7..]).Order(), several);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_order_of_arrival_does_not_matter_in_the_end(string language, string title)
    {
        var articles = Articles(CaseFile.Read(language, "stories").Single(one => one.Title == title));
        var wanted = Groups(articles);
        for (var seed = 1; seed <= 8; seed++)
        {
            var random = new Random(seed);
            Assert.Equal(wanted, Groups([.. articles.OrderBy(_ => random.Next())]));
        }
    }

    [Fact]
    public void A_placement_names_the_story_at_once_and_the_history_holds_it()
    {
        var articles = Articles(CaseFile.Read("en", "stories")[0]);
        var desk = new StoryDesk();

        var placements = articles.Select(desk.Place).ToList();

        Assert.Equal(StoryChangeKind.Opened, placements[0].Changes[0].Kind);
        Assert.Equal(StoryChangeKind.Joined, placements[1].Changes[0].Kind);
        Assert.Equal(placements[0].Story, placements[1].Story);
        Assert.NotEqual(placements[0].Story, placements[2].Story);
        Assert.Equal(Enumerable.Range(1, desk.History.Count), desk.History.Select(change => change.Number));
    }

    [Fact]
    public void Settling_keeps_the_ids_of_stories_that_stay()
    {
        var articles = Articles(CaseFile.Read("fr", "stories")[0]);
        var desk = new StoryDesk();
        foreach (var article in articles)
            desk.Place(article);
        var before = desk.Stories;

        desk.Settle(TestContext.Current.CancellationToken);

        Assert.Equal(before.Select(story => story.Id), desk.Stories.Select(story => story.Id));
        Assert.Empty(desk.Settle(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Old_articles_leave_memory_and_their_stories_stay_known()
    {
        var desk = new StoryDesk(new StoryOptions { KeepAtLeast = 4, Window = TimeSpan.FromDays(2), Rest = TimeSpan.FromDays(5) });
        for (var day = 0; day < 40; day++)
        {
            var date = new DateTime(2024, 1, 1).AddDays(day);
            desk.Place(Some.Annotated(
                $"The council of Town{day} met on the matter of Bridge{day} and voted for plan {1000 + day}.", $"a{day}",
                title: $"Town{day} votes on Bridge{day}", published: date.ToString("yyyy-MM-dd'T'HH:mm:ss")));
        }

        Assert.InRange(desk.Held, 4, 30);
        Assert.Equal(40, desk.Stories.Sum(story => story.Articles.Length));
    }

    [Fact]
    public void The_number_of_threads_that_annotate_changes_nothing()
    {
        var lines = new[] { "en", "fr" }.SelectMany(language => CaseFile.Read(language, "stories")).SelectMany((item, n) => Lines(item, $"{n}-")).ToList();

        var one = Groups([.. lines.Select(line => line())]);
        var many = Groups([.. lines.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(line => line())]);

        Assert.Equal(one, many);
    }

    [Fact]
    public void An_explanation_names_what_is_shared_in_the_articles_own_words()
    {
        var articles = Articles(CaseFile.Read("en", "stories")[0]);

        var explanation = StoryExplainer.Explain(articles[0], [articles[1]])!;

        Assert.Equal("b", explanation.Nearest.Value);
        Assert.Contains("Osk", explanation.Names);
        Assert.Contains("6.1", explanation.Numbers);
        Assert.Equal(1.5, explanation.HoursApart);
    }

    [Fact]
    public void Articles_without_text_or_title_are_stories_of_their_own()
    {
        var stories = StoryGrouper.Group([Some.Annotated("", "a"), Some.Annotated("", "b"), Some.Annotated("!?", "c")], CancellationToken.None);

        Assert.Equal(["a", "b", "c"], stories.Select(story => Assert.Single(story.Articles).Value));
    }

    private static List<string> Groups(List<AnnotatedArticle> articles) =>
        [.. StoryGrouper.Group(articles, CancellationToken.None).Select(story => string.Join(' ', story.Articles.Select(id => id.Value).Order())).Order()];

    private static List<AnnotatedArticle> Articles(Case item) => [.. Lines(item, "").Select(line => line())];

    private static IEnumerable<Func<AnnotatedArticle>> Lines(Case item, string prefix) => item.Text.Split('\n').Select(line => line.Split(" | "))
        .Select(parts => (Func<AnnotatedArticle>)(() => Some.Annotated(
            parts[4] == "-" ? "" : parts[4], prefix + parts[0], parts[2], parts[3], published: parts[1] == "-" ? null : parts[1])));
}
