using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Which medium a name means in a story: aliases, short forms ("the Gazette"), "this newspaper", "nos confrères".</summary>
internal sealed class MediaNames
{
    private const int MostKeys = 4096;

    // What a name's key is depends on the name alone: remembering it changes no result.
    [ThreadStatic]
    private static Dictionary<string, string>? _keys;

    private readonly Dictionary<string, string> _ofStory = new(StringComparer.Ordinal);
    private readonly List<(string Name, HashSet<string> Words)> _byWords = [];
    private readonly string?[] _outlets;
    private readonly StoryText _story;

    public MediaNames(StoryText story)
    {
        _story = story;
        _outlets = new string?[story.Articles.Length];
        for (var place = 0; place < _outlets.Length; place++)
        {
            if (story.Articles[place].Article.Outlet is { } outlet)
                _outlets[place] = Add(outlet);
        }

        foreach (var article in story.Articles)
        {
            foreach (var agency in article.Article.Agencies)
                Add(agency);
        }
    }

    /// <summary>The outlet of the article at a place, by its name in the story; null where unknown.</summary>
    public string? OutletOf(int place) => _outlets[place];

    /// <summary>Whether a medium is an agency.</summary>
    public static bool IsAgency(string name) => MediaDirectory.Find(name) is { Kind: MediumKind.Agency };

    /// <summary>ISO 3166-1 code of the country of a medium; null where it is not known.</summary>
    public static string? CountryOf(string name) => MediaDirectory.Find(name)?.Country;

    /// <summary>The medium that <paramref name="name"/> means in the article at <paramref name="place"/>, as the story names it.</summary>
    public string Resolve(string name, int place)
    {
        var language = _story.Articles[place].Body.Language;
        if (_outlets[place] is { } own && language is not null && IsPhrase(name, language, "own-outlet"))
            return own;
        if (language is not null && IsPhrase(name, language, "media-anaphora") && LastNamed(place) is { } last)
            return last;
        var key = KeyOf(name);
        if (_ofStory.TryGetValue(key, out var known))
            return known;
        if (MediaDirectory.Find(name) is { IsCommonWord: false } listed)
            return _ofStory.TryGetValue(KeyOf(listed.Name), out known) ? known : listed.Name;
        return ByWords(key) ?? name;
    }

    /// <summary>Whether a statement's channel is the article's own outlet under any name.</summary>
    public bool IsOwn(Channel channel, int place) => _outlets[place] is { } own && Same(Resolve(channel.Name, place), own);

    /// <summary>Whether a channel is a medium: so marked, or known as one in the story.</summary>
    public bool IsMedium(Channel channel, int place)
    {
        if (channel.IsMedium)
            return true;
        var key = KeyOf(channel.Name);
        return _ofStory.ContainsKey(key) || MediaDirectory.Find(channel.Name) is { IsCommonWord: false } || ByWords(key) is not null
            || _story.Articles[place].Body.Language is { } language && IsPhrase(channel.Name, language, "own-outlet");
    }

    /// <summary>Whether a name is that of an outlet of the story, or of an agency that it credits.</summary>
    public bool IsOutletOfStory(string name) => _ofStory.ContainsKey(KeyOf(name));

    /// <summary>Whether two names mean the same medium.</summary>
    public static bool Same(string a, string b) => string.Equals(KeyOf(a), KeyOf(b), StringComparison.Ordinal);

    /// <summary>A name without case, accents, article and marks.</summary>
    public static string KeyOf(string name)
    {
        // The same few names come up at every step of every chain.
        _keys ??= new Dictionary<string, string>(StringComparer.Ordinal);
        if (_keys.TryGetValue(name, out var known))
            return known;
        if (_keys.Count >= MostKeys)
            _keys.Clear();
        return _keys[name] = string.Concat(Words(name));
    }

    private static List<string> Words(string name)
    {
        var bare = MediaDirectory.WithoutArticle(name).ToString();
        return [.. Tokenizer.Tokenize(bare, null).Where(token => token.Kind != TokenKind.Mark)
            .SelectMany(token => Folding.Fold(token.Span.In(bare)).Split('\'', '-')).Where(word => word.Length > 0)];
    }

    private static bool IsPhrase(string name, Language language, string list)
    {
        var words = Tokenizer.Tokenize(name, language).Select(token => Folding.Fold(token.Span.In(name))).ToArray();
        return words.Length > 0 && PhraseSet.Of(language, list).At(words, 0).Length == words.Length;
    }

    private string Add(string name)
    {
        var key = KeyOf(name);
        if (_ofStory.TryGetValue(key, out var known))
            return known;
        var listed = MediaDirectory.Find(name);
        if (listed is not null && _ofStory.TryGetValue(KeyOf(listed.Name), out known))
            return known;
        _ofStory[key] = name;
        if (listed is not null)
            _ofStory.TryAdd(KeyOf(listed.Name), name);
        _byWords.Add((name, [.. Words(name)]));
        return name;
    }

    // "the Gazette" for the Pellbridge Gazette, if only one medium of the story fits.
    private string? ByWords(string key)
    {
        string? found = null;
        foreach (var (name, words) in _story.Keeps(SourcingRule.MediaInShort) ? _byWords : [])
        {
            if (!words.Contains(key) && !EndsWith(name, key))
                continue;
            if (found is not null)
                return null;
            found = name;
        }

        return found;
    }

    private static bool EndsWith(string name, string key) => key.Length >= 4 && KeyOf(name).EndsWith(key, StringComparison.Ordinal);

    // The medium that the article names most often apart from its own outlet: what "the paper" goes back to.
    private string? LastNamed(int place)
    {
        var article = _story.Articles[place];
        var named = article.Citations.Where(citation => citation.Source is { Type: Citations.CitedType.Medium, Collective: false })
            .Select(citation => citation.Source!.Name)
            .Concat(article.Statements.Where(statement => statement.Speaker is { Type: SpeakerType.Medium, Name: not null }).Select(statement => statement.Speaker!.Name!))
            .Where(name => article.Body.Language is not { } language || !IsPhrase(name, language, "media-anaphora"));
        foreach (var name in named)
        {
            var resolved = _ofStory.GetValueOrDefault(KeyOf(name)) ?? name;
            if (_outlets[place] is not { } own || !Same(resolved, own))
                return resolved;
        }

        return null;
    }
}
