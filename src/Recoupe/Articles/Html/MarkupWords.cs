using System.Collections.Frozen;

using Recoupe.Languages;

namespace Recoupe.Articles.Html;

/// <summary>What the words of class and id say a part of a page is, as bits.</summary>
[Flags]
internal enum Markup
{
    None = 0,
    Body = 1, Article = 1 << 1, Content = 1 << 2, Paragraph = 1 << 3, Lead = 1 << 4, Title = 1 << 5, Comment = 1 << 6, Related = 1 << 7,
    Share = 1 << 8, Nav = 1 << 9, Sidebar = 1 << 10, Footer = 1 << 11, Header = 1 << 12, Ad = 1 << 13, Author = 1 << 14, Date = 1 << 15,
    Tag = 1 << 16, Caption = 1 << 17, Credit = 1 << 18, Image = 1 << 19, Quote = 1 << 20, Newsletter = 1 << 21, Notice = 1 << 22, Widget = 1 << 23,
    Hidden = 1 << 24, Form = 1 << 25, Live = 1 << 26, Product = 1 << 27,

    /// <summary>What a program that asks for consent puts into a page. No feature of the block model: it decides by itself.</summary>
    Consent = 1 << 28,

    /// <summary>What a style or attribute of its own hides. No feature either: the rest of an article behind a button is hidden too.</summary>
    Unseen = 1 << 29,
}

/// <summary>Reads class and id values.</summary>
internal static class MarkupWords
{
    public const int Count = 28;

    // Longer values carry styling, not names.
    private const int MaxValue = 400;

    private static readonly FrozenDictionary<string, Markup> Whole;
    private static readonly FrozenDictionary<string, Markup>.AlternateLookup<ReadOnlySpan<char>> WholeOf;
    private static readonly FrozenDictionary<string, Markup> Beginnings;
    private static readonly FrozenDictionary<string, Markup>.AlternateLookup<ReadOnlySpan<char>> BeginningOf;
    private static readonly (string End, Markup Markup)[] Ends;
    private static readonly int Longest;

    static MarkupWords()
    {
        var entries = Language.SharedLines("markup-words.tsv").Select(line => line.Split('\t'))
            .SelectMany(columns => columns[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(word => (Word: word.Replace("-", "", StringComparison.Ordinal), Markup: Enum.Parse<Markup>(columns[0], ignoreCase: true))))
            .ToArray();
        Whole = Group(entries.Where(entry => !entry.Word.Contains('*')));
        Beginnings = Group(entries.Where(entry => entry.Word[^1] == '*').Select(entry => (entry.Word[..^1], entry.Markup)));
        Ends = [.. entries.Where(entry => entry.Word[0] == '*').Select(entry => (entry.Word[1..], entry.Markup))];
        WholeOf = Whole.GetAlternateLookup<ReadOnlySpan<char>>();
        BeginningOf = Beginnings.GetAlternateLookup<ReadOnlySpan<char>>();
        Longest = Beginnings.Keys.Max(word => word.Length);
    }

    /// <summary>The categories of the words in a class or id value.</summary>
    public static Markup Of(ReadOnlySpan<char> value)
    {
        if (value.Length > MaxValue)
            value = value[..MaxValue];
        var markup = Markup.None;
        Span<char> word = stackalloc char[48];
        var length = 0;
        for (var i = 0; i <= value.Length; i++)
        {
            var c = i < value.Length ? value[i] : ' ';
            // A word ends at a mark, and before a capital inside (articleBody).
            if (!char.IsAsciiLetter(c) || char.IsAsciiLetterUpper(c) && i > 0 && char.IsAsciiLetterLower(value[i - 1]))
            {
                if (length > 1)
                    markup |= OfWord(word[..length]);
                length = 0;
            }

            if (char.IsAsciiLetter(c) && length < word.Length)
                word[length++] = char.ToLowerInvariant(c);
        }

        return markup | OfJoined(value);
    }

    // "article-body", "story__text": two words of one class read together.
    private static Markup OfJoined(ReadOnlySpan<char> value)
    {
        Span<char> joined = stackalloc char[48];
        var length = 0;
        var markup = Markup.None;
        for (var i = 0; i <= value.Length; i++)
        {
            if (i == value.Length || value[i] == ' ')
            {
                if (length > 3)
                    markup |= OfWord(joined[..length]);
                length = 0;
            }
            else if (char.IsAsciiLetter(value[i]) && length < joined.Length)
            {
                joined[length++] = char.ToLowerInvariant(value[i]);
            }
        }

        return markup;
    }

    private static Markup OfWord(ReadOnlySpan<char> word)
    {
        var markup = WholeOf.TryGetValue(word, out var whole) ? whole : Markup.None;
        for (var length = Math.Min(word.Length, Longest); length >= 3; length--)
        {
            if (BeginningOf.TryGetValue(word[..length], out var beginning))
                markup |= beginning;
        }

        foreach (var (end, category) in Ends)
        {
            if (word.Length > end.Length && word.EndsWith(end))
                markup |= category;
        }

        return markup;
    }

    private static FrozenDictionary<string, Markup> Group(IEnumerable<(string Word, Markup Markup)> entries) =>
        entries.GroupBy(entry => entry.Word).ToFrozenDictionary(group => group.Key, group => group.Aggregate(Markup.None, (all, entry) => all | entry.Markup));
}
