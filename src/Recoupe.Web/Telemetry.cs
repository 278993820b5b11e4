using System.Data.Common;
using System.Diagnostics;
using System.Diagnostics.Metrics;

using Microsoft.AspNetCore.Diagnostics;

using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Recoupe.Web;

/// <summary>Sends the service's figures and a span for each request to a collector (OTLP over HTTP), where one is named. Off otherwise.</summary>
/// <remarks>
/// A span tells the route, never the address: what is searched for and read is nobody's business. What is to be sent waits in a bounded queue and is sent by threads
/// of its own, so that no request waits for it; that the collector is not reached is told once, and what it missed is lost.
/// </remarks>
internal sealed class Telemetry : IHostedService, IDisposable
{
    private const string Name = "Recoupe";
    private const int MillisecondsToEnd = 3000;

    // Whatever else somebody sends is told by one name.
    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

    // All figures of one sending are those of one moment.
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly ServiceFigures _figures;
    private readonly ActivitySource _spans = new(Name);
    private readonly Meter _meter = new(Name);
    private readonly Uri _collector;
    private readonly Lock _reading = new();
    private Dictionary<string, long> _read = [];
    private long _readAt;
    private TracerProvider? _tracing;
    private MeterProvider? _measuring;

    /// <summary>Sends to the collector of <paramref name="options"/>.</summary>
    public Telemetry(ServiceFigures figures, WebServiceOptions options)
    {
        _figures = figures;
        _collector = options.Collector ?? throw new ArgumentException("no collector is named", nameof(options));
        foreach (var (name, isCounter, help, _) in figures.All())
        {
            if (isCounter)
                _meter.CreateObservableCounter(name, () => Read(name), description: help);
            else
                _meter.CreateObservableGauge(name, () => Read(name), description: help);
        }
    }

    /// <summary>Answers a request inside a span.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Request.Headers;
        var parent = ActivityContext.TryParse(headers.TraceParent, headers.TraceState, isRemote: true, out var asked) ? asked : default;
        var method = Methods.Contains(context.Request.Method) ? context.Request.Method : "_OTHER";
        using var span = _spans.StartActivity(method, ActivityKind.Server, parent);
        await next(context);
        if (span is null)
            return;
        var endpoint = context.Features.Get<IExceptionHandlerFeature>()?.Endpoint ?? context.GetEndpoint();
        var (route, status) = ((endpoint as RouteEndpoint)?.RoutePattern.RawText, context.Response.StatusCode);
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method).SetTag("http.route", route).SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
            span.SetStatus(ActivityStatusCode.Error);
    }

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var reach = new Reach(_collector);
        void Whose(ResourceBuilder resource) => resource.AddService("recoupe", serviceVersion: typeof(Telemetry).Assembly.GetName().Version!.ToString(3));
        void Where(OtlpExporterOptions exporter, string what)
        {
            exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
            exporter.Endpoint = new Uri($"{_collector.AbsoluteUri.TrimEnd('/')}/v1/{what}");
            var patience = TimeSpan.FromMilliseconds(exporter.TimeoutMilliseconds);
            exporter.HttpClientFactory = () => new HttpClient(new TellingHandler(reach)) { Timeout = patience };
        }

        _tracing = Sdk.CreateTracerProviderBuilder().AddSource(Name).ConfigureResource(Whose).AddOtlpExporter(exporter => Where(exporter, "traces")).Build();
        _measuring = Sdk.CreateMeterProviderBuilder().AddMeter(Name, "Microsoft.AspNetCore.Hosting").ConfigureResource(Whose)
            .AddOtlpExporter(exporter => Where(exporter, "metrics")).Build();
        return Task.CompletedTask;
    }

    /// <summary>Sends what waits, for as long as somebody may wait for an end.</summary>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        _tracing?.Shutdown(MillisecondsToEnd);
        _measuring?.Shutdown(MillisecondsToEnd);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tracing?.Dispose();
        _measuring?.Dispose();
        _meter.Dispose();
        _spans.Dispose();
    }

    private long Read(string name)
    {
        lock (_reading)
        {
            if (_readAt == 0 || Stopwatch.GetElapsedTime(_readAt) > Moment)
            {
                try
                {
                    _read = _figures.All().ToDictionary(figure => figure.Name, figure => figure.Value);
                }
                catch (Exception failure) when (failure is DbException or IOException)
                {
                    // Those of before are sent again: /health tells that the archive cannot be read.
                }

                _readAt = Stopwatch.GetTimestamp();
            }

            return _read.GetValueOrDefault(name);
        }
    }

    // Whether the collector is reached: told when that changes.
    private sealed class Reach(Uri collector)
    {
        private readonly string _where = $"{collector.Scheme}://{collector.Authority}";
        private int _isLost;

        public void Had()
        {
            if (Interlocked.Exchange(ref _isLost, 0) == 1)
                Console.Error.WriteLine($"recoupe: the collector at {_where} is reached again");
        }

        public void Missed(string why)
        {
            if (Interlocked.Exchange(ref _isLost, 1) == 0)
                Console.Error.WriteLine($"recoupe: the collector at {_where} is not reached: {why}. Figures and spans are lost until it is");
        }
    }

    private sealed class TellingHandler(Reach reach) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Told(base.Send(request, cancellationToken));
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                reach.Missed(failure.Message.TrimEnd('.'));
                throw;
            }
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            try
            {
                return Told(await base.SendAsync(request, cancellationToken));
            }
            catch (Exception failure) when (failure is HttpRequestException or OperationCanceledException)
            {
                reach.Missed(failure.Message.TrimEnd('.'));
                throw;
            }
        }

        private HttpResponseMessage Told(HttpResponseMessage answer)
        {
            if (answer.IsSuccessStatusCode)
                reach.Had();
            else
                reach.Missed($"it answers {(int)answer.StatusCode}");
            return answer;
        }
    }
}
