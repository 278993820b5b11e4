using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Text;

public sealed class KinTests
{
    [Theory]
    [InlineData("en", "explosion", "explode")]
    [InlineData("en", "resign", "resignation")]
    [InlineData("en", "evacuate", "flee")]
    [InlineData("fr", "explosion", "exploser")]
    [InlineData("fr", "démission", "quitter")]
    [InlineData("fr", "évacuer", "fuir")]
    public void Words_that_may_tell_one_fact_are_kin_or_one_meaning_both_ways(string code, string one, string other)
    {
        var (a, b) = (KeyOf(code, one), KeyOf(code, other));

        Assert.True(a == b || Kin.Default.Of(a).Any(kin => kin.Key == b), $"{one} and {other}");
        Assert.True(a == b || Kin.Default.Of(b).Any(kin => kin.Key == a), $"{other} and {one}");
    }

    [Theory]
    [InlineData("en", "judge", "lawyer")]
    [InlineData("en", "rise", "fall")]
    [InlineData("en", "bridge", "election")]
    [InlineData("fr", "juge", "avocat")]
    [InlineData("fr", "hausse", "baisse")]
    [InlineData("fr", "pont", "élection")]
    public void Words_of_one_field_and_opposites_tell_no_fact_by_themselves(string code, string one, string other) =>
        Assert.DoesNotContain(Kin.Default.Of(KeyOf(code, one)), kin => kin.Strong && kin.Key == KeyOf(code, other));

    [Fact]
    public void Kin_are_meanings_of_the_lexicon_and_so_have_words_in_each_language() =>
        Assert.All(Language.All, language => Assert.Equal([], Kin.Default.Keys.Where(key => !Lexicon.Of(language).Holds(key))));

    [Fact]
    public void What_is_written_is_read()
    {
        using var stream = new MemoryStream();
        Kin.Write(stream, new Dictionary<(ulong, ulong), bool> { [(3, 9)] = true, [(3, ulong.MaxValue)] = false, [(1, 3)] = false });
        stream.Position = 0;
        var kin = Kin.Read(stream);

        Assert.Equal([new KinTerm(1, false), new KinTerm(9, true), new KinTerm(ulong.MaxValue, false)], kin.Of(3).OrderBy(one => one.Key));
        Assert.Equal([new KinTerm(3, true)], kin.Of(9));
        Assert.Empty(kin.Of(4));
    }

    [Fact]
    public void Something_else_is_refused() => Assert.Throws<InvalidDataException>(() => Kin.Read(new MemoryStream(new byte[16])));

    [Fact]
    public void The_command_makes_the_model_of_a_list()
    {
        var folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            var list = Path.Combine(folder, "kin.tsv");
            File.WriteAllText(list, "# what it is\nfr\ten\tpart\tstrong:en\tweak:en\nexplosion\texplosion\tnoun\texplode:v\tsmoke:n|nowhere:n\n");

            Assert.Equal(0, KinTraining.Run(list, folder, TextWriter.Null));

            using var model = File.OpenRead(Path.Combine(folder, "kin.model"));
            var kin = Kin.Read(model);
            Assert.Equal([new KinTerm(KeyOf("fr", "explosion"), true)], kin.Of(KeyOf("fr", "exploser")));
            Assert.Equal([new KinTerm(KeyOf("en", "explosion"), false)], kin.Of(Lexicon.Of(Language.Find("en")!).Find("smoke", PartOfSpeech.Noun)));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_list_without_named_columns_is_refused_with_its_name()
    {
        var list = Path.GetTempFileName();
        try
        {
            File.WriteAllText(list, "explosion\texplosion\tnoun\n");
            using var log = new StringWriter();

            Assert.Equal(2, KinTraining.Run(list, Path.GetTempPath(), log));
            Assert.Contains(list, log.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(list);
        }
    }

    private static ulong KeyOf(string code, string word) => Lexicon.Of(Language.Find(code)!).Find(Folding.Fold(word));
}
