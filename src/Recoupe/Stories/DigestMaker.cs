using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Stories;

/// <summary>Reads an article's digest from its tokens and from what the language analysis found.</summary>
internal static class DigestMaker
{
    /// <summary>Words of the body that count as lead: what news tells first.</summary>
    private const int LeadWords = 60;
    private const int MostFingerprints = 24;
    private const int MostGrams = 96;

    // The weightiest terms kept; two articles on one event share theirs among these.
    private const int MostTerms = 128;
    private const int MostConcepts = 48;

    // A title's word counts as if it stood three times in the body, a lead's twice.
    private const int TitleExtra = 2;
    private const int LeadExtra = 1;
    private const int SeedWords = 5;

    // Parts of a compound below this are prefixes and links ("a-t-il", "ex-").
    private const int LeastPart = 3;

    [ThreadStatic]
    private static Drafts? _drafts;

    /// <summary>What is filled while an article is read; each thread uses its own again and again.</summary>
    private sealed class Drafts
    {
        public TermTable Terms { get; } = new();
        public LeastHashes Grams { get; } = new(MostGrams);
        public LeastHashes Fingerprints { get; } = new(MostFingerprints);
        public ulong[] Ring { get; } = new ulong[SeedWords];
        public MonthCounts Months { get; set; }
    }

    /// <summary>The digest of <paramref name="article"/>.</summary>
    public static ArticleDigest Make(AnnotatedArticle article)
    {
        var drafts = _drafts ??= new Drafts();
        drafts.Months = default;
        var titleWords = article.Headline is null ? 0 : Read(article.Headline, article, inTitle: true, drafts);
        var words = Read(article.Body, article, inTitle: false, drafts);
        AddDates(article, drafts);
        var slots = drafts.Terms.Take();
        var terms = new uint[slots.Length];
        var frequencies = new byte[slots.Length];
        var traits = new TermTraits[slots.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            terms[i] = slots[i].Term;
            frequencies[i] = (byte)Math.Min(255, Math.Round(Frequency(slots[i]) / ArticleSketch.Step));
            traits[i] = slots[i].Traits;
        }

        var language = LanguageKey(article.Article.Language);
        if (language == 0)
            language = TermBackground.Default.LanguageOf(terms);
        return new ArticleDigest
        {
            Id = article.Id,
            Terms = terms,
            Frequencies = frequencies,
            Traits = traits,
            Chosen = Choose(terms, frequencies, traits, language),
            Fingerprints = drafts.Fingerprints.Take(),
            Grams = drafts.Grams.Take(),
            Words = words,
            TitleWords = titleWords,
            Hours = article.Article.Published is { } published ? published.Utc.Ticks / (double)TimeSpan.TicksPerHour : null,
            Language = language,
            Outlet = article.Article.Outlet is { } outlet ? (uint)TextHash.Of(outlet) : 0,
            Months = drafts.Months,
            IsRoundUp = article.Headline is { } title && StemTable.Of(title.Language).IsRoundUp(title.Text),
        };
    }

    // The weightiest terms and the weightiest concepts.
    private static int[] Choose(uint[] terms, byte[] frequencies, TermTraits[] traits, uint language)
    {
        var rarities = new byte[terms.Length];
        TermBackground.Default.Weigh(terms, language, rarities);
        var orders = new ulong[terms.Length];
        for (var i = 0; i < orders.Length; i++)
            orders[i] = ((ulong)(ushort.MaxValue - (frequencies[i] * rarities[i])) << 32) | terms[i]; // then by the hash
        var (least, leastConcept) = (Bound(orders, traits, MostTerms, TermTraits.None), Bound(orders, traits, MostConcepts, TermTraits.Shared));
        var chosen = new int[Math.Min(terms.Length, MostTerms + MostConcepts)];
        var count = 0;
        for (var i = 0; i < orders.Length; i++)
        {
            if (orders[i] <= ((traits[i] & TermTraits.Shared) == TermTraits.None ? least : leastConcept))
                chosen[count++] = i;
        }

        return chosen[..count];
    }

    // The order of the last of the weightiest terms of a kind.
    private static ulong Bound(ulong[] orders, TermTraits[] traits, int most, TermTraits kind)
    {
        var ofKind = new ulong[orders.Length];
        var count = 0;
        for (var i = 0; i < orders.Length; i++)
        {
            if ((traits[i] & TermTraits.Shared) == kind)
                ofKind[count++] = orders[i];
        }

        if (count <= most)
            return ulong.MaxValue;
        ofKind.AsSpan(0, count).Sort();
        return ofKind[most - 1];
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
                if (token.Kind == TokenKind.Word)
                    AddConcepts(surface, word, token.Tag, words, stems);
                foreach (var part in word.Split('-'))
                {
                    if (!IsPart(word, part))
                        continue;
                    surface.TryAdd(StemTable.TermOf(word[part]), words.ToString());
                    AddConcepts(surface, word[part], PartOfSpeech.Unknown, words, stems);
                }

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

    private static void AddConcepts(Dictionary<uint, string> surface, ReadOnlySpan<char> word, PartOfSpeech tag, ReadOnlySpan<char> shown, StemTable stems)
    {
        Span<uint> concepts = stackalloc uint[Lexicon.Most];
        foreach (var concept in concepts[..stems.ConceptsOf(word, tag, concepts)])
            surface.TryAdd(concept, shown.ToString());
    }

    /// <summary>The key that terms of a language are counted under; 0 where the language is unknown.</summary>
    public static uint LanguageKey(string? language) =>
        language is null ? 0 : (uint)TextHash.Of(language.Split('-', '_')[0].ToLowerInvariant());

    private static float Frequency(in TermTable.Slot slot) =>
        1 + MathF.Log(slot.Count
            + ((slot.Traits & TermTraits.Title) != TermTraits.None ? TitleExtra : 0)
            + ((slot.Traits & TermTraits.Lead) != TermTraits.None ? LeadExtra : 0));

    private static int Read(AnalyzedText text, AnnotatedArticle article, bool inTitle, Drafts drafts)
    {
        var terms = drafts.Terms;
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
            var length = LetterFold.Fold(span, folded);
            if (!inTitle)
                AddSeed(TextHash.Of(folded[..length]), words, drafts);
            var zone = inTitle ? TermTraits.Title : words <= LeadWords ? TermTraits.Lead : TermTraits.None;
            if (token.Kind == TokenKind.Number)
            {
                var day = DayOf(span);
                if (day > 0 && MonthAfter(text, t, stems) is > 0 and var next)
                    AddDay(next, day, zone, drafts);
                else if (!IsYear(span) && !(day > 0 && day == pendingDay))
                    terms.Add(NumberTerm(span), zone | TermTraits.Number);
                pendingDay = 0;
                lastName = 0;
                opens = false;
                continue;
            }

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
                    AddDay(month, after, zone, drafts);
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
            AddWord(word, term, zone, stems, terms, token.Tag);
            if (word.Contains('-'))
                AddParts(word, zone, stems, terms);

            if ((capitalised || inEntity) && word.Length >= 3)
            {
                if (lastName != 0 && token.Start - lastEnd <= 1)
                    terms.Add(Pair(lastName, term), zone | TermTraits.Name);
                lastName = term;
                lastEnd = token.End;
            }
            else
            {
                lastName = 0;
            }

            if (word.Length >= 4 && (isName || inTitle || words <= LeadWords * 3))
                AddGrams(word, drafts.Grams);
            opens = false;
        }

        return words;
    }

    // A word counts with the concepts that it may stand for.
    private static void AddWord(ReadOnlySpan<char> word, uint term, TermTraits zone, StemTable stems, TermTable terms, PartOfSpeech tag)
    {
        terms.Add(term, zone);
        Span<uint> concepts = stackalloc uint[Lexicon.Most];
        foreach (var concept in concepts[..stems.ConceptsOf(word, tag, concepts)])
            terms.Add(concept, zone & (TermTraits.Title | TermTraits.Lead) | TermTraits.Shared);
    }

    private static void AddParts(ReadOnlySpan<char> compound, TermTraits zone, StemTable stems, TermTable terms)
    {
        foreach (var part in compound.Split('-'))
        {
            if (IsPart(compound, part))
                AddWord(compound[part], StemTable.TermOf(compound[part]), zone, stems, terms, PartOfSpeech.Unknown);
        }
    }

    // "Lyon-Nantes" is told elsewhere as "Lyon contre Nantes", "volley-ball" as "volley": a part that counts beside its compound.
    private static bool IsPart(ReadOnlySpan<char> compound, Range part)
    {
        var (start, length) = part.GetOffsetAndLength(compound.Length);
        return length < compound.Length && length >= LeastPart && char.IsLetter(compound[start]);
    }

    private static void AddDay(int month, int day, TermTraits zone, Drafts drafts)
    {
        drafts.Terms.Add(DayTerm(month, day), zone | TermTraits.Date);
        drafts.Months = drafts.Months.With(month);
    }

    private static void AddDates(AnnotatedArticle article, Drafts drafts)
    {
        foreach (var date in article.Dates)
        {
            if (date.Value is { Length: >= 7 } value && int.TryParse(value.AsSpan(5, 2), System.Globalization.NumberStyles.None, null, out var month) && month is > 0 and <= 12)
                drafts.Months = drafts.Months.With(month);
            if (date.Value is { Length: 10 } day)
                drafts.Terms.Add((uint)TextHash.Combine(3, TextHash.Of(day)), TermTraits.Date | (date.InTitle ? TermTraits.Title : TermTraits.None));
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

    private static int MonthAfter(AnalyzedText text, int number, StemTable stems)
    {
        var next = number + 1;
        if (next < text.Tokens.Length && text.Tokens[next] is { Kind: TokenKind.Mark } mark && text.Text[mark.Start] == '-')
            next++; // "11-Septembre"
        if (next >= text.Tokens.Length || text.Tokens[next].Kind != TokenKind.Word)
            return 0;
        Span<char> folded = stackalloc char[40];
        return stems.MonthOf(folded[..LetterFold.Fold(text[text.Tokens[next]], folded)]);
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

    private static void AddGrams(ReadOnlySpan<char> word, LeastHashes grams)
    {
        for (var i = 0; i + 4 <= word.Length; i++)
            grams.Add((uint)TextHash.Of(word.Slice(i, 4)));
    }

    // The hash of the last words up to the one of this number.
    private static void AddSeed(ulong word, int number, Drafts drafts)
    {
        var ring = drafts.Ring;
        ring[(number - 1) % SeedWords] = word;
        if (number < SeedWords)
            return;
        var hash = ring[number % SeedWords];
        for (var i = 1; i < SeedWords; i++)
            hash = TextHash.Combine(hash, ring[(number + i) % SeedWords]);
        drafts.Fingerprints.Add((uint)hash);
    }
}
