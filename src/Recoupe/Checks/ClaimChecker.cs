using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Stories;
using Recoupe.Text;

namespace Recoupe.Checks;

/// <summary>Finds who tells a claim that somebody asks about, and how many origins stand behind it.</summary>
public static class ClaimChecker
{
    /// <summary>How many characters of a claim are read at most: it is a sentence or two.</summary>
    public const int MostCharacters = 1000;

    private static readonly StoryId Id = new("check");

    /// <summary>A dossier about the claim alone: its one point is what the articles tell of it, none where nobody surely does.</summary>
    /// <param name="claim">The claim: a sentence, as one would tell it.</param>
    /// <param name="language">Its language, ISO 639-1; null to find it out.</param>
    /// <param name="stories">The articles that may tell it, by story: those stories are looked at in which somebody does.</param>
    /// <param name="options">What a person corrected, and how many threads work.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ClaimException">The claim holds no words, or is longer than <see cref="MostCharacters"/>.</exception>
    public static Dossier Check(string claim, string? language, IReadOnlyList<ImmutableArray<AnnotatedArticle>> stories, PipelineOptions options, CancellationToken cancellationToken) =>
        Check(claim, language, stories, options, ClaimJudge.Default, cancellationToken);

    /// <summary>As the public one, by other decisions than those that are built in.</summary>
    internal static Dossier Check(
        string claim, string? language, IReadOnlyList<ImmutableArray<AnnotatedArticle>> stories, PipelineOptions options, ClaimJudge judge, CancellationToken cancellationToken)
    {
        Require(claim, language);
        var read = Of(claim, language, [.. stories.SelectMany(story => story).Select(article => article.Id)]);
        var found = stories.Where(story => !story.IsEmpty).AsParallel().AsOrdered().WithDegreeOfParallelism(options.Threads).WithCancellation(cancellationToken)
            .Select(story => (Articles: story, Looked: new ClaimStory(story, read, options, judge, cancellationToken)))
            // Of many stories those that tell nothing of it are not kept in memory.
            .Select(story => (story.Articles, story.Looked.Best, Kept: story.Looked.Best >= ClaimStory.LeastTelling ? story.Looked : null)).ToList();
        if (found.Count == 0)
            return new Dossier(new Story(Id, Id, []), [], [], [], [], [], [], []) { Check = new ClaimCheck(claim, read.Language) };
        // What several stories tell is one question: whoever tells the claim, and those that stand beside them.
        var least = Math.Min(ClaimStory.LeastTelling, found.Max(story => story.Best));
        var told = found.FindAll(story => story.Best >= least);
        var story = told is [{ Kept: { } only }] ? only : new ClaimStory([.. told.SelectMany(one => one.Articles)], read, options, judge, cancellationToken);
        return story.Dossier(Id, cancellationToken);
    }

    /// <summary>Refuses what cannot be asked about, before anything is read for it.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="language">Its language, ISO 639-1; null to find it out.</param>
    /// <exception cref="ClaimException">It holds no words, or is longer than <see cref="MostCharacters"/>, or its language is none that is known.</exception>
    public static void Require(string claim, string? language)
    {
        if (claim.Length > MostCharacters)
            throw new ClaimException($"the claim has {claim.Length} characters, of {MostCharacters} at most: ask about one sentence");
        if (!claim.Any(char.IsLetterOrDigit))
            throw new ClaimException("the claim holds no words: write a sentence, as one would tell it");
        if (language is not null && Language.Find(language) is null)
            throw new ClaimException($"the language is {language}: {string.Join(" and ", Language.All.Select(known => known.Code))} are known");
    }

    /// <summary>A claim as an article that is none of those whose ids are taken.</summary>
    internal static Article Of(string claim, string? language, HashSet<ArticleId> taken)
    {
        var id = new ArticleId("claim");
        while (taken.Contains(id))
            id = new ArticleId(id.Value + "'");
        return ArticleReader.Read(new Document { Source = id.Value, Id = id.Value, Form = DocumentForm.CleanText, Content = claim, Language = language ?? LanguageOf(claim) }, id);
    }

    /// <summary>The language of a claim, ISO 639-1: it is too short for what tells that of an article. Of those that are known the one that its small words, else most of its words, speak for.</summary>
    public static string? LanguageOf(string claim)
    {
        if (Language.Find(LanguageIdentifier.Identify(claim)) is { } sure)
            return sure.Code;
        if (LanguageIdentifier.Likeliest(claim, Language.All.Select(language => language.Code)) is { } likely)
            return likely;
        var words = Folding.Fold(claim).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return Language.All.MaxBy(language => words.Count(word => Lexicon.Of(language).Find(word.Trim('.', ',', '!', '?')) != 0))?.Code;
    }

    /// <summary>What the words of a claim give beside a story: its days are those around the latest article.</summary>
    internal static AnnotatedArticle Annotate(Article claim, ImmutableArray<AnnotatedArticle> articles) =>
        Pipeline.Annotate(claim with { Published = articles.Select(article => article.Article.Published).Where(at => at is not null).Max() });
}
