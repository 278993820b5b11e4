using Recoupe.Languages;

namespace Recoupe.Tests.Languages;

public class FoldingTests
{
    [Theory]
    [InlineData("État", "etat")]
    [InlineData("ÉVACUÉS", "evacues")]
    [InlineData("façade", "facade")]
    [InlineData("Noël", "noel")]
    [InlineData("Łódź", "lodz")]
    [InlineData("São Tomé", "sao tome")]
    [InlineData("Đorđe Ørsted", "dorde orsted")]
    [InlineData("l’été", "l'ete")]
    [InlineData("14 h", "14 h")]
    [InlineData("Київ", "київ")]
    public void Accents_case_and_typography_make_no_other_word(string text, string folded) => Assert.Equal(folded, Folding.Fold(text));

    [Fact]
    public void Every_letter_below_the_end_of_the_table_folds_to_what_folds_to_itself()
    {
        for (var c = '\0'; c < 0x250; c++)
            Assert.Equal(Folding.Fold(c), Folding.Fold(Folding.Fold(c)));
    }
}
