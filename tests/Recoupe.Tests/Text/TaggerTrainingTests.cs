using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Training;

namespace Recoupe.Tests.Text;

public sealed class TaggerTrainingTests
{
    private const string Treebank = """
        # text = The crew stops.
        1	The	the	DET	_	Definite=Def	2	det	_	_
        2	crew	crew	NOUN	_	Number=Sing	3	nsubj	_	_
        3	stops	stop	VERB	_	Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin	0	root	_	SpaceAfter=No
        4	.	.	PUNCT	_	_	3	punct	_	_

        # text = The boats don't wait.
        1	The	the	DET	_	Definite=Def	2	det	_	_
        2	boats	boat	NOUN	_	Number=Plur	5	nsubj	_	_
        3-4	don't	_	_	_	_	_	_	_	_
        3	do	do	AUX	_	Mood=Ind|Tense=Pres|VerbForm=Fin	5	aux	_	_
        4	n't	not	PART	_	_	5	advmod	_	_
        5	wait	wait	VERB	_	VerbForm=Inf	0	root	_	SpaceAfter=No
        6	.	.	PUNCT	_	_	5	punct	_	_


        """;

    private static readonly Language English = Language.Find("en")!;

    [Fact]
    public void A_tiny_treebank_is_learnt_by_heart_and_survives_being_written()
    {
        var sentences = Enumerable.Repeat(Read(), 4).SelectMany(each => each).ToList();
        var (tags, agreements) = TaggerTraining.Train(sentences, English, new TaggerTraining.Options { Rounds = 8 }, TextWriter.Null);
        var tagger = new Tagger(Again(tags), Again(agreements), WordClusters.For(English));
        foreach (var sentence in Read())
        {
            var given = tagger.Tag(sentence.Text, Tokenizer.Tokenize(sentence.Text, English), [new TextSpan(0, sentence.Text.Length)]);
            Assert.Equal(
                sentence.Align(English).Where(token => token.Kind == TokenKind.Word).Select(token => token.Tag),
                given.Where(token => token.Kind == TokenKind.Word).Select(token => token.Tag));
        }
    }

    [Fact]
    public void The_same_treebank_gives_the_same_model()
    {
        var sentences = Enumerable.Repeat(Read(), 4).SelectMany(each => each).ToList();
        Assert.Equal(Bytes(), Bytes());

        byte[] Bytes()
        {
            var stream = new MemoryStream();
            TaggerTraining.Train(sentences, English, new TaggerTraining.Options { Rounds = 3 }, TextWriter.Null).Tags.Write(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_fused_word_is_cut_where_its_parts_make_up_its_letters()
    {
        var sentence = Read()[1];
        Assert.Equal(["The", "boats", "do", "n't", "wait", "."], sentence.Words.Select(word => word.Span.Quote(sentence.Text)));
    }

    [Fact]
    public void A_lemmatizer_gives_unseen_words_the_ending_that_seen_ones_have()
    {
        var lemmatizer = LemmatizerTraining.Train([
            ("porte", PartOfSpeech.Verb, "porter"), ("chante", PartOfSpeech.Verb, "chanter"), ("monte", PartOfSpeech.Verb, "monter"),
            ("dit", PartOfSpeech.Verb, "dire")]);
        Assert.Equal("visiter", lemmatizer.Lemma("visite", PartOfSpeech.Verb));
        Assert.Equal("dire", lemmatizer.Lemma("DIT", PartOfSpeech.Verb));
        Assert.Equal("visite", lemmatizer.Lemma("visite", PartOfSpeech.Noun));
    }

    [Fact]
    public void What_is_no_model_is_refused() =>
        Assert.Throws<InvalidDataException>(() => FeatureModel.Read(new MemoryStream([1, 2, 3, 4, 5, 6, 7, 8])));

    private static List<TreebankSentence> Read()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Treebank);
            return [.. TreebankSentence.Read(file)];
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static FeatureModel Again(FeatureModel model)
    {
        var stream = new MemoryStream();
        model.Write(stream);
        stream.Position = 0;
        return FeatureModel.Read(stream);
    }
}
