using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

using Recoupe.Dates;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Evaluation;

/// <summary>
/// Measures amounts on <c>numbers/recognizers_*.jsonl</c>: numbers, percentages, currencies, dimensions and ages. Ordinals are left out: they are no amounts.
/// </summary>
/// <remarks>
/// <para>A line's gold holds one kind only (currencies, say), so that amounts of other kinds that we find in its text are not counted against us:
/// for percentages, shares count; for currencies, amounts of money; for ages, spans of time; for dimensions, amounts in any other unit of the list
/// <c>units</c>; for numbers, all.</para>
/// <para>found: the two spans share a character, one to one, in order. value: the amount is the same to one part in a million (a hundredth of the gold's
/// where it counts cents or pence; a share of ours may be told as a fraction by the gold) and the unit is the one that the gold's name stands for;
/// a gold without a value asks for nothing but to be found.</para>
/// </remarks>
public sealed class NumbersEvaluation : IEvaluation
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Dollar"] = "USD", ["United States dollar"] = "USD", ["Dollar États-Unis"] = "USD", ["Cent"] = "USD", ["Euro"] = "EUR", ["Pound"] = "GBP", ["British pound"] = "GBP",
        ["Livre"] = "GBP", ["Pence"] = "GBP", ["Penny"] = "GBP", ["Japanese yen"] = "JPY", ["Yen Japonais"] = "JPY", ["Chinese yuan"] = "CNY", ["Swiss franc"] = "CHF",
        ["Franc Suisse"] = "CHF", ["Franc"] = "franc", ["Canadian dollar"] = "CAD", ["Dollar Canadien"] = "CAD", ["Hong Kong dollar"] = "HKD", ["Dollar de Hong Kong"] = "HKD",
        ["New Zealand dollar"] = "NZD", ["Dollar néo-zélandais"] = "NZD", ["Rupee"] = "INR", ["Mexican peso"] = "MXN",
        ["Netherlands guilder"] = "NLG", ["Turkish lira"] = "TRY", ["Bitcoin"] = "BTC", ["Teaspoon"] = "tsp",
        ["Year"] = "y", ["Ans"] = "y", ["Month"] = "mo", ["Mois"] = "mo", ["Week"] = "wk", ["Day"] = "d", ["Jour"] = "d", ["Age"] = "y",
        ["Inch"] = "in", ["Foot"] = "ft", ["Pied"] = "ft", ["Mile"] = "mi", ["Meter"] = "m", ["Mètres"] = "m", ["Kilometer"] = "km", ["Kilomètres"] = "km",
        ["Millimeter"] = "mm", ["Millimètres"] = "mm", ["Centimètres"] = "cm", ["Décimètres"] = "dm", ["Ounce"] = "oz", ["Acre"] = "acre", ["Gallon"] = "gal",
        ["Ton"] = "ton", ["Tonne"] = "t", ["Metric ton"] = "t", ["Tonne métrique"] = "t", ["Bit"] = "bit", ["Square meter"] = "m²", ["Mètre carré"] = "m²",
        ["Square kilometer"] = "km²", ["Mile per hour"] = "mph", ["Miles par heure"] = "mph", ["Kilometer per hour"] = "km/h", ["Litre"] = "L", ["Millilitre"] = "mL",
        ["Baril"] = "bbl", ["Microgram"] = "µg", ["Microgramme"] = "µg", ["Gram"] = "g", ["Degree"] = "°",
    };

    private static readonly string[] Models = ["NumberModel", "PercentModel", "CurrencyModel", "DimensionModel", "AgeModel"];

    /// <inheritdoc/>
    public string Step => "numbers";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "numbers");
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            var set = Path.GetFileNameWithoutExtension(file);
            var tallies = Models.ToDictionary(model => model, _ => new Tally());
            foreach (var line in File.ReadLines(file))
                Count(line, tallies, log);
            foreach (var (model, tally) in tallies)
                log.WriteLine($"{set} {model}: gold {tally.Gold}  predicted {tally.Predicted}  found {tally.Found}  value {tally.Right}");
            var all = new Tally();
            foreach (var tally in tallies.Values)
                all.Add(tally);
            yield return new Figure(Step, set, "found F1", all.F1(all.Found));
            yield return new Figure(Step, set, "value F1", all.F1(all.Right));
        }
    }

    private static void Count(string line, Dictionary<string, Tally> tallies, TextWriter log)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var model = root.GetProperty("model").GetString()!;
        if (!tallies.TryGetValue(model, out var tally))
            return;
        var text = root.GetProperty("text").GetString()!;
        var offsets = new CodePointOffsets(text);
        var language = Language.Find(root.GetProperty("language").GetString());
        var gold = root.GetProperty("expressions").EnumerateArray()
            .Where(item => !item.GetProperty("type").GetString()!.StartsWith("ordinal", StringComparison.Ordinal))
            .Select(item => Gold.Read(item, offsets)).ToList();
        var analyzed = AnalyzedText.Of(text, language);
        var dates = DateFinder.Find(analyzed, null).Select(date => date.Span).ToImmutableArray();
        var units = language is null ? [] : language.Lines("units").Select(unit => unit.Split('\t')[1]).ToHashSet();
        var predicted = NumberFinder.Find(analyzed, dates: dates).Where(number => IsOf(model, number, units)).ToList();

        tally.Gold += gold.Count;
        tally.Predicted += predicted.Count;
        var left = new List<NumberMention>(predicted);
        foreach (var item in gold)
        {
            if (left.Find(number => number.Span.Overlaps(item.Span)) is not { } match)
            {
                log.WriteLine($"    missed   {item.Span.Quote(text)} in {text}");
                continue;
            }

            left.Remove(match);
            tally.Found++;
            if (item.Agrees(match, model))
                tally.Right++;
            else
                log.WriteLine($"    value    {item.Span.Quote(text)} is {item.Value} {item.Unit}, told {match.Value} {match.Unit} in {text}");
        }

        foreach (var extra in left)
            log.WriteLine($"    extra    {extra.Span.Quote(text)} in {text}");
    }

    private static bool IsOf(string model, NumberMention number, HashSet<string> units)
    {
        var isMoney = number.Unit == "franc" || number.Unit is { Length: 3 } unit && unit.All(char.IsAsciiLetterUpper);
        var isTime = number.Unit is "s" or "min" or "h" or "d" or "wk" or "mo" or "y";
        return model switch
        {
            "NumberModel" => true,
            "PercentModel" => number.Unit == "%",
            "CurrencyModel" => isMoney,
            "AgeModel" => isTime,
            _ => number.Unit is { } other && units.Contains(other) && !isMoney && !isTime && other is not ("%" or "pt"),
        };
    }

    private sealed record Gold(TextSpan Span, double? Value, string? Unit)
    {
        public static Gold Read(JsonElement item, CodePointOffsets offsets)
        {
            var span = offsets.ToUtf16(item.GetProperty("start").GetInt32(), item.GetProperty("end").GetInt32());
            var told = item.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            double? number = double.TryParse(told?.TrimEnd('%').Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
            return new Gold(span, number, item.TryGetProperty("unit", out var unit) && unit.ValueKind == JsonValueKind.String ? unit.GetString() : null);
        }

        public bool Agrees(NumberMention told, string model)
        {
            if (Value is not { } value)
                return true;
            if (Unit is "Cent" or "Pence" or "Penny")
                value /= 100;
            var isSame = Near(value, told.Value) || model == "NumberModel" && told.Unit == "%" && Near(value * 100, told.Value);
            // Pounds and "livres" weigh where dimensions are told.
            var unit = model == "DimensionModel" && Unit is ("Pound" or "Livre") ? "lb" : Unit is null ? null : Units.GetValueOrDefault(Unit, Unit);
            return isSame && (unit is null || unit == told.Unit);
        }

        private static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b));
    }

    private sealed class Tally
    {
        public int Gold { get; set; }

        public int Predicted { get; set; }

        public int Found { get; set; }

        public int Right { get; set; }

        public void Add(Tally other)
        {
            Gold += other.Gold;
            Predicted += other.Predicted;
            Found += other.Found;
            Right += other.Right;
        }

        public double F1(int hits) => Gold + Predicted == 0 ? 0 : 2.0 * hits / (Gold + Predicted);
    }
}
