namespace Recoupe.Documents;

/// <summary>Names files for the articles in them.</summary>
public static class DocumentNames
{
    // Endings that say what a file is. Others are part of its name ("reuters.com", "v2.final").
    private static readonly HashSet<string> Endings = new(
        ["txt", "text", "md", "html", "htm", "xhtml", "shtml", "mhtml", "json", "jsonl", "ndjson", "xml", "rss", "atom", "rdf", "feed", "warc", "arc", "eml", "mbox", "gz", "zst", "php", "asp", "aspx"],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>A name for each of <paramref name="files"/>, in their order: without endings, with as many folders as tell it apart from the others.</summary>
    public static string[] Of(IReadOnlyList<string> files)
    {
        var parts = files.Select(file => Stem(file).Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var depth = new int[files.Count];
        Array.Fill(depth, 1);
        var names = new string[files.Count];
        var open = Enumerable.Range(0, files.Count).ToList();
        while (open.Count > 0)
        {
            foreach (var i in open)
                names[i] = Tail(parts[i], depth[i], files[i]);
            open = [.. open.GroupBy(i => names[i], StringComparer.Ordinal)
                .Where(group => group.Skip(1).Any())
                .SelectMany(group => group)
                .Where(i => depth[i] < parts[i].Length)];
            foreach (var i in open)
                depth[i]++;
        }

        TellApart(files, names);
        return names;
    }

    // Same path but for its endings ("a.txt", "a.html"), or given twice.
    private static void TellApart(IReadOnlyList<string> files, string[] names)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var group in Enumerable.Range(0, names.Length).GroupBy(i => names[i], StringComparer.Ordinal).Where(group => group.Skip(1).Any()))
        {
            foreach (var i in group)
            {
                var withEnding = names[i] + files[i][Stem(files[i]).Length..];
                for (var n = 2; !seen.Add(withEnding); n++)
                    withEnding = $"{names[i]}{files[i][Stem(files[i]).Length..]}:{n}";
                names[i] = withEnding;
            }
        }
    }

    private static string Tail(string[] parts, int depth, string file) =>
        parts.Length == 0 ? file : string.Join('/', parts[^Math.Min(depth, parts.Length)..]);

    private static string Stem(string file)
    {
        var stem = file == "-" ? "stdin" : file;
        for (var i = 0; i < 3; i++)
        {
            var dot = stem.LastIndexOf('.');
            if (dot <= stem.LastIndexOfAny(['/', '\\']) + 1 || !Endings.Contains(stem[(dot + 1)..]))
                break;
            stem = stem[..dot];
        }

        return stem;
    }
}
