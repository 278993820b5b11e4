using Recoupe.Endpoints;

namespace Recoupe.Tests.Endpoints;

public sealed class EmbeddingCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-cache-").FullName;

    private string File => Path.Combine(_folder, "some", "cache");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_vector_comes_back_bit_for_bit_for_its_model_and_text_alone()
    {
        float[] vector = [1.5f, -0f, float.Epsilon, 3.4e38f];
        using (var cache = EmbeddingCache.Open(File))
            cache.Add("m", [("text", vector)]);

        using var again = EmbeddingCache.Open(File);

        Assert.Equal(vector.Select(BitConverter.SingleToInt32Bits), again.Find("m", "text")!.Select(BitConverter.SingleToInt32Bits));
        Assert.Null(again.Find("m", "text "));
        Assert.Null(again.Find("n", "text"));
        Assert.Null(again.Find("m:t", "ext"));
    }

    [Fact]
    public void Wherever_a_killed_run_stopped_writing_what_stands_before_is_kept_and_what_follows_is_found()
    {
        using (var cache = EmbeddingCache.Open(File))
            cache.Add("m", [("one", [1, 2]), ("two", [3, 4])]);
        var whole = System.IO.File.ReadAllBytes(File);
        for (var length = 0; length < whole.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, whole[..length]);
            using (var cache = EmbeddingCache.Open(File))
                cache.Add("m", [("three", [5, 6])]);

            using var again = EmbeddingCache.Open(File);
            Assert.Equal(length >= 16 + 56 ? [1, 2] : null, again.Find("m", "one"));
            Assert.Null(again.Find("m", "two"));
            Assert.Equal([5, 6], again.Find("m", "three")!);
        }
    }

    [Fact]
    public void A_damaged_byte_costs_one_vector_at_most_and_never_gives_a_wrong_one()
    {
        using (var cache = EmbeddingCache.Open(File))
            cache.Add("m", [("one", [1, 2]), ("two", [3, 4]), ("three", [5, 6])]);
        var whole = System.IO.File.ReadAllBytes(File);
        for (var at = 16; at < whole.Length; at++)
        {
            var damaged = whole.ToArray();
            damaged[at] ^= 0x41;
            System.IO.File.WriteAllBytes(File, damaged);
            using var cache = EmbeddingCache.Open(File);
            float[]?[] found = [cache.Find("m", "one"), cache.Find("m", "two"), cache.Find("m", "three")];
            Assert.Equal(2, found.Count(vector => vector is not null));
            Assert.All(found, (vector, i) => Assert.True(vector is null || vector.SequenceEqual([(2 * i) + 1, (2 * i) + 2])));
        }
    }

    [Fact]
    public void A_second_run_reads_while_the_first_one_writes()
    {
        using var first = EmbeddingCache.Open(File);
        first.Add("m", [("one", [1, 2])]);

        using var second = EmbeddingCache.Open(File);
        second.Add("m", [("two", [3, 4])]);

        Assert.False(second.Writes);
        Assert.Equal([1, 2], second.Find("m", "one")!);
        Assert.Null(second.Find("m", "two"));
    }

    [Fact]
    public void Another_file_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(File)!);
        foreach (var content in new[] { "x", "RECOUPE-EMBED-2\nand more", "a longer text than any title is" })
        {
            System.IO.File.WriteAllText(File, content);
            Assert.Throws<InvalidDataException>(() => EmbeddingCache.Open(File));
            Assert.Equal(content, System.IO.File.ReadAllText(File));
        }
    }
}
