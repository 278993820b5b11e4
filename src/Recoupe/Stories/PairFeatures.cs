namespace Recoupe.Stories;

/// <summary>What two sketches have in common, as numbers for the join decision. The same whichever comes first.</summary>
internal static class PairFeatures
{
    public const int Count = 35;

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

    /// <summary>What each feature is, for the model's card and for explanations.</summary>
    public static readonly string[] Names =
    [
        "all terms", "title terms", "title found in the other, more", "title found in the other, less", "lead terms", "names",
        "rarity of shared names", "title names found, less", "lead names found, more", "lead names found, less", "numbers",
        "rarity of shared numbers", "rarest shared", "third rarest shared", "shared terms", "hours apart", "days apart by text",
        "languages differ", "words, less", "words, more", "headlines alone", "same fingerprints", "other terms",
        "share of the strongest", "of the nearest, less", "letter grams", "shared concepts", "title share", "of the nearest, more", "concepts over all",
        "crowd, less", "crowd, more", "numbers found in the other, more", "days found in the other, more", "one is a round-up",
    ];

    /// <summary>Features of which more never speaks against one story.</summary>
    public static readonly int[] Rising = [0, 4, 5, 6, 10, 11, 12, 13, 14, 16, 21, 22, 24, 25, 26, 28, 29];

    /// <summary>The cosine of all terms: the first feature alone.</summary>
    public static float Similarity(ArticleSketch a, ArticleSketch b)
    {
        float all = 0;
        for (var common = new CommonTerms(a.Terms, b.Terms); common.Next();)
        {
            if ((a.Traits[common.A] & TermTraits.Shared) == TermTraits.None)
                all += a.Weight(common.A) * b.Weight(common.B);
        }

        return Ratio(all, a.All * b.All);
    }

    /// <summary>Fills <paramref name="features"/> (at least <see cref="Count"/> long).</summary>
    public static void Compute(ArticleSketch a, ArticleSketch b, Span<float> features)
    {
        float all = 0, title = 0, titleA = 0, titleB = 0, lead = 0, names = 0, numbers = 0, others = 0, rareNames = 0, rareNumbers = 0;
        float titleNamesA = 0, titleNamesB = 0, leadNamesA = 0, leadNamesB = 0, strongest = 0, concepts = 0, dates = 0;
        int sharedNumbers = 0;
        Rarest rarest = default;
        var shared = 0;
        for (var common = new CommonTerms(a.Terms, b.Terms); common.Next();)
        {
            var (i, j) = (common.A, common.B);
            var (traitsA, traitsB) = (a.Traits[i], b.Traits[j]);
            var product = a.Weight(i) * b.Weight(j);
            float rarityA = a.Rarities[i] * ArticleSketch.Step, rarityB = b.Rarities[j] * ArticleSketch.Step;
            var rarity = rarityA * rarityB;
            if (((traitsA | traitsB) & TermTraits.Shared) != TermTraits.None)
            {
                concepts += product;
                continue;
            }

            all += product;
            strongest = MathF.Max(strongest, product);
            var both = traitsA & traitsB;
            var either = traitsA | traitsB;
            if ((both & TermTraits.Title) != TermTraits.None)
                title += rarity;
            if ((traitsA & TermTraits.Title) != TermTraits.None)
                titleA += rarityA * rarityA;
            if ((traitsB & TermTraits.Title) != TermTraits.None)
                titleB += rarityB * rarityB;
            var leadA = (traitsA & (TermTraits.Title | TermTraits.Lead)) != TermTraits.None;
            var leadB = (traitsB & (TermTraits.Title | TermTraits.Lead)) != TermTraits.None;
            if (leadA && leadB)
                lead += rarity;
            if ((either & TermTraits.Name) != TermTraits.None)
            {
                names += product;
                rareNames += MathF.Min(rarityA, rarityB);
                if ((traitsA & TermTraits.Name) != TermTraits.None)
                {
                    if ((traitsA & TermTraits.Title) != TermTraits.None)
                        titleNamesA += rarityA * rarityA;
                    if (leadA)
                        leadNamesA += rarityA * rarityA;
                }

                if ((traitsB & TermTraits.Name) != TermTraits.None)
                {
                    if ((traitsB & TermTraits.Title) != TermTraits.None)
                        titleNamesB += rarityB * rarityB;
                    if (leadB)
                        leadNamesB += rarityB * rarityB;
                }
            }
            else if ((either & (TermTraits.Number | TermTraits.Date)) != TermTraits.None)
            {
                numbers += product;
                rareNumbers += MathF.Min(rarityA, rarityB);
                if ((either & TermTraits.Date) != TermTraits.None)
                    dates++;
                else
                    sharedNumbers++;
            }
            else
            {
                others += product;
            }

            var least = MathF.Min(rarityA, rarityB);
            rarest.Add(least);
            if (least > 5)
                shared++;
        }

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
        features[12] = rarest.First;
        features[13] = rarest.Third;
        features[14] = MathF.Log(1 + shared);
        features[HoursApart] = a.Hours is { } hoursA && b.Hours is { } hoursB ? MathF.Log(1 + (float)Math.Abs(hoursA - hoursB)) : Unknown;
        features[16] = dates;
        features[17] = Foreign(a, b) ? 1 : 0;
        features[18] = MathF.Log(1 + Math.Min(a.Words, b.Words));
        features[19] = MathF.Log(1 + Math.Max(a.Words, b.Words));
        features[20] = (a.Words == 0 ? 1 : 0) + (b.Words == 0 ? 1 : 0);
        features[21] = Overlap(a.Fingerprints, b.Fingerprints);
        features[22] = Ratio(others, a.Others * b.Others);
        features[23] = Ratio(strongest, all);
        // How near the pair is beside each one's nearest: likeness means less in a crowd of like articles.
        features[24] = Ratio(features[0], MathF.Max(MathF.Max(a.Nearest, b.Nearest), features[0]));
        features[28] = Ratio(features[0], MathF.Max(MathF.Min(a.Nearest, b.Nearest), features[0]));
        features[25] = GramOverlap(a.Grams, b.Grams);
        features[26] = Ratio(concepts, a.Concepts * b.Concepts);
        features[27] = Ratio(title, all);
        features[29] = Ratio(all + concepts, MathF.Sqrt(((a.All * a.All) + (a.Concepts * a.Concepts)) * ((b.All * b.All) + (b.Concepts * b.Concepts))));
        // Where much is told about like things, likeness means less.
        (features[30], features[31]) = InOrder(MathF.Log(1 + MathF.Max(a.Crowd, features[0])), MathF.Log(1 + MathF.Max(b.Crowd, features[0])));
        // Numbers and days that both tell and that never agree speak of two events; where one tells none they say nothing.
        features[NumbersFound] = Math.Min(a.NumberCount, b.NumberCount) is > 0 and var numbersToShare ? (float)sharedNumbers / numbersToShare : Unknown;
        features[DaysFound] = Math.Min(a.DayCount, b.DayCount) is > 0 and var daysToShare ? dates / daysToShare : Unknown;
        features[OneIsRoundUp] = a.IsRoundUp != b.IsRoundUp ? 1 : 0;
    }

    private struct Rarest
    {
        private float _second;

        public float First { get; private set; }

        public float Third { get; private set; }

        public void Add(float rarity)
        {
            if (rarity > First) (First, _second, Third) = (rarity, First, _second);
            else if (rarity > _second) (_second, Third) = (rarity, _second);
            else if (rarity > Third) Third = rarity;
        }
    }

    /// <summary>Whether two sketches are known to be in different languages: then their words hardly meet.</summary>
    public static bool Foreign(ArticleSketch a, ArticleSketch b) => a.Language != b.Language && a.Language != 0 && b.Language != 0;

    private static float Ratio(float part, float whole) => whole > 0 ? part / whole : 0;

    private static (float Less, float More) InOrder(float a, float b) => a < b ? (a, b) : (b, a);

    // The share of the least seeds of both texts together that stand in both: an estimate of how much text they share.
    private static float Overlap(uint[] a, uint[] b)
    {
        var most = Math.Min(a.Length, b.Length);
        var same = 0;
        for (var common = new CommonTerms(a, b); common.Next() && common.Passed <= most;)
            same++;
        return most == 0 ? 0 : (float)same / most;
    }

    private static float GramOverlap(uint[] a, uint[] b)
    {
        var same = 0;
        for (var common = new CommonTerms(a, b); common.Next();)
            same++;
        return Math.Min(a.Length, b.Length) == 0 ? 0 : same / MathF.Sqrt((float)a.Length * b.Length);
    }
}
