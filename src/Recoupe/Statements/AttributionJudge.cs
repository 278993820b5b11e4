using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Tells which proposed attributions are told: the last word on each, with all of it in sight and beside its rivals.</summary>
internal sealed class AttributionJudge
{
    /// <summary>How many numbers describe a proposal.</summary>
    public const int Width = 64;

    // Proposals on either side that are compared: rivals stand near.
    private const int Near = 24;

    private readonly AttributedText _text;
    private readonly AttributionFeatures _features;
    private readonly AttributionSyntax _syntax;
    private readonly float _quoted; // the share of the text that is quoted

    public AttributionJudge(AttributedText text, AttributionFeatures features)
    {
        _text = text;
        _features = features;
        _syntax = features.Syntax;
        var quoted = 0;
        for (var i = 0; i < text.Count; i++)
            quoted += text.IsQuoted(i) ? 1 : 0;
        _quoted = quoted / (float)Math.Max(1, text.Count);
    }

    /// <summary>The models built in for <paramref name="language"/>.</summary>
    public static JudgeModel Of(Language language) =>
        language.Table("attribution judge", static known => new JudgeModel(
            TreeModel.Find($"attributions-told-{known.Code}"), TreeModel.Find($"attributions-whole-{known.Code}")));

    /// <summary>Writes what is weighed of each proposal, one row after the other.</summary>
    /// <param name="drafts">By their cues.</param>
    public float[] Rows(IReadOnlyList<AttributionDraft> drafts)
    {
        var rows = new float[drafts.Count * Width];
        for (var d = 0; d < drafts.Count; d++)
        {
            var row = rows.AsSpan(d * Width, Width);
            AddOdds(drafts[d], row);
            AddCue(drafts[d], row[12..]);
            AddContent(drafts[d], row[22..]);
            AddSource(drafts[d], row[34..]);
            AddRivals(drafts, d, row[40..]);
            AddEdges(drafts[d], row[48..]);
        }

        return rows;
    }

    /// <summary>How much two contents share of what either holds, from 0 to 1.</summary>
    public static float Likeness(IReadOnlyList<TokenRange> a, IReadOnlyList<TokenRange> b)
    {
        int shared = 0, all = 0;
        foreach (var x in a)
        {
            all += x.End - x.Start;
            foreach (var y in b)
                shared += Math.Max(0, Math.Min(x.End, y.End) - Math.Max(x.Start, y.Start));
        }

        foreach (var y in b)
            all += y.End - y.Start;
        return shared / (float)Math.Max(1, all - shared);
    }

    private void AddOdds(AttributionDraft draft, Span<float> row)
    {
        var rule = draft.Head < 0 ? null : _features.RuleAt(draft.Head);
        row[0] = draft.Construction == Construction.None ? 0 : 1; // the rules' own
        row[1] = draft.Odds.Cue;
        row[2] = draft.Odds.Near;
        row[3] = draft.Odds.Far;
        row[4] = draft.Odds.Source;
        row[5] = draft.Confidence;
        row[6] = rule is null ? 0 : 1 + (int)rule.Construction;
        row[7] = rule is null ? -1 : Likeness(rule.Content, draft.Content);
        row[8] = rule?.Source is null ? -1 : draft.Source is { } source && source.Overlaps(rule.Source.Value) ? 1 : 0;
        row[9] = draft.Content.Count;
        row[10] = _quoted;
        row[11] = draft.Head < 0 ? 0 : draft.Head / (float)_text.Count;
    }

    private void AddCue(AttributionDraft draft, Span<float> row)
    {
        var head = Math.Max(0, draft.Head);
        var token = _text.Tokens[head];
        row[0] = draft.Head < 0 ? -1 : (float)token.Tag;
        row[1] = (float)token.Form.Form;
        row[2] = ((float)token.Form.Mood * 8) + (float)token.Form.Tense;
        var reading = _text.Readings[head];
        row[3] = _text.VerbAt(head) is { Verb: var verb } ? 1 + (float)verb.Voice : reading.Noun is null ? 0 : -1;
        row[4] = _text.VerbAt(head) is { Verb: var known } ? (float)known.Act : -1;
        row[5] = _text.IsQuoted(head) ? 1 : 0;
        row[6] = draft.Cue.End - draft.Cue.Start;
        var relation = _syntax.RelationOf(head);
        row[7] = relation % 64;
        for (var i = draft.Cue.Start; i < draft.Cue.End; i++)
            row[8] = _text.Is(i, WordClasses.Not) ? 1 : row[8];
        row[9] = (float)token.Form.Person;
    }

    private void AddContent(AttributionDraft draft, Span<float> row)
    {
        var content = draft.Content[0];
        int quoted = 0, finite = 0, verbs = 0;
        for (var i = content.Start; i < content.End; i++)
        {
            quoted += _text.IsQuoted(i) ? 1 : 0;
            finite += _text.IsFinite(i) ? 1 : 0;
            verbs += _text.Tag(i) is PartOfSpeech.Verb or PartOfSpeech.Auxiliary ? 1 : 0;
        }

        row[0] = content.End - content.Start;
        row[1] = quoted / (float)(content.End - content.Start);
        row[2] = finite;
        row[3] = verbs;
        row[4] = draft.Head < 0 ? 0 : Distance(draft.Head, content);
        row[5] = (float)_text.Tag(content.Start);
        row[6] = Introduction(content.Start - 1);
        row[7] = _text.IsInfinitive(content.Start) ? 1 : 0;
        row[8] = content.End >= _text.SentenceEnd(content.End - 1) - 1 ? 2 : _text.IsMark(content.End) ? 1 : 0;
        row[9] = _text.SentenceOf(content.End - 1) - _text.SentenceOf(content.Start);
        row[10] = draft.Head < 0 ? 0 : _text.SentenceOf(content.Start) - _text.SentenceOf(draft.Head);
        row[11] = content.Start == _text.SentenceFirst(content.Start) ? 1 : 0;
    }

    private void AddSource(AttributionDraft draft, Span<float> row)
    {
        if (draft.Source is not { } source)
        {
            row[0] = -1;
            return;
        }

        var head = source.Start;
        for (var i = source.Start; i < source.End; i++)
        {
            if (_text.SpeakerClass(i) is > 0 and not AttributedText.NoSpeaker)
            {
                head = i;
                break;
            }
        }

        row[0] = _text.SpeakerClass(head);
        row[1] = source.End - source.Start;
        row[2] = draft.Head < 0 ? 0 : source.Start > draft.Head ? source.Start - draft.Head : source.End - 1 - draft.Head;
        row[3] = (float)_text.Tag(source.Start);
        row[4] = draft.Content[0].Overlaps(source) ? 1 : 0;
        row[5] = _text.IsCapital(head) ? 1 : 0;
    }

    // What begins and ends the content, and whether it cuts a constituent or a quotation.
    private void AddEdges(AttributionDraft draft, Span<float> row)
    {
        var content = draft.Content[0];
        row[0] = draft.Odds.Rank;
        row[1] = draft.Odds.Share;
        var hasNoTree = draft.Head < 0 || _text.IsMark(draft.Head);
        var match = hasNoTree ? 0 : _syntax.Match(draft.Head, _features.FirstWord(content.Start), _features.LastWord(content.End));
        row[2] = (match >> 3 & 1) + (2 * (match >> 13 & 1)) + (4 * (match >> 23 & 1)); // its complement, or the start of it, or more
        row[3] = (match >> 5 & 1) + (2 * (match >> 15 & 1)) + (4 * (match >> 25 & 1)); // its object
        row[4] = (match >> 4 & 1) + (2 * (match >> 14 & 1)) + (4 * (match >> 24 & 1)); // the clause that it stands in
        row[5] = _syntax.CutAt(content.End, content.Start, content.End);
        row[6] = _syntax.OpenAt(content.Start);
        var (a, b) = (_text.QuotationOf(content.Start), _text.QuotationOf(content.End - 1));
        row[7] = a < 0 ? 0 : content.Start <= _text.Quotations[a].First ? 1 : 2;
        row[8] = b < 0 ? 0 : content.End >= _features.LastWord(_text.Quotations[b].Close) ? 1 : 2;
        row[9] = row[7] == 1 ? Beside(_text.Quotations[a].Open - 1) : -1;
        row[10] = row[8] == 1 ? Beside(_text.Quotations[b].End) : -1;
        row[11] = a >= 0 && a == b ? 1 : 0;
        row[12] = (float)_text.Tag(content.End);
        row[13] = _text.IsMark(content.End) ? 1 + (_text.IsMark(content.End, ',') ? 1 : 0) : 0;
        row[14] = (float)_text.Tag(content.End - 1);
        row[15] = _text.IsCapital(_features.FirstWord(content.Start)) ? 1 : 0;
    }

    private float Beside(int i) => _text.IsMark(i) ? 0 : (float)_text.Tag(i);

    private float Introduction(int i) =>
        _text.Is(i, WordClasses.That) ? 1 : _text.Is(i, WordClasses.ToInfinitive) ? 2 : _text.Is(i, WordClasses.Whether) ? 3 : _text.IsMark(i) ? 4 : 0;

    // From the cue to the nearest token of a stretch; negative on its left, 0 inside.
    private static int Distance(int head, TokenRange range) => range.Start > head ? range.Start - head : range.End <= head ? range.End - 1 - head : 0;

    private static int Length(AttributionDraft draft) => draft.Content[0].End - draft.Content[0].Start;

    private void AddRivals(IReadOnlyList<AttributionDraft> drafts, int d, Span<float> row)
    {
        var draft = drafts[d];
        for (var o = Math.Max(0, d - Near); o < Math.Min(drafts.Count, d + Near); o++)
        {
            var other = drafts[o];
            if (o == d || other.Head == draft.Head || other.Odds.Rank > 0)
                continue;
            var likeness = Likeness(draft.Content, other.Content);
            if (likeness >= 0.5f)
                row[0] = Math.Max(row[0], other.Confidence);
            else if (likeness > 0 && Length(draft) > Length(other))
                row[1] = Math.Max(row[1], other.Confidence);
            else if (likeness > 0)
                row[2] = Math.Max(row[2], other.Confidence);
            if (draft.Head >= 0 && other.Head >= 0 && _text.SentenceOf(draft.Head) == _text.SentenceOf(other.Head))
                row[3] = Math.Max(row[3], other.Confidence);
            if (other.Head >= 0 && draft.Content[0].Start <= other.Head && other.Head < draft.Content[0].End)
                row[4] = Math.Max(row[4], other.Confidence);
            if (draft.Head >= 0 && other.Content[0].Start <= draft.Head && draft.Head < other.Content[0].End)
                row[5] = Math.Max(row[5], other.Confidence);
        }
    }
}

/// <summary>What tells of a proposal whether it is right.</summary>
/// <param name="Told">Whether it is an attribution, found by half at least; null where a language has none.</param>
/// <param name="Whole">Whether its content is whole, and no more than that.</param>
internal sealed record JudgeModel(TreeModel? Told, TreeModel? Whole);
