using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

using Recoupe.Reuses;
using Recoupe.Text;

namespace Recoupe.Tests.Reuses;

/// <summary>Cases in which the shared passages are marked in both texts: <c>⟦1:words⟧</c>.</summary>
public partial class ReusePassageTests
{
    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (var language in new[] { "en", "fr" })
        {
            foreach (var item in CaseFile.Read(language, "reuse-passages"))
                data.Add(language, item.Title);
        }

        return data;
    }

    // Letters and accents that stand apart are put together as an article is read: spans count in what is read.
    private static string Composed(string text) => Composition.Compose(text) ?? text;

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_passages_stand_where_the_case_marks_them_in_each_text(string language, string title)
    {
        var item = CaseFile.Read(language, "reuse-passages").Single(one => one.Title == title);
        var said = item.Expected.ToLookup(line => line[..line.IndexOf(':')], line => line[(line.IndexOf(':') + 1)..].Trim());
        var marked = Composed(Unescape(item.Text)).Split("\n***\n").Select(Marked.Read).ToArray();
        var articles = marked.Select((text, i) => Some.Annotated(
            text.Text, $"a{i + 1}", Side(said, "language", i) ?? language, Side(said, "title", i), Side(said, "outlet", i), Side(said, "published", i))).ToArray();

        var found = ReuseFinder.Find(articles, CancellationToken.None);

        if (said["kind"].Single() == "none")
        {
            Assert.Empty(found);
            return;
        }

        // Articles beyond the second say what a third one adds: the case is about the first two.
        var reuse = Assert.Single(found, pair => pair.From != articles[^1].Id && pair.To != articles[^1].Id || articles.Length == 2);
        Assert.Equal(said["kind"].Single(), reuse.Kind.ToString().ToLowerInvariant());
        Assert.Equal(said["from"].SingleOrDefault() ?? "first", reuse.From == articles[0].Id ? "first" : "second");
        Assert.Equal(said["order"].SingleOrDefault() ?? "unknown", Spaced(reuse.Order.ToString()));
        Assert.Equal(said["order"].Any(), reuse.OrderKnown);
        Assert.Equal(said["agency"].SingleOrDefault(), reuse.Agency);
        var (first, second) = reuse.From == articles[0].Id ? (marked[0], marked[1]) : (marked[1], marked[0]);
        Assert.Equal(first.Shown(), first.Shown(reuse.Passages.Select(passage => passage.From)));
        Assert.Equal(second.Shown(), second.Shown(reuse.Passages.Select(passage => passage.To)));
        Assert.Equal(
            first.Passages.OrderBy(passage => passage.Value.Start).Select(passage => (passage.Value, second.Passages[passage.Key])),
            reuse.Passages.Select(passage => (passage.From, passage.To)));
        Assert.All(reuse.Passages, passage => Assert.Equal(CodePoints(first.Text, passage.From), OfCodePoints(first.Text, passage.From)));
        Assert.All(reuse.Passages, passage => Assert.Equal(CodePoints(second.Text, passage.To), OfCodePoints(second.Text, passage.To)));
        if (said["contained"].SingleOrDefault() is { } contained)
        {
            var shares = contained.Split(' ').Select(share => double.Parse(share, CultureInfo.InvariantCulture)).ToArray();
            var (ofFirst, ofSecond) = reuse.From == articles[0].Id ? (reuse.FromContained, reuse.ToContained) : (reuse.ToContained, reuse.FromContained);
            Assert.Equal(shares[0], ofFirst, 0.006);
            Assert.Equal(shares[1], ofSecond, 0.006);
        }
    }

    private static string? Side(ILookup<string, string> said, string name, int side) =>
        said[name].SingleOrDefault()?.Split('|') is { } sides && side < sides.Length && sides[side].Trim() is { Length: > 0 } value ? value : null;

    private static string Spaced(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');

    // What cannot be seen in a file is written as \uXXXX.
    private static string Unescape(string text) =>
        Escape().Replace(text, match => ((char)int.Parse(match.Groups["code"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static (int, int) CodePoints(string text, TextSpan span) =>
        (text[..span.Start].EnumerateRunes().Count(), text[..span.End].EnumerateRunes().Count());

    private static (int, int) OfCodePoints(string text, TextSpan span)
    {
        var offsets = new CodePointOffsets(text);
        return (offsets.FromUtf16(span.Start), offsets.FromUtf16(span.End));
    }

    [GeneratedRegex(@"\\u(?<code>[0-9A-F]{4})", RegexOptions.NonBacktracking)]
    private static partial Regex Escape();

    private sealed record Marked(string Text, IReadOnlyDictionary<string, TextSpan> Passages)
    {
        public static Marked Read(string marked)
        {
            var text = new System.Text.StringBuilder();
            var passages = new Dictionary<string, TextSpan>();
            for (var i = 0; i < marked.Length;)
            {
                if (marked[i] != '⟦')
                {
                    text.Append(marked[i++]);
                    continue;
                }

                var name = marked[(i + 1)..marked.IndexOf(':', i)];
                var end = marked.IndexOf('⟧', i);
                var words = marked[(i + name.Length + 2)..end];
                passages.Add(name, TextSpan.Of(text.Length, words.Length));
                text.Append(words);
                i = end + 1;
            }

            return new Marked(text.ToString(), passages);
        }

        public string Shown() => Shown(Passages.Values);

        /// <summary>The text with spans in brackets: a failure shows where they differ.</summary>
        public string Shown(IEnumerable<TextSpan> spans) => spans.OrderByDescending(span => span.Start)
            .Aggregate(Text, (text, span) => text.Insert(span.End, "⟧").Insert(span.Start, "⟦"));
    }
}
