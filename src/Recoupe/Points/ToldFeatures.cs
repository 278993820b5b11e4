using Recoupe.Statements;

namespace Recoupe.Points;

/// <summary>What decides whether an editor would list a point; the order is that of the model.</summary>
internal enum ToldFeature
{
    Articles,
    ShareOfArticles,
    Units,
    First,
    MeanDepth,
    EarliestMean,
    InTitles,
    MeanInTitles,
    InOwnTitle,
    Cohesion,
    Said,
    Named,
    Unnamed,
    OfBody,
    Document,
    Speakers,
    Denied,
    Amounts,
    Names,
    Old,
    Words,
    Mass,
    Specific,
    Acts,
    Quoted,
    Position,
    Facet,
    FacetShare,
    FacetValues,
    PartOdds,
    PartLead,
    PartArticles,
    PartBeside,
    PartRest,
    PartAlike,
}

/// <summary>Reads what decides whether a point is told.</summary>
internal static class ToldFeatures
{
    public const int Count = (int)ToldFeature.PartAlike + 1;

    /// <summary>Fills <paramref name="features"/>.</summary>
    /// <param name="draft">The point.</param>
    /// <param name="articles">How many articles the story has.</param>
    /// <param name="cohesion">The mean log-odds between its units; 0 for one unit.</param>
    /// <param name="features">Room for <see cref="Count"/> numbers.</param>
    public static void Compute(PointDraft draft, int articles, float cohesion, Span<float> features)
    {
        var units = draft.Units;
        features.Clear();
        features[(int)ToldFeature.Articles] = Math.Min(3, draft.Articles);
        features[(int)ToldFeature.ShareOfArticles] = (float)draft.Articles / articles;
        features[(int)ToldFeature.Units] = (float)units.Count / draft.Articles;
        features[(int)ToldFeature.First] = units.Min(unit => unit.Sentence);
        features[(int)ToldFeature.MeanDepth] = units.Average(unit => unit.Depth);
        features[(int)ToldFeature.EarliestMean] = (float)units.GroupBy(unit => unit.Article).Average(group => group.Min(unit => unit.Sentence));
        features[(int)ToldFeature.InTitles] = units.Max(unit => unit.InTitles);
        features[(int)ToldFeature.MeanInTitles] = units.Average(unit => unit.InTitles);
        features[(int)ToldFeature.InOwnTitle] = units.Max(unit => unit.InOwnTitle);
        features[(int)ToldFeature.Cohesion] = cohesion;
        Sources(units, features);
        Things(units, features);
        Facet(draft, features);
        if (draft.Part is { } part)
            PartOf(draft, part, features);
    }

    private static void Facet(PointDraft draft, Span<float> features)
    {
        var facet = draft.Facet;
        features[(int)ToldFeature.Facet] = (int)(draft.Part is not null ? FacetKind.Part : facet?.Kind ?? FacetKind.None);
        features[(int)ToldFeature.FacetShare] = draft.Owner is { } owner ? (float)draft.Units.Count / owner.Units.Count : 1;
        features[(int)ToldFeature.FacetValues] = facet is null ? 0
            : Math.Min(5, draft.Units.SelectMany(unit => unit.Numbers).Where(number => number.Happened is not null == (facet.Kind == FacetKind.Fate)).Select(number => number.Value).Distinct().Count());
    }

    // What stands in a point apart: whether those articles tell the rest, too, and how far it lies from it.
    private static void PartOf(PointDraft draft, Part part, Span<float> features)
    {
        var own = draft.Units.ToHashSet();
        var rest = part.Of.Units.FindAll(unit => !own.Contains(unit));
        var articles = draft.Units.Select(unit => unit.Article).ToHashSet();
        var others = rest.Select(unit => unit.Article).ToHashSet();
        features[(int)ToldFeature.PartOdds] = part.Odds;
        features[(int)ToldFeature.PartLead] = part.Odds - part.OddsOfPoint;
        features[(int)ToldFeature.PartArticles] = (float)draft.Articles / part.Of.Articles;
        features[(int)ToldFeature.PartBeside] = (float)articles.Count(others.Contains) / articles.Count;
        features[(int)ToldFeature.PartRest] = Math.Min(3, others.Count);
        var sample = PointDraft.Sample(rest, 6);
        features[(int)ToldFeature.PartAlike] = PointDraft.Sample(draft.Units, 6).Average(unit => sample.Average(other => TermWeights.Cosine(unit, other)));
    }

    private static void Sources(List<Unit> units, Span<float> features)
    {
        features[(int)ToldFeature.Said] = units.Count(unit => !unit.Statements.IsEmpty) / (float)units.Count;
        features[(int)ToldFeature.Named] = units.Exists(unit => unit.SpeakerType == SpeakerType.Person) ? 1 : 0;
        features[(int)ToldFeature.Unnamed] = units.Exists(unit => unit.SpeakerType == SpeakerType.Unnamed) ? 1 : 0;
        features[(int)ToldFeature.OfBody] = units.Exists(unit => unit.SpeakerType == SpeakerType.Organisation) ? 1 : 0;
        features[(int)ToldFeature.Document] = units.Exists(unit => unit.SpeakerType is SpeakerType.Document or SpeakerType.Medium) ? 1 : 0;
        features[(int)ToldFeature.Speakers] = units.Select(unit => unit.Speaker).OfType<string>().Distinct().Count();
        features[(int)ToldFeature.Denied] = units.Count(unit => unit.Denying);
        features[(int)ToldFeature.Acts] = units.Exists(unit => unit.Act is not null and not Act.Say) ? 1 : 0;
        features[(int)ToldFeature.Quoted] = units.Count(unit => unit.Quoted) / (float)units.Count;
    }

    private static void Things(List<Unit> units, Span<float> features)
    {
        features[(int)ToldFeature.Amounts] = units.Count(unit => unit.Amounts.Length > 0) / (float)units.Count;
        features[(int)ToldFeature.Names] = (float)units.Average(unit => unit.Terms.Count(term => term.Kind == TermKind.Name));
        features[(int)ToldFeature.Old] = units.Count(unit => unit.Old) / (float)units.Count;
        features[(int)ToldFeature.Words] = (float)units.Average(unit => unit.Words);
        features[(int)ToldFeature.Mass] = units.Average(unit => unit.Mass);
        features[(int)ToldFeature.Specific] = units.Average(unit => unit.Mass / Math.Max(1, unit.Terms.Length));
        features[(int)ToldFeature.Position] = units.Min(unit => unit.Depth);
    }
}
