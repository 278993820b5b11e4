using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Recoupe.Dossiers;

/// <summary>
/// Writes dossiers as a Word document (Office Open XML), with all that <see cref="DossierMarkdown"/> tells. The same dossiers give the same bytes.
/// </summary>
public static class DossierDocx
{
    /// <summary>The media type of such a document.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const string Relationships = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private const string WordType = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    // The earliest time that the format can hold: the same input gives the same bytes, whenever it is written.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes one document that holds all dossiers.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="dossiers">In the order of output.</param>
    /// <param name="texts">The interface.</param>
    /// <param name="version">The version of the program that made them.</param>
    public static void Write(Stream output, IReadOnlyList<Dossier> dossiers, InterfaceTexts texts, string version)
    {
        ArgumentNullException.ThrowIfNull(dossiers);
        ArgumentNullException.ThrowIfNull(texts);
        using var markdown = new StringWriter { NewLine = "\n" };
        DossierMarkdown.Write(markdown, dossiers, texts, version);
        var body = new DocxBody();
        var document = Xml(body.Write(markdown.ToString()));
        using var archive = new ZipArchive(output, ZipArchiveMode.Create, leaveOpen: true);
        Add(archive, "[Content_Types].xml", Xml(WriteTypes));
        Add(archive, "_rels/.rels", Xml(WritePackage));
        Add(archive, "docProps/core.xml", Xml(xml => WriteCore(xml, dossiers, texts)));
        Add(archive, "word/document.xml", document);
        Add(archive, "word/styles.xml", Xml(xml => DocxStyles.Write(xml, texts.Code)));
        Add(archive, "word/numbering.xml", Xml(DocxStyles.WriteNumbering));
        Add(archive, "word/_rels/document.xml.rels", Xml(xml => WriteLinks(xml, body.Links)));
    }

    // Stored as it is: how well it would be packed depends on the machine.
    private static void Add(ZipArchive archive, string path, byte[] content)
    {
        var entry = archive.CreateEntry(path, CompressionLevel.NoCompression);
        entry.LastWriteTime = NoTime;
        using var stream = entry.Open();
        stream.Write(content);
    }

    private static byte[] Xml(Action<XmlWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), NewLineChars = "\n" }))
            write(xml);
        return buffer.ToArray();
    }

    private static void WriteTypes(XmlWriter xml)
    {
        xml.WriteStartElement("Types", Types);
        Type("Default", "Extension", "rels", "application/vnd.openxmlformats-package.relationships+xml");
        Type("Default", "Extension", "xml", "application/xml");
        Type("Override", "PartName", "/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
        Type("Override", "PartName", "/word/document.xml", WordType + "document.main+xml");
        Type("Override", "PartName", "/word/styles.xml", WordType + "styles+xml");
        Type("Override", "PartName", "/word/numbering.xml", WordType + "numbering+xml");
        xml.WriteEndElement();

        void Type(string element, string by, string name, string type)
        {
            xml.WriteStartElement(element, Types);
            xml.WriteAttributeString(by, name);
            xml.WriteAttributeString("ContentType", type);
            xml.WriteEndElement();
        }
    }

    private static void WritePackage(XmlWriter xml)
    {
        xml.WriteStartElement("Relationships", Relationships);
        Relationship(xml, "r1", Office + "/officeDocument", "word/document.xml", isOutside: false);
        Relationship(xml, "r2", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml", isOutside: false);
        xml.WriteEndElement();
    }

    private static void WriteLinks(XmlWriter xml, IReadOnlyList<string> links)
    {
        xml.WriteStartElement("Relationships", Relationships);
        Relationship(xml, "styles", Office + "/styles", "styles.xml", isOutside: false);
        Relationship(xml, "numbering", Office + "/numbering", "numbering.xml", isOutside: false);
        for (var i = 0; i < links.Count; i++)
            Relationship(xml, DocxBody.NameOfLink(i), Office + "/hyperlink", links[i], isOutside: true);
        xml.WriteEndElement();
    }

    private static void Relationship(XmlWriter xml, string id, string type, string target, bool isOutside)
    {
        xml.WriteStartElement("Relationship", Relationships);
        xml.WriteAttributeString("Id", id);
        xml.WriteAttributeString("Type", type);
        xml.WriteAttributeString("Target", target);
        if (isOutside)
            xml.WriteAttributeString("TargetMode", "External");
        xml.WriteEndElement();
    }

    private static void WriteCore(XmlWriter xml, IReadOnlyList<Dossier> dossiers, InterfaceTexts texts)
    {
        const string core = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
        const string dublin = "http://purl.org/dc/elements/1.1/";
        xml.WriteStartElement("cp", "coreProperties", core);
        xml.WriteElementString("dc", "title", dublin, DocxBody.Clean(dossiers is [var one] ? ShownText.Line(one.Title ?? texts["title.none"]) : texts["dossiers"]));
        xml.WriteElementString("dc", "creator", dublin, "Recoupe");
        xml.WriteElementString("dc", "language", dublin, texts.Code);
        xml.WriteEndElement();
    }
}
