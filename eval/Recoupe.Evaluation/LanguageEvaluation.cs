using System.IO.Compression;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Evaluation;

/// <summary>Measures how often the language of fifty words is told right.</summary>
/// <remarks>
/// French and English pieces come from sets whose language is known. Those of other languages come from pages, by what their <c>html lang</c> says:
/// a page whose template says another language than its text counts against us (<c>--verbose</c> prints them). What the sets have no
/// pages of is not measured.
/// </remarks>
public sealed class LanguageEvaluation : IEvaluation
{
    private const int Words = 50;

    // Of one article or page, so that long ones do not count for many.
    private const int MostPieces = 4;

    // Fewer pieces than this say nothing in hundredths.
    private const int LeastPieces = 5;

    private static readonly string[] Languages = ["ar", "de", "en", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk"];

    private static readonly (string File, string Language)[] Known =
    [
        ("stories/rpm2_fr.jsonl", "fr"), ("statements/wikinews-fr-dev.jsonl", "fr"), ("stories/basil_en.jsonl", "en"), ("stories/us_frontpages_en.jsonl", "en"),
    ];

    public string Step => "language";

    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var pieces = Known.SelectMany(set => OfSet(Path.Combine(data, set.File), set.Language)).Concat(OfPages(Path.Combine(data, "extraction"))).ToList();
        var told = pieces.Select(piece => LanguageIdentifier.Identify(piece.Text)).ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (told[i] != pieces[i].Language)
                log.WriteLine($"    {pieces[i].Language} told {told[i] ?? "unknown"}: {pieces[i].Source}: {pieces[i].Text[..Math.Min(120, pieces[i].Text.Length)]}");
        }

        foreach (var language in Languages)
        {
            var of = Enumerable.Range(0, pieces.Count).Where(i => pieces[i].Language == language).ToList();
            var sources = of.Select(i => pieces[i].Source).Distinct().Count();
            log.WriteLine($"    {language}: {of.Count} pieces of {sources} texts");
            if (of.Count >= LeastPieces)
                yield return new Figure(Step, language, "accuracy of 50 words", (double)of.Count(i => told[i] == language) / of.Count);
        }

        yield return new Figure(Step, "all", "accuracy of 50 words", (double)Enumerable.Range(0, pieces.Count).Count(i => told[i] == pieces[i].Language) / pieces.Count);
    }

    private sealed record Piece(string Language, string Source, string Text);

    private static IEnumerable<Piece> OfSet(string file, string language)
    {
        if (!File.Exists(file))
            yield break;
        foreach (var line in File.ReadLines(file))
        {
            using var json = JsonDocument.Parse(line);
            if (!json.RootElement.TryGetProperty("text", out var text) || text.GetString() is not { } content)
                continue;
            foreach (var piece in Pieces(content))
                yield return new Piece(language, json.RootElement.GetProperty("id").ToString(), piece);
        }
    }

    // A page is in more than one set: once is enough.
    private static IEnumerable<Piece> OfPages(string folder)
    {
        var seen = new HashSet<string>();
        foreach (var set in new[] { "scrapinghub", "segments", "dates" }.Select(name => Path.Combine(folder, name + ".jsonl")).Where(File.Exists))
        {
            foreach (var line in File.ReadLines(set))
            {
                using var json = JsonDocument.Parse(line);
                var id = json.RootElement.GetProperty("id").GetString()!;
                if (!seen.Add(id))
                    continue;
                var html = ReadHtml(Path.Combine(folder, json.RootElement.GetProperty("file").GetString()!));
                if (Declared(html) is not { } language)
                    continue;
                foreach (var piece in Pieces(TextOf(json.RootElement, html)))
                    yield return new Piece(language, id, piece);
            }
        }
    }

    // What a person chose as the page's text, else what is read from it.
    private static string TextOf(JsonElement page, string html)
    {
        if (page.TryGetProperty("body", out var body))
            return body.GetString()!;
        if (page.TryGetProperty("with", out var with))
            return string.Join(' ', with.EnumerateArray().Select(item => item.GetString()));
        return ArticleReader.Read(new Document { Source = "page", Form = DocumentForm.Html, Content = html }, new ArticleId("page")).Text;
    }

    private static string? Declared(string html)
    {
        var at = html.IndexOf("<html", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        var tag = html[at..Math.Min(html.Length, html.IndexOf('>', at) is > 0 and var end ? end : at + 5)];
        var lang = tag.IndexOf(" lang=", StringComparison.OrdinalIgnoreCase);
        if (lang < 0)
            return null;
        var value = tag[(lang + 6)..].TrimStart('"', '\'');
        return value.Length >= 2 && (value.Length == 2 || !char.IsAsciiLetter(value[2])) && Array.IndexOf(Languages, value[..2].ToLowerInvariant()) >= 0 ? value[..2].ToLowerInvariant() : null;
    }

    private static string ReadHtml(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return TextDecoder.Decode(bytes.ToArray(), null, new List<string>());
    }

    private static IEnumerable<string> Pieces(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i + Words <= words.Length && i < MostPieces * Words; i += Words)
            yield return string.Join(' ', words[i..(i + Words)]);
    }
}
