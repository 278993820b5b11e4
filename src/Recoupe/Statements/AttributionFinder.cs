using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds where a text attributes words or thoughts: content, cue and source.</summary>
public static class AttributionFinder
{
    /// <summary>The attributions of <paramref name="text"/>, by the start of their content.</summary>
    /// <param name="text">A body or a title. Without a language only quotations are found, with no cue and no source.</param>
    /// <param name="entities">The names in it (spans count in it).</param>
    public static ImmutableArray<Attribution> Find(AnalyzedText text, ImmutableArray<Entity> entities)
    {
        if (text.Language is not { } language || text.Tokens.IsEmpty)
            return [];
        return Find(new AttributedText(text, language));
    }

    /// <summary>As <see cref="Find(AnalyzedText, ImmutableArray{Entity})"/>, for a text that is read already.</summary>
    internal static ImmutableArray<Attribution> Find(AttributedText attributed) =>
        Find(attributed, attributed.Source.Language is { } language ? AttributionModel.Of(language) : null);

    /// <summary>As <see cref="Find(AttributedText)"/>, with a model of one's own.</summary>
    internal static ImmutableArray<Attribution> Find(AttributedText attributed, AttributionModel? model)
    {
        var found = new List<Attribution>();
        foreach (var draft in Drafts(attributed, model))
        {
            if (AttributionContent.Of(attributed, draft.Content) is not { } content)
                continue;
            TextSpan? cue = draft.Cue.IsEmpty ? null : attributed.Span(draft.Cue.Start, draft.Cue.End);
            TextSpan? source = draft.Source is { IsEmpty: false } range ? attributed.Span(range.Start, range.End) : null;
            found.Add(new Attribution(content.Spans, content.Kind, cue, source, draft.Voice == Voice.Say));
        }

        found.Sort(static (a, b) =>
        {
            var byContent = a.Content[0].CompareTo(b.Content[0]);
            return byContent != 0 ? byContent : (a.Cue?.Start ?? -1).CompareTo(b.Cue?.Start ?? -1);
        });
        return [.. found];
    }

    // With a model the rules are its features, and what they alone can do: quotations without a cue, and what goes on after one.
    private static List<AttributionRules.Draft> Drafts(AttributedText text, AttributionModel? model)
    {
        var rules = AttributionRules.Read(text);
        if (model is null)
            return rules.WithBareQuotations(Cut(rules.Drafts));
        var features = new AttributionFeatures(text, rules.Drafts);
        var drafts = new List<AttributionRules.Draft>();
        var doubted = new HashSet<int>(); // cues whose content another one has with more right
        foreach (var decoded in new AttributionDecoder(text, features, model).Decode())
        {
            var draft = rules.WithoutHearer(decoded, features);
            if (draft.Confidence < ThresholdOf(text, features, draft, model.Threshold))
                continue;
            var repeated = drafts.FindIndex(other => other.Content[0] == draft.Content[0]);
            if (repeated >= 0)
                doubted.Add(drafts[repeated].Confidence >= draft.Confidence ? draft.Head : drafts[repeated].Head);
            if (repeated >= 0 && drafts[repeated].Confidence >= draft.Confidence)
                continue;
            rules.GoOn(draft);
            var completed = rules.WithoutVerbInSource(draft with { Voice = rules.VoiceOf(draft, features) });
            if (repeated >= 0)
                drafts[repeated] = completed;
            else
                drafts.Add(completed);
        }

        foreach (var draft in drafts)
            rules.CutBefore(draft, drafts);
        rules.FillIn(drafts, doubted);
        return rules.WithBareQuotations(Cut(drafts));
    }

    // Of drafts with the same confidence those with quotations are right more often, those before their cue that neither marks nor rules support less
    // (one training article in eight, held out).
    private static float ThresholdOf(AttributedText text, AttributionFeatures features, AttributionRules.Draft draft, float threshold)
    {
        var content = draft.Content[0];
        if (text.IsQuoted(content.Start) && text.IsQuoted(content.End - 1))
            return AttributionDecoder.LeastShare * threshold;
        if (content.Start < draft.Cue.Start && !text.IsQuoted(content.Start) && !text.IsQuoted(content.End - 1) && features.RuleAt(draft.Head) is null)
            return 1.5f * threshold;
        return threshold;
    }

    private static List<AttributionRules.Draft> Cut(List<AttributionRules.Draft> drafts)
    {
        AttributionRules.CutRests(drafts);
        return drafts;
    }
}
