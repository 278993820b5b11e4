using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Turns folded words into terms: forms of one word into one, and words of one meaning in several languages into one concept.</summary>
/// <remarks>
/// Forms are told by a cut after seven letters and without a plural ending, which for French and English does as well as a
/// stemmer in retrieval (McNamee and Mayfield 2004) and leaves names that two languages share alike. Concepts come from the
/// lists <c>bilingual.tsv</c> and <c>concepts.tsv</c>, read by the rule that stands in them.
/// </remarks>
internal sealed class StemTable
{
    private const int Cut = 7;
    private const int MostLettersMore = 5;
    private const int ShortStem = 3;
    private const int MostOfTitle = 256;
    private const int Lengths = 24;

    private static readonly StemTable None = new([], [], [], []);

    private readonly Dictionary<string, Concept>.AlternateLookup<ReadOnlySpan<char>> _concepts;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _months;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _weekdays;
    private readonly string[] _roundUps;
    private readonly int _longest;
    private readonly ulong[] _calendar = new ulong[Lengths];

    private readonly record struct Concept(uint Stem, uint Word);

    private StemTable(Dictionary<string, Concept> concepts, Dictionary<string, int> months, HashSet<string> weekdays, string[] roundUps)
    {
        _roundUps = roundUps;
        foreach (var word in months.Keys.Concat(weekdays).Where(word => word.Length > 0))
            _calendar[Math.Min(word.Length, Lengths - 1)] |= 1UL << (word[0] & 63);
        _concepts = concepts.GetAlternateLookup<ReadOnlySpan<char>>();
        _months = months.GetAlternateLookup<ReadOnlySpan<char>>();
        _weekdays = weekdays.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = concepts.Count == 0 ? 0 : concepts.Keys.Max(stem => stem.Length);
    }

    /// <summary>The table of <paramref name="language"/>; without concepts where it is unknown.</summary>
    public static StemTable Of(Language? language) => language?.Table("story stems", Build) ?? None;

    /// <summary>The term that a folded word stands for.</summary>
    public static uint TermOf(ReadOnlySpan<char> word) => (uint)TextHash.Of(StemOf(word));

    /// <summary>The concept that a folded word stands for, across languages; 0 where none is listed.</summary>
    public uint ConceptOf(ReadOnlySpan<char> word)
    {
        if (_longest == 0 || word.Length < 2)
            return 0;
        for (var length = Math.Min(word.Length, _longest); length >= Math.Max(2, word.Length - MostLettersMore); length--)
        {
            if (!_concepts.TryGetValue(word[..length], out var concept))
                continue;
            var more = word.Length - length;
            if (concept.Word != 0 && (more == 0 || more == 1 && word[^1] is 's' or 'x'))
                return concept.Word;
            if (concept.Stem != 0 && (length > ShortStem || more <= 1))
                return concept.Stem;
        }

        return 0;
    }

    /// <summary>The month that a folded word names, 1 to 12; 0 where it names none.</summary>
    public int MonthOf(ReadOnlySpan<char> word) => MayBeCalendar(word) && _months.TryGetValue(word, out var month) ? month : 0;

    /// <summary>Whether a folded word names a day of the week: it says when, not what.</summary>
    public bool IsWeekday(ReadOnlySpan<char> word) => MayBeCalendar(word) && _weekdays.Contains(word);

    /// <summary>Whether a title is that of a list of the day's news: it holds one of the phrases of <c>round-ups.txt</c>, at the bounds of words.</summary>
    public bool IsRoundUp(string title)
    {
        Span<char> folded = stackalloc char[Math.Min(title.Length, MostOfTitle)];
        var text = folded[..LetterFold.Fold(title, folded)];
        foreach (var phrase in _roundUps)
        {
            var at = text.IndexOf(phrase);
            if (at >= 0 && (at == 0 || !char.IsLetter(text[at - 1])) && (at + phrase.Length == text.Length || !char.IsLetter(text[at + phrase.Length])))
                return true;
        }

        return false;
    }

    // Of most words the first letter and the length say that they are neither.
    private bool MayBeCalendar(ReadOnlySpan<char> word) => word.Length > 0 && (_calendar[Math.Min(word.Length, Lengths - 1)] >> (word[0] & 63) & 1) != 0;

    private static ReadOnlySpan<char> StemOf(ReadOnlySpan<char> word)
    {
        if (word.Length > 3 && word[^1] is 's' or 'x' && word[^2] is not 's')
            word = word[..^1];
        if (word.Length > 4 && word[^1] is 'e')
            word = word[..^1];
        return word.Length > Cut ? word[..Cut] : word;
    }

    private static StemTable Build(Language language)
    {
        var concepts = new Dictionary<string, Concept>();
        foreach (var line in Language.SharedLines("bilingual.tsv").Concat(Language.SharedLines("concepts.tsv")))
        {
            var columns = line.Split('\t');
            var concept = (uint)TextHash.Combine(1, TextHash.Of(columns[0]));
            foreach (var column in columns.Where(column => column.StartsWith(language.Code + ":", StringComparison.Ordinal)))
            {
                foreach (var stem in column[(language.Code.Length + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    Add(concepts, stem, concept);
            }
        }

        var months = new Dictionary<string, int>();
        foreach (var columns in language.Lines("months").Select(line => line.Split('\t')))
        {
            if (columns.Length > 1 && int.TryParse(columns[1], out var month))
                months[Folded(columns[0])] = month;
        }

        return new StemTable(concepts, months, [.. language.Lines("weekdays").Select(line => Folded(line.Split('\t')[0]))], [.. language.Lines("round-ups").Select(Folded)]);
    }

    // The first list that has a stem keeps it.
    private static void Add(Dictionary<string, Concept> concepts, string stem, uint concept)
    {
        var whole = stem.EndsWith('=');
        var folded = Folded(whole ? stem[..^1] : stem);
        var known = concepts.GetValueOrDefault(folded);
        concepts[folded] = whole
            ? known with { Word = known.Word == 0 ? concept : known.Word }
            : known with { Stem = known.Stem == 0 ? concept : known.Stem };
    }

    private static string Folded(string word)
    {
        Span<char> folded = stackalloc char[64];
        return folded[..LetterFold.Fold(word, folded)].ToString();
    }
}
