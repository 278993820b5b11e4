using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recoupe.Stories;

/// <summary>What two sketches have in common, as numbers for the join decision. The same whichever comes first.</summary>
internal static class PairFeatures
{
    public const int Count = 36;

    /// <summary>A feature that is not known for the pair.</summary>
    public const float Unknown = -1;

    /// <summary>The feature that holds ln(1 + hours apart).</summary>
    public const int HoursApart = 15;

    /// <summary>The share of the numbers of the article with fewer that the other one tells too.</summary>
    public const int NumbersFound = 32;

    /// <summary>The same of days.</summary>
    public const int DaysFound = 33;

    /// <summary>The feature that tells whether one of the two lists many events and the other does not.</summary>
    public const int OneIsRoundUp = 34;

    /// <summary>How many of the two are headlines alone.</summary>
    public const int Headlines = 20;

    /// <summary>The cosine of all terms and concepts.</summary>
    public const int Overall = 29;

    private const int Months = 35;

    /// <summary>What each feature is, for the model's card and for explanations.</summary>
    public static readonly string[] Names =
    [
        "all terms", "title terms", "title found in the other, more", "title found in the other, less", "lead terms", "names",
        "rarity of shared names", "title names found, less", "lead names found, more", "lead names found, less", "numbers",
        "rarity of shared numbers", "rarest shared", "third rarest shared", "shared terms", "hours apart", "days apart by text",
        "languages differ", "words, less", "words, more", "headlines alone", "same fingerprints", "other terms",
        "share of the strongest", "of the nearest, less", "letter grams", "shared concepts", "title share", "of the nearest, more", "concepts over all",
        "crowd, less", "crowd, more", "numbers found in the other, more", "days found in the other, more", "one is a round-up", "months told",
    ];

    /// <summary>Features of which more never speaks against one story.</summary>
    public static readonly int[] Rising = [0, 4, 5, 6, 10, 11, 12, 13, 14, 16, 21, 22, 24, 25, 26, 28, 29, 35];

    // Each kind of term adds its product to the lanes of its kind.
    private const int AllLane = 0;
    private const int NamesLane = 1;
    private const int NumbersLane = 2;
    private const int OthersLane = 3;
    private const int ConceptsLane = 4;
    private const int Kinds = 64;
    private static readonly int[] LanesOfKinds = [.. Enumerable.Range(0, Kinds).SelectMany(traits => LanesOf((TermTraits)traits))];

    // A rarity above which a shared term counts.
    private const int Rare = (int)(5 / ArticleSketch.Step);

    /// <summary>The cosine of all terms: the first feature alone.</summary>
    public static float Similarity(ArticleSketch a, ArticleSketch b)
    {
        float all = 0;
        ReadOnlySpan<byte> frequenciesA = a.Frequencies, frequenciesB = b.Frequencies, raritiesA = a.Rarities, raritiesB = b.Rarities;
        ReadOnlySpan<TermTraits> traits = a.Traits;
        foreach (var shared in SketchProbe.Of(a).SharedTerms(b))
        {
            var (i, j) = ((int)(shared >> 16), (int)(shared & ushort.MaxValue));
            // Nothing is added for a concept; without a branch.
            var weightA = (frequenciesA[i] * raritiesA[i] & ~Mask((int)traits[i], TermTraits.Shared)) * (ArticleSketch.Step * ArticleSketch.Step);
            var weightB = frequenciesB[j] * raritiesB[j] * (ArticleSketch.Step * ArticleSketch.Step);
            all += weightA * weightB;
        }

        return Ratio(all, a.All * b.All);
    }

    /// <summary>Fills <paramref name="features"/> (at least <see cref="Count"/> long).</summary>
    /// <remarks>
    /// Faster by far where <paramref name="a"/> is the same as in the call before. Sums over rarities are kept as whole numbers,
    /// which are exact whatever the order; those over weights add floats by rising term.
    /// </remarks>
    public static void Compute(ArticleSketch a, ArticleSketch b, Span<float> features)
    {
        var probe = SketchProbe.Of(a);
        int titleSum = 0, titleSumA = 0, titleSumB = 0, leadSum = 0, rareNamesSum = 0, rareNumbersSum = 0;
        int titleNamesSumA = 0, titleNamesSumB = 0, leadNamesSumA = 0, leadNamesSumB = 0;
        int sharedNumbers = 0, sharedDates = 0, shared = 0;
        int first = 0, second = 0, third = 0;
        Vector256<float> products = Vector256<float>.Zero, strongestOf = Vector256<float>.Zero;
        ReadOnlySpan<byte> frequenciesA = a.Frequencies, frequenciesB = b.Frequencies, raritiesA = a.Rarities, raritiesB = b.Rarities;
        ReadOnlySpan<TermTraits> allTraitsA = a.Traits, allTraitsB = b.Traits;
        ref var lanesOfKinds = ref MemoryMarshal.GetArrayDataReference(LanesOfKinds);
        // No branch on what a term is, which nothing foretells: what does not count adds nothing.
        foreach (var places in probe.SharedTerms(b))
        {
            var (i, j) = ((int)(places >> 16), (int)(places & ushort.MaxValue));
            int rarityA = raritiesA[i], rarityB = raritiesB[j];
            int traitsA = (int)allTraitsA[i], traitsB = (int)allTraitsB[j];
            var product = frequenciesA[i] * rarityA * (ArticleSketch.Step * ArticleSketch.Step) * (frequenciesB[j] * rarityB * (ArticleSketch.Step * ArticleSketch.Step));
            var lanes = Vector256.LoadUnsafe(ref lanesOfKinds, (nuint)(((traitsA | traitsB) & (Kinds - 1)) * Vector256<float>.Count)).AsSingle();
            var added = Vector256.Create(product) & lanes;
            products += added;
            strongestOf = Vector256.Max(strongestOf, added);

            // A concept is counted with the products alone.
            var counts = ~Mask(traitsA | traitsB, TermTraits.Shared);
            (traitsA, traitsB) = (traitsA & counts, traitsB & counts);
            var (squareA, squareB, rarity) = (rarityA * rarityA, rarityB * rarityB, rarityA * rarityB);
            var least = Math.Min(rarityA, rarityB) & counts;
            var (inTitleA, inTitleB) = (Mask(traitsA, TermTraits.Title), Mask(traitsB, TermTraits.Title));
            var (inLeadA, inLeadB) = (inTitleA | Mask(traitsA, TermTraits.Lead), inTitleB | Mask(traitsB, TermTraits.Lead));
            var (isNameA, isNameB) = (Mask(traitsA, TermTraits.Name), Mask(traitsB, TermTraits.Name));
            titleSum += rarity & inTitleA & inTitleB;
            titleSumA += squareA & inTitleA;
            titleSumB += squareB & inTitleB;
            leadSum += rarity & inLeadA & inLeadB;
            titleNamesSumA += squareA & inTitleA & isNameA;
            titleNamesSumB += squareB & inTitleB & isNameB;
            leadNamesSumA += squareA & inLeadA & isNameA;
            leadNamesSumB += squareB & inLeadB & isNameB;
            var isName = isNameA | isNameB;
            var isDate = Mask(traitsA | traitsB, TermTraits.Date) & ~isName;
            var isNumber = Mask(traitsA | traitsB, TermTraits.Number) & ~isName & ~isDate;
            rareNamesSum += least & isName;
            rareNumbersSum += least & (isDate | isNumber);
            sharedDates -= isDate;
            sharedNumbers -= isNumber;
            (third, second, first) = (Math.Max(third, Math.Min(second, least)), Math.Max(second, Math.Min(first, least)), Math.Max(first, least));
            shared += least > Rare ? 1 : 0;
        }

        const float Square = ArticleSketch.Step * ArticleSketch.Step;
        float all = products[AllLane], names = products[NamesLane], numbers = products[NumbersLane], others = products[OthersLane], concepts = products[ConceptsLane];
        float title = titleSum * Square, titleA = titleSumA * Square, titleB = titleSumB * Square, lead = leadSum * Square;
        float titleNamesA = titleNamesSumA * Square, titleNamesB = titleNamesSumB * Square, leadNamesA = leadNamesSumA * Square, leadNamesB = leadNamesSumB * Square;
        float rareNames = rareNamesSum * ArticleSketch.Step, rareNumbers = rareNumbersSum * ArticleSketch.Step;
        float dates = sharedDates, strongest = strongestOf[AllLane];
        features[0] = Ratio(all, a.All * b.All);
        features[1] = a.TitleWords == 0 || b.TitleWords == 0 ? Unknown : Ratio(title, MathF.Sqrt(a.Title * b.Title));
        float foundA = a.Title == 0 ? Unknown : titleA / a.Title, foundB = b.Title == 0 ? Unknown : titleB / b.Title;
        (features[3], features[2]) = InOrder(foundA, foundB);
        features[4] = Ratio(lead, MathF.Sqrt(a.Lead * b.Lead));
        features[5] = Ratio(names, a.Names * b.Names);
        features[6] = MathF.Log(1 + rareNames);
        (features[7], _) = InOrder(a.TitleNames == 0 ? Unknown : titleNamesA / a.TitleNames, b.TitleNames == 0 ? Unknown : titleNamesB / b.TitleNames);
        (features[9], features[8]) = InOrder(a.LeadNames == 0 ? Unknown : leadNamesA / a.LeadNames, b.LeadNames == 0 ? Unknown : leadNamesB / b.LeadNames);
        features[10] = Ratio(numbers, a.Numbers * b.Numbers);
        features[11] = MathF.Log(1 + rareNumbers);
        features[12] = first * ArticleSketch.Step;
        features[13] = third * ArticleSketch.Step;
        features[14] = MathF.Log(1 + shared);
        features[HoursApart] = a.Hours is { } hoursA && b.Hours is { } hoursB ? MathF.Log(1 + (float)Math.Abs(hoursA - hoursB)) : Unknown;
        features[16] = dates;
        features[17] = Foreign(a, b) ? 1 : 0;
        features[18] = MathF.Log(1 + Math.Min(a.Words, b.Words));
        features[19] = MathF.Log(1 + Math.Max(a.Words, b.Words));
        features[Headlines] = (a.Words == 0 ? 1 : 0) + (b.Words == 0 ? 1 : 0);
        features[21] = Overlap(a.Fingerprints, b.Fingerprints);
        features[22] = Ratio(others, a.Others * b.Others);
        features[23] = Ratio(strongest, all);
        // How near the pair is beside each one's nearest: likeness means less in a crowd of like articles.
        features[24] = Ratio(features[0], MathF.Max(MathF.Max(a.Nearest, b.Nearest), features[0]));
        features[28] = Ratio(features[0], MathF.Max(MathF.Min(a.Nearest, b.Nearest), features[0]));
        features[25] = GramOverlap(probe, b);
        features[26] = Ratio(concepts, a.Concepts * b.Concepts);
        features[27] = Ratio(title, all);
        features[Overall] = Ratio(all + concepts, MathF.Sqrt(((a.All * a.All) + (a.Concepts * a.Concepts)) * ((b.All * b.All) + (b.Concepts * b.Concepts))));
        // Where much is told about like things, likeness means less.
        (features[30], features[31]) = InOrder(MathF.Log(1 + MathF.Max(a.Crowd, features[0])), MathF.Log(1 + MathF.Max(b.Crowd, features[0])));
        // Numbers and days that both tell and that never agree speak of two events; where one tells none they say nothing.
        features[NumbersFound] = Math.Min(a.NumberCount, b.NumberCount) is > 0 and var numbersToShare ? (float)sharedNumbers / numbersToShare : Unknown;
        features[DaysFound] = Math.Min(a.DayCount, b.DayCount) is > 0 and var daysToShare ? dates / daysToShare : Unknown;
        features[Months] = MonthCounts.Likeness(a.Months, b.Months) ?? Unknown;
        features[OneIsRoundUp] = a.IsRoundUp != b.IsRoundUp ? 1 : 0;
    }

    // All bits where the traits hold this one, else none.
    private static int Mask(int traits, TermTraits trait) => -(int)(((uint)traits / (uint)trait) & 1);

    private static int[] LanesOf(TermTraits traits)
    {
        var lanes = new int[Vector256<int>.Count];
        if ((traits & TermTraits.Shared) != TermTraits.None)
        {
            lanes[ConceptsLane] = -1;
            return lanes;
        }

        lanes[AllLane] = -1;
        if ((traits & TermTraits.Name) != TermTraits.None)
            lanes[NamesLane] = -1;
        else if ((traits & (TermTraits.Number | TermTraits.Date)) != TermTraits.None)
            lanes[NumbersLane] = -1;
        else
            lanes[OthersLane] = -1;
        return lanes;
    }

    /// <summary>Whether two sketches are known to be in different languages: then their words hardly meet.</summary>
    public static bool Foreign(ArticleSketch a, ArticleSketch b) => a.Language != b.Language && a.Language != 0 && b.Language != 0;

    private static float Ratio(float part, float whole) => whole > 0 ? part / whole : 0;

    private static (float Less, float More) InOrder(float a, float b) => a < b ? (a, b) : (b, a);

    // The share of the least seeds of both texts together that stand in both: an estimate of how much text they share.
    private static float Overlap(ReadOnlySpan<uint> a, ReadOnlySpan<uint> b)
    {
        var most = Math.Min(a.Length, b.Length);
        var same = 0;
        for (var common = new CommonTerms(a, b); common.Next() && common.Passed <= most;)
            same++;
        return most == 0 ? 0 : (float)same / most;
    }

    private static float GramOverlap(SketchProbe probe, ArticleSketch b)
    {
        var (a, same) = (probe.Sketch!, probe.SharedGrams(b));
        return Math.Min(a.Grams.Length, b.Grams.Length) == 0 ? 0 : same / MathF.Sqrt((float)a.Grams.Length * b.Grams.Length);
    }
}
