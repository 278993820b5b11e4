using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Entities;

public sealed class NameKnowledgeTests
{
    private static readonly ulong English = NameKnowledge.KeyOf(Language.Find("en")!);
    private static readonly ulong French = NameKnowledge.KeyOf(Language.Find("fr")!);

    [Fact]
    public void What_is_written_is_read_back()
    {
        var names = Enumerable.Range(0, 5000).ToDictionary(i => TextHash.OfFolded($"name{i}"), i => i % 2 == 0 ? KnownName.City : KnownName.FirstName);
        var cases = Enumerable.Range(0, 5000).ToDictionary(i => (English, TextHash.OfFolded($"word{i}")), _ => KnownCase.Mixed);
        using var file = new MemoryStream();
        NameKnowledge.Write(file, names, cases);
        file.Position = 0;
        var read = NameKnowledge.Read(file);
        Assert.All(names, pair => Assert.Equal(pair.Value, read.Of(pair.Key)));
        Assert.All(cases.Keys, key => Assert.Equal(KnownCase.Mixed, read.CaseOf(key.Item2, English)));
        Assert.Equal(KnownName.None, read.Of(TextHash.OfFolded("other")));
        Assert.Equal(KnownCase.Unknown, read.CaseOf(TextHash.OfFolded("word1"), French));
    }

    [Fact]
    public void Something_else_is_refused() => Assert.Throws<InvalidDataException>(() => NameKnowledge.Read(new MemoryStream(new byte[64])));

    [Theory]
    [InlineData("Lyon", 3)]
    [InlineData("ÉLISE", 4)]
    [InlineData("Qwrtz", 0)]
    public void The_built_in_lists_know_names_in_any_case(string name, int bits) =>
        Assert.Equal((KnownName)bits, NameKnowledge.Embedded.Of(TextHash.OfFolded(name)) & (KnownName.City | KnownName.FirstName));

    [Fact]
    public void A_common_word_is_common_in_its_own_language_only()
    {
        var word = TextHash.OfFolded("Maison");
        Assert.True(NameKnowledge.Embedded.CaseOf(word, French) is KnownCase.Small or KnownCase.MostlySmall);
        Assert.Equal(KnownCase.Unknown, NameKnowledge.Embedded.CaseOf(word, English));
    }

    [Fact]
    public void Lists_and_texts_of_a_folder_become_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("names");
        try
        {
            var lists = folder.CreateSubdirectory("lists").FullName;
            File.WriteAllLines(Path.Combine(lists, "cities.tsv"), ["Port Elda\t200000", "Brennes\t5000"]);
            File.WriteAllLines(Path.Combine(lists, "first-names.txt"), ["Oskar"]);
            File.WriteAllLines(Path.Combine(lists, "surnames.txt"), ["Welling"]);
            File.WriteAllLines(Path.Combine(lists, "small-fr.txt"), ["quai"]);
            var data = folder.CreateSubdirectory("data");
            data.CreateSubdirectory("unlabelled");
            data.CreateSubdirectory("pos");
            Assert.Equal(0, NameTraining.Run(lists, data.FullName, folder.FullName, TextWriter.Null));
            using var file = File.OpenRead(Path.Combine(folder.FullName, "names.model"));
            var read = NameKnowledge.Read(file);
            Assert.Equal(KnownName.GoesOn, read.Of(TextHash.OfFolded("Port")));
            Assert.Equal(KnownName.City, read.Of(TextHash.Combine(TextHash.OfFolded("Port"), TextHash.OfFolded("Elda"))));
            Assert.Equal(KnownName.Village, read.Of(TextHash.OfFolded("Brennes")));
            Assert.Equal(KnownName.FirstName, read.Of(TextHash.OfFolded("Oskar")));
            Assert.Equal(KnownName.CommonSurname, read.Of(TextHash.OfFolded("Welling")));
            Assert.Equal(KnownCase.Small, read.CaseOf(TextHash.OfFolded("Quai"), French));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
