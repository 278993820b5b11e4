using System.Collections.Immutable;
using System.Globalization;

using Recoupe.Articles;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>Puts the passages of a story together that tell the same thing, within and across languages.</summary>
public static class PointFinder
{
    // A passage of another point that is this like a point's passages takes it for granted.
    private const double TakesForGranted = 0.24;

    // A named speaker's words, early or with an amount.
    private const double WorthTelling = 2.2;

    // How much liker the likest point must be than the next.
    private const double Clearly = 1.3;

    // So like a point, it is another wording of it, however like a further one is.
    private const double Surely = 0.26;

    // What tells this much of a title tells what the title tells.
    private const double PartOfTitle = 0.5;

    // Less of what the other passages tell in common, and a passage tells the point in part.
    private const double PartOfCore = 0.3;

    // Beyond, every point has wordings enough, and looking for more would cost the square of the articles.
    private const int MostArticlesForAttachment = 40;

    // Less like the other sentences of its article, and a speaker's words tell another point.
    private const double UnlikeOwn = 0.2;

    // How many passages of one point are compared with each other, and with what stands outside it: in large stories the rest tells the same.
    private const int MostCompared = 12;
    private const int MostForPoint = 40;

    // How many lone points of one article one speaker may have.
    private const int MostOfOneSpeaker = 2;

    // In stories of more articles the news is told often enough to be found by its words.
    private const int MostArticlesForNews = 2;

    // Of a point told in more passages the first are compared: who denies, denies there.
    private const int MostClaims = 60;

    // A title tells a point if it is this like its likest passage.
    private const double TitleTells = 0.30;

    /// <summary>The points, the weightiest first; background last.</summary>
    /// <param name="articles">The articles of a story, in its order.</param>
    /// <param name="options">What makes passages one point.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static ImmutableArray<Point> Find(ImmutableArray<AnnotatedArticle> articles, PointOptions options, CancellationToken cancellationToken) =>
        Find(new StoryText(articles, cancellationToken), options, cancellationToken);

    internal static ImmutableArray<Point> Find(StoryText story, PointOptions options, CancellationToken cancellationToken)
    {
        var units = new List<Unit>();
        for (var place = 0; place < story.Articles.Length; place++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            units.AddRange(UnitReader.Read(story, place));
        }

        var telling = units.Where(unit => !unit.Echo).ToList();
        var likeness = new Likeness(telling);
        var titles = Enumerable.Range(0, story.Articles.Length).Select(place => UnitReader.ReadTitle(story, place)).ToArray();
        foreach (var unit in units.Where(unit => unit.Echo).Concat(titles.OfType<Unit>()))
            likeness.Weigh(unit);

        var news = News(telling, titles);
        var clusters = Cluster(news.Count == 0 ? telling : telling.FindAll(unit => !news.Contains(unit)), likeness, options, cancellationToken);
        if (news.Count > 0)
        {
            clusters.Add(news);
            clusters.Sort((a, b) => (a[0].Article, a[0].Sentence).CompareTo((b[0].Article, b[0].Sentence)));
        }

        JoinHeadlines(clusters, titles);
        if (story.Articles.Length <= MostArticlesForAttachment)
            CounterpartFinder.Join(story, clusters);
        Attach(clusters, story.Articles.Length, likeness, options, cancellationToken);
        if (story.Articles.Length <= MostArticlesForNews)
            PartSpeakers(clusters, news, likeness);
        JoinStatements(clusters);
        var drafts = clusters.ConvertAll(cluster => new Draft(cluster));
        AddEchoes(units, drafts);
        var titled = titles.Where(title => title is not null).Select(title => title!).ToList();
        var headlines = Some(titled, MostForPoint);
        foreach (var draft in drafts)
            draft.Weigh(story.Articles.Length, headlines, (double)titled.Count / titles.Length, likeness);
        var told = Choose(drafts, story.Articles.Length);
        AddGranted(told, likeness);
        AddTitles(told, titles, likeness);
        return [.. told.Select((draft, number) => draft.ToPoint(story, new PointId("p" + (number + 1).ToString(CultureInfo.InvariantCulture)), likeness))];
    }

    private static List<List<Unit>> Cluster(List<Unit> units, Likeness likeness, PointOptions options, CancellationToken cancellationToken)
    {
        if (units.Count <= options.MaxUnitsAtOnce)
            return UnitClusterer.Cluster(units, likeness, options, cancellationToken).ConvertAll(cluster => cluster.ConvertAll(index => units[index]));

        // Parts of whole articles are clustered first, then what stands for each cluster: linear in articles.
        var clusters = new List<List<Unit>>();
        var from = 0;
        while (from < units.Count)
        {
            var to = Math.Min(units.Count, from + options.MaxUnitsAtOnce);
            while (to < units.Count && units[to].Article == units[to - 1].Article)
                to++;
            var part = units.GetRange(from, to - from);
            clusters.AddRange(UnitClusterer.Cluster(part, likeness, options, cancellationToken).ConvertAll(cluster => cluster.ConvertAll(index => part[index])));
            from = to;
        }

        var spokesmen = clusters.ConvertAll(cluster => Central(cluster, likeness));
        return UnitClusterer.Cluster(spokesmen, likeness, options, cancellationToken)
            .ConvertAll(group => group.SelectMany(index => clusters[index]).OrderBy(unit => unit.Article).ThenBy(unit => unit.Evidence.Span).ToList());
    }

    // A passage that found no other is another wording of the point that it is like, if its article does not tell that point yet
    // and no other point is nearly as like: outlets of one story tell mostly the same things.
    private static void Attach(List<List<Unit>> clusters, int articles, Likeness likeness, PointOptions options, CancellationToken cancellationToken)
    {
        if (articles > MostArticlesForAttachment)
            return;
        var shared = clusters.Where(cluster => cluster.Select(unit => unit.Article).Distinct().Count() > 1).ToList();
        var left = clusters.Where(cluster => cluster.Count == 1 && !cluster[0].Background && !cluster[0].Old).ToList();
        foreach (var alone in left.ToList())
        {
            if (shared.Find(cluster => cluster.Exists(unit => Continues(unit, alone[0], likeness))) is not { } point)
                continue;
            Move(alone, point);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (double Value, List<Unit>? Alone, List<Unit>? Point) best = (0, null, null);
            foreach (var alone in left)
            {
                double first = 0, second = 0;
                List<Unit>? point = null;
                foreach (var cluster in shared)
                {
                    if (!MayTell(cluster, alone[0]))
                        continue;
                    var value = Link(alone[0], cluster, likeness);
                    if (value > first)
                        (first, second, point) = (value, first, cluster);
                    else if (value > second)
                        second = value;
                }

                var least = alone[0].Statements.IsEmpty && !alone[0].Witnessed ? options.MinBareAttachment : options.MinAttachment;
                if (point is not null && first >= least && first > best.Value && (first >= Clearly * second || first >= Surely))
                    best = (first, alone, point);
            }

            if (best.Alone is null)
                break;
            best.Alone[0].Partial = TellsPart(best.Alone[0], best.Point!, likeness);
            Move(best.Alone, best.Point!);
        }

        if (articles > 2)
            JoinLeft();

        // Two statements that found nothing else, each the likest to the other by far.
        void JoinLeft()
        {
            var statements = left.Where(alone => !alone[0].Statements.IsEmpty).ToList();
            var next = statements.ConvertAll(alone =>
            {
                var others = statements.Where(other => other[0].Article != alone[0].Article)
                    .Select(other => (other, value: likeness.Of(alone[0], other[0]))).OrderByDescending(pair => pair.value).Take(2).ToList();
                return others.Count > 0 && others[0].value >= options.MinAttachment && (others.Count == 1 || others[0].value >= Clearly * others[1].value) ? others[0].other : null;
            });
            for (var i = 0; i < statements.Count; i++)
            {
                var j = next[i] is { } other ? statements.IndexOf(other) : -1;
                if (j > i && next[j] == statements[i])
                    Move(statements[j], statements[i]);
            }
        }

        void Move(List<Unit> alone, List<Unit> point)
        {
            point.Add(alone[0]);
            point.Sort((a, b) => a.Article != b.Article ? a.Article.CompareTo(b.Article) : a.Evidence.Span.CompareTo(b.Evidence.Span));
            left.Remove(alone);
            clusters.Remove(alone);
        }
    }

    // The sentence beside one that tells a point goes on with it: the same speaker denies twice.
    private static bool Continues(Unit told, Unit next, Likeness likeness) =>
        told.Article == next.Article && Math.Abs(told.Sentence - next.Sentence) == 1 && told.Paragraph == next.Paragraph
        && told.Denying && next.Denying && told.Speaker == next.Speaker && likeness.Of(told, next) > 0;

    // What tells most of a title is the news, in whichever of its wordings: the words of the news are too common in its story to
    // weigh much, so they are counted here, not weighed.
    private static void JoinHeadlines(List<List<Unit>> clusters, Unit?[] titles)
    {
        if (titles.Length > MostArticlesForAttachment)
            return;
        foreach (var title in titles)
        {
            if (title is null || title.Terms.Length < 4)
                continue;
            var telling = clusters.Where(cluster => cluster.Exists(unit => TellsTitle(unit, title))).ToList();
            // What one article tells joins what most tell; two points that several tell are two.
            telling = [.. telling.OrderByDescending(cluster => cluster.Select(unit => unit.Article).Distinct().Count()).ThenByDescending(cluster => cluster.Count)];
            foreach (var lone in telling.Skip(1).Where(cluster => cluster.TrueForAll(unit => unit.Article == cluster[0].Article)))
            {
                telling[0].AddRange(lone);
                telling[0].Sort((x, y) => x.Article != y.Article ? x.Article.CompareTo(y.Article) : x.Evidence.Span.CompareTo(y.Evidence.Span));
                clusters.Remove(lone);
            }
        }
    }

    // In a story of few articles the words of the news are as common as the names it shares with all else: what every article tells
    // of one title is one point before anything else is compared.
    private static List<Unit> News(List<Unit> units, Unit?[] titles)
    {
        if (titles.Length is < 2 or > MostArticlesForNews)
            return [];
        List<Unit> best = [];
        foreach (var title in titles)
        {
            if (title is null || title.Terms.Length < 4)
                continue;
            var telling = units.FindAll(unit => TellsTitle(unit, title));
            if (telling.Count > best.Count && telling.Select(unit => unit.Article).Distinct().Count() == titles.Length)
                best = telling;
        }

        return best;
    }

    private static bool TellsTitle(Unit unit, Unit title)
    {
        int told = 0, plain = 0;
        foreach (var term in title.Terms)
        {
            if (Array.Exists(unit.Terms, own => own.Key == term.Key))
            {
                told++;
                plain += term.IsName ? 0 : 1;
            }
        }

        if (told < PartOfTitle * title.Terms.Length)
            return false;
        // All words of a short title but the names that its whole story shares.
        return plain >= 2 && told >= 4 || plain >= 3 && plain == title.Terms.Count(term => !term.IsName);
    }

    // What one named speaker alone tells among other sentences, unlike all that its own article tells of the point, is another point.
    private static void PartSpeakers(List<List<Unit>> clusters, List<Unit> news, Likeness likeness)
    {
        foreach (var cluster in clusters.ToList())
        {
            if (cluster == news || cluster.FindAll(unit => unit.Speaker is not null) is not [{ Denying: false } said])
                continue;
            var beside = cluster.FindAll(unit => unit.Article == said.Article && unit != said);
            if (beside.Count == 0 || beside.Exists(unit => likeness.Of(unit, said) >= UnlikeOwn) || cluster.TrueForAll(unit => unit.Article == said.Article))
                continue;
            cluster.Remove(said);
            clusters.Add([said]);
        }

        clusters.Sort((a, b) => (a[0].Article, a[0].Sentence, a[0].Evidence.Span.Start).CompareTo((b[0].Article, b[0].Sentence, b[0].Evidence.Span.Start)));
    }

    // The sentences of one long quotation that nobody else has are one point.
    private static void JoinStatements(List<List<Unit>> clusters)
    {
        for (var i = 0; i + 1 < clusters.Count;)
        {
            var (first, second) = (clusters[i], clusters[i + 1]);
            if (first.TrueForAll(unit => unit.Article == first[0].Article) && second.TrueForAll(unit => unit.Article == first[0].Article)
                && second[0].Statements.Any(statement => first[^1].Statements.Contains(statement)))
            {
                first.AddRange(second);
                clusters.RemoveAt(i + 1);
            }
            else
            {
                i++;
            }
        }
    }

    // An article tells a point once, but another of its speakers may tell it too, or deny it.
    private static bool MayTell(List<Unit> point, Unit unit) => point.TrueForAll(told =>
        told.Article != unit.Article || Math.Abs(told.Sentence - unit.Sentence) == 1 || unit.Denying || (unit.Speaker is not null && unit.Speaker != told.Speaker));

    // Whether it tells little of what most of the point's passages tell.
    private static bool TellsPart(Unit unit, List<Unit> point, Likeness likeness)
    {
        if (unit.Denying || point.Exists(told => told.Speaker == unit.Speaker))
            return false;
        var core = point.SelectMany(told => told.Terms).GroupBy(term => term.Key).Where(group => group.Count() * 2 >= point.Count).Select(group => group.First()).ToList();
        var all = core.Sum(likeness.WeightOf);
        // One amount of the point is its claim.
        if (core.Exists(term => term.IsAmount && Array.Exists(unit.Terms, own => own.Key == term.Key)))
            return false;
        return all > 0 && core.Where(term => Array.Exists(unit.Terms, own => own.Key == term.Key)).Sum(likeness.WeightOf) < PartOfCore * all;
    }

    private static double Link(Unit unit, List<Unit> cluster, Likeness likeness)
    {
        double sum = 0, best = 0;
        foreach (var other in cluster)
        {
            var value = likeness.Of(unit, other);
            sum += value;
            best = Math.Max(best, value);
        }

        return (0.5 * sum / cluster.Count) + (0.5 * best);
    }

    // "Nothing of the sort", "c'est faux": denies what stands before it.
    private static void AddEchoes(List<Unit> units, List<Draft> drafts)
    {
        var draftOf = drafts.SelectMany(draft => draft.Units.Select(unit => (unit, draft))).ToDictionary(pair => pair.unit, pair => pair.draft);
        for (var i = 1; i < units.Count; i++)
        {
            if (units[i].Echo && units[i - 1].Article == units[i].Article && draftOf.TryGetValue(units[i - 1], out var draft))
            {
                draft.Units.Add(units[i]);
                draftOf[units[i]] = draft;
            }
        }
    }

    private static List<Draft> Choose(List<Draft> drafts, int articles)
    {
        var shared = drafts.Where(draft => draft.Articles > 1).OrderByDescending(draft => draft.Weight).ThenBy(draft => draft.First).ToList();
        var lone = drafts.Where(draft => draft.Articles == 1).OrderByDescending(draft => draft.Weight).ThenBy(draft => draft.First).ToList();
        var most = PointOptions.MaxPoints(articles);
        // The best lone points before the weakest shared ones.
        var chosen = shared.Take(most - Math.Min(2, lone.Count(draft => draft.Weight >= WorthTelling))).ToList();
        var left = Math.Min(PointOptions.LonePoints(articles), most - chosen.Count);
        var perArticle = new Dictionary<int, int>();
        var withFact = new HashSet<int>();
        var perSpeaker = new Dictionary<(int, string), int>();
        foreach (var draft in lone)
        {
            if (left <= 0)
                break;
            var article = draft.Units[0].Article;
            // One article does not take all places.
            if (articles > 1 && perArticle.GetValueOrDefault(article) >= (articles == 2 ? 4 : 2))
                continue;
            // Nor do its speakers take the place of its best bare fact with an amount.
            if (articles == 2 && !draft.HasBareAmount && perArticle.GetValueOrDefault(article) >= 3
                && !withFact.Contains(article) && lone.Exists(other => other.HasBareAmount && other.Units[0].Article == article))
                continue;
            // Nor does one speaker of it.
            if (articles > 1 && draft.Units[0].Speaker is { } speaker)
            {
                if (perSpeaker.GetValueOrDefault((article, speaker)) >= MostOfOneSpeaker)
                    continue;
                perSpeaker[(article, speaker)] = perSpeaker.GetValueOrDefault((article, speaker)) + 1;
            }

            perArticle[article] = perArticle.GetValueOrDefault(article) + 1;
            if (draft.HasBareAmount)
                withFact.Add(article);
            chosen.Add(draft);
            left--;
        }

        return [.. chosen.OrderBy(draft => draft.Background).ThenByDescending(draft => draft.Articles > 1).ThenByDescending(draft => draft.Weight).ThenBy(draft => draft.First)];
    }

    private static void AddGranted(List<Draft> told, Likeness likeness)
    {
        var shared = told.Where(draft => draft.Articles > 1).ToList();
        if (shared.Count == 0)
            return;
        // Which points tell a thing: only those that share two things with a passage may be taken for granted in it.
        var telling = new Dictionary<ulong, List<int>>();
        foreach (var (draft, number) in shared.Select((draft, number) => (draft, number)))
        {
            foreach (var key in draft.Sample.SelectMany(unit => unit.Terms).Select(term => term.Key).Distinct())
            {
                if (!telling.TryGetValue(key, out var numbers))
                    telling[key] = numbers = [];
                numbers.Add(number);
            }
        }

        var common = new int[shared.Count];
        var articles = shared.ConvertAll(draft => draft.Units.Select(unit => unit.Article).ToHashSet());
        foreach (var other in told)
        {
            foreach (var unit in other.Units)
            {
                if (unit.Echo || unit.Denying)
                    continue;
                Array.Clear(common);
                foreach (var term in unit.Terms)
                {
                    foreach (var number in telling.GetValueOrDefault(term.Key) ?? [])
                        common[number]++;
                }

                for (var number = 0; number < common.Length; number++)
                {
                    var draft = shared[number];
                    if (common[number] > 1 && draft != other && !articles[number].Contains(unit.Article) && Link(unit, draft.Sample, likeness) >= TakesForGranted)
                        draft.Granted.Add(unit);
                }
            }
        }
    }

    private static void AddTitles(List<Draft> told, Unit?[] titles, Likeness likeness)
    {
        var units = told.ConvertAll(draft => draft.Units.ToLookup(unit => unit.Article));
        foreach (var title in titles)
        {
            if (title is null)
                continue;
            var best = told
                .Select((draft, number) => (draft, own: units[number][title.Article]))
                .Where(pair => pair.own.Any())
                .Select(pair => (pair.draft, like: pair.draft.Sample.Concat(pair.own).Max(unit => LikeTitle(unit, title, likeness))))
                .OrderByDescending(pair => pair.like)
                .FirstOrDefault();
            if (best.draft is not null && best.like >= TitleTells)
                best.draft.Titles.Add(title);
        }
    }

    private static double LikeTitle(Unit unit, Unit title, Likeness likeness)
    {
        return title.Norm == 0 ? 0 : likeness.Of(unit, title);
    }

    private static Unit Central(List<Unit> units, Likeness likeness)
    {
        if (units.Count == 1)
            return units[0];
        var sample = Some(units, MostCompared);
        return sample.MaxBy(unit => sample.Sum(other => other == unit ? 0 : likeness.Of(unit, other)))!;
    }

    // So many of them, evenly from first to last.
    private static List<T> Some<T>(List<T> all, int most) => all.Count <= most ? all : [.. Enumerable.Range(0, most).Select(i => all[(int)((long)i * all.Count / most)])];

    private sealed class Draft(List<Unit> units)
    {
        private List<Unit>? _sample;

        public List<Unit> Units { get; } = units;

        /// <summary>The passages that stand for the point in comparisons: all, or some of many.</summary>
        public List<Unit> Sample => _sample ??= Some(Units, MostForPoint);

        /// <summary>Passages of other points that take this one for granted.</summary>
        public List<Unit> Granted { get; } = [];

        public List<Unit> Titles { get; } = [];

        public int Articles { get; } = units.Select(unit => unit.Article).Distinct().Count();

        public bool Background { get; } = units.TrueForAll(unit => unit.Background);

        /// <summary>Whether it is told by nobody in particular, and tells an amount.</summary>
        public bool HasBareAmount { get; } = units.TrueForAll(unit => unit.Statements.IsEmpty && !unit.Background) && units.Exists(unit => !unit.Numbers.IsEmpty);

        public double Weight { get; private set; }

        public (int, int) First => (Units[0].Article, Units[0].Sentence);

        public void Weigh(int articles, List<Unit> titles, double titled, Likeness likeness)
        {
            if (Articles == 1)
            {
                Weight = Units.Max(unit => unit.Worth);
                return;
            }

            var inTitles = titles.Sum(title => Math.Min(0.5, Sample.Max(unit => LikeTitle(unit, title, likeness))));
            var early = Units.Average(unit => 1.0 / (2 + unit.Paragraph));
            Weight = (double)Articles / articles + (titles.Count == 0 ? 0 : inTitles / titles.Count * titled) + early + Math.Min(0.3, Units.Average(unit => unit.Worth) / 10) - (Background ? 1 : 0);
        }

        public Point ToPoint(StoryText story, PointId id, Likeness likeness)
        {
            var reference = Units.Find(unit => !Denies(story, unit) && !unit.Echo) ?? Units[0];
            var denials = DenialsIn(story);
            var passages = Units.SelectMany(unit => Passages(story, unit, reference, denials, unit.Partial))
                .Concat(Granted.SelectMany(unit => Passages(story, unit, reference, denials, partial: true)))
                .Concat(Titles.SelectMany(title => Passages(story, title, reference, denials, partial: false).Select(passage => passage with { Stance = StanceBelow(title, reference, denials) })))
                .OrderBy(passage => story.PlaceOf(passage.Evidence.Article)).ThenByDescending(passage => passage.Evidence.InTitle)
                .ThenBy(passage => passage.Evidence.Span).ThenBy(passage => passage.Statement)
                .ToImmutableArray();
            var clearest = Clearest(story, likeness);
            return new Point(id, passages.First(passage => passage.Evidence == clearest.Evidence), passages, Background);
        }

        // Says most of what the others say, in not too many words, and affirms.
        private Unit Clearest(StoryText story, Likeness likeness)
        {
            var sample = Some(Units, MostCompared);
            return sample.OrderByDescending(unit => sample.Sum(other => other == unit ? 0 : likeness.Of(unit, other)) / sample.Count
                    - (Denies(story, unit) || unit.Echo ? 1 : 0) - Math.Max(0, unit.Evidence.Span.Length - 220) / 1000.0)
                .ThenBy(unit => unit.Article).ThenBy(unit => unit.Sentence).First();
        }

        private static IEnumerable<Passage> Passages(StoryText story, Unit unit, Unit reference, HashSet<(Unit, int)> denials, bool partial)
        {
            if (unit.Statements.IsEmpty)
            {
                yield return new Passage(unit.Evidence, null, partial ? Stance.Affirms : StanceOf(unit, -1, reference, denials), partial);
                yield break;
            }

            foreach (var statement in unit.Statements)
                yield return new Passage(unit.Evidence, statement, partial ? Stance.Affirms : StanceOf(unit, statement, reference, denials), partial);
        }

        // A title stands to the point as its article does.
        private Stance StanceBelow(Unit title, Unit reference, HashSet<(Unit, int)> denials)
        {
            var stances = Units.Where(unit => unit.Article == title.Article)
                .SelectMany(unit => unit.Statements.IsEmpty ? [StanceOf(unit, -1, reference, denials)] : unit.Statements.Select(statement => StanceOf(unit, statement, reference, denials)))
                .Distinct().ToList();
            return stances is [var stance] ? stance : Stance.Affirms;
        }

        private static Stance StanceOf(Unit unit, int statement, Unit reference, HashSet<(Unit, int)> denials)
        {
            if (unit.Echo || denials.Contains((unit, statement)))
                return Stance.Denies;
            return unit.Doubting && unit != reference ? Stance.Doubts : Stance.Affirms;
        }

        // The statements that deny what another passage of the point claims.
        private HashSet<(Unit, int)> DenialsIn(StoryText story)
        {
            var denials = new HashSet<(Unit, int)>();
            if (!Units.Exists(unit => unit.Denying || unit.Negative && !unit.Statements.IsEmpty))
                return denials;
            var claims = Units.Where(unit => !unit.Echo).Take(MostClaims)
                .SelectMany(unit => unit.Statements.IsEmpty ? [(unit, -1, Claim.Read(story, unit.Evidence, null))] : unit.Statements.Select(statement => (unit, statement, Claim.Read(story, unit.Evidence, statement))))
                .ToList();
            foreach (var (unit, statement, claim) in claims)
            {
                if (claim.Negative && claims.Exists(other => claim.Denies(other.Item3)))
                    denials.Add((unit, statement));
            }

            return denials;
        }

        private static bool Denies(StoryText story, Unit unit) =>
            unit.Statements.Any(index => story.Articles[unit.Article].Statements[index] is { Act: Act.Deny } or { Negated: true });
    }
}
