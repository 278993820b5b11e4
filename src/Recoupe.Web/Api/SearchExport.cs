using System.Globalization;
using System.Text;
using System.Text.Json;

using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Web.Api;

/// <summary>All that a search finds, one row each: whole, with its count in <c>X-Total-Count</c>.</summary>
internal sealed class SearchExport(Archive archive, SharedIndex index, string query, SearchKind kind, SearchOrder order)
{
    private const int AtOnce = 500;

    private static readonly string[] Columns = ["article", "story", "statement", "point", "published", "outlet", "language", "title", "url", "speaker", "act", "grade", "words"];

    /// <summary>As JSON lines; what is not known is left out.</summary>
    public async Task WriteLinesAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var parts = Begin(context, "application/jsonl; charset=utf-8", cancellationToken);
        foreach (var row in parts)
        {
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line, StoredDocument.JsonOptions))
            {
                json.WriteStartObject();
                foreach (var (name, value) in Columns.Zip(row))
                {
                    if (value is not null)
                        json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            line.WriteByte((byte)'\n');
            await context.Response.Body.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken);
        }
    }

    /// <summary>As a table; with the mark of UTF-8 for spreadsheets that ask for it.</summary>
    public async Task WriteTableAsync(HttpContext context, bool bom, CancellationToken cancellationToken)
    {
        var parts = Begin(context, "text/csv; charset=utf-8", cancellationToken);
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(bom), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync(string.Join(',', Columns));
        foreach (var row in parts)
            await writer.WriteLineAsync(string.Join(',', row.Select(ExportsApi.Cell)));
    }

    // What cannot be read is told before anything is written.
    private IEnumerable<string?[]> Begin(HttpContext context, string type, CancellationToken cancellationToken)
    {
        var first = index.Find(query, kind, order, AtOnce, null, cancellationToken);
        context.Response.ContentType = type;
        context.Response.Headers["X-Total-Count"] = first.Total.ToString(CultureInfo.InvariantCulture);
        return Rows(first, cancellationToken);
    }

    private IEnumerable<string?[]> Rows(SearchAnswer first, CancellationToken cancellationToken)
    {
        for (var part = first; ; part = index.Find(query, kind, order, AtOnce, part.Next, cancellationToken))
        {
            var stories = part.Hits.Where(hit => hit.Kind == SearchKind.Points).Select(hit => hit.Id).Distinct().ToDictionary(id => id, id => PointsOf(new StoryId(id)));
            foreach (var (hit, row) in part.Hits.Zip(SearchApi.RowsOf(archive, part.Hits)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (hit.Kind == SearchKind.Points)
                    yield return RowOf(hit, stories[hit.Id]);
                else if (row is not null)
                    yield return RowOf(row);
            }

            if (part.Next is null)
                yield break;
        }
    }

    private static string?[] RowOf(FoundArticle found)
    {
        var (article, _, statement) = found;
        return
        [
            article.Id.Value, article.Story.Value, statement?.Number.ToString(CultureInfo.InvariantCulture), null, article.Published, article.Outlet, article.Language, article.Title, article.Url,
            statement?.Speaker, statement?.Act, null, statement?.Content,
        ];
    }

    private static string?[] RowOf(SearchHit hit, (string? Title, Dictionary<string, (string? Grade, string? Text)> Points) story)
    {
        var (grade, text) = story.Points.GetValueOrDefault(hit.Part!);
        return [null, hit.Id, null, hit.Part, null, null, null, story.Title, null, null, null, grade, text];
    }

    // As the story's last dossier tells them: what has come in since may not be read yet.
    private (string? Title, Dictionary<string, (string? Grade, string? Text)> Points) PointsOf(StoryId id)
    {
        var points = new Dictionary<string, (string?, string?)>(StringComparer.Ordinal);
        if (archive.Shelf.Last(id) is { } dossier)
        {
            using var json = JsonDocument.Parse(dossier.Json);
            foreach (var point in json.RootElement.GetProperty("stories")[0].GetProperty("points").EnumerateArray())
                points[point.GetProperty("id").GetString()!] = (point.GetProperty("grade").GetString(), point.GetProperty("text").GetString());
        }

        return (archive.Story(id)?.Title, points);
    }
}
