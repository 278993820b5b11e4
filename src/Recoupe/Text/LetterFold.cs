using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Takes case and accents off letters, so that spellings of one word compare equal ("Évacués", "evacues").</summary>
public static class LetterFold
{
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
                _ => Folding.Fold(c),
            };
        }

        return written;
    }
}
