using Recoupe.Points;

namespace Recoupe.Origins;

/// <summary>Whom the passages of one point may go back to: read once, and asked for as often as articles come out that tell it.</summary>
/// <remarks>What others tell of the point is all that changes of a candidate. The lists
/// that are given out are good until they are asked for again.</remarks>
internal sealed class PointCandidates
{
    // So many different speakers of an article are looked at.
    private const int SpeakersElsewhere = 4;

    private readonly Point _point;
    private readonly int[] _places; // of each passage
    private readonly int[] _givers; // of each passage, the number of the speaker who is given for it; -1 for nobody
    private readonly List<OriginCandidate>[] _candidates; // of each passage
    // Of each candidate, its speaker's number, and whether its own article gives them.
    private readonly List<(int Giver, bool Here)>[] _named;

    private readonly Dictionary<int, List<(int Statement, int Sentence, int Giver)>> _byPlace = [];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly List<HashSet<int>> _placesOf = []; // of each speaker
    private readonly Dictionary<Passage, Trace?> _own = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads who is given for a point where.</summary>
    /// <param name="story">The story.</param>
    /// <param name="stated">The chains that its articles give.</param>
    /// <param name="point">The point.</param>
    public PointCandidates(StoryText story, StatedChains stated, Point point)
    {
        _point = point;
        _places = new int[point.Passages.Length];
        _givers = new int[point.Passages.Length];
        _candidates = new List<OriginCandidate>[point.Passages.Length];
        _named = new List<(int, bool)>[point.Passages.Length];
        for (var i = 0; i < _places.Length; i++)
        {
            _places[i] = story.PlaceOf(point.Passages[i].Evidence.Article);
            _givers[i] = GiverOf(story, stated, point.Passages[i], _places[i]);
        }
    }

    /// <summary>The attributed passages of the same article, one for each speaker.</summary>
    public IEnumerable<(int Statement, int Sentence)> Elsewhere(int place, Passage passage) =>
        _byPlace.TryGetValue(place, out var given)
            ? given.Where(other => other.Statement != passage.Statement).Select(other => (other.Statement, other.Sentence))
            : [];

    /// <summary>Takes the candidates of a passage.</summary>
    public void Set(int passage, List<OriginCandidate> candidates)
    {
        var place = _places[passage];
        _candidates[passage] = candidates;
        _named[passage] = candidates.ConvertAll(candidate =>
            _numbers.TryGetValue(candidate.Key, out var giver) ? (giver, _placesOf[giver].Contains(place)) : (-1, false));
    }

    /// <summary>The candidates of each passage of the articles that are out, in order.</summary>
    /// <param name="isOut">Whether the article at a place is out; null for all.</param>
    public List<(Passage Passage, List<OriginCandidate> Candidates)> Of(Func<int, bool>? isOut = null)
    {
        var told = new HashSet<int>();
        var attributing = new HashSet<int>();
        var found = new List<(Passage, List<OriginCandidate>)>();
        for (var i = 0; i < _places.Length; i++)
        {
            if (isOut?.Invoke(_places[i]) == false)
                continue;
            told.Add(_places[i]);
            if (_givers[i] >= 0)
                attributing.Add(_places[i]);
            found.Add((_point.Passages[i], _candidates[i]));
        }

        var giving = _placesOf.ConvertAll(places => isOut is null ? places.Count : places.Count(isOut));
        for (var i = 0; i < _places.Length; i++)
        {
            if (isOut?.Invoke(_places[i]) == false)
                continue;
            var others = attributing.Count - (attributing.Contains(_places[i]) ? 1 : 0);
            for (var j = 0; j < _candidates[i].Count; j++)
            {
                var (giver, here) = _named[i][j];
                OriginCandidates.SetOthers(_candidates[i][j], giver < 0 ? 0 : giving[giver] - (here ? 1 : 0), others, told.Count);
            }
        }

        return found;
    }

    /// <summary>What <paramref name="read"/> gives for a passage, read once.</summary>
    public Trace? OwnReporting(Passage passage, Func<Trace?> read)
    {
        if (!_own.TryGetValue(passage, out var known))
            _own[passage] = known = read();
        return known?.Copy();
    }

    private int GiverOf(StoryText story, StatedChains stated, Passage passage, int place)
    {
        if (passage.Evidence.InTitle || passage.Statement is not { } index)
            return -1;
        if (story.StatementOf(passage) is not { Speaker: { } speaker } statement || !stated.HasName(speaker, statement, place))
            return -1;
        var name = Attributions.KeyOf(speaker.Name ?? speaker.Mention?.Quote(story.Articles[place].Body.Text) ?? "");
        if (!_numbers.TryGetValue(name, out var giver))
        {
            _numbers[name] = giver = _placesOf.Count;
            _placesOf.Add([]);
        }

        _placesOf[giver].Add(place);
        if (!_byPlace.TryGetValue(place, out var given))
            _byPlace[place] = given = [];
        if (given.Count < SpeakersElsewhere && !given.Exists(other => other.Giver == giver))
            given.Add((index, Math.Max(0, story.Articles[place].Body.SentenceAt(statement.Extent.Start)), giver));
        return giver;
    }
}
