namespace Recoupe.Text.Syntax;

/// <summary>What a word is to its head: the relations of Universal Dependencies v2, with the few subtypes that the stages after it ask for.</summary>
/// <remarks>The subtypes that are not listed count as their universal relation (<i>aux:tense</i> is <see cref="Auxiliary"/>).</remarks>
public enum Relation : byte
{
    /// <summary>The head of its sentence, or of its part of a very long one (<i>root</i>).</summary>
    Root,

    /// <summary>A mark (<i>punct</i>).</summary>
    Punctuation,

    /// <summary>The subject of an active clause (<i>nsubj</i>).</summary>
    Subject,

    /// <summary>The subject of a passive clause (<i>nsubj:pass</i>, <i>csubj:pass</i>).</summary>
    PassiveSubject,

    /// <summary>A clause that is the subject (<i>csubj</i>).</summary>
    ClausalSubject,

    /// <summary>The direct object (<i>obj</i>).</summary>
    Object,

    /// <summary>The indirect object (<i>iobj</i>): <i>told <b>reporters</b></i>, <i><b>lui</b> a dit</i>.</summary>
    IndirectObject,

    /// <summary>A noun with or without a preposition that goes with a verb (<i>obl</i>).</summary>
    Oblique,

    /// <summary>Who does it, in a passive clause (<i>obl:agent</i>).</summary>
    Agent,

    /// <summary>A clause that is an object: <i>said that he <b>came</b></i>, also the quotation itself (<i>ccomp</i>).</summary>
    ClausalComplement,

    /// <summary>A clause or predicate without a subject of its own: <i>wants to <b>leave</b></i> (<i>xcomp</i>).</summary>
    OpenComplement,

    /// <summary>A clause that modifies a verb (<i>advcl</i>).</summary>
    AdverbialClause,

    /// <summary>A clause that modifies a noun and is not relative: <i>a man <b>accused</b> of theft</i> (<i>acl</i>).</summary>
    AdnominalClause,

    /// <summary>A relative clause (<i>acl:relcl</i>).</summary>
    RelativeClause,

    /// <summary>An adverb or a negation (<i>advmod</i>).</summary>
    AdverbialModifier,

    /// <summary>A noun that modifies a noun (<i>nmod</i>).</summary>
    NominalModifier,

    /// <summary>A possessor: <i><b>France</b>'s budget</i>, <i><b>his</b> budget</i> (<i>nmod:poss</i>).</summary>
    Possessor,

    /// <summary>A title or description before a name: <i><b>President</b> Martin</i>; English only (<i>nmod:desc</i>).</summary>
    Description,

    /// <summary>An adjective (<i>amod</i>).</summary>
    AdjectivalModifier,

    /// <summary>A number that counts (<i>nummod</i>).</summary>
    NumericModifier,

    /// <summary>A noun that says the same in other words: <i>Martin, the <b>mayor</b></i> (<i>appos</i>).</summary>
    Apposition,

    /// <summary>A determiner (<i>det</i>).</summary>
    Determiner,

    /// <summary>A preposition, or <i>'s</i> (<i>case</i>).</summary>
    Case,

    /// <summary><i>that</i>, <i>if</i>, <i>to</i>; <i>que</i>, <i>si</i>, <i>de</i> before an infinitive (<i>mark</i>).</summary>
    Marker,

    /// <summary><i>be</i>, <i>être</i> before a predicate that is no verb (<i>cop</i>).</summary>
    Copula,

    /// <summary>An auxiliary (<i>aux</i>).</summary>
    Auxiliary,

    /// <summary>The auxiliary of a passive (<i>aux:pass</i>).</summary>
    PassiveAuxiliary,

    /// <summary>A subject without a meaning: <i><b>there</b> is</i>, <i><b>il</b> faut</i> (<i>expl</i>, <i>expl:subj</i>).</summary>
    Expletive,

    /// <summary>The pronoun of a reflexive verb: <i><b>se</b> souvenir</i> (<i>expl:pv</i>, <i>expl:comp</i>, <i>expl:pass</i>).</summary>
    Reflexive,

    /// <summary>What is joined to its head by <i>and</i>, <i>or</i> or a comma (<i>conj</i>).</summary>
    Conjunct,

    /// <summary><i>and</i>, <i>but</i>, <i>ou</i> (<i>cc</i>).</summary>
    Coordinator,

    /// <summary>A further word of a name or date, which has no head of its own (<i>flat</i>).</summary>
    Flat,

    /// <summary>A further word of a fixed expression: <i>because <b>of</b></i> (<i>fixed</i>).</summary>
    Fixed,

    /// <summary>A noun before the noun that it is part of: <i>the <b>school</b> board</i> (<i>compound</i>).</summary>
    Compound,

    /// <summary>The particle of a verb: <i>set <b>up</b></i> (<i>compound:prt</i>).</summary>
    Particle,

    /// <summary>What is put beside or inside without being joined: the <i><b>said</b> X</i> inside or after a quotation (<i>parataxis</i>).</summary>
    Parataxis,

    /// <summary>An element of a list (<i>list</i>).</summary>
    ListItem,

    /// <summary>What is put before or after its clause and taken up there (<i>dislocated</i>).</summary>
    Dislocated,

    /// <summary>Who is spoken to (<i>vocative</i>).</summary>
    Vocative,

    /// <summary>Interjections and fillers (<i>discourse</i>).</summary>
    Discourse,

    /// <summary>What stays of a clause whose head is left out (<i>orphan</i>).</summary>
    Orphan,

    /// <summary>Anything else (<i>dep</i>, <i>goeswith</i>, <i>reparandum</i>).</summary>
    Other,
}

/// <summary>The names of relations in Universal Dependencies.</summary>
public static class RelationNames
{
    private static readonly string[] Names =
    [
        "root", "punct", "nsubj", "nsubj:pass", "csubj", "obj", "iobj", "obl", "obl:agent", "ccomp", "xcomp", "advcl", "acl", "acl:relcl", "advmod",
        "nmod", "nmod:poss", "nmod:desc", "amod", "nummod", "appos", "det", "case", "mark", "cop", "aux", "aux:pass", "expl", "expl:pv", "conj", "cc",
        "flat", "fixed", "compound", "compound:prt", "parataxis", "list", "dislocated", "vocative", "discourse", "orphan", "dep",
    ];

    /// <summary>How many relations there are.</summary>
    public static int Count => Names.Length;

    /// <summary>The name: <c>nsubj:pass</c>.</summary>
    public static string NameOf(Relation relation) => Names[(int)relation];

    /// <summary>The relation of a name with any subtype.</summary>
    public static Relation Parse(string name) => name switch
    {
        "csubj:pass" => Relation.PassiveSubject,
        "expl:pass" or "expl:comp" => Relation.Reflexive,
        _ => Exact(name) ?? Exact(name.Split(':')[0]) ?? Relation.Other,
    };

    private static Relation? Exact(string name) => Array.IndexOf(Names, name) is >= 0 and var index ? (Relation)index : null;
}
