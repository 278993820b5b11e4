using System.Globalization;
using System.Text;
using System.Text.Json;

using Recoupe.Actors;
using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains who a description or a pronoun means (<c>models/actors.model</c>): boosted trees over <c>LinkFeatures</c>.</summary>
/// <remarks>Rows are the mentions whose actor the truth tells with all candidates that the limits leave. The rest is linked by the model of the round before.</remarks>
public static class ActorTraining
{
    private const int Rounds = 2;

    // Chosen with each affair left out: flatter and more trees are a point worse, deeper ones learn single articles by heart.
    private static readonly Boosting Method = new() { Trees = 150, Depth = 4, Rate = 0.07 };

    /// <summary>Runs the command: <c>actors OUT [--check FOLDER] SET…</c>; <c>--check</c> writes what is found with each affair left out.</summary>
    /// <param name="arguments">
    /// Sets are articles with statements (<c>speaker</c> with <c>mention</c> and <c>name</c>), articles with <c>mentions</c> (start, end, whom it means), or sentences
    /// with chains of entities, as JSON lines. What several sets tell of one article is put together.
    /// </param>
    public static int Run(string[] arguments, TextWriter log)
    {
        var check = Array.IndexOf(arguments, "--check");
        var sets = arguments.Skip(check < 0 ? 1 : check + 2).ToList();
        if (arguments.Length < 2 || sets.Count == 0)
        {
            log.WriteLine("actors OUT [--check FOLDER] SET…");
            return 2;
        }

        var articles = sets.SelectMany(set => File.ReadLines(set).Where(line => line.Length > 0).Select(line => Gold.Read(line, Path.GetFileNameWithoutExtension(set))))
            .GroupBy(gold => gold.Article.Id).Select(Gold.Together).Where(gold => gold.Count > 0).ToList();
        if (check >= 0)
            return Check(articles, arguments[check + 1], log);
        var model = Train(articles, log);
        using var file = File.Create(Path.Combine(arguments[0], "actors.model"));
        model.Write(file);
        log.WriteLine($"actors.model: {model.Trees} trees, {file.Length} bytes");
        return 0;
    }

    // Each affair is read by a model that has not seen it.
    private static int Check(List<Gold> articles, string folder, TextWriter log)
    {
        var output = articles.Where(gold => gold.Json is not null).Select(gold => gold.Set).Distinct().ToDictionary(set => set, _ => new StringBuilder());
        var tallies = new SortedDictionary<string, (int Linked, int Meant, int LeftAlone, int New)>(StringComparer.Ordinal);
        foreach (var affair in articles.Where(gold => gold.Json is not null).GroupBy(gold => gold.Affair))
        {
            var model = Train([.. articles.Where(gold => gold.Affair != affair.Key)], TextWriter.Null);
            LinkModel.Trial = model;
            foreach (var gold in affair)
                Judge(gold, tallies);
            foreach (var gold in affair)
                output[gold.Set].AppendLine(LineOf(Pipeline.Annotate(gold.Article)));
            LinkModel.Trial = null;
            log.WriteLine($"{affair.Key}: {affair.Count()} articles");
        }

        foreach (var (kind, told) in tallies)
            log.WriteLine($"{kind}: {told.Linked} of {told.Meant} linked to whom they mean, {told.LeftAlone} of {told.New} that mean nobody before left alone");
        foreach (var (set, lines) in output)
            File.WriteAllText(Path.Combine(folder, set + ".out"), lines.ToString());
        return 0;
    }

    private static string LineOf(AnnotatedArticle annotated)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Dossiers.ArticleJson.Write(json, annotated);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static TreeModel Train(IReadOnlyList<Gold> articles, TextWriter log)
    {
        TreeModel? model = null;
        for (var round = 0; round < Rounds; round++)
        {
            var rows = new List<float>();
            var labels = new List<bool>();
            var weights = new List<float>();
            LinkModel.Trial = model;
            foreach (var gold in articles)
                Collect(gold, model, rows, labels, weights);
            if (model is not null)
                CollectStories(articles, rows, labels, weights);
            LinkModel.Trial = null;
            model = Method.Train([.. rows], LinkFeatures.Count, [.. labels], [.. weights]);
            log.WriteLine($"round {round + 1}: {labels.Count} pairs, {labels.Count(label => label)} of them links");
        }

        return model!;
    }

    // How the mentions are linked of which the truth tells whom they mean, by their kind.
    private static void Judge(Gold gold, SortedDictionary<string, (int Linked, int Meant, int LeftAlone, int New)> tallies)
    {
        var (body, headline) = gold.Texts;
        StatementReader.Read(gold.Article, body, headline, Entities.EntityFinder.Find(body, headline), (mention, mentions, candidates) =>
        {
            var chosen = mentions.Count == 0 ? -1 : LinkModel.Choose(mention, mentions, candidates);
            if (mentions.Count == 0 || !gold.Knows(mention, body))
                return chosen;
            var isSame = candidates.Select(candidate => gold.IsSame(mention, mentions, candidate, body)).ToArray();
            var kind = mention.IsEmpty ? "without words" : mention.IsPronoun ? "pronouns" : "descriptions";
            var tally = tallies.GetValueOrDefault(kind);
            tallies[kind] = isSame.Contains(true)
                ? tally with { Meant = tally.Meant + 1, Linked = tally.Linked + (chosen >= 0 && isSame[chosen] ? 1 : 0) }
                : tally with { New = tally.New + 1, LeftAlone = tally.LeftAlone + (chosen < 0 ? 1 : 0) };
            return chosen;
        });
    }

    private static void Collect(Gold gold, TreeModel? model, List<float> rows, List<bool> labels, List<float> weights)
    {
        var (body, headline) = gold.Texts;
        var entities = Entities.EntityFinder.Find(body, headline);
        StatementReader.Read(gold.Article, body, headline, entities, (mention, mentions, candidates) =>
        {
            if (mentions.Count == 0 || !gold.Knows(mention, body))
                return model is null ? FirstAlike(mention, candidates) : LinkModel.Choose(mention, mentions, candidates);
            var yes = candidates.Select(candidate => gold.IsSame(mention, mentions, candidate, body)).ToArray();
            var any = yes.Contains(true);
            if (!any && mention is { IsPronoun: true, IsEmpty: false })
                return -1;
            for (var c = 0; c < candidates.Count; c++)
            {
                rows.AddRange(candidates[c].Features);
                labels.Add(yes[c]);
                weights.Add(gold.Weight);
            }

            return any ? Array.IndexOf(yes, true) : -1;
        });
    }

    // The same across the articles of an affair: whom names and descriptions in one mean in another.
    private static void CollectStories(IReadOnlyList<Gold> articles, List<float> rows, List<bool> labels, List<float> weights)
    {
        foreach (var story in articles.GroupBy(gold => gold.Affair))
        {
            var known = story.ToDictionary(gold => gold.Article.Id);
            new StoryActorLinker([.. story.Select(gold => gold.Read())], (node, candidates, features) =>
            {
                var key = known[node.Article.Id].KeyOf(node.Actor);
                var chosen = -1;
                for (var c = 0; c < candidates.Count; c++)
                {
                    var keys = candidates[c].Nodes.Select(other => known[other.Article.Id].KeyOf(other.Actor)).Where(other => other is not null).ToList();
                    if (key is null || keys.Count == 0)
                    {
                        if (features[c][52] == (int)NameRelation.Same)
                            chosen = c;
                        continue;
                    }

                    var same = keys.Exists(other => Gold.SameKey(key, other!));
                    rows.AddRange(features[c]);
                    labels.Add(same);
                    weights.Add(1);
                    if (same)
                        chosen = c;
                }

                return chosen;
            }).Link();
        }
    }

    // Before any model: the same noun.
    private static int FirstAlike(Mention mention, IReadOnlyList<LinkCandidate> candidates)
    {
        for (var c = 0; c < candidates.Count; c++)
        {
            if (mention.Actor.Heads.Count > 0 && candidates[c].Actor.Heads.Contains(mention.Actor.Heads[0]))
                return c;
        }

        return -1;
    }

    /// <summary>An article with what is told of who is who.</summary>
    private sealed class Gold
    {
        private readonly List<(int Start, int End, string Name)> _names = [];
        private readonly List<(int Start, int End, string Chain)> _chains = [];

        // Who says what nothing introduces, by where the words begin.
        private readonly Dictionary<int, string> _unmentioned = [];

        public required Article Article { get; init; }

        public required string Set { get; init; }

        public required string Affair { get; init; }

        /// <summary>The line, where it is an article with statements.</summary>
        public string? Json { get; private init; }

        public required float Weight { get; init; }

        public required (AnalyzedText Body, AnalyzedText? Headline) Texts { get; init; }

        public int Count => _names.Count + _chains.Count;

        public static Gold Read(string line, string set)
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.TryGetProperty("sentences", out _) ? ReadChains(json.RootElement, set) : ReadArticle(json.RootElement, line, set);
        }

        /// <summary>What several sets tell of one article.</summary>
        public static Gold Together(IEnumerable<Gold> sets)
        {
            var all = sets.ToList();
            foreach (var other in all.Skip(1))
                all[0]._names.AddRange(other._names);
            return all[0];
        }

        public bool Knows(Mention mention, AnalyzedText body) => mention.IsEmpty ? _unmentioned.ContainsKey(body.Tokens[mention.Head].Start) : In(_names, mention, body) is not null || In(_chains, mention, body) is not null;

        public bool IsSame(Mention mention, IReadOnlyList<Mention> mentions, LinkCandidate candidate, AnalyzedText body)
        {
            if (mention.IsEmpty)
                return SameName(_unmentioned[body.Tokens[mention.Head].Start], candidate.Actor.Name);
            if (In(_names, mention, body) is { } name)
                return SameName(name, candidate.Actor.Name);
            var other = candidate.Back >= 0 ? candidate.Back : candidate.Forward;
            return other >= 0 && In(_chains, mentions[other], body) is { } chain && chain == In(_chains, mention, body);
        }

        /// <summary>The article with its actors, as the model of the round before links them.</summary>
        public AnnotatedArticle Read()
        {
            var entities = Entities.EntityFinder.Find(Texts.Body, Texts.Headline);
            var (actors, statements) = StatementFinder.Read(Article, Texts.Body, Texts.Headline, entities);
            return new AnnotatedArticle { Article = Article, Body = Texts.Body, Headline = Texts.Headline, Entities = entities, Actors = actors, Statements = statements };
        }

        /// <summary>Whom an actor is in truth: a name, or a chain; null where the truth does not tell.</summary>
        public string? KeyOf(ArticleActor actor)
        {
            foreach (var mention in actor.Mentions)
            {
                if (mention.InTitle || mention.Kind == ActorMentionKind.Pronoun)
                    continue;
                foreach (var (start, end, name) in _names.Concat(_chains))
                {
                    if (start < mention.Span.End && mention.Span.Start < end && Math.Abs(start - mention.Span.Start) + Math.Abs(end - mention.Span.End) <= 12)
                        return name;
                }
            }

            return actor is { IsNamed: true, Type: SpeakerType.Person } && _names.Count > 0 && actor.Name.Contains(' ', StringComparison.Ordinal) ? actor.Name : null;
        }

        public static bool SameKey(string a, string b) => a == b || SameName(a, b);

        private static string? In(List<(int Start, int End, string Name)> known, Mention mention, AnalyzedText body)
        {
            // The word may hold more than what is told: "-t-il".
            var head = body.Tokens[mention.Head].Span;
            (int Start, int End, string Name)? best = null;
            foreach (var span in known)
            {
                if (span.Start < head.End && head.Start < span.End && (best is null || span.End - span.Start < best.Value.End - best.Value.Start))
                    best = span;
            }

            return best?.Name;
        }

        private static Gold ReadArticle(JsonElement root, string line, string set)
        {
            var text = root.GetProperty("text").GetString()!;
            var id = root.GetProperty("id").GetString()!;
            string? Field(string field) => root.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var article = new Article { Id = new ArticleId(id), Source = set, Text = text, Title = Field("title"), Outlet = Field("outlet"), Published = Dates.Moment.Parse(Field("published")), Language = Field("language") };
            var gold = new Gold { Article = article, Set = set, Affair = id.StartsWith("wikinews", StringComparison.Ordinal) ? "wikinews" + (id[^1] % 3) : id.Split('_')[0], Json = root.TryGetProperty("statements", out var statements) ? line : null, Weight = 1, Texts = TextsOf(text, article.Title, article.Language) };
            var offsets = new CodePointOffsets(text);
            foreach (var mention in root.TryGetProperty("mentions", out var mentions) ? mentions.EnumerateArray() : [])
                gold._names.Add((offsets.ToUtf16(mention[0].GetInt32()), offsets.ToUtf16(mention[1].GetInt32()), mention[2].GetString()!));
            foreach (var statement in statements.ValueKind == JsonValueKind.Array ? statements.EnumerateArray() : [])
            {
                if (statement.GetProperty("speaker") is { ValueKind: JsonValueKind.Object } speaker && speaker.GetProperty("mention") is { ValueKind: JsonValueKind.Array } place
                    && speaker.GetProperty("name") is { ValueKind: JsonValueKind.String } name)
                    gold._names.Add((offsets.ToUtf16(place[0].GetInt32()), offsets.ToUtf16(place[1].GetInt32()), name.GetString()!));
                else if (statement.GetProperty("speaker") is { ValueKind: JsonValueKind.Object } unmentioned && unmentioned.GetProperty("name") is { ValueKind: JsonValueKind.String } told)
                    gold._unmentioned[offsets.ToUtf16(statement.GetProperty("content")[0][0].GetInt32())] = told.GetString()!;
            }

            return gold;
        }

        private static Gold ReadChains(JsonElement root, string set)
        {
            var text = new StringBuilder();
            var chains = new List<(int, int, string)>();
            foreach (var sentence in root.GetProperty("sentences").EnumerateArray())
            {
                var words = sentence.GetProperty("text").GetString()!;
                var offsets = new CodePointOffsets(words);
                foreach (var entity in sentence.GetProperty("entities").EnumerateArray())
                {
                    if (entity.GetProperty("type").GetString()!.StartsWith("HUM", StringComparison.Ordinal))
                        chains.Add((text.Length + offsets.ToUtf16(entity.GetProperty("span")[0].GetInt32()), text.Length + offsets.ToUtf16(entity.GetProperty("span")[1].GetInt32()), entity.GetProperty("chain").GetString()!));
                }

                text.Append(words).Append('\n');
            }

            var id = root.GetProperty("id").GetString()!;
            var article = new Article { Id = new ArticleId(id), Source = set, Text = text.ToString(), Language = "en" };
            var gold = new Gold { Article = article, Set = set, Affair = root.GetProperty("story").GetString()!, Weight = 0.5f, Texts = TextsOf(article.Text, null, "en") };
            gold._chains.AddRange(chains);
            return gold;
        }

        private static (AnalyzedText, AnalyzedText?) TextsOf(string text, string? title, string? code)
        {
            var language = Language.Find(code);
            return (AnalyzedText.Of(text, language), string.IsNullOrEmpty(title) ? null : AnalyzedText.Of(title, language));
        }

        private static bool SameName(string told, string name)
        {
            var (a, b) = (WordsOf(told), WordsOf(name));
            return a.Count > 0 && b.Count > 0 && (a.IsSubsetOf(b) || b.IsSubsetOf(a));
        }

        private static HashSet<string> WordsOf(string name) =>
            [.. Folding.Fold(name).Split([' ', '\'', '’', '-', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 2 || char.IsDigit(word[0]))];
    }
}
