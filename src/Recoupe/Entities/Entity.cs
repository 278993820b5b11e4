using Recoupe.Text;

namespace Recoupe.Entities;

/// <summary>What a name stands for.</summary>
public enum EntityType
{
    Person,
    Organisation,
    Place,
    Other,
}

/// <summary>A name in an article.</summary>
/// <param name="Span">Its words.</param>
/// <param name="Type">What it stands for.</param>
/// <param name="Name">The fullest form of the same entity's name in the article, without leading article or title.</param>
/// <param name="InTitle">Whether the span counts in the title.</param>
public sealed record Entity(TextSpan Span, EntityType Type, string Name, bool InTitle = false);
