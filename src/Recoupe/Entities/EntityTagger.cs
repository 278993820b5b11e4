using System.Buffers;
using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>A name as one sentence gives it.</summary>
internal readonly record struct NameMention(int First, int End, EntityType Type);

/// <summary>Labels the tokens of sentences as beginning, inside or outside of a name of each type, from left to right.</summary>
/// <remarks>
/// A linear model over hashed features of words, shapes, parts of speech and lists, the same for all languages. Only words that begin with
/// a capital or are listed may begin a name, so that most tokens cost nothing.
/// </remarks>
internal sealed class EntityTagger
{
    /// <summary>The label of what is no name; a name of type t begins with 1 + 2t and goes on with 2 + 2t.</summary>
    public const int Outside = 0;

    /// <summary>The names of the labels.</summary>
    public static readonly ImmutableArray<string> Labels =
        ["outside", .. Enum.GetNames<EntityType>().SelectMany(type => new[] { "begins " + type, "goes on " + type })];

    private static readonly Lazy<EntityTagger?> Built = new(() => FeatureModel.Embedded("entities") is { } model ? new EntityTagger(model) : null);

    private readonly FeatureModel _model;

    /// <summary>Makes a tagger of a model with <see cref="Labels"/>.</summary>
    public EntityTagger(FeatureModel model) => _model = model.Labels.SequenceEqual(Labels)
        ? model
        : throw new ArgumentException("The model has other labels", nameof(model));

    /// <summary>The tagger that the program carries; null if it carries none.</summary>
    public static EntityTagger? Embedded => Built.Value;

    /// <summary>Whether the label goes on with a name that the label before it allows.</summary>
    public static bool Allows(int before, int label) => label == Outside || (label & 1) == 1 || before == label || before == label - 1;

    /// <summary>The label of a token of a name.</summary>
    public static int LabelOf(EntityType type, bool begins) => (2 * (int)type) + (begins ? 1 : 2);

    /// <summary>The names of <paramref name="text"/> in order; token numbers count in all of it.</summary>
    public List<NameMention> Find(AnalyzedText text, Language language)
    {
        var mentions = new List<NameMention>();
        var lists = NameLists.Of(language);
        var tokens = text.Tokens.AsSpan();
        var words = ArrayPool<EntityWord>.Shared.Rent(tokens.Length);
        var listed = ArrayPool<ListedName>.Shared.Rent(tokens.Length);
        Span<ulong> features = stackalloc ulong[EntityWord.MaxFeatures];
        Span<short> scores = stackalloc short[_model.Stride];
        var first = 0;
        foreach (var sentence in text.Sentences)
        {
            var end = first;
            while (end < tokens.Length && tokens[end].Start < sentence.End)
                end++;
            var read = words.AsSpan(0, end - first);
            EntityWord.Read(text.Text, tokens[first..end], lists, read, listed.AsSpan(0, end - first));
            var last = Outside;
            for (var i = 0; i < read.Length; i++)
            {
                if (!(last != Outside ? read[i].MayGoOn || read[i].MayBegin : read[i].MayBegin))
                {
                    last = Outside;
                    continue;
                }

                scores.Clear();
                _model.Add(features[..EntityWord.Features(read, i, last, features)], scores);
                last = Listed(listed, i, read.Length, last, Best(scores, last, read[i].MayBegin));
                if (last == Outside)
                    continue;
                if ((last & 1) == 1 && IsCommonNounOf(mentions, first + i, text))
                    mentions.RemoveAt(mentions.Count - 1);
                if ((last & 1) == 1)
                    mentions.Add(new NameMention(first + i, first + i + 1, (EntityType)((last - 1) / 2)));
                else
                    mentions[^1] = mentions[^1] with { End = first + i + 1 };
            }

            first = end;
        }

        ArrayPool<EntityWord>.Shared.Return(words);
        ArrayPool<ListedName>.Shared.Return(listed);
        return mentions;
    }

    // A word in small letters right before a name is its common noun: "l'agence Tass".
    private static bool IsCommonNounOf(List<NameMention> before, int name, AnalyzedText text)
    {
        bool IsSmall(int token) => char.IsLower(text.Text[text.Tokens[token].Start]);
        return before.Count > 0 && before[^1] is { First: var noun, End: var end } && noun == name - 1 && end == name && IsSmall(noun) && !IsSmall(name);
    }

    // A listed name of several words is a name where the model sees none.
    private static int Listed(ReadOnlySpan<ListedName> listed, int i, int count, int before, int label)
    {
        if (label != Outside)
            return label;
        if (listed[i] is ListedName.PlaceBegins or ListedName.OrganisationBegins && i + 1 < count && listed[i + 1] == listed[i] + 1)
            return LabelOf(listed[i] == ListedName.PlaceBegins ? EntityType.Place : EntityType.Organisation, begins: true);
        if (listed[i] is ListedName.PlaceGoesOn && (before == LabelOf(EntityType.Place, true) || before == LabelOf(EntityType.Place, false)))
            return LabelOf(EntityType.Place, begins: false);
        if (listed[i] is ListedName.OrganisationGoesOn && (before == LabelOf(EntityType.Organisation, true) || before == LabelOf(EntityType.Organisation, false)))
            return LabelOf(EntityType.Organisation, begins: false);
        return Outside;
    }

    private static int Best(ReadOnlySpan<short> scores, int before, bool mayBegin)
    {
        var best = Outside;
        for (var label = 1; label < Labels.Length; label++)
        {
            if (scores[label] > scores[best] && Allows(before, label) && (mayBegin || (label & 1) == 0))
                best = label;
        }

        return best;
    }
}
