using System.Text;
using System.Text.Json;

namespace Recoupe.Training;

/// <summary>Texts of our own writing that show ways of speaking, with what is said, by which words, by whom: <c>Statements/*.txt</c>.</summary>
/// <remarks>Each line is filled in several times, with choices by chance and a fixed seed.</remarks>
public static class WaysOfSpeaking
{
    private const int Fillings = 2;

    /// <summary>The texts in a language as lines of the statement sets.</summary>
    /// <param name="folder">Where <c>fr.txt</c>, <c>en.txt</c> and <c>slots.txt</c> lie.</param>
    /// <param name="language">The code.</param>
    public static IEnumerable<string> Lines(string folder, string language)
    {
        var slots = File.ReadLines(Path.Combine(folder, "slots.txt")).Select(line => line.Split('\t')).Where(columns => columns.Length == 3 && columns[0] == language)
            .ToLookup(columns => columns[1], columns => columns[2]);
        var random = new Random(29);
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(folder, language + ".txt")).Where(line => line.Length > 0 && line[0] != '#'))
        {
            for (var filling = 0; filling < Fillings; filling++)
                yield return Article(Fill(line, slots, random), $"own-{language}-{number++}", language);
        }
    }

    private static string Fill(string line, ILookup<string, string> slots, Random random)
    {
        foreach (var slot in slots)
        {
            for (var at = line.IndexOf(slot.Key, StringComparison.Ordinal); at >= 0; at = line.IndexOf(slot.Key, StringComparison.Ordinal))
                line = line[..at] + slot.ElementAt(random.Next(slot.Count())) + line[(at + slot.Key.Length)..];
        }

        for (var open = line.IndexOf('[', StringComparison.Ordinal); open >= 0; open = line.IndexOf('[', StringComparison.Ordinal))
        {
            var close = line.IndexOf(']', open);
            var choices = line[(open + 1)..close].Split('|');
            line = line[..open] + choices[random.Next(choices.Length)] + line[(close + 1)..];
        }

        return line.Replace('¶', '\n');
    }

    // {c1 …} is content of the first statement, {q …} its cue, {s …} its source.
    private static string Article(string marked, string id, string language)
    {
        var text = new StringBuilder();
        var statements = new SortedDictionary<char, (List<int[]> Content, List<int[]> Cue, int[]? Source)>();
        var open = new Stack<(char Part, char Number, int Start)>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked[i] == '{')
            {
                var number = char.IsDigit(marked[i + 2]) ? marked[i + 2] : '1';
                open.Push((marked[i + 1], number, text.Length));
                i += char.IsDigit(marked[i + 2]) ? 3 : 2;
            }
            else if (marked[i] == '}')
            {
                var (part, number, start) = open.Pop();
                if (!statements.TryGetValue(number, out var statement))
                    statement = ([], [], null);
                int[] span = [start, text.Length];
                (part == 'c' ? statement.Content : statement.Cue).AddRange(part == 's' ? [] : [span]);
                statements[number] = part == 's' ? (statement.Content, statement.Cue, span) : statement;
            }
            else
            {
                text.Append(marked[i]);
            }
        }

        return JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["id"] = id,
            ["language"] = language,
            ["text"] = text.ToString(),
            ["statements"] = statements.Values.Where(statement => statement.Content.Count > 0).Select(statement => new Dictionary<string, object?>
            {
                ["content"] = statement.Content,
                ["cue"] = statement.Cue.Count > 0 ? statement.Cue : null,
                ["speaker"] = statement.Source is null ? null : new Dictionary<string, object> { ["mention"] = statement.Source },
            }).ToArray(),
        });
    }
}
