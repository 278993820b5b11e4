using Recoupe.Entities;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Evaluation;

/// <summary>Names and their types against labelled sets.</summary>
/// <remarks>
/// Exact F1: a name counts as found if a name with the same span and type is labelled; partial F1: if one of its type overlaps (each labelled name once).
/// "people, organisations, places" leaves out the type "other", on which sets agree least. Spans are compared without articles and titles
/// before them; words for who comes from somewhere (American, Ukrainien) are no names. Types are mapped as <see cref="EntitySet"/> tells. Each text of a set is read as an article of its own.
/// Sets that the model was trained on are marked "(trained on)": their figures say nothing about new text.
/// </remarks>
public sealed class EntityEvaluation : IEvaluation
{
    /// <inheritdoc/>
    public string Step => "entities";

    /// <inheritdoc/>
    public IEnumerable<Figure> Measure(string data, TextWriter log)
    {
        var folder = Path.Combine(data, "ner");
        if (!Directory.Exists(folder))
            yield break;
        foreach (var path in Directory.GetFiles(folder).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileNameWithoutExtension(path);
            var set = EntityTraining.TrainedOn.Contains(name) ? name + " (trained on)" : name;
            foreach (var figure in Measure(set, EntitySet.Read(path).Select(text => (text, path)), null, log))
                yield return figure;
        }

        foreach (var figure in Measure("fenec_fr (trained on)", Directory.GetFiles(Path.Combine(folder, "fenec_fr"), "*.ann").Order(StringComparer.Ordinal).SelectMany(path => EntitySet.Read(path).Select(text => (text, path))), null, log))
            yield return figure;
    }

    /// <summary>Measures texts with the built-in model, or with another.</summary>
    internal IEnumerable<Figure> Measure(string set, IEnumerable<(EntityText Text, string Path)> texts, EntityTagger? tagger, TextWriter log)
    {
        var exact = new Count();
        var partial = new Count();
        var core = new Count();
        var byType = new Count[4];
        var wrong = new Dictionary<string, int>();
        foreach (var (labelled, path) in texts)
        {
            var language = EntitySet.LanguageOf(path);
            var text = AnalyzedText.Of(labelled.Text, language);
            var found = (tagger is null ? EntityFinder.Find(text, null) : EntityFinder.Find(text, null, tagger)).Select(entity => (entity.Span, entity.Type)).ToList();
            var demonyms = language.Words("demonyms");
            var gold = labelled.Names.Where(name => !demonyms.Contains(name.Span.In(labelled.Text)))
                .Select(name => (Span: WithoutTitle(text, name.Span), name.Type)).ToList();
            var both = found.Intersect(gold).ToList();
            exact.Add(both.Count, found.Count, gold.Count);
            core.Add(both.Count(IsCore), found.Count(IsCore), gold.Count(IsCore));
            var free = gold.ToList();
            var near = found.Count(name => free.FindIndex(other => other.Type == name.Type && other.Span.Overlaps(name.Span)) is var at and >= 0 && RemoveAt(free, at));
            partial.Add(near, found.Count, gold.Count);
            for (var type = 0; type < 4; type++)
                byType[type].Add(both.Count(name => (int)name.Type == type), found.Count(name => (int)name.Type == type), gold.Count(name => (int)name.Type == type));
            foreach (var (span, type) in found.Except(gold))
            {
                var overlap = gold.Find(name => name.Span.Overlaps(span));
                Note(wrong, overlap.Span.IsEmpty ? $"invented {type}: {span.Quote(labelled.Text)}"
                    : overlap.Span == span ? $"{overlap.Type} taken for {type}: {span.Quote(labelled.Text)}" : $"cut {type}: {span.Quote(labelled.Text)} / {overlap.Span.Quote(labelled.Text)}");
            }

            foreach (var (span, type) in gold.Where(name => !found.Exists(other => other.Span.Overlaps(name.Span))))
                Note(wrong, $"missed {type}: {span.Quote(labelled.Text)}");
        }

        foreach (var group in wrong.GroupBy(pair => pair.Key.Split(':')[0]).OrderByDescending(group => group.Sum(pair => pair.Value)).Take(14))
            log.WriteLine($"  {set}: {group.Sum(pair => pair.Value)} {group.Key}: {string.Join("; ", group.OrderByDescending(pair => pair.Value).Take(14).Select(pair => pair.Key[(pair.Key.IndexOf(':') + 2)..]))}");
        yield return new Figure(Step, set, "exact F1", exact.F1);
        yield return new Figure(Step, set, "partial F1", partial.F1);
        yield return new Figure(Step, set, "people, organisations, places exact F1", core.F1);
        for (var type = 0; type < 4; type++)
            yield return new Figure(Step, set, $"{(EntityType)type} exact F1", byType[type].F1);

        static bool IsCore((TextSpan Span, EntityType Type) name) => name.Type != EntityType.Other;
    }

    private static bool RemoveAt<T>(List<T> list, int at)
    {
        list.RemoveAt(at);
        return true;
    }

    private static void Note(Dictionary<string, int> counts, string key) => counts[key] = counts.GetValueOrDefault(key) + 1;

    // Titles and articles before a name are no part of it for us; sets differ.
    private static TextSpan WithoutTitle(AnalyzedText text, TextSpan span)
    {
        var titles = text.Language!.Words("titles");
        var i = text.TokenAt(span.Start);
        while (i + 1 < text.Tokens.Length && text.Tokens[i + 1].Start < span.End
            && (titles.Contains(text[text.Tokens[i]]) || (text.Tokens[i].Tag == PartOfSpeech.Determiner && text.Tokens[i].Span.Length <= 3) || text[text.Tokens[i]] is "."))
            i++;
        return i < text.Tokens.Length && text.Tokens[i].Start < span.End ? new TextSpan(Math.Max(span.Start, text.Tokens[i].Start), span.End) : span;
    }

    private struct Count
    {
        private int _both;
        private int _found;
        private int _gold;

        public readonly double F1 => _found + _gold == 0 ? 0 : 2.0 * _both / (_found + _gold);

        public void Add(int both, int found, int gold)
        {
            _both += both;
            _found += found;
            _gold += gold;
        }
    }
}
