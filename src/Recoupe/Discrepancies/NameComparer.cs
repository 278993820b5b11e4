using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>A person told by two names: one part of the name the same, the other spelled otherwise.</summary>
internal static class NameComparer
{
    private const int ShortestName = 4;

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point, List<ToldPassage> passages)
    {
        var told = DiscrepancyFinder.Representatives(
            passages.Select(passage => (passage, (passage, names: Read(story, passage)))), read => string.Join('\n', read.names.Select(name => name.Name)));
        var seen = new HashSet<(string, string)>();
        for (var i = 0; i < told.Count; i++)
        {
            for (var j = i + 1; j < told.Count; j++)
            {
                if (told[i].passage.Place == told[j].passage.Place)
                    continue;
                foreach (var a in told[i].names)
                {
                    foreach (var b in told[j].names)
                    {
                        if (Differ(Parts(a.Name), Parts(b.Name)) && !Knows(story, told[j].passage.Place, a.Name) && !Knows(story, told[i].passage.Place, b.Name)
                            && seen.Add(Key(Parts(a.Name), Parts(b.Name))))
                            yield return new Discrepancy(DiscrepancyKind.Name, Resolution.Open, point.Point.Id, told[i].passage.At(a.Span), told[j].passage.At(b.Span), "one person under two names");
                    }
                }
            }
        }
    }

    private static List<Entity> Read(StoryText story, ToldPassage passage)
    {
        var sentence = story.SentenceOf(passage.Evidence);
        return [.. story.EntitiesIn(passage.Place, sentence).Where(entity => entity.Type == EntityType.Person && sentence.Contains(entity.Span) && Parts(entity.Name).Length >= 2)
            .DistinctBy(entity => entity.Name)];
    }

    // Told once, however fully the articles give the names.
    private static (string, string) Key(string[] a, string[] b)
    {
        var (first, second) = a[^1] != b[^1] ? (a[^1], b[^1]) : (string.Join(' ', a), string.Join(' ', b));
        return string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first);
    }

    private static string[] Parts(string name) => [.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => Folding.Fold(part))];

    private static bool Knows(StoryText story, int place, string name)
    {
        var parts = Parts(name);
        return story.Articles[place].Entities.Any(entity => entity.Type == EntityType.Person && parts.SequenceEqual(Parts(entity.Name)));
    }

    private static bool Differ(string[] a, string[] b)
    {
        var sameFirst = a[0] == b[0] && a[0].Length > 2;
        var sameLast = a[^1] == b[^1] && a[^1].Length >= ShortestName;
        if (sameFirst && !sameLast)
            return a[^1].Length >= ShortestName && b[^1].Length >= ShortestName && Distance(a[^1], b[^1]) is 1 or 2;
        // Initials and short forms ("Tom", "Thomas") are no difference.
        return sameLast && a.Length == b.Length && !sameFirst && a[0].Length > 2 && b[0].Length > 2 && a[0][0] != '-' && !a[0].StartsWith(b[0][..3], StringComparison.Ordinal)
            && Distance(a[0], b[0]) <= 2;
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
