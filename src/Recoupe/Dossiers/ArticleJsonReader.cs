using System.Collections.Immutable;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Entities;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Reads what <see cref="ArticleJson"/> writes.</summary>
/// <remarks>
/// Spans of evidence count in the document, which the JSON does not hold: it is given beside it. What the JSON leaves out is left out here: the actors that points
/// are made with, so that a dossier is made by reading the document again.
/// </remarks>
public static class ArticleJsonReader
{
    /// <summary>The article, with what was annotated where the JSON holds it.</summary>
    /// <param name="json">One object that <see cref="ArticleJson"/> wrote.</param>
    /// <param name="document">The document that the article was read from.</param>
    /// <exception cref="InvalidDataException">It is no such object.</exception>
    public static AnnotatedArticle Read(JsonElement json, Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        try
        {
            return new Reader(ReadArticle(json, document), json).Read();
        }
        catch (Exception failure) when (failure is InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"this is no article as it is written: {failure.Message}", failure);
        }
    }

    private static Article ReadArticle(JsonElement json, Document document)
    {
        var composed = Composition.Compose(document.Content);
        var content = composed ?? document.Content;
        var isClean = document.Form == DocumentForm.CleanText;
        var article = new Article
        {
            Id = new ArticleId(json.GetProperty("id").GetString()!),
            Source = json.GetProperty("source").GetString()!,
            Url = Text(json, "url"),
            Title = Text(json, "title"),
            Byline = Texts(json, "byline"),
            Outlet = Text(json, "outlet"),
            OutletFrom = Text(json, "outlet_from"),
            Agencies = Texts(json, "agencies"),
            Published = Moment.Parse(Text(json, "published")),
            PublishedFrom = Text(json, "published_from"),
            Modified = Moment.Parse(Text(json, "modified")),
            Captured = Moment.Parse(Text(json, "captured")),
            Language = Text(json, "language"),
            Partial = json.GetProperty("partial").GetBoolean(),
            Text = isClean ? content : Text(json, "text")!,
            Document = isClean ? null : content,
            Given = composed is null ? null : document.Content,
            Notes = Texts(json, "notes"),
        };
        var (text, source) = (article.TextOffsets, article.DocumentOffsets);
        return article with
        {
            Blocks = List(json, "blocks", block => new Block(Value<BlockKind>(block, "kind"), Span(block, "span", text), Span(block, "source", source)!.Value)),
            Links = List(json, "links", link => new Link(Span(link, "span", text)!.Value, Text(link, "url")!)),
            Entries = List(json, "entries", entry => new LiveEntry(Span(entry, "span", text)!.Value, Moment.Parse(Text(entry, "published")), Span(entry, "told", source))),
        };
    }

    /// <summary>Reads what was annotated: spans count in the text, in the title where it is said.</summary>
    private sealed class Reader(Article article, JsonElement json)
    {
        private readonly CodePointOffsets _text = article.TextOffsets;
        private readonly CodePointOffsets _title = new(article.Title ?? "");

        public AnnotatedArticle Read()
        {
            var language = Languages.Language.Find(article.Language);
            return new AnnotatedArticle
            {
                Article = article,
                Body = AnalyzedText.Of(article.Text, language),
                Headline = article.Title is null ? null : AnalyzedText.Of(article.Title, language),
                Entities = List(json, "entities", item => new Entity(Place(item, "span")!.Value, Value<EntityType>(item, "type"), Text(item, "name")!, IsInTitle(item))),
                Dates = List(json, "dates", item => new DateMention(Place(item, "span")!.Value, Text(item, "value"), IsInTitle(item))),
                Numbers = List(json, "numbers", item => new NumberMention(
                    Place(item, "span")!.Value, item.GetProperty("value").GetDouble(), Text(item, "unit"), Value<NumberBounds>(item, "bounds"), IsInTitle(item))),
                Statements = List(json, "statements", ReadStatement),
                Citations = List(json, "citations", item => new Citation(Place(item, "span")!.Value, Source(item), Place(item, "cue"), IsInTitle(item))),
            };
        }

        private Statement ReadStatement(JsonElement item) => new()
        {
            Content = [.. item.GetProperty("content").EnumerateArray().Select(span => ArticleJsonReader.Span(span, Of(item)))],
            Kind = Value<StatementKind>(item, "kind"),
            Cue = Place(item, "cue"),
            Speaker = item.GetProperty("speaker") is { ValueKind: JsonValueKind.Object } speaker
                ? new Speaker(ArticleJsonReader.Span(speaker, "mention", Of(item)), Text(speaker, "name"), Value<SpeakerType>(speaker, "type"), ArticleJsonReader.Span(speaker, "anonymity", Of(item)))
                : null,
            Channel = item.GetProperty("channel") is { ValueKind: JsonValueKind.Object } channel
                ? new Channel(ArticleJsonReader.Span(channel, "mention", Of(item))!.Value, Text(channel, "name")!, channel.GetProperty("inherited").GetBoolean())
                : null,
            Act = Value<Act>(item, "act"),
            Negated = item.GetProperty("negated").GetBoolean(),
            Hedged = item.GetProperty("hedged").GetBoolean(),
            Voiced = item.GetProperty("voiced").GetBoolean(),
            InTitle = IsInTitle(item),
        };

        private static CitedSource? Source(JsonElement item) => item.GetProperty("source") is { ValueKind: JsonValueKind.Object } source
            ? new CitedSource(Text(source, "name")!, Value<CitedType>(source, "type"))
            : null;

        private static bool IsInTitle(JsonElement item) => item.TryGetProperty("in", out var place) && place.GetString() == "title";

        private CodePointOffsets Of(JsonElement item) => IsInTitle(item) ? _title : _text;

        private TextSpan? Place(JsonElement item, string name) => ArticleJsonReader.Span(item, name, Of(item));
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static ImmutableArray<string> Texts(JsonElement json, string name) => List(json, name, item => item.GetString()!);

    private static ImmutableArray<T> List<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(read)] : [];

    private static TextSpan? Span(JsonElement json, string name, CodePointOffsets offsets) =>
        json.TryGetProperty(name, out var span) && span.ValueKind == JsonValueKind.Array ? Span(span, offsets) : null;

    private static TextSpan Span(JsonElement span, CodePointOffsets offsets) => offsets.ToUtf16(span[0].GetInt32(), span[1].GetInt32());

    private static T Value<T>(JsonElement json, string name)
        where T : struct, Enum
    {
        var text = Text(json, name);
        foreach (var value in Enum.GetValues<T>())
        {
            if (ArticleJson.Name(value) == text)
                return value;
        }

        throw new FormatException($"\"{name}\" is {text}");
    }
}
