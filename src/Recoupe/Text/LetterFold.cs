namespace Recoupe.Text;

/// <summary>Takes case and accents off letters, so that spellings of one word compare equal ("Évacués", "evacues").</summary>
public static class LetterFold
{
    // Latin-1 Supplement and Latin Extended-A from U+00C0 on, letter by letter; '?' keeps the letter as it is.
    private const string Bases =
        "aaaaaaaceeeeiiii" + "dnooooo?ouuuuy?s" + "aaaaaaaceeeeiiii" + "dnooooo?ouuuuy?y" +
        "aaaaaaccccccccdd" + "ddeeeeeeeeeegggg" + "gggghhhhiiiiiiii" + "iiiijjkkklllllll" +
        "lllnnnnnnnnnoooo" + "oooorrrrrrssssss" + "ssttttttuuuuuuuu" + "uuuuwwyyyzzzzzzs";

    /// <summary>The base letter of <paramref name="c"/> in lower case; other characters as they are.</summary>
    public static char Of(char c)
    {
        if (c < 0x80)
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c;
        if (c is >= '\u00C0' and <= '\u017F' && Bases[c - 0xC0] is var letter and not '?')
            return letter;
        return char.ToLowerInvariant(c);
    }

    /// <summary>Folds <paramref name="word"/> into <paramref name="buffer"/> as far as it reaches; curly apostrophes become straight, inner hyphens one form, combining marks go.</summary>
    /// <returns>How many units were written.</returns>
    public static int Fold(ReadOnlySpan<char> word, Span<char> buffer)
    {
        var written = 0;
        foreach (var c in word)
        {
            if (c is >= '\u0300' and <= '\u036F')
                continue;
            if (written == buffer.Length)
                break;
            buffer[written++] = c switch
            {
                '’' or 'ʼ' => '\'',
                '‐' or '\u2011' => '-',
                _ => Of(c),
            };
        }

        return written;
    }
}
