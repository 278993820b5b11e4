using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Who is given for what in one article, in its order: what a bare sentence may go on from.</summary>
internal sealed class Attributions
{
    private readonly int[] _paragraphs;
    private readonly Dictionary<string, int> _counts = new(StringComparer.Ordinal);

    public Attributions(StoryText story, StatedChains stated, int place)
    {
        var article = story.Articles[place];
        var body = article.Body;
        _paragraphs = new int[body.Sentences.Length];
        for (var i = 1; i < _paragraphs.Length; i++)
        {
            var between = body.Text.AsSpan(body.Sentences[i - 1].End, body.Sentences[i].Start - body.Sentences[i - 1].End);
            _paragraphs[i] = _paragraphs[i - 1] + (between.Contains('\n') ? 1 : 0);
        }

        for (var i = 0; i < article.Statements.Length; i++)
        {
            var statement = article.Statements[i];
            if (statement.InTitle || statement.Speaker is not { } speaker || !stated.HasName(speaker, statement, place))
                continue;
            var name = speaker.Name ?? speaker.Mention?.Quote(body.Text) ?? "";
            var (first, last) = (body.SentenceAt(statement.Extent.Start), body.SentenceAt(Math.Max(statement.Extent.Start, statement.Extent.End - 1)));
            if (first < 0)
                continue;
            All.Add(new Attribution(i, KeyOf(name), first, Math.Max(first, last)));
            _counts[KeyOf(name)] = _counts.GetValueOrDefault(KeyOf(name)) + 1;
        }

        All.Sort((a, b) => (a.First, a.Statement).CompareTo((b.First, b.Statement)));
    }

    /// <summary>All attributions of the text, by their first sentence.</summary>
    public List<Attribution> All { get; } = [];

    /// <summary>How many speak.</summary>
    public int Speakers => _counts.Count;

    /// <summary>The share of attributions that are this speaker's.</summary>
    public float ShareOf(string key) => All.Count == 0 ? 0 : (float)_counts.GetValueOrDefault(key) / All.Count;

    /// <summary>The place of a sentence's paragraph.</summary>
    public int ParagraphOf(int sentence) => _paragraphs[sentence];

    /// <summary>The index in <see cref="All"/> of the first attribution that begins in or after a sentence.</summary>
    public int IndexAt(int sentence) => Sorted.First(All, sentence, static attribution => attribution.First);

    /// <summary>By which a name is compared: a person goes by the last word, what is no name by all of them.</summary>
    public static string KeyOf(string name)
    {
        var folded = Folding.Fold(name);
        return name.Length > 0 && char.IsUpper(name[name.LastIndexOf(' ') + 1 < name.Length ? name.LastIndexOf(' ') + 1 : 0]) ? folded[(folded.LastIndexOf(' ') + 1)..] : folded;
    }
}

/// <summary>A statement with a source.</summary>
/// <param name="Statement">Its index in the article.</param>
/// <param name="Speaker">The key of who is given for it.</param>
/// <param name="First">The sentence that its content begins in.</param>
/// <param name="Last">The sentence that its content ends in.</param>
internal sealed record Attribution(int Statement, string Speaker, int First, int Last);
