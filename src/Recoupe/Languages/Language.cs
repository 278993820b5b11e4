using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Reflection;

namespace Recoupe.Languages;

/// <summary>What Recoupe knows of one language: the lists in its folder. The only door to language knowledge.</summary>
/// <remarks>
/// A list is a file <c>Languages/&lt;code&gt;/&lt;list&gt;.txt</c> built into the program: one entry a line, <c>#</c> opens a comment,
/// columns are parted by tabs. A list that a language lacks is empty: the feature that rests on it is off for that language.
/// </remarks>
public sealed class Language
{
    private static readonly FrozenDictionary<string, Language> Known = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith("Languages/", StringComparison.Ordinal) && name.Count(c => c == '/') == 2)
        .Select(name => name.Split('/')[1])
        .Distinct()
        .ToFrozenDictionary(code => code, code => new Language(code));

    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _lines = new();
    private readonly ConcurrentDictionary<string, IWordSet> _words = new();
    private readonly ConcurrentDictionary<string, object> _tables = new();
    private readonly ConcurrentDictionary<string, object> _models;

    private Language(string code, ConcurrentDictionary<string, object>? models = null) => (Code, _models) = (code, models ?? new());

    /// <summary>ISO 639-1 code, in lower case.</summary>
    public string Code { get; }

    /// <summary>The languages that have a folder, by code.</summary>
    public static ImmutableArray<Language> All { get; } = [.. Known.Values.OrderBy(language => language.Code, StringComparer.Ordinal)];

    /// <summary>The language of an ISO 639-1 code or a tag that starts with one (<c>fr-CA</c>), or null where it has no folder.</summary>
    public static Language? Find(string? code)
    {
        if (code is null)
            return null;
        var primary = code.Split('-', '_')[0].ToLowerInvariant();
        return Known.GetValueOrDefault(primary);
    }

    /// <summary>Whether the language has <paramref name="list"/>.</summary>
    public bool Has(string list) => Lines(list).Length > 0;

    /// <summary>The entries of <paramref name="list"/> in the file's order, comments and empty lines left out; empty if there is none.</summary>
    public ImmutableArray<string> Lines(string list) =>
        _lines.GetOrAdd(list, static (name, code) => ReadLines($"Languages/{code}/{name}.txt"), Code);

    /// <summary>The entries of <paramref name="list"/> (first column) as a set.</summary>
    public IWordSet Words(string list) =>
        _words.GetOrAdd(list, static (name, language) => new WordSet(language.Lines(name).Select(line => line.Split('\t')[0])), this);

    /// <summary>The same language without one of its lists, with tables of its own: to measure what the list is worth.</summary>
    public Language Without(string list)
    {
        var other = new Language(Code, _models);
        other._lines[list] = [];
        return other;
    }

    /// <summary>The lists that were asked for so far and hold something.</summary>
    internal IEnumerable<string> Asked => _lines.Where(static pair => pair.Value.Length > 0).Select(static pair => pair.Key);

    /// <summary>Something that a stage builds once from the lists, kept with the language under <paramref name="name"/>.</summary>
    public T Table<T>(string name, Func<Language, T> build)
        where T : class => (T)_tables.GetOrAdd(name, static (_, state) => state.build(state.language), (build, language: this));

    /// <summary>Something trained, loaded once for the language, whatever lists it is without.</summary>
    public T Model<T>(string name, Func<Language, T> load)
        where T : class => (T)_models.GetOrAdd(name, static (_, state) => state.load(state.language), (load, language: this));

    /// <summary>The lines of a list that belongs to no single language, such as <c>Languages/media.tsv</c>.</summary>
    public static ImmutableArray<string> SharedLines(string file) => ReadLines("Languages/" + file);

    /// <inheritdoc/>
    public override string ToString() => Code;

    private static ImmutableArray<string> ReadLines(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource);
        if (stream is null)
            return [];
        using var reader = new StreamReader(stream);
        var lines = ImmutableArray.CreateBuilder<string>();
        while (reader.ReadLine() is { } line)
        {
            var comment = line.IndexOf('#', StringComparison.Ordinal);
            var entry = (comment < 0 ? line : line[..comment]).TrimEnd(' ').TrimStart(' ');
            if (entry.Length > 0)
                lines.Add(entry);
        }

        return lines.ToImmutable();
    }
}
