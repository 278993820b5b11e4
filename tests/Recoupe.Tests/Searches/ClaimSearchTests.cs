using Recoupe.Searches;
using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Searches;

/// <summary>In which stories of an archive a claim is looked for.</summary>
public class ClaimSearchTests
{
    [Theory]
    [InlineData("Three miners died when a gallery flooded.", "quarry")]
    [InlineData("Trois mineurs sont morts dans une galerie inondée.", "carrière")]
    public void A_story_that_is_told_in_the_other_language_alone_is_found_by_what_the_words_mean(string claim, string absent)
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        ArchiveTests.Ingest(stores, News.Documents(113, 12));
        ArchiveTests.Ingest(stores,
        [
            News.Document("La galerie d'une mine a été inondée lundi. Trois mineurs sont morts, a dit le directeur.", "mine", "Trois mineurs meurent dans une galerie inondée", "Le Courrier", "https://courrier.example/mine") with { Language = "fr" },
            News.Document("The gallery of a mine was flooded on Monday. Three miners died, the manager said.", "mine-en", "Three miners die in a flooded gallery", "Evening Lamp", "https://lamp.example/mine"),
        ]);
        using var index = new SearchIndex(archive);
        index.Update(points: false, TestContext.Current.CancellationToken);

        var stories = ClaimSearch.StoriesOf(archive, claim, (query, most) => index.Find(query, SearchKind.Articles, SearchOrder.Rank, most).Hits);

        Assert.Equal(["fr", "en"], stories.Take(2).SelectMany(story => archive.Story(story)!.Languages).Distinct().OrderDescending());
        Assert.DoesNotContain(absent, ClaimSearch.QueryOf(claim), StringComparison.Ordinal);
        Assert.StartsWith(string.Join(" OR ", claim.Trim('.').Split(' ').Where(word => word.Length > 2).Take(2)), ClaimSearch.QueryOf(claim), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run set break turn fall hold charge strike cut leave drive play call hit clear light close fair fine mean face head back board court fire ground hand issue line match note order pass plant point post press race rate record report round rule sentence service share shot sign sound stage stand state")]
    [InlineData("prendre tenir passer porter tirer mettre rendre jouer monter lever battre toucher compter appeler rouler couper voler garder tourner livrer partir suivre marcher poser charger ouvrir fermer servir sortir traiter parler laisser montrer former placer changer donner croire trouver venir chercher")]
    public void However_much_its_words_may_mean_a_claim_is_a_query(string claim)
    {
        using var stores = new Stores(Stores.Sqlite);
        using var archive = stores.Open();
        ArchiveTests.Ingest(stores, News.Documents(113, 2));
        using var index = new SearchIndex(archive);
        index.Update(points: false, TestContext.Current.CancellationToken);

        Assert.NotNull(index.Find(ClaimSearch.QueryOf(claim), SearchKind.Articles, SearchOrder.Rank, 5));
        Assert.All(ClaimSearch.QueryOf(claim).Split(" OR "), word => Assert.True(word.Length > 2));
    }

    [Fact]
    public void A_claim_without_words_is_refused() => Assert.Throws<SearchException>(() => ClaimSearch.QueryOf("¿? …"));
}
