using Recoupe.Changes;
using Recoupe.Text;

namespace Recoupe.Tests.Changes;

public class ChangeFinderTests
{
    [Theory]
    [InlineData("en", "The ferry sank off Port Averne on Monday.", "The ferry sank off Port Averne on Monday.")]
    [InlineData("en", "The counsil met at nine.", "The council met at nine.", ChangeGrade.Typo)]
    [InlineData("en", "The bridge reopened; the mayor said so.", "The bridge reopened: the Mayor said so.", ChangeGrade.Typo)]
    [InlineData("fr", "Le maire a evoque une fermeture.", "Le maire a évoqué une fermeture.", ChangeGrade.Typo)]
    [InlineData("en", "The bridge stays closed until spring.", "The bridge will not open before spring.", ChangeGrade.Wording)]
    [InlineData("en", "The storm killed 12 people in the valley.", "The storm killed 17 people in the valley.", ChangeGrade.Number)]
    [InlineData("en", "At least 30 houses burned down.", "More than 30 houses burned down.", ChangeGrade.Number)]
    [InlineData("en", "The works cost 1,200 euros.", "The works cost 1200 euros.", ChangeGrade.Typo)]
    [InlineData("fr", "La tempête a fait 12 morts dans la vallée.", "La tempête a fait 17 morts dans la vallée.", ChangeGrade.Number)]
    [InlineData("fr", "Une cinquantaine de maisons ont brûlé.", "Une centaine de maisons ont brûlé.", ChangeGrade.Number)]
    [InlineData("en", "The prize went to Maria Delgado of Lisbon.", "The prize went to Anna Kowalski of Lisbon.", ChangeGrade.Name)]
    [InlineData("fr", "Le prix revient à Claire Fontanel.", "Le prix revient à Marc Derruaux.", ChangeGrade.Name)]
    [InlineData("en", "“We will rebuild the harbour this year,” said Ada Lowe, the mayor.", "“We may rebuild the harbour this year,” said Ada Lowe, the mayor.", ChangeGrade.Quotation)]
    [InlineData("fr", "« Nous rebâtirons le port cette année », a dit la maire, Ada Loison.", "« Nous rebâtirons peut-être le port », a dit la maire, Ada Loison.", ChangeGrade.Quotation)]
    public void A_change_is_graded_by_what_it_touches(string language, string before, string after, params ChangeGrade[] grades) => Check(language, before, after, grades);

    [Fact]
    public void A_quotation_that_is_gone_is_told_and_one_that_is_only_elsewhere_is_not()
    {
        const string Quoted = "“The dam was never checked,” said the engineer Paul Reyne.";
        const string Other = "The dam broke on Friday night above the town.";

        Check("en", $"{Quoted} {Other}", Other, ChangeGrade.Quotation);
        Check("en", $"{Quoted} {Other}", $"{Other} {Quoted}", ChangeGrade.Wording);
        Check("en", Other, $"{Quoted} {Other}", ChangeGrade.Wording);
    }

    [Fact]
    public void A_title_is_told_apart_from_the_text()
    {
        var change = ChangeFinder.Compare(
            Some.Annotated("The council voted.", "a", title: "Council backs the tram"), Some.Annotated("The council voted.", "b", title: "Council turns against the tram"));
        var number = ChangeFinder.Compare(
            Some.Annotated("The council voted.", "a", title: "Fire kills 3 people"), Some.Annotated("The council voted.", "b", title: "Fire kills 4 people"));

        Assert.Equal([ChangeGrade.Headline], change.Grades);
        Assert.All(change.Words, word => Assert.True(word.InTitle));
        Assert.Equal([ChangeGrade.Number], number.Grades);
    }

    [Fact]
    public void The_spans_are_the_words_that_differ()
    {
        var (before, after) = (Some.Annotated("The tram will run from May.\n\nIt costs 40 million.", "a"), Some.Annotated("The tram will run from May.\n\nIt costs 44 million.", "b"));

        var word = Assert.Single(ChangeFinder.Compare(before, after).Words);

        Assert.Equal(("40", "44"), (word.Before.Quote(before.Body.Text), word.After.Quote(after.Body.Text)));
    }

    [Fact]
    public void Every_difference_applied_to_the_earlier_text_gives_the_later_one()
    {
        var random = new Random(5);
        string[] words = ["harbour", "mayor", "12", "Arvel", "closed", "“never”", "the", "said,", "tram.", "Monday"];
        for (var round = 0; round < 60; round++)
        {
            string Text() => string.Join(' ', Enumerable.Range(0, random.Next(0, 60)).Select(_ => words[random.Next(words.Length)]));
            var (before, after) = (Some.Annotated("Start. " + Text(), "a"), Some.Annotated("Start. " + Text(), "b"));
            var change = ChangeFinder.Compare(before, after);
            Assert.Equal(Words(after.Body, new TextSpan(0, after.Body.Text.Length)), Applied(before.Body, after.Body, change));
        }
    }

    [Fact]
    public void Texts_made_to_be_slow_are_told_as_changed_as_a_whole()
    {
        var before = Some.Annotated(string.Concat(Enumerable.Range(0, 40_000).Select(i => $"a{i % 7} ")), "a");
        var after = Some.Annotated(string.Concat(Enumerable.Range(0, 40_000).Select(i => $"a{i % 5} ")), "b");

        Assert.InRange(ChangeFinder.Compare(before, after).Words.Length, 1, 50);
    }

    private static void Check(string language, string before, string after, params ChangeGrade[] grades) =>
        Assert.Equal(grades, ChangeFinder.Compare(Some.Annotated(before, "a", language), Some.Annotated(after, "b", language)).Grades);

    private static List<string> Applied(AnalyzedText before, AnalyzedText after, ArticleChange change)
    {
        var result = new List<string>();
        var at = 0;
        foreach (var word in change.Words)
        {
            result.AddRange(Words(before, new TextSpan(at, word.Before.Start)));
            result.AddRange(Words(after, word.After));
            at = word.Before.End;
        }

        return [.. result, .. Words(before, new TextSpan(at, before.Text.Length))];
    }

    private static List<string> Words(AnalyzedText text, TextSpan span) => [.. text.Tokens.Where(token => span.Contains(token.Span)).Select(token => text[token].ToString())];
}
