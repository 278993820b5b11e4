using Recoupe.Languages;
using Recoupe.Text;
using Recoupe.Text.Syntax;
using Recoupe.Training;

namespace Recoupe.Tests.Text;

public sealed class ParserTrainingTests
{
    private const string Treebank = """
        # text = The crew of the boat stops.
        1	The	the	DET	_	_	2	det	_	_
        2	crew	crew	NOUN	_	Number=Sing	6	nsubj	_	_
        3	of	of	ADP	_	_	5	case	_	_
        4	the	the	DET	_	_	5	det	_	_
        5	boat	boat	NOUN	_	Number=Sing	2	nmod	_	_
        6	stops	stop	VERB	_	Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin	0	root	_	SpaceAfter=No
        7	.	.	PUNCT	_	_	6	punct	_	_

        # text = The boats don't wait.
        1	The	the	DET	_	_	2	det	_	_
        2	boats	boat	NOUN	_	Number=Plur	5	nsubj	_	_
        3-4	don't	_	_	_	_	_	_	_	_
        3	do	do	AUX	_	Mood=Ind|Tense=Pres|VerbForm=Fin	5	aux	_	_
        4	n't	not	PART	_	_	5	advmod	_	_
        5	wait	wait	VERB	_	VerbForm=Inf	0	root	_	SpaceAfter=No
        6	.	.	PUNCT	_	_	5	punct	_	_

        # text = Ropes from harbour-front sheds hold boats.
        1	Ropes	rope	NOUN	_	Number=Plur	7	nsubj	_	_
        2	from	from	ADP	_	_	6	case	_	_
        3	harbour	harbour	NOUN	_	Number=Sing	5	compound	_	SpaceAfter=No
        4	-	-	PUNCT	_	_	3	punct	_	SpaceAfter=No
        5	front	front	NOUN	_	Number=Sing	6	compound	_	_
        6	sheds	shed	NOUN	_	Number=Plur	1	nmod	_	_
        7	hold	hold	VERB	_	Mood=Ind|Tense=Pres|VerbForm=Fin	0	root	_	_
        8	boats	boat	NOUN	_	Number=Plur	7	obj	_	SpaceAfter=No
        9	.	.	PUNCT	_	_	7	punct	_	_


        """;

    private static readonly Language English = Language.Find("en")!;

    [Fact]
    public void A_tiny_treebank_is_learnt_by_heart_and_survives_being_written()
    {
        var stream = new MemoryStream();
        Train().Write(stream);
        stream.Position = 0;
        var (tags, agreements) = TaggerTraining.Train(Sentences(), English, new TaggerTraining.Options { Rounds = 8 }, TextWriter.Null);
        var score = ParserScore.Of(DependencyParser.Read(stream, WordClusters.For(English)), new Tagger(tags, agreements, WordClusters.For(English)), Read(), English);
        Assert.True(score.Words > 12);
        Assert.Equal(score.Words, score.Both);
    }

    [Fact]
    public void The_same_treebank_gives_the_same_model()
    {
        Assert.Equal(Bytes(), Bytes());

        static byte[] Bytes()
        {
            var stream = new MemoryStream();
            Train().Write(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void A_token_over_several_words_takes_the_arc_of_the_highest()
    {
        var sentence = Read()[2];
        var tokens = Tokenizer.Tokenize(sentence.Text, English);
        var arcs = sentence.Arcs(tokens.AsSpan());
        var token = Enumerable.Range(0, tokens.Length).Single(i => tokens[i].Span.Quote(sentence.Text) == "harbour-front");
        Assert.Equal(Relation.Compound, arcs[token].Relation);
        Assert.Equal("sheds", tokens[arcs[token].Head].Span.Quote(sentence.Text));
    }

    [Fact]
    public void Treebanks_that_only_measure_are_not_trained_on()
    {
        Assert.True(ParserTraining.MayTrain("en_ewt-train-from-sources.conllu"));
        Assert.False(ParserTraining.MayTrain("fr_partut-ud-train.conllu"));
        Assert.Equal(2, ParserTraining.Run(["en", "models", "en_gum-ud-dev.conllu"]));
    }

    [Fact]
    public void What_is_no_model_is_refused() =>
        Assert.Throws<InvalidDataException>(() => DependencyParser.Read(new MemoryStream([1, 2, 3, 4, 5, 6, 7, 8]), WordClusters.None));

    private static DependencyParser Train() => ParserTraining.Train(Sentences(), English, new ParserTraining.Options { Folds = 2 }, TextWriter.Null);

    private static List<TreebankSentence> Sentences() => [.. Enumerable.Repeat(Read(), 8).SelectMany(each => each)];

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
}
