using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Tests.Text;

public sealed class TextCasesTests
{
    public static IEnumerable<TheoryDataRow<string, string>> Sentences => Cases("text-sentences");

    public static IEnumerable<TheoryDataRow<string, string>> Tokens => Cases("text-tokens");

    public static IEnumerable<TheoryDataRow<string, string>> Tags => Cases("text-tags");

    [Theory]
    [MemberData(nameof(Sentences))]
    public void The_text_is_cut_into_these_sentences(string language, string title)
    {
        var (text, expected) = Find(language, "text-sentences", title);
        Assert.Equal(expected, text.Sentences.Select(span => span.Quote(text.Text)));
    }

    [Theory]
    [MemberData(nameof(Tokens))]
    public void The_text_is_cut_into_these_tokens(string language, string title)
    {
        var (text, expected) = Find(language, "text-tokens", title);
        Assert.Equal(Assert.Single(expected), string.Join('|', text.Tokens.Select(token => token.Span.Quote(text.Text))));
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void The_words_have_these_tags_forms_and_lemmas(string language, string title)
    {
        var (text, expected) = Find(language, "text-tags", title);
        foreach (var line in expected)
        {
            var (word, wanted) = (line.Split(": ")[0], line.Split(": ")[1].Split(' '));
            var token = Assert.Single(text.Tokens, token => text[token].SequenceEqual(word));
            var given = $"{token.Tag} {token.Form.Form} {token.Form.Mood} {token.Form.Tense} {token.Form.Number} {text.LemmaOf(token)}".Split(' ');
            Assert.True(wanted.All(given.Contains), $"{word}: wanted {string.Join(' ', wanted)}, is {string.Join(' ', given)}");
            Assert.Equal(TextHash.Of(text.LemmaOf(token)), text.LemmaKeyOf(token));
        }
    }

    private static IEnumerable<TheoryDataRow<string, string>> Cases(string name) =>
        from language in new[] { "fr", "en" } from each in CaseFile.Read(language, name) select new TheoryDataRow<string, string>(language, each.Title);

    private static (AnalyzedText Text, IReadOnlyList<string> Expected) Find(string language, string name, string title)
    {
        var found = CaseFile.Read(language, name).Single(each => each.Title == title);
        return (AnalyzedText.Of(found.Text, Language.Find(language)), found.Expected);
    }
}
