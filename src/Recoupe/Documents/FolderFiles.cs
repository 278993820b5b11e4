namespace Recoupe.Documents;

/// <summary>The files of a folder and of the folders in it. Hidden ones are left out.</summary>
/// <remarks>
/// Symbolic links inside are not followed: what they lead to inside the folder is read in its own place, once; one that leads out is told. So a loop costs
/// nothing, and a folder that somebody else filled opens nothing but itself. A path that the user names is followed whatever it is.
/// </remarks>
internal static class FolderFiles
{
    private static readonly EnumerationOptions Each = new() { AttributesToSkip = FileAttributes.Hidden | FileAttributes.System, IgnoreInaccessible = false };

    /// <summary>The files in ordinal order.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="untold">Receives what was not read, with the reason.</param>
    public static List<string> Of(string folder, List<SkippedDocument> untold)
    {
        var files = new List<string>();
        var open = new Stack<DirectoryInfo>();
        open.Push(new DirectoryInfo(folder));
        var root = Path.TrimEndingDirectorySeparator(Real(open.Peek()));
        while (open.TryPop(out var directory))
        {
            try
            {
                foreach (var entry in directory.EnumerateFileSystemInfos("*", Each))
                {
                    var path = Path.Combine(directory.ToString(), entry.Name);
                    if (entry.LinkTarget is not null)
                        TellLink(entry, path, root, untold);
                    else if (entry is DirectoryInfo)
                        open.Push(new DirectoryInfo(path));
                    else
                        files.Add(path);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                untold.Add(new SkippedDocument(directory.ToString(), $"cannot be read: {exception.Message}"));
            }
        }

        files.Sort(StringComparer.Ordinal);
        untold.Sort((a, b) => string.CompareOrdinal(a.Source, b.Source));
        return files;
    }

    private static void TellLink(FileSystemInfo link, string path, string root, List<SkippedDocument> untold)
    {
        try
        {
            if (link.ResolveLinkTarget(returnFinalTarget: true) is not { Exists: true } target)
                untold.Add(new SkippedDocument(path, "is a symbolic link that leads nowhere"));
            else if (!(target.FullName + Path.DirectorySeparatorChar).StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                untold.Add(new SkippedDocument(path, "is a symbolic link that leads out of the folder, which is not followed: name its target"));
        }
        catch (IOException)
        {
            untold.Add(new SkippedDocument(path, "is a symbolic link that leads back to itself"));
        }
    }

    private static string Real(DirectoryInfo folder)
    {
        try
        {
            return folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? folder.FullName;
        }
        catch (IOException)
        {
            return folder.FullName;
        }
    }
}
