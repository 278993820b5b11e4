using Recoupe.Articles;
using Recoupe.Embeddings;

namespace Recoupe.Stories;

/// <summary>What grouping reads of an article, whatever else the stream holds: can be made on any thread, and is placed in the order of arrival.</summary>
/// <remarks>The arrays of terms run in parallel, by rising <see cref="Terms"/>.</remarks>
public sealed class ArticleDigest
{
    internal ArticleDigest()
    {
    }

    /// <summary>The article.</summary>
    public required ArticleId Id { get; init; }

    /// <summary>Hashes of all distinct terms and concepts, rising.</summary>
    internal uint[] Terms { get; init; } = [];

    /// <summary>1 + ln(occurrences), with a title's and a lead's counted more, in steps of <see cref="ArticleSketch.Step"/>.</summary>
    internal byte[] Frequencies { get; init; } = [];

    internal TermTraits[] Traits { get; init; } = [];

    /// <summary>Which of <see cref="Terms"/> a sketch keeps, rising: the weightiest by what the background alone tells, so that it does not hang on what came before.</summary>
    internal int[] Chosen { get; init; } = [];

    /// <summary>As in <see cref="ArticleSketch.Fingerprints"/>.</summary>
    internal uint[] Fingerprints { get; init; } = [];

    /// <summary>As in <see cref="ArticleSketch.Grams"/>.</summary>
    internal uint[] Grams { get; init; } = [];

    internal int Words { get; init; }

    internal int TitleWords { get; init; }

    internal double? Hours { get; init; }

    /// <summary>Hash of the code of the language that the terms are counted under: the stated one, else the one that the background tells; 0 where unknown.</summary>
    internal uint Language { get; init; }

    internal uint Outlet { get; init; }

    /// <summary>The months of the days that it tells.</summary>
    internal MonthCounts Months { get; init; }

    /// <summary>As in <see cref="ArticleSketch.IsRoundUp"/>.</summary>
    internal bool IsRoundUp { get; init; }

    /// <summary>Where a model outside the engine puts the article; null where none was asked, or it gave nothing.</summary>
    public ArticleVector? Vector { get; set; }

    /// <summary>The digest of <paramref name="article"/>.</summary>
    public static ArticleDigest Of(AnnotatedArticle article) => DigestMaker.Make(article);
}
