using System.Globalization;
using System.Text.Json;

using Microsoft.Extensions.Options;

namespace Recoupe.Web.Api;

/// <summary>Changes as they happen, as server-sent events.</summary>
internal static class EventsApi
{
    private const int MostStreams = 200;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private static int _streams;

    public static void MapEvents(this WebApplication app) => app.MapGet("/api/v1/events", Stream).WithTags("events")
        .WithSummary("Changes of the archive as they happen (server-sent events); Last-Event-ID, or since, goes on behind a revision")
        .Produces<ArchiveChange>(contentType: "text/event-stream");

    private static async Task Stream(
        HttpContext context, ArchiveEvents events, IHostApplicationLifetime life, IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions> json, long? since)
    {
        if (Interlocked.Increment(ref _streams) > MostStreams)
        {
            Interlocked.Decrement(ref _streams);
            throw new BadHttpRequestException("too many follow the changes at once: try again later", StatusCodes.Status503ServiceUnavailable);
        }

        // Who follows ends with the service, which would wait for them otherwise.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, life.ApplicationStopping);
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            var known = long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                ? last
                : since ?? events.Revision();
            await WriteAsync(context.Response, $"retry: 2000\nid: {known}\nevent: ready\ndata: {{}}\n\n", ending.Token);
            await FollowAsync(context.Response, events, json.Value.SerializerOptions, known, ending.Token);
        }
        catch (OperationCanceledException)
        {
            // The reader has left, or the service ends.
        }
        finally
        {
            Interlocked.Decrement(ref _streams);
        }
    }

    private static async Task FollowAsync(HttpResponse response, ArchiveEvents events, JsonSerializerOptions options, long known, CancellationToken cancellationToken)
    {
        var told = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (events.Since(known) is { } change)
            {
                known = change.Revision;
                await WriteAsync(response, $"id: {known}\nevent: change\ndata: {JsonSerializer.Serialize(change, options)}\n\n", cancellationToken);
                told = TimeProvider.System.GetTimestamp();
            }
            else if (TimeProvider.System.GetElapsedTime(told) > Silence)
            {
                await WriteAsync(response, ": still here\n\n", cancellationToken);
                told = TimeProvider.System.GetTimestamp();
            }

            await Task.Delay(ArchiveEvents.Pause, cancellationToken);
        }
    }

    private static async Task WriteAsync(HttpResponse response, string text, CancellationToken cancellationToken)
    {
        await response.WriteAsync(text, cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }
}
