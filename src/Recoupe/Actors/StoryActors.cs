using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Statements;

namespace Recoupe.Actors;

/// <summary>Who is who among the actors of a story's articles: "Salen" here is the Victor Salen there, "le maire" the one who is told to be it.</summary>
/// <remarks>
/// Actors are taken in the order of how much their names tell and join the likeliest cluster that the limits allow (gender, kind, names that
/// exclude each other, two actors of one article, one holder of a role), by the scorer that also links mentions inside an article. What is
/// found by a key (a word of the name, its initials, a role) is compared: the work grows with the number of actors, not its square.
/// </remarks>
public sealed class StoryActors
{
    private readonly Dictionary<StoryMember, StoryActor> _of = [];
    private readonly Dictionary<string, StoryActor> _byName = new(StringComparer.Ordinal);

    private StoryActors(ImmutableArray<StoryActor> all, IReadOnlyList<AnnotatedArticle> articles)
    {
        All = all;
        var byId = articles.ToDictionary(article => article.Id);
        foreach (var actor in all)
        {
            foreach (var member in actor.Members)
            {
                _of[member] = actor;
                _byName.TryAdd(byId[member.Article].Actors[member.Actor].Name, actor);
            }
        }
    }

    /// <summary>All, by the place where the first article speaks of them.</summary>
    public ImmutableArray<StoryActor> All { get; }

    /// <summary>The actors of the articles of one story.</summary>
    public static StoryActors Of(IReadOnlyList<AnnotatedArticle> articles) => new(new StoryActorLinker(articles).Link(), articles);

    /// <summary>The story's actor that an article's is.</summary>
    /// <param name="article">The article.</param>
    /// <param name="actor">The index among its <see cref="AnnotatedArticle.Actors"/>.</param>
    public StoryActor? Of(ArticleId article, int actor) => _of.GetValueOrDefault(new StoryMember(article, actor));

    /// <summary>Who speaks in a statement of <paramref name="article"/>; null where nobody is told.</summary>
    public StoryActor? SpeakerOf(AnnotatedArticle article, Statement statement)
    {
        var actor = ActorOf(article, statement);
        return actor < 0 ? null : Of(article.Id, actor);
    }

    /// <summary>The actor that any article calls by this very name; null where none does.</summary>
    public StoryActor? Called(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The index of the article's actor that speaks in a statement; -1 where none is told.</summary>
    public static int ActorOf(AnnotatedArticle article, Statement statement)
    {
        if (statement.Speaker is not { Name: { } name } speaker)
            return -1;
        var found = -1;
        for (var a = 0; a < article.Actors.Length; a++)
        {
            var actor = article.Actors[a];
            if (speaker.Mention is { } mention && actor.Mentions.Any(other => other.InTitle == statement.InTitle && other.Span.Start < mention.End && mention.Start < other.Span.End) && actor.Name == name)
                return a;
            if (found < 0 && actor.Name == name)
                found = a;
        }

        return found;
    }
}
