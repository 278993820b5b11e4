using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>What the lists tell about a word beside a name or in it.</summary>
[Flags]
internal enum NameClues : ushort
{
    None = 0,
    FirstName = 1,
    Title = 2,
    Role = 4,
    OrganisationWord = 8,
    PlaceWord = 16,
    Time = 32,
    Particle = 64,
    Body = 128,
    Demonym = 256,
    OrganisationHead = 512,
    Link = 1024,
    PlaceHead = 2048,
    EventHead = 4096,
    EventWord = 8192,

    /// <summary>A head that begins a name even if it is written small.</summary>
    SmallHead = 16384,
    Heads = OrganisationHead | PlaceHead | EventHead,
}

/// <summary>Where a token stands in a name of the lists.</summary>
internal enum ListedName : byte
{
    None,
    PlaceBegins,
    PlaceGoesOn,
    OrganisationBegins,
    OrganisationGoesOn,
    EitherBegins,
    EitherGoesOn,
}

/// <summary>The names and the words around names that a language's lists hold, looked up by hash.</summary>
internal sealed class NameLists
{
    private const byte GoesOn = 1;
    private const byte IsPlaceName = 2;
    private const byte IsOrganisation = 4;
    private const int LongestName = 8;

    private readonly HashedTable<NameClues> _clues;
    private readonly HashedTable<byte> _names; // by the hash of a name's first words; exact case
    private readonly ulong[] _lengthsByFirst = new ulong[128]; // bit n: a name's first word of n letters (modulo 64) begins with the letter

    private NameLists(Language language)
    {
        LanguageKey = NameKnowledge.KeyOf(language);
        OfWords = language.Words("of-words");
        var clues = new Dictionary<ulong, NameClues>();
        var names = new Dictionary<ulong, byte>();
        Add("first-names", NameClues.FirstName);
        Add("titles", NameClues.Title);
        foreach (var noun in Nouns.Of(language))
            AddClue(clues, noun.Word, (noun.Is(NounClasses.Role) ? NameClues.Role : NameClues.None) | (noun.Is(NounClasses.Body) ? NameClues.Body : NameClues.None));
        Add("organisation-words", NameClues.OrganisationWord);
        Add("place-words", NameClues.PlaceWord);
        Add("organisation-heads", NameClues.OrganisationHead);
        Add("place-heads", NameClues.PlaceHead);
        Add("event-heads", NameClues.EventHead);
        Add("event-words", NameClues.EventWord);
        Add("name-links", NameClues.Link);
        Add("demonyms", NameClues.Demonym);
        Add("months", NameClues.Time);
        Add("weekdays", NameClues.Time);
        foreach (var particle in Language.SharedLines("name-particles.txt"))
            AddClue(clues, particle, NameClues.Particle);

        // First names travel: those of every language count.
        foreach (var other in Language.All)
        {
            foreach (var line in other.Lines("first-names"))
                AddClue(clues, line.Split('\t')[0], NameClues.FirstName);
        }

        AddNames(names, language, language.Lines("places"), IsPlaceName);
        AddNames(names, language, Language.SharedLines("places.txt"), IsPlaceName);
        AddNames(names, language, language.Lines("organisations"), IsOrganisation);
        AddNames(names, language, Language.SharedLines("organisations.txt"), IsOrganisation);
        AddNames(names, language, Language.SharedLines("media.tsv").Select(line => line.Split('\t')).Select(columns => columns.Length > 3 ? $"{columns[0]}|{columns[3]}" : columns[0]), IsOrganisation);

        _clues = new HashedTable<NameClues>(clues);
        _names = new HashedTable<byte>(names);

        void Add(string list, NameClues clue)
        {
            foreach (var columns in language.Lines(list).Select(line => line.Split('\t')))
                AddClue(clues, columns[0], clue | ((clue & NameClues.Heads) != NameClues.None && columns.Contains("small") ? NameClues.SmallHead : NameClues.None));
        }
    }

    /// <summary>What <see cref="NameKnowledge"/> tells the language's words by.</summary>
    public ulong LanguageKey { get; }

    /// <summary>What makes one noun the complement of another.</summary>
    public IWordSet OfWords { get; }

    /// <summary>The lists of a language, built once.</summary>
    public static NameLists Of(Language language) => language.Table("names", static language => new NameLists(language));

    /// <summary>What is known about a word, by <see cref="TextHash"/> of it in small letters with straight apostrophes.</summary>
    public NameClues CluesOf(ulong word) => _clues.TryGetValue(word, out var clues) ? clues : NameClues.None;

    /// <summary>The type of a whole name of the lists; null where they do not hold it, or hold it as two types.</summary>
    public EntityType? TypeOf(string text, ReadOnlySpan<Token> name)
    {
        var hash = 0UL;
        byte found = 0;
        foreach (var token in name)
        {
            hash = TextHash.Combine(hash, Exact(token.Span.In(text)));
            if (!_names.TryGetValue(hash, out found))
                return null;
        }

        return (found & (IsPlaceName | IsOrganisation)) switch
        {
            IsPlaceName => EntityType.Place,
            IsOrganisation => EntityType.Organisation,
            _ => null,
        };
    }

    /// <summary>Marks the tokens of listed names, the longest that starts at each token.</summary>
    public void Mark(string text, ReadOnlySpan<Token> tokens, Span<ListedName> marks)
    {
        marks.Clear();
        for (var i = 0; i < tokens.Length; i++)
        {
            if ((_lengthsByFirst[Letter(text[tokens[i].Start])] >> (tokens[i].Span.Length & 63) & 1) == 0)
                continue;
            var hash = 0UL;
            int longest = 0, last = Math.Min(tokens.Length, i + LongestName);
            byte kind = 0;
            for (var j = i; j < last; j++)
            {
                hash = TextHash.Combine(hash, Exact(tokens[j].Span.In(text)));
                if (!_names.TryGetValue(hash, out var found))
                    break;
                if ((found & (IsPlaceName | IsOrganisation)) != 0)
                    (longest, kind) = (j - i + 1, found);
                if ((found & GoesOn) == 0)
                    break;
            }

            if (longest == 0)
                continue;
            var first = (kind & (IsPlaceName | IsOrganisation)) switch
            {
                IsPlaceName => ListedName.PlaceBegins,
                IsOrganisation => ListedName.OrganisationBegins,
                _ => ListedName.EitherBegins,
            };
            marks[i] = first;
            marks.Slice(i + 1, longest - 1).Fill(first + 1);
            i += longest - 1;
        }
    }

    private static int Letter(char c) => (c == '’' ? '\'' : c) & 127;

    private static ulong Exact(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[Math.Min(word.Length, 40)];
        for (var i = 0; i < buffer.Length; i++)
            buffer[i] = word[i] == '’' ? '\'' : word[i];
        return TextHash.Of(buffer);
    }

    private static void AddClue(Dictionary<ulong, NameClues> clues, string word, NameClues clue)
    {
        var hash = TextHash.Of(word.ToLowerInvariant().Replace('’', '\'').TrimEnd('.'));
        clues[hash] = clues.GetValueOrDefault(hash) | clue;
    }

    private void AddNames(Dictionary<ulong, byte> names, Language language, IEnumerable<string> lines, byte kind)
    {
        foreach (var name in lines.SelectMany(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries)))
        {
            var tokens = Tokenizer.Tokenize(name, language);
            if (tokens.Length is 0 or > LongestName || char.IsLower(name[0]) && tokens.Length == 1 && name.Length < 5)
                continue;
            _lengthsByFirst[Letter(name[tokens[0].Start])] |= 1UL << (tokens[0].Span.Length & 63);
            var hash = 0UL;
            for (var i = 0; i < tokens.Length; i++)
            {
                hash = TextHash.Combine(hash, Exact(tokens[i].Span.In(name)));
                names[hash] = (byte)(names.GetValueOrDefault(hash) | (i + 1 < tokens.Length ? GoesOn : kind));
            }
        }
    }
}
