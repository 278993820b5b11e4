using System.Globalization;
using System.Text;

namespace Recoupe.Languages;

/// <summary>Letters without case and accents, for comparing words that newsrooms write in many ways (État, Etat, ETAT).</summary>
public static class Folding
{
    private const int TableSize = 0x250;

    private static readonly char[] Table = MakeTable();

    /// <summary>The letter in lower case and without accent where Latin has one; curly apostrophes straight, hard spaces soft.</summary>
    public static char Fold(char c)
    {
        if (c < TableSize)
            return Table[c];
        return c switch
        {
            '’' or 'ʼ' or '‘' => '\'',
            '\u202F' or '\u2009' or '\u2007' => ' ',
            '‐' or '\u2011' => '-',
            _ => char.ToLowerInvariant(c),
        };
    }

    /// <summary>The folded text.</summary>
    public static string Fold(ReadOnlySpan<char> text) => string.Create(text.Length, text, (folded, source) =>
    {
        Fold(source, folded);
    });

    /// <summary>Folds <paramref name="text"/> into <paramref name="folded"/>, which is as long.</summary>
    public static void Fold(ReadOnlySpan<char> text, Span<char> folded)
    {
        for (var i = 0; i < text.Length; i++)
            folded[i] = Fold(text[i]);
    }

    private static char[] MakeTable()
    {
        var table = new char[TableSize];
        for (var i = 0; i < TableSize; i++)
        {
            var c = (char)i;
            if (c == '\u00A0')
            {
                table[i] = ' ';
                continue;
            }

            var decomposed = c.ToString().Normalize(NormalizationForm.FormD);
            table[i] = char.IsLetter(decomposed[0]) && decomposed.Skip(1).All(mark => CharUnicodeInfo.GetUnicodeCategory(mark) == UnicodeCategory.NonSpacingMark)
                ? char.ToLowerInvariant(decomposed[0])
                : char.ToLowerInvariant(c);
        }

        return table;
    }
}
