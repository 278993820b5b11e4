using System.Reflection;
using System.Security.Cryptography;
using System.Text;

namespace Recoupe.Dossiers;

/// <summary>
/// Writes dossiers as one HTML file: no network, readable without script, every line opening its place in the source texts, which are all in it.
/// </summary>
public static class DossierHtml
{
    /// <summary>How the words of a dossier are set, wherever it is shown.</summary>
    internal static readonly string ReadingStyle = Asset("reading.css");

    private static readonly string Style = ReadingStyle + Asset("dossier.css");
    /// <summary>What a script adds to a dossier, wherever it is shown.</summary>
    internal static readonly string ReadingScript = Asset("reading.js");

    private static readonly string Script = ReadingScript + Asset("dossier.js");

    /// <summary>The words that <see cref="ReadingScript"/> shows, each as an attribute of the page's body.</summary>
    internal static readonly string[] ScriptWords = ["filter", "filter.found", "keys", "keys.help", "keys.on", "close", "cite", "cited", "graph.larger", "graph.smaller", "graph.whole", "graph.walk"];

    /// <summary>Writes one page that holds all dossiers.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="dossiers">In the order of output.</param>
    /// <param name="texts">The interface.</param>
    /// <param name="version">The version of the program that made them.</param>
    public static void Write(TextWriter output, IReadOnlyList<Dossier> dossiers, InterfaceTexts texts, string version)
    {
        var (stories, sources) = (new List<StoryHtml>(), new List<SourcesHtml>());
        foreach (var (dossier, id) in dossiers.Select((dossier, index) => (dossier, $"s{index + 1}")))
        {
            var (view, level) = (new DossierView(dossier, texts), dossiers.Count > 1 ? 2 : 1);
            var marks = new SourceMarks(view, id);
            stories.Add(new StoryHtml(view, id, level, marks));
            sources.Add(new SourcesHtml(view, id, level, marks));
        }

        var title = stories.Count == 1 ? stories[0].Title : texts["dossiers"];
        // Only what this program wrote may run or style, told by its hash; nothing may be fetched or sent.
        var policy = $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";
        void Write(HtmlHandler markup) => output.Write(markup.Finish());

        Write($"""
            <!doctype html>
            <html lang="{texts.Code}">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <meta name="generator" content="{texts.Fill("version", version)}">
            <title>{title}</title>
            <style>{new Html(Style)}</style>
            </head>
            <body{WordsForScript(texts)}>
            <a class="skip" href="#stories">{texts["skip"]}</a>
            <main id="stories" tabindex="-1">

            """);
        if (stories.Count != 1)
        {
            Write($"<h1>{texts["dossiers"]}</h1>\n<p class=\"facts\">{(stories.Count == 0 ? texts["empty"] : texts.Count("story", stories.Count))}</p>\n");
            if (stories.Count > 0)
            {
                Write($"<nav class=\"contents\" aria-label=\"{texts["contents"]}\"><ol>\n");
                foreach (var story in stories)
                    Write($"<li><a href=\"#{story.Id}\">{story.Title}</a> <span class=\"facts\">{story.Facts}</span></li>\n");
                Write($"</ol></nav>\n");
            }
        }

        foreach (var story in stories)
            output.Write(story.Main().Markup);
        var embeddings = EmbeddingNote.Of(dossiers, texts) is { } note ? Html.Of($"<p>{note}</p>") : Html.Empty;
        Write($"<footer><p>{texts["rests"]}</p>{embeddings}<p>{texts.Fill("version", version)}</p></footer>\n</main>\n");
        if (stories.Count > 0)
        {
            Write($"<aside class=\"sources\" id=\"sources\" tabindex=\"0\" aria-label=\"{texts["sources"]}\">\n");
            foreach (var source in sources)
                output.Write(source.Write().Markup);
            Write($"</aside>\n");
        }

        Write($"<script>{new Html(Script)}</script>\n</body>\n</html>\n");
    }

    // The script has no words of its own.
    private static Html WordsForScript(InterfaceTexts texts)
    {
        var attributes = Html.Empty;
        foreach (var key in ScriptWords)
            attributes = Html.Of($"{attributes} data-{key.Replace('.', '-')}=\"{texts[key]}\"");
        return attributes;
    }

    private static string Hash(string content) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)));

    private static string Asset(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Assets/" + name)
            ?? throw new InvalidOperationException($"Assets/{name} is not built into the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
