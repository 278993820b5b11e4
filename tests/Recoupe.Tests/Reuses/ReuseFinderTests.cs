using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Tests.Reuses;

public class ReuseFinderTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "en", "fr" })
        {
            foreach (var item in CaseFile.Read(language, "reuses"))
                data.Add(language, item.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Shared_text_is_what_the_case_says(string language, string title)
    {
        var item = CaseFile.Read(language, "reuses").Single(one => one.Title == title);
        var texts = item.Text.Split("\n***\n");
        var articles = new[] { Some.Annotated(texts[0], "first", language), Some.Annotated(texts[1], "second", language) };

        var found = ReuseFinder.Find(articles, CancellationToken.None);

        foreach (var expected in item.Expected)
        {
            var (name, value) = (expected[..expected.IndexOf(':')], expected[(expected.IndexOf(':') + 1)..].Trim());
            switch (name)
            {
                case "kind" when value == "none":
                    Assert.Empty(found);
                    break;
                case "kind":
                    Assert.Equal(value, Assert.Single(found).Kind.ToString().ToLowerInvariant());
                    break;
                case "share":
                    var bounds = value.Split(' ').Select(double.Parse).ToArray();
                    Assert.InRange(Assert.Single(found).Share, bounds[0], bounds[1]);
                    break;
                case "passage":
                    var words = string.Join(" / ", Assert.Single(found).Passages.Select(passage => passage.From.Quote(texts[0]).Replace("\n\n", " / ")));
                    Assert.Equal(value, words);
                    break;
                default:
                    Assert.Fail($"unknown expectation {name}");
                    break;
            }
        }
    }

    [Fact]
    public void The_credited_article_comes_first_though_it_is_later()
    {
        const string Text = "The lighthouse at Corran Head went dark on Sunday night for the first time since 1911, the board said in a note.";
        var early = Credited(Some.Annotated(Text, "early", published: "2024-01-10T06:00:00Z"), []);
        var late = Credited(Some.Annotated(Text, "late", published: "2024-01-10T09:00:00Z"), ["Agence Ponant"]);

        var reuse = Assert.Single(ReuseFinder.Find([early, late], CancellationToken.None));

        Assert.Equal("late", reuse.From.Value);
        Assert.True(reuse.OrderKnown);
    }

    [Fact]
    public void Without_times_and_credits_the_order_is_not_known()
    {
        const string Text = "The lighthouse at Corran Head went dark on Sunday night for the first time since 1911, the board said in a note.";

        var reuse = Assert.Single(ReuseFinder.Find(
            [Credited(Some.Annotated(Text, "a"), []), Credited(Some.Annotated(Text, "b"), [])], CancellationToken.None));

        Assert.Equal("a", reuse.From.Value);
        Assert.False(reuse.OrderKnown);
    }

    [Fact]
    public void An_article_changed_after_the_other_came_out_is_earlier_with_a_doubt()
    {
        var early = Some.Annotated(Lighthouse, "early", published: "2024-01-10T06:00:00Z");
        var late = Some.Annotated(Lighthouse, "late", published: "2024-01-10T09:00:00Z");
        var changed = early with { Article = early.Article with { Modified = Moment.Parse("2024-01-10T11:00:00Z") } };

        Assert.Equal(ReuseOrder.StatedTimes, Assert.Single(ReuseFinder.Find([late, early], CancellationToken.None)).Order);
        var reuse = Assert.Single(ReuseFinder.Find([late, changed], CancellationToken.None));

        Assert.Equal(ReuseOrder.ChangedSince, reuse.Order);
        Assert.Equal("early", reuse.From.Value);
    }

    [Fact]
    public void What_was_captured_before_the_other_was_published_is_earlier_though_it_has_no_date()
    {
        var undated = Some.Annotated(Lighthouse, "undated");
        var captured = undated with { Article = undated.Article with { Captured = Moment.Parse("2024-01-10T07:00:00Z") } };
        var dated = Some.Annotated(Lighthouse, "dated", published: "2024-01-10T09:00:00Z");
        var before = Some.Annotated(Lighthouse, "before", published: "2024-01-10T06:00:00Z");

        var reuse = Assert.Single(ReuseFinder.Find([dated, captured], CancellationToken.None));

        Assert.Equal((ReuseOrder.Captured, "undated"), (reuse.Order, reuse.From.Value));
        Assert.Equal(ReuseOrder.Unknown, Assert.Single(ReuseFinder.Find([before, captured], CancellationToken.None)).Order);
    }

    [Fact]
    public void A_quotation_set_apart_without_marks_is_a_quotation()
    {
        const string Letter = "We have run the ferry for ninety years and we will run it for ninety more, whatever the council decides about the pier";
        var first = Some.Annotated($"The family has written to the council.\n\n{Letter}.\n\nThe council has not answered yet.", "first");
        var second = Some.Annotated($"An old firm speaks up. “{Letter}”, it says in a letter. Three islands depend on it.", "second");
        var start = first.Article.Text.IndexOf(Letter, StringComparison.Ordinal);
        var span = TextSpan.Of(start, Letter.Length);
        var unmarked = Unquoted(second);

        Assert.Equal(ReuseKind.QuotationsOnly, Assert.Single(ReuseFinder.Find([Apart(first, span), second], CancellationToken.None)).Kind);
        Assert.Equal(ReuseKind.QuotationsOnly, Assert.Single(ReuseFinder.Find([Apart(first, span), unmarked], CancellationToken.None)).Kind);
        Assert.NotEqual(ReuseKind.QuotationsOnly, Assert.Single(ReuseFinder.Find([first, unmarked], CancellationToken.None)).Kind);
    }

    [Fact]
    public void Of_many_copies_each_meets_the_last_one_that_credits_an_agency()
    {
        var articles = Enumerable.Range(0, 120).Select(i => Some.Annotated($"{Lighthouse} Copy number {i} ends here.", $"a{i}")).ToList();
        articles.Add(Credited(Some.Annotated(Lighthouse, "wire"), ["Agence Ponant"]));
        var options = new ReuseOptions { MostPartners = 10, MostHolders = 20 };

        var found = ReuseFinder.Find(articles, options, CancellationToken.None);

        Assert.All(articles.SkipLast(1), article => Assert.Contains(found, reuse => reuse.From.Value == "wire" && reuse.To == article.Id && reuse.Agency == "Agence Ponant"));
        Assert.All(found, reuse => Assert.Equal("Agence Ponant", reuse.Agency));
    }

    private const string Lighthouse = "The lighthouse at Corran Head went dark on Sunday night for the first time since 1911, the board said in a note to seafarers.";

    private static AnnotatedArticle Apart(AnnotatedArticle article, TextSpan span) =>
        article with { Article = article.Article with { Blocks = [new Block(BlockKind.Quote, span, span)] } };

    private static AnnotatedArticle Unquoted(AnnotatedArticle article) =>
        Some.Annotated(article.Article.Text.Replace("“", "", StringComparison.Ordinal).Replace("”", "", StringComparison.Ordinal), article.Id.Value);

    [Fact]
    public void The_words_of_each_passage_agree_on_both_sides_whatever_is_cut_and_moved()
    {
        var random = new Random(7);
        var sentences = Enumerable.Range(0, 30).Select(i => $"Sentence {i} tells of {Word(random)} and {Word(random)} while {Word(random)} waits for {Word(random)} near {Word(random)}.").ToArray();
        for (var round = 0; round < 60; round++)
        {
            var first = string.Join(' ', sentences.OrderBy(_ => random.Next()).Take(14));
            var second = string.Join("\n\n", sentences.OrderBy(_ => random.Next()).Take(14));
            foreach (var reuse in ReuseFinder.Find([Some.Annotated(first, "a"), Some.Annotated(second, "b")], CancellationToken.None))
            {
                var (from, to) = reuse.From.Value == "a" ? (first, second) : (second, first);
                Assert.NotEmpty(reuse.Passages);
                foreach (var passage in reuse.Passages)
                {
                    Assert.True(passage.From.Start == 0 || !char.IsLetterOrDigit(from[passage.From.Start - 1]));
                    Assert.Equal(FirstWord(passage.From.In(from)), FirstWord(passage.To.In(to)));
                    Assert.Equal(LastWord(passage.From.In(from)), LastWord(passage.To.In(to)));
                }

                Assert.InRange(reuse.Share, 0, 1);
                Assert.Equal(reuse.Passages.Length, reuse.Passages.Select(passage => passage.From.Start).Distinct().Count());
            }
        }
    }

    [Fact]
    public void A_story_of_many_copies_gives_each_its_partners_and_no_more()
    {
        const string Text = "The lighthouse at Corran Head went dark on Sunday night for the first time since 1911, the board said in a note to seafarers.";
        var articles = Enumerable.Range(0, 120).Select(i => Some.Annotated($"{Text} Copy number {i} ends here.", $"a{i}")).ToList();
        var options = new ReuseOptions { MostPartners = 10 };

        var found = ReuseFinder.Find(articles, options, CancellationToken.None);

        Assert.InRange(found.Length, 119, 1200);
        Assert.All(articles.Skip(1), article => Assert.Contains(found, reuse => reuse.From == article.Id || reuse.To == article.Id));
    }

    private static AnnotatedArticle Credited(AnnotatedArticle article, string[] agencies) =>
        article with { Article = article.Article with { Agencies = [.. agencies] } };

    private static string Word(Random random) => new([.. Enumerable.Range(0, 6).Select(_ => (char)('a' + random.Next(26)))]);

    private static string FirstWord(ReadOnlySpan<char> text) => text.ToString().Split([' ', '\n'])[0].Trim('.').ToLowerInvariant();

    private static string LastWord(ReadOnlySpan<char> text) => text.ToString().Split([' ', '\n'])[^1].Trim('.').ToLowerInvariant();
}
