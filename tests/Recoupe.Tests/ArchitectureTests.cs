using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Recoupe.Tests;

/// <summary>Holds what STYLE asks of the tree: folders use only folders above them, languages are named in one place.</summary>
public class ArchitectureTests
{
    private static readonly string Engine = Path.Combine(Repository.Root, "src", "Recoupe");

    /// <summary>The engine's folders in reading order, as its README lists them.</summary>
    private static readonly string[] Order = File.ReadLines(Path.Combine(Engine, "README.md"))
        .Select(line => Regex.Match(line, @"^\d+\. `(?<folder>\w+)/`", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)))
        .Where(match => match.Success)
        .Select(match => match.Groups["folder"].Value)
        .ToArray();

    [Fact]
    public void The_readme_lists_every_folder_of_the_engine() => Assert.Equal(
        Directory.EnumerateDirectories(Engine).Select(Path.GetFileName).Where(name => name is not ("bin" or "obj")).Order(StringComparer.Ordinal),
        Order.Order(StringComparer.Ordinal));

    [Fact]
    public void A_folder_uses_only_folders_listed_above_it()
    {
        var wrong = from folder in Order
                    from file in Directory.EnumerateFiles(Path.Combine(Engine, folder), "*.cs", SearchOption.AllDirectories)
                    from line in File.ReadLines(file)
                    let used = Regex.Match(line, @"^using (?:static )?Recoupe\.(?<folder>\w+)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["folder"].Value
                    where Array.IndexOf(Order, used) > Array.IndexOf(Order, folder)
                    select $"{Path.GetRelativePath(Engine, file)} uses {used}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void No_language_is_named_in_code_outside_its_folder()
    {
        // A code in quotation marks ("fr") or a language's name: knowledge that belongs into Languages/.
        var wrong = from file in Directory.EnumerateFiles(Engine, "*.cs", SearchOption.AllDirectories)
                    let relative = Path.GetRelativePath(Engine, file)
                    where !relative.StartsWith("Languages", StringComparison.Ordinal) && !relative.StartsWith("obj", StringComparison.Ordinal) && !relative.StartsWith("bin", StringComparison.Ordinal)
                    from line in File.ReadLines(file)
                    let code = line.Split("//")[0]
                    where Regex.IsMatch(code, @"""(?:fr|en|de|es|it|nl|pt)""|\bFrench\b|\bEnglish\b", RegexOptions.None, TimeSpan.FromSeconds(1))
                    select $"{relative}: {line.Trim()}";
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Recoupe")]
    [InlineData("Recoupe.Endpoints", "Recoupe")]
    [InlineData("Recoupe.Cli", "Recoupe", "Recoupe.Endpoints")]
    [InlineData("Recoupe.Web", "Recoupe")]
    public void A_project_refers_to_those_that_it_stands_on_and_no_other(string project, params string[] others) => Assert.Equal(
        others,
        XDocument.Load(Path.Combine(Repository.Root, "src", project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_project_of_the_source_is_named_in_the_architecture()
    {
        var named = File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"));
        Assert.All(Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src")), folder => Assert.Contains($"`src/{Path.GetFileName(folder)}`", named, StringComparison.Ordinal));
    }

    [Fact]
    public void The_command_line_opens_no_connection_of_its_own()
    {
        var wrong = from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "Recoupe.Cli"), "*.cs", SearchOption.AllDirectories)
                    where !Path.GetRelativePath(Repository.Root, file).Contains("/obj/", StringComparison.Ordinal)
                    from line in File.ReadLines(file)
                    where Regex.IsMatch(line.Split("//")[0], @"\b(?:HttpClient|Socket|TcpClient|SocketsHttpHandler)\b", RegexOptions.None, TimeSpan.FromSeconds(1))
                    select $"{Path.GetFileName(file)}: {line.Trim()}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void French_and_English_have_the_same_lists()
    {
        static string[] ListsOf(string code) =>
            [.. Directory.EnumerateFiles(Path.Combine(Engine, "Languages", code)).Select(Path.GetFileName).Order(StringComparer.Ordinal)!];
        Assert.NotEmpty(ListsOf("fr"));
        Assert.Equal(ListsOf("fr"), ListsOf("en"));
    }

    [Fact]
    public void The_stages_between_documents_and_storage_touch_no_network_disk_clock_or_chance()
    {
        string[] shells = ["Documents", "Fetches", "Storage", "Searches"];
        var wrong = from folder in Order.Except(shells)
                    from file in Directory.EnumerateFiles(Path.Combine(Engine, folder), "*.cs", SearchOption.AllDirectories)
                    from line in File.ReadLines(file)
                    let code = line.Split("//")[0]
                    where Regex.IsMatch(code, @"\b(?:File|Directory|HttpClient|Socket|Stopwatch|Random|Environment|Process|Console)\.|new (?:Random|HttpClient|FileStream|StreamReader\("")", RegexOptions.None, TimeSpan.FromSeconds(1))
                    select $"{Path.GetRelativePath(Engine, file)}: {line.Trim()}";
        Assert.Empty(wrong);
    }
}
