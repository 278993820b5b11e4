using Recoupe.Languages;
using Recoupe.Statements;

namespace Recoupe.Sayings;

/// <summary>Who is who among the speakers of a story: "Salen" in one article is the Victor Salen of another, if no other Salen speaks.</summary>
internal sealed class StorySpeakers
{
    private static readonly StorySpeaker Nobody = new(null, null);

    private readonly Dictionary<(string Name, SpeakerType Type), StorySpeaker> _speakers = [];

    public StorySpeakers(IEnumerable<AnnotatedArticle> articles)
    {
        var names = new List<(string Name, SpeakerType Type, string[] Words)>();
        foreach (var speaker in articles.SelectMany(article => article.Statements).Select(statement => statement.Speaker))
        {
            if (speaker?.Name is not { } name || !_speakers.TryAdd((name, speaker.Type), Nobody))
                continue;
            names.Add((name, speaker.Type, Words(name)));
        }

        // A name goes by its last word, what is no name by all of its words.
        foreach (var alike in names.GroupBy(name => IsName(name.Name) ? name.Words[^1] : string.Join(' ', name.Words)))
        {
            var known = new List<(StorySpeaker Speaker, string[] Words)>();
            foreach (var (name, type, words) in alike.OrderByDescending(name => name.Type == SpeakerType.Person)
                .ThenByDescending(name => name.Words.Length).ThenByDescending(name => name.Name.Length).ThenBy(name => name.Name, StringComparer.Ordinal))
            {
                var holders = known.FindAll(other => Fits(words, other.Words) || Fits(other.Words, words));
                if (holders.Count == 1)
                {
                    _speakers[(name, type)] = holders[0].Speaker;
                    continue;
                }

                var speaker = new StorySpeaker(name, type);
                known.Add((speaker, words));
                _speakers[(name, type)] = speaker;
            }
        }
    }

    /// <summary>The speaker of a statement as the story knows them.</summary>
    public StorySpeaker Of(Statement statement) =>
        statement.Speaker is { Name: { } name, Type: var type } ? _speakers[(name, type)] : Nobody;

    // "Salen" may be Victor Salen, "J. Salen" not.
    private static bool Fits(string[] words, string[] fuller) => words.All(word =>
        fuller.Contains(word) || word.Length == 1 && fuller.Any(full => full[0] == word[0]));

    private static bool IsName(string name)
    {
        var last = name.AsSpan(name.LastIndexOf(' ') + 1);
        return last.Length > 0 && char.IsUpper(last[0]);
    }

    private static string[] Words(string name) =>
        Folding.Fold(name).Split([' ', '.', '-', '’', '\''], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [name];
}
