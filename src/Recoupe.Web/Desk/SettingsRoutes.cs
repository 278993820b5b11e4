using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>What a reader prefers, kept in the browser; and what the archive holds.</summary>
internal static class SettingsRoutes
{
    /// <summary>Where it is said for whom the desk works; who cannot sign in reads it too.</summary>
    public const string AccessibilityPath = "/accessibility";

    public static void MapSettings(this RouteGroupBuilder desk)
    {
        desk.MapGet("/settings", (Archive archive, HttpContext context) => DeskResults.Page<SettingsPage>(context, Load(archive, context)));
        desk.MapGet("/settings.json", (Archive archive, HttpContext context) => TypedResults.Json(Load(archive, context)));
        desk.MapPost("/settings", Save).Needs(AccountRole.Reader);
        desk.MapGet("/keys", (HttpContext context) => DeskResults.Page<KeysPage>(context, new WrongModel("", "")));
        desk.MapGet("/keys.json", (HttpContext context) => TypedResults.Json(DeskHelp.KeysIn(DeskReader.Of(context).Texts)));
        desk.MapGet(AccessibilityPath + ".json", (WebServiceOptions options, HttpContext context) =>
            TypedResults.Json(DeskHelp.AccessibilityIn(DeskReader.Of(context).Texts, options.Contact))).WithMetadata(new OpenToAll());
        desk.MapGet(AccessibilityPath, (WebServiceOptions options, HttpContext context) => DeskResults.Page<AccessibilityPage>(context, new AccessibilityModel(options.Contact)));
    }

    private static SettingsModel Load(Archive archive, HttpContext context)
    {
        var (articles, statements) = archive.Current();
        return new SettingsModel(archive.Location.ToString(), archive.Figures(), articles, statements, context.Request.Query.ContainsKey("kept"));
    }

    private static async Task<IResult> Save(HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        if (InterfaceTexts.Codes.Contains(form["interface"].ToString()))
            DeskReader.Keep(context, DeskReader.InterfaceCookie, form["interface"].ToString());
        if (DeskReader.Themes.Contains(form["theme"].ToString()))
            DeskReader.Keep(context, DeskReader.ThemeCookie, form["theme"].ToString());
        DeskReader.Keep(context, DeskReader.KeysCookie, form["keys"] == "off" ? "off" : "on");
        return DeskResults.SeeOther(context, "/settings?kept=1");
    }
}
