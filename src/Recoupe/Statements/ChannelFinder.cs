using System.Collections.Immutable;

using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds through what each attribution of a text was said, and carries it on to the speaker's neighbouring ones.</summary>
internal sealed class ChannelFinder
{
    // A channel's words stand close to the cue: longer searches only meet hostile text.
    private const int LongestZone = 40;

    // How many sentences a channel carries on from the speaker's last statement.
    private const int FarthestNeighbour = 4;

    private readonly AttributedText _text;
    private readonly SpeakerLexicon _lexicon;
    private readonly MediumMentions _media;
    private readonly ImmutableArray<Attribution> _attributions;
    private readonly int[] _contentOf;
    private readonly HashSet<int> _cues = [];

    public ChannelFinder(AttributedText text, SpeakerLexicon lexicon, MediumMentions media, ImmutableArray<Attribution> attributions)
    {
        _text = text;
        _lexicon = lexicon;
        _media = media;
        _attributions = attributions;
        _contentOf = new int[text.Count];
        Array.Fill(_contentOf, -1);

        // Larger contents first: a token belongs to the innermost one.
        foreach (var index in Enumerable.Range(0, attributions.Length).OrderByDescending(index => attributions[index].Content[^1].End - attributions[index].Content[0].Start))
        {
            foreach (var span in attributions[index].Content)
            {
                var start = text.Source.TokenAt(span.Start);
                Array.Fill(_contentOf, index, start, Math.Max(0, text.Source.TokenAt(span.End) - start));
            }
        }

        foreach (var attribution in attributions)
        {
            if (attribution.Cue is { } cue)
                _cues.Add(text.Source.TokenAt(cue.Start));
        }
    }

    /// <summary>The channels of the attributions, by index; null where there is none.</summary>
    /// <param name="order">The indices in the order of the cues.</param>
    /// <param name="speakers">Who speaks in each, by index.</param>
    public Channel?[] Find(IReadOnlyList<int> order, IReadOnlyList<Actor?> speakers)
    {
        var channels = new Channel?[_attributions.Length];
        var held = new Dictionary<Actor, (Channel Channel, int Sentence, int Turn)>();
        var turn = 0;
        Actor? last = null;
        foreach (var index in order)
        {
            var attribution = _attributions[index];
            var at = _text.Source.TokenAt((attribution.Cue ?? attribution.Content[0]).Start);
            if (at >= _text.Count)
                continue;
            var sentence = _text.SentenceOf(at);
            var actor = speakers[index]?.Final;
            if (actor is not null && actor != last && actor.Type != SpeakerType.Medium)
                turn++;
            var own = attribution.Cue is null ? null : Own(attribution, actor);
            if (own is not null)
            {
                channels[index] = own;
                if (actor is not null)
                    held[actor] = (own, sentence, turn);
            }
            else if (actor is not null && attribution.Voiced && held.TryGetValue(actor, out var before)
                && sentence - before.Sentence <= FarthestNeighbour && !IsOtherOccasion(attribution)
                && (before.Turn == turn || GoesOn(attribution)))
            {
                channels[index] = before.Channel with { Inherited = true };
                held[actor] = (before.Channel, sentence, turn);
            }

            if (actor is not null && actor.Type != SpeakerType.Medium)
                last = actor;
        }

        return channels;
    }

    private Channel? Own(Attribution attribution, Actor? speaker)
    {
        var cueStart = _text.Source.TokenAt(attribution.Cue!.Value.Start);
        var cueEnd = _text.Source.TokenAt(attribution.Cue.Value.End);
        var owner = _contentOf[cueStart];
        Channel? best = null;
        if (attribution.Source is { } source)
        {
            var start = _text.Source.TokenAt(source.Start);
            var end = _text.Source.TokenAt(source.End);
            best = Better(best, InSource(start, end, speaker));
            if (end <= cueStart)
                best = Better(best, Scan(end, cueStart, owner, speaker));
            else if (start >= cueEnd)
                best = Better(best, Scan(cueEnd, start, owner, speaker));
            best = Better(best, Scan(Math.Max(cueEnd, end), Forward(Math.Max(cueEnd, end), owner), owner, speaker));
            best = Better(best, Scan(Backward(Math.Min(start, cueStart), owner), Math.Min(start, cueStart), owner, speaker));
        }
        else
        {
            best = Better(best, Scan(cueEnd, Forward(cueEnd, owner), owner, speaker));
            best = Better(best, Scan(Backward(cueStart, owner), cueStart, owner, speaker));
        }

        best = Better(best, InCue(cueStart, cueEnd, speaker));
        if (best is { IsMedium: true })
            return best;
        var contentStart = _text.Source.TokenAt(attribution.Content[0].Start);
        var contentEnd = _text.Source.TokenAt(attribution.Content[^1].End);
        if (contentStart < cueStart && contentStart > _text.SentenceFirst(contentStart))
            best = Better(best, Scan(Backward(contentStart, owner), contentStart, owner, speaker));
        if (contentEnd > cueEnd && contentEnd < _text.Count && _text.SentenceOf(contentEnd - 1) == _text.SentenceOf(contentEnd))
            best = Better(best, Scan(contentEnd, Forward(contentEnd, owner), owner, speaker));
        return best;
    }

    private static Channel? Better(Channel? one, Channel? other) =>
        one is null ? other : other is { IsMedium: true } && !one.IsMedium ? other : one;

    // The zone after a cue: to the end of the sentence, the next cue or somebody's content.
    private int Forward(int from, int owner)
    {
        var limit = from >= _text.Count ? from : Math.Min(_text.SentenceEnd(Math.Max(0, from - 1)), from + LongestZone);
        for (var i = from; i < limit; i++)
        {
            if (_contentOf[i] != owner || _cues.Contains(i))
                return i;
        }

        return Math.Max(from, limit);
    }

    private int Backward(int from, int owner)
    {
        var limit = Math.Max(_text.SentenceFirst(Math.Min(from, _text.Count - 1)), from - LongestZone);
        for (var i = from - 1; i >= limit; i--)
        {
            if (_contentOf[i] != owner || _cues.Contains(i))
                return i + 1;
        }

        return Math.Min(from, limit);
    }

    private Channel? Scan(int from, int to, int owner, Actor? speaker)
    {
        Channel? best = null;
        for (var i = from; i < to; i++)
        {
            if (_contentOf[i] != owner || !_text.IsWord(i))
                continue;
            if (Read(i, Math.Min(_text.SentenceEnd(i), i + 14), isInterview: false, speaker) is not { } found)
                continue;
            best = Better(best, found.Channel);
            if (best is { IsMedium: true })
                return best;
            i = found.End - 1;
        }

        return best;
    }

    // "the official who confirmed the news to the BBC", "une source interrogée par X".
    private Channel? InSource(int from, int to, Actor? speaker)
    {
        var relative = false;
        for (var i = from; i < Math.Min(to, from + LongestZone); i++)
        {
            relative |= _text.Is(i, WordClasses.Relative);
            if (_text.IsWord(i) && Read(i, to, isInterview: !relative, speaker) is { } found)
                return found.Channel;
        }

        return null;
    }

    // "told the BBC", "told reporters": the hearer stands right after the verb.
    private Channel? InCue(int cueStart, int cueEnd, Actor? speaker)
    {
        for (var i = cueStart; i < cueEnd; i++)
        {
            if (_text.IsWord(i) && _text.Speaker(i).Is(WordUses.Hearer) && i + 1 < _text.Count)
                return ReadObject(i + 1, i + 1, Math.Min(_text.SentenceEnd(i), i + 12), ChannelReach.Media | ChannelReach.Nouns, hearer: true, speaker)?.Channel;
        }

        return null;
    }

    private (Channel Channel, int End)? Read(int start, int limit, bool isInterview, Actor? speaker) =>
        _lexicon.ChannelPrepositions.TryMatch(_text.Source, start, limit, out var end, out var reach) && (!isInterview || reach.HasFlag(ChannelReach.Interview))
            ? ReadObject(start, end, limit, reach, hearer: false, speaker) : null;

    private (Channel Channel, int End)? ReadObject(int start, int from, int limit, ChannelReach reach, bool hearer, Actor? speaker)
    {
        for (var i = from; i < Math.Min(limit, from + 6); i++)
        {
            if (_media.PossiblyAt(i) is { } medium && !(medium.IsCollective && _lexicon.ChannelNouns.TryMatch(_text.Source, i, limit, out _, out _)))
                return (reach & ChannelReach.Media) != ChannelReach.None && !IsSpeaker(medium, speaker) ? (OfMedium(start, medium), medium.End) : null;
            if (!_text.IsWord(i))
            {
                if (_text.IsMark(i, '"') || _text.IsMark(i, '«') || _text.IsMark(i, '“'))
                    continue;
                return null;
            }

            if (_lexicon.ChannelNouns.TryMatch(_text.Source, i, limit, out var end, out var noun) && ((reach & ChannelReach.Nouns) != ChannelReach.None || noun.IsHearer)
                && !(hearer && !noun.IsHearer && !_text.Speaker(i).Is(WordUses.None) && i == from && !_text.IsCapital(i))
                && !(_lexicon.HeadIsLast && end < limit && _text.IsWord(end) && _text.Speaker(end).Is(WordUses.Noun)))
            {
                if (MediumAfter(end, limit) is { } through && !IsSpeaker(through, speaker))
                    return (OfMedium(start, through), through.End);
                return (new Channel(_text.Span(start, end), noun.Name), end);
            }

            var word = _text.Speaker(i);
            if (word.Is(WordUses.Determiner) || IsQualifier(i, word))
                continue;
            return null;
        }

        return null;
    }

    private bool IsQualifier(int i, SpeakerWord word) =>
        !_text.Is(i, WordClasses.Auxiliary | WordClasses.Relative | WordClasses.Preposition | WordClasses.Coordinator | WordClasses.Of | WordClasses.Pronoun | WordClasses.That)
        && !_text.IsFinite(i) && !word.Is(WordUses.Role | WordUses.Body) || word.Is(WordUses.Medium) || _text.Word(i)[0] is '\'' or '’';

    // "an interview with the BBC", "une interview accordée à la chaîne X", "un communiqué transmis à l'AFP".
    private MediumMention? MediumAfter(int from, int limit)
    {
        for (var i = from; i < Math.Min(limit, from + 9); i++)
        {
            if (_media.PossiblyAt(i) is { } medium)
                return medium.IsCollective ? null : medium;
            if (!_text.IsWord(i) || _text.Is(i, WordClasses.Auxiliary | WordClasses.Relative | WordClasses.That | WordClasses.Coordinator | WordClasses.Pronoun) || _cues.Contains(i) || _text.IsFinite(i) && (_text.Readings[i].Forms & VerbForms.PastParticiple) == VerbForms.None)
                return null;
        }

        return null;
    }

    private Channel OfMedium(int start, MediumMention medium) =>
        new(_text.Span(start, medium.End), medium.Name, Inherited: false, IsMedium: !medium.IsCollective);

    // "a écrit le Times dans le Times": a medium is not its own channel.
    private static bool IsSpeaker(MediumMention medium, Actor? speaker) =>
        speaker is { Type: SpeakerType.Medium } && string.Equals(speaker.Name, medium.Name, StringComparison.OrdinalIgnoreCase);

    private bool IsOtherOccasion(Attribution attribution)
    {
        if (attribution.Cue is not { } cue)
            return false;
        var start = _text.Source.TokenAt(cue.Start);
        var end = _text.Source.TokenAt(cue.End);
        for (var i = start; i < end; i++)
        {
            if (_text.IsWord(i) && _lexicon.EarlierAuxiliaries.Contains(_text.Word(i)))
                return true;
        }

        return false;
    }

    // "… , he added": to whom one spoke before.
    private bool GoesOn(Attribution attribution)
    {
        if (attribution.Cue is not { } cue)
            return false;
        for (var i = _text.Source.TokenAt(cue.Start); i < Math.Min(_text.Count, _text.Source.TokenAt(cue.End) + 2); i++)
        {
            if (_text.IsWord(i) && _text.Speaker(i).Is(WordUses.Continuation))
                return true;
        }

        return false;
    }
}
