using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Web.Watches;

namespace Recoupe.Web.Desk;

/// <summary>What the desk says of itself, and what its forms take, as data.</summary>
internal static class DeskHelp
{
    /// <summary>The keys, parted by a space where one follows the other, and the name of what each does.</summary>
    public static readonly (string Keys, string What)[] Keys =
    [
        ("j", "keys.next"), ("k", "keys.previous"), ("o", "keys.open"), ("Enter", "keys.enter"), ("/", "keys.search"), ("?", "keys.this"), ("g f", "desk.front"), ("g w", "watches.title"),
        ("g p", "desk.speakers"), ("g o", "desk.outlets"), ("g s", "desk.sources"), ("g c", "desk.corrections"), ("g r", "desk.settings"),
    ];

    /// <summary>The parts of the accessibility statement, and in how many places each is said.</summary>
    public static readonly (string Part, int Places)[] Accessibility = [("works", 5), ("tested", 6), ("not", 7)];

    /// <summary>What the interface calls a condition; of a claim some mean something else.</summary>
    public static string NameOf(string condition, bool isClaim) => (isClaim ? "watch.claim.condition." : "watch.condition.") + condition;

    /// <summary>What a watch of a story, of a claim, or of a query can wait for.</summary>
    public static IEnumerable<string> ConditionsOf(bool isStory, bool isClaim) => Enum.GetValues<WatchCondition>()
        .Where(condition => isStory ? condition != WatchCondition.FirstArticle : !isClaim || condition != WatchCondition.QuotationChanged).Select(condition => ArticleJson.Name(condition));

    private static readonly string[] WatchFields = ["title", "query", "story", "claim", "condition", "outlets", "webhook", "mail", "quiet", "zone", "cap"];

    public static KeysData KeysIn(InterfaceTexts texts) => new([.. Keys.Select(key => new KeyData(key.Keys.Split(' '), texts[key.What]))], texts["keys.how"]);

    public static StatementData AccessibilityIn(InterfaceTexts texts, Contact? contact) => new(
        texts["access.title"], texts["access.aim"],
        [.. Accessibility.Select(part => new StatementPart(texts["access." + part.Part], [.. Enumerable.Range(1, part.Places).Select(place => texts[$"access.{part.Part}.{place}"])]))],
        contact?.Address, texts["access.made"]);

    public static AddingData Adding(FrontModel model) => new(
        [.. model.IsEmpty ? [new DeskForm("/start/sample", [])] : Array.Empty<DeskForm>(), new("/start/own", ["box", "title", "outlet", "published"]), new("/start/feeds", ["feeds"])], model.Feeds);

    public static WatchFormData Watch(WatchFormModel model) => new(new(model.Id is { } id ? $"/watches/{id}" : "/watches", WatchFields), [.. ConditionsOf(model.Story is not null, model.Asked.Claim is not null)], model.CanMail, model.Asked);
}

/// <summary>The keys of the desk.</summary>
/// <param name="Keys">Each with what it does.</param>
/// <param name="How">When they hold.</param>
public sealed record KeysData(IReadOnlyList<KeyData> Keys, string How);

/// <summary>Keys that are pressed one after the other, and what they do.</summary>
public sealed record KeyData(IReadOnlyList<string> Keys, string What);

/// <summary>The accessibility statement.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Aim">What the desk aims at.</param>
/// <param name="Parts">What works, what was tested, what does not work.</param>
/// <param name="Contact">Whom to write to; null where that is not said.</param>
/// <param name="Made">How and when it was made.</param>
public sealed record StatementData(string Title, string Aim, IReadOnlyList<StatementPart> Parts, string? Contact, string Made);

/// <summary>A part of a statement.</summary>
public sealed record StatementPart(string Title, IReadOnlyList<string> Says);

/// <summary>A form: where it is sent, as <c>application/x-www-form-urlencoded</c>, and its fields.</summary>
public sealed record DeskForm(string Action, IReadOnlyList<string> Fields);

/// <summary>The forms that take articles in and begin to follow feeds.</summary>
/// <param name="Forms">These.</param>
/// <param name="Feeds">Feeds to start with.</param>
public sealed record AddingData(IReadOnlyList<DeskForm> Forms, IReadOnlyList<string> Feeds);

/// <summary>The form of a watch, with what stands in it.</summary>
/// <param name="Form">The form.</param>
/// <param name="Conditions">What a watch can wait for.</param>
/// <param name="CanMail">Whether this service sends mail.</param>
/// <param name="Asked">What stands in the form.</param>
public sealed record WatchFormData(DeskForm Form, IReadOnlyList<string> Conditions, bool CanMail, NewWatch Asked);
