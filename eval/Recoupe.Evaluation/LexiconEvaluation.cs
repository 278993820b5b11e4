using System.Text.Json;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Evaluation;

/// <summary>Which share of the words that carry content (nouns, verbs and adjectives that are no names and no stop words) the lexicon lists.</summary>
/// <remarks>A word of an expression that is listed whole counts as listed. Of large sets every n-th article is read.</remarks>
public sealed class LexiconEvaluation : IEvaluation
{
    private const int MostArticles = 400;

    private static readonly PartOfSpeech[] Parts = [PartOfSpeech.Noun, PartOfSpeech.Verb, PartOfSpeech.Adjective];

    /// <inheritdoc/>
    public string Step => "lexicon";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var events = Path.Combine(data, "sourcing");
        var developed = Directory.Exists(events)
            ? Directory.GetDirectories(events, "first-*").Order(StringComparer.Ordinal).SelectMany(folder => Sets.In(events, Path.GetFileName(folder), "articles.jsonl"))
            : [];
        return Coverage("us_frontpages_en", Sets.In(data, "unlabelled", "us_frontpages_en.jsonl"), log)
            .Concat(Coverage("rpm2_fr", Sets.In(data, "stories", "rpm2_fr.jsonl"), log))
            .Concat(Coverage("sourcing, first events", developed, log));
    }

    private IEnumerable<Figure> Coverage(string set, IEnumerable<string> paths, TextWriter log)
    {
        var lines = paths.SelectMany(File.ReadLines).Where(line => line.Length > 0).ToList();
        var step = Math.Max(1, lines.Count / MostArticles);
        var counts = new SortedDictionary<string, (int Listed, int All)>(StringComparer.Ordinal);
        var missing = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < lines.Count; i += step)
        {
            using var article = JsonDocument.Parse(lines[i]);
            if (Language.Find(Field(article, "language") ?? "en") is { } language)
                Count(AnalyzedText.Of(Field(article, "text") ?? "", language), language, counts, missing);
        }

        log.WriteLine($"  {set}: {string.Join(", ", missing.OrderByDescending(word => word.Value).ThenBy(word => word.Key, StringComparer.Ordinal).Take(150).Select(word => $"{word.Key} {word.Value}"))}");
        foreach (var (code, (listed, all)) in counts)
            yield return new Figure(Step, set, $"content words listed, {code}", (double)listed / all);
    }

    private static void Count(AnalyzedText text, Language language, SortedDictionary<string, (int Listed, int All)> counts, Dictionary<string, int> missing)
    {
        var lexicon = Lexicon.Of(language);
        var words = new WordSequence(text);
        var (listed, all) = counts.GetValueOrDefault(language.Code);
        for (var i = 0; i < text.Tokens.Length; i++)
        {
            var token = text.Tokens[i];
            if (token.Kind != TokenKind.Word || !Parts.Contains(token.Tag) || words.Keys[i] == 0)
                continue;
            all++;
            if (lexicon.Holds(words.Keys[i]))
                listed++;
            else
                missing[words.Words[i]] = missing.GetValueOrDefault(words.Words[i]) + 1;
        }

        counts[language.Code] = (listed, all);
    }

    private static string? Field(JsonDocument article, string name) =>
        article.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
