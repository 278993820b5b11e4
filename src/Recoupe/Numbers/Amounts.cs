namespace Recoupe.Numbers;

/// <summary>Whether two told amounts can be the same amount.</summary>
public static class Amounts
{
    // "thirty or so", "quelque 85": a newsroom's about is within a tenth.
    private const double About = 0.10;

    // "nearly 1,200", "plus de 100": the amount lies on that side, and not further off than a quarter.
    private const double Bounded = 0.25;

    // Smaller amounts are told as they are, but for decimals, and what rounding changes at most.
    private const double FewestRounded = 100;
    private const double MostRounding = 0.03;
    private const double Fraction = 1e-6;

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

    /// <summary>Whether one amount is the other rounded, "4.9 billion" for 4.91: the finer value written with the digits of the coarser one.</summary>
    public static bool Rounds(double coarse, double fine)
    {
        var (value, other) = (Math.Abs(coarse), Math.Abs(fine));
        if (value < FewestRounded && Math.Abs(other - Math.Round(other)) < Fraction || Math.Abs(value - other) > MostRounding * value)
            return false;
        var step = Math.Pow(10, Math.Floor(Math.Log10(value)));
        while (step > 1e-6 && Math.Abs((value / step) - Math.Round(value / step)) > 1e-6)
            step /= 10;
        return Math.Abs(other - value) <= step / 2;
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
