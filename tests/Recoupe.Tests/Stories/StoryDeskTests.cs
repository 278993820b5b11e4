using Recoupe.Stories;
using Recoupe.Text;

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
        var item = CaseFile.Read(language, "stories").Single(one => one.Title == title).OrSkip();

        var stories = StoryGrouper.Group(Articles(item), CancellationToken.None);

        var several = stories.Where(story => story.Articles.Length > 1).Select(story => string.Join(' ', story.Articles)).Order();
        Assert.Equal(item.Expected.Where(line => line.StartsWith("story: ")).Select(line => line[7..]).Order(), several);
        var sagas = stories.GroupBy(story => story.Saga).Where(saga => saga.Count() > 1)
            .Select(saga => string.Join(' ', saga.SelectMany(story => story.Articles).Select(id => id.Value).Order())).Order();
        Assert.Equal(item.Expected.Where(line => line.StartsWith("saga: ")).Select(line => line[6..]).Order(), sagas);
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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Digests_made_ahead_on_other_threads_are_placed_as_one_by_one(int threads)
    {
        var articles = new[] { "en", "fr" }.SelectMany(language => CaseFile.Read(language, "stories")).SelectMany((item, n) => Lines(item, $"{n}-")).Select(line => line()).ToList();
        var alone = new StoryDesk();
        var expected = articles.Select(alone.Place).Select(placement => (placement.Article, placement.Story, placement.Saga)).ToList();

        var desk = new StoryDesk(new StoryOptions { Threads = threads });
        var placed = desk.PlaceAll(articles, TestContext.Current.CancellationToken).Select(placement => (placement.Article, placement.Story, placement.Saga)).ToList();

        Assert.Equal(expected, placed);
        Assert.Equal(alone.Settle(TestContext.Current.CancellationToken), desk.Settle(TestContext.Current.CancellationToken));
        Assert.Equal(alone.History, desk.History);
    }

    [Fact]
    public void Grouping_reads_nothing_that_the_shorter_annotation_leaves_out()
    {
        foreach (var article in new[] { "en", "fr" }.SelectMany(language => CaseFile.Read(language, "stories")).SelectMany(Articles))
        {
            var (whole, shorter) = (ArticleDigest.Of(Pipeline.Annotate(article.Article)), ArticleDigest.Of(Pipeline.AnnotateForGrouping(article.Article)));

            foreach (var property in typeof(ArticleDigest).GetProperties(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
                Assert.Equal(property.GetValue(whole), property.GetValue(shorter));
        }
    }

    [Fact]
    public void Settling_keeps_hundreds_of_copies_of_one_text_together_and_apart_from_others()
    {
        const int Copies = 500;
        var item = Articles(CaseFile.Read("en", "stories")[0]);
        var desk = new StoryDesk();
        for (var copy = 0; copy < Copies; copy++)
            desk.Place(Some.Annotated(item[0].Article.Text, $"copy{copy}", title: item[0].Article.Title, published: new DateTime(2024, 3, 5).AddMinutes(copy).ToString("yyyy-MM-dd'T'HH:mm:ss")));
        desk.Place(Some.Annotated("The council of Merrow met on the matter of the old bridge and voted for a plan of nine million.", "other", title: "Merrow votes on its bridge", published: "2024-03-05T10:00:00"));

        desk.Settle(TestContext.Current.CancellationToken);

        Assert.Equal([Copies, 1], desk.Stories.Select(story => story.Articles.Length).OrderDescending());
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

    [Fact]
    public void A_quiet_story_keeps_its_last_article_and_the_event_comes_back_to_it()
    {
        var desk = new StoryDesk(new StoryOptions { KeepAtLeast = 6, Window = TimeSpan.FromDays(2), Rest = TimeSpan.FromDays(60) });
        var about = Articles(CaseFile.Read("en", "stories")[0]);
        var first = desk.Place(about[0]).Story;
        desk.Place(about[1]);
        for (var day = 0; day < 40; day++)
        {
            desk.Place(Some.Annotated(
                $"The council of Town{day} met on the matter of Bridge{day} and voted for plan {1000 + day}.", $"t{day}",
                title: $"Town{day} votes on Bridge{day}", published: new DateTime(2024, 3, 5).AddDays(day / 2.0).ToString("yyyy-MM-dd'T'HH:mm:ss")));
        }

        Assert.Contains(desk.History, change => change.Kind == StoryChangeKind.Rested && change.Story == first);
        Assert.InRange(desk.Held, 6, 20);
        Assert.Equal(first, desk.Place(Some.Annotated(about[1].Article.Text, "back", title: about[1].Article.Title, published: "2024-03-25T08:00:00")).Story);
    }

    [Fact]
    public void Two_stories_that_turn_out_one_are_merged_under_the_older_id()
    {
        var desk = new StoryDesk(new StoryOptions(), ByLikeness(yes: 4, no: -4));

        var (first, second) = (desk.Place(Words("a", 0, 20)), desk.Place(Words("b", 20, 40)));
        Assert.NotEqual(first.Story, second.Story);
        var between = desk.Place(Words("c", 10, 30));

        Assert.Equal(first.Story, between.Story);
        Assert.Equal(
            new StoryChange(desk.History.Count, StoryChangeKind.Merged, first.Story, Other: second.Story), between.Changes[^1]);
        Assert.Equal(["a", "b", "c"], Assert.Single(desk.Stories).Articles.Select(id => id.Value));
    }

    [Fact]
    public void A_story_that_turns_out_two_is_split_and_the_larger_part_keeps_the_id()
    {
        // Each article is like the one before it and like no other: joined one by one, they are not one story as a whole.
        var desk = new StoryDesk(new StoryOptions(), ByLikeness(yes: 7, no: -4));
        var placed = new[] { (0, 20), (10, 30), (20, 40), (30, 50) }.Select((words, i) => desk.Place(Words($"{(char)('a' + i)}", words.Item1, words.Item2))).ToList();

        Assert.All(placed.Take(3), placement => Assert.Equal(placed[0].Story, placement.Story));
        Assert.Equal(["a b", "c d"], desk.Stories.Select(story => string.Join(' ', story.Articles)).Order());
        Assert.Equal(placed[0].Story, desk.Stories.Single(story => story.Articles[0].Value == "a").Id);
        Assert.Equal(["c", "d"], placed[3].Changes.Where(change => change.Kind == StoryChangeKind.Split).Select(change => change.Article!.Value.Value));
    }

    [Fact]
    public void A_digest_made_on_another_thread_is_placed_like_its_article()
    {
        var articles = Articles(CaseFile.Read("fr", "stories")[0]);
        var (one, other) = (new StoryDesk(), new StoryDesk());
        foreach (var article in articles)
            one.Place(article);
        foreach (var digest in articles.AsParallel().AsOrdered().WithDegreeOfParallelism(4).Select(ArticleDigest.Of).ToList())
            other.Place(digest);

        Assert.Equal(one.History, other.History);
    }

    // Says yes to articles of which a third of the words are the same.
    private static Judge ByLikeness(float yes, float no)
    {
        var model = new TreeModel(0, [0], [new TreeModel.Node(0, 0.3f, 1, 2), new TreeModel.Node(-1, no, 0, 0), new TreeModel.Node(-1, yes, 0, 0)]);
        return new Judge(model, model, model);
    }

    private static AnnotatedArticle Words(string id, int from, int to) =>
        Some.Annotated(string.Join(' ', Enumerable.Range(from, to - from).Select(i => $"{(char)('b' + (i % 20))}{(char)('a' + (i / 20))}rd{(char)('a' + (i % 13))}m")), id);

    private static List<string> Groups(List<AnnotatedArticle> articles) =>
        [.. StoryGrouper.Group(articles, CancellationToken.None).Select(story => string.Join(' ', story.Articles.Select(id => id.Value).Order())).Order()];

    private static List<AnnotatedArticle> Articles(Case item) => [.. Lines(item, "").Select(line => line())];

    private static IEnumerable<Func<AnnotatedArticle>> Lines(Case item, string prefix) => item.Text.Split('\n').Select(line => line.Split(" | "))
        .Select(parts => (Func<AnnotatedArticle>)(() => Some.Annotated(
            parts[4] == "-" ? "" : parts[4], prefix + parts[0], parts[2], parts[3], published: parts[1] == "-" ? null : parts[1])));
}
