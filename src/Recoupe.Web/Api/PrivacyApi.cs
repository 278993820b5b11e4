using Microsoft.AspNetCore.Http.HttpResults;

using Recoupe.Storage;
using Recoupe.Web.Access;

namespace Recoupe.Web.Api;

/// <summary>Who was erased, and for how long texts are kept: an administrator's.</summary>
internal static class PrivacyApi
{
    public static void MapPrivacy(this RouteGroupBuilder api)
    {
        api.MapGet("/erasures", Erasures).Needs(AccountRole.Administrator).WithTags("privacy").WithSummary("The erasures that were made, the last first; whom they were about is not kept");
        api.MapPost("/erasures", Erase).Needs(AccountRole.Administrator).WithTags("privacy")
            .WithSummary("Erases a person from all that the archive holds and from what comes in later, and says what was done; with preview=true only what would be");
        api.MapGet("/retention", Rules).Needs(AccountRole.Administrator).WithTags("privacy").WithSummary("For how long the texts of which sources are kept");
        api.MapPost("/retention", Set).Needs(AccountRole.Administrator).WithTags("privacy").WithSummary("Says for how long the texts of a source are kept: an outlet, or a host");
        api.MapDelete("/retention", Remove).Needs(AccountRole.Administrator).WithTags("privacy").WithSummary("Keeps the texts of a source for good from now on");
        api.MapPost("/retention/apply", Apply).Needs(AccountRole.Administrator).WithTags("privacy")
            .WithSummary("Lets go of the texts whose time is over, as the service does by itself, and says how many; with preview=true only how many would be");
    }

    private static IReadOnlyList<KeptErasure> Erasures(Archive archive) => archive.Erasures.All();

    private static Ok<ErasureReport> Erase(Archive archive, SharedIndex index, HttpContext context, NewErasure asked, bool? preview, CancellationToken cancellationToken)
    {
        var isPreview = preview ?? false;
        var report = archive.Erasures.Erase(asked.Names ?? [], asked.As, WhoAsks.Of(context), asked.Why, isPreview, TimeProvider.System, cancellationToken);
        if (!isPreview)
            index.Forget(cancellationToken);
        return TypedResults.Ok(report);
    }

    private static IReadOnlyList<RetentionRule> Rules(Archive archive) => archive.Retention.All();

    private static NoContent Set(Archive archive, HttpContext context, NewRetention rule)
    {
        archive.Retention.Set(rule.Source ?? "", rule.Days, WhoAsks.Of(context), TimeProvider.System);
        return TypedResults.NoContent();
    }

    private static Results<NoContent, ProblemHttpResult> Remove(Archive archive, string source) => archive.Retention.Remove(source)
        ? TypedResults.NoContent()
        : TypedResults.Problem($"nothing is said of {source}", statusCode: StatusCodes.Status404NotFound);

    private static Ok<IReadOnlyList<Expired>> Apply(Archive archive, SharedIndex index, bool? preview, CancellationToken cancellationToken)
    {
        var expired = archive.Retention.Apply(preview ?? false, TimeProvider.System, cancellationToken);
        if (preview is not true && expired.Count > 0)
            index.Forget(cancellationToken);
        return TypedResults.Ok(expired);
    }
}

/// <summary>A person to erase.</summary>
/// <param name="Names">All that the person is called.</param>
/// <param name="As">A pseudonym in the place of the name; null for a mark.</param>
/// <param name="Why">The reason, which is kept without the name; null for none.</param>
public sealed record NewErasure(IReadOnlyList<string>? Names, string? As, string? Why);

/// <summary>For how long the texts of a source are kept.</summary>
/// <param name="Source">An outlet, or the host of its addresses with what lies beneath it.</param>
/// <param name="Days">So many days after an article was taken in.</param>
public sealed record NewRetention(string? Source, int Days);
