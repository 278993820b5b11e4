using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>A word of a treebank in its place in the sentence's text.</summary>
/// <param name="Span">Its letters; the whole surface word where a fused word (<i>du</i>) has no letters of its own for each.</param>
/// <param name="IsFused">Whether it shares its letters with others.</param>
public sealed record TreebankWord(TextSpan Span, bool IsFused, string Lemma, PartOfSpeech Part, Morphology Form);

/// <summary>A sentence of a treebank in CoNLL-U, and our own tokens of it with the treebank's labels.</summary>
public sealed record TreebankSentence(string Text, ImmutableArray<TreebankWord> Words)
{
    /// <summary>Reads a file. Sentences whose words do not make up their text are left out.</summary>
    public static IEnumerable<TreebankSentence> Read(string path)
    {
        string? text = null;
        var words = new List<TreebankWord>();
        int at = 0, fusedTo = 0, fusedAt = 0;
        TextSpan fused = default;
        var split = false;
        var whole = true;
        foreach (var line in File.ReadLines(path).Append(""))
        {
            if (line.StartsWith("# text = ", StringComparison.Ordinal))
                text = line[9..];
            if (line.StartsWith('#'))
                continue;
            if (line.Length == 0)
            {
                if (text is not null && whole && words.Count > 0)
                    yield return new TreebankSentence(text, [.. words]);
                text = null;
                words = [];
                at = fusedTo = 0;
                whole = true;
                continue;
            }

            var columns = line.Split('\t');
            if (columns.Length < 10 || text is null || !whole || columns[0].Contains('.'))
                continue;
            var form = columns[1].Replace('\u00A0', ' ');
            if (columns[0].Contains('-'))
            {
                whole = Find(text, form, ref at, out fused);
                fusedTo = int.Parse(columns[0].Split('-')[1]);
                fusedAt = fused.Start;
                split = true;
                continue;
            }

            TextSpan span;
            var isFused = int.Parse(columns[0]) <= fusedTo;
            if (isFused)
            {
                // A fused word whose parts make up its letters (don't) is cut, another (du) is not.
                split &= fusedAt + form.Length <= fused.End
                    && text.AsSpan(fusedAt, form.Length).Equals(form, StringComparison.OrdinalIgnoreCase);
                span = split ? TextSpan.Of(fusedAt, form.Length) : fused;
                isFused = !split;
                fusedAt += form.Length;
            }
            else
            {
                whole = Find(text, form, ref at, out span);
            }

            words.Add(new TreebankWord(span, isFused, columns[2], PartOf(columns[3]), FormOf(columns[5], columns[3])));
        }
    }

    /// <summary>Our tokens of the text, tagged with the treebank's labels; marks are left as the tokenizer gives them.</summary>
    /// <remarks>A token over several words takes the first of a fused word and the last of a hyphened one; a part of a word takes the word's.</remarks>
    public ImmutableArray<Token> Align(Language language)
    {
        var tokens = Tokenizer.Tokenize(Text, language).ToArray();
        var word = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            while (word < Words.Length && Words[word].Span.End <= tokens[i].Start)
                word++;
            if (tokens[i].Kind == TokenKind.Mark || word == Words.Length || !Words[word].Span.Overlaps(tokens[i].Span))
                continue;
            var chosen = Words[word];
            for (var other = word + 1; other < Words.Length && Words[other].Span.Overlaps(tokens[i].Span); other++)
            {
                if (!Words[other].IsFused && Words[other].Part is not PartOfSpeech.Punctuation and not PartOfSpeech.Particle)
                    chosen = Words[other];
            }

            tokens[i] = tokens[i] with { Tag = chosen.Part, Form = chosen.Form };
        }

        return [.. tokens];
    }

    private static bool Find(string text, string form, ref int at, out TextSpan span)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        span = default;
        if (at + form.Length > text.Length || !text.Replace('\u00A0', ' ').AsSpan(at, form.Length).SequenceEqual(form))
            return false;
        span = TextSpan.Of(at, form.Length);
        at += form.Length;
        return true;
    }

    private static PartOfSpeech PartOf(string tag) => tag switch
    {
        "ADJ" => PartOfSpeech.Adjective,
        "ADP" => PartOfSpeech.Adposition,
        "ADV" => PartOfSpeech.Adverb,
        "AUX" => PartOfSpeech.Auxiliary,
        "CCONJ" => PartOfSpeech.Coordinator,
        "DET" => PartOfSpeech.Determiner,
        "INTJ" => PartOfSpeech.Interjection,
        "NOUN" => PartOfSpeech.Noun,
        "NUM" => PartOfSpeech.Numeral,
        "PART" => PartOfSpeech.Particle,
        "PRON" => PartOfSpeech.Pronoun,
        "PROPN" => PartOfSpeech.ProperNoun,
        "PUNCT" => PartOfSpeech.Punctuation,
        "SCONJ" => PartOfSpeech.Subordinator,
        "SYM" => PartOfSpeech.Symbol,
        "VERB" => PartOfSpeech.Verb,
        _ => PartOfSpeech.Other,
    };

    private static Morphology FormOf(string features, string tag)
    {
        var isVerb = tag is "VERB" or "AUX";
        string Value(string name)
        {
            foreach (var feature in features.Split('|'))
            {
                if (feature.StartsWith(name + "=", StringComparison.Ordinal))
                    return feature[(name.Length + 1)..];
            }

            return "";
        }

        var tense = Value("Tense");
        var form = !isVerb ? VerbForm.None : Value("VerbForm") switch
        {
            "Inf" => VerbForm.Infinitive,
            "Ger" => VerbForm.PresentParticiple,
            "Part" => tense == "Pres" ? VerbForm.PresentParticiple : VerbForm.PastParticiple,
            _ => VerbForm.Finite,
        };
        var finite = form == VerbForm.Finite;
        return new Morphology(
            form,
            !finite ? Mood.None : Value("Mood") switch { "Cnd" => Mood.Conditional, "Sub" => Mood.Subjunctive, "Imp" => Mood.Imperative, "" => Mood.None, _ => Mood.Indicative },
            !finite ? Tense.None : tense switch { "Pres" => Tense.Present, "Past" => Tense.Past, "Imp" => Tense.Imperfect, "Fut" => Tense.Future, _ => Tense.None },
            int.TryParse(Value("Person"), out var person) && person is >= 1 and <= 3 ? person : 0,
            Value("Number") switch { "Sing" => GrammaticalNumber.Singular, "Plur" => GrammaticalNumber.Plural, _ => GrammaticalNumber.None },
            Value("Gender") switch { "Masc" => Gender.Masculine, "Fem" => Gender.Feminine, _ => Gender.None });
    }
}
