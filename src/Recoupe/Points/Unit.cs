using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Entities;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>A sentence, or what one sentence gives of a statement, as the comparison of passages sees it.</summary>
internal sealed class Unit
{
    private readonly ulong _marks;
    private readonly ulong _stemMarks;
    private readonly ulong[] _keys = [];

    /// <summary>The place of its article in the story.</summary>
    public required int Article { get; init; }

    /// <summary>The place of its sentence in the article; -1 in a title.</summary>
    public required int Sentence { get; init; }

    /// <summary>The place of its paragraph in the article; -1 in a title.</summary>
    public required int Paragraph { get; init; }

    /// <summary>How far down its article it stands, 0 to 1.</summary>
    public required float Depth { get; init; }

    public required Evidence Evidence { get; init; }

    /// <summary>The whole sentence.</summary>
    public required TextSpan Whole { get; init; }

    /// <summary>The statements that the words are the content of, by their index in the article; empty for a bare sentence.</summary>
    public required ImmutableArray<int> Statements { get; init; }

    /// <summary>Keys of what it tells, each once, in rising order.</summary>
    public required Term[] Terms
    {
        get;
        init
        {
            field = value;
            _keys = Array.ConvertAll(value, term => term.Key);
            foreach (var term in value)
            {
                _marks |= MarkOf(term.Key);
                _stemMarks |= term.Stem == 0 ? 0 : MarkOf(term.Stem);
            }
        }
    }

    /// <summary>The keys of its terms, in their order.</summary>
    public ulong[] Keys => _keys;

    /// <summary>Keys of two content words in a row, each once, in rising order.</summary>
    public required ulong[] Sequences { get; init; }

    /// <summary>Its claims.</summary>
    public required ClaimSlots[] Claims { get; init; }

    public required ImmutableArray<NumberMention> Numbers { get; init; }

    /// <summary>Its amounts as the comparison sees them.</summary>
    public required Told[] Amounts { get; init; }

    /// <summary>Its calendar dates and years, ISO 8601.</summary>
    public required string[] Days { get; init; }

    /// <summary>The language of its article; null where unknown.</summary>
    public required string? Language { get; init; }

    /// <summary>Whether its words negate.</summary>
    public required bool Negative { get; init; }

    /// <summary>Whether it doubts.</summary>
    public required bool Doubting { get; init; }

    /// <summary>Those of <see cref="Statements"/> whose cue doubts what they tell ("questions whether …"): "no doubt" and "questioned the driver" doubt nothing.</summary>
    public ImmutableArray<int> Doubts { get; init; } = [];

    /// <summary>Whether all dates of its sentence are long past.</summary>
    public required bool Old { get; init; }

    /// <summary>Whether a statement in it denies.</summary>
    public required bool Denying { get; init; }

    /// <summary>Whether its words stand in quotation marks.</summary>
    public required bool Quoted { get; init; }

    /// <summary>The first statement's act; null for a bare sentence.</summary>
    public required Act? Act { get; init; }

    /// <summary>The type of the first statement's speaker; null where nobody is given.</summary>
    public required SpeakerType? SpeakerType { get; init; }

    /// <summary>The first statement's speaker, as the story names them; null where nobody is named.</summary>
    public required string? Speaker { get; init; }

    /// <summary>How many words it has.</summary>
    public required int Words { get; init; }

    /// <summary>The place of a thing among its terms; -1 if it does not tell it.</summary>
    public int PlaceOf(ulong key)
    {
        if ((_marks & MarkOf(key)) == 0)
            return -1;
        for (int from = 0, to = _keys.Length - 1; from <= to;)
        {
            var middle = (from + to) / 2;
            var found = _keys[middle];
            if (found == key)
                return middle;
            _ = found < key ? from = middle + 1 : to = middle - 1;
        }

        return -1;
    }

    /// <summary>Whether a term of that stem may be among its own: false where there is none.</summary>
    public bool MayHaveStem(ulong stem) => (_stemMarks & MarkOf(stem)) != 0;

    /// <summary>What one of its terms weighs in the story; 0 if it does not tell it.</summary>
    public float WeightOf(ulong key) => PlaceOf(key) is >= 0 and var at ? Weights[at] : 0;

    /// <summary>Whether it gives an amount as large.</summary>
    public bool GivesAsMuchAs(Told amount) => Array.Exists(Amounts, amount.IsAsMuchAs);

    /// <summary>Whether it gives a day, or the month or the year that holds it, or one that it holds.</summary>
    /// <param name="day">A calendar date, month or year, ISO 8601.</param>
    public bool GivesDay(string day) => Array.Exists(Days, own => own.StartsWith(day, StringComparison.Ordinal) || day.StartsWith(own, StringComparison.Ordinal));

    /// <summary>One bit of 64 for a key, to tell fast what two sets have not in common.</summary>
    public static ulong MarkOf(ulong key) => 1UL << (int)(key & 63);

    /// <summary>Its claims with what their words weigh in the story.</summary>
    public WeighedClaim[] WeighedClaims { get; set; } = [];

    /// <summary>What each of its terms weighs in the story, in their order.</summary>
    public float[] Weights { get; set; } = [];

    /// <summary>The length of its terms as a vector.</summary>
    public float Norm { get; set; }

    /// <summary>The sum of its terms' weights.</summary>
    public float Mass { get; set; }

    /// <summary>The sum of the weights of its names.</summary>
    public float NameMass { get; set; }

    /// <summary>How much of the story's titles it tells, 0 to 1: the mean over the titles of other articles.</summary>
    public float InTitles { get; set; }

    /// <summary>How much of its own article's title it tells, 0 to 1.</summary>
    public float InOwnTitle { get; set; }
}

/// <summary>What kind of thing a term is.</summary>
internal enum TermKind : byte
{
    Noun,
    Verb,
    Other,
    Name,
    Amount,
    Date,
}

/// <summary>One thing that a unit tells.</summary>
/// <param name="Key">What it is, across articles and languages.</param>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Stem">The key of its word's stem; 0 for none.</param>
/// <param name="Share">How much of its word's weight it has: a word of several meanings tells each in part.</param>
internal readonly record struct Term(ulong Key, TermKind Kind, ulong Stem, float Share = 1) : IComparable<Term>
{
    public int CompareTo(Term other) => Key.CompareTo(other.Key);
}

/// <summary>A word that tells something.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Keys">What it may mean, each as the key of a <see cref="Term"/>.</param>
/// <param name="Stem">The key of its stem; 0 for none.</param>
/// <param name="Entity">What the name stands for that it is part of; null where it is part of none.</param>
internal readonly record struct ToldWord(TermKind Kind, ulong[] Keys, ulong Stem, EntityType? Entity);

/// <summary>An amount as the comparison of passages sees it.</summary>
/// <param name="Value">The amount in the base unit of what it measures.</param>
/// <param name="Of">The key of what it counts or measures, across languages; 0 where nothing is told.</param>
internal readonly record struct Told(double Value, ulong Of)
{
    /// <summary>Whether another amount is as large, but for what converting units loses.</summary>
    public bool IsAsMuchAs(Told other) => Math.Abs(Value - other.Value) <= 1e-6 * Math.Abs(Value);
}
