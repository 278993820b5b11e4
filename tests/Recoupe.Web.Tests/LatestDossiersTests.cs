using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>What is answered of a story while articles come in and its dossier is made anew: a transaction that another holds keeps that from coming to an end.</summary>
public sealed class LatestDossiersTests : LiveServiceTests
{
    private const string AsOf = "X-Dossier-As-Of";
    private const string Ferry =
        "The night ferry to Skarholm ran aground off Point Vell early on Friday with 214 people aboard. Lifeboats took all passengers to the pier of Vell, the coastguard said.";

    [Fact]
    public async Task While_a_dossier_is_brought_up_to_date_the_one_of_before_is_given_and_says_so()
    {
        var story = Take("The Coast Post", 1).Story!.Value;
        await StartAsync(new WebServiceOptions());
        var first = await DossierAsync(story);
        Assert.Contains("<article class=\"story\"", await PageAsync(story), StringComparison.Ordinal);
        var second = Take("Radio Bolune", 2);
        Assert.Equal(story, second.Story);

        using (var connection = Archive.Database.Connect())
        using (Archive.Database.BeginWrite(connection))
        {
            var (json, asOf, tag) = await DossierAsync(story);
            Assert.Equal((first.Json, null), (json, tag));
            Assert.True(DateTimeOffset.TryParse(asOf, out _), asOf);
            Assert.Contains("As it stood on", await PageAsync(story), StringComparison.Ordinal);
        }

        var now = await DossierAsync(story, "?fresh=true");
        Assert.Null(now.AsOf);
        Assert.Equal(2, ArticlesOf(now.Json).Count);
        Assert.Equal(now.Json, (await DossierAsync(story)).Json);
        var tries = 0;
        while ((await PageAsync(story)).Contains("As it stood on", StringComparison.Ordinal) && tries++ < 100)
            await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Contains("Radio Bolune", await PageAsync(story), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_corrected_is_never_told_as_before()
    {
        var taken = Take("The Coast Post", 1);
        await StartAsync(new WebServiceOptions());
        await DossierAsync(taken.Story!.Value);
        Assert.NotNull(Archive.LastDossier(taken.Story.Value));

        Archive.Corrections.Add([new ArticleCorrection(taken.Article!.Value, "Evening Lamp", null)], "ines", null, TimeProvider.System);

        Assert.Null(Archive.LastDossier(taken.Story.Value));
        var (json, asOf, _) = await DossierAsync(taken.Story.Value);
        Assert.Null(asOf);
        Assert.Contains("Evening Lamp", json, StringComparison.Ordinal);
    }

    private Ingested Take(string outlet, int number)
    {
        using var writer = Archive.Write();
        return writer.Ingest(
            [News.Document($"{Ferry} Report {number}.", $"ferry{number}", "Night ferry runs aground off Point Vell", outlet, $"https://news.example/ferry{number}", new DateTime(2025, 3, 7, 9, number, 0))],
            TestContext.Current.CancellationToken).Single();
    }

    private async Task<(string Json, string? AsOf, string? Tag)> DossierAsync(StoryId story, string query = "")
    {
        using var answer = await Client!.GetAsync($"/api/v1/stories/{story}/dossier{query}", TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        return (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers.TryGetValues(AsOf, out var values) ? values.Single() : null, answer.Headers.ETag?.Tag);
    }

    private async Task<string> PageAsync(StoryId story)
    {
        while (true)
        {
            using var answer = await Client!.GetAsync($"/stories/{story}", TestContext.Current.CancellationToken);
            if (answer.StatusCode == System.Net.HttpStatusCode.OK)
                return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    private static List<string?> ArticlesOf(string dossier)
    {
        using var json = JsonDocument.Parse(dossier);
        return [.. json.RootElement.GetProperty("stories")[0].GetProperty("articles").EnumerateArray().Select(article => article.GetProperty("id").GetString())];
    }
}
