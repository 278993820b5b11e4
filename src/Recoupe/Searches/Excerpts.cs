using System.Collections.Immutable;

using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Index;
using Lucene.Net.Search;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Searches;

/// <summary>The passage of a text that shows best why a query finds it.</summary>
/// <param name="Span">The passage.</param>
/// <param name="Words">The words in it that were asked for.</param>
public sealed record Excerpt(TextSpan Span, ImmutableArray<TextSpan> Words);

/// <summary>Finds the passages of texts that hold what a query asks for.</summary>
public sealed class Excerpts
{
    // A passage is so long at most, in UTF-16 units; the words that were asked for stand nearer together, with some of what leads to them.
    private const int Longest = 240;
    private const int Near = 140;
    private const int Before = 70;

    // Words come early where an article is about them.
    private const int MostRead = 50_000;
    private const int MostMatches = 60;

    private readonly List<(string Field, string Word, bool IsBeginning)> _asked = [];

    /// <summary>Reads what is asked for; what is asked not to be there is left out.</summary>
    /// <exception cref="SearchException">The query cannot be read.</exception>
    public Excerpts(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        Collect(SearchQuery.Read(query));
    }

    /// <summary>The passage of <paramref name="text"/>; null where it holds none of the words.</summary>
    /// <param name="text">The text of an article.</param>
    /// <param name="code">Its language; null where unknown.</param>
    public Excerpt? Find(string text, string? code)
    {
        ArgumentNullException.ThrowIfNull(text);
        var language = Language.Find(code);
        var field = SearchFields.Of(SearchFields.Text, language);
        var asked = _asked.Where(one => one.Field == field).Distinct().ToList();
        var found = asked.Count == 0 ? [] : Matches(text.Length > MostRead ? text[..MostRead] : text, SearchWords.Of(language), asked);
        if (found.Count == 0)
            return null;
        var (best, distinct) = (0, 0);
        for (var i = 0; i < found.Count; i++)
        {
            var near = DistinctNear(text, found, i);
            if (near > distinct)
                (best, distinct) = (i, near);
        }

        var span = Around(text, found[best].Span);
        return new Excerpt(span, [.. found.Select(match => match.Span).Where(span.Contains)]);
    }

    // How much of what is asked for stands near a match in its line, from it on.
    private static int DistinctNear(string text, List<(TextSpan Span, int Asked)> found, int from) =>
        found.Skip(from).TakeWhile(match => match.Span.End - found[from].Span.Start <= Near && !text.AsSpan(found[from].Span.Start, match.Span.End - found[from].Span.Start).Contains('\n'))
            .Select(match => match.Asked).Distinct().Count();

    private static List<(TextSpan Span, int Asked)> Matches(string text, SearchWords words, List<(string Field, string Word, bool IsBeginning)> asked)
    {
        var found = new List<(TextSpan Span, int Asked)>();
        using var stream = words.GetTokenStream("", text);
        var term = stream.GetAttribute<ICharTermAttribute>();
        var offset = stream.GetAttribute<IOffsetAttribute>();
        stream.Reset();
        for (var end = int.MaxValue; found.Count < MostMatches && stream.IncrementToken() && offset.StartOffset < end;)
        {
            var word = term.ToString()!;
            var at = asked.FindIndex(one => one.IsBeginning ? word.StartsWith(one.Word, StringComparison.Ordinal) : word == one.Word);
            if (at < 0)
                continue;
            found.Add((new TextSpan(offset.StartOffset, offset.EndOffset), at));
            // No passage can hold more: what follows is read for its words alone.
            if (end == int.MaxValue && DistinctNear(text, found, found.FindIndex(match => offset.EndOffset - match.Span.Start <= Near)) == asked.Count)
                end = offset.EndOffset + Longest;
        }

        stream.End();
        return found;
    }

    // From the beginning of its sentence where that is near, to the end of a sentence where one fits.
    private static TextSpan Around(string text, TextSpan match)
    {
        var start = match.Start;
        for (var i = match.Start - 1; i >= Math.Max(0, match.Start - Before); i--)
        {
            if (IsEnd(text, i))
                break;
            if (i == 0 || char.IsWhiteSpace(text[i - 1]))
                start = i;
        }

        var (end, least) = (match.End, match.End);
        for (var i = match.End; i <= Math.Min(text.Length, start + Longest); i++)
        {
            if (i == text.Length || text[i] == '\n')
                return new TextSpan(start, i);
            if (IsEnd(text, i) && i > start + Near)
                return new TextSpan(start, i);
            if (char.IsWhiteSpace(text[i]))
                end = i;
        }

        return new TextSpan(start, Math.Max(end, least));
    }

    // Whether a sentence ends before this place, or a line.
    private static bool IsEnd(string text, int at) =>
        at < text.Length && (text[at] == '\n' || (at > 0 && text[at] == ' ' && text[at - 1] is '.' or '!' or '?' or '…'));

    private void Collect(Query query)
    {
        switch (query)
        {
            case TermQuery one:
                Add(one.Term, isBeginning: false);
                break;
            case PhraseQuery phrase:
                foreach (var term in phrase.GetTerms())
                    Add(term, isBeginning: false);
                break;
            case PrefixQuery beginning:
                Add(beginning.Prefix, isBeginning: true);
                break;
            case BooleanQuery all:
                foreach (var clause in all.Clauses.Where(clause => clause.Occur != Occur.MUST_NOT))
                    Collect(clause.Query);
                break;
        }
    }

    private void Add(Term term, bool isBeginning) => _asked.Add((term.Field, term.Text, isBeginning));
}
