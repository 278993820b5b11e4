using System.Buffers;
using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>What a byline says.</summary>
/// <param name="People">The people named, in order.</param>
/// <param name="Agencies">The agencies credited for the text, by name.</param>
/// <param name="Outlet">The outlet named as author, or null.</param>
internal readonly record struct BylineParts(List<string> People, List<string> Agencies, string? Outlet)
{
    /// <summary>Whether it says nothing.</summary>
    public bool IsEmpty => People.Count == 0 && Agencies.Count == 0 && Outlet is null;

    /// <summary>Whether it names media alone.</summary>
    public bool IsMedia => People.Count == 0 && !IsEmpty;
}

/// <summary>Splits bylines into people, agencies and outlet ("Par Jeanne Martin avec AFP", "LE FIGARO avec Reuters", "By Ann Lee and Tom Roe in Kyiv").</summary>
internal static class BylineReader
{
    private static readonly SearchValues<char> Figures = SearchValues.Create("0123456789.:/-");

    private static readonly FrozenSet<ulong> Openers = Words("open");
    private static readonly FrozenSet<ulong> Joiners = Words("join").Concat(Words("with")).ToFrozenSet();
    private static readonly FrozenSet<ulong> Roles = Words("role");
    private static readonly FrozenSet<ulong> Helped = Words("helped");
    private static readonly FrozenSet<ulong> Contributions = Words("contributed");
    private static readonly FrozenSet<ulong> ContributionsFrom = Words("contributed-from");
    private static readonly FrozenSet<ulong> AgencyWords = Words("agency");

    // Words that only organisations and accounts of a site's software have in their names: "GmbH", "webmaster".
    private static readonly FrozenSet<ulong> OrganisationWords = Words("organisation");
    private static readonly FrozenSet<ulong> Accounts = Words("account");

    // Words that open, or stand anywhere in, the names of media: "Radio Orve", "The Harbour Post".
    private static readonly FrozenSet<ulong> FirstMediumWords = MediumWords("first");
    private static readonly FrozenSet<ulong> AnyMediumWords = MediumWords("any");

    private static readonly FrozenSet<ulong> Weekdays = Language.All.SelectMany(language => language.Lines("weekdays"))
        .Select(line => TextHash.OfFolded(line.Split('\t')[0]))
        .ToFrozenSet();

    // "From New York and Washington".
    private const int MostWordsOfPlace = 6;

    /// <summary>Whether the line opens as a byline does ("Par", "By", "Propos recueillis par").</summary>
    public static bool Opens(ReadOnlySpan<char> line) => OpenerLength(line) > 0;

    /// <summary>What a credit adds without the word that parts it off: "avec AFP" is AFP.</summary>
    public static ReadOnlySpan<char> WithoutJoiner(ReadOnlySpan<char> line)
    {
        var end = line.IndexOf(' ');
        return end > 0 && Joiners.Contains(TextHash.OfFolded(line[..end])) ? line[(end + 1)..].TrimStart() : line;
    }

    /// <summary>Whether the line says that its names had help: "Jean Martin avec AFP".</summary>
    public static bool IsAided(ReadOnlySpan<char> line)
    {
        foreach (var range in line.Split(' '))
        {
            if (Helped.Contains(TextHash.OfFolded(line[range])))
                return true;
        }

        return false;
    }

    /// <summary>Who contributed, of a line that says so at its end ("Ann Lee and Reuters contributed to this report"); empty for other lines.</summary>
    public static ReadOnlySpan<char> WithoutContribution(ReadOnlySpan<char> line)
    {
        for (var space = line.LastIndexOf(' '); space > 0; space = line[..space].LastIndexOf(' '))
        {
            var rest = line[(space + 1)..];
            if (Contributions.Contains(TextHash.OfFolded(rest)))
                return line[..space];
            // "… contributed from Argens".
            for (var (end, words) = (rest.Length, 0); words < MostWordsOfPlace && (end = rest[..end].LastIndexOf(' ')) > 0; words++)
            {
                if (ContributionsFrom.Contains(TextHash.OfFolded(rest[..end])))
                    return line[..space];
            }
        }

        return [];
    }

    /// <summary>Whether the line is such an opening and nothing else ("Auteur :"): the name stands elsewhere.</summary>
    public static bool IsOpener(ReadOnlySpan<char> line) => line.Length <= 40 && Openers.Contains(TextHash.OfFolded(line.TrimEnd(" :\u00A0")));

    /// <summary>Whether the name of an author is no person's: an organisation's, an address, a desk, an account of the site's software.</summary>
    public static bool IsOrganisation(ReadOnlySpan<char> name)
    {
        if (Accounts.Contains(TextHash.OfFolded(name.Trim())) || Roles.Contains(TextHash.OfFolded(name.Trim())))
            return true;
        foreach (var range in name.Split(' '))
        {
            var word = name[range].Trim("(),;:");
            if (OrganisationWords.Contains(TextHash.OfFolded(word)) || IsHost(word))
                return true;
        }

        return IsOutlet(name);
    }

    // "harbourpost.com", "www.harbourpost.com"
    private static bool IsHost(ReadOnlySpan<char> word) =>
        word.Length > 4 && word.LastIndexOf('.') is > 1 and var dot && dot >= word.Length - 5 && dot < word.Length - 1 && char.IsLower(word[^1]);

    /// <summary>Whether the words name a news agency: a known one, or capitalised words with the word for it ("Agence Littorale", "Coast News Agency").</summary>
    public static bool IsAgency(ReadOnlySpan<char> name) =>
        MediaDirectory.Find(name) is { } known ? known.Kind == MediumKind.Agency : AreCapitalised(name) && (AgencyWords.Contains(FirstWord(name)) || AgencyWords.Contains(LastWord(name)));

    /// <summary>Whether the words name an outlet: a known one, or capitalised words of which one is common in the names of media.</summary>
    public static bool IsOutlet(ReadOnlySpan<char> name)
    {
        if (MediaDirectory.Find(name) is { } known)
            return known.Kind == MediumKind.Outlet;
        name = MediaDirectory.WithoutArticle(name);
        if (!AreCapitalised(name))
            return false;
        if (FirstMediumWords.Contains(FirstWord(name)))
            return true;
        foreach (var range in name.Split(' '))
        {
            if (AnyMediumWords.Contains(TextHash.OfFolded(name[range])))
                return true;
        }

        return false;
    }

    /// <summary>The parts of a byline.</summary>
    /// <param name="line">The line, with or without its opening word.</param>
    /// <param name="lenient">Whether a single word or a nickname counts as a person: where the page itself says that this is the author.</param>
    public static BylineParts Read(ReadOnlySpan<char> line, bool lenient = false)
    {
        var parts = new BylineParts([], [], null);
        line = line.Trim();
        if (line.Length > 400)
            return parts;
        line = WithoutOpener(line);
        var hasTime = false;
        if (line.ContainsAnyInRange('0', '9') && PublicationTimes.Find(line, shortYears: true) is { Count: > 0 } times)
        {
            // "Posted on September 21, 2024 by Ann Lee": a time is no name and parts what stands around it.
            var parted = line.ToArray();
            foreach (var time in times)
                parted.AsSpan(time.Span.Start, time.Span.Length).Fill('|');
            line = parted;
            hasTime = true;
        }

        Span<Range> pieces = stackalloc Range[24];
        var count = Split(line, pieces);
        for (var i = 0; i < count; i++)
            Add(WithoutOpener(line[pieces[i]].Trim(" \u00A0.,;:|-–—()[]•·@")), lenient && !(hasTime && parts.People.Count > 0), ref parts);
        return parts;
    }

    private static ReadOnlySpan<char> WithoutOpener(ReadOnlySpan<char> line)
    {
        for (int cut; (cut = OpenerLength(line)) > 0;)
            line = line[cut..].TrimStart(" :\u00A0");
        return line;
    }

    /// <summary>Whether the words look like the name of a person: two to five capitalised words.</summary>
    public static bool LooksLikeName(ReadOnlySpan<char> text)
    {
        if (text.Length is < 4 or > 60)
            return false;
        int words = 0, capitals = 0, longest = 0;
        foreach (var range in text.Split(' '))
        {
            var word = text[range].Trim(",.");
            if (word.IsEmpty)
                continue;
            words++;
            longest = Math.Max(longest, word.Length);
            foreach (var c in word)
            {
                if (!char.IsLetter(c) && c is not ('-' or '\'' or '’' or '.' or '‐'))
                    return false;
            }

            if (char.IsUpper(word[0]) || !char.IsLower(word[0]))
                capitals++;
            else if (!SharedWords.NameParticles.Contains(word) && !word.StartsWith("d'") && !word.StartsWith("d’"))
                return false;
        }

        return words is >= 2 and <= 5 && capitals >= 2 && longest >= 3 && !EndsAsSentence(text);
    }

    private static bool IsNumber(ReadOnlySpan<char> name) => !name.ContainsAnyExcept(Figures);

    private static bool EndsAsSentence(ReadOnlySpan<char> text) => text[^1] is '?' or '!' or ':';

    private static void Add(ReadOnlySpan<char> piece, bool lenient, ref BylineParts parts)
    {
        if (piece.IsEmpty)
            return;
        if (MediaDirectory.Find(piece) is { } medium)
        {
            if (medium.Kind == MediumKind.Agency)
                AddOnce(parts.Agencies, medium.Name);
            else
                parts = parts with { Outlet = parts.Outlet ?? medium.Name };
            return;
        }

        if (IsAgency(piece))
        {
            AddOnce(parts.Agencies, piece.ToString());
            return;
        }

        if (IsOutlet(piece))
        {
            parts = parts with { Outlet = parts.Outlet ?? MediaDirectory.WithoutArticle(piece).ToString() };
            return;
        }

        var name = WithoutTail(WithoutRole(piece));
        // "Redaktion", "Staff writer": where the page says that this is the author, a trade stands for a name.
        if (name.IsEmpty && lenient && parts.People.Count == 0)
            name = WithoutTail(piece);
        // An outlet's own address behind its name is nobody's.
        if (name.IsEmpty || name.Contains('@') || name.Contains("://", StringComparison.Ordinal) || parts.Outlet is not null && IsHost(name))
            return;
        // "Jean Martin (AFP)", "JM/AFP"
        if (MediaDirectory.Find(name) is { Kind: MediumKind.Agency } agency)
        {
            AddOnce(parts.Agencies, agency.Name);
            return;
        }

        if (LooksLikeName(name) || lenient && !(name.Contains(' ') && name.ContainsAnyInRange('0', '9')) && !IsNumber(name) && !LanguageIdentifier.IsSmallWord(name) && !Weekdays.Contains(TextHash.OfFolded(name)) && !Openers.Contains(TextHash.OfFolded(name)) && PublicationTimes.RoleAtEnd(name) == TimeRole.Unsaid && name.Length is > 1 and <= 60 && char.IsLetterOrDigit(name[0]) && name.Count(' ') <= 5)
            AddOnce(parts.People, name.ToString());
    }

    // "Jean Martin @jmartin", "Jean Martin am 20.11.2024", "Jean Martin 3 min": the name ends before.
    private static ReadOnlySpan<char> WithoutTail(ReadOnlySpan<char> name)
    {
        var words = 0;
        foreach (var range in name.Split(' '))
        {
            var word = name[range];
            if (words >= 2 && !word.IsEmpty && (word[0] == '@' || word.ContainsAnyInRange('0', '9')))
            {
                name = name[..range.Start.Value].TrimEnd(" ,-–(");
                if (name.LastIndexOf(' ') is > 0 and var space && (char.IsLower(name[space + 1]) && name.Length - space <= 4 || PublicationTimes.IsMonth(name[(space + 1)..])))
                    name = name[..space];
                break;
            }

            if (!word.IsEmpty)
                words++;
        }

        // What led to the time: "Jean Martin am", "Ann Lee on Monday", "Jean Martin Stand".
        for (int last; (last = name.LastIndexOf(' ')) > 0;)
        {
            var tail = name[(last + 1)..];
            if (!Weekdays.Contains(TextHash.OfFolded(tail)) && !(tail.Length <= 2 && char.IsLower(tail[0])) && PublicationTimes.RoleAtEnd(tail) == TimeRole.Unsaid)
                break;
            name = name[..last].TrimEnd(" ,:-–(");
        }

        return name;
    }

    // "Jean Martin, correspondant à Rome": the piece after the comma is no name; "Ann Lee in Kyiv": the name ends before "in".
    private static ReadOnlySpan<char> WithoutRole(ReadOnlySpan<char> piece)
    {
        // "Transport Correspondent", "correspondante à Rome"
        if (Roles.Contains(TextHash.OfFolded(piece[(piece.LastIndexOf(' ') + 1)..])))
            return [];
        var first = true;
        var end = piece.Length;
        foreach (var range in piece.Split(' '))
        {
            var word = piece[range].Trim(",");
            if (!word.IsEmpty && Roles.Contains(TextHash.OfFolded(word)) && (first || char.IsLower(word[0])))
            {
                end = range.Start.Value;
                break;
            }

            first = false;
        }

        return piece[..end].Trim(" ,;:-–—");
    }

    private static int Split(ReadOnlySpan<char> line, Span<Range> pieces)
    {
        var count = 0;
        var start = 0;
        for (var i = 0; i <= line.Length && count < pieces.Length; i++)
        {
            var cut = 0;
            if (i == line.Length)
                cut = 1;
            else if (line[i] is ',' or ';' or '/' or '|' or '(' or ')' or '\n' or '•' or '·' || line[i] is '–' or '—' && Spaced(line, i))
                cut = 1;
            else if (line[i] == '-' && Spaced(line, i))
                cut = 1;
            else if (line[i] == '&')
                cut = 1;
            else if (i > 0 && char.IsWhiteSpace(line[i - 1]) && char.IsLetter(line[i]))
                cut = JoinerLength(line[i..]);
            if (cut == 0)
                continue;
            if (i > start)
                pieces[count++] = start..i;
            start = i + cut;
            i += cut - 1;
        }

        return count;
    }

    private static bool Spaced(ReadOnlySpan<char> line, int i) => i > 0 && i + 1 < line.Length && char.IsWhiteSpace(line[i - 1]) && char.IsWhiteSpace(line[i + 1]);

    private static int JoinerLength(ReadOnlySpan<char> line)
    {
        var end = 0;
        while (end < line.Length && !char.IsWhiteSpace(line[end]))
            end++;
        return end < line.Length && Joiners.Contains(TextHash.OfFolded(line[..end])) ? end : 0;
    }

    private static int OpenerLength(ReadOnlySpan<char> line)
    {
        // The longest opener: up to five words.
        int best = 0, words = 0;
        for (var i = 0; i < line.Length && words < 5; i++)
        {
            if (line[i] is ' ' or ':' or '\u00A0')
            {
                words++;
                if (Openers.Contains(TextHash.OfFolded(line[..i].TrimEnd(" :"))))
                    best = i + 1;
                if (line[i] == ':')
                    break;
            }
        }

        return best;
    }

    // Two to six words, each with a capital but for the small words of names.
    private static bool AreCapitalised(ReadOnlySpan<char> name)
    {
        if (name.Length is < 5 or > 50)
            return false;
        var words = 0;
        foreach (var range in name.Split(' '))
        {
            var word = name[range];
            if (word.IsEmpty || !char.IsUpper(word[0]) && !(words > 0 && SharedWords.NameParticles.Contains(word)))
                return false;
            foreach (var c in word)
            {
                if (!char.IsLetterOrDigit(c) && c is not ('-' or '\'' or '’' or '.'))
                    return false;
            }

            words++;
        }

        return words is >= 2 and <= 6;
    }

    private static ulong FirstWord(ReadOnlySpan<char> name) => TextHash.OfFolded(name[..(name.IndexOf(' ') is >= 0 and var space ? space : name.Length)]);

    private static ulong LastWord(ReadOnlySpan<char> name) => TextHash.OfFolded(name[(name.LastIndexOf(' ') + 1)..]);

    private static FrozenSet<ulong> MediumWords(string place) => Language.All.SelectMany(language => language.Lines("medium-name-words"))
        .Select(line => line.Split('\t'))
        .Where(columns => columns.Length > 1 && columns[1] == place)
        .Select(columns => TextHash.OfFolded(columns[0]))
        .ToFrozenSet();

    private static void AddOnce(List<string> list, string item)
    {
        if (!list.Contains(item))
            list.Add(item);
    }

    private static FrozenSet<ulong> Words(string kind) => Language.All.SelectMany(language => language.Lines("byline-words"))
        .Concat(Language.SharedLines("byline-words.tsv"))
        .Select(line => line.Split('\t'))
        .Where(columns => columns[0] == kind)
        .Select(columns => TextHash.OfFolded(columns[1]))
        .ToFrozenSet();
}
