using Recoupe.Searches;

namespace Recoupe.Tests.Searches;

public class ExcerptsTests
{
    private const string Pier =
        "On Tuesday the harbourmaster closed the northern pier after cracks were found in two of its pillars. “We closed it before anyone was hurt,” she said.";

    private const string Harbour = "The harbour of Vell was quiet on Monday. Nobody spoke of the storm.\n\n" + Pier + " The council meets on Friday.";

    [Theory]
    [InlineData("cracks", Pier, "cracks")]
    [InlineData("crack", Pier, "cracks")]
    [InlineData("\"northern pier\"", Pier, "northern pier")]
    [InlineData("harbour pillars pier", Pier, "pier pillars")]
    [InlineData("counc*", "The council meets on Friday.", "council")]
    [InlineData("storm NOT pier", "Nobody spoke of the storm.", "storm")]
    public void The_passage_is_the_one_that_holds_most_of_what_was_asked_for(string query, string passage, string words)
    {
        var excerpt = new Excerpts(query).Find(Harbour, "en")!;

        Assert.Equal(passage, excerpt.Span.Quote(Harbour));
        Assert.Equal(words, string.Join(' ', excerpt.Words.Select(word => word.Quote(Harbour))));
    }

    [Fact]
    public void Words_are_found_by_the_rules_of_the_text_and_with_or_without_accents()
    {
        const string Text = "La préfète a fermé l’écluse mardi matin.";

        Assert.Equal(["l’écluse"], new Excerpts("ecluse").Find(Text, "fr")!.Words.Select(word => word.Quote(Text)));
    }

    [Theory]
    [InlineData("title:cracks")]
    [InlineData("outlet:harbour")]
    [InlineData("lighthouse")]
    [InlineData("NOT cracks")]
    public void There_is_none_where_its_words_were_not_asked_for(string query) => Assert.Null(new Excerpts(query).Find(Harbour, "en"));

    [Fact]
    public void Whatever_the_text_the_passage_lies_in_it_and_is_short()
    {
        var random = new Random(8);
        const string Signs = "ab .\n!?’\u0301\ud83d\ude00é\0ж中";
        for (var round = 0; round < 300; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(900)).Select(_ => random.Next(30) == 0 ? " pier " : Signs[random.Next(Signs.Length)].ToString()));
            if (new Excerpts("pier").Find(text, random.Next(2) == 0 ? "en" : null) is not { } excerpt)
                continue;
            Assert.InRange(excerpt.Span.End, excerpt.Span.Start + 1, Math.Min(text.Length, excerpt.Span.Start + 320));
            Assert.All(excerpt.Words, word => Assert.Contains("pier", word.Quote(text), StringComparison.Ordinal));
        }
    }
}
