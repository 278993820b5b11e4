using Recoupe.Articles;
using Recoupe.Grades;

namespace Recoupe.Dossiers;

/// <summary>Small pieces of HTML that several pages share.</summary>
internal static class HtmlParts
{
    /// <summary>The attribute that tells a screen reader the language of an article's words; nothing where it is that of the page.</summary>
    public static Html LanguageOf(Article? article, InterfaceTexts texts) =>
        article?.Language is { Length: > 0 } language && language != texts.Code && language.All(c => char.IsAsciiLetter(c) || c == '-')
            ? Html.Of($" lang=\"{language}\"")
            : Html.Empty;

    /// <summary>A heading.</summary>
    public static Html Heading(int level, string words, string anchor, Html attributes = default) =>
        Html.Of($"<h{level} id=\"{anchor}\"{new Html(attributes.Markup ?? "")}>{words}</h{level}>\n");

    /// <summary>A grade, by shape and words; colour tells nothing that they do not.</summary>
    public static Html Badge(Grade grade, InterfaceTexts texts) => Html.Of(
        $"<span class=\"badge {ArticleJson.Name(grade)}\" title=\"{texts[$"grade.means.{ArticleJson.Name(grade)}"]}\">{Shape(grade)}{texts.Name("grade", grade)}</span>");

    /// <summary>A share between 0 and 1 as a bar.</summary>
    public static Html Bar(double share) => Html.Of(
        $"<svg class=\"bar\" viewBox=\"0 0 100 8\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"all\" width=\"100\" height=\"8\"/><rect class=\"part\" width=\"{Math.Clamp(share, 0, 1) * 100}\" height=\"8\"/></svg>");

    private static Html Shape(Grade grade)
    {
        var shape = grade switch
        {
            Grade.Disputed => "<path d=\"M3 5h10M3 11h10M11 2 5 14\"/>",
            Grade.Independent => "<circle class=\"full\" cx=\"4.5\" cy=\"8\" r=\"3.5\"/><circle class=\"full\" cx=\"12\" cy=\"8\" r=\"3.5\"/>",
            Grade.Named => "<circle class=\"full\" cx=\"8\" cy=\"8\" r=\"4\"/>",
            Grade.UnnamedOnly => "<circle cx=\"8\" cy=\"8\" r=\"4\"/><path class=\"full\" d=\"M8 4a4 4 0 0 0 0 8z\"/>",
            Grade.Single => "<circle cx=\"8\" cy=\"8\" r=\"4\"/>",
            _ => "<circle cx=\"8\" cy=\"8\" r=\"4\" stroke-dasharray=\"2 2\"/>",
        };
        return new Html($"<svg class=\"shape\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">{shape}</svg>");
    }
}
