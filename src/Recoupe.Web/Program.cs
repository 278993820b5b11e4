using Recoupe.Storage;
using Recoupe.Web;
using Recoupe.Web.Access;

// Started by "recoupe serve" and "recoupe mcp", which check what is asked for and tell how it is used.
if (args is not [var what, var archive, .. var rest])
{
    Console.Error.WriteLine("recoupe: the service is started by \"recoupe serve\"");
    return 2;
}

try
{
    // A desk may begin empty; agents are asked about something.
    using var opened = Archive.Open(ArchiveLocation.Parse(archive), create: what != "mcp");
    if (what == "mcp")
        await McpService.RunAsync(opened);
    else
        await WebService.RunAsync(opened, WebServiceOptions.Parse(rest, Environment.GetEnvironmentVariable));
    return 0;
}
catch (Exception failure) when (failure is ArchiveException or AccessException or IOException or ArgumentException)
{
    Console.Error.WriteLine($"recoupe: {failure.Message}");
    return failure is AccessException or ArgumentException ? 2 : 1;
}
