using System.Collections.Immutable;
using System.Text;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Dossiers;
using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>Stories made to cost: two articles that are one sentence each, in doubling sizes, and many articles that tell one event in a line.</summary>
/// <remarks>What is printed is the processor time from annotated articles to the dossier: it must double with the size, not quadruple.</remarks>
public sealed class HostileSourcingMeasurement : IMeasurement
{
    private static readonly string[] Things = ["men", "women", "children", "houses", "cars", "cows", "boats", "soldiers", "doctors", "trees"];
    private static readonly string[] FirstNames = ["Paul", "Anna", "Victor", "Maria", "Jean", "Tim", "Ada", "Louis", "Mark", "Rose"];
    private static readonly string[] Parts = ["ba", "ko", "ri", "tel", "san", "mur", "vel", "dor", "nik"];
    private static readonly string[] Months = ["January", "March", "May", "July", "October"];
    private static readonly string[] Towns = ["Paris", "London", "Berlin", "Madrid", "Rome", "Lyon", "Arles", "Ghent", "Vienna", "Prague", "Oslo", "Cairo"];
    private static readonly string[] Speakers = ["the mayor Paul Durand said", "police said", "officials told AFP", "a witness said", "according to the prefect"];

    public string Name => "sourcing-hostile";

    public string Arguments => "[CHARACTERS]";

    public int Run(string[] arguments)
    {
        var most = arguments.Length > 0 ? int.Parse(arguments[0]) : 40_000;
        var sentences = new (string Name, Func<Random, int, string> Next)[]
        {
            ("amounts", (_, i) => $"{12 + i} {Things[i % Things.Length]} and "),
            ("sums of money", (_, i) => FormattableString.Invariant($"{1.5 + i:0.0} million euros, then ")),
            ("names", (random, _) => $"{Person(random)} met "),
            ("quotations", (random, i) => $"\"we will not go to the {Things[i % Things.Length]} of {Word(random)} at all today\" said {Person(random)} and "),
            ("who said that who said", (random, _) => $"{Person(random)} said that {Person(random)} said that "),
            ("dates", (_, i) => $"on {1 + (i % 28)} {Months[i % Months.Length]} {1990 + (i % 35)} and "),
            ("times of day", (_, i) => $"at {1 + (i % 12)}:{i % 60:00} pm and "),
            ("places", (random, _) => $"in {Of(Towns, random)}, {random.Next(1, 99)} km from {Of(Towns, random)}, and "),
        };
        // Once each, so that compiling the program is not in the figures.
        foreach (var (_, next) in sentences)
            Told(Twice(next, 2000));
        Print("one sentence of", $"{most / 4} characters", $"{most / 2}", $"{most}");
        foreach (var (name, next) in sentences)
            Print(name, [.. new[] { most / 4, most / 2, most }.Select(size => Told(Twice(next, size)))]);
        var random = new Random(3);
        Print("500 articles, one sentence", Told(Articles(500, _ => "Twelve people died in the flood in Arles on Monday, the mayor Paul Durand said.")));
        Print("500 articles, one sentence, other amounts", Told(Articles(500, i => $"{12 + i} people died in the flood in Arles on Monday, the mayor Paul Durand said.")));
        Print("5,000 articles of one line", Told(Articles(5000, _ => $"{random.Next(12, 40)} people died in the flood in {Of(Towns, random)} on Monday, {Of(Speakers, random)}.")));
        return 0;
    }

    private static void Print(string name, params string[] cells) => Console.WriteLine($"{name,-42}{string.Concat(cells.Select(cell => $"{cell,18}"))}");

    private static string Told(ImmutableArray<AnnotatedArticle> articles)
    {
        var id = new StoryId("s1");
        var story = new Story(id, id, [.. articles.Select(article => article.Id)]);
        var (_, processor) = StoryFigures.Time(() => DossierMaker.Make(story, articles, new PipelineOptions(), CancellationToken.None));
        return FormattableString.Invariant($"{processor:0.00} s");
    }

    // Two articles that tell it, each a little otherwise.
    private static ImmutableArray<AnnotatedArticle> Twice(Func<Random, int, string> next, int size)
    {
        var random = new Random(3);
        var text = new StringBuilder("It was told that ");
        for (var i = 0; text.Length < size; i++)
            text.Append(next(random, i));
        return Articles(2, i => text + (i == 0 ? "7 dogs died." : "8 dogs perished."));
    }

    private static ImmutableArray<AnnotatedArticle> Articles(int count, Func<int, string> text) =>
    [
        .. Enumerable.Range(0, count).Select(i => Pipeline.Annotate(ArticleReader.Read(
            new Document
            {
                Source = "hostile", Id = $"h{i}", Form = DocumentForm.CleanText, Content = text(i), Outlet = $"Outlet {i % 40}", Language = "en", Title = "Flood in Arles",
                Published = Dates.Moment.Parse($"2024-03-{1 + (i % 28):00}T{i % 24:00}:00:00Z"),
            },
            new ArticleId($"h{i}")))),
    ];

    private static string Of(string[] words, Random random) => words[random.Next(words.Length)];

    private static string Word(Random random)
    {
        var word = Of(Parts, random) + Of(Parts, random) + Of(Parts, random);
        return char.ToUpperInvariant(word[0]) + word[1..];
    }

    private static string Person(Random random) => $"{Of(FirstNames, random)} {Word(random)}";
}
