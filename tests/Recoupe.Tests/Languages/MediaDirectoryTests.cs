using Recoupe.Languages;

namespace Recoupe.Tests.Languages;

public static class MediaDirectoryTests
{
    [Theory]
    [InlineData("AFP", "AFP")]
    [InlineData("Agence France-Presse", "AFP")]
    [InlineData("l'AFP", "AFP")]
    [InlineData("l’AFP", "AFP")]
    [InlineData("The Associated Press", "Associated Press")]
    [InlineData("le Washington Post", "Washington Post")]
    [InlineData("WASHINGTON POST", "Washington Post")]
    [InlineData("Le Monde", "Le Monde")]
    [InlineData("Monde", "Le Monde")]
    [InlineData("The Guardian", "The Guardian")]
    public static void Find_knows_a_medium_by_name_alias_and_article(string asked, string expected) =>
        Assert.Equal(expected, MediaDirectory.Find(asked)?.Name);

    [Theory]
    [InlineData("Jane Doe")]
    [InlineData("")]
    [InlineData("le")]
    public static void Find_knows_nothing_else(string asked) => Assert.Null(MediaDirectory.Find(asked));

    [Theory]
    [InlineData("https://www.bbc.co.uk/news/1", "BBC")]
    [InlineData("https://edition.cnn.com/x", "CNN")]
    [InlineData("https://notbbc.co.uk/news", null)]
    [InlineData("/relative/path", null)]
    [InlineData(null, null)]
    public static void FindByUrl_goes_by_whole_labels_of_the_host(string? url, string? expected) =>
        Assert.Equal(expected, MediaDirectory.FindByUrl(url)?.Name);

    [Fact]
    public static void No_name_or_alias_stands_for_two_media()
    {
        var owners = MediaDirectory.All.SelectMany(medium => medium.Aliases.Append(medium.Name).Distinct().Select(name => (name, medium.Name)));
        Assert.Empty(owners.GroupBy(pair => pair.name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
    }

    [Fact]
    public static void Agencies_are_told_from_outlets()
    {
        Assert.Equal(MediumKind.Agency, MediaDirectory.Find("Reuters")!.Kind);
        Assert.Equal(MediumKind.Outlet, MediaDirectory.Find("Ouest-France")!.Kind);
        Assert.True(MediaDirectory.Find("Le Point")!.IsCommonWord);
    }
}
