using Recoupe.Articles;
using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Discrepancies;

/// <summary>Affirmed here, denied there: each denying origin once, against the earliest affirming passage.</summary>
internal static class PolarityComparer
{
    public static IEnumerable<Discrepancy> Compare(StoryText story, Sourcing point)
    {
        var chains = point.Chains.Where(chain => !chain.Passage.Evidence.InTitle && !chain.Passage.Partial)
            .OrderBy(chain => story.Articles[story.PlaceOf(chain.Passage.Evidence.Article)].Article.Published?.Utc ?? DateTime.MaxValue)
            .ThenBy(chain => story.PlaceOf(chain.Passage.Evidence.Article)).ThenBy(chain => chain.Passage.Evidence.Span).ToList();
        // An explicit affirmation before a bare sentence that a denier's own article tells.
        var affirming = chains.Find(chain => chain.Passage.Stance == Stance.Affirms && chain.Passage.Statement is not null)
            ?? chains.Find(chain => chain.Passage.Stance == Stance.Affirms);
        if (affirming is null)
            yield break;
        foreach (var denials in chains.Where(chain => chain.Passage.Stance == Stance.Denies).GroupBy(chain => chain.Hops[^1]))
        {
            // The first article that has it, and there the plainest: the words that negate, not those that are rejected.
            var first = denials.First().Passage.Evidence.Article;
            var denial = denials.Where(chain => chain.Passage.Evidence.Article == first)
                .OrderBy(chain => story.StatementOf(chain.Passage)?.Negated == true).First();
            yield return new Discrepancy(DiscrepancyKind.Polarity, Resolution.Open, point.Point.Id, Content(story, affirming), Content(story, denial), "affirmed here, denied there");
        }
    }

    private static Evidence Content(StoryText story, Chain chain) =>
        story.StatementOf(chain.Passage) is { } statement && statement.InTitle == chain.Passage.Evidence.InTitle
            && statement.Extent.Intersection(chain.Passage.Evidence.Span) is { } content
            && content.Length * 3 >= chain.Passage.Evidence.Span.Length
            ? new Evidence(chain.Passage.Evidence.Article, content)
            : chain.Passage.Evidence;
}
