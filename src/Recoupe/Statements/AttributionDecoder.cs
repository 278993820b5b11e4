using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Where a boundary may lie; shared by training and decoding, so that both see the same choice.</summary>
internal static class AttributionCandidates
{
    // Bounds in tokens, wide enough for nearly all that the press writes.
    private const int NearReach = 28;
    private const int SourceReach = 30;
    private const int FarReach = 140;
    private const int Sentences = 40;

    /// <summary>The near boundaries of content: on the right a word that it may start with, on the left a boundary after a word.</summary>
    public static void Near(AttributedText text, int cue, List<(Side Side, int Boundary)> found) => Collect(text, cue, NearReach, found);

    /// <summary>The near boundaries of a source.</summary>
    public static void Source(AttributedText text, int cue, List<(Side Side, int Boundary)> found)
    {
        found.Clear();
        var end = Math.Min(text.SentenceEnd(cue), cue + SourceReach);
        for (var b = cue + 1; b < end; b++)
        {
            if (!text.IsMark(b))
                found.Add((Side.Right, b));
        }

        var first = Math.Max(text.SentenceFirst(cue), cue - SourceReach);
        for (var b = cue; b > first; b--)
        {
            if (!text.IsMark(b - 1))
                found.Add((Side.Left, b));
        }
    }

    /// <summary>The far boundaries for a near one: ends on the right, starts on the left.</summary>
    public static void Far(AttributedText text, Side side, int near, List<int> found)
    {
        found.Clear();
        if (side == Side.Right)
        {
            var end = Math.Min(text.SentenceEnd(near), near + FarReach);
            for (var f = near + 1; f <= end; f++)
            {
                if (!text.IsMark(f - 1))
                    found.Add(f);
            }

            // Beyond the sentence only where a quotation goes on.
            for (var s = 0; s < Sentences && end < text.Count && text.IsQuoted(end - 1) && text.QuotationOf(end) == text.QuotationOf(end - 1); s++)
            {
                var quotation = text.Quotations[text.QuotationOf(end)];
                var next = Math.Min(text.SentenceEnd(end), quotation.Close);
                if (next <= end)
                    break;
                end = next;
                var last = end;
                while (last > near + 1 && text.IsMark(last - 1))
                    last--;
                if (found.Count == 0 || found[^1] != last)
                    found.Add(last);
            }
        }
        else
        {
            var first = Math.Max(text.SentenceFirst(near - 1), near - FarReach);
            for (var f = near - 1; f >= first; f--)
            {
                if (!text.IsMark(f))
                    found.Add(f);
            }

            for (var s = 0; s < Sentences && first > 0 && text.IsQuoted(first) && text.QuotationOf(first - 1) == text.QuotationOf(first); s++)
            {
                var quotation = text.Quotations[text.QuotationOf(first)];
                var before = text.SentenceFirst(first - 1);
                if (before <= quotation.Open)
                {
                    // The sentence in which the quotation opens: its words outside may belong to the content.
                    for (var f = quotation.First; f >= Math.Max(before, quotation.Open - NearReach); f--)
                    {
                        if (!text.IsMark(f) && (f <= quotation.First || f == before))
                            found.Add(f);
                    }

                    break;
                }

                first = before;
                var start = first;
                while (text.IsMark(start) && start < near - 1)
                    start++;
                found.Add(start);
            }
        }
    }

    /// <summary>The far boundaries of a source.</summary>
    public static void SourceFar(AttributedText text, Side side, int near, List<int> found)
    {
        found.Clear();
        if (side == Side.Right)
        {
            for (var f = near + 1; f <= Math.Min(text.SentenceEnd(near), near + SourceReach); f++)
            {
                if (!text.IsMark(f - 1))
                    found.Add(f);
            }
        }
        else
        {
            for (var f = near - 1; f >= Math.Max(text.SentenceFirst(near - 1), near - SourceReach); f--)
            {
                if (!text.IsMark(f))
                    found.Add(f);
            }
        }
    }

    private static void Collect(AttributedText text, int cue, int reach, List<(Side Side, int Boundary)> found)
    {
        found.Clear();
        var sentence = text.SentenceOf(cue);
        for (var b = cue + 1; b < Math.Min(text.Count, cue + reach); b++)
        {
            if (text.IsMark(b))
                continue;
            found.Add((Side.Right, b));
            if (text.SentenceOf(b) != sentence)
                break;
        }

        for (var b = cue; b > Math.Max(0, cue - reach); b--)
        {
            if (text.IsMark(b - 1))
                continue;
            found.Add((Side.Left, b));
            if (text.SentenceOf(b - 1) != sentence)
                break;
        }
    }
}

/// <summary>Finds attributions with a model: cues by their probability, then content and source by their boundaries.</summary>
internal sealed class AttributionDecoder
{
    // The roles of a boundary, each with weights of its own.
    public const uint NearRight = 1, NearLeft = 2, FarRight = 3, FarLeft = 4, SourceNearRight = 5, SourceNearLeft = 6, SourceFarRight = 7, SourceFarLeft = 8;

    // A cue below this is not looked at further: the judge tells hardly any of those between 0.003 and this, and they cost a quarter of the time.
    private const float LeastCue = 0.02f;

    private const int Beam = 4; // near boundaries of content that are looked at further
    private const int MostFar = 3; // far boundaries of each
    private const int MostReadings = 5;
    private const float LeastOfBest = 0.03f; // of the likeliest content

    /// <summary>The least confidence of an attribution that is proposed.</summary>
    public const float LeastConfidence = 0.0015f;

    private const float Certain = 10; // the margin of a source that needs no model

    // A quotation that no attribution took may have lost its cue, and what follows an inserted attribution mostly goes on:
    // asked for less than even odds (articles left out, both languages).
    private const float BareOdds = -1.5f;
    private const float RestOdds = -0.5f;

    // What follows an attribution inserted in a quotation, up to its end, is the same speaker's but for the rare nested quotation.
    private const float QuotedRestOdds = -2f;

    // What rounding may cost a product of confidences.
    private const float Slack = 0.999f;

    /// <summary>How many further quotations an attribution goes on with at most.</summary>
    public const int MostContinuations = 3;

    private const int ContinuationReach = 16; // tokens between an attribution and a quotation that goes on with it

    private const int Block = 16; // tokens whose features are weighed together

    private readonly AttributedText _text;
    private readonly AttributionFeatures _features;
    private readonly AttributionModel _model;
    private readonly FeatureList _list = new();
    private readonly FeatureList _placeList = new();
    private readonly float[]?[] _places = new float[]?[10];
    private readonly List<(Side Side, int Boundary)> _near = [];
    private readonly List<int> _far = [];
    private readonly List<int> _asked = [];
    private readonly List<(uint Role, int Boundary)> _wanted = []; // places not yet scored
    private readonly float[] _cues; // how likely each token is a cue
    private float[] _placeScores = new float[64];
    private float[] _scores = new float[512];
    private float[] _farScores = new float[512];

    // What the readings of one cue share: contents and sources are asked again with other boundaries on their other side.
    private readonly List<(Side Side, int Near, List<(int Boundary, float Confidence)> Found)> _farOfCue = [];
    private readonly List<(Side Side, int Boundary)> _sources = [];
    private readonly float[] _none = new float[2]; // by the side of the content
    private readonly List<(Side Side, int Near, TokenRange Found)> _sourcesOfCue = [];
    private float[] _sourceScores = []; // of each boundary of a source, a score for each way that content may stand to it
    private int _sharedCue = -1;

    public AttributionDecoder(AttributedText text, AttributionFeatures features, AttributionModel model)
    {
        _text = text;
        _features = features;
        _model = model;
        _cues = new float[text.Count];
    }

    /// <summary>The readings of all that may be a cue, with a confidence each, in the order of the cues, the likeliest reading first.</summary>
    public List<AttributionDraft> Decode()
    {
        var found = new List<AttributionDraft>();
        Span<int> asked = stackalloc int[Block];
        Span<float> scores = stackalloc float[Block];
        for (var i = 0; i < _text.Count;)
        {
            _list.Clear();
            for (; i < _text.Count && _list.Candidates < Block; i++)
            {
                if (!_features.CanBeCue(i))
                    continue;
                asked[_list.Candidates] = i;
                _features.Cue(i, _list);
                _list.End();
            }

            var count = _list.Candidates;
            _model.Score(_list, scores);
            for (var c = 0; c < count; c++)
            {
                var probability = TreeModel.Probability(scores[c]);
                _cues[asked[c]] = probability;
                if (probability < LeastCue)
                    continue;
                foreach (var draft in ReadingsAt(asked[c], LeastConfidence / probability))
                    found.Add(draft with { Confidence = probability * draft.Confidence, Odds = draft.Odds with { Cue = scores[c] } });
            }
        }

        return found;
    }

    /// <summary>Adds the quotations that go on with what was said, without a cue of their own.</summary>
    /// <param name="draft">Added to.</param>
    /// <param name="isTaken">Whether a quotation, by its number, is another attribution's.</param>
    public void GoOn(AttributionDraft draft, Func<int, bool> isTaken)
    {
        for (var part = 0; part < MostContinuations; part++)
        {
            var from = EndOf(draft);
            var next = NextQuotation(_text, from);
            if (next < 0 || isTaken(next))
                return;
            _list.Clear();
            _features.Continuation(draft.Head, draft.Content[0], from, _text.Quotations[next], _list);
            if (_model.Score(_list.Items) <= 0)
                return;
            draft.Content.Add(new TokenRange(_text.Quotations[next].Open, _text.Quotations[next].End));
        }
    }

    /// <summary>Whether a quotation that no cue attributes is a statement of its own.</summary>
    public bool IsStatement(Quotation quotation, int before)
    {
        _list.Clear();
        _features.Bare(quotation, before, _list);
        return _model.Score(_list.Items) > BareOdds;
    }

    /// <summary>The token after all that is found of an attribution.</summary>
    public static int EndOf(AttributionDraft draft)
    {
        var end = Math.Max(draft.Cue.End, draft.Source?.End ?? 0);
        foreach (var range in draft.Content)
            end = Math.Max(end, range.End);
        return end;
    }

    /// <summary>The number of the quotation that opens next, not far from <paramref name="from"/>; -1 if none.</summary>
    public static int NextQuotation(AttributedText text, int from)
    {
        for (var i = from; i < Math.Min(text.Count, from + ContinuationReach); i++)
        {
            if (text.OpeningAt(i) is var q and >= 0)
                return q;
        }

        return -1;
    }

    /// <summary>How likely <see cref="Decode"/> found the token to be a cue.</summary>
    public float ProbabilityAt(int i) => _cues[i];

    /// <summary>The token of <paramref name="range"/> that <see cref="Decode"/> found the likeliest cue; -1 if none can be one.</summary>
    public int LikeliestCue(TokenRange range)
    {
        var best = -1;
        for (var i = range.Start; i < range.End; i++)
        {
            if (_cues[i] > (best < 0 ? 0 : _cues[best]))
                best = i;
        }

        return best;
    }

    /// <summary>How likely the token is a cue.</summary>
    public float CueProbability(int i)
    {
        _list.Clear();
        _features.Cue(i, _list);
        return TreeModel.Probability(_model.Score(_list.Items));
    }

    /// <summary>The likeliest attribution whose cue the token is, taken that it is one.</summary>
    public AttributionDraft? ReadAt(int cue)
    {
        var contents = Contents(cue);
        if (contents.Count == 0)
            return null;
        var group = CueGroup.At(_text, cue);
        return ReadAs(cue, group, CueGroup.InvertedPronoun(_text, group), contents, 0);
    }

    // The likeliest readings of an attribution, contents that are far less likely than the first left out.
    private List<AttributionDraft> ReadingsAt(int cue, float least)
    {
        var contents = Contents(cue);
        var readings = new List<AttributionDraft>();
        var group = CueGroup.At(_text, cue);
        var pronoun = CueGroup.InvertedPronoun(_text, group);
        for (var rank = 0; rank < contents.Count && MathF.Sqrt(contents[0].Near * contents[0].Far) >= least * Slack; rank++)
            readings.Add(ReadAs(cue, group, pronoun, contents, rank));
        return readings;
    }

    private AttributionDraft ReadAs(int cue, TokenRange group, TokenRange? pronoun, List<(TokenRange Range, float Near, float Far)> contents, int rank)
    {
        var content = contents[rank];
        var margin = Certain;
        var source = pronoun ?? Source(cue, content.Range, out margin);
        var draft = new AttributionDraft([content.Range], group, source, Voice.Say)
        {
            Head = cue,
            Confidence = MathF.Sqrt(content.Near * content.Far),
            Odds = new AttributionOdds(0, content.Near, content.Far, source is null ? 0 : margin)
            {
                Rank = rank,
                Share = content.Near * content.Far / (contents[0].Near * contents[0].Far),
            },
        };
        if (_features.RestAfter(cue, content.Range, source) is var rest and >= 0)
        {
            _list.Clear();
            _features.Rest(cue, content.Range, rest, _list);
            var least = _text.IsQuoted(cue) && _text.QuotationOf(rest) == _text.QuotationOf(cue) ? QuotedRestOdds : RestOdds;
            if (_model.Score(_list.Items) > least && Far(cue, Side.Right, rest) is [var far, ..])
                draft.Content.Add(new TokenRange(rest, far.Boundary));
        }

        return draft;
    }

    private void Share(int cue)
    {
        if (_sharedCue == cue)
            return;
        _sharedCue = cue;
        _farOfCue.Clear();
        _sources.Clear();
        _sourcesOfCue.Clear();
        _none.AsSpan().Fill(float.NaN);
    }

    // The likeliest contents, the first one first.
    private List<(TokenRange Range, float Near, float Far)> Contents(int cue)
    {
        Share(cue);
        var found = new List<(TokenRange Range, float Near, float Far)>();
        AttributionCandidates.Near(_text, cue, _near);
        if (_near.Count == 0)
            return found;
        _list.Clear();
        foreach (var (side, b) in _near)
        {
            _features.Near(cue, side, b, _list);
            _list.End();
            WantPlace(side == Side.Right ? NearRight : NearLeft, b);
        }

        _model.Score(_list, _scores);
        ReadPlaces();
        for (var c = 0; c < _near.Count; c++)
            _scores[c] += Place(_near[c].Side == Side.Right ? NearRight : NearLeft, _near[c].Boundary);

        Normalise(_scores.AsSpan(0, _near.Count));
        var most = 0f;
        for (var rank = 0; rank < Beam; rank++)
        {
            var top = Largest(_scores.AsSpan(0, _near.Count));
            var probability = _scores[top];
            if (probability <= most * LeastOfBest)
                break;
            _scores[top] = -1;
            var (side, near) = _near[top];
            foreach (var far in Far(cue, side, near))
            {
                most = Math.Max(most, probability * far.Confidence);
                var range = side == Side.Right ? new TokenRange(near, far.Boundary) : new TokenRange(far.Boundary, near);
                found.Add((range, probability, far.Confidence));
            }
        }

        found.RemoveAll(content => content.Near * content.Far < most * LeastOfBest);
        found.Sort(static (a, b) => (b.Near * b.Far).CompareTo(a.Near * a.Far) is var by and not 0 ? by
            : a.Range.Start != b.Range.Start ? a.Range.Start.CompareTo(b.Range.Start) : a.Range.End.CompareTo(b.Range.End));
        if (found.Count > MostReadings)
            found.RemoveRange(MostReadings, found.Count - MostReadings);
        return found;
    }

    // The likeliest far boundaries.
    private List<(int Boundary, float Confidence)> Far(int cue, Side side, int near)
    {
        foreach (var known in _farOfCue)
        {
            if (known.Side == side && known.Near == near)
                return known.Found;
        }

        var found = FarOf(cue, side, near);
        _farOfCue.Add((side, near, found));
        return found;
    }

    private List<(int Boundary, float Confidence)> FarOf(int cue, Side side, int near)
    {
        AttributionCandidates.Far(_text, side, near, _far);
        var found = new List<(int Boundary, float Confidence)>(MostFar);
        if (_far.Count == 0)
            return found;
        var role = side == Side.Right ? FarRight : FarLeft;
        _list.Clear();
        foreach (var far in _far)
        {
            _features.Far(cue, side, near, far, _list);
            _list.End();
            WantPlace(role, far);
        }

        ScoreFar(role);
        var scores = _farScores.AsSpan(0, _far.Count);
        Normalise(scores);
        for (var rank = 0; rank < Math.Min(MostFar, _far.Count); rank++)
        {
            var top = Largest(scores);
            found.Add((_far[top], scores[top]));
            scores[top] = -1;
        }

        return found;
    }

    private TokenRange? Source(int cue, TokenRange content, out float margin)
    {
        StartSources(cue);
        ref var none = ref _none[content.Start > cue ? 1 : 0];
        if (float.IsNaN(none))
        {
            _list.Clear();
            _features.NoSource(cue, content, _list);
            none = _model.Score(_list.Items);
        }

        ReadSources(cue, content);
        var (best, top) = (none, -1);
        for (var c = 0; c < _sources.Count; c++)
        {
            if (SourceScore(c, cue, content) is var score && score > best)
                (best, top) = (score, c);
        }

        margin = best - none;
        return top < 0 ? null : SourceFrom(cue, _sources[top].Side, _sources[top].Boundary);
    }

    private void StartSources(int cue)
    {
        if (_sources.Count > 0)
            return;
        AttributionCandidates.Source(_text, cue, _sources);
        var needed = _sources.Count * AttributionFeatures.SourcePlaces;
        if (_sourceScores.Length < needed)
            _sourceScores = new float[2 * needed];
        _sourceScores.AsSpan(0, needed).Fill(float.NaN);
    }

    private ref float SourceScore(int c, int cue, TokenRange content) =>
        ref _sourceScores[(c * AttributionFeatures.SourcePlaces) + AttributionFeatures.SourcePlace(cue, content, _sources[c].Side, _sources[c].Boundary)];

    // Scores the boundaries to which no reading of the cue had content stand as this one does.
    private void ReadSources(int cue, TokenRange content)
    {
        _list.Clear();
        _asked.Clear();
        for (var c = 0; c < _sources.Count; c++)
        {
            if (!float.IsNaN(SourceScore(c, cue, content)))
                continue;
            var (side, b) = _sources[c];
            _features.SourceNear(cue, content, side, b, _list);
            _list.End();
            _asked.Add(c);
            WantPlace(side == Side.Right ? SourceNearRight : SourceNearLeft, b);
        }

        _model.Score(_list, _scores);
        ReadPlaces();
        for (var k = 0; k < _asked.Count; k++)
        {
            var (side, b) = _sources[_asked[k]];
            SourceScore(_asked[k], cue, content) = _scores[k] + Place(side == Side.Right ? SourceNearRight : SourceNearLeft, b);
        }
    }

    // The likeliest source that begins or ends at a boundary.
    private TokenRange SourceFrom(int cue, Side side, int near)
    {
        foreach (var known in _sourcesOfCue)
        {
            if (known.Side == side && known.Near == near)
                return known.Found;
        }

        AttributionCandidates.SourceFar(_text, side, near, _far);
        var role = side == Side.Right ? SourceFarRight : SourceFarLeft;
        _list.Clear();
        foreach (var boundary in _far)
        {
            _features.SourceFar(cue, side, near, boundary, _list);
            _list.End();
            WantPlace(role, boundary);
        }

        ScoreFar(role);
        var far = _far.Count == 0 ? -1 : _far[Largest(_farScores.AsSpan(0, _far.Count))];
        var found = side == Side.Right ? new TokenRange(near, far) : new TokenRange(far, near);
        _sourcesOfCue.Add((side, near, found));
        return found;
    }

    // The far ends whose features were listed, with what their places are worth.
    private void ScoreFar(uint role)
    {
        _model.Score(_list, _farScores);
        ReadPlaces();
        for (var c = 0; c < _far.Count; c++)
            _farScores[c] += Place(role, _far[c]);
    }

    // What a place is worth for a role is kept: neighbouring cues ask for the same places.
    private float Place(uint role, int b) => _places[role]![b];

    private void WantPlace(uint role, int b)
    {
        if (_places[role] is not { } scores)
        {
            scores = new float[_text.Count + 1];
            Array.Fill(scores, float.NaN);
            _places[role] = scores;
        }

        if (!float.IsNaN(scores[b]))
            return;
        scores[b] = 0;
        _wanted.Add((role, b));
        _features.Place(role, b, _placeList);
        _placeList.End();
    }

    private void ReadPlaces()
    {
        if (_wanted.Count == 0)
            return;
        if (_placeScores.Length < _wanted.Count)
            _placeScores = new float[2 * _wanted.Count];
        _model.Score(_placeList, _placeScores);
        for (var c = 0; c < _wanted.Count; c++)
            _places[_wanted[c].Role]![_wanted[c].Boundary] = _placeScores[c];
        _wanted.Clear();
        _placeList.Clear();
    }

    private static void Normalise(Span<float> scores)
    {
        var largest = float.NegativeInfinity;
        foreach (var score in scores)
            largest = Math.Max(largest, score);
        var sum = 0f;
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = MathF.Exp(scores[i] - largest);
            sum += scores[i];
        }

        for (var i = 0; i < scores.Length; i++)
            scores[i] /= sum;
    }

    private static int Largest(ReadOnlySpan<float> scores)
    {
        var top = 0;
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[top])
                top = i;
        }

        return top;
    }
}
