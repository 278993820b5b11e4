using System.CommandLine;

using Recoupe.Corrections;

namespace Recoupe.Cli.Commands;

/// <summary>The file with a person's corrections.</summary>
internal static class CorrectionFile
{
    /// <summary>The file that is read where none is named.</summary>
    public const string Name = "recoupe.corrections.json";

    // Written by hand: more than this is a mistake.
    private const long Largest = 16 << 20;

    /// <summary>The option that names it.</summary>
    public static Option<string?> Option() => new("--corrections")
    {
        Description = $"What a person corrected, applied and marked. Default: {Name} in the current folder, if there is one",
        HelpName = "FILE",
    };

    /// <summary>The corrections in <paramref name="file"/>, or in <see cref="Name"/> if there is one; null where it cannot be read, which is then told on standard error.</summary>
    public static CorrectionSet? Read(string? file)
    {
        if (file is null && !File.Exists(Name))
            return CorrectionSet.None;
        file ??= Name;
        try
        {
            if (new FileInfo(file).Length > Largest)
                throw new CorrectionException($"it is larger than {Largest >> 20} MiB: is it the right file?");
            return CorrectionReader.Read(File.ReadAllText(file));
        }
        catch (Exception failure) when (failure is CorrectionException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"recoupe: {file}: {failure.Message}");
            return null;
        }
    }
}
