using System.Globalization;
using System.Text.RegularExpressions;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Tests.Numbers;

public sealed partial class NumberFinderTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in Language.All)
        {
            foreach (var item in CaseFile.Read(language.Code, "numbers"))
                data.Add(language.Code, item.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_amounts_and_no_others(string language, string title)
    {
        var item = CaseFile.Read(language, "numbers").Single(item => item.Title == title);
        Assert.Equal(item.Expected, Find(item.Text, language, inTitle: title.Contains("Title", StringComparison.OrdinalIgnoreCase)).Select(number => Told(number, item.Text)));
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Mutated_texts_never_throw_and_give_spans_in_order_inside_the_text(string language)
    {
        var texts = CaseFile.Read(language, "numbers").Select(item => item.Text).ToList();
        foreach (var text in HostileTexts.Mutated(texts, 2000, seed: 11))
            CheckSpans(text, language);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void A_megabyte_of_one_thing_is_read_to_its_end(string language)
    {
        foreach (var text in HostileTexts.Long_ones())
            CheckSpans(text, language);
    }

    [Theory]
    [InlineData("fr", "quatre-vingt-dix-sept", 97)]
    [InlineData("fr", "septante-deux", 72)]
    [InlineData("fr", "cent un", 101)]
    [InlineData("fr", "trois cent mille", 300000)]
    [InlineData("fr", "mille milliards", 1e12)]
    [InlineData("en", "two hundred and five", 205)]
    [InlineData("en", "nineteen thousand", 19000)]
    [InlineData("en", "twenty-one trillion", 21e12)]
    public void Number_words_have_their_value(string language, string words, double value)
    {
        var text = AnalyzedText.Of(words, Language.Find(language));
        Assert.Equal(value, NumberWords.Of(text.Language!).Cardinal(words, text.Tokens, 0, out var count));
        Assert.Equal(text.Tokens.Length, count);
    }

    [Fact]
    public void What_lies_in_a_date_is_no_amount() =>
        Assert.Empty(NumberFinder.Find(AnalyzedText.Of("12 May 2019", Language.Find("en")), dates: [new TextSpan(0, 11)]));

    [Fact]
    public void A_text_of_unknown_language_has_no_amounts() => Assert.Empty(NumberFinder.Find(AnalyzedText.Of("12 homes", null)));

    private static IEnumerable<NumberMention> Find(string text, string language, bool inTitle = false)
    {
        var analyzed = AnalyzedText.Of(text, Language.Find(language));
        return NumberFinder.Find(analyzed, inTitle, [.. DateFinder.Find(analyzed, null).Select(date => date.Span)]);
    }

    private static string Told(NumberMention number, string text)
    {
        var bounds = number.Bounds == NumberBounds.Exact ? "" : " " + Capital().Replace(number.Bounds.ToString(), "-$0").TrimStart('-').ToLowerInvariant();
        var per = number.Per is null ? "" : " per " + number.Per;
        return $"{number.Span.Quote(text)} → {number.Value.ToString(CultureInfo.InvariantCulture)} {number.Unit}".TrimEnd() + per + bounds;
    }

    private static void CheckSpans(string text, string language)
    {
        var end = 0;
        foreach (var number in Find(text, language))
        {
            Assert.InRange(number.Span.Start, end, text.Length);
            Assert.InRange(number.Span.End, number.Span.Start + 1, text.Length);
            Assert.True(double.IsFinite(number.Value));
            end = number.Span.End;
        }
    }

    [GeneratedRegex("[A-Z]", RegexOptions.NonBacktracking)]
    private static partial Regex Capital();
}
