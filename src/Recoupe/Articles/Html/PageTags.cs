using System.Collections.Frozen;

namespace Recoupe.Articles.Html;

/// <summary>The elements that a page's structure is made of; all others are inline.</summary>
internal enum PageTag : byte
{
    None, Html, Body, Article, Main, Section, Div, P, H1, H2, H3, H4, H5, H6, Header, Footer, Nav, Aside, Figure, Figcaption, Blockquote, Pre,
    Ul, Ol, Li, Dl, Dt, Dd, Table, Caption, Tbody, Tr, Td, Th, Form, Fieldset, Address, Details, Summary, Center, Hr, Custom,

    // Inline ones that count.
    A, Strong, Em, Span, Time, Br, Img, Meta, Link, Title, Base, Inline,

    // Left out with all that they hold.
    Script, Style, Skipped, TextArea,
}

/// <summary>Knows elements by name.</summary>
internal static class PageTags
{
    private static readonly FrozenDictionary<string, PageTag> Named = Make();
    private static readonly FrozenDictionary<string, PageTag>.AlternateLookup<ReadOnlySpan<char>> ByName = Named.GetAlternateLookup<ReadOnlySpan<char>>();

    public static PageTag Of(ReadOnlySpan<char> name) =>
        ByName.TryGetValue(name, out var tag) ? tag : name.Contains('-') ? PageTag.Custom : PageTag.Inline;

    /// <summary>Whether the element stands in the page's structure and parts blocks of text.</summary>
    public static bool IsBlock(PageTag tag) => tag is > PageTag.None and <= PageTag.Custom;

    public static bool IsHeading(PageTag tag) => tag is >= PageTag.H1 and <= PageTag.H6;

    /// <summary>Whether an end tag of another element does not close what lies around it.</summary>
    public static bool IsBarrier(PageTag tag) => tag is PageTag.Table or PageTag.Td or PageTag.Th or PageTag.Caption or PageTag.Html;

    private static FrozenDictionary<string, PageTag> Make()
    {
        var names = new Dictionary<string, PageTag>(StringComparer.Ordinal);
        foreach (var tag in Enum.GetValues<PageTag>())
        {
            if (tag is not (PageTag.None or PageTag.Custom or PageTag.Inline or PageTag.Skipped))
                names[tag.ToString().ToLowerInvariant()] = tag;
        }

        foreach (var name in "thead tfoot".Split(' '))
            names[name] = PageTag.Tbody;
        foreach (var name in "menu dir".Split(' '))
            names[name] = PageTag.Ul;
        foreach (var name in "hgroup dialog search".Split(' '))
            names[name] = PageTag.Div;
        names["legend"] = PageTag.Div;
        names["b"] = names["strong"];
        names["i"] = names["cite"] = names["em"];
        names["noscript"] = PageTag.Skipped;
        foreach (var name in "template svg math object select option button datalist canvas audio video map applet".Split(' '))
            names[name] = PageTag.Skipped;
        foreach (var name in "iframe noembed noframes xmp".Split(' '))
            names[name] = PageTag.Style;
        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
