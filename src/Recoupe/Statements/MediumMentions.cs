using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Statements;

/// <summary>A place where a text names a medium or speaks of several.</summary>
/// <param name="Start">The first token of the name, without article.</param>
/// <param name="End">The token after it.</param>
/// <param name="Name">The fullest form in the article, without leading article unless the medium's own name has one.</param>
/// <param name="Known">What the directory knows of it, or null.</param>
/// <param name="IsOwn">Whether it is the outlet that publishes the article.</param>
/// <param name="IsCollective">Whether it stands for several ("des médias américains").</param>
/// <param name="IsSure">False where it is a medium only if it stands where one is cited or spoken to.</param>
internal sealed record MediumMention(int Start, int End, string Name, Medium? Known, bool IsOwn, bool IsCollective, bool IsSure);

/// <summary>The media that a text names: those of the directory, the article's own outlet, names that a word marks (the daily X, Radio Y),
/// and short forms of all of them.</summary>
internal sealed class MediumMentions
{
    // Longer names of media are none.
    private const int LongestName = 7;

    private readonly Dictionary<int, MediumMention> _byStart = [];
    private readonly HashSet<int> _nouns = [];

    // "the paper", "nos confrères": somebody named before is a medium.
    private readonly List<int> _bareNouns = [];

    private MediumMentions()
    {
    }

    /// <summary>All, in order.</summary>
    public List<MediumMention> All { get; } = [];

    /// <summary>The sure mention that begins with the token, or null.</summary>
    public MediumMention? At(int token) => _byStart.GetValueOrDefault(token) is { IsSure: true } mention ? mention : null;

    /// <summary>The mention, sure or not, that begins with the token, or null.</summary>
    public MediumMention? PossiblyAt(int token) => _byStart.GetValueOrDefault(token);

    /// <summary>Whether the token is the noun that marks a name ("the daily" of "the daily X").</summary>
    public bool IsNounOf(int token) => _nouns.Contains(token);

    /// <summary>Finds them in the body and the title together: each is named by its fullest form in both.</summary>
    public static (MediumMentions Body, MediumMentions? Title) Find(Article article, AttributedText body, AttributedText? title, SpeakerLexicon lexicon)
    {
        var found = body.Source.Keep(_ => new Both(Read(article, body, title, lexicon)));
        return found.Media;
    }

    private sealed record Both((MediumMentions Body, MediumMentions? Title) Media);

    private static (MediumMentions Body, MediumMentions? Title) Read(Article article, AttributedText body, AttributedText? title, SpeakerLexicon lexicon)
    {
        var inBody = new MediumMentions();
        var inTitle = title is null ? null : new MediumMentions();
        var reader = new Reader(article, lexicon);
        reader.Read(body, inBody);
        if (title is not null)
            reader.Read(title, inTitle!);
        reader.Name(body, inBody);
        if (title is not null)
            reader.Name(title, inTitle!);
        return (inBody, inTitle);
    }

    private void Add(MediumMention mention)
    {
        if (_byStart.TryAdd(mention.Start, mention))
            All.Add(mention);
    }

    private void Replace(int index, MediumMention mention)
    {
        All[index] = mention;
        _byStart[mention.Start] = mention;
    }

    private sealed class Reader(Article article, SpeakerLexicon lexicon)
    {
        private readonly string? _outlet = article.Outlet is { Length: > 0 } outlet ? MediaDirectory.WithoutArticle(outlet).ToString() : null;
        private readonly Medium? _ownMedium = article.Outlet is { } own ? MediaDirectory.Find(own) ?? MediaDirectory.FindByUrl(article.Url) : MediaDirectory.FindByUrl(article.Url);
        private readonly List<string> _names = [];

        // Family names of people that the article has named in full: "Fox" after "Martin Fox" is no channel.
        private readonly HashSet<string> _familyNames = new(StringComparer.Ordinal);
        private readonly string? _outletFirst = article.Outlet is { Length: > 0 } named ? Tokenizer.Tokenize(named, lexicon.Language) is { IsEmpty: false } tokens ? tokens[0].Span.Quote(named) : null : null;

        public void Read(AttributedText text, MediumMentions found)
        {
            for (var i = 0; i < text.Count; i++)
            {
                if (!text.IsWord(i))
                    continue;
                var word = text.Speaker(i);
                if (lexicon.OwnOutlet.TryMatch(text.Source, i, text.SentenceEnd(i), out var end, out _))
                {
                    found.Add(new MediumMention(i, end, article.Outlet ?? text.Span(i, end).Quote(text.Text), _ownMedium, IsOwn: true, IsCollective: false, IsSure: true));
                    i = end - 1;
                    continue;
                }

                if (word.Is(WordUses.Medium) && !text.IsCapital(i))
                {
                    if (ReadAfterNoun(text, i, word, found) is var after and > 0)
                    {
                        i = after - 1;
                        continue;
                    }

                    if (i > 0 && text.IsWord(i - 1) && text.Speaker(i - 1).Is(WordUses.Definite | WordUses.Demonstrative | WordUses.Possessive) && !found._nouns.Contains(i))
                        found._bareNouns.Add(i);
                }

                if (_outletFirst is not null && OwnAt(text, i) is > 0 and var ownEnd)
                {
                    found.Add(new MediumMention(i, ownEnd, article.Outlet!, _ownMedium, IsOwn: true, IsCollective: false, IsSure: true));
                    i = ownEnd - 1;
                    continue;
                }

                if (_outlet is not null && text.IsCapital(i) && OwnShortAt(text, i) is > 0 and var shortEnd && (shortEnd > i + 1 || !IsFamilyName(text.Word(i))))
                {
                    found.Add(new MediumMention(i, shortEnd, article.Outlet!, _ownMedium, IsOwn: true, IsCollective: false, IsSure: true));
                    i = shortEnd - 1;
                    continue;
                }

                if (word.Is(WordUses.KnownMedium) && ReadKnown(text, i) is { } known)
                {
                    found.Add(known);
                    _names.Add(text.Span(known.Start, known.End).Quote(text.Text));
                    i = known.End - 1;
                    continue;
                }

                if (text.IsCapital(i) && ReadName(text, i) is { } named)
                {
                    found.Add(named);
                    if (named.IsSure)
                        _names.Add(named.Name);
                    i = named.End - 1;
                }
            }
        }

        /// <summary>Gives every mention the fullest name, and makes short forms of a sure one sure.</summary>
        public void Name(AttributedText text, MediumMentions found)
        {
            Promote(found);
            for (var m = 0; m < found.All.Count; m++)
            {
                var mention = found.All[m];
                if (mention.IsOwn || mention.IsCollective)
                    continue;
                var fullest = Fullest(mention, text.Span(mention.Start, mention.End).Quote(text.Text));
                found.Replace(m, mention with { Name = fullest.Name, IsSure = mention.IsSure || fullest.IsLonger });
            }
        }

        // "à en croire Le Onze. … selon nos confrères": what may be a medium is one if a noun takes it up and no other medium stands between.
        private void Promote(MediumMentions found)
        {
            // Both are in the text's order: one pass.
            int next = 0, last = -1;
            foreach (var noun in found._bareNouns)
            {
                for (; next < found.All.Count && found.All[next].End <= noun; next++)
                    last = found.All[next].IsCollective ? last : next;
                if (last < 0 || found.All[last] is not { IsSure: false, Known: null } candidate || noun - candidate.End > 80)
                    continue;
                found.Replace(last, candidate with { IsSure = true });
                _names.Add(candidate.Name);
            }
        }

        private (string Name, bool IsLonger) Fullest(MediumMention mention, string shown)
        {
            var best = MediaDirectory.WithoutArticle(shown).ToString();
            var longer = false;
            // The first media of an article are those it works with.
            for (var n = 0; n < Math.Min(_names.Count, 40); n++)
            {
                var other = MediaDirectory.WithoutArticle(_names[n]).ToString();
                if (other.Length < best.Length)
                    continue;
                var same = mention.Known is not null ? MediaDirectory.Find(other) == mention.Known
                    : other.EndsWith(best, StringComparison.Ordinal) && (other.Length == best.Length || other[^(best.Length + 1)] is ' ' or '-') || other.StartsWith(best, StringComparison.Ordinal) && other[best.Length] is ' ' or '-';
                if (same)
                    (best, longer) = (other, true);
            }

            return (mention.Known is { } known && MediaDirectory.WithoutArticle(known.Name).Equals(best, StringComparison.OrdinalIgnoreCase) ? known.Name : best, longer);
        }

        private MediumMention? ReadKnown(AttributedText text, int start)
        {
            var limit = Math.Min(text.SentenceEnd(start), start + MediaDirectory.LongestName + 1);
            for (var end = limit; end > start; end--)
            {
                if (!text.IsWord(end - 1) && text.Tokens[end - 1].Kind != TokenKind.Number && !(text.IsMark(end - 1, '+') || text.IsMark(end - 1, '.')))
                    continue;
                var span = text.Span(start, end);
                if (MediaDirectory.Find(span.In(text.Text)) is not { } medium || span.Length == 0)
                    continue;
                var shown = span.In(text.Text);
                if (!char.IsUpper(shown[0]) && !shown.SequenceEqual(medium.Name))
                    continue;
                if (end == start + 1)
                    LearnFamilyName(text, start);
                if (!IsWholeName(text, start, end, medium))
                    continue;
                var own = medium == _ownMedium;
                var sure = !medium.IsCommonWord || IsMarked(text, start, end);
                return new MediumMention(start, end, medium.Name, medium, own, IsCollective: false, sure);
            }

            return null;
        }

        // A name inside a longer one is another's: "Fox" of "Michael J. Fox", "Le Monde" of "Le Monde de demain".
        private bool IsWholeName(AttributedText text, int start, int end, Medium medium)
        {
            var word = text.Word(start);
            if (end == start + 1 && word.Length <= 4 && !char.IsUpper(word[^1]) && medium.Name.Length > 0 && !medium.Name.AsSpan().SequenceEqual(word) && text.IsCapital(start - 1) && start - 1 >= text.SentenceFirst(start))
                return false;
            if (end < text.Count && text.IsCapital(end) && text.Tokens[end].Start == text.Tokens[end - 1].End + 1 && end == start + 1
                && !text.Speaker(end).Is(WordUses.MediumName) && text.Classes[end] == WordClasses.None && medium.IsCommonWord)
                return false;
            if (medium.IsCommonWord && text.Is(end, WordClasses.Of) && text.Word(end).Length <= 3 && text.IsCapital(end + 1))
                return false;
            if (text.IsCapital(start - 1) && start > text.SentenceFirst(start) && lexicon.IsFirstName(text.Word(start - 1), out _))
                return false;
            return end > start + 1 || !IsFamilyName(word);
        }

        // "Martin Fox": the medium's word after another word of a name, or after a first name.
        private void LearnFamilyName(AttributedText text, int at)
        {
            var first = text.SentenceFirst(at);
            if (at > first && text.IsCapital(at - 1) && (at - 1 > first && text.Classes[at - 1] == WordClasses.None || lexicon.IsFirstName(text.Word(at - 1), out _)))
                _familyNames.Add(text.Word(at).ToString());
        }

        private bool IsFamilyName(ReadOnlySpan<char> word) => _familyNames.Count > 0 && _familyNames.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

        // "Le Point", "dans Le Point", "du Point": an article written large inside a sentence belongs to a name.
        private static bool IsMarked(AttributedText text, int start, int end)
        {
            var first = text.Speaker(start);
            if (first.Is(WordUses.Definite) && end > start + 1)
                return start > text.SentenceFirst(start) && !text.IsMark(start - 1) || end > start + 2;
            return start > 0 && text.IsWord(start - 1) && text.Speaker(start - 1).Is(WordUses.Medium);
        }

        // "le quotidien anglophone X", "radio X", "les médias américains".
        private int ReadAfterNoun(AttributedText text, int noun, SpeakerWord word, MediumMentions found)
        {
            var limit = Math.Min(text.SentenceEnd(noun), noun + 7);
            if (word.Is(WordUses.Several) && !word.Is(WordUses.Definite))
            {
                // "une conférence de presse" is none.
                if (text.Is(noun - 1, WordClasses.Of) && !text.Is(noun - 1, WordClasses.Determiner))
                    return -1;
                var start = noun;
                while (start > text.SentenceFirst(noun) && noun - start < 3 && text.IsWord(start - 1) && !text.Is(start - 1, WordClasses.Of | WordClasses.Preposition | WordClasses.Coordinator | WordClasses.Auxiliary)
                    && !text.IsFinite(start - 1) && !text.Speaker(start - 1).Is(WordUses.Determiner))
                    start--;
                var end = noun + 1;
                while (end < Math.Min(limit, noun + 4) && text.IsWord(end) && !text.IsCapital(end) && text.Classes[end] == WordClasses.None && text.Readings[end].Verbs.IsEmpty && !text.Speaker(end).Is(WordUses.DescriptionEnd))
                    end++;
                if (lexicon.HeadIsLast)
                    end = noun + 1;
                else
                    start = noun;
                if (end < text.Count && text.IsCapital(end) && text.Speaker(end).Is(WordUses.KnownMedium) && ReadKnown(text, end) is not null)
                    return -1;
                found.Add(new MediumMention(start, end, text.Span(start, end).Quote(text.Text), null, IsOwn: false, IsCollective: true, IsSure: false));
                return end;
            }

            if (word.Is(WordUses.Plural))
                return -1;
            for (var i = noun + 1; i < limit; i++)
            {
                if (!text.IsWord(i) || text.Is(i, WordClasses.Auxiliary | WordClasses.Coordinator | WordClasses.Relative | WordClasses.That) || text.Is(i, WordClasses.Preposition) && !text.Is(i, WordClasses.Of))
                    return -1;
                if (text.IsCapital(i) && (text.Is(i, WordClasses.Of) || text.Is(i - 1, WordClasses.Of)))
                    return -1;
                if (!text.IsCapital(i))
                    continue;
                if (i > noun + 1 && text.Is(i - 1, WordClasses.Of))
                    return -1;
                // "at the site Tuesday": a day or a month names no medium.
                if (text.Is(i, WordClasses.Time) && RunEnd(text, i) == i + 1)
                    return -1;
                found._nouns.Add(noun);
                if (ReadKnown(text, i) is { } known)
                {
                    found.Add(known with { IsSure = true });
                    _names.Add(text.Span(known.Start, known.End).Quote(text.Text));
                    return known.End;
                }

                var end = RunEnd(text, i);
                var name = text.Span(i, end).Quote(text.Text);
                found.Add(new MediumMention(i, end, name, null, IsOwn: false, IsCollective: false, IsSure: true));
                _names.Add(name);
                return end;
            }

            return -1;
        }

        private MediumMention? ReadName(AttributedText text, int start)
        {
            var end = RunEnd(text, start);
            var word = text.Speaker(start);
            var large = word.Is(WordUses.Definite);
            if (large && (end == start + 1 || start == text.SentenceFirst(start) && end < start + 3))
                return null;
            var shown = text.Span(start, end).Quote(text.Text);
            if (_outlet is not null && IsOwn(shown))
                return new MediumMention(start, end, article.Outlet!, _ownMedium, IsOwn: true, IsCollective: false, IsSure: true);
            if (!large && lexicon.IsFirstName(text.Word(start), out _) && !word.Is(WordUses.MediumName | WordUses.MediumNameFirst))
                return null;
            var marked = word.Is(WordUses.MediumNameFirst) && end > start + 1;
            // "Senate Leader Phil Bergen": before a person's whole name the word is an office.
            for (var i = start; i < end; i++)
                marked |= end > start + 1 && text.Speaker(i).Is(WordUses.MediumName) && !(i + 2 < end && lexicon.IsFirstName(text.Word(i + 1), out _) && !text.Speaker(i + 2).Is(WordUses.MediumName));
            var inside = start > text.SentenceFirst(start) && !text.IsMark(start - 1);
            if (marked)
                return new MediumMention(start, end, shown, null, IsOwn: false, IsCollective: false, IsSure: inside || end > start + 2 || word.Is(WordUses.MediumNameFirst));
            if (large && inside)
                return new MediumMention(start, end, shown, null, IsOwn: false, IsCollective: false, IsSure: false);
            // "the Gazette": short for a name met before or to come, only where one is cited or spoken to.
            if (end == start + 1 && word.Is(WordUses.MediumName) && start > 0 && text.IsWord(start - 1) && text.Speaker(start - 1).Is(WordUses.Definite | WordUses.Contracted))
                return new MediumMention(start, end, shown, null, IsOwn: false, IsCollective: false, IsSure: false);
            return null;
        }

        // The outlet's whole name where the token begins it; the token after it, or -1.
        private int OwnAt(AttributedText text, int start)
        {
            if (!text.Word(start).Equals(_outletFirst, StringComparison.OrdinalIgnoreCase))
                return -1;
            var end = text.Tokens[start].Start + article.Outlet!.Length;
            if (end > text.Text.Length || !SameName(text.Text.AsSpan(text.Tokens[start].Start, article.Outlet.Length), article.Outlet))
                return -1;
            var next = text.Source.TokenAt(end);
            return text.Tokens[next - 1].End == end ? next : -1;
        }

        // The outlet's last words ("the Echo" of The Wexbourne Echo), as a whole name.
        private int OwnShortAt(AttributedText text, int start)
        {
            if (!_outlet.AsSpan().Contains(text.Word(start), StringComparison.Ordinal))
                return -1;
            var end = RunEnd(text, start);
            return IsOwn(text.Span(start, end).Quote(text.Text)) ? end : -1;
        }

        private static bool SameName(ReadOnlySpan<char> shown, string name)
        {
            for (var i = 0; i < name.Length; i++)
            {
                if (char.ToUpperInvariant(shown[i] == '’' ? '\'' : shown[i]) != char.ToUpperInvariant(name[i] == '’' ? '\'' : name[i]))
                    return false;
            }

            return true;
        }

        private bool IsOwn(string shown)
        {
            var name = MediaDirectory.WithoutArticle(shown);
            return name.Equals(_outlet, StringComparison.OrdinalIgnoreCase)
                || name.Length >= 4 && _outlet!.Length > name.Length && _outlet.EndsWith(shown, StringComparison.Ordinal) && _outlet[^(shown.Length + 1)] is ' ' or '-';
        }

        private static int RunEnd(AttributedText text, int start)
        {
            var end = start + 1;
            while (end < text.SentenceEnd(start) && end - start < LongestName)
            {
                if (text.IsCapital(end) && text.Tokens[end].Start <= text.Tokens[end - 1].End + 1)
                    end++;
                else if (text.Is(end, WordClasses.Of) && text.Word(end).Length <= 3 && end + 1 < text.SentenceEnd(start) && text.IsCapital(end + 1))
                    end += 2;
                else
                    break;
            }

            return end;
        }
    }
}
