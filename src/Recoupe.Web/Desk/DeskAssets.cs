using System.Reflection;
using System.Security.Cryptography;
using System.Text;

using Recoupe.Dossiers;

namespace Recoupe.Web.Desk;

/// <summary>A file of the desk that is part of the program.</summary>
/// <param name="Address">Where it is served; its content is told by it, so that it may be kept for good.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Content">What it holds.</param>
public sealed record DeskAsset(string Address, string Type, byte[] Content);

/// <summary>The style, the script and the small files of the desk, each under an address that changes with its content.</summary>
public static class DeskAssets
{
    /// <summary>The style: that of the dossier's words, and the desk's own.</summary>
    public static DeskAsset Style { get; } = Named("desk.css", "text/css; charset=utf-8", DossierHtml.ReadingStyle + Read("desk.css"));

    /// <summary>The script: that of the dossier, and the desk's own. Everything works without it.</summary>
    public static DeskAsset Script { get; } = Named("desk.js", "text/javascript; charset=utf-8", DossierHtml.ReadingScript + Read("desk.js"));

    /// <summary>The mark.</summary>
    public static DeskAsset Icon { get; } = Named("icon.svg", "image/svg+xml", Read("icon.svg"));

    /// <summary>What a phone needs to keep the desk among its programs.</summary>
    public static DeskAsset Manifest { get; } = Named(
        "manifest.webmanifest", "application/manifest+json", Read("manifest.webmanifest").Replace("{icon}", Icon.Address, StringComparison.Ordinal));

    /// <summary>All of them.</summary>
    public static IReadOnlyList<DeskAsset> All { get; } = [Style, Script, Icon, Manifest];

    /// <summary>An embedded file as text.</summary>
    public static string Read(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Desk/" + name)
            ?? throw new InvalidOperationException($"{name} is not built into the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static DeskAsset Named(string name, string type, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
        return new DeskAsset($"/assets/{hash}-{name}", type, bytes);
    }
}
