using System.Text.Json;

using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Statements;

public class AttributionModelTests
{
    [Fact]
    public void A_written_model_is_read_back_to_the_same_scores()
    {
        var weights = new float[1 << AttributionModel.Bits];
        for (var i = 0; i < weights.Length; i += 977)
            weights[i] = (i % 7 - 3) / 4f;
        var model = AttributionModel.From(weights);
        using var stream = new MemoryStream();
        model.Write(stream);
        stream.Position = 0;
        var again = AttributionModel.Read(stream);
        uint[] features = [0, 977, 1954, 2931];
        Assert.Equal(model.Score(features), again.Score(features));
        Assert.NotEqual(0, again.Score(features));
    }

    [Fact]
    public void Other_bytes_are_refused() =>
        Assert.Throws<InvalidDataException>(() => AttributionModel.Read(new MemoryStream(new byte[64])));

    [Fact]
    public void Weights_of_another_number_are_refused() =>
        Assert.Throws<ArgumentException>(() => AttributionModel.From([1f, 2f]));

    [Fact]
    public void A_tiny_model_learns_who_said_what()
    {
        string[] names = ["Morel", "Sovel", "Esterney", "Voss", "Marsac", "Quill"];
        string[] claims = ["the bridge is open", "the lake is clean", "three boats sank", "nobody will pay", "the road holds", "the ferry leaves at nine"];
        var articles = new List<AttributionTraining.GoldArticle>();
        foreach (var name in names)
        {
            foreach (var claim in claims)
                articles.Add(AttributionTraining.GoldArticle.Read(Gold($"{name} said {claim}. It rained in the valley.", claim, "said", name)));
        }

        var model = AttributionTraining.Train(articles, rounds: 6);
        const string unseen = "Achebe said the mill is old. The wind turned.";
        var language = Language.Find("en")!;
        var text = new AttributedText(AnalyzedText.Of(unseen, language), language);
        var features = new AttributionFeatures(text);
        var best = new AttributionDecoder(text, features, model).Decode().MaxBy(draft => draft.Confidence)!;
        Assert.Equal("the mill is old", text.Span(best.Content[0].Start, best.Content[0].End).Quote(unseen));
        Assert.Equal("Achebe", text.Span(best.Source!.Value.Start, best.Source.Value.End).Quote(unseen));
    }

    private static string Gold(string text, string content, string cue, string source)
    {
        int[][] At(string words) => [[text.IndexOf(words, StringComparison.Ordinal), text.IndexOf(words, StringComparison.Ordinal) + words.Length]];
        return JsonSerializer.Serialize(new { language = "en", text, statements = new[] { new { content = At(content), cue = At(cue), source = At(source) } } });
    }
}
