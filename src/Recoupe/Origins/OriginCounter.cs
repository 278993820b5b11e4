using System.Collections.Concurrent;
using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Statements;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Origins;

/// <summary>Counts the origins of a point: what is the same, what may be, and so how few and how many there are.</summary>
internal sealed class OriginCounter(StoryText story, ImmutableArray<Reuse> reuses, ImmutableArray<OriginRuling> rulings)
{
    // Words this near a name tell the person's office and role.
    private const int NearName = 9;

    // How far up from a name its office may stand.
    private const int MostSteps = 4;

    // Fewer words in quotation marks may be anybody's.
    private const int ShortestQuotation = 8;
    private const int MostQuotations = 8;

    // So many words in quotation marks are one speaker's, whoever is read to say them.
    private const int QuotedRun = 4;
    private const int MostQuoting = 24;

    // A body may be named a sentence before ("Le groupe Belvara … son directeur").
    private const int BeforeName = 45;

    // The words that tell whose an office is.
    private const int Complement = 6;

    // Several threads may ask: what is kept hangs on the story alone.
    private readonly ConcurrentDictionary<string, PersonContext> _people = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Name, Language? Language), Description> _descriptions = new();

    private readonly List<(string Office, string[] Bodies)> _offices = [.. story.Articles.Select(article => article.Body.Language).OfType<Language>()
        .DistinctBy(language => language.Code).SelectMany(OfficesOf)];

    private readonly Sides _sides = new(story);

    private readonly OriginRulings _rulings = new(rulings);

    private readonly ILookup<ArticleId, Reuse> _reuses = reuses.SelectMany(reuse => new[] { (reuse.From, reuse), (reuse.To, reuse) })
        .ToLookup(pair => pair.Item1, pair => pair.reuse);

    /// <summary>What stands behind the point whose traces are given, and the groups of affirming passages that count as origins, those that are certainly the same joined.</summary>
    public (OriginCount Count, List<OriginGroup> Groups) Count(List<Trace> traces)
    {
        var affirming = Group(traces.Where(trace => !trace.Aside && trace.Passage.Stance == Stance.Affirms));
        var merged = new List<Merge>();
        var groups = JoinSame(affirming, merged);
        // Who only speaks beside the article's source is no further origin, and may be one that is counted.
        foreach (var aside in Group(traces.Where(trace => trace.Aside && trace.Passage.Stance == Stance.Affirms)))
        {
            foreach (var group in groups.Where(group => group.Folded != aside.Folded))
            {
                var why = group.Type == aside.Type && group.Description.IsTelling && group.Description.Signature == aside.Description.Signature ? "the same name" : WhySame(group, 0, aside);
                if (why is null)
                    continue;
                merged.Add(new Merge(group.Name, aside.Name, 8, Certain: true, why));
                break;
            }
        }

        var loops = traces.Where(trace => trace.Loop).Select(trace => Loop(trace)).DistinctBy(loop => string.Join('\n', loop)).ToImmutableArray();
        var (fewest, most, apart) = Range(groups, loops.Length > 0, merged);
        var against = JoinSame(Group(traces.Where(trace => trace.Passage.Stance != Stance.Affirms && trace.Type is not null)), merged);
        return (new OriginCount(
            fewest, most, [.. groups.Select(group => group.ToOrigin())],
            [.. against.Select(group => group.ToOrigin())], loops, [.. merged.Distinct()])
        {
            RestsOn = apart.Count < 2 ? [] : [.. apart.Take(2).Select(cluster => new OriginWords(cluster[0].Name, _sides.WordsOf(cluster[0])))],
        }, groups);
    }

    private ImmutableArray<string> Loop(Trace trace)
    {
        var media = trace.Media.ToImmutableArray();
        return story.Articles[trace.Place].Article.Outlet is { } outlet ? [outlet, .. media] : media;
    }

    // Each trace goes to the first group that it belongs to: by its name, by the words of its description, or by shared text.
    private List<OriginGroup> Group(IEnumerable<Trace> traces)
    {
        var groups = new List<OriginGroup>();
        var byKey = new Dictionary<(OriginType, string), int>();
        var bare = new Dictionary<ArticleId, List<(Trace Trace, int Group)>>();
        foreach (var trace in traces)
        {
            if (trace.Loop || trace.Open)
                continue;
            var description = DescriptionOf(trace);
            var keys = trace.Type is { } type ? KeysOf(trace, type, description).Select(key => (type, key)).ToList() : [];
            var at = trace.Type is null ? BareGroup(trace, bare) : keys.Select(key => byKey.GetValueOrDefault(key, int.MaxValue)).DefaultIfEmpty(int.MaxValue).Min();
            if (at == int.MaxValue || _rulings.AreApart([trace], groups[at].Traces))
            {
                at = groups.Count;
                groups.Add(new OriginGroup(trace, description));
            }
            else
            {
                groups[at].Add(trace);
            }

            foreach (var key in keys)
                byKey.TryAdd(key, at);
            if (trace.Type is not null)
                continue;
            if (!bare.TryGetValue(trace.Passage.Evidence.Article, out var own))
                bare[trace.Passage.Evidence.Article] = own = [];
            own.Add((trace, at));
        }

        // What "American media" tells is what the named media tell, if any is named.
        if (story.Keeps(SourcingRule.CollectiveMedia) && groups.Exists(group => group.Type is not null && !group.Collective))
            groups.RemoveAll(group => group.Collective);
        return groups;
    }

    private Description DescriptionOf(Trace trace)
    {
        var language = story.Articles[trace.Place].Body.Language;
        return trace.Name is null ? Description.Of(null, language) : _descriptions.GetOrAdd((trace.Name, language), static known => Description.Of(known.Name, known.Language));
    }

    // Two of one type and one key are the same.
    private static IEnumerable<string> KeysOf(Trace trace, OriginType type, Description description)
    {
        if (trace.Name is not { } name)
            yield break;
        switch (type)
        {
            case OriginType.Unnamed:
                if (description.IsTelling)
                    yield return (trace.MetBy is { } met ? MediaNames.KeyOf(met) : "") + "\n" + description.Signature;
                break;
            case OriginType.Medium or OriginType.Outlet:
                yield return MediaNames.KeyOf(name);
                break;
            default:
                yield return Folding.Fold(name);
                break;
        }
    }

    // Bare sentences of one article, or of shared text, are one.
    private int BareGroup(Trace trace, Dictionary<ArticleId, List<(Trace Trace, int Group)>> bare)
    {
        var evidence = trace.Passage.Evidence;
        var first = bare.TryGetValue(evidence.Article, out var own) ? own.Min(known => known.Group) : int.MaxValue;
        if (!story.Keeps(SourcingRule.SharedBareText))
            return first;
        foreach (var reuse in _reuses[evidence.Article])
        {
            var isFrom = reuse.From == evidence.Article;
            if (!bare.TryGetValue(isFrom ? reuse.To : reuse.From, out var others))
                continue;
            foreach (var (other, group) in others)
            {
                var there = other.Passage.Evidence.Span;
                if (group < first && reuse.Passages.Any(passage => isFrom
                    ? passage.From.Overlaps(evidence.Span) && passage.To.Overlaps(there)
                    : passage.To.Overlaps(evidence.Span) && passage.From.Overlaps(there)))
                    first = group;
            }
        }

        return first;
    }

    private static bool Met(string? a, string? b) => a is null ? b is null : b is not null && MediaNames.Same(a, b);

    // Rule 8.
    private List<OriginGroup> JoinSame(List<OriginGroup> groups, List<Merge> merged)
    {
        var left = groups.ToList();
        for (var i = 0; i < left.Count; i++)
        {
            // How many of the group's members each later one has been compared with.
            var compared = new int[left.Count];
            for (var j = i + 1; j < left.Count;)
            {
                var why = WhySame(left[i], compared[j], left[j]);
                compared[j] = left[i].All.Count;
                if (why is null)
                {
                    j++;
                    continue;
                }

                merged.Add(new Merge(left[i].Name, left[j].Name, 8, Certain: true, why));
                left[i] = OriginGroup.Join(left[i], left[j]);
                left.RemoveAt(j);
                compared.AsSpan(j + 1).CopyTo(compared.AsSpan(j));
                // What is joined may now meet one that it did not meet before; what came before it met neither of the two.
                j = i + 1;
            }
        }

        return left;
    }

    private string? WhySame(OriginGroup a, int from, OriginGroup b)
    {
        if (_rulings.AreApart(a.Traces, b.Traces))
            return null;
        if (_rulings.AreSame(a.Traces, b.Traces))
            return OriginRulings.Why;
        for (var i = from; i < a.All.Count; i++)
        {
            foreach (var other in b.All)
            {
                if (WhySameOne(a.All[i], other) is { } why)
                    return why;
            }
        }

        return null;
    }

    private string? WhySameOne(OriginGroup a, OriginGroup b)
    {
        if (a.Name is null || b.Name is null)
            return null;
        if (a.Type is not (null or OriginType.Unnamed) && b.Type is not (null or OriginType.Unnamed) && string.Equals(a.Folded, b.Folded, StringComparison.Ordinal))
            return "the same name";
        if (story.Keeps(SourcingRule.SameQuotation) && a.Type is OriginType.Person or OriginType.Organisation or OriginType.Unnamed && b.Type is OriginType.Person or OriginType.Organisation or OriginType.Unnamed
            && QuotesOf(a).Exists(quote => QuotesOf(b).Exists(other => SameWords(quote, other))))
            return "the same quotation";
        if (story.Keeps(SourcingRule.PeopleMoreFully) && a.Type == b.Type && a.Type is OriginType.Person && (a.Description.Holds(b.Description) || b.Description.Holds(a.Description)))
            return "the same person, named more and less fully";
        if (story.Keeps(SourcingRule.BodiesMoreFully) && a.Type is OriginType.Organisation or OriginType.Document && b.Type is OriginType.Organisation or OriginType.Document
            && (a.Description.Holds(b.Description) || b.Description.Holds(a.Description)))
            return a.Type == b.Type ? "the same name, more and less full" : "an organisation and its own document";
        if (story.Keeps(SourcingRule.UnnamedAlike) && a.Type == OriginType.Unnamed && b.Type == OriginType.Unnamed && Met(a.MetBy, b.MetBy) && a.MetBy is not null
            && (a.Folded == b.Folded || a.Description.Holds(b.Description) || b.Description.Holds(a.Description)))
            return "an unnamed source described alike, met by the same medium";
        var (person, body) = a.Type == OriginType.Person ? (a, b) : (b, a);
        if (person.Type == OriginType.Person && body.Type is OriginType.Organisation or OriginType.Document && SpeaksFor(person, body))
            return "a person who speaks for an organisation, and that organisation";
        if (story.Keeps(SourcingRule.RolesOfNamed) && (IsRole(a) && IsNamedOne(b) && RoleOf(a, b) || IsRole(b) && IsNamedOne(a) && RoleOf(b, a)))
            return "a role, and who is told to hold it";
        return null;
    }

    // One speaker's words in quotation marks, the longest few.
    private List<string[]> QuotesOf(OriginGroup group) => group.Quotes ??= [.. group.Traces
        .Where(trace => trace is { Rule: 1, Passage.Evidence.InTitle: false } && story.StatementOf(trace.Passage) is { Kind: StatementKind.Direct })
        .Select(trace => story.Bodies[trace.Place].In(trace.Passage.Evidence.Span).Where(word => word.Length > 1).ToArray())
        .Where(words => words.Length >= ShortestQuotation).OrderByDescending(words => words.Length).Take(MostQuotations)];

    // Two people do not say the same eight words; what one article cuts, the other holds.
    private static bool SameWords(string[] a, string[] b)
    {
        var (shorter, longer) = a.Length <= b.Length ? (a, b) : (b, a);
        for (var at = 0; at + shorter.Length <= longer.Length; at++)
        {
            if (longer.AsSpan(at, shorter.Length).SequenceEqual(shorter))
                return true;
        }

        return false;
    }

    private static bool IsNamedOne(OriginGroup group) => group.Type is OriginType.Person or OriginType.Organisation && group.Name!.Any(char.IsUpper);

    // "the hydrologist", "its operator": no name, and no wish to stay unnamed.
    private bool IsRole(OriginGroup group)
    {
        if (group.Type is not (OriginType.Unnamed or OriginType.Organisation or OriginType.Person) || group.Name is not { Length: > 0 } name || name.Any(char.IsUpper))
            return false;
        return !group.Description.IsAnonymous && !group.Description.IsAnybody && !group.Traces.Exists(trace => story.StatementOf(trace.Passage)?.Speaker?.Anonymity is not null);
    }

    // All words of the role stand close to the name somewhere in the story, and to no other name of the point.
    private bool RoleOf(OriginGroup role, OriginGroup named)
    {
        // "The election board" is no role that a candidate holds.
        if (named.Type == OriginType.Person && role.Type == OriginType.Organisation)
            return false;
        foreach (var (place, i) in story.WhereIs(LastName(named.Name!)))
        {
            var keys = story.Bodies[place].Keys;
            if (role.Description.AllIn(keys[Math.Max(0, i - 7)..Math.Min(keys.Length, i + 6)]))
                return true;
        }

        return false;
    }

    private bool SpeaksFor(OriginGroup person, OriginGroup body)
    {
        var offices = ContextOf(person).Offices;
        foreach (var (office, bodies) in offices)
        {
            if (bodies.Contains("*"))
            {
                // A body that is named: "the company" is whichever was named last.
                if (story.Keeps(SourcingRule.OfficesOfBodies) && body.Name!.Any(char.IsUpper) && HoldsOfficeOf(person, body, office))
                    return true;
            }
            else if (story.Keeps(SourcingRule.OfficesByNoun) && bodies.Any(noun => Folding.Fold(body.Name!).Contains(noun, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static List<(string Office, string[] Bodies)> OfficesOf(Language language) =>
        language.Table("folded-offices", static known => Nouns.Of(known).Where(noun => noun.SpeaksFor is not null)
            .Select(office => (Folding.Fold(office.Word), office.SpeaksFor!.Split('|').Select(noun => Folding.Fold(noun)).ToArray())).ToList());

    // The office stands beside the person's name and is the body's: by its complement ("head of Belvara"), by what stands before it ("Belvara's head"),
    // else by the body told last before it ("Le groupe Belvara … son directeur").
    private bool HoldsOfficeOf(OriginGroup person, OriginGroup body, string office)
    {
        foreach (var (place, i) in story.WhereIs(LastName(person.Name!)))
        {
            var words = story.Bodies[place];
            var to = Math.Min(words.Words.Length, i + NearName);
            for (var at = Math.Max(0, i - NearName); at < to; at++)
            {
                if (words.Words[at] == office && Holds(words, at, i) && IsOfficeOf(words, at, i, body))
                    return true;
            }
        }

        return false;
    }

    private static bool IsOfficeOf(WordSequence words, int office, int name, OriginGroup body)
    {
        var tokens = words.Source.Tokens;
        // "Secretary general of", "chief executive of": what is told of the office goes on to its complement.
        var after = office + 1;
        while (after < tokens.Length && after - office <= 2 && after != name && tokens[after].Tag is PartOfSpeech.Adjective or PartOfSpeech.Noun && tokens[after].Kind == TokenKind.Word)
            after++;
        if (after < tokens.Length && IsOf(words, after))
            return body.Description.NamedIn(words.Keys[after..Math.Min(tokens.Length, after + Complement)]) || body.Description.Heads(words.Keys[after..Math.Min(tokens.Length, after + Complement)]);
        if (body.Description.NamedIn(words.Keys[Math.Max(0, office - 3)..office]))
            return true;
        // "Le groupe Belvara … son directeur": a body told before, in the sentence the first, for that is who it is about; else the last one before it.
        if (!IsPossessed(words, office))
            return false;
        var sentence = words.Source.SentenceAt(tokens[office].Start);
        var (start, _) = sentence < 0 ? (office, office) : words.Range(words.Source.Sentences[sentence]);
        if (body.Description.NamedIn(words.Keys[start..office]))
            return body.Description.IsFirstIn(words, start, office);
        return body.Description.NamedIn(words.Keys[Math.Min(start, Math.Max(0, office - BeforeName))..start]) && !HasName(words, start, Math.Min(office, name));
    }

    // Whether the office stands in the name's noun phrase, is set beside it, or is said of it: another's office stands close by as often.
    private static bool Holds(WordSequence words, int office, int name)
    {
        if (words.Source.Syntax is not { } tree)
            return true;
        var beside = false;
        for (var (at, steps) = (name, 0); at >= 0 && steps < MostSteps; at = tree.Heads[at], steps++)
        {
            // "The director of Sarn Water, Ada Finch": set beside the last noun.
            if (beside && tree.Relations[at] == Relation.NominalModifier && tree.Heads[at] == office)
                return true;
            if (at == office || tree.Heads[office] == at && (IsOfOne(tree.Relations[office]) || tree.Relations[office] == Relation.NominalModifier))
                return true;
            if (!IsOfOne(tree.Relations[at]))
                return false;
            beside |= tree.Relations[at] == Relation.Apposition;
        }

        return false;

        static bool IsOfOne(Relation relation) => relation is Relation.Apposition or Relation.Description or Relation.Compound or Relation.Flat or Relation.Subject;
    }

    private static bool IsPossessed(WordSequence words, int noun)
    {
        if (words.Source.Language is not { } language)
            return false;
        var lexicon = SpeakerLexicon.Of(language);
        for (var i = noun - 1; i >= 0 && i >= noun - 3; i--)
        {
            if (lexicon.Find(words.Source.Tokens[i].Span.In(words.Source.Text)).Is(WordUses.Possessive))
                return true;
        }

        return false;
    }

    private static bool HasName(WordSequence words, int from, int to)
    {
        for (var i = from + 1; i < to; i++)
        {
            if (words.Source.Tokens[i].Tag == PartOfSpeech.ProperNoun)
                return true;
        }

        return false;
    }

    private static bool IsOf(WordSequence words, int token) =>
        words.Source.Language is { } language
        && language.Table("folded-of-words", static known => known.Lines("of-words").Select(line => Folding.Fold(line)).ToHashSet(StringComparer.Ordinal)).Contains(words.Words[token]);

    private static string LastName(string name) => Folding.Fold(name.Split(' ')[^1]);

    // The classes of role and the offices told beside a person's name anywhere in the story.
    private PersonContext ContextOf(OriginGroup person)
    {
        var last = LastName(person.Name!);
        if (_people.TryGetValue(last, out var known))
            return known;
        var classes = new HashSet<string>(StringComparer.Ordinal);
        var near = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (place, i) in story.WhereIs(last))
        {
            var words = story.Bodies[place].Words;
            var language = story.Articles[place].Body.Language;
            for (var j = Math.Max(0, i - NearName); j < Math.Min(words.Length, i + NearName); j++)
            {
                if (Holds(story.Bodies[place], j, i))
                    near.Add(words[j]);
                if (Description.ClassOf(words[j], language) is { } name)
                    classes.Add(name);
            }
        }

        return _people[last] = new PersonContext(classes, _offices.FindAll(office => near.Contains(office.Office)));
    }

    // Rules 9 and 10: whatever may be the same is the same.
    private (int Fewest, int Most, List<List<OriginGroup>> Apart) Range(List<OriginGroup> groups, bool loops, List<Merge> merged)
    {
        var most = groups.Count;
        if (most == 0)
            return (0, 0, []);
        var solid = groups.Where(group => group is { Type: not (null or OriginType.Medium) }).OrderByDescending(_sides.IsStrong).ToList();
        var apart = new List<List<OriginGroup>>();
        foreach (var group in solid)
        {
            var with = apart.Find(cluster => cluster.TrueForAll(other => WhyMaybe(other, group) is not null));
            if (with is null)
            {
                apart.Add([group]);
                continue;
            }

            merged.Add(new Merge(with[0].Name, group.Name, 9, Certain: false, WhyMaybe(with[0], group)!));
            with.Add(group);
        }

        var first = solid.Count > 0 ? solid[0] : groups[0];
        foreach (var group in groups)
        {
            if (group != first && group.Type is null or OriginType.Medium)
            {
                merged.Add(new Merge(first.Name, group.Name, 9, Certain: false, group.Type is null
                    ? "a bare sentence may go back to any origin"
                    : "a medium with nothing behind it may have it from any origin"));
            }
        }

        if (apart.Count > 0)
            return (apart.Count, most, apart);
        // Nothing but loops and bare sentences: the sentence may repeat the loop.
        return (loops && groups.TrueForAll(group => group.Type is null) ? 0 : 1, most, apart);
    }

    // The runs of words inside quotation marks that its passages hold: two who know a thing apart do not tell it in the same words.
    private HashSet<ulong> RunsOf(OriginGroup group)
    {
        if (group.Runs is { } known)
            return known;
        var runs = new HashSet<ulong>();
        foreach (var trace in group.All.SelectMany(one => one.Traces).Where(trace => !trace.Passage.Evidence.InTitle).Take(MostQuoting))
        {
            var words = story.Bodies[trace.Place];
            var (from, to) = words.Range(trace.Passage.Evidence.Span);
            var quotations = story.QuotationsOf(trace.Place).AsSpan();
            for (var q = Sorted.First(quotations, from + 1, static quotation => quotation.Close); q < quotations.Length && quotations[q].First < to; q++)
            {
                var run = new List<ulong>();
                for (var i = Math.Max(from, quotations[q].First); i < Math.Min(to, quotations[q].Close); i++)
                {
                    if (words.Words[i] is [var first, ..] word && char.IsLetterOrDigit(first))
                        run.Add(TextHash.Of(word));
                }

                for (var i = 0; i + QuotedRun <= run.Count; i++)
                    runs.Add(run.GetRange(i, QuotedRun).Aggregate(TextHash.Combine));
            }
        }

        return group.Runs = runs;
    }

    // "Witnesses", "the main unions": no name tells them from others.
    private static bool IsDescribed(OriginGroup group) => group.Type != OriginType.Outlet && !group.All.Any(one => one.Name?.Any(char.IsUpper) == true);

    // "Tennessee": whoever is meant, nobody knows who speaks there.
    private bool IsPlace(OriginGroup group) => group.IsPlace ??= group.All.All(one => one.Type == OriginType.Organisation
        && story.Articles[one.Traces[0].Place].Entities.Any(entity => entity.Type == EntityType.Place && string.Equals(entity.Name, one.Name, StringComparison.OrdinalIgnoreCase)));

    // In doubt they are one: null only where it is plain that the two know it apart.
    private string? WhyMaybe(OriginGroup a, OriginGroup b)
    {
        if (_rulings.AreApart(a.Traces, b.Traces))
            return null;
        if (story.Keeps(SourcingRule.QuotedAlikeMayBeOne) && RunsOf(a).Overlaps(RunsOf(b)))
            return "both give the same words in quotation marks";
        if (story.Keeps(SourcingRule.PlacesAreNoSource) && (IsPlace(a) || IsPlace(b)))
            return "a place tells nothing of who speaks there";
        if (story.Keeps(SourcingRule.WeakMayBeOne) && (!_sides.IsStrong(a) || !_sides.IsStrong(b)))
            return "a source that is only inferred, or tells it only in part";
        if (story.Keeps(SourcingRule.UnnamedMayBeOne) && !a.IsNamedSort && !b.IsNamedSort)
            return "unnamed sources may be one";
        if (story.Keeps(SourcingRule.DescribedMayBeOne) && (IsDescribed(a) || IsDescribed(b)))
            return "a source that is only described may be any of the others";
        var (one, other) = (_sides.Of(a), _sides.Of(b));
        if (story.Keeps(SourcingRule.SidesUnknownMayBeOne) && (one is null || other is null))
            return "nothing tells that the two know it apart";
        if (story.Keeps(SourcingRule.OneSideMayBeOne) && one == other)
            return "two of one side: an office and its authority, a body and its people";
        if (story.Keeps(SourcingRule.LawyersAndClients) && (one == Sides.Lawyer || other == Sides.Lawyer))
            return "lawyer and client";
        return !story.Keeps(SourcingRule.TellingOtherThings) || _sides.TellTheSame(a, b) ? null : "their passages need not tell the same";
    }
}

/// <summary>What stands beside a person's name in a story.</summary>
/// <param name="Classes">The classes of role.</param>
/// <param name="Offices">The offices to speak for others, with the bodies they speak for ("*" for any).</param>
internal sealed record PersonContext(HashSet<string> Classes, List<(string Office, string[] Bodies)> Offices);

/// <summary>The traces that certainly go back to one origin.</summary>
internal sealed class OriginGroup
{
    private readonly List<OriginGroup> _joined = [];
    private IReadOnlyList<OriginGroup>? _all;

    public OriginGroup(Trace trace, Description description)
    {
        Description = description;
        Folded = trace.Name is null ? null : StoryNames.IsAcronym(trace.Name) ? Folding.Fold(trace.Name).Replace(".", "", StringComparison.Ordinal) : Folding.Fold(trace.Name);
        Type = trace.Type;
        Name = trace.Name;
        MetBy = trace.MetBy;
        Collective = trace is { Type: OriginType.Medium, Rule: 2 } && trace.Media.Count == 0;
        Traces.Add(trace);
    }

    private OriginGroup(OriginGroup a, OriginGroup b)
    {
        var first = a.Rank <= b.Rank ? a : b;
        Description = first.Description;
        Folded = first.Folded;
        Type = first.Type;
        Name = first.Name;
        MetBy = first.MetBy;
        Traces.AddRange(a.Traces);
        Traces.AddRange(b.Traces);
        _joined.AddRange(a.All);
        _joined.AddRange(b.All);
    }

    public OriginType? Type { get; }

    public string? Name { get; private set; }

    /// <summary>The name that it was first told by, without case and accents.</summary>
    public string? Folded { get; }

    public string? MetBy { get; }

    public Description Description { get; }

    public bool Collective { get; }

    public List<Trace> Traces { get; } = [];

    /// <summary>The words of its quotations, once they were asked for.</summary>
    public List<string[]>? Quotes { get; set; }

    /// <summary>Whether it is a place, once that was asked.</summary>
    public bool? IsPlace { get; set; }

    /// <summary>The runs of its quoted words, once they were asked for.</summary>
    public HashSet<ulong>? Runs { get; set; }

    /// <summary>What each passage of its own tells, once it was asked for.</summary>
    public List<HashSet<ulong>>? Keys { get; set; }

    /// <summary>The groups that it is joined of; itself if none.</summary>
    public IReadOnlyList<OriginGroup> All => _all ??= _joined.Count == 0 ? [this] : _joined;

    /// <summary>Whether all its passages tell the point only in part.</summary>
    public bool Partial => Traces.TrueForAll(trace => trace.Passage.Partial);

    /// <summary>Whether it is a person, an organisation, a document or the outlet's own reporting.</summary>
    public bool IsNamedSort => Type is OriginType.Person or OriginType.Organisation or OriginType.Document or OriginType.Outlet;

    /// <summary>Whether it counts as named in a grade (rule 10).</summary>
    public bool IsNamed => All.Any(group => group.Type switch
    {
        OriginType.Person or OriginType.Organisation or OriginType.Outlet => true,
        OriginType.Document => group.Traces.Exists(trace => !trace.Private) || group.Traces.Select(trace => trace.Place).Distinct().Count() > 1,
        _ => false,
    });

    /// <summary>Whether it counts as unnamed in a grade.</summary>
    public bool IsUnnamed => !IsNamed && Type is OriginType.Unnamed or OriginType.Document;

    private int Rank => Type switch { OriginType.Person => 0, OriginType.Organisation => 1, OriginType.Document => 2, _ => 3 };

    public static OriginGroup Join(OriginGroup a, OriginGroup b) => new(a, b);

    public void Add(Trace trace)
    {
        Traces.Add(trace);
        if (trace.Name is { } name && Name is { } known && name.Length > known.Length && Type != OriginType.Unnamed)
            Name = name;
    }

    public Origin ToOrigin() => new(
        Name, Type, [.. Traces.SelectMany(trace => trace.Media).Where(medium => medium != Name).Distinct()], Traces.Exists(trace => trace.Stated),
        [.. Traces.SelectMany(trace => trace.Evidence.Count == 0 ? [trace.Passage.Evidence] : trace.Evidence).Distinct()]);
}
