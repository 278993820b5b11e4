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

    [Theory]
    [InlineData("en", "Six hikers were injured and two killed.", "hiker injured; person dead")]
    [InlineData("fr", "Six randonneurs ont été blessés et deux tués.", "randonneur injured; person dead")]
    [InlineData("en", "The blast killed nine miners; police arrested four men.", "miner dead; man arrested")]
    [InlineData("fr", "L'explosion a tué neuf mineurs ; la police a arrêté quatre hommes.", "mineur dead; homme arrested")]
    [InlineData("en", "Two gunmen killed a guard.", "gunman")]
    [InlineData("fr", "Deux hommes ont tué un garde.", "homme")]
    [InlineData("en", "Nobody was hurt.", "person injured")]
    [InlineData("fr", "Personne n'a été blessé.", "person injured")]
    [InlineData("en", "Thirty percent of voters stayed at home.", "voter")]
    [InlineData("fr", "Trente pour cent des électeurs sont restés chez eux.", "électeur")]
    public void What_is_counted_and_what_befell_it_are_told(string language, string text, string expected) =>
        Assert.Equal(expected, string.Join("; ", Find(text, language).Select(number => $"{number.Counted} {number.Happened}".TrimEnd())));

    [Theory]
    [InlineData("en", "The bus leaves at 8:15 and the shop opens from 9am to 5.30pm.", "08:15; 09:00/17:30")]
    [InlineData("fr", "Le car de 8 h 15 part ; ouvert de 9 h à 17h30.", "08:15; 09:00/17:30")]
    [InlineData("en", "They met at noon after a 24-hour strike of 300 drivers.", "12:00")]
    [InlineData("fr", "Une grève de 24 heures a commencé à midi.", "12:00")]
    [InlineData("en", "It sank at ten past five, a quarter to six or half past four; the mayor came at ten to six and left at nine o'clock.", "05:10; 05:45; 04:30; 05:50; 09:00")]
    [InlineData("fr", "Il a coulé à cinq heures dix, six heures moins le quart ou à quatre heures et demie ; la maire est venue à midi et quart, six heures moins dix au plus tard.", "05:10; 05:45; 04:30; 12:15; 05:50")]
    [InlineData("en", "Called at six in the evening, at 3 in the afternoon and at two in the morning.", "18:00; 15:00; 02:00")]
    [InlineData("fr", "Appelé à six heures du soir, à 3 heures de l'après-midi, à deux heures du matin, sur le coup de 17 heures.", "18:00; 15:00; 02:00; 17:00")]
    public void Times_of_day_are_no_amounts(string language, string text, string expected)
    {
        var analyzed = AnalyzedText.Of(text, Language.Find(language));
        var times = ClockTime.Find(analyzed);
        Assert.Equal(expected, string.Join("; ", times.Select(time => time.From == time.To ? $"{time.From:HH:mm}" : $"{time.From:HH:mm}/{time.To:HH:mm}")));
        Assert.DoesNotContain(Find(text, language), number => times.Any(time => time.Span.Overlaps(number.Span)));
    }

    [Theory]
    [InlineData("en", "Five to six people waited two and a half hours. Half of them left after three hours of debate.")]
    [InlineData("fr", "Cinq à six personnes ont attendu deux heures et demie. La moitié est partie après trois heures de débat, il y a cinq heures.")]
    public void Hours_that_last_and_ranges_are_no_times_of_day(string language, string text) =>
        Assert.Empty(ClockTime.Find(AnalyzedText.Of(text, Language.Find(language))));

    [Theory]
    [InlineData("en", "at ten past five", true)]
    [InlineData("en", "at 3:40", true)]
    [InlineData("en", "at 3:40 p.m.", false)]
    [InlineData("en", "at six in the evening", false)]
    [InlineData("fr", "à deux heures et demie", true)]
    [InlineData("fr", "à 2 h 30", false)]
    [InlineData("fr", "à midi et demi", false)]
    public void Which_half_of_the_day_is_meant_may_be_untold(string language, string text, bool unknown) =>
        Assert.Equal(unknown, Assert.Single(ClockTime.Find(AnalyzedText.Of(text, Language.Find(language)))).IsHalfUnknown);

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
