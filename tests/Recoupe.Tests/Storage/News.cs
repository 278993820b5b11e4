using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Tests.Storage;

/// <summary>Invented news for archives: several articles on each of a few events, by several outlets, a few hours apart.</summary>
internal static class News
{
    private static readonly string[] Towns = ["Arvel", "Bolune", "Cressy", "Dormans", "Eltham", "Fauverney"];

    private static readonly string[] Matters = ["bridge", "harbour", "library", "reservoir", "tramway"];

    private static readonly string[] Outlets = ["Arvel Courier", "The Coast Post", "Radio Bolune", "Evening Lamp"];

    public static List<Document> Documents(int seed, int count, string prefix = "")
    {
        var random = new Random(seed);
        var at = new DateTime(2025, 3, 1, 7, 0, 0);
        var documents = new List<Document>();
        for (var i = 0; i < count; i++)
        {
            at = at.AddMinutes(random.Next(30, 400));
            var (town, matter) = (Towns[random.Next(Towns.Length)], Matters[random.Next(Matters.Length)]);
            var text = $"The council of {town} voted on the {matter} on Tuesday. “The {matter} will cost {30 + random.Next(3)} million,” said Ada Lowe, the mayor of {town}. "
                + $"Work on the {matter} begins {(random.Next(2) == 0 ? "in spring" : "once the contracts are signed")}, the council of {town} said in a statement. Note {i}.";
            documents.Add(Document(text, $"{prefix}{i}", $"{town} votes on its {matter}", Outlets[random.Next(Outlets.Length)], $"https://news.example/{seed}/{prefix}{i}", at));
        }

        return documents;
    }

    public static Document Document(string text, string name, string title, string outlet, string url, DateTime? published = null) => new()
    {
        Source = $"news.jsonl:{name}",
        Name = name,
        Form = DocumentForm.CleanText,
        Content = text,
        Title = title,
        Outlet = outlet,
        Language = "en",
        Url = url,
        Published = published is { } at ? Moment.Parse(at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")) : null,
        Byline = ["Ann Reporter"],
    };
}
