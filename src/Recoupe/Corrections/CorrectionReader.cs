using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Statements;

namespace Recoupe.Corrections;

/// <summary>Reads <c>recoupe.corrections.json</c>.</summary>
/// <remarks>
/// One object, each member optional; or a list of what <see cref="ReadList"/> reads:
/// <code>
/// { "stories":  { "merge": [["a1", "b1"]], "split": [["c1"]] },
///   "origins":  { "same": [[{"article": "a1", "words": "…"}, {"article": "b1", "words": "…"}]], "apart": [[…]] },
///   "points":   { "merge": [[{"article": "a1", "words": "twelve planes"}, {"article": "b1", "words": "douze avions"}]], "split": [[…]] },
///   "speakers": [{"article": "a1", "words": "We know nothing", "speaker": "Jane Roe", "type": "person"}],
///   "articles": [{"article": "a1", "outlet": "The Post", "published": "2026-04-14T09:15:00+01:00"}] }
/// </code>
/// </remarks>
public static class CorrectionReader
{
    private const int DeepestNesting = 16;

    /// <summary>The corrections that <paramref name="json"/> holds. Comments and trailing commas are allowed.</summary>
    /// <exception cref="CorrectionException">It is no such file: the message names the place and the remedy.</exception>
    public static CorrectionSet Read(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(
                json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = DeepestNesting });
            return ReadRoot(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new CorrectionException($"line {(error.LineNumber ?? 0) + 1}, column {(error.BytePositionInLine ?? 0) + 1}: this is not JSON: check quotes, commas and brackets just before this place");
        }
    }

    /// <summary>The corrections that <paramref name="root"/> is: one object with a "kind", or a list of such.</summary>
    /// <remarks>
    /// <code>
    /// {"kind": "merge-stories" | "split-story", "articles": ["a1", …]}
    /// {"kind": "merge-points" | "split-point" | "same-origin" | "not-same-origin", "passages": [{"article": "a1", "words": "twelve planes"}, …]}
    /// {"kind": "speaker", "article": "a1", "words": "We know nothing", "speaker": "Jane Roe", "type": "person"}
    /// {"kind": "article", "article": "a1", "outlet": "The Post", "published": "2026-04-14"}
    /// {"kind": "note", "article": "a1", "words": "twelve planes", "text": "Asked the ministry."}
    /// {"kind": "star", "article": "a1"}
    /// </code>
    /// </remarks>
    /// <exception cref="CorrectionException">It is no such thing: the message names the place and the remedy.</exception>
    public static ImmutableArray<Correction> ReadList(JsonElement root) => root.ValueKind == JsonValueKind.Array
        ? [.. root.EnumerateArray().Select((item, number) => ReadOne(item, $"[{number}]"))]
        : [ReadOne(root, "the correction")];

    private static Correction ReadOne(JsonElement item, string at)
    {
        Expect(item, JsonValueKind.Object, at, "an object with a \"kind\"");
        var kind = Text(item, "kind", at);
        switch (kind)
        {
            case "merge-stories" or "split-story":
                OnlyMembers(item, at, "kind", "articles");
                return new StoryCorrection(kind == "merge-stories", Group(Required(item, "articles", at), $"{at}.articles", kind == "merge-stories" ? 2 : 1, ReadId));
            case "merge-points" or "split-point":
                OnlyMembers(item, at, "kind", "passages");
                return new PointCorrection(kind == "merge-points", Group(Required(item, "passages", at), $"{at}.passages", kind == "merge-points" ? 2 : 1, ReadPlace));
            case "same-origin" or "not-same-origin":
                OnlyMembers(item, at, "kind", "passages");
                return new OriginCorrection(kind == "same-origin", Group(Required(item, "passages", at), $"{at}.passages", 2, ReadPlace));
            case "speaker":
                return ReadSpeaker(item, at);
            case "article":
                return ReadArticle(item, at);
            case "note":
                OnlyMembers(item, at, "kind", "article", "words", "text");
                return new Note(new ArticleId(Text(item, "article", at)), Member(item, "words") is null ? null : Text(item, "words", at), Text(item, "text", at));
            case "star":
                OnlyMembers(item, at, "kind", "article");
                return new Star(new ArticleId(Text(item, "article", at)));
            default:
                throw new CorrectionException($"{at}.kind: \"{kind}\" is none of {string.Join(", ", CorrectionWriter.Kinds)}");
        }
    }

    private static CorrectionSet ReadRoot(JsonElement root)
    {
        if (root.ValueKind == JsonValueKind.Array)
            return new CorrectionSet(ReadList(root));
        Expect(root, JsonValueKind.Object, "the file", "one object with \"stories\", \"points\", \"origins\", \"speakers\" or \"articles\"");
        OnlyMembers(root, "the file", "stories", "points", "origins", "speakers", "articles");
        return new CorrectionSet(
        [
            .. Groups(root, "stories", ("merge", 2), ("split", 1), ReadId).Select(pair => new StoryCorrection(pair.IsFirst, pair.Group)),
            .. Groups(root, "points", ("merge", 2), ("split", 1), ReadPlace).Select(pair => new PointCorrection(pair.IsFirst, pair.Group)),
            .. Groups(root, "origins", ("same", 2), ("apart", 2), ReadPlace).Select(pair => new OriginCorrection(pair.IsFirst, pair.Group)),
            .. List(root, "speakers", ReadSpeaker),
            .. List(root, "articles", ReadArticle),
        ]);
    }

    private static IEnumerable<(bool IsFirst, ImmutableArray<T> Group)> Groups<T>(
        JsonElement root, string name, (string Name, int Least) first, (string Name, int Least) second, Func<JsonElement, string, T> read)
    {
        if (Member(root, name) is not { } parent)
            return [];
        OnlyMembers(parent, name, first.Name, second.Name);
        IEnumerable<(bool, ImmutableArray<T>)> Of((string Name, int Least) list)
        {
            if (Member(parent, list.Name) is not { } groups)
                return [];
            var place = $"{name}.{list.Name}";
            Expect(groups, JsonValueKind.Array, place, "a list of groups, each a list: [[…, …], […, …]]");
            return groups.EnumerateArray().Select((group, number) => (list == first, Group(group, $"{place}[{number}]", list.Least, read)));
        }

        return Of(first).Concat(Of(second));
    }

    private static ImmutableArray<T> Group<T>(JsonElement group, string at, int least, Func<JsonElement, string, T> read)
    {
        Expect(group, JsonValueKind.Array, at, "a group is a list in square brackets");
        if (group.GetArrayLength() < least)
            throw new CorrectionException($"{at}: {least} or more entries are needed here: write what belongs together into one list");
        return [.. group.EnumerateArray().Select((item, i) => read(item, $"{at}[{i}]"))];
    }

    private static ImmutableArray<T> List<T>(JsonElement root, string name, Func<JsonElement, string, T> read)
    {
        if (Member(root, name) is not { } list)
            return [];
        Expect(list, JsonValueKind.Array, name, "a list of objects");
        return [.. list.EnumerateArray().Select((item, i) => read(item, $"{name}[{i}]"))];
    }

    private static ArticleId ReadId(JsonElement item, string at)
    {
        Expect(item, JsonValueKind.String, at, "an article's id in quotation marks");
        return item.GetString() is { Length: > 0 } id ? new ArticleId(id) : throw new CorrectionException($"{at}: an article's id is not empty");
    }

    private static QuotedPlace ReadPlace(JsonElement item, string at)
    {
        Expect(item, JsonValueKind.Object, at, "an object {\"article\": …, \"words\": …}");
        OnlyMembers(item, at, "article", "words");
        return PlaceOf(item, at);
    }

    private static QuotedPlace PlaceOf(JsonElement item, string at) => new(new ArticleId(Text(item, "article", at)), Text(item, "words", at));

    private static SpeakerCorrection ReadSpeaker(JsonElement item, string at)
    {
        Expect(item, JsonValueKind.Object, at, "an object {\"article\": …, \"words\": …, \"speaker\": …, \"type\": …}");
        OnlyMembers(item, at, "kind", "article", "words", "speaker", "type");
        var type = Member(item, "type") is null ? "person" : Text(item, "type", at);
        if (!Enum.TryParse<SpeakerType>(type, ignoreCase: true, out var known) || !type.All(char.IsAsciiLetter))
            throw new CorrectionException($"{at}.type: \"{type}\" is none of person, unnamed, organisation, medium, document");
        return new SpeakerCorrection(PlaceOf(item, at), Text(item, "speaker", at), known);
    }

    private static ArticleCorrection ReadArticle(JsonElement item, string at)
    {
        Expect(item, JsonValueKind.Object, at, "an object {\"article\": …, \"outlet\": …, \"published\": …}");
        OnlyMembers(item, at, "kind", "article", "outlet", "published");
        var outlet = Member(item, "outlet") is null ? null : Text(item, "outlet", at);
        Moment? published = null;
        if (Member(item, "published") is not null)
        {
            var text = Text(item, "published", at);
            published = Moment.Parse(text) ?? throw new CorrectionException($"{at}.published: \"{text}\" is no time: write 2026-04-14 or 2026-04-14T09:15:00+01:00");
        }

        if (outlet is null && published is null)
            throw new CorrectionException($"{at}: nothing is corrected: add \"outlet\" or \"published\"");
        return new ArticleCorrection(new ArticleId(Text(item, "article", at)), outlet, published);
    }

    private static JsonElement Required(JsonElement item, string name, string at) =>
        Member(item, name) ?? throw new CorrectionException($"{at}: \"{name}\" is missing: add \"{name}\": […]");

    private static JsonElement? Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : null;

    private static string Text(JsonElement item, string name, string at)
    {
        if (Member(item, name) is not { ValueKind: JsonValueKind.String } member || string.IsNullOrWhiteSpace(member.GetString()))
            throw new CorrectionException($"{at}: \"{name}\" is missing: add \"{name}\": \"…\"");
        return member.GetString()!;
    }

    private static void Expect(JsonElement element, JsonValueKind kind, string at, string remedy)
    {
        if (element.ValueKind != kind)
            throw new CorrectionException($"{at}: {remedy} is expected here");
    }

    private static void OnlyMembers(JsonElement element, string at, params string[] known)
    {
        Expect(element, JsonValueKind.Object, at, "an object");
        foreach (var member in element.EnumerateObject())
        {
            if (!known.Contains(member.Name))
                throw new CorrectionException($"{at}: \"{member.Name}\" is not known here: use {string.Join(", ", known)}");
        }
    }
}
