using System.Collections.Concurrent;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Web.Desk;

/// <summary>The pages of stories: made from dossiers once, in every language of the interface, and kept until the story, the engine or this program changes.</summary>
internal sealed class StoryPages(Archive archive)
{
    private static readonly string Stamp = $"{EngineStamp.Current}-{typeof(StoryPages).Module.ModuleVersionId:N}";

    private readonly ConcurrentDictionary<(string Story, long Revision), Lazy<Task>> _making = [];

    /// <summary>The page if it is there already.</summary>
    public RenderedStory? Find(ArchivedStory story, InterfaceTexts texts) =>
        archive.Desk.Rendering(story, NameOf(texts.Code), Stamp) is { } bytes ? RenderedStory.Read(bytes) : null;

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
                Make(story);
            }
            finally
            {
                _making.TryRemove(key, out var _);
            }
        }))).Value;
    }

    private void Make(ArchivedStory story)
    {
        if (archive.Dossier(story.Id, CancellationToken.None) is not { } dossier)
            return;
        foreach (var code in InterfaceTexts.Codes)
            archive.Desk.Keep(story, NameOf(code), Stamp, RenderedStory.Of(dossier, story.Id.Value, InterfaceTexts.Of(code)).Write());
        archive.Desk.Keep(story, DossierSummary.Of(dossier));
    }

    private static string NameOf(string code) => "desk-" + code;
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
                if (now != revision && await MakeNextAsync())
                    continue;
                revision = now;
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                await Console.Error.WriteLineAsync($"recoupe: a dossier could not be made: {failure.GetType().Name}: {failure.Message}");
            }

            await Task.Delay(Rest, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The largest first: those are looked at.
    private async Task<bool> MakeNextAsync()
    {
        var missing = archive.Desk.Front(new FrontFilter { Least = 2 }, Ready)
            .Where(story => !story.IsFresh && !_tried.Contains((story.Story.Id, story.Story.Revision))).MaxBy(story => story.Story.Articles);
        if (missing is null)
            return false;
        _tried.Add((missing.Story.Id, missing.Story.Revision));
        await pages.MakeAsync(missing.Story);
        return true;
    }
}
