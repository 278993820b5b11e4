using System.Net;
using System.Net.Sockets;
using System.Text;

using Recoupe.Documents;
using Recoupe.Fetches;

namespace Recoupe.Tests.Fetches;

/// <summary>The fetcher against a real server that answers as hosts of the web do, well and badly.</summary>
public sealed class FetcherTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_page_is_fetched_and_known_again()
    {
        await using var web = await TestWeb.StartAsync();
        web.Page("/flood", async context =>
        {
            if (context.Request.Headers.IfNoneMatch == "\"v1\"" && context.Request.Headers.IfModifiedSince == "Tue, 03 Mar 2026 08:00:00 GMT")
            {
                context.Response.StatusCode = 304;
                return;
            }

            context.Response.Headers.ETag = "\"v1\"";
            context.Response.Headers.LastModified = "Tue, 03 Mar 2026 08:00:00 GMT";
            await TestWeb.WriteAsync(context, "<p>The river rose.</p>"u8.ToArray(), "text/html");
        });
        using var fetcher = new Fetcher(web.Options);

        var first = await fetcher.FetchAsync(new FetchRequest(web.Address("/flood")), Token);
        var again = await fetcher.FetchAsync(new FetchRequest(web.Address("/flood"), first.ETag, first.LastModified), Token);

        Assert.Equal((FetchOutcome.Fetched, "", "<p>The river rose.</p>"), (first.Outcome, first.Reason, Encoding.UTF8.GetString(first.Body.Span)));
        Assert.Equal((FetchOutcome.NotModified, 0), (again.Outcome, again.Body.Length));
        Assert.Equal(["news.example/robots.txt", "news.example/flood", "news.example/flood"], web.Asked);
    }

    [Theory]
    [InlineData("text/html; charset=windows-1252", "")]
    [InlineData("text/html", "<meta charset=\"iso-8859-15\">")]
    [InlineData("text/html; charset=utf-8", "")]
    public async Task A_page_is_read_in_its_charset_even_where_it_states_a_wrong_one(string type, string meta)
    {
        await using var web = await TestWeb.StartAsync();
        var body = Encoding.Latin1.GetBytes($"<!doctype html><html><head>{meta}<title>Crue</title></head><body><p>Le préfet a parlé à Étampes.</p></body></html>");
        web.Page("/crue", context => TestWeb.WriteAsync(context, body, type));
        using var fetcher = new Fetcher(web.Options);

        var page = FetchedPage.Read(await fetcher.FetchAsync(new FetchRequest(web.Address("/crue?utm_source=x".Split('?')[0])), Token), new DocumentOptions()).Document!;

        Assert.Contains("Le préfet a parlé à Étampes.", page.Content, StringComparison.Ordinal);
        Assert.Equal((DocumentForm.Html, web.Address("/crue")), (page.Form, page.Url));
        Assert.NotNull(page.Captured);
    }

    [Fact]
    public async Task Redirects_are_followed_and_a_move_for_good_is_told()
    {
        await using var web = await TestWeb.StartAsync();
        web.Redirect("/old", "/newer", 301);
        web.Redirect("/newer", web.Address("/new", "www.news.example"), 308);
        web.Redirect("/today", web.Address("/new", "www.news.example"));
        web.Page("/new", "<p>Here</p>", host: "www.news.example");
        using var fetcher = new Fetcher(web.Options);

        var moved = await fetcher.FetchAsync(new FetchRequest(web.Address("/old")), Token);
        var leads = await fetcher.FetchAsync(new FetchRequest(web.Address("/today")), Token);

        Assert.Equal((FetchOutcome.Fetched, web.Address("/new", "www.news.example")), (moved.Outcome, moved.MovedTo));
        Assert.Equal((FetchOutcome.Fetched, null, web.Address("/new", "www.news.example")), (leads.Outcome, leads.MovedTo, leads.FinalAddress));
    }

    [Fact]
    public async Task Redirects_that_lead_nowhere_end()
    {
        await using var web = await TestWeb.StartAsync();
        web.Redirect("/a", "/b");
        web.Redirect("/b", "/a");
        web.Redirect("/self", "/self");
        for (var i = 0; i < 9; i++)
            web.Redirect($"/far{i}", $"/far{i + 1}");
        web.Redirect("/file", "file:///etc/passwd");
        web.Redirect("/script", "javascript:alert(1)");
        web.Redirect("/secret", $"http://user:word@news.example:{web.Port}/a");
        web.Redirect("/nowhere", "http://");
        using var fetcher = new Fetcher(web.Options);

        await Check("/a", FetchOutcome.Failed, "is redirected in a circle");
        await Check("/self", FetchOutcome.Failed, "is redirected in a circle");
        await Check("/far0", FetchOutcome.Failed, "is redirected more than 5 times");
        await Check("/file", FetchOutcome.Refused, "leads to what is no address of the web");
        await Check("/script", FetchOutcome.Refused, "leads to what is no address of the web");
        await Check("/secret", FetchOutcome.Refused, "holds a name or password: those are sent to nobody");
        await Check("/nowhere", FetchOutcome.Refused, "leads to what is no address of the web");

        async Task Check(string path, FetchOutcome outcome, string reason)
        {
            var fetch = await fetcher.FetchAsync(new FetchRequest(web.Address(path)), Token);
            Assert.Equal((outcome, reason), (fetch.Outcome, fetch.Reason));
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:{0}/secret")]
    [InlineData("http://127.1:{0}/secret")]
    [InlineData("http://2130706433:{0}/secret")]
    [InlineData("http://0x7f.0.0.1:{0}/secret")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/secret")]
    [InlineData("http://[::1]:{0}/secret")]
    [InlineData("http://0.0.0.0:{0}/secret")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[64:ff9b::a9fe:a9fe]/latest/meta-data/")]
    [InlineData("http://inside.example:{0}/secret")]
    public async Task A_private_place_is_reached_neither_at_once_nor_by_a_redirect(string private_)
    {
        await using var web = await TestWeb.StartAsync();
        await using var inside = await TestWeb.StartAsync();
        inside.Page("/secret", "<p>The safe's number</p>");
        var address = string.Format(private_, inside.Port);
        web.Redirect("/lead", address);
        using var fetcher = new Fetcher(web.Options);

        var direct = await fetcher.FetchAsync(new FetchRequest(address), Token);
        var led = await fetcher.FetchAsync(new FetchRequest(web.Address("/lead")), Token);

        Assert.Equal((FetchOutcome.Refused, FetchOutcome.Refused), (direct.Outcome, led.Outcome));
        Assert.Contains("is an address of a private network", led.Reason, StringComparison.Ordinal);
        Assert.Empty(inside.Asked);
    }

    [Fact]
    public async Task A_name_that_changes_its_meaning_between_two_connections_is_checked_each_time()
    {
        await using var web = await TestWeb.StartAsync();
        web.Page("/robots.txt", context =>
        {
            context.Response.Headers.Connection = "close";
            return TestWeb.WriteAsync(context, "User-agent: *\nAllow: /"u8.ToArray(), "text/plain");
        });
        web.Page("/a", "<p>Here</p>");
        var asked = 0;
        using var fetcher = new Fetcher(web.Options with
        {
            Resolve = (_, _) => Task.FromResult<IPAddress[]>([Interlocked.Increment(ref asked) == 1 ? IPAddress.Loopback : IPAddress.Parse("127.0.0.9")]),
        });

        var fetch = await fetcher.FetchAsync(new FetchRequest(web.Address("/a")), Token);

        Assert.Equal((FetchOutcome.Refused, 2), (fetch.Outcome, asked));
        Assert.Equal(["news.example/robots.txt"], web.Asked);
    }

    [Fact]
    public async Task Of_the_addresses_of_a_name_only_the_open_ones_are_connected_to()
    {
        await using var web = await TestWeb.StartAsync();
        web.Page("/a", "<p>Here</p>");
        using var fetcher = new Fetcher(web.Options with { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.0.0.1"), IPAddress.IPv6Loopback, IPAddress.Loopback]) });

        Assert.Equal(FetchOutcome.Fetched, (await fetcher.FetchAsync(new FetchRequest(web.Address("/a")), Token)).Outcome);
    }

    [Fact]
    public async Task What_has_no_end_is_cut_off()
    {
        await using var web = await TestWeb.StartAsync();
        web.Page("/endless", TestWeb.Endless("text/html", new byte[1 << 16]));
        // Each moves a clock of its own: one that is given up may move it still.
        var (dripping, silent, mute) = (new HandClock(), new HandClock(), new HandClock());
        web.Page("/drip", TestWeb.Endless("text/html", "."u8.ToArray(), dripping.PassAsync));
        web.Page("/silent", async context =>
        {
            await context.Response.Body.WriteAsync("<p>"u8.ToArray(), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await TestWeb.Mute(silent.PassAsync)(context);
        });
        web.Page("/mute", TestWeb.Mute(mute.PassAsync));
        var bomb = TestWeb.Bomb(64);
        web.Page("/bomb", context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return TestWeb.WriteAsync(context, bomb, "text/html");
        });
        web.Page("/layers", context =>
        {
            context.Response.Headers.ContentEncoding = "gzip, gzip, gzip";
            return TestWeb.WriteAsync(context, bomb, "text/html");
        });
        web.Page("/header", context =>
        {
            for (var i = 0; i < 30; i++)
                context.Response.Headers[$"X-{i}"] = new string('x', 4000);
            return Task.CompletedTask;
        });
        var options = web.Options with { MostBytes = 1 << 20, MostUnpackedBytes = 2 << 20 };
        var soon = TimeSpan.FromSeconds(1);

        await Check("/endless", "is longer than 1 MiB", options);
        await Check("/drip", "took more than 1 s", options with { WholeTime = soon, Clock = dripping });
        await Check("/silent", "gave no answer in time", options with { SilentTime = soon, Clock = silent });
        await Check("/mute", "gave no answer in time", options with { FirstByteTime = soon, Clock = mute });
        await Check("/bomb", "unpacks to more than 2 MiB", options);
        await Check("/layers", "is packed 3 times over", options);
        await Check("/header", "its header is too long", options);

        async Task Check(string path, string reason, FetchOptions options)
        {
            // Each as its own reader: a host that has failed three times is left alone.
            using var fetcher = new Fetcher(options);
            var fetch = await fetcher.FetchAsync(new FetchRequest(web.Address(path)), Token);
            Assert.Equal((FetchOutcome.Failed, reason), (fetch.Outcome, fetch.Reason));
        }
    }

    [Fact]
    public async Task Robots_are_asked_once_and_obeyed_and_a_host_that_cannot_say_is_left_alone()
    {
        await using var web = await TestWeb.StartAsync();
        web.Page("/robots.txt", "User-agent: Recoupe\nDisallow: /closed", "text/plain");
        web.Page("/open", "<p>Here</p>");
        web.Page("/closed/1", "<p>Not here</p>");
        web.Redirect("/lead", "/closed/1");
        web.Status("/robots.txt", 500, "broken.example");
        web.Page("/a", "<p>Here</p>", host: "broken.example");
        using var fetcher = new Fetcher(web.Options);

        Assert.Equal(FetchOutcome.Fetched, (await fetcher.FetchAsync(new FetchRequest(web.Address("/open")), Token)).Outcome);
        var closed = await fetcher.FetchAsync(new FetchRequest(web.Address("/closed/1")), Token);
        var led = await fetcher.FetchAsync(new FetchRequest(web.Address("/lead")), Token);
        var broken = await fetcher.FetchAsync(new FetchRequest(web.Address("/a", "broken.example")), Token);

        Assert.Equal((FetchOutcome.Disallowed, "the robots.txt of news.example asks not to fetch it"), (closed.Outcome, closed.Reason));
        Assert.Equal(FetchOutcome.Disallowed, led.Outcome);
        Assert.Equal((FetchOutcome.Failed, "its robots.txt cannot be had: the host answers with status 500"), (broken.Outcome, broken.Reason));
        Assert.Equal(["news.example/robots.txt", "news.example/open", "news.example/lead", "broken.example/robots.txt"], web.Asked);
    }

    [Fact]
    public async Task A_host_that_asks_to_wait_is_not_asked_again_before_that()
    {
        await using var web = await TestWeb.StartAsync();
        web.Status("/busy", 429, headers: ("Retry-After", "600"));
        web.Page("/other", "<p>Here</p>");
        var clock = new StillClock();
        using var fetcher = new Fetcher(web.Options with { Clock = clock });

        var busy = await fetcher.FetchAsync(new FetchRequest(web.Address("/busy")), Token);
        var other = await fetcher.FetchAsync(new FetchRequest(web.Address("/other")), Token);
        clock.Now += TimeSpan.FromSeconds(600);
        var later = await fetcher.FetchAsync(new FetchRequest(web.Address("/other")), Token);

        Assert.Equal((FetchOutcome.Failed, "the host is asked too much (429)", clock.Now), (busy.Outcome, busy.Reason, busy.NotBefore));
        Assert.Equal((FetchOutcome.PutOff, "its host is left alone until 2026-03-01 08:10 UTC"), (other.Outcome, other.Reason));
        Assert.Equal(FetchOutcome.Fetched, later.Outcome);
        Assert.Single(web.Asked, "news.example/other");
    }

    [Fact]
    public async Task A_host_that_fails_again_and_again_is_left_alone_for_longer_and_longer()
    {
        await using var web = await TestWeb.StartAsync();
        for (var i = 0; i < 5; i++)
            web.Status($"/{i}", 502);
        var clock = new StillClock();
        using var fetcher = new Fetcher(web.Options with { Clock = clock });
        var rests = new List<double?>();
        for (var i = 0; i < 5; i++)
        {
            var fetch = await fetcher.FetchAsync(new FetchRequest(web.Address($"/{i}")), Token);
            rests.Add((fetch.NotBefore - clock.Now)?.TotalSeconds);
            clock.Now = fetch.NotBefore ?? clock.Now;
        }

        Assert.Equal([null, null, 30, 60, 120], rests);
    }

    [Fact]
    public async Task A_reservation_is_told_whether_in_the_header_or_in_the_page()
    {
        await using var web = await TestWeb.StartAsync();
        web.Status("/header", 200, headers: ("TDM-Reservation", "1"));
        web.Status("/robots", 200, headers: ("X-Robots-Tag", "noindex, noai"));
        web.Page("/meta", "<html><head><META content='1' NAME='tdm-reservation'></head></html>");
        web.Page("/noai", "<html><head><meta name=\"robots\" content=\"max-image-preview:large, noai\"></head></html>");
        web.Page("/none", "<html><head><meta name=\"tdm-reservation\" content=\"0\"><meta name=robots content=index></head><body><meta name=robots content=noai></body></html>");
        using var fetcher = new Fetcher(web.Options);

        Assert.Equal("its header reserves text mining (tdm-reservation)", await Of("/header"));
        Assert.Equal("its header asks machines to stay away (X-Robots-Tag: noai)", await Of("/robots"));
        Assert.Equal("the page reserves text mining (tdm-reservation)", await Of("/meta"));
        Assert.Equal("the page asks machines to stay away (robots: noai)", await Of("/noai"));
        Assert.Null(await Of("/none"));

        async Task<string?> Of(string path) => (await fetcher.FetchAsync(new FetchRequest(web.Address(path)), Token)).Reservation;
    }

    [Fact]
    public async Task What_is_not_there_does_not_answer_or_is_no_page_is_told_apart()
    {
        await using var web = await TestWeb.StartAsync();
        web.Status("/gone", 410);
        web.Status("/pay", 402);
        web.Page("/data", "{\"a\": 1}", "application/json");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var fetcher = new Fetcher(web.Options with { Allowed = [AllowedAddress.Parse("127.0.0.1")!.Value] });
        using var nameless = new Fetcher(web.Options with { Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound) });

        Assert.Equal("is not there (404)", await Of(web.Address("/missing")));
        Assert.Equal("is no longer there (410)", await Of(web.Address("/gone")));
        Assert.Equal("the host does not give it to us (402)", await Of(web.Address("/pay")));
        Assert.Equal("is no page but other content", await Of(web.Address("/data")));
        Assert.Equal("the host refuses the connection", await Of($"http://closed.example:{port}/"));
        Assert.Equal("is no address of the web (http:// or https://)", await Of("ftp://news.example/a"));
        Assert.Equal("is no address of the web (http:// or https://)", await Of("news"));
        Assert.Equal("its host is not known: check the address, or the network", (await nameless.FetchAsync(new FetchRequest("http://nowhere.example/"), Token)).Reason);

        async Task<string> Of(string address) => FetchedPage.Read(await fetcher.FetchAsync(new FetchRequest(address), Token), new DocumentOptions()).Skipped!.Reason;
    }

    [Theory]
    [InlineData("http://a..b/")]
    [InlineData("http://./")]
    [InlineData("http://-news-.example/")]
    [InlineData("http://xn--/")]
    [InlineData("http://[::1%25lo]/")]
    [InlineData("http://news.example:65535/\0\r\nX: y")]
    [InlineData("http://news.example:99999/")]
    [InlineData("http://\u202Enews.example/")]
    [InlineData("https:///////")]
    [InlineData("")]
    public async Task An_odd_address_is_told_and_throws_nothing_at_once_or_behind_a_redirect(string address)
    {
        await using var web = await TestWeb.StartAsync();
        web.Redirect("/lead", string.Concat(address.Where(c => c is > ' ' and < '\x7F')));
        using var fetcher = new Fetcher(web.Options);

        foreach (var asked in new[] { address, web.Address("/lead") })
        {
            var fetch = await fetcher.FetchAsync(new FetchRequest(asked), Token);
            Assert.NotEqual(FetchOutcome.Fetched, fetch.Outcome);
            Assert.NotEmpty(fetch.Reason);
        }
    }

    [Fact]
    public async Task A_host_is_asked_one_thing_at_a_time_others_meanwhile()
    {
        await using var web = await TestWeb.StartAsync();
        var (now, most) = (0, 0);
        foreach (var host in new[] { "one.example", "two.example" })
        {
            for (var i = 0; i < 4; i++)
            {
                web.Page($"/{i}", async context =>
                {
                    if (host == "one.example")
                        most = Math.Max(most, Interlocked.Increment(ref now));
                    await Task.Delay(20, context.RequestAborted);
                    if (host == "one.example")
                        Interlocked.Decrement(ref now);
                }, host);
            }
        }

        using var fetcher = new Fetcher(web.Options);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => fetcher.FetchAsync(new FetchRequest(web.Address($"/{i / 2}", i % 2 == 0 ? "one.example" : "two.example")), Token)));

        Assert.Equal((1, 10), (most, web.Asked.Count));
    }

    /// <summary>Stands until it is moved; what waits on it waits.</summary>
    private sealed class StillClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
