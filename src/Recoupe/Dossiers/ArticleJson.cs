using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Dossiers;

/// <summary>Writes articles as JSON: one object, spans in code points of its text (of its title where <c>"in": "title"</c>).</summary>
public static class ArticleJson
{
    /// <summary>Writes the clean article alone.</summary>
    public static void Write(Utf8JsonWriter json, Article article)
    {
        json.WriteStartObject();
        WriteFields(json, article, article.TextOffsets);
        json.WriteEndObject();
    }

    /// <summary>Writes the article with sentences, entities, dates, numbers, links, statements and citations.</summary>
    public static void Write(Utf8JsonWriter json, AnnotatedArticle annotated)
    {
        var article = annotated.Article;
        var offsets = article.TextOffsets;
        var titleOffsets = new CodePointOffsets(article.Title ?? "");
        CodePointOffsets Of(bool inTitle) => inTitle ? titleOffsets : offsets;

        json.WriteStartObject();
        WriteFields(json, article, offsets);
        WriteArray(json, "sentences", annotated.Body.Sentences, sentence => WriteSpan(json, sentence, offsets));
        WriteArray(json, "entities", annotated.Entities, entity =>
        {
            OpenAt(json, entity.Span, entity.InTitle, Of);
            json.WriteString("type", Name(entity.Type));
            json.WriteString("name", entity.Name);
            json.WriteEndObject();
        });
        WriteArray(json, "dates", annotated.Dates, date =>
        {
            OpenAt(json, date.Span, date.InTitle, Of);
            json.WriteString("value", date.Value);
            json.WriteEndObject();
        });
        WriteArray(json, "numbers", annotated.Numbers, number =>
        {
            OpenAt(json, number.Span, number.InTitle, Of);
            json.WriteNumber("value", number.Value);
            json.WriteString("unit", number.Unit);
            json.WriteString("bounds", Name(number.Bounds));
            json.WriteEndObject();
        });
        WriteArray(json, "statements", annotated.Statements, statement =>
        {
            json.WriteStartObject();
            WriteStatementFields(json, statement, Of(statement.InTitle));
            json.WriteEndObject();
        });
        WriteArray(json, "citations", annotated.Citations, citation =>
        {
            OpenAt(json, citation.Span, citation.InTitle, Of);
            json.WritePropertyName("source");
            if (citation.Source is { } source)
            {
                json.WriteStartObject();
                json.WriteString("name", source.Name);
                json.WriteString("type", Name(source.Type));
                json.WriteEndObject();
            }
            else
            {
                json.WriteNullValue();
            }

            WriteSpan(json, "cue", citation.Cue, Of(citation.InTitle));
            json.WriteEndObject();
        });
        json.WriteEndObject();
    }

    /// <summary>Writes the fields of a statement into an object that is already open.</summary>
    public static void WriteStatementFields(Utf8JsonWriter json, Statement statement, CodePointOffsets offsets)
    {
        if (statement.InTitle)
            json.WriteString("in", "title");
        WriteArray(json, "content", statement.Content, span => WriteSpan(json, span, offsets));
        json.WriteString("kind", Name(statement.Kind));
        WriteSpan(json, "cue", statement.Cue, offsets);
        json.WritePropertyName("speaker");
        if (statement.Speaker is { } speaker)
        {
            json.WriteStartObject();
            WriteSpan(json, "mention", speaker.Mention, offsets);
            json.WriteString("name", speaker.Name);
            json.WriteString("type", Name(speaker.Type));
            WriteSpan(json, "anonymity", speaker.Anonymity, offsets);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("channel");
        if (statement.Channel is { } channel)
        {
            json.WriteStartObject();
            WriteSpan(json, "mention", channel.Mention, offsets);
            json.WriteString("name", channel.Name);
            json.WriteBoolean("inherited", channel.Inherited);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteString("act", Name(statement.Act));
        json.WriteBoolean("negated", statement.Negated);
        json.WriteBoolean("hedged", statement.Hedged);
        json.WriteBoolean("voiced", statement.Voiced);
    }

    /// <summary>Writes a span as <c>[start, end]</c>.</summary>
    public static void WriteSpan(Utf8JsonWriter json, TextSpan span, CodePointOffsets offsets)
    {
        json.WriteStartArray();
        json.WriteNumberValue(offsets.FromUtf16(span.Start));
        json.WriteNumberValue(offsets.FromUtf16(span.End));
        json.WriteEndArray();
    }

    /// <summary>An enum's value as the contract spells it: in lower case, words joined by hyphens.</summary>
    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    internal static void WriteArray<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }

    internal static void WriteSpan(Utf8JsonWriter json, string name, TextSpan? span, CodePointOffsets offsets)
    {
        json.WritePropertyName(name);
        if (span is { } known)
            WriteSpan(json, known, offsets);
        else
            json.WriteNullValue();
    }

    private static void WriteFields(Utf8JsonWriter json, Article article, CodePointOffsets offsets)
    {
        json.WriteString("id", article.Id.Value);
        json.WriteString("source", article.Source);
        json.WriteString("url", article.Url);
        json.WriteString("title", article.Title);
        WriteArray(json, "byline", article.Byline, json.WriteStringValue);
        json.WriteString("outlet", article.Outlet);
        json.WriteString("outlet_from", article.OutletFrom);
        WriteArray(json, "agencies", article.Agencies, json.WriteStringValue);
        json.WriteString("published", article.Published?.ToString());
        json.WriteString("published_from", article.PublishedFrom);
        json.WriteString("modified", article.Modified?.ToString());
        json.WriteString("captured", article.Captured?.ToString());
        json.WriteString("language", article.Language);
        json.WriteBoolean("partial", article.Partial);
        json.WriteString("text", article.ShownText);
        var source = article.DocumentOffsets;
        WriteArray(json, "blocks", article.Blocks, block =>
        {
            json.WriteStartObject();
            json.WriteString("kind", Name(block.Kind));
            WriteSpan(json, "span", block.Span, offsets);
            json.WritePropertyName("source");
            WriteSpan(json, block.Source, source);
            json.WriteEndObject();
        });
        WriteArray(json, "links", article.Links, link =>
        {
            json.WriteStartObject();
            WriteSpan(json, "span", link.Span, offsets);
            json.WriteString("url", link.Url);
            json.WriteEndObject();
        });
        if (!article.Entries.IsEmpty)
        {
            WriteArray(json, "entries", article.Entries, entry =>
            {
                json.WriteStartObject();
                WriteSpan(json, "span", entry.Span, offsets);
                json.WriteString("published", entry.Published?.ToString());
                WriteSpan(json, "told", entry.Told, source);
                json.WriteEndObject();
            });
        }

        WriteArray(json, "notes", article.Notes, json.WriteStringValue);
    }

    private static void OpenAt(Utf8JsonWriter json, TextSpan span, bool inTitle, Func<bool, CodePointOffsets> offsets)
    {
        json.WriteStartObject();
        if (inTitle)
            json.WriteString("in", "title");
        WriteSpan(json, "span", span, offsets(inTitle));
    }
}
