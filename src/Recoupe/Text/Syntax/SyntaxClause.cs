namespace Recoupe.Text.Syntax;

/// <summary>A clause: a predicate with what goes with it. Tokens are indexes of the text's tokens; -1 is none.</summary>
/// <remarks>A noun or adjective with a copula is a predicate as a verb is (<i>he is <b>mayor</b></i>).</remarks>
public readonly record struct SyntaxClause(SyntaxTree Tree, int Predicate)
{
    /// <summary>What it is to its governor: <see cref="Relation.Root"/>, <see cref="Relation.ClausalComplement"/>, <see cref="Relation.RelativeClause"/> …</summary>
    public Relation Relation => Tree.Relations[Predicate];

    /// <summary>The token that it hangs on: the verb of a complement, the antecedent of a relative clause, the first of joined predicates; -1 for a root.</summary>
    public int Governor => Tree.Heads[Predicate];

    /// <summary>Its own subject, active or passive, a clause's head too, or -1. <i>There</i> and impersonal <i>il</i> are none.</summary>
    public int Subject
    {
        get
        {
            foreach (var child in Tree.ChildrenOf(Predicate))
            {
                if (Tree.Relations[child] is Relation.Subject or Relation.PassiveSubject or Relation.ClausalSubject)
                    return child;
            }

            return -1;
        }
    }

    /// <summary>
    /// Its own subject, or the one that it shares: a joined predicate that of the first, an infinitive that of its governor (its object where it
    /// has one: <i>told <b>them</b> to leave</i>), a participle or relative clause without a subject its antecedent.
    /// </summary>
    public int SharedSubject
    {
        get
        {
            var clause = this;
            for (var steps = 0; steps < 8; steps++) // chains are short; longer ones tell nothing
            {
                if (clause.Subject is >= 0 and var subject)
                    return subject;
                if (clause.Governor < 0)
                    return -1;
                switch (clause.Relation)
                {
                    case Relation.AdnominalClause or Relation.RelativeClause:
                        return clause.Governor;
                    case Relation.OpenComplement when Tree.ChildOf(clause.Governor, Relation.Object, Relation.IndirectObject) is >= 0 and var controller:
                        return controller;
                    case Relation.Conjunct or Relation.OpenComplement or Relation.AdverbialClause:
                        clause = new SyntaxClause(Tree, clause.Governor);
                        break;
                    default:
                        return -1;
                }
            }

            return -1;
        }
    }

    /// <summary>Its direct object, or -1.</summary>
    public int Object => Tree.ChildOf(Predicate, Relation.Object);

    /// <summary>Its indirect object, or -1.</summary>
    public int IndirectObject => Tree.ChildOf(Predicate, Relation.IndirectObject);

    /// <summary>Who does it, in a passive clause (<i>by</i>, <i>par</i>), or -1.</summary>
    public int Agent => Tree.ChildOf(Predicate, Relation.Agent);

    /// <summary>Its auxiliaries, those of the passive too, in order.</summary>
    public IEnumerable<int> Auxiliaries
    {
        get
        {
            var tree = Tree;
            return tree.ChildrenOf(Predicate).Where(child => tree.Relations[child] is Relation.Auxiliary or Relation.PassiveAuxiliary);
        }
    }

    /// <summary>The copula of a predicate that is no verb, or -1.</summary>
    public int Copula => Tree.ChildOf(Predicate, Relation.Copula);

    /// <summary>The head of what is said, thought, wanted: its clausal or open complement, or -1.</summary>
    public int Complement => Tree.ChildOf(Predicate, Relation.ClausalComplement, Relation.OpenComplement);

    /// <summary>The heads of what is put inside or beside it: the <i>said X</i> of a quotation that is its head.</summary>
    public IEnumerable<int> Parataxes => Children(Relation.Parataxis);

    /// <summary>The predicates joined to it by <i>and</i>, <i>or</i> or commas, itself first.</summary>
    public IEnumerable<int> Coordinated => Tree.Coordinated(Predicate);

    /// <summary><i>that</i>, <i>if</i>, <i>to</i>, <i>que</i> … that opens it, or -1.</summary>
    public int Marker => Tree.ChildOf(Predicate, Relation.Marker);

    /// <summary>Whether it is passive.</summary>
    public bool IsPassive => Tree.ChildOf(Predicate, Relation.PassiveSubject, Relation.PassiveAuxiliary) >= 0 || Agent >= 0;

    /// <summary>Whether its predicate is a noun, adjective or adverb with a copula.</summary>
    public bool IsCopular => Copula >= 0;

    /// <summary>Whether the predicate itself is negated (<i>did not say</i>, <i>n'a rien dit</i>, <i>nobody said</i>).</summary>
    public bool IsNegated => Tree.IsNegated(Predicate);

    /// <summary>Whether it or a clause that it is the complement of is negated (<i>did not say that he <b>came</b></i>).</summary>
    public bool IsUnderNegation
    {
        get
        {
            var at = Predicate;
            for (var steps = 0; at >= 0 && steps < 8; steps++)
            {
                if (Tree.IsNegated(at))
                    return true;
                if (Tree.Relations[at] is not (Relation.ClausalComplement or Relation.OpenComplement))
                    return false;
                at = Tree.Heads[at];
            }

            return false;
        }
    }

    /// <summary>The token that carries tense and mood: the first finite one of auxiliaries, copula and predicate; -1 for infinitives, participles, headlines without a verb.</summary>
    public int Finite
    {
        get
        {
            foreach (var child in Tree.ChildrenOf(Predicate))
            {
                if (Tree.Relations[child] is Relation.Auxiliary or Relation.PassiveAuxiliary or Relation.Copula && Tree.Source.Tokens[child].IsFiniteVerb)
                    return child;
            }

            return Tree.Source.Tokens[Predicate].IsFiniteVerb ? Predicate : -1;
        }
    }

    /// <summary>The mood of <see cref="Finite"/>.</summary>
    public Mood Mood => Finite is >= 0 and var finite ? Tree.Source.Tokens[finite].Form.Mood : Mood.None;

    /// <summary>The tense of <see cref="Finite"/>; a compound tense is told by it and the form of the predicate (<i>a dit</i>: present, past participle).</summary>
    public Tense Tense => Finite is >= 0 and var finite ? Tree.Source.Tokens[finite].Form.Tense : Tense.None;

    /// <summary>All of it, with the clauses inside it and joined to it.</summary>
    public TextSpan Span => Tree.SubtreeSpan(Predicate);

    /// <summary>The tokens of <see cref="Span"/>.</summary>
    public TokenRange Range => Tree.SubtreeRange(Predicate);

    /// <summary>It without the predicates joined to it and what is put beside it (<see cref="Parataxes"/>), and what stands beyond those.</summary>
    public TokenRange CoreRange => Tree.RangeWithout(Predicate, relation => relation is Relation.Conjunct or Relation.Parataxis or Relation.Discourse or Relation.Vocative);

    /// <summary>The text of <see cref="CoreRange"/>.</summary>
    public TextSpan Core => Tree.SpanOf(CoreRange);

    private IEnumerable<int> Children(Relation relation)
    {
        var tree = Tree;
        return tree.ChildrenOf(Predicate).Where(child => tree.Relations[child] == relation);
    }
}
