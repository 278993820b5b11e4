namespace Recoupe.Tests.Citations;

public static class CitationFinderTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "en", "fr" })
        {
            foreach (var known in CaseFile.Read(language, "citations"))
                data.Add(language, known.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public static void Each_text_cites_what_its_case_says(string language, string title)
    {
        var known = CaseFile.Read(language, "citations").First(one => one.Title == title);
        var article = Some.Annotated(known.Text, language: language);
        var found = article.Citations
            .Select(citation => $"{citation.Span.Quote(known.Text)} | {citation.Source?.Name ?? "-"} | {citation.Cue?.Quote(known.Text) ?? "-"}").ToList();
        if (known.Expected is ["none"])
        {
            Assert.Empty(found);
            return;
        }

        foreach (var expected in known.Expected)
            Assert.Contains(expected, found);
    }
}
