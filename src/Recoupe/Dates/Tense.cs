using Recoupe.Languages;
using Recoupe.Text;

namespace Recoupe.Dates;

/// <summary>What a clause says about the time of what it tells.</summary>
internal enum Tense : byte
{
    Unknown, Past, Future, Present,

    /// <summary>An auxiliary: past before a participle.</summary>
    Have,

    Participle,

    /// <summary>Looks like a sign and is none.</summary>
    Neither,

    /// <summary>Future where no verb says otherwise.</summary>
    Hint,

    /// <summary>Promises or demands: what is told behind its object is still to come, what stands right beside it is when it was said.</summary>
    Pledge,
}

/// <summary>The words and endings that tell the tense of a clause (list <c>tense</c>).</summary>
internal sealed class TenseSigns
{
    // How far a verb may stand from the date it goes with, in tokens.
    private const int Reach = 14;
    private const int LongestEnding = 7;

    // "Promised on Monday": the day of the promise.
    private const int BesidePledge = 2;

    private readonly PhraseTable<Sign> _words;
    private readonly Dictionary<string, Tense>.AlternateLookup<ReadOnlySpan<char>> _endings;

    public TenseSigns(Language language)
    {
        var lines = language.Lines("tense").Select(line => line.Split('\t'))
            .Select(columns => (Word: columns[0], Tense: Enum.Parse<Tense>(columns[1], ignoreCase: true))).ToList();
        _words = new PhraseTable<Sign>(language, lines.Where(line => line.Word[0] != '-')
            .Select(line => KeyValuePair.Create(line.Word, new Sign(line.Tense))));
        _endings = lines.Where(line => line.Word[0] == '-').ToDictionary(line => line.Word[1..], line => line.Tense, StringComparer.OrdinalIgnoreCase)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The tense of the clause around the tokens from <paramref name="from"/> to <paramref name="to"/>: the nearest sign in the sentence, those before first.</summary>
    public Tense Around(AnalyzedText text, int from, int to)
    {
        var sentence = text.SentenceAt(text.Tokens[from].Start);
        var bounds = sentence < 0 ? new TextSpan(0, text.Text.Length) : text.Sentences[sentence];
        var isHinted = false;
        var before = Search(text, from - 1, -1, bounds, ref isHinted, out var far);
        var after = Search(text, to + 1, 1, bounds, ref isHinted, out var near);
        if (before == Tense.Unknown && after == Tense.Unknown)
            return isHinted ? Tense.Future : Tense.Unknown;
        if (before == Tense.Unknown)
            return after;
        // A sign after counts where it is much nearer: "the vote on Friday will …" after a long past clause.
        return after != Tense.Unknown && near * 3 < far ? after : before;
    }

    private Tense Search(AnalyzedText text, int start, int step, TextSpan bounds, ref bool isHinted, out int distance)
    {
        distance = 0;
        for (var i = start; i >= 0 && i < text.Tokens.Length && distance < Reach; i += step)
        {
            distance++;
            var token = text.Tokens[i];
            if (token.Start < bounds.Start || token.End > bounds.End)
                break;
            if (token.Kind != TokenKind.Word)
                continue;
            var sign = Of(text, i);
            isHinted |= sign == Tense.Hint;
            if (sign == Tense.Pledge)
                sign = distance > BesidePledge ? Tense.Future : Tense.Past;
            if (sign == Tense.Have)
                sign = FollowedByParticiple(text, i, bounds) ? Tense.Past : Tense.Unknown;
            // "Due to be published in May": the participle is not the clause's tense.
            if (sign == Tense.Past && AfterFuture(text, i, bounds))
                return Tense.Future;
            if (sign is Tense.Past or Tense.Future)
                return sign;
        }

        return Tense.Unknown;
    }

    private bool AfterFuture(AnalyzedText text, int i, TextSpan bounds)
    {
        for (var j = i - 1; j >= 0 && j >= i - 3 && text.Tokens[j].Start >= bounds.Start && text.Tokens[j].Kind == TokenKind.Word; j--)
        {
            if (Of(text, j) is var sign and (Tense.Future or Tense.Past))
                return sign == Tense.Future;
        }

        return false;
    }

    private bool FollowedByParticiple(AnalyzedText text, int i, TextSpan bounds)
    {
        for (var j = i + 1; j < text.Tokens.Length && j <= i + 3 && text.Tokens[j].End <= bounds.End; j++)
        {
            if (text.Tokens[j].Kind != TokenKind.Word)
                return false;
            var sign = Of(text, j);
            if (sign is Tense.Participle)
                return true;
        }

        return false;
    }

    private Tense Of(AnalyzedText text, int i)
    {
        if (_words.Find(text.Text, text.Tokens, i, out _) is { } sign)
            return sign.Tense;
        var word = text[text.Tokens[i]];
        if (char.IsUpper(word[0]) || word.Length > 24)
            return Tense.Unknown;
        for (var length = Math.Min(LongestEnding, word.Length - 2); length > 0; length--)
        {
            if (_endings.TryGetValue(word[^length..], out var tense))
                return tense;
        }

        return Tense.Unknown;
    }

    private sealed record Sign(Tense Tense);
}
