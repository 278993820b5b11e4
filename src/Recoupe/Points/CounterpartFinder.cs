using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>Puts a passage that found no other with the point that it contradicts: what differs in its telling words finds nothing alike.</summary>
internal static class CounterpartFinder
{
    /// <summary>Moves lone denials to what they deny, and what tells where or when the event happened to the news of it.</summary>
    /// <param name="story">The story.</param>
    /// <param name="clusters">The points in the making; changed in place.</param>
    public static void Join(StoryText story, List<List<Unit>> clusters)
    {
        var claims = new Dictionary<(Unit, int), Claim>();
        var happening = clusters.SelectMany(cluster => cluster).Where(unit => TellsHappening(story, unit)).ToHashSet();
        foreach (var lone in clusters.Where(cluster => cluster.Count == 1 && !cluster[0].Background).ToList())
        {
            // Another joined it meanwhile.
            if (lone is not [var unit])
                continue;
            var to = Denied(story, clusters, lone, claims) ?? (happening.Contains(unit) ? News(clusters, happening, unit) : null);
            if (to is null)
                continue;
            to.Add(unit);
            to.Sort((a, b) => a.Article != b.Article ? a.Article.CompareTo(b.Article) : a.Evidence.Span.CompareTo(b.Evidence.Span));
            clusters.Remove(lone);
        }
    }

    // Where others tell the same of the event, or what most articles open with.
    private static List<Unit>? News(List<List<Unit>> clusters, HashSet<Unit> happening, Unit unit)
    {
        var others = clusters.Where(cluster => cluster.Exists(other => other.Article != unit.Article && (other.Sentence == 0 || happening.Contains(other)))).ToList();
        return others.OrderByDescending(cluster => cluster.Exists(other => happening.Contains(other)))
            .ThenByDescending(cluster => cluster.Where(other => other.Sentence == 0).Select(other => other.Article).Distinct().Count())
            .ThenByDescending(cluster => cluster.Select(other => other.Article).Distinct().Count()).FirstOrDefault();
    }

    private static List<Unit>? Denied(StoryText story, List<List<Unit>> clusters, List<Unit> lone, Dictionary<(Unit, int), Claim> claims)
    {
        var unit = lone[0];
        if (!unit.Denying && !unit.Negative || unit.Statements.IsEmpty)
            return null;
        foreach (var statement in unit.Statements)
        {
            var denial = ClaimOf(unit, statement);
            if (!denial.Negative)
                continue;
            var best = clusters.Where(cluster => cluster != lone).Select(cluster => (cluster, affirming: cluster.FindAll(other => (other.Article != unit.Article || denial.Anaphoric) && !other.Echo
                    && (other.Statements.IsEmpty ? denial.Denies(ClaimOf(other, -1)) : other.Statements.Any(said => denial.Denies(ClaimOf(other, said))))).Count))
                .Where(pair => pair.affirming > 0).OrderByDescending(pair => pair.affirming).FirstOrDefault().cluster;
            if (best is not null)
                return best;
        }

        return null;

        Claim ClaimOf(Unit of, int said)
        {
            if (!claims.TryGetValue((of, said), out var claim))
                claims[(of, said)] = claim = Claim.Read(story, of.Evidence, said < 0 ? null : said);
            return claim;
        }
    }

    // "The accident took place two kilometres further on."
    private static bool TellsHappening(StoryText story, Unit unit)
    {
        var words = story.Bodies[unit.Article];
        if (words.Source.Language is not { } language)
            return false;
        var told = words.In(unit.Whole);
        var happening = PhraseSet.Of(language, "happening-verbs").Find(told);
        if (happening.IsEmpty || (unit.Dates.IsEmpty && !PhraseSet.Of(language, "locations").Any(told)))
            return false;
        return IsEvent(words, language, unit.Whole, happening[0].At);
    }

    /// <summary>Whether the noun that opens a clause before its happening verb stands for the event of the whole article.</summary>
    private static bool IsEvent(WordSequence words, Language language, TextSpan sentence, int verb)
    {
        var (from, _) = words.Range(sentence);
        var nouns = PhraseSet.Of(language, "event-nouns");
        for (var i = from; i < from + Math.Min(verb, 4); i++)
        {
            if (nouns.At(words.Words[i..(i + 1)].ToArray(), 0).Length > 0)
                return true;
        }

        return false;
    }
}
