using System.Diagnostics;

using Microsoft.AspNetCore.Builder;

using Recoupe.Corrections;
using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Web.Tests;

/// <summary>What the pages of a large story cost who opens them.</summary>
public sealed class DeskBudgetTests
{
    private const int Articles = 200;
    private const int MostBytes = 150_000;

    [Fact]
    public async Task Front_story_and_search_stay_within_their_weight_and_time_with_a_story_of_two_hundred_articles()
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-budget-").FullName;
        using (var archive = Archive.Open(new ArchiveLocation(folder), create: true))
        {
            using (var writer = archive.Write())
            {
                Assert.Equal(Articles, writer.Ingest(Enumerable.Range(0, Articles).Select(Report), CancellationToken.None).Count());
                writer.End(CancellationToken.None);
            }

            // Whatever grouping makes of reports of one mould, it is one story by hand.
            var founders = archive.Stories(new StoryFilter(), Articles).Items.Select(found => archive.Articles(new ArticleFilter(Story: found.Id), 1).Items[0].Id);
            archive.Corrections.Add([new StoryCorrection(true, [.. founders])], "test", null, TimeProvider.System);
            await using var app = WebService.Build(archive, new WebServiceOptions { Port = 0 });
            await app.StartAsync(TestContext.Current.CancellationToken);
            var story = archive.Stories(new StoryFilter(2), 1).Items[0];
            Assert.Equal(Articles, story.Articles);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()), Timeout = TimeSpan.FromMinutes(5) };
            client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
            while ((int)(await client.GetAsync($"/stories/{story.Id}", TestContext.Current.CancellationToken)).StatusCode == 202)
                await Task.Delay(200, TestContext.Current.CancellationToken);

            foreach (var path in new[] { "/", $"/stories/{story.Id}", "/search?q=reservoir", $"/articles/{archive.Articles(new ArticleFilter(Story: story.Id), 1).Items[0].Id}" })
            {
                await client.GetByteArrayAsync(path, TestContext.Current.CancellationToken);
                var fastest = TimeSpan.MaxValue;
                for (var tries = 0; tries < 5; tries++)
                {
                    var since = Stopwatch.GetTimestamp();
                    using var answer = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
                    await answer.Content.LoadIntoBufferAsync(TestContext.Current.CancellationToken);
                    var time = Stopwatch.GetElapsedTime(since);
                    fastest = time < fastest ? time : fastest;
                    var weight = (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
                    TestContext.Current.TestOutputHelper!.WriteLine($"{path}: {weight} bytes, {time.TotalMilliseconds:0} ms");
                    Assert.Equal("br", answer.Content.Headers.ContentEncoding.Single());
                    Assert.True(weight <= MostBytes, $"{path} weighs {weight}");
                }

                Assert.True(fastest <= TimeSpan.FromMilliseconds(150), $"{path} took {fastest.TotalMilliseconds:0} ms");
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    // One event as many tell it: the same facts, each with something of its own.
    private static Documents.Document Report(int number)
    {
        var town = $"{(char)('A' + (number % 26))}{"elmoriva"[(number % 8)..]}";
        var text = $"The reservoir of Kelmar overflowed on Friday and {30 + (number % 4)} homes were evacuated, mayor Ines Tarvo said.\n\n"
            + $"\"The dam holds,\" Ines Tarvo said at a press conference in Kelmar. The water board counted {number + 2} pumps on the road to {town}.\n\n"
            + $"In {town}, shopkeeper number {number} moved his stock upstairs, he told the {town} Gazette. Trains to {town} are late by {number % 50} minutes, the railway said.";
        return News.Document(text, $"report-{number}", $"Reservoir of Kelmar overflows, homes evacuated ({town} {number})", $"{town} Gazette {number}", $"https://news.example/kelmar/{number}", new DateTime(2025, 3, 7, 9, 0, 0).AddMinutes(number));
    }
}
