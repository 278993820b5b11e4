using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Changes;

/// <summary>Tells how two versions of an article differ, and what each difference touches.</summary>
public static class ChangeFinder
{
    // So many words between two changes of one sentence belong to one rewording.
    private const int Gap = 2;

    /// <summary>Compares two versions of one article.</summary>
    /// <param name="earlier">The earlier version, annotated.</param>
    /// <param name="later">The later version, annotated.</param>
    public static ArticleChange Compare(AnnotatedArticle earlier, AnnotatedArticle later)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(later);
        return new ArticleChange(earlier.Id, later.Id, [.. OfTitle(earlier, later), .. OfText(earlier, later, inTitle: false)]);
    }

    private static ImmutableArray<WordChange> OfTitle(AnnotatedArticle earlier, AnnotatedArticle later)
    {
        if (earlier.Headline is not null && later.Headline is not null)
            return OfText(earlier, later, inTitle: true);
        return (earlier.Headline ?? later.Headline) is { } only
            ? [new WordChange(All(earlier.Headline), All(later.Headline), InTitle: true, ChangeGrade.Headline)]
            : [];
        static TextSpan All(AnalyzedText? title) => new(0, title?.Text.Length ?? 0);
    }

    private static ImmutableArray<WordChange> OfText(AnnotatedArticle earlier, AnnotatedArticle later, bool inTitle)
    {
        var (before, after) = (new VersionText(earlier, inTitle), new VersionText(later, inTitle));
        var grader = new ChangeGrader(before, after);
        var changes = Joined(TextDifference.Find(before.Sentences, after.Sentences), before);
        return [.. grader.Grade(changes).Select(graded => new WordChange(
            before.SpanOf(graded.Change.Before), after.SpanOf(graded.Change.After), inTitle,
            inTitle && graded.Grade == ChangeGrade.Wording ? ChangeGrade.Headline : graded.Grade))];
    }

    // "killing 30" to "leaves 40" is one rewording, not two.
    private static List<TokenChange> Joined(List<TokenChange> changes, VersionText before)
    {
        var joined = new List<TokenChange>();
        foreach (var change in changes)
        {
            if (joined.Count > 0 && joined[^1] is var last && change.Before.Start.Value - last.Before.End.Value <= Gap
                && before.AreOneSentence(last.Before.End.Value - 1, change.Before.Start.Value))
                joined[^1] = new TokenChange(last.Before.Start..change.Before.End, last.After.Start..change.After.End);
            else
                joined.Add(change);
        }

        return joined;
    }
}
