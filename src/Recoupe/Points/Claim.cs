using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Statements;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Points;

/// <summary>What a passage claims, as far as it decides whether another passage denies it.</summary>
/// <remarks>
/// A denial denies a claim: what it negates is what the other affirms, with most of its words, by another speaker. Who declines to answer,
/// turns down an offer or promises never to do a thing denies nothing.
/// </remarks>
internal sealed class Claim
{
    // How much of what a denial tells the claim tells too.
    private const double MostOfDenial = 0.6;

    // The same for a denial whose cue says so, if the word denied is not found as the claim's own.
    private const double NearlyAllOfDenial = 0.75;

    // Fewer words shared are no same claim where no negated word is.
    private const int EnoughShared = 3;

    // "Ne sera pas plus": how far behind its verb a negation stands.
    private const int NegationAfterVerb = 3;

    private readonly StoryText _story;
    private readonly HashSet<ulong> _keys = [];
    private readonly HashSet<ulong> _names = [];
    private readonly HashSet<ulong> _main = [];
    private readonly HashSet<ulong> _predicates = [];
    private readonly HashSet<ulong> _verbs = [];
    private readonly HashSet<ulong> _subject = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);

    private Claim(StoryText story, int article, int sentence, TextSpan span, Statement? said)
    {
        _story = story;
        Article = article;
        Sentence = sentence;
        Span = span;
        Said = said;
        Speaker = said?.Speaker is { Type: not SpeakerType.Unnamed, Name: { } name } ? Folding.Fold(name.Split(' ')[^1]) : null;
    }

    /// <summary>The place of the article.</summary>
    public int Article { get; }

    /// <summary>The place of the sentence in the article.</summary>
    public int Sentence { get; }

    /// <summary>The last word of the name of who claims it, folded; null where nobody is named.</summary>
    public string? Speaker { get; }

    /// <summary>The words that were read.</summary>
    public TextSpan Span { get; private set; }

    /// <summary>The statement; null for a bare sentence.</summary>
    private Statement? Said { get; }

    /// <summary>Whether it negates: by its cue or in its main clause, not both.</summary>
    public bool Negative { get; private set; }

    // Whether the cue denies ("denied that", "a démenti").
    private bool ByCue { get; set; }

    // Whether it negates anything, in its main clause or elsewhere.
    private bool NegatesAnything { get; set; }

    // Whether its main clause speaks of its speaker.
    private bool FirstPerson { get; set; }

    /// <summary>What a passage claims.</summary>
    /// <param name="story">The story.</param>
    /// <param name="evidence">Where it stands; in an article's text, not its title.</param>
    /// <param name="statement">The index of the statement that it is the content of; null for a bare sentence.</param>
    public static Claim Read(StoryText story, Evidence evidence, int? statement)
    {
        var place = story.PlaceOf(evidence.Article);
        var article = story.Articles[place];
        var words = story.Bodies[place];
        var said = statement is { } index ? article.Statements[index] : null;
        var claim = new Claim(story, place, article.Body.SentenceAt(evidence.Span.Start), evidence.Span, said);
        var first = true;
        var negated = false;
        if (said is not null)
            claim.Span = said.Extent;
        foreach (var content in said?.Content ?? [evidence.Span])
        {
            if (content.Intersection(evidence.Span) is not { } span)
                continue;
            var (from, to) = words.Range(span);
            if (from >= to)
                continue;
            claim.AddWords(words, from, to);
            if (first)
                negated = claim.ReadMain(words, from, to);
            claim.NegatesAnything |= words.Source.Language is { } language && NegationIn(words, language, new Clause(from, to)) >= 0;
            first = false;
        }

        var flips = said is { Act: Act.Deny, Negated: true } && !IsTurnedDown(words, said, evidence.Span);
        claim.ByCue = flips;
        // A cue inside its own content attributes nothing.
        claim.Negative = flips != negated && !(flips && said!.Cue is { } cue && said.Content.Any(content => content.Contains(cue)));
        return claim;
    }

    /// <summary>Whether this denies what <paramref name="claim"/> affirms.</summary>
    public bool Denies(Claim claim)
    {
        if (!Negative || claim.Negative || _keys.Count == 0 || Said?.Speaker is null || Speaker is not null && Speaker == claim.Speaker)
            return false;
        // A demand, a promise and a warning negate what is to come, not what is claimed; a claim that negates too agrees, or is another.
        if (!ByCue && _story.Keeps(SourcingRule.DeniedInDemands) && (claim.NegatesAnything || Said.Act is Act.Demand or Act.Promise or Act.Warn or Act.Predict or Act.Praise))
            return false;
        // "I have never": only who is told to have.
        if (_story.Keeps(SourcingRule.DeniedByOneself) && FirstPerson && !ByCue && (Speaker is null || !claim._words.Contains(Speaker)))
            return false;
        // Of one sentence only two claims of the same words, one inside the other.
        if (claim.Article == Article && claim.Span.Overlaps(Span) && (claim.Span != Span || claim.Said is null))
            return false;
        return Negates(claim);
    }

    /// <summary>Whether what it negates is what <paramref name="claim"/> affirms, whoever says either.</summary>
    public bool Opposes(Claim claim) => Negative && !claim.Negative && _keys.Count > 0 && Negates(claim);

    // Whether the words that it negates are the claim's.
    private bool Negates(Claim claim)
    {
        int shared = 0, plain = 0;
        foreach (var key in _keys)
        {
            if (!claim._keys.Contains(key))
                continue;
            shared++;
            plain += _names.Contains(key) ? 0 : 1;
        }

        if (plain == 0)
            return false;
        var part = (double)shared / _keys.Count;
        if (_keys.Count == 1)
            return ByCue && (_predicates.Overlaps(claim._subject) || _predicates.Overlaps(claim._verbs));
        var hits = _predicates.Overlaps(claim._main) || _verbs.Overlaps(claim._verbs) || ByCue && _verbs.Overlaps(claim._keys);
        return hits ? part >= MostOfDenial : ByCue && part >= NearlyAllOfDenial && shared >= EnoughShared;
    }

    private void AddWords(WordSequence words, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            _words.Add(words.Words[i]);
            if (words.Keys[i] == 0)
                continue;
            _keys.Add(words.Keys[i]);
            if (words.Source.Tokens[i].Tag == PartOfSpeech.ProperNoun)
                _names.Add(words.Keys[i]);
        }
    }

    // The first clause with a verb that no conjunction makes a condition or an aside; returns whether it negates.
    private bool ReadMain(WordSequence words, int from, int to)
    {
        if (words.Source.Language is not { } language)
            return false;
        var tokens = words.Source.Tokens;
        var clauses = Clause.Read(words, from, to);
        var main = clauses[0];
        if (clauses.Count > 1 && tokens[main.From].Tag is PartOfSpeech.Subordinator or PartOfSpeech.Coordinator)
            main = clauses[1];
        for (var i = main.From; i < main.To; i++)
        {
            FirstPerson |= tokens[i].Tag == PartOfSpeech.Pronoun && tokens[i].Form.Person == 1;
            if (words.Keys[i] != 0)
                _main.Add(words.Keys[i]);
        }

        var verb = main.VerbOf(words, main.To, main.To);
        for (var i = main.From; i < main.To; i++)
        {
            // The first full verb is the clause's own; what follows depends on it.
            if (tokens[i].Tag == PartOfSpeech.Verb)
            {
                verb = i;
                break;
            }
        }

        if (verb >= 0 && tokens[verb].Tag == PartOfSpeech.Verb && words.Keys[verb] != 0)
        {
            _verbs.Add(words.Keys[verb]);
            _verbs.Add(WordSequence.KeyOf(Folding.Fold(words.Source.LemmaOf(tokens[verb])), language));
            _verbs.Remove(0);
        }

        for (var i = main.From; i < verb; i++)
        {
            if (words.Keys[i] != 0)
                _subject.Add(words.Keys[i]);
        }

        var at = NegationIn(words, language, main);
        // What stands further behind the verb negates something else.
        if (at < 0 || verb >= 0 && (at > verb + NegationAfterVerb || at > verb && at + 1 < main.To && tokens[at + 1].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary))
            return false;
        // "No leak was found": the noun that it negates.
        for (var i = at + 1; i < Math.Min(main.To, at + 4) && tokens[i].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary); i++)
        {
            if (tokens[i].Tag is PartOfSpeech.Noun && words.Keys[i] != 0)
            {
                _predicates.Add(words.Keys[i]);
                break;
            }
        }

        return true;
    }

    private static int NegationIn(WordSequence words, Language language, Clause clause)
    {
        var all = words.Words[clause.From..clause.To].ToArray();
        var negations = PhraseSet.Of(language, "negations");
        for (var i = 0; i < all.Length; i++)
        {
            // "Vote no on the repeal" negates nothing.
            if (negations.At(all, i).Length > 0 && !(i + 1 < all.Length && words.Source.Tokens[clause.From + i].Tag == PartOfSpeech.Noun))
                return clause.From + i;
        }

        return -1;
    }

    // "Rejected the offer", "refused to go": turned down, not denied. "The veto of the bill that lets them sue" is no clause; "a démenti être parti", "denied taking it" have one without a marker.
    private static bool IsTurnedDown(WordSequence words, Statement statement, TextSpan within)
    {
        var (from, to) = words.Range(statement.Content[0].Intersection(within) ?? statement.Content[0]);
        for (var i = from; i < to && !(i > from && Clause.Opens(words, i)); i++)
        {
            if (words.Source.Tokens[i].IsFiniteVerb || (words.Source.Tokens[i].Tag == PartOfSpeech.Verb && IsToldBare(words, i, from, to)))
                return false;
        }

        return true;
    }

    // What heads its words, under the verb that says it, and no word marks it as what is to be.
    private static bool IsToldBare(WordSequence words, int verb, int from, int to) => words.Source.Syntax is { } tree && tree.IsPredicate(verb)
        && tree.Heads[verb] is var head && (head < from || head >= to) && tree.ChildOf(verb, Relation.Marker) < 0;
}
