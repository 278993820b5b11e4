using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Points;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Origins;

/// <summary>Finds whom each passage of a story may go back to, with what tells whether it does (sourcing rules 1, 2, 5 and 6).</summary>
internal sealed class OriginCandidates(StoryText story, StatedChains stated)
{
    /// <summary>How many numbers describe a candidate.</summary>
    public const int Count = 48;

    // Further off an account is another one.
    private const int MostBefore = 8;
    private const int MostAfter = 2;

    // So many different speakers are looked at on each way.
    private const int Speakers = 2;
    private const int SpeakersElsewhere = 4;

    // What a medium relays of a passage shares so much of it.
    private const float LeastRelayed = 0.5f;

    private const int Types = 7;
    private const int Distances = 12;
    private const int OwnWords = 14;

    // A passage of which so much is a statement's content is that statement.
    private const float WholeContent = 0.9f;
    private const int PassageWords = 22;
    private const int Shared = 26;
    private const int InArticle = 29;
    private const int Elsewhere = 35;
    private const int Verbs = 40;

    /// <summary>Whether a candidate's features tell that the passage is nothing but what its speaker is reported to say.</summary>
    public static bool IsWhole(float[] features) => features[OwnWords] >= WholeContent && features[OwnWords + 2] > 0;

    /// <summary>The features of which more never makes a candidate less likely: what the content covers and shares, what others give too.</summary>
    public static IReadOnlySet<int> Rising { get; } = new HashSet<int> { OwnWords, OwnWords + 1, OwnWords + 2, Shared, Shared + 1, Shared + 2, InArticle, Elsewhere };

    /// <summary>What of a candidate's features tells of its source and of its article.</summary>
    public static void Describe(OriginCandidate candidate, Span<float> row)
    {
        ReadOnlySpan<int> told = [OwnWords, OwnWords + 1, PassageWords, Shared + 1, InArticle, InArticle + 1, InArticle + 2, Elsewhere + 3, Elsewhere + 4];
        for (var i = 0; i < told.Length; i++)
            row[i] = candidate.Features[told[i]];
    }

    private readonly Attributions?[] _attributions = new Attributions?[story.Articles.Length];

    /// <summary>The candidates of each passage of a point, in order; a title has none, for it gives no origin.</summary>
    public PointCandidates Of(Point point)
    {
        var told = new PointCandidates(story, stated, point);
        for (var i = 0; i < point.Passages.Length; i++)
            told.Set(i, point.Passages[i].Evidence.InTitle ? [] : Of(point.Passages[i], told));
        return told;
    }

    /// <summary>Sets what others tell of a candidate.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="giving">How many other articles give them for the point.</param>
    /// <param name="attributing">How many other articles give anybody.</param>
    /// <param name="articles">How many articles tell the point.</param>
    public static void SetOthers(OriginCandidate candidate, int giving, int attributing, int articles)
    {
        candidate.Features[Elsewhere] = giving;
        candidate.Features[Elsewhere + 1] = attributing - giving;
        candidate.Features[Elsewhere + 2] = articles;
    }

    private Attributions AttributionsOf(int place) => _attributions[place] ??= new Attributions(story, stated, place);

    private List<OriginCandidate> Of(Passage passage, PointCandidates told)
    {
        var found = new List<OriginCandidate>();
        var place = story.PlaceOf(passage.Evidence.Article);
        var body = story.Articles[place].Body;
        var sentence = body.SentenceAt(passage.Evidence.Span.Start);
        if (sentence < 0)
            return found;
        var scene = new Scene(this, passage, place, sentence);
        var own = story.StatementOf(passage);
        foreach (var inner in Relayed(passage, place).Take(Speakers))
            found.Add(scene.Relayed(inner, own!, sentence));
        var isRelayed = found.Count > 0;
        if (!isRelayed && own?.Speaker is { } speaker && stated.HasName(speaker, own, place))
            found.Add(scene.OfStatement(OriginLink.Own, passage.Statement!.Value, sentence));
        foreach (var citation in story.CitationsAt(passage.Evidence).Take(isRelayed ? 0 : Speakers))
        {
            if (citation.Source is { Collective: false } && (own?.Speaker is null || own.Speaker.Type == SpeakerType.Medium) && stated.OfCitation(passage, place, citation) is { } trace
                && !found.Exists(other => other.Trace.Media.SequenceEqual(trace.Media) && other.Trace.Name == trace.Name))
                found.Add(scene.Of(OriginLink.Cited, trace, null, sentence, citation.Span));
        }

        AddNear(found, scene, passage, place, sentence);
        foreach (var (index, at) in told.Elsewhere(place, passage).Take(SpeakersElsewhere))
            found.Add(scene.OfStatement(OriginLink.Elsewhere, index, at));
        if (own is null && scene.Doer() is { } doer)
            found.Add(doer);
        return found;
    }

    // "The Post reports that the minister said …": what stands inside a medium's words goes back to who says it there, through the medium (rule 2).
    private IEnumerable<Statement> Relayed(Passage passage, int place)
    {
        if (story.StatementOf(passage) is not { Speaker.Type: SpeakerType.Medium } outer)
            return [];
        // They stand by the start of their content: what is inside begins beside it.
        var all = story.Articles[place].Statements;
        var (first, end) = (passage.Statement!.Value, passage.Statement.Value + 1);
        while (first > 0 && all[first - 1].InTitle == outer.InTitle && all[first - 1].Extent.Start >= outer.Extent.Start)
            first--;
        while (end < all.Length && all[end].InTitle == outer.InTitle && all[end].Extent.Start < outer.Extent.End)
            end++;
        return Enumerable.Range(first, end - first).Select(index => all[index]).Where(IsRelayed);

        bool IsRelayed(Statement inner) => inner.Speaker is { Type: not SpeakerType.Medium } speaker && stated.HasName(speaker, inner, place)
            && inner.Extent != outer.Extent && outer.Content.Any(content => content.Contains(inner.Extent))
            && inner.Content.Sum(content => content.Intersection(passage.Evidence.Span)?.Length ?? 0) >= LeastRelayed * Math.Min(passage.Evidence.Span.Length, inner.Content.Sum(content => content.Length));
    }

    private void AddNear(List<OriginCandidate> found, Scene scene, Passage passage, int place, int sentence)
    {
        var attributions = AttributionsOf(place);
        var all = attributions.All;
        var here = attributions.IndexAt(sentence);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = here - 1; i >= 0 && seen.Count < Speakers && sentence - all[i].First <= MostBefore; i--)
        {
            if (all[i].Statement == passage.Statement || !seen.Add(all[i].Speaker))
                continue;
            found.Add(scene.OfStatement(all[i].Last >= sentence ? OriginLink.Beside : OriginLink.Before, all[i].Statement, Math.Min(all[i].Last, sentence)));
        }

        seen.Clear();
        for (var i = here; i < all.Count && seen.Count < Speakers && all[i].First - sentence <= MostAfter; i++)
        {
            if (all[i].Statement == passage.Statement || !seen.Add(all[i].Speaker))
                continue;
            found.Add(scene.OfStatement(all[i].First == sentence ? OriginLink.Beside : OriginLink.After, all[i].Statement, all[i].First));
        }
    }

    private StoryText Story => story;

    private StatedChains Stated => stated;

    /// <summary>One passage with what stands around it.</summary>
    private sealed class Scene
    {
        private readonly OriginCandidates _owner;
        private readonly Passage _passage;
        private readonly int _place;
        private readonly int _sentence;
        private readonly AnnotatedArticle _article;
        private readonly Attributions _attributions;
        private readonly WordSequence _words;
        private readonly TextSpan _span;
        private readonly HashSet<ulong> _keys;
        private readonly float[] _common = new float[Count];

        public Scene(OriginCandidates owner, Passage passage, int place, int sentence)
        {
            (_owner, _passage, _place, _sentence) = (owner, passage, place, sentence);
            _article = owner.Story.Articles[place];
            _attributions = owner.AttributionsOf(place);
            _words = owner.Story.Bodies[place];
            _span = passage.Evidence.Span;
            _keys = [.. _words.KeysIn(_span)];
            SetCommon();
        }

        public OriginCandidate OfStatement(OriginLink link, int index, int sentence)
        {
            var statement = _article.Statements[index];
            var trace = _owner.Stated.OfStatement(_passage, _place, statement, statement.Speaker!);
            return Of(link, trace, statement, sentence, statement.Speaker!.Mention);
        }

        public OriginCandidate Relayed(Statement inner, Statement outer, int sentence)
        {
            var trace = _owner.Stated.OfRelay(_passage, _place, inner, outer);
            return Of(OriginLink.Own, trace, inner, sentence, inner.Speaker!.Mention);
        }

        public OriginCandidate Of(OriginLink link, Trace trace, Statement? statement, int sentence, TextSpan? mention)
        {
            var features = (float[])_common.Clone();
            features[(int)link] = 1;
            var name = trace.Name ?? (trace.Media.Count > 0 ? trace.Media[^1] : "");
            features[Types + (trace.Type switch { OriginType.Person => 0, OriginType.Unnamed => 1, OriginType.Organisation => 2, OriginType.Document => 4, _ => 3 })] = 1;
            features[Distances] = Math.Abs(sentence - _sentence);
            features[Distances + 1] = Math.Abs(_attributions.ParagraphOf(sentence) - _attributions.ParagraphOf(_sentence));
            var key = Attributions.KeyOf(name);
            if (statement is not null)
                SetStatement(features, statement);
            SetNames(features, key, mention);
            features[InArticle] = _attributions.ShareOf(key);
            if (link != OriginLink.Own && link != OriginLink.Cited)
            {
                trace.Stated = false;
                trace.Rule = link == OriginLink.Doer ? 6 : 5;
            }

            return new OriginCandidate(link, trace, features, key);
        }

        /// <summary>The first name or body in the sentence, before its verb: who does what it tells.</summary>
        public OriginCandidate? Doer()
        {
            var (from, to) = _words.Range(_span);
            var tokens = _words.Source.Tokens;
            to = Math.Min(to, tokens.Length);
            var verb = from;
            while (verb < to && tokens[verb].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary))
                verb++;
            if (verb == to)
                return null;
            var before = new TextSpan(_span.Start, Math.Max(_span.Start, tokens[verb].Start));
            var (name, type, at) = NameIn(before, from, verb);
            if (name is null)
                return null;
            var trace = new Trace { Passage = _passage, Place = _place, Name = name, Type = type };
            trace.Evidence.Add(_passage.Evidence);
            var candidate = Of(OriginLink.Doer, trace, null, _sentence, at);
            // A storm and a victim do much, but say nothing by it; who will not say neither.
            if (SetVerb(candidate.Features, verb, to) || type == OriginType.Person && candidate.Features[Verbs] == 0)
                return null;
            candidate.Features[Verbs + 4] = _article.Entities.Count(entity => !entity.InTitle && before.Contains(entity.Span));
            return candidate;
        }

        private (string? Name, OriginType Type, TextSpan At) NameIn(TextSpan before, int from, int verb)
        {
            foreach (var entity in _owner.Story.EntitiesIn(_place, before))
            {
                if (entity.Type is EntityType.Person or EntityType.Organisation && before.Contains(entity.Span))
                    return (entity.Name, entity.Type == EntityType.Person ? OriginType.Person : OriginType.Organisation, entity.Span);
            }

            if (_article.Body.Language is { } language)
            {
                var bodies = language.Table("body-nouns-of-doers", static known => Nouns.Of(known).Where(noun => noun.Is(NounClasses.Body)).Select(noun => Folding.Fold(noun.Word)).ToHashSet(StringComparer.Ordinal));
                for (var i = from; i < verb; i++)
                {
                    if (bodies.Contains(_words.Words[i]))
                        return (_words.Source[_words.Source.Tokens[i]].ToString(), OriginType.Organisation, _words.Source.Tokens[i].Span);
                }
            }

            return (null, OriginType.Organisation, default);
        }

        // True where somebody will not say.
        private bool SetVerb(float[] features, int verb, int to)
        {
            var tokens = _words.Source.Tokens;
            var passive = false;
            var main = verb;
            while (main + 1 < to && main - verb < 4 && tokens[main].Tag is PartOfSpeech.Auxiliary or PartOfSpeech.Adverb)
            {
                passive |= tokens[main].Tag == PartOfSpeech.Auxiliary;
                main++;
            }

            if (_article.Body.Language is not { } language)
                return false;
            var lemma = Folding.Fold(_words.Source.LemmaOf(tokens[main]));
            var reporting = language.Table("doing-by-saying", static known => known.Lines("reporting-verbs").Select(line => line.Split('\t')).Where(columns => columns.Length > 3)
                .GroupBy(columns => Folding.Fold(columns[0])).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal));
            if (reporting.TryGetValue(lemma, out var known))
            {
                features[Verbs] = 1;
                features[Verbs + 1] = known[3].Contains('n', StringComparison.Ordinal) ? 1 : 0;
                features[Verbs + 2] = known[2] is "announce" or "demand" or "promise" ? 1 : 0;
            }

            features[Verbs + 3] = passive ? 1 : 0;
            return language.Table("folded-refusals", static known => known.Lines("refusals").Select(line => Folding.Fold(line.Split('\t')[0])).ToHashSet(StringComparer.Ordinal)).Contains(lemma);
        }

        private void SetStatement(float[] features, Statement statement)
        {
            var shared = statement.Content.Sum(content => content.Intersection(_span)?.Length ?? 0);
            features[OwnWords] = (float)shared / Math.Max(1, _span.Length);
            features[OwnWords + 1] = (float)shared / Math.Max(1, statement.Content.Sum(content => content.Length));
            features[OwnWords + 2] = statement.Voiced ? 1 : 0;
            features[OwnWords + 3] = statement.Hedged ? 1 : 0;
            features[OwnWords + 4] = statement.Kind == StatementKind.Direct ? 1 : 0;
            features[OwnWords + 5] = statement.Kind == StatementKind.Mixed ? 1 : 0;
            features[OwnWords + 6] = statement.Act == Act.Deny ? 1 : 0;
            features[OwnWords + 7] = statement.Act is Act.Promise or Act.Demand or Act.Warn or Act.Accuse or Act.Praise or Act.Predict ? 1 : 0;
            var common = 0;
            var all = 0;
            foreach (var content in statement.Content)
            {
                foreach (var word in _words.KeysIn(content))
                {
                    all++;
                    common += _keys.Contains(word) ? 1 : 0;
                }
            }

            features[Shared] = common;
            features[Shared + 1] = (float)common / Math.Max(1, Math.Min(all, _keys.Count));
            features[Shared + 2] = statement.Content.Sum(content => _owner.Story.EntitiesIn(_place, content).Select(entity => entity.Name).Distinct().Count(name => _entities.Contains(name)));
            features[InArticle + 2] = statement.Speaker?.Anonymity is null ? 0 : 1;
            features[Verbs + 5] = statement.Cue is { } cue ? cue.Start < statement.Extent.Start ? 1 : 2 : 0;
        }

        private readonly HashSet<string> _entities = new(StringComparer.Ordinal);

        private void SetNames(float[] features, string key, TextSpan? mention)
        {
            var last = key[(key.LastIndexOf(' ') + 1)..];
            var at = -1;
            var words = _words.In(_span);
            for (var i = 0; i < words.Count && at < 0; i++)
            {
                if (words[i] == last)
                    at = i;
            }

            features[PassageWords + 2] = at >= 0 ? 1 : 0;
            features[PassageWords + 3] = at is >= 0 and < 5 ? 1 : 0;
            features[InArticle + 3] = mention is { } place && _span.Contains(place) ? 1 : 0;
        }

        private void SetCommon()
        {
            foreach (var entity in _owner.Story.EntitiesIn(_place, _span))
                _entities.Add(entity.Name);
            var words = _words.In(_span);
            _common[PassageWords] = words.Count;
            _common[PassageWords + 1] = OpensWithPronoun() ? 1 : 0;
            _common[InArticle + 1] = _attributions.Speakers;
            _common[InArticle + 4] = Math.Min(20, _sentence);
            _common[InArticle + 5] = (float)_sentence / _article.Body.Sentences.Length;
            _common[Elsewhere + 3] = _article.Article.Agencies.IsEmpty ? 0 : 1;
            _common[Elsewhere + 4] = (float)_span.Length / Math.Max(1, _article.Body.Sentences[_sentence].Length);
            _common[Verbs + 6] = _owner.Story.NumbersIn(_place, _span).Any() ? 1 : 0;
            _common[Verbs + 7] = _passage.Stance == Stance.Affirms ? 0 : 1;
        }

        private bool OpensWithPronoun()
        {
            var (from, to) = _words.Range(_article.Body.Sentences[_sentence]);
            return from < to && from < _words.Source.Tokens.Length && _words.Source.Tokens[from].Tag == PartOfSpeech.Pronoun;
        }
    }
}
