using Recoupe.Text;

namespace Recoupe.Documents;

/// <summary>Names a document by what it is, whatever run it is read in and wherever it lies: by its canonical address and its content.</summary>
public static class DocumentIdentity
{
    private const int Digits = 16;

    /// <summary>The name of <paramref name="document"/>. A document without address is told apart by its own id, else by its file's name, and by what the input states of it.</summary>
    public static string Of(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        var address = AddressOf(document);
        var place = address is null ? document.Id ?? Stem(document.Source) : document.Id;
        return "a" + ShortHash.Of(Digits, address ?? "", place ?? "", document.Outlet ?? "", document.Title ?? "", document.Content);
    }

    /// <summary>The canonical address of the page that it is a capture of; null where none is known.</summary>
    public static string? AddressOf(Document document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return DocumentIds.Canonical(document.Url ?? document.Key);
    }

    // The file's name alone: a folder is read under many paths, and lines move.
    private static string Stem(string source)
    {
        var name = source.AsSpan(source.LastIndexOfAny(['/', '\\']) + 1);
        var dot = name.IndexOf('.');
        return (dot > 0 ? name[..dot] : name).ToString();
    }
}
