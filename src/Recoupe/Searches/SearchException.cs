namespace Recoupe.Searches;

/// <summary>A query cannot be read, or there is no index.</summary>
/// <param name="message">What is wrong, and what to write instead.</param>
public sealed class SearchException(string message) : Exception(message);
