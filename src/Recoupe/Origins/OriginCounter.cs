using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Points;
using Recoupe.Reuses;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Counts the origins of a point: what is the same, what may be, and so how few and how many there are.</summary>
internal sealed class OriginCounter(StoryText story, ImmutableArray<Reuse> reuses)
{
    // Words this near a name tell the person's office and role.
    private const int NearName = 9;

    private readonly Dictionary<string, (HashSet<string> Classes, HashSet<string> Words)> _people = new(StringComparer.Ordinal);

    /// <summary>What stands behind the point whose traces are given.</summary>
    public OriginCount Count(List<Trace> traces)
    {
        var affirming = Group(traces.Where(trace => trace.Passage.Stance == Stance.Affirms));
        var merged = new List<Merge>();
        var groups = JoinSame(affirming, merged);
        var loops = traces.Where(trace => trace.Loop).Select(trace => Loop(trace)).DistinctBy(loop => string.Join('\n', loop)).ToImmutableArray();
        var (fewest, most) = Range(groups, loops.Length > 0, merged);
        var against = Group(traces.Where(trace => trace.Passage.Stance != Stance.Affirms && trace.Type is not null));
        return new OriginCount(
            fewest, most, [.. affirming.Where(group => group.Type is not null || groups.Contains(group)).Select(group => group.ToOrigin())],
            [.. against.Select(group => group.ToOrigin())], loops, [.. merged.Distinct()]);
    }

    /// <summary>The groups of affirming passages that count as origins, those that are certainly the same joined.</summary>
    public List<OriginGroup> Distinct(List<Trace> traces) => JoinSame(Group(traces.Where(trace => trace.Passage.Stance == Stance.Affirms)), []);

    private ImmutableArray<string> Loop(Trace trace)
    {
        var media = trace.Media.ToImmutableArray();
        return story.Articles[trace.Place].Article.Outlet is { } outlet ? [outlet, .. media] : media;
    }

    private List<OriginGroup> Group(IEnumerable<Trace> traces)
    {
        var groups = new List<OriginGroup>();
        foreach (var trace in traces)
        {
            if (trace.Loop || trace.Open)
                continue;
            var group = groups.Find(known => Belongs(trace, known));
            if (group is null)
                groups.Add(group = new OriginGroup(trace, Description.Of(trace.Name, story.Articles[trace.Place].Body.Language)));
            else
                group.Add(trace);
        }

        // What "American media" tells is what the named media tell, if any is named.
        if (groups.Exists(group => group.Type is not null && !group.Collective))
            groups.RemoveAll(group => group.Collective);
        return groups;
    }

    private bool Belongs(Trace trace, OriginGroup group)
    {
        if (trace.Type != group.Type)
            return false;
        switch (trace.Type)
        {
            case null:
                return group.Traces.Exists(known => known.Place == trace.Place || SharesText(known.Passage.Evidence, trace.Passage.Evidence));
            case OriginType.Unnamed:
                return Met(trace.MetBy, group.MetBy) && group.Description.Same(Description.Of(trace.Name, story.Articles[trace.Place].Body.Language));
            case OriginType.Medium or OriginType.Outlet:
                return trace.Name is not null && group.Name is not null && MediaNames.Same(trace.Name, group.Name);
            default:
                return trace.Name is not null && group.Name is not null
                    && (string.Equals(Folding.Fold(trace.Name), Folding.Fold(group.Name), StringComparison.Ordinal)
                        || group.Description.Same(Description.Of(trace.Name, story.Articles[trace.Place].Body.Language)));
        }
    }

    private static bool Met(string? a, string? b) => a is null ? b is null : b is not null && MediaNames.Same(a, b);

    private bool SharesText(Evidence a, Evidence b) => reuses.Any(reuse =>
        (reuse.From == a.Article && reuse.To == b.Article && reuse.Passages.Any(passage => passage.From.Overlaps(a.Span) && passage.To.Overlaps(b.Span)))
        || (reuse.From == b.Article && reuse.To == a.Article && reuse.Passages.Any(passage => passage.From.Overlaps(b.Span) && passage.To.Overlaps(a.Span))));

    // Rule 7.
    private List<OriginGroup> JoinSame(List<OriginGroup> groups, List<Merge> merged)
    {
        var left = groups.ToList();
        for (var i = 0; i < left.Count; i++)
        {
            for (var j = i + 1; j < left.Count; j++)
            {
                if (WhySame(left[i], left[j]) is not { } why)
                    continue;
                merged.Add(new Merge(left[i].Name, left[j].Name, 7, Certain: true, why));
                left[i] = OriginGroup.Join(left[i], left[j]);
                left.RemoveAt(j);
                // What is joined may now meet an earlier one.
                i = -1;
                break;
            }
        }

        return left;
    }

    private string? WhySame(OriginGroup a, OriginGroup b)
    {
        foreach (var x in a.All)
        {
            foreach (var y in b.All)
            {
                if (WhySameOne(x, y) is { } why)
                    return why;
            }
        }

        return null;
    }

    private string? WhySameOne(OriginGroup a, OriginGroup b)
    {
        if (a.Name is null || b.Name is null)
            return null;
        if (a.Type is not (null or OriginType.Unnamed) && b.Type is not (null or OriginType.Unnamed) && string.Equals(Folding.Fold(a.Name), Folding.Fold(b.Name), StringComparison.Ordinal))
            return "the same name";
        if (a.Type == b.Type && a.Type is OriginType.Person && (a.Description.Holds(b.Description) || b.Description.Holds(a.Description)))
            return "the same person, named more and less fully";
        if (a.Type is OriginType.Organisation or OriginType.Document && b.Type is OriginType.Organisation or OriginType.Document
            && (a.Description.Holds(b.Description) || b.Description.Holds(a.Description)))
            return a.Type == b.Type ? "the same name, more and less full" : "an organisation and its own document";
        if (a.Type == OriginType.Unnamed && b.Type == OriginType.Unnamed && Met(a.MetBy, b.MetBy) && a.MetBy is not null
            && (a.Description.Holds(b.Description) || b.Description.Holds(a.Description)))
            return "an unnamed source described alike, met by the same medium";
        var (person, body) = a.Type == OriginType.Person ? (a, b) : (b, a);
        if (person.Type == OriginType.Person && body.Type is OriginType.Organisation or OriginType.Document && SpeaksFor(person, body))
            return "a person who speaks for an organisation, and that organisation";
        if (IsRole(a) && IsNamedOne(b) && RoleOf(a, b) || IsRole(b) && IsNamedOne(a) && RoleOf(b, a))
            return "a role, and who is told to hold it";
        return null;
    }

    private static bool IsNamedOne(OriginGroup group) => group.Type is OriginType.Person or OriginType.Organisation && group.Name!.Any(char.IsUpper);

    // "the hydrologist", "its operator": no name, and no wish to stay unnamed.
    private bool IsRole(OriginGroup group)
    {
        if (group.Type is not (OriginType.Unnamed or OriginType.Organisation or OriginType.Person) || group.Name is not { Length: > 0 } name || name.Any(char.IsUpper))
            return false;
        return !group.Description.IsAnonymous && !group.Traces.Exists(trace => story.StatementOf(trace.Passage)?.Speaker?.Anonymity is not null);
    }

    // All words of the role stand close to the name somewhere in the story, and to no other name of the point.
    private bool RoleOf(OriginGroup role, OriginGroup named)
    {
        var last = LastName(named.Name!);
        for (var place = 0; place < story.Articles.Length; place++)
        {
            var words = story.Bodies[place];
            for (var i = 0; i < words.Words.Length; i++)
            {
                if (words.Words[i] == last && role.Description.AllIn(words.Keys[Math.Max(0, i - 7)..Math.Min(words.Keys.Length, i + 6)].ToArray()))
                    return true;
            }
        }

        return false;
    }

    private bool SpeaksFor(OriginGroup person, OriginGroup body)
    {
        var last = LastName(person.Name!);
        var (_, near) = ContextOf(person);
        foreach (var trace in body.Traces)
        {
            // "le groupe, par la voix d'Hélène Tarnaud"
            if (story.WordsOf(trace.Passage.Evidence).In(story.SentenceOf(trace.Passage.Evidence)).Contains(last) && OfficesIn(near).Any())
                return true;
        }

        foreach (var (office, bodies) in OfficesIn(near))
        {
            if (bodies.Contains("*"))
            {
                // A body that is named: "the company" is whichever was named last.
                if (body.Name!.Any(char.IsUpper) && BesideBody(person, body, office))
                    return true;
            }
            else if (bodies.Any(noun => Folding.Fold(body.Name!).Contains(noun, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<(string Office, string[] Bodies)> OfficesIn(HashSet<string> words)
    {
        foreach (var language in story.Articles.Select(article => article.Body.Language).Where(language => language is not null).Distinct())
        {
            foreach (var (office, bodies) in OfficesOf(language!))
            {
                if (words.Contains(office))
                    yield return (office, bodies);
            }
        }
    }

    private static List<(string Office, string[] Bodies)> OfficesOf(Language language) =>
        language.Table("folded-offices", static known => known.Lines("offices").Select(line => line.Split('\t')).Where(columns => columns.Length > 1)
            .Select(columns => (Folding.Fold(columns[0]), columns[1].Split('|').Select(noun => Folding.Fold(noun)).ToArray())).ToList());

    // The person's name, an office and the body's name near each other, or the body just before ("Le groupe Belvara … son directeur").
    private bool BesideBody(OriginGroup person, OriginGroup body, string office)
    {
        var last = LastName(person.Name!);
        for (var place = 0; place < story.Articles.Length; place++)
        {
            var words = story.Bodies[place];
            for (var i = 0; i < words.Words.Length; i++)
            {
                if (words.Words[i] != last)
                    continue;
                var from = Math.Max(0, i - 45);
                var to = Math.Min(words.Words.Length, i + NearName);
                var hasOffice = words.Words[Math.Max(0, i - NearName)..to].Contains(office);
                if (hasOffice && body.Description.NamedIn(words.Keys[from..to].ToArray()))
                    return true;
            }
        }

        return false;
    }

    private static string LastName(string name) => Folding.Fold(name.Split(' ')[^1]);

    // The classes of role and the words told beside a person's name anywhere in the story.
    private (HashSet<string> Classes, HashSet<string> Words) ContextOf(OriginGroup person)
    {
        var last = LastName(person.Name!);
        if (_people.TryGetValue(last, out var known))
            return known;
        var classes = new HashSet<string>(StringComparer.Ordinal);
        var near = new HashSet<string>(StringComparer.Ordinal);
        for (var place = 0; place < story.Articles.Length; place++)
        {
            var words = story.Bodies[place].Words;
            var language = story.Articles[place].Body.Language;
            for (var i = 0; i < words.Length; i++)
            {
                if (words[i] != last)
                    continue;
                for (var j = Math.Max(0, i - NearName); j < Math.Min(words.Length, i + NearName); j++)
                {
                    near.Add(words[j]);
                    if (Description.ClassOf(words[j], language) is { } name)
                        classes.Add(name);
                }
            }
        }

        return _people[last] = (classes, near);
    }

    // Rules 8 and 9.
    private (int Fewest, int Most) Range(List<OriginGroup> groups, bool loops, List<Merge> merged)
    {
        var most = groups.Count;
        if (most == 0)
            return (0, 0);

        var named = groups.Where(group => group.IsNamedSort && !group.Partial).ToList();
        var joined = new List<List<OriginGroup>>();
        foreach (var group in named)
        {
            var with = joined.Find(cluster => cluster.TrueForAll(other => WhyMaybe(other, group) is not null));
            if (with is null)
            {
                joined.Add([group]);
                continue;
            }

            merged.Add(new Merge(with[0].Name, group.Name, 8, Certain: false, WhyMaybe(with[0], group)!));
            with.Add(group);
        }

        var unnamed = new List<List<OriginGroup>>();
        foreach (var group in groups.Where(group => group.Type == OriginType.Unnamed && !group.Partial))
        {
            var fits = named.Find(other => other.Type == OriginType.Person && DescriptionFits(group, other));
            if (fits is not null)
            {
                merged.Add(new Merge(fits.Name, group.Name, 8, Certain: false, "an unnamed source whose description fits a named one"));
                continue;
            }

            var with = unnamed.Find(cluster => cluster.TrueForAll(other => other.Description.Fits(group.Description)));
            if (with is null)
            {
                unnamed.Add([group]);
                continue;
            }

            merged.Add(new Merge(with[0].Name, group.Name, 8, Certain: false, "unnamed sources of like description met by different media"));
            with.Add(group);
        }

        var solid = joined.Count + unnamed.Count;
        var first = joined.Count > 0 ? joined[0][0] : unnamed.Count > 0 ? unnamed[0][0] : groups[0];
        foreach (var group in groups)
        {
            if (group == first || !(group.Partial || group.Type is null or OriginType.Medium))
                continue;
            merged.Add(new Merge(first.Name, group.Name, 8, Certain: false, group switch
            {
                { Partial: true } => "a passage that tells the point only in part or takes it for granted",
                { Type: null } => "a bare sentence may go back to any origin",
                _ => "a medium with nothing behind it may have it from any origin",
            }));
        }

        if (solid > 0)
            return (solid, most);
        // Nothing but loops and bare sentences: the sentence may repeat the loop.
        return (loops && groups.TrueForAll(group => group.Type is null) ? 0 : 1, most);
    }

    private string? WhyMaybe(OriginGroup a, OriginGroup b)
    {
        if (Contradict(a, b))
            return null;
        var (person, body) = a.Type == OriginType.Person ? (a, b) : (b, a);
        if (person.Type == OriginType.Person && body.Type is OriginType.Organisation or OriginType.Document)
        {
            var (classes, _) = ContextOf(person);
            if (classes.Contains("lawyer") && NearBody(person, body))
                return "lawyer and client";
            if (person.Description.Shared(body.Description) > 0)
                return body.Type == OriginType.Document ? "author and report" : "a person and a body of one name";
        }

        if (a.Type == OriginType.Organisation && b.Type == OriginType.Organisation && a.Description.Shared(b.Description) > 0)
            return "a subordinate office and its authority";
        return null;
    }

    private bool NearBody(OriginGroup person, OriginGroup body)
    {
        var last = LastName(person.Name!);
        for (var place = 0; place < story.Articles.Length; place++)
        {
            var words = story.Bodies[place];
            for (var i = 0; i < words.Words.Length; i++)
            {
                if (words.Words[i] == last && body.Description.NamedIn(words.Keys[Math.Max(0, i - 45)..Math.Min(words.Keys.Length, i + NearName)].ToArray()))
                    return true;
            }
        }

        return false;
    }

    // Who tells another amount of the same measure is another origin, whatever else speaks for one.
    private bool Contradict(OriginGroup a, OriginGroup b) =>
        a.Traces.Exists(x => b.Traces.Exists(y => NumbersOf(x).Any(first => NumbersOf(y).Any(second => Differ(first, second)))));

    private IEnumerable<NumberMention> NumbersOf(Trace trace) => story.Articles[trace.Place].Numbers
        .Where(number => number.InTitle == trace.Passage.Evidence.InTitle && trace.Passage.Evidence.Span.Contains(number.Span));

    private static bool Differ(NumberMention a, NumberMention b) =>
        Measure.Of(a.Value, a.Unit) is { } first && Measure.Of(b.Value, b.Unit) is { } second && first.Dimension == second.Dimension
        && !Amounts.Agree(first.Value, a.Bounds, second.Value, b.Bounds);

    private bool DescriptionFits(OriginGroup unnamed, OriginGroup person)
    {
        var (classes, _) = ContextOf(person);
        return unnamed.Description.Classes.Any(classes.Contains);
    }
}

/// <summary>The traces that certainly go back to one origin.</summary>
internal sealed class OriginGroup
{
    private readonly List<OriginGroup> _joined = [];

    public OriginGroup(Trace trace, Description description)
    {
        Description = description;
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

    public string? MetBy { get; }

    public Description Description { get; }

    public bool Collective { get; }

    public List<Trace> Traces { get; } = [];

    /// <summary>The groups that it is joined of; itself if none.</summary>
    public IReadOnlyList<OriginGroup> All => _joined.Count == 0 ? [this] : _joined;

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
