using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Citations;

/// <summary>Finds where an article names media and documents as its source.</summary>
public static class CitationFinder
{
    /// <summary>The citations of the title, then of the text, in order.</summary>
    public static ImmutableArray<Citation> Find(
        Article article, AnalyzedText body, AnalyzedText? headline, ImmutableArray<Entity> entities, ImmutableArray<Statement> statements) => [];
}
