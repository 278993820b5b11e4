using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds who said what, through whom.</summary>
public static class StatementFinder
{
    /// <summary>The statements of the title, then of the text, each by the start of their content.</summary>
    public static ImmutableArray<Statement> Find(
        Article article, AnalyzedText body, AnalyzedText? headline, ImmutableArray<Entity> entities)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (var (text, inTitle) in headline is null ? [(body, false)] : new[] { (headline, true), (body, false) })
        {
            foreach (var attribution in AttributionFinder.Find(text, [.. entities.Where(entity => entity.InTitle == inTitle)]))
                statements.Add(Resolve(attribution, inTitle));
        }

        return statements.ToImmutable();
    }

    private static Statement Resolve(Attribution attribution, bool inTitle) => new()
    {
        Content = attribution.Content,
        Kind = attribution.Kind,
        Cue = attribution.Cue,
        Speaker = attribution.Source is { } source ? new Speaker(source, null, SpeakerType.Person) : null,
        Voiced = attribution.Voiced,
        InTitle = inTitle,
    };
}
