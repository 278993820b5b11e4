using System.Collections.Frozen;
using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>The names of one article: settles their types and gives each the fullest form.</summary>
internal sealed class EntityNames
{
    private const int LongestAcronym = 10;
    private const int MostWords = 32; // of a name that a head begins
    private const int MostOfSentence = 200; // words looked at to tell whether it writes its words big
    private const int MostBearers = 64; // of one word of a name: more are no article, and would cost their square

    private readonly NameLists _lists;
    private readonly List<(AnalyzedText Text, bool InTitle)> _texts = [];
    private readonly List<Mention> _mentions = [];
    private readonly Dictionary<string, List<Mention>> _people = []; // of two words or more, by each of their words
    private readonly Dictionary<string, int> _counts = []; // how often each is named in full
    private readonly Dictionary<string, Mention> _firsts = []; // where each is named in full first
    private readonly Dictionary<string, string> _expansions = []; // acronym to full name

    private readonly FrozenDictionary<string, char> _titles; // with the gender that they tell
    private readonly FrozenDictionary<string, char> _firstNames;

    public EntityNames(Language language)
    {
        _lists = NameLists.Of(language);
        (_titles, _firstNames) = (Genders(language, "titles"), Genders(language, "first-names"));
    }

    /// <summary>Takes in the names found in the body or the headline.</summary>
    public void Read(AnalyzedText text, List<NameMention> found, bool inTitle)
    {
        var taken = 0; // the end of the name before
        for (var at = 0; at < found.Count; at++)
        {
            if (found[at].First < taken || Trim(text, Extend(text, WithFirstName(text, found[at], taken), taken)) is not { } name)
                continue;
            taken = name.End;
            if (PersonIn(text, name) is var person and > 0)
            {
                // "Senate | Leader | Phil Bergen": an office between the body and the person belongs to neither.
                var body = person;
                while (body > name.First && (CluesOf(text[text.Tokens[body - 1]]) & (NameClues.Role | NameClues.Title)) != NameClues.None)
                    body--;
                TakeBody(text, name.First, body, inTitle);
                name = new NameMention(person, name.End, EntityType.Person);
            }
            else if (at + 1 < found.Count && found[at + 1].Type == EntityType.Person && OfficeBefore(text, name, found[at + 1].First) is var office && office < name.End)
            {
                TakeBody(text, name.First, office, inTitle);
                continue;
            }

            Take(text, name, inTitle);
        }

        FindExpansions(text, inTitle);
        _texts.Add((text, inTitle));
    }

    // What stands before an office, if anything does.
    private void TakeBody(AnalyzedText text, int first, int end, bool inTitle)
    {
        if (end > first)
            Take(text, new NameMention(first, end, _lists.TypeOf(text.Text, text.Tokens.AsSpan()[first..end]) ?? EntityType.Organisation), inTitle);
    }

    private void Take(AnalyzedText text, NameMention name, bool inTitle)
    {
        var tokens = text.Tokens.AsSpan()[name.First..name.End];
        var listed = _lists.TypeOf(text.Text, tokens);
        var words = new string[tokens.Length];
        for (var i = 0; i < words.Length; i++)
            words[i] = Key(text[tokens[i]]);
        var span = new TextSpan(tokens[0].Start, tokens[^1].End);
        _mentions.Add(new Mention(span, inTitle, listed ?? name.Type, words, text.Text[span.Start..span.End])
        {
            IsListed = listed is not null,
            IsDoubtful = IsDoubtful(text, name with { Type = listed ?? name.Type }),
            Title = tokens.Length == 1 ? TitleBefore(text, name.First) : null, // asked of a lone surname alone
        });
    }

    private static FrozenDictionary<string, char> Genders(Language language, string list) => language.Table("genders of " + list, known => known.Lines(list).Select(line => line.Split('\t')).Where(columns => columns.Length > 1 && columns[1] is "m" or "f")
        .GroupBy(columns => Key(columns[0].TrimEnd('.'))).ToFrozenDictionary(group => group.Key, group => group.First()[1][0], StringComparer.Ordinal));

    // "Mr. | Clinton", "Mme | Vidal": its words and the gender that it tells; null for none.
    private (string Words, char Gender)? TitleBefore(AnalyzedText text, int first)
    {
        var at = first - 1;
        if (at > 0 && text.Tokens[at].Kind == TokenKind.Mark && text[text.Tokens[at]] is ".")
            at--;
        return at >= 0 && text.Tokens[at].Kind == TokenKind.Word && _titles.TryGetValue(Key(text[text.Tokens[at]]).TrimEnd('.'), out var gender)
            ? (text.Text[text.Tokens[at].Start..text.Tokens[first - 1].End], gender) : null;
    }

    // "Mr. Clinton" is not Hillary.
    private bool IsOther(Mention mention, Mention person) =>
        mention.Title is { } title && person.Words.Length > 1 && _firstNames.TryGetValue(person.Words[0], out var gender) && gender != title.Gender;

    // "à l'AFP | Paul Durand", "le président de l'Assemblée | Léa Morvanne": a body and the person after it, taken for one name. 0 if it is one.
    private int PersonIn(AnalyzedText text, NameMention name)
    {
        if (name.End - name.First < 3 || IsFirstName(text, name.First))
            return 0;
        for (var person = name.First + 1; person + 1 < name.End; person++)
        {
            if (!IsCapital(text, person) || !(IsFirstName(text, person) || IsKnownFirstName(text, person)) || text.Tokens[person].Start != text.Tokens[person - 1].End + 1 || !IsCapital(text, person - 1))
                continue;
            return _lists.TypeOf(text.Text, text.Tokens.AsSpan()[name.First..person]) is not null || IsHeldOffice(text, name.First)
                || (CluesOf(text[text.Tokens[person - 1]]) & (NameClues.Role | NameClues.FirstName | NameClues.OrganisationWord)) == NameClues.Role ? person : 0;
        }

        return 0;
    }

    // "Marlow County Sheriff | Newell Tarrant", "Norland Gov. | Ada Hill": where the office begins that stands right before a person, and belongs to neither name; the name's end for none.
    private int OfficeBefore(AnalyzedText text, NameMention name, int person)
    {
        var end = name.End;
        if (end < person && text[text.Tokens[end]] is ".")
            end++;
        if (end != person || text.Tokens[person].Start != text.Tokens[person - 1].End + 1)
            return name.End;
        var office = name.End;
        while (office > name.First && (CluesOf(text[text.Tokens[office - 1]]) & (NameClues.Role | NameClues.Title)) != NameClues.None && !IsFirstName(text, office - 1))
            office--;
        return office;
    }

    // Of "Jean-Paul" the first half tells.
    private bool IsFirstName(AnalyzedText text, int i)
    {
        var word = text[text.Tokens[i]];
        var hyphen = word.IndexOf('-');
        return (CluesOf(hyphen > 0 ? word[..hyphen] : word) & NameClues.FirstName) != NameClues.None;
    }

    private static bool IsKnownFirstName(AnalyzedText text, int i) =>
        (NameKnowledge.Embedded.Of(TextHash.OfFolded(text[text.Tokens[i]])) & (KnownName.FirstName | KnownName.Surname | KnownName.City)) == KnownName.FirstName;

    // "le ministre de la" before the body's name.
    private bool IsHeldOffice(AnalyzedText text, int first)
    {
        for (var i = first - 1; i >= Math.Max(0, first - 3); i--)
        {
            var token = text.Tokens[i];
            if (token.Kind != TokenKind.Word || char.IsUpper(text.Text[token.Start]))
                return false;
            if ((CluesOf(text[token]) & NameClues.Role) != NameClues.None)
                return i < first - 1;
            if (token.Tag is not (PartOfSpeech.Determiner or PartOfSpeech.Adposition))
                return false;
        }

        return false;
    }

    /// <summary>All names, those of the title first.</summary>
    public ImmutableArray<Entity> Resolve()
    {
        AddSurnames();
        DropDoubtful();
        SettleTypes();
        NameBearers();
        foreach (var mention in _mentions)
        {
            if (mention.Type != EntityType.Person || mention.Words.Length < 2)
                continue;
            var key = string.Join(' ', mention.Words);
            var count = _counts[key] = _counts.GetValueOrDefault(key) + 1;
            if (count > 1)
            {
                _firsts[key].Count = count;
                continue;
            }

            _firsts.Add(key, mention);
            mention.Count = 1;
            foreach (var word in mention.Words.Distinct())
            {
                if (!_people.TryGetValue(word, out var people))
                    _people.Add(word, people = []);
                if (people.Count < MostBearers)
                    people.Add(mention);
            }
        }

        // A lone surname is its bearer's, whatever it looked like alone.
        foreach (var mention in _mentions)
        {
            if (mention.Words.Length == 1 && mention.Type != EntityType.Person && !mention.IsListed
                && _people.TryGetValue(mention.Words[0], out var people) && people.Exists(person => person.Words[^1] == mention.Words[0])
                && !_lists.CluesOf(TextHash.Of(mention.Words[0])).HasFlag(NameClues.OrganisationWord))
                mention.Type = EntityType.Person;
        }

        var forms = new Dictionary<string, string>();
        foreach (var mention in _mentions)
        {
            mention.Name = mention.Type switch
            {
                EntityType.Person => FullestPerson(mention),
                EntityType.Organisation or EntityType.Other when mention.Words.Length == 1 && _expansions.TryGetValue(mention.Words[0], out var full) => full,
                _ => mention.Form,
            };
            // Spellings of one name (États-Unis, Etats-Unis) go by the first.
            var spelling = string.Join(' ', mention.Name.Split(' ').Select(word => Key(word)));
            mention.Name = forms.TryGetValue(spelling, out var form) ? form : forms[spelling] = mention.Name;
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
        // "agence" before an agency that the lists hold.
        if (end - first > 1 && char.IsLower(text.Text[text.Tokens[first].Start]) && _lists.TypeOf(text.Text, text.Tokens.AsSpan()[(first + 1)..end]) == EntityType.Organisation)
            first++;
        while (first < end)
        {
            var token = text.Tokens[first];
            var isMark = token.Kind == TokenKind.Mark;
            if (first + 1 < end && char.IsLower(text.Text[token.Start]) && (CluesOf(text[token]) & NameClues.Link) != NameClues.None)
            {
                first++;
                continue;
            }

            var leads = first + 1 < end && !isMark && (CluesOf(text[token]) & NameClues.FirstName) == NameClues.None && (IsTitle(text, token, mention.Type)
                || (token.Tag is PartOfSpeech.Determiner or PartOfSpeech.Adposition && mention.Type != EntityType.Other && IsSmallWord(text, token))
                || (mention.Type == EntityType.Person && token.Tag is PartOfSpeech.Adposition or PartOfSpeech.Subordinator && (CluesOf(text[token]) & NameClues.Particle) == NameClues.None));
            if (!isMark && !leads)
                break;
            first++;
        }

        if (mention.Type == EntityType.Person)
            end = EndOfPerson(text, first, end);
        while (end > first + 1 && char.IsLower(text.Text[text.Tokens[end - 1].Start]) && text.Tokens[end - 1].Tag is PartOfSpeech.Adposition or PartOfSpeech.Determiner or PartOfSpeech.Coordinator)
            end--;
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

    // A person's name ends before a comma and before a word in small letters that is no particle with a name after it.
    private int EndOfPerson(AnalyzedText text, int first, int end)
    {
        for (var i = first + 1; i < end; i++)
        {
            var token = text.Tokens[i];
            if (text.Text[token.Start] is ',' or ':' or ';' or '(')
                return i;
            if (token.Kind == TokenKind.Word && char.IsLower(text.Text[token.Start])
                && (CluesOf(text[token]) & NameClues.Particle) == NameClues.None && token.Span.Length > 2)
                return i;
        }

        return end;
    }

    // "Ligue" + "des quais", "Parti" + "radical", "Commission on" + "Ports", "détroit de" + "Béring": what belongs to a name that a head word begins.
    private NameMention Extend(AnalyzedText text, NameMention mention, int taken)
    {
        var first = HeadBefore(text, mention.First, taken);
        if (first == mention.First && !IsHead(text, first))
            return mention;
        var end = EndAfterHead(text, first, mention.End);
        return end == mention.End && first == mention.First ? mention : new NameMention(first, end, TypeOfHead(text, first));
    }

    private EntityType TypeOfHead(AnalyzedText text, int head)
    {
        var clues = CluesOf(text[text.Tokens[head]]);
        return (clues & NameClues.OrganisationHead) != NameClues.None ? EntityType.Organisation : (clues & NameClues.PlaceHead) != NameClues.None ? EntityType.Place : EntityType.Other;
    }

    // The head that a name belongs to: "Bank of" before England, "cour d'appel de" before Lille, "rue" before Neuve. The name itself if none does.
    private int HeadBefore(AnalyzedText text, int first, int taken)
    {
        var tokens = text.Tokens;
        var at = first - 1;
        while (at >= taken && at > first - 4 && IsLink(text, at) && tokens[at].Tag is not PartOfSpeech.Coordinator)
            at--;
        if (at < taken || tokens[at].Kind != TokenKind.Word)
            return first;
        var links = first - 1 - at;
        for (var between = 0; at >= taken && between < 4; at--, between++)
        {
            if (IsHead(text, at) && (links > 0 || between > 0 || char.IsLower(text.Text[tokens[at].Start])))
            {
                return links > 0 || (CluesOf(text[tokens[at]]) & (NameClues.PlaceHead | NameClues.EventHead)) != NameClues.None ? at : first;
            }

            // "… d'appel", "… judiciaire" between the head and the name's link.
            if (links == 0 || tokens[at].Kind != TokenKind.Word || char.IsUpper(text.Text[tokens[at].Start])
                || !(tokens[at].Tag is PartOfSpeech.Noun or PartOfSpeech.Adjective || (between > 0 && IsLink(text, at))))
                return first;
        }

        return first;
    }

    private int EndAfterHead(AnalyzedText text, int first, int end)
    {
        var tokens = text.Tokens;
        var isBody = IsCapital(text, first) && TypeOfHead(text, first) == EntityType.Organisation && first > 0 && text.Tokens[first - 1].Kind == TokenKind.Word;
        var isEvent = IsCapital(text, first) && TypeOfHead(text, first) == EntityType.Other;
        while (end < Math.Min(tokens.Length, first + MostWords) && tokens[end].Start - tokens[end - 1].End <= 1)
        {
            if (tokens[end].Kind == TokenKind.Word && IsCapital(text, end))
            {
                end++;
            }
            else if (end == first + 1 && (IsAdjective(text, end) || (CluesOf(text[tokens[end]]) & NameClues.Demonym) != NameClues.None))
            {
                end++;
            }
            else
            {
                var after = end;
                while (after < tokens.Length && after < end + 3 && IsLink(text, after))
                    after++;
                // "Coupe du monde", "Jeux olympiques d'été de 2012"
                var ends = after < tokens.Length && after > end
                    && (IsCapital(text, after) ? tokens[after].Tag != PartOfSpeech.Pronoun && (CluesOf(text[tokens[after]]) & NameClues.Time) == NameClues.None && !(tokens[end].Tag == PartOfSpeech.Coordinator && IsHead(text, after))
                        : isBody ? IsComplement(text, end, after)
                        : isEvent && (after == end + 1) && (IsYear(text, after) || (tokens[after].Tag == PartOfSpeech.Noun && tokens[end].Tag == PartOfSpeech.Adposition && end <= first + 2)));
                if (!ends)
                    break;
                end = after + 1;
            }
        }

        return end;
    }

    // A first name right before a lone name is part of it, and makes it a person's.
    private NameMention WithFirstName(AnalyzedText text, NameMention mention, int taken)
    {
        var before = mention.First - 1;
        return mention.End - mention.First == 1 && before >= taken && IsCapital(text, before)
            && text.Tokens[before].End + 1 == text.Tokens[mention.First].Start
            && (CluesOf(text[text.Tokens[before]]) & NameClues.FirstName) != NameClues.None
            ? mention with { First = before, Type = EntityType.Person }
            : WithWordBefore(text, mention, taken);
    }

    // "Rail | Aurelle", "Hurricane | Nadia": a capitalised common word right before a lone name is part of it, unless it is a title or tells where somebody comes from.
    private NameMention WithWordBefore(AnalyzedText text, NameMention mention, int taken)
    {
        var before = mention.First - 1;
        if (mention.End - mention.First > 1 || before < Math.Max(taken, 1) || !IsWrittenBig(text, before) || !IsWrittenBig(text, mention.First) || IsTitleCase(text, mention.First))
            return mention;
        var clues = CluesOf(text[text.Tokens[before]]);
        if ((clues & NotInside) != NameClues.None || !IsCommon(text, before) || IsCapital(text, before - 1) || (mention.End < text.Tokens.Length && IsCapital(text, mention.End)))
            return mention;
        var type = (clues & NameClues.EventWord) != NameClues.None ? EntityType.Other : (clues & NameClues.PlaceWord) != NameClues.None ? EntityType.Place
            : mention.Type == EntityType.Person ? EntityType.Organisation : mention.Type;
        return new NameMention(before, mention.End, type);
    }

    private const NameClues NotInside = NameClues.Title | NameClues.Role | NameClues.Demonym | NameClues.Time | NameClues.FirstName | NameClues.Particle | NameClues.Link;

    // A word with a capital and small letters inside a sentence, right after a word.
    private static bool IsWrittenBig(AnalyzedText text, int i) =>
        i > 0 && IsCapital(text, i) && text.Tokens[i].Span.Length > 2 && char.IsLower(text.Text[text.Tokens[i].Start + 1])
        && (text.Tokens[i - 1].Kind != TokenKind.Mark || text.Text[text.Tokens[i - 1].Start] == ',') && text.Tokens[i].Start - text.Tokens[i - 1].End <= 1
        && text.Tokens[i].Tag is not (PartOfSpeech.Determiner or PartOfSpeech.Pronoun or PartOfSpeech.Adposition or PartOfSpeech.Coordinator or PartOfSpeech.Auxiliary or PartOfSpeech.Subordinator);

    private bool IsCommon(AnalyzedText text, int i) =>
        NameKnowledge.Embedded.CaseOf(TextHash.OfFolded(text[text.Tokens[i]]), _lists.LanguageKey) is KnownCase.Small or KnownCase.MostlySmall or KnownCase.Mixed or KnownCase.MostlyCapital;

    // In a headline that writes its words big a capital tells nothing.
    private static bool IsTitleCase(AnalyzedText text, int i)
    {
        var sentence = text.SentenceAt(text.Tokens[i].Start);
        if (sentence < 0)
            return false;
        int big = 0, all = 0;
        var first = text.TokenAt(text.Sentences[sentence].Start);
        for (var j = first; j < Math.Min(text.Tokens.Length, first + MostOfSentence) && text.Tokens[j].Start < text.Sentences[sentence].End && all < 60; j++)
        {
            if (text.Tokens[j].Kind != TokenKind.Word || text.Tokens[j].Span.Length < 4)
                continue;
            all++;
            big += char.IsUpper(text.Text[text.Tokens[j].Start]) ? 1 : 0;
        }

        return big * 5 >= all * 3;
    }

    private bool IsHead(AnalyzedText text, int i)
    {
        var token = text.Tokens[i];
        if (token.Kind != TokenKind.Word)
            return false;
        var clues = CluesOf(text[token]);
        return (clues & NameClues.Heads) != NameClues.None
            && (char.IsUpper(text.Text[token.Start]) || ((clues & NameClues.SmallHead) != NameClues.None && token.Tag == PartOfSpeech.Noun));
    }

    // "Agence régionale | de santé", "Organisation mondiale | de la santé": a body's field in small letters.
    private bool IsComplement(AnalyzedText text, int link, int noun) =>
        text.Tokens[noun].Tag == PartOfSpeech.Noun && text.Tokens[noun].Kind == TokenKind.Word && _lists.OfWords.Contains(text[text.Tokens[link]])
        && (CluesOf(text[text.Tokens[noun]]) & (NameClues.Time | NameClues.Role)) == NameClues.None;

    private static bool IsYear(AnalyzedText text, int i) => text.Tokens[i].Kind == TokenKind.Number && text.Tokens[i].Span.Length == 4 && text.Text[text.Tokens[i].Start] is '1' or '2';

    private bool IsLink(AnalyzedText text, int i) =>
        char.IsLower(text.Text[text.Tokens[i].Start]) && (CluesOf(text[text.Tokens[i]]) & NameClues.Link) != NameClues.None;

    // In languages whose adjectives follow, those of a name are written small.
    private static bool IsAdjective(AnalyzedText text, int i) =>
        text.Tokens[i].Tag == PartOfSpeech.Adjective && text.Tokens[i].Form.Number != GrammaticalNumber.None && char.IsLower(text.Text[text.Tokens[i].Start]);

    private static bool IsCapital(AnalyzedText text, int i) => text.Tokens[i].Kind == TokenKind.Word && char.IsUpper(text.Text[text.Tokens[i].Start]);

    // A lone capitalised word at the start of a sentence that the tagger takes for a common one.
    private static bool IsDoubtful(AnalyzedText text, NameMention name)
    {
        var token = text.Tokens[name.First];
        if (name.End - name.First > 1 || token.Tag is PartOfSpeech.ProperNoun or PartOfSpeech.Noun or PartOfSpeech.Other
            || (token.Span.Length > 1 && char.IsUpper(text.Text[token.Start + 1])))
            return false;
        if (name.First == 0 || text.Tokens[name.First - 1].Kind == TokenKind.Mark)
            return true;
        var sentence = text.SentenceAt(text.Tokens[name.First].Start);
        return sentence >= 0 && text.Sentences[sentence].Start == text.Tokens[name.First].Start;
    }

    // The surname of somebody named in full elsewhere is a name wherever it stands with its capital.
    private void AddSurnames()
    {
        var surnames = new HashSet<string>();
        foreach (var mention in _mentions)
        {
            if (mention.Type == EntityType.Person && mention.Words.Length > 1 && mention.Words[^1].Length > 3 && !mention.IsListed
                && _lists.CluesOf(TextHash.Of(mention.Words[^1])) == NameClues.None)
                surnames.Add(mention.Words[^1]);
        }

        if (surnames.Count == 0)
            return;
        var lookup = surnames.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> buffer = stackalloc char[48];
        foreach (var (text, inTitle) in _texts)
        {
            var spans = _mentions.Where(mention => mention.InTitle == inTitle).Select(mention => mention.Span).Order().ToList();
            var next = 0;
            for (var i = 0; i < text.Tokens.Length; i++)
            {
                var token = text.Tokens[i];
                if (token.Kind != TokenKind.Word || !char.IsUpper(text.Text[token.Start]) || token.Tag is PartOfSpeech.Determiner or PartOfSpeech.Pronoun or PartOfSpeech.Adposition or PartOfSpeech.Auxiliary or PartOfSpeech.Coordinator
                    || !lookup.TryGetValue(buffer[..LetterFold.Fold(text[token], buffer)], out var surname))
                    continue;
                while (next < spans.Count && spans[next].End <= token.Start)
                    next++;
                if (next == spans.Count || spans[next].Start >= token.End)
                    _mentions.Add(new Mention(token.Span, inTitle, EntityType.Person, [surname], text[token].ToString()) { Title = TitleBefore(text, i) });
            }
        }

        _mentions.Sort((a, b) => a.InTitle != b.InTitle ? a.InTitle.CompareTo(b.InTitle) : a.Span.CompareTo(b.Span));
    }

    private void DropDoubtful()
    {
        var sure = _mentions.Where(mention => !mention.IsDoubtful).SelectMany(mention => mention.Words).ToHashSet();
        _mentions.RemoveAll(mention => mention.IsDoubtful && !mention.IsListed && !sure.Contains(mention.Words[0]));
    }

    private bool IsTitle(AnalyzedText text, Token token, EntityType type) =>
        type == EntityType.Person && (CluesOf(text[token]) & (NameClues.Title | NameClues.Role)) != NameClues.None && (CluesOf(text[token]) & NameClues.FirstName) == NameClues.None;

    // Weekdays and months are no names, nor is an adjective of nationality.
    private bool IsNoName(AnalyzedText text, Token token) =>
        (CluesOf(text[token]) & (NameClues.Time | NameClues.Demonym)) != NameClues.None || token.Tag is PartOfSpeech.Pronoun or PartOfSpeech.Determiner && token.Span.Length < 4;

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

    // "Hugh Hill", where Hill alone is somebody: a first name before a surname, whatever place it looks like.
    private void NameBearers()
    {
        var alone = _mentions.Where(mention => mention.Words.Length == 1 && mention.Type == EntityType.Person).Select(mention => mention.Words[0]).ToHashSet();
        foreach (var mention in _mentions)
        {
            if (mention.Words.Length > 1 && mention.Type == EntityType.Place && !mention.IsListed && alone.Contains(mention.Words[^1]) && _lists.CluesOf(TextHash.Of(mention.Words[0])).HasFlag(NameClues.FirstName))
                mention.Type = EntityType.Person;
        }
    }

    // The bearer of the name whom the article names in full most often, the nearest before it of equals; then the fullest form of that one.
    private string FullestPerson(Mention mention)
    {
        if (!_people.TryGetValue(mention.Words[^1], out var people))
            return mention.Form;
        Mention? best = null;
        var other = false;
        foreach (var person in people)
        {
            if (person.Words.Length <= mention.Words.Length || !IsPartOf(mention.Words, person.Words))
                continue;
            if (IsOther(mention, person))
            {
                other = true;
                continue;
            }

            if (best is null || person.Count > best.Count
                || (person.Count == best.Count && person.Span.Start <= mention.Span.Start && !person.InTitle))
                best = person;
        }

        // Whose first name nobody tells keeps the title that tells them apart.
        if (best is null)
            return other ? $"{mention.Title!.Value.Words} {mention.Form}" : mention.Form;
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

        /// <summary>The title before it that tells a gender; null for none.</summary>
        public (string Words, char Gender)? Title { get; init; }

        /// <summary>How often the same full name stands in the article, told of its first mention.</summary>
        public int Count { get; set; }

        /// <summary>Whether the lists hold it.</summary>
        public bool IsListed { get; init; }

        /// <summary>Whether it may be a common word at the start of a sentence.</summary>
        public bool IsDoubtful { get; init; }
    }
}
