namespace Recoupe.Grades;

/// <summary>What the origins of a point amount to. It never says that a thing is true.</summary>
public enum Grade
{
    /// <summary>A denial or an open discrepancy stands against what the point itself claims.</summary>
    Disputed,

    /// <summary>At least two origins even if all that may be the same is the same, one of them named.</summary>
    Independent,

    /// <summary>At least one named origin.</summary>
    Named,

    /// <summary>At least one unnamed origin, none named.</summary>
    UnnamedOnly,

    /// <summary>All passages go back to one text.</summary>
    Single,

    /// <summary>Everything else.</summary>
    Unattributed,
}
