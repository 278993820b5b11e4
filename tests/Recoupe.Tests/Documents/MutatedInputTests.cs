using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

/// <summary>The short run of <c>bench/Recoupe.Benchmarks intake</c>, which tries ten times as many.</summary>
public sealed class MutatedInputTests
{
    private const int Seed = 20241120;

    [Fact]
    public void Every_sound_input_gives_an_article() => Assert.All(MutatedInputs.Sound, bytes => Assert.Contains(Outcomes(bytes), told => told is null));

    [Fact]
    public void Of_two_thousand_damaged_inputs_each_is_read_or_told()
    {
        Parallel.For(0, 2000, number =>
        {
            var outcomes = Outcomes(MutatedInputs.At(number, Seed));
            Assert.True(outcomes.Count > 0, $"input {number} is lost without a word");
            Assert.All(outcomes, told => Assert.True(told is null or { Length: > 0 }, $"input {number} is told without a reason"));
        });
    }

    [Theory]
    [InlineData("\"\nLe phare d'Orvac a été rallumé lundi, a annoncé le port.\n")]
    [InlineData("«\n\n»\n\nLe phare d'Orvac a été rallumé lundi, a annoncé le port.")]
    public void A_line_of_one_quotation_mark_is_no_heading(string text) => Assert.Contains(Outcomes(System.Text.Encoding.UTF8.GetBytes(text)), told => told is null);

    // For each outcome: null for an article with text, else what is told.
    private static List<string?> Outcomes(byte[] bytes) => [.. Inputs.Read(bytes).Select(intake =>
    {
        if (intake.Skipped is { } skipped)
            return skipped.Reason;
        var article = ArticleReader.Read(intake.Document!, new ArticleId("a"));
        Assert.True(article.Unread is not null || !string.IsNullOrWhiteSpace(article.Text));
        return article.Unread;
    })];
}
