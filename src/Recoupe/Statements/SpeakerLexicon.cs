using System.Collections.Frozen;
using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Grammatical or natural gender.</summary>
internal enum Gender : byte
{
    Unknown,
    Masculine,
    Feminine,
}

/// <summary>What a word can be in the words that name or describe a speaker.</summary>
[Flags]
internal enum WordUses
{
    None = 0,

    /// <summary>A noun for a person: minister.</summary>
    Role = 1,

    /// <summary>With <see cref="Role"/>: somebody without office to speak.</summary>
    Source = 1 << 1,

    /// <summary>With <see cref="Role"/>: speaks for the body named after it.</summary>
    Spokesperson = 1 << 2,

    /// <summary>With <see cref="Role"/>: works for a medium.</summary>
    Press = 1 << 3,

    /// <summary>With <see cref="Role"/>: takes up any person.</summary>
    Anybody = 1 << 4,
    Body = 1 << 5,
    Document = 1 << 6,
    Medium = 1 << 7,

    /// <summary>With <see cref="Medium"/>: stands for several.</summary>
    Several = 1 << 8,
    Title = 1 << 9,
    FirstName = 1 << 10,
    Plural = 1 << 11,
    DescriptionEnd = 1 << 12,
    Continuation = 1 << 13,
    Pronoun = 1 << 14,

    /// <summary>With <see cref="Pronoun"/>: takes up bodies only.</summary>
    BodyPronoun = 1 << 15,

    /// <summary>With <see cref="Pronoun"/>: takes up people only.</summary>
    PersonPronoun = 1 << 16,
    Definite = 1 << 17,
    Indefinite = 1 << 18,
    Demonstrative = 1 << 19,
    Possessive = 1 << 20,

    /// <summary>A preposition grown together with the article.</summary>
    Contracted = 1 << 21,

    /// <summary>Stands in the names of media.</summary>
    MediumName = 1 << 22,

    /// <summary>Opens the names of media.</summary>
    MediumNameFirst = 1 << 23,

    /// <summary>Opens a name of <c>media.tsv</c>.</summary>
    KnownMedium = 1 << 24,

    /// <summary>Stands for a number of people that need not agree (they).</summary>
    AnyNumber = 1 << 25,
    Hearer = 1 << 26,

    /// <summary>With <see cref="Pronoun"/>: whoever speaks (I, we).</summary>
    SpeakerPronoun = 1 << 27,

    /// <summary>With <see cref="Pronoun"/>: what stands right before (who).</summary>
    RelativePronoun = 1 << 28,

    /// <summary>With <see cref="Pronoun"/>: somebody who is not told (on, in "dit-on à la mairie").</summary>
    ImpersonalPronoun = 1 << 29,

    /// <summary>People together, without office: a crowd, somebody's entourage.</summary>
    Group = 1 << 30,

    Noun = Role | Body | Document | Medium | Group,
    Determiner = Definite | Indefinite | Demonstrative | Possessive | Contracted,
}

/// <summary>What the lists say of one word.</summary>
internal sealed class SpeakerWord
{
    public static readonly SpeakerWord Nothing = new();

    public WordUses Uses { get; set; }

    public Gender Gender { get; set; }

    /// <summary>Two nouns of one field may mean one person or body; null where the word has none.</summary>
    public string? Field { get; set; }

    /// <summary>The nouns that a title stands for (Gov.: governor); empty for most titles that are one themselves.</summary>
    public ImmutableArray<string> Roles { get; set; } = [];

    public bool Is(WordUses uses) => (Uses & uses) != WordUses.None;
}

/// <summary>What stands before a hearer, a medium or an occasion.</summary>
[Flags]
internal enum ChannelReach
{
    None = 0,
    Media = 1,
    Nouns = 2,

    /// <summary>The medium asked; so also inside the words that name the speaker.</summary>
    Interview = 4,
}

/// <summary>A noun that one speaks through.</summary>
/// <param name="Name">As shown.</param>
/// <param name="IsHearer">Whether it is who listens (reporters, a committee).</param>
internal sealed record ChannelNoun(string Name, bool IsHearer);

/// <summary>The words that name and describe speakers and channels in one language.</summary>
internal sealed class SpeakerLexicon
{
    private readonly WordTable<SpeakerWord> _words;
    private readonly FrozenDictionary<string, Gender>.AlternateLookup<ReadOnlySpan<char>> _firstNames;

    private readonly ImmutableArray<string> _personEndings;

    private SpeakerLexicon(Language language)
    {
        Language = language;
        var words = new Dictionary<string, SpeakerWord>(StringComparer.OrdinalIgnoreCase);
        foreach (var noun in Nouns.Of(language).Where(noun => noun.Is(NounClasses.Role | NounClasses.Body | NounClasses.Document | NounClasses.Medium | NounClasses.Group)))
            Add(words, noun.Word, UsesOf(noun), GenderOf(noun.Gender), noun.Field);
        foreach (var columns in Rows(language, "titles"))
        {
            Add(words, columns[0].TrimEnd('.'), WordUses.Title, GenderOf(columns[1][0]), columns.Length > 2 ? columns[2] : null);
            if (columns.Length > 3)
                words[columns[0].TrimEnd('.')].Roles = [.. columns[3].Split(',')];
        }

        foreach (var columns in Rows(language, "pronouns"))
            Add(words, columns[0], WordUses.Pronoun | PronounUse(columns), GenderOf(columns[1][0]), null);
        foreach (var columns in Rows(language, "determiners"))
            Add(words, columns[0], DeterminerUse(columns[1]) | (columns[3] == "p" ? WordUses.Plural : columns[3] == "x" ? WordUses.AnyNumber : WordUses.None), GenderOf(columns[2][0]), null);
        foreach (var columns in Rows(language, "medium-name-words"))
            Add(words, columns[0], columns[1] == "first" ? WordUses.MediumNameFirst : WordUses.MediumName, Gender.Unknown, null);
        foreach (var word in language.Lines("description-ends"))
            Add(words, word, WordUses.DescriptionEnd, Gender.Unknown, null);
        foreach (var word in language.Lines("continuations"))
            Add(words, word, WordUses.Continuation, Gender.Unknown, null);
        foreach (var word in language.Lines("hearer-verbs"))
            Add(words, word, WordUses.Hearer, Gender.Unknown, null);
        foreach (var medium in MediaDirectory.All)
        {
            foreach (var name in medium.Aliases.Append(medium.Name))
            {
                var tokens = Tokenizer.Tokenize(name, language);
                if (tokens.Length > 0)
                    Add(words, tokens[0].Span.Quote(name), WordUses.KnownMedium, Gender.Unknown, null);
            }
        }

        _firstNames = Language.All.SelectMany(known => Rows(known, "first-names")).GroupBy(columns => columns[0])
            .ToFrozenDictionary(group => group.Key, group => group.Select(columns => GenderOf(columns[1][0])).Distinct().ToList() is [var only] ? only : Gender.Unknown)
            .GetAlternateLookup<ReadOnlySpan<char>>();
        _words = new WordTable<SpeakerWord>(words, straightens: true);
        HeadIsLast = Rows(language, "traits").Any(columns => columns is ["compound-head", "last"]);
        Anonymity = new PhraseTable<bool>(language, language.Lines("anonymity").Select(line => (line, true)));
        OwnOutlet = new PhraseTable<bool>(language, language.Lines("own-outlet").Select(line => (line, true)));
        Hedges = new PhraseTable<bool>(language, language.Lines("hedges").Select(line => (line, true)));
        ChannelNouns = new PhraseTable<ChannelNoun>(language, Rows(language, "channel-nouns")
            .Select(columns => (columns[0], new ChannelNoun(columns[1] == "-" ? columns[0] : columns[1], columns[^1] == "hearer"))));
        ChannelPrepositions = new PhraseTable<ChannelReach>(language, Rows(language, "channel-prepositions").Select(columns => (columns[0], columns[1] switch
        {
            "any" => ChannelReach.Media | ChannelReach.Nouns,
            "nouns" => ChannelReach.Nouns,
            "interview" => ChannelReach.Media | ChannelReach.Interview,
            _ => ChannelReach.Media,
        })));
        Synonyms = new PhraseTable<ImmutableArray<string>>(language, Rows(language, "role-synonyms").Select(columns => (columns[0], columns[1].Split(',').ToImmutableArray())));
        ActWords = ReadActWords(language);
        ActPhrases = new PhraseTable<(Act Act, bool AtStart)>(language, Rows(language, "act-phrases")
            .Select(columns => (columns[0], (Enum.Parse<Act>(columns[1], ignoreCase: true), columns[^1] == "start"))));
        Conditionals = language.Lines("report-conditionals").Select(line => line.Split('\t')).Where(columns => columns.Length == 2)
            .ToFrozenDictionary(columns => columns[0], columns => columns[1] == "perfect", StringComparer.OrdinalIgnoreCase);
        ConditionalEndings = language.Lines("conditional-endings");
        ModalConditionals = language.Words("modal-conditionals");
        EarlierAuxiliaries = language.Words("earlier-auxiliaries");
        Offices = Nouns.Of(language).Where(noun => noun.SpeaksFor is not null).Select(noun => noun.Word).ToHashSet(StringComparer.OrdinalIgnoreCase);
        _personEndings = language.Lines("person-endings");
        RejectingVerbs = [.. language.Lines("rejecting-verbs")];
    }

    public Language Language { get; }

    /// <summary>Whether the last noun of a compound is its head (police chief), not the first.</summary>
    public bool HeadIsLast { get; }

    public PhraseTable<bool> Anonymity { get; }

    public PhraseTable<bool> OwnOutlet { get; }

    public PhraseTable<bool> Hedges { get; }

    public PhraseTable<ChannelNoun> ChannelNouns { get; }

    public PhraseTable<ChannelReach> ChannelPrepositions { get; }

    /// <summary>Words that tell the act where the cue is neutral.</summary>
    public PhraseTable<(Act Act, bool AtStart)> ActPhrases { get; }

    /// <summary>Words that hint at an act where they are said, by <see cref="AttributedText.Lemma"/>; a bit for each act.</summary>
    public FrozenDictionary<uint, uint> ActWords { get; }

    /// <summary>Role words that a description stands for.</summary>
    public PhraseTable<ImmutableArray<string>> Synonyms { get; }

    /// <summary>Auxiliaries in the conditional; true where only the perfect is one of report.</summary>
    public FrozenDictionary<string, bool> Conditionals { get; }

    public ImmutableArray<string> ConditionalEndings { get; }

    public IWordSet ModalConditionals { get; }

    /// <summary>Auxiliaries that tell of an earlier occasion.</summary>
    public IWordSet EarlierAuxiliaries { get; }

    /// <summary>Nouns of offices that one person holds.</summary>
    public HashSet<string> Offices { get; }

    /// <summary>Lemmas of the verbs by which one says that what follows is not so.</summary>
    public ImmutableArray<string> RejectingVerbs { get; }

    /// <summary>The lexicon of <paramref name="language"/>, built once.</summary>
    public static SpeakerLexicon Of(Language language) => language.Table("speaker lexicon", known => new SpeakerLexicon(known));

    /// <summary>What the lists say of <paramref name="word"/>.</summary>
    /// <remarks>A compound (ex-minister, player-coach) that no list has is what its first known part is.</remarks>
    public SpeakerWord Find(ReadOnlySpan<char> word)
    {
        if (_words.TryGetValue(word, out var found))
            return found;
        var hyphen = word.IndexOf('-');
        if (hyphen < 2 || hyphen >= word.Length - 2)
            return SpeakerWord.Nothing;
        if (_words.TryGetValue(word[..hyphen], out var first) && first.Is(WordUses.Role))
            return first;
        return _words.TryGetValue(word[(hyphen + 1)..], out var last) && last.Is(WordUses.Role) ? last : SpeakerWord.Nothing;
    }

    /// <summary>Whether <paramref name="word"/> is a first name in any language; a double one goes by its first part.</summary>
    public bool IsFirstName(ReadOnlySpan<char> word, out Gender gender)
    {
        if (_firstNames.TryGetValue(word, out gender))
            return true;
        var hyphen = word.IndexOf('-');
        return hyphen > 1 && _firstNames.TryGetValue(word[..hyphen], out gender);
    }

    /// <summary>Whether a noun that no list has ends as nouns for people do.</summary>
    public bool HasPersonEnding(string noun) => _personEndings.Any(ending => noun.Length > ending.Length + 1 && noun.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string[]> Rows(Language language, string list) =>
        language.Lines(list).Select(line => line.Split('\t')).Where(columns => columns.Length > 1);

    private static void Add(Dictionary<string, SpeakerWord> words, string word, WordUses uses, Gender gender, string? field)
    {
        if (!words.TryGetValue(word, out var known))
            words.Add(word, known = new SpeakerWord());
        known.Uses |= uses;
        if (known.Gender == Gender.Unknown)
            known.Gender = gender;
        if (known.Field is null && field != "-")
            known.Field = field;
    }

    private static WordUses UsesOf(Noun noun)
    {
        var uses = WordUses.None;
        foreach (var (kind, use) in new[] { (NounClasses.Role, WordUses.Role), (NounClasses.Body, WordUses.Body), (NounClasses.Document, WordUses.Document), (NounClasses.Medium, WordUses.Medium), (NounClasses.Group, WordUses.Group) })
            uses |= noun.Is(kind) ? use : WordUses.None;
        foreach (var flag in noun.Flags)
        {
            uses |= flag switch
            {
                "source" => WordUses.Source,
                "spokes" => WordUses.Spokesperson,
                "press" => WordUses.Press,
                "any" => WordUses.Anybody,
                "many" => WordUses.Several,
                "plural" => WordUses.Plural,
                _ => WordUses.None,
            };
        }

        return uses;
    }

    private static WordUses PronounUse(string[] columns) =>
        (columns[2] == "p" ? WordUses.Plural : columns[2] == "x" ? WordUses.AnyNumber : WordUses.None)
        | columns[^1] switch { "body" => WordUses.BodyPronoun, "person" => WordUses.PersonPronoun, "speaker" => WordUses.SpeakerPronoun, "nobody" => WordUses.SpeakerPronoun | WordUses.ImpersonalPronoun, "relative" => WordUses.RelativePronoun, _ => WordUses.None };

    private static WordUses DeterminerUse(string kind) => kind switch
    {
        "definite" => WordUses.Definite,
        "indefinite" => WordUses.Indefinite,
        "this" => WordUses.Demonstrative,
        "possessive" => WordUses.Possessive,
        _ => WordUses.Contracted,
    };

    private static Gender GenderOf(char letter) => letter switch { 'm' => Gender.Masculine, 'f' => Gender.Feminine, _ => Gender.Unknown };

    private static FrozenDictionary<uint, uint> ReadActWords(Language language)
    {
        var lemmatizer = Lemmatizer.For(language);
        var words = new Dictionary<uint, uint>();
        foreach (var columns in language.Lines("act-words").Select(line => line.Split('\t')))
        {
            var acts = columns[1].Split(',').Aggregate(0u, (bits, name) => bits | (1u << (int)Enum.Parse<Act>(name, ignoreCase: true)));
            words[(uint)TextHash.Of(columns[0])] = acts;
            if (lemmatizer is null)
                continue;
            foreach (var tag in new[] { PartOfSpeech.Verb, PartOfSpeech.Noun, PartOfSpeech.Adjective })
                words[(uint)lemmatizer.Key(columns[0], tag)] = acts;
        }

        return words.ToFrozenDictionary();
    }
}
