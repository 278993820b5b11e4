namespace Recoupe.Points;

/// <summary>A claim with what its words weigh in the story: worked out once for a unit that is compared with many.</summary>
internal sealed class WeighedClaim
{
    private readonly ulong _marks;

    /// <summary>Weighs <paramref name="claim"/> by the terms of its unit.</summary>
    public WeighedClaim(ClaimSlots claim, Unit unit)
    {
        Claim = claim;
        (All, Who, Whom) = (Weighed(claim.All, unit), Weighed(claim.Who, unit), Weighed(claim.Whom, unit));
        foreach (var (key, weight) in All)
        {
            Mass += weight;
            _marks |= Unit.MarkOf(key);
        }

        Predicate = unit.WeightOf(claim.Predicate);
    }

    /// <summary>The claim.</summary>
    public ClaimSlots Claim { get; }

    /// <summary>All its words, in rising order.</summary>
    public (ulong Key, float Weight)[] All { get; }

    /// <summary>Those of who does it.</summary>
    public (ulong Key, float Weight)[] Who { get; }

    /// <summary>Those of whom or what it is done to.</summary>
    public (ulong Key, float Weight)[] Whom { get; }

    /// <summary>The sum of the weights of all its words.</summary>
    public float Mass { get; }

    /// <summary>What its predicate weighs.</summary>
    public float Predicate { get; }

    /// <summary>The weight of the words that two claims share.</summary>
    public static float SharedOf(WeighedClaim a, WeighedClaim b) => (a._marks & b._marks) == 0 ? 0 : Shared(a.All, b.All);

    /// <summary>The weight of what two lists share, by the unit where it weighs more.</summary>
    public static float Shared((ulong Key, float Weight)[] first, (ulong Key, float Weight)[] second)
    {
        float shared = 0;
        for (int i = 0, j = 0; i < first.Length && j < second.Length;)
        {
            if (first[i].Key == second[j].Key)
                shared += MathF.Max(first[i++].Weight, second[j++].Weight);
            else
                _ = first[i].Key < second[j].Key ? i++ : j++;
        }

        return shared;
    }

    private static (ulong Key, float Weight)[] Weighed(ulong[] keys, Unit unit) => Array.ConvertAll(keys, key => (key, unit.WeightOf(key)));
}
