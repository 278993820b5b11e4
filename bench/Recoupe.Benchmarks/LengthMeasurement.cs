using System.Text;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Benchmarks;

/// <summary>Whether the cost of <c>annotate</c> grows with length alone: one text of 250 thousand characters, of twice and of four times as many, of news and of hostile words.</summary>
public sealed class LengthMeasurement : IMeasurement
{
    private const int Runs = 2; // of each length; the shorter counts

    private static readonly int[] Lengths = [250_000, 500_000, 1_000_000];

    public string Name => "length";

    public string Arguments => "ENGLISH.jsonl FRENCH.jsonl";

    public int Run(string[] arguments)
    {
        Console.WriteLine($"{"",-34}{string.Concat(Lengths.Select(length => $"{length / 1000,9} kB"))}{"growth",10}   (milliseconds of processor time; growth 4 is linear)");
        foreach (var (name, language, text) in Texts(arguments))
        {
            Measure(text(Lengths[0] / 10), language);
            var times = Lengths.Select(text).Select(made => Enumerable.Range(0, Runs).Min(_ => Measure(made, language))).ToList();
            Console.WriteLine($"{name,-34}{string.Concat(times.Select(time => $"{time,12:0}"))}{times[^1] / times[0],10:0.0}");
        }

        return 0;
    }

    private static double Measure(string text, string language)
    {
        var article = new Article { Id = new ArticleId("length"), Source = "length", Text = text, Language = language };
        GC.Collect(); // what earlier texts left is no cost of this one
        var start = ThreadClock.Milliseconds;
        Pipeline.Annotate(article);
        return ThreadClock.Milliseconds - start;
    }

    private static IEnumerable<(string Name, string Language, Func<int, string> Text)> Texts(string[] files)
    {
        foreach (var (language, file) in new[] { ("en", files[0]), ("fr", files[1]) })
        {
            var news = News(file);
            yield return ($"{language} news joined to one text", language, length => Repeat(news, length));
        }

        foreach (var language in new[] { "en", "fr" })
        {
            yield return ($"{language} quotation marks", language, length => new string('"', length));
            yield return ($"{language} opening guillemets", language, length => Repeat("« ", length));
            yield return ($"{language} capitals without a space", language, length => new string('A', length));
            yield return ($"{language} capitalised words", language, length => Repeat("Martin ", length));
            yield return ($"{language} one word", language, length => Repeat(language == "fr" ? "maire " : "mayor ", length));
            yield return ($"{language} one reporting verb", language, length => Repeat(language == "fr" ? "affirme " : "said ", length));
            yield return ($"{language} \"said that\" without end", language, length => Repeat(language == "fr" ? "il dit que " : "he said that ", length));
            yield return ($"{language} full stops", language, length => Repeat(". ", length));
            yield return ($"{language} weekdays", language, length => Repeat(language == "fr" ? "lundi " : "Monday ", length));
            yield return ($"{language} digits", language, length => Repeat("12 ", length));
            yield return ($"{language} commas and initials", language, length => Repeat("J. R., ", length));
        }
    }

    private static string News(string file)
    {
        var news = new StringBuilder();
        foreach (var intake in DocumentReader.Read([file], CancellationToken.None).Where(intake => intake.Document is not null))
        {
            news.Append(ArticleReader.Read(intake.Document!, new ArticleId("news")).Text).Append('\n');
            if (news.Length > Lengths[^1])
                break;
        }

        return news.ToString();
    }

    private static string Repeat(string piece, int length)
    {
        var text = new StringBuilder(length + piece.Length);
        while (text.Length < length)
            text.Append(piece);
        return text.ToString(0, length);
    }
}
