using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

using Recoupe.Articles.Html;
using Recoupe.Documents;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Trains the choice of an article's blocks on a page (<c>models/article-blocks.model</c>, <c>models/article-blocks-around.model</c>).</summary>
/// <remarks>
/// Labels come from pages whose body is known and from pages of which some sentences are known to be in or out. <c>--check</c> trains
/// without the pages of each fifth of the sites in turn and prints how the rest reads them: what a page says of its site's other pages is not seen.
/// </remarks>
public static partial class BlockTraining
{
    private const int Folds = 5;
    private const int InnerFolds = 3;
    // How much a page weighs, of which all is known or some sentences, and what is only likely.
    private const double BodyMass = 60;
    private const double SegmentsMass = 14;
    private const double LikelyShare = 0.3;

    private const int MaxShown = 60;

    /// <summary>Runs the command: <c>blocks DATA OUT [--check]</c>.</summary>
    public static int Run(string data, string output, bool check, TextWriter log)
    {
        var pages = new[] { "scrapinghub", "segments", "news" }
            .SelectMany(set => File.ReadLines(Path.Combine(data, "extraction", set + ".jsonl")).Select(line => ReadPage(Path.Combine(data, "extraction"), set, line)))
            .ToList();
        log.WriteLine($"{pages.Count} pages, {pages.Sum(page => page.Page.Blocks.Length)} blocks, labelled {pages.Sum(page => page.Labels.Count(label => label is not null))}");
        if (check)
        {
            Check(pages, log);
            return 0;
        }

        var scorer = Train(pages);
        foreach (var (name, model) in new[] { ("article-blocks", scorer.First), ("article-blocks-around", scorer.Second) })
        {
            using var file = File.Create(Path.Combine(output, name + ".model"));
            model.Write(file);
            log.WriteLine($"{name}.model: {model.Trees} trees, {file.Length} bytes");
        }

        return 0;
    }

    /// <summary>A page with what is known of its blocks: in the text, not in it, or unknown.</summary>
    internal sealed record LabelledPage(string Id, string Set, string Url, HtmlPage Page, float[] Features, bool?[] Labels, bool?[] Likely, string? Body, string[] With, string[] Without, int TitleAt, int Standfirst);

    internal static LabelledPage ReadPage(string folder, string set, string line)
    {
        using var json = JsonDocument.Parse(line);
        var root = json.RootElement;
        var html = ReadHtml(Path.Combine(folder, root.GetProperty("file").GetString()!));
        var page = HtmlPageReader.Read(html);
        var facts = PageFacts.Of(page, root.GetProperty("url").GetString());
        var features = BlockFeatures.Of(page, facts);
        var body = root.TryGetProperty("body", out var text) ? text.GetString() : null;
        string[] Strings(string name) => root.TryGetProperty(name, out var array) ? [.. array.EnumerateArray().Select(item => item.GetString()!)] : [];
        var (with, without) = (Strings("with"), Strings("without"));
        var labels = body is not null ? LabelByBody(page, body) : LabelBySegments(page, with, without);
        // A standfirst is text by contract, also where a set leaves it out.
        if (Standfirst.Described(page, facts) is >= 0 and var described && body is not null && labels[described] == false)
            labels[described] = null;
        var likely = body is not null ? new bool?[labels.Length] : LabelKin(page, labels);
        return new LabelledPage(
            root.GetProperty("id").GetString()!, set, root.GetProperty("url").GetString()!, page, features, labels, likely, body, with, without, facts.TitleBlock,
            Standfirst.Find(page, facts));
    }

    // The site of an address: its last two names, or three where the last two are short ("co.uk"); other names of pages as they are.
    internal static string Site(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Host.Length == 0)
            return url;
        var names = address.Host.Split('.');
        var count = names.Length > 2 && names[^1].Length == 2 && names[^2].Length <= 3 ? 3 : 2;
        return string.Join('.', names.TakeLast(count));
    }

    // Each page's part: sites are dealt out in the order of their names, so that no site is in two parts.
    private static int[] Parts(IReadOnlyList<LabelledPage> pages, int count)
    {
        var sites = pages.Select(page => Site(page.Url)).Distinct().Order(StringComparer.Ordinal).Select((site, i) => (site, i)).ToDictionary(pair => pair.site, pair => pair.i % count);
        return [.. pages.Select(page => sites[Site(page.Url)])];
    }

    internal static string ReadHtml(string file)
    {
        using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return TextDecoder.Decode(buffer.ToArray(), null, new List<string>());
    }

    // A block is in the text where its words stand in the body, in order; a short one only between blocks that are.
    private static bool?[] LabelByBody(HtmlPage page, string body)
    {
        var gold = " " + string.Join(' ', Words(body)) + " ";
        var labels = new bool?[page.Blocks.Length];
        var at = new int[page.Blocks.Length];
        Array.Fill(at, -1);
        var words = page.Blocks.Select(block => Words(page.TextOf(block).ToString())).ToArray();
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = false;
            if (words[i].Length < 6)
                continue;
            at[i] = gold.IndexOf(" " + string.Join(' ', words[i]) + " ", StringComparison.Ordinal);
            if (at[i] >= 0)
                labels[i] = true;
            else if (words[i].Length >= 12)
                labels[i] = Covered(words[i], gold) > 0.8;
        }

        for (var i = 0; i < labels.Length; i++)
        {
            if (words[i].Length is 0 or >= 6)
                continue;
            var key = " " + string.Join(' ', words[i]) + " ";
            var before = Array.FindLastIndex(at, i, where => where >= 0);
            var after = Array.FindIndex(at, i, where => where >= 0);
            var from = before < 0 || i - before > 12 ? 0 : at[before];
            // The space before the next block ends this one's last word.
            var to = after < 0 || after - i > 12 ? gold.Length : at[after] + 1;
            if (before < 0 && after < 0 || to <= from)
                continue;
            if (before < 0 || i - before > 12)
                from = Math.Max(0, to - 250);
            if (after < 0 || after - i > 12)
                to = gold.Length;
            labels[i] = gold.AsSpan(from, to - from).Contains(key, StringComparison.Ordinal);
        }

        return labels;
    }

    private static double Covered(string[] words, string gold)
    {
        var hit = 0;
        for (var i = 0; i + 4 <= words.Length; i++)
        {
            if (gold.Contains(" " + string.Join(' ', words[i..(i + 4)]) + " ", StringComparison.Ordinal))
                hit++;
        }

        return (double)hit / (words.Length - 3);
    }

    private static bool?[] LabelBySegments(HtmlPage page, string[] with, string[] without)
    {
        var labels = new bool?[page.Blocks.Length];
        foreach (var (strings, label) in new[] { (without, false), (with, true) })
        {
            foreach (var key in strings.Select(text => string.Join(' ', Words(text))).Where(key => key.Length > 3))
            {
                for (var i = 0; i < labels.Length; i++)
                {
                    var block = string.Join(' ', Words(page.TextOf(page.Blocks[i]).ToString()));
                    if (block.Contains(key, StringComparison.Ordinal) || block.Length > 20 && key.Contains(block, StringComparison.Ordinal))
                        labels[i] = label;
                }
            }
        }

        return labels;
    }

    // What the known sentences say of others: what stands between two of the text, made as one of them in the same element, is text too;
    // what is made as one that is not, in the same element, is not, unless one made so is text.
    private static bool?[] LabelKin(HtmlPage page, bool?[] labels)
    {
        var kinds = BlockKin.Of(page).Kinds;
        var likely = new bool?[labels.Length];
        (int, int) Key(int i) => (page.Nodes[page.Blocks[i].Node].Parent, kinds[i]);
        var text = Enumerable.Range(0, labels.Length).Where(i => labels[i] == true).ToList();
        var textKeys = text.Select(Key).ToHashSet();
        var otherKeys = Enumerable.Range(0, labels.Length).Where(i => labels[i] == false).Select(Key).ToHashSet();
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] is not null)
                continue;
            var (isText, isOther) = (textKeys.Contains(Key(i)), otherKeys.Contains(Key(i)));
            if (isOther && !isText)
                likely[i] = false;
            else if (isText && !isOther && text.Count > 1 && i > text[0] && i < text[^1])
                likely[i] = true;
        }

        return likely;
    }

    internal static BlockScorer Train(IReadOnlyList<LabelledPage> pages)
    {
        var boosting = new Boosting { Trees = 200, Depth = 4, LeastWeight = 3, Rate = 0.07, Share = 0.3 };
        // The second model sees first scores as they will be: given by a model that has not seen the site.
        var context = new ConcurrentDictionary<LabelledPage, float[]>();
        var parts = Parts(pages, InnerFolds);
        Parallel.For(0, InnerFolds, fold =>
        {
            var model = Fit(boosting, [.. pages.Where((_, i) => parts[i] != fold)], page => page.Features, BlockFeatures.Count);
            foreach (var page in pages.Where((_, i) => parts[i] == fold))
                context[page] = BlockScorer.Join(page.Page, page.Features, BlockScorer.FirstScores(model, page.Page, page.Features));
        });

        var first = Fit(boosting, pages, page => page.Features, BlockFeatures.Count);
        var second = Fit(boosting, pages, page => context[page], BlockFeatures.Count + BlockFeatures.ContextCount);
        return new BlockScorer(first, second);
    }

    private static TreeModel Fit(Boosting boosting, IReadOnlyList<LabelledPage> pages, Func<LabelledPage, float[]> features, int width)
    {
        var rows = new List<float>();
        var labels = new List<bool>();
        var weights = new List<float>();
        foreach (var page in pages)
        {
            var all = features(page);
            // A page whose body is known counts as one; so do the few known sentences of another.
            var mass = Enumerable.Range(0, page.Labels.Length).Sum(i => Weight(page, i));
            for (var i = 0; i < page.Labels.Length; i++)
            {
                if ((page.Labels[i] ?? page.Likely[i]) is not { } label)
                    continue;
                rows.AddRange(all.AsSpan(i * width, width));
                labels.Add(label);
                weights.Add((float)(Weight(page, i) / mass * (page.Body is null ? SegmentsMass : BodyMass)));
            }
        }

        return boosting.Train([.. rows], width, [.. labels], [.. weights]);
    }

    private static double Weight(LabelledPage page, int i)
    {
        var weight = 1 + Math.Sqrt(page.Page.Blocks[i].Length) / 4 + ((page.Labels[i] ?? page.Likely[i]) == true ? 1 : 0);
        return page.Labels[i] is not null ? weight : page.Likely[i] is not null ? weight * LikelyShare : 0;
    }

    private static void Check(List<LabelledPage> pages, TextWriter log)
    {
        var scored = new float[pages.Count][];
        var parts = Parts(pages, Folds);
        Parallel.For(0, Folds, new ParallelOptions { MaxDegreeOfParallelism = 2 }, fold =>
        {
            var scorer = Train([.. pages.Where((_, i) => parts[i] != fold)]);
            for (var i = 0; i < pages.Count; i++)
            {
                if (parts[i] == fold)
                    scored[i] = Scores(scorer, pages[i]);
            }
        });

        foreach (var threshold in new[] { 0.4f, 0.55f, 0.6f, BlockChoice.Threshold, 0.7f })
        {
            log.WriteLine($"threshold {threshold:0.00}");
            Report(pages, scored, threshold, log);
        }
    }

    // As the reader takes them: what is foreign for certain stays out.
    private static float[] Scores(BlockScorer scorer, LabelledPage page)
    {
        var scores = scorer.Score(page.Page, page.Features);
        var foreign = ForeignBlocks.Find(page.Page, page.TitleAt);
        for (var i = 0; i < scores.Length; i++)
            scores[i] = foreign[i] ? 0 : scores[i];
        return scores;
    }

    private static void Report(List<LabelledPage> pages, float[][] scored, float threshold, TextWriter log)
    {
        var texts = pages.Select((page, i) => string.Join("\n\n", Chosen(page, scored[i], threshold).Select(block => page.Page.TextOf(page.Page.Blocks[block]).ToString()))).ToArray();
        foreach (var set in pages.Select(page => page.Set).Distinct())
        {
            var members = Enumerable.Range(0, pages.Count).Where(i => pages[i].Set == set).ToList();
            if (pages[members[0]].Body is null)
                ReportSegments(set, members.ConvertAll(i => (pages[i], texts[i], scored[i])), threshold, log);
            else
                ReportBodies(set, members.ConvertAll(i => (pages[i], texts[i], scored[i])), threshold, log);
        }
    }

    private static void ReportSegments(string set, List<(LabelledPage Page, string Text, float[] Scores)> pages, float threshold, TextWriter log)
    {
        int tp = 0, fp = 0, fn = 0;
        foreach (var (page, whole, _) in pages)
        {
            var text = Squash(whole);
            var wanted = page.With.Count(segment => text.Contains(Squash(segment), StringComparison.Ordinal));
            tp += wanted;
            fn += page.With.Length - wanted;
            fp += page.Without.Count(segment => text.Contains(Squash(segment), StringComparison.Ordinal));
        }

        if (threshold == BlockChoice.Threshold)
        {
            foreach (var (page, _, scores) in pages)
            {
                if (Chosen(page, scores, threshold).ToHashSet() is var chosen && Enumerable.Range(0, scores.Length).Any(i => page.Labels[i] is { } label && label != chosen.Contains(i)))
                {
                    log.WriteLine($"  {page.Id} {page.Url}");
                    ShowErrors(page, scores, threshold, log);
                }
            }
        }

        double precision = (double)tp / Math.Max(1, tp + fp), recall = (double)tp / Math.Max(1, tp + fn);
        log.WriteLine($"left out by site: {set} precision {precision:0.0000} recall {recall:0.0000} F1 {2 * precision * recall / (precision + recall):0.0000}");
    }

    private static void ReportBodies(string set, List<(LabelledPage Page, string Text, float[] Scores)> pages, float threshold, TextWriter log)
    {
        double precision = 0, recall = 0;
        int exact = 0, predicted = 0;
        var worst = new List<(double F1, int At, string Line)>();
        for (var i = 0; i < pages.Count; i++)
        {
            var (p, r, same) = Shingles(pages[i].Page.Body!, pages[i].Text);
            predicted += p is null ? 0 : 1;
            precision += p ?? 0;
            recall += r;
            exact += same ? 1 : 0;
            worst.Add((2 * (p ?? 0) * r / Math.Max(1e-9, (p ?? 0) + r), i, $"{pages[i].Page.Id} P {p:0.000} R {r:0.000} {pages[i].Page.Url}"));
        }

        precision /= Math.Max(1, predicted);
        recall /= pages.Count;
        log.WriteLine($"left out by site: {set} precision {precision:0.0000} recall {recall:0.0000} F1 {2 * precision * recall / (precision + recall):0.0000} exact {(double)exact / pages.Count:0.000}");
        foreach (var (_, at, line) in worst.Where(page => page.F1 < 1).OrderBy(page => page.F1).Take(threshold == BlockChoice.Threshold ? MaxShown : 0))
        {
            log.WriteLine("  " + line);
            ShowErrors(pages[at].Page, pages[at].Scores, threshold, log);
        }
    }

    // As the reader takes them: what is evidence for certain stays out.
    private static IEnumerable<int> Chosen(LabelledPage page, float[] scores, float threshold) => BlockChoice.Choose(page.Page, scores, page.Standfirst, threshold)
        .Where(block => HtmlReader.CertainEvidence(page.Page, block, page.TitleAt) is null);

    // The blocks that were taken wrongly (+) or left out wrongly (-).
    private static void ShowErrors(LabelledPage page, float[] scores, float threshold, TextWriter log)
    {
        var chosen = Chosen(page, scores, threshold).ToHashSet();
        for (var i = 0; i < scores.Length; i++)
        {
            if (page.Labels[i] is not { } label || label == chosen.Contains(i))
                continue;
            var block = page.Page.Blocks[i];
            var node = page.Page.Nodes[block.Node];
            var text = page.Page.TextOf(block).ToString().Replace('\n', '|');
            log.WriteLine($"      {(label ? '-' : '+')} {i} {scores[i]:0.00} {node.Tag} [{node.Markup}] {text.Length}: {(text.Length > 110 ? text[..110] : text)}");
        }
    }

    private static (double? Precision, double Recall, bool Same) Shingles(string gold, string text)
    {
        var (a, b) = (Words(gold), Words(text));
        var (want, have) = (Count(a), Count(b));
        var hit = want.Sum(pair => Math.Min(pair.Value, have.GetValueOrDefault(pair.Key)));
        return (b.Length == 0 ? null : (double)hit / have.Values.Sum(), (double)hit / Math.Max(1, want.Values.Sum()), a.SequenceEqual(b));
    }

    private static Dictionary<string, int> Count(string[] words)
    {
        var counts = new Dictionary<string, int>();
        if (words.Length == 0)
            return counts;
        for (var i = 0; i < Math.Max(1, words.Length - 3); i++)
        {
            var key = string.Join(' ', words[i..Math.Min(words.Length, i + 4)]);
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return counts;
    }

    private static string Squash(string text) => Spaces().Replace(text, " ").Trim();

    private static string[] Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();

    [GeneratedRegex(@"\s+", RegexOptions.NonBacktracking)]
    private static partial Regex Spaces();
}
