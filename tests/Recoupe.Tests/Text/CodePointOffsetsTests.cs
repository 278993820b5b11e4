using Recoupe.Text;

namespace Recoupe.Tests.Text;

public class CodePointOffsetsTests
{
    [Fact]
    public void Offsets_after_a_character_of_two_units_are_one_less()
    {
        var offsets = new CodePointOffsets("a😀b");
        Assert.Equal([0, 1, 2, 3], new[] { 0, 1, 3, 4 }.Select(offsets.FromUtf16));
    }

    [Fact]
    public void Both_ways_give_the_same_place()
    {
        const string Text = "é😀😀x«😀»";
        var offsets = new CodePointOffsets(Text);
        for (var codePoint = 0; codePoint <= 7; codePoint++)
            Assert.Equal(codePoint, offsets.FromUtf16(offsets.ToUtf16(codePoint)));
    }

    [Fact]
    public void A_lone_surrogate_counts_as_one() => Assert.Equal(2, new CodePointOffsets("\uD83Dx").FromUtf16(2));
}
