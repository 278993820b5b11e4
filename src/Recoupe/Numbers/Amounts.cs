namespace Recoupe.Numbers;

/// <summary>Whether two told amounts can be the same amount.</summary>
public static class Amounts
{
    // "thirty or so", "quelque 85": a newsroom's about is within a tenth.
    private const double About = 0.10;

    // "nearly 1,200", "plus de 100": the amount lies on that side, and not further off than a quarter.
    private const double Bounded = 0.25;

    // What conversion between units may cost.
    private const double Exact = 0.002;

    /// <summary>Whether both may speak of one amount: approximations bound a value, rounding is none.</summary>
    public static bool Agree(double a, NumberBounds boundsOfA, double b, NumberBounds boundsOfB)
    {
        var (lowA, highA) = Range(a, boundsOfA);
        var (lowB, highB) = Range(b, boundsOfB);
        var slack = Exact * Math.Max(Math.Abs(a), Math.Abs(b));
        return lowA <= highB + slack && lowB <= highA + slack;
    }

    private static (double Low, double High) Range(double value, NumberBounds bounds)
    {
        var size = Math.Abs(value);
        return bounds switch
        {
            NumberBounds.About => (value - (size * About), value + (size * About)),
            NumberBounds.AtLeast or NumberBounds.MoreThan => (value, value + (size * Bounded)),
            NumberBounds.AtMost or NumberBounds.LessThan => (value - (size * Bounded), value),
            _ => (value, value),
        };
    }
}
