using System.Data.Common;
using System.Globalization;
using System.Text.Json.Serialization;

using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Checks;
using Recoupe.Corrections;
using Recoupe.Fetches;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Api;
using Recoupe.Web.Desk;
using Recoupe.Web.Watches;

namespace Recoupe.Web;

/// <summary>Answers HTTP about an archive: <c>/api/v1</c>, its description, health and figures, and the tools of agents at <c>/mcp</c>.</summary>
public static class WebService
{
    // Who asks holds a thread while the archive answers or another brings the index up to date: with as many threads as processors all others would wait for that too.
    private const int LeastThreads = 64;

    private static readonly string[] LocalHosts = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Serves until it is stopped.</summary>
    public static async Task RunAsync(Archive archive, WebServiceOptions options)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(LeastThreads, threads), ports);
        await using var app = Build(archive, options);
        await app.StartAsync();
        Console.Error.WriteLine($"recoupe: serving {archive.Location} at {app.Urls.First()}; Ctrl-C stops it");
        await app.WaitForShutdownAsync();
    }

    /// <summary>The service, not yet started.</summary>
    public static WebApplication Build(Archive archive, WebServiceOptions options)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(options);
        if (options.DemandsAccounts && options.Oidc?.NewRole != AccountRole.Administrator
            && !archive.Accounts.All().Any(account => account is { Role: AccountRole.Administrator, Disabled: null }))
            throw new AccessException("others can reach this service, and nobody has an account: \"recoupe accounts add NAME --role administrator\" makes one");
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = typeof(WebService).Assembly.GetName().Name });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(options.Listen, options.Port);
        });
        AddServices(builder.Services, archive, options);
        var app = builder.Build();
        Use(app, options);
        Map(app, options);
        return app;
    }

    private static void AddServices(IServiceCollection services, Archive archive, WebServiceOptions options)
    {
        services.AddSingleton(archive);
        services.AddSingleton(new SharedIndex(archive, keepsUp: true));
        services.AddSingleton(options);
        services.AddSingleton<ServiceFigures>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<AccessGate>();
        services.AddSingleton<SignInTries>();
        services.AddHostedService(provider => provider.GetRequiredService<AuditTrail>());
        if (options.Collector is not null)
            services.AddSingleton<Telemetry>().AddHostedService(provider => provider.GetRequiredService<Telemetry>());
        if (options.Oidc is { } oidc)
            services.AddOidc(oidc);
        services.AddSingleton<ServiceWriter>();
        services.AddSingleton(new Fetcher(options.Fetches));
        services.AddSingleton(new Poster(options.Fetches));
        services.AddSingleton<ArchiveEvents>();
        services.AddHostedService<Indexing>();
        services.AddHostedService<Watching>();
        services.AddHostedService<Retaining>();
        if (options.Follow is not null)
            services.AddHostedService<Following>();
        services.AddProblemDetails();
        services.AddDesk();
        services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Recoupe";
            document.Info.Version = "v1";
            document.Info.Description = "Articles, their stories, and what stands behind each point. Every list is cut into parts: \"next\" is the cursor of the following one.";
            document.Servers?.Clear();
            return Task.CompletedTask;
        }));
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
            json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
        });
        // A page of another site that has its name point here is not answered. Where accounts are demanded, the session is another host's.
        services.Configure<HostFilteringOptions>(hosts => hosts.AllowedHosts = options.PublicUrl is { } url ? [url.Host, .. LocalHosts] : options.DemandsAccounts ? ["*"] : LocalHosts);
        services.AddMcpServer().WithHttpTransport(http => http.Stateless = true).WithTools<ArchiveTools>();
    }

    private static void Use(WebApplication app, WebServiceOptions options)
    {
        if (app.Services.GetService<Telemetry>() is { } telemetry)
            app.Use(next => context => telemetry.InvokeAsync(context, next));
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = AnswerFailure, SuppressDiagnosticsCallback = _ => false });
        app.UseStatusCodePages(AnswerStatus);
        app.UseMiddleware<HostFilteringMiddleware>();
        app.UseResponseCompression();
        app.Use(async (context, next) =>
        {
            context.RequestServices.GetRequiredService<ServiceFigures>().Count();
            var headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            await next();
        });
        app.UseSameOrigin();
        if (options.Oidc is not null)
            app.MapOidc();
        if (!options.DemandsAccounts)
            return;
        var gate = app.Services.GetRequiredService<AccessGate>();
        app.Use(next => context => gate.InvokeAsync(context, next));
    }

    private static void Map(WebApplication app, WebServiceOptions options)
    {
        app.MapGet("/api", () => TypedResults.Json(new ServiceLinks("Recoupe", EngineStamp.Current.Value, "/api/v1/stories", "/openapi/v1.json", "/health", "/metrics", "/mcp"))).ExcludeFromDescription();
        app.MapDesk();
        app.MapOpenApi();
        app.MapGet("/health", Health).ExcludeFromDescription();
        app.MapGet("/metrics", (ServiceFigures figures) => TypedResults.Text(figures.Write(), "text/plain; version=0.0.4")).ExcludeFromDescription();
        app.MapMcp("/mcp").Needs(AccountRole.Reader);
        if (options.DemandsAccounts)
            app.MapSignIn();
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilter<RouteGroupBuilder, CaughtUp>();
        // What else is answered changes without the archive's revision.
        var archived = api.MapGroup("").AddEndpointFilter<RouteGroupBuilder, RevisionTag>();
        var inTurn = archived.MapGroup("").AddEndpointFilter<RouteGroupBuilder, Turns>();
        inTurn.MapArticles();
        inTurn.MapStories();
        inTurn.MapSearch();
        archived.MapDossiers();
        archived.MapExports();
        api.MapCorrections();
        api.MapAccounts();
        api.MapFeeds();
        api.MapWatches(app);
        api.MapTaking();
        api.MapPrivacy();
        app.MapEvents();
    }

    private static Results<Ok<ServiceHealth>, JsonHttpResult<ServiceHealth>> Health(Archive archive)
    {
        try
        {
            return TypedResults.Ok(new ServiceHealth("ok", archive.Revision(), null));
        }
        catch (Exception failure) when (failure is DbException or IOException)
        {
            return TypedResults.Json(new ServiceHealth("the archive cannot be read", null, failure.Message), statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }

    // What a person asked wrongly, and what the archive cannot give, is told; anything else only as a failure.
    private static Task AnswerFailure(HttpContext context)
    {
        var failure = context.Features.Get<IExceptionHandlerFeature>()?.Error;
        var (status, detail) = failure switch
        {
            SearchException or ClaimException or CorrectionException or PrivacyException => (StatusCodes.Status400BadRequest, failure.Message),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            ArchiveException => (StatusCodes.Status503ServiceUnavailable, failure.Message),
            DbException or IOException => (StatusCodes.Status503ServiceUnavailable, $"the archive cannot be read or written: {failure.Message.TrimEnd('.')}"),
            _ => (StatusCodes.Status500InternalServerError, (string?)null),
        };
        if (status == StatusCodes.Status500InternalServerError || failure is DbException)
            Console.Error.WriteLine($"recoupe: {context.Request.Method} {context.Request.Path} failed: {failure?.GetType().Name}: {failure?.Message}");
        return DeskResults.WantsPage(context.Request)
            ? DeskResults.Wrong(context, status, "wrong.failed", detail is null ? "" : DeskReader.Of(context).Texts.Why(detail)).ExecuteAsync(context)
            : TypedResults.Problem(detail, statusCode: status).ExecuteAsync(context);
    }

    private static Task AnswerStatus(StatusCodeContext context)
    {
        var (http, status) = (context.HttpContext, context.HttpContext.Response.StatusCode);
        return DeskResults.WantsPage(http.Request)
            ? DeskResults.Wrong(http, status, status == StatusCodes.Status404NotFound ? "wrong.notfound" : "wrong.failed").ExecuteAsync(http)
            : TypedResults.Problem(statusCode: status).ExecuteAsync(http);
    }
}

/// <summary>Where things are.</summary>
public sealed record ServiceLinks(string Name, string Engine, string Stories, string Openapi, string Health, string Metrics, string Mcp);

/// <summary>Whether the archive can be read.</summary>
public sealed record ServiceHealth(string Status, long? Revision, string? Reason);
