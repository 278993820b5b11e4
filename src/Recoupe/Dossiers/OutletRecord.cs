using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>How an outlet worked on one story: how much of its text is its own, whom it cites, how often it was first.</summary>
/// <param name="Outlet">The outlet.</param>
/// <param name="Own">Characters of its articles that are neither of the two below.</param>
/// <param name="Copied">Characters that an earlier article has too, where no agency is credited.</param>
/// <param name="Credited">Characters of articles that credit an agency.</param>
/// <param name="Told">Points that it tells and another outlet too.</param>
/// <param name="First">Those of them that it is known to have told before the others.</param>
/// <param name="Cites">The media that it cites, each with how often.</param>
public sealed record OutletRecord(string Outlet, int Own, int Copied, int Credited, int Told, int First, IReadOnlyDictionary<string, int> Cites)
{
    /// <summary>The records of a dossier's outlets, in the order of their first articles.</summary>
    public static IReadOnlyList<OutletRecord> Of(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var taken = dossier.Reuses.Where(reuse => reuse.Kind != ReuseKind.QuotationsOnly && reuse.OrderKnown)
            .ToLookup(reuse => reuse.To, reuse => reuse.Passages.Select(passage => passage.To));
        var outlets = dossier.Articles.ToDictionary(article => article.Id, article => article.Article.Outlet);
        var told = new Dictionary<string, (int Told, int First)>(StringComparer.Ordinal);
        foreach (var point in dossier.Points.Select(point => point.Point))
            Count(told, point, dossier, outlets);
        return
        [
            .. dossier.Articles.Where(article => article.Article.Outlet is not null).GroupBy(article => article.Article.Outlet!, StringComparer.Ordinal).Select(group =>
            {
                var texts = group.Select(article => Split(article, taken[article.Id].SelectMany(spans => spans))).ToList();
                var (count, first) = told.GetValueOrDefault(group.Key);
                return new OutletRecord(group.Key, texts.Sum(text => text.Own), texts.Sum(text => text.Copied), texts.Sum(text => text.Credited), count, first, CitesOf(group));
            }),
        ];
    }

    private static void Count(Dictionary<string, (int Told, int First)> told, Point point, Dossier dossier, Dictionary<ArticleId, string?> outlets)
    {
        var spread = Spread.Of(point, dossier.Articles);
        var telling = spread.Tellings.Select(telling => outlets[telling.Article]).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        if (telling.Count < 2)
            return;
        var first = spread.FirstKnown ? outlets[spread.Tellings[0].Article] : null;
        foreach (var outlet in telling)
        {
            var (count, firsts) = told.GetValueOrDefault(outlet);
            told[outlet] = (count + 1, firsts + (outlet == first ? 1 : 0));
        }
    }

    private static (int Own, int Copied, int Credited) Split(AnnotatedArticle article, IEnumerable<TextSpan> taken)
    {
        var length = article.Article.Text.Length;
        if (!article.Article.Agencies.IsEmpty)
            return (0, 0, length);
        var (copied, end) = (0, 0);
        foreach (var span in taken.OrderBy(span => span.Start))
        {
            var (from, to) = (Math.Max(span.Start, end), Math.Min(span.End, length));
            copied += Math.Max(0, to - from);
            end = Math.Max(end, to);
        }

        return (length - copied, copied, 0);
    }

    private static Dictionary<string, int> CitesOf(IEnumerable<AnnotatedArticle> articles) => articles
        .SelectMany(article => article.Citations.Select(citation => citation.Source).OfType<CitedSource>()
            .Where(source => source.Type == CitedType.Medium && source.Name != article.Article.Outlet).Select(source => source.Name))
        .GroupBy(name => name, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
}
