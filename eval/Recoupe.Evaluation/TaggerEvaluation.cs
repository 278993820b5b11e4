using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>Part of speech and form against treebanks: the share of our words and numbers (marks left out and counted apart) that get the treebank's.</summary>
/// <remarks>
/// The treebank's sentences are given, its words are not: our own tokens are labelled by where they stand (<see cref="TreebankSentence.Align"/>).
/// "UPOS accuracy" counts marks too, as others do, a mark being right if the treebank calls it punctuation or a symbol as we do.
/// </remarks>
public sealed class TaggerEvaluation : IEvaluation
{
    /// <inheritdoc/>
    public string Step => "tagger";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "pos");
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.GetFiles(folder, "*-dev.conllu").Order(StringComparer.Ordinal))
        {
            var set = Path.GetFileNameWithoutExtension(path);
            if (Language.Find(set.Split('_')[0]) is not { } language || Tagger.For(language) is not { } tagger)
                continue;
            var confusions = new Dictionary<string, (int Count, string Example)>();
            int all = 0, right = 0, words = 0, wordsRight = 0, verbs = 0, formsRight = 0, numbered = 0, numbersRight = 0;
            foreach (var sentence in TreebankSentence.Read(path))
            {
                var gold = sentence.Align(language);
                var given = tagger.Tag(sentence.Text, Tokenizer.Tokenize(sentence.Text, language), [new TextSpan(0, sentence.Text.Length)]);
                for (var i = 0; i < gold.Length; i++)
                {
                    all++;
                    if (gold[i].Kind == TokenKind.Mark)
                    {
                        right++;
                        continue;
                    }

                    words++;
                    if (gold[i].Tag == given[i].Tag)
                    {
                        right++;
                        wordsRight++;
                    }
                    else
                    {
                        var key = $"{gold[i].Tag} taken for {given[i].Tag}";
                        var (count, example) = confusions.GetValueOrDefault(key, (0, ""));
                        confusions[key] = (count + 1, count < 12 ? example + " " + gold[i].Span.Quote(sentence.Text) : example);
                    }

                    if (gold[i].Form.Form != VerbForm.None)
                    {
                        verbs++;
                        if (given[i].Form.Form == gold[i].Form.Form && given[i].Form.Mood == gold[i].Form.Mood && given[i].Form.Tense == gold[i].Form.Tense)
                            formsRight++;
                    }

                    if (gold[i].Form.Number != GrammaticalNumber.None)
                    {
                        numbered++;
                        numbersRight += given[i].Form.Number == gold[i].Form.Number ? 1 : 0;
                    }
                }
            }

            foreach (var (key, (count, example)) in confusions.OrderByDescending(pair => pair.Value.Count).Take(12))
                log.WriteLine($"  {set}: {count} {key}:{example}");
            yield return new Figure(Step, set, "UPOS accuracy", (double)right / all);
            yield return new Figure(Step, set, "UPOS accuracy, no marks", (double)wordsRight / words);
            yield return new Figure(Step, set, "form of verbs", (double)formsRight / Math.Max(1, verbs));
            yield return new Figure(Step, set, "number", (double)numbersRight / Math.Max(1, numbered));
        }
    }
}
