using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>
/// Whether whom an article is read to give as a speaker is a source at all: somebody who tells something, under a name that is whole. Learned from stories
/// whose sources readers listed under all the names that their articles give them: a truck, a deal, a dateline and half a name are on no list.
/// </summary>
internal sealed class SpeakerJudge
{
    /// <summary>How many numbers describe a speaker of an article.</summary>
    public const int Count = 44;

    // Log-odds below which nobody is told to speak. Chosen with stories left out.
    private const float Least = 0;

    private const int Name = 10;
    private const int Place = 19;
    private const int Known = 30;
    private const int FarthestHead = 12;

    private static readonly ImmutableArray<PartOfSpeech> Tags = [.. Enum.GetValues<PartOfSpeech>()];

    private static readonly Lazy<TreeModel> Model = new(() => TreeModel.BuiltIn("speakers"));

    private readonly AnnotatedArticle _article;
    private readonly Dictionary<string, ArticleActor> _actors = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, EntityType> _entities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads whom an article names.</summary>
    public SpeakerJudge(AnnotatedArticle article)
    {
        _article = article;
        foreach (var actor in article.Actors)
            _actors.TryAdd(actor.Name, actor);
        foreach (var entity in article.Entities)
            _entities.TryAdd(entity.Name, entity.Type);
    }

    /// <summary>The statements of an article without those of nobody who can tell anything; of what stands in quotation marks the speaker is not known then.</summary>
    public static ImmutableArray<Statement> Judge(AnnotatedArticle article)
    {
        var judge = new SpeakerJudge(article);
        var doubted = new HashSet<(string, SpeakerType)>();
        var row = new float[Count];
        foreach (var (name, type, statements) in Speakers(article))
        {
            judge.Fill(name, statements, row);
            if (Model.Value.Score(row) < Least)
                doubted.Add((name, type));
        }

        return doubted.Count == 0 ? article.Statements : [.. article.Statements.Where(statement => statement.Kind != StatementKind.Indirect || !IsDoubted(statement))
            .Select(statement => IsDoubted(statement) ? statement with { Speaker = null } : statement)];

        bool IsDoubted(Statement statement) => statement is { Corrected: false, Speaker: { Name: { } name } speaker } && doubted.Contains((name, speaker.Type));
    }

    /// <summary>The speakers of an article by their names, each with its statements; no media, which are known otherwise.</summary>
    public static IEnumerable<(string Name, SpeakerType Type, List<Statement> Statements)> Speakers(AnnotatedArticle article) => article.Statements
        .Where(statement => statement is { Corrected: false, Speaker: { Name.Length: > 0, Type: not SpeakerType.Medium } })
        .GroupBy(statement => (statement.Speaker!.Name!, statement.Speaker.Type)).Select(group => (group.Key.Item1, group.Key.Type, group.ToList()));

    /// <summary>Fills the numbers of a speaker.</summary>
    /// <param name="name">The speaker's name.</param>
    /// <param name="statements">What it is read to tell, one at least.</param>
    /// <param name="row">The numbers.</param>
    public void Fill(string name, List<Statement> statements, Span<float> row)
    {
        row.Clear();
        row[0] = (int)statements[0].Speaker!.Type;
        row[1] = statements.Count;
        row[2] = statements.Count(static statement => statement.Voiced);
        row[3] = statements.Count(static statement => statement.Kind == StatementKind.Direct);
        row[4] = statements.Max(static statement => statement.Odds);
        row[5] = statements.Average(static statement => statement.Odds);
        row[6] = row[2] / statements.Count;
        row[7] = (float)statements.Count(static statement => statement.Kind == StatementKind.Indirect) / statements.Count;
        row[8] = statements.Count(static statement => statement.Speaker!.Mention is null);
        row[9] = statements.Count(static statement => statement.Cue is null);
        SetName(name, row[Name..]);
        SetPlace(name, statements, row[Place..]);
        if (_actors.TryGetValue(name, out var known))
            SetActor(known, statements.Count, row[Known..]);
        row[Known + 12] = _entities.TryGetValue(name, out var type) ? 1 + (int)type : 0;
        row[Known + 13] = statements.Count(static statement => statement.Act == Act.Say);
    }

    private void SetName(string name, Span<float> row)
    {
        var words = name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        row[0] = words.Length;
        row[1] = char.IsUpper(name[0]) ? 1 : 0;
        row[2] = words.Count(static word => char.IsUpper(word[0]));
        row[3] = name.AsSpan().ContainsAny("()[]\n") ? 1 : 0;
        row[4] = name.Any(char.IsDigit) ? 1 : 0;
        if (words.Length == 0 || _article.Body.Language is not { } language)
            return;
        var lexicon = SpeakerLexicon.Of(language);
        row[5] = ClassOf(lexicon.Find(words[0]));
        row[6] = ClassOf(lexicon.Find(words[^1]));
        row[7] = words.Max(word => ClassOf(lexicon.Find(word)));
        row[8] = language.Words("first-names").Contains(words[0]) ? 1 : 0;
    }

    // Where the speaker is named first, what stands in the name, around it and above it.
    private void SetPlace(string name, List<Statement> statements, Span<float> row)
    {
        var (told, named, pronouns) = (0, 0, 0);
        foreach (var statement in statements)
        {
            var text = _article.TextOf(statement.InTitle);
            if (statement.Speaker!.Mention is not { } mention || text.TokenAt(mention.Start) is var at && at >= text.Tokens.Length)
                continue;
            told++;
            pronouns += text.Tokens[at].Tag == PartOfSpeech.Pronoun ? 1 : 0;
            row[0] = Math.Max(row[0], text.TokenAt(mention.End) - at);
            if (mention.Quote(text.Text).IndexOf(name, StringComparison.OrdinalIgnoreCase) is var offset and >= 0 && named++ == 0)
                SetTokens(text, TextSpan.Of(mention.Start + offset, name.Length), statement.Cue, row[1..]);
        }

        row[9] = (float)named / Math.Max(1, told);
        row[10] = (float)pronouns / Math.Max(1, told);
    }

    private static void SetTokens(AnalyzedText text, TextSpan span, TextSpan? cue, Span<float> row)
    {
        var (start, stop) = (text.TokenAt(span.Start), Math.Max(text.TokenAt(span.Start) + 1, text.TokenAt(span.End)));
        row[0] = TagAt(text, start);
        row[1] = TagAt(text, stop - 1);
        for (var i = start; i < Math.Min(stop, text.Tokens.Length); i++)
        {
            row[2] += text.Tokens[i].Tag is PartOfSpeech.Verb or PartOfSpeech.Auxiliary ? 1 : 0;
            row[3] += text.Tokens[i].Tag is PartOfSpeech.Noun or PartOfSpeech.ProperNoun ? 1 : 0;
        }

        row[4] = TagAt(text, start - 1);
        row[5] = TagAt(text, stop);
        if (text.Syntax is not { } tree || start >= tree.Heads.Length)
            return;
        var head = start;
        for (var steps = 0; steps < FarthestHead && tree.Heads[head] >= start && tree.Heads[head] < stop; steps++)
            head = tree.Heads[head];
        row[6] = 1 + (int)tree.Relations[head];
        row[7] = tree.Heads[head] < 0 ? 0 : TagAt(text, tree.Heads[head]);
    }

    private static void SetActor(ArticleActor actor, int statements, Span<float> row)
    {
        row[0] = actor.CanSpeak ? 1 : -1;
        row[1] = actor.IsPlace ? 1 : 0;
        row[2] = actor.IsNamed ? 1 : 0;
        row[3] = actor.IsTypeGuessed ? 1 : 0;
        row[4] = actor.IsSource ? 1 : 0;
        row[5] = actor.IsIndefinite ? 1 : 0;
        row[6] = actor.IsPlural ? 1 : 0;
        row[7] = actor.Mentions.Length;
        row[8] = actor.Roles.Length;
        row[9] = (float)statements / actor.Mentions.Length;
    }

    private static float TagAt(AnalyzedText text, int token) => token < 0 || token >= text.Tokens.Length ? 0 : 1 + Tags.IndexOf(text.Tokens[token].Tag);

    private static float ClassOf(SpeakerWord word) =>
        word.Is(WordUses.Source) ? 5 : word.Is(WordUses.Role) ? 4 : word.Is(WordUses.Body) ? 3 : word.Is(WordUses.Group) ? 2 : word.Is(WordUses.Noun) ? 1 : 0;
}
