using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Turns folded words into terms: forms of one word into one, and words of one meaning in several languages into one concept.</summary>
/// <remarks>
/// Forms are told by a cut after seven letters and without a plural ending, which for French and English does as well as a
/// stemmer in retrieval (McNamee and Mayfield 2004) and leaves names that two languages share alike. Concepts are the
/// meanings of the <see cref="Lexicon"/>.
/// </remarks>
internal sealed class StemTable
{
    private const int Cut = 7;
    private const int MostOfTitle = 256;
    private const int Lengths = 24;

    private static readonly StemTable None = new(null, [], [], []);

    private readonly Lexicon? _lexicon;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _months;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _weekdays;
    private readonly string[] _roundUps;
    private readonly ulong[] _calendar = new ulong[Lengths];

    private StemTable(Lexicon? lexicon, Dictionary<string, int> months, HashSet<string> weekdays, string[] roundUps)
    {
        _roundUps = roundUps;
        foreach (var word in months.Keys.Concat(weekdays).Where(word => word.Length > 0))
            _calendar[Math.Min(word.Length, Lengths - 1)] |= 1UL << (word[0] & 63);
        _lexicon = lexicon;
        _months = months.GetAlternateLookup<ReadOnlySpan<char>>();
        _weekdays = weekdays.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The table of <paramref name="language"/>; without concepts where it is unknown.</summary>
    public static StemTable Of(Language? language) => language?.Table("story stems", Build) ?? None;

    /// <summary>The term that a folded word stands for.</summary>
    public static uint TermOf(ReadOnlySpan<char> word) => (uint)TextHash.Of(StemOf(word));

    /// <summary>Writes the concepts that a folded word may stand for, across languages, and gives their number.</summary>
    /// <param name="word">The word.</param>
    /// <param name="tag">Its part of speech, which tells some of its meanings apart.</param>
    /// <param name="concepts">At least <see cref="Lexicon.Most"/> long.</param>
    public int ConceptsOf(ReadOnlySpan<char> word, PartOfSpeech tag, Span<uint> concepts)
    {
        if (_lexicon is null || word.Length < 2)
            return 0;
        Span<ulong> keys = stackalloc ulong[Lexicon.Most];
        var count = _lexicon.FindAll(word, tag, keys);
        for (var i = 0; i < count; i++)
            concepts[i] = (uint)TextHash.Combine(1, keys[i]);
        return count;
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
        var months = new Dictionary<string, int>();
        foreach (var columns in language.Lines("months").Select(line => line.Split('\t')))
        {
            if (columns.Length > 1 && int.TryParse(columns[1], out var month))
                months[Folded(columns[0])] = month;
        }

        return new StemTable(Lexicon.Of(language), months, [.. language.Lines("weekdays").Select(line => Folded(line.Split('\t')[0]))], [.. language.Lines("round-ups").Select(Folded)]);
    }

    private static string Folded(string word)
    {
        Span<char> folded = stackalloc char[64];
        return folded[..LetterFold.Fold(word, folded)].ToString();
    }
}
