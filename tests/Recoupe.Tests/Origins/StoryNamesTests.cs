using Recoupe.Origins;

namespace Recoupe.Tests.Origins;

public class StoryNamesTests
{
    [Theory]
    [InlineData("Salen", true, "Victor Salen", true)]
    [InlineData("V. Salen", true, "Victor Salen", true)]
    [InlineData("Félipe Calda", true, "Felipe Calda", true)]
    [InlineData("Irena Dollan", true, "the mayor Irena Dollan", false)]
    [InlineData("Irena Dollan", true, "Vestmark Mayor Irena Dollan", false)]
    [InlineData("Timothy Barrow", true, "Tim Barrow", true)]
    [InlineData("William Barrow", true, "Bill Barrow", true)]
    [InlineData("Andrei Sokal", true, "Andrey Sokal", true)]
    [InlineData("Nicolas Faure", true, "Nico Faure", true)]
    [InlineData("Secretary of State Kim Welling", true, "Kim Welling", true)]
    [InlineData("Maria Zelnikova", true, "Maria Zelnikowa", true)]
    public void Two_forms_of_one_name_are_one(string a, bool aIsPerson, string b, bool bIsPerson)
    {
        var names = new StoryNames([(a, aIsPerson), (b, bIsPerson)]);
        Assert.Equal(names[a], names[b]);
    }

    [Theory]
    [InlineData("J. Salen", true, "Victor Salen", true)]
    [InlineData("Kiev", false, "ambassade de Norvège à Kiev", false)]
    [InlineData("Oskar Salen", true, "Victor Salen", true)]
    [InlineData("officials", false, "health officials", false)]
    [InlineData("Louis Faure", true, "Louise Faure", true)]
    [InlineData("Jean Faure", true, "Jeanne Faure", true)]
    [InlineData("Juan Manuel Orlo", true, "Manuel Orlo Vega", true)]
    public void Names_that_may_be_of_two_are_two(string a, bool aIsPerson, string b, bool bIsPerson)
    {
        var names = new StoryNames([(a, aIsPerson), (b, bIsPerson)]);
        Assert.NotEqual(names[a], names[b]);
    }

    [Fact]
    public void A_last_name_that_two_people_have_is_neither()
    {
        var names = new StoryNames([("Salen", true), ("Victor Salen", true), ("Oskar Salen", true)]);
        Assert.Equal("Salen", names["Salen"]);
    }

    [Fact]
    public void Two_spellings_that_one_article_gives_are_two_people()
    {
        var names = new StoryNames([("Maria Zelnikova", true), ("Maria Zelnikowa", true)], [["Maria Zelnikova", "Maria Zelnikowa"]]);
        Assert.NotEqual(names["Maria Zelnikova"], names["Maria Zelnikowa"]);
    }

    [Fact]
    public void Of_two_spellings_the_one_that_most_articles_write_stands_for_both()
    {
        var names = new StoryNames([("Marcello Zelnik", true), ("Marcelo Zelnik", true)], [["Marcelo Zelnik"], ["Marcello Zelnik"], ["Marcelo Zelnik"]]);
        Assert.Equal(("Marcelo Zelnik", "Marcelo Zelnik"), (names["Marcello Zelnik"], names["Marcelo Zelnik"]));
        names = new StoryNames([("Maria Zelnikova", true), ("Maria Zelnikowa", true)], [["Maria Zelnikowa"], ["Maria Zelnikova"], ["Maria Zelnikowa"]]);
        Assert.Equal(("Maria Zelnikowa", "Maria Zelnikowa"), (names["Maria Zelnikova"], names["Maria Zelnikowa"]));
    }

    [Theory]
    [InlineData("F.B.I.")]
    [InlineData("UNESCO")]
    public void Letters_alone_are_no_person(string name) => Assert.False(new StoryNames([(name, true)]).IsPerson(name));

    [Fact]
    public void An_office_before_the_shorter_name_stands_for_the_fuller_one()
    {
        var names = new StoryNames([("Kim R. Welling", true), ("Kim Welling", true), ("Secretary of State Kim Welling", true)]);
        Assert.Equal("Kim R. Welling", names["Secretary of State Kim Welling"]);
    }

    [Fact]
    public void A_person_name_stands_for_forms_with_a_role() =>
        Assert.Equal("Irena Dollan", new StoryNames([("the mayor Irena Dollan", false), ("Irena Dollan", true)])["the mayor Irena Dollan"]);
}
