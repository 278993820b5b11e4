using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Makes an article's sketch from its tokens and from what the language analysis found.</summary>
internal static class SketchMaker
{
    /// <summary>Words of the body that count as lead: what news tells first.</summary>
    private const int LeadWords = 60;

    /// <summary>The weightiest terms kept; two articles on one event share theirs among these.</summary>
    private const int MostTerms = 128;
    private const int MostConcepts = 48;
    private const int MostFingerprints = 24;
    private const int MostGrams = 96;

    // A title's word counts as if it stood three times in the body, a lead's twice.
    private const int TitleExtra = 2;
    private const int LeadExtra = 1;
    private const int SeedWords = 5;

    private struct Draft
    {
        public int Count;
        public TermTraits Traits;
        public uint Concept;
    }

    /// <summary>The sketch of <paramref name="article"/>, weighed by <paramref name="statistics"/> (which it does not change).</summary>
    /// <param name="distinct">All its distinct terms, for document frequencies.</param>
    public static ArticleSketch Make(AnnotatedArticle article, TermStatistics statistics, out IReadOnlyCollection<uint> distinct)
    {
        var drafts = new Dictionary<uint, Draft>(256);
        var concepts = new Dictionary<uint, Draft>(64);
        var grams = new HashSet<uint>();
        var titleWords = article.Headline is null ? 0 : Read(article.Headline, article, inTitle: true, drafts, concepts, grams);
        var words = Read(article.Body, article, inTitle: false, drafts, concepts, grams);
        AddDates(article, drafts);
        var language = LanguageKey(article.Article.Language);
        if (language == 0)
            language = statistics.LikeliestLanguage(drafts.Keys);
        var terms = new List<Weighed>(MostTerms + MostConcepts);
        AddWeightiest(drafts, MostTerms, language, statistics, terms);
        AddWeightiest(concepts, MostConcepts, language, statistics, terms);
        terms.Sort(static (a, b) => a.Term.CompareTo(b.Term));
        var sketch = new ArticleSketch
        {
            Terms = new uint[terms.Count],
            Frequencies = new byte[terms.Count],
            Traits = new TermTraits[terms.Count],
            Rarities = new byte[terms.Count],
            Fingerprints = Fingerprints(article.Body),
            Grams = Least(grams, MostGrams),
            Words = words,
            TitleWords = titleWords,
            Hours = article.Article.Published is { } published ? published.Utc.Ticks / (double)TimeSpan.TicksPerHour : null,
            Language = language,
            Outlet = article.Article.Outlet is { } outlet ? (uint)TextHash.Of(outlet) : 0,
        };
        for (var i = 0; i < terms.Count; i++)
        {
            sketch.Terms[i] = terms[i].Term;
            sketch.Frequencies[i] = (byte)Math.Min(255, Math.Round(terms[i].Frequency / ArticleSketch.Step));
            sketch.Traits[i] = terms[i].Traits;
            sketch.Rarities[i] = (byte)Math.Clamp(MathF.Round(terms[i].Rarity / ArticleSketch.Step), 0, 255);
        }

        sketch.Measure();
        distinct = [.. drafts.Keys, .. concepts.Keys];
        return sketch;
    }

    /// <summary>For each term of an article the words that it first stands for: for showing.</summary>
    public static Dictionary<uint, string> SurfaceOf(AnnotatedArticle article)
    {
        var surface = new Dictionary<uint, string>();
        Span<char> folded = stackalloc char[40];
        foreach (var text in new[] { article.Headline, article.Body }.OfType<AnalyzedText>())
        {
            var stems = StemTable.Of(text.Language);
            var (before, beforeTerm) = (default(Token), 0u);
            foreach (var token in text.Tokens)
            {
                if (token.Kind == TokenKind.Mark)
                    continue;
                var words = text[token];
                var word = Bare(folded[..LetterFold.Fold(words, folded)]);
                var term = token.Kind == TokenKind.Number ? NumberTerm(words) : StemTable.TermOf(word);
                surface.TryAdd(term, words.ToString());
                if (token.Kind == TokenKind.Word && stems.ConceptOf(word) is not 0 and var concept)
                    surface.TryAdd(concept, words.ToString());
                if (before.Kind == TokenKind.Word && token.Kind == TokenKind.Word)
                    surface.TryAdd(Pair(beforeTerm, term), text.Text[before.Start..token.End]);
                var month = stems.MonthOf(word);
                if (month > 0 && before.Kind == TokenKind.Number && DayOf(text[before]) is > 0 and var days)
                    surface.TryAdd(DayTerm(month, days), text.Text[before.Start..token.End]);
                if (before.Kind == TokenKind.Word && token.Kind == TokenKind.Number && DayOf(words) is > 0 and var number
                    && stems.MonthOf(Bare(folded[..LetterFold.Fold(text[before], folded)])) is > 0 and var named)
                {
                    surface.TryAdd(DayTerm(named, number), text.Text[before.Start..token.End]);
                }

                (before, beforeTerm) = (token, term);
            }
        }

        foreach (var date in article.Dates)
        {
            if (date.Value is { Length: 10 } day)
                surface.TryAdd((uint)TextHash.Combine(3, TextHash.Of(day)), day);
        }

        return surface;
    }

    /// <summary>The key that terms of a language are counted under; 0 where the language is unknown.</summary>
    public static uint LanguageKey(string? language) =>
        language is null ? 0 : (uint)TextHash.Of(language.Split('-', '_')[0].ToLowerInvariant());

    private static float Frequency(Draft draft) =>
        1 + MathF.Log(draft.Count
            + ((draft.Traits & TermTraits.Title) != TermTraits.None ? TitleExtra : 0)
            + ((draft.Traits & TermTraits.Lead) != TermTraits.None ? LeadExtra : 0));

    private readonly record struct Weighed(uint Term, float Frequency, float Rarity, TermTraits Traits);

    private static void AddWeightiest(Dictionary<uint, Draft> drafts, int most, uint language, TermStatistics statistics, List<Weighed> terms)
    {
        var from = terms.Count;
        foreach (var (term, draft) in drafts)
            terms.Add(new Weighed(term, Frequency(draft), statistics.Rarity(term, language), draft.Traits));
        if (terms.Count - from <= most)
            return;
        terms.Sort(from, terms.Count - from, HeavierFirst);
        terms.RemoveRange(from + most, terms.Count - from - most);
    }

    private static readonly Comparer<Weighed> HeavierFirst = Comparer<Weighed>.Create(static (a, b) =>
        (b.Frequency * b.Rarity).CompareTo(a.Frequency * a.Rarity) is var byWeight and not 0 ? byWeight : a.Term.CompareTo(b.Term));

    private static int Read(AnalyzedText text, AnnotatedArticle article, bool inTitle, Dictionary<uint, Draft> drafts, Dictionary<uint, Draft> concepts, HashSet<uint> grams)
    {
        Span<char> folded = stackalloc char[40];
        var stems = StemTable.Of(text.Language);
        var namedByCapitals = !inTitle || !IsTitleCase(text);
        var entities = article.Entities.Where(found => found.InTitle == inTitle).ToArray();
        var entity = 0;
        var sentence = 0;
        var words = 0;
        uint lastName = 0;
        var lastEnd = -1;
        var opens = true;
        var pendingDay = 0;
        var tokens = text.Tokens;
        for (var t = 0; t < tokens.Length; t++)
        {
            var token = tokens[t];
            while (sentence < text.Sentences.Length && text.Sentences[sentence].End <= token.Start)
            {
                sentence++;
                opens = true;
            }

            if (token.Kind == TokenKind.Mark)
            {
                // What follows an opening quotation mark, a colon or a bullet is capitalised for its place.
                opens |= text.Text[token.Start] is '"' or '“' or '«' or ':' or '–' or '—' or '•' or '-';
                continue;
            }

            words++;
            var span = text[token];
            var zone = inTitle ? TermTraits.Title : words <= LeadWords ? TermTraits.Lead : TermTraits.None;
            if (token.Kind == TokenKind.Number)
            {
                var day = DayOf(span);
                if (day > 0 && MonthAfter(text, t, stems, folded) is > 0 and var next)
                    Add(drafts, DayTerm(next, day), zone | TermTraits.Date);
                else if (!IsYear(span) && !(day > 0 && day == pendingDay))
                    Add(drafts, NumberTerm(span), zone | TermTraits.Number);
                pendingDay = 0;
                lastName = 0;
                opens = false;
                continue;
            }

            var length = LetterFold.Fold(span, folded);
            var word = Bare(folded[..length]);
            if (word.Length < 2 || stems.IsWeekday(word))
            {
                opens = false;
                continue;
            }

            // "10 janvier", "January 10": one term; a month without a day is a word like others.
            if (stems.MonthOf(word) is > 0 and var month)
            {
                if (t > 0 && tokens[t - 1].Kind == TokenKind.Number && DayOf(text[tokens[t - 1]]) > 0)
                    continue;
                if (t + 1 < tokens.Length && tokens[t + 1].Kind == TokenKind.Number && DayOf(text[tokens[t + 1]]) is > 0 and var after)
                {
                    Add(drafts, DayTerm(month, after), zone | TermTraits.Date);
                    pendingDay = after;
                    continue;
                }
            }

            while (entity < entities.Length && entities[entity].Span.End <= token.Start)
                entity++;
            var inEntity = entity < entities.Length && entities[entity].Span.Start <= token.Start;
            var capitalised = char.IsUpper(span[0]) && namedByCapitals;
            var isName = inEntity || capitalised && (!opens || token.Tag == PartOfSpeech.ProperNoun || span.Length > 1 && char.IsUpper(span[1]));
            var term = StemTable.TermOf(word);
            if (isName)
                zone |= TermTraits.Name;
            ref var draft = ref Add(drafts, term, zone);
            if (draft.Count == 1)
                draft.Concept = stems.ConceptOf(word);
            if (draft.Concept != 0)
                Add(concepts, draft.Concept, zone & (TermTraits.Title | TermTraits.Lead) | TermTraits.Shared);
            if ((capitalised || inEntity) && word.Length >= 3)
            {
                if (lastName != 0 && token.Start - lastEnd <= 1)
                    Add(drafts, Pair(lastName, term), zone | TermTraits.Name);
                lastName = term;
                lastEnd = token.End;
            }
            else
            {
                lastName = 0;
            }

            if (word.Length >= 4 && (isName || inTitle || words <= LeadWords * 3))
                AddGrams(word, grams);
            opens = false;
        }

        return words;
    }

    private static ref Draft Add(Dictionary<uint, Draft> drafts, uint term, TermTraits traits)
    {
        ref var draft = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(drafts, term, out _);
        draft.Count++;
        draft.Traits |= traits;
        return ref draft;
    }

    private static void AddDates(AnnotatedArticle article, Dictionary<uint, Draft> drafts)
    {
        foreach (var date in article.Dates)
        {
            if (date.Value is { Length: 10 } day)
                Add(drafts, (uint)TextHash.Combine(3, TextHash.Of(day)), TermTraits.Date | (date.InTitle ? TermTraits.Title : TermTraits.None));
        }
    }

    private static uint Pair(uint first, uint second) => (uint)TextHash.Combine(first, second);

    // "1,187", "1 187" and "1187" are one number; "2,5" and "2.5" too.
    private static uint NumberTerm(ReadOnlySpan<char> number)
    {
        Span<char> digits = stackalloc char[Math.Min(number.Length, 24)];
        var length = 0;
        for (var i = 0; i < number.Length && length < digits.Length; i++)
        {
            if (char.IsAsciiDigit(number[i]))
                digits[length++] = number[i];
            else if (!IsThousands(number, i))
                digits[length++] = '.';
        }

        return (uint)TextHash.Combine(2, TextHash.Of(digits[..length]));
    }

    // 1 to 31, else 0.
    private static int DayOf(ReadOnlySpan<char> number) =>
        number.Length <= 2 && int.TryParse(number, System.Globalization.NumberStyles.None, null, out var day) && day is > 0 and <= 31 ? day : 0;

    private static bool IsYear(ReadOnlySpan<char> number) =>
        number.Length == 4 && (number.StartsWith("19") || number.StartsWith("20")) && number.IndexOfAnyExceptInRange('0', '9') < 0;

    private static int MonthAfter(AnalyzedText text, int number, StemTable stems, Span<char> folded)
    {
        if (number + 1 >= text.Tokens.Length || text.Tokens[number + 1].Kind != TokenKind.Word)
            return 0;
        return stems.MonthOf(folded[..LetterFold.Fold(text[text.Tokens[number + 1]], folded)]);
    }

    private static uint DayTerm(int month, int day) => (uint)TextHash.Combine(5, (ulong)((month * 100) + day));

    private static bool IsThousands(ReadOnlySpan<char> number, int separator)
    {
        var digits = 0;
        for (var i = separator + 1; i < number.Length && char.IsAsciiDigit(number[i]); i++)
            digits++;
        return digits == 3;
    }

    // Without the apostrophe of a cut ending or elision, and without hyphens at the ends.
    private static ReadOnlySpan<char> Bare(ReadOnlySpan<char> word) => word.Trim("'-");

    private static bool IsTitleCase(AnalyzedText title)
    {
        int capitalised = 0, long_ = 0;
        foreach (var token in title.Tokens)
        {
            if (token.Kind != TokenKind.Word || token.Span.Length < 4)
                continue;
            long_++;
            if (char.IsUpper(title.Text[token.Start]))
                capitalised++;
        }

        return capitalised > 0.6 * long_;
    }

    private static void AddGrams(ReadOnlySpan<char> word, HashSet<uint> grams)
    {
        for (var i = 0; i + 4 <= word.Length; i++)
            grams.Add((uint)TextHash.Of(word.Slice(i, 4)));
    }

    private static uint[] Least(HashSet<uint> hashes, int most)
    {
        var sorted = hashes.ToArray();
        Array.Sort(sorted);
        return sorted.Length <= most ? sorted : sorted[..most];
    }

    // The least hashes of all word seeds (bottom-k min-hash, Broder 1997).
    private static uint[] Fingerprints(AnalyzedText text)
    {
        Span<char> folded = stackalloc char[40];
        Span<ulong> ring = stackalloc ulong[SeedWords];
        var least = new SortedSet<uint>();
        var count = 0;
        foreach (var token in text.Tokens)
        {
            if (token.Kind == TokenKind.Mark)
                continue;
            ring[count++ % SeedWords] = TextHash.Of(folded[..LetterFold.Fold(text[token], folded)]);
            if (count < SeedWords)
                continue;
            var hash = ring[count % SeedWords];
            for (var i = 1; i < SeedWords; i++)
                hash = TextHash.Combine(hash, ring[(count + i) % SeedWords]);
            var seed = (uint)hash;
            if (least.Count == MostFingerprints && seed >= least.Max)
                continue;
            least.Add(seed);
            if (least.Count > MostFingerprints)
                least.Remove(least.Max);
        }

        return [.. least];
    }
}
