using Recoupe.Text;

namespace Recoupe.Training;

/// <summary>Writes what was trained.</summary>
internal static class ModelFile
{
    /// <summary>Writes a model of trees to a file, and how large it is to the log.</summary>
    public static void Save(TreeModel model, string path, TextWriter log)
    {
        using var file = File.Create(path);
        model.Write(file);
        log.WriteLine($"{Path.GetFileName(path)}: {model.Trees} trees, {file.Length} bytes");
    }
}
