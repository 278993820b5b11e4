using Recoupe.Stories;

namespace Recoupe.Tests.Stories;

public class SketchProbeTests
{
    [Theory]
    [InlineData(0, 5, uint.MaxValue)]
    [InlineData(150, 180, uint.MaxValue)]
    [InlineData(150, 180, 700)]
    [InlineData(2000, 180, 9000)]
    public void A_table_tells_the_same_shared_terms_and_grams_as_a_merge_of_lists(int a, int b, uint below)
    {
        var random = new Random(a);
        var probe = new SketchProbe();
        for (var round = 0; round < 20; round++)
        {
            var (first, second) = (Sketch(random, a, below), Sketch(random, b, below));
            probe.Set(first);

            var shared = probe.SharedTerms(second).ToArray();

            Assert.Equal(Merged(first.Terms, second.Terms), shared.Select(places => ((int)(places >> 16), (int)(places & 0xFFFF))));
            Assert.Equal(Merged(first.Grams, second.Grams).Count, probe.SharedGrams(second));
        }
    }

    [Fact]
    public void Hashes_that_all_want_one_place_are_found_too()
    {
        var crowded = Sketch([.. Enumerable.Range(0, 40).Select(i => (uint)i << 16)]);
        var probe = new SketchProbe();
        probe.Set(crowded);

        Assert.Equal(40, probe.SharedTerms(crowded).Length);
        Assert.Equal(40, probe.SharedGrams(crowded));
    }

    private static List<(int, int)> Merged(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        var merged = new List<(int, int)>();
        for (var common = new CommonTerms(a, b); common.Next();)
            merged.Add((common.A, common.B));
        return merged;
    }

    private static ArticleSketch Sketch(Random random, int count, uint below) =>
        Sketch([.. Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(below)).Distinct().Order()]);

    private static ArticleSketch Sketch(uint[] hashes)
    {
        var sketch = new ArticleSketch(hashes.Length, hashes, []) { Words = 0, TitleWords = 0, Hours = null, Language = 0, Outlet = 0, Months = default, IsRoundUp = false };
        hashes.CopyTo(sketch.Terms);
        return sketch;
    }
}
