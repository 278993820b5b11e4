namespace Recoupe.Changes;

/// <summary>Which token of the one version each unchanged token of the other is.</summary>
internal sealed class TokenAlignment
{
    private readonly int[] _after;
    private readonly int[] _before;

    /// <summary>Aligns what stands between the changes.</summary>
    /// <param name="changes">In order.</param>
    /// <param name="before">How many tokens the earlier version has.</param>
    /// <param name="after">How many tokens the later version has.</param>
    public TokenAlignment(IReadOnlyList<TokenChange> changes, int before, int after)
    {
        (_after, _before) = (new int[before], new int[after]);
        Array.Fill(_after, -1);
        Array.Fill(_before, -1);
        var (one, other) = (0, 0);
        foreach (var change in changes)
        {
            Match(ref one, ref other, change.Before.Start.Value);
            (one, other) = (change.Before.End.Value, change.After.End.Value);
        }

        Match(ref one, ref other, before);
    }

    /// <summary>The token of the later version that a token of the earlier one is; -1 where it changed.</summary>
    public int After(int token) => _after[token];

    /// <summary>The token of the earlier version that a token of the later one is; -1 where it changed.</summary>
    public int Before(int token) => _before[token];

    /// <summary>Whether some of these tokens of the later version stood in the earlier one.</summary>
    public bool HoldsUnchanged(Range after)
    {
        for (var i = after.Start.Value; i < Math.Min(after.End.Value, _before.Length); i++)
        {
            if (_before[i] >= 0)
                return true;
        }

        return false;
    }

    private void Match(ref int one, ref int other, int end)
    {
        for (; one < end && other < _before.Length; one++, other++)
            (_after[one], _before[other]) = (other, one);
    }
}
