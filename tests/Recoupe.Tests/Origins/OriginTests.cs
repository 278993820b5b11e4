using System.Collections.Immutable;

using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Origins;
using Recoupe.Stories;

namespace Recoupe.Tests.Origins;

/// <summary>Where a point comes from, each class in both languages: loops, credits, datelines, who had it first, one quotation under two names.</summary>
public class OriginTests
{
    [Theory]
    [InlineData("en", "The striker will leave Sarn United in June, according to the Marl Courier.", "The striker will leave Sarn United in June, the Sarn Echo reports.", "Sarn Echo", "Marl Courier")]
    [InlineData("fr", "L'attaquant quittera l'Union de Sarnes en juin, selon Le Courrier de Marle.", "L'attaquant quittera l'Union de Sarnes en juin, rapporte L'Écho de Sarnes.", "L'Écho de Sarnes", "Le Courrier de Marle")]
    public void Two_outlets_that_cite_each_other_give_no_origin(string language, string first, string second, string firstOutlet, string secondOutlet)
    {
        var point = PointWith(Dossier(language, (firstOutlet, first), (secondOutlet, second)), 2);
        Assert.Equal((0, 0), (point.Origins.Fewest, point.Origins.Most));
        Assert.NotEmpty(point.Origins.Loops);
    }

    [Theory]
    [InlineData("en", "MARL (Reuters) - The dam at Upper Sarn has burst and flooded nine farms.", "The dam at Upper Sarn has burst and flooded nine farms.", "Reuters")]
    [InlineData("fr", "MARLE (AFP) - Le barrage du Haut-Sarnes a cédé et inondé neuf fermes.", "Le barrage du Haut-Sarnes a cédé et inondé neuf fermes.", "AFP")]
    [InlineData("en", "The dam at Upper Sarn has burst and flooded nine farms.\n\n(With Reuters)", "The dam at Upper Sarn has burst and flooded nine farms.", "Reuters")]
    [InlineData("fr", "Le barrage du Haut-Sarnes a cédé et inondé neuf fermes.\n\n(avec AFP)", "Le barrage du Haut-Sarnes a cédé et inondé neuf fermes.", "AFP")]
    public void Text_shared_with_a_credited_agency_goes_back_to_it_in_both(string language, string credited, string uncredited, string agency)
    {
        var point = PointWith(Dossier(language, ("Sarn Echo", credited), ("Marl Courier", uncredited)), 2);
        Assert.Equal([agency], point.Origins.Origins.Select(origin => origin.Name));
        Assert.Equal((Grade.Single, 1, 1), (point.Grade, point.Origins.Fewest, point.Origins.Most));
    }

    [Theory]
    [InlineData("en", "The ferries will stop on Monday for eleven days, said Owen Carr, secretary of the Boatmen's Union. The Harbour Company keeps silent.", "The ferries will stop on Monday for eleven days, the Harbour Company said.", 2)]
    [InlineData("fr", "Les bacs s'arrêteront lundi pour onze jours, a dit Omar Vidal, secrétaire de l'Union des bateliers. La Régie du port se tait.", "Les bacs s'arrêteront lundi pour onze jours, a dit la Régie du port.", 2)]
    [InlineData("en", "The ferries will stop on Monday for eleven days, said Owen Carr, director of the Harbour Company.", "The ferries will stop on Monday for eleven days, the Harbour Company said.", 1)]
    [InlineData("fr", "Les bacs s'arrêteront lundi pour onze jours, a dit Omar Vidal, directeur de la Régie du port.", "Les bacs s'arrêteront lundi pour onze jours, a dit la Régie du port.", 1)]
    [InlineData("en", "On Friday, with rain over the whole of the coast and a wind that had driven the gulls far inland and the last of the day trippers back into their buses and their cars and their small wet tents behind the dunes, and long after the lamps on the quay had been lit, its director, Owen Carr, said the ferries will stop on Monday for eleven days.", "The ferries will stop on Monday for eleven days, the Harbour Company said.", 2)]
    public void Who_holds_an_office_speaks_for_its_own_body_alone(string language, string first, string second, int origins)
    {
        var point = PointWith(Dossier(language, ("Sarn Echo", first), ("Marl Courier", second)), 2);
        Assert.Equal(origins, point.Origins.Most);
    }

    [Theory]
    [InlineData("en", "The Marl Courier reports that the mayor, Ada Finch, said the ferries will stop on Monday for eleven days.", "Marl Courier", "Ada Finch")]
    [InlineData("en", "“The ferries will stop on Monday for eleven days,” Ada Finch, the mayor, said, the Marl Courier reports.", "Marl Courier", "Ada Finch")]
    [InlineData("fr", "Le Courrier de Marle rapporte que la maire, Ada Vidal, a déclaré que les bacs s'arrêteront lundi pour onze jours.", "Le Courrier de Marle", "Ada Vidal")]
    [InlineData("fr", "Selon le quotidien Le Courrier de Marle, la maire, Ada Vidal, a annoncé que les bacs s'arrêteront lundi pour onze jours.", "Le Courrier de Marle", "Ada Vidal")]
    public void What_a_medium_relays_goes_back_to_who_says_it_there(string language, string text, string medium, string speaker)
    {
        var point = PointWith(Dossier(language, ("Sarn Echo", text)), 1);
        var origin = Assert.Single(point.Origins.Origins);
        Assert.Equal(speaker, origin.Name);
        Assert.Contains(origin.Via, via => MediaNames.Same(via, medium));
    }

    [Theory]
    [InlineData("en", "The Marl Courier reported that the council will sell the old tannery for four million pounds. The mayor, Ada Finch, denied to the Marl Courier that the council will sell the old tannery for four million pounds.", "Ada Finch")]
    [InlineData("fr", "Le Courrier de Marle rapporte que la ville vendra l'ancienne tannerie pour quatre millions d'euros. La maire, Ada Vidal, a démenti au Courrier de Marle que la ville vendra l'ancienne tannerie pour quatre millions d'euros.", "Ada Vidal")]
    public void Who_denies_it_to_a_medium_is_not_whom_the_medium_has_it_from(string language, string text, string denier) =>
        Assert.All(Dossier(language, ("Sarn Echo", text)).Points, point => Assert.DoesNotContain(point.Origins.Origins, origin => origin.Name == denier));

    [Theory]
    [InlineData("en", "The council will sell the old tannery for four million pounds, the Marl Courier first reported.")]
    [InlineData("en", "The council will sell the old tannery for four million pounds, as first reported by the Marl Courier.")]
    [InlineData("fr", "La ville vendra l'ancienne tannerie pour quatre millions d'euros, a révélé Le Courrier de Marle.")]
    [InlineData("fr", "La ville vendra l'ancienne tannerie pour quatre millions d'euros, une information révélée par Le Courrier de Marle.")]
    public void Who_had_it_first_is_the_medium_behind_it(string language, string text)
    {
        var point = PointWith(Dossier(language, ("Sarn Echo", text)), 1);
        Assert.Contains(point.Origins.Origins, origin => origin.Type == OriginType.Medium && MediaNames.Same(origin.Name!, language == "fr" ? "Le Courrier de Marle" : "Marl Courier"));
    }

    [Theory]
    [InlineData("en", "“We will not sell a single brick of the old tannery to these people,” a councillor said.", "“We will not sell a single brick of the old tannery to these people,” said Ingrid Holt.")]
    [InlineData("fr", "« Nous ne vendrons pas une seule brique de la vieille tannerie à ces gens », a dit une élue.", "« Nous ne vendrons pas une seule brique de la vieille tannerie à ces gens », a dit Jeanne Ricard.")]
    public void One_quotation_under_two_names_is_one_origin(string language, string first, string second)
    {
        var point = PointWith(Dossier(language, ("Sarn Echo", first), ("Marl Courier", second)), 2);
        Assert.Equal((1, 1), (point.Origins.Fewest, point.Origins.Most));
        Assert.Contains(point.Origins.Merged, merge => merge is { Certain: true, Rule: 8 });
    }

    [Theory]
    [InlineData("en", "“The old tannery stays with the town,” Ingrid Holt, the mayor, said.", "“The old tannery stays with the town for good,” the mayor said.")]
    [InlineData("fr", "« La vieille tannerie reste à la ville », a dit la maire, Jeanne Ricard.", "« La vieille tannerie reste à la ville pour de bon », a dit la maire.")]
    public void Role_here_and_its_holder_there_are_one_named_origin(string language, string named, string role)
    {
        var point = PointWith(Dossier(language, ("Sarn Echo", named), ("Marl Courier", role)), 2);
        Assert.Equal((Grade.Named, 1, 1), (point.Grade, point.Origins.Fewest, point.Origins.Most));
    }

    [Theory]
    [InlineData("en", "Tannery to stay\n\nThe old tannery in Sarn stays with the town, the council decided on Monday.", "Tannery to stay")]
    [InlineData("fr", "La tannerie reste\n\nLa vieille tannerie de Sarnes reste à la ville, a décidé lundi le conseil municipal.", "La tannerie reste")]
    public void Title_repeated_in_the_text_is_no_passage(string language, string text, string title)
    {
        var dossier = Make([Some.Annotated(text, "a", language, title, "Sarn Echo", "2026-03-02T08:00:00Z")]);
        Assert.DoesNotContain(dossier.Points.SelectMany(point => point.Point.Passages), passage => !passage.Evidence.InTitle && passage.Evidence.Span.Start < title.Length);
    }

    private static SourcedPoint PointWith(Dossier dossier, int articles) =>
        dossier.Points.First(point => point.Point.Passages.Select(passage => passage.Evidence.Article).Distinct().Count() == articles);

    private static Dossier Dossier(string language, params (string Outlet, string Text)[] articles) =>
        Make([.. articles.Select((article, i) => Some.Annotated(article.Text, $"a{i}", language, outlet: article.Outlet, published: $"2026-03-02T0{8 + i}:00:00Z"))]);

    private static Dossier Make(ImmutableArray<AnnotatedArticle> articles)
    {
        var id = new StoryId("s1");
        return DossierMaker.Make(new Story(id, id, [.. articles.Select(article => article.Id)]), articles, new PipelineOptions(), TestContext.Current.CancellationToken);
    }
}
