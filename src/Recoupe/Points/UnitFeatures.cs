namespace Recoupe.Points;

/// <summary>What is compared of two units when it is decided whether they tell the same point; the order is that of the model.</summary>
internal enum UnitFeature
{
    Cosine,
    Contained,
    SharedMass,
    SharedNouns,
    SharedVerbs,
    SharedNames,
    SharedOthers,
    NamePart,
    RarestShared,
    NextShared,
    PlainShared,
    SmallerMass,
    LargerMass,
    SharedSequences,
    SequencePart,
    SameAmounts,
    OtherAmounts,
    BothAmounts,
    SameDays,
    OtherDays,
    SameSpeaker,
    OtherSpeaker,
    Statements,
    SameAct,
    OneQuoted,
    SameArticle,
    Apart,
    DepthApart,
    Higher,
    Lower,
    BothInTitles,
    LessInTitles,
    OwnTitles,
    SameLanguage,
    Polarity,
    Age,
    Stems,
    BestClaim,
    SamePredicate,
    SameWho,
    SameWhom,
    OtherWho,
    OtherWhom,
    MainPredicate,
    NominalPredicate,
    NegationOfSame,
    RankOfSecond,
    RankOfFirst,
    LeadOverNext,
    Around,
}

/// <summary>Compares two units.</summary>
internal static class UnitFeatures
{
    /// <summary>How many features there are.</summary>
    public const int Count = (int)UnitFeature.Around + 1;

    /// <summary>Fills <paramref name="features"/> with all that the two units alone give; the features of rank and surroundings are the caller's.</summary>
    public static void Compute(Unit a, Unit b, Span<float> features)
    {
        features.Clear();
        Words(a, b, features);
        Sequences(a, b, features);
        Amounts(a, b, features);
        Days(a, b, features);
        Sources(a, b, features);
        Places(a, b, features);
        features[(int)UnitFeature.Stems] = Stems(a, b);
        Claims(a, b, features);
    }

    private static void Words(Unit a, Unit b, Span<float> features)
    {
        float dot = 0, shared = 0, rarest = 0, next = 0, names = 0, namesA = 0, namesB = 0, plain = 0;
        Span<float> kinds = stackalloc float[6];
        var (ones, others) = (a.Keys, b.Keys);
        for (int i = 0, j = 0; i < ones.Length && j < others.Length;)
        {
            if (ones[i] != others[j])
            {
                var less = ones[i] < others[j];
                i += less ? 1 : 0;
                j += less ? 0 : 1;
                continue;
            }

            var (first, second) = (a.Terms[i].Kind, b.Terms[j].Kind);
            var weight = MathF.Sqrt(a.Weights[i] * b.Weights[j]);
            dot += weight * weight;
            shared += weight;
            var kind = first == TermKind.Name ? second : first;
            kinds[(int)kind] += weight;
            plain += kind == TermKind.Name ? 0 : 1;
            if (weight > rarest)
                (rarest, next) = (weight, rarest);
            else if (weight > next)
                next = weight;
            i++;
            j++;
        }

        names = kinds[(int)TermKind.Name];
        (namesA, namesB) = (a.NameMass, b.NameMass);
        features[(int)UnitFeature.Cosine] = dot == 0 ? 0 : dot / (a.Norm * b.Norm);
        features[(int)UnitFeature.Contained] = shared / MathF.Max(1, MathF.Min(a.Mass, b.Mass));
        features[(int)UnitFeature.SharedMass] = shared;
        features[(int)UnitFeature.SharedNouns] = kinds[(int)TermKind.Noun];
        features[(int)UnitFeature.SharedVerbs] = kinds[(int)TermKind.Verb];
        features[(int)UnitFeature.SharedNames] = names;
        features[(int)UnitFeature.SharedOthers] = kinds[(int)TermKind.Other];
        features[(int)UnitFeature.NamePart] = namesA == 0 && namesB == 0 ? -1 : names / MathF.Max(0.5f, MathF.Max(namesA, namesB));
        features[(int)UnitFeature.RarestShared] = rarest;
        features[(int)UnitFeature.NextShared] = next;
        features[(int)UnitFeature.PlainShared] = plain;
        features[(int)UnitFeature.SmallerMass] = MathF.Min(a.Mass, b.Mass);
        features[(int)UnitFeature.LargerMass] = MathF.Max(a.Mass, b.Mass);
    }

    // What is told in words of one stem, but not in the same.
    private static float Stems(Unit a, Unit b)
    {
        float mass = 0;
        for (var i = 0; i < a.Terms.Length; i++)
        {
            var stem = a.Terms[i].Stem;
            if (stem == 0 || !b.MayHaveStem(stem) || b.PlaceOf(a.Terms[i].Key) >= 0)
                continue;
            for (var j = 0; j < b.Terms.Length; j++)
            {
                if (b.Terms[j].Stem == stem)
                {
                    mass += MathF.Sqrt(a.Weights[i] * b.Weights[j]);
                    break;
                }
            }
        }

        return mass;
    }

    private static void Claims(Unit a, Unit b, Span<float> features)
    {
        float best = 0, predicate = 0, who = -1, whom = -1, otherWho = 0, otherWhom = 0, main = 0, nominal = 0, negation = 0;
        foreach (var first in a.WeighedClaims)
        {
            foreach (var second in b.WeighedClaims)
            {
                best = MathF.Max(best, WeighedClaim.SharedOf(first, second) / MathF.Max(1, MathF.Min(first.Mass, second.Mass)));
                if (!HaveOnePredicate(first.Claim, second.Claim))
                    continue;
                predicate = MathF.Max(predicate, MathF.Max(first.Predicate, second.Predicate));
                main = MathF.Max(main, first.Claim.Main && second.Claim.Main ? 1 : 0);
                negation = MathF.Max(negation, first.Claim.Negated != second.Claim.Negated ? 1 : 0);
                Fill(first.Who, second.Who, ref who, ref otherWho);
                Fill(first.Whom, second.Whom, ref whom, ref otherWhom);
            }

            nominal = MathF.Max(nominal, b.WeightOf(first.Claim.Predicate));
        }

        foreach (var second in b.WeighedClaims)
            nominal = MathF.Max(nominal, a.WeightOf(second.Claim.Predicate));
        features[(int)UnitFeature.BestClaim] = best;
        features[(int)UnitFeature.SamePredicate] = predicate;
        features[(int)UnitFeature.SameWho] = who;
        features[(int)UnitFeature.SameWhom] = whom;
        features[(int)UnitFeature.OtherWho] = otherWho;
        features[(int)UnitFeature.OtherWhom] = otherWhom;
        features[(int)UnitFeature.MainPredicate] = main;
        features[(int)UnitFeature.NominalPredicate] = nominal;
        features[(int)UnitFeature.NegationOfSame] = negation;
    }

    private static bool HaveOnePredicate(ClaimSlots first, ClaimSlots second) =>
        (first.Predicate != 0 && first.Predicate == second.Predicate) || (first.Stem != 0 && first.Stem == second.Stem);

    /// <summary>Raises what two lists share where they share more, and notes where they share nothing; empty lists say nothing.</summary>
    public static void Fill((ulong, float)[] first, (ulong, float)[] second, ref float same, ref float other)
    {
        if (first.Length == 0 || second.Length == 0)
            return;
        var shared = WeighedClaim.Shared(first, second);
        same = MathF.Max(same, shared);
        other = MathF.Max(other, shared == 0 ? 1 : 0);
    }

    /// <summary>How many keys two lists in rising order have in common.</summary>
    public static int CountShared(ulong[] a, ulong[] b)
    {
        var shared = 0;
        for (int i = 0, j = 0; i < a.Length && j < b.Length;)
        {
            var (first, second) = (a[i], b[j]);
            shared += first == second ? 1 : 0;
            i += first <= second ? 1 : 0;
            j += second <= first ? 1 : 0;
        }

        return shared;
    }

    private static void Sequences(Unit a, Unit b, Span<float> features)
    {
        var shared = CountShared(a.Sequences, b.Sequences);
        features[(int)UnitFeature.SharedSequences] = shared;
        features[(int)UnitFeature.SequencePart] = (float)shared / Math.Max(2, Math.Min(a.Sequences.Length, b.Sequences.Length));
    }

    private static void Amounts(Unit a, Unit b, Span<float> features)
    {
        int same = 0, other = 0;
        foreach (var first in a.Amounts)
        {
            var matched = false;
            var rivalled = false;
            foreach (var second in b.Amounts)
            {
                if (first.Of != second.Of && first.Of != 0 && second.Of != 0)
                    continue;
                if (first.IsAsMuchAs(second))
                    matched = true;
                else if (first.Of != 0 && first.Of == second.Of)
                    rivalled = true;
            }

            same += matched ? 1 : 0;
            other += rivalled && !matched ? 1 : 0;
        }

        features[(int)UnitFeature.SameAmounts] = same;
        features[(int)UnitFeature.OtherAmounts] = other;
        features[(int)UnitFeature.BothAmounts] = Math.Min(a.Amounts.Length, b.Amounts.Length);
    }

    private static void Days(Unit a, Unit b, Span<float> features)
    {
        int same = 0, other = 0;
        foreach (var day in a.Days)
        {
            if (b.GivesDay(day))
                same++;
            else if (b.Days.Length > 0)
                other++;
        }

        features[(int)UnitFeature.SameDays] = same;
        features[(int)UnitFeature.OtherDays] = other;
    }

    private static void Sources(Unit a, Unit b, Span<float> features)
    {
        var said = (a.Statements.IsEmpty ? 0 : 1) + (b.Statements.IsEmpty ? 0 : 1);
        features[(int)UnitFeature.Statements] = said;
        features[(int)UnitFeature.SameSpeaker] = a.Speaker is not null && a.Speaker == b.Speaker ? 1 : 0;
        features[(int)UnitFeature.OtherSpeaker] = a.Speaker is not null && b.Speaker is not null && a.Speaker != b.Speaker ? 1 : 0;
        features[(int)UnitFeature.SameAct] = said < 2 ? -1 : a.Act == b.Act ? 1 : 0;
        features[(int)UnitFeature.OneQuoted] = (a.Quoted ? 1 : 0) + (b.Quoted ? 1 : 0);
        features[(int)UnitFeature.Polarity] = (a.Negative != b.Negative ? 1 : 0) + (a.Denying != b.Denying ? 1 : 0);
        features[(int)UnitFeature.Age] = a.Old != b.Old ? 1 : 0;
        features[(int)UnitFeature.SameLanguage] = a.Language == b.Language ? 1 : 0;
    }

    private static void Places(Unit a, Unit b, Span<float> features)
    {
        features[(int)UnitFeature.SameArticle] = a.Article == b.Article ? 1 : 0;
        features[(int)UnitFeature.Apart] = a.Article == b.Article ? Math.Min(20, Math.Abs(a.Sentence - b.Sentence)) : -1;
        features[(int)UnitFeature.DepthApart] = MathF.Abs(a.Depth - b.Depth);
        features[(int)UnitFeature.Higher] = MathF.Min(a.Sentence, b.Sentence);
        features[(int)UnitFeature.Lower] = MathF.Max(a.Sentence, b.Sentence);
        features[(int)UnitFeature.BothInTitles] = MathF.Min(a.InTitles, b.InTitles);
        features[(int)UnitFeature.LessInTitles] = MathF.Max(a.InTitles, b.InTitles);
        features[(int)UnitFeature.OwnTitles] = MathF.Min(a.InOwnTitle, b.InOwnTitle);
    }
}
