namespace Recoupe.Tests;

/// <summary>The checkout that the tests run in.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Recoupe.slnx</c>.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Recoupe.slnx")))
                return folder.FullName;
        }

        throw new InvalidOperationException($"no Recoupe.slnx above {AppContext.BaseDirectory}: run the tests from a checkout");
    }
}
