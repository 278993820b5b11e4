using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Dates the undated articles of a story from their own text and their siblings.</summary>
public static class SiblingDating
{
    /// <summary>How many days an article may be older than the latest date that a sibling tells or bears: articles of a story come within days of each other.</summary>
    public const int Slack = 14;

    /// <summary>The same articles in the same order; those that could be dated carry an inferred time and its evidence.</summary>
    /// <remarks>An article that tells a weekday with day and month takes its year from the latest date of its siblings, by the rule of <see cref="TextDating"/>.</remarks>
    public static ImmutableArray<AnnotatedArticle> Date(ImmutableArray<AnnotatedArticle> articles)
    {
        if (articles.Length < 2 || !articles.Any(article => article.Article.Published is null))
            return articles;
        var told = articles.Select(article => TextDating.Read(article.Article, article.Body, article.Headline)).ToList();
        var dated = ImmutableArray.CreateBuilder<AnnotatedArticle>(articles.Length);
        for (var i = 0; i < articles.Length; i++)
            dated.Add(articles[i].Article.Published is null && Infer(articles, told, i) is { } inferred ? Redate(articles[i], inferred) : articles[i]);
        return dated.MoveToImmutable();
    }

    private static (DateOnly Day, ImmutableArray<Evidence> Evidence)? Infer(
        ImmutableArray<AnnotatedArticle> articles, List<ImmutableArray<TextDating.Told>> told, int i)
    {
        (DateOnly Day, Evidence Evidence)? latest = null;
        for (var sibling = 0; sibling < articles.Length; sibling++)
        {
            if (sibling == i)
                continue;
            Take(TextDating.Latest(told[sibling]));
            if (articles[sibling].Article is { Published: { } published } of)
                Take((published.Day, of.DatedBy.IsEmpty ? new Evidence(of.Id, default) : of.DatedBy[0]));
        }

        // What the article itself tells is stricter: it cannot be older than that.
        return TextDating.Latest(told[i]) is { } own && (latest is null || own.Day >= latest.Value.Day)
            ? TextDating.Infer(told[i], own)
            : TextDating.Infer(told[i], latest, Slack);

        void Take((DateOnly Day, Evidence Evidence)? other)
        {
            if (other is { } day && (latest is null || day.Day > latest.Value.Day))
                latest = day;
        }
    }

    /// <summary>What depends on the date of publication is done again: the values of the calendar expressions.</summary>
    private static AnnotatedArticle Redate(AnnotatedArticle annotated, (DateOnly Day, ImmutableArray<Evidence> Evidence) inferred)
    {
        var article = TextDating.With(annotated.Article, inferred);
        ImmutableArray<DateMention> Find(AnalyzedText? text, bool inTitle) =>
            text is null ? [] : DateFinder.Find(text, article.Published, inTitle);
        return annotated with { Article = article, Dates = [.. Find(annotated.Headline, true), .. Find(annotated.Body, false)] };
    }
}
