using Recoupe.Articles;
using Recoupe.Evaluation;
using Recoupe.Text;

namespace Recoupe.Tests;

/// <summary>Stories told again by <see cref="Retelling"/> keep what is said, and where it stands is known.</summary>
public class RetellingTests
{
    private const string English = "Mayor Odile Varrick said on Monday that 340 homes had lost power in Torrance.\n\nThe storm broke two bridges, the council said.\n\nCrews from Torrance worked all night.\n\nVarrick promised help.";
    private const string French = "La maire Odile Varrick a dit lundi que 340 foyers étaient privés de courant à Torrance.\n\nLa tempête a rompu deux ponts, selon le conseil.\n\nDes équipes de Torrance ont travaillé toute la nuit.\n\nVarrick a promis de l'aide.";

    [Fact]
    public void A_name_has_one_other_name_in_all_articles_and_languages()
    {
        var articles = Both();
        var retelling = new Retelling(RetellingWay.Names, articles, articles, 1);

        var told = articles.Select(article => retelling.Tell(article).Text.Text).ToList();

        Assert.All(told, text => Assert.DoesNotContain("Varrick", text, StringComparison.Ordinal));
        Assert.All(told, text => Assert.Contains("340", text, StringComparison.Ordinal));
        var name = told[0].Split("\n\n")[3].Split(' ')[0];
        Assert.StartsWith(name + " a promis", told[1].Split("\n\n")[3], StringComparison.Ordinal);
        Assert.Contains(name + " said on Monday", told[0], StringComparison.Ordinal);
        Assert.NotEqual(told[0], new Retelling(RetellingWay.Names, articles, articles, 2).Tell(articles[0]).Text.Text);
        Assert.Equal(told[0], new Retelling(RetellingWay.Names, articles, articles, 1).Tell(articles[0]).Text.Text);
    }

    [Fact]
    public void Amounts_grow_alike_and_small_counts_stay()
    {
        var articles = Both();
        var retelling = new Retelling(RetellingWay.Numbers, articles, articles, 1);

        Assert.Contains("440 homes", retelling.Tell(articles[0]).Text.Text, StringComparison.Ordinal);
        Assert.Contains("440 foyers", retelling.Tell(articles[1]).Text.Text, StringComparison.Ordinal);
        Assert.Equal(2, retelling.Changes);
    }

    [Fact]
    public void A_span_of_the_first_text_is_found_where_it_went()
    {
        foreach (var (article, words) in Both().Zip(["The storm broke two bridges", "La tempête a rompu deux ponts"]))
        {
            foreach (var way in Enum.GetValues<RetellingWay>())
            {
                var (_, told) = new Retelling(way, [article], [article], 1).Tell(article);
                var start = article.Article.Text.IndexOf(words, StringComparison.Ordinal);

                var span = told.SpanOf(new TextSpan(start, start + words.Length));

                Assert.NotNull(span);
                Assert.StartsWith(words[..9], told.Text[span.Value.Start..], StringComparison.Ordinal);
                Assert.Equal(article.Article.Text.Contains("\n\n", StringComparison.Ordinal), told.Text.Contains("\n\n", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_second_half_of_a_text_changes_places_with_what_stands_before_it()
    {
        var article = Both()[0];

        var (_, told) = new Retelling(RetellingWay.Order, [article], [article], 1).Tell(article);

        Assert.StartsWith("Mayor Odile Varrick said", told.Text, StringComparison.Ordinal);
        Assert.NotEqual(English, told.Text);
        Assert.Equal(English.Split("\n\n").Order(StringComparer.Ordinal), told.Text.Split("\n\n").Order(StringComparer.Ordinal));
    }

    private static List<AnnotatedArticle> Both() =>
        [Some.Annotated(English, id: "e"), Some.Annotated(French, id: "f", language: "fr")];
}
