using System.IO.Compression;
using System.Text;
using System.Text.Json;

using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Articles;

/// <summary>The command that trains the choice of blocks, on a few pages of our own.</summary>
public sealed class BlockTrainingTests
{
    private static readonly string[] Towns = ["Sarlonne", "Villedoux", "Orve", "Harbourton", "Brackwell", "Lynn Cross"];

    [Theory]
    [InlineData("https://www.littoral.example/pont", "littoral.example")]
    [InlineData("https://actu.littoral.example/pont", "littoral.example")]
    [InlineData("https://news.harbour.co.uk/bridge", "harbour.co.uk")]
    [InlineData("a page without address", "a page without address")]
    public void Pages_of_one_site_are_kept_together(string address, string site) => Assert.Equal(site, BlockTraining.Site(address));

    [Fact]
    public void The_command_trains_on_all_three_sets_writes_both_models_and_checks_itself()
    {
        var folder = Directory.CreateTempSubdirectory("recoupe-blocks-");
        try
        {
            var data = folder.CreateSubdirectory("extraction").FullName;
            foreach (var set in new[] { "scrapinghub", "segments", "news" })
                WriteSet(data, set);
            using var log = new StringWriter();
            Assert.Equal(0, BlockTraining.Run(folder.FullName, folder.FullName, check: false, log));
            foreach (var name in new[] { "article-blocks", "article-blocks-around" })
            {
                using var file = File.OpenRead(Path.Combine(folder.FullName, name + ".model"));
                Assert.True(TreeModel.Read(file).Trees > 0);
            }

            Assert.Equal(0, BlockTraining.Run(folder.FullName, folder.FullName, check: true, log));
            Assert.All(new[] { "scrapinghub", "segments", "news" }, set => Assert.Contains($"left out by site: {set} precision", log.ToString(), StringComparison.Ordinal));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void WriteSet(string data, string set)
    {
        Directory.CreateDirectory(Path.Combine(data, set));
        using var lines = File.CreateText(Path.Combine(data, set + ".jsonl"));
        for (var i = 0; i < Towns.Length; i++)
        {
            string[] body =
            [
                $"The council of {Towns[i]} closed the old bridge on Monday after the flood of last week had cracked two of its piers.",
                $"La mairie de {Towns[i]} promet une déviation ; deux cents camions passent par la vallée chaque jour, dit le préfet.",
                "Engineers will look at the piers on Thursday, and nobody can say today when the road will be open again.",
            ];
            const string Menu = "<ul class='menu'><li><a href='/a'>Sport</a></li><li><a href='/b'>Culture</a></li></ul>";
            const string Tail = "<div class='related'><a href='/c'>Ten more stories of the valley that you may like to read</a></div>";
            var html = $"<html><body>{Menu}<h1>{Towns[i]} closes its bridge</h1><div class='body'>{string.Concat(body.Select(line => $"<p>{line}</p>"))}</div>{Tail}</body></html>";
            var file = $"{set}/{i}.html.gz";
            using (var packed = new GZipStream(File.Create(Path.Combine(data, file)), CompressionLevel.Fastest))
                packed.Write(Encoding.UTF8.GetBytes(html));
            var row = new Dictionary<string, object> { ["id"] = $"{set}{i}", ["file"] = file, ["url"] = $"https://www.town{i}.example/{set}" };
            if (set == "segments")
                (row["with"], row["without"]) = (body, new[] { "Ten more stories of the valley" });
            else
                row["body"] = string.Join("\n\n", body);
            lines.WriteLine(JsonSerializer.Serialize(row));
        }
    }
}
