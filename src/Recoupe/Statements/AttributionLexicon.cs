using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Statements;

/// <summary>What a closed-class word can do around an attribution; the classes of <c>function-words.txt</c>.</summary>
[Flags]
internal enum WordClasses
{
    None = 0,
    Determiner = 1,
    Pronoun = 1 << 1,
    Relative = 1 << 2,
    That = 1 << 3,
    Whether = 1 << 4,
    ToInfinitive = 1 << 5,
    Of = 1 << 6,
    Preposition = 1 << 7,
    Coordinator = 1 << 8,
    Subordinator = 1 << 9,
    Auxiliary = 1 << 10,
    Be = 1 << 11,
    Not = 1 << 12,
    Adverb = 1 << 13,
    Time = 1 << 14,
    Clitic = 1 << 15,
    InvertedPronoun = 1 << 16,
    Reflexive = 1 << 17,
    By = 1 << 18,
    Title = 1 << 19,
    Question = 1 << 20,
    Possessive = 1 << 21,
    Channel = 1 << 22,
    ObjectPronoun = 1 << 23,
    Connective = 1 << 24,
    Omissible = 1 << 25,
    Stressed = 1 << 26,
    Role = 1 << 27,
    NoSource = 1 << 28,
    NonFinite = 1 << 29,

    /// <summary>First person of the outlet: our correspondent.</summary>
    Ours = 1 << 30,
}

/// <summary>The form that a verb stands in.</summary>
[Flags]
internal enum VerbForms
{
    None = 0,
    Finite = 1,
    PastParticiple = 2,
    PresentParticiple = 4,
    Infinitive = 8,
}

/// <summary>What the content of an attributing word may be; the letters of <c>reporting-verbs.txt</c>.</summary>
[Flags]
internal enum ContentFrames
{
    None = 0,
    Quotation = 1,
    Clause = 2,
    Infinitive = 4,
    Noun = 8,

    /// <summary>A hearer stands between verb and content (told reporters that …).</summary>
    Hearer = 16,
}

/// <summary>How a reporting verb attributes.</summary>
internal enum Voice
{
    Say,
    Think,
    Want,
}

/// <summary>A line of <c>reporting-verbs.txt</c>.</summary>
/// <param name="Lemma">As listed.</param>
/// <param name="Rest">The words after the first verb.</param>
/// <param name="IsReflexive">Whether a reflexive pronoun must precede.</param>
internal sealed record ReportingVerb(
    string Lemma, ImmutableArray<string> Rest, bool IsReflexive, Voice Voice, ContentFrames Frames, int Index, Act Act);

/// <summary>A line of <c>reporting-nouns.txt</c>.</summary>
internal sealed record ReportingNoun(string Lemma, ContentFrames Frames, Act Act);

/// <summary>A verb in a form.</summary>
internal readonly record struct VerbReading(ReportingVerb Verb, VerbForms Forms);

/// <summary>All that the lists say of one word.</summary>
internal sealed class WordReading
{
    public static readonly WordReading Nothing = new();

    public WordClasses Classes { get; set; }

    public ImmutableArray<VerbReading> Verbs { get; set; } = [];

    public ReportingNoun? Noun { get; set; }

    /// <summary>The forms of all readings.</summary>
    public VerbForms Forms { get; set; }
}

/// <summary>A preposition that names a source.</summary>
/// <param name="Words">Its words.</param>
/// <param name="IsAmbiguous">Whether it means other things too.</param>
internal sealed record SourcePreposition(ImmutableArray<string> Words, bool IsAmbiguous);

/// <summary>The words that attribute in one language, by their forms.</summary>
internal sealed class AttributionLexicon
{
    private readonly WordTable<WordReading> _words;

    private AttributionLexicon(Language language)
    {
        var readings = new Dictionary<string, WordReading>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in language.Lines("function-words"))
        {
            var columns = line.Split('\t');
            var reading = At(readings, columns[0]);
            foreach (var name in columns.Length > 1 ? columns[1].Split(',') : [])
                reading.Classes |= ClassOf(name);
        }

        foreach (var noun in Nouns.Of(language).Where(noun => noun.Has("speaks") && noun.Is(NounClasses.Role | NounClasses.Body)))
            At(readings, noun.Word).Classes |= WordClasses.Role;
        foreach (var noun in language.Lines("non-sources"))
            At(readings, noun).Classes |= WordClasses.NoSource;
        AddVerbs(language, readings);
        foreach (var line in language.Lines("reporting-nouns"))
        {
            var columns = line.Split('\t');
            if (columns.Length < 4)
                continue;
            var noun = new ReportingNoun(columns[0], FramesOf(columns[3]), ActOf(columns[2]));
            At(readings, columns[0]).Noun = noun;
            At(readings, columns[1]).Noun = noun;
        }

        SourcePrepositions = [.. language.Lines("source-prepositions").Select(line => line.Split('\t'))
            .Select(columns => new SourcePreposition([.. Words(columns[0])], columns.Length > 1)).OrderByDescending(preposition => preposition.Words.Length)];
        FirstWords = TableOf(SourcePrepositions.Select(preposition => preposition.Words[0]));
        Connectives = [.. language.Lines("connectives").Select(line => Words(line).ToImmutableArray())];
        MarksInfinitives = !language.Lines("infinitive-endings").IsEmpty;
        OmitsThat = readings.Values.Any(static reading => reading.Classes.HasFlag(WordClasses.Omissible));
        _words = new WordTable<WordReading>(readings, straightens: true);
    }

    /// <summary>Longest first.</summary>
    public ImmutableArray<SourcePreposition> SourcePrepositions { get; }

    /// <summary>The first words of all source prepositions.</summary>
    public WordTable<bool> FirstWords { get; }

    /// <summary>Words that join a sentence to the one before, as tokens.</summary>
    public ImmutableArray<ImmutableArray<string>> Connectives { get; }

    /// <summary>Whether infinitives have an ending of their own.</summary>
    public bool MarksInfinitives { get; }

    /// <summary>Whether a clause may follow its verb without a word that introduces it.</summary>
    public bool OmitsThat { get; }

    /// <summary>The lexicon of <paramref name="language"/>, built once.</summary>
    public static AttributionLexicon Of(Language language) => language.Table("attribution lexicon", known => new AttributionLexicon(known));

    /// <summary>What the lists say of <paramref name="word"/>.</summary>
    public WordReading Find(ReadOnlySpan<char> word) => _words.TryGetValue(word, out var found) ? found : WordReading.Nothing;

    private static WordTable<bool> TableOf(IEnumerable<string> words) =>
        new(words.Distinct(StringComparer.OrdinalIgnoreCase).Select(word => KeyValuePair.Create(word, true)), straightens: true);

    // Cut as the tokenizer cuts: an elided word keeps its apostrophe and stands alone.
    private static IEnumerable<string> Words(string entry)
    {
        foreach (var part in entry.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var apostrophe = part.IndexOf('\'', StringComparison.Ordinal);
            if (apostrophe is > 0 and <= 2 && apostrophe + 1 < part.Length)
            {
                yield return part[..(apostrophe + 1)];
                yield return part[(apostrophe + 1)..];
            }
            else
            {
                yield return part;
            }
        }
    }

    private static WordReading At(Dictionary<string, WordReading> readings, string word)
    {
        if (!readings.TryGetValue(word, out var reading))
            readings.Add(word, reading = new WordReading());
        return reading;
    }

    private static void AddVerbs(Language language, Dictionary<string, WordReading> readings)
    {
        var conjugations = language.Lines("conjugations").Select(line => line.Split('\t')).Where(columns => columns.Length == 4)
            .OrderByDescending(columns => columns[0].Trim('-').Length).ToList();
        var index = 0;
        foreach (var line in language.Lines("reporting-verbs"))
        {
            var columns = line.Split('\t');
            if (columns.Length < 4)
                continue;
            var words = Words(columns[0]).ToList();
            var reflexive = words.Count > 1 && readings.TryGetValue(words[0], out var first) && first.Classes.HasFlag(WordClasses.Reflexive);
            if (reflexive && words.Count > 2 && readings.TryGetValue(words[1], out var second) && second.Classes.HasFlag(WordClasses.Clitic))
                words.RemoveAt(1);
            var head = words[reflexive ? 1 : 0];
            var voice = columns[1] switch { "think" => Voice.Think, "want" => Voice.Want, _ => Voice.Say };
            var verb = new ReportingVerb(columns[0], [.. words.Skip(reflexive ? 2 : 1)], reflexive, voice, FramesOf(columns[3]), index++, ActOf(columns[2]));
            AddForm(readings, head, verb, VerbForms.Infinitive);
            if (conjugations.Find(row => head.EndsWith(row[0].Trim('-'), StringComparison.Ordinal)) is not { } conjugation)
                continue;
            var stem = head[..^conjugation[0].Trim('-').Length];
            foreach (var (column, forms) in new[] { (1, VerbForms.Finite), (2, VerbForms.PastParticiple), (3, VerbForms.PresentParticiple) })
            {
                foreach (var ending in conjugation[column].Split(' ', StringSplitOptions.RemoveEmptyEntries))
                    AddForm(readings, stem + ending.Trim('-'), verb, forms);
            }
        }
    }

    private static void AddForm(Dictionary<string, WordReading> readings, string form, ReportingVerb verb, VerbForms forms)
    {
        var reading = At(readings, form);
        reading.Forms |= forms;
        var at = reading.Verbs.ToList().FindIndex(known => known.Verb == verb);
        reading.Verbs = at < 0
            ? reading.Verbs.Add(new VerbReading(verb, forms))
            : reading.Verbs.SetItem(at, new VerbReading(verb, reading.Verbs[at].Forms | forms));
    }

    private static ContentFrames FramesOf(string letters)
    {
        var frames = ContentFrames.None;
        foreach (var letter in letters)
        {
            frames |= letter switch
            {
                'q' => ContentFrames.Quotation,
                'c' => ContentFrames.Clause,
                'i' => ContentFrames.Infinitive,
                'n' => ContentFrames.Noun,
                'p' => ContentFrames.Hearer,
                _ => ContentFrames.None,
            };
        }

        return frames;
    }

    private static Act ActOf(string name) => Enum.TryParse<Act>(name, ignoreCase: true, out var act) ? act : Act.Say;

    private static WordClasses ClassOf(string name) => name switch
    {
        "det" => WordClasses.Determiner,
        "pron" => WordClasses.Pronoun,
        "rel" => WordClasses.Relative,
        "that" => WordClasses.That,
        "whether" => WordClasses.Whether,
        "toinf" => WordClasses.ToInfinitive,
        "of" => WordClasses.Of,
        "prep" => WordClasses.Preposition,
        "coord" => WordClasses.Coordinator,
        "sub" => WordClasses.Subordinator,
        "aux" => WordClasses.Auxiliary,
        "be" => WordClasses.Be,
        "not" => WordClasses.Not,
        "adv" => WordClasses.Adverb,
        "time" => WordClasses.Time,
        "clitic" => WordClasses.Clitic,
        "inv" => WordClasses.InvertedPronoun,
        "refl" => WordClasses.Reflexive,
        "by" => WordClasses.By,
        "title" => WordClasses.Title,
        "ques" => WordClasses.Question,
        "poss" => WordClasses.Possessive,
        "chan" => WordClasses.Channel,
        "obj" => WordClasses.ObjectPronoun,
        "conn" => WordClasses.Connective,
        "omit" => WordClasses.Omissible,
        "stressed" => WordClasses.Stressed,
        "nonfin" => WordClasses.NonFinite,
        "ours" => WordClasses.Ours,
        _ => WordClasses.None,
    };
}
