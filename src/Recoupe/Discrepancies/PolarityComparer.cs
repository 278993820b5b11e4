using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Discrepancies;

/// <summary>Affirmed here, denied there: each denying origin once, against the earliest affirming passage.</summary>
internal static class PolarityComparer
{
    // The earliest so many affirmations hold what is denied.
    private const int MostCompared = 60;

    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point)
    {
        var chains = point.Chains.Where(chain => !chain.Passage.Evidence.InTitle && !chain.Passage.Partial)
            .OrderBy(chain => story.Articles[story.PlaceOf(chain.Passage.Evidence.Article)].Article.Published?.Utc ?? DateTime.MaxValue)
            .ThenBy(chain => story.PlaceOf(chain.Passage.Evidence.Article)).ThenBy(chain => chain.Passage.Evidence.Span).ToList();
        if (!chains.Exists(chain => chain.Passage.Stance == Stance.Denies))
            yield break;
        var affirming = chains.Where(chain => chain.Passage.Stance == Stance.Affirms).Take(MostCompared).Select(chain => (chain, claim: ClaimOf(story, chain))).ToList();
        if (affirming.Count == 0)
            yield break;
        foreach (var denials in chains.Where(chain => chain.Passage.Stance == Stance.Denies).GroupBy(chain => chain.Hops[^1]))
        {
            // The first article that has it, and there the plainest: the words that negate, not those that are rejected.
            var first = denials.First().Passage.Evidence.Article;
            var denial = denials.Where(chain => chain.Passage.Evidence.Article == first)
                .OrderBy(chain => story.StatementOf(chain.Passage)?.Negated == true).First();
            var denied = ClaimOf(story, denial);
            // The earliest that tells what is denied; a denial in other words denies what the point tells.
            var affirmed = affirming.Find(other => denied.Denies(other.claim)).chain ?? affirming.Find(other => other.chain.Hops[^1] != denial.Hops[^1]).chain;
            if (affirmed is null)
                continue;
            if (affirmed.Hops[^1] != denial.Hops[^1] || affirmed.Passage.Statement is null)
                yield return new Discrepancy(DiscrepancyKind.Polarity, Resolution.Open, point.Point.Id, Content(story, affirmed), Content(story, denial), "affirmed here, denied there");
        }
    }

    private static Claim ClaimOf(StoryText story, Chain chain) => Claim.Read(story, chain.Passage.Evidence, chain.Passage.Statement);

    private static Evidence Content(StoryText story, Chain chain) =>
        story.StatementOf(chain.Passage) is { } statement && statement.InTitle == chain.Passage.Evidence.InTitle
            && statement.Extent.Intersection(chain.Passage.Evidence.Span) is { } content
            && content.Length * 3 >= chain.Passage.Evidence.Span.Length
            ? new Evidence(chain.Passage.Evidence.Article, content)
            : chain.Passage.Evidence;
}
