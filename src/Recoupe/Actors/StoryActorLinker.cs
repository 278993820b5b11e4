using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

using Gender = Recoupe.Statements.Gender;

namespace Recoupe.Actors;

/// <summary>One actor of an article on its way into a cluster.</summary>
internal sealed class StoryNode
{
    public StoryNode(AnnotatedArticle article, int index)
    {
        Article = article;
        Index = index;
        Actor = article.Actors[index];
        Form = new NameForm(Actor.Name, Actor is { Type: SpeakerType.Person } or { IsTypeGuessed: true });
        Roles = [.. Actor.Roles.Select(role => KeyOf(role, article.Body.Language)).Distinct(StringComparer.Ordinal)];
        Qualifiers = [.. Actor.Qualifiers.Select(word => KeyOf(word, article.Body.Language)).Distinct(StringComparer.Ordinal)];
    }

    public AnnotatedArticle Article { get; }

    public int Index { get; }

    public ArticleActor Actor { get; }

    public NameForm Form { get; }

    /// <summary>What its nouns mean, so that two languages and two genders agree.</summary>
    public string[] Roles { get; }

    public string[] Qualifiers { get; }

    // The concept where there is one; else the word as a man or a woman holds the role.
    private static string KeyOf(string word, Language? language)
    {
        var folded = Folding.Fold(word);
        return language is not null && Lexicon.Of(language).Find(folded, PartOfSpeech.Noun) is var concept and not 0 ? "#" + concept.ToString("x", CultureInfo.InvariantCulture) : folded.TrimEnd('e');
    }
}

/// <summary>Actors of several articles that are taken for one.</summary>
internal sealed class StoryCluster
{
    public List<StoryNode> Nodes { get; } = [];

    /// <summary>The first article's place, then the actor's in it.</summary>
    public (int Article, int Actor) Place { get; set; }
}

/// <summary>Who of the clusters is meant: an index, or -1 for none of them.</summary>
internal delegate int ClusterChooser(StoryNode node, IReadOnlyList<StoryCluster> candidates, IReadOnlyList<float[]> rows);

/// <summary>Links the actors of a story's articles.</summary>
internal sealed class StoryActorLinker(IReadOnlyList<AnnotatedArticle> articles, ClusterChooser? chooser = null)
{
    private const int MostAlike = 24;

    private readonly List<StoryCluster> _clusters = [];
    private readonly Dictionary<string, List<StoryCluster>> _byKey = new(StringComparer.Ordinal);

    public ImmutableArray<StoryActor> Link()
    {
        foreach (var node in InOrder())
        {
            var candidates = Keys(node).SelectMany(key => _byKey.GetValueOrDefault(key) ?? []).Distinct().Where(cluster => StoryLimits.Allow(node, cluster)).Take(MostAlike).ToList();
            var chosen = -1;
            if (candidates.Count > 0)
            {
                var rows = candidates.ConvertAll(cluster => StoryFeatures.Of(node, cluster, candidates));
                chosen = (chooser ?? Choose)(node, candidates, rows);
            }

            Add(node, chosen < 0 ? new StoryCluster() : candidates[chosen]);
        }

        return [.. _clusters.OrderBy(cluster => cluster.Place).Select(Actor)];
    }

    // Names before descriptions, fuller names before shorter ones: what tells more is known when what tells less comes.
    private IEnumerable<StoryNode> InOrder() => articles
        .SelectMany(article => article.Actors.Select((_, index) => new StoryNode(article, index)))
        .Where(node => node.Actor.IsNamed || node.Roles.Length > 0 && node.Actor is { IsSource: false, IsIndefinite: false })
        .OrderByDescending(node => node.Actor.IsNamed).ThenByDescending(node => Math.Min(node.Form.Words.Length, 3)).ThenByDescending(node => node.Actor.Roles.Length > 0);

    private static int Choose(StoryNode node, IReadOnlyList<StoryCluster> candidates, IReadOnlyList<float[]> rows)
    {
        var best = -1;
        var bestScore = LinkModel.LeastAcross;
        for (var c = 0; c < candidates.Count; c++)
        {
            var score = LinkModel.Score(rows[c]);
            if (score > bestScore)
                (best, bestScore) = (c, score);
        }

        return best;
    }

    private void Add(StoryNode node, StoryCluster cluster)
    {
        var place = (articles.Count, 0);
        for (var a = 0; a < articles.Count; a++)
        {
            if (articles[a].Id == node.Article.Id)
                place = (a, node.Index);
        }

        if (cluster.Nodes.Count == 0)
        {
            _clusters.Add(cluster);
            cluster.Place = place;
        }
        else if (place.CompareTo(cluster.Place) < 0)
        {
            cluster.Place = place;
        }

        cluster.Nodes.Add(node);
        foreach (var key in Keys(node))
        {
            if (!_byKey.TryGetValue(key, out var alike))
                _byKey.Add(key, alike = []);
            if (alike.Count < MostAlike && !alike.Contains(cluster))
                alike.Add(cluster);
        }
    }

    // A name by its last word and its initials; whoever has a role by the role.
    private static IEnumerable<string> Keys(StoryNode node)
    {
        if (node.Actor.IsNamed)
        {
            yield return "n " + node.Form.Words[^1];
            if (node.Form.Words.Length > 1)
                yield return "n " + node.Form.Words[0];
            if (NameInitials.IsAcronym(node.Actor.Name))
                yield return "i " + node.Actor.Name.Replace(".", "", StringComparison.Ordinal)[..2].ToUpperInvariant();
            else if (node.Form.Words.Length > 2)
                yield return "i " + string.Concat(node.Actor.Name.Where(char.IsUpper).Take(2));
        }

        foreach (var role in node.Roles)
            yield return "r " + role;
    }

    private StoryActor Actor(StoryCluster cluster, int id)
    {
        var fullest = cluster.Nodes.OrderByDescending(node => node.Actor.IsNamed).ThenByDescending(node => !NameInitials.IsAcronym(node.Actor.Name)).ThenByDescending(node => Math.Min(node.Form.Words.Length, 4))
            .ThenByDescending(node => node.Form.Words[0].Length > 1).First();
        var type = cluster.Nodes.Exists(node => node.Actor is { IsNamed: true, Type: SpeakerType.Person, IsTypeGuessed: false }) ? SpeakerType.Person : fullest.Actor.Type;
        var order = articles.Select((article, place) => (article.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        return new StoryActor(id, fullest.Actor.Name, type, fullest.Actor.IsNamed,
            [.. cluster.Nodes.OrderBy(node => order[node.Article.Id]).ThenBy(node => node.Index).Select(node => new StoryMember(node.Article.Id, node.Index))]);
    }
}

/// <summary>Which clusters an actor cannot belong to, whatever the scorer says.</summary>
internal static class StoryLimits
{
    public static bool Allow(StoryNode node, StoryCluster cluster)
    {
        foreach (var other in cluster.Nodes)
        {
            if (other.Article.Id == node.Article.Id)
                return false; // the article itself keeps them apart
            if (!MayBeOne(node.Actor, other.Actor))
                return false;
            if (node.Actor.IsNamed && other.Actor.IsNamed && node.Form.To(other.Form) is NameRelation.Conflict)
                return false;
        }

        var named = cluster.Nodes.Find(other => other.Actor.IsNamed);
        if (node.Actor.IsNamed && named is not null)
            return cluster.Nodes.Exists(other => other.Actor.IsNamed && node.Form.To(other.Form) > NameRelation.Conflict);
        // A description needs somebody who is told to hold the role, and all that qualifies it.
        return cluster.Nodes.Exists(other => node.Roles.Any(other.Roles.Contains))
            && Array.TrueForAll(node.Qualifiers, word => cluster.Nodes.Exists(other => other.Qualifiers.Contains(word)) || named is null && cluster.Nodes.TrueForAll(other => other.Qualifiers.Length == 0));
    }

    private static bool MayBeOne(ArticleActor a, ArticleActor b)
    {
        if (a.IsPlural != b.IsPlural && !(a.IsNamed && b.IsNamed))
            return false;
        var isPerson = IsPerson(a);
        if (isPerson != IsPerson(b) && !a.IsTypeGuessed && !b.IsTypeGuessed)
            return false;
        if ((a.Type == SpeakerType.Document) != (b.Type == SpeakerType.Document))
            return false;
        return !isPerson || a.Gender == Gender.Unknown || b.Gender == Gender.Unknown || a.Gender == b.Gender;
    }

    private static bool IsPerson(ArticleActor actor) => actor.Type is SpeakerType.Person or SpeakerType.Unnamed;
}

/// <summary>What is measured of an actor and a cluster: the numbers of <see cref="LinkFeatures"/>, without those of places.</summary>
internal static class StoryFeatures
{
    public static float[] Of(StoryNode node, StoryCluster cluster, List<StoryCluster> candidates)
    {
        var row = new float[LinkFeatures.Count];
        var relation = Relation(node, cluster);
        row[0] = 2;
        row[9] = node.Actor.IsPlural ? 1 : 0;
        row[10] = node.Actor.Gender == Gender.Unknown ? 0 : 1;
        row[15] = cluster.Nodes.Exists(other => other.Actor.IsNamed) ? 1 : 0;
        row[16] = (int)cluster.Nodes[0].Actor.Type;
        row[17] = node.Actor.IsTypeGuessed ? 1 : 0;
        row[18] = node.Actor.IsPlace ? 1 : 0;
        row[20] = cluster.Nodes.Exists(other => other.Actor.Gender != Gender.Unknown) ? 1 : 0;
        row[22] = Math.Min(cluster.Nodes.Sum(other => other.Actor.Mentions.Length), 10);
        row[26] = SharesRole(node, cluster) ? 1 : 0;
        row[29] = Math.Min(cluster.Nodes.Sum(other => other.Roles.Length), 4);
        row[30] = Math.Min(node.Qualifiers.Length, 5);
        row[31] = node.Qualifiers.Count(word => cluster.Nodes.Exists(other => other.Qualifiers.Contains(word)));
        row[34] = candidates.Exists(other => other != cluster && SharesRole(node, other)) ? 1 : 0;
        row[46] = Math.Min(candidates.Count, 10);
        row[52] = (int)relation;
        row[53] = Math.Min(candidates.Count(other => Relation(node, other) >= relation), 5);
        row[54] = node.Actor.IsNamed ? 1 : 0;
        row[55] = cluster.Nodes.Exists(other => other.Article.Body.Language == node.Article.Body.Language) ? 1 : 0;
        row[56] = Math.Min(cluster.Nodes.Count, 10);
        row[57] = cluster.Nodes.Exists(other => other.Actor.Type == node.Actor.Type) ? 1 : 0;
        row[58] = Math.Min(node.Form.Words.Length, 4);
        row[59] = Math.Min(node.Roles.Length, 4);
        return row;
    }

    private static NameRelation Relation(StoryNode node, StoryCluster cluster) =>
        node.Actor.IsNamed ? cluster.Nodes.Where(other => other.Actor.IsNamed).Select(other => node.Form.To(other.Form)).DefaultIfEmpty(NameRelation.None).Max() : NameRelation.None;

    private static bool SharesRole(StoryNode node, StoryCluster cluster) => node.Roles.Any(role => cluster.Nodes.Exists(other => other.Roles.Contains(role)));
}
