using System.Collections.Concurrent;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Whose side the sources of a story are on (the authorities, a company, who saw it), and whether what they tell is plainly their own.</summary>
internal sealed class Sides(StoryText story)
{
    /// <summary>The side of those who speak for a client.</summary>
    public const string Lawyer = "lawyer";

    private const string OwnReporting = "outlet";

    // The words before and after a name that may tell what somebody is.
    private const int Before = 7;
    private const int After = 9;
    private const int MostMentions = 12;

    // Passages that tell one thing share so much of the shorter one's words.
    private const double LeastShared = 0.5;
    private const double LeastOfLonger = 0.3;
    private const int FewestShared = 3;

    // What a name tells hangs on the language that it stands in; several threads may ask.
    private readonly ConcurrentDictionary<(string Name, Language? Language), string?> _known = new();

    /// <summary>The side of an origin; null where nothing tells it.</summary>
    public string? Of(OriginGroup group)
    {
        if (group.Type == OriginType.Outlet)
            return OwnReporting;
        foreach (var one in group.All)
        {
            if (one.Name is { } name && OfName(name, one) is { } side)
                return side;
        }

        return null;
    }

    /// <summary>Whether an origin tells the whole point in a statement or citation of its own.</summary>
    public bool IsStrong(OriginGroup group) => group.All.Any(one => one.Traces.Exists(IsOwn));

    /// <summary>The first passage in which an origin tells the point itself.</summary>
    public Evidence WordsOf(OriginGroup group)
    {
        var traces = group.All.SelectMany(one => one.Traces).ToList();
        return (traces.Find(IsOwn) ?? traces[0]).Passage.Evidence;
    }

    /// <summary>Whether what two origins tell in their own words is plainly one thing.</summary>
    public bool TellTheSame(OriginGroup a, OriginGroup b)
    {
        var (one, other) = (PassagesOf(a), PassagesOf(b));
        return one.Exists(x => other.Exists(y =>
        {
            var shared = x.Count(y.Contains);
            return shared >= FewestShared && shared >= LeastShared * Math.Min(x.Count, y.Count) && shared >= LeastOfLonger * Math.Max(x.Count, y.Count);
        }));
    }

    private List<HashSet<ulong>> PassagesOf(OriginGroup group) => group.Keys ??=
        [.. group.All.SelectMany(one => one.Traces).Where(IsOwn).Take(MostMentions).Select(trace => story.Bodies[trace.Place].KeysIn(trace.Passage.Evidence.Span).ToHashSet())];

    // What somebody tells of themselves nobody else tells apart from them.
    private bool IsOwn(Trace trace) => trace.Passage.Likelihood is not < Passage.Sure && !IsOfSpeaker(trace) && (trace.Type == OriginType.Outlet
        || trace is { Rule: 1 or 2 or 3, IsCarried: false, Passage: { Partial: false, Evidence.InTitle: false } } && story.StatementOf(trace.Passage)?.Voiced != false);

    private bool IsOfSpeaker(Trace trace)
    {
        var words = story.Bodies[trace.Place];
        var (from, to) = words.Range(trace.Passage.Evidence.Span);
        if (trace.Name is { } name && story.StatementOf(trace.Passage) is { } statement && Folding.Fold(name.AsSpan(name.LastIndexOf(' ') + 1)) is var last
            && statement.Content.Any(content => words.In(content).Contains(last)))
            return true;
        for (var i = from; i < Math.Min(to, words.Source.Tokens.Length); i++)
        {
            if (words.Source.Tokens[i] is { Tag: PartOfSpeech.Pronoun or PartOfSpeech.Determiner, Form.Person: 1 })
                return true;
        }

        return false;
    }

    private string? OfName(string name, OriginGroup group)
    {
        var language = story.Articles[group.Traces[0].Place].Body.Language;
        if (_known.TryGetValue((name, language), out var known))
            return known;
        var own = OfWords([.. Tokenizer.Tokenize(name, language).Select(token => Folding.Fold(token.Span.In(name)))], language);
        return _known[(name, language)] = own ?? OfMentions(Folding.Fold(name.Split(' ')[^1]));
    }

    // What stands beside the name most often.
    private string? OfMentions(string last) => story.WhereIs(last).Take(MostMentions).Select(at => OfMention(at.Place, at.Token)).OfType<string>()
        .GroupBy(side => side, StringComparer.Ordinal).OrderByDescending(sides => sides.Count()).Select(sides => sides.Key).FirstOrDefault();

    // "The prosecutor Ann Lee", "the prosecutor, Ann Lee,", "Ann Lee, who heads the union": in the noun phrase before the name, else in what follows its comma.
    private string? OfMention(int place, int at)
    {
        var words = story.Bodies[place];
        var (tokens, language) = (words.Source.Tokens, words.Source.Language);
        var from = at;
        var commas = 0;
        while (from > 0 && at - from < Before && tokens[from - 1].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
            && (tokens[from - 1].Kind == TokenKind.Word || words.Words[from - 1] == "," && commas++ == 0))
            from--;
        if (OfWords(words.Words[from..at], language) is { } before)
            return before;
        if (at + 2 >= tokens.Length || words.Words[at + 1] != ",")
            return null;
        var to = at + 2;
        while (to < tokens.Length && to - at < After && tokens[to].Kind == TokenKind.Word && tokens[to].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary))
            to++;
        return OfWords(words.Words[(at + 2)..to], language);
    }

    private static string? OfWords(ReadOnlySpan<string> words, Language? language)
    {
        if (language is null)
            return null;
        var sides = language.Table("sides-of-words", static known => known.Lines("sides").Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
            .GroupBy(columns => Folding.Fold(columns[0])).ToDictionary(group => group.Key, group => group.First()[1], StringComparer.Ordinal));
        foreach (var word in words)
        {
            if (sides.TryGetValue(word, out var side))
                return side;
        }

        return null;
    }
}
