using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Discrepancies;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Origins;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>A story beside a claim.</summary>
internal sealed class ClaimStory
{
    /// <summary>From these log-odds on a passage tells the claim: articles that hold such a one do in 94 of 100 cases (docs/accuracy/checks.md).</summary>
    public const float LeastTelling = 0;

    // From these on it may: with them 87 of 100.
    private const float LeastPerhaps = -1;

    // So many passages tell whether it is told at all.
    private const int MostDoubted = 100;

    private readonly AnnotatedArticle _claim;
    private readonly PipelineOptions _options;
    private readonly ImmutableArray<AnnotatedArticle> _articles;
    private readonly StoryText _text;
    private readonly List<Unit> _units;
    private readonly ClaimUnits _claimed;
    private readonly Unit _unit;
    private readonly Unit?[] _titles;
    private readonly ClaimJudge _judge;
    private readonly ClaimMatcher _matcher;
    private readonly ClaimMatcher.Known? _known;
    private readonly float[] _odds;
    private readonly float[] _withoutValues;
    private Claim? _negation; // the claim as what decides whether a passage denies it

    /// <summary>Looks for the claim in all passages.</summary>
    /// <param name="articles">The articles, in the story's order.</param>
    /// <param name="claim">The claim, as an article that is none of them.</param>
    /// <param name="options">What a person corrected, and how many threads work.</param>
    /// <param name="judge">What decides whether a passage tells the claim.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public ClaimStory(ImmutableArray<AnnotatedArticle> articles, Article claim, PipelineOptions options, ClaimJudge judge, CancellationToken cancellationToken)
    {
        _options = options;
        _articles = SpeakerNames.Resolve(SiblingDating.Date(articles), options.Silenced);
        var read = ClaimChecker.Annotate(claim, _articles);
        // As if it had been told before all of them: whatever differs is held against it.
        _claim = read with { Article = claim with { Published = new Moment(DateOnly.MinValue) } };
        _text = Text(_articles, cancellationToken);
        var passages = _text.Passages(cancellationToken);
        _units = passages.Units;
        _titles = passages.Titles;
        _claimed = ClaimUnits.Of(read, passages.Weights);
        _unit = _claimed.Whole;
        _judge = judge;
        (_matcher, _known, _odds) = Judge(_units, _unit, cancellationToken);
        _withoutValues = _claimed.WithoutValues is { } without ? Judge(_units, without, cancellationToken).Odds : _odds;
        Best = _odds.Length == 0 ? float.NegativeInfinity : _odds.Max();
    }

    /// <summary>The log-odds of the passage that likeliest tells the claim.</summary>
    public float Best { get; }

    /// <summary>What its articles tell of the claim.</summary>
    public Dossier Dossier(StoryId id, CancellationToken cancellationToken)
    {
        List<int> Places(Predicate<int> isWanted) => [.. Enumerable.Range(0, _units.Count).Where(i => isWanted(i))];
        var telling = Places(i => _odds[i] >= LeastTelling);
        var tellers = telling.Select(i => _units[i].Article).ToHashSet();
        var perhaps = Places(i => _odds[i] >= LeastPerhaps && !tellers.Contains(_units[i].Article)).GroupBy(i => _units[i].Article).Select(article => article.MaxBy(i => _odds[i])).ToList();
        // What tells it but for its amounts and dates may give others.
        var beside = Places(i => _withoutValues[i] >= LeastTelling && _odds[i] < LeastTelling);
        var check = new ClaimCheck(_claim.Article.Text, _claim.Article.Language);
        var reuses = ReuseFinder.Find(_articles, cancellationToken);
        var dossier = new Dossier(new Story(id, id, [.. _articles.Select(article => article.Id)]), _articles, [], [], [], reuses, [], []) { Check = check with { Silent = [.. _articles.Select(article => article.Id)] } };
        List<int> about = [.. telling.Concat(perhaps).Concat(beside).Distinct().Order()];
        if (about.Count == 0)
            return dossier;

        var whole = Text(_articles.Add(_claim), cancellationToken);
        var differences = new ClaimDifferences(whole, _claim, _unit, [.. about.Select(i => _units[i])]);
        differences.Find(PointOf(whole, about), new OriginFinder(whole, reuses), _options.Points.Judge, cancellationToken);
        differences.FindAmounts(about.Where(i => _withoutValues[i] >= LeastTelling).Select(i => _units[i]));
        telling.AddRange(about.Where(i => _odds[i] < LeastTelling && differences.Otherwise.Contains(_units[i])));
        // Whose likeliest passage tells otherwise does not tell the claim by one that tells less of it.
        var otherwise = telling.Where(i => differences.Otherwise.Contains(_units[i])).GroupBy(i => _units[i].Article).ToDictionary(article => article.Key, article => article.Max(i => _withoutValues[i]));
        telling.RemoveAll(i => !differences.Otherwise.Contains(_units[i]) && otherwise.TryGetValue(_units[i].Article, out var odds) && _odds[i] <= odds);
        tellers = [.. telling.Select(i => _units[i].Article)];
        perhaps.RemoveAll(i => tellers.Contains(_units[i].Article));
        var heard = perhaps.Select(i => _units[i].Article).Concat(tellers).ToHashSet();
        var titles = TitlesThatTell(heard, cancellationToken);
        heard.UnionWith(titles.Select(title => title.Unit.Article));
        var told = telling.Count == 0 ? null : PointOf(whole, telling);
        var denied = (told?.Passages ?? []).Where(passage => passage.Stance != Stance.Affirms).Select(passage => passage.Evidence).ToHashSet();
        check = check with
        {
            Silent = [.. Enumerable.Range(0, _articles.Length).Where(place => !heard.Contains(place)).Select(place => _articles[place].Id)],
            Doubt = DoubtOf(telling.FindAll(i => !differences.Otherwise.Contains(_units[i]) && !denied.Contains(_units[i].Evidence)), cancellationToken),
            Perhaps = [.. perhaps.Select(i => (_units[i].Article, _units[i].Evidence, (double)TreeModel.Probability(_odds[i])))
                .Concat(titles.Select(title => (title.Unit.Article, title.Unit.Evidence, title.Likelihood))).OrderBy(one => one.Article).Select(one => (one.Evidence, one.Item3))],
            Differences = [.. differences.All],
            Missing = [.. MissingWords.Of(whole, _claim, _unit, telling.Concat(perhaps).Select(i => _units[i]).ToList())],
        };
        return told is null
            ? dossier with { Check = check }
            : WithPoint(dossier with { Check = check }, told, [.. differences.Otherwise.Select(unit => unit.Evidence)], cancellationToken);
    }

    private StoryText Text(ImmutableArray<AnnotatedArticle> articles, CancellationToken cancellationToken) => new(articles, cancellationToken) { Silenced = _options.Silenced, Threads = _options.Threads };

    private (ClaimMatcher Matcher, ClaimMatcher.Known? Known, float[] Odds) Judge(List<Unit> units, Unit claim, CancellationToken cancellationToken)
    {
        var matcher = new ClaimMatcher(units, claim, _options.Points.Judge.Same);
        if (units.Count == 0)
            return (matcher, null, []);
        var known = matcher.Know(matcher.Alone(_judge.Alone, _options.Threads, cancellationToken), _options.Threads, cancellationToken);
        return (matcher, known, _judge.Again.Score(units.Count, ClaimMatcher.CountAgain, (i, row) => matcher.FillAgain(i, known, row), _options.Threads, cancellationToken));
    }

    // The mean of what likeliest tells the claim.
    private double? DoubtOf(List<int> telling, CancellationToken cancellationToken)
    {
        if (telling.Count == 0 || _known is null)
            return null;
        var contrast = new Contrast(_text, _units, _claimed, _matcher, _known, _odds, _withoutValues);
        var row = new float[Contrast.Count];
        float sum = 0;
        List<int> likest = [.. telling.OrderByDescending(i => _odds[i]).ThenBy(i => i).Take(MostDoubted)];
        foreach (var i in likest)
        {
            cancellationToken.ThrowIfCancellationRequested();
            contrast.Fill(i, row);
            sum += _judge.Otherwise.Score(row);
        }

        return TreeModel.Probability(sum / likest.Count);
    }

    private Dossier WithPoint(Dossier dossier, Point found, HashSet<Evidence> otherwise, CancellationToken cancellationToken)
    {
        ImmutableArray<Passage> passages = [.. found.Passages.Where(passage => passage.Evidence.Article != _claim.Id)];
        var point = PointId.Name([found with { Passages = passages, Clearest = Clearest(passages) }], _articles)[0];
        var origins = new OriginFinder(_text, dossier.Reuses, rulings: Corrector.RulingsOf(_articles, _options.Corrections));
        // Where the articles differ among themselves does not hang on what the claim says.
        var discrepancies = DiscrepancyFinder.Find(_text, [origins.Of(point)], _options.Points.Judge, cancellationToken);
        passages = [.. passages.Select(passage => otherwise.Contains(passage.Evidence) ? passage with { Stance = Stance.Denies } : passage)];
        point = point with { Passages = passages, Clearest = Clearest(passages) };
        var sourced = origins.Of(point);
        var told = new SourcedPoint(sourced.Point, Grader.Of(_text, sourced, discrepancies), DossierMaker.Alone(point with { Passages = [.. passages.Where(passage => passage.Stance == Stance.Affirms)] }, _articles), sourced.Count, sourced.Chains)
        {
            History = new GradeHistory(_text, origins).Of(point, sourced, discrepancies),
        };
        return dossier with { Points = [told], Discrepancies = discrepancies };
    }

    // Of articles in which nothing else was found: a title gives no origin, but may tell the claim.
    private List<(Unit Unit, double Likelihood)> TitlesThatTell(HashSet<int> heard, CancellationToken cancellationToken)
    {
        List<Unit> titles = [.. _titles.OfType<Unit>().Where(title => !heard.Contains(title.Article))];
        if (titles.Count == 0)
            return [];
        List<Unit> all = [.. _units.Concat(titles).OrderBy(unit => unit.Article).ThenBy(unit => unit.Sentence)];
        var odds = Judge(all, _unit, cancellationToken).Odds;
        return [.. Enumerable.Range(0, all.Count).Where(i => all[i].Evidence.InTitle && odds[i] >= LeastTelling).Select(i => (all[i], (double)TreeModel.Probability(odds[i])))];
    }

    // What the claim and the units tell, each as it stands to the claim; the claim is the first of its passages' articles to be told, and the last of the story's.
    private Point PointOf(StoryText whole, List<int> units)
    {
        var draft = new PointDraft([_unit, .. units.Order().Select(i => _units[i])]);
        foreach (var i in units)
            draft.Odds[_units[i]] = MathF.Max(_odds[i], _withoutValues[i]);
        var point = draft.ToPoint(whole, new PointId("p1"));
        // What is told of older events is asked about as what is new.
        return point with { Background = false, Passages = [.. point.Passages.Select(passage => passage with { Stance = StanceTo(whole, passage) })] };
    }

    // Where the claim negates, who negates too tells it, and who affirms what it negates tells otherwise; where it affirms, who negates that does.
    private Stance StanceTo(StoryText whole, Passage passage)
    {
        if (passage.Evidence.Article == _claim.Id)
            return Stance.Affirms;
        var claimed = _negation ??= Claim.Read(whole, _unit.Evidence, null);
        var told = Claim.Read(whole, passage.Evidence, passage.Statement);
        if (!claimed.Negative)
            return told.Opposes(claimed) ? Stance.Denies : passage.Stance;
        return told.Negative ? Stance.Affirms : claimed.Opposes(told) ? Stance.Denies : passage.Stance;
    }

    // What likeliest tells the claim shows what is told of it.
    private static Passage Clearest(ImmutableArray<Passage> passages) => passages.OrderBy(passage => passage.Stance).ThenByDescending(passage => passage.Likelihood).ThenBy(passage => passage.Evidence.Article).ThenBy(passage => passage.Evidence.Span).First();
}
