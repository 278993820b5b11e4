using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>What words mean, across languages: the meanings of <c>Languages/lexicon.tsv</c> by every form of the words that stand for them.</summary>
public sealed class Lexicon
{
    /// <summary>A word of more meanings says too little to join texts by it.</summary>
    private const int MostMeanings = 4;

    private const string Name = "name";

    private readonly Dictionary<ulong, (int From, int Count)> _entries = [];
    private readonly Dictionary<ulong, ulong> _fates = [];
    private readonly Meaning[] _meanings;
    private readonly HashSet<ulong> _keys;
    private readonly HashSet<string> _firstParts = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<ulong, string>> _words;

    private Lexicon(Language language)
    {
        var found = new Dictionary<ulong, List<Meaning>>();
        var order = 0;
        foreach (var (key, part, lemmas) in Listed(language))
        {
            foreach (var lemma in lemmas)
                Add(found, language, lemma, part, new Meaning(key, TagsOf(part), IsListed: true, order++));
        }

        var meanings = new List<Meaning>();
        foreach (var (form, list) in found)
        {
            // The word itself before a form of another, then in the file's order.
            list.Sort((a, b) => a.IsListed != b.IsListed ? b.IsListed.CompareTo(a.IsListed) : a.Order.CompareTo(b.Order));
            _entries.Add(form, (meanings.Count, list.Count));
            meanings.AddRange(list);
        }

        AddFates(language);
        _meanings = [.. meanings];
        _keys = [.. meanings.Select(meaning => meaning.Key)];
        _words = new(() => WordsOf(language));
    }

    /// <summary>The lexicon as <paramref name="language"/> words it.</summary>
    public static Lexicon Of(Language language) => language.Table("lexicon", static known => new Lexicon(known));

    /// <summary>The key of a meaning.</summary>
    /// <param name="words">Its words in each language, in the order of <c>lexicon.tsv</c>, parted by "|": the first of each names it.</param>
    /// <param name="part">Its part of speech, as the list names it.</param>
    internal static ulong KeyOf(ReadOnlySpan<string> words, string part) =>
        TextHash.Combine(TextHash.Of(string.Join('\t', words.ToArray().Select(word => word.Split('|')[0]))), TextHash.Of(part));

    /// <summary>The key of the first meaning of a word, or 0 where it is not listed; of a word that tells a fate (<c>fates.tsv</c>) the hash of the fate's name.</summary>
    /// <param name="word">A folded word (<see cref="Folding"/>), hyphenated where it is several.</param>
    /// <param name="tag">Its part of speech in its text: meanings of that part come first.</param>
    public ulong Find(ReadOnlySpan<char> word, PartOfSpeech tag = PartOfSpeech.Unknown)
    {
        if (_fates.TryGetValue(TextHash.Of(word), out var fate))
            return fate;
        var meanings = MeaningsOf(word);
        foreach (var meaning in meanings)
        {
            if (meaning.Fits(tag))
                return meaning.Key;
        }

        return meanings.IsEmpty ? 0 : meanings[0].Key;
    }

    /// <summary>Writes the keys of what a word may mean and gives their number: 0 where it is not listed, or means too much to say anything.</summary>
    /// <param name="word">A folded word, as for <see cref="Find"/>.</param>
    /// <param name="tag">Its part of speech in its text: where it has meanings of that part, only these count.</param>
    /// <param name="keys">At least <see cref="Most"/> long.</param>
    public int FindAll(ReadOnlySpan<char> word, PartOfSpeech tag, Span<ulong> keys)
    {
        var meanings = MeaningsOf(word);
        var fitting = 0;
        foreach (var meaning in meanings)
            fitting += meaning.Fits(tag) ? 1 : 0;
        var all = fitting == 0;
        if ((all ? meanings.Length : fitting) > MostMeanings)
            return 0;
        var count = 0;
        foreach (var meaning in meanings)
        {
            if (all || meaning.Fits(tag))
                keys[count++] = meaning.Key;
        }

        return count;
    }

    /// <summary>The most keys that <see cref="FindAll"/> writes.</summary>
    public static int Most => MostMeanings;

    /// <summary>Whether the lexicon has a meaning of that key.</summary>
    public bool Holds(ulong key) => _keys.Contains(key) || _fates.ContainsValue(key);

    /// <summary>The first of the language's words of a meaning, as the list writes it; null where it has none of a single word.</summary>
    public string? WordOf(ulong key) => _words.Value.GetValueOrDefault(key);

    /// <summary>Whether a listed expression of several words begins with the folded word.</summary>
    public bool OpensCompound(string word) => _firstParts.Contains(word);

    private static Dictionary<ulong, string> WordsOf(Language language)
    {
        var words = new Dictionary<ulong, string>();
        foreach (var (key, _, lemmas) in Listed(language))
        {
            if (Array.Find(lemmas, word => !word.Contains(' ', StringComparison.Ordinal)) is { } word)
                words.TryAdd(key, word);
        }

        return words;
    }

    // The meanings that the language has words for, in the list's order.
    private static IEnumerable<(ulong Key, string Part, string[] Lemmas)> Listed(Language language)
    {
        var lines = Language.SharedLines("lexicon.tsv").Select(line => line.Split('\t')).ToList();
        var column = lines.Count == 0 ? -1 : Array.IndexOf(lines[0], language.Code);
        foreach (var columns in lines.Skip(1).Where(columns => column >= 0 && columns.Length == lines[0].Length))
            yield return (KeyOf(columns.AsSpan(0, columns.Length - 1), columns[^1]), columns[^1], columns[column].Split('|'));
    }

    private ReadOnlySpan<Meaning> MeaningsOf(ReadOnlySpan<char> word) =>
        _entries.TryGetValue(TextHash.Of(word), out var entry) ? _meanings.AsSpan(entry.From, entry.Count) : [];

    private void AddFates(Language language)
    {
        var lines = Language.SharedLines("fates.tsv").Select(line => line.Split('\t')).ToList();
        var column = lines.Count == 0 ? -1 : Array.IndexOf(lines[0], language.Code);
        foreach (var columns in lines.Skip(1).Where(columns => column > 0 && column < columns.Length))
        {
            foreach (var word in columns[column].Split(' ').Select(word => word.Split(':')))
            {
                foreach (var form in FormsOf(word[0], word[1], language))
                    _fates.TryAdd(TextHash.OfFolded(form), TextHash.Of(columns[0]));
            }
        }
    }

    private void Add(Dictionary<ulong, List<Meaning>> found, Language language, string lemma, string part, Meaning meaning)
    {
        var words = Tokenizer.Tokenize(lemma, language).Where(token => token.Kind != TokenKind.Mark).Select(token => lemma[token.Start..token.End]).ToArray();
        if (words.Length > 1)
            _firstParts.UnionWith(FormsOf(words[0], part, language).Select(form => Folding.Fold(form)));
        var listed = words.Length > 1 ? string.Join('-', words) : lemma;
        foreach (var form in words.Length > 1 ? Compounds(words, part, language) : FormsOf(lemma, part, language))
        {
            var hash = TextHash.OfFolded(form);
            if (!found.TryGetValue(hash, out var list))
                found.Add(hash, list = []);
            if (!list.Exists(known => known.Key == meaning.Key))
                list.Add(meaning with { IsListed = form == listed });
        }
    }

    // "stock markets", "juges d'instruction", "réseaux sociaux", "gave back".
    private static IEnumerable<string> Compounds(string[] words, string part, Language language) =>
        from first in FormsOf(words[0], part, language)
        from last in part == "verb" ? [words[^1]] : FormsOf(words[^1], part, language)
        select string.Join('-', [first, .. words[1..^1], last]);

    private static IEnumerable<string> FormsOf(string word, string part, Language language)
    {
        var inflections = Inflections.Of(language);
        return part == Name ? inflections.Of(word, "adjective").Concat(inflections.Of(word, "noun")) : inflections.Of(word, part);
    }

    private static ulong TagsOf(string part) => part switch
    {
        "noun" => Bit(PartOfSpeech.Noun),
        "verb" => Bit(PartOfSpeech.Verb) | Bit(PartOfSpeech.Auxiliary),
        "adjective" => Bit(PartOfSpeech.Adjective) | Bit(PartOfSpeech.Numeral),
        "adverb" => Bit(PartOfSpeech.Adverb),
        Name => Bit(PartOfSpeech.ProperNoun) | Bit(PartOfSpeech.Adjective),
        _ => 0,
    };

    private static ulong Bit(PartOfSpeech tag) => 1UL << (int)tag;

    private readonly record struct Meaning(ulong Key, ulong Tags, bool IsListed, int Order)
    {
        public bool Fits(PartOfSpeech tag) => (Tags & Bit(tag)) != 0;
    }
}
