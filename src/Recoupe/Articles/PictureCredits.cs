using System.Buffers;
using System.Collections.Frozen;

using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Articles;

/// <summary>Tells whose picture it is: "NAME / AFP", "© Name", "(SAUL LOEB / AFP)", "via Getty Images". Never an agency credit of the text.</summary>
internal static class PictureCredits
{
    private const int MaxLength = 90;

    private static readonly SearchValues<char> Speech = SearchValues.Create("\"“”«»?!;");
    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?»”\"");

    private static readonly FrozenSet<string> Banks = Language.SharedLines("photo-credits.txt").ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BankOf = Banks.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly string[] Words = [.. Language.All.SelectMany(language => language.Lines("photo-words"))];

    /// <summary>Whether all of the line is a credit.</summary>
    public static bool IsCredit(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        if (line.Length is < 2 or > MaxLength)
            return false;
        if (line[0] == '©' || line.StartsWith("(c) ", StringComparison.OrdinalIgnoreCase))
            return true;
        if (line[0] == '(' && line[^1] == ')')
            return IsCredit(line[1..^1]);
        return IsNameAndHouse(line) || OpensAsPhoto(line);
    }

    /// <summary>Where a caption's credit stands at its end: "… (SAUL LOEB / AFP)", "… © Name", "… Photo : AFP"; null where there is none.</summary>
    public static TextSpan? AtEnd(ReadOnlySpan<char> line)
    {
        var trimmed = line.TrimEnd();
        if (trimmed.Length < 6)
            return null;
        if (trimmed[^1] is ')' or ']')
        {
            var open = trimmed.LastIndexOfAny("([");
            if (open > 0 && trimmed.Length - open <= MaxLength)
            {
                var inside = trimmed[(open + 1)..^1].Trim();
                if (inside.Length > 1 && (inside[0] == '©' || IsNameAndHouse(inside) || OpensAsPhoto(inside) || BankOf.Contains(inside)))
                    return new TextSpan(open, trimmed.Length);
            }

            return null;
        }

        var sign = trimmed.LastIndexOf('©');
        if (sign > 0 && trimmed.Length - sign <= MaxLength)
            return new TextSpan(sign, trimmed.Length);
        // "… in Kyiv, 12 March. NAME/AFP"
        var stop = trimmed.LastIndexOfAny(Ends);
        if (stop > 0 && stop + 3 < trimmed.Length && trimmed.Length - stop <= 60 && trimmed[(stop + 1)..].Trim() is var tail && (IsNameAndHouse(tail) || OpensAsPhoto(tail)))
            return new TextSpan(trimmed.Length - tail.Length, trimmed.Length);
        return null;
    }

    // "MANDEL NGAN / AFP", "REUTERS/Gleb Garanich", "Name via Getty Images", "AFP PHOTO / NAME".
    private static bool IsNameAndHouse(ReadOnlySpan<char> line)
    {
        if (line.ContainsAny(Speech) || line.Count(' ') > 10 || line.Contains('(') || line.Contains(". ", StringComparison.Ordinal) && line.IndexOf(". ") > 3)
            return false;
        var slash = line.IndexOf('/');
        if (slash > 0)
        {
            var last = line[(line.LastIndexOf('/') + 1)..].Trim();
            var first = line[..slash].Trim();
            return IsHouse(last) || IsHouse(first);
        }

        var via = line.IndexOf(" via ", StringComparison.OrdinalIgnoreCase);
        return via >= 0 && IsHouse(line[(via + 5)..].Trim()) || BankOf.Contains(line) && !line.Equals("DR", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsHouse(ReadOnlySpan<char> name)
    {
        name = name.Trim(" .,()");
        if (BankOf.Contains(name) || MediaDirectory.Find(name) is not null || BylineReader.IsAgency(name))
            return true;
        var photo = name.IndexOf(' ');
        return photo > 0 && MediaDirectory.Find(name[..photo]) is { Kind: MediumKind.Agency } || name.LastIndexOf(" via ", StringComparison.OrdinalIgnoreCase) is >= 0 and var via && IsHouse(name[(via + 5)..]);
    }

    private static bool OpensAsPhoto(ReadOnlySpan<char> line)
    {
        foreach (var word in Words)
        {
            if (!line.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                continue;
            var rest = line[word.Length..].TrimStart();
            // "Photo : NAME", "Photo NAME/AFP"; not "Photo finish in Rome".
            if (rest.Length > 0 && (rest[0] is ':' or '/' or '|' or '©' || IsNameAndHouse(rest) || BylineReader.Opens(rest) && BylineReader.LooksLikeName(AfterFirst(rest))))
                return true;
        }

        return false;
    }

    private static ReadOnlySpan<char> AfterFirst(ReadOnlySpan<char> text) => text[(text.IndexOf(' ') + 1)..];
}
