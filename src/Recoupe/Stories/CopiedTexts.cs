using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>The articles of a pile without those that say word for word what more others say than a search finds: some stand for all.</summary>
/// <remarks>Else a text that is sent out without end would link each of its copies with all the latest ones.</remarks>
internal sealed class CopiedTexts
{
    // As many as settling finds of an article.
    private const int MostOfOneText = 96;

    private readonly int[] _standsFor;

    /// <summary>Looks for copies among <paramref name="sketches"/>, which stand in order of time.</summary>
    public CopiedTexts(ArticleSketch[] sketches)
    {
        _standsFor = [.. Enumerable.Range(0, sketches.Length)];
        var byText = new Dictionary<ulong, List<int>>();
        for (var i = 0; i < sketches.Length; i++)
        {
            var key = KeyOf(sketches[i]);
            if (!byText.TryGetValue(key, out var copies))
                byText[key] = copies = [];
            if (copies.Count == 0 || sketches[i].IsCopyOf(sketches[copies[0]]))
                copies.Add(i);
        }

        foreach (var copies in byText.Values.Where(copies => copies.Count > MostOfOneText))
        {
            // Evenly over their times; each of the others goes with the last before it.
            for (var i = 0; i < copies.Count; i++)
                _standsFor[copies[i]] = copies[FirstOfPart(PartOf(i, copies.Count), copies.Count)];
        }

        Kept = [.. Enumerable.Range(0, sketches.Length).Where(i => _standsFor[i] == i)];
    }

    /// <summary>The articles that are left, rising.</summary>
    public int[] Kept { get; }

    /// <summary>For each of <see cref="Kept"/> the articles that it stands for, itself among them.</summary>
    public List<int>[] ByKept()
    {
        var place = new int[_standsFor.Length];
        var byKept = new List<int>[Kept.Length];
        for (var i = 0; i < Kept.Length; i++)
            (place[Kept[i]], byKept[i]) = (i, []);
        for (var i = 0; i < _standsFor.Length; i++)
            byKept[place[_standsFor[i]]].Add(i);
        return byKept;
    }

    private static int PartOf(int i, int count) => (int)((long)i * MostOfOneText / count);

    private static int FirstOfPart(int part, int count) => (int)((((long)part * count) + MostOfOneText - 1) / MostOfOneText);

    private static ulong KeyOf(ArticleSketch sketch)
    {
        var key = (ulong)sketch.Words;
        foreach (var fingerprint in sketch.Fingerprints)
            key = TextHash.Combine(key, fingerprint);
        foreach (var term in sketch.Terms)
            key = TextHash.Combine(key, term);
        return key;
    }
}
