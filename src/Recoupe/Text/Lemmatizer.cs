using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Gives the form under which a dictionary lists a word: the infinitive, the singular, the masculine.</summary>
/// <remarks>
/// Each word is told by its longest known ending with its part of speech, the whole word first; the ending says how many letters to cut
/// and what to put in their place. Endings are hashed and learnt by <c>Recoupe.Training lemmatizer</c> from treebanks and the conjugations of the language's folder.
/// </remarks>
public sealed class Lemmatizer
{
    /// <summary>The longest ending that is looked up beside the whole word.</summary>
    public const int LongestEnding = 7;

    private const uint Magic = 0x314D4C52; // RLM1
    private const int LongestWord = 64;

    private readonly ImmutableArray<LemmaRule> _rules;
    private readonly uint[] _slots; // 18 bits of check above, rule + 1 below
    private readonly uint _mask;

    private Lemmatizer(ImmutableArray<LemmaRule> rules, uint[] slots)
    {
        _rules = rules;
        _slots = slots;
        _mask = (uint)slots.Length - 1;
    }

    /// <summary>The lemmatizer of a language, loaded once; null where the language has none.</summary>
    public static Lemmatizer? For(Language language) => language.Model("lemmatizer", Load).Lemmatizer;

    /// <summary>Writes the lemma of <paramref name="word"/> in small letters (a proper noun is left as it is) into <paramref name="lemma"/>.</summary>
    /// <param name="lemma">At least 32 longer than the word.</param>
    /// <returns>The length of the lemma.</returns>
    public int Write(ReadOnlySpan<char> word, PartOfSpeech part, Span<char> lemma)
    {
        if (part == PartOfSpeech.ProperNoun || word.Length > LongestWord)
        {
            word.CopyTo(lemma);
            return word.Length;
        }

        var length = Lower(word, lemma);
        var rule = Find(lemma[..length], part);
        if (rule is null || rule.Cut > length)
            return length;
        rule.Ending.CopyTo(lemma[(length - rule.Cut)..]);
        return length - rule.Cut + rule.Ending.Length;
    }

    /// <summary>The lemma as a string.</summary>
    public string Lemma(ReadOnlySpan<char> word, PartOfSpeech part)
    {
        Span<char> buffer = word.Length <= LongestWord ? stackalloc char[LongestWord + 32] : new char[word.Length + 32];
        return new string(buffer[..Write(word, part, buffer)]);
    }

    /// <summary>A hash of the lemma (<see cref="TextHash"/>): equal for all forms of a word.</summary>
    public ulong Key(ReadOnlySpan<char> word, PartOfSpeech part)
    {
        Span<char> buffer = word.Length <= LongestWord ? stackalloc char[LongestWord + 32] : new char[word.Length + 32];
        return TextHash.Of(buffer[..Write(word, part, buffer)]);
    }

    /// <summary>Makes a lemmatizer.</summary>
    /// <param name="entries">Each ending (or whole word, with <c>Whole</c>) and part of speech once.</param>
    public static Lemmatizer Of(IReadOnlyList<(string Ending, bool Whole, PartOfSpeech Part, LemmaRule Rule)> entries)
    {
        var rules = entries.Select(entry => entry.Rule).Distinct().OrderBy(rule => rule.Cut).ThenBy(rule => rule.Ending, StringComparer.Ordinal).ToImmutableArray();
        if (rules.Length >= 1 << 14)
            throw new ArgumentException("Too many rules", nameof(entries));
        var numbers = rules.Select((rule, i) => (rule, i)).ToDictionary(pair => pair.rule, pair => pair.i);
        var slots = new uint[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, entries.Count * 8 / 5))];
        foreach (var (ending, whole, part, rule) in entries)
        {
            var hash = Hash(ending, whole, part);
            var slot = (uint)hash & ((uint)slots.Length - 1);
            while (slots[slot] != 0)
                slot = (slot + 1) & ((uint)slots.Length - 1);
            slots[slot] = ((uint)(hash >> 46) << 14) | (uint)(numbers[rule] + 1);
        }

        return new Lemmatizer(rules, slots);
    }

    /// <summary>Reads a lemmatizer.</summary>
    /// <exception cref="InvalidDataException">The stream holds none.</exception>
    public static Lemmatizer Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        if (reader.ReadUInt32() != Magic)
            throw new InvalidDataException("This is no lemmatizer of Recoupe");
        var rules = ImmutableArray.CreateBuilder<LemmaRule>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            rules.Add(new LemmaRule(reader.ReadByte(), reader.ReadString()));
        var slots = new uint[reader.ReadInt32()];
        if (!BitOperations.IsPow2(slots.Length))
            throw new InvalidDataException("The lemmatizer is damaged");
        stream.ReadExactly(MemoryMarshal.AsBytes(slots.AsSpan()));
        return new Lemmatizer(rules.ToImmutable(), slots);
    }

    /// <summary>Writes it as <see cref="Read"/> takes it.</summary>
    public void Write(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(_rules.Length);
        foreach (var rule in _rules)
        {
            writer.Write((byte)rule.Cut);
            writer.Write(rule.Ending);
        }

        writer.Write(_slots.Length);
        writer.Write(MemoryMarshal.AsBytes(_slots.AsSpan()));
    }

    private static Holder Load(Language language)
    {
        using var stream = typeof(Lemmatizer).Assembly.GetManifestResourceStream($"models/lemmatizer-{language.Code}.model");
        return new Holder(stream is null ? null : Read(stream));
    }

    private static int Lower(ReadOnlySpan<char> word, Span<char> into)
    {
        for (var i = 0; i < word.Length; i++)
            into[i] = word[i] is '’' or 'ʼ' ? '\'' : char.ToLowerInvariant(word[i]);
        return word.Length;
    }

    private static ulong Hash(ReadOnlySpan<char> ending, bool whole, PartOfSpeech part) =>
        TextHash.Combine(TextHash.Of(ending), ((ulong)part << 1) | (whole ? 1u : 0u));

    private LemmaRule? Find(ReadOnlySpan<char> word, PartOfSpeech part)
    {
        if (RuleOf(Hash(word, whole: true, part)) is { } exact)
            return exact;
        for (var length = Math.Min(LongestEnding, word.Length); length > 0; length--)
        {
            if (RuleOf(Hash(word[^length..], whole: false, part)) is { } rule)
                return rule;
        }

        return null;
    }

    private LemmaRule? RuleOf(ulong hash)
    {
        var check = (uint)(hash >> 46);
        for (var slot = (uint)hash & _mask; _slots[slot] is var entry and not 0; slot = (slot + 1) & _mask)
        {
            if (entry >> 14 == check)
                return _rules[(int)(entry & 0x3FFF) - 1];
        }

        return null;
    }

    private sealed record Holder(Lemmatizer? Lemmatizer);
}

/// <summary>How a form becomes its lemma.</summary>
/// <param name="Cut">How many letters its end loses.</param>
/// <param name="Ending">What takes their place.</param>
public sealed record LemmaRule(int Cut, string Ending);
