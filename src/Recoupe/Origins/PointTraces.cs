using Recoupe.Points;

namespace Recoupe.Origins;

/// <summary>The traces of one point, found by article, by outlet and by what they go through, so that following them is linear in passages.</summary>
internal sealed class PointTraces(List<Trace> traces, MediaNames media)
{
    private readonly ILookup<int, Trace> _byPlace = traces.ToLookup(trace => trace.Place);

    private readonly ILookup<string, Trace> _byOutlet = traces.Where(trace => media.OutletOf(trace.Place) is not null)
        .ToLookup(trace => MediaNames.KeyOf(media.OutletOf(trace.Place)!), StringComparer.Ordinal);

    private readonly Dictionary<Trace, int> _order = traces.Select((trace, number) => (trace, number)).ToDictionary(pair => pair.trace, pair => pair.number);
    private readonly Dictionary<string, int> _accounts = new(StringComparer.Ordinal);

    /// <summary>The traces of the article at a place, in order.</summary>
    public IEnumerable<Trace> At(int place) => _byPlace[place];

    /// <summary>The traces of a medium's own articles, in order.</summary>
    public IEnumerable<Trace> Of(string medium) => _byOutlet[MediaNames.KeyOf(medium)];

    /// <summary>The first trace that goes through a medium to an origin that is none; null if there is none.</summary>
    public Trace? AccountOf(string medium) => _accounts.TryGetValue(MediaNames.KeyOf(medium), out var number) ? traces[number] : null;

    /// <summary>Reads what the traces give of whom media had it from, once their own words are read.</summary>
    public void SetAccounts()
    {
        foreach (var trace in traces)
            AddAccount(trace);
    }

    /// <summary>Takes a trace that has been followed among the accounts.</summary>
    public void AddAccount(Trace trace)
    {
        if (trace.Open || trace.Name is null || trace.Type is null or OriginType.Medium)
            return;
        // Who denies it is not whom the medium has it from, nor who tells something else of it.
        if (trace.Passage.Stance != Stance.Affirms || trace.Passage.Likelihood is < Passage.Sure)
            return;
        foreach (var hop in trace.Media)
        {
            var key = MediaNames.KeyOf(hop);
            if (!_accounts.TryGetValue(key, out var first) || _order[trace] < first)
                _accounts[key] = _order[trace];
        }
    }
}
