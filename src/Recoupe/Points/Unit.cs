using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>A sentence, or what one sentence gives of a statement, as the comparison of passages sees it.</summary>
internal sealed class Unit
{
    /// <summary>The place of its article in the story.</summary>
    public required int Article { get; init; }

    /// <summary>The place of its sentence in the article.</summary>
    public required int Sentence { get; init; }

    /// <summary>The place of its paragraph in the article.</summary>
    public required int Paragraph { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>The whole sentence.</summary>
    public required TextSpan Whole { get; init; }

    /// <summary>The statements that the words are the content of, by their index in the article; empty for a bare sentence.</summary>
    public required ImmutableArray<int> Statements { get; init; }

    /// <summary>Keys of what it tells, each once, in rising order.</summary>
    public required Term[] Terms { get; init; }

    public required ImmutableArray<NumberMention> Numbers { get; init; }

    /// <summary>Keys of what its amounts count or measure.</summary>
    public required ulong[] Measures { get; init; }

    public required ImmutableArray<DateMention> Dates { get; init; }

    /// <summary>The language of its article.</summary>
    public required string? Language { get; init; }

    /// <summary>Whether its words negate.</summary>
    public required bool Negative { get; init; }

    /// <summary>Whether it denies what stands before it without repeating it.</summary>
    public required bool Echo { get; init; }

    /// <summary>Whether it doubts.</summary>
    public required bool Doubting { get; init; }

    /// <summary>Whether it tells of older events.</summary>
    public required bool Background { get; init; }

    /// <summary>Whether all dates of its sentence are long past, whoever tells it.</summary>
    public required bool Old { get; init; }

    /// <summary>Whether the outlet's own people saw it.</summary>
    public required bool Witnessed { get; init; }

    /// <summary>Whether a statement in it denies.</summary>
    public required bool Denying { get; init; }

    /// <summary>The first statement's speaker, as the story names them; null where nobody is named.</summary>
    public required string? Speaker { get; init; }

    /// <summary>How many statements its article has by that speaker.</summary>
    public required int SpeakerStatements { get; init; }

    /// <summary>How much the passage deserves to be told if nobody else tells it.</summary>
    public required double Worth { get; init; }

    /// <summary>Whether it tells only part of the point that it was put with.</summary>
    public bool Partial { get; set; }

    /// <summary>What each of its terms weighs in the story, in their order, set with <see cref="Norm"/>.</summary>
    public double[] Weights { get; set; } = [];

    /// <summary>The length of its terms as a vector, set once the story's frequencies are known.</summary>
    public double Norm { get; set; }

    /// <summary>The sum of its terms' weights, set with <see cref="Norm"/>.</summary>
    public double Mass { get; set; }
}

/// <summary>One thing that a unit tells.</summary>
/// <param name="Key">What it is, across articles and languages.</param>
/// <param name="Base">How much such a thing tells: an amount more than a word.</param>
/// <param name="IsName">Whether it is a word of a name: what a passage is about, not yet what it tells of it.</param>
/// <param name="OfSpeaker">Whether it is a word of its speaker's name alone.</param>
internal readonly record struct Term(ulong Key, float Base, bool IsName = false, bool OfSpeaker = false) : IComparable<Term>
{
    /// <summary>The base weight of an amount: no term has more.</summary>
    public const float MostBase = 1.3f;

    /// <summary>Whether it is an amount.</summary>
    public bool IsAmount => Base == MostBase;

    public int CompareTo(Term other) => Key.CompareTo(other.Key);
}
