using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Training;

/// <summary>How many words of a treebank get their head, and their head and relation; marks and tokens that are no word of the treebank are not counted.</summary>
public sealed record ParserScore(int Words, int Heads, int Universal, int Both)
{
    /// <summary>The share of words with the right head.</summary>
    public double Unlabelled => (double)Heads / Words;

    /// <summary>The share of words with the right head and universal relation, subtypes left aside (LAS as it is usually given).</summary>
    public double Labelled => (double)Universal / Words;

    /// <summary>The share of words with the right head and exactly the right one of <see cref="Relation"/>.</summary>
    public double Exact => (double)Both / Words;

    /// <summary>Scores a parser on sentences tagged by a tagger.</summary>
    public static ParserScore Of(DependencyParser parser, Tagger tagger, IEnumerable<TreebankSentence> sentences, Language language) =>
        Of(parser, tagger, sentences, language, out _);

    /// <summary>The same, with how often each error was made.</summary>
    public static ParserScore Of(
        DependencyParser parser, Tagger tagger, IEnumerable<TreebankSentence> sentences, Language language, out IReadOnlyDictionary<string, int> errors)
    {
        var counts = new Dictionary<string, int>();
        errors = counts;
        int words = 0, heads = 0, universal = 0, both = 0;
        foreach (var sentence in sentences)
        {
            var span = new[] { new TextSpan(0, sentence.Text.Length) };
            var tokens = tagger.Tag(sentence.Text, Tokenizer.Tokenize(sentence.Text, language), [.. span]);
            var gold = sentence.Arcs(tokens.AsSpan());
            var (givenHeads, givenRelations) = parser.Parse(sentence.Text, tokens, [.. span]);
            for (var i = 0; i < gold.Length; i++)
            {
                if (gold[i].IsOurs || gold[i].Relation == Relation.Punctuation)
                    continue;
                words++;
                var isHeadRight = gold[i].Head == givenHeads[i];
                if (!isHeadRight || gold[i].Relation != givenRelations[i])
                {
                    var name = RelationNames.NameOf(gold[i].Relation);
                    var error = isHeadRight ? $"{name} called {RelationNames.NameOf(givenRelations[i])}" : $"{name} with a wrong head";
                    counts[error] = counts.GetValueOrDefault(error) + 1;
                }

                if (!isHeadRight)
                    continue;
                heads++;
                universal += UniversalOf(gold[i].Relation) == UniversalOf(givenRelations[i]) ? 1 : 0;
                both += gold[i].Relation == givenRelations[i] ? 1 : 0;
            }
        }

        return new ParserScore(words, heads, universal, both);
    }

    /// <inheritdoc/>
    public override string ToString() => $"UAS {Unlabelled:0.0000}, LAS {Labelled:0.0000}, with subtypes {Exact:0.0000} of {Words} words";

    private static string UniversalOf(Relation relation) => RelationNames.NameOf(relation).Split(':')[0];
}
