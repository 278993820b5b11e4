using System.Text;
using System.Xml;

namespace Recoupe.Dossiers;

/// <summary>Turns what <see cref="DossierMarkdown"/> writes, and no other Markdown, into the body of a Word document.</summary>
internal sealed class DocxBody
{
    internal const string Word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly List<string> _links = [];

    /// <summary>The addresses that are linked to, in order.</summary>
    public IReadOnlyList<string> Links => _links;

    /// <summary>The name of a link in the document.</summary>
    public static string NameOfLink(int place) => $"link{place + 1}";

    /// <summary>The text without what XML has no word for.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
        }

        return clean.ToString();
    }

    /// <summary>Writes the document's own part.</summary>
    public Action<XmlWriter> Write(string markdown) => xml =>
    {
        xml.WriteStartElement("w", "document", Word);
        xml.WriteAttributeString("xmlns", "r", null, Office);
        Start(xml, "body");
        var lines = markdown.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("| ", StringComparison.Ordinal))
            {
                var rows = lines.Skip(i).TakeWhile(line => line.StartsWith("| ", StringComparison.Ordinal)).ToList();
                WriteTable(xml, rows);
                i += rows.Count - 1;
            }
            else if (lines[i].Length > 0 && lines[i] != "---")
            {
                // Two spaces at the end go on in the next line.
                var text = lines[i];
                while (text.EndsWith("  ", StringComparison.Ordinal) && i + 1 < lines.Length)
                    text = text.TrimEnd(' ') + "\n" + lines[++i];
                WriteBlock(xml, text);
            }
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    };

    private void WriteBlock(XmlWriter xml, string text)
    {
        var (style, level, from) = text switch
        {
            ['#', '#', '#', ' ', ..] => ("Heading3", -1, 4),
            ['#', '#', ' ', ..] => ("Heading2", -1, 3),
            ['#', ' ', ..] => ("Heading1", -1, 2),
            [' ', ' ', '-', ' ', ..] => ("ListBullet", 1, 4),
            ['-', ' ', ..] => ("ListBullet", 0, 2),
            _ => ("Normal", -1, 0),
        };
        Start(xml, "p");
        Start(xml, "pPr");
        Element(xml, "pStyle", style);
        if (level >= 0)
        {
            Start(xml, "numPr");
            Element(xml, "ilvl", level == 0 ? "0" : "1");
            Element(xml, "numId", "1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        WriteRuns(xml, text[from..]);
        xml.WriteEndElement();
    }

    private void WriteTable(XmlWriter xml, List<string> rows)
    {
        var cells = rows.Where(row => !row.StartsWith("| --- |", StringComparison.Ordinal)).Select(CellsOf).ToList();
        Start(xml, "tbl");
        Start(xml, "tblPr");
        Element(xml, "tblStyle", "TableGrid");
        Start(xml, "tblW");
        Attribute(xml, "w", "5000");
        Attribute(xml, "type", "pct");
        xml.WriteEndElement();
        xml.WriteEndElement();
        Start(xml, "tblGrid");
        for (var column = 0; column < cells[0].Count; column++)
        {
            Start(xml, "gridCol");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        foreach (var (place, row) in cells.Index())
        {
            Start(xml, "tr");
            if (place == 0)
            {
                Start(xml, "trPr");
                Start(xml, "tblHeader");
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            foreach (var cell in row)
            {
                Start(xml, "tc");
                Start(xml, "p");
                WriteRuns(xml, place == 0 ? $"**{cell}**" : cell);
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    // A bar that is no border is written behind a backslash.
    private static List<string> CellsOf(string row)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        for (var i = 2; i < row.Length; i++)
        {
            if (row[i] == '\\' && i + 1 < row.Length)
            {
                cell.Append(row[i]).Append(row[++i]);
            }
            else if (row[i] == '|')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
            {
                cell.Append(row[i]);
            }
        }

        return cells;
    }

    // Marks are on or off: what they hold never holds the same mark again.
    private void WriteRuns(XmlWriter xml, string text)
    {
        var run = new Run();
        for (var i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
                (run.Text, i) = (run.Text.Append(text[i + 1]), i + 2);
            else if (Entity(text, i) is { } entity)
                (run.Text, i) = (run.Text.Append(entity.Letter), i + entity.Length);
            else if (Mark(run, text, i) is { } length)
                i = Turn(xml, run, text, i, length);
            else if (text[i] == '[' && text.IndexOf("](<", i, StringComparison.Ordinal) is var middle and > 0 && text.IndexOf(">)", middle, StringComparison.Ordinal) is var end and > 0)
                i = WriteLink(xml, run, text, i, middle, end);
            else if (text[i] == '\n')
                i = WriteBreak(xml, run, i);
            else
                (run.Text, i) = (run.Text.Append(text[i]), i + 1);
        }

        run.Flush(xml);
    }

    private static int WriteBreak(XmlWriter xml, Run run, int at)
    {
        run.Flush(xml);
        Start(xml, "r");
        Start(xml, "br");
        xml.WriteEndElement();
        xml.WriteEndElement();
        return at + 1;
    }

    private int WriteLink(XmlWriter xml, Run run, string text, int at, int middle, int end)
    {
        run.Flush(xml);
        _links.Add(Clean(text[(middle + 3)..end]));
        Start(xml, "hyperlink");
        xml.WriteAttributeString("id", Office, NameOfLink(_links.Count - 1));
        WriteRuns(xml, text[(at + 1)..middle]);
        xml.WriteEndElement();
        return end + 2;
    }

    private static int? Mark(Run run, string text, int at) =>
        text.AsSpan(at).StartsWith("**") ? 2
        : text[at] == '*' ? 1
        : text.AsSpan(at).StartsWith("<sub>") ? 5
        : run.IsSmall && text.AsSpan(at).StartsWith("</sub>") ? 6
        : null;

    private static int Turn(XmlWriter xml, Run run, string text, int at, int length)
    {
        run.Flush(xml);
        if (length == 2)
            run.IsBold = !run.IsBold;
        else if (length == 1)
            run.IsItalic = !run.IsItalic;
        else
            run.IsSmall = text[at + 1] != '/';
        return at + length;
    }

    private static (char Letter, int Length)? Entity(string text, int at)
    {
        if (text[at] != '&')
            return null;
        foreach (var (written, letter) in new[] { ("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&#58;", ':'), ("&#46;", '.') })
        {
            if (text.AsSpan(at).StartsWith(written))
                return (letter, written.Length);
        }

        return null;
    }

    private static void Start(XmlWriter xml, string name) => xml.WriteStartElement("w", name, Word);

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString("w", name, Word, value);

    private static void Element(XmlWriter xml, string name, string value)
    {
        Start(xml, name);
        Attribute(xml, "val", value);
        xml.WriteEndElement();
    }

    private sealed class Run
    {
        public StringBuilder Text { get; set; } = new();

        public bool IsBold { get; set; }

        public bool IsItalic { get; set; }

        public bool IsSmall { get; set; }

        public void Flush(XmlWriter xml)
        {
            if (Text.Length == 0)
                return;
            Start(xml, "r");
            if (IsBold || IsItalic || IsSmall)
            {
                Start(xml, "rPr");
                if (IsSmall)
                    Element(xml, "rStyle", "Source");
                if (IsBold)
                    On(xml, "b");
                if (IsItalic)
                    On(xml, "i");
                xml.WriteEndElement();
            }

            Start(xml, "t");
            xml.WriteAttributeString("xml", "space", null, "preserve");
            xml.WriteString(Clean(Text.ToString()));
            xml.WriteEndElement();
            xml.WriteEndElement();
            Text.Clear();
        }

        private static void On(XmlWriter xml, string name)
        {
            Start(xml, name);
            xml.WriteEndElement();
        }
    }
}
