using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Entities;

public sealed class EntityFinderTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Cases =>
        from language in new[] { "fr", "en" } from each in CaseFile.Read(language, "entities") select new TheoryDataRow<string, string>(language, each.Title);

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_text_holds_these_names_and_no_others(string language, string title)
    {
        var found = CaseFile.Read(language, "entities").Single(each => each.Title == title).OrSkip();
        var text = AnalyzedText.Of(found.Text, Language.Find(language));
        Assert.Equal(found.Expected, EntityFinder.Find(text, null).Select(entity => $"{entity.Span.Quote(text.Text)} | {entity.Type} | {entity.Name}"));
    }

    [Fact]
    public void A_surname_in_the_title_takes_the_full_name_of_the_text()
    {
        var english = Language.Find("en");
        var body = AnalyzedText.Of("The mayor, Alice Ostrow, closed the port of Southampton on Monday. Ostrow gave no reason.", english);
        var headline = AnalyzedText.Of("Ostrow closes port", english);
        var inTitle = Assert.Single(EntityFinder.Find(body, headline), entity => entity.InTitle);
        Assert.Equal("Alice Ostrow", inTitle.Name);
        Assert.Equal("Ostrow", inTitle.Span.Quote(headline.Text));
    }

    [Fact]
    public void A_tiny_set_is_learnt_by_heart()
    {
        var english = Language.Find("en")!;
        const string Text = "Then Zorblax went to Quuxville with Zorblax.";
        var example = new EntityText(Text, [(TextSpan.Of(5, 7), EntityType.Person), (TextSpan.Of(21, 9), EntityType.Place), (TextSpan.Of(36, 7), EntityType.Person)]);
        var model = EntityTraining.Train([.. Enumerable.Repeat((example, english), 6)], TextWriter.Null);
        var found = EntityFinder.Find(AnalyzedText.Of(Text, english), null, new EntityTagger(model));
        Assert.Equal(example.Names, found.Select(entity => (entity.Span, entity.Type)));
    }

    [Fact]
    public void Names_marked_by_readers_are_read_by_their_code_points()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "marked_fr.jsonl");
        File.WriteAllText(path, """{"id": "1", "text": "𝄞 Orlane Viette quitte Le Brassin.", "names": [[2, 15, "PER"], [23, 33, "LOC"]]}""" + "\n");
        var text = Assert.Single(EntitySet.Read(path));
        Assert.Equal(
            [("Orlane Viette", EntityType.Person), ("Le Brassin", EntityType.Place)],
            text.Names.Select(name => (name.Span.Quote(text.Text), name.Type)));
        Assert.Equal("fr", EntitySet.LanguageOf(path).Code);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Sentences_that_hold_their_marks_are_read_without_them()
    {
        var folder = Directory.CreateTempSubdirectory();
        var path = Path.Combine(folder.FullName, "written_fr.txt");
        File.WriteAllText(path, "[PER Orlane Viette] quitte l'[ORG Institut Sarn] ([MISC Quai 2]).\n\nLe quorum est atteint.\n");
        var texts = EntitySet.Read(path);
        Assert.Equal(["Orlane Viette quitte l'Institut Sarn (Quai 2).", "Le quorum est atteint."], texts.Select(text => text.Text));
        Assert.Equal([("Orlane Viette", EntityType.Person), ("Institut Sarn", EntityType.Organisation), ("Quai 2", EntityType.Other)], texts[0].Names.Select(name => (name.Span.Quote(texts[0].Text), name.Type)));
        File.WriteAllText(path, "[PERSON Orlane] quitte Sarn.\n");
        Assert.Throws<InvalidDataException>(() => EntitySet.Read(path));
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("wikineural_fr-val.conllu", false)]
    [InlineData("wikigold_en.conll", true)]
    public void A_set_for_measuring_only_is_not_trained_on(string set, bool may) => Assert.Equal(may, EntityTraining.MayTrain(set));
}
