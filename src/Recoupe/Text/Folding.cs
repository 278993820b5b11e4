using System.Globalization;
using System.Text;

namespace Recoupe.Text;

/// <summary>Words without case and accents, for comparison across spellings and languages.</summary>
public static class Folding
{
    /// <summary><paramref name="word"/> in lower case, without accents, with straight apostrophes and plain hyphens (œ gives oe).</summary>
    public static string Fold(ReadOnlySpan<char> word)
    {
        var plain = true;
        foreach (var c in word)
            plain &= c < 128;
        if (plain)
            return string.Create(word.Length, word, static (target, source) => source.ToLowerInvariant(target));

        var folded = new StringBuilder(word.Length + 2);
        foreach (var c in word)
        {
            switch (c)
            {
                case '’' or 'ʼ':
                    folded.Append('\'');
                    break;
                case '‐' or '\u2011':
                    folded.Append('-');
                    break;
                case 'œ' or 'Œ':
                    folded.Append("oe");
                    break;
                case 'æ' or 'Æ':
                    folded.Append("ae");
                    break;
                default:
                    folded.Append(WithoutAccent(c));
                    break;
            }
        }

        return folded.ToString();
    }

    private static char WithoutAccent(char c)
    {
        if (c < 128 || char.IsSurrogate(c))
            return char.ToLowerInvariant(c);
        if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark)
            return c;
        var parts = c.ToString().Normalize(NormalizationForm.FormD);
        return char.ToLowerInvariant(parts[0]);
    }
}
