using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Web.Desk;

/// <summary>Words of others, or later ones of the same, that stand against what somebody said.</summary>
/// <param name="Kind">denies, doubts, or update where it was told otherwise later.</param>
/// <param name="By">Who says so; null where nobody is named.</param>
/// <param name="Outlet">The outlet that tells it; null where unknown.</param>
/// <param name="Words">The words.</param>
/// <param name="Language">Their language.</param>
/// <param name="Address">Where they stand.</param>
public sealed record LaterWords(string Kind, string? By, string? Outlet, string Words, string? Language, string Address)
{
    private const string Affirms = "affirms";
    private const string Update = "update";

    /// <summary>What became of statements, as far as the dossiers of their stories are made: the earliest of what stands against each.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="statements">The statements, each with the story of its article.</param>
    internal static Dictionary<(ArticleId Article, int Number), LaterWords> Of(Archive archive, IEnumerable<(ArchivedStatement Statement, StoryId Story)> statements)
    {
        var found = new Dictionary<(ArticleId, int), LaterWords>();
        foreach (var story in statements.GroupBy(item => item.Story))
        {
            if (archive.Shelf.Kept(story.Key) is not { } kept)
                continue;
            using var json = JsonDocument.Parse(kept);
            var reader = new Reader(json.RootElement.GetProperty("stories")[0]);
            foreach (var (statement, _) in story)
            {
                if (reader.Against(statement.Article.Value, statement.Number) is { } words)
                    found[(statement.Article, statement.Number)] = words;
            }
        }

        return found;
    }

    private sealed class Reader(JsonElement story)
    {
        private readonly Dictionary<string, JsonElement> _articles = story.GetProperty("articles").EnumerateArray().ToDictionary(article => Text(article, "id")!);
        private readonly ILookup<string, JsonElement> _statements = story.GetProperty("statements").EnumerateArray().ToLookup(statement => Text(statement, "article")!);

        public LaterWords? Against(string article, int number)
        {
            if (_statements[article].ElementAtOrDefault(number) is not { ValueKind: JsonValueKind.Object } statement || statement.TryGetProperty("in", out _))
                return null;
            var said = statement.GetProperty("content").EnumerateArray().Select(SpanOf).ToList();
            return Denials(article, said).Concat(Updates(article, said)).OrderBy(item => item.Time is null).ThenBy(item => item.Time, StringComparer.Ordinal).Select(item => item.Words).FirstOrDefault();
        }

        // Who denies or doubts a point that the statement affirms.
        private IEnumerable<(string? Time, LaterWords Words)> Denials(string article, List<(int Start, int End)> said)
        {
            foreach (var point in story.GetProperty("points").EnumerateArray())
            {
                var passages = point.GetProperty("passages").EnumerateArray().ToList();
                if (!passages.Exists(passage => Text(passage, "stance") == Affirms && IsOf(passage, article, said)))
                    continue;
                foreach (var passage in passages.Where(passage => Text(passage, "stance") != Affirms && !passage.TryGetProperty("in", out _) && !IsOf(passage, article, said)))
                    yield return Told(Text(passage, "stance")!, passage, passage.GetProperty("chain").EnumerateArray().LastOrDefault() is { ValueKind: JsonValueKind.String } last ? last.GetString() : null);
            }
        }

        // What is told later in the place of what the statement tells.
        private IEnumerable<(string? Time, LaterWords Words)> Updates(string article, List<(int Start, int End)> said) =>
            from discrepancy in story.GetProperty("discrepancies").EnumerateArray()
            where Text(discrepancy, "resolution") == Update && IsOf(discrepancy.GetProperty("a"), article, said) && !discrepancy.GetProperty("b").TryGetProperty("in", out _)
            select Told(Update, discrepancy.GetProperty("b"), null);

        private (string? Time, LaterWords Words) Told(string kind, JsonElement place, string? by)
        {
            var id = Text(place, "article")!;
            var article = _articles[id];
            var text = Text(article, "text") ?? "";
            var (start, end) = SpanOf(place.GetProperty("span"));
            var offsets = new CodePointOffsets(text);
            var words = ShownText.Line(text[offsets.ToUtf16(start)..offsets.ToUtf16(end)]);
            return (Text(article, "published"), new LaterWords(kind, by, Text(article, "outlet"), words, Text(article, "language"), DeskPlaces.AddressOf(new ArticleId(id), start, end)));
        }

        private static bool IsOf(JsonElement place, string article, List<(int Start, int End)> said)
        {
            if (Text(place, "article") != article || place.TryGetProperty("in", out _))
                return false;
            var (start, end) = SpanOf(place.GetProperty("span"));
            return said.Exists(span => span.Start < end && start < span.End);
        }

        private static (int Start, int End) SpanOf(JsonElement span) => (span[0].GetInt32(), span[1].GetInt32());

        private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
    }
}
