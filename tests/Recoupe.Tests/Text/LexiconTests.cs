using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Tests.Text;

public sealed class LexiconTests
{
    private static readonly Language French = Language.Find("fr")!;
    private static readonly Language English = Language.Find("en")!;
    private static readonly string[] Parts = ["noun", "verb", "adjective", "adverb", "name"];

    private static List<string[]> Lines => [.. Language.SharedLines("lexicon.tsv").Skip(1).Select(line => line.Split('\t'))];

    [Fact]
    public void Each_line_has_words_of_both_languages_and_a_part_of_speech() => Assert.All(Lines, columns =>
    {
        Assert.Equal(3, columns.Length);
        Assert.All(columns[..2].SelectMany(column => column.Split('|')), word => Assert.True(word.Length > 0 && word == word.Trim()));
        Assert.Contains(columns[2], Parts);
    });

    [Fact]
    public void No_pair_of_words_stands_twice_in_one_part_of_speech()
    {
        var pairs = Lines.SelectMany(columns => columns[0].Split('|').SelectMany(first => columns[1].Split('|').Select(second => $"{first} {second} {columns[2]}"))).ToList();

        Assert.Equal([], pairs.GroupBy(pair => pair).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public void The_published_kin_are_meanings_and_words_of_the_lexicon()
    {
        var meanings = Lines.Select(columns => (columns[0].Split('|')[0], columns[1].Split('|')[0], columns[2])).ToHashSet();
        var words = Lines.Where(columns => columns[2] != "name").SelectMany(columns => columns[1].Split('|').Select(word => $"{word}:{(columns[2] == "adverb" ? 'r' : columns[2][0])}")).ToHashSet();
        var kin = File.ReadLines(Path.Combine(Repository.Root, "eval", "gold", "kin", "kin.tsv")).Where(line => line[0] != '#').Skip(1).Select(line => line.Split('\t')).ToList();

        Assert.Equal(8820, kin.Count);
        Assert.Equal([], kin.Select(columns => (columns[0], columns[1], columns[2])).Where(meaning => !meanings.Contains(meaning)));
        Assert.Equal([], kin.SelectMany(columns => columns[3..]).SelectMany(column => column.Split('|', StringSplitOptions.RemoveEmptyEntries)).Where(word => !words.Contains(word)));
    }

    [Fact]
    public void French_verbs_stand_in_the_infinitive() => Assert.Equal(
        [],
        Lines.Where(columns => columns[2] == "verb").SelectMany(columns => columns[0].Split('|')).Select(verb => verb.Split(' ').First(word => word is not "se"))
            .Where(verb => !verb.EndsWith("er", StringComparison.Ordinal) && !verb.EndsWith("ir", StringComparison.Ordinal)
                && !verb.EndsWith("ïr", StringComparison.Ordinal) && !verb.EndsWith("re", StringComparison.Ordinal)));

    [Theory]
    [InlineData("inondations", "floods")]
    [InlineData("députées", "lawmakers")]
    [InlineData("chevaux", "horses")]
    [InlineData("interrompu", "interrupted")]
    [InlineData("naufragées", "castaway")]
    [InlineData("vécu", "lived")]
    [InlineData("finlandaises", "finnish")]
    [InlineData("londres", "london")]
    [InlineData("otan", "nato")]
    [InlineData("coups-d'-etat", "coup")]
    [InlineData("salaire-minimum", "minimum-wage")]
    public void Forms_of_words_that_mean_the_same_meet(string french, string english) => Assert.True(Meet(french, english));

    [Theory]
    [InlineData("merci", "sea")]
    [InlineData("hausse", "fall")]
    [InlineData("vainqueur", "loser")]
    [InlineData("ministre", "mayor")]
    public void Words_that_mean_something_else_do_not_meet(string french, string english) => Assert.False(Meet(french, english));

    [Fact]
    public void A_word_of_two_meanings_meets_the_words_of_both()
    {
        Assert.True(Meet("vols", "flights", PartOfSpeech.Noun));
        Assert.True(Meet("vols", "thefts", PartOfSpeech.Noun));
        Assert.False(Meet2("flights", "thefts"));
    }

    [Fact]
    public void The_part_of_speech_tells_meanings_apart()
    {
        Assert.True(Meet("ferme", "farm", PartOfSpeech.Noun));
        Assert.False(Meet("ferme", "close", PartOfSpeech.Noun));
        Assert.True(Meet("ferme", "close", PartOfSpeech.Verb));
    }

    [Fact]
    public void A_word_that_is_not_listed_has_no_meaning()
    {
        Span<ulong> keys = stackalloc ulong[Lexicon.Most];

        Assert.Equal(0UL, Lexicon.Of(French).Find("zglorf"));
        Assert.Equal(0, Lexicon.Of(French).FindAll("zglorf", PartOfSpeech.Noun, keys));
    }

    private static bool Meet(string french, string english, PartOfSpeech tag = PartOfSpeech.Unknown) =>
        Meanings(French, french, tag).Intersect(Meanings(English, english, tag)).Any();

    private static bool Meet2(string first, string second) =>
        Meanings(English, first, PartOfSpeech.Noun).Intersect(Meanings(English, second, PartOfSpeech.Noun)).Any();

    private static ulong[] Meanings(Language language, string word, PartOfSpeech tag)
    {
        Span<ulong> keys = stackalloc ulong[Lexicon.Most];
        return keys[..Lexicon.Of(language).FindAll(Folding.Fold(word), tag, keys)].ToArray();
    }
}
