using Recoupe.Statements;

namespace Recoupe.Tests.Statements;

public static class SpeakerTests
{
    private const string Outlet = "outlet: ";

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "en", "fr" })
        {
            foreach (var known in CaseFile.Read(language, "speakers"))
                data.Add(language, known.Title);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public static void Each_statement_has_the_speaker_channel_and_act_of_its_case(string language, string title)
    {
        var known = CaseFile.Read(language, "speakers").First(one => one.Title == title).OrSkip();
        var article = Some.Annotated(known.Text, language: language, outlet: known.Expected.FirstOrDefault(line => line.StartsWith(Outlet, StringComparison.Ordinal))?[Outlet.Length..]);
        foreach (var expected in known.Expected.Where(line => !line.StartsWith(Outlet, StringComparison.Ordinal)))
        {
            var columns = expected.Split('|', StringSplitOptions.TrimEntries);
            var alike = article.Statements.Where(statement => article.Article.Text[statement.Content[0].Start..].StartsWith(columns[0], StringComparison.Ordinal)).ToList();
            Assert.True(alike.Count > 0, $"no statement begins with “{columns[0]}”; there are: {string.Join("; ", article.Statements.Select(one => one.Content[0].Quote(article.Article.Text)))}");
            var fields = columns.Skip(1).Select(column => column.Split('=', StringSplitOptions.TrimEntries)).ToList();
            Assert.True(
                alike.Exists(statement => fields.TrueForAll(field => Show(statement, field[0], article.Article.Text) == field[1])),
                $"{expected}\n  but: {string.Join("\n  or: ", alike.Select(statement => string.Join(" | ", fields.Select(field => $"{field[0]} = {Show(statement, field[0], article.Article.Text)}"))))}");
        }
    }

    [Theory]
    [InlineData("fr", "La crue inquiète les riverains. Raison pour laquelle cette digue a été ouverte.", null, null)]
    [InlineData("fr", "La crue inquiète les riverains. Orvelle affirme que la digue tiendra.", "Orvelle", SpeakerType.Person)]
    [InlineData("en", "The slope is steep. Climbers say the ice is thin.", "Climbers", SpeakerType.Unnamed)]
    public static void A_common_word_that_opens_a_sentence_is_no_name(string language, string text, string? speaker, SpeakerType? type) =>
        Assert.Equal((speaker, type), Some.Annotated(text, language: language).Statements.Select(statement => (statement.Speaker?.Name, statement.Speaker?.Type)).SingleOrDefault());

    [Theory]
    [InlineData("fr", "« Oui », a dit ")]
    [InlineData("en", "\"Yes,\" said ")]
    [InlineData("en", "the minister told the BBC in a statement to ")]
    [InlineData("fr", "selon le porte-parole du ministre de la ")]
    [InlineData("fr", "Jean ")]
    [InlineData("en", "who ")]
    [InlineData("fr", "l'")]
    [InlineData("en", "(")]
    public static void Repeated_words_give_spans_inside_the_text(string language, string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 20_000 / words.Length));
        var article = Some.Annotated(text, language: language);
        foreach (var statement in article.Statements)
        {
            Assert.InRange(statement.Extent.End, 1, text.Length);
            Assert.InRange(statement.Channel?.Mention.End ?? 1, 1, text.Length);
            Assert.InRange(statement.Speaker?.Mention?.End ?? 1, 1, text.Length);
        }
    }

    [Fact]
    public static void Mutated_texts_never_throw()
    {
        var random = new Random(20241120);
        var texts = new[] { "en", "fr" }.SelectMany(language => CaseFile.Read(language, "speakers").Select(known => (language, known.Text))).ToList();
        const string marks = "\"'“”«»’().,;:—\n é1A";
        for (var round = 0; round < 300; round++)
        {
            var (language, text) = texts[random.Next(texts.Count)];
            var letters = text.ToCharArray();
            for (var change = 0; change < 12; change++)
                letters[random.Next(letters.Length)] = marks[random.Next(marks.Length)];
            var mutated = new string(letters);
            var article = Some.Annotated(mutated, language: language, title: mutated[..(mutated.Length / 2)], outlet: "The Wexbourne Echo");
            Assert.All(article.Statements, statement => Assert.InRange(statement.Extent.End, 0, mutated.Length));
            Assert.All(article.Citations, citation => Assert.InRange(citation.Span.End, 0, mutated.Length));
        }
    }

    private static string Show(Statement statement, string field, string text) => field switch
    {
        "name" => statement.Speaker?.Name ?? "-",
        "type" => statement.Speaker?.Type.ToString().ToLowerInvariant() ?? "-",
        "mention" => statement.Speaker?.Mention?.Quote(text) ?? "-",
        "channel" => statement.Channel?.Name ?? "-",
        "inherited" => statement.Channel?.Inherited.ToString().ToLowerInvariant() ?? "-",
        "act" => statement.Act.ToString().ToLowerInvariant(),
        "anonymity" => statement.Speaker?.Anonymity?.Quote(text) ?? "-",
        "flags" => (statement.Negated, statement.Hedged) switch { (true, true) => "negated hedged", (true, _) => "negated", (_, true) => "hedged", _ => "-" },
        _ => throw new ArgumentException($"no field {field}", nameof(field)),
    };
}
