using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains the finder of names.</summary>
public static class EntityTraining
{
    private const int Rounds = 8;
    private const int Orders = 4; // how often it is trained anew, the texts in another order
    private const int MostFeatures = 120_000;
    private const int Repeats = 4; // of the few texts that stand alone for a language of today: chosen among 1 and 4 on sets not trained on

    /// <summary>The sets that the model in models/ was trained on, by file name without ending; see models/README.md.</summary>
    public static IReadOnlyList<string> TrainedOn { get; } =
        ["wikigold_en", "uner_en_ewt-dev", "wnut17_en-wnut17train", "hipe2022_newseye_fr-dev", "hipe2022_newseye_fr-dev2", "fenec_fr"];

    /// <summary>Whether a file of the entity sets may be trained on: those for measuring only may not.</summary>
    public static bool MayTrain(string path) => !Path.GetFileName(path).StartsWith("wikineural", StringComparison.OrdinalIgnoreCase);

    /// <summary>Learns from texts, each with the language that it is in.</summary>
    public static FeatureModel Train(IReadOnlyList<(EntityText Text, Language Language)> texts, TextWriter log)
    {
        var examples = texts.Select(example => Prepare(example.Text, example.Language)).ToList();
        return Perceptron.ToModel([.. Enumerable.Range(1, Orders).Select(order => Train([.. examples], order, log))], EntityTagger.Labels, MostFeatures);
    }

    private static Perceptron Train(List<(EntityWord[] Words, int[] Gold)> examples, int order, TextWriter log)
    {
        var model = new Perceptron(EntityTagger.Labels.Length);
        var random = new Random(order);
        var features = new ulong[EntityWord.MaxFeatures];
        var numbers = new int[EntityWord.MaxFeatures];
        var scores = new float[EntityTagger.Labels.Length];
        for (var round = 0; round < Rounds; round++)
        {
            int all = 0, right = 0;
            for (var i = examples.Count - 1; i > 0; i--)
            {
                var j = random.Next(i + 1);
                (examples[i], examples[j]) = (examples[j], examples[i]);
            }

            foreach (var (words, gold) in examples)
            {
                var last = EntityTagger.Outside;
                for (var i = 0; i < words.Length; i++)
                {
                    if (!(last != EntityTagger.Outside ? words[i].MayGoOn || words[i].MayBegin : words[i].MayBegin))
                    {
                        last = EntityTagger.Outside;
                        continue;
                    }

                    var count = EntityWord.Features(words, i, last, features);
                    for (var k = 0; k < count; k++)
                        numbers[k] = model.Number(features[k]);
                    var known = numbers.AsSpan(0, count);
                    Array.Clear(scores);
                    model.Score(known, scores);
                    var best = EntityTagger.Outside;
                    for (var label = 1; label < scores.Length; label++)
                    {
                        if (scores[label] > scores[best] && EntityTagger.Allows(last, label) && (words[i].MayBegin || (label & 1) == 0))
                            best = label;
                    }

                    // After a wrong label the true one may not be allowed: nothing is learnt there.
                    if (best != gold[i] && EntityTagger.Allows(last, gold[i]) && (words[i].MayBegin || (gold[i] & 1) == 0))
                    {
                        model.Move(known, gold[i], 1);
                        model.Move(known, best, -1);
                    }

                    model.Tick();
                    all++;
                    right += best == gold[i] ? 1 : 0;
                    last = best;
                }
            }

            log.WriteLine($"round {round + 1}: {(double)right / all:0.0000} of {all}, {model.Count} features");
        }

        return model;
    }

    /// <summary>The command: <c>entities OUT SET…</c>.</summary>
    public static int Run(string[] args)
    {
        if (args is not [var folder, _, ..])
        {
            Console.Error.WriteLine("entities OUT SET…");
            return 2;
        }

        if (args[1..].FirstOrDefault(path => !MayTrain(path)) is { } forbidden)
        {
            Console.Error.WriteLine($"{forbidden} is for measuring only");
            return 2;
        }

        var texts = args[1..].SelectMany(path => Enumerable.Repeat(path, IsModernFew(path) ? Repeats : 1))
            .SelectMany(path => EntitySet.Read(path).Select(text => (text, EntitySet.LanguageOf(path)))).ToList();
        Console.WriteLine($"{texts.Count} texts");
        var model = Train(texts, Console.Out);
        using var file = File.Create(Path.Combine(folder, "entities.model"));
        model.Write(file);
        Console.WriteLine($"entities.model: {model.Count} features, {file.Length} bytes");
        return 0;
    }

    private static bool IsModernFew(string path) => path.EndsWith(".ann", StringComparison.Ordinal);

    private static (EntityWord[] Words, int[] Gold) Prepare(EntityText example, Language language)
    {
        var text = AnalyzedText.Of(example.Text, language);
        var tokens = text.Tokens.AsSpan();
        var words = new EntityWord[tokens.Length];
        var listed = new ListedName[tokens.Length];
        var lists = NameLists.Of(language);
        var first = 0;
        foreach (var sentence in text.Sentences)
        {
            var end = first;
            while (end < tokens.Length && tokens[end].Start < sentence.End)
                end++;
            EntityWord.Read(text.Text, tokens[first..end], lists, words.AsSpan(first, end - first), listed.AsSpan(0, end - first));
            first = end;
        }

        var gold = new int[tokens.Length];
        foreach (var (span, type) in example.Names)
        {
            var begins = true;
            for (var i = text.TokenAt(span.Start); i < tokens.Length && tokens[i].Start < span.End; i++)
            {
                // A title is no part of a name, whatever the set says.
                if (begins && type == EntityType.Person && tokens[i].End < span.End && (lists.CluesOf(TextHash.Of(text[tokens[i]].ToString().ToLowerInvariant())) & NameClues.Title) != NameClues.None)
                    continue;
                if (begins && tokens[i].Kind == TokenKind.Mark)
                    continue;
                gold[i] = EntityTagger.LabelOf(type, begins);
                begins = false;
            }
        }

        return (words, gold);
    }
}
