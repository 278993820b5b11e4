using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

using Recoupe.Fetches;

namespace Recoupe.Tests.Fetches;

/// <summary>A web of its own on loopback: any number of hosts, told apart by their names, each page as a test wants it.</summary>
internal sealed class TestWeb : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, RequestDelegate> _pages = new(StringComparer.OrdinalIgnoreCase);

    private TestWeb(IReadOnlyList<IPAddress> addresses, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        builder.WebHost.ConfigureKestrel(options =>
        {
            foreach (var address in addresses)
                options.Listen(address, port);
            options.Limits.MaxResponseBufferSize = 1 << 16;
            options.Limits.MinResponseDataRate = null;
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>What was asked for, as host and path.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public int Port { get; private set; }

    /// <summary>Reaches this web and no other place; every name is one of its hosts.</summary>
    public FetchOptions Options => new()
    {
        Allowed = [AllowedAddress.Parse($"127.0.0.1:{Port}")!.Value],
        LeastDelay = TimeSpan.Zero,
        Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
    };

    public static Task<TestWeb> StartAsync() => StartAsync([IPAddress.Loopback], 0);

    /// <summary>A web at several addresses of loopback: each is a host of its own for a program that looks no names up here.</summary>
    public static async Task<TestWeb> StartAsync(IReadOnlyList<IPAddress> addresses, int port)
    {
        var web = new TestWeb(addresses, port);
        await web._app.StartAsync(TestContext.Current.CancellationToken);
        var address = web._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        web.Port = new Uri(address).Port;
        return web;
    }

    public string Address(string path, string host = "news.example") => $"http://{host}:{Port}{path}";

    public void Page(string path, RequestDelegate answer, string host = "news.example") => _pages[host + path] = answer;

    public void Page(string path, string content, string type = "text/html; charset=utf-8", string host = "news.example") =>
        Page(path, context => WriteAsync(context, Encoding.UTF8.GetBytes(content), type), host);

    public static async Task WriteAsync(HttpContext context, byte[] body, string type)
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    public void Redirect(string path, string location, int status = 302, string host = "news.example") => Page(
        path,
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = location;
            return Task.CompletedTask;
        },
        host);

    public void Status(string path, int status, string host = "news.example", params (string Name, string Value)[] headers) => Page(
        path,
        context =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
                context.Response.Headers[name] = value;
            return Task.CompletedTask;
        },
        host);

    /// <summary>Says the same for ever.</summary>
    /// <param name="type">Its media type.</param>
    /// <param name="piece">What it says.</param>
    /// <param name="pause">What it waits for each time; null where it does not.</param>
    public static RequestDelegate Endless(string type, byte[] piece, Func<CancellationToken, Task>? pause = null) => async context =>
    {
        context.Response.ContentType = type;
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(piece, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            if (pause is not null)
                await pause(context.RequestAborted);
        }
    };

    /// <summary>Says nothing for ever.</summary>
    /// <param name="pause">What it waits for again and again.</param>
    public static RequestDelegate Mute(Func<CancellationToken, Task> pause) => async context =>
    {
        while (!context.RequestAborted.IsCancellationRequested)
            await pause(context.RequestAborted);
    };

    /// <summary>Zeros, so that a megabyte is a kilobyte.</summary>
    public static byte[] Bomb(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var megabyte = new byte[1 << 20];
            Array.Fill(megabyte, (byte)' ');
            for (var i = 0; i < megabytes; i++)
                gzip.Write(megabyte);
        }

        return packed.ToArray();
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private Task AnswerAsync(HttpContext context)
    {
        var (host, path) = (context.Request.Host.Host, context.Request.Path.Value + context.Request.QueryString);
        Asked.Enqueue(host + path);
        if (_pages.TryGetValue(host + path, out var answer))
            return answer(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
