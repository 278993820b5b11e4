using System.Collections.Immutable;
using System.Diagnostics;

using Recoupe.Articles;
using Recoupe.Citations;
using Recoupe.Dates;
using Recoupe.Documents;
using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Numbers;
using Recoupe.Statements;
using Recoupe.Text;

namespace Recoupe.Benchmarks;

/// <summary>The whole of <c>annotate</c> on clean text, on one thread: articles, words and megabytes a second of processor time, allocation, memory; with <c>--stages</c> what each stage costs.</summary>
public sealed class AnnotateMeasurement : IMeasurement
{
    private const int Passes = 9;
    private const double WarmUpSeconds = 4; // until the compiler has done with the hot methods

    private readonly Dictionary<string, double> _stages = []; // milliseconds of one pass
    private readonly Dictionary<string, long> _bytes = [];
    private readonly List<string> _order = [];
    private double _last;
    private long _lastBytes;

    public string Name => "annotate";

    public string Arguments => "FILE.jsonl [ARTICLES] [--stages]";

    public int Run(string[] arguments)
    {
        var plain = arguments.Where(argument => argument != "--stages").ToList();
        var limit = plain.Count > 1 ? int.Parse(plain[1]) : 1000;
        var articles = DocumentReader.Read([plain[0]], CancellationToken.None)
            .Where(intake => intake.Document is not null)
            .Take(limit)
            .Select((intake, number) => ArticleReader.Read(intake.Document!, new ArticleId($"a{number}")))
            .ToList();
        var characters = articles.Sum(article => (long)article.Text.Length);
        var words = articles.Sum(article => (long)article.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length);
        var first = ThreadClock.Milliseconds;
        foreach (var article in articles)
            Pipeline.Annotate(article);
        first = ThreadClock.Milliseconds - first;
        var start = ThreadClock.Milliseconds;
        while (ThreadClock.Milliseconds - start < WarmUpSeconds * 1e3)
        {
            foreach (var article in articles)
                Pipeline.Annotate(article);
            Thread.Sleep(50); // the compiler waits for a pause
        }

        var seconds = new List<double>();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var statements = 0L;
        for (var pass = 0; pass < Passes; pass++)
        {
            var begin = ThreadClock.Milliseconds;
            foreach (var article in articles)
                statements += Pipeline.Annotate(article).Statements.Length;
            seconds.Add((ThreadClock.Milliseconds - begin) / 1e3);
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        var median = seconds.Order().ElementAt(Passes / 2);
        Console.WriteLine($"{articles.Count} articles, {words / articles.Count} words each, {statements / Passes} statements; one thread, processor time, median of {Passes} passes after {WarmUpSeconds} s");
        Console.WriteLine($"{articles.Count / median:0} articles/s   {words / median / 700:0} articles of 700 words/s   {characters / median / 1e6 * 60:0} MB a minute   {median / words * 1e6:0.00} µs a word   (the first pass {first * 1e3 / words:0.00}, the best {seconds.Min() / words * 1e6:0.00})");
        Console.WriteLine($"{allocated / Passes / articles.Count / 1024} KiB allocated an article   peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB");
        if (plain.Count != arguments.Length)
            PrintStages(articles, words);
        return 0;
    }

    private void PrintStages(List<Article> articles, long words)
    {
        var passes = new List<Dictionary<string, double>>();
        for (var pass = -2; pass < Passes; pass++)
        {
            _stages.Clear();
            _bytes.Clear();
            foreach (var article in articles)
                RunStages(article);
            if (pass >= 0)
                passes.Add(new Dictionary<string, double>(_stages));
            else
                Thread.Sleep(50);
        }

        Console.WriteLine($"{"stage",-28}{"µs a word",12}{"the best",12}{"bytes a word",16}");
        foreach (var stage in _order)
        {
            var times = passes.Select(pass => pass[stage] / words * 1e3).Order().ToList();
            Console.WriteLine($"{stage,-28}{times[Passes / 2],12:0.000}{times[0],12:0.000}{_bytes[stage] / (double)words,16:0}");
        }
    }

    // What Pipeline.Annotate does, step by step; from "attributed text" to "acts" it is StatementFinder's work.
    private void RunStages(Article article)
    {
        _last = ThreadClock.Milliseconds;
        _lastBytes = GC.GetAllocatedBytesForCurrentThread();
        var language = Language.Find(article.Language);
        var tokens = Tokenizer.Tokenize(article.Text, language);
        Add("tokens");
        var sentences = SentenceSplitter.Split(article.Text, tokens, language);
        Add("sentences");
        if (language is null)
            return;
        Tagger.For(language)?.Tag(article.Text, tokens, sentences);
        Add("parts of speech");
        var body = AnalyzedText.Of(article.Text, language);
        var headline = article.Title is null ? null : AnalyzedText.Of(article.Title, language);
        _last = ThreadClock.Milliseconds;
        _lastBytes = GC.GetAllocatedBytesForCurrentThread();
        article = TextDating.Date(article, body, headline);
        Add("dating of the article");
        var entities = EntityFinder.Find(body, headline);
        Add("names");
        var lexicon = SpeakerLexicon.Of(language);
        var attributed = AttributedText.Of(body, language);
        var title = headline is { Tokens.IsEmpty: false } ? AttributedText.Of(headline, language) : null;
        Add("attributed text");
        var (media, _) = MediumMentions.Find(article, attributed, title, lexicon);
        Add("media");
        var actors = new ActorFinder(lexicon);
        var mentions = actors.Find(attributed, [.. entities.Where(entity => !entity.InTitle)], media);
        Add("actors");
        _ = attributed.Source.Syntax;
        Add("syntax");
        AttributionRules.Read(attributed);
        Add("attribution rules");
        var features = new AttributionFeatures(attributed);
        Add("attribution features");
        if (AttributionModel.Of(language) is { } model)
            new AttributionDecoder(attributed, features, model).Decode();
        Add("attribution decoder");
        var attributions = AttributionFinder.Find(attributed);
        _last = ThreadClock.Milliseconds;
        _lastBytes = GC.GetAllocatedBytesForCurrentThread();
        var resolver = new SpeakerResolver(attributed, actors, mentions);
        var order = Enumerable.Range(0, attributions.Length).OrderBy(index => (attributions[index].Cue ?? attributions[index].Content[0]).Start).ToArray();
        var speakers = new List<ResolvedSpeaker>[attributions.Length];
        foreach (var index in order)
            speakers[index] = resolver.Resolve(attributions[index]);
        Add("speakers");
        new ChannelFinder(attributed, lexicon, media, attributions).Find(order, [.. speakers.Select(list => list[0].Actor)]);
        Add("channels");
        ActClassifier.Read(attributed, lexicon, attributions);
        Add("acts");
        var statements = StatementFinder.Find(article, body, headline, entities);
        _last = ThreadClock.Milliseconds;
        _lastBytes = GC.GetAllocatedBytesForCurrentThread();
        CitationFinder.Find(article, body, headline, entities, statements);
        Add("citations");
        var dates = DateFinder.Find(body, article.Published, false);
        Add("dates");
        NumberFinder.Find(body, false, [.. dates.Select(date => date.Span)]);
        Add("numbers");
    }

    private void Add(string stage)
    {
        var now = ThreadClock.Milliseconds;
        var bytes = GC.GetAllocatedBytesForCurrentThread();
        if (!_order.Contains(stage))
            _order.Add(stage);
        _stages[stage] = _stages.GetValueOrDefault(stage) + now - _last;
        _bytes[stage] = _bytes.GetValueOrDefault(stage) + bytes - _lastBytes;
        _lastBytes = GC.GetAllocatedBytesForCurrentThread();
        _last = ThreadClock.Milliseconds;
    }
}
