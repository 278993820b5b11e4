namespace Recoupe.Articles;

/// <summary>Walks over the words of a short line: runs of letters, runs of digits.</summary>
internal static class LineWords
{
    /// <summary>The next word at or after <paramref name="at"/>.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Where to look from, in UTF-16 units; after a word that was found.</param>
    /// <param name="start">Where the word starts; it ends at <paramref name="at"/>.</param>
    /// <param name="digits">Whether it is a run of digits.</param>
    /// <param name="apostrophes">Whether apostrophes inside a word belong to it.</param>
    /// <returns>False where the line has no further word.</returns>
    public static bool Next(ReadOnlySpan<char> line, ref int at, out int start, out bool digits, bool apostrophes = false)
    {
        while (at < line.Length && !char.IsLetterOrDigit(line[at]))
            at++;
        start = at;
        digits = at < line.Length && char.IsAsciiDigit(line[at]);
        while (at < line.Length && (char.IsLetterOrDigit(line[at]) || apostrophes && at > start && (line[at] is '\'' or '’')) && char.IsAsciiDigit(line[at]) == digits)
            at++;
        return at > start;
    }
}
