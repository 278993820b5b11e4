using System.Collections.Immutable;
using System.Text;

using Recoupe.Origins;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>Draws how a story's points reached its outlets: outlets, then media, then origins, as SVG. The layout is worked out here and is always the same.</summary>
internal sealed class ProvenanceGraph
{
    // Sizes in SVG units, which are pixels at full width.
    private const double RowHeight = 30;
    private const double Side = 200;
    private const double RightSide = 236;
    private const double Column = 170;
    private const double Top = 34;
    private const int MostOrigins = 18;
    private const int MostOutlets = 40;
    private const int Sweeps = 6;
    private const int LongestLabel = 28;

    private readonly List<Node> _nodes = [];
    private readonly Dictionary<(NodeKind, string), Node> _byName = [];
    private readonly SortedDictionary<(int From, int To), Edge> _edges = [];
    private readonly InterfaceTexts _texts;

    private ProvenanceGraph(InterfaceTexts texts) => _texts = texts;

    private enum NodeKind
    {
        Outlet,
        Medium,
        Origin,
        Bare,
    }

    /// <summary>How many of the points are not drawn, because the origins would be too many to read.</summary>
    public int Left { get; private set; }

    /// <summary>The graph of the weightiest points that fit; null where there is nothing to draw.</summary>
    public static ProvenanceGraph? Of(DossierView view)
    {
        var graph = new ProvenanceGraph(view.Texts);
        foreach (var point in view.Points)
        {
            if (graph._nodes.Count(node => node.Kind is NodeKind.Origin or NodeKind.Bare) >= MostOrigins)
            {
                graph.Left++;
                continue;
            }

            foreach (var chain in point.Sourced.Chains.Where(chain => chain.Passage.Stance == Stance.Affirms))
                graph.Add(view, point.Number, chain);
        }

        if (graph._edges.Count == 0)
            return null;
        graph.Order();
        return graph;
    }

    /// <summary>What is drawn, line by line: the same as a table.</summary>
    public static IEnumerable<(string From, string To, bool Stated, IReadOnlyList<int> Points)> EdgesOf(DossierView view) => Of(view) is not { } graph ? []
        : graph._edges.Values.Select(edge => (graph._nodes[edge.From].Name, graph._nodes[edge.To].Name, edge.Stated, (IReadOnlyList<int>)[.. edge.Points]));

    /// <summary>The SVG.</summary>
    /// <param name="id">A prefix for its ids.</param>
    public Html Draw(string id)
    {
        var layers = _nodes.Max(node => node.Layer) + 1;
        var width = Side + RightSide + ((layers - 1) * Column);
        var rows = _nodes.GroupBy(node => node.Layer).Max(layer => layer.Count());
        var height = Top + (rows * RowHeight) + 8;
        double X(Node node) => node.Layer == layers - 1 ? width - RightSide : Side + (node.Layer * Column);
        double Y(Node node)
        {
            var count = _nodes.Count(other => other.Layer == node.Layer);
            return Top + (rows * RowHeight * ((node.Row + 0.5) / count));
        }

        var svg = new StringBuilder();
        svg.Append(Html.Of($"<svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{_texts["graph"]}</title><desc id=\"{id}-d\">{_texts["graph.key"]} {Description()}</desc>"));
        svg.Append(Html.Of($"<text class=\"head\" x=\"{Side}\" y=\"14\" text-anchor=\"end\">{_texts["graph.outlets"]}</text>"));
        if (layers > 2)
            svg.Append(Html.Of($"<text class=\"head\" x=\"{(Side + width - RightSide) / 2}\" y=\"14\" text-anchor=\"middle\">{_texts["graph.media"]}</text>"));
        svg.Append(Html.Of($"<text class=\"head\" x=\"{width - RightSide}\" y=\"14\">{_texts["graph.origins"]}</text>"));
        foreach (var ((from, to), edge) in _edges)
        {
            var (a, b) = (_nodes[from], _nodes[to]);
            var (x1, y1, x2, y2) = (X(a) + (a.Kind == NodeKind.Medium ? HalfPill(a) : 6), Y(a), X(b) - (b.Kind == NodeKind.Medium ? HalfPill(b) : 6), Y(b));
            var bend = Math.Max(30, (x2 - x1) / 2);
            // Against the reading direction (a loop): an arc below.
            var path = b.Layer > a.Layer
                ? Html.Of($"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}")
                : Html.Of($"M{X(a)} {y1 + 10}C{X(a)} {y1 + 34} {X(b)} {y2 + 34} {X(b)} {y2 + 10}");
            var name = _texts.Fill("graph.edge", a.Name, b.Name) + (edge.Stated ? "" : $" ({_texts["inferred"]})");
            svg.Append(Html.Of($"<path class=\"{(edge.Stated ? "edge" : "edge inferred")}\" data-from=\"{from}\" data-to=\"{to}\" data-points=\"{string.Join(' ', edge.Points)}\" d=\"{path}\"><title>{name}</title></path>"));
        }

        foreach (var node in _nodes)
        {
            var (x, y) = (X(node), Y(node));
            var label = ShownText.Cut(node.Name, node.Kind == NodeKind.Outlet ? LongestLabel - 4 : LongestLabel + 6, "…");
            svg.Append(node.Kind switch
            {
                NodeKind.Outlet => Html.Of($"<g data-node=\"{node.Index}\" data-layer=\"{node.Layer}\"><title>{node.Name}</title><circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/><text x=\"{x - 12}\" y=\"{y + 4.5}\" text-anchor=\"end\">{label}</text></g>"),
                NodeKind.Medium => Html.Of($"<g class=\"medium\" data-node=\"{node.Index}\" data-layer=\"{node.Layer}\"><title>{node.Name}</title><rect x=\"{x - HalfPill(node)}\" y=\"{y - 12}\" width=\"{2 * HalfPill(node)}\" height=\"24\" rx=\"12\"/><text x=\"{x}\" y=\"{y + 4.5}\" text-anchor=\"middle\">{ShownText.Cut(node.Name, 20, "…")}</text></g>"),
                NodeKind.Bare => Html.Of($"<g class=\"bare\" data-node=\"{node.Index}\" data-layer=\"{node.Layer}\"><title>{node.Name}</title><circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/><text x=\"{x + 12}\" y=\"{y + 4.5}\">{label}</text></g>"),
                _ => Html.Of($"<g data-node=\"{node.Index}\" data-layer=\"{node.Layer}\"><title>{node.Name}</title><circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/><text x=\"{x + 12}\" y=\"{y + 4.5}\">{label}</text></g>"),
            });
        }

        svg.Append("</svg>");
        return new Html(svg.ToString());
    }

    private static double HalfPill(Node node) => (Math.Min(ShownText.Width(node.Name), 20) * 3.7) + 12;

    private string Description() => string.Join(". ", _edges.Values.Select(edge =>
        _texts.Fill("graph.edge", _nodes[edge.From].Name, _nodes[edge.To].Name) + (edge.Stated ? "" : $" ({_texts["inferred"]})")));

    private void Add(DossierView view, int point, Chain chain)
    {
        var name = view[chain.Passage.Evidence.Article].Outlet;
        var outlet = _byName.ContainsKey((NodeKind.Outlet, name)) || _nodes.Count(node => node.Kind == NodeKind.Outlet) < MostOutlets
            ? Get(NodeKind.Outlet, name, 0)
            : Get(NodeKind.Outlet, _texts["graph.others"], 0);
        var at = outlet;
        var hops = chain.Hops.Skip(1).ToList();
        for (var i = 0; i < hops.Count - 1; i++)
            at = Link(at, Get(NodeKind.Medium, ShownText.Line(hops[i]), i + 1), point, chain.Stated);
        var last = chain.Type switch
        {
            null => Get(hops.Count > 0 ? NodeKind.Origin : NodeKind.Bare, hops.Count > 0 ? ShownText.Line(hops[^1]) : _texts["type.bare"], 0),
            OriginType.Outlet => Get(NodeKind.Origin, $"{(hops.Count > 0 ? ShownText.Line(hops[^1]) : outlet.Name)} ({_texts["type.outlet"]})", 0),
            _ => Get(NodeKind.Origin, hops.Count > 0 ? ShownText.Line(hops[^1]) : outlet.Name, 0),
        };
        Link(at, last, point, chain.Stated);
    }

    private Node Get(NodeKind kind, string name, int layer)
    {
        if (!_byName.TryGetValue((kind, name), out var node))
        {
            node = new Node(_nodes.Count, kind, name);
            _nodes.Add(node);
            _byName.Add((kind, name), node);
        }

        node.Layer = Math.Max(node.Layer, layer);
        return node;
    }

    private Node Link(Node from, Node to, int point, bool stated)
    {
        if (from == to)
            return to;
        if (!_edges.TryGetValue((from.Index, to.Index), out var edge))
            _edges.Add((from.Index, to.Index), edge = new Edge(from.Index, to.Index));
        edge.Stated |= stated;
        edge.Points.Add(point);
        return to;
    }

    // Layers by the longest way from an outlet, origins last; rows by repeated means of the neighbours' rows (Sugiyama, Tagawa, Toda 1981).
    private void Order()
    {
        var last = Math.Max(1, _nodes.Where(node => node.Kind == NodeKind.Medium).Select(node => node.Layer + 1).DefaultIfEmpty(1).Max());
        foreach (var node in _nodes.Where(node => node.Kind is NodeKind.Origin or NodeKind.Bare))
            node.Layer = last;
        var layers = Enumerable.Range(0, last + 1).Select(layer => _nodes.Where(node => node.Layer == layer).ToList()).ToList();
        foreach (var layer in layers)
            Number(layer);
        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            foreach (var layer in sweep % 2 == 0 ? layers : Enumerable.Reverse(layers))
            {
                var sorted = layer.OrderBy(node => Mean(node, layers)).ThenBy(node => node.Row).ToList();
                Number(sorted);
            }
        }

        static void Number(List<Node> layer)
        {
            for (var i = 0; i < layer.Count; i++)
                layer[i].Row = i;
        }
    }

    private double Mean(Node node, List<List<Node>> layers)
    {
        var places = new List<double>();
        foreach (var edge in _edges.Values)
        {
            var other = edge.From == node.Index ? _nodes[edge.To] : edge.To == node.Index ? _nodes[edge.From] : null;
            if (other is not null)
                places.Add((other.Row + 0.5) / layers[other.Layer].Count);
        }

        return places.Count == 0 ? node.Row : places.Average();
    }

    private sealed class Node(int index, NodeKind kind, string name)
    {
        public int Index { get; } = index;

        public NodeKind Kind { get; } = kind;

        public string Name { get; } = name;

        public int Layer { get; set; }

        public int Row { get; set; }
    }

    private sealed class Edge(int from, int to)
    {
        public int From { get; } = from;

        public int To { get; } = to;

        public bool Stated { get; set; }

        public SortedSet<int> Points { get; } = [];
    }
}
