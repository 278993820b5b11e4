using Microsoft.Playwright;

using Recoupe.Dossiers;
using Recoupe.Tests.Dossiers;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Recoupe.Browser.Tests;

/// <summary>One Chromium for all tests of a class. Where there is none, every test is skipped and says so.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-pages-").FullName;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Array.Find(Places, File.Exists) is not { } chromium)
            return;
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.CloseAsync();
        _playwright?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Opens the page of invented dossiers, as a file.</summary>
    /// <param name="language">The interface.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="dark">Whether the reader prefers dark.</param>
    /// <param name="script">Whether scripts run.</param>
    internal async Task<DossierPage> Open(string language, int width = 1280, bool dark = false, bool script = true)
    {
        var page = await Open(new PageView(language, width, dark, script));
        var file = Path.Combine(_folder, language + ".html");
        await using (var writer = new StreamWriter(file))
            DossierHtml.Write(writer, [InventedDossiers.Leak(), InventedDossiers.Lone(), InventedDossiers.Hostile()], InterfaceTexts.Of(language), "0.0.0");
        await page.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return page;
    }

    /// <summary>An empty page.</summary>
    internal async Task<DossierPage> Open(PageView view)
    {
        if (_browser is null)
            Assert.Skip("there is no Chromium on this machine: apt-get install chromium");
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = view.Width, Height = 900 },
            ColorScheme = view.Dark ? ColorScheme.Dark : ColorScheme.Light,
            JavaScriptEnabled = view.Script,
            Locale = view.Language,
        });
        return new DossierPage(await context.NewPageAsync());
    }
}

/// <summary>How a page is looked at.</summary>
/// <param name="Language">The interface.</param>
/// <param name="Width">The window's width in pixels.</param>
/// <param name="Dark">Whether the reader prefers dark.</param>
/// <param name="Script">Whether scripts run.</param>
public sealed record PageView(string Language, int Width = 1280, bool Dark = false, bool Script = true);

/// <summary>An open page, with all that the browser complained of and asked for.</summary>
internal sealed class DossierPage : IAsyncDisposable
{
    public DossierPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => Complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) => Complaints.Add("dialog: " + dialog.Message);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Console messages, script errors and dialogs.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>The addresses that were asked for.</summary>
    public List<string> Requests { get; } = [];

    public ValueTask DisposeAsync() => new(Page.Context.CloseAsync());
}
