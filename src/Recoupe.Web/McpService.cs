using Recoupe.Storage;

namespace Recoupe.Web;

/// <summary>The tools of agents over standard input and output.</summary>
public static class McpService
{
    /// <summary>Answers until standard input ends.</summary>
    public static async Task RunAsync(Archive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSingleton(archive);
        builder.Services.AddSingleton(new SharedIndex(archive, keepsUp: false));
        builder.Services.AddMcpServer().WithStdioServerTransport().WithTools<ArchiveTools>();
        using var host = builder.Build();
        await host.RunAsync();
    }
}
