using System.Collections.Immutable;

using Recoupe.Articles;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>A line about a claim.</summary>
/// <param name="Label">Whose line it is, or in what it differs.</param>
/// <param name="Claimed">The words of the claim that it is about; null where it is about all of it.</param>
/// <param name="Words">The passage that it rests on.</param>
/// <param name="Stance">How that stands to the claim.</param>
internal sealed record CheckLine(string Label, string? Claimed, Evidence Words, Stance Stance = Stance.Affirms);

/// <summary>Lines about a claim under one heading.</summary>
/// <param name="Key">What they are called in the interface's texts.</param>
/// <param name="Lines">The lines; at least one.</param>
internal sealed record CheckSection(string Key, ImmutableArray<CheckLine> Lines);

/// <summary>What a dossier about a claim tells beside its point: what all formats say, in the order in which they say it.</summary>
internal sealed class CheckView
{
    private readonly DossierView _view;
    private readonly ClaimCheck _check;

    public CheckView(DossierView view, ClaimCheck check)
    {
        (_view, _check) = (view, check);
        var told = view.Dossier.Points.SelectMany(point => point.Point.Passages).GroupBy(passage => passage.Evidence.Article)
            .Select(article => article.MaxBy(passage => passage.Likelihood)!).OrderBy(passage => view[passage.Evidence.Article].Number).ToList();
        Sections =
        [
            .. new CheckSection[]
            {
                new("check.told", [.. told.Select(passage => new CheckLine(view[passage.Evidence.Article].Tag, null, passage.Evidence, passage.Stance))]),
                new("check.differs", [.. check.Differences.Select(difference => new CheckLine(view.Texts.Name("kind", difference.Kind), ShownText.Line(difference.Claimed.Quote(check.Text)), difference.Told))]),
                new("check.perhaps", [.. check.Perhaps.Select(passage => new CheckLine(view[passage.Evidence.Article].Tag, null, passage.Evidence))]),
            }.Where(section => !section.Lines.IsEmpty),
        ];
    }

    /// <summary>The claim, on one line, between quotation marks.</summary>
    public string Claim => _view.Texts.Quoted(ShownText.Line(_check.Text));

    /// <summary>What is said first: that nobody surely tells it, or nobody as it stands, and what of it no passage gives; empty where there is nothing of that.</summary>
    public IEnumerable<string> Notes()
    {
        var texts = _view.Texts;
        if (_view.Dossier.Points.IsEmpty)
            yield return texts["check.nobody"];
        else if (!_view.Dossier.Points.Any(point => point.Point.Passages.Any(passage => passage.Stance == Stance.Affirms)))
            yield return texts["check.otherwise"];
        else if (_check.IsDoubtful)
            yield return texts["check.doubt"];
        if (!_check.Missing.IsEmpty)
            yield return texts.Fill("check.missing", string.Join(texts["list.comma"], _check.Missing.Select(span => texts.Quoted(ShownText.Line(span.Quote(_check.Text))))));
    }

    /// <summary>The passages, by what they are to the claim.</summary>
    public ImmutableArray<CheckSection> Sections { get; }

    /// <summary>The articles in which it was not found; null where it was found in all.</summary>
    public string? Silent => _check.Silent.IsEmpty ? null : _view.Texts.Fill("check.silent", string.Join(_view.Texts["list.comma"], _check.Silent.Select(article => _view[article].Tag)));

    /// <summary>What a line begins with: whose passage it is, or in what it differs.</summary>
    public string Before(CheckLine line) => line.Label + (line.Stance == Stance.Affirms ? "" : $" ({_view.NameOf(line.Stance)})") + _view.Texts["colon"];

    /// <summary>The claim's words that a passage differs from, as they stand before it; empty where the line is about all of the claim.</summary>
    public string Against(CheckLine line) => line.Claimed is null ? "" : $"{_view.Texts.Quoted(line.Claimed)} ≠ ";

    /// <summary>What stands behind it: the article's number, where that was not told before.</summary>
    public string After(CheckLine line) => line.Claimed is null ? "" : $" [{_view[line.Words.Article].Number}]";
}
