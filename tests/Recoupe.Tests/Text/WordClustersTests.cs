using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Text;

public sealed class WordClustersTests
{
    private static readonly Language English = Language.Find("en")!;

    [Fact]
    public void Table_gives_back_what_was_written_and_nothing_for_other_words()
    {
        var given = Enumerable.Range(1, 500).Select(i => (TextHash.Of($"word{i}"), new WordCluster((byte)((i % 255) + 1), (byte)(i % 32), (byte)(i % 4)))).ToList();
        using var stream = new MemoryStream();
        WordClusters.Of(given).Write(stream);
        stream.Position = 0;
        var read = WordClusters.Read(stream);

        Assert.All(given, pair => Assert.Equal(pair.Item2, read.Of(pair.Item1)));
        Assert.Equal(default, read.Of(TextHash.Of("unheard")));
        Assert.Equal(default, WordClusters.None.Of(TextHash.Of("word1")));
    }

    [Fact]
    public void Damaged_tables_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => WordClusters.Read(new MemoryStream([9, 9, 9, 9, 16, 0, 0, 0])));
        using var stream = new MemoryStream();
        WordClusters.None.Write(stream);
        var bytes = stream.ToArray();
        bytes.AsSpan(8).Fill(255); // no slot is free: a search would not end
        Assert.Throws<InvalidDataException>(() => WordClusters.Read(new MemoryStream(bytes)));
    }

    [Fact]
    public void Words_of_one_surrounding_come_together_and_the_same_texts_give_the_same_file()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            string[] animals = ["otter", "heron", "badger"];
            string[] days = ["Monday", "Friday", "Sunday"];
            var path = Path.Combine(folder.FullName, "texts.conllu");
            File.WriteAllLines(path, Enumerable.Range(0, 60).Select(i => $"# text = The {animals[i % 3]} slept under the bridge until {days[i / 3 % 3]} because it rained."));

            Assert.Equal(0, WordTraining.Run(["en", folder.FullName, path], TextWriter.Null));
            var model = Path.Combine(folder.FullName, "words-en.model");
            var first = File.ReadAllBytes(model);
            using var stream = new MemoryStream(first);
            var clusters = WordClusters.Read(stream);
            byte CaseOf(string word) => clusters.Of(TextHash.Of(word)).Case;
            Assert.Equal(3, CaseOf("friday"));
            Assert.Equal(1, CaseOf("otter"));
            Assert.All(animals, animal => Assert.NotEqual(0, clusters.Of(TextHash.Of(animal)).Class));

            Assert.Equal(0, WordTraining.Run(["en", folder.FullName, path], TextWriter.Null));
            Assert.Equal(first, File.ReadAllBytes(model));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void English_carries_clusters_that_tell_how_words_are_written()
    {
        var clusters = WordClusters.For(English);

        Assert.Equal(3, clusters.Of(TextHash.Of("wednesday")).Case);
        Assert.Equal(1, clusters.Of(TextHash.Of("quickly")).Case);
        Assert.Equal(clusters.Of(TextHash.Of("tuesday")).Class, clusters.Of(TextHash.Of("wednesday")).Class);
    }
}
