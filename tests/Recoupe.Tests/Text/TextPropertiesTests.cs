using Recoupe.Entities;
using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Tests.Text;

/// <summary>What holds for every text, broken ones too.</summary>
public sealed class TextPropertiesTests
{
    private const int Megabyte = 1 << 20;

    public static IEnumerable<TheoryDataRow<string, string>> Hostile()
    {
        foreach (var language in new[] { "fr", "en" })
        {
            foreach (var piece in new[] { "\"", "« ", "A", "A.", "A. ", "mot", "Nom ", "l'", "a@", "www.", "1,", "Le Parti de ", "\uD83D\uDE00", "\uD83D", "-", "'", "x-", "é\u0301 ", "\n" })
                yield return new TheoryDataRow<string, string>(language, piece);
        }
    }

    [Theory]
    [MemberData(nameof(Hostile))]
    public void A_megabyte_of_one_piece_is_analysed_with_all_spans_in_order(string language, string piece) =>
        Check(string.Concat(Enumerable.Repeat(piece, Megabyte / piece.Length)), language);

    [Fact]
    public void Texts_mixed_from_marks_and_words_keep_all_spans_in_order()
    {
        var random = new Random(7);
        string[] pieces = ["«", "»", "\"", "”", "“", ".", "…", "!", " ", "\u00A0", "\u202F", "\n", "l'", "L’", "M.", "Dupin", "dit", "-t-il", "3", ",", "U.S.", "www.x.example", "(", ")", "É", "\uD83D", "de ", "Paris ", "Université "];
        for (var i = 0; i < 400; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => pieces[random.Next(pieces.Length)]));
            Check(text, i % 2 == 0 ? "fr" : "en");
        }
    }

    [Fact]
    public void A_text_of_no_known_language_has_tokens_and_sentences_but_no_tags()
    {
        var text = AnalyzedText.Of("Der Hafen ist zu. Das Schiff wartet.", null);
        Assert.Equal(2, text.Sentences.Length);
        Assert.All(text.Tokens, token => Assert.Equal(PartOfSpeech.Unknown, token.Tag));
        Assert.Empty(EntityFinder.Find(text, null));
    }

    private static void Check(string content, string language)
    {
        var text = AnalyzedText.Of(content, Language.Find(language));
        var at = 0;
        foreach (var token in text.Tokens)
        {
            Assert.True(token.Start >= at && token.End > token.Start && token.End <= content.Length);
            Assert.True(string.IsNullOrWhiteSpace(content[at..token.Start].Trim('\u00AD', '\uFEFF', '\u200B')));
            Assert.NotEqual(PartOfSpeech.Unknown, token.Tag);
            at = token.End;
        }

        at = 0;
        foreach (var sentence in text.Sentences)
        {
            Assert.True(sentence.Start >= at && sentence.End > sentence.Start && sentence.End <= content.Length);
            at = sentence.End;
        }

        Assert.Equal(text.Tokens.Length > 0, text.Sentences.Length > 0);
        at = 0;
        foreach (var entity in EntityFinder.Find(text, null))
        {
            Assert.True(entity.Span.Start >= at && entity.Span.End > entity.Span.Start && entity.Span.End <= content.Length);
            Assert.NotEmpty(entity.Name);
            at = entity.Span.End;
        }
    }
}
