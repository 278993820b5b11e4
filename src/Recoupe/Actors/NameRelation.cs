using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Statements;

namespace Recoupe.Actors;

/// <summary>What two names have to do with each other.</summary>
internal enum NameRelation
{
    /// <summary>Nothing, or one of the two is no name.</summary>
    None,

    /// <summary>They cannot be one: Luc and Lucie Ferrand.</summary>
    Conflict,
    Spelling,
    Variant,
    Initials,
    Short,
    Same,
}

/// <summary>A name in folded words.</summary>
internal sealed class NameForm
{
    // A first name cut short keeps so many letters ("Tim" for Timothy), and loses so many: "Jeanne" is not Jean.
    private const int ShortestCut = 3;
    private const int LeastCut = 3;

    // A letter more, less or other makes no other name from this length on ("Andrei", "Andrey").
    private const int LongEnough = 5;

    private static readonly FrozenSet<string> Nicknames = Language.All.SelectMany(language => language.Lines("nicknames")).Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
        .SelectMany(columns => columns[1].Split(',').SelectMany(name => new[] { $"{Folding.Fold(name)} {Folding.Fold(columns[0])}", $"{Folding.Fold(columns[0])} {Folding.Fold(name)}" }))
        .ToFrozenSet(StringComparer.Ordinal);

    // With their gender; empty where languages differ.
    private static readonly FrozenDictionary<string, string> FirstNames = Language.All.SelectMany(language => language.Lines("first-names")).Select(line => line.Split('\t'))
        .GroupBy(columns => Folding.Fold(columns[0]), columns => columns[^1]).ToFrozenDictionary(names => names.Key, names => names.Distinct().Count() == 1 ? names.First() : "", StringComparer.Ordinal);

    public NameForm(string name, bool isPerson)
    {
        Name = name;
        IsPerson = isPerson;
        Words = Folding.Fold(name).Split([' ', '.', '-', '’', '\'', '\u00AD'], StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } words ? words : [name];
        IsAllName = name.Split(' ', StringSplitOptions.RemoveEmptyEntries).All(word => char.IsUpper(word[0]));
    }

    public string Name { get; }

    public bool IsPerson { get; }

    public string[] Words { get; }

    /// <summary>Whether all its words have a capital.</summary>
    public bool IsAllName { get; }

    /// <summary>How this name and another one, of an actor that may be the same, relate.</summary>
    public NameRelation To(NameForm other)
    {
        if (Words.AsSpan().SequenceEqual(other.Words))
            return NameRelation.Same;
        if (NameInitials.IsAcronym(Name) && NameInitials.Match(Name.Replace(".", "", StringComparison.Ordinal), other.Name)
            || NameInitials.IsAcronym(other.Name) && NameInitials.Match(other.Name.Replace(".", "", StringComparison.Ordinal), Name))
            return NameRelation.Initials;
        if (IsShortOf(other) || other.IsShortOf(this))
            return NameRelation.Short;
        if (Words.Length < 2 || other.Words.Length < 2 || !IsPerson || !other.IsPerson)
            return NameRelation.None;
        if (Words[^1] == other.Words[^1])
            return IsSameFirstName(Words[0], other.Words[0]) ? NameRelation.Variant : NameRelation.Conflict;
        return Words[0] == other.Words[0] && IsOneLetterOff(Words[^1], other.Words[^1]) ? NameRelation.Spelling : NameRelation.None;
    }

    // "V. Salen" may be Victor Salen, "J. Salen" not. "Kiev" is not the embassy in Kiev: only a person goes by the last word alone.
    private bool IsShortOf(NameForm fuller)
    {
        if (Words.Length > 1 && fuller.Words.AsSpan().EndsWith(Words))
            return true;
        return Words.Length < fuller.Words.Length && IsPerson && fuller.IsPerson && IsAllName && Words[^1] == fuller.Words[^1]
            && Array.TrueForAll(Words, word => fuller.Words.Contains(word) || word.Length == 1 && Array.Exists(fuller.Words, full => full[0] == word[0]));
    }

    private static bool IsSameFirstName(string first, string second)
    {
        if (first == second)
            return true;
        // "Louis" and "Louise" are two.
        if (FirstNames.TryGetValue(first, out var gender) && FirstNames.TryGetValue(second, out var other) && gender != other && gender is "m" or "f" && other is "m" or "f")
            return false;
        var (shorter, longer) = first.Length <= second.Length ? (first, second) : (second, first);
        return shorter.Length == 1 && longer[0] == shorter[0]
            || shorter.Length >= ShortestCut && longer.Length >= shorter.Length + LeastCut && longer.StartsWith(shorter, StringComparison.Ordinal)
            || Nicknames.Contains($"{first} {second}")
            || IsOneLetterOff(first, second);
    }

    /// <summary>Whether two folded words of a name differ by one letter, put in, left out or changed; short words never do.</summary>
    internal static bool IsOneLetterOff(string a, string b) => Math.Min(a.Length, b.Length) >= LongEnough && AreAlike(a, b);

    /// <summary>As <see cref="IsOneLetterOff"/> for words as short as a first name may be cut: no proof of itself.</summary>
    internal static bool AreAlike(string a, string b)
    {
        if (Math.Min(a.Length, b.Length) < ShortestCut || Math.Abs(a.Length - b.Length) > 1)
            return false;
        var start = a.AsSpan().CommonPrefixLength(b);
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)])
            end++;
        return Math.Max(a.Length, b.Length) - start - end <= 1;
    }
}
