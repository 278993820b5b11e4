using System.Text.Json;

using Microsoft.Playwright;

namespace Recoupe.Browser.Tests;

/// <summary>Looks for what stands against accessibility.</summary>
internal static class Axe
{
    /// <summary>The folder of these tests in the checkout.</summary>
    public static string Folder { get; } = FindFolder();

    /// <summary>Finds nothing against WCAG 2.2 AA and good practice on a page as it is now.</summary>
    /// <param name="page">The page.</param>
    /// <param name="leastPasses">How many rules must have had something to look at.</param>
    public static async Task Check(IPage page, int leastPasses) => Assert.Empty(await Violations(page, leastPasses));

    /// <summary>What stands against WCAG 2.2 AA and good practice on a page as it is now.</summary>
    public static async Task<IReadOnlyList<string>> Violations(IPage page, int leastPasses)
    {
        var axe = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(axe))
            Assert.Skip("axe-core is not installed: npm ci --prefix tests/Recoupe.Browser.Tests");
        await page.EvaluateAsync(await File.ReadAllTextAsync(axe));
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => {
              const run = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
              return { passes: run.passes.length, violations: run.violations.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => n.target.join(' ')).join('; ')}`) };
            }
            """);
        var violations = found.GetProperty("violations").EnumerateArray().Select(violation => $"{new Uri(page.Url).PathAndQuery} {violation.GetString()}").ToList();
        Assert.True(found.GetProperty("passes").GetInt32() > leastPasses, $"{page.Url}: {found.GetProperty("passes").GetInt32()} rules had something to look at");
        return violations;
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var tests = Path.Combine(folder.FullName, "tests", "Recoupe.Browser.Tests");
            if (Directory.Exists(tests))
                return tests;
        }

        throw new InvalidOperationException($"no tests/Recoupe.Browser.Tests above {AppContext.BaseDirectory}: run the tests from a checkout");
    }
}
