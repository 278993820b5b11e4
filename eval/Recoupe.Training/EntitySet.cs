using System.Text;
using System.Text.Json;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>A text with its names, from a labelled set.</summary>
public sealed record EntityText(string Text, IReadOnlyList<(TextSpan Span, EntityType Type)> Names);

/// <summary>Reads the sets of labelled names in their several forms.</summary>
/// <remarks>
/// Types: people, groups of artists as organisations where the set says so, organisations and corporations, places with buildings; works,
/// events, products and all else named as "other". Dates, amounts, functions and addresses are no names.
/// </remarks>
public static class EntitySet
{
    /// <summary>The texts of a file by its name; empty for a file that is no known set.</summary>
    public static IReadOnlyList<EntityText> Read(string path)
    {
        var name = Path.GetFileName(path);
        if (name.EndsWith(".ann", StringComparison.Ordinal))
            return [ReadStandoff(path)];
        if (name.StartsWith("written_", StringComparison.Ordinal))
            return [.. File.ReadLines(path).Where(line => line.Length > 0).Select(ReadMarked)];
        if (name.EndsWith(".jsonl", StringComparison.Ordinal))
            return [.. File.ReadLines(path).Where(line => line.Length > 0).Select(ReadLine)];
        return ReadColumns(path, LanguageOf(path), name.StartsWith("wikineural", StringComparison.Ordinal) || name.EndsWith(".iob2", StringComparison.Ordinal) ? 1 : 0).ToList();
    }

    /// <summary>The language of a set, told by its name.</summary>
    /// <exception cref="InvalidDataException">The name tells none.</exception>
    public static Language LanguageOf(string path)
    {
        var parts = path.Split('_', '/', '-', '.');
        return Array.FindLast(parts, part => Language.Find(part) is not null && part.Length == 2) is { } code
            ? Language.Find(code)!
            : throw new InvalidDataException($"{path} names no language");
    }

    private static IEnumerable<EntityText> ReadColumns(string path, Language language, int column)
    {
        var sentence = new List<(string Word, string Label)>();
        foreach (var line in File.ReadLines(path).Append(""))
        {
            var columns = line.Split(line.Contains('\t') ? '\t' : ' ');
            // A set without empty lines starts sentences by number, or is cut at full stops.
            var starts = line.Length == 0 || (column == 1 && columns[0] == "0")
                || (sentence.Count > 30 && sentence[^1] is { Word: "." or "!" or "?", Label: "O" }) || sentence.Count > 200;
            if (starts && sentence.Count > 0)
            {
                yield return Join(sentence, language);
                sentence = [];
            }

            if (line.Length == 0 || line.StartsWith("# ", StringComparison.Ordinal) || columns.Length < column + 2 || columns[0] == "TOKEN" || columns[column].Length == 0)
                continue;
            sentence.Add((columns[column], columns[column + 1]));
        }
    }

    private static EntityText Join(List<(string Word, string Label)> sentence, Language language)
    {
        var text = new StringBuilder();
        var names = new List<(TextSpan, EntityType)>();
        var (open, start, end) = ("", 0, 0);
        var quoted = false;
        var glue = true;
        foreach (var (word, label) in sentence)
        {
            var closes = word.Length == 1 && word is "." or "," or ")" or "]" or "”" or "’" || (word == "\"" && quoted)
                || language.Words("endings").Contains(word);
            if (!glue && !closes)
                text.Append(' ');
            glue = word is "(" or "[" or "“" || (word == "\"" && !quoted)
                || (word.EndsWith('\'') && language.Words("elisions").Contains(word.AsSpan(0, word.Length - 1)));
            if (word == "\"")
                quoted = !quoted;
            var type = label.Length > 2 ? label[2..] : "";
            if (open.Length > 0 && (type != open || label[0] == 'B'))
            {
                if (TypeOf(open) is { } known)
                    names.Add((new TextSpan(start, end), known));
                open = "";
            }

            if (type.Length > 0 && open.Length == 0)
                (open, start) = (type, text.Length);
            text.Append(word);
            end = text.Length;
        }

        if (open.Length > 0 && TypeOf(open) is { } last)
            names.Add((new TextSpan(start, end), last));
        return new EntityText(text.ToString(), names);
    }

    // A text and its names as our own readers marked them: spans in code points.
    private static EntityText ReadLine(string line)
    {
        using var json = JsonDocument.Parse(line);
        var text = json.RootElement.GetProperty("text").GetString()!;
        var offsets = new CodePointOffsets(text);
        var names = json.RootElement.GetProperty("names").EnumerateArray()
            .Select(name => (offsets.ToUtf16(name[0].GetInt32(), name[1].GetInt32()), TypeOf(name[2].GetString()!)!.Value)).ToList();
        return new EntityText(text, names);
    }

    // A sentence that holds its marks: "[PER Ada Finch] left [LOC Leeds]".
    private static EntityText ReadMarked(string line)
    {
        var text = new StringBuilder();
        var names = new List<(TextSpan, EntityType)>();
        // What stands before the first mark, then each mark with what follows it.
        var parts = line.Split('[');
        text.Append(parts[0]);
        foreach (var part in parts.Skip(1))
        {
            if (part.Split(']') is not [var mark, var after] || mark.Split(' ', 2) is not [var label, var name] || TypeOf(label) is not { } type)
                throw new InvalidDataException($"A mark is not [TYPE name]: {line}");
            names.Add((TextSpan.Of(text.Length, name.Length), type));
            text.Append(name).Append(after);
        }

        return new EntityText(text.ToString(), names);
    }

    private static EntityText ReadStandoff(string path)
    {
        var text = File.ReadAllText(Path.ChangeExtension(path, ".txt"));
        var offsets = new CodePointOffsets(text);
        var names = new List<(TextSpan Span, EntityType Type)>();
        foreach (var line in File.ReadLines(path))
        {
            var columns = line.Split('\t', ' ');
            if (columns.Length > 3 && columns[0][0] == 'T' && TypeOf(columns[1]) is { } type
                && int.TryParse(columns[2], out var start) && int.TryParse(columns[3], out var end) && end <= text.Length)
                names.Add((offsets.ToUtf16(start, end), type));
        }

        names.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.End.CompareTo(a.Span.End));
        var outer = new List<(TextSpan Span, EntityType Type)>();
        foreach (var name in names)
        {
            if (outer.Count == 0 || name.Span.Start >= outer[^1].Span.End)
                outer.Add(name);
        }

        return new EntityText(text, outer);
    }

    private static EntityType? TypeOf(string label) => label switch
    {
        "PER" or "person" or "pers.ind" => EntityType.Person,
        "ORG" or "corporation" or "group" => EntityType.Organisation,
        "LOC" or "location" => EntityType.Place,
        "MISC" or "OTH" or "HumanProd" or "product" or "creative-work" or "event" => EntityType.Other,
        _ when label.StartsWith("org.", StringComparison.Ordinal) => EntityType.Organisation,
        _ when label.StartsWith("loc.add", StringComparison.Ordinal) => null,
        _ when label.StartsWith("loc.", StringComparison.Ordinal) => EntityType.Place,
        _ when label.StartsWith("prod.", StringComparison.Ordinal) => EntityType.Other,
        _ => null,
    };
}
