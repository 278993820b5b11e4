using Recoupe.Text;
using Recoupe.Text.Syntax;

namespace Recoupe.Statements;

/// <summary>What the tree says of a cue and of the boundaries around it, as small numbers for features; 0 throughout where a language has no parser.</summary>
internal sealed class AttributionSyntax
{
    private const int Relations = 64; // more than there are
    private const int MostProposals = 16;
    private const int Deepest = 40; // steps up a tree

    // How a proposal came about; its edges are features of boundaries.
    private const uint SubjectOf = 1, AgentOf = 2, ComplementOf = 3, HostOf = 4, ObjectOf = 5, PhraseOf = 6, ObliqueOf = 7, ConjoinedOf = 8;

    private readonly SyntaxTree? _tree;
    private readonly int[] _from; // the first token under each
    private readonly int[] _to; // the token after the last one
    private readonly List<(uint Kind, TokenRange Range)> _proposals = [];
    private int _proposalsOf = -1;

    public AttributionSyntax(AttributedText text)
    {
        _tree = text.Source.Syntax;
        _from = _tree is null ? [] : new int[text.Count];
        _to = _tree is null ? [] : new int[text.Count];
        for (var i = 0; i < _from.Length; i++)
        {
            var range = _tree!.SubtreeRange(i);
            (_from[i], _to[i]) = (range.From, range.To);
        }
    }

    /// <summary>The relation of a token to its head and its head's part of speech.</summary>
    public uint RelationOf(int i)
    {
        if (_tree is null || (uint)i >= (uint)_from.Length)
            return 0;
        var head = _tree.Heads[i];
        return 1 + (uint)_tree.Relations[i] + (head < 0 ? 0 : Relations * (1 + (uint)_tree.Source.Tokens[head].Tag + (head < i ? 32u : 0)));
    }

    /// <summary>Which kinds of children a token has, and on which side the subject is.</summary>
    public uint Valency(int i)
    {
        if (_tree is null || (uint)i >= (uint)_from.Length)
            return 0;
        uint bits = 1;
        foreach (var child in _tree.ChildrenOf(i))
        {
            bits |= _tree.Relations[child] switch
            {
                Relation.Subject => child < i ? 2u : 4,
                Relation.PassiveSubject => 8,
                Relation.Object => 16,
                Relation.ClausalComplement => child < i ? 32u : 64,
                Relation.OpenComplement => 128,
                Relation.Oblique => 256,
                Relation.Agent => 512,
                Relation.Parataxis => 1024,
                Relation.IndirectObject => 2048,
                Relation.Marker or Relation.Case => 4096,
                _ => 0,
            };
        }

        return bits;
    }

    /// <summary>The subject or agent of the clause whose verb the token is or belongs to; -1 where there is none.</summary>
    public int SpeakerOf(int i)
    {
        if (_tree is null || (uint)i >= (uint)_from.Length || _tree.Source.Tokens[i].Tag is not (PartOfSpeech.Verb or PartOfSpeech.Auxiliary))
            return -1;
        var clause = _tree.ClauseOf(VerbOf(i));
        return clause.Agent is >= 0 and var agent ? agent : clause.SharedSubject;
    }

    /// <summary>The head of the largest constituent that starts before token <paramref name="b"/>.</summary>
    public int HeadFrom(int b)
    {
        if (_tree is null || (uint)b >= (uint)_from.Length)
            return -1;
        var top = b;
        for (var steps = 0; steps < Deepest && _tree.Heads[top] is >= 0 and var up && _from[up] == b; steps++)
            top = up;
        return top;
    }

    /// <summary>How the largest constituent that starts before token <paramref name="b"/> hangs together with the cue.</summary>
    public uint StartAt(int b, int cue)
    {
        if (_tree is null || (uint)b >= (uint)_from.Length)
            return 0;
        var (top, opened) = (b, 0u);
        if (b > 0 && _tree.Relations[b - 1] is Relation.Marker or Relation.Case && _tree.Heads[b - 1] is >= 0 and var marked && _from[marked] == b - 1)
            (top, opened) = (marked, 1);
        var first = opened > 0 ? b - 1 : b;
        for (var steps = 0; steps < Deepest && !Touches(top, cue) && _tree.Heads[top] is >= 0 and var up && up != cue && _from[up] == first; steps++)
            top = up;
        return Tie(top, cue) * 4 + opened + (_from[top] == first ? 2u : 0);
    }

    /// <summary>How the largest constituent that ends before token <paramref name="b"/> hangs together with the cue.</summary>
    public uint EndAt(int b, int cue)
    {
        if (_tree is null || b <= 0 || b > _from.Length)
            return 0;
        var top = b - 1;
        for (var steps = 0; steps < Deepest && !Touches(top, cue) && _tree.Heads[top] is >= 0 and var up && up != cue && _to[up] == b; steps++)
            top = up;
        return Tie(top, cue) * 2 + (_to[top] == b ? 1u : 0);
    }

    /// <summary>What a boundary at <paramref name="b"/> parts from the stretch: the relation of what begins there, and whether its head is in the stretch.</summary>
    public uint CutAt(int b, int from, int to)
    {
        if (_tree is null || b <= 0 || b >= _from.Length)
            return 0;
        var top = b;
        for (var steps = 0; steps < Deepest && _tree.Heads[top] is >= 0 and var up && _from[up] == b; steps++)
            top = up;
        var head = _tree.Heads[top];
        return 1 + (uint)_tree.Relations[top] + (head < 0 ? 0 : head >= from && head < to ? Relations : head < b ? 2u * Relations : 3u * Relations);
    }

    /// <summary>The relation of the last word before a boundary, and whether its head lies beyond.</summary>
    public uint OpenAt(int b)
    {
        if (_tree is null || b <= 0 || b > _from.Length)
            return 0;
        var head = _tree.Heads[b - 1];
        return 1 + (uint)_tree.Relations[b - 1] + (head >= b ? Relations : 0u);
    }

    /// <summary>Which constituents of the cue start (bits of even place) or end (of odd place) at <paramref name="b"/>.</summary>
    public uint EdgesAt(int cue, int b)
    {
        Propose(cue);
        uint bits = 0;
        foreach (var (kind, range) in _proposals)
            bits |= (range.Start == b ? 1u << (int)(2 * kind) : 0) | (range.End == b ? 2u << (int)(2 * kind) : 0);
        return bits;
    }

    /// <summary>Which constituents of the cue are just the stretch, or else hold it or lie in it.</summary>
    public uint Match(int cue, int from, int to)
    {
        Propose(cue);
        uint bits = 0;
        foreach (var (kind, range) in _proposals)
        {
            if (range.Start == from)
                bits |= range.End == to ? 1u << (int)kind : range.End < to ? 1u << (int)(kind + 10) : 1u << (int)(kind + 20);
            else if (range.End == to)
                bits |= 1u << 31;
        }

        return bits;
    }

    /// <summary>Which kinds of constituents the cue has.</summary>
    public uint Proposed(int cue)
    {
        Propose(cue);
        uint bits = 0;
        foreach (var (kind, range) in _proposals)
            bits |= 1u << (int)(2 * kind + (range.Start > cue ? 1 : 0));
        return bits;
    }

    private void Propose(int cue)
    {
        if (cue == _proposalsOf)
            return;
        _proposalsOf = cue;
        _proposals.Clear();
        if (_tree is null || (uint)cue >= (uint)_from.Length)
            return;
        var verb = VerbOf(cue);
        var clause = _tree.ClauseOf(verb);
        if (clause.SharedSubject is >= 0 and var subject)
            AddPhrase(SubjectOf, subject);
        if (clause.Agent is >= 0 and var agent)
            AddPhrase(AgentOf, agent);
        foreach (var child in _tree.ChildrenOf(verb))
        {
            switch (_tree.Relations[child])
            {
                case Relation.ClausalComplement or Relation.OpenComplement or Relation.AdverbialClause or Relation.AdnominalClause:
                    AddClause(ComplementOf, child);
                    break;
                case Relation.Object or Relation.PassiveSubject:
                    AddPhrase(ObjectOf, child);
                    break;
                case Relation.Oblique or Relation.NominalModifier:
                    AddPhrase(ObliqueOf, child);
                    break;
                case Relation.Parataxis or Relation.Conjunct:
                    AddClause(ConjoinedOf, child);
                    break;
            }
        }

        var head = _tree.Heads[verb];
        if (head < 0)
            return;
        if (_tree.Relations[cue] == Relation.Case)
        {
            AddPhrase(PhraseOf, _tree.Heads[cue]);
            head = _tree.Heads[_tree.Heads[cue]];
        }

        // The clause that the attribution is put in: what stands before it and what stands after.
        if (head >= 0)
        {
            AddRange(HostOf, _from[head], Math.Min(_from[verb], cue));
            AddRange(HostOf, Math.Max(_to[verb], cue + 1), _to[head]);
        }
    }

    // The verb that an auxiliary belongs to; a fixed expression's first word.
    private int VerbOf(int cue) =>
        _tree!.Relations[cue] is Relation.Auxiliary or Relation.PassiveAuxiliary or Relation.Copula or Relation.Fixed && _tree.Heads[cue] is >= 0 and var head ? head : cue;

    private void AddPhrase(uint kind, int head)
    {
        var phrase = _tree!.PhraseOf(head);
        Add(kind, phrase.Range.From, phrase.Range.To);
        Add(kind, phrase.CoreRange.From, phrase.CoreRange.To);
    }

    private void AddClause(uint kind, int head)
    {
        var from = _from[head];
        if (_tree!.Relations[from] is Relation.Marker && _tree.Heads[from] == head)
            from++;
        Add(kind, from, _to[head]);
        var core = _tree.ClauseOf(head).CoreRange;
        Add(kind, Math.Max(from, core.From), core.To);
    }

    private void AddRange(uint kind, int from, int to) => Add(kind, from, to);

    // Boundaries lie at words: marks at the edges do not count.
    private void Add(uint kind, int from, int to)
    {
        var tokens = _tree!.Source.Tokens;
        while (from < to && tokens[from].Kind == TokenKind.Mark)
            from++;
        while (to > from && tokens[to - 1].Kind == TokenKind.Mark)
            to--;
        if (from < to && _proposals.Count < MostProposals)
            _proposals.Add((kind, new TokenRange(from, to)));
    }

    private bool Touches(int top, int cue) => _tree!.Heads[top] == cue || top == cue;

    // What a constituent's head is to the cue.
    private uint Tie(int top, int cue)
    {
        var relation = 1 + (uint)_tree!.Relations[top];
        var head = _tree.Heads[top];
        if (top == cue)
            return 1;
        if (head == cue)
            return (1u * Relations) + relation;
        if (_tree.Heads[cue] == top)
            return (2u * Relations) + 1 + (uint)_tree.Relations[cue];
        if (head >= 0 && head == _tree.Heads[cue])
            return (3u * Relations) + relation;
        if (_from[cue] <= top && top < _to[cue])
            return (4u * Relations) + relation;
        return _from[top] <= cue && cue < _to[top] ? (5u * Relations) + relation : (6u * Relations) + relation;
    }
}
