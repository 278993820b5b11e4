using System.Globalization;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>A person or body whose name is spelt in two ways.</summary>
internal static class NameComparer
{
    private const int ShortestName = 4;

    // Shorter names that differ in a letter or two are other names.
    private const int ShortestWhole = 7;

    // How many letters two spellings of one name differ in.
    private const int MostLetters = 2;

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages, NamesOfArticles known)
    {
        var told = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, names: Read(story, passage)))), read => string.Join('\n', read.names.Select(name => name.Entity.Name)));
        var seen = new HashSet<(string, string)>();
        // Passages of two articles that tell the same names are compared once, whoever tells them.
        var lists = told.ConvertAll(read => (read.passage.Place, string.Join('\n', read.names.Select(name => name.Entity.Name))));
        var numbers = lists.Distinct().Select((list, number) => (list, number)).ToDictionary(pair => pair.list, pair => pair.number);
        var readings = lists.ConvertAll(list => numbers[list]);
        var compared = new HashSet<(int, int)>();
        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
            {
                if (told[i].passage.Place == told[j].passage.Place || !compared.Add((readings[i], readings[j])))
                    continue;
                foreach (var a in told[i].names)
                {
                    foreach (var b in told[j].names)
                    {
                        if (Differ(a, b) && !known.Knows(told[j].passage.Place, a.Parts) && !known.Knows(told[i].passage.Place, b.Parts) && seen.Add(Key(a.Parts, b.Parts)))
                            yield return new Discrepancy(DiscrepancyKind.Name, Resolution.Spelling, point.Point.Id, told[i].passage.At(a.Entity.Span), told[j].passage.At(b.Entity.Span), "one name in two spellings");
                    }
                }
            }
        }
    }

    private static List<Name> Read(StoryText story, ToldPassage passage)
    {
        var sentence = story.SentenceOf(passage.Evidence);
        return [.. story.EntitiesIn(passage.Place, sentence).Where(entity => entity.Type is EntityType.Person or EntityType.Organisation && sentence.Contains(entity.Span)
                && Parts(entity.Name).Length >= 2 && Parts(story.Quote(passage.At(entity.Span))).Length >= 2)
            .DistinctBy(entity => entity.Name).Select(entity => new Name(entity, Parts(entity.Name)))];
    }

    // Told once, however fully the articles give the names.
    private static (string, string) Key(string[] a, string[] b)
    {
        var (first, second) = a[^1] != b[^1] ? (a[^1], b[^1]) : (string.Join(' ', a), string.Join(' ', b));
        return string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first);
    }

    // Without initials, which one newsroom writes and the next does not, and without what only breaks lines.
    internal static string[] Parts(string name)
    {
        var parts = new List<string>();
        foreach (var part in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var letters = string.Concat(Folding.Fold(part).Where(letter => char.GetUnicodeCategory(letter) != UnicodeCategory.Format)).TrimEnd('.');
            if (letters.Length > 1)
                parts.Add(letters);
        }

        return [.. parts];
    }

    // One name with one part in common and the rest so alike that it is plainly the same: another spelling, however it is cut into words.
    private static bool Differ(Name one, Name other)
    {
        var (a, b) = (one.Parts, other.Parts);
        if (a.Length == 0 || b.Length == 0)
            return false;
        var (first, second) = (one.Whole, other.Whole);
        if (first.Length < ShortestWhole || second.Length < ShortestWhole || Math.Abs(first.Length - second.Length) > MostLetters)
            return false;
        if (first == second)
            return !a.SequenceEqual(b);
        var sameFirst = a[0] == b[0] && a[0].Length > 2;
        var sameLast = a[^1] == b[^1] && a[^1].Length >= ShortestName;
        // Initials and short forms ("Tom", "Thomas") are no difference; "Marie" and "Marc" are two people.
        if (sameLast && !sameFirst)
            return a.Length == b.Length && a[0].Length > 2 && b[0].Length > 2 && Distance(a[0], b[0]) == 1;
        return sameFirst && a[^1].Length >= ShortestName && b[^1].Length >= ShortestName && Distance(first, second) <= MostLetters;
    }

    private sealed record Name(Entity Entity, string[] Parts)
    {
        public string Whole { get; } = string.Concat(Parts);
    }

    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}

/// <summary>The names that the articles of a story tell, each article's read when it is first asked for; several threads may ask.</summary>
internal sealed class NamesOfArticles(StoryText story)
{
    private readonly HashSet<string>?[] _names = new HashSet<string>?[story.Articles.Length];

    /// <summary>Whether the article at a place tells a name of these parts.</summary>
    public bool Knows(int place, string[] parts) =>
        (_names[place] ??= [.. story.Articles[place].Entities.Select(entity => string.Join(' ', NameComparer.Parts(entity.Name)))]).Contains(string.Join(' ', parts));
}
