namespace Recoupe.Checks;

/// <summary>A claim that cannot be asked about; the message says why and what to do.</summary>
public sealed class ClaimException(string message) : Exception(message);
