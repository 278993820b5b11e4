using System.Collections.Immutable;

using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Reads a text once, in order, and links every name and description to the actor that it means.</summary>
/// <remarks>Names bring what stands beside them (titles, roles, appositions); a definite description takes up the actor that it fits,
/// an indefinite one makes a new one known. Searches look back over a bounded number of actors.</remarks>
internal sealed class ActorFinder
{
    // Bounds in tokens and actors, beyond what the press writes: they keep hostile text linear.
    private const int MostSpelled = 32;
    private const int ShortestInitials = 3;
    private const int LongestSpelled = 14; // words that letters in brackets stand for
    private const int LongestDescription = 10;
    private const int LongestPremodifier = 6;
    private const int Remembered = 60;

    private readonly SpeakerLexicon _lexicon;
    private readonly Dictionary<string, Actor> _byName = new(StringComparer.Ordinal);
    private readonly List<Actor> _actors = [];
    private readonly Dictionary<string, string> _spelled = new(StringComparer.Ordinal); // what letters stand for

    public ActorFinder(SpeakerLexicon lexicon) => _lexicon = lexicon;

    /// <summary>The mentions of a text in order. Call it for the body before the title: the actors are shared.</summary>
    public List<Mention> Find(AttributedText text, ImmutableArray<Entity> entities, MediumMentions media)
    {
        var reader = new Reader(this, text, media);
        SpellOut(text);
        var next = 0;
        for (var i = 0; i < text.Count; i++)
        {
            while (next < entities.Length && entities[next].Span.Start < text.Tokens[i].Start)
                next++;
            if (media.At(i) is { } medium)
            {
                reader.AddMedium(medium);
                i = medium.End - 1;
            }
            else if (next < entities.Length && entities[next].Span.Start == text.Tokens[i].Start && !(media.IsNounOf(i) && media.At(i + 1) is not null))
            {
                var end = Math.Max(i + 1, text.Source.TokenAt(entities[next].Span.End));
                reader.AddName(entities[next], i, end);
                i = end - 1;
            }
            else if (text.IsWord(i) && Noun(text, i) is { } word)
            {
                var behind = word.Is(WordUses.Title) && text.IsMark(i + 1, '.') ? i + 2 : i + 1;
                var personFollows = next < entities.Length && behind < text.Count && entities[next].Span.Start == text.Tokens[behind].Start && entities[next].Type == EntityType.Person;
                if (personFollows || word.Roles.IsEmpty || !text.IsCapital(i))
                    reader.AddDescription(i, word, personFollows);
            }
            else if (text.IsWord(i) && text.Speaker(i) is var pronoun && pronoun.Is(WordUses.Pronoun) && !pronoun.Is(WordUses.Determiner | WordUses.SpeakerPronoun | WordUses.RelativePronoun))
            {
                reader.AddPronoun(i, pronoun);
            }
        }

        return reader.Mentions;
    }

    // "la garde des Sceaux": words that stand for a role are one, whatever their noun means alone.
    private SpeakerWord? Noun(AttributedText text, int i)
    {
        var word = text.Speaker(i);
        if (!word.Is(WordUses.Role) && !text.IsCapital(i) && _lexicon.Synonyms.TryMatch(text.Source, i, text.SentenceEnd(i), out var end, out _) && end > i + 1)
            return new SpeakerWord { Uses = WordUses.Role, Field = word.Field };
        if (!word.Roles.IsEmpty && text.IsCapital(i))
            return new SpeakerWord { Uses = WordUses.Role | WordUses.Title, Field = word.Field, Roles = word.Roles }; // "Gov." before a name
        return word.Is(WordUses.Noun) ? word : null;
    }

    /// <summary>An actor for words that no list and no name explains.</summary>
    public Actor Add(string name, SpeakerType type, Gender gender, bool plural, bool isNamed)
    {
        if (isNamed && _byName.TryGetValue(name, out var known))
            return known.Final;
        if (isNamed && NameInitials.IsAcronym(name) && name.Length >= ShortestInitials && CalledInFull(name) is { } called)
            return called;
        var actor = new Actor { Name = name, Type = type, Gender = gender, IsPlural = plural, IsNamed = isNamed, CanSpeak = isNamed };
        _actors.Add(actor);
        if (isNamed)
            _byName[name] = actor;
        return actor;
    }

    private bool IsPersonName(string name) => _lexicon.IsFirstName(name.AsSpan(0, name.IndexOf(' ', StringComparison.Ordinal)), out _);

    // The one person or body of whose name of three words and more the letters are the first ones.
    private Actor? CalledInFull(string letters)
    {
        Actor? found = null;
        foreach (var actor in Recent())
        {
            if (!actor.IsNamed || actor.IsPlace || actor.Type == SpeakerType.Medium || actor.Name.AsSpan().Count(' ') < 2 || !NameInitials.Match(letters, actor.Name))
                continue;
            if (found is not null && found.Name != actor.Name)
                return null;
            found ??= actor;
        }

        return found;
    }

    // "The Board of Quays and Ferries (BQF)": letters in brackets are called as the words before whose first letters they are.
    private void SpellOut(AttributedText text)
    {
        for (var bracket = 1; bracket + 2 < text.Count && _spelled.Count < MostSpelled; bracket++)
        {
            if (!text.IsMark(bracket, '(') || !text.IsMark(bracket + 2, ')'))
                continue;
            var letters = text.Word(bracket + 1);
            if (!NameInitials.IsAcronym(letters) && !NameInitials.MayBeRead(letters))
                continue;
            for (var i = bracket - 1; i >= Math.Max(text.SentenceFirst(bracket), bracket - LongestSpelled) && text.IsWord(i); i--)
            {
                var words = text.Span(i, bracket).In(text.Text);
                if (i == bracket - 1 || !text.IsCapital(i) || Folding.Fold(words[0]) != Folding.Fold(letters[0])
                    || !NameInitials.Match(letters, words))
                    continue;
                _spelled.TryAdd(letters.ToString(), words.ToString());
                break;
            }
        }
    }

    /// <summary>The actors that the article names most, and those of its title.</summary>
    public List<Actor> Main() => [.. _actors.Where(actor => actor.IsNamed && actor.Final == actor && !actor.IsPlace).OrderByDescending(actor => actor.IsInTitle).ThenByDescending(actor => actor.Mentions).Take(10)];

    /// <summary>Takes letters for the one actor whose name they abbreviate: CSM, PPDA. Call it once all names are read.</summary>
    public void JoinInitials()
    {
        var named = _actors.Where(actor => actor.IsNamed && actor.Final == actor && !actor.IsPlace).Take(Remembered * 2).ToList();
        var full = _actors.FindAll(actor => actor.Final == actor && actor.Name.AsSpan().Count(' ') >= 2 && char.IsUpper(actor.Name[0]) && actor.Type != SpeakerType.Medium && (actor.IsNamed || actor.Type == SpeakerType.Organisation));
        foreach (var letters in named.Where(actor => actor.Name.Length is >= 3 and <= 8 && actor.Name.AsSpan().IndexOfAny(' ', '-') < 0 && (NameInitials.IsAcronym(actor.Name) || actor.Name.Length >= 4 && actor.Type == SpeakerType.Organisation)))
        {
            if (full.FindAll(actor => NameInitials.Match(letters.Name, actor.Name)).DistinctBy(actor => actor.Name).ToList() is not [var only] || only.Final == letters.Final)
                continue;
            if (only.IsNamed)
            {
                letters.MergeInto(only);
                continue;
            }

            only.MergeInto(letters);
            letters.Name = only.Name;
        }
    }

    private Actor? PersonCalled(string familyName) => Recent().FirstOrDefault(actor =>
        actor is { IsNamed: true, Type: SpeakerType.Person, IsTypeGuessed: false } && actor.Name.Length > familyName.Length + 1
        && actor.Name.EndsWith(familyName, StringComparison.Ordinal) && actor.Name[^(familyName.Length + 1)] == ' ');

    private IEnumerable<Actor> Recent()
    {
        for (var i = _actors.Count - 1; i >= Math.Max(0, _actors.Count - Remembered); i--)
        {
            if (_actors[i].Final == _actors[i])
                yield return _actors[i];
        }
    }

    private sealed class Reader(ActorFinder finder, AttributedText text, MediumMentions media)
    {
        private readonly ImmutableArray<ClockTime> _clocks = ClockTime.Find(text.Source);

        private readonly SpeakerLexicon _lexicon = finder._lexicon;

        public List<Mention> Mentions { get; } = [];

        private Mention? Last => Mentions.Count > 0 ? Mentions[^1] : null;

        public void AddMedium(MediumMention medium)
        {
            var actor = finder.Add(medium.Name, SpeakerType.Medium, Gender.Unknown, medium.IsCollective, isNamed: true);
            actor.Type = SpeakerType.Medium;
            Add(new Mention { Start = DeterminerBefore(medium.Start), End = medium.End, Head = medium.Start, NameStart = medium.Start, Actor = actor, IsName = true });
        }

        public void AddName(Entity entity, int start, int end)
        {
            var gender = Gender.Unknown;
            // The tagger's word, unless what stands beside the name says otherwise; a shape alone is a guess.
            var person = entity.Type == EntityType.Person;
            var evident = false;
            var from = start;
            string? titleField = null;
            var offices = new List<string>();
            for (var before = start - 1; before >= Math.Max(0, start - 3); before--)
            {
                if (text.IsMark(before, '.') && before > 0 && text.Speaker(before - 1).Is(WordUses.Title))
                    continue;
                if (!text.IsWord(before) || text.Speaker(before) is not { } title || !title.Is(WordUses.Title) || !text.IsCapital(before))
                    break;
                person = true;
                evident = true;
                from = before;
                offices.AddRange(OfficeOf(before, title));
                gender = title.Gender;
                titleField ??= title.Field;
            }

            var nameStart = start;
            while (nameStart < end - 1 && text.Speaker(nameStart) is var first
                && (first.Is(WordUses.Title) && entity.Type != EntityType.Organisation && text.IsCapital(nameStart) || text.IsMark(nameStart, '.') || first.Is(WordUses.Definite)))
            {
                person |= first.Is(WordUses.Title);
                evident |= first.Is(WordUses.Title);
                titleField ??= first.Is(WordUses.Title) ? first.Field : null;
                if (first.Is(WordUses.Title))
                    offices.AddRange(OfficeOf(nameStart, first));
                if (gender == Gender.Unknown && first.Is(WordUses.Title))
                    gender = first.Gender;
                nameStart++;
            }

            if (text.IsWord(nameStart) && _lexicon.IsFirstName(text.Word(nameStart), out var byFirstName) && end > nameStart + 1 && entity.Type != EntityType.Place)
            {
                person |= entity.Type == EntityType.Other;
                evident = true;
                if (gender == Gender.Unknown)
                    gender = byFirstName;
            }

            var words = new List<string>();
            var heads = new List<string>();
            string? field = null;
            var body = false;
            // "les sénateurs PS", "le Snes", "les Farc": neither letters nor what has an article is a person's name.
            var article = from > 0 && text.IsWord(from - 1) ? text.Speaker(from - 1) : SpeakerWord.Nothing;
            var isThing = !evident && (end == nameStart + 1 && NameInitials.HoldsAcronym(text.Word(nameStart)) || article.Is(WordUses.Definite | WordUses.Contracted) || nameStart > start && text.Speaker(start).Is(WordUses.Definite));
            var (wasPerson, wasGender) = (person, gender);
            var roleAt = ReadLeft(from, words, heads, ref field, ref gender, ref person, ref body);
            if (roleAt >= 0 && !body && NameInitials.HoldsAcronym(text.Word(nameStart)) && end == nameStart + 1)
            {
                (roleAt, field, gender, person) = (-1, null, wasGender, wasPerson);
                words.Clear();
                heads.Clear();
            }

            if (entity.Type == EntityType.Person)
                body &= roleAt >= 0 && !evident;
            var name = NameOf(entity, nameStart, end);
            if (finder._spelled.TryGetValue(name, out var full))
            {
                name = full;
                body |= !finder.IsPersonName(full);
            }

            if (body && roleAt >= 0 && entity.Type == EntityType.Person && end == nameStart + 1 && name.Length > entity.Span.Length && DescriptionAt(roleAt) is { Actor.IsNamed: false } named)
            {
                // "la commission Copé" is no person: the surname belongs to the body's name.
                named.Actor.Name = text.Span(named.NameStart, end).Quote(text.Text);
                named.End = end;
                return;
            }

            var type = person && !body ? SpeakerType.Person
                : body || entity.Type is EntityType.Organisation or EntityType.Place ? SpeakerType.Organisation
                : end - nameStart is 2 or 3 ? SpeakerType.Person : SpeakerType.Organisation;
            if (type == SpeakerType.Person && isThing && roleAt < 0)
                (type, person, evident) = (SpeakerType.Organisation, false, true);
            var isFrame = roleAt < 0 && !evident && !body && IsFrame(start, end);
            if (isFrame)
                (type, person) = (SpeakerType.Organisation, false);

            // A family name that the tagger takes for a body: "Fox" after "Martin Fox".
            if (type == SpeakerType.Organisation && entity.Type == EntityType.Organisation && !body && end == nameStart + 1 && finder.PersonCalled(name) is { } called)
                (name, type, person) = (called.Name, SpeakerType.Person, true);
            var isNew = !finder._byName.ContainsKey(name);
            var actor = finder.Add(name, type, gender, plural: false, isNamed: true);
            evident |= roleAt >= 0 || body || entity.Type == EntityType.Organisation && text.Word(start) is { Length: > 1 } shown && char.IsUpper(shown[1]);
            actor.IsTypeGuessed = (isNew || actor.IsTypeGuessed) && !evident && type is SpeakerType.Person or SpeakerType.Organisation;
            actor.IsPlace |= (entity.Type == EntityType.Place || isFrame) && isNew;
            if (type == SpeakerType.Person && actor.Type == SpeakerType.Organisation && person)
                actor.Type = SpeakerType.Person;
            if (actor.Gender == Gender.Unknown)
                actor.Gender = gender == Gender.Unknown && type == SpeakerType.Organisation ? GenderOfDeterminer(from - 1) : gender;
            Actor.AddAll(actor.Words, words);
            Actor.AddAll(actor.Heads, heads);
            if (actor.Type == SpeakerType.Person)
                Actor.AddAll(actor.Heads, offices);
            actor.Field ??= field ?? titleField;
            if (actor.Type == SpeakerType.Organisation)
                Learn(actor, nameStart, end);

            // What described it right before its name is the same: "le président" of "le président Joe Biden", "la ministre des Transports, Léa Morvanne";
            // also where it is written as a title: "Valdorian Prime Minister Oskar Velt".
            if (roleAt >= 0 && DescriptionAt(roleAt) is { } own)
                Take(actor, own);
            else if (from < start && actor.Type == SpeakerType.Person && DescriptionAt(from) is { Actor.Final.IsPlural: false } titled && titled.Head < start)
            {
                from = Math.Min(from, titled.Start);
                Take(actor, titled);
            }
            else if (roleAt < 0 && text.IsMark(from - 1, ',') && DescriptionEndingAt(from - 1) is { } apposed && !(apposed.Actor.Final.IsSource && !apposed.IsFirst) && Fits(apposed.Actor.Final, actor))
                Take(actor, apposed);
            else if (actor.Final.Type == SpeakerType.Person && DescriptionBefore(from) is { } direct && Fits(direct.Actor.Final, actor.Final))
                Take(actor, direct);
            else if (text.IsMark(from - 1, '(') && end == start + 1 && DescriptionEndingAt(from - 1) is { Actor.Type: SpeakerType.Organisation } described && !described.Actor.Final.IsNamed)
            {
                var longer = described.Actor.Final.Name;
                Take(actor, described);
                actor.Type = SpeakerType.Organisation;
                if (longer.Length > actor.Name.Length && char.IsUpper(longer[0]) && longer[0] == actor.Name[0])
                    actor.Name = longer;
            }

            Add(new Mention
            {
                Start = roleAt >= 0 ? Math.Min(from, LeftEdge(roleAt)) : DeterminerBefore(from),
                End = end,
                Head = nameStart,
                NameStart = nameStart,
                Actor = actor.Final,
                IsName = true,
                IsFirst = isNew,
            });
        }

        public void AddPronoun(int at, SpeakerWord word)
        {
            // "Le préfet, lui, attend": beside a noun it is that noun.
            var beside = text.Is(at, WordClasses.Stressed) && text.IsMark(at - 1, ',') && text.IsMark(at + 1) && Last is { } last && last.End == at - 1 && last.Actor.Final.IsPlural == word.Is(WordUses.Plural) ? last.Actor.Final : null;
            var actor = beside ?? new Actor { Name = text.Word(at).ToString(), Type = SpeakerType.Person, Gender = word.Gender, IsPlural = word.Is(WordUses.Plural) };
            Add(new Mention { Start = at, End = at + 1, Head = at, NameStart = at, Actor = actor, Word = word, IsPronoun = true, IsFirst = beside is null });
        }

        public void AddDescription(int head, SpeakerWord word, bool personFollows)
        {
            // The head of a compound comes last in one language, first in the other; a role before its holder's name is read with the name.
            if (_lexicon.HeadIsLast && head + 1 < text.Count && text.IsWord(head + 1) && text.Speaker(head + 1).Is(WordUses.Noun) && !personFollows)
                return;
            if (!_lexicon.HeadIsLast && Last is { IsName: false } compound && compound.Head == head - 1)
                return;
            if (word.Is(WordUses.Medium) && media.IsNounOf(head) && (!word.Is(WordUses.Body | WordUses.Role | WordUses.Document) || media.At(head + 1) is not null))
                return;
            if (text.IsFinite(head) && !word.Is(WordUses.Role))
                return;

            var (start, determiner, owner) = ReadPremodifiers(head);
            if (determiner is null && IsFormer(head, word))
                return;
            var kind = determiner?.Uses ?? WordUses.None;
            var plural = word.Is(WordUses.Plural) || determiner?.Is(WordUses.Plural) == true;
            var isRole = word.Is(WordUses.Role) && !(word.Is(WordUses.Body) && !_lexicon.HeadIsLast && plural);
            var afterName = text.IsMark(start - 1, ',') && Last is { IsName: true } name && name.End == start - 1 && (!name.Actor.Final.IsPlace || isRole && IsPersonByRole(name, kind)) ? Last : null;
            if (determiner is null && afterName is null && !plural && isRole && start != text.SentenceFirst(head) && !personFollows)
                return;

            var words = new List<string>();
            var (end, nameEnd, complement) = ReadPostmodifiers(head, words);
            if (afterName?.Actor.Final.IsPlace == true && !text.IsMark(end, ','))
                afterName = null;
            for (var i = start; i < head; i++)
            {
                if (text.IsWord(i) && !text.Speaker(i).Is(WordUses.Determiner) && !text.Is(i, WordClasses.Of | WordClasses.Possessive))
                    words.Add(Lower(i));
            }

            var noun = Lower(head);
            var nameStart = determiner is null || determiner.Is(WordUses.Possessive) && owner ? start : start + 1;
            var gender = word.Gender != Gender.Unknown || determiner is null || determiner.Is(WordUses.Possessive) ? word.Gender : determiner.Gender;
            var type = isRole ? word.Is(WordUses.Spokesperson) || plural && word.Is(WordUses.Body) ? SpeakerType.Organisation : SpeakerType.Unnamed
                : word.Is(WordUses.Body) ? SpeakerType.Organisation
                : word.Is(WordUses.Group) ? SpeakerType.Unnamed
                : word.Is(WordUses.Document) ? SpeakerType.Document
                : SpeakerType.Medium;
            var description = new Actor
            {
                Name = text.Span(Math.Min(nameStart, head), nameEnd).Quote(text.Text),
                Type = type,
                Gender = gender,
                IsPlural = plural,
                IsNamed = false,
                IsSource = word.Is(WordUses.Source | WordUses.Group),
                CanSpeak = true,
                IsIndefinite = (kind & WordUses.Indefinite) != WordUses.None,
                Field = word.Field,
            };
            description.Heads.Add(noun);
            if (isRole)
                AddSynonyms(head, description.Heads, description.Words);
            Actor.AddAll(description.Words, words);
            if (word.Is(WordUses.Spokesperson) && BodySpokenFor(start, head, complement, nameEnd, owner) is { } spokenFor)
                description.Name = spokenFor;
            else if (word.Is(WordUses.Spokesperson))
                description.Type = SpeakerType.Unnamed;
            if (word.Is(WordUses.Press) && !plural && MediumIn(start, end) is { } employer)
            {
                description.Name = employer;
                description.Type = SpeakerType.Medium;
            }

            Actor? known = null;
            if (_lexicon.HeadIsLast && word.Is(WordUses.Medium) && !plural && Last is { IsName: true, Actor.Final.Type: SpeakerType.Medium } medium && medium.End <= head && head - medium.End <= 1)
            {
                // "Valdoria's state-run Norda news agency": the medium that it names.
                known = medium.Actor.Final;
            }
            else if (afterName is not null && Fits(description, afterName.Actor) && (isRole || type == afterName.Actor.Type || afterName.Actor.IsTypeGuessed))
            {
                known = afterName.Actor;
                known.Know(description);
                if (known.IsTypeGuessed)
                    (known.Type, known.IsTypeGuessed) = (isRole && !word.Is(WordUses.Body) ? SpeakerType.Person : SpeakerType.Organisation, false);
                known.IsPlace &= known.Type != SpeakerType.Person;
            }

            var isFirst = known is null;
            if (known is null)
            {
                known = description;
                finder._actors.Add(description);
            }
            else if (!known.IsNamed && known.Name.Length < description.Name.Length && known.Type == description.Type)
            {
                known.Name = description.Name;
                known.Know(description);
            }

            Add(new Mention { Start = start, End = end, Head = head, NameStart = nameStart, Actor = known, IsFirst = isFirst, Word = word, Determiner = kind, IsPronoun = word.Is(WordUses.Anybody) && (kind & WordUses.Demonstrative) != WordUses.None });
        }

        // "Ada Hill, a nurse, said": a name of several words that might be a place's, and stands nowhere in particular.
        private bool IsPersonByRole(Mention name, WordUses determiner) =>
            (determiner & WordUses.Indefinite) != WordUses.None && name.End - name.NameStart > 1 && !text.Is(name.Start - 1, WordClasses.Preposition | WordClasses.Of);

        // ---------------------------------------------------------------- links

        // Whether a description and a name beside it may be one.
        private static bool Fits(Actor description, Actor name) =>
            (name.IsTypeGuessed && !description.IsNamed && !description.IsSource && description.Type is SpeakerType.Unnamed or SpeakerType.Organisation || name.Type switch
            {
                SpeakerType.Person => description.Type == SpeakerType.Unnamed || description.Type == SpeakerType.Organisation && description.Heads.Count > 0 && description.Field == "spokes",
                SpeakerType.Organisation => description.Type == SpeakerType.Organisation || description.Type == SpeakerType.Unnamed && description.Field == "business",
                _ => name.Type == description.Type,
            })
            && !description.IsPlural
            && (description.Gender == Gender.Unknown || name.Gender == Gender.Unknown || description.Gender == name.Gender || name.Type == SpeakerType.Organisation);

        private void Take(Actor actor, Mention own)
        {
            var (described, field) = (own.Actor.Type, own.Actor.Field);
            if (own.Actor.IsNamed || own.Actor.IsSource && !own.IsFirst)
                own.Actor = actor;
            else
                own.Actor.MergeInto(actor);
            if (actor.Final.IsTypeGuessed && own.Actor.Final == actor.Final && described is SpeakerType.Unnamed or SpeakerType.Organisation)
                (actor.Final.Type, actor.Final.IsTypeGuessed) = ((described == SpeakerType.Unnamed || field == "spokes") && !text.Speaker(own.Head).Is(WordUses.Body) ? SpeakerType.Person : SpeakerType.Organisation, false);
            own.Actor = own.Actor.Final;
        }

        // ---------------------------------------------------------------- noun phrases

        // "En Karvénie, le président …", "In Orrin, the mayor …": where or when, not who.
        private bool IsFrame(int start, int end)
        {
            var before = DeterminerBefore(start) - 1;
            return before >= 0 && text.IsMark(end, ',') && text.IsWord(before) && text.Tag(before) == PartOfSpeech.Adposition
                && CueGroup.Preposition(text, before) is null && (before == text.SentenceFirst(start) || text.IsMark(before - 1));
        }

        // Past a bracket before the token: "la députée (MDV) Anne Sorel".
        private int BeforeBracket(int i)
        {
            if (!text.IsMark(i, ')'))
                return i;
            for (var open = i - 1; open > Math.Max(0, i - 5); open--)
            {
                if (text.IsMark(open, '('))
                    return open - 1;
            }

            return i;
        }

        // Finds the noun before a name that belongs to it; returns its token or -1.
        private int ReadLeft(int from, List<string> words, List<string> heads, ref string? field, ref Gender gender, ref bool person, ref bool body)
        {
            var last = BeforeBracket(from - 1);
            if (last < 0 || !text.IsWord(last) || text.Is(last, WordClasses.Of | WordClasses.Preposition | WordClasses.Coordinator | WordClasses.Determiner))
                return -1;
            for (var i = last; i >= Math.Max(0, from - LongestDescription); i--)
            {
                i = BeforeBracket(i);
                if (!text.IsWord(i) || text.Is(i, WordClasses.Coordinator | WordClasses.Relative | WordClasses.Auxiliary | WordClasses.That | WordClasses.Subordinator))
                    return -1;
                var word = text.Speaker(i);
                if (!word.Is(WordUses.Role | WordUses.Body | WordUses.Document) || IsFormer(i, word))
                {
                    if (text.Is(i, WordClasses.Preposition) && !text.Is(i, WordClasses.Of) && !(_lexicon.HeadIsLast && IsOfOffice(i, from)))
                        return -1;
                    if (text.IsFinite(i) && !text.IsCapital(i))
                        return -1;
                    if (_lexicon.HeadIsLast && i < from - 1 && !IsOfOffice(i, from))
                        return -1;
                    continue;
                }

                if (!word.Is(WordUses.Role) && i + 1 < from && text.Is(from - 1, WordClasses.Of))
                    return -1;

                // "le président de l'Assemblée Paul Durand": the noun belongs to the role before it.
                if (!word.Is(WordUses.Role) && i > 1 && person && (text.Is(i - 1, WordClasses.Of) || text.Is(i - 1, WordClasses.Determiner) && text.Is(i - 2, WordClasses.Of)))
                    continue;
                heads.Add(Lower(i));
                AddSynonyms(i, heads, words);
                for (var k = Math.Max(LeftEdge(i), i - LongestPremodifier); k < from; k++)
                {
                    if (k != i && text.IsWord(k) && !text.Speaker(k).Is(WordUses.Determiner) && !text.Is(k, WordClasses.Of))
                        words.Add(Lower(k));
                }

                field = word.Field;
                if (word.Is(WordUses.Role))
                {
                    person = !word.Is(WordUses.Body) || !_lexicon.HeadIsLast || person;
                    var determiner = GenderOfDeterminer(LeftEdge(i));
                    if (gender == Gender.Unknown)
                        gender = determiner != Gender.Unknown ? determiner : word.Gender;
                }
                else
                {
                    body = true;
                }

                return i;
            }

            return -1;
        }

        // "Secretary of State | Ada Hill", "Ambassador to the United Nations | Ada Hill": a word between an office in capitals and its holder.
        private bool IsOfOffice(int i, int from)
        {
            for (; i > Math.Max(0, from - LongestDescription) && text.IsWord(i); i--)
            {
                if (text.IsCapital(i) && text.Speaker(i).Is(WordUses.Role))
                    return true;
                if (!text.IsCapital(i) && !text.Is(i, WordClasses.Of | WordClasses.Preposition) && !text.Speaker(i).Is(WordUses.Determiner))
                    return false;
            }

            return i >= 0 && text.IsCapital(i) && text.Speaker(i).Is(WordUses.Role);
        }

        // "chef du gouvernement": also known as the prime minister.
        private void AddSynonyms(int head, List<string> heads, List<string> words)
        {
            if (!_lexicon.Synonyms.TryMatch(text.Source, head, Math.Min(text.Count, head + 8), out var end, out var meant) || end == head + 1)
                return;
            foreach (var role in meant)
            {
                var space = role.LastIndexOf(' ');
                Actor.AddAll(heads, [role[(space + 1)..]]);
                if (space > 0)
                    Actor.AddAll(words, [role[..space]]);
            }
        }

        // The start of the noun phrase that a noun heads, its determiner, and whether another noun owns it (the company's spokeswoman).
        private (int Start, SpeakerWord? Determiner, bool Owner) ReadPremodifiers(int head)
        {
            var owner = false;
            for (var i = head - 1; i >= Math.Max(text.SentenceFirst(head), head - LongestPremodifier); i--)
            {
                if (text.IsMark(i, '.') && owner && i > 0 && text.Speaker(i - 1).Is(WordUses.Title))
                    continue; // "Mr. Hill's lawyers"
                if (!text.IsWord(i) && !text.IsOwning(i) || IsOfClock(i))
                    return (i + 1, null, owner);
                var word = text.Speaker(i);
                if (word.Is(WordUses.Determiner) && !(owner && word.Is(WordUses.Possessive) && text.IsOwning(i)))
                    return (i, word, owner);
                if (text.IsOwning(i))
                {
                    owner = true;
                    continue;
                }

                var past = (text.Readings[i].Forms & VerbForms.Finite) != VerbForms.None && !text.Is(i - 1, WordClasses.Determiner) && text.IsFinite(i);
                if (past || text.Is(i, WordClasses.Of | WordClasses.Preposition | WordClasses.Coordinator | WordClasses.Relative | WordClasses.Pronoun | WordClasses.Auxiliary | WordClasses.That | WordClasses.Subordinator | WordClasses.Not | WordClasses.Clitic))
                    return (i + 1, null, owner);
                if (text.Tokens[i].End == text.Tokens[i + 1].Start && i + 1 < head && text.Is(i, WordClasses.Of))
                    return (i + 1, null, owner);
            }

            return (Math.Max(text.SentenceFirst(head), head - LongestPremodifier), null, owner);
        }

        // "At 3 p.m. officials said": the hour is no part of who they are.
        private bool IsOfClock(int token) =>
            Sorted.First(_clocks.AsSpan(), text.Tokens[token].Start, static clock => clock.Span.End - 1) is var at && at < _clocks.Length && _clocks[at].Span.Start <= text.Tokens[token].Start;

        // The end of the phrase as far as it is sure, the end of what is shown, and where a complement begins (-1 if none).
        private (int End, int NameEnd, int Complement) ReadPostmodifiers(int head, List<string> words)
        {
            var complement = -1;
            var end = head + 1;
            for (var i = head + 1; i < Math.Min(text.Count, head + LongestDescription); i++)
            {
                if (text.IsStopInName(i))
                    continue;
                if (!text.IsWord(i) || text.SentenceOf(i) != text.SentenceOf(head))
                    break;
                var word = text.Speaker(i);
                if (word.Is(WordUses.DescriptionEnd) || media.At(i) is not null && !text.Is(i - 1, WordClasses.Of))
                    break;
                if (text.Is(i, WordClasses.Relative | WordClasses.Auxiliary | WordClasses.That | WordClasses.Coordinator | WordClasses.InvertedPronoun | WordClasses.Not | WordClasses.Time | WordClasses.Pronoun | WordClasses.Reflexive | WordClasses.Subordinator))
                    break;
                if (!word.Is(WordUses.Noun) && !text.IsCapital(i) && (text.IsFinite(i) || text.IsPresentParticiple(i) && !_lexicon.HeadIsLast || text.Tag(i) == PartOfSpeech.Adverb))
                    break;
                if (text.Is(i, WordClasses.Of) || word.Is(WordUses.Contracted) && text.Is(i, WordClasses.Of))
                {
                    if (complement < 0)
                        complement = i + 1;
                    continue;
                }

                if (text.Is(i, WordClasses.Channel) || text.Is(i, WordClasses.Preposition) && !_lexicon.HeadIsLast)
                    break;
                if (text.Is(i, WordClasses.Preposition) && complement < 0)
                    complement = i + 1;
                if (text.Is(i, WordClasses.Preposition) || word.Is(WordUses.Determiner))
                    continue;
                if (complement < 0 && _lexicon.HeadIsLast && !text.Is(i, WordClasses.Preposition))
                    break;
                words.Add(Lower(i));
                end = i + 1;
            }

            return (end, end, complement);
        }

        // ---------------------------------------------------------------- small things

        // "Former" is somebody after an article alone.
        private bool IsFormer(int at, SpeakerWord word) => word.Is(WordUses.Anybody) && text.Tag(at) == PartOfSpeech.Adjective;

        // The nouns by which whoever bears a title is taken up: "Gov. Ada Hill", "the governor"; "Me Ada Hill", « l'avocate ».
        private ImmutableArray<string> OfficeOf(int at, SpeakerWord title) => !title.Roles.IsEmpty ? title.Roles : title.Is(WordUses.Role) ? [Lower(at)] : [];

        private string? BodySpokenFor(int start, int head, int complement, int nameEnd, bool owner)
        {
            if (complement >= 0 && complement < nameEnd)
            {
                var from = complement;
                while (from < nameEnd && text.IsWord(from) && text.Speaker(from).Is(WordUses.Determiner))
                    from++;
                return from < nameEnd ? Known(text.Span(from, nameEnd).Quote(text.Text)) : null;
            }

            if (!_lexicon.HeadIsLast)
                return null;
            var first = start;
            var last = head;
            if (owner)
            {
                for (last = head; last > start && !text.IsOwning(last); last--)
                {
                }
            }

            while (first < last && text.IsWord(first) && text.Speaker(first).Is(WordUses.Determiner))
                first++;
            return first < last ? Known(text.Span(first, last).Quote(text.Text)) : null;
        }

        // The full name of a body that is named in short, if it is known already.
        private string Known(string name) => finder._byName.TryGetValue(name, out var actor) ? actor.Final.Name : name;

        private string? MediumIn(int start, int end)
        {
            for (var i = start; i < Math.Min(text.Count, end + 3); i++)
            {
                if (media.At(i) is { } medium)
                    return medium.Name;
                if (i >= end && !text.Is(i, WordClasses.Of | WordClasses.Determiner))
                    break;
            }

            return null;
        }

        // The description whose noun is the token, else the last one whose noun follows it; the names in it come after it.
        private Mention? DescriptionAt(int head)
        {
            Mention? behind = null;
            for (var m = Mentions.Count - 1; m >= Math.Max(0, Mentions.Count - 4) && Mentions[m].Head >= head; m--)
            {
                if (Mentions[m].IsName || Mentions[m].IsPronoun)
                    continue;
                if (Mentions[m].Head == head)
                    return Mentions[m];
                behind ??= Mentions[m];
            }

            return behind;
        }

        // The description that reaches to the token, past the names inside it.
        private Mention? DescriptionEndingAt(int end)
        {
            Mention? found = null;
            for (var m = Mentions.Count - 1; m >= Math.Max(0, Mentions.Count - 5); m--)
            {
                if (!Mentions[m].IsName && !Mentions[m].IsPronoun && Mentions[m].End <= end && end - Mentions[m].End <= 5 && !Mentions[m].Actor.Final.IsNamed
                    && text.SentenceOf(Mentions[m].Head) == text.SentenceOf(end - 1))
                    found = Mentions[m];
            }

            return found;
        }

        // "le président élu américain X", "l'ancienne candidate à la mairie X": the phrase that goes right up to the name.
        private Mention? DescriptionBefore(int from)
        {
            if (_lexicon.HeadIsLast || from == 0 || !text.IsWord(from - 1) || text.Is(from - 1, WordClasses.Of | WordClasses.Preposition | WordClasses.Determiner | WordClasses.Coordinator | WordClasses.Adverb | WordClasses.That | WordClasses.Relative | WordClasses.Subordinator) || text.Speaker(from - 1).Is(WordUses.Determiner))
                return null;
            Mention? found = null;
            for (var m = Mentions.Count - 1; m >= Math.Max(0, Mentions.Count - 5); m--)
            {
                var mention = Mentions[m];
                if (from - mention.Head > LongestDescription || text.SentenceOf(mention.Head) != text.SentenceOf(from) || text.HasFinite(mention.Head + 1, from))
                    break;
                if (mention is { IsName: false, IsPronoun: false, Actor: { IsNamed: false, IsPlural: false } } && mention.Word.Is(WordUses.Role) && mention.Actor.Final == mention.Actor && mention.Determiner != WordUses.None)
                    found = mention;
            }

            return found;
        }

        // An organisation is known by the nouns in its name.
        private void Learn(Actor actor, int start, int end)
        {
            for (var i = start; i < end; i++)
            {
                if (!text.IsWord(i))
                    continue;
                var word = text.Speaker(i);
                if (word.Is(WordUses.Body) && !actor.Heads.Contains(Lower(i)))
                {
                    actor.Heads.Add(Lower(i));
                    actor.Field ??= word.Field;
                }
                else if (!text.Is(i, WordClasses.Of | WordClasses.Determiner))
                {
                    Actor.AddAll(actor.Words, [Lower(i)]);
                }
            }
        }

        private string NameOf(Entity entity, int nameStart, int end)
        {
            var name = entity.Name;
            if (name.Length == entity.Span.Length && nameStart < end && text.Tokens[nameStart].Start > entity.Span.Start)
                name = text.Span(nameStart, end).Quote(text.Text);
            return name;
        }

        private Gender GenderOfDeterminer(int i) =>
            i >= 0 && text.IsWord(i) && text.Speaker(i) is var word && word.Is(WordUses.Determiner) && !word.Is(WordUses.Possessive) ? word.Gender : Gender.Unknown;

        private int DeterminerBefore(int i) => i > 0 && text.IsWord(i - 1) && text.Speaker(i - 1).Is(WordUses.Determiner) ? i - 1 : i;

        private int LeftEdge(int head) => ReadPremodifiers(head).Start;

        private string Lower(int i) => text.Word(i).ToString().ToLowerInvariant();

        private void Add(Mention mention)
        {
            mention.Actor.Mentions++;
            mention.Actor.Final.LastSentence = text.SentenceOf(mention.Head);
            mention.Actor.Final.LastText = text;
            var before = mention.Start - 1;
            mention.IsNested = text.Is(before, WordClasses.Of) || mention.Start < text.Count && text.IsWord(mention.Start) && text.Speaker(mention.Start).Is(WordUses.Contracted)
                || text.IsOwning(mention.End);
            mention.IsSubject = !mention.IsNested && !text.Is(before, WordClasses.Preposition)
                && (mention.Start == text.SentenceFirst(mention.Start) || text.IsFinite(mention.End) || text.Is(mention.End, WordClasses.Clitic | WordClasses.Reflexive | WordClasses.Not | WordClasses.Auxiliary));
            mention.Actor.Final.StandsAlone |= !mention.IsNested;
            Mentions.Add(mention);
        }
    }
}
