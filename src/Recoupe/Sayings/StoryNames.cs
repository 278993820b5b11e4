using Recoupe.Languages;

namespace Recoupe.Sayings;

/// <summary>Which names of a story mean one: "Salen" in one article is the Victor Salen of another, if no other Salen is named.</summary>
internal sealed class StoryNames
{
    private readonly Dictionary<string, string> _fullest = new(StringComparer.Ordinal);

    /// <summary>Reads all names at once.</summary>
    /// <param name="names">The names, and whether each is a person's: of those the fullest stands for all.</param>
    public StoryNames(IEnumerable<(string Name, bool IsPerson)> names)
    {
        var known = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (name, isPerson) in names)
            known[name] = known.GetValueOrDefault(name) || isPerson;

        // A name goes by its last word, what is no name by all of its words.
        foreach (var alike in known.Select(name => new Form(name.Key, name.Value)).GroupBy(form => form.IsName ? form.Words[^1] : string.Join(' ', form.Words)))
        {
            var full = new List<Form>();
            foreach (var form in alike.OrderByDescending(form => form.IsPerson)
                .ThenByDescending(form => form.Words.Length).ThenByDescending(form => form.Name.Length).ThenBy(form => form.Name, StringComparer.Ordinal))
            {
                var holders = full.FindAll(other => IsShortOf(form, other) || IsShortOf(other, form));
                if (holders.Count != 1)
                    full.Add(form);
                _fullest[form.Name] = holders.Count == 1 ? holders[0].Name : form.Name;
            }
        }
    }

    /// <summary>The fullest form of a name in the story; the name itself where it was not among those read.</summary>
    public string this[string name] => _fullest.GetValueOrDefault(name, name);

    // "V. Salen" may be Victor Salen, "J. Salen" not. "Kiev" is not the embassy in Kiev: only a person goes by the last word alone, beside words that are
    // all of the name; else the fuller one ends with all of the shorter, as "the prefect Victor Salen" does.
    private static bool IsShortOf(Form form, Form fuller)
    {
        if (form.Words.Length > 1 && fuller.Words.AsSpan().EndsWith(form.Words))
            return true;
        return (form.IsPerson && fuller.IsPerson || (form.IsPerson || fuller.IsPerson) && form.IsAllName && fuller.IsAllName)
            && Array.TrueForAll(form.Words, word => fuller.Words.Contains(word) || word.Length == 1 && Array.Exists(fuller.Words, full => full[0] == word[0]));
    }

    private sealed record Form(string Name, bool IsPerson)
    {
        public string[] Words { get; } =
            Folding.Fold(Name).Split([' ', '.', '-', '’', '\''], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [Name];

        /// <summary>Whether its last word has a capital.</summary>
        public bool IsName { get; } = char.IsUpper(Name[Name.LastIndexOf(' ') < Name.Length - 1 ? Name.LastIndexOf(' ') + 1 : 0]);

        /// <summary>Whether all its words have one.</summary>
        public bool IsAllName { get; } = Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => char.IsUpper(word[0]));
    }
}
