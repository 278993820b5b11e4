using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Who speaks in an attribution, with the words that name them there; both null where nothing tells.</summary>
internal readonly record struct ResolvedSpeaker(TextSpan? Mention, Actor? Actor);

/// <summary>Finds whom the source of each attribution of one text means: names, descriptions, pronouns, and nothing at all for quotations that go on.</summary>
internal sealed class SpeakerResolver(AttributedText text, ActorFinder actors, List<Mention> mentions)
{
    // How far a pronoun may reach back, in mentions and sentences.
    private const int FarthestMention = 40;
    private const int FarthestSentence = 12;

    private readonly List<(int Token, Actor Actor)> _spoken = [];

    /// <summary>The speakers of each attribution, usually one; attributions must come in the order of their cues.</summary>
    public List<ResolvedSpeaker> Resolve(Attribution attribution)
    {
        var at = text.Source.TokenAt((attribution.Cue ?? attribution.Content[0]).Start);
        var speakers = new List<ResolvedSpeaker>();
        var heading = attribution.Cue is null && IsHeading(attribution, at);
        if (attribution.Source is not { } source || heading || IsEmpty(source))
        {
            speakers.Add(heading ? default : attribution.Source is null ? new ResolvedSpeaker(null, Unmentioned(attribution, at)) : Subject(at));
        }
        else
        {
            var start = text.Source.TokenAt(source.Start);
            var end = text.Source.TokenAt(source.End);
            if (Several(start, end) is { Count: > 1 } several)
            {
                foreach (var mention in several)
                    speakers.Add(new ResolvedSpeaker(text.Span(mention.Start, Math.Min(mention.End, end)), mention.Actor.Final));
            }
            else
            {
                if (AgentHead(start) is { } agent)
                    speakers.Add(new ResolvedSpeaker(agent.Span(text), agent.Actor.Final));
                else
                    speakers.Add(One(start, end, attribution) is { } actor ? new ResolvedSpeaker(WithApposition(source, start, end, actor), actor) : new ResolvedSpeaker(source, null));
            }
        }

        foreach (var speaker in speakers)
        {
            if (speaker.Actor is { } actor)
                _spoken.Add((at, actor));
        }

        return speakers;
    }

    // "l'un des responsables cités par X évoque": whoever is quoted speaks, not the agent.
    private Mention? AgentHead(int start)
    {
        if (!text.Is(start, WordClasses.By) || start < 2 || !text.IsWord(start - 1))
            return null;
        for (var m = FirstMention(start) - 1; m >= 0 && start - mentions[m].Head <= 6; m--)
        {
            if (!mentions[m].IsName && mentions[m].End <= start && start - mentions[m].End <= 1)
                return mentions[m];
        }

        return null;
    }

    // A name beside its description belongs to the words that name the speaker: "le maire de Sorne, Paul Durand".
    private TextSpan WithApposition(TextSpan source, int start, int end, Actor actor)
    {
        for (var m = FirstMention(end); m < mentions.Count && mentions[m].Start <= end + 1; m++)
        {
            if (mentions[m].IsName && mentions[m].Actor.Final == actor && text.IsMark(mentions[m].Start - 1, ',') && actor.IsNamed && !text.IsQuoted(mentions[m].Head))
                return source.Union(mentions[m].Span(text));
        }

        for (var m = FirstMention(start) - 1; m >= 0 && mentions[m].End >= start - 1; m--)
        {
            if (mentions[m].IsName && mentions[m].End == start - 1 && text.IsMark(start - 1, ',') && mentions[m].Actor.Final == actor && actor.IsNamed)
                return source.Union(mentions[m].Span(text));
        }

        return source;
    }

    // A quotation without cue goes on with who spoke last, if that was near.
    private Actor? Unmentioned(Attribution attribution, int at)
    {
        if (_spoken.Count == 0)
            return null;
        var (token, actor) = _spoken[^1];
        var sentences = text.SentenceOf(at) - text.SentenceOf(token);
        return sentences <= (attribution.Cue is null || text.Lexicon.FirstWords.Contains(text.Word(at)) ? 4 : 0) ? actor.Final : null;
    }

    // Words that name nobody: "après", "d'".
    private bool IsEmpty(TextSpan source)
    {
        var end = text.Source.TokenAt(source.End);
        for (var i = text.Source.TokenAt(source.Start); i < end; i++)
        {
            if (!text.IsWord(i))
                continue;
            if (text.Classes[i] == WordClasses.None || text.Is(i, WordClasses.Pronoun | WordClasses.Relative | WordClasses.InvertedPronoun | WordClasses.Stressed | WordClasses.Possessive | WordClasses.ObjectPronoun) || text.Speaker(i).Is(WordUses.Pronoun | WordUses.Noun | WordUses.Indefinite))
                return false;
        }

        return true;
    }

    // The subject of the sentence before the token.
    private ResolvedSpeaker Subject(int at)
    {
        for (var m = FirstMention(at) - 1; m >= 0 && text.SentenceOf(mentions[m].Head) == text.SentenceOf(at); m--)
        {
            if (mentions[m].IsSubject && !text.IsQuoted(mentions[m].Head))
                return new ResolvedSpeaker(mentions[m].Span(text), mentions[m].Actor.Final);
        }

        return default;
    }

    // A short quotation that is a line of its own, without a full stop, heads what follows.
    private bool IsHeading(Attribution attribution, int at)
    {
        var first = at > 0 && text.IsMark(at - 1) ? at - 1 : at;
        var end = text.Source.TokenAt(attribution.Content[^1].End);
        return text.StartsParagraph[first] && end - at <= 16 && !text.IsMark(end - 1, '.') && !text.IsMark(end, '.')
            && (end + 1 >= text.Count || text.StartsParagraph[end + 1] || text.StartsParagraph[Math.Min(end, text.Count - 1)]);
    }

    // "X and Y said": mentions parted by nothing but commas and a coordinator.
    private List<Mention>? Several(int start, int end)
    {
        List<Mention>? found = null;
        var coordinated = false;
        for (var m = FirstMention(start); m < mentions.Count && mentions[m].Head < end; m++)
        {
            var mention = mentions[m];
            if (found is null)
            {
                if (mention.Start > start + 1 || !(mention.IsName || text.Is(mention.Start, WordClasses.Determiner)))
                    return null;
                found = [mention];
                continue;
            }

            var last = found[^1];
            if (mention.Start < last.End)
                continue;
            var between = mention.Start - last.End;
            var joined = between is 1 or 2 && (text.Is(last.End, WordClasses.Coordinator) || text.IsMark(last.End, ',') && (between == 1 || text.Is(last.End + 1, WordClasses.Coordinator)));
            if (!joined || mention.IsName != last.IsName || mention.Actor.Final == last.Actor.Final || !mention.IsName && mention.Actor.Final.IsNamed)
                break;
            coordinated |= text.Is(mention.Start - 1, WordClasses.Coordinator);
            found.Add(mention);
        }

        return coordinated ? found : null;
    }

    /// <summary>The attribution with a source that reaches back to whom a relative clause tells of: "the official who confirmed [the news to the BBC] says".</summary>
    public Attribution Widen(Attribution attribution)
    {
        if (attribution.Source is not { } source || attribution.Cue is not { } cue || cue.Start < source.End)
            return attribution;
        var start = text.Source.TokenAt(source.Start);
        for (var i = start - 1; i > Math.Max(text.SentenceFirst(start), start - 8); i--)
        {
            if (!text.IsWord(i))
                break;
            if (!text.Is(i, WordClasses.Relative) || !HasVerb(i + 1, start + 1))
                continue;
            for (var m = FirstMention(i) - 1; m >= 0 && i - mentions[m].Head <= 8; m--)
            {
                if (mentions[m].End == i && !mentions[m].IsNested)
                    return attribution with { Source = source.Union(mentions[m].Span(text)) };
            }

            break;
        }

        return attribution;
    }

    private bool HasVerb(int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (text.Is(i, WordClasses.Auxiliary) || text.IsFinite(i) || !text.Readings[i].Verbs.IsEmpty)
                return true;
        }

        return false;
    }

    private Actor? One(int start, int end, Attribution attribution)
    {
        var first = start;
        while (first < end - 1 && (text.IsMark(first) || text.Is(first, WordClasses.Adverb) && !text.Is(first, WordClasses.Pronoun)))
            first++;
        Mention? found = null;
        for (var m = FirstMention(start); m < mentions.Count && mentions[m].Head < end; m++)
        {
            if (found is null || found.IsNested && !mentions[m].IsNested && (found.Start > first + 1 || mentions[m].Start <= found.Start) || found.IsName && mentions[m].Start <= found.Start && mentions[m].Head >= found.End)
                found = mentions[m];
        }

        // "l'un des porte-parole, Paul Durand".
        if (found is { IsName: false, Actor.Final: var described } && (described.IsPlural || !described.IsSource) && FirstMention(end) is > 0 and var after && mentions[after - 1] is { IsName: true, Actor.Final.Type: SpeakerType.Person } apposed && apposed.Head > found.Head
            && text.IsMark(apposed.Start - 1, ',') && apposed.Actor.Final != found.Actor.Final)
            return apposed.Actor.Final;

        var word = text.Speaker(first);
        if (word.Is(WordUses.Pronoun) && (found is null || found.Head > first) && !(word.Is(WordUses.Determiner) && end > first + 1))
            return Pronoun(first, word, attribution);
        if (found is not null && (!found.IsNested || found.Start <= first || IsPartitive(first, found.Start)))
        {
            var actor = found.Actor.Final;
            // What the attribution takes for the speaker bounds the description better than the words around it.
            if (!actor.IsNamed && found.IsFirst && actor == found.Actor && actor.Type is SpeakerType.Unnamed or SpeakerType.Document or SpeakerType.Organisation && actor.Heads.Count > 0 && !IsSpokesperson(found.Head))
                actor.Name = Describe(found.NameStart, Math.Max(found.End, end), found.End);
            return actor;
        }

        if (first >= end || !text.IsWord(first) && text.Tokens[first].Kind != TokenKind.Number)
            return null;
        var nameStart = first;
        while (nameStart < end - 1 && text.Speaker(nameStart).Is(WordUses.Determiner))
            nameStart++;
        var name = Describe(nameStart, end, nameStart + 1);
        var named = text.IsCapital(nameStart) && (nameStart != text.SentenceFirst(nameStart) || nameStart == first && text.Classes[first] == WordClasses.None && end - first <= 4);
        var plural = first < nameStart && text.Speaker(first).Is(WordUses.Plural);
        return actors.Add(name, named ? SpeakerType.Organisation : SpeakerType.Unnamed, Gender.Unknown, plural, named);
    }

    private bool IsSpokesperson(int head) => text.Speaker(head).Is(WordUses.Spokesperson | WordUses.Press);

    // "l'un des responsables", "deux des associations", "some of the officials".
    private bool IsPartitive(int first, int start)
    {
        for (var i = first; i < start; i++)
        {
            if (text.Tokens[i].Kind != TokenKind.Number && !text.Is(i, WordClasses.Determiner | WordClasses.Of | WordClasses.Pronoun) && !text.Speaker(i).Is(WordUses.Determiner))
                return false;
        }

        return true;
    }

    private string Describe(int start, int end, int least)
    {
        var to = Math.Min(least, end);
        while (to < end && text.IsWord(to) && !text.Speaker(to).Is(WordUses.DescriptionEnd) && !text.Is(to, WordClasses.Relative))
            to++;
        while (to > start + 1 && (text.IsMark(to - 1) || text.Is(to - 1, WordClasses.Of | WordClasses.Preposition | WordClasses.Determiner)))
            to--;
        return text.Span(start, to).Quote(text.Text);
    }

    private Actor? Pronoun(int at, SpeakerWord pronoun, Attribution attribution)
    {
        if (pronoun.Is(WordUses.SpeakerPronoun))
            return null;
        var sentence = text.SentenceOf(at);
        if (pronoun.Is(WordUses.RelativePronoun))
        {
            for (var m = FirstMention(at) - 1; m >= 0 && text.SentenceOf(mentions[m].Start) == sentence; m--)
            {
                if (mentions[m].End <= at && !mentions[m].IsNested)
                    return mentions[m].Actor.Final;
            }

            return null;
        }

        var plural = pronoun.Is(WordUses.Plural);
        var quoted = text.IsQuoted(at);
        Actor? best = null;
        var bestScore = double.NegativeInfinity;
        var previous = _spoken.Count > 0 ? _spoken[^1].Actor.Final : null;
        var oldest = Math.Max(0, FirstMention(at) - FarthestMention);
        for (var m = FirstMention(at) - 1; m >= oldest; m--)
        {
            var mention = mentions[m];
            var distance = sentence - text.SentenceOf(mention.Head);
            if (distance > FarthestSentence)
                break;
            if (!quoted && text.IsQuoted(mention.Head) || attribution.Kind == StatementKind.Direct && attribution.Content[0].Contains(text.Tokens[mention.Head].Start) || !Agrees(mention.Actor.Final, pronoun, plural))
                continue;
            var score = Score(mention, mention.Actor.Final, pronoun, distance, previous, attribution);
            if (score > bestScore)
                (best, bestScore) = (mention.Actor.Final, score);
        }

        if (previous is not null && Agrees(previous, pronoun, plural) && _spoken.Count > 0)
        {
            var distance = sentence - text.SentenceOf(_spoken[^1].Token);
            var score = distance <= FarthestSentence ? 8 + TypeBonus(previous, pronoun) - 1.2 * distance : double.NegativeInfinity;
            if (score > bestScore)
                best = previous;
        }

        if (best is { IsTypeGuessed: true })
        {
            best.IsTypeGuessed = false;
            if (pronoun.Is(WordUses.BodyPronoun | WordUses.PersonPronoun))
                best.Type = pronoun.Is(WordUses.BodyPronoun) ? SpeakerType.Organisation : SpeakerType.Person;
        }

        if (best is { Gender: Gender.Unknown, Type: SpeakerType.Person })
            best.Gender = pronoun.Gender;
        return best;
    }

    private double Score(Mention mention, Actor actor, SpeakerWord pronoun, int distance, Actor? previous, Attribution attribution)
    {
        var score = 3 - 2.0 * Math.Min(distance, 5) + TypeBonus(actor, pronoun);
        if (mention.IsSubject)
            score += 2.5;
        if (mention.IsNested)
            score -= 3;
        if (mention.IsName)
            score += 0.5;
        if (actor == previous)
            score += 2.5;
        else if (_spoken.Count < 200 && _spoken.Exists(spoken => spoken.Actor.Final == actor))
            score += 2;

        // Who acts in the sentence right before, after somebody else spoke, is spoken of now.
        if (distance == 1 && mention.IsSubject && actor != previous && actor.Type is SpeakerType.Person or SpeakerType.Unnamed && _spoken.Count > 0 && text.SentenceOf(_spoken[^1].Token) < text.SentenceOf(mention.Head)
            && mention.Start <= text.SentenceFirst(mention.Head) + 1)
            score += 5;
        if (actor.Type == SpeakerType.Document && !mention.IsSubject)
            score -= 3;
        score += 0.3 * Math.Min(actor.Mentions, 5);
        if (distance == 0 && attribution.Content[0].Contains(text.Tokens[mention.Head].Start))
            score -= 2;
        return score;
    }

    private static double TypeBonus(Actor actor, SpeakerWord pronoun)
    {
        var bonus = actor.Type switch
        {
            SpeakerType.Person => 2,
            SpeakerType.Unnamed => 1.5,
            SpeakerType.Organisation => 0,
            _ => -1,
        };
        if (pronoun.Is(WordUses.BodyPronoun))
            bonus = actor.IsTypeGuessed ? 1 : actor.Type is SpeakerType.Organisation ? 2 : actor.Type is SpeakerType.Document or SpeakerType.Medium ? 1 : -5;
        return bonus + (actor.Gender == Gender.Unknown ? actor.IsTypeGuessed && !pronoun.Is(WordUses.BodyPronoun) ? -3 : -1 : pronoun.Gender == Gender.Unknown ? 0 : 0.5);
    }

    private static bool Agrees(Actor actor, SpeakerWord pronoun, bool plural)
    {
        if (pronoun.Gender != Gender.Unknown && actor.Gender != Gender.Unknown && actor.Gender != pronoun.Gender)
            return false;
        if (plural != actor.IsPlural && !pronoun.Is(WordUses.AnyNumber) && !(plural && actor.Type == SpeakerType.Organisation && pronoun.Gender == Gender.Unknown))
            return false;
        if (pronoun.Is(WordUses.PersonPronoun))
            return actor.IsTypeGuessed && !actor.IsPlace || actor.Type is SpeakerType.Person or SpeakerType.Unnamed || actor.Type == SpeakerType.Organisation && !actor.IsNamed && actor.Field == "spokes";
        return !pronoun.Is(WordUses.BodyPronoun) || actor.IsTypeGuessed || actor.Type is not (SpeakerType.Person or SpeakerType.Unnamed);
    }

    // The index of the first mention whose head stands at or after the token.
    private int FirstMention(int token)
    {
        int low = 0, high = mentions.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (mentions[middle].Head < token)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
