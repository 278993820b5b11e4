using System.Collections.Immutable;

using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Tests.Text;

/// <summary>What is read from a tree, on trees drawn by hand: a word a line, "word relation head", a head being the number of a line from 1 on, 0 for the root.</summary>
public sealed class SyntaxTreeTests
{
    private const string Passive = """
        The det 2
        mayor nsubj 3
        said root 0
        that mark 9
        the det 6
        bridge nsubj:pass 9
        was aux:pass 9
        not advmod 9
        closed ccomp 3
        by case 12
        the det 12
        council obl:agent 9
        . punct 3
        """;

    [Fact]
    public void A_complement_has_its_marker_subject_agent_and_negation()
    {
        var tree = Draw("en", Passive);
        var said = tree.ClauseOf(2);
        var closed = tree.ClauseOf(said.Complement);
        Assert.Equal("bridge", Word(tree, closed.Subject));
        Assert.Equal("council", Word(tree, closed.Agent));
        Assert.Equal("that", Word(tree, closed.Marker));
        Assert.Equal("was", Word(tree, closed.Finite));
        Assert.True(closed.IsPassive && closed.IsNegated);
        Assert.False(said.IsPassive || said.IsNegated);
        Assert.Equal("that the bridge was not closed by the council", closed.Span.Quote(tree.Source.Text));
        Assert.Equal([2, 8], tree.Clauses.Select(clause => clause.Predicate));
        Assert.Equal(8, tree.PredicateOver(10));
    }

    [Fact]
    public void A_phrase_has_all_of_it_and_a_core()
    {
        var tree = Draw("fr", """
            Morel nsubj 13
            , punct 5
            la det 4
            maire appos 1
            , punct 1
            qui nsubj 8
            ne advmod 8
            dort acl:relcl 1
            plus advmod 8
            , punct 12
            et cc 12
            adjoint conj 1
            partent root 0
            . punct 13
            """);
        var phrase = tree.PhraseOf(0);
        Assert.Equal("Morel", phrase.Core.Quote(tree.Source.Text));
        Assert.Equal("Morel , la maire , qui ne dort plus , et adjoint", phrase.Span.Quote(tree.Source.Text));
        Assert.Equal([0, 11], phrase.Coordinated);
        Assert.Equal([3], phrase.Appositions);
        var relative = tree.ClauseOf(phrase.RelativeClauses.Single());
        Assert.Equal(0, relative.Governor);
        Assert.True(relative.IsNegated);
        Assert.False(tree.ClauseOf(12).IsNegated);
    }

    [Fact]
    public void What_says_no_more_negates_and_what_says_more_does_not()
    {
        Assert.True(Draw("fr", "Il nsubj 3\nne advmod 3\nvient root 0\nplus advmod 3").ClauseOf(2).IsNegated);
        Assert.False(Draw("fr", "Il nsubj 2\nvient root 0\nplus advmod 2\nsouvent advmod 2").ClauseOf(1).IsNegated);
        Assert.False(Draw("fr", "Il nsubj 3\nne advmod 3\nvoit root 0\nque advmod 5\nLyon obj 3").ClauseOf(2).IsNegated);
        Assert.True(Draw("en", "No det 2\nworker nsubj 3\nleft root 0").ClauseOf(2).IsNegated);
    }

    [Fact]
    public void Negation_reaches_into_complements()
    {
        var tree = Draw("en", "She nsubj 4\ndid aux 4\nnot advmod 4\nsay root 0\nhe nsubj 6\nlied ccomp 4");
        Assert.True(tree.ClauseOf(5).IsUnderNegation);
        Assert.False(tree.ClauseOf(5).IsNegated);
    }

    [Fact]
    public void A_predicate_without_a_subject_shares_one()
    {
        var joined = Draw("en", "She nsubj 2\ncame root 0\nand cc 4\nsaw conj 2");
        Assert.Equal(0, joined.ClauseOf(3).SharedSubject);
        Assert.Equal(-1, joined.ClauseOf(3).Subject);
        Assert.Equal([1, 3], joined.ClauseOf(1).Coordinated);
        var told = Draw("en", "She nsubj 2\ntold root 0\nthem obj 2\nto mark 5\nleave xcomp 2");
        Assert.Equal(2, told.ClauseOf(4).SharedSubject);
    }

    [Fact]
    public void A_noun_with_a_copula_is_a_predicate_and_its_phrase_leaves_the_clause_out()
    {
        var tree = Draw("en", "Martin nsubj 4\nis cop 4\nthe det 4\nmayor root 0\nof case 6\nVanne nmod 4\n. punct 4");
        Assert.True(tree.ClauseOf(3).IsCopular);
        Assert.Equal("the mayor of Vanne", tree.PhraseOf(3).Span.Quote(tree.Source.Text));
        Assert.Equal("Vanne", tree.PhraseOf(5).Span.Quote(tree.Source.Text));
        Assert.Equal(4, tree.PhraseOf(5).Preposition);
    }

    [Fact]
    public void A_subtree_keeps_whole_quotations_and_loses_commas()
    {
        var tree = Draw("en", "\" punct 3\nIt nsubj 3\nopens ccomp 6\n\" punct 3\n, punct 6\nsaid root 0\nMorel nsubj 6");
        Assert.Equal("It opens", tree.SubtreeSpan(2).Quote(tree.Source.Text));
        var inside = Draw("en", "They nsubj 2\nsell root 0\nthe det 5\n\" punct 5\nbridge obj 2\n\" punct 5\n, punct 2");
        Assert.Equal("the \" bridge \"", inside.SubtreeSpan(4).Quote(inside.Source.Text));
    }

    [Fact]
    public void Every_relation_has_a_name_that_reads_back() =>
        Assert.All(Enum.GetValues<Relation>(), relation => Assert.Equal(relation, RelationNames.Parse(RelationNames.NameOf(relation))));

    [Theory]
    [InlineData("aux:tense", Relation.Auxiliary)]
    [InlineData("obl:mod", Relation.Oblique)]
    [InlineData("expl:subj", Relation.Expletive)]
    [InlineData("expl:pass", Relation.Reflexive)]
    [InlineData("goeswith", Relation.Other)]
    public void A_subtype_that_is_not_kept_is_its_universal_relation(string name, Relation expected) => Assert.Equal(expected, RelationNames.Parse(name));

    private static SyntaxTree Draw(string code, string lines)
    {
        var language = Language.Find(code)!;
        var words = lines.Split('\n').Select(line => line.Split(' ')).ToList();
        var text = AnalyzedText.Of(string.Join(' ', words.Select(word => word[0])), language);
        Assert.Equal(words.Count, text.Tokens.Length);
        return new SyntaxTree(
            text, language, [.. words.Select(word => int.Parse(word[2]) - 1)], [.. words.Select(word => RelationNames.Parse(word[1])).ToImmutableArray()]);
    }

    private static string Word(SyntaxTree tree, int token) => tree.Source[tree.Source.Tokens[token]].ToString();
}
