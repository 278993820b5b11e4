namespace Recoupe.Tests.Articles;

public class AgencyCreditTests
{
    public static TheoryData<string, string, string> Cases()
    {
        var data = new TheoryData<string, string, string>();
        foreach (var language in new[] { "en", "fr" })
        {
            foreach (var item in CaseFile.Read(language, "agency-credits"))
            {
                foreach (var line in item.Expected)
                    data.Add(language, item.Title, line);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_agencies_are_those_that_the_line_credits(string language, string place, string line)
    {
        var body = CaseFile.Read(language, "agency-credits").Single(item => item.Title == place).Text;
        var (credit, agencies) = (line[..line.IndexOf(" => ", StringComparison.Ordinal)], line[(line.IndexOf(" => ", StringComparison.Ordinal) + 4)..]);
        var text = place switch
        {
            "At the head of the first paragraph" => $"{credit} {body}",
            "In a line above the text" => $"{credit}\n\n{body}",
            "In a line below the text" => $"{body}\n\n{credit}",
            "At the end of the last paragraph" => $"{body} {credit}",
            _ => throw new InvalidDataException(place),
        };

        var article = Some.Article(text, language: language);

        Assert.Equal(agencies, article.Agencies.IsEmpty ? "none" : string.Join(", ", article.Agencies));
    }
}
