using Recoupe.Statements;

namespace Recoupe.Tests.Actors;

/// <summary>Who speaks, by descriptions, pronouns and letters, inside one article.</summary>
public class ActorLinkTests
{
    [Theory]
    [InlineData("fr", "Le maire d'Orvane, Paul Ferrand, a réuni les habitants. « La digue tiendra », a déclaré le maire.", "Paul Ferrand")]
    [InlineData("en", "The mayor of Orvane, Paul Ferrand, met residents. \"The dam will hold,\" the mayor said.", "Paul Ferrand")]
    [InlineData("fr", "La préfète élue Anne Morvan a pris ses fonctions. « La digue tiendra », a déclaré Anne Morvan.", "Anne Morvan")]
    [InlineData("fr", "Un haut responsable a parlé mardi. « La digue tiendra », a ajouté cette source.", "haut responsable")]
    [InlineData("en", "A senior official spoke on Tuesday. \"The dam will hold,\" the same source said.", "senior official")]
    public void The_speaker_goes_by_the_fullest_name(string language, string text, string name) =>
        Assert.Equal(name, Some.Annotated(text, language: language).Statements[^1].Speaker?.Name);

    [Theory]
    [InlineData("fr", "Le maire, Paul Ferrand, a tranché. « La digue tiendra », a déclaré l'avocat du maire.", "Paul Ferrand")]
    [InlineData("en", "The mayor, Paul Ferrand, decided. \"The dam will hold,\" said the mayor's lawyer.", "Paul Ferrand")]
    [InlineData("fr", "La maire, Jeanne Orval, a tranché. « La digue tiendra », a déclaré le ministre.", "Jeanne Orval")]
    [InlineData("fr", "Un salarié a crié. « La digue tiendra », a déclaré un habitant. Paul Ferrand est venu ensuite.", "Paul Ferrand")]
    public void Somebody_else_stays_somebody_else(string language, string text, string name) =>
        Assert.DoesNotContain(Some.Annotated(text, language: language).Statements, statement => statement.Speaker?.Name == name);

    [Theory]
    [InlineData("fr", "« La digue tiendra », explique-t-on à la préfecture.", "préfecture", SpeakerType.Organisation)]
    [InlineData("fr", "« La digue tiendra », ont dit les sénateurs UDR.", "sénateurs UDR", SpeakerType.Unnamed)]
    [InlineData("fr", "« La digue tiendra », a dit le CMR.", "CMR", SpeakerType.Organisation)]
    public void Letters_and_places_are_no_people(string language, string text, string name, SpeakerType type)
    {
        var speaker = Some.Annotated(text, language: language).Statements[^1].Speaker;
        Assert.Equal((name, type), (speaker?.Name, speaker?.Type));
    }
}
