using Recoupe.Documents;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Tests.Storage;

namespace Recoupe.Tests.Searches;

public sealed class SearchIndexTests : IDisposable
{
    private static readonly Document[] Documents =
    [
        Document("ferry", "en", "The Coast Post", "2025-03-04T08:00:00Z", "Ferry stopped", "The ferry to Arvel was stopped on Tuesday, said Ada Lowe, the harbour master. It will cost 30 million."),
        Document("ferries", "en", "Arvel Courier", "2025-03-06T08:00:00Z", "Ferries sail again", "Two ferries sailed again on Thursday. The master of the harbour denied any fault. Some 1,500 people had waited."),
        Document("pont", "fr", "Le Phare", "2025-04-01T08:00:00Z", "L’usine décidée", "Le conseil a décidé la fermeture de l’usine, a annoncé le maire, Paul Hadrot, dans un communiqué. Les élus décideront du pont en mai."),
    ];

    private readonly Stores _stores = new(Stores.Sqlite);
    private readonly Archive _archive;
    private readonly SearchIndex _index;

    public SearchIndexTests()
    {
        ArchiveTests.Ingest(_stores, Documents);
        _archive = _stores.Open();
        _index = new SearchIndex(_archive);
        Assert.Equal(0, _index.MakeDossiers(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));
        _index.Update(points: true, TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Points_are_searched_as_far_as_dossiers_are_made_and_never_those_of_a_story_as_it_was()
    {
        var token = TestContext.Current.CancellationToken;
        int Found() => _index.Find("ferry", SearchKind.Points, SearchOrder.Rank, 10).Total;
        Assert.True(Found() > 0);
        Assert.True(_index.HasPointsMade());

        // The stories of the ferry change: what their dossiers told is no longer so.
        var later = Documents[0] with { Content = Documents[0].Content + " The ferry sails on Friday, said Ada Lowe." };
        var ingested = ArchiveTests.Ingest(_stores, [later]);
        Assert.Equal(IngestOutcome.NewVersion, ingested[0].Outcome);
        var missing = _index.MakeDossiers(TimeSpan.Zero, token);
        Assert.InRange(missing, 1, 3);
        Assert.False(_index.HasPointsMade());
        _index.Update(points: true, token);
        var left = Found();
        Assert.DoesNotContain(ingested[0].Story!.Value.Value, _index.Find("ferry", SearchKind.Points, SearchOrder.Rank, 10).Hits.Select(hit => hit.Id));

        // Made by whoever looks at the story, they are found without another change of the archive.
        Assert.True(_index.HasPointsMade());
        _archive.DossierJsonOf(ingested[0].Story!.Value, token);
        Assert.False(_index.HasPointsMade());
        _index.Update(points: true, token);
        Assert.True(Found() > left);
        Assert.Equal(missing - 1, _index.MakeDossiers(TimeSpan.Zero, token));
        Assert.Equal(0, _index.Update(points: true, token));
    }

    public void Dispose()
    {
        _index.Dispose();
        _archive.Dispose();
        _stores.Dispose();
    }

    [Theory]
    [InlineData("ferry", "ferry ferries")]
    [InlineData("FERRIES", "ferry ferries")]
    [InlineData("ferry AND Ada", "ferry")]
    [InlineData("ferry Ada", "ferry")]
    [InlineData("ferry NOT Ada", "ferries")]
    [InlineData("ferry -Ada", "ferries")]
    [InlineData("NOT ferry", "pont")]
    [InlineData("Ada OR Hadrot", "ferry pont")]
    [InlineData("(Ada OR Hadrot) AND (ferry OR usine)", "ferry pont")]
    [InlineData("\"harbour master\"", "ferry")]
    [InlineData("\"master harbour\"~2", "ferry ferries")]
    [InlineData("\"two sailed\"~1", "ferries")]
    [InlineData("\"two sailed\"", "")]
    [InlineData("\"harbour fault\"", "")]
    [InlineData("decider", "pont")]
    [InlineData("usine", "pont")]
    [InlineData("l'usine", "pont")]
    [InlineData("fermet*", "pont")]
    [InlineData("title:again", "ferries")]
    [InlineData("title:harbour", "")]
    [InlineData("outlet:post", "ferry")]
    [InlineData("outlet:\"arvel courier\"", "ferries")]
    [InlineData("language:fr", "pont")]
    [InlineData("published:2025-03", "ferry ferries")]
    [InlineData("published:2025-03-05..2025-04-01", "ferries pont")]
    [InlineData("published:..2025-03-04", "ferry")]
    [InlineData("mentioned:2025-03-04", "ferry")]
    [InlineData("speaker:lowe", "ferry")]
    [InlineData("speaker:hadrot act:announce", "pont")]
    [InlineData("number:30000000", "ferry")]
    [InlineData("number:1000..2000", "ferries")]
    public void Articles_are_found(string query, string expected) => Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(), Names(query, SearchKind.Articles));

    [Theory]
    [InlineData("speaker:hadrot", "pont")]
    [InlineData("act:say ferry", "ferry")]
    [InlineData("fermeture", "pont")]
    public void Statements_are_found(string query, string expected) => Assert.Equal([expected], Names(query, SearchKind.Statements).Distinct());

    [Fact]
    public void Points_are_found_by_origin_and_grade()
    {
        var byOrigin = _index.Find("origin:hadrot", SearchKind.Points, SearchOrder.Rank, 10);
        var byGrade = _index.Find("grade:named usine", SearchKind.Points, SearchOrder.Rank, 10);

        Assert.NotEmpty(byOrigin.Hits);
        Assert.All(byOrigin.Hits, hit => Assert.StartsWith("p", hit.Part, StringComparison.Ordinal));
        Assert.Contains(byGrade.Hits[0].Part, byOrigin.Hits.Select(hit => hit.Part));
        Assert.Empty(_index.Find("grade:disputed", SearchKind.Points, SearchOrder.Rank, 10).Hits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("(ferry")]
    [InlineData("ferry)")]
    [InlineData("\"ferry")]
    [InlineData("ferry AND")]
    [InlineData("colour:red")]
    [InlineData("number:many")]
    [InlineData("outlet:a..b")]
    [InlineData("*")]
    [InlineData("\"a b\"~")]
    public void What_is_no_query_is_told(string query) => Assert.NotEmpty(Assert.Throws<SearchException>(() => Names(query, SearchKind.Articles)).Message);

    [Fact]
    public void Hostile_queries_are_answered_or_refused_and_nothing_else()
    {
        var random = new Random(5);
        string[] parts = ["(", ")", "\"", "~", "*", "AND ", "OR ", "NOT ", "-", ":", "outlet:", "number:", "..", " ", "\0", "\ud83d", "é", "ferry", "9", "published:", "\\", "[", "?"];
        for (var i = 0; i < 2000; i++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => parts[random.Next(parts.Length)]));
            try
            {
                Assert.InRange(_index.Find(query, SearchKind.Articles, SearchOrder.Rank, 3).Hits.Count, 0, 3);
            }
            catch (SearchException refused)
            {
                Assert.NotEmpty(refused.Message);
            }
        }

        Assert.Throws<SearchException>(() => Names(new string('(', 1900), SearchKind.Articles));
        Assert.Throws<SearchException>(() => Names(new string('a', 5000), SearchKind.Articles));
        Assert.Throws<SearchException>(() => Names(string.Concat(Enumerable.Repeat("a ", 900)), SearchKind.Articles));
    }

    [Theory]
    [InlineData(SearchOrder.Rank)]
    [InlineData(SearchOrder.Time)]
    public void Parts_give_everything_once(SearchOrder order)
    {
        ArchiveTests.Ingest(_stores, News.Documents(31, 40));
        _index.Update(points: false, TestContext.Current.CancellationToken);
        var all = _index.Find("council", SearchKind.Articles, order, 100);

        var (met, next) = (new List<string>(), (string?)null);
        do
        {
            var part = _index.Find("council", SearchKind.Articles, order, 7, next);
            Assert.Equal(40, part.Total);
            met.AddRange(part.Hits.Select(hit => hit.Id));
            next = part.Next;
        }
        while (next is not null);

        Assert.Equal(40, all.Hits.Count);
        Assert.Equal(all.Hits.Select(hit => hit.Id), met);
        Assert.Throws<SearchException>(() => _index.Find("council", SearchKind.Articles, order, 7, "bm9uc2Vuc2U"));
    }

    [Fact]
    public void A_later_version_is_found_and_the_earlier_no_longer_and_a_new_index_says_the_same()
    {
        ArchiveTests.Ingest(_stores, [Documents[0] with { Content = Documents[0].Content.Replace("stopped", "moored", StringComparison.Ordinal) }]);
        _index.Update(points: false, TestContext.Current.CancellationToken);
        Assert.Empty(Names("\"was stopped on\"", SearchKind.Articles));
        Assert.Equal(["ferry"], Names("moored", SearchKind.Articles));
        Assert.Equal(0, _index.Update(points: false, TestContext.Current.CancellationToken));

        string[] queries = ["ferry", "moored", "speaker:lowe", "published:2025-03"];
        var before = queries.Select(query => _index.Find(query, SearchKind.Articles, SearchOrder.Time, 10).Hits.Select(hit => hit.Id).ToList()).ToList();
        Directory.Delete(_stores.Location.Index, recursive: true);
        using var again = new SearchIndex(_archive);
        Assert.Equal(4, again.Update(points: false, TestContext.Current.CancellationToken));
        Assert.Equal(before, queries.Select(query => again.Find(query, SearchKind.Articles, SearchOrder.Time, 10).Hits.Select(hit => hit.Id).ToList()));
    }

    private IEnumerable<string> Names(string query, SearchKind kind) =>
        _index.Find(query, kind, SearchOrder.Rank, 10).Hits.Select(hit => _archive.Article(new Recoupe.Articles.ArticleId(hit.Id))!.Name).Order();

    private static Document Document(string name, string language, string outlet, string published, string title, string text) =>
        News.Document(text, name, title, outlet, $"https://search.example/{name}", DateTime.Parse(published).ToUniversalTime()) with { Language = language };
}
