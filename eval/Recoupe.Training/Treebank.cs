using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Training;

/// <summary>A word of a treebank in its place in the sentence's text.</summary>
/// <param name="Span">Its letters; the whole surface word where a fused word (<i>du</i>) has no letters of its own for each.</param>
/// <param name="IsFused">Whether it shares its letters with others.</param>
/// <param name="Head">The place of its head among the words, -1 for the root.</param>
/// <param name="Relation">Its relation to the head, with the treebank's subtype.</param>
public sealed record TreebankWord(TextSpan Span, bool IsFused, string Lemma, PartOfSpeech Part, Morphology Form, int Head, string Relation);

/// <summary>The head of one of our tokens in its sentence, -1 for the root, and its relation to it.</summary>
/// <param name="IsOurs">Whether the treebank knows no such word: not to be scored.</param>
public readonly record struct GoldArc(int Head, Relation Relation, bool IsOurs);

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

            words.Add(new TreebankWord(span, isFused, columns[2], PartOf(columns[3]), FormOf(columns[5], columns[3]),
                int.TryParse(columns[6], out var head) ? head - 1 : -1, columns[7]));
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

    /// <summary>The head and relation of each of our tokens, as the treebank's words that they stand for have them.</summary>
    /// <remarks>
    /// A token over several words takes the relation of the one that stands highest in the tree, the first of equals (<i>du</i>: the preposition). Of several tokens in
    /// one word the first takes its relation, the others hang on it. Those, and tokens that are no word of the treebank, are <see cref="GoldArc.IsOurs"/>.
    /// </remarks>
    public GoldArc[] Arcs(ReadOnlySpan<Token> tokens)
    {
        var depths = new int[Words.Length];
        for (var i = 0; i < depths.Length; i++)
        {
            for (var at = i; at >= 0 && depths[i] <= depths.Length; at = Words[at].Head)
                depths[i]++;
        }

        var tokenOf = new int[Words.Length];
        Array.Fill(tokenOf, -1);
        var wordOf = new int[tokens.Length];
        var word = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            while (word < Words.Length && Words[word].Span.End <= tokens[i].Start)
                word++;
            wordOf[i] = -1;
            for (var other = word; other < Words.Length && Words[other].Span.Overlaps(tokens[i].Span); other++)
            {
                if (wordOf[i] < 0 || depths[other] < depths[wordOf[i]])
                    wordOf[i] = other;
                if (tokenOf[other] < 0)
                    tokenOf[other] = i;
            }
        }

        var arcs = new GoldArc[tokens.Length];
        for (var i = 0; i < arcs.Length; i++)
        {
            var of = wordOf[i];
            if (of < 0)
            {
                arcs[i] = new GoldArc(i - 1, Relation.Punctuation, IsOurs: true);
            }
            else if (tokenOf[of] < i)
            {
                arcs[i] = new GoldArc(tokenOf[of], tokens[i].Kind == TokenKind.Mark ? Relation.Punctuation : Relation.Flat, IsOurs: true);
            }
            else
            {
                var head = Words[of].Head;
                arcs[i] = new GoldArc(head < 0 ? -1 : tokenOf[head], RelationNames.Parse(Words[of].Relation), IsOurs: false);
            }
        }

        return arcs;
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
