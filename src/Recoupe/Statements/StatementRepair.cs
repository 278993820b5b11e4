using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Sets right what the order of words gave away: a speaker inside the content.</summary>
/// <remarks>"The council will meet, its chairwoman, Dame Hester Lorne, said": the apposition before the cue is the speaker.</remarks>
internal sealed class StatementRepair
{
    // An apposition is no longer, in words.
    private const int LongestApposition = 12;

    private readonly AnalyzedText _text;
    private readonly SpeakerLexicon _lexicon;
    private readonly ImmutableArray<Entity> _people;

    /// <summary>Reads one text of an article.</summary>
    /// <param name="text">The text or the title.</param>
    /// <param name="lexicon">The words for speakers of its language.</param>
    /// <param name="people">The names of people in it.</param>
    public StatementRepair(AnalyzedText text, SpeakerLexicon lexicon, ImmutableArray<Entity> people)
    {
        _text = text;
        _lexicon = lexicon;
        _people = people;
    }

    /// <summary>The statement as it should read.</summary>
    public Statement Repair(Statement statement) =>
        statement is { Kind: StatementKind.Indirect, Cue: { } cue } ? Apposed(statement, cue) ?? statement : statement;

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

    private bool IsComma(int token) => _text.Tokens[token].Kind == TokenKind.Mark && _text.Text[_text.Tokens[token].Start] == ',';

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
