using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Statements;

namespace Recoupe.Corrections;

/// <summary>Reads <c>recoupe.corrections.json</c>.</summary>
/// <remarks>
/// One object, each member optional:
/// <code>
/// { "stories":  { "merge": [["a1", "b1"]], "split": [["c1"]] },
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
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = DeepestNesting });
            return ReadRoot(document.RootElement);
        }
        catch (JsonException error)
        {
            throw new CorrectionException($"line {(error.LineNumber ?? 0) + 1}, column {(error.BytePositionInLine ?? 0) + 1}: this is not JSON: check quotes, commas and brackets just before this place");
        }
    }

    private static CorrectionSet ReadRoot(JsonElement root)
    {
        Expect(root, JsonValueKind.Object, "the file", "one object with \"stories\", \"points\", \"speakers\" or \"articles\"");
        OnlyMembers(root, "the file", "stories", "points", "speakers", "articles");
        var stories = Member(root, "stories");
        var points = Member(root, "points");
        if (stories is { } known)
            OnlyMembers(known, "stories", "merge", "split");
        if (points is { } told)
            OnlyMembers(told, "points", "merge", "split");
        return new CorrectionSet
        {
            MergedStories = Groups(stories, "stories", "merge", 2, ReadId),
            SplitStories = Groups(stories, "stories", "split", 1, ReadId),
            MergedPoints = Groups(points, "points", "merge", 2, ReadPlace),
            SplitPoints = Groups(points, "points", "split", 1, ReadPlace),
            Speakers = List(root, "speakers", ReadSpeaker),
            Articles = List(root, "articles", ReadArticle),
        };
    }

    private static ImmutableArray<ImmutableArray<T>> Groups<T>(JsonElement? parent, string name, string list, int least, Func<JsonElement, string, T> read)
    {
        if (parent is not { } known || Member(known, list) is not { } groups)
            return [];
        var place = $"{name}.{list}";
        Expect(groups, JsonValueKind.Array, place, "a list of groups, each a list: [[…, …], […, …]]");
        return
        [
            .. groups.EnumerateArray().Select((group, number) =>
            {
                var at = $"{place}[{number}]";
                Expect(group, JsonValueKind.Array, at, "a group is a list in square brackets");
                if (group.GetArrayLength() < least)
                    throw new CorrectionException($"{at}: {least} or more entries are needed here: write what belongs together into one list");
                return group.EnumerateArray().Select((item, i) => read(item, $"{at}[{i}]")).ToImmutableArray();
            }),
        ];
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
        OnlyMembers(item, at, "article", "words", "speaker", "type");
        var type = Member(item, "type") is null ? "person" : Text(item, "type", at);
        if (!Enum.TryParse<SpeakerType>(type, ignoreCase: true, out var known) || !type.All(char.IsAsciiLetter))
            throw new CorrectionException($"{at}.type: \"{type}\" is none of person, unnamed, organisation, medium, document");
        return new SpeakerCorrection(PlaceOf(item, at), Text(item, "speaker", at), known);
    }

    private static ArticleCorrection ReadArticle(JsonElement item, string at)
    {
        Expect(item, JsonValueKind.Object, at, "an object {\"article\": …, \"outlet\": …, \"published\": …}");
        OnlyMembers(item, at, "article", "outlet", "published");
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
