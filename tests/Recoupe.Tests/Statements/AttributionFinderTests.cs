using System.Text;

using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Tests.Statements;

public class AttributionFinderTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "fr", "en" })
        {
            foreach (var found in CaseFile.Read(language, "attributions"))
                data.Add(language, found.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Voiced_attributions_of_a_case_are_those_it_lists(string language, string title)
    {
        var found = CaseFile.Read(language, "attributions").Single(candidate => candidate.Title == title).OrSkip();
        Assert.Equal(found.Expected, Voiced(language, found.Text));
    }

    [Fact]
    public void A_thought_is_found_but_is_not_voiced()
    {
        var attribution = Assert.Single(Find("fr", "Le maire espère que le pont rouvrira lundi."));
        Assert.False(attribution.Voiced);
    }

    [Fact]
    public void A_text_without_a_known_language_has_no_attributions() =>
        Assert.Empty(AttributionFinder.Find(AnalyzedText.Of("„Die Brücke“, sagte der Bürgermeister.", null), []));

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Mutated_texts_never_throw_and_every_span_lies_inside(string language)
    {
        var seeds = CaseFile.Read(language, "attributions").Select(found => found.Text).ToList();
        var random = new Random(11);
        const string marks = "«»“”\"'’‘,:;.!?()[]—- \n";
        for (var round = 0; round < 300; round++)
        {
            var text = new StringBuilder(seeds[random.Next(seeds.Count)] + " " + seeds[random.Next(seeds.Count)]);
            for (var change = 0; change < 12; change++)
            {
                var at = random.Next(text.Length);
                if (random.Next(2) == 0)
                    text.Insert(at, marks[random.Next(marks.Length)]);
                else
                    text.Remove(at, Math.Min(random.Next(1, 9), text.Length - at));
                if (text.Length == 0)
                    text.Append('«');
            }

            foreach (var attribution in Find(language, text.ToString()))
            {
                Assert.All(attribution.Content, span => Assert.InRange(span.End, span.Start + 1, text.Length));
                Assert.InRange(attribution.Cue?.End ?? 1, 1, text.Length);
                Assert.InRange(attribution.Source?.End ?? 1, 1, text.Length);
            }
        }
    }

    [Theory]
    [InlineData("«", "fr")]
    [InlineData("\" ", "en")]
    [InlineData("said ", "en")]
    [InlineData("« dit ", "fr")]
    [InlineData("selon ", "fr")]
    [InlineData("A ", "en")]
    public void Hostile_repetition_is_read_to_its_end(string unit, string language)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 100_000 / unit.Length));
        Assert.All(Find(language, text), attribution => Assert.InRange(attribution.Content[^1].End, 1, text.Length));
    }

    [Fact]
    public void The_same_text_gives_the_same_attributions()
    {
        var text = string.Join("\n\n", CaseFile.Read("en", "attributions").Select(found => found.Text));
        Assert.Equal(Find("en", text).Select(Show), Find("en", text).Select(Show));

        string Show(Attribution attribution) => $"{string.Join("+", attribution.Content)} {attribution.Cue} {attribution.Source} {attribution.Kind}";
    }

    private static List<Attribution> Find(string language, string text) =>
        [.. AttributionFinder.Find(AnalyzedText.Of(text, Language.Find(language)), [])];

    private static List<string> Voiced(string language, string text) =>
        [.. Find(language, text).Where(attribution => attribution.Voiced).Select(attribution =>
            $"{string.Join(" // ", attribution.Content.Select(span => span.Quote(text)))} | {attribution.Cue?.Quote(text) ?? "-"} | {attribution.Source?.Quote(text) ?? "-"} | {attribution.Kind.ToString().ToLowerInvariant()}")];
}
