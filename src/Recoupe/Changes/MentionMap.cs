using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Changes;

/// <summary>Which amount or name each token of a version belongs to.</summary>
internal sealed class MentionMap<T>
    where T : class
{
    private readonly int[] _at;
    private readonly IReadOnlyList<T> _mentions;
    private readonly List<Range> _tokens = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public MentionMap(VersionText text, IReadOnlyList<T> mentions, Func<T, TextSpan> span)
    {
        _mentions = mentions;
        _at = new int[text.Count];
        Array.Fill(_at, -1);
        for (var i = 0; i < mentions.Count; i++)
        {
            var tokens = text.TokensOf(span(mentions[i]));
            _tokens.Add(tokens);
            for (var token = tokens.Start.Value; token < Math.Min(tokens.End.Value, _at.Length); token++)
                _at[token] = i;
            if (mentions[i] is Entity name)
                _names.Add(Folding.Fold(name.Name));
        }
    }

    /// <summary>The mention that a token belongs to; null for none.</summary>
    public T? At(int token) => _at[token] < 0 ? null : _mentions[_at[token]];

    /// <summary>Whether anybody goes by a name.</summary>
    public bool Has(string name) => _names.Contains(Folding.Fold(name));

    /// <summary>The mentions that share a token with these, with all of their own.</summary>
    public IEnumerable<(T Mention, Range Tokens)> Touching(Range tokens)
    {
        var last = -1;
        for (var token = tokens.Start.Value; token < tokens.End.Value; token++)
        {
            if (_at[token] < 0 || _at[token] == last)
                continue;
            last = _at[token];
            yield return (_mentions[last], _tokens[last]);
        }
    }
}

/// <summary>Ranges in order, asked in order.</summary>
internal sealed class RangeCursor(IReadOnlyList<Range> ranges)
{
    private int _at;

    /// <summary>The ranges that share a token with <paramref name="tokens"/>, or that an empty one lies inside of.</summary>
    public IEnumerable<Range> Touching(Range tokens)
    {
        while (_at < ranges.Count && ranges[_at].End.Value < tokens.Start.Value)
            _at++;
        for (var i = _at; i < ranges.Count && ranges[i].Start.Value <= tokens.End.Value; i++)
        {
            var isEmpty = tokens.Start.Value == tokens.End.Value;
            if (isEmpty
                ? ranges[i].Start.Value < tokens.Start.Value && tokens.Start.Value < ranges[i].End.Value
                : ranges[i].Start.Value < tokens.End.Value && tokens.Start.Value < ranges[i].End.Value)
                yield return ranges[i];
        }
    }
}
