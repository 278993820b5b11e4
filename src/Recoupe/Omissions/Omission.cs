using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Omissions;

/// <summary>A point that most of the story tells, missing from an article that could have told it.</summary>
public sealed record Omission(PointId Point, ArticleId Article);
