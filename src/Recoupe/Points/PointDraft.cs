using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Statements;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Points;

/// <summary>A point in the making: the units that tell it.</summary>
internal sealed class PointDraft(List<Unit> units)
{
    // Of a point told in more passages the first are compared: who denies, denies there.
    private const int MostClaims = 60;

    // How long a passage may be, in UTF-16 units, before a shorter one shows the point better.
    private const int Readable = 220;

    // Of fewer words a passage shows a point only where it tells far more of it than others.
    private const int FewWords = 6;
    private const double Short = 0.3;

    // How much more a passage that leans on the words before it must tell than one that does not, to show the point; of a scale where telling all is 1.
    private const double Leaning = 0.1;

    /// <summary>The units that were put together, by article, then by place.</summary>
    public List<Unit> Units { get; } = units;

    /// <summary>Units of other points that tell this one too, or take it for granted.</summary>
    public List<Unit> Beside { get; } = [];

    /// <summary>The log-odds of its units that they tell it, where they were judged.</summary>
    public Dictionary<Unit, float> Odds { get; } = [];

    /// <summary>Titles that tell it.</summary>
    public List<Unit> Titles { get; } = [];

    /// <summary>What the passages of another point tell beside it, where it is such a thing; null where it is a point of its own.</summary>
    public Facet? Facet { get; init; }

    /// <summary>How its passages stand in a broader point that they were put into; null where they were not.</summary>
    public Part? Part { get; init; }

    /// <summary>The point whose passages tell it too, where it is a facet or a part of one.</summary>
    public PointDraft? Owner => Facet?.Of ?? Part?.Of;

    /// <summary>The log-odds that an editor would list it.</summary>
    public float Worth { get; set; }

    /// <summary>How many articles tell it.</summary>
    public int Articles { get; } = units.Select(unit => unit.Article).Distinct().Count();

    /// <summary>Whether all its passages tell of older events.</summary>
    public bool Old => Units.TrueForAll(unit => unit.Old);

    /// <summary>Takes the passages of the point that it is a facet or a part of, now that these are known, as far as they tell it.</summary>
    public void FollowOwner()
    {
        var own = Units.ToHashSet();
        var all = Owner!.Units.Concat(Owner.Beside).Where(Facet is null ? own.Contains : Facet.IsIn).OrderBy(unit => unit.Article).ThenBy(unit => unit.Evidence.Span).ToList();
        Units.Clear();
        Units.AddRange(all);
    }

    /// <summary>The unit that tells most of what the others tell.</summary>
    public Unit Central()
    {
        if (Units.Count == 1)
            return Units[0];
        var sample = Sample(Units, 12);
        return sample.MaxBy(unit => sample.Sum(other => other == unit ? 0 : TermWeights.Cosine(unit, other)))!;
    }

    /// <summary>So many of <paramref name="all"/>, evenly from first to last.</summary>
    public static List<T> Sample<T>(List<T> all, int most) =>
        all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];

    /// <summary>The point, with a passage for each of its units and statements.</summary>
    public Point ToPoint(StoryText story, PointId id)
    {
        var reference = Units.Find(unit => !Denies(story, unit)) ?? Units[0];
        var denials = DenialsIn(story);
        var passages = Units.SelectMany(unit => Passages(story, unit, reference, denials, partial: false))
            .Concat(Beside.SelectMany(unit => Passages(story, unit, reference, denials, partial: true)))
            .Concat(Titles.SelectMany(title => Passages(story, title, reference, denials, partial: false)
                .Select(passage => passage with { Stance = StanceBelow(title, reference, denials) })))
            .OrderBy(passage => story.PlaceOf(passage.Evidence.Article)).ThenByDescending(passage => passage.Evidence.InTitle)
            .ThenBy(passage => passage.Evidence.Span).ThenBy(passage => passage.Statement)
            .ToImmutableArray();
        var clearest = Shown(story, Clearest(story));
        return new Point(id, passages.First(passage => passage.Evidence == clearest), passages, Old);
    }

    // Says most of what the others say and what the titles say, in not too many words, affirms, and can be read alone.
    private Unit Clearest(StoryText story)
    {
        var sure = Units.FindAll(unit => LikelihoodOf(unit) is not < Passage.Sure);
        var sample = Sample(sure.Count > 0 ? sure : Units, 12);
        return sample.OrderByDescending(unit => (sample.Sum(other => other == unit ? 0 : TermWeights.Cosine(unit, other)) / sample.Count)
                + unit.InTitles + (unit.InOwnTitle / 2) - (Denies(story, unit) ? 1 : 0) - (Math.Max(0, unit.Evidence.Span.Length - Readable) / 1000.0)
                - (StandsAlone(story, unit) ? 0 : Leaning) - (unit.Words < FewWords ? Short : 0))
            .ThenBy(unit => unit.Article).ThenBy(unit => unit.Sentence).First();
    }

    // A whole clause with what it is about, that no clause in the passage governs: neither "the news" nor "the law that was passed".
    private static bool StandsAlone(StoryText story, Unit unit)
    {
        var words = story.WordsOf(unit.Evidence);
        if (words.Source.Syntax is not { } tree)
            return true;
        var (from, to) = words.Range(unit.Evidence.Span);
        for (var i = from; i < to; i++)
        {
            if (tree.Relations[i] is Relation.Root or Relation.ClausalComplement or Relation.Parataxis && tree.IsPredicate(i)
                && tree.ClauseOf(i).SharedSubject is >= 0 and var subject && subject >= from && subject < to)
                return true;
        }

        return false;
    }

    // Of a facet the clause that tells it.
    private Evidence Shown(StoryText story, Unit unit) => Facet is null ? unit.Evidence : unit.Evidence with { Span = Facet.SpanIn(story, unit) };

    private IEnumerable<Passage> Passages(StoryText story, Unit unit, Unit reference, HashSet<(Unit, int)> denials, bool partial)
    {
        if (unit.Statements.IsEmpty)
        {
            yield return new Passage(Shown(story, unit), null, StanceOf(unit, -1, reference, denials, partial), partial) { Likelihood = LikelihoodOf(unit) };
            yield break;
        }

        foreach (var statement in unit.Statements)
            yield return new Passage(Shown(story, unit), statement, StanceOf(unit, statement, reference, denials, partial), partial) { Likelihood = LikelihoodOf(unit) };
    }

    // What the owner holds is as likely of the facet or part.
    private double? LikelihoodOf(Unit unit) => (Owner ?? this).Odds.TryGetValue(unit, out var odds) ? TreeModel.Probability(odds) : null;

    // A title stands to the point as its article does.
    private Stance StanceBelow(Unit title, Unit reference, HashSet<(Unit, int)> denials)
    {
        var stances = Units.Where(unit => unit.Article == title.Article)
            .SelectMany(unit => unit.Statements.IsEmpty ? [StanceOf(unit, -1, reference, denials)] : unit.Statements.Select(statement => StanceOf(unit, statement, reference, denials)))
            .Distinct().ToList();
        return stances is [var stance] ? stance : Stance.Affirms;
    }

    // What stands beside a point may deny it; a doubt there is about something else.
    private static Stance StanceOf(Unit unit, int statement, Unit reference, HashSet<(Unit, int)> denials, bool partial = false)
    {
        if (denials.Contains((unit, statement)))
            return Stance.Denies;
        return !partial && unit != reference && reference.Doubts.IsEmpty && unit.Doubts.Contains(statement) ? Stance.Doubts : Stance.Affirms;
    }

    // The statements that deny what another passage of the point claims.
    private HashSet<(Unit, int)> DenialsIn(StoryText story)
    {
        var denials = new HashSet<(Unit, int)>();
        var all = Units.Concat(Beside).ToList();
        if (!story.Keeps(SourcingRule.Denials) || !all.Exists(unit => unit.Denying || (unit.Negative && !unit.Statements.IsEmpty)))
            return denials;
        var claims = all.Take(MostClaims)
            .SelectMany(unit => unit.Statements.IsEmpty
                ? [(unit, -1, Claim.Read(story, unit.Evidence, null))]
                : unit.Statements.Select(statement => (unit, statement, Claim.Read(story, unit.Evidence, statement))))
            .ToList();
        foreach (var (unit, statement, claim) in claims)
        {
            if (claim.Negative && claims.Exists(other => claim.Denies(other.Item3)))
                denials.Add((unit, statement));
        }

        return denials;
    }

    private static bool Denies(StoryText story, Unit unit) =>
        unit.Statements.Any(index => story.Articles[unit.Article].Statements[index] is { Act: Act.Deny } or { Negated: true });
}
