namespace Recoupe.Stories;

/// <summary>All that the later placements of a <see cref="StoryDesk"/> hang on, as a value: what two states of the same bytes place is the same.</summary>
public sealed class DeskState : IEquatable<DeskState>
{
    private readonly byte[] _bytes;

    internal DeskState(byte[] bytes) => _bytes = bytes;

    /// <summary>The state in bytes, for where it is kept.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>The state that <see cref="Bytes"/> gave.</summary>
    public static DeskState Of(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    /// <inheritdoc/>
    public bool Equals(DeskState? other) => other is not null && _bytes.AsSpan().SequenceEqual(other._bytes);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DeskState);

    /// <inheritdoc/>
    public override int GetHashCode() => _bytes.Length;
}
