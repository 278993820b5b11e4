using System.Collections.Immutable;

using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Statements;

/// <summary>Who speaks in an attribution, with the words that name them there; both null where nothing tells.</summary>
internal readonly record struct ResolvedSpeaker(TextSpan? Mention, Actor? Actor);

/// <summary>Finds whom the source of each attribution of one text means: names, descriptions, pronouns, and nothing at all for quotations that go on.</summary>
internal sealed class SpeakerResolver(AttributedText text, ActorFinder actors, List<Mention> mentions)
{
    private const int LongestOpening = 4; // words between a preposition and the noun of where somebody speaks: "du côté de la"

    private Mention? _whereabouts; // where whoever spoke last was
    /// <summary>The speakers of each attribution, usually one; attributions must come in the order of their cues.</summary>
    public List<ResolvedSpeaker> Resolve(Attribution attribution)
    {
        var at = text.Source.TokenAt((attribution.Cue ?? attribution.Content[0]).Start);
        var speakers = new List<ResolvedSpeaker>();
        var heading = attribution.Cue is null && IsHeading(attribution, at);
        if (attribution.Source is not { } source || heading || IsEmpty(source))
        {
            speakers.Add(heading ? default : attribution.Source is null ? new ResolvedSpeaker(null, Unmentioned(attribution)) : Subject(at));
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
                if (Whereabouts(start, end, attribution) is { } place)
                    speakers.Add(new ResolvedSpeaker(text.Span(place.Start, Math.Max(place.End, place.Head + 1)), (_whereabouts = place).Actor.Final));
                else if (_whereabouts is { } same && end - start == 1 && text.Is(start, WordClasses.InvertedPronoun) && text.Speaker(start).Is(WordUses.ImpersonalPronoun))
                    speakers.Add(new ResolvedSpeaker(source, same.Actor.Final));
                else if (AgentHead(start) is { } agent)
                    speakers.Add(new ResolvedSpeaker(agent.Span(text), agent.Actor.Final));
                else
                    speakers.Add(One(start, end) is { } actor ? new ResolvedSpeaker(WithApposition(source, start, end, actor), actor) : new ResolvedSpeaker(source, null));
            }
        }

        return speakers;
    }

    // "dit-on à la mairie", "à la préfecture, on assure": who is not told is told by where.
    private Mention? Whereabouts(int start, int end, Attribution attribution)
    {
        var at = start;
        while (at < end && !text.IsWord(at))
            at++;
        if (at >= end || !text.Speaker(at).Is(WordUses.ImpersonalPronoun))
            return null;
        var after = Math.Max(end, attribution.Cue is { } cue ? text.Source.TokenAt(cue.End) : end);
        for (var skipped = 0; skipped < 2 && (text.Is(after, WordClasses.Time) || text.Tag(after) == PartOfSpeech.Adverb); skipped++)
            after++;
        return Inside(after, Math.Min(after + LongestOpening + 1, text.SentenceEnd(start))) ?? Inside(text.SentenceFirst(start), start);

        Mention? Inside(int from, int to)
        {
            if (from >= to || text.Tag(from) != PartOfSpeech.Adposition && !text.Speaker(from).Is(WordUses.Contracted))
                return null;
            for (var m = FirstMention(from); m < mentions.Count && mentions[m].Head < to; m++)
            {
                if (mentions[m].Actor.Final.Type is not SpeakerType.Document && mentions[m].Start <= from + LongestOpening)
                    return mentions[m];
            }

            return null;
        }
    }

    // "l'un des responsables cités par X évoque": whoever is quoted speaks, not the agent.
    private Mention? AgentHead(int start)
    {
        if (!text.Is(start, WordClasses.By) || start < 2 || !text.IsWord(start - 1))
            return null;
        for (var m = FirstMention(start) - 1; m >= 0 && start - mentions[m].Head <= 6; m--)
        {
            if (!mentions[m].IsName && !mentions[m].IsEmpty && mentions[m].End <= start && start - mentions[m].End <= 1)
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

    // Whoever says a quotation that nothing introduces.
    private Actor? Unmentioned(Attribution attribution)
    {
        var at = text.Source.TokenAt(attribution.Content[0].Start);
        for (var m = FirstMention(at); m < mentions.Count && mentions[m].Head == at; m++)
        {
            if (mentions[m].IsEmpty && mentions[m].Actor.Final != mentions[m].Actor)
                return mentions[m].Actor.Final;
        }

        return null;
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
            if (mentions[m].IsSubject && !mentions[m].IsEmpty && !text.IsQuoted(mentions[m].Head))
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
            if (mention.IsEmpty)
                continue;
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

    private Actor? One(int start, int end)
    {
        var first = start;
        while (first < end - 1 && (text.IsMark(first) || text.Is(first, WordClasses.Adverb) && !text.Is(first, WordClasses.Pronoun)))
            first++;
        var found = SourceMentions.Speaker(text, mentions, start, end);
        // "l'un des porte-parole, Paul Durand".
        if (found is { IsName: false, Actor.Final: var described } && (described.IsPlural || !described.IsSource) && FirstMention(end) is > 0 and var after && mentions[after - 1] is { IsName: true, Actor.Final.Type: SpeakerType.Person } apposed && apposed.Head > found.Head
            && text.IsMark(apposed.Start - 1, ',') && !text.IsOwning(apposed.End) && apposed.Actor.Final != found.Actor.Final)
            return apposed.Actor.Final;

        var word = text.Speaker(first);
        if (word.Is(WordUses.Pronoun) && (found is null || found.Head > first) && !(word.Is(WordUses.Determiner) && end > first + 1))
            return Relative(first);
        if (found is not null && (!found.IsNested || found.Start <= first || IsPartitive(first, found.Start)))
        {
            var actor = found.Actor.Final;
            if (found is { IsPronoun: true, IsFirst: true })
                return null;
            // What the attribution takes for the speaker bounds the description better than the words around it.
            if (!actor.IsNamed && found.IsFirst && actor == found.Actor && actor.Type is SpeakerType.Unnamed or SpeakerType.Document or SpeakerType.Organisation && actor.Heads.Count > 0 && !IsSpokesperson(found.Head))
                actor.Name = Describe(found.NameStart, Math.Max(found.End, end), found.End);
            return actor;
        }

        if (first >= end || !text.IsWord(first) && text.Tokens[first].Kind != TokenKind.Number)
            return null;
        var nameStart = first;
        // "Une de ses collègues": one of those whom the rest names.
        while (nameStart < end - 1 && (text.Speaker(nameStart).Is(WordUses.Determiner) || nameStart > first && text.Is(nameStart, WordClasses.Of) && text.Speaker(nameStart + 1).Is(WordUses.Determiner)))
            nameStart++;
        // A common word that opens the sentence is no name; several may speak without a determiner ("Climbers say"), one does not ("Raison pour laquelle …").
        var isCommon = nameStart == text.SentenceFirst(nameStart) && text.Concept(nameStart) != 0 && text.Tag(nameStart) != PartOfSpeech.ProperNoun && !text.Speaker(nameStart).Is(WordUses.Noun);
        if (isCommon && nameStart == first && text.Tokens[nameStart].Form.Number != GrammaticalNumber.Plural)
            return null;
        var name = Describe(nameStart, end, nameStart + 1);
        var named = !isCommon && text.IsCapital(nameStart) && (nameStart != text.SentenceFirst(nameStart) || nameStart == first && text.Classes[first] == WordClasses.None && end - first <= 4);
        // "Brill loyalists": a name before a common noun is whose they are.
        var head = SourceMentions.HeadOf(text, start, end);
        named &= !(head > nameStart && text.Tag(head) == PartOfSpeech.Noun && !text.IsCapital(head));
        var plural = isCommon || first < nameStart && text.Speaker(first).Is(WordUses.Plural) || !named && head >= 0 && text.Tokens[head].Form.Number == GrammaticalNumber.Plural;
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
        while (to < end && (text.IsStopInName(to) || text.IsWord(to) && !text.Speaker(to).Is(WordUses.DescriptionEnd) && !text.Is(to, WordClasses.Relative) && !EndsDescription(to)))
            to++;
        // "A report dated 14 January": what the rest hangs on goes with it.
        if (to < end && text.Tokens[to].Kind != TokenKind.Mark && text.Source.Syntax is { } tree)
        {
            var hangs = Math.Min(start + 1, to);
            while (hangs < to && !(tree.Relations[hangs] == Relation.AdnominalClause && tree.IsUnder(to, hangs)))
                hangs++;
            to = hangs;
        }

        while (to > start + 1 && (text.IsMark(to - 1) || text.Is(to - 1, WordClasses.Of | WordClasses.Preposition | WordClasses.Determiner | WordClasses.Reflexive | WordClasses.Clitic)))
            to--;
        return text.Span(start, to).Quote(text.Text);
    }

    // "la présidente réaffirme", "le maire cependant".
    private bool EndsDescription(int i) => !text.IsCapital(i) && (text.IsFinite(i) || text.IsPresentParticiple(i) || text.Tag(i) == PartOfSpeech.Adverb);

    // "Who" takes up what stands right before; whoever speaks ("I", "we") is told by what is around.
    private Actor? Relative(int at)
    {
        if (!text.Speaker(at).Is(WordUses.RelativePronoun))
            return null;
        for (var m = FirstMention(at) - 1; m >= 0 && text.SentenceOf(mentions[m].Start) == text.SentenceOf(at); m--)
        {
            if (mentions[m].End <= at && !mentions[m].IsNested && !mentions[m].IsEmpty)
                return mentions[m].Actor.Final;
        }

        return null;
    }

    // The index of the first mention whose head stands at or after the token.
    private int FirstMention(int token) => Sorted.First(mentions, token, static mention => mention.Head);
}
