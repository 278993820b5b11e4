using Recoupe.Articles.Html;

namespace Recoupe.Tests.Articles;

/// <summary>How much of a block stands in the text that a page's structured data have.</summary>
public sealed class ToldTextTests
{
    [Theory]
    [InlineData("Le pont de Sarlonne a fermé lundi.", "Le pont de Sarlonne a fermé lundi", 1f)]
    [InlineData("Sarlonne bridge closed on Monday.", "sarlonne  bridge closed, on Monday!", 1f)]
    [InlineData("Sarlonne bridge closed on Monday.", "Read more about our newsletters", 0f)]
    [InlineData("The bridge closed. Background. Two hundred trucks cross it.", "Background", 1f)]
    [InlineData("Le pont a fermé. Contexte. Deux cents camions le passent.", "Publicité", 0f)]
    public void A_block_that_is_told_is_found(string told, string block, float share) => Assert.Equal(share, ToldText.Of(told)!.Share(block));

    [Fact]
    public void A_block_that_goes_on_is_found_in_part() =>
        Assert.Equal(0.5f, ToldText.Of("The bridge closed on Monday")!.Share("The bridge closed on Friday then"), 0.01f);

    [Fact]
    public void Markup_in_it_is_no_text() =>
        Assert.Equal(1f, ToldText.Of("<p>The bridge closed</p><p>on Monday &amp; Tuesday</p>")!.Share("bridge closed on Monday"));

    [Fact]
    public void A_text_without_words_tells_nothing() => Assert.Null(ToldText.Of(" -- "));

    [Fact]
    public void A_block_without_words_is_not_in_it() => Assert.Equal(0f, ToldText.Of("The bridge closed")!.Share("***"));
}
