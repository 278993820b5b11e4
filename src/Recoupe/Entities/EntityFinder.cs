using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>Finds people, organisations and places, one name per entity in the article.</summary>
public static class EntityFinder
{
    /// <summary>The names of <paramref name="body"/> and <paramref name="headline"/>, each in order and without overlap.</summary>
    /// <remarks>A name's span holds neither article nor title. Nothing is found in a text whose language has no lists.</remarks>
    public static ImmutableArray<Entity> Find(AnalyzedText body, AnalyzedText? headline) =>
        EntityTagger.Embedded is { } tagger ? Find(body, headline, tagger) : [];

    /// <summary>As <see cref="Find(AnalyzedText, AnalyzedText?)"/>, with a tagger of one's own.</summary>
    internal static ImmutableArray<Entity> Find(AnalyzedText body, AnalyzedText? headline, EntityTagger tagger)
    {
        if (body.Language is not { } language)
            return [];
        var names = new EntityNames(language);
        names.Read(body, tagger.Find(body, language), inTitle: false);
        if (headline is not null)
            names.Read(headline, tagger.Find(headline, language), inTitle: true);
        return names.Resolve();
    }
}
