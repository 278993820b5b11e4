using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Recoupe.Browser.Tests;

/// <summary>The desk in a real browser.</summary>
public sealed class DeskPageTests(Chromium chromium, SampleDesk sample) : IClassFixture<Chromium>, IClassFixture<SampleDesk>
{
    public static TheoryData<PageView> Views => new(
        new PageView("en"), new PageView("en", 390, Dark: true), new PageView("fr", Dark: true), new PageView("fr", 390), new PageView("fr", Script: false));

    /// <summary>Views that run scripts: axe is one, and waits for ever where the page's own are switched off.</summary>
    public static TheoryData<PageView> ScriptedViews { get; } = new(
        new PageView("en"), new PageView("en", 390, Dark: true), new PageView("fr", Dark: true), new PageView("fr", 390));

    [Theory]
    [MemberData(nameof(ScriptedViews))]
    public async Task Axe_finds_nothing_against_any_page(PageView view)
    {
        await using var opened = await chromium.Open(view);
        var violations = new List<string>();
        foreach (var path in sample.Pages)
        {
            await opened.Page.GotoAsync(sample.Desk.Address + path);
            await opened.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
            violations.AddRange(await Axe.Violations(opened.Page, leastPasses: 12));
        }

        Assert.Empty(violations);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task No_page_is_wider_than_the_window_or_says_what_a_browser_complains_of(PageView view)
    {
        await using var opened = await chromium.Open(view);
        var wide = new List<string>();
        foreach (var path in sample.Pages)
        {
            await opened.Page.SetViewportSizeAsync(view.Width, 900);
            var answer = await opened.Page.GotoAsync(sample.Desk.Address + path);
            Assert.Equal(view.Language, await opened.Page.Locator("html").GetAttributeAsync("lang"));
            if (await WidthOf(opened.Page) > view.Width)
                wide.Add(path);
            // WCAG 1.4.10: 320 pixels without scrolling in two directions.
            await opened.Page.SetViewportSizeAsync(320, 800);
            if (await WidthOf(opened.Page) > 320)
                wide.Add($"{path} at 320: {await WidthOf(opened.Page)}");
            // A browser tells of each page that is not there.
            if (!answer!.Ok)
                opened.Complaints.RemoveAll(complaint => complaint.Contains("Failed to load resource", StringComparison.Ordinal));
        }

        Assert.Empty(wide);
        Assert.Empty(opened.Complaints);
        Assert.All(opened.Requests, request => Assert.StartsWith(sample.Desk.Address, request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_newcomer_reaches_the_dossier_of_the_sample_in_under_a_minute(bool script)
    {
        await using var desk = await RunningDesk.Start();
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        var since = TimeProvider.System.GetTimestamp();

        await page.GotoAsync(desk.Address);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("The desk is empty");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take in the sample event" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("5 articles taken in");
        await page.GetByRole(AriaRole.Heading, new() { Level = 2 }).GetByRole(AriaRole.Link).First.ClickAsync();
        await Expect(page.Locator(".point").First).ToBeVisibleAsync(new() { Timeout = 20_000 });

        Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1));
        await Expect(page.Locator(".point", new() { HasText = "disputed" }).First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(390, false)]
    public async Task A_line_of_a_dossier_opens_its_words_in_the_article(int width, bool script)
    {
        await using var opened = await chromium.Open(new PageView("en", width, Script: script));
        await opened.Page.GotoAsync(sample.Desk.Address + sample.Story);
        await opened.Page.Locator(".claim a").First.ClickAsync();
        await Expect(opened.Page.Locator("#at")).ToBeInViewportAsync();
        await opened.Page.GoBackAsync();
        await Expect(opened.Page.Locator(".point").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_layer_of_an_article_is_shown_and_hidden(bool script)
    {
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        await page.GotoAsync(sample.Desk.Address + sample.Article);
        var said = page.Locator(".text .l-s").First;
        await Expect(said).Not.ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
        await page.GetByRole(AriaRole.Checkbox, new() { Name = "what is said" }).UncheckAsync();
        await Expect(said).ToHaveCSSAsync("background-color", "rgba(0, 0, 0, 0)");
    }

    [Fact]
    public async Task Who_has_only_a_keyboard_finds_a_story_reads_a_chain_searches_and_chooses_a_language()
    {
        await using var opened = await chromium.Open(new PageView("en"));
        var page = opened.Page;
        await page.GotoAsync(sample.Desk.Address);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".front-story").First).ToBeFocusedAsync();
        for (var story = 0; story < 4 && await page.Locator(".front-story:focus a[href='" + sample.Story + "'], .front-story:focus[href='" + sample.Story + "']").CountAsync() == 0; story++)
            await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(sample.Desk.Address + sample.Story);
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#s-p2")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator("#s-p2 .chains")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("?");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("next");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("p");
        await Expect(page).ToHaveURLAsync(sample.Desk.Address + "/speakers");
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator(".find input")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("turbine");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(sample.Desk.Address + "/search?q=turbine");
        await page.WaitForLoadStateAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".found > li").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("r");
        await Expect(page).ToHaveURLAsync(sample.Desk.Address + "/settings");
        await page.WaitForLoadStateAsync();
        var french = page.GetByRole(AriaRole.Radio, new() { Name = "Français" });
        await french.FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "fr");
    }

    [Theory]
    [InlineData("en", "Accessibility statement", "What is known not to work, or was not tested", true)]
    [InlineData("fr", "Déclaration d’accessibilité", "Ce que l’on sait ne pas marcher, ou qui n’a pas été éprouvé", false)]
    public async Task Who_has_only_a_keyboard_reaches_the_accessibility_statement_and_reads_it_in_both_languages(string language, string title, string known, bool script)
    {
        await using var opened = await chromium.Open(new PageView(language, Script: script));
        var page = opened.Page;
        await page.GotoAsync(sample.Desk.Address + "/sources");
        var link = page.GetByRole(AriaRole.Contentinfo).GetByRole(AriaRole.Link, new() { Name = title });
        for (var tabs = 0; tabs < 60 && !await page.EvaluateAsync<bool>("wanted => document.activeElement === wanted", await link.ElementHandleAsync()); tabs++)
            await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(sample.Desk.Address + "/accessibility");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(title);
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = known }).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(7);
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#main")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_browsers_own_keys_are_left_alone_and_ours_can_be_switched_off()
    {
        await using var opened = await chromium.Open(new PageView("en"));
        var page = opened.Page;
        await page.GotoAsync(sample.Desk.Address + sample.Story);
        var taken = await page.EvaluateAsync<string[]>(
            """
            () => ['j', 'k', 'o', 'g', '/', '?'].flatMap(key => [{ ctrlKey: true }, { altKey: true }, { metaKey: true }].map(modifier =>
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifier })) ? null : key)).filter(key => key)
            """);
        Assert.Empty(taken);
        await page.GotoAsync(sample.Desk.Address + "/settings");
        await page.GetByRole(AriaRole.Radio, new() { Name = "off" }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep" }).ClickAsync();
        await page.GotoAsync(sample.Desk.Address + sample.Story);
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#s-p1")).Not.ToBeFocusedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_correction_says_what_it_will_do_is_done_and_undone(bool script)
    {
        await using var desk = await RunningDesk.Start();
        await desk.TakeInSample();
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        await page.GotoAsync(desk.Address + "/outlets/The%20Harbour%20Post");
        await page.Locator("main .headline").First.ClickAsync();
        await page.GetByText("Correct this article").ClickAsync();
        await page.GetByLabel("Outlet", new() { Exact = true }).FillAsync("The Bay Herald");
        await page.Locator("form", new() { Has = page.GetByLabel("Outlet", new() { Exact = true }) }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The Harbour Post becomes The Bay Herald");
        await page.GotoAsync(desk.Address + "/outlets");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("The Bay Herald");
        await page.GoBackAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 correction made");
        await page.GotoAsync(desk.Address + "/outlets");
        await Expect(page.Locator("main")).ToContainTextAsync("The Bay Herald");

        await page.GotoAsync(desk.Address + "/corrections");
        await page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo the marked ones" }).ClickAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("The Bay Herald becomes The Harbour Post");
        await page.GetByRole(AriaRole.Button, new() { Name = "Do it" }).ClickAsync();
        await page.GotoAsync(desk.Address + "/outlets");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("The Bay Herald");
    }

    [Fact]
    public async Task What_comes_in_is_told_without_moving_what_is_read()
    {
        await using var desk = await RunningDesk.Start();
        await desk.TakeInSample();
        await using var opened = await chromium.Open(new PageView("en"));
        var page = opened.Page;
        await page.GotoAsync(desk.Address);
        var stories = await page.Locator(".front-story").CountAsync();
        await desk.Client.PostAsync(desk.Address + "/start/own", new FormUrlEncodedContent([new("box", "A lone text on the lock of Vireux."), new("title", "Lock closed")]), TestContext.Current.CancellationToken);
        await Expect(page.Locator("#live")).ToContainTextAsync("in the archive", new() { Timeout = 15_000 });
        Assert.Equal(stories, await page.Locator(".front-story").CountAsync());
        await page.Locator("#live a").ClickAsync();
        await Expect(page.Locator(".front-story")).ToHaveCountAsync(stories + 1);
    }

    [Theory]
    [InlineData("en", "Three workers were injured when the Passe-Sud tidal plant was evacuated.")]
    [InlineData("fr", "Trois ouvriers ont été blessés lors de l’évacuation de l’usine marémotrice de la Passe-Sud.")]
    public async Task Pictures_of_the_pages_are_taken_where_they_are_asked_for(string language, string claim)
    {
        if (Environment.GetEnvironmentVariable("RECOUPE_SCREENSHOTS") is not { Length: > 0 } folder)
        {
            Assert.Skip("RECOUPE_SCREENSHOTS names no folder: docs/desk/take-pictures sets it");
            return;
        }

        (string Name, string Path)[] pictures =
        [
            ("front", "/"), ("story", sample.Story), ("article", sample.Article + "?at=336-350"), ("outlets", "/outlets"), ("watch", "/watches/new?story=" + sample.Story.Split('/')[^1]),
            ("point", sample.Point), ("beside", sample.Story + "/beside"), ("graph", sample.Story + "/sections/graph"), ("search", "/search?q=turbine"), ("check", "/check?claim=" + Uri.EscapeDataString(claim)), ("speakers", "/speakers"), ("sources", "/sources"),
            ("corrections", "/corrections"), ("settings", "/settings"), ("accessibility", "/accessibility"),
        ];
        await sample.Desk.TakeIn(OtherNews.Lines);
        await using var guarded = await RunningDesk.Start(accounts: true);
        foreach (var (view, ending) in new[] { (new PageView(language), ""), (new PageView(language, 390, Dark: true), "-phone") })
        {
            await using var opened = await chromium.Open(view);
            Task Take(string name) => opened.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}{ending}-{language}.png") });
            foreach (var (name, path) in pictures)
            {
                await opened.Page.GotoAsync(sample.Desk.Address + path);
                await Take(name);
            }

            await opened.Page.GotoAsync(guarded.Address + "/sign-in");
            await Take("sign-in");
            await opened.Page.Locator("input[name=name]").FillAsync(RunningDesk.Account);
            await opened.Page.Locator("input[name=password]").FillAsync(RunningDesk.Password);
            await opened.Page.Locator("main button").ClickAsync();
            await opened.Page.GotoAsync(guarded.Address + "/tokens");
            await opened.Page.Locator("form[action='/tokens'] input[name=title]").FillAsync("Dashboard");
            await opened.Page.Locator("form[action='/tokens'] button").ClickAsync();
            foreach (var name in new[] { "tokens", "accounts", "audit" })
            {
                await opened.Page.GotoAsync($"{guarded.Address}/{name}");
                await Take(name);
            }
        }

        await using var desk = await RunningDesk.Start();
        await using var first = await chromium.Open(new PageView(language));
        await first.Page.GotoAsync(desk.Address);
        await first.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"start-{language}.png") });
    }

    private static Task<int> WidthOf(IPage page) => page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
}
