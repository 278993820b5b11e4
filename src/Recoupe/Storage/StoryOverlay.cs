using System.Collections.Immutable;
using System.Data.Common;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Stories;

namespace Recoupe.Storage;

/// <summary>Lays what people said of stories over what grouping made of them: articles keep both, so that what is taken back is as it would have been.</summary>
/// <remarks>Costs as much as the stories that are touched, and those that corrections tie to them.</remarks>
internal sealed class StoryOverlay
{
    private readonly DbConnection _connection;
    private readonly DbTransaction? _transaction;
    private readonly SortedDictionary<long, (bool Merges, List<ArticleId> Articles)> _corrections = [];
    private readonly Dictionary<string, HashSet<long>> _byStory = new(StringComparer.Ordinal);
    private readonly Dictionary<long, HashSet<string>> _stories = [];

    /// <summary>Reads the corrections of stories that hold.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="transaction">In what, or null.</param>
    /// <param name="but">Without these.</param>
    public StoryOverlay(DbConnection connection, DbTransaction? transaction, IReadOnlySet<long>? but = null)
    {
        (_connection, _transaction) = (connection, transaction);
        var rows = connection.Query(
            transaction,
            "SELECT number, kind, ca.article, grouped FROM corrections JOIN correction_articles ca ON correction = number JOIN articles ON id = ca.article "
            + "WHERE undone IS NULL AND kind IN ('merge-stories', 'split-story') ORDER BY number, seq",
            row => (Number: row.GetInt64(0), Merges: row.GetString(1) == "merge-stories", Article: new ArticleId(row.GetString(2)), Grouped: row.GetString(3)));
        foreach (var (number, merges, article, grouped) in rows)
        {
            if (but?.Contains(number) != true)
                Add(number, merges, article, grouped);
        }
    }

    /// <summary>Adds a correction that is not kept.</summary>
    public void Add(long number, StoryCorrection correction)
    {
        foreach (var article in correction.Articles.Distinct())
        {
            var versions = _connection.Query(_transaction, "SELECT grouped FROM articles WHERE id = @id", row => row.GetString(0), ("id", article.Value));
            foreach (var grouped in versions)
                Add(number, correction.Merges, article, grouped);
        }
    }

    /// <summary>The articles that stand elsewhere than they should, in the order of stories and arrival.</summary>
    /// <param name="regrouped">Stories, as grouping has them, that have changed.</param>
    /// <param name="forced">Stories, as grouping has them, of which corrections have changed.</param>
    public List<MovedArticle> Moves(IEnumerable<string> regrouped, IEnumerable<string> forced) =>
        [.. Stories(regrouped, forced).SelectMany(story => story.Articles.Where(article => article.Shown != story.Id)
            .Select(article => new MovedArticle(article.Id, article.Shown, story.Id)))];

    private void Add(long number, bool merges, ArticleId article, string grouped)
    {
        if (!_corrections.TryGetValue(number, out var correction))
            _corrections[number] = correction = (merges, []);
        correction.Articles.Add(article);
        if (!_byStory.TryGetValue(grouped, out var numbers))
            _byStory[grouped] = numbers = [];
        numbers.Add(number);
        if (!_stories.TryGetValue(number, out var stories))
            _stories[number] = stories = new HashSet<string>(StringComparer.Ordinal);
        stories.Add(grouped);
    }

    private IEnumerable<(StoryId Id, List<(ArticleId Id, StoryId Shown)> Articles)> Stories(IEnumerable<string> regrouped, IEnumerable<string> forced)
    {
        var (tied, numbers) = Tied([.. forced, .. _corrections.Count == 0 ? [] : regrouped.Where(story => _byStory.ContainsKey(story) || IsOverlaid(story))]);
        var members = tied.Select(story => (Id: new StoryId(story), Articles: _connection.Query(
            _transaction, "SELECT id, story, seq FROM articles WHERE grouped = @story ORDER BY seq",
            row => (Id: new ArticleId(row.GetString(0)), Shown: new StoryId(row.GetString(1)), Seq: row.GetInt64(2)), ("story", story))))
            .Where(story => story.Articles.Count > 0).OrderBy(story => story.Articles[0].Seq).ToList();
        var shown = members.SelectMany(story => story.Articles).ToDictionary(article => article.Id, article => article.Shown);
        var set = new CorrectionSet([.. numbers.Order().Select(number => _corrections[number]).Select(one => new StoryCorrection(one.Merges, [.. one.Articles]))]);
        var stories = members.Select(story => new Story(story.Id, story.Id, [.. story.Articles.Select(article => article.Id)])).ToImmutableArray();
        return Corrector.Correct(stories, set).Select(story => (story.Id, story.Articles.Select(article => (article, shown[article])).ToList()));
    }

    // With all that corrections tie together.
    private (HashSet<string> Stories, HashSet<long> Numbers) Tied(IReadOnlyCollection<string> from)
    {
        var stories = new HashSet<string>(from, StringComparer.Ordinal);
        var numbers = new HashSet<long>();
        var left = new Queue<string>(stories);
        while (left.TryDequeue(out var story))
        {
            foreach (var number in _byStory.GetValueOrDefault(story) ?? [])
            {
                if (!numbers.Add(number))
                    continue;
                foreach (var other in _stories[number].Where(stories.Add))
                    left.Enqueue(other);
            }
        }

        return (stories, numbers);
    }

    private bool IsOverlaid(string story) =>
        _connection.Query(_transaction, "SELECT 1 FROM articles WHERE grouped = @story AND story <> @story LIMIT 1", _ => true, ("story", story)).Count > 0;
}
