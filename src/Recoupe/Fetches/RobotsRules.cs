using System.Globalization;

namespace Recoupe.Fetches;

/// <summary>What a host's robots.txt asks of one reader (RFC 9309).</summary>
internal sealed class RobotsRules
{
    // The standard asks for at least 500 KiB to be read; no rule of a real host is longer than this.
    private const int MostRules = 5000;
    private const int LongestRule = 1000;
    private const double LongestDelay = 1e6;
    private const int LongestPath = 2000;

    private readonly List<(string Pattern, bool Allows)> _rules = [];

    private RobotsRules()
    {
    }

    /// <summary>Rules that ask for nothing.</summary>
    public static RobotsRules AllowAll { get; } = new();

    /// <summary>How long the host wants to be left alone between two requests; null where it does not say.</summary>
    public TimeSpan? Delay { get; private set; }

    /// <summary>Reads the rules for <paramref name="agent"/>: those of its name, else those of <c>*</c>.</summary>
    /// <param name="text">The file.</param>
    /// <param name="agent">A name, perhaps with a version behind a stroke.</param>
    public static RobotsRules Read(string text, string agent)
    {
        var name = agent.Split('/')[0];
        RobotsRules own = new(), all = new();
        bool isOwn = false, isAll = false, inNames = false, hasOwn = false;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (!Field(line, out var field, out var value))
                continue;
            if (field.Equals("user-agent", StringComparison.OrdinalIgnoreCase))
            {
                if (!inNames)
                    isOwn = isAll = false;
                inNames = true;
                var names = value.Split('/');
                var named = names.MoveNext() ? value[names.Current].Trim() : value;
                hasOwn |= isOwn |= named.Equals(name, StringComparison.OrdinalIgnoreCase);
                isAll |= named is "*";
                continue;
            }

            inNames = false;
            if (isOwn)
                own.Take(field, value);
            if (isAll)
                all.Take(field, value);
        }

        return hasOwn ? own : all;
    }

    /// <summary>Whether a page may be fetched: the longest rule that fits decides, and of two as long the kinder.</summary>
    public bool Allows(Uri page)
    {
        var path = page.PathAndQuery.AsSpan(0, Math.Min(page.PathAndQuery.Length, LongestPath));
        var (longest, allows) = (-1, true);
        foreach (var (pattern, kind) in _rules)
        {
            if (pattern.Length < longest || pattern.Length == longest && (allows || !kind) || !Fits(pattern, path))
                continue;
            (longest, allows) = (pattern.Length, kind);
        }

        return allows;
    }

    private static bool Field(ReadOnlySpan<char> line, out ReadOnlySpan<char> field, out ReadOnlySpan<char> value)
    {
        var comment = line.IndexOf('#');
        line = comment < 0 ? line : line[..comment];
        var colon = line.IndexOf(':');
        field = colon < 0 ? [] : line[..colon].Trim();
        value = colon < 0 ? [] : line[(colon + 1)..].Trim();
        return colon > 0;
    }

    private void Take(ReadOnlySpan<char> field, ReadOnlySpan<char> value)
    {
        if (field.Equals("crawl-delay", StringComparison.OrdinalIgnoreCase))
        {
            if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds < LongestDelay)
                Delay = TimeSpan.FromSeconds(seconds);
            return;
        }

        var allows = field.Equals("allow", StringComparison.OrdinalIgnoreCase);
        if (!allows && !field.Equals("disallow", StringComparison.OrdinalIgnoreCase))
            return;
        if (value.Length is > 0 and <= LongestRule && _rules.Count < MostRules)
            _rules.Add((value.ToString(), allows));
    }

    // "*" stands for anything, "$" for the end. Each piece between stars is looked for behind the one before: the first place is as good as
    // any, so nothing is tried twice.
    private static bool Fits(string pattern, ReadOnlySpan<char> path)
    {
        var toEnd = pattern.EndsWith('$');
        var left = toEnd ? pattern.AsSpan(0, pattern.Length - 1) : pattern.AsSpan();
        var star = left.IndexOf('*');
        if (star < 0)
            return toEnd ? path.SequenceEqual(left) : path.StartsWith(left);
        if (!path.StartsWith(left[..star]))
            return false;
        path = path[star..];
        for (left = left[(star + 1)..]; (star = left.IndexOf('*')) >= 0; left = left[(star + 1)..])
        {
            var at = path.IndexOf(left[..star]);
            if (at < 0)
                return false;
            path = path[(at + star)..];
        }

        return toEnd ? path.EndsWith(left) : path.IndexOf(left) >= 0;
    }
}
