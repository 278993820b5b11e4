using System.CommandLine;
using System.Text;
using System.Text.Json;

using Recoupe.Articles;
using Recoupe.Changes;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Text;

namespace Recoupe.Cli.Commands;

/// <summary><c>versions</c>: how a page changed since it was first taken in.</summary>
internal static class VersionsCommand
{
    private const string Withdrawn = "withdrawn";

    // Of what was taken away or added as a whole, so much is shown as text; JSON has all of it.
    private const int LongestShown = 300;

    public static Command Create()
    {
        var archive = ArchiveCommands.ArchiveOption();
        var id = new Argument<string>("ARTICLE") { Description = "The id of an article, of any of its versions" };
        var json = new Option<bool>("--json") { Description = "One JSON line a version instead of text" };
        const string About = "Shows the versions of an article and what each changed: "
            + "typo, wording, headline, name, number, quotation, withdrawn";
        var command = new Command("versions", About) { id, archive, json };
        command.SetAction((parsed, _) => Task.FromResult(ArchiveCommands.Guard(() =>
        {
            using var opened = Archive.Open(ArchiveLocation.Parse(parsed.GetRequiredValue(archive)), create: false);
            var article = new ArticleId(parsed.GetRequiredValue(id));
            var versions = opened.Versions(article);
            if (versions.Count == 0)
            {
                Console.Error.WriteLine($"recoupe: the archive has no article {article.Value}");
                return 1;
            }

            using var output = Console.OpenStandardOutput();
            foreach (var line in Lines(opened, versions, parsed.GetValue(json)))
                output.Write(line);
            return 0;
        })));
        return command;
    }

    private static IEnumerable<byte[]> Lines(Archive archive, IReadOnlyList<ArchivedArticle> versions, bool asJson)
    {
        AnnotatedArticle? earlier = null;
        foreach (var version in versions)
        {
            var annotated = Pipeline.Annotate(ArticleReader.Read(archive.Document(version.Id)!, version.Id));
            var change = earlier is null ? null : ChangeFinder.Compare(earlier, annotated);
            yield return asJson ? Line(version, earlier, annotated, change) : Shown(version, earlier, annotated, change);
            earlier = annotated;
        }

        if (archive.Feeds.PageOf(versions[^1].Id) is not { } page)
            yield break;
        if (page.Gone is { } gone)
            yield return asJson ? End(Withdrawn, "since", gone) : Encoding.UTF8.GetBytes($"{Withdrawn} since {gone}\n");
        if (page.MovedTo is { } moved)
            yield return asJson ? End("moved", "to", moved) : Encoding.UTF8.GetBytes($"moved to {moved}\n");
    }

    private static byte[] End(string change, string name, string value) => ArchiveCommands.Line(json =>
    {
        json.WriteStartArray("changes");
        json.WriteStringValue(change);
        json.WriteEndArray();
        json.WriteString(name, value);
    });

    private static byte[] Line(ArchivedArticle version, AnnotatedArticle? earlier, AnnotatedArticle later, ArticleChange? change) =>
        ArchiveCommands.Line(json => Write(json, version, earlier, later, change));

    private static void Write(
        Utf8JsonWriter json, ArchivedArticle version, AnnotatedArticle? earlier, AnnotatedArticle later, ArticleChange? change)
    {
        json.WriteString("id", version.Id.Value);
        json.WriteString("taken", version.Ingested);
        json.WriteString("title", version.Title);
        if (earlier is null || change is null)
            return;
        json.WriteStartArray("changes");
        foreach (var grade in change.Grades)
            json.WriteStringValue(ArticleJson.Name(grade));
        json.WriteEndArray();
        var (textBefore, textAfter) = (earlier.Article.TextOffsets, later.Article.TextOffsets);
        var titleBefore = new CodePointOffsets(earlier.Article.Title ?? "");
        var titleAfter = new CodePointOffsets(later.Article.Title ?? "");
        json.WriteStartArray("words");
        foreach (var word in change.Words)
        {
            json.WriteStartObject();
            json.WriteString("change", ArticleJson.Name(word.Grade));
            if (word.InTitle)
                json.WriteString("in", "title");
            Write(json, "before", earlier, word.InTitle, word.Before, word.InTitle ? titleBefore : textBefore);
            Write(json, "after", later, word.InTitle, word.After, word.InTitle ? titleAfter : textAfter);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static byte[] Shown(ArchivedArticle version, AnnotatedArticle? earlier, AnnotatedArticle later, ArticleChange? change)
    {
        var text = new StringBuilder();
        text.Append($"{version.Id.Value}  {version.Ingested}  {ShownText.Line(version.Title ?? "(no title)")}\n");
        foreach (var word in change?.Words ?? [])
        {
            text.Append($"    {ArticleJson.Name(word.Grade)}{(word.InTitle ? " (title)" : "")}\n");
            if (!word.Before.IsEmpty)
                text.Append($"      - {Cut(Words(earlier!, word.Before, word.InTitle))}\n");
            if (!word.After.IsEmpty)
                text.Append($"      + {Cut(Words(later, word.After, word.InTitle))}\n");
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cut(string words)
    {
        words = ShownText.Line(words);
        return words.Length <= LongestShown ? words : words[..LongestShown] + " …";
    }

    private static string Words(AnnotatedArticle article, TextSpan span, bool inTitle) =>
        span.IsEmpty ? "" : span.Quote(article.TextOf(inTitle).Text);

    private static void Write(
        Utf8JsonWriter json, string name, AnnotatedArticle article, bool inTitle, TextSpan span, CodePointOffsets offsets)
    {
        json.WritePropertyName(name);
        ArticleJson.WriteSpan(json, span, offsets);
        json.WriteString($"{name}_words", Words(article, span, inTitle));
    }
}
