namespace Recoupe.Web.Access;

/// <summary>The service may not be opened as it is asked to; the message says what is lacking.</summary>
public sealed class AccessException(string message) : Exception(message);
