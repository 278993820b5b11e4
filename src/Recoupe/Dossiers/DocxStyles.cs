using System.Xml;

namespace Recoupe.Dossiers;

/// <summary>How a Word document of dossiers is set: serif for the words of sources, sans for what is told of them, as in the HTML.</summary>
internal static class DocxStyles
{
    private const string Serif = "Georgia";
    private const string Sans = "Segoe UI";

    /// <summary>Writes the styles.</summary>
    /// <param name="xml">Where to.</param>
    /// <param name="language">The code of the interface's language.</param>
    public static void Write(XmlWriter xml, string language)
    {
        xml.WriteStartElement("w", "styles", DocxBody.Word);
        Raw(xml, $"""
            <w:docDefaults xmlns:w="{DocxBody.Word}"><w:rPrDefault><w:rPr><w:rFonts w:ascii="{Serif}" w:hAnsi="{Serif}" w:cs="{Serif}"/><w:sz w:val="21"/><w:lang w:val="{language}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
            """);
        Style(xml, "paragraph", "Normal", "Normal", isDefault: true, "", "");
        Style(xml, "paragraph", "Heading1", "heading 1", isDefault: false, """<w:keepNext/><w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/>""", """<w:b/><w:sz w:val="40"/>""");
        Style(xml, "paragraph", "Heading2", "heading 2", isDefault: false, """<w:keepNext/><w:spacing w:before="320" w:after="100"/><w:outlineLvl w:val="1"/>""", $"""<w:rFonts w:ascii="{Sans}" w:hAnsi="{Sans}"/><w:b/><w:sz w:val="28"/>""");
        Style(xml, "paragraph", "Heading3", "heading 3", isDefault: false, """<w:keepNext/><w:spacing w:before="220" w:after="60"/><w:outlineLvl w:val="2"/>""", """<w:b/><w:sz w:val="23"/>""");
        Style(xml, "paragraph", "ListBullet", "List Bullet", isDefault: false, """<w:spacing w:after="40"/><w:contextualSpacing/>""", "");
        Style(xml, "character", "Source", "Source", isDefault: false, "", $"""<w:rFonts w:ascii="{Sans}" w:hAnsi="{Sans}"/><w:color w:val="555555"/><w:sz w:val="17"/>""");
        Raw(xml, $"""
            <w:style xmlns:w="{DocxBody.Word}" w:type="table" w:customStyle="0" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:color="999999"/><w:left w:val="single" w:sz="4" w:color="999999"/><w:bottom w:val="single" w:sz="4" w:color="999999"/><w:right w:val="single" w:sz="4" w:color="999999"/><w:insideH w:val="single" w:sz="4" w:color="999999"/><w:insideV w:val="single" w:sz="4" w:color="999999"/></w:tblBorders></w:tblPr></w:style>
            """);
        xml.WriteEndElement();
    }

    /// <summary>Writes the bullets of two levels.</summary>
    public static void WriteNumbering(XmlWriter xml)
    {
        xml.WriteStartElement("w", "numbering", DocxBody.Word);
        var levels = string.Concat(new[] { (Level: 0, Bullet: "•", Left: 360), (Level: 1, Bullet: "–", Left: 720) }.Select(level =>
            $"""<w:lvl w:ilvl="{level.Level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{level.Bullet}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{level.Left}" w:hanging="280"/></w:pPr></w:lvl>"""));
        Raw(xml, $"""<w:abstractNum xmlns:w="{DocxBody.Word}" w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>{levels}</w:abstractNum>""");
        Raw(xml, $"""<w:num xmlns:w="{DocxBody.Word}" w:numId="1"><w:abstractNumId w:val="0"/></w:num>""");
        xml.WriteEndElement();
    }

    private static void Style(XmlWriter xml, string type, string id, string name, bool isDefault, string paragraph, string run)
    {
        var kind = isDefault ? " w:default=\"1\"" : "";
        var based = isDefault || type == "character" ? "" : "<w:basedOn w:val=\"Normal\"/>";
        var set = (paragraph.Length > 0 ? $"<w:pPr>{paragraph}</w:pPr>" : "") + (run.Length > 0 ? $"<w:rPr>{run}</w:rPr>" : "");
        Raw(xml, $"""<w:style xmlns:w="{DocxBody.Word}" w:type="{type}"{kind} w:styleId="{id}"><w:name w:val="{name}"/>{based}<w:qFormat/>{set}</w:style>""");
    }

    private static void Raw(XmlWriter xml, string markup)
    {
        using var reader = XmlReader.Create(new StringReader(markup));
        reader.MoveToContent();
        xml.WriteNode(reader, defattr: false);
    }
}
