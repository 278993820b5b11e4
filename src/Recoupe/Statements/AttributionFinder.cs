using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds where a text attributes words or thoughts: content, cue and source.</summary>
public static class AttributionFinder
{
    // A quotation without cue is learned as a statement from this many tokens on, and told from a few more.
    internal const int ShortestBare = 5;
    private const int ShortestToldBare = 8;

    // Log-odds from which a proposal is told: found F1 is flat from -1 to -0.4 on articles left out.
    private const float LeastScore = -0.7f;

    // As much less for what somebody tells inside a medium's words: who reports, reports what others told.
    private const float LeastRelayed = -3;

    private const float Half = 0.5f; // what finding a content by half counts beside finding it whole
    private const float SameContent = 0.7f; // of what two proposals hold: they tell the same
    private const float Little = 1e-4f;

    // A quotation that is a statement takes the likeliest cue around it for its own, from this probability on.
    private const float LeastOfQuotation = 0.02f;

    private const int QuotationReach = 24; // tokens between a quotation and its cue

    // Neighbours in the order of cues: what begins in a rest or tells the same is near.
    private const int Near = 8;

    /// <summary>The attributions of <paramref name="text"/>, by the start of their content.</summary>
    /// <param name="text">A body or a title. Without a language none is found.</param>
    /// <param name="entities">The names in it (spans count in it).</param>
    public static ImmutableArray<Attribution> Find(AnalyzedText text, ImmutableArray<Entity> entities)
    {
        if (text.Language is not { } language || text.Tokens.IsEmpty)
            return [];
        return Find(new AttributedText(text, language));
    }

    /// <summary>As <see cref="Find(AnalyzedText, ImmutableArray{Entity})"/>, for a text that is read already.</summary>
    /// <param name="attributed">The text.</param>
    /// <param name="isMedium">Whether a source is a medium: what others tell inside its words is then found, too; null where nobody knows.</param>
    internal static ImmutableArray<Attribution> Find(AttributedText attributed, Predicate<TokenRange>? isMedium = null) =>
        attributed.Source.Language is { } language && AttributionModel.Of(language) is { } model ? Find(attributed, model, null, isMedium) : [];

    /// <summary>As <see cref="Find(AttributedText, Predicate{TokenRange}?)"/>, with a model of one's own.</summary>
    internal static ImmutableArray<Attribution> Find(AttributedText attributed, AttributionModel model, JudgeModel? judge = null, Predicate<TokenRange>? isMedium = null)
    {
        var found = new List<Attribution>();
        foreach (var draft in Drafts(attributed, model, judge ?? AttributionJudge.Of(attributed.Source.Language!), isMedium))
        {
            if (AttributionContent.Of(attributed, draft.Content) is not { } content)
                continue;
            TextSpan? cue = draft.Cue.IsEmpty ? null : attributed.Span(draft.Cue.Start, draft.Cue.End);
            TextSpan? source = draft.Source is { IsEmpty: false } range && attributed.AfterDateline(range.Start) is var start && start < range.End ? attributed.Span(start, range.End) : null;
            found.Add(new Attribution(content.Spans, content.Kind, cue, source, draft.Voice == Voice.Say) { Odds = draft.Odds.Told });
        }

        found.Sort(static (a, b) =>
        {
            var byContent = a.Content[0].CompareTo(b.Content[0]);
            return byContent != 0 ? byContent : (a.Cue?.Start ?? -1).CompareTo(b.Cue?.Start ?? -1);
        });
        return [.. found];
    }

    /// <summary>All that may be an attribution, by the cues: what the model reads, and what the rules propose elsewhere.</summary>
    internal static List<AttributionDraft> Proposals(AttributedText text, AttributionFeatures features, AttributionDecoder decoder)
    {
        var drafts = new List<AttributionDraft>();
        var taken = new bool[text.Count + 1];
        foreach (var decoded in decoder.Decode())
        {
            var draft = Completed(text, features, decoded);
            if (IsName(text, draft.Content[0]) || IsItsSource(draft) || Refusals.Holds(text, draft))
                continue;
            drafts.Add(draft with { Voice = VoiceOf(text, draft) });
            Array.Fill(taken, true, draft.Cue.Start, draft.Cue.End - draft.Cue.Start);
        }

        foreach (var rule in features.Proposals)
        {
            if (rule.Cue.IsEmpty || taken.AsSpan(rule.Cue.Start, rule.Cue.End - rule.Cue.Start).Contains(true))
                continue;
            var head = decoder.LikeliestCue(rule.Cue);
            var probability = head < 0 ? 0 : decoder.ProbabilityAt(head);
            var draft = rule with
            {
                Content = [.. rule.Content],
                Head = head < 0 ? rule.Cue.Start : head,
                Confidence = 0,
                Odds = new AttributionOdds(MathF.Log((probability + Little) / (1 + Little - probability)), 0, 0, 0),
            };
            if (!Refusals.Holds(text, draft))
                drafts.Add(draft with { Voice = VoiceOf(text, draft) });
        }

        drafts.Sort(static (a, b) => a.Head != b.Head ? a.Head.CompareTo(b.Head)
            : a.Odds.Rank != b.Odds.Rank ? a.Odds.Rank.CompareTo(b.Odds.Rank) : a.Content[0].Start.CompareTo(b.Content[0].Start));
        return drafts;
    }

    private static List<AttributionDraft> Drafts(AttributedText text, AttributionModel model, JudgeModel judge, Predicate<TokenRange>? isMedium)
    {
        var features = new AttributionFeatures(text);
        var decoder = new AttributionDecoder(text, features, model);
        var drafts = Chosen(text, features, Proposals(text, features, decoder), judge, isMedium);
        drafts.RemoveAll(draft => text.IsMark(draft.Head) && !QuotationSources.Speaks(text, draft.Source));
        RemoveEchoes(drafts);
        CutRests(drafts);
        AddQuotations(text, features, decoder, drafts);
        return drafts.ConvertAll(draft => WithVerb(text, draft));
    }

    // Of each cue the best reading; from the surest down, each that says something else than those before.
    private static List<AttributionDraft> Chosen(
        AttributedText text, AttributionFeatures features, List<AttributionDraft> proposals, JudgeModel judge, Predicate<TokenRange>? isMedium)
    {
        var (told, whole) = (new float[proposals.Count], new float[proposals.Count]);
        var rows = new AttributionJudge(text, features).Rows(proposals);
        judge.Told?.Score(rows, AttributionJudge.Width, told);
        judge.Whole?.Score(rows, AttributionJudge.Width, whole);
        var best = new List<int>(); // of each cue
        for (var d = 0; d < proposals.Count; d++)
        {
            if (best.Count == 0 || proposals[best[^1]].Head != proposals[d].Head)
                best.Add(d);
            else if (Worth(d) > Worth(best[^1]))
                best[^1] = d;
        }

        var chosen = new bool[best.Count];
        foreach (var b in Enumerable.Range(0, best.Count).Where(b => told[best[b]] >= LeastScore).OrderByDescending(b => told[best[b]]))
        {
            chosen[b] = true;
            for (var o = Math.Max(0, b - Near); o < Math.Min(best.Count, b + Near) && chosen[b]; o++)
            {
                if (o != b && chosen[o] && AttributionJudge.Likeness(proposals[best[o]].Content, proposals[best[b]].Content) >= SameContent)
                    chosen[b] = false;
            }
        }

        if (isMedium is not null)
            AddRelayed();
        return [.. best.Where((_, b) => chosen[b]).Select(d => proposals[d] with { Odds = proposals[d].Odds with { Told = told[d] } })];

        // What a medium is told to report somebody tells there: what the judge holds for likely enough of what stands inside its words.
        void AddRelayed()
        {
            var outer = Enumerable.Range(0, best.Count).Where(b => chosen[b] && proposals[best[b]].Source is { IsEmpty: false } source && isMedium(source)).ToList();
            foreach (var o in outer)
            {
                for (var b = Math.Max(0, o - Near); b < Math.Min(best.Count, o + Near); b++)
                    chosen[b] |= told[best[b]] >= LeastRelayed && IsInside(proposals[best[b]], proposals[best[o]].Content);
            }
        }

        float Worth(int d) => TreeModel.Probability(told[d]) * (Half + TreeModel.Probability(whole[d]));
    }

    private static bool IsInside(AttributionDraft inner, List<TokenRange> content)
    {
        return inner is { Cue.IsEmpty: false, Source: { IsEmpty: false } source } && Holds(inner.Cue) && Holds(source) && inner.Content.TrueForAll(Holds);

        bool Holds(TokenRange range) => content.Exists(part => part.Start <= range.Start && part.End >= range.End);
    }

    // What is quoted begins where its quotation does; a source that the model is silent about is the rules'.
    private static AttributionDraft Completed(AttributedText text, AttributionFeatures features, AttributionDraft draft)
    {
        var content = draft.Content[0];
        if (text.QuotationOf(content.Start) is var q and >= 0 && content.Start == text.Quotations[q].First + 1 && content.End <= text.Quotations[q].End)
            draft.Content[0] = content with { Start = content.Start - 1 };
        if (features.RuleAt(draft.Head) is not { } rule)
            return draft;
        if (draft.Source is null && rule.Source is { } source && rule.Content[0].Overlaps(content) && !source.Overlaps(content))
            draft = draft with { Source = source };

        // The rules take in the auxiliary and the pronoun of the verb: "s'est", "a pour sa part".
        var holds = rule.Cue.Start <= draft.Cue.Start && rule.Cue.End >= draft.Cue.End;
        return holds && !draft.Content.Exists(part => part.Overlaps(rule.Cue)) && draft.Source?.Overlaps(rule.Cue) != true ? draft with { Cue = rule.Cue } : draft;
    }

    // A name alone is nothing that can be said.
    private static bool IsName(AttributedText text, TokenRange content)
    {
        var named = false;
        for (var i = content.Start; i < content.End; i++)
        {
            var capital = text.IsWord(i) && text.IsCapital(i);
            if (text.IsQuoted(i) || !text.IsMark(i) && !capital && text.Tag(i) is not (PartOfSpeech.Determiner or PartOfSpeech.Adposition))
                return false;
            named |= capital && i > content.Start;
        }

        return named;
    }

    // A statement that is all quotation, with the source of the likeliest cue around it.
    private static AttributionDraft Alone(AttributedText text, AttributionFeatures features, AttributionDecoder decoder, Quotation quotation)
    {
        var range = new TokenRange(quotation.Open, quotation.End);
        var before = decoder.LikeliestCue(new TokenRange(Math.Max(text.SentenceFirst(range.Start), range.Start - QuotationReach), range.Start));
        var after = decoder.LikeliestCue(new TokenRange(range.End, Math.Max(range.End, Math.Min(text.SentenceEnd(quotation.Close - 1), range.End + QuotationReach))));
        var head = before < 0 || after >= 0 && decoder.ProbabilityAt(after) > decoder.ProbabilityAt(before) ? after : before;
        return head >= 0 && decoder.ProbabilityAt(head) >= LeastOfQuotation && decoder.ReadAt(head) is { Source: not null } draft && draft.Content[0].Overlaps(range)
            ? draft with { Content = [range] } : new AttributionDraft([range], default, null, Voice.Say);
    }

    // Quotations that go on with an attribution, and those that stand alone.
    private static void AddQuotations(AttributedText text, AttributionFeatures features, AttributionDecoder decoder, List<AttributionDraft> drafts)
    {
        var owners = new int[text.Quotations.Length];
        foreach (var draft in drafts)
            draft.Content.ForEach(range => Own(range));
        foreach (var draft in drafts)
        {
            var parts = draft.Content.Count;
            decoder.GoOn(draft, quotation => owners[quotation] > 0 || text.Quotations[quotation].IsLine);
            for (var part = parts; part < draft.Content.Count; part++)
                Own(draft.Content[part]);
        }

        var byEnd = drafts.ConvertAll(static draft => (End: AttributionDecoder.EndOf(draft), Draft: draft));
        byEnd.Sort(static (a, b) => a.End.CompareTo(b.End));
        var d = 0;
        for (var q = 0; q < text.Quotations.Length; q++)
        {
            var quotation = text.Quotations[q];
            while (d < byEnd.Count && byEnd[d].End <= quotation.Open)
                d++;
            if (owners[q] > 0)
                continue;
            if (QuotationSources.Find(text, q) is var (cue, source))
                drafts.Add(new AttributionDraft([new TokenRange(quotation.Open, quotation.End)], cue, source, Voice.Say));
            else if (quotation.IsLine || quotation.End - quotation.Open >= ShortestToldBare && decoder.IsStatement(quotation, d == 0 ? 0 : byEnd[d - 1].End))
                drafts.Add(Alone(text, features, decoder, quotation));
        }

        void Own(TokenRange range)
        {
            for (var i = range.Start; i < range.End;)
            {
                var q = text.QuotationOf(i);
                if (q >= 0)
                    owners[q]++;
                i = q < 0 ? i + 1 : text.Quotations[q].End;
            }
        }
    }

    // "The mayor, Paul Ferrand, decided.": who speaks is not what is said.
    private static bool IsItsSource(AttributionDraft draft) =>
        draft.Source is { IsEmpty: false } source && source.Start <= draft.Content[0].Start && draft.Content[0].End <= source.End;

    // Whether speech is told, by what the lists say of the cue.
    private static Voice VoiceOf(AttributedText text, AttributionDraft draft)
    {
        if (text.IsMark(draft.Head) || text.IsQuoted(draft.Content[0].Start) && draft.Content[0].Start < draft.Cue.Start)
            return Voice.Say;
        var voice = Voice.Say;
        foreach (var (verb, _) in text.Readings[draft.Head].Verbs)
        {
            if (verb.Voice == Voice.Say)
                return Voice.Say;
            voice = verb.Voice;
        }

        return voice;
    }

    // "The mayor shrugs: 'We will see.'": the verb that the colon follows is the cue.
    private static AttributionDraft WithVerb(AttributedText text, AttributionDraft draft)
    {
        var verb = draft.Cue.Start - 1;
        return !draft.Cue.IsEmpty && text.IsMark(verb + 1, ':') && draft.Source?.End == verb && text.Readings[verb].Verbs.Length > 0
            ? draft with { Cue = CueGroup.At(text, verb) }
            : draft;
    }

    // "The baker sighed: 'Nobody asked us for leave.'": the baker says it, and nothing else by a verb of what is said.
    private static void RemoveEchoes(List<AttributionDraft> drafts)
    {
        for (var d = drafts.Count - 1; d >= 0; d--)
        {
            var draft = drafts[d];
            for (var o = Math.Max(0, d - Near); o < Math.Min(drafts.Count, d + Near); o++)
            {
                var content = drafts[o].Content[0];
                if (o == d || draft.Source is not { IsEmpty: false } source || drafts[o].Source != source || content.Overlaps(source)
                    || content.Start > draft.Cue.Start || content.End < draft.Cue.End
                    || content.Start > draft.Content[0].Start || content.End < draft.Content[^1].End)
                    continue;
                drafts.RemoveAt(d);
                break;
            }
        }
    }

    // "C, the minister conceded, but she insisted that …": what another attribution begins in is no rest of the first.
    private static void CutRests(List<AttributionDraft> drafts)
    {
        for (var d = 0; d < drafts.Count; d++)
        {
            var draft = drafts[d];
            for (var o = Math.Max(0, d - Near); o < Math.Min(drafts.Count, d + Near) && draft.Content.Count > 1; o++)
            {
                var other = drafts[o];
                if (o == d || other.Cue.IsEmpty || other.Content[0].Start <= other.Cue.Start)
                    continue;
                var first = draft.Content[0];
                draft.Content.RemoveAll(range => range.Start >= draft.Cue.End && range != first && other.Cue.Start >= range.Start && other.Cue.Start < Math.Min(range.End, range.Start + 6)
                    && other.Content[0].Start < range.End + 1);
            }
        }
    }
}
