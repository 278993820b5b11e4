using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

public class OutletRecordTests
{
    [Fact]
    public void What_is_its_own_copied_and_credited_is_all_of_an_outlets_text()
    {
        var dossier = InventedDossiers.Leak();
        var records = OutletRecord.Of(dossier);
        Assert.Equal(dossier.Articles.Select(article => article.Article.Outlet).OfType<string>().Distinct().Order(), records.Select(record => record.Outlet).Order());
        Assert.All(records, record =>
        {
            Assert.Equal(
                dossier.Articles.Where(article => article.Article.Outlet == record.Outlet).Sum(article => article.Article.Text.Length), record.Own + record.Copied + record.Credited);
            Assert.InRange(record.First, 0, record.Told);
            Assert.DoesNotContain(record.Outlet, record.Cites.Keys);
        });
    }

    [Fact]
    public void Text_under_an_agencys_name_is_credited_and_never_copied()
    {
        var dossier = InventedDossiers.Leak();
        var article = dossier.Articles[0];
        var credited = dossier with { Articles = [article with { Article = article.Article with { Outlet = "The Reed", Agencies = ["AFP"] } }, .. dossier.Articles.Skip(1)] };
        var record = OutletRecord.Of(credited).Single(record => record.Outlet == "The Reed");
        Assert.Equal((0, 0, article.Article.Text.Length), (record.Own, record.Copied, record.Credited));
    }
}
