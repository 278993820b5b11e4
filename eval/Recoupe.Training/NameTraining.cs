using System.Text.Json;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Puts lists of the world's names and the case of words in texts into <c>models/names.model</c>, hashed.</summary>
/// <remarks>
/// The lists are files of a folder, one name a line: <c>cities*.tsv</c> (name, population), <c>first-names*.txt</c>, <c>surnames.txt</c> (the most
/// common first), <c>surnames-*.txt</c> (in no order), <c>small-CODE.txt</c> (the words that a language's dictionary has in small letters).
/// </remarks>
public static class NameTraining
{
    private const int CommonSurnames = 2_000;
    private const int Surnames = 12_000;
    private const int RareSurnames = 40_000;
    private const int CityInhabitants = 150_000;
    private const int TownInhabitants = 15_000;
    private const int LongestName = 5; // words
    private const int FewestSeen = 4; // times, before texts tell how a word is written

    /// <summary>The command: <c>names LISTS DATA OUT</c>.</summary>
    public static int Run(string lists, string data, string output, TextWriter log)
    {
        var names = new Dictionary<ulong, KnownName>();
        foreach (var path in Files(lists, "cities*.tsv"))
        {
            foreach (var columns in File.ReadLines(path).Select(line => line.Split('\t')))
                AddPlace(names, columns[0], int.Parse(columns[1], System.Globalization.CultureInfo.InvariantCulture));
        }

        foreach (var name in Files(lists, "first-names*.txt").SelectMany(File.ReadLines))
            Add(names, name, KnownName.FirstName);
        var rank = 0;
        foreach (var name in Files(lists, "surnames.txt").SelectMany(File.ReadLines).Take(RareSurnames))
            Add(names, name, ++rank <= CommonSurnames ? KnownName.CommonSurname : rank <= Surnames ? KnownName.Surname : KnownName.RareSurname);
        foreach (var name in Files(lists, "surnames-*.txt").SelectMany(File.ReadLines))
            Add(names, name, KnownName.Surname);

        var cases = new Dictionary<(ulong Language, ulong Word), KnownCase>();
        foreach (var language in Language.All)
            AddCases(cases, language, lists, data);

        using var file = File.Create(Path.Combine(output, "names.model"));
        NameKnowledge.Write(file, names, cases);
        log.WriteLine($"names.model: {names.Count} names, {cases.Count} words, {file.Length} bytes");
        return 0;
    }

    private static IEnumerable<string> Files(string folder, string pattern) => Directory.GetFiles(folder, pattern).Order(StringComparer.Ordinal);

    private static void Add(Dictionary<ulong, KnownName> names, string name, KnownName known)
    {
        if (name.Length < 2 || name.Contains(' '))
            return;
        var hash = TextHash.OfFolded(name);
        names[hash] = Joined(names.GetValueOrDefault(hash), known);
    }

    private static void AddPlace(Dictionary<ulong, KnownName> names, string name, int inhabitants)
    {
        var known = inhabitants >= CityInhabitants ? KnownName.City : inhabitants >= TownInhabitants ? KnownName.Town : KnownName.Village;
        foreach (var language in Language.All)
        {
            var tokens = Tokenizer.Tokenize(name, language);
            if (tokens.Length is 0 or > LongestName || name.Length < 2 || !char.IsUpper(name[0]))
                continue;
            var hash = 0UL;
            for (var i = 0; i < tokens.Length; i++)
            {
                var word = TextHash.OfFolded(tokens[i].Span.In(name));
                hash = i == 0 ? word : TextHash.Combine(hash, word);
                names[hash] = Joined(names.GetValueOrDefault(hash), i + 1 < tokens.Length ? KnownName.GoesOn : known);
            }
        }
    }

    // The larger place and the more common surname of two.
    private static KnownName Joined(KnownName a, KnownName b)
    {
        static KnownName Higher(KnownName x, KnownName y, KnownName bits) => (x & bits) > (y & bits) ? x & bits : y & bits;
        return Higher(a, b, KnownName.City) | Higher(a, b, KnownName.CommonSurname) | ((a | b) & (KnownName.FirstName | KnownName.GoesOn));
    }

    private static void AddCases(Dictionary<(ulong Language, ulong Word), KnownCase> cases, Language language, string lists, string data)
    {
        var key = NameKnowledge.KeyOf(language);
        foreach (var word in Files(lists, $"small-{language.Code}.txt").SelectMany(File.ReadLines))
            cases[(key, TextHash.OfFolded(word))] = KnownCase.Small;
        foreach (var word in language.Lines("function-words").Select(line => line.Split('\t')[0]))
            cases[(key, TextHash.OfFolded(word))] = KnownCase.Small;

        var seen = new Dictionary<ulong, (int Small, int Capital)>();
        foreach (var text in Texts(data, language.Code))
            Count(AnalyzedText.Of(text, language), seen);
        foreach (var (word, (small, capital)) in seen)
        {
            var all = small + capital;
            if (all < FewestSeen)
                continue;
            if (small == 0 && !cases.ContainsKey((key, word)))
                continue; // not known in small letters: as good as unknown
            cases[(key, word)] = small * 10 >= all * 9 ? KnownCase.MostlySmall : capital * 10 >= all * 9 ? KnownCase.MostlyCapital : KnownCase.Mixed;
        }
    }

    // Words inside sentences that are not written as a headline.
    private static void Count(AnalyzedText text, Dictionary<ulong, (int Small, int Capital)> seen)
    {
        var tokens = text.Tokens;
        var first = 0;
        foreach (var sentence in text.Sentences)
        {
            var end = first;
            while (end < tokens.Length && tokens[end].Start < sentence.End)
                end++;
            int capitals = 0, long4 = 0;
            for (var i = first; i < end; i++)
            {
                if (tokens[i].Kind != TokenKind.Word || tokens[i].Span.Length < 4)
                    continue;
                long4++;
                capitals += char.IsUpper(text.Text[tokens[i].Start]) ? 1 : 0;
            }

            for (var i = first + 1; i < end && capitals * 2 < long4; i++)
            {
                var token = tokens[i];
                if (token.Kind != TokenKind.Word || tokens[i - 1].Kind == TokenKind.Mark || token.Span.Length < 2)
                    continue;
                var word = TextHash.OfFolded(text[token]);
                var (small, capital) = seen.GetValueOrDefault(word);
                seen[word] = char.IsUpper(text.Text[token.Start]) ? (small, capital + 1) : (small + 1, capital);
            }

            first = end;
        }
    }

    private static IEnumerable<string> Texts(string data, string code)
    {
        foreach (var path in Files(Path.Combine(data, "unlabelled"), $"*_{code}.jsonl"))
        {
            foreach (var line in File.ReadLines(path))
            {
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.TryGetProperty("text", out var text) && text.GetString() is { } read)
                    yield return read;
            }
        }

        foreach (var path in Files(Path.Combine(data, "pos"), $"{code}_*.conllu"))
        {
            // ParTUT and GUM are for measuring only.
            if (path.Contains("partut", StringComparison.Ordinal) || path.Contains("gum", StringComparison.Ordinal))
                continue;
            foreach (var line in File.ReadLines(path).Where(line => line.StartsWith("# text = ", StringComparison.Ordinal)))
                yield return line[9..];
        }
    }
}
