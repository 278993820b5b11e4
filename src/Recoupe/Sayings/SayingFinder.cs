using System.Collections.Immutable;

using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Sayings;

/// <summary>Finds the same saying again across a story's articles: whole, cut, reworded, translated or told without quotation marks.</summary>
public static class SayingFinder
{
    // So many words in a row are hardly said twice by chance; shorter quotations must be the same and of the same speaker.
    private const int Run = 4;

    // How much of the shorter wording's runs the longer one must have to be the same saying.
    private const double SharedRuns = 0.6;

    // How much of what the shorter one tells the other must tell, by weight, where the words are others.
    private const double SharedMeaning = 0.6;
    private const double SharedMeaningAcrossLanguages = 0.45;

    // Fewer things in common are a topic, not a saying.
    private const int LeastShared = 3;

    // A run or word of more sayings tells none apart: looking at all of them would cost the square.
    private const int MostHolders = 24;

    // This much of the fullest wording is all of it: an article may end a quotation a word earlier.
    private const double Whole = 0.95;
    private const double Cut = 0.8;

    /// <summary>The sayings of a story, by their first place in the story's order; most have one rendering.</summary>
    /// <param name="articles">The articles of a story, in its order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ImmutableArray<Saying> Find(ImmutableArray<AnnotatedArticle> articles, CancellationToken cancellationToken) =>
        Find(new StoryText(articles, cancellationToken), cancellationToken);

    internal static ImmutableArray<Saying> Find(StoryText story, CancellationToken cancellationToken)
    {
        var speakers = new StorySpeakers(story.Articles);
        var items = new List<Item>();
        for (var place = 0; place < story.Articles.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            items.AddRange(Read(story, place, speakers));
        }

        var groups = ByWords(items, cancellationToken);
        groups = ByMeaning(groups, cancellationToken);
        return [.. groups.Where(group => group.Items.Count > 0).OrderBy(group => group.Items.Min(item => item.Order)).Select(group => Make(story, group))];
    }

    private static IEnumerable<Item> Read(StoryText story, int place, StorySpeakers speakers)
    {
        var article = story.Articles[place];
        var titleQuotations = new Lazy<ImmutableArray<Quotation>>(() => article.Headline is { } headline ? QuotationFinder.Find(headline) : []);
        for (var i = 0; i < article.Statements.Length; i++)
        {
            var statement = article.Statements[i];
            var words = statement.InTitle ? story.Headlines[place]! : story.Bodies[place];
            var quoted = new List<string>();
            var keys = new List<ulong>();
            foreach (var span in statement.Content)
            {
                var (from, to) = words.Range(span);
                for (var t = from; t < to; t++)
                {
                    if (words.Source.Tokens[t].Kind == TokenKind.Mark)
                        continue;
                    if (statement.Kind == StatementKind.Direct
                        || statement.Kind == StatementKind.Mixed && IsQuoted(statement.InTitle ? titleQuotations.Value : story.QuotationsOf(place), t))
                        quoted.Add(words.Words[t]);
                }

                keys.AddRange(words.KeysIn(span));
            }

            yield return new Item(
                place, i, speakers.Of(statement), [.. quoted], [.. keys.Distinct().Order()], article.Article.Language, statement.Negated);
        }
    }

    private static bool IsQuoted(ImmutableArray<Quotation> quotations, int token)
    {
        int low = 0, high = quotations.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (quotations[middle].End <= token)
                low = middle + 1;
            else if (quotations[middle].Open > token)
                high = middle - 1;
            else
                return true;
        }

        return false;
    }

    // The longest first, so that every later wording is held against the fullest.
    private static List<Group> ByWords(List<Item> items, CancellationToken cancellationToken)
    {
        var groups = new List<Group>();
        var runs = new Dictionary<ulong, List<Group>>();
        var hits = new Dictionary<Group, int>();
        foreach (var item in items.OrderByDescending(item => item.Quoted.Length).ThenBy(item => item.Order))
        {
            cancellationToken.ThrowIfCancellationRequested();
            hits.Clear();
            var own = Runs(item.Quoted);
            foreach (var run in own)
            {
                if (!runs.TryGetValue(run, out var holders) || holders.Count > MostHolders)
                    continue;
                foreach (var holder in holders)
                    hits[holder] = hits.GetValueOrDefault(holder) + 1;
            }

            Group? best = null;
            var most = 0;
            foreach (var (group, count) in hits)
            {
                if (count >= own.Count * SharedRuns && MaySay(group, item) && (count > most || count == most && group.Number < best!.Number))
                    (best, most) = (group, count);
            }

            if (best is not null)
            {
                best.Items.Add(item);
                continue;
            }

            var found = new Group(groups.Count, item);
            groups.Add(found);
            foreach (var run in own)
            {
                if (!runs.TryGetValue(run, out var holders))
                    runs.Add(run, holders = []);
                if (holders.Count <= MostHolders && (holders.Count == 0 || holders[^1] != found))
                    holders.Add(found);
            }
        }

        return groups;
    }

    // Long quotations may be given to somebody else by mistake, which is worth telling; short ones are anybody's.
    private static bool MaySay(Group group, Item item) =>
        item.Quoted.Length >= 2 * Run || item.Speaker.Name is null || group.Fullest.Speaker.Name is null || group.Fullest.Speaker == item.Speaker;

    private static List<ulong> Runs(string[] words)
    {
        var runs = new List<ulong>();
        if (words.Length is > 1 and < Run)
        {
            runs.Add(words.Aggregate(TextHash.Of("short"), (hash, word) => TextHash.Combine(hash, TextHash.Of(word))));
            return runs;
        }

        var hashes = Array.ConvertAll(words, word => TextHash.Of(word));
        for (var i = 0; i + Run <= hashes.Length; i++)
        {
            var hash = hashes[i];
            for (var j = 1; j < Run; j++)
                hash = TextHash.Combine(hash, hashes[i + j]);
            runs.Add(hash);
        }

        return runs;
    }

    // What one speaker says in other words: the same things told, the rarer in the story the more they weigh.
    private static List<Group> ByMeaning(List<Group> groups, CancellationToken cancellationToken)
    {
        var frequencies = new Dictionary<ulong, int>();
        foreach (var key in groups.SelectMany(group => group.Fullest.Keys))
            frequencies[key] = frequencies.GetValueOrDefault(key) + 1;
        var weights = frequencies.ToDictionary(pair => pair.Key, pair => Math.Log(1 + ((double)groups.Count / pair.Value)));
        foreach (var group in groups)
            group.Mass = group.Fullest.Keys.Sum(key => weights[key]);

        var kept = new List<Group>();
        var holders = new Dictionary<(StorySpeaker, ulong), List<Group>>();
        var shared = new Dictionary<Group, (int Count, double Weight)>();
        foreach (var group in groups)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var item = group.Fullest;
            if (item.Speaker.Name is null)
            {
                kept.Add(group);
                continue;
            }

            shared.Clear();
            foreach (var key in item.Keys)
            {
                if (!holders.TryGetValue((item.Speaker, key), out var others) || others.Count > MostHolders)
                    continue;
                foreach (var other in others)
                {
                    var (count, weight) = shared.GetValueOrDefault(other);
                    shared[other] = (count + 1, weight + weights[key]);
                }
            }

            Group? best = null;
            double most = 0;
            foreach (var (other, (count, weight)) in shared)
            {
                var of = Math.Min(group.Mass, other.Mass);
                var share = of > 0 ? weight / of : 0;
                var least = item.Language == other.Fullest.Language ? SharedMeaning : SharedMeaningAcrossLanguages;
                if (count >= LeastShared && share >= least && item.Negated == other.Fullest.Negated && !SameArticle(group, other)
                    && (share > most || share == most && other.Number < best!.Number))
                    (best, most) = (other, share);
            }

            if (best is not null)
            {
                best.Items.AddRange(group.Items);
                continue;
            }

            kept.Add(group);
            foreach (var key in item.Keys)
            {
                if (!holders.TryGetValue((item.Speaker, key), out var others))
                    holders.Add((item.Speaker, key), others = []);
                if (others.Count <= MostHolders)
                    others.Add(group);
            }
        }

        return kept;
    }

    // Two quotations of one article are two sayings, however alike.
    private static bool SameArticle(Group a, Group b) =>
        a.Fullest.Quoted.Length > 0 && b.Fullest.Quoted.Length > 0 && a.Fullest.Place == b.Fullest.Place;

    private static Saying Make(StoryText story, Group group)
    {
        var fullest = group.Fullest;
        var whole = Runs(fullest.Quoted).ToHashSet();
        var renderings = group.Items
            .OrderBy(item => story.Articles[item.Place].Article.Published is null).ThenBy(item => story.Articles[item.Place].Article.Published).ThenBy(item => item.Order)
            .Select(item => (Item: item, Rendering: new Rendering(story.Articles[item.Place].Id, item.Statement, WordingOf(item, fullest, whole), item.Speaker)))
            .ToList();
        // Whom most articles give it to; a person before others.
        var speaker = renderings.Where(pair => pair.Item.Speaker.Name is not null).GroupBy(pair => pair.Item.Speaker)
            .OrderByDescending(given => given.Select(pair => pair.Item.Place).Distinct().Count()).ThenByDescending(given => given.Key.Type == SpeakerType.Person)
            .ThenByDescending(given => given.Key == fullest.Speaker).Select(given => given.Key).FirstOrDefault() ?? fullest.Speaker;
        return new Saying(speaker, renderings.FindIndex(pair => pair.Item == fullest), [.. renderings.Select(pair => pair.Rendering)]);
    }

    private static Wording WordingOf(Item item, Item fullest, HashSet<ulong> whole)
    {
        if (item == fullest)
            return item.Quoted.Length == 0 ? Wording.Reported : Wording.Whole;
        if (item.Quoted.Length == 0)
            return Wording.Reported;
        if (item.Language != fullest.Language)
            return Wording.Translated;
        if (item.Quoted.AsSpan().SequenceEqual(fullest.Quoted))
            return Wording.Whole;
        var own = Runs(item.Quoted);
        var shared = own.Count(whole.Contains);
        return own.Count == 0 || shared < own.Count * Cut ? Wording.Reworded : shared >= whole.Count * Whole ? Wording.Whole : Wording.Cut;
    }

    /// <summary>A statement as the comparison sees it.</summary>
    /// <param name="Quoted">Its folded words between quotation marks.</param>
    /// <param name="Keys">What all of its content tells, in rising order.</param>
    private sealed record Item(int Place, int Statement, StorySpeaker Speaker, string[] Quoted, ulong[] Keys, string? Language, bool Negated)
    {
        /// <summary>Its place in the story.</summary>
        public (int, int) Order => (Place, Statement);
    }

    /// <summary>The wordings of one saying.</summary>
    private sealed class Group(int number, Item fullest)
    {
        public int Number => number;

        /// <summary>The wording of most quoted words: the one that opened the group.</summary>
        public Item Fullest => fullest;

        /// <summary>What all of the fullest wording tells, by weight, set once the story's frequencies are known.</summary>
        public double Mass { get; set; }

        public List<Item> Items { get; } = [fullest];
    }
}
