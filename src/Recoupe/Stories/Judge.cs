using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>The learned decisions: whether two articles tell one event, and whether they belong to one saga.</summary>
/// <param name="Story">Log-odds of one event from <see cref="PairFeatures"/>.</param>
/// <param name="Saga">Log-odds of one larger affair.</param>
/// <param name="Headlines">Log-odds of one event where both articles are headlines alone.</param>
internal sealed record Judge(TreeModel Story, TreeModel Saga, TreeModel Headlines)
{
    /// <summary>The built-in models.</summary>
    public static Judge Default => Lazy.Value;

    private static readonly Lazy<Judge> Lazy = new(() => new Judge(TreeModel.BuiltIn("story"), TreeModel.BuiltIn("saga"), TreeModel.BuiltIn("headlines")));

    // News systems let likeness fade over days; labelled streams hold too few far pairs to learn it from. From five days on each
    // doubling of the time takes 1.7, up to what nothing but a copy outweighs.
    private const float FreshHours = 120;
    private const float Fading = 2.5f;
    private const float MostFading = 4;

    // Two texts that each tell a day and numbers, half a day apart or more, and agree on no day and hardly a number: the reports of two sessions of a market.
    private const float FewNumbers = 0.34f;
    private const float OtherSession = 2.5f;
    private static readonly float HalfADay = MathF.Log(1 + 12);

    // A dozen words tell a learned model little that holds elsewhere: the plain likeness has half the say. Chosen on stories unseen.
    private const float PlainSlope = 10;
    private const float PlainMiddle = 0.22f;

    // What a list of the day's news shares with one of its events is not enough.
    private const float RoundUp = 8;

    /// <summary>Log-odds of one event: what the model says, less what speaks against it by its kind. Articles weeks apart and lists of news must be the more alike.</summary>
    public float StoryOdds(ReadOnlySpan<float> features) => Temper(LearnedOdds(features), features);

    /// <summary>What the model alone says, without what speaks against a pair by its kind.</summary>
    public float LearnedOdds(ReadOnlySpan<float> features) => AreHeadlines(features) ? HeadlineOdds(features) : Story.Score(features);

    /// <summary>As <see cref="StoryOdds(ReadOnlySpan{float})"/> for many pairs at once.</summary>
    /// <param name="rows">The features of the pairs, one pair after the other.</param>
    /// <param name="odds">Filled with the log-odds of each.</param>
    public void StoryOdds(ReadOnlySpan<float> rows, Span<float> odds)
    {
        Story.Score(rows, PairFeatures.Count, odds);
        for (var row = 0; row < odds.Length; row++)
        {
            var features = rows.Slice(row * PairFeatures.Count, PairFeatures.Count);
            odds[row] = Temper(AreHeadlines(features) ? HeadlineOdds(features) : odds[row], features);
        }
    }

    /// <summary>Log-odds of one affair: what a list of the day's news shares with one of its events makes no affair of them either.</summary>
    public float SagaOdds(ReadOnlySpan<float> features) => Saga.Score(features) - (RoundUp * features[PairFeatures.OneIsRoundUp]);

    /// <summary>As <see cref="SagaOdds(ReadOnlySpan{float})"/> for many pairs at once.</summary>
    /// <param name="rows">The features of the pairs, one pair after the other.</param>
    /// <param name="odds">Filled with the log-odds of each.</param>
    public void SagaOdds(ReadOnlySpan<float> rows, Span<float> odds)
    {
        Saga.Score(rows, PairFeatures.Count, odds);
        for (var row = 0; row < odds.Length; row++)
            odds[row] -= RoundUp * rows[(row * PairFeatures.Count) + PairFeatures.OneIsRoundUp];
    }

    private static bool AreHeadlines(ReadOnlySpan<float> features) => features[PairFeatures.Headlines] == 2;

    private float HeadlineOdds(ReadOnlySpan<float> features) =>
        (Headlines.Score(features) + (PlainSlope * (features[PairFeatures.Overall] - PlainMiddle))) / 2;

    private static float Temper(float odds, ReadOnlySpan<float> features)
    {
        var apart = features[PairFeatures.HoursApart];
        if (apart != PairFeatures.Unknown)
            odds -= MathF.Min(MostFading, Fading * MathF.Max(0, apart - MathF.Log(1 + FreshHours)));
        if (apart > HalfADay && features[PairFeatures.DaysFound] == 0 && features[PairFeatures.NumbersFound] is >= 0 and < FewNumbers)
            odds -= OtherSession;
        return odds - (RoundUp * features[PairFeatures.OneIsRoundUp]);
    }
}
