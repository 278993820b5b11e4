using System.Collections.Immutable;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Tests.Dates;

public sealed class DateFinderTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in Language.All)
        {
            foreach (var item in CaseFile.Read(language.Code, "dates"))
                data.Add(language.Code, item.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_case_gives_its_dates_and_no_others(string language, string title)
    {
        var item = CaseFile.Read(language, "dates").Single(item => item.Title == title);
        var published = item.Expected.SingleOrDefault(line => line.StartsWith("published ", StringComparison.Ordinal));
        var text = Analyzed(item.Text, language);
        var found = DateFinder.Find(text, Moment.Parse(published?["published ".Length..]))
            .Select(date => $"{date.Span.Quote(item.Text)} → {date.Value ?? "null"}");
        Assert.Equal(item.Expected.Where(line => line != published), found);
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Spans_do_not_depend_on_the_date_of_publication(string language)
    {
        foreach (var item in CaseFile.Read(language, "dates"))
        {
            var text = Analyzed(item.Text, language);
            Assert.Equal(
                DateFinder.Find(text, null).Select(date => date.Span),
                DateFinder.Find(text, new Moment(new DateOnly(2024, 11, 20))).Select(date => date.Span));
        }
    }

    [Theory]
    [InlineData("fr")]
    [InlineData("en")]
    public void Mutated_texts_never_throw_and_give_spans_in_order_inside_the_text(string language)
    {
        var texts = CaseFile.Read(language, "dates").Select(item => item.Text).ToList();
        foreach (var text in HostileTexts.Mutated(texts, 2000, seed: 7))
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
    [InlineData("0001-01-01")]
    [InlineData("9999-12-31")]
    public void The_ends_of_the_calendar_give_null_and_no_error(string published)
    {
        foreach (var language in Language.All)
        {
            foreach (var item in CaseFile.Read(language.Code, "dates"))
                Assert.All(DateFinder.Find(Analyzed(item.Text, language.Code), Moment.Parse(published)), date => Assert.NotEqual("", date.Value));
        }
    }

    [Fact]
    public void A_text_of_unknown_language_has_no_dates() =>
        Assert.Empty(DateFinder.Find(AnalyzedText.Of("Tuesday 3 mai 2019", null), null));

    [Fact]
    public void A_title_marks_its_dates() =>
        Assert.True(Assert.Single(DateFinder.Find(Analyzed("Floods of 2019", "en"), null, inTitle: true)).InTitle);

    private static AnalyzedText Analyzed(string text, string language) => AnalyzedText.Of(text, Language.Find(language));

    private static void CheckSpans(string text, string language)
    {
        var end = 0;
        foreach (var date in DateFinder.Find(Analyzed(text, language), new Moment(new DateOnly(2024, 11, 20))))
        {
            Assert.InRange(date.Span.Start, end, text.Length);
            Assert.InRange(date.Span.End, date.Span.Start + 1, text.Length);
            end = date.Span.End;
        }
    }
}
