using System.Collections.Immutable;

namespace Recoupe.Languages;

/// <summary>What a noun can stand for.</summary>
[Flags]
public enum NounClasses
{
    None = 0,

    /// <summary>A person by what they do or are.</summary>
    Role = 1,

    /// <summary>With <see cref="Role"/>: by whom they belong to (mother, colleague).</summary>
    Relation = 1 << 1,
    Body = 1 << 2,

    /// <summary>People together, without office.</summary>
    Group = 1 << 3,
    Document = 1 << 4,
    Medium = 1 << 5,

    /// <summary>Stands for who works there.</summary>
    Place = 1 << 6,

    /// <summary>Qualifies a source (senior, diplomatique).</summary>
    Quality = 1 << 7,
}

/// <summary>A line of <c>nouns.txt</c>: a form of a noun and all that is known of who or what it stands for.</summary>
/// <param name="Word">As written.</param>
/// <param name="Gender">m, f, or x where it is either.</param>
/// <param name="Field">Two nouns of one field may mean one person or body; null where it has none.</param>
/// <param name="SourceKind">What sort of person an unnamed source is ("any" fits all); null where it tells none.</param>
/// <param name="SpeaksFor">Of an office that one person holds, the nouns of the bodies it speaks for, parted by |, or *; null where it is no such office.</param>
public sealed record Noun(string Word, NounClasses Classes, char Gender, string? Field, ImmutableArray<string> Flags, string? SourceKind, string? SpeaksFor)
{
    /// <summary>Whether it stands for any of <paramref name="classes"/>.</summary>
    public bool Is(NounClasses classes) => (Classes & classes) != NounClasses.None;

    /// <summary>Whether the line has a flag.</summary>
    public bool Has(string flag) => Flags.Contains(flag);
}

/// <summary>The nouns of a language for who and what may speak.</summary>
public sealed class Nouns
{
    private Nouns(Language language) => All = [.. language.Lines("nouns").Select(line => line.Split('\t')).Where(columns => columns.Length == 7).Select(Read)];

    /// <summary>In the file's order.</summary>
    public ImmutableArray<Noun> All { get; }

    /// <summary>Those of <paramref name="language"/>, read once.</summary>
    public static ImmutableArray<Noun> Of(Language language) => language.Table("nouns", static known => new Nouns(known)).All;

    private static Noun Read(string[] columns) => new(columns[0], Classes(columns[1]), columns[2][0], Told(columns[3]),
        columns[4] == "-" ? [] : [.. columns[4].Split(',')], Told(columns[5]), Told(columns[6]));

    private static NounClasses Classes(string names)
    {
        var classes = NounClasses.None;
        foreach (var name in names.Split(','))
            classes |= Enum.Parse<NounClasses>(name, ignoreCase: true);
        return classes;
    }

    private static string? Told(string column) => column == "-" ? null : column;
}
