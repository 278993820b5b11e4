using System.Globalization;

using Recoupe.Articles;
using Recoupe.Corrections;
using Recoupe.Dossiers;
using Recoupe.Storage;
using Recoupe.Web.Access;
using Recoupe.Web.Api;
using Recoupe.Web.Desk.Pages;

namespace Recoupe.Web.Desk;

/// <summary>Corrections by hand: each is shown with what it would do before it is done, and can be undone.</summary>
internal static class CorrectionRoutes
{
    private const int AtOnce = 50;

    public static void MapCorrectionPages(this RouteGroupBuilder desk)
    {
        desk.MapGet("/corrections", (Archive archive, HttpContext context) => DeskResults.Page<CorrectionsPage>(context, List(archive, context)));
        desk.MapGet("/corrections.json", (Archive archive, HttpContext context) =>
            TypedResults.Json(archive.Corrections.List(new CorrectionFilter(), AtOnce, context.Request.Query["cursor"]).Items.Select(CorrectionFacts.Of)));
        desk.MapPost("/corrections/preview", Preview).Needs(AccountRole.Analyst);
        desk.MapPost("/corrections", Make).Needs(AccountRole.Analyst);
        desk.MapPost("/corrections/undo/preview", PreviewUndo).Needs(AccountRole.Analyst);
        desk.MapPost("/corrections/undo", Undo).Needs(AccountRole.Analyst);
    }

    /// <summary>What was noted of an article: notes and stars that hold.</summary>
    public static IReadOnlyList<string> NotesOf(Archive archive, ArticleId id, InterfaceTexts texts)
    {
        var forms = new CorrectionForms(archive, texts);
        return [.. archive.Corrections.List(new CorrectionFilter(Article: id, Undone: false), AtOnce).Items.Select(kept => forms.Words(kept.Correction))];
    }

    private static CorrectionsModel List(Archive archive, HttpContext context)
    {
        var texts = DeskReader.Of(context).Texts;
        var forms = new CorrectionForms(archive, texts);
        var page = archive.Corrections.List(new CorrectionFilter(), AtOnce, context.Request.Query["cursor"].ToString() is { Length: > 0 } cursor ? cursor : null);
        var told = new List<string>();
        foreach (var key in new[] { "made", "undone" })
        {
            if (int.TryParse(context.Request.Query[key], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
                told.Add(texts.Count("correct." + key, count));
        }

        return new CorrectionsModel([.. page.Items.Select(kept => new CorrectionLine(
            kept, forms.Words(kept.Correction), archive.Article(kept.Correction.Concerns.First())?.Story.Value))], page.Next, told);
    }

    private static async Task<IResult> Preview(Archive archive, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        var texts = DeskReader.Of(context).Texts;
        var forms = new CorrectionForms(archive, texts);
        var corrections = forms.Read(form);
        if (corrections.Count == 0)
            return DeskResults.Wrong(context, StatusCodes.Status400BadRequest, "wrong.failed", texts["correct.nothing"]);
        var preview = archive.Corrections.Preview(corrections, cancellationToken);
        var why = form["why"].ToString().Trim() is { Length: > 0 } reason ? reason : null;
        return DeskResults.Page<CorrectionPreviewPage>(context, ModelOf(
            forms, texts, [.. corrections.Select(forms.Words)], preview, "/corrections", [("batch", CorrectionForms.Write(corrections)), .. why is null ? [] : new[] { ("why", why) }], isUndo: false));
    }

    private static async Task<IResult> Make(Archive archive, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        var why = form["why"].ToString().Trim() is { Length: > 0 } reason ? reason : null;
        var made = archive.Corrections.Add(CorrectionForms.ReadBatch(form["batch"].ToString()), WhoAsks.Of(context), why, clock);
        return DeskResults.SeeOther(context, string.Create(CultureInfo.InvariantCulture, $"/corrections?made={made.Count}"));
    }

    private static async Task<IResult> PreviewUndo(Archive archive, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        var texts = DeskReader.Of(context).Texts;
        var numbers = Numbers(form);
        if (numbers.Count == 0)
            return DeskResults.Wrong(context, StatusCodes.Status400BadRequest, "wrong.failed", texts["correct.nothing"]);
        var forms = new CorrectionForms(archive, texts);
        var preview = archive.Corrections.PreviewUndo(numbers, cancellationToken);
        var says = numbers.Select(archive.Corrections.Find).OfType<KeptCorrection>().Select(kept => forms.Words(kept.Correction));
        return DeskResults.Page<CorrectionPreviewPage>(context, ModelOf(
            forms, texts, [.. says], preview, "/corrections/undo", [.. numbers.Select(number => ("number", number.ToString(CultureInfo.InvariantCulture)))], isUndo: true));
    }

    private static async Task<IResult> Undo(Archive archive, TimeProvider clock, HttpContext context, CancellationToken cancellationToken)
    {
        var form = await context.FormAsync(cancellationToken);
        var undone = archive.Corrections.Undo(Numbers(form), WhoAsks.Of(context), clock);
        return DeskResults.SeeOther(context, string.Create(CultureInfo.InvariantCulture, $"/corrections?undone={undone.Count}"));
    }

    private static List<long> Numbers(IFormCollection form) =>
        [.. form["number"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0).Where(number => number > 0).Distinct()];

    private static CorrectionPreviewModel ModelOf(
        CorrectionForms forms, InterfaceTexts texts, IReadOnlyList<string> says, CorrectionPreview preview, string action, IReadOnlyList<(string, string)> fields, bool isUndo)
    {
        string Known(string? value) => value is null ? texts["desk.unknown"] : ShownText.Line(value);
        var lines = preview.Moves.Select(move => texts.Fill("correct.moves", forms.NameOf(move.Article)))
            .Concat(preview.Articles.Select(changed => texts.Fill("correct.changes", forms.NameOf(changed.Article), Known(changed.Before), Known(changed.After))))
            .Concat(preview.Statements.Select(changed => texts.Fill("correct.speaks", texts.Quoted(ShownText.Line(changed.Content)), Known(changed.Before), Known(changed.After))))
            .Concat(preview.Points is null ? [texts["correct.preview.points.many"]] : []);
        var points = (preview.Points ?? []).Select(changed => new ChangedPointLine(
            texts.Quoted(ShownText.Line(changed.Text)), Footing(changed.Before, texts["correct.new"]), Footing(changed.After, texts["correct.gone"])));
        return new CorrectionPreviewModel(says, [.. lines], [.. points], [.. preview.WithoutEffect.Select(item => texts.Why(item.Why))], action, fields, isUndo);

        string Footing(PointFooting? footing, string none) => footing is null ? none : string.Join(
            texts["list.comma"], texts["grade." + footing.Grade], texts.Origins(footing.Fewest, footing.Most), texts.Count("passage", footing.Passages));
    }
}
