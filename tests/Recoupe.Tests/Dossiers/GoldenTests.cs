using System.Text;
using System.Text.Json;

using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

/// <summary>
/// Holds every format to the files in <c>Golden</c>. A difference is written into the file, so that <c>git diff</c> shows it and a commit accepts it.
/// </summary>
public class GoldenTests
{
    public static TheoryData<string, string, string> All => new(
        from dossier in new[] { "leak", "lone", "hostile" }
        from format in new[] { "txt", "all.txt", "md", "html", "json", "csv" }
        from language in format is "json" or "csv" ? ["en"] : InterfaceTexts.Codes.ToArray()
        select (dossier, format, language));

    [Theory]
    [MemberData(nameof(All))]
    public void The_dossier_reads_as_the_golden_file_says(string dossier, string format, string language)
    {
        var file = Path.Combine(Repository.Root, "tests", "Recoupe.Tests", "Dossiers", "Golden", $"{dossier}.{language}.{format}");
        var written = Render(Dossier(dossier), format, language);
        var golden = File.Exists(file) ? File.ReadAllText(file) : "";
        if (golden != written)
            File.WriteAllText(file, written);
        Assert.Equal(golden, written);
    }

    [Fact]
    public void Several_dossiers_stand_in_one_page_with_a_list_of_contents()
    {
        using var page = new StringWriter();
        DossierHtml.Write(page, [InventedDossiers.Leak(), InventedDossiers.Lone()], InterfaceTexts.Of("en"), "0.0.0");
        Assert.Contains("<li><a href=\"#s2\">Old crane to stay, council says</a>", page.ToString(), StringComparison.Ordinal);
        Assert.Contains("<article class=\"story\" id=\"s2\"", page.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("markdown")]
    [InlineData("html")]
    public void An_input_without_stories_gives_a_whole_output_that_says_so(string format)
    {
        var output = Write(format, []);
        Assert.Contains("No story was found in the input.", output, StringComparison.Ordinal);
        if (format == "html")
            Assert.EndsWith("</html>\n", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("txt", "en", ", background")]
    [InlineData("md", "fr", ", contexte")]
    [InlineData("html", "en", ", background")]
    [InlineData("html", "fr", ", contexte")]
    [InlineData("json", "en", "\"background\": true")]
    public void A_point_of_older_events_is_marked_in_each_format(string format, string language, string mark)
    {
        var dossier = InventedDossiers.Leak();
        Assert.DoesNotContain(mark, Render(dossier, format, language), StringComparison.Ordinal);
        var first = dossier.Points[0];
        Assert.Contains(mark, Render(dossier with { Points = dossier.Points.SetItem(0, first with { Point = first.Point with { Background = true } }) }, format, language), StringComparison.Ordinal);
    }

    internal static string Render(Dossier dossier, string format, string language) => format switch
    {
        "txt" => Text(dossier, language, new DossierTextOptions()),
        "all.txt" => Text(dossier, language, new DossierTextOptions { All = true }),
        "json" => Json(dossier),
        "html" => WithoutAssets(Write(format, [dossier], language)),
        _ => Write(format, [dossier], language),
    };

    internal static string Text(Dossier dossier, string language, DossierTextOptions options)
    {
        using var output = new StringWriter { NewLine = "\n" };
        DossierText.Write(output, [dossier], InterfaceTexts.Of(language), options);
        return output.ToString();
    }

    internal static Dossier Dossier(string name) => name switch
    {
        "leak" => InventedDossiers.Leak(),
        "lone" => InventedDossiers.Lone(),
        _ => InventedDossiers.Hostile(),
    };

    private static string Write(string format, IReadOnlyList<Dossier> dossiers, string language = "en")
    {
        using var output = new StringWriter { NewLine = "\n" };
        var texts = InterfaceTexts.Of(language);
        switch (format)
        {
            case "md" or "markdown":
                DossierMarkdown.Write(output, dossiers, texts, "0.0.0");
                break;
            case "csv":
                DossierCsv.WritePassages(output, dossiers);
                break;
            case "html":
                DossierHtml.Write(output, dossiers, texts, "0.0.0");
                break;
            default:
                DossierText.Write(output, dossiers, texts, new DossierTextOptions());
                break;
        }

        return output.ToString();
    }

    // Style and script are files of their own; here they would hide what changed.
    private static string WithoutAssets(string html)
    {
        html = Between(html, "<style>", "</style>\n</head>");
        html = Between(html, "<script>", "</script>\n</body>");
        return Between(html, "style-src ", "; base-uri");
    }

    private static string Between(string text, string open, string close)
    {
        var end = text.IndexOf(close, StringComparison.Ordinal);
        var start = text.LastIndexOf(open, end, StringComparison.Ordinal) + open.Length;
        return text[..start] + "…" + text[end..];
    }

    private static string Json(Dossier dossier)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            DossierJson.Write(json, [dossier], "0.0.0");
        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
