using System.Text;

using Recoupe.Articles;
using Recoupe.Documents;
using Recoupe.Text;

namespace Recoupe.Tests;

/// <summary>Whatever comes in: nothing throws, nothing hangs, nothing takes the others with it, and every span lies in its text.</summary>
public sealed class HostileInputTests : IDisposable
{
    private const int Seed = 20241120;
    private readonly string _folder = Directory.CreateTempSubdirectory("recoupe-hostile-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_thousand_mutated_inputs_are_read_or_named_and_every_span_lies_in_its_text()
    {
        var random = new Random(Seed);
        var originals = Directory.EnumerateFiles(Path.Combine(Repository.Root, "samples")).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToArray();
        for (var number = 0; number < 1000; number++)
            File.WriteAllBytes(Path.Combine(_folder, $"{number:0000}{Ending(number)}"), Mutate(originals[number % originals.Length], random));
        File.WriteAllText(Path.Combine(_folder, "unharmed.txt"), "The mayor of Ostrel resigned on Monday.\n\n\"I am tired,\" she said.");

        var intakes = DocumentReader.Read([_folder], TestContext.Current.CancellationToken).ToList();
        Assert.True(intakes.Count >= 1001, $"only {intakes.Count} of 1001 files came out");
        Assert.All(intakes, intake => Assert.True(intake.Document is not null ^ intake.Skipped is not null));
        Assert.All(intakes.Where(intake => intake.Skipped is not null), intake => Assert.NotEmpty(intake.Skipped!.Reason));

        var unharmed = intakes.Single(intake => intake.Document?.Source.EndsWith("unharmed.txt", StringComparison.Ordinal) == true);
        Assert.Contains("\"I am tired,\" she said.", ArticleReader.Read(unharmed.Document!, new ArticleId("unharmed")).Text, StringComparison.Ordinal);

        var read = intakes.Where(intake => intake.Document is not null)
            .Select((intake, number) => ArticleReader.Read(intake.Document!, new ArticleId($"a{number}")));
        foreach (var article in read.AsParallel().Select(Pipeline.Annotate))
            AssertSpansInside(article);
    }

    [Theory]
    [InlineData("nested.html")]
    [InlineData("line.txt")]
    [InlineData("quotes.txt")]
    [InlineData("capitals.txt")]
    [InlineData("word.txt")]
    public void A_monster_ends_in_time(string name)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, name switch
        {
            "nested.html" => "<html><body>" + string.Concat(Enumerable.Repeat("<div>", 100_000)) + "The mayor resigned on Monday.",
            "line.txt" => string.Concat(Enumerable.Repeat("The mayor of Ostrel said on Monday that 12 people were hurt. ", 50_000_000 / 61)),
            "quotes.txt" => string.Concat(Enumerable.Repeat("\"« ", 350_000)),
            "capitals.txt" => string.Concat(Enumerable.Repeat("PARIS ", 170_000)),
            _ => new string('a', 1_000_000),
        });
        // The limits are generous: they tell "ends" from "hangs", not fast from slow.
        var result = Cli.CommandLine.Run(["annotate", path], seconds: 1200);
        Assert.InRange(result.ExitCode, 0, 1);
        Assert.True(result.ExitCode == 0 || result.Error.Contains(name, StringComparison.Ordinal));
    }

    private static string Ending(int number) => (number % 4) switch { 0 => ".html", 1 => ".txt", 2 => ".jsonl", _ => "" };

    private static byte[] Mutate(byte[] original, Random random)
    {
        var bytes = (byte[])original.Clone();
        switch (random.Next(7))
        {
            case 0:
                return bytes[..random.Next(bytes.Length)];
            case 1:
                for (var i = 0; i < 20; i++)
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                return bytes;
            case 2:
                return Encoding.Convert(Encoding.UTF8, Encoding.Latin1, bytes);
            case 3:
                return [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))];
            case 4:
                random.NextBytes(bytes);
                return bytes;
            case 5:
                var at = random.Next(bytes.Length);
                var depth = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div><b>", random.Next(2000))));
                return [.. bytes[..at], .. depth, .. bytes[at..]];
            default:
                var from = random.Next(bytes.Length);
                var length = random.Next(Math.Min(400, bytes.Length - from));
                var to = random.Next(bytes.Length);
                return [.. bytes[..to], .. bytes[from..(from + length)], .. bytes[to..]];
        }
    }

    private static void AssertSpansInside(AnnotatedArticle annotated)
    {
        var article = annotated.Article;
        void Inside(TextSpan span, bool inTitle) => Assert.InRange(span.End, 0, (inTitle ? article.Title! : article.Text).Length);

        foreach (var block in article.Blocks)
        {
            if (block.Span is { } span)
                Inside(span, inTitle: false);
            Assert.InRange(block.Source.End, 0, (article.Document ?? article.Text).Length);
        }

        foreach (var sentence in annotated.Body.Sentences)
            Inside(sentence, inTitle: false);
        foreach (var entity in annotated.Entities)
            Inside(entity.Span, entity.InTitle);
        foreach (var date in annotated.Dates)
            Inside(date.Span, date.InTitle);
        foreach (var number in annotated.Numbers)
            Inside(number.Span, number.InTitle);
        foreach (var citation in annotated.Citations)
            Inside(citation.Span, citation.InTitle);
        foreach (var statement in annotated.Statements)
        {
            foreach (var span in statement.Content)
                Inside(span, statement.InTitle);
            if (statement.Cue is { } cue)
                Inside(cue, statement.InTitle);
            if (statement.Speaker?.Mention is { } mention)
                Inside(mention, statement.InTitle);
            if (statement.Channel is { } channel)
                Inside(channel.Mention, statement.InTitle);
        }
    }
}
