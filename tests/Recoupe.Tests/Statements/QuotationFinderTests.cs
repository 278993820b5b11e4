using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Tests.Statements;

public class QuotationFinderTests
{
    [Theory]
    [InlineData("Il a dit « oui » puis « non ».", "oui|non")]
    [InlineData("She said “yes” and \"no\".", "yes|no")]
    [InlineData("''The road is closed,'' he said.", "The road is closed,")]
    [InlineData("He called it ‘a farce’ twice.", "a farce")]
    [InlineData("l'importance de cette décision », l'une des mesures les plus utiles ».", ", l'une des mesures les plus utiles")]
    [InlineData("« Un mot « cité » dedans »", "Un mot « cité » dedans")]
    [InlineData("“First paragraph.\n\n“Second paragraph.”", "First paragraph.\n\n“Second paragraph.")]
    [InlineData("\"A stray mark, then “a quotation” follows.", "a quotation")]
    [InlineData("the officials’ report and the ministers’ reply", "")]
    [InlineData("It's the mayor's", "")]
    public void Outermost_quotations_are(string text, string expected)
    {
        var analyzed = AnalyzedText.Of(text, Language.Find("en"));
        var found = QuotationFinder.Find(analyzed)
            .Select(quotation => text[analyzed.Tokens[quotation.First].Start..analyzed.Tokens[quotation.Close - 1].End]);
        Assert.Equal(expected, string.Join('|', found));
    }

    [Fact]
    public void A_quotation_left_open_ends_with_its_paragraph()
    {
        const string text = "“Open and never closed.\n\nThe next paragraph has no mark.";
        var analyzed = AnalyzedText.Of(text, Language.Find("en"));
        var quotation = Assert.Single(QuotationFinder.Find(analyzed));
        Assert.False(quotation.IsClosed);
        Assert.Equal(text.IndexOf('\n'), analyzed.Tokens[quotation.Close - 1].End);
    }
}
