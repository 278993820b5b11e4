using System.Globalization;

using Recoupe.Dates;
using Recoupe.Documents;

namespace Recoupe.Fetches;

/// <summary>Makes a document of a page that was fetched, as one is made of a page of an archive.</summary>
public static class FetchedPage
{
    /// <summary>As <see cref="Read"/>; what its publisher reserves from text mining is no document unless a person takes it upon themselves.</summary>
    public static Intake ReadUnlessReserved(Fetch fetch, DocumentOptions options, bool takesReserved)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        return fetch.Outcome == FetchOutcome.Fetched && fetch.Reservation is { } reservation && !takesReserved
            ? new Intake(null, new SkippedDocument(fetch.Address, $"{reservation}: it is not taken in unless --take-reserved says so"))
            : Read(fetch, options);
    }

    /// <summary>The document, or why there is none.</summary>
    public static Intake Read(Fetch fetch, DocumentOptions options)
    {
        ArgumentNullException.ThrowIfNull(fetch);
        var place = new DocumentPlace(fetch.Address, fetch.Address);
        if (fetch.Outcome != FetchOutcome.Fetched)
            return place.Skip(fetch.Reason);
        if (fetch.Body.IsEmpty)
            return place.Skip("is empty");
        var captured = Moment.Parse(fetch.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        var record = new CapturedRecord(fetch.FinalAddress, captured, fetch.ContentType, IsCut: false);
        List<string> notes = [.. fetch.Notes];
        if (fetch.Reservation is { } reservation)
            notes.Add(reservation);
        return CapturedPage.OfBody(record, fetch.ContentType, fetch.Body.ToArray(), notes, place, out var other) is { } page
            ? page.Document is { } document ? new Intake(document with { Key = DocumentIds.Canonical(fetch.FinalAddress) }, null) : page
            : place.Skip($"is no page but {other}");
    }
}
