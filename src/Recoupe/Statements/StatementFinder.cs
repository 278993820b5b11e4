using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>Finds who said what, through whom.</summary>
public static class StatementFinder
{
    /// <summary>The statements of the title, then of the text, each by the start of their content.</summary>
    /// <param name="entities">The names of both.</param>
    public static ImmutableArray<Statement> Find(
        Article article, AnalyzedText body, AnalyzedText? headline, ImmutableArray<Entity> entities) =>
        StatementReader.Read(article, body, headline, entities).Statements;

    /// <summary>As <see cref="Find"/>, with everybody whom the article speaks of.</summary>
    public static (ImmutableArray<ArticleActor> Actors, ImmutableArray<Statement> Statements) Read(
        Article article, AnalyzedText body, AnalyzedText? headline, ImmutableArray<Entity> entities)
    {
        var read = StatementReader.Read(article, body, headline, entities);
        return (read.Actors, read.Statements);
    }
}

/// <summary>Reads an article once for all that hangs on who speaks: statements, and the media that it names.</summary>
internal sealed class StatementReader
{
    private StatementReader(ImmutableArray<ArticleActor> actors, ImmutableArray<Statement> statements, StatementText? body, StatementText? headline)
    {
        Actors = actors;
        Statements = statements;
        Body = body;
        Headline = headline;
    }

    /// <summary>Everybody whom title and text speak of, in the order of their first places.</summary>
    public ImmutableArray<ArticleActor> Actors { get; }

    public ImmutableArray<Statement> Statements { get; }

    /// <summary>Null where the language is not known.</summary>
    public StatementText? Body { get; }

    public StatementText? Headline { get; }

    /// <param name="chooser">In place of the trained scorer of links, while it is trained.</param>
    public static StatementReader Read(Article article, AnalyzedText body, AnalyzedText? headline, ImmutableArray<Entity> entities, LinkChooser? chooser = null)
    {
        if (body.Language is not { } language)
            return new StatementReader([], [], null, null);
        var lexicon = SpeakerLexicon.Of(language);
        var attributedBody = AttributedText.Of(body, language);
        var attributedTitle = headline is { Tokens.IsEmpty: false } ? AttributedText.Of(headline, language) : null;
        var (bodyMedia, titleMedia) = MediumMentions.Find(article, attributedBody, attributedTitle, lexicon);
        var actors = new ActorFinder(lexicon);
        var parts = new List<StatementText>();

        // The body first: what the title calls somebody is understood from it.
        var bodyMentions = actors.Find(attributedBody, [.. entities.Where(entity => !entity.InTitle)], bodyMedia);
        var titleMentions = attributedTitle is null ? null : actors.Find(attributedTitle, [.. entities.Where(entity => entity.InTitle)], titleMedia!);
        actors.JoinInitials();
        foreach (var mention in titleMentions ?? [])
            mention.Actor.Final.IsInTitle = true;
        parts.Add(StatementText.Read(attributedBody, lexicon, bodyMedia, actors, bodyMentions, chooser));
        if (attributedTitle is not null)
            parts.Insert(0, StatementText.Read(attributedTitle, lexicon, titleMedia!, actors, titleMentions!, chooser));
        var statements = ImmutableArray.CreateBuilder<Statement>();
        foreach (var part in parts)
        {
            var inTitle = part.Text == attributedTitle;
            var first = statements.Count;
            part.AddTo(statements, inTitle);
            var repair = new StatementRepair(part.Text.Source, lexicon, [.. entities.Where(entity => entity.Type == EntityType.Person && entity.InTitle == inTitle)]);
            for (var i = first; i < statements.Count; i++)
                statements[i] = repair.Repair(statements[i]);
        }

        return new StatementReader(ActorsOf(attributedTitle, titleMentions ?? [], attributedBody, bodyMentions), statements.ToImmutable(), parts[^1], attributedTitle is null ? null : parts[0]);
    }

    private static ImmutableArray<ArticleActor> ActorsOf(AttributedText? title, List<Mention> inTitle, AttributedText body, List<Mention> inBody)
    {
        var places = new Dictionary<Actor, ImmutableArray<ActorMention>.Builder>();
        var order = new List<Actor>();
        Add(title, inTitle, true);
        Add(body, inBody, false);
        return [.. order.Select(actor => new ArticleActor(actor, places[actor].ToImmutable()))];

        void Add(AttributedText? text, List<Mention> mentions, bool isTitle)
        {
            foreach (var mention in mentions)
            {
                var actor = mention.Actor.Final;
                if (mention.IsEmpty || mention is { IsPronoun: true, IsFirst: true })
                    continue; // nobody knows whom it means
                if (!places.TryGetValue(actor, out var known))
                {
                    places.Add(actor, known = ImmutableArray.CreateBuilder<ActorMention>());
                    order.Add(actor);
                }

                known.Add(new ActorMention(mention.Span(text!), isTitle, mention.IsName ? ActorMentionKind.Name : mention.IsPronoun ? ActorMentionKind.Pronoun : ActorMentionKind.Description));
            }
        }
    }
}

/// <summary>One text of an article, its attributions and who speaks in them.</summary>
internal sealed class StatementText
{
    private readonly SpeakerLexicon _lexicon;
    private readonly ImmutableArray<Attribution> _attributions;
    private readonly List<ResolvedSpeaker>[] _speakers;
    private readonly Channel?[] _channels;

    private StatementText(
        AttributedText text, SpeakerLexicon lexicon, MediumMentions media, ImmutableArray<Attribution> attributions, List<ResolvedSpeaker>[] speakers, Channel?[] channels)
    {
        Text = text;
        _lexicon = lexicon;
        Media = media;
        _attributions = attributions;
        _speakers = speakers;
        _channels = channels;
    }

    public AttributedText Text { get; }

    public MediumMentions Media { get; }

    public static StatementText Read(AttributedText text, SpeakerLexicon lexicon, MediumMentions media, ActorFinder actors, List<Mention> mentions, LinkChooser? chooser)
    {
        ImmutableArray<Attribution> attributions = [.. AttributionFinder.Find(text, source => HasMedium(media, source)).Select(attribution => WithoutHearer(text, lexicon, media, attribution))];
        SourceMentions.Mark(text, lexicon, mentions, attributions);
        new ActorLinker(text, mentions, chooser).Link(actors.Main());
        var resolver = new SpeakerResolver(text, actors, mentions);
        var order = Enumerable.Range(0, attributions.Length).OrderBy(index => (attributions[index].Cue ?? attributions[index].Content[0]).Start).ToArray();
        var speakers = new List<ResolvedSpeaker>[attributions.Length];
        foreach (var index in order)
            speakers[index] = resolver.Resolve(attributions[index]);
        GiveFirstPersons(attributions, speakers);
        GiveHeadings(text, attributions, speakers);
        GiveTurns(text, attributions, speakers);
        var channels = new ChannelFinder(text, lexicon, media, attributions).Find(order, [.. speakers.Select(list => list[0].Actor)]);
        return new StatementText(text, lexicon, media, attributions, speakers, channels);
    }

    private static bool HasMedium(MediumMentions media, TokenRange source)
    {
        for (var i = source.Start; i < source.End; i++)
        {
            if (media.At(i) is not null)
                return true;
        }

        return false;
    }

    // "…, explained an official to the Post": the medium that one spoke to is no part of who spoke, unless that is one of the press, who work there.
    private static Attribution WithoutHearer(AttributedText text, SpeakerLexicon lexicon, MediumMentions media, Attribution attribution)
    {
        if (attribution.Source is not { } source || attribution.Cue is not { } cue || source.Start < cue.End)
            return attribution;
        var (start, end) = (text.Source.TokenAt(source.Start), text.Source.TokenAt(source.End));
        for (var i = start; i < end; i++)
        {
            if (text.Speaker(i).Is(WordUses.Press | WordUses.Spokesperson))
                return attribution;
            if (i == start || !lexicon.ChannelPrepositions.TryMatch(text.Source, i, end, out var after, out var reach) || !reach.HasFlag(ChannelReach.Media))
                continue;
            while (after < end && text.Speaker(after).Is(WordUses.Determiner))
                after++;
            if (media.PossiblyAt(after) is { IsCollective: false } medium && medium.End == end)
                return attribution with { Source = text.Span(start, i) };
        }

        return attribution;
    }

    public void AddTo(ImmutableArray<Statement>.Builder statements, bool inTitle)
    {
        var readings = ActClassifier.Read(Text, _lexicon, _attributions);
        for (var index = 0; index < _attributions.Length; index++)
        {
            var (attribution, reading) = (_attributions[index], readings[index]);
            foreach (var (mention, actor) in _speakers[index])
            {
                statements.Add(new Statement
                {
                    Content = attribution.Content,
                    Kind = attribution.Kind,
                    Cue = attribution.Cue,
                    Speaker = SpeakerOf(attribution, mention, actor?.Final),
                    Channel = _channels[index],
                    Act = Announces(reading.Act, index, inTitle) ? Act.Announce : reading.Act,
                    Negated = reading.Negated,
                    Hedged = reading.Hedged,
                    Voiced = attribution.Voiced,
                    InTitle = inTitle,
                    Odds = attribution.Odds,
                });
            }
        }
    }

    // What opens an article and was given out in writing or before the press is an announcement, whatever neutral word tells it.
    private bool Announces(Act act, int index, bool inTitle) =>
        act == Act.Say && index == 0 && !inTitle && _channels[index] is { IsMedium: false, Inherited: false } && _attributions[index].Kind == StatementKind.Indirect
        && Text.Source.SentenceAt(_attributions[index].Content[0].Start) == 0;

    // "I" inside somebody's quotation is that somebody.
    private static void GiveFirstPersons(ImmutableArray<Attribution> attributions, List<ResolvedSpeaker>[] speakers)
    {
        for (var index = 0; index < attributions.Length; index++)
        {
            if (speakers[index] is not [{ Mention: { } mention, Actor: null }])
                continue;
            // The quotation around it begins shortly before.
            for (var outer = index - 1; outer >= Math.Max(0, index - 12); outer--)
            {
                if (outer != index && speakers[outer][0].Actor is { } actor && attributions[outer].Content.Any(span => span.Contains(mention)))
                {
                    speakers[index][0] = new ResolvedSpeaker(mention, actor);
                    break;
                }
            }
        }
    }

    // A quotation that heads a part of the article is said by whom the text quotes with the same words.
    private static void GiveHeadings(AttributedText text, ImmutableArray<Attribution> attributions, List<ResolvedSpeaker>[] speakers)
    {
        var openings = new Dictionary<ulong, Actor>();
        for (var index = 0; index < attributions.Length; index++)
        {
            if (attributions[index].Cue is not null && speakers[index][0].Actor is { } actor)
                openings.TryAdd(Opening(text, attributions[index]), actor);
        }

        for (var index = 0; index < attributions.Length; index++)
        {
            if (attributions[index].Cue is null && speakers[index] is [{ Mention: null, Actor: null }] && openings.TryGetValue(Opening(text, attributions[index]), out var same))
                speakers[index][0] = new ResolvedSpeaker(null, same);
        }
    }

    // Two who talk take turns: a line of a dialogue that names nobody is said by whoever said the line before the last.
    private static void GiveTurns(AttributedText text, ImmutableArray<Attribution> attributions, List<ResolvedSpeaker>[] speakers)
    {
        var said = new int[text.Quotations.Length];
        Array.Fill(said, -1);
        for (var index = 0; index < attributions.Length; index++)
        {
            if (text.QuotationOf(text.Source.TokenAt(attributions[index].Content[0].Start)) is var line and >= 0 && text.Quotations[line].IsLine && said[line] < 0)
                said[line] = index;
        }

        for (var line = 2; line < said.Length; line++)
        {
            if (said[line] < 0 || attributions[said[line]].Cue is not null || said[line - 1] < 0 || said[line - 2] < 0
                || text.Quotations[line - 1].End != text.Quotations[line].Open || text.Quotations[line - 2].End != text.Quotations[line - 1].Open)
                continue;
            var (first, second) = (speakers[said[line - 2]][0].Actor?.Final, speakers[said[line - 1]][0].Actor?.Final);
            if (first is not null && first != second)
                speakers[said[line]] = [new ResolvedSpeaker(null, first)];
        }
    }

    // Its first three words.
    private static ulong Opening(AttributedText text, Attribution attribution)
    {
        var hash = 0UL;
        var start = text.Source.TokenAt(attribution.Content[0].Start);
        for (var i = start; i < Math.Min(text.Count, start + 3); i++)
            hash = TextHash.Combine(hash, TextHash.Of(text.Word(i)));
        return hash;
    }

    private Speaker? SpeakerOf(Attribution attribution, TextSpan? mention, Actor? actor)
    {
        if (actor is null)
            return mention is { } words ? Anybody(words) ?? new Speaker(words, null, SpeakerType.Person) : null;
        var type = IsOffice(actor) ? SpeakerType.Person : actor.Type;
        return new Speaker(mention, actor.Name, type, type == SpeakerType.Unnamed ? AnonymityIn(attribution) : null);
    }

    // "On", "-t-on": whoever.
    private Speaker? Anybody(TextSpan mention)
    {
        var at = Text.Source.TokenAt(mention.Start);
        return at < Text.Count && Text.IsWord(at) && Text.Tokens[at].End >= mention.End && Text.Speaker(at).Is(WordUses.ImpersonalPronoun)
            ? new Speaker(mention, Text.Word(at)[(Text.Word(at).LastIndexOf('-') + 1)..].ToString(), SpeakerType.Unnamed) : null;
    }

    // "The mayor of Orrin": one person holds that office, and everybody can know who; a bare "the mayor" may be any.
    private bool IsOffice(Actor actor) =>
        actor is { Type: SpeakerType.Unnamed, IsNamed: false, IsSource: false, IsPlural: false, IsIndefinite: false, Heads.Count: > 0, Words.Count: > 0 } && _lexicon.Offices.Contains(actor.Heads[0]);

    private TextSpan? AnonymityIn(Attribution attribution)
    {
        var at = Text.Source.TokenAt((attribution.Cue ?? attribution.Content[0]).Start);
        if (at >= Text.Count)
            return null;
        var from = Math.Max(Text.SentenceFirst(at), at - 60);
        var to = Math.Min(Text.SentenceEnd(at), at + 60);
        for (var i = from; i < to; i++)
        {
            if (Text.IsWord(i) && _lexicon.Anonymity.TryMatch(Text.Source, i, to, out var end, out _))
                return Text.Span(i, end);
        }

        return null;
    }
}
