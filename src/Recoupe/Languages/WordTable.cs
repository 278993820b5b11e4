using System.Numerics;

namespace Recoupe.Languages;

/// <summary>Words or short phrases with what is known of each, asked by span without regard to case.</summary>
/// <remarks>
/// Made for asking after every word of a text, most of which it does not hold: these are told by their length with their first and last
/// letter, or by sixteen bits of their hash, before any string is looked at. Case is that of <see cref="StringComparer.OrdinalIgnoreCase"/>.
/// </remarks>
internal sealed class WordTable<T>
{
    private readonly ulong[] _lengthsByFirst = new ulong[128]; // bit n: a word of n letters (modulo 64) begins so
    private readonly ulong[] _lengthsByLast = new ulong[128];
    private readonly ushort[] _checks; // 0 is free
    private readonly (string Word, T Value)[] _slots;
    private readonly bool _straightens;
    /// <summary>Makes a table.</summary>
    /// <param name="entries">Each word once, whatever its case.</param>
    /// <param name="straightens">Whether a curly apostrophe in the word asked for counts as a straight one.</param>
    public WordTable(IEnumerable<KeyValuePair<string, T>> entries, bool straightens = false)
    {
        var all = entries.ToList();
        _straightens = straightens;
        _checks = new ushort[BitOperations.RoundUpToPowerOf2((uint)Math.Max(8, 2 * all.Count))];
        _slots = new (string Word, T Value)[_checks.Length];
        foreach (var (word, value) in all)
        {
            if (word.Length == 0)
                continue;
            var hash = Hash(word);
            var slot = (int)(hash & ((uint)_checks.Length - 1));
            while (_checks[slot] != 0)
                slot = (slot + 1) & (_checks.Length - 1);
            _checks[slot] = Check(hash);
            Longest = Math.Max(Longest, word.Length);
            _slots[slot] = (word, value);
            _lengthsByFirst[Letter(word[0])] |= 1UL << (word.Length & 63);
            _lengthsByLast[Letter(word[^1])] |= 1UL << (word.Length & 63);
        }

        Count = all.Count;
    }

    /// <summary>How many words it holds.</summary>
    public int Count { get; }

    /// <summary>The letters of the longest.</summary>
    public int Longest { get; }

    /// <summary>What is known of <paramref name="word"/>.</summary>
    /// <returns>Whether it is listed.</returns>
    public bool TryGetValue(ReadOnlySpan<char> word, out T value)
    {
        var length = 1UL << (word.Length & 63);
        if (word.IsEmpty || word.Length > Longest || (_lengthsByFirst[Letter(word[0])] & length) == 0 || (_lengthsByLast[Letter(word[^1])] & length) == 0)
        {
            value = default!;
            return false;
        }

        var hash = Hash(word);
        var check = Check(hash);
        for (var slot = (int)(hash & ((uint)_checks.Length - 1)); ; slot = (slot + 1) & (_checks.Length - 1))
        {
            if (_checks[slot] == check && Same(word, _slots[slot].Word))
            {
                value = _slots[slot].Value;
                return true;
            }

            if (_checks[slot] == 0)
            {
                value = default!;
                return false;
            }
        }
    }

    /// <summary>Whether <paramref name="word"/> is listed.</summary>
    public bool Contains(ReadOnlySpan<char> word) => TryGetValue(word, out _);

    private static ushort Check(ulong hash) => (ushort)((hash >> 48) | 1);

    // The apostrophes share a place here, as do all letters beyond the Latin ones with one of these: it only sorts out.
    private static int Letter(char c) => (c == '’' ? '\'' : Upper(c)) & 127;

    private static char Upper(char c) => c < 128 ? (char)(c is >= 'a' and <= 'z' ? c & ~0x20 : c) : char.ToUpperInvariant(c);

    private ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037; // FNV-1a
        foreach (var c in word)
            hash = (hash ^ (c == '’' && _straightens ? '\'' : Upper(c))) * 1099511628211;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 31);
    }

    private bool Same(ReadOnlySpan<char> word, string listed)
    {
        if (word.Length != listed.Length)
            return false;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i] == '’' && _straightens ? '\'' : word[i];
            if (c != listed[i] && Upper(c) != Upper(listed[i]))
                return false;
        }

        return true;
    }
}
