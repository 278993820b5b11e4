using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Points;

/// <summary>The articles of a story, read once for comparison: words, and what stands in which sentence.</summary>
internal sealed class StoryText
{
    private readonly Dictionary<ArticleId, int> _places;

    public StoryText(ImmutableArray<AnnotatedArticle> articles, CancellationToken cancellationToken)
    {
        Articles = articles;
        _places = articles.Select((article, place) => (article.Id, place)).ToDictionary(pair => pair.Id, pair => pair.place);
        Bodies = new WordSequence[articles.Length];
        Headlines = new WordSequence?[articles.Length];
        for (var i = 0; i < articles.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Bodies[i] = new WordSequence(articles[i].Body);
            Headlines[i] = articles[i].Headline is { } headline ? new WordSequence(headline) : null;
        }
    }

    public ImmutableArray<AnnotatedArticle> Articles { get; }

    /// <summary>The words of each article's text.</summary>
    public WordSequence[] Bodies { get; }

    /// <summary>The words of each article's title.</summary>
    public WordSequence?[] Headlines { get; }

    /// <summary>The place of an article in the story.</summary>
    public int PlaceOf(ArticleId article) => _places[article];

    /// <summary>The words that a passage's span counts in.</summary>
    public WordSequence WordsOf(Evidence evidence)
    {
        var place = PlaceOf(evidence.Article);
        return evidence.InTitle ? Headlines[place]! : Bodies[place];
    }

    /// <summary>A passage's words as they stand.</summary>
    public string Quote(Evidence evidence) => evidence.Span.Quote(Articles[PlaceOf(evidence.Article)].TextOf(evidence.InTitle).Text);

    /// <summary>The statement of a passage, or null.</summary>
    public Statement? StatementOf(Passage passage) =>
        passage.Statement is { } index ? Articles[PlaceOf(passage.Evidence.Article)].Statements[index] : null;

    /// <summary>The citations that stand in the sentence of a passage.</summary>
    public IEnumerable<Citation> CitationsAt(Evidence evidence)
    {
        var article = Articles[PlaceOf(evidence.Article)];
        if (article.Citations.IsEmpty)
            yield break;
        var text = article.TextOf(evidence.InTitle);
        var sentence = text.SentenceAt(evidence.Span.Start);
        var span = sentence >= 0 ? text.Sentences[sentence].Union(evidence.Span) : evidence.Span;
        foreach (var citation in article.Citations)
        {
            if (citation.InTitle == evidence.InTitle && citation.Span.Overlaps(span))
                yield return citation;
        }
    }

    /// <summary>The sentence that a span starts in, or the span itself.</summary>
    public TextSpan SentenceOf(Evidence evidence)
    {
        var text = Articles[PlaceOf(evidence.Article)].TextOf(evidence.InTitle);
        var sentence = text.SentenceAt(evidence.Span.Start);
        return sentence >= 0 ? text.Sentences[sentence].Union(evidence.Span) : evidence.Span;
    }
}
