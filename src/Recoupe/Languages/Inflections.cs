namespace Recoupe.Languages;

/// <summary>The forms in which texts write a word that a dictionary lists (<c>inflections.txt</c>, <c>conjugations.txt</c>).</summary>
public sealed class Inflections
{
    private readonly Dictionary<(string Part, string Ending), string[]> _rows = [];
    private readonly int _longest;

    private Inflections(Language language)
    {
        foreach (var columns in language.Lines("inflections").Select(line => line.Split('\t')).Where(columns => columns.Length > 2))
            Add(columns[0], columns[1], columns[2]);
        foreach (var columns in language.Lines("conjugations").Select(line => line.Split('\t')).Where(columns => columns.Length > 1))
            Add("verb", columns[0], string.Join(' ', columns.Skip(1)));
        _longest = _rows.Keys.Select(row => row.Ending.Length).DefaultIfEmpty(0).Max();
    }

    /// <summary>The inflections of <paramref name="language"/>.</summary>
    public static Inflections Of(Language language) => language.Table("inflections", static known => new Inflections(known));

    /// <summary>The forms of <paramref name="lemma"/>, the lemma first; forms that no text writes may be among them, and doubles.</summary>
    /// <param name="lemma">One word as a dictionary lists it.</param>
    /// <param name="part">Its part of speech, as <c>inflections.txt</c> names it.</param>
    public IEnumerable<string> Of(string lemma, string part)
    {
        yield return lemma;
        if (RowOf(lemma, part, out var ending) is not { } forms)
            yield break;
        var stem = lemma[..^ending];
        foreach (var form in forms)
            yield return stem + form;
    }

    // The row of the whole word, or of the longest ending; the length of what its forms stand in the place of.
    private string[]? RowOf(string lemma, string part, out int ending)
    {
        ending = lemma.Length;
        if (_rows.TryGetValue((part, "=" + lemma), out var row))
            return row;
        for (ending = Math.Min(lemma.Length, _longest); ending >= 0; ending--)
        {
            if (_rows.TryGetValue((part, lemma[^ending..]), out row))
                return row;
        }

        ending = 0;
        return null;
    }

    // The first row of an ending counts.
    private void Add(string part, string ending, string forms) =>
        _rows.TryAdd((part, ending == "-" ? "" : ending), [.. forms.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(form => form == "-" ? "" : form)]);
}
