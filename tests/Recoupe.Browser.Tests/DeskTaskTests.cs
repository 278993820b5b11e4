using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Recoupe.Browser.Tests;

/// <summary>
/// The five main tasks of the desk: find what is confirmed and by whom, why several articles are one source, compare the wordings of two outlets, correct a point, watch a
/// story. Once with nothing but a keyboard, once with nothing but what the tree of accessibility tells.
/// </summary>
public sealed class DeskTaskTests(Chromium chromium) : IClassFixture<Chromium>, IAsyncLifetime
{
    // A page on which a thing is further away than this cannot be worked by keyboard.
    private const int MostTabs = 150;

    private RunningDesk? _desk;
    private string _story = "";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _desk = await RunningDesk.Start();
        _story = $"/stories/{await _desk.TakeInSample()}";
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _desk!.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_only_a_keyboard_finds_what_is_confirmed_by_whom_and_why_it_is_one_source(bool script)
    {
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        await page.GotoAsync(_desk!.Address);
        var headline = page.Locator(".front-story h2 a").First;
        await TabTo(page, headline);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(_desk.Address + _story);
        var point = page.Locator(".point").First;
        await Expect(point.Locator(".grade")).Not.ToBeEmptyAsync();
        await TabTo(page, point.Locator("details > summary").First);
        await page.Keyboard.PressAsync("Enter");
        await Expect(point.Locator(".chains").First).ToBeVisibleAsync();
        await Expect(point).ToContainTextAsync("←");
        await TabTo(page, point.GetByRole(AriaRole.Link, new() { Name = "This point alone" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveCountAsync(1);
        await Expect(page.Locator("main")).ToContainTextAsync("origin");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_only_a_keyboard_compares_two_outlets(bool script)
    {
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        await page.GotoAsync(_desk!.Address + _story + "/beside");
        var back = page.Locator(".beside .back").First;
        await TabTo(page, back);
        var target = await back.GetAttributeAsync("href");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(_desk.Address + _story + "/beside" + target);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_only_a_keyboard_corrects_a_point_and_undoes_it(bool script)
    {
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        await page.GotoAsync(_desk!.Address + _story);
        await page.GotoAsync(_desk.Address + await page.Locator(".point .more a").First.GetAttributeAsync("href"));
        await TabTo(page, page.GetByRole(AriaRole.Checkbox, new() { Disabled = false }).Nth(0));
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, page.GetByRole(AriaRole.Radio).First);
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Look at what it does" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("What it will do");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Do it" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 correction made");
        await TabTo(page, page.GetByRole(AriaRole.Checkbox).First);
        await page.Keyboard.PressAsync("Space");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Undo the marked ones" }));
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Do it" }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 correction undone");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_has_only_a_keyboard_watches_a_story(bool script)
    {
        await using var opened = await chromium.Open(new PageView("en", Script: script));
        var page = opened.Page;
        await page.GotoAsync(_desk!.Address + _story);
        await TabTo(page, page.GetByRole(AriaRole.Link, new() { Name = "Watch this story" }));
        await page.Keyboard.PressAsync("Enter");
        await TabTo(page, page.GetByRole(AriaRole.Button, new() { Name = "Watch", Exact = true }));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("The watch is kept");
    }

    // Nothing is looked for by its place or style: only by the role and the name that a screen reader tells.
    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Who_hears_the_page_does_the_five_tasks(string language)
    {
        var french = language == "fr";
        await using var opened = await chromium.Open(new PageView(language));
        var page = opened.Page;
        var main = page.GetByRole(AriaRole.Main);
        await page.GotoAsync(_desk!.Address);

        // What is confirmed, and by whom: the list of stories tells the grade, the story its points with what stands behind each.
        await Expect(main.GetByRole(AriaRole.Listitem).First).ToContainTextAsync(french ? "origine" : "origin");
        await main.GetByRole(AriaRole.Heading, new() { Level = 2 }).GetByRole(AriaRole.Link).First.ClickAsync();
        var points = main.GetByRole(AriaRole.Region, new() { Name = french ? "Points, d’abord ce que plusieurs articles disent" : "Points, what several articles tell first" });
        var point = points.GetByRole(AriaRole.Listitem).First;
        await Expect(point).ToContainTextAsync(french ? "origine" : "origin");
        Assert.Contains("link", await point.AriaSnapshotAsync(), StringComparison.Ordinal);

        // Why it is so many sources: the point alone tells what was counted as one, and by which rule.
        await point.GetByText(french ? "Comment l’information est arrivée" : "How it reached each outlet").First.ClickAsync();
        await point.GetByRole(AriaRole.Link, new() { Name = french ? "Ce point seul" : "This point alone" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Article)).ToContainTextAsync("←");

        // A correction says what it will do.
        await main.GetByRole(AriaRole.Checkbox, new() { Disabled = false }).First.CheckAsync();
        await main.GetByRole(AriaRole.Radio, new() { Name = french ? "les passages cochés disent un autre point" : "the marked passages tell another point" }).CheckAsync();
        await main.GetByRole(AriaRole.Button, new() { Name = french ? "Voir ce que cela fait" : "Look at what it does" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Table)).ToBeVisibleAsync();
        await Expect(main.GetByRole(AriaRole.Button, new() { Name = french ? "Le faire" : "Do it" })).ToBeVisibleAsync();

        // Two wordings side by side, each with the name of its outlet.
        await page.GotoAsync(_desk.Address + _story);
        await main.GetByRole(AriaRole.Button, new() { Name = french ? "Côte à côte" : "Side by side" }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(french ? "Côte à côte" : "Side by side");
        await Expect(main.GetByRole(AriaRole.Heading, new() { Level = 2 }).Nth(1)).ToBeVisibleAsync();

        // A watch.
        await page.GotoAsync(_desk.Address + _story);
        await main.GetByRole(AriaRole.Link, new() { Name = french ? "Veiller sur ce sujet" : "Watch this story" }).ClickAsync();
        await main.GetByRole(AriaRole.Button, new() { Name = french ? "Veiller" : "Watch", Exact = true }).ClickAsync();
        await Expect(main.GetByRole(AriaRole.Status)).ToContainTextAsync(french ? "La veille est gardée" : "The watch is kept");
    }

    [Fact]
    public async Task The_drawing_is_walked_by_arrow_keys_and_made_larger_and_every_line_stands_in_the_table()
    {
        await using var opened = await chromium.Open(new PageView("en"));
        var page = opened.Page;
        await page.GotoAsync(_desk!.Address + _story + "/sections/graph");
        var drawing = page.Locator(".graph svg");
        var whole = await drawing.GetAttributeAsync("viewBox");
        await drawing.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator(".walked")).ToContainTextAsync(" from ");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator(".graph .here")).ToHaveCountAsync(1);
        Assert.NotEqual("0", await page.Locator(".graph .here").GetAttributeAsync("data-layer"));
        await page.Keyboard.PressAsync("ArrowLeft");
        Assert.Equal("0", await page.Locator(".graph .here").GetAttributeAsync("data-layer"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Larger" }).ClickAsync();
        Assert.NotEqual(whole, await drawing.GetAttributeAsync("viewBox"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Whole" }).ClickAsync();
        Assert.Equal(whole, await drawing.GetAttributeAsync("viewBox"));
        Assert.Equal(await page.Locator(".graph .edge").CountAsync(), await page.Locator(".edges tbody tr").CountAsync());
    }

    private static async Task TabTo(IPage page, ILocator wanted)
    {
        await wanted.WaitForAsync();
        var handle = await wanted.ElementHandleAsync();
        for (var tabs = 0; tabs < MostTabs; tabs++)
        {
            if (await page.EvaluateAsync<bool>("wanted => document.activeElement === wanted", handle))
                return;
            await page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{wanted} is not reached by {MostTabs} tabs on {page.Url}");
    }
}
