namespace Recoupe.Numbers;

/// <summary>What a unit measures, and the amount in that measure's base unit.</summary>
/// <param name="Dimension">"length", "area", a currency's code, or the unit itself where it is none of the known ones.</param>
/// <param name="Value">The amount in the base unit: metres, square metres, kilograms, litres, seconds, metres a second, watts.</param>
public readonly record struct Measure(string Dimension, double Value)
{
    /// <summary>The measure of an amount; null where nothing is told of its unit.</summary>
    public static Measure? Of(double value, string? unit) => unit is null ? null : Known(unit, value) ?? new Measure(unit, value);

    /// <summary>How many seconds a unit of time has, a month and a year as so many days as they have in the mean; 0 where it is none.</summary>
    public static double SecondsOf(string? unit) => unit switch
    {
        "s" => 1,
        "min" => 60,
        "h" => 3600,
        "d" => 86400,
        "wk" => 7 * 86400,
        "mo" => 30.44 * 86400,
        "y" => 365.24 * 86400,
        _ => 0,
    };

    // Exact by definition (SI; international yard and pound of 1959), but for the nautical mile's knot, likewise exact.
    private static Measure? Known(string unit, double value) => unit switch
    {
        "m" => new("length", value),
        "km" => new("length", value * 1000),
        "cm" => new("length", value / 100),
        "mm" => new("length", value / 1000),
        "mi" => new("length", value * 1609.344),
        "ft" => new("length", value * 0.3048),
        "yd" => new("length", value * 0.9144),
        "in" => new("length", value * 0.0254),
        "nmi" => new("length", value * 1852),
        "m²" or "m2" => new("area", value),
        "km²" or "km2" => new("area", value * 1e6),
        "ha" => new("area", value * 1e4),
        "ac" or "acre" => new("area", value * 4046.8564224),
        "mi²" or "mi2" => new("area", value * 2589988.110336),
        "ft²" or "ft2" or "sq ft" => new("area", value * 0.09290304),
        "kg" => new("mass", value),
        "g" => new("mass", value / 1000),
        "mg" => new("mass", value / 1e6),
        "t" => new("mass", value * 1000),
        "lb" => new("mass", value * 0.45359237),
        "oz" => new("mass", value * 0.028349523125),
        "l" or "L" => new("volume", value),
        "ml" or "mL" => new("volume", value / 1000),
        "cl" or "cL" => new("volume", value / 100),
        "hl" or "hL" => new("volume", value * 100),
        "m³" or "m3" => new("volume", value * 1000),
        "km/h" => new("speed", value / 3.6),
        "m/s" => new("speed", value),
        "mph" => new("speed", value * 0.44704),
        "kn" => new("speed", value * 1852 / 3600),
        "W" => new("power", value),
        "kW" => new("power", value * 1e3),
        "MW" => new("power", value * 1e6),
        "GW" => new("power", value * 1e9),
        "Wh" => new("energy", value),
        "kWh" => new("energy", value * 1e3),
        "MWh" => new("energy", value * 1e6),
        "GWh" => new("energy", value * 1e9),
        "TWh" => new("energy", value * 1e12),
        _ => null,
    };
}
