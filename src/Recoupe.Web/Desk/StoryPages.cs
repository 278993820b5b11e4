using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Web.Api;

namespace Recoupe.Web.Desk;

/// <summary>The pages of stories: made from dossiers once, in every language of the interface, and kept until the story, the engine or this program changes.</summary>
internal sealed class StoryPages(Archive archive, TimeProvider clock) : IAsyncDisposable
{
    private static readonly string Stamp = $"{EngineStamp.Current}-{typeof(StoryPages).Module.ModuleVersionId:N}";

    // When a page was made: a part of it that is not shown as it is.
    private const string MadeAt = "made";

    /// <summary>What is there is shown rather than waited for longer than one notices.</summary>
    public static readonly TimeSpan Brief = TimeSpan.FromMilliseconds(150);

    // How long what nobody waits for is held back while others wait, and how often that is looked at.
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<(string Story, long Revision), Lazy<Task>> _making = [];
    private readonly SemaphoreSlim _renewing = new(1);
    private readonly CancellationTokenSource _ending = new();

    /// <summary>The page if it is there already.</summary>
    public RenderedStory? Find(ArchivedStory story, InterfaceTexts texts) =>
        Part(story, texts, "core") is { } bytes ? JsonSerializer.Deserialize(bytes, RenderedJson.Default.RenderedStory) : null;

    /// <summary>The markup of a part of the page: <c>section/…</c>, or <c>points/…</c> with the number of the first.</summary>
    public string Markup(ArchivedStory story, InterfaceTexts texts, string name) => Part(story, texts, name) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    /// <summary>What a point's own page shows; null where there is no such point.</summary>
    public RenderedDetails? Details(ArchivedStory story, InterfaceTexts texts, string point) =>
        Part(story, texts, "point/" + point) is { } bytes ? JsonSerializer.Deserialize(bytes, RenderedJson.Default.RenderedDetails) : null;

    /// <summary>The lines of the drawing, as a table shows them.</summary>
    public IReadOnlyList<RenderedEdge> Edges(ArchivedStory story, InterfaceTexts texts) =>
        Part(story, texts, "edges") is { } bytes ? JsonSerializer.Deserialize(bytes, RenderedJson.Default.IReadOnlyListRenderedEdge)! : [];

    /// <summary>What an article of the story shares with others.</summary>
    public IReadOnlyList<RenderedShare> Shared(ArchivedStory story, InterfaceTexts texts, ArticleId article) =>
        Part(story, texts, "shared/" + article) is { } bytes ? JsonSerializer.Deserialize(bytes, RenderedJson.Default.IReadOnlyListRenderedShare)! : [];

    /// <summary>
    /// The page, or the one of before while what has come in since is read into it; null where neither is there within <paramref name="patience"/>. It goes on being made.
    /// </summary>
    public async Task<ShownStory?> GetAsync(ArchivedStory story, InterfaceTexts texts, TimeSpan patience)
    {
        if (Find(story, texts) is { } known)
            return new ShownStory(story, known, null);
        var before = archive.Desk.LastRendered(story.Id, NameOf(texts.Code, "core"), Stamp);
        var making = before is null ? MakeAsync(story) : RenewAsync(story);
        if (await Task.WhenAny(making, Task.Delay(before is null ? patience : Brief)) == making)
        {
            await making;
            if (Find(story, texts) is { } made)
                return new ShownStory(story, made, null);
        }

        // All of its parts are of one revision: one that was replaced meanwhile is not there.
        return before is { } revision && story with { Revision = revision } is var earlier && Find(earlier, texts) is { } page
            ? new ShownStory(earlier, page, Part(earlier, texts, MadeAt) is { } time ? Encoding.UTF8.GetString(time) : "")
            : null;
    }

    /// <summary>Makes the pages of a story; once for all who wait.</summary>
    public Task MakeAsync(ArchivedStory story) => OnceAsync(story, () => Task.Run(() => Make(story, _ending.Token)));

    /// <summary>Makes them while nobody has to wait for them: one after the other, with as much time for others between.</summary>
    public Task RenewAsync(ArchivedStory story) => OnceAsync(story, async () =>
    {
        await _renewing.WaitAsync(_ending.Token);
        // Those who wait for an answer go before, but not for ever.
        for (var waited = TimeSpan.Zero; waited < LongestHeld && Turns.AreTaken; waited += Look)
            await Task.Delay(Look, clock, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var begun = clock.GetTimestamp();
        try
        {
            await Task.Run(() => Make(story, _ending.Token));
        }
        finally
        {
            _ = RestAsync(clock.GetElapsedTime(begun));
        }
    });

    /// <summary>Stops what is being made, and waits until nothing touches the archive any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var making in _making.Values)
            await making.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private Task OnceAsync(ArchivedStory story, Func<Task> make)
    {
        var key = (story.Id.Value, story.Revision);
        return _making.GetOrAdd(key, _ => new Lazy<Task>(async () =>
        {
            try
            {
                await make();
            }
            finally
            {
                _making.TryRemove(key, out var _);
            }
        })).Value;
    }

    private async Task RestAsync(TimeSpan time)
    {
        await Task.Delay(time, clock, _ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _renewing.Release();
    }

    private void Make(ArchivedStory story, CancellationToken cancellationToken)
    {
        // While it waited more may have come in, or another have made it.
        if (archive.Story(story.Id) is not { } now || now.Id != story.Id || archive.Desk.LastRendered(now.Id, NameOf(InterfaceTexts.Codes[^1], MadeAt), Stamp) == now.Revision)
            return;
        story = now;
        var at = Encoding.UTF8.GetBytes(FeedShelf.Written(clock.GetUtcNow()));
        if (archive.RenewDossier(story.Id, cancellationToken) is not { } dossier)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        archive.Desk.Keep(story, Stamp, InterfaceTexts.Codes.SelectMany(code =>
            RenderedStory.Write(dossier, story.Id.Value, InterfaceTexts.Of(code)).Append((Name: MadeAt, Content: at)).Select(part => (NameOf(code, part.Name), part.Content))));
        archive.Desk.Keep(story, OutletRecord.Of(dossier));
        archive.Desk.Keep(story, DossierSummary.Of(dossier));
    }

    private byte[]? Part(ArchivedStory story, InterfaceTexts texts, string name) => archive.Desk.Rendering(story, NameOf(texts.Code, name), Stamp);

    private static string NameOf(string code, string part) => $"{code}/{part}";
}

/// <summary>A story's page.</summary>
/// <param name="Story">The story, of the revision that is shown.</param>
/// <param name="Page">The page.</param>
/// <param name="AsOf">When it was made, UTC, where what has come in since is still being read into it; null where it is of now.</param>
internal sealed record ShownStory(ArchivedStory Story, RenderedStory Page, string? AsOf);

/// <summary>Makes the dossiers of the stories that the front page shows, one after the other, while nobody waits for them.</summary>
internal sealed class DossierMaking(Archive archive, StoryPages pages) : BackgroundService
{
    // So many of the latest stories are kept ready.
    private const int Ready = 100;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private readonly HashSet<(StoryId Story, long Revision)> _tried = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var revision = -1L;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = archive.Revision();
                if (now != revision && !Turns.AreTaken)
                {
                    if (await MakeNextAsync(stoppingToken))
                        continue;
                    revision = now;
                }
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"recoupe: a dossier could not be made: {failure.GetType().Name}: {failure.Message}");
            }

            await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The largest first: those are looked at.
    private async Task<bool> MakeNextAsync(CancellationToken stoppingToken)
    {
        var missing = archive.Desk.Front(new FrontFilter { Least = 2 }, Ready)
            .Where(story => !story.IsFresh && !_tried.Contains((story.Story.Id, story.Story.Revision))).MaxBy(story => story.Story.Articles);
        if (missing is null)
            return false;
        _tried.Add((missing.Story.Id, missing.Story.Revision));
        await pages.RenewAsync(missing.Story).WaitAsync(stoppingToken);
        return true;
    }
}
