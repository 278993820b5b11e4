using System.Collections.Immutable;

using Recoupe.Corrections;
using Recoupe.Embeddings;
using Recoupe.Points;

namespace Recoupe;

/// <summary>The options of every stage.</summary>
public sealed record PipelineOptions
{
    /// <summary>How many threads work; the result is the same for any number. At least 1.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Told, from any thread, each time an article is annotated or a story compared; null for nobody. Changes nothing of the result.</summary>
    public IProgress<PipelineProgress>? Progress { get; init; }

    /// <summary>Vectors that a model outside the engine gave for the articles, to help grouping; null for none.</summary>
    public ArticleEmbeddings? Embeddings { get; init; }

    /// <summary>What makes passages one point.</summary>
    public PointOptions Points { get; init; } = new();

    /// <summary>What a person corrected: wins over what the stages find, and is marked in the dossiers.</summary>
    public CorrectionSet Corrections { get; init; } = CorrectionSet.None;

    /// <summary>Rules of the sourcing that are not followed: to measure what each is worth.</summary>
    internal ImmutableArray<SourcingRule> Silenced { get; init; } = [];
}

/// <summary>How far a run is.</summary>
/// <param name="Annotated">Articles annotated so far.</param>
/// <param name="Compared">Stories compared so far.</param>
/// <param name="Stories">How many stories there are; 0 until the articles are grouped.</param>
public readonly record struct PipelineProgress(int Annotated, int Compared, int Stories);
