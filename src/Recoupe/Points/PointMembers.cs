using System.Runtime.InteropServices;

using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>What decides whether a unit tells a point that others tell; the order is that of the model.</summary>
internal enum MemberFeature
{
    Best,
    Next,
    Mean,
    Compared,
    Units,
    Articles,
    Rival,
    Home,
    HomeArticles,
    ToldByArticle,
    Beside,
    Centroid,
    Core,
    Own,
    CoreThings,
    SameAmounts,
    OtherAmounts,
    PointInTitles,
    UnitInTitles,
    SameSpeaker,
    Said,
    Depth,
    DepthApart,
    Words,
    OtherLanguage,
    Old,
}

/// <summary>Decides for every unit of a story which of its points it tells: one, several or none.</summary>
/// <remarks>Each point is looked at without the unit: what it would be if the unit did not tell it.</remarks>
internal sealed class PointMembers
{
    public const int Count = (int)MemberFeature.Old + 1;

    // More articles count as so many.
    private const int MostArticles = 4;

    private readonly List<Unit> _units;
    private readonly List<PointDraft> _drafts;
    private readonly int[] _home; // of each unit, the point that it was put into; -1 for none
    private readonly List<(int Draft, Link Link)>?[] _links; // of each unit
    private readonly Core[] _cores;

    /// <summary>Looks at <paramref name="drafts"/> and all <paramref name="units"/> of their story.</summary>
    public PointMembers(List<Unit> units, List<PointDraft> drafts, UnitLinks links, ReadOnlySpan<float> odds, PointOptions options)
    {
        _units = units;
        _drafts = drafts;
        _home = Homes(units, drafts);
        _links = new List<(int, Link)>?[units.Count];
        for (var i = 0; i < odds.Length; i++)
        {
            var (a, b) = links.Pairs[i];
            var value = Math.Clamp(odds[i], options.Unrelated, options.Certain);
            Add(a, b, value);
            Add(b, a, value);
        }

        _cores = [.. drafts.Select(draft => new Core(draft))];
        foreach (var ofUnit in _links)
            ofUnit?.Sort(static (a, b) => a.Draft.CompareTo(b.Draft));
        Unrelated = options.Unrelated;
    }

    private float Unrelated { get; }

    /// <summary>Units and points with a pair that was compared, in order.</summary>
    public IEnumerable<(int Unit, int Draft)> Candidates => _links.SelectMany((links, unit) => (links ?? []).Select(link => (unit, link.Draft)));

    /// <summary>Whether the unit was put together with others in that point.</summary>
    public bool IsHome(int unit, int draft) => _home[unit] == draft;

    /// <summary>The log-odds of each candidate that the unit tells the point.</summary>
    public IEnumerable<(int Unit, int Draft, float Odds)> Judge(TreeModel tells, int? threads)
    {
        var candidates = Candidates.ToList();
        var odds = tells.Score(candidates.Count, Count, (i, features) => Fill(candidates[i].Unit, candidates[i].Draft, features), threads);
        return candidates.Select((candidate, i) => (candidate.Unit, candidate.Draft, odds[i]));
    }

    /// <summary>Fills <paramref name="features"/> for a unit and a point.</summary>
    public void Fill(int index, int draft, Span<float> features)
    {
        features.Clear();
        var unit = _units[index];
        var point = _drafts[draft];
        var link = LinkOf(index, draft)!;
        var isHome = IsHome(index, draft);
        var others = point.Units.Count - (isHome ? 1 : 0);
        features[(int)MemberFeature.Best] = link.Best;
        features[(int)MemberFeature.Next] = link.Next;
        features[(int)MemberFeature.Mean] = link.Mean(others, Unrelated);
        features[(int)MemberFeature.Compared] = (float)link.Pairs / others;
        features[(int)MemberFeature.Units] = Math.Min(8, others);
        features[(int)MemberFeature.Rival] = Rival(index, draft);
        features[(int)MemberFeature.Home] = isHome ? 1 : _home[index] >= 0 ? 0 : -1;
        features[(int)MemberFeature.HomeArticles] = isHome || _home[index] < 0 ? 0 : Math.Min(3, _drafts[_home[index]].Articles);
        Surroundings(unit, point, features);
        _cores[draft].Fill(unit, isHome, features);
        features[(int)MemberFeature.UnitInTitles] = unit.InTitles;
        features[(int)MemberFeature.Said] = unit.Statements.IsEmpty ? 0 : 1;
        features[(int)MemberFeature.Depth] = unit.Depth;
        features[(int)MemberFeature.Words] = unit.Words;
        features[(int)MemberFeature.Old] = unit.Old ? 1 : 0;
    }

    private static void Surroundings(Unit unit, PointDraft point, Span<float> features)
    {
        int own = 0, beside = 0, speakers = 0, languages = 0, others = 0;
        float titles = 0, depth = 0;
        Span<int> articles = stackalloc int[MostArticles];
        var known = 0;
        foreach (var told in point.Units)
        {
            if (told == unit)
                continue;
            others++;
            if (known < MostArticles && !articles[..known].Contains(told.Article))
                articles[known++] = told.Article;
            titles = MathF.Max(titles, told.InTitles);
            depth += told.Depth;
            speakers += told.Speaker is not null && told.Speaker == unit.Speaker ? 1 : 0;
            languages += told.Language == unit.Language ? 0 : 1;
            if (told.Article != unit.Article)
                continue;
            own++;
            beside |= Math.Abs(told.Sentence - unit.Sentence) <= 1 ? 1 : 0;
        }

        features[(int)MemberFeature.Articles] = known;
        features[(int)MemberFeature.ToldByArticle] = Math.Min(2, own);
        features[(int)MemberFeature.Beside] = beside;
        features[(int)MemberFeature.PointInTitles] = titles;
        features[(int)MemberFeature.SameSpeaker] = speakers > 0 ? 1 : 0;
        features[(int)MemberFeature.OtherLanguage] = (float)languages / Math.Max(1, others);
        features[(int)MemberFeature.DepthApart] = others == 0 ? 0 : MathF.Abs(unit.Depth - (depth / others));
    }

    // The likest other point, without counting the unit itself where it is at home.
    private float Rival(int index, int draft)
    {
        var best = Unrelated;
        foreach (var (at, link) in _links[index]!)
        {
            if (at != draft)
                best = MathF.Max(best, link.Mean(_drafts[at].Units.Count - (IsHome(index, at) ? 1 : 0), Unrelated));
        }

        return best;
    }

    private void Add(int unit, int other, float value)
    {
        if (_home[other] is not (>= 0 and var draft))
            return;
        if (LinkOf(unit, draft) is not { } link)
            (_links[unit] ??= []).Add((draft, link = new Link()));
        link.Add(value);
    }

    private Link? LinkOf(int unit, int draft)
    {
        foreach (var (of, link) in CollectionsMarshal.AsSpan(_links[unit]))
        {
            if (of == draft)
                return link;
        }

        return null;
    }

    private static int[] Homes(List<Unit> units, List<PointDraft> drafts)
    {
        var drafted = new Dictionary<Unit, int>();
        for (var draft = 0; draft < drafts.Count; draft++)
        {
            foreach (var unit in drafts[draft].Units)
                drafted[unit] = draft;
        }

        return [.. units.Select(unit => drafted.GetValueOrDefault(unit, -1))];
    }

    private sealed class Link
    {
        private float _sum;

        public int Pairs { get; private set; }

        public float Best { get; private set; } = float.NegativeInfinity;

        public float Next { get; private set; } = -5;

        public void Add(float value)
        {
            _sum += value;
            Pairs++;
            if (value > Best)
                (Best, Next) = (value, MathF.Max(Best, -5));
            else if (value > Next)
                Next = value;
        }

        public float Mean(int others, float unrelated) => others <= 0 ? unrelated : (_sum + ((others - Pairs) * unrelated)) / others;
    }

    // What a point's units tell in common.
    private sealed class Core
    {
        private readonly List<(ulong Key, int Count, float Weight)> _terms = [];
        private readonly PointDraft _draft;

        public Core(PointDraft draft)
        {
            _draft = draft;
            var places = new Dictionary<ulong, int>();
            foreach (var unit in draft.Units)
            {
                for (var i = 0; i < unit.Terms.Length; i++)
                {
                    var key = unit.Terms[i].Key;
                    if (places.TryAdd(key, _terms.Count))
                        _terms.Add((key, 0, 0));
                    _terms[places[key]] = (key, _terms[places[key]].Count + 1, unit.Weights[i]);
                }
            }
        }

        public void Fill(Unit unit, bool isHome, Span<float> features)
        {
            var others = _draft.Units.Count - (isHome ? 1 : 0);
            if (others == 0)
                return;
            float core = 0, told = 0, own = 0, dot = 0, squares = 0;
            var things = 0;
            foreach (var (key, count, weight) in _terms)
            {
                var at = unit.PlaceOf(key);
                var by = count - (isHome && at >= 0 ? 1 : 0);
                if (by == 0)
                    continue;
                var share = (float)by / others;
                squares += weight * weight * share * share;
                if (at >= 0)
                {
                    dot += weight * weight * share;
                    own += weight;
                }

                if (2 * by < others || (others > 1 && by < 2))
                    continue;
                core += weight;
                if (at >= 0)
                {
                    told += weight;
                    things++;
                }
            }

            features[(int)MemberFeature.Centroid] = dot == 0 ? 0 : dot / (MathF.Sqrt(squares) * unit.Norm);
            features[(int)MemberFeature.Core] = core == 0 ? 0 : told / core;
            features[(int)MemberFeature.CoreThings] = things;
            features[(int)MemberFeature.Own] = unit.Mass == 0 ? 0 : own / unit.Mass;
            Amounts(unit, features);
        }

        private void Amounts(Unit unit, Span<float> features)
        {
            int same = 0, other = 0;
            foreach (var amount in unit.Amounts)
            {
                foreach (var told in _draft.Units)
                {
                    if (told == unit)
                        continue;
                    foreach (var second in told.Amounts)
                    {
                        if (amount.IsAsMuchAs(second) && (amount.Of == second.Of || amount.Of == 0 || second.Of == 0))
                            same++;
                        else if (amount.Of != 0 && amount.Of == second.Of)
                            other++;
                    }
                }
            }

            features[(int)MemberFeature.SameAmounts] = Math.Min(3, same);
            features[(int)MemberFeature.OtherAmounts] = Math.Min(3, other);
        }
    }
}
