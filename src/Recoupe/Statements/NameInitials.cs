using Recoupe.Languages;

namespace Recoupe.Statements;

/// <summary>Letters that stand for a name: FBI, PPDA.</summary>
internal static class NameInitials
{
    // Longer runs of capitals are words written large.
    private const int Longest = 8;
    private const int ShortestRead = 4;

    /// <summary>Whether a name is letters alone (FBI, F.B.I., SNES-FSU).</summary>
    public static bool IsAcronym(ReadOnlySpan<char> name)
    {
        var letters = 0;
        foreach (var letter in name)
        {
            if (char.IsUpper(letter))
                letters++;
            else if (letter is not ('.' or '-'))
                return false;
        }

        return letters > 1 && name.Length <= Longest;
    }

    /// <summary>Whether a word may be letters that are read as a word (Unesco): a capital, then small letters.</summary>
    public static bool MayBeRead(ReadOnlySpan<char> name) =>
        name.Length is >= ShortestRead and <= Longest && char.IsUpper(name[0]) && !name[1..].ContainsAnyExceptInRange('a', 'z');

    /// <summary>Whether a name, or a part of it before or after a hyphen, is letters alone (Snor-FSU).</summary>
    public static bool HoldsAcronym(ReadOnlySpan<char> name)
    {
        foreach (var part in name.Split('-'))
        {
            if (IsAcronym(name[part]))
                return true;
        }

        return false;
    }

    /// <summary>Whether the letters are, in order, the first ones of the name's words; small words may be left out.</summary>
    public static bool Match(ReadOnlySpan<char> letters, ReadOnlySpan<char> name)
    {
        var at = 0;
        var begins = true;
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter))
            {
                begins = true;
                continue;
            }

            if (begins && at < letters.Length && Folding.Fold(letter) == Folding.Fold(letters[at]))
                at++;
            else if (begins && char.IsUpper(letter) && at < letters.Length)
                return false; // a large word is left out
            begins = false;
        }

        return at == letters.Length;
    }
}
