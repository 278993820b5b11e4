using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Tests.Statements;

public class AttributionJudgeTests
{
    [Fact]
    public void Contents_are_alike_by_what_they_share_of_what_either_holds()
    {
        Assert.Equal(1f, AttributionJudge.Likeness([new(3, 9)], [new(3, 9)]));
        Assert.Equal(0.5f, AttributionJudge.Likeness([new(0, 4)], [new(0, 8)]));
        Assert.Equal(0.8f, AttributionJudge.Likeness([new(0, 2), new(6, 8)], [new(0, 2), new(6, 9)]), 0.001f);
        Assert.Equal(0f, AttributionJudge.Likeness([new(0, 4)], [new(4, 8)]));
    }

    [Theory]
    [InlineData("La régie annonce la fermeture du bac.", "annonce", "The board announced the closure of the ferry.", "announced")]
    [InlineData("Le maire dément toute vente.", "dément", "The mayor denied any sale.", "denied")]
    public void Verbs_of_one_meaning_are_one_concept_in_either_language(string french, string verb, string english, string same)
    {
        var (a, b) = (ConceptOf("fr", french, verb), ConceptOf("en", english, same));
        Assert.NotEqual(0u, a);
        Assert.Equal(a, b);
    }

    [Theory]
    [InlineData("en", "“The sluice is shut,” the miller said. The miller said the sluice would stay shut until May.")]
    [InlineData("fr", "« La vanne est fermée », a dit la meunière. Selon elle, la vanne restera fermée jusqu'en mai.")]
    public void Of_several_readings_of_a_cue_one_is_told(string code, string text)
    {
        var language = Language.Find(code)!;
        var analyzed = AnalyzedText.Of(text, language);
        var attributed = new AttributedText(analyzed, language);
        var features = new AttributionFeatures(attributed);
        var decoder = new AttributionDecoder(attributed, features, AttributionModel.Of(language)!);
        var proposals = AttributionFinder.Proposals(attributed, features, decoder);
        var told = AttributionFinder.Find(analyzed, []);
        Assert.True(proposals.Count >= told.Length);
        Assert.Equal(2, told.Length);
        Assert.Equal(told.Length, told.Select(attribution => attribution.Cue).Distinct().Count());
        Assert.Equal(proposals.Count * AttributionJudge.Width, new AttributionJudge(attributed, features).Rows(proposals).Length);
    }

    [Fact]
    public void Readings_are_proposed_from_the_likeliest_down()
    {
        var language = Language.Find("en")!;
        const string warning = "The engineer warned that the old weir, which nobody had checked, could give way.";
        var text = new AttributedText(AnalyzedText.Of(warning, language), language);
        var decoder = new AttributionDecoder(text, new AttributionFeatures(text), AttributionModel.Of(language)!);
        var readings = decoder.Decode().FindAll(draft => text.Word(draft.Head) is "warned");
        Assert.NotEmpty(readings);
        Assert.Equal(Enumerable.Range(0, readings.Count), readings.Select(reading => reading.Odds.Rank));
        var confidences = readings.ConvertAll(reading => reading.Confidence);
        Assert.Equal(confidences.OrderDescending(), confidences);
        Assert.Equal("the old weir, which nobody had checked, could give way", text.Span(readings[0].Content[0].Start, readings[0].Content[0].End).Quote(text.Text));
    }

    private static uint ConceptOf(string code, string text, string word)
    {
        var language = Language.Find(code)!;
        var attributed = new AttributedText(AnalyzedText.Of(text, language), language);
        return attributed.Concept(attributed.Source.TokenAt(text.IndexOf(word, StringComparison.Ordinal)));
    }
}
