using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Text;

namespace Recoupe.Reuses;

/// <summary>Names the agency behind shared text that neither of two articles credits: a third one that has the same passages does.</summary>
internal static class ReuseAgencies
{
    /// <summary>The agency that one of two articles credits: null where none does, or where they credit different ones.</summary>
    public static string? Credited(Article first, Article second)
    {
        if (first.Agencies.IsEmpty || second.Agencies.IsEmpty)
            return first.Agencies.Concat(second.Agencies).FirstOrDefault();
        return first.Agencies.FirstOrDefault(agency => second.Agencies.Contains(agency));
    }

    /// <summary>The same pairs; those without an agency take the one whose text half of their passages or more is by other pairs.</summary>
    public static ImmutableArray<Reuse> Trace(ImmutableArray<Reuse> reuses)
    {
        var credited = new Dictionary<ArticleId, SortedDictionary<string, List<TextSpan>>>();
        foreach (var reuse in reuses)
        {
            if (reuse is not { Agency: { } agency, Order: ReuseOrder.Credit })
                continue;
            if (!credited.TryGetValue(reuse.To, out var agencies))
                credited[reuse.To] = agencies = new(StringComparer.Ordinal);
            if (!agencies.TryGetValue(agency, out var spans))
                agencies[agency] = spans = [];
            spans.AddRange(reuse.Passages.Select(passage => passage.To));
        }

        if (credited.Count == 0)
            return reuses;
        foreach (var agencies in credited.Values)
        {
            foreach (var spans in agencies.Values)
                Merge(spans);
        }

        return [.. reuses.Select(reuse => reuse.Agency is null && reuse.Order != ReuseOrder.Credit && reuse.Kind != ReuseKind.QuotationsOnly
            ? reuse with
            {
                Agency = Of([.. reuse.Passages.Select(passage => passage.From)], credited.GetValueOrDefault(reuse.From))
                    ?? Of([.. reuse.Passages.Select(passage => passage.To)], credited.GetValueOrDefault(reuse.To)),
            }
            : reuse)];
    }

    // Several credited articles may hold the same words: each word counts once for an agency.
    private static void Merge(List<TextSpan> spans)
    {
        spans.Sort();
        var kept = 0;
        for (var i = 0; i < spans.Count; i++)
        {
            if (kept > 0 && spans[kept - 1].End >= spans[i].Start)
                spans[kept - 1] = spans[kept - 1].Union(spans[i]);
            else
                spans[kept++] = spans[i];
        }

        spans.RemoveRange(kept, spans.Count - kept);
    }

    // The agency of half the text of the passages or more; of several the one of most text, then by name.
    private static string? Of(List<TextSpan> passages, SortedDictionary<string, List<TextSpan>>? agencies)
    {
        if (agencies is null)
            return null;
        passages.Sort();
        var all = passages.Sum(passage => passage.Length);
        var (best, most) = ((string?)null, 0);
        foreach (var (agency, spans) in agencies)
        {
            if (Covered(passages, spans) is var covered && 2 * covered >= all && covered > most)
                (best, most) = (agency, covered);
        }

        return best;
    }

    private static int Covered(List<TextSpan> passages, List<TextSpan> spans)
    {
        var covered = 0;
        var first = 0;
        foreach (var passage in passages)
        {
            while (first < spans.Count && spans[first].End <= passage.Start)
                first++;
            for (var i = first; i < spans.Count && spans[i].Start < passage.End; i++)
                covered += Math.Min(spans[i].End, passage.End) - Math.Max(spans[i].Start, passage.Start);
        }

        return covered;
    }
}
