using System.Text;

namespace Recoupe.Documents;

/// <summary>Fields as mail, HTTP and WARC write them: "Name: value", folded onto lines that begin with white space.</summary>
internal sealed class HeaderFields
{
    private const int MaxFields = 500;

    private readonly Dictionary<string, StringBuilder> _fields = new(StringComparer.OrdinalIgnoreCase);
    private StringBuilder? _last;

    /// <summary>The first value of a field, or null.</summary>
    public string? this[string name] => _fields.TryGetValue(name, out var value) ? value.ToString() : null;

    /// <summary>The field names.</summary>
    public int Count => _fields.Count;

    public bool Has(string name) => _fields.ContainsKey(name);

    /// <summary>Takes a line; false where it is no field.</summary>
    public bool Add(string line)
    {
        if (line[0] is ' ' or '\t')
        {
            _last?.Append(' ').Append(line.AsSpan().Trim());
            return _last is not null;
        }

        _last = null;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return false;
        var name = line[..colon].Trim();
        if (_fields.Count < MaxFields && !_fields.ContainsKey(name))
            _fields.Add(name, _last = new StringBuilder(line[(colon + 1)..].Trim()));
        return true;
    }

    /// <summary>The fields up to an empty line.</summary>
    /// <param name="stream">Stands at the first line.</param>
    /// <param name="limit">The most bytes that are kept of them.</param>
    public static HeaderFields Read(ArchiveStream stream, int limit)
    {
        var fields = new HeaderFields();
        var length = 0;
        while (stream.ReadLine(1 << 16) is { Length: > 0 } line)
        {
            length += line.Length;
            if (length <= limit)
                fields.Add(line);
        }

        return fields;
    }
}
