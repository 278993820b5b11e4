using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>The names of one article: settles their types and gives each the fullest form.</summary>
internal sealed class EntityNames
{
    private const int LongestAcronym = 10;

    private readonly NameLists _lists;
    private readonly List<Mention> _mentions = [];
    private readonly Dictionary<string, List<Mention>> _people = []; // of two words or more, by each of their words
    private readonly Dictionary<string, string> _expansions = []; // acronym to full name

    public EntityNames(Language language) => _lists = NameLists.Of(language);

    /// <summary>Takes in the names found in the body or the headline.</summary>
    public void Read(AnalyzedText text, List<NameMention> found, bool inTitle)
    {
        foreach (var mention in found)
        {
            if (Trim(text, mention) is not { } name)
                continue;
            var words = new string[name.End - name.First];
            for (var i = 0; i < words.Length; i++)
                words[i] = Key(text[text.Tokens[name.First + i]]);
            _mentions.Add(new Mention(
                new TextSpan(text.Tokens[name.First].Start, text.Tokens[name.End - 1].End), inTitle, name.Type, words,
                text.Text[text.Tokens[name.First].Start..text.Tokens[name.End - 1].End]));
        }

        FindExpansions(text, inTitle);
    }

    /// <summary>All names, those of the title first.</summary>
    public ImmutableArray<Entity> Resolve()
    {
        SettleTypes();
        foreach (var mention in _mentions)
        {
            if (mention.Type != EntityType.Person || mention.Words.Length < 2)
                continue;
            foreach (var word in mention.Words.Distinct())
            {
                if (!_people.TryGetValue(word, out var people))
                    _people.Add(word, people = []);
                people.Add(mention);
            }
        }

        // A lone surname is its bearer's, whatever it looked like alone.
        foreach (var mention in _mentions)
        {
            if (mention.Words.Length == 1 && mention.Type is EntityType.Organisation or EntityType.Other
                && _people.TryGetValue(mention.Words[0], out var people) && people.Exists(person => person.Words[^1] == mention.Words[0])
                && !_lists.CluesOf(TextHash.Of(mention.Words[0])).HasFlag(NameClues.OrganisationWord))
                mention.Type = EntityType.Person;
        }

        var forms = new Dictionary<string, string>();
        var organisations = _mentions.Where(mention => mention.Type == EntityType.Organisation && mention.Words.Length > 1).ToList();
        for (var i = 0; i < _mentions.Count; i++)
        {
            var mention = _mentions[i];
            mention.Name = mention.Type switch
            {
                EntityType.Person => FullestPerson(mention, i),
                EntityType.Organisation or EntityType.Other when mention.Words.Length == 1 && _expansions.TryGetValue(mention.Words[0], out var full) => full,
                _ => mention.Form,
            };
            // Spellings of one name (États-Unis, Etats-Unis) go by the first.
            var key = string.Join(' ', mention.Name.Split(' ').Select(word => Key(word)));
            mention.Name = forms.TryGetValue(key, out var form) ? form : forms[key] = mention.Name;
        }

        return [.. _mentions.OrderByDescending(mention => mention.InTitle).ThenBy(mention => mention.Span)
            .Select(mention => new Entity(mention.Span, mention.Type, mention.Name!, mention.InTitle))];
    }

    // Case and accents aside.
    private static string Key(ReadOnlySpan<char> word)
    {
        Span<char> buffer = stackalloc char[Math.Min(word.Length, 48)];
        return new string(buffer[..LetterFold.Fold(word, buffer)]);
    }

    // Without titles and articles before it, and without marks at its ends.
    private NameMention? Trim(AnalyzedText text, NameMention mention)
    {
        int first = mention.First, end = mention.End;
        while (first < end)
        {
            var token = text.Tokens[first];
            var isMark = token.Kind == TokenKind.Mark;
            var leads = first + 1 < end && !isMark && (IsTitle(text, token, mention.Type)
                || (token.Tag is PartOfSpeech.Determiner or PartOfSpeech.Adposition && mention.Type != EntityType.Other && IsSmallWord(text, token)));
            if (!isMark && !leads)
                break;
            first++;
        }

        while (end > first && text.Tokens[end - 1].Kind == TokenKind.Mark && text[text.Tokens[end - 1]] is not ("!" or "+" or "."))
            end--;
        // A full stop belongs to an initial or an abbreviation, not to the sentence.
        if (end - first > 1 && text[text.Tokens[end - 1]] is "." && text.Tokens[end - 2].Span.Length > 3)
            end--;
        if (first >= end || text.Tokens[first].Kind == TokenKind.Number && end - first == 1)
            return null;
        if (end - first == 1 && IsNoName(text, text.Tokens[first]))
            return null;
        return mention with { First = first, End = end };
    }

    private bool IsTitle(AnalyzedText text, Token token, EntityType type) =>
        type == EntityType.Person && (CluesOf(text[token]) & (NameClues.Title | NameClues.Role)) != NameClues.None && (CluesOf(text[token]) & NameClues.FirstName) == NameClues.None;

    // Weekdays and months are no names, nor is an adjective of nationality.
    private bool IsNoName(AnalyzedText text, Token token) =>
        (CluesOf(text[token]) & NameClues.Time) != NameClues.None || token.Tag is PartOfSpeech.Pronoun or PartOfSpeech.Determiner && token.Span.Length < 4;

    private static bool IsSmallWord(AnalyzedText text, Token token) => token.Span.Length <= 4 && (char.IsLower(text.Text[token.Start]) || token.Tag == PartOfSpeech.Determiner);

    private NameClues CluesOf(ReadOnlySpan<char> word)
    {
        if (word.Length > 32)
            return NameClues.None;
        Span<char> buffer = stackalloc char[word.Length];
        for (var i = 0; i < word.Length; i++)
            buffer[i] = word[i] == '’' ? '\'' : char.ToLowerInvariant(word[i]);
        return _lists.CluesOf(TextHash.Of(buffer.TrimEnd('.')));
    }

    // "Ligue des quais (LDQ)", "LDQ (Ligue des quais)".
    private void FindExpansions(AnalyzedText text, bool inTitle)
    {
        for (var i = 0; i + 1 < _mentions.Count; i++)
        {
            var (full, brief) = (_mentions[i], _mentions[i + 1]);
            if (full.InTitle != inTitle || brief.InTitle != inTitle || brief.Span.Start - full.Span.End is < 1 or > 4
                || !text.Text.AsSpan(full.Span.End, brief.Span.Start - full.Span.End).TrimStart().SequenceEqual("("))
                continue;
            if (full.Words.Length == 1 && brief.Words.Length > 1)
                (full, brief) = (brief, full);
            if (brief.Words.Length == 1 && full.Words.Length > 1 && Abbreviates(brief, full))
                _expansions.TryAdd(brief.Words[0], full.Form);
        }
    }

    private static bool Abbreviates(Mention brief, Mention full)
    {
        if (brief.Form.Length is < 2 or > LongestAcronym || !char.IsUpper(brief.Form[0]) || full.Words[0][0] != brief.Words[0][0])
            return false;
        var letters = brief.Words[0].Where(char.IsLetter).ToList();
        var found = 0;
        foreach (var word in full.Words)
        {
            if (found < letters.Count && word[0] == letters[found])
                found++;
        }

        return found * 2 >= letters.Count && found >= 2;
    }

    // One name has one type in an article: that of most mentions, the longest forms first.
    private void SettleTypes()
    {
        foreach (var group in _mentions.GroupBy(mention => string.Join(' ', mention.Words)))
        {
            var mentions = group.ToList();
            if (mentions.Count == 1)
                continue;
            var votes = new int[4];
            foreach (var mention in mentions)
                votes[(int)mention.Type]++;
            var best = Array.IndexOf(votes, votes.Max());
            if (votes[best] * 2 <= mentions.Count)
                continue;
            foreach (var mention in mentions)
                mention.Type = (EntityType)best;
        }
    }

    // The nearest bearer of the name before it, else the first after it; then the fullest form of that one.
    private string FullestPerson(Mention mention, int at)
    {
        if (!_people.TryGetValue(mention.Words[^1], out var people))
            return mention.Form;
        Mention? best = null;
        foreach (var person in people)
        {
            if (person.Words.Length <= mention.Words.Length || !IsPartOf(mention.Words, person.Words))
                continue;
            if (best is null || person.Span.Start <= mention.Span.Start && !person.InTitle)
                best = person;
            if (person.Span.Start > mention.Span.Start && !person.InTitle)
                break;
        }

        if (best is null)
            return mention.Form;
        foreach (var person in people)
        {
            if (person.Words.Length > best.Words.Length && IsPartOf(best.Words, person.Words))
                best = person;
        }

        return best.Form;
    }

    // Its words in the same order, its last word the last; a first name alone stands for its bearer too.
    private static bool IsPartOf(string[] brief, string[] full)
    {
        if (brief.Length == 1 && brief[0] == full[0])
            return true;
        if (brief[^1] != full[^1])
            return false;
        var i = 0;
        foreach (var word in full)
        {
            if (i < brief.Length && word == brief[i])
                i++;
        }

        return i == brief.Length;
    }

    private sealed class Mention(TextSpan span, bool inTitle, EntityType type, string[] words, string form)
    {
        public TextSpan Span => span;

        public bool InTitle => inTitle;

        public EntityType Type { get; set; } = type;

        public string[] Words => words;

        public string Form => form;

        public string? Name { get; set; }
    }
}
