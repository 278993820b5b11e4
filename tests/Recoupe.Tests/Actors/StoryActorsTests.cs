using System.Collections.Immutable;

using Recoupe.Actors;
using Recoupe.Statements;

namespace Recoupe.Tests.Actors;

public class StoryActorsTests
{
    [Fact]
    public void A_family_name_alone_is_the_person_whom_another_article_names_in_full() => CheckSpeakers(
        [("fr", "Le préfet Victor Morvan a parlé. « La digue tiendra », a déclaré Victor Morvan."), ("fr", "« Rien n'est perdu », a affirmé Morvan devant la presse.")],
        "Victor Morvan", "Victor Morvan");

    [Fact]
    public void Two_first_names_beside_one_family_name_are_two_people() => CheckApart(
        ("fr", "« La digue tiendra », a déclaré Luc Ferrand."), ("fr", "« La digue tiendra », a déclaré Lucie Ferrand."));

    [Fact]
    public void A_man_and_a_woman_of_one_role_are_two_people() => CheckApart(
        ("en", "The mayor, Tom Harrow, spoke. \"The dam will hold,\" Mr Harrow said."), ("en", "\"The dam will hold,\" Mrs Harrow said."));

    [Fact]
    public void A_body_is_no_person_of_its_name() => CheckApart(
        ("en", "\"We regret it,\" the Harrow company said. \"We regret it,\" said the company Harrow."), ("en", "\"I regret it,\" Tom Harrow said."));

    [Fact]
    public void Every_actor_of_every_article_has_one_place_in_the_story()
    {
        var articles = Annotate([("fr", "« La digue tiendra », a déclaré le maire, Paul Orvane. Il a remercié la préfecture."), ("fr", "« Rien à dire », a répondu Orvane. La préfecture n'a rien ajouté.")]);
        var story = StoryActors.Of(articles);
        var members = story.All.SelectMany(actor => actor.Members).ToList();
        Assert.Equal(members.Count, members.Distinct().Count());
        Assert.All(story.All, actor => Assert.Equal(actor.Members.Length, actor.Members.Select(member => member.Article).Distinct().Count()));
    }

    private static void CheckSpeakers((string Language, string Text)[] texts, params string[] names)
    {
        var articles = Annotate(texts);
        var story = StoryActors.Of(articles);
        var speakers = articles.Select(article => story.SpeakerOf(article, article.Statements[0])).ToList();
        Assert.Equal(names, speakers.Select(speaker => speaker?.Name));
        Assert.Single(speakers.Select(speaker => speaker?.Id).Distinct());
    }

    private static void CheckApart(params (string Language, string Text)[] texts)
    {
        var articles = Annotate(texts);
        var story = StoryActors.Of(articles);
        var speakers = articles.Select(article => story.SpeakerOf(article, article.Statements[^1])).ToList();
        Assert.All(speakers, Assert.NotNull);
        Assert.Equal(speakers.Count, speakers.Select(speaker => speaker!.Id).Distinct().Count());
    }

    private static ImmutableArray<AnnotatedArticle> Annotate((string Language, string Text)[] texts) =>
        [.. texts.Select((text, index) => Some.Annotated(text.Text, language: text.Language, id: $"a{index}"))];
}
