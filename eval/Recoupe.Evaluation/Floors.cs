using System.Text.Json;

namespace Recoupe.Evaluation;

/// <summary>The figures reached so far: what a change must not fall below.</summary>
internal static class Floors
{
    // Scorers print four decimals; half of the last but one is noise of rounding.
    private const double Tolerance = 0.0005;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Prints what fell below its floor and gives the exit code; with <paramref name="raise"/>, writes what is better.</summary>
    public static int Compare(string file, IReadOnlyList<Figure> figures, bool raise)
    {
        var floors = File.Exists(file)
            ? JsonSerializer.Deserialize<SortedDictionary<string, double>>(File.ReadAllText(file))!
            : [];
        var missed = figures.Where(figure => floors.TryGetValue(figure.Key, out var floor) && figure.Value < floor - Tolerance).ToList();
        foreach (var figure in missed)
            Console.Error.WriteLine($"below its floor: {figure.Key} {figure.Value:0.0000} < {floors[figure.Key]:0.0000}");

        if (raise)
        {
            foreach (var figure in figures.Where(figure => !floors.TryGetValue(figure.Key, out var floor) || figure.Value > floor))
                floors[figure.Key] = figure.Value;
            File.WriteAllText(file, JsonSerializer.Serialize(floors, Indented) + "\n");
        }

        return missed.Count > 0 ? 1 : 0;
    }
}
