using System.Collections.Frozen;
using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Sets right what the order of words gave away: a speaker inside the content, and content taken for the speaker.</summary>
/// <remarks>
/// "The council will meet, its chairwoman, Dame Hester Lorne, said": the apposition before the cue is the speaker. « Une enquête vise le maire, a
/// confirmé la procureure, Sabine M. »: after a comma the cue's subject follows it, and what precedes the comma is what was said.
/// </remarks>
internal sealed class StatementRepair
{
    // An apposition is no longer, in words.
    private const int LongestApposition = 12;

    // Words of a clause whose verb was not seen.
    private const int ShortestClause = 8;

    private readonly AnalyzedText _text;
    private readonly SpeakerLexicon _lexicon;
    private readonly ImmutableArray<Entity> _people;
    private readonly FrozenSet<string> _reporting;

    /// <summary>Reads one text of an article.</summary>
    /// <param name="text">The text or the title.</param>
    /// <param name="lexicon">The words for speakers of its language.</param>
    /// <param name="people">The names of people in it.</param>
    public StatementRepair(AnalyzedText text, SpeakerLexicon lexicon, ImmutableArray<Entity> people)
    {
        _text = text;
        _lexicon = lexicon;
        _people = people;
        _reporting = lexicon.Language.Table("reporting-lemmas", static known =>
            known.Lines("reporting-verbs").Select(line => line.Split('\t')[0]).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>The statement as it should read.</summary>
    public Statement Repair(Statement statement)
    {
        if (statement.Kind != StatementKind.Indirect || statement.Cue is not { } cue)
            return statement;
        return Inverted(statement, cue) ?? Apposed(statement, cue) ?? statement;
    }

    // The content ends with who says it.
    private Statement? Apposed(Statement statement, TextSpan cue)
    {
        var last = statement.Content[^1];
        if (last.End > cue.Start || cue.Start - last.End > 3)
            return null;
        var (from, to) = (_text.TokenAt(last.Start), _text.TokenAt(last.End));
        // Up to two stretches between commas: the office and the name, in either order.
        var start = to;
        string? named = null;
        var office = false;
        for (var parts = 0; parts < 2; parts++)
        {
            var comma = start - 1;
            while (comma > from && to - comma <= LongestApposition && !IsComma(comma))
                comma--;
            if (comma <= from || comma + 1 == start || !IsComma(comma) || HasVerb(comma + 1, start))
                break;
            var name = NameIn(comma + 1, start);
            var isOffice = IsOffice(comma + 1, start);
            if (name is null && !isOffice || name is not null && named is not null || isOffice && name is null && office)
                break;
            named ??= name;
            office |= isOffice;
            start = comma;
        }

        if (start == to || !office || start - from < 3 || start + 1 >= to)
            return null;
        var told = new TextSpan(last.Start, _text.Tokens[start - 1].End);
        var mention = new TextSpan(_text.Tokens[start + 1].Start, last.End);
        var speaker = named is not null ? new Speaker(mention, named, SpeakerType.Person)
            : statement.Speaker is { Mention: not null } known && mention.Overlaps(known.Mention.Value) ? known with { Mention = mention } : null;
        return speaker is null ? null : statement with { Content = [.. statement.Content[..^1], told], Speaker = speaker };
    }

    // The cue stands between a comma and its subject.
    private Statement? Inverted(Statement statement, TextSpan cue)
    {
        if (statement.Content is not [var content] || content.Start < cue.End || statement.Speaker?.Mention is not { } before || before.Start > cue.Start)
            return null;
        var at = _text.TokenAt(cue.Start);
        var sentence = _text.SentenceAt(cue.Start);
        if (sentence < 0 || at < 2 || at >= _text.Tokens.Length || !IsComma(at - 1) || !_reporting.Contains(_text.LemmaOf(VerbOf(cue))))
            return null;
        var (from, to) = (_text.TokenAt(content.Start), _text.TokenAt(content.End));
        var whole = _text.Sentences[sentence];
        var said = new TextSpan(whole.Start, _text.Tokens[at - 2].End);
        if (from >= to || HasVerb(from, to) || !IsOffice(from, Math.Min(to, from + 3)) || !IsClause(_text.TokenAt(whole.Start), at - 1, _text.TokenAt(cue.End) < from))
            return null;
        // "… la procureure de Lanvaux, Sabine Métraux, …"
        var end = to;
        if (to < _text.Tokens.Length && IsComma(to))
        {
            end = to + 1;
            while (end < _text.Tokens.Length && end - to < LongestApposition && _text.Tokens[end].End <= whole.End && !IsComma(end) && _text.Text[_text.Tokens[end].Start] is not '.')
                end++;
            if (NameIn(to + 1, end) is null || HasVerb(to + 1, end))
                end = to;
        }

        var mention = new TextSpan(content.Start, _text.Tokens[end - 1].End);
        var name = NameIn(from, end);
        var described = _text.Text[Described(from, to)..content.End];
        return statement with
        {
            Content = [said],
            Speaker = name is not null ? new Speaker(mention, name, SpeakerType.Person) : new Speaker(mention, described, SpeakerType.Person),
        };
    }

    // What was said has a verb; where none is seen, it is long, and something between the cue and its subject tells that a subject follows.
    private bool IsClause(int from, int to, bool parted) => HasVerb(from, to) || parted && to - from >= ShortestClause;

    private int Described(int from, int to)
    {
        while (from + 1 < to && _lexicon.Find(_text[_text.Tokens[from]]).Is(WordUses.Determiner))
            from++;
        return _text.Tokens[from].Start;
    }

    private Token VerbOf(TextSpan cue)
    {
        var at = _text.TokenAt(cue.Start);
        var verb = _text.Tokens[at];
        for (; at < _text.Tokens.Length && _text.Tokens[at].Start < cue.End; at++)
        {
            if (_text.Tokens[at].Tag == PartOfSpeech.Verb)
                verb = _text.Tokens[at];
        }

        return verb;
    }

    private bool IsComma(int token) => token < _text.Tokens.Length && _text.Tokens[token].Kind == TokenKind.Mark && _text.Text[_text.Tokens[token].Start] == ',';

    private bool HasVerb(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (_text.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary)
                return true;
        }

        return false;
    }

    // A noun for somebody who speaks, with what determines it ("its chairwoman", "the county's fire chief").
    private bool IsOffice(int from, int to)
    {
        var determined = false;
        for (var i = from; i < to; i++)
        {
            var word = _lexicon.Find(_text[_text.Tokens[i]]);
            determined |= word.Is(WordUses.Determiner) || char.IsUpper(_text.Text[_text.Tokens[i].Start]);
            if (determined && word.Is(WordUses.Role))
                return true;
        }

        return false;
    }

    // Two to four words with capitals, none of them an office: a name, whatever it was taken for.
    private bool IsCapitals(int from, int to)
    {
        if (to - from is < 2 or > 4)
            return false;
        for (var i = from; i < to; i++)
        {
            if (_text.Tokens[i].Kind != TokenKind.Word || !char.IsUpper(_text.Text[_text.Tokens[i].Start]) || _lexicon.Find(_text[_text.Tokens[i]]).Is(WordUses.Noun | WordUses.Determiner))
                return false;
        }

        return true;
    }

    // The name that the stretch ends with or is.
    private string? NameIn(int from, int to)
    {
        if (from >= to)
            return null;
        var span = new TextSpan(_text.Tokens[from].Start, _text.Tokens[to - 1].End);
        Entity? found = null;
        foreach (var entity in _people)
        {
            if (span.Contains(entity.Span) && entity.Name.Contains(' ', StringComparison.Ordinal))
                found = entity;
        }

        return found?.Name ?? (IsCapitals(from, to) ? span.Quote(_text.Text) : null);
    }
}
