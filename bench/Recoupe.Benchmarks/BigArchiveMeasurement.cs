using System.Diagnostics;
using System.Globalization;

using Recoupe.Documents;
using Recoupe.Searches;
using Recoupe.Storage;
using Recoupe.Stories;

namespace Recoupe.Benchmarks;

/// <summary>What an archive of a million articles costs who searches it, opens stories of it and takes articles in, beside one of ten thousand.</summary>
/// <remarks>
/// <c>build</c> makes a <see cref="BigArchive"/> in a folder; <c>story</c> takes in a large story; <c>measure</c> asks it, and each other one named after it. The articles of the file themselves
/// are taken in, read, analysed and placed as always, in turns by the archives, so that all of them meet the same machine.
/// </remarks>
public sealed class BigArchiveMeasurement : IMeasurement
{
    private const int Searches = 400;
    private const int StoriesAsked = 2000;
    private const int Rounds = 4;
    private const int PerRound = 400;

    public string Name => "big-archive";

    public string Arguments => "build FILE.jsonl FOLDER ARTICLES | story FILE.jsonl FOLDER ARTICLES | measure FILE.jsonl FOLDER.. [--without-search]";

    public int Run(string[] arguments)
    {
        var texts = RecombinedArticles.SentencesOf(arguments[1]);
        var big = new BigArchive(texts);
        if (arguments[0] == "build")
        {
            using var archive = Archive.Open(new ArchiveLocation(arguments[2]), create: true);
            var spent = StoryFigures.Time(() => big.Build(archive, int.Parse(arguments[3], CultureInfo.InvariantCulture)));
            StoryFigures.Print($"built in {spent.Wall:0} s, {spent.Processor:0} s of processors");
            return 0;
        }

        if (arguments[0] == "story")
        {
            using var archive = Archive.Open(new ArchiveLocation(arguments[2]), create: false);
            StoryFigures.Print($"story {big.AddStory(archive, int.Parse(arguments[3], CultureInfo.InvariantCulture))}");
            return 0;
        }

        var searches = !arguments.Contains("--without-search");
        var ingests = !arguments.Contains("--without-ingest");
        var archives = arguments[2..].Where(argument => !argument.StartsWith('-')).Select(folder => Archive.Open(new ArchiveLocation(folder), create: false)).ToList();
        foreach (var archive in archives)
        {
            var figures = archive.Figures();
            var bytes = Directory.EnumerateFiles(archive.Location.Folder, "*", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
            StoryFigures.Print($"{archive.Location}: {figures.Articles} articles, {figures.Stories} stories, {figures.Statements} statements, {bytes / 1e9:0.0} GB");
            if (searches)
                MeasureSearches(archive, texts);
            MeasureStories(archive);
        }

        if (!ingests)
            return 0;
        var documents = DocumentReader.Read([arguments[1]], CancellationToken.None).Select(intake => intake.Document).OfType<Document>().Take(Rounds * PerRound).ToList();
        foreach (var (round, part) in documents.Chunk(PerRound).Index())
        {
            foreach (var archive in archives)
                MeasureIngest(archive, part, round, searches);
        }

        archives.ForEach(archive => archive.Dispose());
        return 0;
    }

    private static void MeasureSearches(Archive archive, string[][] texts)
    {
        using var index = new SearchIndex(archive);
        index.Update(points: false, CancellationToken.None);
        var random = new Random(15);
        string[] Sentence() => texts[random.Next(texts.Length)] is var text ? text[random.Next(text.Length)].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        string Plain(string word) => new(word.Where(char.IsLetter).ToArray());
        string Word(int least) => Sentence().Select(Plain).Where(word => word.Length >= least).DefaultIfEmpty("ministry").First();
        (string What, SearchKind Kind, SearchOrder Order, Func<string> Query)[] kinds =
        [
            ("a word", SearchKind.Articles, SearchOrder.Rank, () => Word(5)),
            ("two words", SearchKind.Articles, SearchOrder.Rank, () => $"{Word(5)} {Word(5)}"),
            ("one word or another", SearchKind.Articles, SearchOrder.Rank, () => $"{Word(4)} OR {Word(4)}"),
            ("a phrase", SearchKind.Articles, SearchOrder.Rank, () => $"\"{string.Join(' ', Sentence().Take(2).Select(Plain))}\""),
            ("two words near another", SearchKind.Articles, SearchOrder.Rank, () => Sentence().Select(Plain).Where(word => word.Length > 3).Take(2).ToArray() is [var one, var other] ? $"\"{one} {other}\"~5" : "court"),
            ("a beginning", SearchKind.Articles, SearchOrder.Rank, () => $"{Word(6)[..5]}*"),
            ("a word, the latest first", SearchKind.Articles, SearchOrder.Time, () => Word(5)),
            ("a word of an outlet", SearchKind.Articles, SearchOrder.Rank, () => $"{Word(5)} outlet:\"{BigArchive.Outlet(random.Next(1000))}\""),
            ("a word in a week", SearchKind.Articles, SearchOrder.Rank, () => $"{Word(5)} published:2024-01-{random.Next(1, 9):00}..2024-01-{random.Next(10, 20):00}"),
            ("a speaker's statements", SearchKind.Statements, SearchOrder.Time, () => $"speaker:\"{BigArchive.Speaker(random.Next(1000), 0)}\""),
            ("a word of statements", SearchKind.Statements, SearchOrder.Rank, () => Word(5)),
            ("of statements, the latest first", SearchKind.Statements, SearchOrder.Time, () => Word(5)),
        ];
        var all = new List<(double Wall, double Processor)>();
        foreach (var (what, kind, order, query) in kinds)
        {
            // The first ones open what was not opened yet.
            for (var warm = 0; warm < 20; warm++)
                index.Find(query(), kind, order, 50);
            var times = Enumerable.Range(0, Searches).Select(_ => query()).ToList().ConvertAll(asked => Time(() => index.Find(asked, kind, order, 50)));
            all.AddRange(times);
            Print($"search: {what}", times);
        }

        Print("search: all of these", all);
    }

    private static void MeasureStories(Archive archive)
    {
        var stories = new List<StoryId>();
        var random = new Random(15);
        var number = archive.Figures().Articles;
        for (var page = 0; stories.Count < StoriesAsked; page++)
        {
            var from = Cursor.Write((1 + random.NextInt64(number)).ToString(CultureInfo.InvariantCulture));
            stories.AddRange(archive.Articles(new ArticleFilter(), 20, from).Items.Select(article => article.Story));
        }

        stories = [.. stories.Take(StoriesAsked)];
        Print("story", stories.ConvertAll(id => Time(() => archive.Story(id))));
        Print("story's articles", stories.ConvertAll(id => Time(() => archive.Articles(new ArticleFilter(Story: id), 50))));
        Print("story's history", stories.ConvertAll(id => Time(() => archive.History(id))));
        Print("story's statements", stories.ConvertAll(id => Time(() => archive.Statements(null, id, 50))));
        Print("outlets", Enumerable.Range(0, 50).Select(_ => Time(() => archive.Desk.Outlets(200))).ToList());
        Print("speakers", Enumerable.Range(0, 50).Select(_ => Time(() => archive.Desk.Speakers(null, 200))).ToList());
        Print("a speaker's statements", archive.Desk.Speakers(null, 200).Items.Select(speaker => Time(() => archive.Statements(speaker.Name, null, 50))).ToList());
        Print("list of stories", Enumerable.Range(0, 200).Select(_ => Time(() => archive.Stories(new StoryFilter(), 50))).ToList());
        var asked = stories.Distinct().Take(100).ToList();
        archive.DossierJsonOf(asked[0], CancellationToken.None);
        Print("story's dossier, made", asked.ConvertAll(id => Time(() => archive.DossierJsonOf(id, CancellationToken.None))));
        Print("story's dossier, kept", asked.ConvertAll(id => Time(() => archive.DossierJsonOf(id, CancellationToken.None))));
    }

    private static void MeasureIngest(Archive archive, IReadOnlyList<Document> documents, int round, bool indexes)
    {
        var from = (int)archive.Figures().Articles;
        ArchiveWriter? writer = null;
        var opening = StoryFigures.Time(() => writer = archive.Write());
        using (writer)
        {
            var taken = 0;
            var spent = StoryFigures.Time(() => taken = writer!.Ingest(documents, CancellationToken.None).Count());
            var saving = StoryFigures.Time(() => writer!.Save());
            var indexing = !indexes ? default : StoryFigures.Time(() =>
            {
                using var index = new SearchIndex(archive);
                index.Update(points: false, CancellationToken.None);
            });
            StoryFigures.Print(
                $"{(round == 0 ? "warm-up" : "ingest"),-8} {taken} behind {from,8}: {spent.Wall,6:0.00} s {spent.Processor,6:0.00} s of processors; index {indexing.Wall:0.00} s {indexing.Processor:0.00}; writer opened {opening.Processor:0.00}, saved {saving.Processor:0.00}");
        }
    }

    private static (double Wall, double Processor) Time(Action work)
    {
        var (start, processor) = (Stopwatch.GetTimestamp(), ThreadClock.Milliseconds);
        work();
        return (Stopwatch.GetElapsedTime(start).TotalMilliseconds, ThreadClock.Milliseconds - processor);
    }

    // On a busy machine, what the asking thread itself takes of a processor tells what a quiet one would show.
    private static void Print(string what, List<(double Wall, double Processor)> times)
    {
        var sorted = times.Select(time => time.Wall).Order().ToArray();
        var processor = times.Select(time => time.Processor).Order().ToArray();
        double At(double[] all, int hundredth) => all[all.Length * hundredth / 100];
        StoryFigures.Print(
            $"    {what,-32} p50 {At(sorted, 50),8:0.00} p99 {At(sorted, 99),8:0.00} ms, of a processor {At(processor, 50),7:0.00} and {At(processor, 99),7:0.00} ms   of {sorted.Length}");
    }
}
