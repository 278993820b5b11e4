using Recoupe.Text;

namespace Recoupe.Tests.Text;

public class CompositionTests
{
    [Fact]
    public void Letters_and_accents_are_put_together() =>
        Assert.Equal("L'été à Noël", Composition.Compose("L'e\u0301te\u0301 a\u0300 Noe\u0308l"));

    [Fact]
    public void A_text_with_whole_letters_is_left_alone() => Assert.Null(Composition.Compose("L'été à Noël, 21 °C 🌊"));

    [Fact]
    public void Offsets_count_in_the_text_as_it_was_given()
    {
        var given = "🌊 L'e\u0301te\u0301 a\u0300 Noe\u0308l";
        var text = Composition.Compose(given)!;
        var offsets = new CodePointOffsets(text, given);
        var points = given.EnumerateRunes().ToList();
        foreach (var word in new[] { "été", "à", "Noël" })
        {
            var start = text.IndexOf(word, StringComparison.Ordinal);
            var (from, to) = (offsets.FromUtf16(start), offsets.FromUtf16(start + word.Length));
            Assert.Equal(word, Composition.Compose(string.Concat(points[from..to])));
            Assert.Equal(new TextSpan(start, start + word.Length), offsets.ToUtf16(from, to));
        }

        Assert.Equal(points.Count, offsets.FromUtf16(text.Length));
    }

    [Fact]
    public void A_letter_under_a_heap_of_marks_is_read_to_its_end()
    {
        var heap = "a" + new string('\u0301', 5000) + " b";
        var composed = Composition.Compose(heap)!;
        Assert.EndsWith(" b", composed, StringComparison.Ordinal);
        Assert.Equal(heap.Length, new CodePointOffsets(composed, heap).FromUtf16(composed.Length));
    }
}
