using System.Globalization;

using Recoupe.Articles;
using Recoupe.Dossiers;

namespace Recoupe.Web.Desk;

/// <summary>Where the links of a story lead on the desk: to articles, at the very words.</summary>
internal sealed class DeskPlaces(DossierView view, string story) : IPlaces
{
    /// <summary>How many points a page shows at once.</summary>
    public const int PointsAtOnce = 40;

    /// <inheritdoc/>
    public string Words(Evidence place, MarkUse use, int point = 0)
    {
        var (start, end) = view.CodePoints(place);
        return AddressOf(place.Article, start, end, place.InTitle ? "title:" : place.InDocument ? "document:" : "");
    }

    /// <inheritdoc/>
    public string Article(ArticleView article) => "/articles/" + Uri.EscapeDataString(article.Id.Value);

    /// <inheritdoc/>
    public string Point(int number) => PointAddress(story, number);

    /// <inheritdoc/>
    public Html After(PointView point) => Html.Of(
        $"<p class=\"more\"><a href=\"{PagePath(story, point.Sourced.Point.Id.Value)}\">{view.Texts["story.permalink"]}</a></p>\n");

    /// <summary>The address of a point's own page.</summary>
    public static string PagePath(string story, string point) => $"/stories/{Uri.EscapeDataString(story)}/points/{Uri.EscapeDataString(point)}";

    /// <summary>The address of words of an article, in code points.</summary>
    public static string AddressOf(ArticleId article, int start, int end, string where = "") =>
        string.Create(CultureInfo.InvariantCulture, $"/articles/{Uri.EscapeDataString(article.Value)}?at={where}{start}-{end}#at");

    /// <summary>The address of a point of a story.</summary>
    public static string PointAddress(string story, int number)
    {
        var page = (number - 1) / PointsAtOnce;
        var from = page == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"?from={(page * PointsAtOnce) + 1}");
        return string.Create(CultureInfo.InvariantCulture, $"/stories/{Uri.EscapeDataString(story)}{from}#s-p{number}");
    }
}
