using System.Globalization;

using Recoupe.Statements;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Statements;

/// <summary>Who is a speaker at all: what the built-in model refuses and leaves, the command that trains it, and the published lists that it learns from.</summary>
public class SpeakerJudgeTests
{
    private static readonly string Gold = Path.Combine(Repository.Root, "eval", "gold");

    [Theory]
    [InlineData("en", "The mayor of Marl, Ada Finch, said on Monday that the quay will stay closed.", "Ada Finch")]
    [InlineData("en", "A harbour official said on Monday that the quay will stay closed.", "harbour official")]
    [InlineData("fr", "La maire de Marle, Ada Vidal, a déclaré lundi que le quai restera fermé.", "Ada Vidal")]
    [InlineData("fr", "La capitainerie a indiqué lundi que le quai restera fermé.", "capitainerie")]
    public void Who_plainly_tells_something_is_left(string language, string text, string speaker) =>
        Assert.Equal([speaker], SpeakerJudge.Judge(Some.Annotated(text, "a", language)).Select(statement => statement.Speaker?.Name));

    [Fact]
    public void What_a_person_corrected_is_never_refused()
    {
        var article = Some.Annotated("The mayor of Marl, Ada Finch, said on Monday that the quay will stay closed.", "a", "en");
        var speaker = new Speaker(null, "deadly attack", SpeakerType.Document);
        Statement As(bool corrected) => article.Statements[0] with { Speaker = speaker, Kind = StatementKind.Indirect, Corrected = corrected };

        Assert.Empty(SpeakerJudge.Judge(article with { Statements = [As(corrected: false)] }));
        Assert.Equal([As(corrected: true)], SpeakerJudge.Judge(article with { Statements = [As(corrected: true)] }));
    }

    [Fact]
    public void Quoted_words_stay_where_their_speaker_is_refused()
    {
        var article = Some.Annotated("“The quay stays closed for good,” Ada Finch said.", "a", "en");
        var told = article.Statements[0] with { Speaker = new Speaker(null, "deadly attack", SpeakerType.Document) };

        var left = Assert.Single(SpeakerJudge.Judge(article with { Statements = [told] }));

        Assert.Equal(told.Content, left.Content);
        Assert.Null(left.Speaker);
    }

    [Fact]
    public void Model_trained_on_the_listed_sources_refuses_more_that_are_none_than_that_are()
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-speakers-").FullName;
        try
        {
            var (log, check) = (new StringWriter(), new StringWriter());
            string[] data = [folder, Path.Combine(Gold, "sources", "sources.tsv"), Path.Combine(Gold, "invented")];
            Assert.Equal(0, SpeakerTraining.Run(data, log));
            Assert.Equal(0, SpeakerTraining.Run([.. data, "--check"], check));

            using var file = File.OpenRead(Path.Combine(folder, "speakers.model"));
            Assert.InRange(TreeModel.Read(file).Trees, 1, 1000);
            var words = check.ToString().Split('\n').Single(line => line.StartsWith("   0:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var refused = int.Parse(words[7], CultureInfo.InvariantCulture);
            var rightly = int.Parse(words[9], CultureInfo.InvariantCulture);
            Assert.InRange(refused, 1, 200);
            Assert.True(rightly * 2 > refused, check.ToString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Listed_sources_stand_where_the_table_says_and_speak_for_listed_ones()
    {
        var rows = File.ReadLines(Path.Combine(Gold, "sources", "sources.tsv")).Select(line => line.Split('\t')).ToList();
        Assert.InRange(rows.Count, 9000, 12000);
        var texts = Directory.EnumerateFiles(Path.Combine(Gold, "invented"), "articles.jsonl", SearchOption.AllDirectories).SelectMany(File.ReadLines).Where(line => line.Length > 0)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement)
            .ToDictionary(article => article.GetProperty("id").GetString()!, article => (Text: article.GetProperty("text").GetString()!, Title: article.TryGetProperty("title", out var title) ? title.GetString() ?? "" : ""));
        var ours = rows.Where(row => texts.ContainsKey(row[1])).ToList();
        Assert.InRange(ours.Count, 1000, 3000);
        Assert.All(ours, row =>
        {
            var text = row[2] == "title" ? texts[row[1]].Title : texts[row[1]].Text;
            var span = new CodePointOffsets(text).ToUtf16(int.Parse(row[3], CultureInfo.InvariantCulture), int.Parse(row[4], CultureInfo.InvariantCulture));
            Assert.Equal(span.Quote(text).Trim(), span.Quote(text));
            Assert.False(span.End < text.Length && char.IsLetter(text[span.End]) && char.IsLetter(text[span.End - 1]) && char.IsLower(text[span.End]) && span.Length < 3, string.Join(' ', row));
        });
        foreach (var story in rows.GroupBy(row => row[0], StringComparer.Ordinal))
            Assert.Subset(story.Select(row => row[5]).ToHashSet(StringComparer.Ordinal), story.Select(row => row[6]).Where(body => body != "-").ToHashSet(StringComparer.Ordinal));
    }
}
