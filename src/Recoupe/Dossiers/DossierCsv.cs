using System.Globalization;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Writes dossiers as tables (RFC 4180): every row and every column, spans in code points as in JSON.</summary>
/// <remarks>A cell that a spreadsheet would run as a formula is written with an apostrophe before it.</remarks>
public static class DossierCsv
{
    /// <summary>One row for each passage of each point, with the point and its grade beside it.</summary>
    public static void WritePassages(TextWriter output, IReadOnlyList<Dossier> dossiers)
    {
        Row(output, "story", "title", "point", "rank", "grade", "fewest", "most", "articles", "alone", "article", "outlet", "published", "dated",
            "stance", "chain", "origin_type", "stated", "rule", "in", "start", "end", "text", "url");
        foreach (var dossier in dossiers)
        {
            var articles = dossier.Articles.ToDictionary(article => article.Id);
            var offsets = new Offsets(articles);
            for (var rank = 0; rank < dossier.Points.Length; rank++)
            {
                var point = dossier.Points[rank];
                var told = point.Point.Passages.Where(passage => passage.Stance == Points.Stance.Affirms).Select(passage => passage.Evidence.Article).Distinct().Count();
                foreach (var chain in point.Chains)
                {
                    var place = chain.Passage.Evidence;
                    var article = articles[place.Article];
                    var (start, end) = offsets.Of(place);
                    Row(output, dossier.Story.Id.Value, dossier.Title, point.Point.Id.Value, Number(rank + 1), ArticleJson.Name(point.Grade), Number(point.Origins.Fewest),
                        Number(point.Origins.Most), Number(told), point.Alone, place.Article.Value, article.Article.Outlet, article.Article.Published?.ToString(),
                        article.Article.Dated == Dating.Unknown ? null : ArticleJson.Name(article.Article.Dated), ArticleJson.Name(chain.Passage.Stance),
                        string.Join(" < ", chain.Hops), chain.Type is { } type ? ArticleJson.Name(type) : null, chain.Stated ? "true" : "false", Number(chain.Rule),
                        place.InTitle ? "title" : "text", Number(start), Number(end), place.Span.Quote(article.TextOf(place.InTitle).Text), article.Article.Url);
                }
            }
        }
    }

    /// <summary>One row for each statement.</summary>
    public static void WriteStatements(TextWriter output, IReadOnlyList<Dossier> dossiers)
    {
        Row(output, "story", "article", "outlet", "published", "speaker", "speaker_type", "channel", "kind", "act", "negated", "hedged", "voiced", "in", "start", "end", "content");
        foreach (var dossier in dossiers)
        {
            var offsets = new Offsets(dossier.Articles.ToDictionary(article => article.Id));
            foreach (var article in dossier.Articles)
            {
                foreach (var statement in article.Statements)
                {
                    var text = article.TextOf(statement.InTitle).Text;
                    var (start, end) = offsets.Of(new Evidence(article.Id, statement.Extent, statement.InTitle));
                    Row(output, dossier.Story.Id.Value, article.Id.Value, article.Article.Outlet, article.Article.Published?.ToString(), statement.Speaker?.Name,
                        statement.Speaker is { } speaker ? ArticleJson.Name(speaker.Type) : null, statement.Channel?.Name, ArticleJson.Name(statement.Kind),
                        ArticleJson.Name(statement.Act), Flag(statement.Negated), Flag(statement.Hedged), Flag(statement.Voiced), statement.InTitle ? "title" : "text",
                        Number(start), Number(end), string.Join(" … ", statement.Content.Select(span => span.Quote(text))));
                }
            }
        }
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool value) => value ? "true" : "false";

    private static void Row(TextWriter output, params ReadOnlySpan<string?> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            output.Write((i == 0 ? "" : ",") + Cell(cells[i]));
        output.Write("\r\n");
    }

    private static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r')
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private sealed class Offsets(Dictionary<ArticleId, AnnotatedArticle> articles)
    {
        private readonly Dictionary<(ArticleId, bool), CodePointOffsets> _known = [];

        public (int Start, int End) Of(Evidence place)
        {
            if (!_known.TryGetValue((place.Article, place.InTitle), out var offsets))
                _known.Add((place.Article, place.InTitle), offsets = new CodePointOffsets(articles[place.Article].TextOf(place.InTitle).Text));
            return (offsets.FromUtf16(place.Span.Start), offsets.FromUtf16(place.Span.End));
        }
    }
}
