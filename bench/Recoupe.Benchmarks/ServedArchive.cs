using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Recoupe.Benchmarks;

/// <summary>An archive that <c>recoupe serve</c> serves in a process of its own, until it is disposed of.</summary>
internal sealed class ServedArchive : IDisposable
{
    public ServedArchive(string program, string archive, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--archive", archive, "--port", "0", .. options]) { RedirectStandardError = true, UseShellExecute = false };
        Process = Process.Start(start)!;
        var address = (Process.StandardError.ReadLine() ?? "").Split(" at ")[^1].Split(';')[0];
        _ = Process.StandardError.ReadToEndAsync();
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256, AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2),
        };
    }

    public Process Process { get; }

    public HttpClient Client { get; }

    public void Dispose()
    {
        Client.Dispose();
        using (var kill = Process.Start("kill", ["-TERM", Process.Id.ToString(CultureInfo.InvariantCulture)]))
            kill.WaitForExit();
        Process.WaitForExit();
        Process.Dispose();
    }
}
