using System.Text;

using Recoupe.Articles;
using Recoupe.Documents;

namespace Recoupe.Tests.Documents;

public sealed class MailReaderTests
{
    private const string Text = "Le phare d'Orvac a été rallumé lundi après neuf mois de travaux, a annoncé le port. Le coût est de 230 000 euros.";

    [Theory]
    [InlineData("=?UTF-8?Q?Le_phare_rallum=C3?=\n =?UTF-8?Q?=A9_apr=C3=A8s_neuf_mois?=", "Le phare rallumé après neuf mois")]
    [InlineData("=?utf-8?B?TGUgcGhhcmUgcmFsbHVtw?=\n =?utf-8?B?6kgYXByw6hz?=", null)]
    [InlineData("=?utf-8?B?TGUgcGhhcmUgcmFsbHVtww==?= =?utf-8?B?qSBhcHLDqHM=?=", "Le phare rallumé après")]
    [InlineData("Le phare =?iso-8859-1?Q?rallum=E9?= =?utf-8?Q?_=C3=A0?= Orvac", "Le phare rallumé à Orvac")]
    [InlineData("Le phare =?utf-8?X?nothing?= rallumé", "Le phare =?utf-8?X?nothing?= rallumé")]
    public void Words_of_a_header_are_decoded_together(string subject, string? expected)
    {
        var title = Only(Inputs.Mail(Text, subject: subject)).Title;
        Assert.NotNull(title);
        if (expected is not null)
            Assert.Equal(expected, title);
    }

    [Fact]
    public void A_letter_sent_on_as_a_part_is_read_with_its_own_sender_and_day()
    {
        var letter = Inputs.Mail(Text, subject: "Le phare rallumé");
        var mail = Inputs.Mail(
            $"--b\nContent-Type: text/plain\n\nCi-joint.\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\n{letter}\n--b--\n",
            "Content-Type: multipart/mixed; boundary=b\n", "TR: phare", "Paul Desk <paul@desk.example>");
        var document = Only(mail.Replace("<n1@orvac.example>\nMIME-Version: 1.0\nContent-Type: multipart", "<n2@desk.example>\nMIME-Version: 1.0\nContent-Type: multipart", StringComparison.Ordinal));
        Assert.Equal(("Le phare rallumé", "La Lettre d'Orvac", "2024-11-20T07:00:00+01:00"), (document.Title, document.Outlet, document.Published?.ToString()));
        Assert.Contains("Paul Desk", Assert.Single(document.Notes), StringComparison.Ordinal);
        Assert.StartsWith(Text, document.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("---------- Message transféré ---------\nDe : La Lettre d'Orvac <lettre@orvac.example>\nDate: lun. 18 nov. 2024 à 06:30\nSubject: Le phare rallumé\nTo: <paul@desk.example>\n")]
    [InlineData("-----Original Message-----\nFrom: La Lettre d'Orvac <lettre@orvac.example>\nSent: Monday, November 18, 2024 06:30\nTo: Paul Desk <paul@desk.example>\nSubject: Le phare rallumé\n")]
    [InlineData("Begin forwarded message:\n\n*From:* La Lettre d'Orvac <lettre@orvac.example>\n*Subject:* Le phare rallumé\n*Date:* 18 November 2024 at 06:30\n*To:* paul@desk.example\n")]
    public void A_letter_sent_on_inside_the_text_is_told_by_the_lines_before_it(string lines)
    {
        var document = Only(Inputs.Mail($"À lire.\n\nPaul\n\n{lines}\n{Text}\n\nLe port rouvrira en mars.", subject: "Fwd: Le phare", from: "Paul Desk <paul@desk.example>"));
        Assert.Equal(("Le phare rallumé", "La Lettre d'Orvac", "2024-11-18T06:30:00"), (document.Title, document.Outlet, document.Published?.ToString()));
        Assert.StartsWith(Text, document.Content.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_letter_sent_on_in_HTML_is_told_too()
    {
        var html = "<html><body><p>À lire.</p><div>---------- Forwarded message ---------<br>De : <b>La Lettre d'Orvac</b> &lt;<a href=\"mailto:lettre@orvac.example\">lettre@orvac.example</a>&gt;<br>"
            + $"Date: lun. 18 nov. 2024 à 06:30<br>Subject: Le phare rallumé<br>To: &lt;paul@desk.example&gt;<br></div><h1>Le phare rallumé</h1><p>{Text}</p></body></html>";
        var document = Only(Inputs.Mail(html, "Content-Type: text/html; charset=utf-8\n", "Fwd: Le phare", "Paul Desk <paul@desk.example>"));
        Assert.Equal(("Le phare rallumé", "La Lettre d'Orvac"), (document.Title, document.Outlet));
        Assert.DoesNotContain("Forwarded", document.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_is_its_writer_s()
    {
        var document = Only(Inputs.Mail($"Merci.\n\nDe : La Lettre d'Orvac <lettre@orvac.example>\nEnvoyé : lundi 18 novembre 2024 06:30\nObjet : Le phare\n\n{Text}", subject: "RE : Le phare", from: "Paul Desk <paul@desk.example>"));
        Assert.Equal("Paul Desk", document.Outlet);
    }

    [Fact]
    public void A_paragraph_that_begins_as_a_separator_does_stays_in_its_letter()
    {
        var first = Inputs.Mail("The council met on Monday.\n\nFrom the outset, engineers had warned of rust.\n\nFrom: what they say, it will last.");
        var box = $"From lettre@orvac.example Wed Nov 20 07:00:00 2024\n{first}\n\nFrom 1789@xxx Thu Nov 21 07:00:00 +0000 2024\n{Inputs.Mail("Second letter.\n\n>From the harbour.")}";
        var documents = Inputs.Documents(box);
        Assert.Equal(2, documents.Count);
        Assert.Contains("From the outset", documents[0].Content, StringComparison.Ordinal);
        Assert.Contains("\nFrom the harbour.", documents[1].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void All_parts_are_read_in_their_order_and_empty_ones_give_way()
    {
        var parts = Inputs.Mail(
            "--b\nContent-Type: text/html; charset=utf-8\n\n<p>Le phare est rallumé.</p>\n--b\nContent-Type: image/png\n\nxx\n--b\nContent-Type: text/plain; charset=utf-8\n\nLe port rouvre & se réjouit.\n--b--\n",
            "Content-Type: multipart/mixed; boundary=b\n");
        Assert.Equal("<p>Le phare est rallumé.</p> <p>Le port rouvre &amp; se réjouit.</p>", string.Join(' ', Only(parts).Content.Split('\n', StringSplitOptions.RemoveEmptyEntries)).Replace("é", "é", StringComparison.Ordinal).Replace("&#233;", "é", StringComparison.Ordinal));
        var empty = Inputs.Mail($"--b\nContent-Type: text/plain; charset=utf-8\n\n{Text}\n--b\nContent-Type: text/html\n\n<html><head><title>x</title></head><body></body></html>\n--b--\n", "Content-Type: multipart/alternative; Boundary = \"b\"\n");
        Assert.Equal(Text, Only(empty).Content.Trim());
    }

    [Fact]
    public void A_footer_behind_base64_is_left_out()
    {
        var body = Convert.ToBase64String(Encoding.UTF8.GetBytes(Text), Base64FormattingOptions.InsertLineBreaks);
        var mail = Inputs.Mail($"{body}\n\n_______________\nLa liste d'Orvac\n", "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n");
        Assert.Equal(Text, Only(mail).Content);
    }

    [Fact]
    public void A_letter_with_the_id_of_another_is_kept()
    {
        var ids = new DocumentIds();
        var documents = new[] { Only(Inputs.Mail(Text)), Only(Inputs.Mail("Autre chose.")), Only(Inputs.Mail(Text)) };
        Assert.Equal("n1@orvac.example", ids.Of(documents[0], out _));
        Assert.StartsWith("n1@orvac.example#", ids.Of(documents[1], out _), StringComparison.Ordinal);
        Assert.Null(ids.Of(documents[2], out _));
    }

    [Fact]
    public void The_limits_of_header_parts_and_depth_are_told()
    {
        Assert.Contains("header is longer", Assert.Single(Only(Inputs.Mail(Text, "X-Long: a\n" + string.Concat(Enumerable.Repeat(" folded\n", 400))), new DocumentOptions { MaxHeaderBytes = 2048 }).Notes), StringComparison.Ordinal);
        string Parts(int count) => Inputs.Mail(string.Concat(Enumerable.Range(1, count).Select(i => $"--b\nContent-Type: text/plain\n\nPart {i}.\n")) + "--b--\n", "Content-Type: multipart/mixed; boundary=b\n");
        Assert.Empty(Only(Parts(3), new DocumentOptions { MaxParts = 3 }).Notes);
        Assert.Contains("more parts", Assert.Single(Only(Parts(4), new DocumentOptions { MaxParts = 3 }).Notes), StringComparison.Ordinal);
        var nested = string.Concat(Enumerable.Range(0, 20).Select(i => $"--b{i}\nContent-Type: multipart/mixed; boundary=b{i + 1}\n\n"));
        Assert.Contains("no text", Assert.Single(Inputs.Read(Inputs.Mail(nested, "Content-Type: multipart/mixed; boundary=b0\n"))).Skipped!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_mailbox_without_end_is_skipped_alone()
    {
        var box = $"From a@b.example Wed Nov 20 07:00:00 2024\n{Inputs.Mail(new string('x', 300_000))}\n\nFrom a@b.example Wed Nov 20 07:00:00 2024\n{Inputs.Mail(Text)}";
        var intakes = Inputs.Read(box, new DocumentOptions { MaxDocumentBytes = 100_000 });
        Assert.Contains("longer than", intakes[0].Skipped!.Reason, StringComparison.Ordinal);
        Assert.Contains("rallumé", intakes[1].Document!.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_without_text_is_told() =>
        Assert.Contains("no text", Assert.Single(Inputs.Read(Inputs.Mail("", "Content-Type: image/png\n"))).Skipped!.Reason, StringComparison.Ordinal);

    private static Document Only(string mail, DocumentOptions? options = null) => Assert.Single(Inputs.Documents(mail, options));
}
