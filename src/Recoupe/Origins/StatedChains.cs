using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>The chains that an article's own words give: of a statement, of a citation, of what the outlet's people saw (sourcing rules 1, 2 and 6).</summary>
internal sealed class StatedChains(StoryText story)
{
    /// <summary>The media of the story.</summary>
    public MediaNames Media { get; } = new(story);

    /// <summary>Whether a statement names somebody who tells: a name of function words alone does not, nor who will not say.</summary>
    public bool HasName(Speaker speaker, Statement statement, int place)
    {
        var text = story.Articles[place].TextOf(statement.InTitle);
        // Who declines to confirm neither tells nor denies.
        if (story.Keeps(SourcingRule.RefusalsTellNothing) && statement is { Voiced: false, Act: Act.Deny })
            return false;
        var name = speaker.Name ?? speaker.Mention?.Quote(text.Text);
        return speaker.Type == SpeakerType.Medium || name is { Length: > 0 } && char.IsLetterOrDigit(name[0]) && Description.Of(name, text.Language).IsTelling;
    }

    /// <summary>The chain of a passage that <paramref name="statement"/> gives.</summary>
    public Trace OfStatement(Passage passage, int place, Statement statement, Speaker speaker)
    {
        var trace = new Trace { Passage = passage, Place = place, Rule = 1 };
        trace.Evidence.Add(passage.Evidence);
        if (speaker.Mention is { } mention)
            trace.Evidence.Add(new Evidence(passage.Evidence.Article, mention, statement.InTitle));
        var name = NameOf(statement, place);
        trace.MetBy = Media.OutletOf(place);
        if (speaker.Type == SpeakerType.Medium || (speaker.Type == SpeakerType.Organisation && Media.IsOutletOfStory(name)))
        {
            Cite(trace, Media.Resolve(name, place));
            return trace;
        }

        if (statement.Channel is { } channel && Media.IsMedium(channel, place))
        {
            if (!Media.IsOwn(channel, place))
                AddMedium(trace, Media.Resolve(channel.Name, place), new Evidence(passage.Evidence.Article, channel.Mention, statement.InTitle));
        }
        else if (statement.Channel is null or { IsMedium: false })
        {
            var citation = !story.Keeps(SourcingRule.CitationsAsChannels) ? null : story.CitationsAt(passage.Evidence).FirstOrDefault(citation => citation.Source is { Type: CitedType.Medium, Collective: false });
            if (citation is not null && Media.Resolve(citation.Source!.Name, place) is { } medium && !IsOutlet(medium, place))
                AddMedium(trace, medium, new Evidence(passage.Evidence.Article, citation.Span, citation.InTitle));
        }

        if (speaker.NamedBy is { } named)
        {
            // The article tells a role; who holds it, another article of the story.
            trace.Evidence.Add(named);
            trace.Stated = false;
        }

        trace.Name = name;
        trace.Type = speaker.Type switch
        {
            SpeakerType.Person => OriginType.Person,
            SpeakerType.Organisation => OriginType.Organisation,
            SpeakerType.Document => OriginType.Document,
            _ => OriginType.Unnamed,
        };
        if (trace.Type == OriginType.Document)
            trace.Private = SeenByOne(passage, place);
        return trace;
    }

    /// <summary>The chain of a passage in which a medium relays what <paramref name="inner"/> tells.</summary>
    public Trace OfRelay(Passage passage, int place, Statement inner, Statement outer)
    {
        var trace = OfStatement(passage, place, inner, inner.Speaker!);
        if (trace.Media.Count == 0 && Media.Resolve(NameOf(outer, place), place) is var medium && !IsOutlet(medium, place))
            AddMedium(trace, medium, outer.Speaker!.Mention is { } mention ? new Evidence(passage.Evidence.Article, mention, outer.InTitle) : passage.Evidence);

        return trace;
    }

    /// <summary>The chain of a passage that a citation gives; null where the outlet cites itself.</summary>
    public Trace? OfCitation(Passage passage, int place, Citation citation)
    {
        var trace = new Trace { Passage = passage, Place = place, Rule = 2 };
        trace.Evidence.Add(passage.Evidence);
        trace.Evidence.Add(new Evidence(passage.Evidence.Article, citation.Span, citation.InTitle));
        trace.MetBy = Media.OutletOf(place);
        if (citation.Source!.Type == CitedType.Document)
        {
            trace.Name = citation.Source.Name;
            trace.Type = OriginType.Document;
            trace.Private = SeenByOne(passage, place);
            return trace;
        }

        // A collective mention is the named media that fit it: the other chains hold them.
        var medium = Media.Resolve(citation.Source.Name, place);
        if (citation.Source.Collective)
        {
            trace.Name = citation.Source.Name;
            trace.Type = OriginType.Medium;
            trace.Stated = false;
            return trace;
        }

        if (IsOutlet(medium, place))
            return null;
        Cite(trace, medium);
        return trace;
    }

    private void Cite(Trace trace, string medium)
    {
        trace.Rule = 2;
        if (IsOutlet(medium, trace.Place))
        {
            // The outlet quotes itself: nothing stands behind it.
            trace.Name = null;
            return;
        }

        trace.Media.Add(medium);
        trace.MetBy = medium;
        trace.Open = true;
    }

    // Its speaker's name, else the words that stand for it there.
    private string NameOf(Statement statement, int place) =>
        statement.Speaker is not { } speaker ? "" : speaker.Name ?? speaker.Mention?.Quote(story.Articles[place].TextOf(statement.InTitle).Text) ?? "";

    private static void AddMedium(Trace trace, string medium, Evidence evidence)
    {
        trace.Media.Add(medium);
        trace.MetBy = medium;
        trace.Evidence.Add(evidence);
    }

    /// <summary>Whether a medium is the outlet of the article at <paramref name="place"/>.</summary>
    public bool IsOutlet(string medium, int place) => Media.OutletOf(place) is { } own && MediaNames.Same(medium, own);

    /// <summary>Own reporting (rule 6): the outlet's staff saw it, or it is the outlet's own analysis; null where it is not.</summary>
    public Trace? OwnReporting(Passage passage, int place)
    {
        var article = story.Articles[place];
        if (passage.Evidence.InTitle || article.Body.Language is not { } language)
            return null;
        var span = story.SentenceOf(passage.Evidence);
        var words = story.Bodies[place].In(span);
        var found = PhraseSet.Of(language, "own-reporting").Find(words);
        var outlet = Media.OutletOf(place);
        foreach (var (at, _, name) in found)
        {
            if (name is not ("staff" or "analysis"))
                continue;
            var near = found.Where(other => Math.Abs(other.At - at) <= 8).ToArray();
            var witnessed = name == "analysis" || near.Any(other => other.Class == "witness");
            if (!witnessed)
                continue;
            var whose = found.Any(other => other.Class == "own" && at - other.At is > 0 and <= 3) ? outlet ?? "" : MediumNear(words, at, place);
            if (whose is null)
                continue;
            var trace = new Trace { Passage = passage, Place = place, Rule = 5 };
            trace.Evidence.Add(passage.Evidence);
            if (outlet is null || MediaNames.Same(whose, outlet) || whose.Length == 0)
            {
                trace.Name = outlet;
                trace.Type = OriginType.Outlet;
            }
            else
            {
                // Another medium's own reporter: that medium, with nothing behind it that the text gives.
                trace.Media.Add(whose);
                trace.Name = whose;
                trace.Type = OriginType.Medium;
            }

            return trace;
        }

        return null;
    }

    // "une photographe de l'AFP", "a Herald reporter".
    private string? MediumNear(ArraySegment<string> words, int at, int place)
    {
        for (var i = Math.Max(0, at - 3); i < Math.Min(words.Count, at + 5); i++)
        {
            if (i == at || words[i].Length < 2)
                continue;
            var name = Media.Resolve(words[i], place);
            if (name != words[i] || MediaNames.CountryOf(name) is not null)
                return name;
        }

        return null;
    }

    private bool SeenByOne(Passage passage, int place) =>
        story.Articles[place].Body.Language is { } language && !passage.Evidence.InTitle
        && PhraseSet.Of(language, "seen-by").Any(story.Bodies[place].In(story.SentenceOf(passage.Evidence)));
}
