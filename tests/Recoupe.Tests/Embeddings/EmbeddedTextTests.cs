using Recoupe.Embeddings;

namespace Recoupe.Tests.Embeddings;

public class EmbeddedTextTests
{
    [Fact]
    public void An_article_is_embedded_by_its_title_and_first_lines() => Assert.Equal(
        "Bridge shut\nThe bridge is shut.", EmbeddedText.Of(Some.Article("The bridge is shut.", title: "Bridge shut")));

    [Fact]
    public void A_long_text_is_cut_between_words()
    {
        var text = EmbeddedText.Of(Some.Article(string.Join(' ', Enumerable.Repeat("seven77", 500))))!;

        Assert.InRange(text.Length, EmbeddedText.MostOfText - 8, EmbeddedText.MostOfText);
        Assert.EndsWith("seven77", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_without_spaces_is_not_cut_within_a_character()
    {
        var text = EmbeddedText.Of(Some.Article("x" + string.Concat(Enumerable.Repeat("\U0001F30A", 2000))))!;

        Assert.False(char.IsHighSurrogate(text[^1]));
        Assert.InRange(text.Length, 1, EmbeddedText.MostOfText);
    }

    [Fact]
    public void An_article_without_title_and_text_has_nothing_to_embed() => Assert.Null(EmbeddedText.Of(Some.Article("")));
}
