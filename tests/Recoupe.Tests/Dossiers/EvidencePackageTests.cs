using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

using Recoupe.Dossiers;

namespace Recoupe.Tests.Dossiers;

public class EvidencePackageTests
{
    [Fact]
    public void The_package_holds_every_format_every_source_and_a_true_hash_of_each_file()
    {
        using var archive = new ZipArchive(new MemoryStream(Package("en")));
        var files = archive.Entries.ToDictionary(entry => entry.FullName, Read);
        Assert.Superset(new HashSet<string> { "dossier.html", "dossier.json", "dossier.md", "passages.csv", "statements.csv", "sources.json", "READ-ME.txt", "SHA256SUMS" }, files.Keys.ToHashSet());
        Assert.Equal(InventedDossiers.Leak().Articles[1].Article.Text, Encoding.UTF8.GetString(files["sources/0002-depeche.txt"]));
        var sums = Encoding.UTF8.GetString(files["SHA256SUMS"]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(files.Count - 1, sums.Length);
        Assert.All(sums, sum => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(files[sum[66..]])), sum[..64]));
    }

    [Fact]
    public void No_id_leads_out_of_the_package()
    {
        using var archive = new ZipArchive(new MemoryStream(Package("en")));
        Assert.All(archive.Entries, entry => Assert.Matches("^(sources/)?[A-Za-z0-9_.-]+$", entry.FullName));
        Assert.DoesNotContain(archive.Entries, entry => entry.FullName.Contains("..", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_dossiers_give_the_same_bytes() => Assert.Equal(Package("fr"), Package("fr"));

    [Fact]
    public void No_cell_of_a_table_is_run_as_a_formula()
    {
        using var output = new StringWriter();
        DossierCsv.WritePassages(output, [InventedDossiers.Leak() with { Story = new(new("=1+1"), new("s"), []) }]);
        Assert.Contains("\r\n'=1+1,", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\r\n=1+1,", output.ToString(), StringComparison.Ordinal);
    }

    private static byte[] Package(string language)
    {
        using var output = new MemoryStream();
        EvidencePackage.Write(output, [InventedDossiers.Leak(), InventedDossiers.Hostile()], InterfaceTexts.Of(language), "0.0.0");
        return output.ToArray();
    }

    private static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
