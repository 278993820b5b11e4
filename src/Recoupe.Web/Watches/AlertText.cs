using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Watches;

namespace Recoupe.Web.Watches;

/// <summary>An alert in words: what changed, with links to the words that it rests on.</summary>
internal static class AlertText
{
    private const int MostSpans = 5;

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    // What programs and mail are told is in the first language of the interface: nobody is there to ask.
    private static readonly InterfaceTexts Usual = InterfaceTexts.Of(InterfaceTexts.Codes[0]);

    /// <summary>One line.</summary>
    public static string Headline(AlertBody body, InterfaceTexts? texts = null) =>
        (texts ?? Usual).Fill((body.Claim is null ? "alert." : "alert.claim.") + body.Condition, ShownText.Line(body.Title ?? body.Story), ShownText.Line(body.After ?? ""));

    /// <summary>What changed, and where it stands.</summary>
    public static string Paragraph(AlertBody body, Uri service)
    {
        var text = new StringBuilder();
        if (body.Text is { } words)
            text.Append(ShownText.Line(words)).Append('\n');
        if (body.Before is not null || body.After is not null)
            text.Append(CultureInfo.InvariantCulture, $"before: {ShownText.Line(body.Before ?? "—")}\nnow: {ShownText.Line(body.After ?? "—")}\n");
        foreach (var span in body.Spans.Take(MostSpans))
            text.Append(CultureInfo.InvariantCulture, $"“{ShownText.Line(span.Words)}”\n{Link(service, span)}\n");
        return text.Append(Link(service, body)).Append('\n').ToString();
    }

    /// <summary>What a webhook posts.</summary>
    public static string Json(Delivery delivery, Uri service)
    {
        var body = AlertBody.Read(delivery.Alert.Body);
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type", $"watch.{body.Condition}");
            json.WriteString("timestamp", delivery.Alert.At);
            json.WriteStartObject("data");
            json.WriteNumber("number", delivery.Alert.Number);
            json.WriteString("watch", delivery.Watch.Id);
            json.WriteString("title", delivery.Watch.Title);
            json.WriteString("headline", Headline(body));
            json.WriteString("link", Link(service, body));
            json.WritePropertyName("alert");
            json.WriteRawValue(delivery.Alert.Body);
            json.WriteStartArray("links");
            foreach (var span in body.Spans)
                json.WriteStringValue(Link(service, span));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>A watch's alerts as an Atom feed.</summary>
    public static string Feed(Watch watch, IReadOnlyList<Alert> alerts, Uri service)
    {
        var feed = new XElement(
            Atom + "feed", new XElement(Atom + "id", $"urn:recoupe:watch:{watch.Id}"), new XElement(Atom + "title", Clean(watch.Title)),
            new XElement(Atom + "updated", alerts.Count > 0 ? alerts[0].At : watch.Made), new XElement(Atom + "author", new XElement(Atom + "name", "Recoupe")));
        foreach (var alert in alerts)
        {
            var body = AlertBody.Read(alert.Body);
            feed.Add(new XElement(
                Atom + "entry", new XElement(Atom + "id", $"urn:recoupe:alert:{watch.Id}:{alert.Number}"), new XElement(Atom + "title", Clean(Headline(body))),
                new XElement(Atom + "updated", alert.At), new XElement(Atom + "link", new XAttribute("href", Link(service, body))),
                new XElement(Atom + "content", new XAttribute("type", "text"), Clean(Paragraph(body, service)))));
        }

        return $"<?xml version=\"1.0\" encoding=\"utf-8\"?>\n{feed}\n";
    }

    /// <summary>Where an alert leads to, from the service's root: the story, or the answer about the claim.</summary>
    public static string PathOf(AlertBody body) => body.Claim is { } claim ? $"check?claim={Uri.EscapeDataString(claim)}" : $"stories/{Uri.EscapeDataString(body.Story)}";

    private static string Link(Uri service, AlertBody body) => new Uri(service, PathOf(body)).AbsoluteUri;

    private static string Link(Uri service, WatchedWords span) =>
        new Uri(service, string.Create(CultureInfo.InvariantCulture, $"articles/{Uri.EscapeDataString(span.Article)}?at={span.Start}-{span.End}")).AbsoluteUri;

    // XML has no word for most controls.
    private static string Clean(string text) => new([.. text.Where(c => System.Xml.XmlConvert.IsXmlChar(c))]);
}
