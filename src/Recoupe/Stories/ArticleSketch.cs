using System.Runtime.InteropServices;

using Recoupe.Embeddings;

namespace Recoupe.Stories;

/// <summary>Where a term stands in an article and what it is.</summary>
[Flags]
internal enum TermTraits : byte
{
    None = 0,
    Title = 1,
    Lead = 2,

    /// <summary>A name by its capitals or by the entities found.</summary>
    Name = 4,
    Number = 8,

    /// <summary>A resolved calendar day.</summary>
    Date = 16,

    /// <summary>No word but a concept that words of several languages stand for; beside the words' own terms.</summary>
    Shared = 32,
}

/// <summary>What grouping keeps of an article: its weightiest terms as hashes, a few fingerprints, its time. A kilobyte or less.</summary>
/// <remarks>The lists of terms run in parallel, by rising <see cref="Terms"/>, so that two sketches are compared in one merge.</remarks>
internal sealed class ArticleSketch
{
    /// <summary>How finely <see cref="Frequencies"/> and <see cref="Rarities"/> are kept: sixteenths.</summary>
    public const float Step = 1f / 16;

    // No sketch has a hundredth of so many entries.
    private const int MostWritten = 1 << 20;

    // Articles less alike than this are no crowd.
    private const float LeastOfCrowd = 0.08f;

    // Terms, letter grams, fingerprints, then the bytes of the terms: one stretch of memory, since whoever reads one of them reads most.
    private readonly uint[] _block;
    private readonly int _terms;
    private readonly int _grams;
    private readonly int _fingerprints;

    /// <summary>A sketch with room for so many terms, and these grams and fingerprints.</summary>
    public ArticleSketch(int terms, ReadOnlySpan<uint> grams, ReadOnlySpan<uint> fingerprints)
    {
        (_terms, _grams, _fingerprints) = (terms, grams.Length, fingerprints.Length);
        _block = new uint[LengthOf(terms, grams.Length, fingerprints.Length)];
        grams.CopyTo(_block.AsSpan(terms));
        fingerprints.CopyTo(_block.AsSpan(terms + grams.Length));
    }

    private static int LengthOf(int terms, int grams, int fingerprints) => terms + grams + fingerprints + (((3 * terms) + sizeof(uint) - 1) / sizeof(uint));

    /// <summary>Hashes of the terms, rising.</summary>
    public Span<uint> Terms => _block.AsSpan(0, _terms);

    /// <summary>Hashes of letter 4-grams of names and long words without accents, rising: spellings that two languages share.</summary>
    public ReadOnlySpan<uint> Grams => _block.AsSpan(_terms, _grams);

    /// <summary>The least hashes of the text's word seeds: texts that share text share some of them.</summary>
    public ReadOnlySpan<uint> Fingerprints => _block.AsSpan(_terms + _grams, _fingerprints);

    /// <summary>1 + ln(occurrences), with a title's and a lead's counted more, in sixteenths.</summary>
    public Span<byte> Frequencies => Bytes(0);

    /// <summary>Inverse document frequencies in sixteenths, as known when the article came (or was weighed again).</summary>
    public Span<byte> Rarities => Bytes(1);

    public Span<TermTraits> Traits => MemoryMarshal.Cast<byte, TermTraits>(Bytes(2));

    private Span<byte> Bytes(int which) => MemoryMarshal.AsBytes(_block.AsSpan(_terms + _grams + _fingerprints)).Slice(which * _terms, _terms);

    /// <summary>How many words the text has; 0 where there is a headline alone.</summary>
    public required int Words { get; init; }

    /// <summary>How many words the title has; 0 where there is none.</summary>
    public required int TitleWords { get; init; }

    /// <summary>Hours since the year 1, from the publication time; null where unknown.</summary>
    public required double? Hours { get; init; }

    /// <summary>Hash of the language's code; 0 where unknown.</summary>
    public required uint Language { get; init; }

    /// <summary>The months of the days that it tells.</summary>
    public required MonthCounts Months { get; init; }

    /// <summary>Whether its title says that it lists the news of a day.</summary>
    public required bool IsRoundUp { get; init; }

    /// <summary>Hash of the outlet's name; 0 where unknown.</summary>
    public required uint Outlet { get; init; }

    /// <summary>As in <see cref="ArticleDigest.Vector"/>.</summary>
    public ArticleVector? Vector { get; init; }

    /// <summary>The sketch of <paramref name="digest"/>, weighed by <paramref name="statistics"/>, which then count it.</summary>
    public static ArticleSketch OfCounted(ArticleDigest digest, TermStatistics statistics)
    {
        var sketch = Unweighed(digest);
        statistics.WeighAndCount(digest, sketch.Rarities);
        sketch.Measure();
        return sketch;
    }

    /// <summary>The sketch of <paramref name="digest"/>, weighed by <paramref name="statistics"/>.</summary>
    public static ArticleSketch Of(ArticleDigest digest, TermStatistics statistics)
    {
        var sketch = Unweighed(digest);
        sketch.Weigh(statistics);
        return sketch;
    }

    private static ArticleSketch Unweighed(ArticleDigest digest)
    {
        var (chosen, count) = (digest.Chosen, digest.Chosen.Length);
        var sketch = new ArticleSketch(count, digest.Grams, digest.Fingerprints)
        {
            Words = digest.Words,
            TitleWords = digest.TitleWords,
            Hours = digest.Hours,
            Language = digest.Language,
            Outlet = digest.Outlet,
            Months = digest.Months,
            IsRoundUp = digest.IsRoundUp,
            Vector = digest.Vector,
        };
        var terms = sketch.Terms;
        var frequencies = sketch.Frequencies;
        var traits = sketch.Traits;
        for (var i = 0; i < count; i++)
        {
            var from = chosen[i];
            terms[i] = digest.Terms[from];
            frequencies[i] = digest.Frequencies[from];
            traits[i] = digest.Traits[from];
        }

        return sketch;
    }

    /// <summary>Writes all of it but the vector.</summary>
    public void Write(BinaryWriter writer)
    {
        writer.Write7BitEncodedInt(_terms);
        writer.Write7BitEncodedInt(_grams);
        writer.Write7BitEncodedInt(_fingerprints);
        writer.Write(MemoryMarshal.AsBytes(_block.AsSpan()));
        writer.Write7BitEncodedInt(Words);
        writer.Write7BitEncodedInt(TitleWords);
        writer.Write(Hours ?? double.NaN);
        writer.Write(Language);
        writer.Write(Months.Packed);
        writer.Write(IsRoundUp);
        writer.Write(Outlet);
        writer.Write(Nearest);
        writer.Write(Crowd);
    }

    /// <summary>The sketch that <see cref="Write"/> wrote.</summary>
    public static ArticleSketch Read(BinaryReader reader)
    {
        var (terms, grams, fingerprints) = (reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt(), reader.Read7BitEncodedInt());
        if (Math.Min(terms, Math.Min(grams, fingerprints)) < 0 || (long)terms + grams + fingerprints > MostWritten)
            throw new InvalidDataException("a sketch of an impossible size");
        var block = new uint[LengthOf(terms, grams, fingerprints)];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(block.AsSpan()));
        var sketch = new ArticleSketch(terms, block.AsSpan(terms, grams), block.AsSpan(terms + grams, fingerprints))
        {
            Words = reader.Read7BitEncodedInt(),
            TitleWords = reader.Read7BitEncodedInt(),
            Hours = reader.ReadDouble() is var hours && double.IsNaN(hours) ? null : hours,
            Language = reader.ReadUInt32(),
            Months = MonthCounts.OfPacked(reader.ReadUInt64()),
            IsRoundUp = reader.ReadBoolean(),
            Outlet = reader.ReadUInt32(),
            Nearest = reader.ReadSingle(),
            Crowd = reader.ReadSingle(),
        };
        block.CopyTo(sketch._block, 0);
        sketch.Measure();
        return sketch;
    }

    /// <summary>The greatest <see cref="PairFeatures.Similarity"/> to another article met so far.</summary>
    public float Nearest { get; private set; }

    /// <summary>The sum of similarities to the articles met: how much is told about like things.</summary>
    public float Crowd { get; private set; }

    // Lengths of the weighted vectors, made with the rarities.
    public float All { get; private set; }
    public float Title { get; private set; }
    public float Lead { get; private set; }
    public float Names { get; private set; }
    public float Numbers { get; private set; }
    public float Others { get; private set; }
    public float Concepts { get; private set; }

    /// <summary>How many distinct numbers it holds.</summary>
    public int NumberCount { get; private set; }

    /// <summary>How many distinct days.</summary>
    public int DayCount { get; private set; }
    public float TitleNames { get; private set; }
    public float LeadNames { get; private set; }

    /// <summary>Takes note that two articles are so alike.</summary>
    public static void Meet(ArticleSketch a, ArticleSketch b, float similarity)
    {
        a.Nearest = MathF.Max(a.Nearest, similarity);
        b.Nearest = MathF.Max(b.Nearest, similarity);
        if (similarity < LeastOfCrowd)
            return;
        a.Crowd += similarity;
        b.Crowd += similarity;
    }

    /// <summary>An order that does not hang on the arrival: by time, then by the terms.</summary>
    public static int Compare(ArticleSketch a, ArticleSketch b)
    {
        var byTime = Nullable.Compare(a.Hours, b.Hours);
        if (byTime != 0)
            return byTime;
        var byTerms = a.Terms.SequenceCompareTo(b.Terms);
        return byTerms != 0 ? byTerms : a.Fingerprints.SequenceCompareTo(b.Fingerprints);
    }

    /// <summary>Whether it tells word for word the same, as far as sketches show it, wherever and whenever.</summary>
    public bool IsCopyOf(ArticleSketch other) => Words == other.Words && TitleWords == other.TitleWords && Language == other.Language
        && _terms == other._terms && _grams == other._grams && _block.AsSpan().SequenceEqual(other._block);

    /// <summary>Forgets what was met.</summary>
    public void Leave()
    {
        Nearest = 0;
        Crowd = 0;
    }

    /// <summary>The weight of the term at <paramref name="i"/>: frequency times rarity.</summary>
    public float Weight(int i) => Frequencies[i] * Rarities[i] * (Step * Step);

    /// <summary>Gives the terms the rarities of <paramref name="statistics"/>.</summary>
    public void Weigh(TermStatistics statistics)
    {
        statistics.Weigh(Terms, Language, Words == 0, Rarities);
        Measure();
    }

    private void Measure()
    {
        float all = 0, title = 0, lead = 0, names = 0, numbers = 0, others = 0, titleNames = 0, leadNames = 0, concepts = 0;
        int numberCount = 0, days = 0;
        ReadOnlySpan<byte> frequencies = Frequencies, rarities = Rarities;
        ReadOnlySpan<TermTraits> allTraits = Traits;
        for (var i = 0; i < allTraits.Length; i++)
        {
            var weight = frequencies[i] * rarities[i] * (Step * Step);
            var rarity = rarities[i] * Step;
            var (square, plain) = (weight * weight, rarity * rarity);
            var traits = allTraits[i];
            if ((traits & TermTraits.Shared) != TermTraits.None)
            {
                concepts += square;
                continue;
            }

            all += square;
            if ((traits & TermTraits.Title) != TermTraits.None)
                title += plain;
            if ((traits & (TermTraits.Title | TermTraits.Lead)) != TermTraits.None)
                lead += plain;
            if ((traits & TermTraits.Name) != TermTraits.None)
            {
                names += square;
                if ((traits & TermTraits.Title) != TermTraits.None)
                    titleNames += plain;
                if ((traits & (TermTraits.Title | TermTraits.Lead)) != TermTraits.None)
                    leadNames += plain;
            }
            else if ((traits & (TermTraits.Number | TermTraits.Date)) != TermTraits.None)
            {
                numbers += square;
                if ((traits & TermTraits.Date) != TermTraits.None)
                    days++;
                else
                    numberCount++;
            }
            else
            {
                others += square;
            }
        }

        (NumberCount, DayCount) = (numberCount, days);
        All = MathF.Sqrt(all);
        Title = title;
        Lead = lead;
        Names = MathF.Sqrt(names);
        Concepts = MathF.Sqrt(concepts);
        Numbers = MathF.Sqrt(numbers);
        Others = MathF.Sqrt(others);
        TitleNames = titleNames;
        LeadNames = leadNames;
    }
}
