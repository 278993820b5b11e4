using System.Text;

using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>Lemmas (with the treebank's part of speech) and the ends of sentences, against treebanks.</summary>
/// <remarks>
/// A document's sentences are joined by spaces into one line, so that nothing but words and marks tells where they end; a sentence counts
/// as found if one of ours starts and ends where it does. Treebanks of web text hold sentences that no mark ends.
/// </remarks>
public sealed class TextEvaluation : IEvaluation
{
    /// <inheritdoc/>
    public string Step => "text";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "pos");
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.GetFiles(folder, "*-dev.conllu").Order(StringComparer.Ordinal))
        {
            var set = Path.GetFileNameWithoutExtension(path);
            if (Language.Find(set.Split('_')[0]) is not { } language)
                continue;
            var sentences = TreebankSentence.Read(path).ToList();
            if (Lemmatizer.For(language) is { } lemmatizer)
            {
                foreach (var figure in Lemmas(set, sentences, lemmatizer, log))
                    yield return figure;
            }

            yield return Ends(set, sentences, language, log);
        }
    }

    private IEnumerable<Figure> Lemmas(string set, List<TreebankSentence> sentences, Lemmatizer lemmatizer, TextWriter log)
    {
        foreach (var (name, parts) in new[] { ("nouns", new[] { PartOfSpeech.Noun }), ("verbs", [PartOfSpeech.Verb]), ("adjectives", [PartOfSpeech.Adjective]) })
        {
            var words = sentences.SelectMany(LemmatizerTraining.Words).Where(word => parts.Contains(word.Part)).ToList();
            var wrong = words.Where(word => !lemmatizer.Lemma(word.Form, word.Part).Equals(word.Lemma, StringComparison.OrdinalIgnoreCase)).ToList();
            log.WriteLine($"  {set}: {string.Join(", ", wrong.Take(25).Select(word => $"{word.Form}>{lemmatizer.Lemma(word.Form, word.Part)} ({word.Lemma})"))}");
            yield return new Figure(Step, set, "lemma of " + name, 1 - ((double)wrong.Count / Math.Max(1, words.Count)));
        }
    }

    private Figure Ends(string set, List<TreebankSentence> sentences, Language language, TextWriter log)
    {
        var text = new StringBuilder();
        var gold = new List<TextSpan>();
        foreach (var sentence in sentences)
        {
            gold.Add(TextSpan.Of(text.Length, sentence.Text.Length));
            text.Append(sentence.Text).Append(' ');
        }

        var all = text.ToString();
        var found = SentenceSplitter.Split(all, Tokenizer.Tokenize(all, language), language);
        var both = found.Intersect(gold).Count();
        var shown = 0;
        foreach (var span in found.Except(gold))
        {
            if (shown++ < 25)
                log.WriteLine($"  {set}: not a sentence: {span.Quote(all)}");
        }

        return new Figure(Step, set, "sentences F1", 2.0 * both / (found.Length + gold.Count));
    }
}
