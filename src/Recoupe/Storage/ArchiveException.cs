namespace Recoupe.Storage;

/// <summary>An archive cannot do what is asked; the message says why and what helps.</summary>
public sealed class ArchiveException : Exception
{
    /// <summary>Tells why.</summary>
    public ArchiveException(string message)
        : base(message)
    {
    }

    /// <summary>Tells why, with what the store said.</summary>
    public ArchiveException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
