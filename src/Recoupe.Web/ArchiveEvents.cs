using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Web.Api;

namespace Recoupe.Web;

/// <summary>What has changed in the archive, whoever changed it: asked for a few times a second, once for all who wait.</summary>
internal sealed class ArchiveEvents(Archive archive)
{
    /// <summary>How long a change may go unseen.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    // Of what is longer ago a client reads the lists again.
    private const int Most = 500;

    private readonly Lock _lock = new();
    private long _revision;
    private long _seen;

    /// <summary>The revision of now, or of a moment ago.</summary>
    public long Revision()
    {
        lock (_lock)
        {
            if (_seen != 0 && TimeProvider.System.GetElapsedTime(_seen) < Pause)
                return _revision;
            _revision = archive.Revision();
            _seen = TimeProvider.System.GetTimestamp();
            return _revision;
        }
    }

    /// <summary>What has changed after a revision; null where nothing has.</summary>
    public ArchiveChange? Since(long revision)
    {
        var now = Revision();
        if (now <= revision)
            return null;
        var stories = archive.ChangedStories(revision, Most + 1);
        var articles = archive.Changed(revision, 0, Most + 1);
        if (stories.Count > Most || articles.Count > Most)
            return new ArchiveChange(now, [], [], true);
        // What was committed meanwhile may be among it: it is told again with its own revision.
        return new ArchiveChange(now, [.. articles.Select(ArticleFacts.Of)], [.. stories.Select(changed => StoryOf(changed.Story)).OfType<ChangedStory>()], false);
    }

    private ChangedStory? StoryOf(StoryId id) => archive.Story(id) is { } story
        ? new ChangedStory(id.Value, story.Id == id ? null : story.Id.Value, StoryFacts.Of(story))
        : null;
}

/// <summary>What has changed.</summary>
/// <param name="Revision">The revision up to which this tells.</param>
/// <param name="Articles">Articles that came in, were read otherwise, went to another story or gave way to a later version.</param>
/// <param name="Stories">Stories that are not what they were.</param>
/// <param name="More">Whether more has changed than is told: the lists are to be read again.</param>
public sealed record ArchiveChange(long Revision, IReadOnlyList<ArticleFacts> Articles, IReadOnlyList<ChangedStory> Stories, bool More);

/// <summary>A story that is not what it was.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Into">The story that has its articles now; null where it lives.</param>
/// <param name="Story">As it is, or the one that has its articles.</param>
public sealed record ChangedStory(string Id, string? Into, StoryFacts Story);
