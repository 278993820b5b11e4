using Recoupe.Training;

const string Usage = """
    Trains the models that the engine is built with. The same data gives the same model.

        Recoupe.Training story DATA OUT [--invented PATH]… [--check]   the join decisions of grouping; --check prints each set left out in turn
        Recoupe.Training blocks DATA OUT [--check]     the article's blocks on a page; --check prints how held-out pages are read
        Recoupe.Training terms DATA OUT                how common terms are in news
        Recoupe.Training tagger LANGUAGE OUT TREEBANK…  parts of speech and forms of words
        Recoupe.Training parser LANGUAGE OUT TREEBANK…  what each word is to which other, on tags as the tagger gives them
        Recoupe.Training lemmatizer LANGUAGE OUT TREEBANK…  from the form of a word to its lemma
        Recoupe.Training attributions OUT DATA… [--ways FOLDER] [--language CODE] [--check]    cues, contents, sources and acts of attributions
        Recoupe.Training origins OUT FOLDER… [--points DIR] [--check [STORY…]]    whom passages go back to; --check prints each affair left out, the origins of the named stories
        Recoupe.Training entities OUT SET…              names of people, organisations and places
        Recoupe.Training points OUT FOLDER… [--pairs] [--check [--dossiers DIR]]   whether passages tell one point, and which points are told
        Recoupe.Training amounts OUT FOLDER… [--check]   whether two amounts are told of one thing
        Recoupe.Training actors OUT [--check FOLDER] SET…    whom descriptions and pronouns mean
        Recoupe.Training speakers OUT LISTED FOLDER… [--check]    whether whom an article is read to give as a speaker is a source
        Recoupe.Training kin LIST OUT                  which meanings may tell one fact
        Recoupe.Training claims OUT CLAIMS FOLDER… [--check [--dossiers DIR]]    which passages of a story tell a claim
        Recoupe.Training words LANGUAGE OUT TEXTS…      which words stand in the same surroundings
        Recoupe.Training names LISTS DATA OUT           what the world's names and a language's words look like, for the same
    """;

switch (args)
{
    case ["story", var data, var output, .. var more]:
        return StoryTraining.Run(data, output, more, Console.Out);
    case ["blocks", var data, var output, .. var more]:
        return BlockTraining.Run(data, output, more.Contains("--check"), Console.Out);
    case ["terms", var data, var output]:
        return TermTraining.Run(data, output, Console.Out);
    case ["tagger", .. var rest]:
        return TaggerTraining.Run(rest);
    case ["parser", .. var rest]:
        return ParserTraining.Run(rest);
    case ["lemmatizer", .. var rest]:
        return LemmatizerTraining.Run(rest);
    case ["attributions", .. var rest]:
        return AttributionTraining.Run(rest);
    case ["points", .. var rest]:
        return PointTraining.Run(rest, Console.Out);
    case ["amounts", .. var rest]:
        return AmountTraining.Run(rest, Console.Out);
    case ["actors", .. var rest]:
        return ActorTraining.Run(rest, Console.Out);
    case ["words", .. var rest]:
        return WordTraining.Run(rest, Console.Out);
    case ["names", var lists, var data, var output]:
        return NameTraining.Run(lists, data, output, Console.Out);
    case ["origins", .. var rest]:
        return OriginTraining.Run(rest, Console.Out);
    case ["kin", var list, var output]:
        return KinTraining.Run(list, output, Console.Out);
    case ["claims", .. var rest]:
        return ClaimTraining.Run(rest, Console.Out);
    case ["speakers", .. var rest]:
        return SpeakerTraining.Run(rest, Console.Out);
    case ["entities", .. var rest]:
        return EntityTraining.Run(rest);
    default:
        Console.Error.WriteLine(Usage);
        return 2;
}
