using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

using Recoupe.Checks;
using Recoupe.Discrepancies;
using Recoupe.Dossiers;
using Recoupe.Grades;
using Recoupe.Points;

namespace Recoupe.Tests.Checks;

/// <summary>Who tells a claim that somebody asks about.</summary>
public class ClaimCheckerTests
{
    private static readonly ImmutableArray<AnnotatedArticle> Crane =
    [
        Some.Annotated(
            "A crane collapsed at the port of Sorland on Tuesday evening. Four dockers were injured, the harbour master, Ada Brill, said. The quay was closed until further notice. Two container ships were sent to Marlow. The crane was built in 1998 and was last inspected in autumn. Fishermen wait for their ice.",
            "post", "en", "Crane collapses at Sorland", "Sorland Post", "2026-03-04T08:00:00Z"),
        Some.Annotated(
            "Four dockers were injured when a crane came down in the port of Sorland, harbour master Ada Brill said on Wednesday. The union demands an inquiry. Work on the northern pier goes on. The company that runs the terminal did not answer. Its shares fell by a tenth.",
            "herald", "en", "Dockers hurt in Sorland", "The Herald", "2026-03-04T10:00:00Z"),
        Some.Annotated(
            "Une grue s'est effondrée mardi soir dans le port de Sorland. Six dockers ont été blessés, selon l'hôpital de Brémont. Le quai est fermé. Les pêcheurs attendent leur glace. Le syndicat réclame une enquête. La société du terminal n'a pas répondu.",
            "courrier", "fr", "Une grue s'effondre à Sorland", "Le Courrier", "2026-03-04T12:00:00Z"),
    ];

    private static Dossier Check(string claim, params ImmutableArray<AnnotatedArticle>[] stories) =>
        ClaimChecker.Check(claim, null, stories.Length == 0 ? [Crane] : stories, new PipelineOptions { Threads = 2 }, TestContext.Current.CancellationToken);

    // Without markup, entities and spaces that do not break.
    private static string Plain(string written) =>
        WebUtility.HtmlDecode(Regex.Replace(written, "<[^>]*>", "", RegexOptions.None, TimeSpan.FromSeconds(10))).Replace('\u00a0', ' ').Replace('\u202f', ' ');

    private static IEnumerable<string> Articles(Dossier dossier, Stance stance) =>
        dossier.Points.SelectMany(point => point.Point.Passages).Where(passage => passage.Stance == stance).Select(passage => passage.Evidence.Article.Value).Distinct().Order();

    [Theory]
    [InlineData("A crane collapsed at the port of Sorland on Tuesday.")]
    [InlineData("Une grue s'est effondrée mardi au port de Sorland.")]
    public void A_claim_is_found_in_either_language_whatever_its_own(string claim)
    {
        var dossier = Check(claim);

        Assert.Equal(claim, dossier.Check!.Text);
        Assert.Superset(new HashSet<string> { "courrier", "post" }, Articles(dossier, Stance.Affirms).ToHashSet());
        Assert.Empty(dossier.Check.Differences);
    }

    [Theory]
    [InlineData("Four dockers were injured in the port of Sorland.", "Four dockers were rescued unhurt in the port of Sorland.")]
    [InlineData("Quatre dockers ont été blessés dans le port de Sorland.", "Quatre dockers sont sortis indemnes de l'accident du port de Sorland.")]
    [InlineData("The shares of the company fell by a tenth.", "The shares of the company rose by a tenth.")]
    [InlineData("Le syndicat réclame une enquête sur la grue.", "Le syndicat refuse une enquête sur la grue.")]
    public void What_is_turned_round_is_doubted_more_than_what_is_told(string told, string changed)
    {
        var (claimed, turned) = (Check(told).Check!, Check(changed).Check!);

        Assert.False(claimed.IsDoubtful);
        Assert.True(turned.Doubt is null || turned.Doubt > (claimed.Doubt ?? 0), $"{claimed.Doubt} {turned.Doubt}");
    }

    [Fact]
    public void Where_what_is_found_may_tell_something_else_it_is_said_first_in_the_readers_language()
    {
        var dossier = Check("Quatre dockers sont sortis indemnes de l'accident du port de Sorland.");

        Assert.True(dossier.Check!.IsDoubtful);
        using var written = new MemoryStream();
        using (var json = new Utf8JsonWriter(written))
            DossierJson.Write(json, [dossier], "0");
        using var read = JsonDocument.Parse(written.ToArray());
        Assert.InRange(read.RootElement.GetProperty("stories")[0].GetProperty("claim").GetProperty("doubt").GetDouble(), ClaimCheck.LeastDoubt, 1);
        foreach (var (language, note) in new[] { ("en", "may be something else than the claim"), ("fr", "est peut-être autre chose que l’affirmation") })
        {
            using var text = new StringWriter();
            DossierText.Write(text, [dossier], InterfaceTexts.Of(language), new DossierTextOptions { Width = 200 });
            Assert.Contains(note, Plain(text.ToString()), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Ada Brill, the harbour master of Sorland, resigned.")]
    [InlineData("Ada Brill, la capitaine du port de Sorland, a démissionné.")]
    public void What_a_headline_alone_tells_may_tell_it_and_counts_for_nothing(string claim)
    {
        ImmutableArray<AnnotatedArticle> articles =
        [
            Some.Annotated("The harbour master of Sorland, Ada Brill, resigned on Friday, the council said. The pier stays closed. Boats wait in the bay.", "post", "en", "Boats wait at Sorland", "Sorland Post", "2026-03-06T08:00:00Z"),
            Some.Annotated("The council meets on Monday. A new crane will be paid for by the region. Nothing was said of the pier.", "herald", "en", "Harbour master Ada Brill of Sorland resigns", "The Herald", "2026-03-06T10:00:00Z"),
            Some.Annotated("The weather will be fine. Ferries leave at noon.", "lamp", "en", "Fine weather", "The Lamp", "2026-03-06T11:00:00Z"),
        ];

        var dossier = Check(claim, articles);

        Assert.Equal(["post"], Articles(dossier, Stance.Affirms));
        var (headline, likelihood) = Assert.Single(dossier.Check!.Perhaps);
        Assert.Equal(("herald", true), (headline.Article.Value, headline.InTitle));
        Assert.InRange(likelihood, 0.2, 1);
        Assert.Equal(["lamp"], dossier.Check.Silent.Select(article => article.Value));
        Assert.Equal((1, 1), (dossier.Points[0].Origins.Fewest, dossier.Points[0].Origins.Most));
    }

    [Theory]
    [InlineData("Tom Reed denied having resigned on Monday as mayor of Ulmer.", "en", true)]
    [InlineData("Tom Reed a démenti avoir démissionné lundi de la mairie d'Ulmer.", "fr", true)]
    [InlineData("Tom Reed refused to resign on Monday as mayor of Ulmer.", "en", false)]
    [InlineData("Tom Reed a refusé de démissionner lundi de la mairie d'Ulmer.", "fr", false)]
    public void Who_denies_having_done_it_tells_otherwise_whatever_the_form_of_the_verb_and_who_refuses_to_do_it_denies_nothing(string said, string language, bool isDenial)
    {
        var dossier = Check("The mayor of Ulmer, Tom Reed, resigned on Monday.", [Some.Annotated(said + (language == "fr" ? " Ses bureaux étaient fermés." : " The offices were closed."), "a", language, "Ulmer", "The Lamp", "2026-03-04T09:00:00Z")]);

        Assert.Equal(isDenial, Articles(dossier, Stance.Denies).Any());
        if (isDenial)
            Assert.Empty(Articles(dossier, Stance.Affirms));
    }

    [Theory]
    [InlineData("The mayor of Ulmer, Tom Reed, resigned on Monday.")]
    [InlineData("Le maire d'Ulmer, Tom Reed, a démissionné lundi.")]
    public void Who_negates_what_the_claim_affirms_tells_otherwise(string claim)
    {
        ImmutableArray<AnnotatedArticle> articles =
        [
            Some.Annotated("The mayor of Ulmer, Tom Reed, resigned on Monday, the council said. It meets again on Friday.", "echo", "en", "Mayor of Ulmer resigns", "The Echo", "2026-03-04T08:00:00Z"),
            Some.Annotated("The mayor of Ulmer, Tom Reed, did not resign on Monday. The office of the mayor was closed.", "lamp", "en", "Mayor of Ulmer stays", "The Lamp", "2026-03-04T09:00:00Z"),
            Some.Annotated("Le maire d'Ulmer, Tom Reed, n'a pas démissionné lundi. Ses bureaux étaient fermés.", "phare", "fr", "Le maire d'Ulmer reste", "Le Phare", "2026-03-04T10:00:00Z"),
        ];

        var dossier = Check(claim, articles);

        Assert.Equal(["echo"], Articles(dossier, Stance.Affirms));
        Assert.Equal(["lamp", "phare"], Articles(dossier, Stance.Denies));
    }

    [Theory]
    [InlineData("Four dockers were injured in the port of Sorland.", "Four dockers")]
    [InlineData("Quatre dockers ont été blessés dans le port de Sorland.", "Quatre dockers")]
    public void Who_gives_another_amount_tells_otherwise_and_is_no_origin_of_the_claim(string claim, string amount)
    {
        var dossier = Check(claim);

        Assert.Equal(["herald", "post"], Articles(dossier, Stance.Affirms));
        Assert.Equal(["courrier"], Articles(dossier, Stance.Denies));
        var difference = Assert.Single(dossier.Check!.Differences);
        Assert.Equal((DiscrepancyKind.Number, amount, "Six dockers"), (difference.Kind, difference.Claimed.Quote(claim), difference.Told.Span.Quote(Crane[2].Article.Text)));
        var point = Assert.Single(dossier.Points);
        Assert.Equal((Grade.Disputed, "Ada Brill"), (point.Grade, Assert.Single(point.Origins.Origins).Name));
        Assert.Equal("hôpital de Brémont", Assert.Single(point.Origins.Against).Name);
    }

    [Theory]
    [InlineData("Forty dockers were injured in the port of Sorland.")]
    [InlineData("Quarante dockers ont été blessés dans le port de Sorland.")]
    public void A_claim_that_all_contradict_has_no_origin(string claim)
    {
        var dossier = Check(claim);

        Assert.Empty(Articles(dossier, Stance.Affirms));
        Assert.Equal(["courrier", "herald", "post"], Articles(dossier, Stance.Denies));
        Assert.Equal((0, 0), (dossier.Points[0].Origins.Fewest, dossier.Points[0].Origins.Most));
        Assert.Equal(["Four dockers", "Six dockers"], dossier.Check!.Differences
            .Select(difference => difference.Told.Span.Quote(Crane.Single(article => article.Id == difference.Told.Article).Article.Text)).Order());
        Assert.Contains(dossier.Check.Missing, span => span.Quote(claim).Contains("dockers", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("The crane collapsed in Sorland on Friday.")]
    [InlineData("La grue s'est effondrée vendredi à Sorland.")]
    public void Another_day_is_told_otherwise(string claim)
    {
        var dossier = Check(claim);

        Assert.Contains(dossier.Check!.Differences, difference => difference.Kind == DiscrepancyKind.Date);
        Assert.Equal(["courrier", "post"], Articles(dossier, Stance.Denies));
        Assert.Empty(Articles(dossier, Stance.Affirms));
    }

    [Theory]
    [InlineData("en", "The bridge of Ulmer was not closed on Monday.", "The bridge of Ulmer was closed on Monday, the prefect said.", "The bridge of Ulmer was not closed on Monday, the mayor said.")]
    [InlineData("fr", "Le pont d'Ulmer n'a pas été fermé lundi.", "Le pont d'Ulmer a été fermé lundi, a dit le préfet.", "Le pont d'Ulmer n'a pas été fermé lundi, a dit le maire.")]
    public void Who_negates_a_claim_that_negates_tells_it(string language, string claim, string affirming, string negating)
    {
        const string Rest = " It rained in the hills of Marlow. Two ships wait for the tide. The market opens at noon.";
        var dossier = Check(claim, [Some.Annotated(affirming + Rest, "a", language, published: "2026-03-04"), Some.Annotated(negating + Rest, "b", language, published: "2026-03-04")]);

        Assert.Equal(["b"], Articles(dossier, Stance.Affirms));
        Assert.Equal(["a"], Articles(dossier, Stance.Denies));
    }

    [Fact]
    public void A_language_that_nobody_knows_is_told() => Assert.Throws<ClaimException>(() => ClaimChecker.Check("A crane fell.", "xx", [Crane], new PipelineOptions(), TestContext.Current.CancellationToken));

    [Theory]
    [InlineData("The minister of transport resigned over a bribe.")]
    [InlineData("Le ministre des Transports a démissionné pour corruption.")]
    public void What_nobody_tells_has_no_point_and_every_article_is_named(string claim)
    {
        var dossier = Check(claim);

        Assert.Empty(dossier.Points);
        Assert.Equal(3, dossier.Check!.Silent.Length + dossier.Check.Perhaps.Length);
        Assert.Equal(3, dossier.Articles.Length);
    }

    [Theory]
    [InlineData("A crane collapsed in Sorland during a concert.", "concert")]
    [InlineData("Une grue s'est effondrée à Sorland pendant un concert.", "concert")]
    public void What_no_passage_gives_of_a_claim_is_told(string claim, string word)
    {
        var dossier = Check(claim);

        Assert.Equal([word], dossier.Check!.Missing.Select(span => span.Quote(claim)));
    }

    [Fact]
    public void Stories_in_which_somebody_tells_it_are_one_question()
    {
        ImmutableArray<AnnotatedArticle> other = [Some.Annotated("The council of Marlow raised the water tax by a tenth on Monday, the mayor said.", "gazette", "en", outlet: "Gazette")];

        var dossier = Check("A crane collapsed at the port of Sorland.", [Crane[0]], other, [Crane[2]]);

        Assert.Equal(["courrier", "post"], Articles(dossier, Stance.Affirms));
        Assert.Equal(["post", "courrier"], dossier.Articles.Select(article => article.Id.Value));
    }

    [Fact]
    public void The_answer_does_not_hang_on_threads_and_ids()
    {
        const string Claim = "Four dockers were injured in Sorland.";
        ImmutableArray<AnnotatedArticle> taken = [.. Crane.Select((article, i) => i > 0 ? article : Some.Annotated(article.Article.Text, "claim", "en", article.Article.Title, article.Article.Outlet, "2026-03-04T08:00:00Z"))];

        string Written(ImmutableArray<AnnotatedArticle> articles, int threads)
        {
            using var text = new StringWriter { NewLine = "\n" };
            DossierText.Write(text, [ClaimChecker.Check(Claim, "en", [articles], new PipelineOptions { Threads = threads }, TestContext.Current.CancellationToken)], InterfaceTexts.Of("en"), new DossierTextOptions());
            return text.ToString();
        }

        Assert.Equal(Written(Crane, 1), Written(Crane, 4));
        Assert.Equal(Written(Crane, 1), Written(taken, 1));
    }

    [Theory]
    [InlineData("The crane collapsed on Friday.", "en")]
    [InlineData("La grue s'est effondrée vendredi.", "fr")]
    [InlineData("Dockers injured", "en")]
    [InlineData("Des dockers blessés", "fr")]
    public void The_language_of_a_short_claim_is_told_by_its_words(string claim, string language) => Assert.Equal(language, Check(claim).Check!.Language);

    [Theory]
    [InlineData("")]
    [InlineData(" … ?! ")]
    public void A_claim_without_words_cannot_be_asked(string claim) => Assert.Throws<ClaimException>(() => Check(claim));

    [Fact]
    public void A_claim_is_a_sentence_or_two()
    {
        Assert.Throws<ClaimException>(() => Check(new string('a', ClaimChecker.MostCharacters + 1)));
        Assert.Empty(ClaimChecker.Check("A crane collapsed.", null, [], new PipelineOptions(), TestContext.Current.CancellationToken).Articles);
    }

    [Theory]
    [InlineData("en", "“Forty dockers were injured in the port of Sorland.”", "No article tells it as it stands", "tells otherwise", "“Forty dockers” ≠ “Four dockers”")]
    [InlineData("fr", "« Forty dockers were injured in the port of Sorland. »", "Aucun article ne le dit tel quel", "dit autre chose", "« Forty dockers » ≠ « Four dockers »")]
    public void All_forms_of_a_dossier_say_it(string language, params string[] said)
    {
        var (dossier, texts) = (Check("Forty dockers were injured in the port of Sorland."), InterfaceTexts.Of(language));
        using StringWriter text = new(), markdown = new(), html = new();
        DossierText.Write(text, [dossier], texts, new DossierTextOptions { Width = 200 });
        DossierMarkdown.Write(markdown, [dossier], texts, "0");
        DossierHtml.Write(html, [dossier], texts, "0");

        foreach (var written in new[] { text, markdown, html })
            Assert.All(said, words => Assert.Contains(words, Plain(written.ToString()), StringComparison.Ordinal));
    }
}
