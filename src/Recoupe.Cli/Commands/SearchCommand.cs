using System.CommandLine;
using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Dossiers;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Cli.Commands;

/// <summary><c>search</c>: finds articles, statements or points of an archive.</summary>
internal static class SearchCommand
{
    private const int Shown = 20;
    private const int SecondsForDossiers = 60;

    public static Command Create()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var query = new Argument<string[]>("QUERY") { Description = "Words, \"phrases\", begin*, fields such as outlet:post, AND, OR, NOT, brackets", Arity = ArgumentArity.OneOrMore };
        var kind = new Option<string>("--in") { Description = "What is searched: articles, statements or points", DefaultValueFactory = _ => "articles" };
        kind.AcceptOnlyFromAmong("articles", "statements", "points");
        var order = new Option<string>("--order") { Description = "rank (what fits best first) or time (the latest first)", DefaultValueFactory = _ => "rank" };
        order.AcceptOnlyFromAmong("rank", "time");
        var most = new Option<int>("--limit") { Description = "How many", HelpName = "N", DefaultValueFactory = _ => Shown };
        most.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var count) && count < 1)
                result.AddError("--limit must be at least 1");
        });
        var budget = new Option<int>("--budget")
        {
            Description = "How long dossiers are made before points are searched, those of the latest stories first; 0 searches in those that are there",
            HelpName = "SECONDS", DefaultValueFactory = _ => SecondsForDossiers,
        };
        budget.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, out var seconds) && seconds < 0)
                result.AddError("--budget must be at least 0");
        });
        var after = new Option<string?>("--after") { Description = "Goes on behind a list that was cut: what it ended with", HelpName = "CURSOR" };
        var json = new Option<bool>("--json") { Description = "One JSON line for each instead of text" };
        var command = new Command("search", "Finds articles, statements or points of an archive") { query, archive, kind, order, most, budget, after, json };
        command.SetAction((parsed, cancellationToken) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            using var index = new SearchIndex(opened);
            try
            {
                var searched = Enum.Parse<SearchKind>(parsed.GetRequiredValue(kind), ignoreCase: true);
                var missing = searched == SearchKind.Points ? index.MakeDossiers(TimeSpan.FromSeconds(parsed.GetValue(budget)), cancellationToken) : 0;
                index.Update(points: searched == SearchKind.Points, cancellationToken);
                var answer = index.Find(
                    string.Join(' ', parsed.GetRequiredValue(query)), searched, Enum.Parse<SearchOrder>(parsed.GetRequiredValue(order), ignoreCase: true),
                    parsed.GetValue(most), parsed.GetValue(after));
                if (missing > 0)
                    Console.Error.WriteLine($"recoupe: the points of {missing} stories are not searched yet: ask again, or give more time with --budget SECONDS");
                Print(opened, answer, parsed.GetValue(json), cancellationToken);
                return 0;
            }
            catch (SearchException failure)
            {
                Console.Error.WriteLine($"recoupe: {failure.Message}");
                return 2;
            }
        })));
        return command;
    }

    private static void Print(Archive archive, SearchAnswer answer, bool asJson, CancellationToken cancellationToken)
    {
        using var output = Console.OpenStandardOutput();
        foreach (var hit in answer.Hits)
            output.Write(Line(archive, hit, asJson, cancellationToken));
        Console.Error.WriteLine($"recoupe: {answer.Total} found{(answer.Next is { } next ? $", more: --after {next}" : "")}");
    }

    private static byte[] Line(Archive archive, SearchHit hit, bool asJson, CancellationToken cancellationToken)
    {
        var (facts, words) = hit.Kind == SearchKind.Points ? PointOf(archive, hit, cancellationToken) : ArticleOf(archive, hit);
        if (!asJson)
            return Encoding.UTF8.GetBytes($"{string.Join("  ", facts.Select(fact => fact.Value).OfType<string>())}\n    {ShownText.Line(words ?? "(no title)")}\n");
        return ArchiveCommands.Line(json =>
        {
            foreach (var (name, value) in facts)
                json.WriteString(name, value);
            json.WriteString("words", words);
        });
    }

    private static ((string Name, string? Value)[] Facts, string? Words) ArticleOf(Archive archive, SearchHit hit)
    {
        var article = archive.Article(new ArticleId(hit.Id))!;
        (string, string?)[] facts = [("article", hit.Id), ("story", article.Story.Value), ("published", article.Published), ("outlet", article.Outlet is { } outlet ? ShownText.Line(outlet) : null)];
        if (hit.Part is not { } part)
            return (facts, article.Title);
        var statement = archive.StatementsOf(article.Id)[int.Parse(part)];
        return ([.. facts, ("speaker", statement.Speaker is { } speaker ? ShownText.Line(speaker) : null), ("act", statement.Act)], statement.Content);
    }

    private static ((string Name, string? Value)[] Facts, string? Words) PointOf(Archive archive, SearchHit hit, CancellationToken cancellationToken)
    {
        using var dossier = JsonDocument.Parse(archive.DossierJsonOf(new StoryId(hit.Id), cancellationToken)!);
        var points = dossier.RootElement.GetProperty("stories")[0].GetProperty("points").EnumerateArray();
        if (points.FirstOrDefault(point => point.GetProperty("id").GetString() == hit.Part) is not { ValueKind: JsonValueKind.Object } point)
            return ([("story", hit.Id), ("point", hit.Part)], null);
        var origins = point.GetProperty("origins");
        return ([("story", hit.Id), ("point", hit.Part), ("grade", point.GetProperty("grade").GetString()), ("origins", $"{origins.GetProperty("fewest")} to {origins.GetProperty("most")}")], point.GetProperty("text").GetString());
    }
}
