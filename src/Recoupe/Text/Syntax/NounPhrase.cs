namespace Recoupe.Text.Syntax;

/// <summary>A noun, name or pronoun with what goes with it. Tokens are indexes of the text's tokens; -1 is none.</summary>
public readonly record struct NounPhrase(SyntaxTree Tree, int Head)
{
    /// <summary>What the phrase is to its governor.</summary>
    public Relation Relation => Tree.Relations[Head];

    /// <summary>The token that it hangs on, or -1.</summary>
    public int Governor => Tree.Heads[Head];

    /// <summary>Its preposition (<i>of</i>, <i>par</i>, <i>du</i>), or -1. It is in neither extent.</summary>
    public int Preposition => Tree.ChildOf(Head, Relation.Case);

    /// <summary>All of it: with relative clauses, appositions and what is joined to it, without its preposition; of a predicate (<i>is the mayor of Lyon</i>) only the noun's own.</summary>
    public TokenRange Range => Tree.RangeWithout(Head, IsOfTheClause);

    /// <summary>The text of <see cref="Range"/>.</summary>
    public TextSpan Span => Tree.SpanOf(Range);

    /// <summary>It without relative clauses, appositions, participles put after a comma, and what is joined to it.</summary>
    public TokenRange CoreRange => Tree.RangeWithout(Head, relation => IsOfTheClause(relation)
        || relation is Relation.RelativeClause or Relation.Apposition or Relation.Conjunct or Relation.ListItem);

    /// <summary>The text of <see cref="CoreRange"/>.</summary>
    public TextSpan Core => Tree.SpanOf(CoreRange);

    /// <summary>The heads joined to it by <i>and</i>, <i>or</i> or commas, itself first.</summary>
    public IEnumerable<int> Coordinated => Tree.Coordinated(Head);

    /// <summary>The heads of its appositions.</summary>
    public IEnumerable<int> Appositions => Children(Relation.Apposition);

    /// <summary>The predicates of its relative clauses.</summary>
    public IEnumerable<int> RelativeClauses => Children(Relation.RelativeClause);

    private static bool IsOfTheClause(Relation relation) => relation is Relation.Case or Relation.Subject or Relation.PassiveSubject or Relation.ClausalSubject
        or Relation.Copula or Relation.Auxiliary or Relation.PassiveAuxiliary or Relation.Marker or Relation.Expletive or Relation.Parataxis or Relation.Discourse
        or Relation.Vocative or Relation.Dislocated or Relation.AdverbialClause or Relation.Coordinator or Relation.ClausalComplement;

    private IEnumerable<int> Children(Relation relation)
    {
        var tree = Tree;
        return tree.ChildrenOf(Head).Where(child => tree.Relations[child] == relation);
    }
}
