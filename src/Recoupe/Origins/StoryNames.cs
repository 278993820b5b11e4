using System.Collections.Frozen;
using System.Collections.Immutable;

using Recoupe.Actors;
using Recoupe.Languages;
using Recoupe.Points;

namespace Recoupe.Origins;

/// <summary>
/// Which names of a story mean one: "Salen" in one article is the Victor Salen of another, if no other Salen is named; so is "the prefect
/// Victor Salen", "V. Salen", "Vic Salen".
/// </summary>
internal sealed class StoryNames
{
    // A first name cut short keeps so many letters ("Tim" for Timothy).
    private const int ShortestCut = 3;

    // "Jeanne" is not Jean: so many letters are cut at least.
    private const int LeastCut = 3;

    // Of two who hold one office so many words beside the name are the same: "safety director".
    private const int EnoughBeside = 2;

    // An article that names more people by one name is a list.
    private const int MostAlike = 20;

    private static readonly FrozenSet<string> Nicknames = Language.All.SelectMany(language => language.Lines("nicknames")).Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
        .SelectMany(columns => columns[1].Split(',').SelectMany(name => new[] { $"{Folding.Fold(name)} {Folding.Fold(columns[0])}", $"{Folding.Fold(columns[0])} {Folding.Fold(name)}" }))
        .ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Prefixed = Language.All.SelectMany(language => new[] { "titles", "organisation-words", "organisation-heads", "place-words" }.SelectMany(list => language.Lines(list))
        .Select(line => line.Split('\t')[0]).Concat(Nouns.Of(language).Where(noun => noun.Is(NounClasses.Role | NounClasses.Body)).Select(noun => noun.Word)))
        .Select(word => Folding.Fold(word).TrimEnd('.')).ToFrozenSet(StringComparer.Ordinal);

    // With their gender.
    private static readonly FrozenDictionary<string, string> FirstNames = Language.All.SelectMany(language => language.Lines("first-names")).Select(line => line.Split('\t'))
        .GroupBy(columns => Folding.Fold(columns[0]), columns => columns[^1]).ToFrozenDictionary(names => names.Key, names => names.Distinct().Count() == 1 ? names.First() : "", StringComparer.Ordinal);

    private readonly Dictionary<string, string> _fullest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _people = new(StringComparer.Ordinal);

    /// <summary>Reads all names at once.</summary>
    /// <param name="names">The names, and whether each is a person's: of those the fullest stands for all, of those as full the one that most articles write.</param>
    /// <param name="together">Names that one article gives side by side: two first names there are two people.</param>
    /// <param name="beside">The folded words that stand beside a person's name and tell who that is; null for none.</param>
    /// <param name="silenced">Rules that are switched off.</param>
    public StoryNames(IEnumerable<(string Name, bool IsPerson)> names, IEnumerable<IEnumerable<string>>? together = null, ILookup<string, string>? beside = null, ImmutableArray<SourcingRule>? silenced = null)
    {
        bool Keeps(SourcingRule rule) => silenced?.Contains(rule) != true;
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, isPerson) in names)
            known[name] = known.GetValueOrDefault(name) || isPerson && !IsAcronym(name);
        foreach (var name in known.Keys.ToList())
        {
            if (Keeps(SourcingRule.NamesWithoutOffice) && WithoutOffice(name, known) is { } bare)
                known[bare] = true;
        }

        var byArticle = (together ?? []).Select(names => names.ToHashSet(StringComparer.Ordinal)).ToList();
        var apart = Apart(byArticle);
        var articles = byArticle.SelectMany(names => names).CountBy(name => name, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);

        // A name goes by its last word, what is no name by all of its words.
        foreach (var alike in known.Select(name => new Form(name.Key, name.Value)).GroupBy(form => form.IsName ? form.Words[^1] : string.Join(' ', form.Words)))
        {
            var full = new List<Form>();
            foreach (var form in alike.OrderByDescending(form => form.IsPerson)
                .ThenBy(form => form.Words.Length > 1 && form.Words[0].Length > 1 ? 0 : 1)
                .ThenByDescending(form => form.Words.Length).ThenByDescending(form => articles.GetValueOrDefault(form.Name)).ThenByDescending(form => form.Name.Length).ThenBy(form => form.Name, StringComparer.Ordinal))
            {
                var bare = Keeps(SourcingRule.NamesWithoutOffice) ? WithoutOffice(form.Name, known) : null;
                var holders = full.FindAll(other => other.Name == bare || bare is null && (IsShortOf(form, other) || IsShortOf(other, form) || Keeps(SourcingRule.NamesShortened) && IsVariant(form, other)));
                if (holders.Count != 1 && bare is null)
                    full.Add(form);
                _fullest[form.Name] = holders.Count == 1 ? holders[0].Name : bare is not null ? _fullest.GetValueOrDefault(bare, bare) : form.Name;
                if (form.IsPerson)
                    _people.Add(_fullest[form.Name]);
            }
        }

        // What is shorter without its office may have been given to a fuller name after it.
        foreach (var (name, full) in _fullest.ToList())
            _fullest[name] = _fullest.GetValueOrDefault(full, full);
        if (!Keeps(SourcingRule.NamesMisspelt))
            return;
        JoinSpellings(known, apart, articles, form => form.Words[0], static (first, form) => NameForm.IsOneLetterOff(first.Words[^1], form.Words[^1]));
        if (beside is not null)
            JoinSpellings(known, apart, articles, form => form.Words[^1], (first, form) => NameForm.AreAlike(first.Words[0], form.Words[0]) && !AreOfTwoGenders(first.Words[0], form.Words[0]) && beside[first.Name].Intersect(beside[form.Name], StringComparer.Ordinal).Count() >= EnoughBeside);
    }

    /// <summary>The fullest form of a name in the story; the name itself where it was not among those read.</summary>
    public string this[string name] => _fullest.GetValueOrDefault(name, name);

    /// <summary>Whether a name is a person's, by what any article tells.</summary>
    public bool IsPerson(string name) => _people.Contains(this[name]);

    // "Maria Zahharova": one letter off, beside the same first name; "Jon Owen" and "John Owen", where both hold one office.
    private void JoinSpellings(Dictionary<string, bool> known, HashSet<(string, string)> apart, Dictionary<string, int> articles, Func<Form, string> shared, Func<Form, Form, bool> isSpelling)
    {
        var people = known.Where(name => name.Value && _fullest[name.Key] == name.Key).Select(name => new Form(name.Key, true)).Where(form => form.Words.Length > 1)
            .OrderByDescending(form => articles.GetValueOrDefault(form.Name)).ThenBy(form => form.Name, StringComparer.Ordinal).ToList();
        foreach (var alike in people.GroupBy(shared, StringComparer.Ordinal))
        {
            var kept = new List<Form>();
            foreach (var form in alike)
            {
                var other = kept.Find(first => !first.Words.SequenceEqual(form.Words) && isSpelling(first, form) && !apart.Contains((first.Name, form.Name)));
                if (other is null)
                {
                    kept.Add(form);
                    continue;
                }

                foreach (var name in _fullest.Where(pair => pair.Value == form.Name).Select(pair => pair.Key).ToList())
                    _fullest[name] = other.Name;
            }
        }
    }

    private static HashSet<(string, string)> Apart(IEnumerable<IEnumerable<string>> together)
    {
        var apart = new HashSet<(string, string)>();
        foreach (var names in together)
        {
            var full = names.Distinct(StringComparer.Ordinal).Where(name => name.Contains(' ', StringComparison.Ordinal)).Select(name => new Form(name, true)).ToList();
            foreach (var alike in full.GroupBy(form => form.Words[0], StringComparer.Ordinal).Concat(full.GroupBy(form => form.Words[^1], StringComparer.Ordinal)))
            {
                var few = alike.Take(MostAlike).ToList();
                foreach (var a in few)
                    apart.UnionWith(few.Where(b => b != a).Select(b => (a.Name, b.Name)));
            }
        }

        return apart;
    }

    // "Secretary of State John Kerr", "House Chairman Mark Medow": the name behind the office, if it is named so elsewhere or begins with a first name.
    private static string? WithoutOffice(string name, Dictionary<string, bool> known)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var office = false;
        for (var i = 1; i + 2 <= words.Length; i++)
        {
            var before = Folding.Fold(words[i - 1]).TrimEnd('.');
            if (char.IsUpper(words[i - 1][0]) && FirstNames.ContainsKey(before))
                return null;
            office |= Prefixed.Contains(before);
            if (!office || !char.IsUpper(words[i][0]) || !char.IsUpper(words[^1][0]))
                continue;
            var rest = string.Join(' ', words[i..]);
            if (known.GetValueOrDefault(rest) || FirstNames.ContainsKey(Folding.Fold(words[i])) && words.Length - i <= 3 && !Prefixed.Contains(Folding.Fold(words[^1])))
                return rest;
        }

        return null;
    }

    /// <summary>Whether a name is letters alone (FBI, F.B.I.): no person's.</summary>
    public static bool IsAcronym(string name) => !name.Contains(' ', StringComparison.Ordinal) && name.Length is > 1 and <= 8 && name.All(letter => char.IsUpper(letter) || letter == '.');

    // "V. Salen" may be Victor Salen, "J. Salen" not. "Kiev" is not the embassy in Kiev: only a person goes by the last word alone, beside words that are
    // all of the name; else the fuller one ends with all of the shorter, as "the prefect Victor Salen" does.
    private static bool IsShortOf(Form form, Form fuller)
    {
        if (form.Words.Length > 1 && fuller.Words.AsSpan().EndsWith(form.Words))
            return true;
        return (form.IsPerson && fuller.IsPerson || (form.IsPerson || fuller.IsPerson) && form.IsAllName && fuller.IsAllName)
            && Array.TrueForAll(form.Words, word => fuller.Words.Contains(word) || word.Length == 1 && Array.Exists(fuller.Words, full => full[0] == word[0]));
    }

    // "Tim Barrow" and "Timothy Barrow", "Andrei Karl" and "Andrey Karl": one family name, and first names that are called one for the other.
    private static bool IsVariant(Form a, Form b)
    {
        if (!a.IsPerson || !b.IsPerson || a.Words.Length < 2 || b.Words.Length < 2 || a.Words[^1] != b.Words[^1])
            return false;
        var (first, second) = (a.Words[0], b.Words[0]);
        if (AreOfTwoGenders(first, second))
            return false;
        var (shorter, longer) = first.Length <= second.Length ? (first, second) : (second, first);
        return shorter.Length >= ShortestCut && longer.Length >= shorter.Length + LeastCut && longer.StartsWith(shorter, StringComparison.Ordinal)
            || Nicknames.Contains($"{first} {second}")
            || NameForm.IsOneLetterOff(first, second);
    }

    // "Louis" and "Louise" are two.
    private static bool AreOfTwoGenders(string first, string second) =>
        FirstNames.TryGetValue(first, out var gender) && FirstNames.TryGetValue(second, out var other) && gender != other && gender is "m" or "f" && other is "m" or "f";

    private sealed record Form(string Name, bool IsPerson)
    {
        public string[] Words { get; } =
            Folding.Fold(Name).Split([' ', '.', '-', '’', '\'', '\u00AD'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [Name];

        /// <summary>Whether its last word has a capital.</summary>
        public bool IsName { get; } = char.IsUpper(Name[Name.LastIndexOf(' ') < Name.Length - 1 ? Name.LastIndexOf(' ') + 1 : 0]);

        /// <summary>Whether all its words have one.</summary>
        public bool IsAllName { get; } = Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => char.IsUpper(word[0]));
    }
}
