using Recoupe.Origins;
using Recoupe.Statements;

namespace Recoupe.Sayings;

/// <summary>Who is who among the speakers of a story.</summary>
internal sealed class StorySpeakers
{
    private static readonly StorySpeaker Nobody = new(null, null);

    private readonly StoryNames _names;
    private readonly Dictionary<string, StorySpeaker> _speakers = new(StringComparer.Ordinal);

    public StorySpeakers(IEnumerable<AnnotatedArticle> articles)
    {
        var speakers = articles.SelectMany(article => article.Statements).Select(statement => statement.Speaker)
            .Where(speaker => speaker?.Name is not null).Select(speaker => (Name: speaker!.Name!, speaker.Type)).Distinct().ToList();
        _names = new StoryNames(speakers.Select(speaker => (speaker.Name, speaker.Type == SpeakerType.Person)));
        foreach (var (name, type) in speakers.OrderBy(speaker => speaker.Type))
            _speakers.TryAdd(_names[name], new StorySpeaker(_names[name], type));
    }

    /// <summary>The speaker of a statement as the story knows them.</summary>
    public StorySpeaker Of(Statement statement) => statement.Speaker?.Name is { } name ? _speakers[_names[name]] : Nobody;
}
