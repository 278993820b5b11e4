using System.Collections.Immutable;

namespace Recoupe.Embeddings;

/// <summary>
/// A short news item of our own writing about an invented event. Each event is told twice in each language, and each has a look-alike of its
/// kind (another flood elsewhere): what a model makes of them tells how its cosines are to be read.
/// </summary>
/// <param name="Kind">What kind of event it is: events of one kind are look-alikes.</param>
/// <param name="Event">Names the event within all languages.</param>
/// <param name="Language">Code of the language that the text is in.</param>
/// <param name="Text">The text to be embedded.</param>
public sealed record EmbeddingSample(string Kind, string Event, string Language, string Text)
{
    /// <summary>The samples of all languages (<c>Languages/&lt;code&gt;/embedding-samples.txt</c>), by language and then in the file's order.</summary>
    public static ImmutableArray<EmbeddingSample> All { get; } = [.. Languages.Language.All.SelectMany(language => language.Lines("embedding-samples").Select(line =>
    {
        var columns = line.Split('\t');
        return new EmbeddingSample(columns[0], $"{columns[0]} {columns[1]}", language.Code, columns[2]);
    }))];
}
