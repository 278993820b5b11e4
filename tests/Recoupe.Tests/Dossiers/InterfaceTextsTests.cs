using System.Text.RegularExpressions;

using Recoupe.Dates;
using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

public partial class InterfaceTextsTests
{
    [Fact]
    public void Every_interface_has_the_same_entries_with_the_same_places_to_fill()
    {
        Assert.Equal(["en", "fr"], InterfaceTexts.Codes);
        var english = InterfaceTexts.Of("en");
        foreach (var code in InterfaceTexts.Codes)
        {
            var other = InterfaceTexts.Of(code);
            Assert.Equal(english.Keys, other.Keys);
            // A pattern of dates and times may leave a place out or repeat it; words may not.
            Assert.All(english.Keys.Where(key => key != "time"), key => Assert.Equal(Places(english[key]), Places(other[key])));
        }
    }

    [Fact]
    public void French_has_no_break_spaces_before_double_punctuation_and_curly_apostrophes()
    {
        var french = InterfaceTexts.Of("fr");
        Assert.All(french.Keys, key =>
        {
            // A question mark that names a key is no punctuation.
            var text = french[key].Replace(" ?\u00a0:", " \u00a0:", StringComparison.Ordinal);
            for (var i = 1; i < text.Length; i++)
            {
                // Nor is a colon inside a time or before what a field asks for.
                if (text[i] == ':' && i + 1 < text.Length && text[i + 1] is '"' or (>= '0' and <= '9'))
                    continue;
                Assert.False(text[i] is ':' or ';' or '!' or '?' or '»' or '%' && text[i - 1] != '\u00a0', $"{key}: {text}");
            }

            Assert.DoesNotContain("« ", text, StringComparison.Ordinal);
            Assert.DoesNotContain("'", text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("en", "2031-03-01", "1 March 2031")]
    [InlineData("fr", "2031-03-01", "1er mars 2031")]
    [InlineData("fr", "2031-03-02", "2 mars 2031")]
    [InlineData("en", "2031-03", "March 2031")]
    [InlineData("en", "2031", "2031")]
    [InlineData("en", "2031-W07", "10–16 February 2031")]
    [InlineData("fr", "2031-W07-WE", "du 15 au 16 février 2031")]
    [InlineData("fr", "2031-Q2", "2e trimestre 2031")]
    [InlineData("en", "2031-H1", "first half of 2031")]
    [InlineData("en", "2031-SU", "summer 2031")]
    [InlineData("en", "199X", "the 1990s")]
    [InlineData("fr", "199X", "les années 1990")]
    [InlineData("en", "2008/2010-05-04", "2008 to 4 May 2010")]
    [InlineData("en", "<odd>", "<odd>")]
    [InlineData("en", "2031-99", "2031-99")]
    public void A_date_is_told_in_words_as_far_as_it_goes(string language, string value, string words) =>
        Assert.Equal(words, InterfaceTexts.Of(language).Date(value));

    [Theory]
    [InlineData("en", "2031-03-01T09:05:00Z", "1 March 2031, 09:05")]
    [InlineData("fr", "2031-03-01T09:05:00Z", "1er mars 2031, 9\u00a0h\u00a005")]
    public void A_time_is_told_as_the_language_writes_it(string language, string value, string words) =>
        Assert.Equal(words, InterfaceTexts.Of(language).Moment(Moment.Parse(value)!.Value));

    [Theory]
    [InlineData("en", 0, 0, "0 origins")]
    [InlineData("fr", 0, 0, "0 origine")]
    [InlineData("en", 1, 1, "1 origin")]
    [InlineData("en", 1, 3, "1 to 3 origins")]
    [InlineData("fr", 0, 1, "0 à 1 origines")]
    public void A_range_of_origins_takes_the_number_of_its_language(string language, int fewest, int most, string words) =>
        Assert.Equal(words, InterfaceTexts.Of(language).Origins(fewest, most));

    [Theory]
    [InlineData(0, "at the same time")]
    [InlineData(20, "+20 min")]
    [InlineData(60, "+1 h")]
    [InlineData(65, "+1 h 5 min")]
    [InlineData((24 * 60) + 61, "+1 day 1 h")]
    [InlineData(5 * 24 * 60, "+5 days")]
    public void A_delay_is_told_as_exactly_as_it_matters(int minutes, string words) =>
        Assert.Equal(words, InterfaceTexts.Of("en").After(TimeSpan.FromMinutes(minutes), toTheDay: false));

    // The reasons stand in the stages' code; this reads them there, so that a new one is not shown in English to a French desk.
    [Fact]
    public void Every_reason_that_the_engine_gives_has_its_words_in_each_interface()
    {
        var reasons = new[] { "Origins", "Discrepancies" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Recoupe", folder), "*.cs"))
            .SelectMany(File.ReadLines).Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && !line.Contains("throw ", StringComparison.Ordinal))
            .SelectMany(line => Reason().Matches(line)).Select(match => match.Groups["words"].Value).Distinct().ToList();
        Assert.True(reasons.Count > 15, $"{reasons.Count} reasons found");
        foreach (var code in InterfaceTexts.Codes)
            Assert.Equal([], reasons.Where(reason => !InterfaceTexts.Of(code).Keys.Contains("why." + reason)));
    }

    [Theory]
    [InlineData("there is no account nova", "il n’y a pas de compte nova")]
    [InlineData("a password has from 12 to 200 characters", "un mot de passe a de 12 à 200 caractères")]
    [InlineData("there is no field town: use outlet, speaker", "il n’y a pas de champ town : utilisez outlet, speaker")]
    [InlineData("[2]: the archive has no article a|b {0}", "l’archive n’a pas d’article a|b {0} (correction 2)")]
    [InlineData("there is no account ", "il n’y a pas de compte ")]
    [InlineData("there is no", "there is no")]
    [InlineData("", "")]
    public void What_is_refused_is_told_in_the_language_of_the_interface_with_its_values(string english, string french) =>
        Assert.Equal(french, InterfaceTexts.Of("fr").Why(english).Replace('\u00a0', ' '));

    // What a person at a desk can be refused by; programs and the command line are told in English.
    [Fact]
    public void Every_refusal_that_a_desk_can_show_has_its_words_in_each_interface()
    {
        string[] files =
        [
            "Recoupe/Searches/SearchQuery.cs", "Recoupe/Searches/SearchFields.cs", "Recoupe/Searches/SearchIndex.cs", "Recoupe/Storage/AccountShelf.cs", "Recoupe/Storage/CorrectionChange.cs",
            "Recoupe.Web/Watches/WatchKeeping.cs", "Recoupe.Web/Api/TokenKeeping.cs", "Recoupe.Web/Desk/AccountRoutes.cs", "Recoupe.Web/Desk/CorrectionForms.cs",
            "Recoupe.Web/Desk/DeskResults.cs",
        ];
        var refusals = files.SelectMany(file => File.ReadLines(Path.Combine(Repository.Root, "src", file)))
            .SelectMany(line => Refusal().Matches(line)).Select(match => Sample(match.Groups["words"].Value)).Distinct().ToList();
        Assert.True(refusals.Count > 30, $"{refusals.Count} refusals found");
        var french = InterfaceTexts.Of("fr");
        Assert.Equal([], refusals.Where(refusal => french.Why(refusal) == refusal));
    }

    // What the program would write: a value in each place, quotation marks as they are.
    private static string Sample(string written) => Value().Replace(written.Replace("\\\"", "\"", StringComparison.Ordinal), "42");

    [GeneratedRegex("""(Exception|Wrong)\(\$?"(?<words>([^"\\]|\\")+)"[,)]""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Refusal();

    [GeneratedRegex(@"\{[^}]*(\}|$)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Value();

    [Fact]
    public void A_value_that_looks_like_a_place_to_fill_stays_as_it_is() =>
        Assert.Equal("Only in {1}{0}", InterfaceTexts.Of("en").Fill("alone", "{1}{0}"));

    [Fact]
    public void A_language_without_interface_is_refused_with_the_ones_that_have_it() =>
        Assert.Contains("en, fr", Assert.Throws<ArgumentException>(() => InterfaceTexts.Of("xx")).Message, StringComparison.Ordinal);

    private static string Places(string text) => string.Join(' ', Place().Matches(text).Select(match => match.Value).Distinct().Order(StringComparer.Ordinal));

    [GeneratedRegex("""(return|Certain: (true|false),|\.Span\),|denial\),|=>|\?|:) "(?<words>[a-z]+( [^"]+)?)"(\)|;|,| :)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Reason();

    [GeneratedRegex(@"\{\d\}", RegexOptions.None, 1000)]
    private static partial Regex Place();
}
