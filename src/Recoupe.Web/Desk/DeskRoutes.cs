using System.IO.Compression;

using Microsoft.AspNetCore.ResponseCompression;

using Recoupe.Web.Access;
using Recoupe.Web.Api;

namespace Recoupe.Web.Desk;

/// <summary>The desk: pages that a browser shows, each of which is also data at the same address with .json.</summary>
internal static class DeskRoutes
{
    /// <summary>What the pages need.</summary>
    public static void AddDesk(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<StoryPages>();
        services.AddSingleton<LatestDossiers>();
        services.AddSingleton<DeskIntake>();
        services.AddHostedService<DossierMaking>();
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.AddResponseCompression(compression => compression.MimeTypes = ["text/html", "text/css", "text/javascript", "application/json", "image/svg+xml"]);
    }

    /// <summary>The pages.</summary>
    public static void MapDesk(this WebApplication app)
    {
        foreach (var asset in DeskAssets.All)
        {
            app.MapGet(asset.Address, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return TypedResults.Bytes(asset.Content, asset.Type);
            }).ExcludeFromDescription().WithMetadata(new OpenToAll());
        }

        var desk = app.MapGroup("").ExcludeFromDescription();
        desk.AddEndpointFilter<RouteGroupBuilder, CaughtUp>();
        var inTurn = desk.MapGroup("").AddEndpointFilter<RouteGroupBuilder, Turns>();
        inTurn.MapFront();
        inTurn.MapSearchPages();
        desk.MapCheckPage();
        desk.MapIntake();
        desk.MapStoryPages();
        desk.MapArticlePages();
        desk.MapChanges();
        desk.MapSources();
        desk.MapWatchPages();
        desk.MapAccountPages();
        desk.MapCorrectionPages();
        desk.MapSettings();
    }
}
