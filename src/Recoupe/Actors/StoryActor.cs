using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Statements;

namespace Recoupe.Actors;

/// <summary>An actor as one article has it.</summary>
/// <param name="Article">The article.</param>
/// <param name="Actor">The index among its actors.</param>
public readonly record struct StoryMember(ArticleId Article, int Actor);

/// <summary>Somebody or something that the articles of a story speak of: the actors of each that are one.</summary>
/// <param name="Id">Its place among the story's actors.</param>
/// <param name="Name">The fullest form in the story, without leading article or title.</param>
/// <param name="Type">What sort of source.</param>
/// <param name="IsNamed">Whether it has a proper name.</param>
/// <param name="Members">In the order of the articles.</param>
public sealed record StoryActor(int Id, string Name, SpeakerType Type, bool IsNamed, ImmutableArray<StoryMember> Members);
