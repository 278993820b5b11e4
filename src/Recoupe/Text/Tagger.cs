using System.Buffers;
using System.Collections.Immutable;

using Recoupe.Languages;

namespace Recoupe.Text;

/// <summary>Tells each token's part of speech and form, word by word from left to right.</summary>
/// <remarks>
/// Two linear models over hashed features of words, endings, shapes and the tags given so far (greedy decoding of an averaged
/// perceptron: Collins 2002; the features follow Ratnaparkhi 1996): the first gives the part of speech with the form of verbs, the
/// second, from its answer, number, gender and person. Trained by <c>Recoupe.Training tagger</c>; see models/README.md.
/// </remarks>
public sealed class Tagger
{
    private readonly FeatureModel _tags;
    private readonly FeatureModel _agreements;
    private readonly ImmutableArray<TagLabel> _tagLabels;
    private readonly ImmutableArray<TagLabel> _agreementLabels;
    private readonly WordClusters _classes;

    /// <summary>Makes a tagger of two trained models.</summary>
    /// <param name="tags">Labels as <see cref="TagLabel.Tag"/> writes them.</param>
    /// <param name="agreements">Labels as <see cref="TagLabel.Agreement"/> writes them.</param>
    /// <param name="classes">The classes of words that both were trained with.</param>
    public Tagger(FeatureModel tags, FeatureModel agreements, WordClusters classes)
    {
        _classes = classes;
        _tags = tags;
        _agreements = agreements;
        _tagLabels = [.. tags.Labels.Select(TagLabel.Parse)];
        _agreementLabels = [.. agreements.Labels.Select(TagLabel.Parse)];
    }

    /// <summary>The tagger of a language, loaded once; null where the language has none.</summary>
    public static Tagger? For(Language language) => language.Model("tagger", Load).Tagger;

    /// <summary>The tokens with their tags.</summary>
    /// <param name="sentences">The sentences of <paramref name="text"/>: each is tagged alone.</param>
    public ImmutableArray<Token> Tag(string text, ImmutableArray<Token> tokens, ImmutableArray<TextSpan> sentences)
    {
        var tagged = tokens.ToArray();
        var words = ArrayPool<TaggerWord>.Shared.Rent(tokens.Length + TaggerWord.Margin);
        var labels = ArrayPool<int>.Shared.Rent(tokens.Length + TaggerWord.Margin);
        var first = 0;
        foreach (var sentence in sentences)
        {
            var end = first;
            while (end < tokens.Length && tokens[end].Start < sentence.End)
                end++;
            TagSentence(text, tagged.AsSpan(first, end - first), words, labels);
            first = end;
        }

        ArrayPool<TaggerWord>.Shared.Return(words);
        ArrayPool<int>.Shared.Return(labels);
        return System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(tagged);
    }

    private static Holder Load(Language language)
    {
        var tags = FeatureModel.Embedded($"tagger-{language.Code}");
        var agreements = FeatureModel.Embedded($"agreement-{language.Code}");
        return new Holder(tags is null || agreements is null ? null : new Tagger(tags, agreements, WordClusters.For(language)));
    }

    private void TagSentence(string text, Span<Token> tokens, Span<TaggerWord> words, Span<int> labels)
    {
        words = words[..TaggerWord.Read(text, tokens, _classes, words)];
        Span<ulong> features = stackalloc ulong[TaggerWord.MaxFeatures];
        Span<short> scores = stackalloc short[Math.Max(_tags.Stride, _agreements.Stride)];
        var tagScores = scores[.._tags.Stride];
        for (var i = 0; i < tokens.Length; i++)
        {
            labels[i] = TaggerWord.None;
            if (tokens[i].Kind == TokenKind.Mark)
                continue;
            tagScores.Clear();
            _tags.Add(features[..TaggerWord.TagFeatures(words, i, labels, features)], tagScores);
            labels[i] = _tags.Best(tagScores);
        }

        var agreementScores = scores[.._agreements.Stride];
        var last = TaggerWord.None;
        for (var i = 0; i < tokens.Length; i++)
        {
            var token = tokens[i];
            if (token.Kind == TokenKind.Mark)
            {
                tokens[i] = token with { Tag = TaggerWord.TagOfMark(text[token.Start]) };
                last = TaggerWord.None;
                continue;
            }

            var label = _tagLabels[labels[i]];
            if (label.HasAgreement)
            {
                agreementScores.Clear();
                _agreements.Add(features[..TaggerWord.AgreementFeatures(words, i, labels, last, features)], agreementScores);
                last = _agreements.Best(agreementScores);
                tokens[i] = token with { Tag = label.Part, Form = label.With(_agreementLabels[last]) };
            }
            else
            {
                last = TaggerWord.None;
                tokens[i] = token with { Tag = label.Part, Form = label.Form };
            }
        }
    }

    private sealed record Holder(Tagger? Tagger);
}

/// <summary>What a label of the tagger's models stands for.</summary>
/// <param name="Part">The part of speech, or Unknown in a label of agreement.</param>
/// <param name="Form">The rest.</param>
public readonly record struct TagLabel(PartOfSpeech Part, Morphology Form)
{
    /// <summary>Whether words of this sort have number, gender or person.</summary>
    public bool HasAgreement => Part is PartOfSpeech.Noun or PartOfSpeech.Adjective or PartOfSpeech.Determiner or PartOfSpeech.Pronoun
        or PartOfSpeech.Verb or PartOfSpeech.Auxiliary or PartOfSpeech.ProperNoun && Form.Form != VerbForm.Infinitive;

    /// <summary>The label of part of speech, form, mood and tense: "Verb Finite Indicative Past".</summary>
    public static string Tag(PartOfSpeech part, Morphology form) =>
        form.Form == VerbForm.None ? $"{part}" : $"{part} {form.Form} {form.Mood} {form.Tense}";

    /// <summary>The label of person, number and gender: "3 Plural None".</summary>
    public static string Agreement(Morphology form) => $"{form.Person} {form.Number} {form.Gender}";

    /// <summary>Reads either label back.</summary>
    /// <exception cref="FormatException">It is no label.</exception>
    public static TagLabel Parse(string label)
    {
        var parts = label.Split(' ');
        try
        {
            if (int.TryParse(parts[0], out var person))
            {
                return new TagLabel(PartOfSpeech.Unknown, new Morphology(
                    VerbForm.None, Mood.None, Tense.None, person, Enum.Parse<GrammaticalNumber>(parts[1]), Enum.Parse<Gender>(parts[2])));
            }

            var form = parts.Length == 1 ? default : new Morphology(
                Enum.Parse<VerbForm>(parts[1]), Enum.Parse<Mood>(parts[2]), Enum.Parse<Tense>(parts[3]), 0, default, default);
            return new TagLabel(Enum.Parse<PartOfSpeech>(parts[0]), form);
        }
        catch (Exception e) when (e is ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException($"No label of the tagger: {label}", e);
        }
    }

    /// <summary>This form with the person, number and gender of <paramref name="agreement"/>.</summary>
    public Morphology With(TagLabel agreement) =>
        new(Form.Form, Form.Mood, Form.Tense, agreement.Form.Person, agreement.Form.Number, agreement.Form.Gender);
}
