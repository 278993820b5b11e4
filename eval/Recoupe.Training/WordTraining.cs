using System.Numerics.Tensors;
using System.Text.Json;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Finds which words stand in the same surroundings, in texts without labels, for <c>models/words-LANGUAGE.model</c>.</summary>
/// <remarks>
/// Each word is counted by what stands one and two places before and after it (Schütze 1995), the counts weighted by how much they surprise
/// (positive pointwise mutual information), and the words are put into classes by spherical k-means, the classes into groups the same way.
/// </remarks>
public static class WordTraining
{
    private const int FewestSeen = 4;
    private const int MostWords = 60_000;
    private const int MostNeighbours = 1_500; // more frequent words tell surroundings
    private const int Places = 4; // two before, two after
    private const int Seeds = 6_000; // the most frequent words, of which classes start
    private const int Rounds = 12;

    /// <summary>The command: <c>words LANGUAGE OUT TEXTS…</c>; texts are of .jsonl (<c>title</c>, <c>text</c>), .conllu or columns with a word first.</summary>
    public static int Run(string[] args, TextWriter log)
    {
        if (args is not [var code, var folder, _, ..] || Language.Find(code) is not { } language)
        {
            log.WriteLine("words LANGUAGE OUT TEXTS…");
            return 2;
        }

        var sentences = args[2..].SelectMany(path => Texts(path, code)).SelectMany(text => Sentences(text, language)).ToList();
        var words = Words(sentences);
        log.WriteLine($"{sentences.Count} sentences, {sentences.Sum(sentence => sentence.Words.Length)} words, {words.Count} kept");
        var rows = Surroundings(sentences, words);
        var weights = rows.Select((_, i) => MathF.Log(2 + words[i].Count)).ToArray();
        var (classes, centres) = Cluster(rows, weights, WordClusters.MostClasses - 1);
        var dense = centres.Select(centre => Sparse(centre)).ToList();
        var (groups, _) = Cluster(dense, [.. dense.Select(_ => 1f)], WordClusters.MostGroups - 1);
        var model = WordClusters.Of([.. words.Select((word, i) => (word.Hash, new WordCluster((byte)(classes[i] + 1), (byte)(groups[classes[i]] + 1), word.Case)))]);
        using var file = File.Create(Path.Combine(folder, $"words-{code}.model"));
        model.Write(file);
        log.WriteLine($"words-{code}.model: {words.Count} words, {file.Length} bytes");
        return 0;
    }

    private static IEnumerable<string> Texts(string path, string code)
    {
        if (path.EndsWith(".conllu", StringComparison.Ordinal))
            return File.ReadLines(path).Where(line => line.StartsWith("# text = ", StringComparison.Ordinal)).Select(line => line[9..]);
        if (!path.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            return File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t', ' ')[0]).Chunk(300)
                .Select(words => string.Join(' ', words));
        }

        return File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(article => !article.TryGetProperty("language", out var language) || language.GetString() == code)
            .Select(article => article.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "");
    }

    // Each sentence as the hashes of its words and marks, and which of them are written with a capital where that tells something.
    private static IEnumerable<(ulong[] Words, sbyte[] Capitals)> Sentences(string text, Language language)
    {
        var tokens = Tokenizer.Tokenize(text, language);
        var read = new TaggerWord[tokens.Length + TaggerWord.Margin];
        var first = 0;
        foreach (var sentence in SentenceSplitter.Split(text, tokens, language))
        {
            var end = first;
            while (end < tokens.Length && tokens[end].Start < sentence.End)
                end++;
            var part = tokens.AsSpan()[first..end];
            TaggerWord.Read(text, part, WordClusters.None, read);
            var words = new ulong[part.Length];
            var capitals = new sbyte[part.Length];
            for (var i = 0; i < part.Length; i++)
            {
                words[i] = read[i].Word;
                capitals[i] = (sbyte)(read[i].IsFirst || read[i].Shape >= 64 || part[i].Kind != TokenKind.Word ? -1 : char.IsUpper(text[part[i].Start]) ? 1 : 0);
            }

            yield return (words, capitals);
            first = end;
        }
    }

    // The kept words, the most frequent first.
    private static List<(ulong Hash, int Count, byte Case)> Words(List<(ulong[] Words, sbyte[] Capitals)> sentences)
    {
        var counts = new Dictionary<ulong, (int All, int Small, int Capital)>();
        foreach (var (words, capitals) in sentences)
        {
            for (var i = 0; i < words.Length; i++)
            {
                var (all, small, capital) = counts.GetValueOrDefault(words[i]);
                counts[words[i]] = (all + 1, small + (capitals[i] == 0 ? 1 : 0), capital + (capitals[i] > 0 ? 1 : 0));
            }
        }

        return [.. counts.Where(pair => pair.Value.All >= FewestSeen).OrderByDescending(pair => pair.Value.All).ThenBy(pair => pair.Key).Take(MostWords)
            .Select(pair => (pair.Key, pair.Value.All, CaseOf(pair.Value.Small, pair.Value.Capital)))];

        static byte CaseOf(int small, int capital) =>
            (byte)(small + capital == 0 ? 0 : small * 10 >= (small + capital) * 9 ? 1 : capital * 10 >= (small + capital) * 9 ? 3 : 2);
    }

    private static List<(int[] Places, float[] Values)> Surroundings(
        List<(ulong[] Words, sbyte[] Capitals)> sentences, List<(ulong Hash, int Count, byte Case)> words)
    {
        var numbers = words.Select((word, i) => (word.Hash, i)).ToDictionary(pair => pair.Hash, pair => pair.i);
        var counts = words.Select(_ => new Dictionary<int, int>()).ToArray();
        var totals = new double[Places * (MostNeighbours + 2)];
        foreach (var (all, _) in sentences)
        {
            var known = all.Select(word => numbers.GetValueOrDefault(word, -1)).ToArray();
            for (var i = 0; i < known.Length; i++)
            {
                if (known[i] < 0)
                    continue;
                for (var place = 0; place < Places; place++)
                {
                    var at = i + (place switch { 0 => -2, 1 => -1, 2 => 1, _ => 2 });
                    var neighbour = at < 0 || at >= known.Length ? MostNeighbours : known[at] < 0 || known[at] >= MostNeighbours ? MostNeighbours + 1 : known[at];
                    var feature = (place * (MostNeighbours + 2)) + neighbour;
                    counts[known[i]][feature] = counts[known[i]].GetValueOrDefault(feature) + 1;
                    totals[feature]++;
                }
            }
        }

        var sum = totals.Sum();
        return [.. counts.Select(row =>
        {
            var all = (double)row.Values.Sum();
            var kept = row.OrderBy(pair => pair.Key)
                .Select(pair => (pair.Key, Value: (float)(Surprise(pair.Key, pair.Value, all) * (pair.Value / (pair.Value + 1.0)) * (IsNear(pair.Key) ? 1 : 0.5))))
                .Where(pair => pair.Value > 0).ToList();
            return Unit([.. kept.Select(pair => pair.Key)], [.. kept.Select(pair => pair.Value)]);
        })];

        double Surprise(int feature, int count, double all) => Math.Log(count * sum / (all * totals[feature]));

        static bool IsNear(int feature) => feature / (MostNeighbours + 2) is 1 or 2;
    }

    private static (int[] Places, float[] Values) Sparse(float[] values)
    {
        var places = Enumerable.Range(0, values.Length).Where(i => values[i] != 0).ToArray();
        return Unit(places, [.. places.Select(i => values[i])]);
    }

    private static (int[] Places, float[] Values) Unit(int[] places, float[] values)
    {
        var norm = MathF.Max(TensorPrimitives.Norm<float>(values), 1e-9f);
        for (var i = 0; i < values.Length; i++)
            values[i] /= norm;
        return (places, values);
    }

    // Spherical k-means: centres start at rows far from those before them.
    private static (int[] Classes, float[][] Centres) Cluster(List<(int[] Places, float[] Values)> rows, float[] weights, int count)
    {
        var width = rows.Max(row => row.Places.Length == 0 ? 0 : row.Places[^1]) + 1;
        count = Math.Min(count, rows.Count);
        var centres = Start(rows, weights, count, width);
        var classes = new int[rows.Count];
        var scores = new float[count];
        for (var round = 0; round < Rounds; round++)
        {
            var columns = new float[width][]; // by place, so that a row's few places are read in a line
            for (var place = 0; place < width; place++)
                columns[place] = [.. centres.Select(centre => centre[place])];
            for (var i = 0; i < rows.Count; i++)
            {
                Array.Clear(scores);
                for (var k = 0; k < rows[i].Places.Length; k++)
                    TensorPrimitives.MultiplyAdd(columns[rows[i].Places[k]], rows[i].Values[k], scores, scores);
                classes[i] = TensorPrimitives.IndexOfMax<float>(scores);
            }

            centres = [.. centres.Select(_ => new float[width])];
            for (var i = 0; i < rows.Count; i++)
            {
                for (var k = 0; k < rows[i].Places.Length; k++)
                    centres[classes[i]][rows[i].Places[k]] += rows[i].Values[k] * weights[i];
            }

            foreach (var centre in centres)
                TensorPrimitives.Divide(centre, MathF.Max(TensorPrimitives.Norm<float>(centre), 1e-9f), centre);
        }

        return (classes, centres);
    }

    private static float[][] Start(List<(int[] Places, float[] Values)> rows, float[] weights, int count, int width)
    {
        var random = new Random(1);
        var near = new float[Math.Min(Seeds, rows.Count)]; // to the nearest centre
        var centres = new float[count][];
        var chosen = 0;
        for (var number = 0; number < count; number++)
        {
            var centre = centres[number] = new float[width];
            for (var k = 0; k < rows[chosen].Places.Length; k++)
                centre[rows[chosen].Places[k]] = rows[chosen].Values[k];
            var total = 0.0;
            for (var i = 0; i < near.Length; i++)
            {
                var like = 0f;
                for (var k = 0; k < rows[i].Places.Length; k++)
                    like += rows[i].Values[k] * centre[rows[i].Places[k]];
                near[i] = number == 0 ? like : Math.Max(near[i], like);
                total += Math.Max(0, 1 - near[i]) * weights[i];
            }

            var left = random.NextDouble() * total;
            for (chosen = 0; chosen < near.Length - 1 && left > 0; chosen++)
                left -= Math.Max(0, 1 - near[chosen]) * weights[chosen];
        }

        return centres;
    }
}
