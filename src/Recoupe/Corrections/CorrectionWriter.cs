using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

using Recoupe.Articles;

namespace Recoupe.Corrections;

/// <summary>Writes a correction as <see cref="CorrectionReader.ReadList"/> reads it.</summary>
public static class CorrectionWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The kinds of corrections by their names.</summary>
    public static ImmutableArray<string> Kinds { get; } =
        ["merge-stories", "split-story", "merge-points", "split-point", "same-origin", "not-same-origin", "speaker", "article", "note", "star"];

    /// <summary>The name of its kind.</summary>
    public static string KindOf(Correction correction) => correction switch
    {
        StoryCorrection story => story.Merges ? "merge-stories" : "split-story",
        PointCorrection point => point.Merges ? "merge-points" : "split-point",
        OriginCorrection origin => origin.Merges ? "same-origin" : "not-same-origin",
        SpeakerCorrection => "speaker",
        ArticleCorrection => "article",
        Note => "note",
        Star => "star",
        _ => throw new ArgumentException($"{correction} is of no known kind"),
    };

    /// <summary>Writes it as an object.</summary>
    public static void Write(Utf8JsonWriter json, Correction correction)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        WriteMembers(json, correction);
        json.WriteEndObject();
    }

    /// <summary>Writes its members into the object that is open.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Correction correction)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteString("kind", KindOf(correction));
        switch (correction)
        {
            case StoryCorrection story:
                json.WriteStartArray("articles");
                foreach (var article in story.Articles)
                    json.WriteStringValue(article.Value);
                json.WriteEndArray();
                break;
            case PointCorrection point:
                WritePlaces(json, point.Passages);
                break;
            case OriginCorrection origin:
                WritePlaces(json, origin.Passages);
                break;
            case SpeakerCorrection speaker:
                WritePlace(json, speaker.Place);
                json.WriteString("speaker", speaker.Name);
                json.WriteString("type", speaker.Type.ToString().ToLowerInvariant());
                break;
            case ArticleCorrection article:
                json.WriteString("article", article.Article.Value);
                WriteIfAny(json, "outlet", article.Outlet);
                WriteIfAny(json, "published", article.Published?.ToString());
                break;
            case Note note:
                json.WriteString("article", note.Article.Value);
                WriteIfAny(json, "words", note.Words);
                json.WriteString("text", note.Text);
                break;
            case Star star:
                json.WriteString("article", star.Article.Value);
                break;
        }
    }

    /// <summary>As text on one line.</summary>
    public static string Text(Correction correction)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
            Write(json, correction);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void WritePlaces(Utf8JsonWriter json, ImmutableArray<QuotedPlace> places)
    {
        json.WriteStartArray("passages");
        foreach (var place in places)
        {
            json.WriteStartObject();
            WritePlace(json, place);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePlace(Utf8JsonWriter json, QuotedPlace place)
    {
        json.WriteString("article", place.Article.Value);
        json.WriteString("words", place.Words);
    }

    private static void WriteIfAny(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }
}
