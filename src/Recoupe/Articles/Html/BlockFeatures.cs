using System.Buffers;
using System.Collections.Frozen;
using System.Numerics;
using System.Runtime.InteropServices;

using Recoupe.Text;

namespace Recoupe.Articles.Html;

/// <summary>What the scorer sees of each block of a page: its text, its place in the structure, its neighbours.</summary>
internal static class BlockFeatures
{
    /// <summary>How many numbers describe a block by itself and its place.</summary>
    public const int Count = 74 + StructureCount + ToldCount + KinCount + 2 * MarkupWords.Count;

    private const int StructureCount = 17;

    private const int ToldCount = 2;

    private const int KinCount = 10;

    /// <summary>How many more describe it by the first scores of its neighbours.</summary>
    public const int ContextCount = 27;

    private const int MinParagraph = 60;

    // Shorter words tell nothing of what a text is about.
    private const int LeastTopicWord = 4;

    // A block that the first scores take for the article's for sure.
    private const float Sure = 0.75f;
    private const int LeastSure = 80;
    private const int Far = 30;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…。؟");

    /// <summary>The features of all blocks, one row after the other.</summary>
    /// <param name="page">The page.</param>
    /// <param name="facts">What it tells of its article: the title, what it is about, the text as structured data have it.</param>
    public static float[] Of(HtmlPage page, PageFacts facts)
    {
        var features = new float[page.Blocks.Length * Count];
        Fill(page, facts, features);
        return features;
    }

    /// <summary>The same, into numbers that are all 0.</summary>
    public static void Fill(HtmlPage page, PageFacts facts, Span<float> features)
    {
        var blocks = page.Blocks;
        if (blocks.Length == 0)
            return;
        var own = new Own[blocks.Length];
        var topic = new List<ulong>(4096);
        var titleWords = WordsOf(facts.Title);
        var repeats = new Dictionary<ulong, int>(blocks.Length);
        for (var i = 0; i < blocks.Length; i++)
        {
            own[i] = Describe(page, blocks[i], titleWords, topic);
            repeats[own[i].Hash] = repeats.GetValueOrDefault(own[i].Hash) + 1;
        }

        var sums = Sums(blocks, own);
        var total = sums[^1];
        var best = BestContainer(page, own, sums);
        var titleAt = TitleAt(page, own);
        var main = MainParent(page, own);
        var mainNode = MainShape(page, own, main);
        var descriptionWords = WordsOf(facts.Description);
        var toldText = facts.ArticleBody is { } told ? ToldText.Of(told) : null;
        var toldLength = toldText is null ? 0 : Math.Min(3, (float)toldText.Length / Math.Max(1, total.ParagraphChars));
        var heading = -1;
        var shapes = new Dictionary<ulong, int>(page.Nodes.Length);
        foreach (var node in page.Nodes)
            shapes[node.Shape] = shapes.GetValueOrDefault(node.Shape) + 1;
        var (firstParagraph, lastParagraph) = Extent(page.Nodes[best], own);
        var kin = BlockKin.Of(page);
        var kinSums = KinSums(kin, blocks, own);
        var words = Topic(own, page.Nodes[best], topic);
        for (var i = 0; i < blocks.Length; i++)
        {
            var row = features.Slice(i * Count, Count);
            var at = 0;
            ref readonly var block = ref blocks[i];
            ref readonly var me = ref own[i];
            ref readonly var node = ref page.Nodes[block.Node];
            var parent = node.Parent < 0 ? block.Node : node.Parent;
            var grand = page.Nodes[parent].Parent < 0 ? parent : page.Nodes[parent].Parent;
            AddOwn(row, ref at, block, me);
            row[at++] = (float)node.Tag;
            row[at++] = node.Tag == PageTag.P ? 1 : 0;
            row[at++] = PageTags.IsHeading(node.Tag) ? node.Tag - PageTag.H1 + 1 : 0;
            row[at++] = node.Tag is PageTag.Li or PageTag.Dd or PageTag.Dt ? 1 : 0;
            row[at++] = node.Depth;
            AddAncestors(row, ref at, node.TagsAround);
            row[at++] = node.IsArticleBody ? 1 : 0;
            row[at++] = (float)i / blocks.Length;
            row[at++] = (float)sums[i].Chars / Math.Max(1, total.Chars);
            row[at++] = titleAt < 0 ? -1 : Math.Clamp(i - titleAt, -50, 200);
            row[at++] = i - firstParagraph is var fromFirst ? Math.Clamp(fromFirst, -50, 100) : 0;
            row[at++] = Math.Clamp(i - lastParagraph, -100, 50);
            AddContainer(row, ref at, page.Nodes[block.Node], sums, total);
            AddContainer(row, ref at, page.Nodes[parent], sums, total);
            AddContainer(row, ref at, page.Nodes[grand], sums, total);
            row[at++] = IsIn(i, page.Nodes[best]) ? 1 : 0;
            row[at++] = page.Nodes[best].Parent >= 0 && IsIn(i, page.Nodes[page.Nodes[best].Parent]) ? 1 : 0;
            row[at++] = node.Depth - page.Nodes[best].Depth;
            row[at++] = Math.Min(20, repeats[me.Hash]);
            row[at++] = Math.Min(50, shapes[node.Shape]);
            row[at++] = Math.Min(50, shapes[page.Nodes[parent].Shape]);
            AddNeighbour(row, ref at, own, i - 1);
            AddNeighbour(row, ref at, own, i - 2);
            AddNeighbour(row, ref at, own, i + 1);
            AddNeighbour(row, ref at, own, i + 2);
            AddStructure(row, ref at, page, own, sums, i, (titleAt, main, mainNode, heading), descriptionWords);
            row[at++] = toldText?.Share(page.TextOf(block)) ?? -1;
            row[at++] = toldLength;
            AddKin(row, ref at, kinSums[kin.Kinds[i]], total);
            AddWording(row, ref at, page.TextOf(block));
            row[at++] = words.Share(WordsOf(topic, me), me.IsParagraph && IsIn(i, page.Nodes[best]));
            row[at++] = WordsOf(topic, me).Length;
            if (PageTags.IsHeading(node.Tag))
                heading = i;
            for (var bit = 0; bit < MarkupWords.Count; bit++)
                row[at++] = ((int)(node.Markup | block.Inline) >> bit & 1) + ((int)page.Nodes[parent].Markup >> bit & 1) * 0.5f;
            AddNearness(row.Slice(at, MarkupWords.Count), page, block.Node);
            at += MarkupWords.Count;
            if (at != Count)
                throw new InvalidOperationException($"{at} features, not {Count}");
        }
    }

    /// <summary>What the scores of neighbours and of the same containers say, for the second scoring.</summary>
    public static float[] Context(HtmlPage page, ReadOnlySpan<float> scores)
    {
        var blocks = page.Blocks;
        var rows = new float[blocks.Length * ContextCount];
        var sums = new (double Score, double Chars, double Weighted)[blocks.Length + 1];
        for (var i = 0; i < blocks.Length; i++)
            sums[i + 1] = (sums[i].Score + scores[i], sums[i].Chars + blocks[i].Length, sums[i].Weighted + scores[i] * blocks[i].Length);
        var total = Math.Max(1e-6, sums[^1].Weighted);
        var kin = BlockKin.Of(page);
        var means = kin.Means(page, scores);
        var (before, after) = ToSure(blocks, scores);
        var sections = Sections(page);
        for (var i = 0; i < blocks.Length; i++)
        {
            var row = rows.AsSpan(i * ContextCount, ContextCount);
            var at = 0;
            row[at++] = scores[i];
            for (var distance = 1; distance <= 3; distance++)
            {
                row[at++] = i - distance >= 0 ? scores[i - distance] : 0;
                row[at++] = i + distance < blocks.Length ? scores[i + distance] : 0;
            }

            row[at++] = (float)(sums[i].Weighted / total);
            row[at++] = (float)((sums[^1].Weighted - sums[i + 1].Weighted) / total);
            var node = blocks[i].Node;
            for (var level = 0; level < 4; level++)
            {
                ref readonly var container = ref page.Nodes[node];
                var chars = sums[container.EndBlock].Chars - sums[container.FirstBlock].Chars;
                var weighted = sums[container.EndBlock].Weighted - sums[container.FirstBlock].Weighted;
                row[at++] = (float)(weighted / Math.Max(1, chars));
                row[at++] = (float)(weighted / total);
                if (container.Parent >= 0)
                    node = container.Parent;
            }

            row[at++] = Window(sums, i - 8, i);
            row[at++] = Window(sums, i + 1, i + 9);
            row[at++] = blocks[i].Length < 60 ? 1 : 0;
            (row[at++], row[at++]) = means[kin.Kinds[i]];
            (row[at++], row[at++], row[at++]) = (before[i], after[i], before[i] + after[i]);
            var (from, to) = sections[i];
            row[at++] = Window(sums, from, to);
            row[at++] = to - i;
            if (at != ContextCount)
                throw new InvalidOperationException($"{at} features, not {ContextCount}");
        }

        return rows;
    }

    // How many blocks away the nearest sure one is, before each block and after it.
    private static (int[] Before, int[] After) ToSure(PageBlock[] blocks, ReadOnlySpan<float> scores)
    {
        var (before, after) = (new int[blocks.Length], new int[blocks.Length]);
        for (int i = 0, distance = Far; i < blocks.Length; i++)
        {
            before[i] = distance;
            distance = scores[i] >= Sure && blocks[i].Length >= LeastSure ? 1 : Math.Min(Far, distance + 1);
        }

        for (int i = blocks.Length - 1, distance = Far; i >= 0; i--)
        {
            after[i] = distance;
            distance = scores[i] >= Sure && blocks[i].Length >= LeastSure ? 1 : Math.Min(Far, distance + 1);
        }

        return (before, after);
    }

    // For each block from the heading over it to the next one.
    private static (int From, int To)[] Sections(HtmlPage page)
    {
        var sections = new (int From, int To)[page.Blocks.Length];
        for (int from = 0, i = 1; i <= sections.Length; i++)
        {
            if (i < sections.Length && !PageTags.IsHeading(page.Nodes[page.Blocks[i].Node].Tag))
                continue;
            Array.Fill(sections, (from, i), from, i - from);
            from = i;
        }

        return sections;
    }

    private readonly record struct Own(
        int Words, int Letters, int Upper, int Digits, int Commas, bool EndsSentence, bool StartsCapital, int Small, float InTitle, ulong Hash,
        LineKind? Pattern, bool HasTime, float LinkDensity, float Emphasis, int Chars, char First, char Last, int TopicStart, int TopicEnd)
    {
        public bool IsParagraph => Chars >= MinParagraph && LinkDensity < 0.34f && (EndsSentence || Chars > 200 && Commas > 1);
    }

    private readonly record struct Sum(int Chars, int LinkChars, int Paragraphs, int ParagraphChars, int Blocks);

    private static Own Describe(HtmlPage page, in PageBlock block, HashSet<ulong> titleWords, List<ulong> topic)
    {
        var topicAt = topic.Count;
        var text = page.TextOf(block);
        int words = 0, letters = 0, upper = 0, digits = 0, commas = 0, small = 0, inTitle = 0;
        var hash = 17UL;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (!char.IsLetterOrDigit(c))
            {
                if (c is ',' or '،' or '、' or '，')
                    commas++;
                i++;
                continue;
            }

            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                if (char.IsUpper(text[i]))
                    upper++;
                if (char.IsDigit(text[i]))
                    digits++;
                i++;
            }

            letters += i - start;
            words++;
            if (words > 200)
                continue;
            var word = text[start..i];
            var wordHash = TextHash.OfFolded(word);
            hash = TextHash.Combine(hash, wordHash);
            if (LanguageIdentifier.IsSmallWord(word))
                small++;
            else if (word.Length >= LeastTopicWord)
                topic.Add(wordHash);
            if (titleWords.Contains(wordHash))
                inTitle++;
        }

        var end = text.TrimEnd("»”\"’')] \u00A0");
        var last = end.IsEmpty ? ' ' : end[^1];
        var isShort = text.Length <= 300;
        return new Own(
            words, letters, upper, digits, commas, last is '.' or '!' or '?' or '…' or '。' or '؟', text.Length > 0 && char.IsUpper(text[0]), small,
            titleWords.Count == 0 ? 0 : (float)inTitle / Math.Max(titleWords.Count, Math.Min(words, 200)), hash,
            isShort ? LinePatterns.All.Match(text)?.Kind : null,
            isShort && digits >= 4 && text.Length <= 140 && PublicationTimes.Find(text).Count > 0,
            (float)block.LinkChars / Math.Max(1, text.Length), (float)block.EmphasisChars / Math.Max(1, text.Length), text.Length,
            text.Length > 0 ? text[0] : ' ', last, topicAt, topic.Count);
    }

    private static Sum[] KinSums(BlockKin kin, PageBlock[] blocks, Own[] own)
    {
        var sums = new Sum[kin.Count];
        for (var i = 0; i < own.Length; i++)
        {
            ref var sum = ref sums[kin.Kinds[i]];
            var paragraph = own[i].IsParagraph;
            sum = new Sum(
                sum.Chars + own[i].Chars, sum.LinkChars + blocks[i].LinkChars, sum.Paragraphs + (paragraph ? 1 : 0),
                sum.ParagraphChars + (paragraph ? own[i].Chars : 0), sum.Blocks + 1);
        }

        return sums;
    }

    // What blocks made like this one are: how much of the page's paragraphs, how long, how many paragraphs and links among them.
    private static void AddKin(Span<float> row, ref int at, Sum kin, Sum total)
    {
        row[at++] = (float)kin.ParagraphChars / Math.Max(1, total.ParagraphChars);
        row[at++] = (float)kin.Paragraphs / kin.Blocks;
        row[at++] = (float)kin.LinkChars / Math.Max(1, kin.Chars);
        row[at++] = Log(kin.Chars / kin.Blocks);
        row[at++] = Math.Min(60, kin.Blocks);
    }

    // Sentences in it, an address or account, how it breaks off.
    private static void AddWording(Span<float> row, ref int at, ReadOnlySpan<char> text)
    {
        var sentences = 0;
        for (var rest = text; rest.IndexOfAny(SentenceEnds) is >= 0 and var end && sentences < 20; rest = rest[(end + 1)..])
            sentences += end + 1 < rest.Length && rest[end + 1] is ' ' or '\n' ? 1 : 0;
        row[at++] = sentences;
        row[at++] = text.Contains('@') ? 1 : text.Contains("://", StringComparison.Ordinal) || text.Contains("www.", StringComparison.OrdinalIgnoreCase) ? 2 : text.ContainsAny('©', '®') ? 3 : 0;
        row[at++] = text.Length == 0 ? 0 : text[^1] switch { '…' => 1, ')' or ']' => 2, '»' or '›' or '→' or '>' => 3, '.' => text.EndsWith("...", StringComparison.Ordinal) ? 1 : 4, '!' => 5, '?' => 6, _ => 0 };
    }

    private static TopicWords Topic(Own[] own, in PageNode best, List<ulong> topic)
    {
        var words = new TopicWords();
        for (var i = best.FirstBlock; i < best.EndBlock; i++)
        {
            if (own[i].IsParagraph)
                words.Add(i + 1, WordsOf(topic, own[i]));
        }

        return words;
    }

    private static ReadOnlySpan<ulong> WordsOf(List<ulong> topic, in Own me) => CollectionsMarshal.AsSpan(topic)[me.TopicStart..me.TopicEnd];

    private static void AddOwn(Span<float> row, ref int at, in PageBlock block, in Own me)
    {
        row[at++] = Log(me.Chars);
        row[at++] = Log(me.Words);
        row[at++] = me.LinkDensity;
        row[at++] = Log(me.Chars - block.LinkChars);
        row[at++] = me.Emphasis;
        row[at++] = Math.Min(20, me.Commas);
        row[at++] = me.EndsSentence ? 1 : 0;
        row[at++] = me.StartsCapital ? 1 : 0;
        row[at++] = (float)me.Letters / Math.Max(1, me.Words);
        row[at++] = (float)me.Upper / Math.Max(1, me.Letters);
        row[at++] = (float)me.Digits / Math.Max(1, me.Letters);
        row[at++] = (float)me.Small / Math.Max(1, Math.Min(me.Words, 200));
        row[at++] = me.InTitle;
        row[at++] = me.Pattern is { } kind ? (float)kind + 1 : 0;
        row[at++] = me.Pattern is LineKind.Promo or LineKind.Comments or LineKind.Navigation ? 1 : 0;
        row[at++] = me.HasTime ? 1 : 0;
        row[at++] = me.Last == ':' ? 1 : 0;
        row[at++] = me.First switch
        {
            '"' or '“' or '„' or '«' or '‘' => 1,
            '©' or '(' or '[' => 2,
            '-' or '–' or '—' or '•' or '*' or '→' or '>' or '»' => 3,
            '@' or '#' => 4,
            _ => char.IsDigit(me.First) ? 5 : 0,
        };
    }

    private static void AddAncestors(Span<float> row, ref int at, ulong tags)
    {
        bool Has(PageTag tag) => (tags >> (int)tag & 1) != 0;
        row[at++] = Has(PageTag.Article) ? 1 : 0;
        row[at++] = Has(PageTag.Main) ? 1 : 0;
        row[at++] = Has(PageTag.Aside) ? 1 : 0;
        row[at++] = Has(PageTag.Nav) ? 1 : 0;
        row[at++] = Has(PageTag.Header) ? 1 : 0;
        row[at++] = Has(PageTag.Footer) ? 1 : 0;
        row[at++] = Has(PageTag.Form) ? 1 : 0;
        row[at++] = Has(PageTag.Figure) || Has(PageTag.Figcaption) ? 1 : 0;
        row[at++] = Has(PageTag.Table) ? 1 : 0;
        row[at++] = Has(PageTag.Ul) || Has(PageTag.Ol) || Has(PageTag.Dl) ? 1 : 0;
        row[at++] = Has(PageTag.Blockquote) ? 1 : 0;
        row[at++] = Has(PageTag.Section) ? 1 : 0;
    }

    private static void AddContainer(Span<float> row, ref int at, in PageNode node, Sum[] sums, Sum total)
    {
        var from = sums[node.FirstBlock];
        var to = sums[node.EndBlock];
        var chars = to.Chars - from.Chars;
        row[at++] = Log(chars);
        row[at++] = (float)(to.LinkChars - from.LinkChars) / Math.Max(1, chars);
        row[at++] = Math.Min(50, to.Paragraphs - from.Paragraphs);
        row[at++] = (float)(to.ParagraphChars - from.ParagraphChars) / Math.Max(1, total.ParagraphChars);
        row[at++] = Math.Min(100, node.EndBlock - node.FirstBlock);
    }

    private static void AddNeighbour(Span<float> row, ref int at, Own[] own, int i)
    {
        if (i < 0 || i >= own.Length)
        {
            at += 3;
            return;
        }

        row[at++] = Log(own[i].Chars);
        row[at++] = own[i].LinkDensity;
        row[at++] = (own[i].IsParagraph ? 1 : 0) + (own[i].Pattern is LineKind.Promo or LineKind.Comments or LineKind.Navigation ? -1 : 0);
    }

    // For each word of markup how many steps up the nearest element is whose own says so: 1 at once, less for farther, 0 for none.
    private static void AddNearness(Span<float> near, HtmlPage page, int node)
    {
        var open = (uint)page.Nodes[node].Around & (uint)((1UL << MarkupWords.Count) - 1);
        for (var steps = 1; node >= 0 && steps < 12 && open != 0; steps++, node = page.Nodes[node].Parent)
        {
            for (var here = open & (uint)page.Nodes[node].Markup; here != 0; here &= here - 1)
                near[BitOperations.TrailingZeroCount(here)] = 1f / steps;
            open &= ~(uint)page.Nodes[node].Markup;
        }

        for (; open != 0; open &= open - 1)
            near[BitOperations.TrailingZeroCount(open)] = 0.05f;
    }

    private static Sum[] Sums(PageBlock[] blocks, Own[] own)
    {
        var sums = new Sum[blocks.Length + 1];
        for (var i = 0; i < blocks.Length; i++)
        {
            var before = sums[i];
            var paragraph = own[i].IsParagraph;
            sums[i + 1] = new Sum(
                before.Chars + own[i].Chars, before.LinkChars + blocks[i].LinkChars, before.Paragraphs + (paragraph ? 1 : 0),
                before.ParagraphChars + (paragraph ? own[i].Chars : 0), i + 1);
        }

        return sums;
    }

    // The element whose paragraphs weigh most, each giving less to farther ancestors (after Readability, Arc90).
    private static int BestContainer(HtmlPage page, Own[] own, Sum[] sums)
    {
        var scores = new float[page.Nodes.Length];
        for (var i = 0; i < own.Length; i++)
        {
            if (!own[i].IsParagraph)
                continue;
            var score = 1 + own[i].Commas + Math.Min(3, own[i].Chars / 100);
            var node = page.Nodes[page.Blocks[i].Node].Parent;
            for (var level = 0; level < 4 && node >= 0; level++)
            {
                scores[node] += (float)score / (level + 1);
                node = page.Nodes[node].Parent;
            }
        }

        var best = 0;
        var bestScore = 0f;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] <= 0)
                continue;
            ref readonly var node = ref page.Nodes[i];
            var chars = sums[node.EndBlock].Chars - sums[node.FirstBlock].Chars;
            var links = sums[node.EndBlock].LinkChars - sums[node.FirstBlock].LinkChars;
            var factor = 1 - (float)links / Math.Max(1, chars);
            if ((node.Around & (Markup.Comment | Markup.Footer | Markup.Related | Markup.Sidebar | Markup.Notice)) != Markup.None)
                factor *= 0.6f;
            if (scores[i] * factor > bestScore)
                (best, bestScore) = (i, scores[i] * factor);
        }

        return best;
    }

    private static (int First, int Last) Extent(in PageNode node, Own[] own)
    {
        int first = node.FirstBlock, last = Math.Max(node.FirstBlock, node.EndBlock - 1);
        while (first < last && !own[first].IsParagraph)
            first++;
        while (last > first && !own[last].IsParagraph)
            last--;
        return (first, last);
    }

    private static int TitleAt(HtmlPage page, Own[] own)
    {
        var found = -1;
        for (var i = 0; i < own.Length; i++)
        {
            var tag = page.Nodes[page.Blocks[i].Node].Tag;
            if (tag == PageTag.H1 && own[i].InTitle > 0.5f)
                return i;
            if (found < 0 && own[i].InTitle > 0.75f)
                found = i;
        }

        return found;
    }

    // The element that holds most text in paragraphs at once: the body, or the largest part of one that is split.
    private static int MainParent(HtmlPage page, Own[] own)
    {
        var chars = new int[page.Nodes.Length];
        var best = 0;
        for (var i = 0; i < own.Length; i++)
        {
            var parent = page.Nodes[page.Blocks[i].Node].Parent;
            if (!own[i].IsParagraph || parent < 0)
                continue;
            chars[parent] += own[i].Chars;
            if (chars[parent] > chars[best])
                best = parent;
        }

        return best;
    }

    // The shape of the paragraphs there.
    private static ulong MainShape(HtmlPage page, Own[] own, int main)
    {
        var shapes = new Dictionary<ulong, int>();
        var (best, most) = (0UL, 0);
        for (var i = page.Nodes[main].FirstBlock; i < page.Nodes[main].EndBlock && i < own.Length; i++)
        {
            var node = page.Nodes[page.Blocks[i].Node];
            if (!own[i].IsParagraph || node.Parent != main)
                continue;
            var chars = shapes[node.Shape] = shapes.GetValueOrDefault(node.Shape) + own[i].Chars;
            if (chars > most)
                (best, most) = (node.Shape, chars);
        }

        return best;
    }

    // Its place among the parts of a body: what it shares with the body's paragraphs, what stands over it, what follows in its element.
    private static void AddStructure(
        Span<float> row, ref int at, HtmlPage page, Own[] own, Sum[] sums, int i, (int Title, int Main, ulong Shape, int Heading) known, HashSet<ulong> description)
    {
        var blocks = page.Blocks;
        ref readonly var node = ref page.Nodes[blocks[i].Node];
        var parent = Math.Max(0, node.Parent);
        ref readonly var holder = ref page.Nodes[parent];
        row[at++] = i == known.Title ? 1 : 0;
        row[at++] = Overlap(page.TextOf(blocks[i]), description);
        row[at++] = parent == known.Main ? 1 : 0;
        row[at++] = holder.Shape == page.Nodes[known.Main].Shape ? 1 : 0;
        row[at++] = node.Shape == known.Shape ? 1 : 0;
        row[at++] = i > 0 && page.Nodes[blocks[i - 1].Node].Parent == parent ? 1 : 0;
        row[at++] = i + 1 < blocks.Length && page.Nodes[blocks[i + 1].Node].Parent == parent ? 1 : 0;
        row[at++] = known.Heading < 0 ? 0 : own[known.Heading].Pattern is LineKind.Promo or LineKind.Comments or LineKind.Navigation ? 2 : 1;
        row[at++] = known.Heading < 0 ? -1 : Math.Min(40, i - known.Heading);
        row[at++] = known.Heading < 0 ? 0 : page.Nodes[blocks[known.Heading].Node].Tag - PageTag.H1 + 1;
        row[at++] = known.Heading < 0 ? 0 : own[known.Heading].LinkDensity;
        row[at++] = Links(sums, i - 6, i);
        row[at++] = Links(sums, i + 1, i + 7);
        row[at++] = Math.Min(30, sums[i].Paragraphs - sums[Math.Min(i, holder.FirstBlock)].Paragraphs);
        row[at++] = Math.Min(30, sums[Math.Max(i + 1, holder.EndBlock)].Paragraphs - sums[i + 1].Paragraphs);
        row[at++] = (float)sums[i].ParagraphChars / Math.Max(1, sums[^1].ParagraphChars);
        row[at++] = holder.EndBlock - i;
    }

    private static float Links(Sum[] sums, int from, int to)
    {
        from = Math.Clamp(from, 0, sums.Length - 1);
        to = Math.Clamp(to, from, sums.Length - 1);
        return (float)(sums[to].LinkChars - sums[from].LinkChars) / Math.Max(1, sums[to].Chars - sums[from].Chars);
    }

    // The share of a block's words that stand in the page's description.
    private static float Overlap(ReadOnlySpan<char> text, HashSet<ulong> description)
    {
        if (description.Count < 4 || text.Length is < 20 or > 1000)
            return 0;
        int words = 0, hits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
                i++;
            if (i == start)
                continue;
            words++;
            if (description.Contains(TextHash.OfFolded(text[start..i])))
                hits++;
        }

        return (float)hits / Math.Max(1, words);
    }

    private static HashSet<ulong> WordsOf(ReadOnlySpan<char> text)
    {
        var words = new HashSet<ulong>();
        for (var i = 0; i < text.Length && words.Count < 40;)
        {
            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
                i++;
            if (i > start)
                words.Add(TextHash.OfFolded(text[start..i]));
            i++;
        }

        return words;
    }

    private static bool IsIn(int block, in PageNode node) => block >= node.FirstBlock && block < node.EndBlock;

    private static float Window((double Score, double Chars, double Weighted)[] sums, int from, int to)
    {
        from = Math.Clamp(from, 0, sums.Length - 1);
        to = Math.Clamp(to, from, sums.Length - 1);
        return (float)((sums[to].Weighted - sums[from].Weighted) / Math.Max(1, sums[to].Chars - sums[from].Chars));
    }

    private static float Log(int value) => BitOperations.Log2((uint)Math.Max(1, value)) + value * 1f / (1 << BitOperations.Log2((uint)Math.Max(1, value))) - 1;
}
