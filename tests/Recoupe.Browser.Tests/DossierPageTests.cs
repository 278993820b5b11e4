using Microsoft.Playwright;

using static Microsoft.Playwright.Assertions;

namespace Recoupe.Browser.Tests;

/// <summary>The HTML dossier in a real browser.</summary>
public sealed class DossierPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string, int, bool> Views => new(
        from language in new[] { "en", "fr" } from width in new[] { 1280, 390 } from dark in new[] { false, true } select (language, width, dark));

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Axe_finds_nothing_against_accessibility(string language, int width, bool dark)
    {
        await using var opened = await chromium.Open(language, width, dark);
        await opened.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
        await Axe.Check(opened.Page, leastPasses: 20);
    }

    [Theory]
    [MemberData(nameof(Views))]
    public async Task Nothing_is_wider_than_the_window(string language, int width, bool dark)
    {
        await using var opened = await chromium.Open(language, width, dark);
        Assert.True(await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= width);
        // WCAG 1.4.10: 320 pixels without scrolling in two directions.
        await opened.Page.SetViewportSizeAsync(320, 800);
        Assert.True(await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth") <= 320);
    }

    [Fact]
    public async Task No_request_leaves_the_page_and_the_browser_has_nothing_to_complain_of()
    {
        await using var opened = await chromium.Open("fr");
        var page = opened.Page;
        await page.Locator(".claim a").First.ClickAsync();
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("() => dispatchEvent(new Event('beforeprint'))");
        await page.EvaluateAsync("() => dispatchEvent(new Event('afterprint'))");
        Assert.Empty(opened.Complaints);
        Assert.All(opened.Requests, request => Assert.StartsWith("file:", request, StringComparison.Ordinal));
        Assert.Single(opened.Requests.Distinct());
    }

    [Fact]
    public async Task The_page_may_fetch_and_run_nothing_else()
    {
        await using var opened = await chromium.Open("en");
        var blocked = await opened.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const blocked = [];
              addEventListener('securitypolicyviolation', event => blocked.push(event.effectiveDirective));
              const script = document.createElement('script');
              script.textContent = 'document.title = "taken"';
              document.body.append(script);
              document.body.append(Object.assign(new Image(), { src: 'https://example.com/x.png' }));
              await fetch('https://example.com/').catch(() => {});
              await new Promise(done => setTimeout(done, 100));
              return [...blocked, document.title];
            }
            """);
        Assert.Contains("script-src-elem", blocked);
        Assert.Contains("img-src", blocked);
        Assert.Contains("connect-src", blocked);
        Assert.DoesNotContain("taken", blocked);
    }

    [Theory]
    [InlineData(1280, true)]
    [InlineData(1280, false)]
    [InlineData(390, true)]
    [InlineData(390, false)]
    public async Task Each_line_opens_its_words_in_the_source(int width, bool script)
    {
        await using var opened = await chromium.Open("en", width, script: script);
        var page = opened.Page;
        var links = page.Locator(".claim a, .sides a, .published a, .matrix td a");
        var count = await links.CountAsync();
        Assert.True(count > 20);
        for (var i = 0; i < count; i += 4)
        {
            var link = links.Nth(i);
            await link.ScrollIntoViewIfNeededAsync();
            var before = await page.EvaluateAsync<double>("() => scrollY");
            var target = (await link.GetAttributeAsync("href"))!;
            await link.ClickAsync();
            await Expect(page.Locator($"[id='{target[1..]}']")).ToBeInViewportAsync();
            // Beside each other, the reader keeps their place in the dossier.
            if (width == 1280)
                Assert.Equal(before, await page.EvaluateAsync<double>("() => scrollY"));
        }
    }

    [Fact]
    public async Task A_stretch_that_another_one_cuts_in_two_is_shown_whole()
    {
        await using var opened = await chromium.Open("en");
        var page = opened.Page;
        var cut = await page.EvaluateAsync<string?>("() => document.querySelector('mark[data-of]')?.dataset.of ?? null");
        Assert.NotNull(cut);
        await page.EvaluateAsync("id => { location.hash = id; }", cut);
        await Expect(page.Locator("mark.shown")).Not.ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_keyboard_walks_the_points()
    {
        await using var opened = await chromium.Open("en");
        var page = opened.Page;
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#s1-p1")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("k");
        await Expect(page.Locator("#s1-p2")).ToBeFocusedAsync();
        await Expect(page.Locator("#s1-graph .edge.lit").First).ToHaveAttributeAsync("data-points", "2");
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator("#s1-p2 .chains")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("o");
        await Expect(page.Locator("#s1-p2 .chains")).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("mark:target")).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#s1-p3")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task The_filter_finds_without_accents_and_lets_go()
    {
        await using var opened = await chromium.Open("fr");
        var page = opened.Page;
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("input[type=search]")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("signale JANVIER");
        await Expect(page.Locator("#s1-p5")).ToBeVisibleAsync();
        await Expect(page.Locator("#s1-p1")).ToBeHiddenAsync();
        await Expect(page.Locator("[role=status]:not(.walked)")).ToHaveTextAsync("1 sur 9 points");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#s1-p1")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_browsers_own_keys_are_left_alone_and_ours_can_be_switched_off()
    {
        await using var opened = await chromium.Open("en");
        var page = opened.Page;
        var taken = await page.EvaluateAsync<string[]>(
            """
            () => ['j', 'k', 'o', '/', '?'].flatMap(key => [{ ctrlKey: true }, { altKey: true }, { metaKey: true }].map(modifier =>
              document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...modifier })) ? null : key)).filter(key => key)
            """);
        Assert.Empty(taken);
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog")).ToBeVisibleAsync();
        await page.Locator("dialog input").UncheckAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator("#s1-p1")).Not.ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_point_is_copied_with_its_references()
    {
        await using var opened = await chromium.Open("en");
        var page = opened.Page;
        await page.Locator("#s1-p3 summary").ClickAsync();
        await page.Locator("#s1-p3 button").ClickAsync();
        await Expect(page.Locator("#s1-p3 button")).ToHaveTextAsync("Copied");
        await page.Locator("input[type=search]").ClickAsync();
        await page.Keyboard.PressAsync("Control+V");
        var pasted = await page.Locator("input[type=search]").InputValueAsync();
        Assert.Contains("Le nuage ne présente aucun danger pour la population", pasted, StringComparison.Ordinal);
        Assert.Contains("Le Courrier de Valmont, 4 March 2031, 07:00 UTC, characters 137–189", pasted, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_is_printed_chains_and_sources_too()
    {
        await using var opened = await chromium.Open("en", script: false);
        var page = opened.Page;
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        Assert.Equal("static", await page.Locator("#sources").EvaluateAsync<string>("element => getComputedStyle(element).position"));
        Assert.True((await page.Locator("#s1-p1 .passages").First.BoundingBoxAsync())?.Height > 10, "the chains of the first point take no room on paper");
        var pdf = await page.PdfAsync(new() { Format = "A4" });
        Assert.True(pdf.Length > 30_000);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public async Task Without_script_everything_can_be_read(string language)
    {
        await using var opened = await chromium.Open(language, script: false);
        var page = opened.Page;
        Assert.Equal(6, await page.Locator("#s1-points .point").CountAsync());
        await Expect(page.Locator("#s1-a1 .text")).ToBeVisibleAsync();
        await page.Locator("#s1-p1 summary").ClickAsync();
        await Expect(page.Locator("#s1-p1 .chains")).ToBeVisibleAsync();
        await Expect(page.Locator(".tools")).ToHaveCountAsync(0);
    }
}
