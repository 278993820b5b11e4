using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Checks;
using Recoupe.Citations;
using Recoupe.Corrections;
using Recoupe.Dates;
using Recoupe.Dossiers;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe;

/// <summary>The whole flow: one call a stage, records in, records out.</summary>
public static class Pipeline
{
    // Two hundred times the longest of news articles. Longer texts are dumps or attacks: their start is analysed, which keeps the offsets.
    private const int MaxAnalyzed = 2_000_000;

    /// <summary>What one article alone gives.</summary>
    public static AnnotatedArticle Annotate(Article article)
    {
        var known = AnnotateForGrouping(article);
        var (actors, statements) = StatementFinder.Read(known.Article, known.Body, known.Headline, known.Entities);
        return known with
        {
            Numbers = OfBoth(known.Headline, known.Body, (text, inTitle) =>
                NumberFinder.Find(text, inTitle, [.. known.Dates.Where(date => date.InTitle == inTitle).Select(date => date.Span)])),
            Actors = actors,
            Statements = statements,
            Citations = CitationFinder.Find(known.Article, known.Body, known.Headline, known.Entities, statements),
        };
    }

    /// <summary>As <see cref="Annotate(Article)"/>, with what a person corrected of it.</summary>
    public static AnnotatedArticle Annotate(Article article, CorrectionSet corrections) =>
        Corrector.Correct(Annotate(Corrector.Correct(article, corrections)), corrections);

    /// <summary>As <see cref="Annotate(Article)"/>, without what grouping does not read: numbers, statements and citations.</summary>
    public static AnnotatedArticle AnnotateForGrouping(Article article)
    {
        var language = Language.Find(article.Language);
        var body = AnalyzedText.Of(Start(article.Text), language);
        var headline = article.Title is null ? null : AnalyzedText.Of(Start(article.Title), language);
        if (body.Text.Length < article.Text.Length)
            article = article with { Notes = article.Notes.Add($"the text is longer than {MaxAnalyzed} characters: what comes after them was kept, but not analysed") };
        article = TextDating.Date(article, body, headline);
        return new AnnotatedArticle
        {
            Article = article,
            Body = body,
            Headline = headline,
            Entities = EntityFinder.Find(body, headline),
            Dates = OfBoth(headline, body, (text, inTitle) => DateFinder.Find(text, article.Published, inTitle)),
        };
    }

    /// <summary>The dossiers of all stories in <paramref name="articles"/>, those of several articles first.</summary>
    /// <param name="articles">In the order of arrival.</param>
    public static ImmutableArray<Dossier> Read(
        IReadOnlyList<Article> articles, PipelineOptions options, CancellationToken cancellationToken)
    {
        var (stories, byId) = Group(articles, options, cancellationToken);
        var compared = 0;
        return [.. stories
            .OrderByDescending(story => story.Articles.Length > 1)
            .AsParallel().AsOrdered()
            .WithDegreeOfParallelism(options.Threads).WithCancellation(cancellationToken)
            .Select(story =>
            {
                var dossier = Compare(story, story.Articles.Select(id => byId[id]), options, cancellationToken);
                options.Progress?.Report(new PipelineProgress(byId.Count, Interlocked.Increment(ref compared), stories.Length));
                return dossier;
            })];
    }

    /// <summary>What the articles tell of a claim that somebody asks about: a dossier whose one point is the claim, without a point where nobody surely tells it.</summary>
    /// <param name="claim">The claim: a sentence, as one would tell it.</param>
    /// <param name="language">Its language, ISO 639-1; null to find it out.</param>
    /// <param name="articles">In the order of arrival.</param>
    /// <param name="options">What a person corrected, and how many threads work.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ClaimException">The claim holds no words, or too many.</exception>
    public static Dossier Check(string claim, string? language, IReadOnlyList<Article> articles, PipelineOptions options, CancellationToken cancellationToken)
    {
        ClaimChecker.Require(claim, language);
        var (stories, byId) = Group(articles, options, cancellationToken);
        return ClaimChecker.Check(claim, language, [.. stories.Select(story => story.Articles.Select(id => byId[id]).ToImmutableArray())], options, cancellationToken);
    }

    private static (ImmutableArray<Story> Stories, Dictionary<ArticleId, AnnotatedArticle> ById) Group(IReadOnlyList<Article> articles, PipelineOptions options, CancellationToken cancellationToken)
    {
        var annotatedSoFar = 0;
        articles = RepeatedParagraphs.Without(articles);
        var annotated = articles.AsParallel().AsOrdered()
            .WithDegreeOfParallelism(options.Threads).WithCancellation(cancellationToken)
            .Select(article =>
            {
                var done = Annotate(article, options.Corrections);
                options.Progress?.Report(new PipelineProgress(Interlocked.Increment(ref annotatedSoFar), 0, 0));
                return done;
            }).ToList();
        var byId = annotated.ToDictionary(article => article.Id);
        var stories = Corrector.Correct(StoryGrouper.Group(annotated, new StoryOptions { Threads = options.Threads }, options.Embeddings, cancellationToken), options.Corrections);
        if (options.Embeddings is { } embeddings)
            stories = [.. stories.Select(story => story with { Embeddings = embeddings.UseOf(story.Articles) })];
        return (stories, byId);
    }

    /// <summary>The dossier of one story.</summary>
    /// <param name="story">The story.</param>
    /// <param name="articles">Its articles, in its order.</param>
    /// <param name="options">What makes a point, and what a person corrected.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static Dossier Compare(Story story, IEnumerable<AnnotatedArticle> articles, PipelineOptions options, CancellationToken cancellationToken) =>
        DossierMaker.Make(story, SiblingDating.Date([.. articles]), options, cancellationToken);

    private static string Start(string text)
    {
        if (text.Length <= MaxAnalyzed)
            return text;
        var end = text.AsSpan(0, MaxAnalyzed).LastIndexOfAny(' ', '\n');
        if (end < MaxAnalyzed / 2)
            end = char.IsHighSurrogate(text[MaxAnalyzed - 1]) ? MaxAnalyzed - 1 : MaxAnalyzed;
        return text[..end];
    }

    private static ImmutableArray<T> OfBoth<T>(
        AnalyzedText? headline, AnalyzedText body, Func<AnalyzedText, bool, ImmutableArray<T>> find) =>
        headline is null ? find(body, false) : [.. find(headline, true), .. find(body, false)];
}
