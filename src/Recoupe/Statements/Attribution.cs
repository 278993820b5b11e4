using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>An attribution as the sentence gives it: what is said, the words that attribute, the words that name who says it.</summary>
/// <param name="Content">As <see cref="Statement.Content"/>.</param>
/// <param name="Kind">Direct, indirect or mixed.</param>
/// <param name="Cue">As <see cref="Statement.Cue"/>.</param>
/// <param name="Source">The words that name or describe the speaker, pronouns included; null where none stand near.</param>
/// <param name="Voiced">As <see cref="Statement.Voiced"/>.</param>
public sealed record Attribution(ImmutableArray<TextSpan> Content, StatementKind Kind, TextSpan? Cue, TextSpan? Source, bool Voiced)
{
    /// <summary>The log-odds, as the trained judge holds it, that it is one with this content; 0 where it was not asked.</summary>
    internal float Odds { get; init; }
}
