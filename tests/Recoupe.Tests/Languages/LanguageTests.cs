using Recoupe.Languages;

namespace Recoupe.Tests.Languages;

public class LanguageTests
{
    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void A_language_without_a_list_lacks_that_list_alone(string code)
    {
        var language = Language.Find(code)!;
        var without = language.Without("months");

        Assert.True(language.Has("months"));
        Assert.False(without.Has("months"));
        Assert.False(without.Words("months").Contains(language.Lines("months")[0].Split('\t')[0]));
        Assert.Equal(language.Lines("weekdays"), without.Lines("weekdays"));
        Assert.Equal(code, without.Code);
        Assert.Same(language.Model("a test's own", static known => known.Code + "!"), without.Model("a test's own", static known => known.Code + "?"));
    }
}
