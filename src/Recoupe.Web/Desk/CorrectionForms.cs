using System.Globalization;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Dossiers;
using Recoupe.Statements;
using Recoupe.Storage;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Web.Desk;

/// <summary>Makes corrections of what a form says, and says in words what they are.</summary>
internal sealed class CorrectionForms(Archive archive, InterfaceTexts texts)
{
    /// <summary>A place as forms name it: the article and the code points of its text.</summary>
    public static string PlaceOf(string article, int start, int end) => string.Create(CultureInfo.InvariantCulture, $"{article}|{start}|{end}");

    /// <summary>The corrections that a form asks for; empty where it marks nothing that could be corrected.</summary>
    public IReadOnlyList<Correction> Read(IFormCollection form) => form["kind"].ToString() switch
    {
        "split-story" => Articles(form) is { Count: > 0 } articles ? [new StoryCorrection(false, [.. articles])] : [],
        "merge-stories" => Merge(form),
        "merge-points" => PointOf(form) is { Count: 2 } places ? [new PointCorrection(true, [.. places])] : [],
        "split-point" => Places(form["passage"]) is { Count: > 0 } places ? [new PointCorrection(false, [.. places])] : [],
        "same-origin" => Places(form["passage"]) is { Count: > 1 } places ? [new OriginCorrection(true, [.. places])] : [],
        "not-same-origin" => Places(form["passage"]) is { Count: > 1 } places ? [new OriginCorrection(false, [.. places])] : [],
        "speaker" => Speaker(form),
        "article" => Article(form),
        "note" => Value(form, "note") is { } note ? [new Note(Id(form), null, note)] : [],
        "star" => [new Star(Id(form))],
        _ => [],
    };

    /// <summary>Corrections as a hidden field carries them from what they would do to doing it.</summary>
    public static string Write(IEnumerable<Correction> corrections) => $"[{string.Join(',', corrections.Select(CorrectionWriter.Text))}]";

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static IReadOnlyList<Correction> ReadBatch(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            return CorrectionReader.ReadList(json.RootElement);
        }
        catch (JsonException failure)
        {
            throw new BadHttpRequestException("this is no batch of corrections", failure);
        }
    }

    /// <summary>What a correction says, in a sentence.</summary>
    public string Words(Correction correction) => correction switch
    {
        StoryCorrection or PointCorrection or OriginCorrection => texts.Fill("correct.says." + CorrectionWriter.KindOf(correction), Named(correction)),
        SpeakerCorrection speaker => texts.Fill("correct.says.speaker", Quoted(speaker.Place), $"{ShownText.Line(speaker.Name)} ({texts.Name("type", speaker.Type)})"),
        ArticleCorrection article => string.Join(" ", new[]
        {
            article.Outlet is { } outlet ? texts.Fill("correct.says.outlet", NameOf(article.Article), ShownText.Line(outlet)) : null,
            article.Published is { } published ? texts.Fill("correct.says.published", NameOf(article.Article), texts.Moment(published)) : null,
        }.OfType<string>()),
        Note note => texts.Fill("correct.says.note", NameOf(note.Article), ShownText.Line(note.Text)),
        _ => texts.Fill("correct.says.star", texts.Join([.. correction.Concerns.Select(NameOf)])),
    };

    /// <summary>An article by its outlet and title.</summary>
    public string NameOf(ArticleId id)
    {
        if (archive.Article(id) is not { } article)
            return ShownText.Line(id.Value);
        var title = article.Title is { } known ? texts.Quoted(ShownText.Cut(ShownText.Line(known), 80, texts["ellipsis"])) : texts["article.untitled"];
        return article.Outlet is { } outlet ? $"{ShownText.Line(outlet)}, {title}" : title;
    }

    private static string? Value(IFormCollection form, string name) => form[name].ToString().Trim() is { Length: > 0 } value ? value : null;

    private static ArticleId Id(IFormCollection form) => Value(form, "article") is { } id ? new ArticleId(id) : throw new BadHttpRequestException("no article is named");

    private static List<ArticleId> Articles(IFormCollection form) => [.. form["article"].OfType<string>().Where(id => id.Length > 0).Select(id => new ArticleId(id)).Distinct()];

    private string Named(Correction correction) => texts.Join(
        correction.Places.Any() ? [.. correction.Places.Select(Quoted)] : [.. correction.Concerns.Select(NameOf)]);

    private string Quoted(QuotedPlace place)
    {
        var outlet = archive.Article(place.Article)?.Outlet;
        return texts.Quoted(ShownText.Cut(ShownText.Line(place.Words), 120, texts["ellipsis"])) + (outlet is null ? "" : $" ({ShownText.Line(outlet)})");
    }

    private IReadOnlyList<Correction> Merge(IFormCollection form)
    {
        if (Articles(form) is not [var one, ..] || Value(form, "story") is not { } id)
            return [];
        return archive.Articles(new ArticleFilter(Story: new StoryId(id)), 1).Items is [var other] ? [new StoryCorrection(true, [one, other.Id])] : [];
    }

    // The passages of one point are together already: one of each names both.
    private List<QuotedPlace> PointOf(IFormCollection form) => [.. Places(form["clearest"]).Take(1), .. Places(form["other"]).Take(1)];

    private IReadOnlyList<Correction> Speaker(IFormCollection form)
    {
        if (Places(form["statement"]) is not [var place] || Value(form, "speaker") is not { } name)
            return [];
        var type = Enum.GetValues<SpeakerType>().FirstOrDefault(type => ArticleJson.Name(type) == form["type"].ToString());
        return [new SpeakerCorrection(place, name, type)];
    }

    private static IReadOnlyList<Correction> Article(IFormCollection form)
    {
        Moment? published = null;
        if (Value(form, "published") is { } text)
            published = Moment.Parse(text) ?? throw new CorrectionException($"\"{text}\" is no time: write 2026-04-14 or 2026-04-14T09:15:00+01:00");
        return Value(form, "outlet") is { } outlet ? [new ArticleCorrection(Id(form), outlet, published)]
            : published is not null ? [new ArticleCorrection(Id(form), null, published)]
            : [];
    }

    private List<QuotedPlace> Places(IEnumerable<string?> values) => [.. values.Distinct().Select(Place).OfType<QuotedPlace>()];

    private QuotedPlace? Place(string? value)
    {
        if (value?.Split('|') is not [.. var name, var first, var last] || name.Length == 0
            || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var start)
            || !int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end))
            return null;
        var id = new ArticleId(string.Join('|', name));
        if (ArticleRoutes.Reading(archive, id)?.Article.Text is not { } text)
            return null;
        var offsets = new CodePointOffsets(text);
        return start < end && end <= offsets.FromUtf16(text.Length) ? new QuotedPlace(id, text[offsets.ToUtf16(start)..offsets.ToUtf16(end)]) : null;
    }
}
