using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Makes <c>models/kin.model</c> of a list of words that may tell one fact, as <c>eval/gold/kin/kin.tsv</c> gives it.</summary>
public static class KinTraining
{
    /// <summary>Runs the command: <c>kin LIST OUT</c>.</summary>
    public static int Run(string list, string output, TextWriter log)
    {
        var lines = File.ReadLines(list).Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('\t')).ToList();
        var part = Array.IndexOf(lines[0], "part");
        if (part < 0 || Language.Find(lines[0][^1].Split(':')[^1]) is not { } language)
        {
            log.WriteLine($"{list}: the first line must name its columns: languages, \"part\", then \"strong:LANGUAGE\" and \"weak:LANGUAGE\"");
            return 2;
        }

        var lexicon = Lexicon.Of(language);
        var pairs = new Dictionary<(ulong A, ulong B), bool>();
        var unknown = 0;
        foreach (var columns in lines.Skip(1))
        {
            var own = KeysOf(lexicon, Lexicon.KeyOf(columns.AsSpan(0, part), columns[part]), columns[Array.IndexOf(lines[0], language.Code)], TagOf(columns[part][..1]));
            for (var column = part + 1; column < columns.Length; column++)
            {
                foreach (var word in columns[column].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Split(':')))
                {
                    var key = lexicon.Find(FormOf(word[0]), TagOf(word[1]));
                    unknown += key == 0 ? 1 : 0;
                    foreach (var one in own.Where(one => key != 0 && key != one))
                        Add(pairs, one, key, strong: column == part + 1);
                }
            }
        }

        var model = Path.GetFileNameWithoutExtension(list) + ".model";
        using var file = File.Create(Path.Combine(output, model));
        Kin.Write(file, pairs);
        log.WriteLine($"{model}: {pairs.Count} pairs, {pairs.Values.Count(strong => strong)} strong, {unknown} words that the lexicon does not have, {file.Length} bytes");
        return 0;
    }

    // A word that tells a fate has the fate's key in texts.
    private static ulong[] KeysOf(Lexicon lexicon, ulong meaning, string word, PartOfSpeech tag) => [.. new[] { meaning, lexicon.Find(FormOf(word), tag) }.Where(lexicon.Holds).Distinct()];

    private static void Add(Dictionary<(ulong A, ulong B), bool> pairs, ulong a, ulong b, bool strong)
    {
        var pair = a < b ? (a, b) : (b, a);
        pairs[pair] = strong || pairs.GetValueOrDefault(pair);
    }

    private static string FormOf(string word) => Folding.Fold(word).Replace(' ', '-');

    private static PartOfSpeech TagOf(string part) => part switch
    {
        "n" => PartOfSpeech.Noun,
        "v" => PartOfSpeech.Verb,
        "a" => PartOfSpeech.Adjective,
        "r" => PartOfSpeech.Adverb,
        _ => PartOfSpeech.Unknown,
    };
}
