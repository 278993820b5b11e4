using Recoupe.Documents;
using Recoupe.Storage;

namespace Recoupe.Tests.Storage;

public class NameEraserTests
{
    private static readonly byte[] Salt = [1, 5, 9];

    [Theory]
    [InlineData("Odile Vernay", "Odile Vernay a voté. ODILE VERNAY, maire.", "X a voté. X, maire.")]
    [InlineData("Odile Vernay", "Selon Odile\nVernay, Mme Vernay sera d'accord avec Vernayans.", "Selon X, Mme X sera d'accord avec Vernayans.")]
    [InlineData("Zoé d'Arvès", "C'est l'avis de Zoe d’Arves ; Zoé rit.", "C'est l'avis de X ; Zoé rit.")]
    [InlineData("Mara Lind", "<p>Mara <b>Lind</b> said</p>", "<p>X</b> said</p>")]
    [InlineData("Mara Lind", "Mara&nbsp;Lind's boat, https://news.example/mara-lind-sails?q=Mara%20Lind", "X's boat, https://news.example/X-sails?q=X")]
    [InlineData("Mara Lind", "Mara? Lind said no.", "Mara? Lind said no.")]
    [InlineData("Mara Lind", "Mara and Lind, Maralind.", "Mara and Lind, Maralind.")]
    [InlineData("Banquo", "Banquo, the painter.", "X, the painter.")]
    public void A_name_gives_way_wherever_and_however_it_is_written_and_nothing_else_does(string name, string text, string expected) =>
        Assert.Equal(expected, new NameEraser(Salt, [NameEraser.Keep(Salt, name, "X")!]).Apply(text).Text);

    [Fact]
    public void Who_is_named_in_full_in_one_part_of_a_document_is_erased_in_all_of_it()
    {
        var document = News.Document("Lind spoke of the harbour.", "a", "Mara Lind resigns", "The Coast Post", "https://coast.example/lind-resigns") with { Byline = ["Ann Lind"] };

        var erased = new NameEraser(Salt, [NameEraser.Keep(Salt, "mara lind", "█")!]).Apply(document, out var places);

        Assert.Equal(
            ("█ spoke of the harbour.", "█ resigns", "https://coast.example/█-resigns", "Ann █", 4), (erased.Content, erased.Title, erased.Url, erased.Byline[0], places));
        Assert.Same(document, new NameEraser(Salt, [NameEraser.Keep(Salt, "Mara Lund", "█")!]).Apply(document, out _));
    }

    [Fact]
    public void Mutated_pages_are_read_to_their_end()
    {
        var eraser = new NameEraser(Salt, [NameEraser.Keep(Salt, "Mara Lind", "X")!]);
        const string page = "<p>Mara <i>Lind</i> &amp; Mara&#160;Lind \ud83c\udfd7 %4d%61ra e\u0301 <a href=\"/mara-lind\">x</a>";
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var chars = page.ToCharArray();
            for (var change = 0; change < 6; change++)
                chars[random.Next(chars.Length)] = page[random.Next(page.Length)];
            var text = new string(chars)[..random.Next(chars.Length)];
            var once = eraser.Apply(text).Text;
            Assert.Equal(once, eraser.Apply(once).Text);
        }
    }

    [Fact]
    public void Without_a_word_there_is_no_name() => Assert.Null(NameEraser.Keep(Salt, " . - ", "X"));
}
