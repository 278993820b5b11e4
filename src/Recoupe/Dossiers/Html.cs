using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Recoupe.Dossiers;

/// <summary>A piece of HTML. What is filled into an interpolated string is encoded on the way, so that no words of others become markup.</summary>
internal readonly record struct Html(string Markup)
{
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. "&<>\"'", .. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => c is not ('\n' or '\t') && ShownText.IsUnsafe(c))]);

    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>The markup of an interpolated string, its values encoded.</summary>
    public static Html Of(HtmlHandler markup) => new(markup.Finish());

    /// <summary>Several pieces in a row.</summary>
    public static Html Join(string separator, IEnumerable<Html> pieces) => new(string.Join(Encode(separator), pieces.Select(piece => piece.Markup)));

    /// <summary>
    /// <paramref name="text"/> as character data, for elements and quoted attributes: markup characters escaped; controls, lone surrogates and
    /// bidirectional overrides shown as U+FFFD.
    /// </summary>
    public static string Encode(string text)
    {
        var encoded = new StringBuilder(text.Length + 16);
        Encode(text, encoded);
        return encoded.ToString();
    }

    /// <summary>As <see cref="Encode(string)"/>, appended to <paramref name="to"/>.</summary>
    public static void Encode(ReadOnlySpan<char> text, StringBuilder to)
    {
        while (true)
        {
            var next = text.IndexOfAny(Special);
            if (next < 0)
            {
                to.Append(text);
                return;
            }

            to.Append(text[..next]);
            var c = text[next];
            var taken = 1;
            switch (c)
            {
                case '&': to.Append("&amp;"); break;
                case '<': to.Append("&lt;"); break;
                case '>': to.Append("&gt;"); break;
                case '"': to.Append("&quot;"); break;
                case '\'': to.Append("&#39;"); break;
                default:
                    if (char.IsHighSurrogate(c) && next + 1 < text.Length && char.IsLowSurrogate(text[next + 1]))
                        to.Append(text.Slice(next, taken = 2));
                    else
                        to.Append('\uFFFD');
                    break;
            }

            text = text[(next + taken)..];
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Markup;
}

/// <summary>Builds HTML from an interpolated string: literal parts are markup, values are text.</summary>
[InterpolatedStringHandler]
internal readonly ref struct HtmlHandler
{
    private readonly StringBuilder _markup;

    public HtmlHandler(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + (formattedCount * 24));

    public void AppendLiteral(string markup) => _markup.Append(markup);

    public void AppendFormatted(string? text)
    {
        if (text is not null)
            Html.Encode(text, _markup);
    }

    public void AppendFormatted(int number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(double number) => _markup.Append(Math.Round(number, 1).ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html markup) => _markup.Append(markup.Markup);

    public string Finish() => _markup.ToString();
}
