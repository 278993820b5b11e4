namespace Recoupe.Documents;

/// <summary>Counts what an archive holds beside its pages, and tells it in one line.</summary>
internal sealed class PassedOver
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private bool _isTold;

    /// <summary>Whether a page was found.</summary>
    public bool HasPage { get; set; }

    /// <summary>Counts one of a kind; null and empty kinds belong to every archive and are not told.</summary>
    public void Add(string? kind)
    {
        if (!string.IsNullOrEmpty(kind))
            _counts[kind] = _counts.GetValueOrDefault(kind) + 1;
    }

    /// <summary>Something was told by itself already.</summary>
    public void AddTold() => _isTold = true;

    /// <summary>The line, or null where there is nothing to tell. An archive without a page is no input that was read.</summary>
    public Intake? ToIntake(DocumentPlace place)
    {
        var list = string.Join(", ", _counts.Select(pair => $"{pair.Value} × {pair.Key}"));
        if (HasPage)
            return list.Length > 0 ? place.PassOver($"passed over: {list}") : null;
        if (list.Length > 0)
            return place.Skip($"holds no page: {list}");
        return _isTold ? null : place.Skip("holds no page");
    }
}
