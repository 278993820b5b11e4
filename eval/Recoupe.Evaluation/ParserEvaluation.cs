using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>Heads and relations against treebanks, on tags as our tagger gives them, marks left out.</summary>
/// <remarks>
/// The treebank's sentences are given, its words are not: our tokens take the arc of the word that they stand for (<see cref="TreebankSentence.Arcs"/>). "LAS" leaves
/// subtypes aside as is usual; "with subtypes" wants exactly our relation. Sets that the parser was trained on are not measured.
/// </remarks>
public sealed class ParserEvaluation : IEvaluation
{
    private static readonly string[] Sets = ["fr_sequoia-ud-dev", "fr_partut-ud-train", "en_ewt-ud-dev", "en_gum-ud-dev", "en_partut-ud-train"];

    /// <inheritdoc/>
    public string Step => "parser";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        foreach (var set in Sets)
        {
            var path = Path.Combine(data, "pos", set + ".conllu");
            if (!File.Exists(path) || Language.Find(set.Split('_')[0]) is not { } language
                || Tagger.For(language) is not { } tagger || DependencyParser.For(language) is not { } parser)
                continue;
            var score = ParserScore.Of(parser, tagger, TreebankSentence.Read(path), language, out var errors);
            foreach (var (error, count) in errors.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(15))
                log.WriteLine($"  {set}: {count} {error}");
            yield return new Figure(Step, set, "UAS", score.Unlabelled);
            yield return new Figure(Step, set, "LAS", score.Labelled);
            yield return new Figure(Step, set, "LAS with subtypes", score.Exact);
        }
    }
}
