namespace Recoupe.Points;

/// <summary>The rules that the sourcing follows beside its trained decisions, each to be left out alone: what it is worth is measured so.</summary>
internal enum SourcingRule
{
    // Who speaks.
    ThingsDoNotSpeak,
    CleanNames,
    BodiesInFull,
    FullNames,
    BodiesThatArePeople,
    HoldersOfRoles,
    NamesWithoutOffice,
    NamesMisspelt,
    NamesShortened,

    // Passages and points.
    HeadingsTellNothing,
    QuestionsTellNothing,
    ShortTellsNothing,
    OldEvents,
    Facets,
    Parts,
    Titles,

    // Denials.
    Denials,
    DeniedByOneself,
    DeniedInDemands,

    // Chains.
    OwnReporting,
    Asides,
    MediaBesideEachOther,
    Relays,
    FullerAttributions,
    MediaOwnArticles,
    Loops,
    AccountsOfPoint,
    AccountsOfStory,
    AgenciesBeforeSpeakers,
    AgenciesOfSharedText,
    EarlierText,
    CarriedOn,
    OfficialActs,
    ElsewhereInArticle,
    CreditedAgencies,
    CitationsAsChannels,
    MediaNamedStand,
    DeniersStand,
    RefusalsTellNothing,
    CollectiveMedia,
    MediaInShort,

    // What is one origin, or may be.
    SharedBareText,
    SameQuotation,
    PeopleMoreFully,
    BodiesMoreFully,
    UnnamedAlike,
    OfficesOfBodies,
    OfficesByNoun,
    RolesOfNamed,
    QuotedAlikeMayBeOne,
    PlacesAreNoSource,
    WeakMayBeOne,
    UnnamedMayBeOne,
    DescribedMayBeOne,
    SidesUnknownMayBeOne,
    OneSideMayBeOne,
    LawyersAndClients,
    TellingOtherThings,

    // Grades and omissions.
    PartialCountsNot,
    Accessories,
    DisputedElsewhere,
    ShortOmitsNothing,
    EarlierOmitsNothing,

    // Discrepancies.
    NumbersByRule,
    NumbersLearned,
    NumbersVetoed,
    MoneyGovernedAlike,
    TollsRise,
    Converting,
    Rounding,
    Dates,
    Clocks,
    PlacesOpposite,
    Towns,
    SpellingsOfNames,
    Polarity,
    QuotesCut,
    QuotesTurned,
    OnceAmongPoints,
}
