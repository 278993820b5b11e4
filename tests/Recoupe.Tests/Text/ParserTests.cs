using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Tests.Text;

/// <summary>The parsers that the program carries, on what the press writes: "word relation head" for the arcs that matter.</summary>
public sealed class ParserTests
{
    [Theory]
    [InlineData("en", "The minister said that the bridge was not closed by the council.", "minister nsubj said", "closed ccomp said", "bridge nsubj:pass closed", "council obl:agent closed")]
    [InlineData("en", "\"We have,\" the mayor said, \"lost three men in the fire.\"", "mayor nsubj said", "men obj lost")]
    [InlineData("en", "He wants to leave the party.", "leave xcomp wants", "party obj leave")]
    [InlineData("en", "According to the report, no worker was dismissed.", "report obl dismissed", "no det worker")]
    [InlineData("en", "PARIS (Reuters) - Three people were killed on Tuesday in an explosion, officials said.", "PARIS parataxis killed", "people nsubj:pass killed", "officials nsubj said")]
    [InlineData("en", "The company denied that it had paid the officials.", "company nsubj denied", "paid ccomp denied", "officials obj paid")]
    [InlineData("fr", "Le ministre a dit que le pont n'avait pas été fermé par la préfecture.", "ministre nsubj dit", "fermé ccomp dit", "pont nsubj:pass fermé", "préfecture obl:agent fermé")]
    [InlineData("fr", "Selon le rapport de l'enquête, aucun employé n'a été licencié.", "employé nsubj:pass licencié", "aucun det employé")]
    [InlineData("fr", "Incendie à Lorvane : deux morts et six blessés", "Lorvane nmod Incendie", "blessés conj morts")]
    [InlineData("fr", "Séisme en Valdorie : vingt morts et cent blessés", "Valdorie nmod Séisme", "blessés conj morts")]
    [InlineData("fr", "Naufrage au large de Vanne : trois morts et dix blessés", "large nmod Naufrage", "blessés conj morts")]
    [InlineData("fr", "MARSEILLE (AFP) - Trois personnes ont été tuées mardi dans une explosion.", "MARSEILLE parataxis tuées", "personnes nsubj:pass tuées")]
    [InlineData("fr", "« Le pont reste ouvert », a déclaré Anne Morel, maire de Vanne.", "déclaré parataxis reste", "Anne nsubj déclaré", "Morel flat Anne", "maire appos Anne")]
    [InlineData("fr", "La banque veut relever ses taux.", "banque nsubj veut", "relever xcomp veut", "taux obj relever")]
    public void News_is_parsed(string code, string text, params string[] expected)
    {
        var tree = AnalyzedText.Of(text, Language.Find(code)).Syntax!;
        var arcs = Enumerable.Range(0, tree.Heads.Length)
            .Select(i => $"{Word(tree, i)} {RelationNames.NameOf(tree.Relations[i])} {(tree.Heads[i] < 0 ? "-" : Word(tree, tree.Heads[i]))}").ToList();
        Assert.All(expected, arc => Assert.Contains(arc, arcs));
    }

    [Theory]
    [InlineData("en")]
    [InlineData("fr")]
    public void Whatever_the_text_every_token_has_a_head_in_its_sentence_without_circles(string code)
    {
        var language = Language.Find(code)!;
        string[] seeds =
        [
            "« Le pont reste ouvert », a déclaré Anne Morel, maire de Vanne.", "\"It stays open,\" said Anne Morel (Vanne).", "- un\n- deux ; trois\n- \n", "...", "\"", "MARSEILLE (AFP) - ",
        ];
        foreach (var text in HostileTexts.Mutated(seeds, 200, seed: 7).Concat(seeds).Append("").Select(text => AnalyzedText.Of(text, language)))
        {
            var tree = text.Syntax!;
            Assert.Equal(text.Tokens.Length, tree.Heads.Length);
            for (var i = 0; i < tree.Heads.Length; i++)
            {
                var steps = 0;
                for (var at = i; at >= 0; at = tree.Heads[at])
                    Assert.True(++steps <= tree.Heads.Length && text.SentenceAt(text.Tokens[at].Start) == text.SentenceAt(text.Tokens[i].Start));
                Assert.Equal(tree.Heads[i] < 0, tree.Relations[i] == Relation.Root);
                Assert.True(tree.SubtreeRange(i).Contains(i));
            }
        }
    }

    [Fact]
    public void Every_ordinary_sentence_has_one_root()
    {
        var tree = AnalyzedText.Of("The mayor left. \"We stay,\" she said. Nobody saw it!", Language.Find("en")).Syntax!;
        Assert.Equal(3, tree.Heads.Count(head => head < 0));
    }

    [Fact]
    public void A_very_long_sentence_is_parsed_in_parts()
    {
        var language = Language.Find("fr");
        var text = string.Concat(Enumerable.Repeat("le maire de la ville voit le pont, ", 3000));
        var analyzed = AnalyzedText.Of(text, language);
        Assert.Single(analyzed.Sentences);
        var tree = analyzed.Syntax!;
        for (var i = 0; i < tree.Heads.Length; i++)
            Assert.True(tree.Heads[i] < 0 || Math.Abs(tree.Heads[i] - i) < DependencyParser.LongestSentence);
        Assert.True(tree.Heads.Count(head => head < 0) <= 1 + (2 * tree.Heads.Length / DependencyParser.LongestSentence));
    }

    [Fact]
    public void A_text_without_a_language_has_no_tree() => Assert.Null(AnalyzedText.Of("Le pont reste ouvert.", null).Syntax);

    [Fact]
    public void A_text_is_parsed_once()
    {
        var text = AnalyzedText.Of("The mayor left.", Language.Find("en"));
        Assert.Same(text.Syntax, text.Syntax);
    }

    private static string Word(SyntaxTree tree, int token) => tree.Source[tree.Source.Tokens[token]].ToString();
}
