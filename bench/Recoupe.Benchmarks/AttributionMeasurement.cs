using System.Collections.Immutable;

using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>Finding attributions alone, in processor time of one thread per token; tokens and tags are made before and not timed.</summary>
public sealed class AttributionMeasurement : IMeasurement
{
    private const int Rounds = 3;

    public string Name => "attributions";

    public string Arguments => "FILE.jsonl";

    public int Run(string[] arguments)
    {
        var texts = DocumentReader.Read([arguments[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null)
            .Take(300)
            .Select(intake => AnalyzedText.Of(intake.Document!.Content, Language.Find(intake.Document.Language ?? "en")))
            .ToImmutableArray();
        Measure("articles", texts);
        foreach (var unit in new[] { "« ", "\" ", "said ", "dit que ", "A ", "word " })
        {
            var language = Language.Find(unit.StartsWith("dit", StringComparison.Ordinal) || unit[0] == '«' ? "fr" : "en");
            foreach (var size in new[] { 1 << 18, 1 << 20 })
                Measure($"{size >> 10} KB of \"{unit.Trim()}\"", [AnalyzedText.Of(string.Concat(Enumerable.Repeat(unit, size / unit.Length)), language)]);
        }

        return 0;
    }

    private static void Measure(string what, ImmutableArray<AnalyzedText> texts)
    {
        long tokens = texts.Sum(text => (long)text.Tokens.Length);
        var best = double.MaxValue;
        var found = 0;
        for (var round = 0; round < Rounds; round++)
        {
            found = 0;
            var start = ThreadClock.Milliseconds;
            foreach (var text in texts)
                found += AttributionFinder.Find(text, []).Length;
            best = Math.Min(best, ThreadClock.Milliseconds - start);
        }

        Console.WriteLine(FormattableString.Invariant($"{what,-28} {tokens,9} tokens {found,7} found {best,9:F0} ms {best * 1e3 / tokens,7:F2} microseconds a token"));
    }
}
