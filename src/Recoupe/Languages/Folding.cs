namespace Recoupe.Languages;

/// <summary>Letters without case and accents, for comparing words that newsrooms write in many ways (État, Etat, ETAT).</summary>
public static class Folding
{
    private const int TableSize = 0x250;

    // Unicode's canonical decompositions below U+0250 and letters with a stroke: the letter, then what it is with an accent. Written out because the runtime does not decompose
    // when it runs without the data of all cultures, as this program does.
    private static readonly string[] Accented =
    [
        "aÀÁÂÃÄÅÆàáâãäåæĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧǢǣǼǽ",
        "cÇçĆćĈĉĊċČč",
        "dÐðĎďĐđ",
        "eÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩ",
        "gĜĝĞğĠġĢģǦǧǴǵ",
        "hĤĥĦħȞȟ",
        "iÌÍÎÏìíîïĨĩĪīĬĭĮįİıĲĳǏǐȈȉȊȋ",
        "jĴĵǰ",
        "kĶķĸǨǩ",
        "lĹĺĻļĽľĿŀŁł",
        "nÑñŃńŅņŇňŉŊŋǸǹ",
        "oÒÓÔÕÖØòóôõöøŌōŎŏŐőŒœƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱǾǿ",
        "rŔŕŖŗŘřȐȑȒȓ",
        "sßŚśŜŝŞşŠšſȘș",
        "tŢţŤťŦŧȚț",
        "uÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗ",
        "wŴŵ",
        "yÝýÿŶŷŸȲȳ",
        "zŹźŻżŽž",
        "ʒǮǯ",
    ];

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
            table[i] = char.ToLowerInvariant((char)i);
        table['\u00A0'] = ' ';
        foreach (var row in Accented)
        {
            foreach (var letter in row.AsSpan(1))
                table[letter] = row[0];
        }

        return table;
    }
}
