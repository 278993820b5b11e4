using System.Globalization;
using System.Text;

using Recoupe.Searches;
using Recoupe.Storage;

namespace Recoupe.Web.Api;

/// <summary>Everything at once: whole, in the order of the lists, with its count in <c>X-Total-Count</c>.</summary>
internal static class ExportsApi
{
    private const int AtOnce = 200;

    public static void MapExports(this RouteGroupBuilder api)
    {
        api.MapGet("/exports/articles.jsonl", Articles).WithTags("exports").WithSummary("All articles with all that was read of them, one JSON line each").Produces<string>(contentType: "application/jsonl");
        api.MapGet("/exports/captures.warc.gz", Captures).WithTags("exports").WithSummary("All documents as they came in, older versions among them, as a web archive (WARC 1.1)")
            .Produces<string>(contentType: "application/warc");
        api.MapGet("/exports/statements.csv", Statements).WithTags("exports").WithSummary("All statements, one row each; bom=true for spreadsheets that ask for the mark").Produces<string>(contentType: "text/csv");
        api.MapGet("/exports/search.jsonl", SearchLines).WithTags("exports").WithSummary("All that a search finds, one JSON line each").Produces<string>(contentType: "application/jsonl");
        api.MapGet("/exports/search.csv", SearchTable).WithTags("exports").WithSummary("All that a search finds, one row each; bom=true for spreadsheets that ask for the mark")
            .Produces<string>(contentType: "text/csv");
    }

    private static Task SearchLines(Archive archive, SharedIndex index, HttpContext context, string q, string? @in, string? order, CancellationToken cancellationToken) =>
        Found(archive, index, q, @in, order).WriteLinesAsync(context, cancellationToken);

    private static Task SearchTable(Archive archive, SharedIndex index, HttpContext context, string q, string? @in, string? order, bool? bom, CancellationToken cancellationToken) =>
        Found(archive, index, q, @in, order).WriteTableAsync(context, bom ?? false, cancellationToken);

    // The latest first unless it is asked otherwise: in that order nothing is skipped or told twice, whatever comes in meanwhile.
    private static SearchExport Found(Archive archive, SharedIndex index, string query, string? kind, string? order) =>
        new(archive, index, query, SearchApi.Value<SearchKind>(kind, "in"), order is null ? SearchOrder.Time : SearchApi.Value<SearchOrder>(order, "order"));

    private static async Task Captures(Archive archive, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/warc";
        foreach (var part in WarcExport.Parts(archive))
            await context.Response.Body.WriteAsync(part, cancellationToken);
    }

    private static async Task Articles(Archive archive, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/jsonl; charset=utf-8";
        context.Response.Headers["X-Total-Count"] = archive.Current().Articles.ToString(CultureInfo.InvariantCulture);
        foreach (var article in All(cursor => archive.Articles(new ArticleFilter(), AtOnce, cursor)))
        {
            await context.Response.Body.WriteAsync(archive.Reading(article.Id)!, cancellationToken);
            await context.Response.Body.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    private static async Task Statements(Archive archive, HttpContext context, bool? bom, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/csv; charset=utf-8";
        context.Response.Headers["X-Total-Count"] = archive.Current().Statements.ToString(CultureInfo.InvariantCulture);
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(bom ?? false), 1 << 16, leaveOpen: true) { NewLine = "\r\n" };
        await writer.WriteLineAsync("article,number,speaker,type,act,kind,channel,content");
        foreach (var statement in All(cursor => archive.Statements(null, null, AtOnce, cursor)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await writer.WriteLineAsync(string.Join(',', new[]
            {
                statement.Article.Value, statement.Number.ToString(CultureInfo.InvariantCulture), statement.Speaker, statement.Type, statement.Act, statement.Kind, statement.Channel, statement.Content,
            }.Select(Cell)));
        }
    }

    private static IEnumerable<T> All<T>(Func<string?, Page<T>> list)
    {
        string? next = null;
        do
        {
            var page = list(next);
            foreach (var item in page.Items)
                yield return item;
            next = page.Next;
        }
        while (next is not null);
    }

    // A cell that a spreadsheet would take for a formula begins with a quotation mark.
    internal static string Cell(string? value)
    {
        if (value is null)
            return "";
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            value = "'" + value;
        return value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
