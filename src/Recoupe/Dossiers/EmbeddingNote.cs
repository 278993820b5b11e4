namespace Recoupe.Dossiers;

/// <summary>The note that a model's vectors had a part in grouping.</summary>
internal static class EmbeddingNote
{
    /// <summary>What is to be told of <paramref name="dossiers"/>; null where no model had a part.</summary>
    public static string? Of(IEnumerable<Dossier> dossiers, InterfaceTexts texts)
    {
        var uses = dossiers.Select(dossier => dossier.Story.Embeddings).OfType<Embeddings.EmbeddingUse>().ToList();
        if (uses.Count == 0)
            return null;
        var note = texts.Fill("embeddings", string.Join(", ", uses.Select(use => use.Model).Distinct(StringComparer.Ordinal)));
        var without = uses.Sum(use => use.Without.Length);
        return without == 0 ? note : $"{note} {texts.Count("embeddings.without", without)}";
    }
}
