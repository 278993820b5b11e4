using Recoupe.Discrepancies;
using Recoupe.Grades;
using Recoupe.Points;

namespace Recoupe.Dossiers;

/// <summary>What a list of stories says of a dossier: its main point and what stands behind it, and what deserves a look.</summary>
/// <param name="Point">The main point's clearest passage, on one line; null where nothing is told.</param>
/// <param name="Language">The language of that passage; null where unknown.</param>
/// <param name="Grade">The main point's grade; null where nothing is told.</param>
/// <param name="Fewest">Its origins, at least.</param>
/// <param name="Most">Its origins, at most.</param>
/// <param name="Stated">How many of the fewest a text states; the others are inferred.</param>
/// <param name="Points">How many points there are.</param>
/// <param name="Disputed">How many of them are disputed.</param>
/// <param name="Denied">How many of them somebody denies.</param>
/// <param name="Revised">How many values were revised.</param>
/// <param name="Copies">How many of its texts are taken from another.</param>
/// <param name="Omissions">How often an article leaves out what most tell.</param>
public sealed record DossierSummary(
    string? Point, string? Language, Grade? Grade, int Fewest, int Most, int Stated, int Points, int Disputed, int Denied, int Revised, int Copies, int Omissions)
{
    /// <summary>The summary of a dossier.</summary>
    public static DossierSummary Of(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var main = dossier.Points.IsEmpty ? null : dossier.Points[0];
        var article = main is null ? null : dossier.Articles.First(article => article.Id == main.Point.Clearest.Evidence.Article);
        return new DossierSummary(
            main is null ? null : ShownText.Line(main.Point.Clearest.Evidence.Span.Quote(article!.TextOf(main.Point.Clearest.Evidence.InTitle).Text)),
            article?.Article.Language, main?.Grade, main?.Origins.Fewest ?? 0, main?.Origins.Most ?? 0,
            main is null ? 0 : Math.Min(main.Origins.Fewest, main.Origins.Origins.Count(origin => origin.Stated && origin.Type is not null)),
            dossier.Points.Length, dossier.Points.Count(point => point.Grade == Grades.Grade.Disputed),
            dossier.Points.Count(point => point.Point.Passages.Any(passage => passage.Stance == Stance.Denies)),
            dossier.Discrepancies.Count(discrepancy => discrepancy.Resolution == Resolution.Update),
            dossier.Reuses.Where(reuse => reuse.Kind != Reuses.ReuseKind.QuotationsOnly).Select(reuse => reuse.To).Distinct().Count(),
            dossier.Omissions.Length);
    }
}
