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
internal sealed class StoryPages(Archive archive) : IAsyncDisposable
{
    private static readonly string Stamp = $"{EngineStamp.Current}-{typeof(StoryPages).Module.ModuleVersionId:N}";

    private readonly ConcurrentDictionary<(string Story, long Revision), Lazy<Task>> _making = [];
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

    /// <summary>The page, made where it is not there; null where that takes longer than <paramref name="patience"/>: it goes on being made.</summary>
    public async Task<RenderedStory?> GetAsync(ArchivedStory story, InterfaceTexts texts, TimeSpan patience)
    {
        if (Find(story, texts) is { } known)
            return known;
        var making = MakeAsync(story);
        if (await Task.WhenAny(making, Task.Delay(patience)) != making)
            return null;
        await making;
        return Find(story, texts);
    }

    /// <summary>Makes the pages of a story; once for all who wait.</summary>
    public Task MakeAsync(ArchivedStory story)
    {
        var key = (story.Id.Value, story.Revision);
        return _making.GetOrAdd(key, _ => new Lazy<Task>(() => Task.Run(() =>
        {
            try
            {
                Make(story, _ending.Token);
            }
            finally
            {
                _making.TryRemove(key, out var _);
            }
        }))).Value;
    }

    /// <summary>Stops what is being made, and waits until nothing touches the archive any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var making in _making.Values)
            await making.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ending.Dispose();
    }

    private void Make(ArchivedStory story, CancellationToken cancellationToken)
    {
        if (archive.Dossier(story.Id, cancellationToken) is not { } dossier)
            return;
        cancellationToken.ThrowIfCancellationRequested();
        archive.Desk.Keep(story, Stamp, InterfaceTexts.Codes.SelectMany(code =>
            RenderedStory.Write(dossier, story.Id.Value, InterfaceTexts.Of(code)).Select(part => (NameOf(code, part.Name), part.Content))));
        archive.Desk.Keep(story, OutletRecord.Of(dossier));
        archive.Desk.Keep(story, DossierSummary.Of(dossier));
    }

    private byte[]? Part(ArchivedStory story, InterfaceTexts texts, string name) => archive.Desk.Rendering(story, NameOf(texts.Code, name), Stamp);

    private static string NameOf(string code, string part) => $"{code}/{part}";
}

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
                    var begun = TimeProvider.System.GetTimestamp();
                    if (await MakeNextAsync(stoppingToken))
                    {
                        // While articles come in there is always one more: half of the time is theirs.
                        await Task.Delay(TimeProvider.System.GetElapsedTime(begun), stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                        continue;
                    }

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
        await pages.MakeAsync(missing.Story).WaitAsync(stoppingToken);
        return true;
    }
}
