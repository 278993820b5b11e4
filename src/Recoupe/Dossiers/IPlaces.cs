using Recoupe.Articles;

namespace Recoupe.Dossiers;

/// <summary>Where the links of a story's page lead: into the same file, or to addresses of a host.</summary>
internal interface IPlaces
{
    /// <summary>The address of words of a source.</summary>
    /// <param name="place">The words.</param>
    /// <param name="use">What is said of them.</param>
    /// <param name="point">The point that rests on them; 0 for none.</param>
    string Words(Evidence place, MarkUse use, int point = 0);

    /// <summary>The address of an article.</summary>
    string Article(ArticleView article);

    /// <summary>The address of a point, by its number.</summary>
    string Point(int number);

    /// <summary>What a host adds at the end of a point's details.</summary>
    Html After(PointView point);
}
