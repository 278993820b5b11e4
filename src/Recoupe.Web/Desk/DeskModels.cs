using Recoupe.Dates;
using Recoupe.Dossiers;
using Recoupe.Storage;

namespace Recoupe.Web.Desk;

/// <summary>What was asked of the front page, as it was asked.</summary>
public sealed record FrontAsked(string Order, string Time, string? Language, string? Grade, int? Least, string? Outlet, string? Watch)
{
    /// <summary>The orders.</summary>
    public static IReadOnlyList<string> Orders { get; } = ["weight", "latest", "outlets"];

    /// <summary>The stretches of time, back from the latest article of the archive.</summary>
    public static IReadOnlyList<string> Times { get; } = ["all", "day", "three", "week"];

    /// <summary>Whether anything is left out by it.</summary>
    public bool IsFiltered => Time != "all" || Language is not null || Grade is not null || Least is not null || Outlet is not null || Watch is not null;
}

/// <summary>The front page.</summary>
/// <param name="Stories">The stories, in their order.</param>
/// <param name="Asked">What was asked.</param>
/// <param name="Making">How many dossiers are still to be made.</param>
/// <param name="IsEmpty">Whether the archive holds nothing.</param>
/// <param name="Languages">The languages that can be asked for.</param>
/// <param name="Told">What an action did, in words; null for nothing.</param>
/// <param name="Revision">The archive's.</param>
public sealed record FrontModel(
    IReadOnlyList<FrontStory> Stories, FrontAsked Asked, int Making, bool IsEmpty, IReadOnlyList<string> Languages, IReadOnlyList<string> Told, long Revision)
{
    /// <summary>The watches of who reads.</summary>
    public IReadOnlyList<Watch> Watches { get; init; } = [];

    /// <summary>The feeds that an empty desk proposes.</summary>
    public IReadOnlyList<string> Feeds { get; init; } = [];
}

/// <summary>The page of a story.</summary>
/// <param name="Story">The story.</param>
/// <param name="Page">Its dossier; null while it is being made.</param>
/// <param name="From">The first point that is shown.</param>
/// <param name="Section">The only section that is shown; null for all that fit.</param>
/// <param name="History">How the story came about.</param>
public sealed record StoryModel(ArchivedStory Story, RenderedStory? Page, int From, string? Section, IReadOnlyList<ArchivedChange> History)
{
    /// <summary>Other stories that it may be one with.</summary>
    public IReadOnlyList<ArchivedStory> Others { get; init; } = [];

    /// <summary>When the page was made, while what has come in since is read into it; else null.</summary>
    public string? AsOf { get; init; }

    // Characters of markup of sections: packed, about a tenth of that goes over the wire.
    private const int MostMarkup = 450_000;

    /// <summary>The points that are shown, as list items.</summary>
    public string PointsMarkup { get; init; } = "";

    /// <summary>The sections that are shown under the points, with what stands in them.</summary>
    public IReadOnlyList<(RenderedSection Section, string Markup)> Shown { get; init; } = [];

    /// <summary>The drawing as a table.</summary>
    public IReadOnlyList<RenderedEdge> Edges { get; init; } = [];

    /// <summary>The sections that have a page of their own, because they would make this one heavy.</summary>
    public IReadOnlyList<RenderedSection> Apart => Page is null || Section is not null || From > 1 ? [] : [.. Page.Sections.Except(Fitting(Page, PointsMarkup.Length))];

    /// <summary>The sections that fit on a page behind points of so many characters.</summary>
    public static IReadOnlyList<RenderedSection> Fitting(RenderedStory page, int taken)
    {
        ArgumentNullException.ThrowIfNull(page);
        var fitting = new List<RenderedSection>();
        foreach (var section in page.Sections.Where(section => taken + section.Length <= MostMarkup))
        {
            taken += section.Length;
            fitting.Add(section);
        }

        return fitting;
    }

    /// <summary>Where a section is found.</summary>
    public string AddressOf(string section) => Section is null && From == 1 && (section == "points" || Apart.All(apart => apart.Key != section)) ? $"#{RenderedStory.Prefix}-{section}"
        : section == "points" ? $"/stories/{Uri.EscapeDataString(Story.Id.Value)}#{RenderedStory.Prefix}-points"
        : Apart.Any(apart => apart.Key == section) || Section is not null || From > 1 ? $"/stories/{Uri.EscapeDataString(Story.Id.Value)}/sections/{section}"
        : $"#{RenderedStory.Prefix}-{section}";
}

/// <summary>One point of a story.</summary>
public sealed record PointModel(ArchivedStory Story, RenderedStory Page, RenderedPoint Point, RenderedDetails Details)
{
    /// <summary>When the page was made, while what has come in since is read into it; else null.</summary>
    public string? AsOf { get; init; }
}

/// <summary>The page of an article.</summary>
public sealed record ArticleModel(
    ArchivedArticle Article, string TitleMarkup, string BodyMarkup, string? AroundMarkup, IReadOnlyDictionary<string, int> Layers, IReadOnlyList<string> Byline,
    string? Credit, bool Partial, IReadOnlyList<string> Notes, string? Address, IReadOnlyList<ArchivedArticle> Versions, ArchivedStory? Story,
    IReadOnlyList<ArchivedStatement> Statements, IReadOnlyList<ArticleStatement> Said, IReadOnlyList<RenderedArticle> Siblings, ShownPlace? Asked, bool IsThere)
{
    /// <summary>What was corrected or noted of it by hand.</summary>
    public IReadOnlyList<string> Corrected { get; init; } = [];
}

/// <summary>A statement of an article with the place where it stands.</summary>
public sealed record ArticleStatement(string? Speaker, string Act, string Content, string Address, string? Place);

/// <summary>Two or three articles side by side.</summary>
public sealed record BesideModel(ArchivedStory Story, RenderedStory Page, IReadOnlyList<BesideText> Texts, int Shared);

/// <summary>Two or three articles and what they share, as data.</summary>
public sealed record BesideData(string Story, IReadOnlyList<string> Articles, IReadOnlyList<BesidePassage> Passages);

/// <summary>A passage that two articles share; spans in code points of their texts.</summary>
public sealed record BesidePassage(string From, IReadOnlyList<int> FromSpan, string To, IReadOnlyList<int> ToSpan);

/// <summary>A text beside another.</summary>
public sealed record BesideText(RenderedArticle Article, string BodyMarkup);

/// <summary>A claim that was asked about.</summary>
/// <param name="Claim">The claim; null where none was asked yet.</param>
/// <param name="Facts">What the head says.</param>
/// <param name="Sections">What was found, by what it is called in the interface's texts, as markup.</param>
/// <param name="Wrong">Why it cannot be asked about; null where it can.</param>
public sealed record CheckModel(string? Claim, string? Facts, IReadOnlyList<CheckPart> Sections, string? Wrong);

/// <summary>A part of what was found about a claim.</summary>
public sealed record CheckPart(string Key, string Markup);

/// <summary>What was searched for and found.</summary>
public sealed record SearchModel(string? Query, string In, string Order, int Total, IReadOnlyList<SearchLine> Lines, string? Next, string? Wrong)
{
    /// <summary>Of points: of how many stories they are not searched yet.</summary>
    public int Missing { get; init; }
}

/// <summary>One thing found.</summary>
public sealed record SearchLine(string Words, string? Language, string Address, string Facts, string? Story, string? StoryTitle)
{
    /// <summary>The passage that shows why it was found; null where the words stand in its title alone, and of what is a passage itself.</summary>
    public SearchPassage? Passage { get; init; }
}

/// <summary>A passage of an article with the words that were asked for.</summary>
/// <param name="Address">Where it stands.</param>
/// <param name="Parts">Its words, those that were asked for apart.</param>
public sealed record SearchPassage(string Address, IReadOnlyList<SearchPart> Parts);

/// <summary>Some words of a passage.</summary>
/// <param name="Words">The words.</param>
/// <param name="Found">Whether they were asked for.</param>
public sealed record SearchPart(string Words, bool Found);

/// <summary>The speakers.</summary>
public sealed record SpeakersModel(string? Find, IReadOnlyList<SpeakerCount> Speakers, string? Next);

/// <summary>What a speaker said.</summary>
public sealed record SpeakerModel(string Name, IReadOnlyList<SpeakerLine> Lines, string? Next);

/// <summary>A statement with where it stands.</summary>
public sealed record SpeakerLine(ArchivedStatement Statement, ArchivedArticle? Article)
{
    /// <summary>What stands against it, the earliest; null where nothing does, or the dossier of its story is not made.</summary>
    public LaterWords? Later { get; init; }
}

/// <summary>The outlets.</summary>
public sealed record OutletsModel(IReadOnlyList<OutletCount> Outlets, string? Next);

/// <summary>The articles of an outlet.</summary>
public sealed record OutletModel(string Name, IReadOnlyList<ArchivedArticle> Articles, string? Next, OutletWork? Work);

/// <summary>The feeds.</summary>
public sealed record SourcesModel(IReadOnlyList<FollowedFeed> Feeds, IReadOnlyList<string> Proposed, IReadOnlyList<string> Told);

/// <summary>The settings, and what the archive holds.</summary>
public sealed record SettingsModel(string Location, ArchiveFigures Figures, long Articles, long Statements, bool IsKept);

/// <summary>The corrections, the last first.</summary>
public sealed record CorrectionsModel(IReadOnlyList<CorrectionLine> Lines, string? Next, IReadOnlyList<string> Told);

/// <summary>A correction in words, with a story that it is about.</summary>
public sealed record CorrectionLine(KeptCorrection Kept, string Words, string? Story);

/// <summary>What corrections, or undoing them, would do.</summary>
/// <param name="Says">What is corrected, a sentence each.</param>
/// <param name="Lines">What changes, a sentence each.</param>
/// <param name="Points">The points that change.</param>
/// <param name="WithoutEffect">Why some change nothing.</param>
/// <param name="Action">Where the form that does it is sent.</param>
/// <param name="Fields">What it carries.</param>
/// <param name="IsUndo">Whether it undoes.</param>
public sealed record CorrectionPreviewModel(
    IReadOnlyList<string> Says, IReadOnlyList<string> Lines, IReadOnlyList<ChangedPointLine> Points, IReadOnlyList<string> WithoutEffect, string Action,
    IReadOnlyList<(string Name, string Value)> Fields, bool IsUndo);

/// <summary>A point that changes.</summary>
public sealed record ChangedPointLine(string Text, string Before, string After);

/// <summary>What went wrong.</summary>
public sealed record WrongModel(string Title, string What);

/// <summary>Words of the desk that are put together from an archive's values.</summary>
public static class DeskWords
{
    /// <summary>A time as an archive keeps it, in words and UTC; as it is where it has another form.</summary>
    public static string Time(this InterfaceTexts texts, string? iso)
    {
        ArgumentNullException.ThrowIfNull(texts);
        if (iso is null)
            return texts["desk.unknown"];
        if (Moment.Parse(iso) is not { } moment)
            return ShownText.Line(iso);
        return moment.Time is null ? texts.Moment(moment)
            : $"{texts.Moment(new Moment(DateOnly.FromDateTime(moment.Utc), TimeOnly.FromDateTime(moment.Utc)))} {texts["utc"]}";
    }

    /// <summary>The days that a story spans.</summary>
    public static string Days(this InterfaceTexts texts, ArchivedStory story)
    {
        ArgumentNullException.ThrowIfNull(texts);
        ArgumentNullException.ThrowIfNull(story);
        return Moment.Parse(story.Began) is { } began && Moment.Parse(story.Latest) is { } latest ? texts.Days(began.Day, latest.Day) : "";
    }

    /// <summary>A language by its name, or its code where it has none in the interface.</summary>
    public static string LanguageName(this InterfaceTexts texts, string code)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return texts.Keys.Contains("language." + code) ? texts["language." + code] : ShownText.Line(code);
    }

    /// <summary>The attribute of the language of words of others; null where it is that of the page or unknown.</summary>
    public static string? Lang(this InterfaceTexts texts, string? language)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return language is { Length: > 0 } && language != texts.Code && language.All(c => char.IsAsciiLetter(c) || c == '-') ? language : null;
    }
}

/// <summary>The accessibility statement.</summary>
/// <param name="Contact">Where to write to who runs the service; null where it was not said.</param>
public sealed record AccessibilityModel(Contact? Contact);
