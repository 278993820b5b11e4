using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>
/// Names the speakers of a story's statements by what its other articles tell of them: a lone family name by the full one, the letters of a body
/// by its name, a role ("le maire", "the minister") by the one person who is told to hold it.
/// </summary>
public static class SpeakerNames
{
    // A role stands beside the name that holds it: so many words at most.
    private const int MostBeside = 9;

    // Shorter words beside a name tell nothing of who that is.
    private const int LeastTelling = 5;

    // Two letters may be anybody's.
    private const int FewestLetters = 3;

    // More places where one name stands tell nothing new of whom it names.
    private const int MostPlaces = 60;

    /// <summary>The same articles in the same order; only the names of speakers change.</summary>
    /// <param name="articles">The articles of a story.</param>
    public static ImmutableArray<AnnotatedArticle> Resolve(ImmutableArray<AnnotatedArticle> articles) => Resolve(articles, []);

    internal static ImmutableArray<AnnotatedArticle> Resolve(ImmutableArray<AnnotatedArticle> articles, ImmutableArray<SourcingRule> silenced)
    {
        if (articles.Length < 2)
            return articles;
        var people = People(articles);
        var names = new StoryNames(
            people.Values.SelectMany(person => person.Forms).Select(name => (name, true))
                .Concat(articles.SelectMany(article => article.Statements).Select(statement => statement.Speaker).Where(speaker => speaker is { Name.Length: > 0 } && speaker.Type != SpeakerType.Medium)
                    .Select(speaker => (speaker!.Name!, speaker.Type == SpeakerType.Person))),
            articles.Select(article => article.Entities.Where(entity => entity.Type == EntityType.Person).Select(entity => entity.Name)),
            people.Values.SelectMany(person => person.Forms.SelectMany(form => person.Seen.SelectMany(seen => seen.Before.Concat(seen.After)).Where(word => word.Length >= LeastTelling).Distinct().Select(word => (form, word))))
                .ToLookup(pair => pair.form, pair => pair.word, StringComparer.Ordinal),
            silenced);
        var bodies = articles.SelectMany(article => article.Entities).Where(entity => entity.Type is EntityType.Organisation or EntityType.Place).Select(entity => entity.Name).ToHashSet(StringComparer.Ordinal);
        var beside = new Dictionary<string, List<Person>>(StringComparer.Ordinal);
        foreach (var person in OnePerName(people.Values, names))
        {
            foreach (var key in person.Seen.SelectMany(seen => seen.Before.Concat(seen.After).SelectMany(word => KeysOf(word, seen.Language))).Distinct())
            {
                if (!beside.TryGetValue(key, out var holders))
                    beside[key] = holders = [];
                holders.Add(person);
            }
        }

        bool Keeps(SourcingRule rule) => !silenced.Contains(rule);
        if (Keeps(SourcingRule.BodiesInFull))
            articles = InFull(articles, bodies);
        var small = SmallWords(articles);
        return [.. articles.Select(article => Keeps(SourcingRule.ThingsDoNotSpeak) ? article with { Statements = SpeakerJudge.Judge(article) } : article).Select(article => Keeps(SourcingRule.CleanNames) ? Clean(article, small) : article).Select(article => article with
        {
            Statements = [.. article.Statements.Select(statement => statement.Speaker is { Name: { Length: > 0 } } speaker && !statement.Corrected
                ? Resolve(article, statement, speaker, names, bodies, beside, Keeps)
                : statement)],
        })];
    }

    // "The BQF" is the one body of the story whose words begin with these letters; "U.S. Survey" and "US survey" are one, as most articles write it.
    private static ImmutableArray<AnnotatedArticle> InFull(ImmutableArray<AnnotatedArticle> articles, HashSet<string> bodies)
    {
        var told = articles.SelectMany(article => article.Statements.Select(statement => statement.Speaker).Where(speaker => speaker is { Type: SpeakerType.Organisation, Name: { Length: > 0 } }).Select(speaker => speaker!.Name!).Distinct(StringComparer.Ordinal))
            .CountBy(name => name, StringComparer.Ordinal).ToList();
        var named = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var alike in told.GroupBy(name => BareOf(name.Key), StringComparer.Ordinal))
        {
            var most = alike.OrderByDescending(name => name.Value).ThenBy(name => name.Key, StringComparer.Ordinal).First().Key;
            foreach (var (name, _) in alike.Where(name => name.Key != most))
                named[name] = most;
        }

        var full = bodies.Concat(told.Select(name => named.GetValueOrDefault(name.Key, name.Key))).Where(name => name.Contains(' ', StringComparison.Ordinal) && char.IsUpper(name[0])).DistinctBy(BareOf, StringComparer.Ordinal).ToList();
        foreach (var (letters, _) in told.Where(name => name.Key.Length >= FewestLetters && NameInitials.IsAcronym(name.Key)))
        {
            if (full.FindAll(name => NameInitials.Match(letters.Replace(".", "", StringComparison.Ordinal), name)) is [var only])
                named[letters] = named.GetValueOrDefault(only, only);
        }

        return named.Count == 0 ? articles : [.. articles.Select(article => article with
        {
            Statements = [.. article.Statements.Select(statement => statement is { Corrected: false, Speaker: { Type: SpeakerType.Organisation, Name: { } known } speaker } && named.TryGetValue(known, out var name)
                ? statement with { Speaker = speaker with { Name = name } } : statement)],
        })];
    }

    // Case, accents and full stops aside.
    private static string BareOf(string name) => Folding.Fold(name).Replace(".", "", StringComparison.Ordinal);

    // "Police" at the head of a sentence is the police; "les familles des blessés demandent" are the families.
    private static AnnotatedArticle Clean(AnnotatedArticle article, HashSet<string> small) => article with
    {
        Statements = [.. article.Statements.Select(statement => statement.Speaker is { Type: SpeakerType.Organisation or SpeakerType.Unnamed, Name: { Length: > 0 } name } speaker && !statement.Corrected
            && CleanName(article.TextOf(statement.InTitle), speaker.Mention, name, small) is var clean && clean != name ? statement with { Speaker = speaker with { Name = clean } } : statement)],
    };

    private static string CleanName(AnalyzedText text, TextSpan? mention, string name, HashSet<string> small)
    {
        var lowered = char.ToLowerInvariant(name[0]) + name[1..];
        if (!name.Skip(1).Any(char.IsUpper) && small.Contains(lowered.Split(' ')[0]))
            name = lowered;
        if (mention is not { } span || name.Any(char.IsUpper) || !span.Quote(text.Text).EndsWith(name, StringComparison.OrdinalIgnoreCase))
            return name;
        // A description ends before its verb.
        for (var last = text.TokenAt(span.End) - 1; last >= 0 && text.Tokens[last].Start > span.Start && text.Tokens[last].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary && text.Tokens[last].Span.Length < name.Length; last--)
            name = name[..^Math.Min(name.Length, text.Tokens[last].Span.Length)].TrimEnd();
        return name;
    }

    // The words that the story writes in small letters.
    private static HashSet<string> SmallWords(ImmutableArray<AnnotatedArticle> articles) =>
        [.. articles.SelectMany(article => article.Body.Tokens.Where(token => token.Kind == TokenKind.Word && char.IsLower(article.Body.Text[token.Start])).Select(token => token.Span.Quote(article.Body.Text)))];

    private static Statement Resolve(
        AnnotatedArticle article, Statement statement, Speaker speaker, StoryNames names, HashSet<string> bodies, Dictionary<string, List<Person>> beside, Predicate<SourcingRule> keeps)
    {
        if (speaker.Type is SpeakerType.Medium or SpeakerType.Document)
            return statement;
        var name = speaker.Name!;
        if (speaker.Type == SpeakerType.Person && name.Any(char.IsUpper))
        {
            return keeps(SourcingRule.FullNames) ? Renamed(names[name], speaker.NamedBy) : statement;
        }

        // "Salen" alone may be taken for a body where the article names him only so.
        if (keeps(SourcingRule.BodiesThatArePeople) && name.Any(char.IsUpper) && names.IsPerson(name) && names[name].Contains(' ', StringComparison.Ordinal) && (names[name] != name || speaker.Type == SpeakerType.Organisation && article.Body.Language?.Words("first-names").Contains(name.AsSpan(0, name.IndexOf(' '))) == true) && (name.Contains(' ', StringComparison.Ordinal) || !bodies.Contains(name)))
            return Renamed(names[name], speaker.NamedBy);
        if (!keeps(SourcingRule.HoldersOfRoles) || speaker.Anonymity is not null || !IsDefinite(article, statement, speaker))
            return statement;
        return Holder(article, speaker, beside) is { } holder ? Renamed(names[holder.Name], Naming(holder, article)) : statement;

        Statement Renamed(string full, Evidence? by) =>
            full == name && speaker.Type == SpeakerType.Person ? statement : statement with { Speaker = speaker with { Name = full, Type = SpeakerType.Person, NamedBy = by } };
    }

    // Where the person is named who holds the role: in another article if only another names them.
    private static Evidence Naming(Person holder, AnnotatedArticle article) =>
        holder.Seen.Find(seen => seen.Evidence.Article == article.Id)?.Evidence ?? holder.Seen[0].Evidence;

    private static bool IsWithin(string[] few, string[] many)
    {
        var at = 0;
        foreach (var part in many)
            at += at < few.Length && few[at] == part ? 1 : 0;
        return at == few.Length;
    }

    // Who is told to be what the speaker is called: all words of the role beside one person's name, and beside nobody else's.
    private static Person? Holder(AnnotatedArticle article, Speaker speaker, Dictionary<string, List<Person>> beside)
    {
        if (article.Body.Language is not { } language)
            return null;
        var roles = RolesOf(speaker.Name!, language);
        // "la responsable de la communication" is as good as a name, "a senior official" is not.
        if (roles.Count == 1 && Description.Of(speaker.Name, language) is not { IsTelling: true, IsAnonymous: false })
            return null;
        var people = roles.Where(role => role.Length > 0).SelectMany(role => KeysOf(role[0], language)).SelectMany(key => beside.GetValueOrDefault(key) ?? []).Distinct();
        return Only(people, seen => roles.Exists(role => Holds(role, language, seen)));
    }

    private static Person? Only(IEnumerable<Person> people, Predicate<Beside> holds)
    {
        Person? holder = null;
        foreach (var person in people)
        {
            if (!person.Seen.Exists(holds))
                continue;
            if (holder is not null)
                return null;
            holder = person;
        }

        return holder;
    }

    // The role itself, and what else it may be called.
    private static List<string[]> RolesOf(string name, Language language)
    {
        var words = Words(name, language);
        var synonyms = language.Table("folded-role-synonyms", static known => known.Lines("role-synonyms").Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
            .Select(columns => (Words: Words(columns[0], known), Roles: columns[1].Split(',').Select(role => Words(role, known)).ToArray())).ToList());
        return [words, .. synonyms.Where(synonym => synonym.Words.SequenceEqual(words)).SelectMany(synonym => synonym.Roles)];
    }

    private static string[] Words(string text, Language language) =>
        [.. Tokenizer.Tokenize(text, language).Select(token => Folding.Fold(token.Span.In(text))).Where(word => WordSequence.KeyOf(word, language) != 0)];

    private static bool Holds(string[] role, Language language, Beside seen) =>
        role.Length > 0 && (Array.TrueForAll(role, word => Stands(word, language, seen.Before, seen.Language)) || Array.TrueForAll(role, word => Stands(word, language, seen.After, seen.Language)));

    // What a word is looked up by: itself, as a man or a woman holds the role, and its meanings for other languages.
    private static IEnumerable<string> KeysOf(string word, Language? language)
    {
        yield return word.TrimEnd('e');
        foreach (var meaning in MeaningsOf(word, language))
            yield return "#" + meaning.ToString("x", CultureInfo.InvariantCulture);
    }

    // In one language the very word, as a man or a woman holds the role; in two a common meaning.
    private static bool Stands(string word, Language language, string[] beside, Language? other)
    {
        if (other == language)
            return Array.Exists(beside, known => known == word || known + "e" == word || word + "e" == known);
        var meanings = MeaningsOf(word, language);
        return meanings.Length > 0 && Array.Exists(beside, known => meanings.Intersect(MeaningsOf(known, other)).Any());
    }

    private static ulong[] MeaningsOf(string word, Language? language)
    {
        if (language is null)
            return [];
        Span<ulong> keys = stackalloc ulong[Lexicon.Most];
        return keys[..Lexicon.Of(language).FindAll(word, PartOfSpeech.Noun, keys)].ToArray();
    }

    // "le maire", "its director": one who is known; "a teacher" is anybody.
    private static bool IsDefinite(AnnotatedArticle article, Statement statement, Speaker speaker)
    {
        if (speaker.Name!.Any(char.IsUpper) || article.Body.Language is not { } language)
            return false;
        if (speaker.Mention is not { } mention)
            return true;
        var text = article.TextOf(statement.InTitle);
        var at = text.TokenAt(mention.Start);
        var kinds = language.Table("determiner-kinds", static known => known.Lines("determiners").Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
            .GroupBy(columns => Folding.Fold(columns[0])).ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal));
        for (var i = at; i >= Math.Max(0, at - 1) && i < text.Tokens.Length; i--)
        {
            if (kinds.TryGetValue(Folding.Fold(text[text.Tokens[i]]), out var kind))
                return kind != "indefinite";
        }

        // "elle", and what goes without an article.
        return true;
    }

    private static SortedDictionary<string, Person> People(ImmutableArray<AnnotatedArticle> articles)
    {
        var people = new SortedDictionary<string, Person>(StringComparer.Ordinal);
        foreach (var article in articles)
        {
            var words = new WordSequence(article.Body);
            foreach (var entity in article.Entities)
            {
                if (entity.Type != EntityType.Person || Parts(entity.Name) is not { Length: > 1 } parts)
                    continue;
                var key = string.Join(' ', parts);
                if (!people.TryGetValue(key, out var person))
                    people[key] = person = new Person(entity.Name, parts);
                person.Forms.Add(entity.Name);
                if (!entity.InTitle && person.Seen.Count < MostPlaces)
                    person.Seen.Add(Look(article, words, entity.Span));
            }
        }

        Join(people);
        return people;
    }

    // "Tim Barrow" and "Timothy Barrow" hold one office.
    private static IEnumerable<Person> OnePerName(IEnumerable<Person> people, StoryNames names)
    {
        foreach (var forms in people.GroupBy(person => names[person.Name], StringComparer.Ordinal))
        {
            var first = forms.First();
            foreach (var other in forms.Skip(1))
            {
                first.Seen.AddRange(other.Seen);
                first.Forms.UnionWith(other.Forms);
            }

            yield return first;
        }
    }

    // "Salen" and "Victor Salen" are listed apart where articles name him differently: one person has one holder of roles.
    private static void Join(SortedDictionary<string, Person> people)
    {
        foreach (var group in people.Values.GroupBy(person => person.Parts[^1], StringComparer.Ordinal).Select(group => group.OrderByDescending(person => person.Parts.Length).ToList()).ToList())
        {
            foreach (var shorter in group.Skip(1))
            {
                if (group.FindAll(person => person.Parts.Length > shorter.Parts.Length && IsWithin(shorter.Parts, person.Parts)) is not [var longer])
                    continue;
                longer.Seen.AddRange(shorter.Seen);
                longer.Forms.UnionWith(shorter.Forms);
                people.Remove(string.Join(' ', shorter.Parts));
            }
        }
    }

    // The words of the noun phrase before a name ("la ministre Léa Morvanne", "le maire, Jean Ferrand") and of the apposition after it.
    private static Beside Look(AnnotatedArticle article, WordSequence words, TextSpan span)
    {
        var (from, to) = words.Range(span);
        var tokens = article.Body.Tokens;
        var sentence = article.Body.SentenceAt(span.Start);
        var (start, end) = sentence < 0 ? (from, to) : words.Range(article.Body.Sentences[sentence]);
        var text = article.Body.Text;
        var begin = from;
        while (begin > start && from - begin < MostBeside && (IsOfNounPhrase(tokens[begin - 1]) || (begin == from && IsComma(tokens[begin - 1]))))
            begin--;
        var stop = to;
        if (to < end && (IsComma(tokens[to]) || text[tokens[to].Start] == '('))
        {
            stop = to + 1;
            while (stop < end && stop - to < MostBeside && IsOfNounPhrase(tokens[stop]))
                stop++;
        }

        return new Beside(new Evidence(article.Id, span), article.Body.Language, words.Words[begin..from].ToArray(), words.Words[to..Math.Max(to, stop)].ToArray());

        bool IsComma(Token token) => token.Kind == TokenKind.Mark && text[token.Start] == ',';
    }

    private static bool IsOfNounPhrase(Token token) => token.Kind != TokenKind.Mark && token.Tag is PartOfSpeech.Noun or PartOfSpeech.ProperNoun or PartOfSpeech.Adjective
        or PartOfSpeech.Determiner or PartOfSpeech.Adposition or PartOfSpeech.Particle or PartOfSpeech.Adverb or PartOfSpeech.Numeral;

    private static string[] Parts(string name) => [.. name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part => Folding.Fold(part))];

    private sealed record Person(string Name, string[] Parts)
    {
        public List<Beside> Seen { get; } = [];

        /// <summary>How the articles write the name.</summary>
        public SortedSet<string> Forms { get; } = new(StringComparer.Ordinal);
    }

    /// <summary>The folded words that tell at one place who a person is.</summary>
    private sealed record Beside(Evidence Evidence, Language? Language, string[] Before, string[] After);
}
