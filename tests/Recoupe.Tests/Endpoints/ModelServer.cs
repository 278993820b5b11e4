using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

using Recoupe.Tests.Embeddings;

namespace Recoupe.Tests.Endpoints;

/// <summary>A real HTTP server on a port of this machine that answers as an OpenAI-compatible one does, with vectors counted from the texts' words, or as badly as a test wants.</summary>
internal sealed class ModelServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<Question, byte[]> _answer;
    private readonly X509Certificate2? _certificate;
    private readonly Func<Question, bool> _stalls;

    /// <param name="answer">The whole response, status line and all; null for a server that does all well.</param>
    /// <param name="certificate">Speaks TLS with it.</param>
    /// <param name="stalls">After which answers the connection stays open, as if more were to come, until the server is disposed of; null for none.</param>
    public ModelServer(Func<Question, byte[]>? answer = null, X509Certificate2? certificate = null, Func<Question, bool>? stalls = null)
    {
        (_answer, _certificate, _stalls) = (answer ?? (question => Ok(Vectors(question))), certificate, stalls ?? (_ => false));
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>What was asked, in order of arrival.</summary>
    public ConcurrentQueue<Question> Questions { get; } = new();

    public string Address => $"{(_certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>One request.</summary>
    /// <param name="Number">Counted from 1.</param>
    /// <param name="Head">Request line and headers.</param>
    /// <param name="Model">The model asked for.</param>
    /// <param name="Texts">The texts to be embedded.</param>
    public sealed record Question(int Number, string Head, string Model, string[] Texts);

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    public static byte[] Ok(string json) => Status("200 OK", json);

    public static byte[] Status(string status, string body, params string[] headers) => Encoding.UTF8.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n{body}");

    /// <summary>The right answer to a question.</summary>
    public static string Vectors(Question question, Func<string, float[]>? vectorOf = null) => Data(
        question.Texts.Select((text, i) => $"{{\"object\":\"embedding\",\"index\":{i},\"embedding\":[{Numbers((vectorOf ?? ConceptVectors.Of)(text))}]}}"));

    public static string Data(IEnumerable<string> items) => $"{{\"object\":\"list\",\"data\":[{string.Join(',', items)}],\"model\":\"concepts\"}}";

    public static string Numbers(float[] vector) => string.Join(',', vector.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception stopped) when (stopped is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                Stream stream = client.GetStream();
                if (_certificate is not null)
                {
                    var secure = new SslStream(stream);
                    await secure.AuthenticateAsServerAsync(_certificate);
                    stream = secure;
                }

                var question = await ReadAsync(stream);
                // On a thread of its own: an answer may take its time.
                var answer = await Task.Factory.StartNew(() => _answer(question), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                await stream.WriteAsync(answer, _stop.Token);
                await stream.FlushAsync(_stop.Token);
                if (_stalls(question))
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception broken) when (broken is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
            {
                // The program has hung up.
            }
        }
    }

    private async Task<Question> ReadAsync(Stream stream)
    {
        var bytes = new List<byte>();
        var part = new byte[1 << 16];
        var (end, length) = (-1, 0);
        while (end < 0 || bytes.Count < end + 4 + length)
        {
            var read = await stream.ReadAsync(part, _stop.Token);
            if (read == 0)
                throw new IOException("the request is not whole");
            bytes.AddRange(part.AsSpan(0, read));
            if (end >= 0)
                continue;
            var head = Encoding.UTF8.GetString([.. bytes]);
            end = head.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
                length = int.Parse(head[..end].Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], CultureInfo.InvariantCulture);
        }

        using var json = JsonDocument.Parse(bytes.ToArray().AsMemory(end + 4, length));
        var question = new Question(
            Questions.Count + 1, Encoding.UTF8.GetString([.. bytes.Take(end)]), json.RootElement.GetProperty("model").GetString()!,
            [.. json.RootElement.GetProperty("input").EnumerateArray().Select(text => text.GetString()!)]);
        Questions.Enqueue(question);
        return question;
    }
}
