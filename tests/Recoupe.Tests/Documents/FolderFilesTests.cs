using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

public sealed class FolderFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-links").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Links_inside_a_folder_are_read_once_in_their_own_place_and_lead_nowhere_else()
    {
        var (inside, outside) = (Path.Combine(_folder, "in"), Path.Combine(_folder, "out"));
        Directory.CreateDirectory(Path.Combine(inside, "deeper"));
        Directory.CreateDirectory(outside);
        File.WriteAllText(Path.Combine(inside, "deeper", "a.txt"), "Le phare est rallumé.");
        File.WriteAllText(Path.Combine(outside, "secret.txt"), "Nobody is to read this.");
        Directory.CreateSymbolicLink(Path.Combine(inside, "deeper", "loop"), inside);
        File.CreateSymbolicLink(Path.Combine(inside, "again.txt"), Path.Combine(inside, "deeper", "a.txt"));
        File.CreateSymbolicLink(Path.Combine(inside, "secret.txt"), Path.Combine(outside, "secret.txt"));
        Directory.CreateSymbolicLink(Path.Combine(inside, "away"), outside);
        File.CreateSymbolicLink(Path.Combine(inside, "gone.txt"), Path.Combine(inside, "nothing"));

        var intakes = DocumentReader.Read([inside], TestContext.Current.CancellationToken).ToList();

        Assert.Equal("Le phare est rallumé.", Assert.Single(intakes, intake => intake.Document is not null).Document!.Content);
        Assert.Equal(["away", "gone.txt", "secret.txt"], intakes.Where(intake => intake.Skipped is not null).Select(intake => Path.GetFileName(intake.Skipped!.Source)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_link_that_the_user_names_is_followed()
    {
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "Le phare est rallumé.");
        var link = Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder) + "-link");
        Directory.CreateSymbolicLink(link, _folder);
        try
        {
            Assert.Single(DocumentReader.Read([link], TestContext.Current.CancellationToken), intake => intake.Document is not null);
        }
        finally
        {
            Directory.Delete(link);
        }
    }
}
