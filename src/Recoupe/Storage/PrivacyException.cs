namespace Recoupe.Storage;

/// <summary>What is asked to be erased or let go of cannot be; the message says why.</summary>
public sealed class PrivacyException(string message) : Exception(message);
