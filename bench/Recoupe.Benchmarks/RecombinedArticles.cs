using Recoupe.Articles;
using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>As many articles as wanted, made by recombining the sentences of a file, with a fixed seed.</summary>
/// <remarks>
/// Each topic of <see cref="PerTopic"/> articles takes two texts and renames their names, each article of a topic takes other sentences of
/// them. Time runs so that <c>window</c> articles fill ten days.
/// </remarks>
internal sealed class RecombinedArticles(string[][] texts, int window, int sentences)
{
    /// <summary>Articles of one topic, one after the other.</summary>
    public const int PerTopic = 8;

    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The sentences of each text in <paramref name="file"/> that is long enough.</summary>
    public static string[][] SentencesOf(string file) => DocumentReader.Read([file], CancellationToken.None)
        .Where(intake => intake.Document is not null)
        .Select(intake => SentencesIn(intake.Document!.Content))
        .Where(sentences => sentences.Length >= 8)
        .ToArray();

    /// <summary>Title, text and time of an article.</summary>
    public (string Title, string Text, DateTime Published) Write(int number) => Write(number, number / PerTopic);

    /// <summary>Title, text and time of an article of a topic, whatever the topic of its number.</summary>
    public (string Title, string Text, DateTime Published) Write(int number, int topic)
    {
        var random = new Random(number);
        var choice = new Random(topic);
        var (first, second) = (texts[choice.Next(texts.Length)], texts[choice.Next(texts.Length)]);
        var suffix = Suffix(topic);
        var chosen = Enumerable.Range(0, sentences).Select(i => i % 3 < 2 ? first[random.Next(first.Length)] : second[random.Next(second.Length)]);
        var text = string.Join(". ", chosen.Select(sentence => Rename(sentence, suffix)));
        return (Rename(first[choice.Next(first.Length)], suffix), text, Start.AddHours(240.0 * number / window));
    }

    /// <summary>An article with its tokens.</summary>
    public AnnotatedArticle Make(int number)
    {
        var (title, text, published) = Write(number);
        return Annotated(number, title, text, published);
    }

    /// <summary>Such an article with its tokens, whatever its text.</summary>
    public static AnnotatedArticle Annotated(int number, string title, string text, DateTime? published, string code = "en") => new()
    {
        Article = new Article
        {
            Id = new ArticleId($"a{number}"), Source = "bench", Language = code, Title = title, Text = text,
            Published = published is { } time ? new Moment(DateOnly.FromDateTime(time), TimeOnly.FromDateTime(time)) : null,
        },
        Body = AnalyzedText.Of(text, Language.Find(null)),
        Headline = AnalyzedText.Of(title, Language.Find(null)),
    };

    private static string[] SentencesIn(string text) =>
        [.. text.Split(['\n'], StringSplitOptions.RemoveEmptyEntries).SelectMany(line => line.Split(". ")).Where(sentence => sentence.Length > 40).Take(60)];

    private static string Suffix(int topic) => $"{(char)('a' + (topic % 26))}{(char)('a' + (topic / 26 % 26))}{(char)('a' + (topic / 676 % 26))}";

    // Names get an ending of the topic's own, so that the vocabulary grows as it does in the press.
    private static string Rename(string sentence, string suffix) =>
        string.Join(' ', sentence.Split(' ').Select((word, i) => i > 0 && word.Length > 3 && char.IsUpper(word[0]) && char.IsLetter(word[^1]) ? word + suffix : word));
}
