using Recoupe.Text;

namespace Recoupe;

/// <summary>Tells by which engine a result was made: the same code, models and lists have the same stamp, others have another.</summary>
/// <param name="Value">The version and a hash.</param>
public readonly record struct EngineStamp(string Value)
{
    private const int Digits = 12;

    /// <summary>The stamp of this engine.</summary>
    /// <remarks>The compiler names each assembly by all that went into it: the code, and the models and lists that it holds.</remarks>
    public static EngineStamp Current { get; } = new(
        $"{typeof(EngineStamp).Assembly.GetName().Version!.ToString(3)}-{ShortHash.Of(Digits, typeof(EngineStamp).Module.ModuleVersionId.ToString())}");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
