using System.Text.Json;

namespace Recoupe.Articles.Html;

/// <summary>What JSON-LD says of the article.</summary>
internal sealed class StructuredData
{
    private static readonly HashSet<string> ArticleTypes = new(
        ["Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "BackgroundNewsArticle", "ReviewNewsArticle", "LiveBlogPosting", "Report",
         "ScholarlyArticle", "TechArticle", "SocialMediaPosting", "Recipe", "Review", "MedicalWebPage", "AdvertiserContentArticle", "SatiricalArticle", "AskPublicNewsArticle", "DiscussionForumPosting", "HowTo", "ClaimReview"],
        StringComparer.Ordinal);

    private static readonly JsonDocumentOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 };

    private const int MaxAuthors = 20;
    private const int MaxHeadings = 8;

    private readonly List<(string? Id, string Name)> _people = [];
    private readonly List<string> _authorIds = [];
    private HtmlPage? _page;
    private List<string>? _headings;
    private int _rank;
    private int _agreement;

    public string? Headline { get; private set; }

    public string? Description { get; private set; }

    public List<string> Authors { get; } = [];

    public string? Publisher { get; private set; }

    public string? Published { get; private set; }

    public string? Modified { get; private set; }

    public string? ArticleBody { get; private set; }

    public bool IsPaid { get; private set; }

    /// <summary>Whether one of the parts is an article.</summary>
    public bool IsArticle => _rank >= 2;

    /// <summary>Reads the scripts; what is no JSON is left out.</summary>
    public static StructuredData Of(HtmlPage page)
    {
        var data = new StructuredData { _page = page };
        foreach (var script in page.JsonLd)
        {
            try
            {
                using var json = JsonDocument.Parse(Repair(script), Options);
                data.Visit(json.RootElement, 0);
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException or ArgumentException)
            {
                // Broken structured data is daily bread; the page itself is read all the same.
            }
        }

        // Authors told by reference, else the only person of the graph.
        if (data.Authors.Count == 0)
        {
            foreach (var id in data._authorIds)
            {
                if (data._people.Find(person => person.Id == id).Name is { } referred && !data.Authors.Contains(referred))
                    data.Authors.Add(referred);
            }

            if (data.Authors.Count == 0 && data._people.Select(person => person.Name).Distinct().Count() == 1)
                data.Authors.Add(data._people[0].Name);
        }

        return data;
    }

    // Line breaks inside strings and CDATA wrappers are the usual damage.
    private static string Repair(string script)
    {
        script = script.Trim();
        if (script.StartsWith("<!--", StringComparison.Ordinal))
            script = script[4..].TrimStart();
        if (script.StartsWith("//<![CDATA[", StringComparison.Ordinal))
            script = script[11..];
        if (script.StartsWith("<![CDATA[", StringComparison.Ordinal))
            script = script[9..];
        script = script.TrimEnd().TrimEnd(';');
        foreach (var end in new[] { "-->", "//]]>", "]]>" })
        {
            if (script.EndsWith(end, StringComparison.Ordinal))
                script = script[..^end.Length].TrimEnd();
        }

        return script.AsSpan().ContainsAny('\n', '\r', '\t') ? script.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' ') : script;
    }

    private void Visit(JsonElement element, int depth)
    {
        if (depth > 8)
            return;
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray().Take(200))
                Visit(item, depth + 1);
            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
            return;
        if (element.TryGetProperty("@graph", out var graph))
            Visit(graph, depth + 1);
        if (element.TryGetProperty("mainEntity", out var main))
            Visit(main, depth + 1);
        var rank = Rank(element);
        if (rank > 0)
            Take(element, rank);
        else if (IsType(element, "Person") && Text(element, "name") is { } person)
            _people.Add((Text(element, "@id"), person));
        else if (IsType(element, "Organization") || IsType(element, "NewsMediaOrganization") || IsType(element, "WebSite"))
            Publisher ??= Text(element, "name");
    }

    private static int Rank(JsonElement element)
    {
        var best = 0;
        foreach (var type in Types(element))
            best = Math.Max(best, ArticleTypes.Contains(type) ? 2 : type is "WebPage" or "VideoObject" or "CreativeWork" or "PodcastEpisode" ? 1 : 0);
        return best;
    }

    private static bool IsType(JsonElement element, string type) => Types(element).Contains(type, StringComparer.Ordinal);

    private static IEnumerable<string> Types(JsonElement element)
    {
        if (!element.TryGetProperty("@type", out var type))
            return [];
        if (type.ValueKind == JsonValueKind.String)
            return [Short(type.GetString()!)];
        return type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => Short(item.GetString()!))]
            : [];
    }

    private static string Short(string type) => type[(type.LastIndexOfAny(['/', ':']) + 1)..];

    private void Take(JsonElement element, int rank)
    {
        // An article wins over the page around it; of several, the one that the page's own title and address agree with, else the first.
        var agreement = rank < 2 ? 0 : Agreement(element);
        if (rank > _rank || rank == _rank && agreement > _agreement)
        {
            if (rank == _rank)
                Forget();
            _agreement = agreement;
            Headline = Text(element, "headline") ?? Text(element, "name") ?? Headline;
            Published = Text(element, "datePublished") ?? Text(element, "dateCreated") ?? Text(element, "uploadDate") ?? Published;
            Modified = Text(element, "dateModified") ?? Modified;
            Description = Text(element, "description") ?? Description;
            ArticleBody = Text(element, "articleBody") ?? ArticleBody;
            if (element.TryGetProperty("author", out var author) || element.TryGetProperty("creator", out author))
            {
                Authors.Clear();
                AddNames(author, 0);
                _authorIds.Clear();
                var references = author.ValueKind == JsonValueKind.Array ? author.EnumerateArray().Take(MaxAuthors) : [author];
                _authorIds.AddRange(references.Where(reference => reference.ValueKind == JsonValueKind.Object).Select(reference => Text(reference, "@id")).OfType<string>());
            }

            if (element.TryGetProperty("publisher", out var publisher))
                Publisher = Name(publisher) ?? Publisher;
            if (element.TryGetProperty("isAccessibleForFree", out var free))
                IsPaid = free.ValueKind == JsonValueKind.False || free.ValueKind == JsonValueKind.String && free.GetString()!.Equals("false", StringComparison.OrdinalIgnoreCase);
            _rank = rank;
        }
    }

    private void Forget()
    {
        (Headline, Published, Modified, Description, ArticleBody, IsPaid) = (null, null, null, null, null, false);
        Authors.Clear();
        _authorIds.Clear();
    }

    // What of the article is the page's: its headline in the title or a heading of the first rank, its address.
    private int Agreement(JsonElement element)
    {
        var agreement = 0;
        if ((Text(element, "headline") ?? Text(element, "name")) is { Length: >= 8 } headline && _page is { } page)
        {
            var like = page.Title?.Contains(headline, StringComparison.OrdinalIgnoreCase) == true || page.Metas.Exists(meta => meta.Name == "og:title" && Same(meta.Content, headline));
            like |= (_headings ??= Headings(page)).Exists(heading => Same(heading, headline));
            agreement += like ? 2 : 0;
        }

        if (_page?.Canonical is { } canonical && (Text(element, "url") ?? Text(element, "@id") ?? PageOf(element)) is { } address && address.Split('#')[0].TrimEnd('/') == canonical.TrimEnd('/'))
            agreement++;
        return agreement;
    }

    private static List<string> Headings(HtmlPage page)
    {
        var headings = new List<string>();
        foreach (ref readonly var block in page.Blocks.AsSpan())
        {
            if (page.Nodes[block.Node].Tag == PageTag.H1 && headings.Count < MaxHeadings)
                headings.Add(page.TextOf(block).ToString());
        }

        return headings;
    }

    private static bool Same(string a, string b) => string.Equals(a.Trim(), b.Trim(), StringComparison.OrdinalIgnoreCase);

    private static string? PageOf(JsonElement element) => element.TryGetProperty("mainEntityOfPage", out var page)
        ? page.ValueKind == JsonValueKind.String ? page.GetString() : page.ValueKind == JsonValueKind.Object ? Text(page, "@id") : null
        : null;

    private void AddNames(JsonElement author, int depth)
    {
        if (depth > 3)
            return;
        if (author.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in author.EnumerateArray().Take(MaxAuthors))
                AddNames(item, depth + 1);
        }
        else if (Name(author) is { } name && !Authors.Contains(name))
        {
            Authors.Add(name);
        }
        else if (author.ValueKind == JsonValueKind.Object && author.TryGetProperty("name", out var names) && names.ValueKind == JsonValueKind.Array)
        {
            AddNames(names, depth + 1);
        }
    }

    private static string? Name(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Object => Text(element, "name") ?? OfParts(element),
        JsonValueKind.Array when element.GetArrayLength() > 0 => Name(element[0]),
        _ => null,
    };

    // A name that is an object again, or in parts.
    private static string? OfParts(JsonElement element)
    {
        if (element.TryGetProperty("name", out var inner) && inner.ValueKind == JsonValueKind.Object)
            return Text(inner, "name");
        return Text(element, "givenName") is { } given && Text(element, "familyName") is { } family ? $"{given} {family}" : null;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
