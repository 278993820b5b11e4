using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>Reads WARC 1.0 and 1.1: one document per captured page, streamed record by record.</summary>
/// <remarks>
/// Pages are the 2xx responses, resources and conversions with HTML or plain text. What else the archive holds is passed over and told at its end;
/// what is damaged or too long is named. A length that does not fit costs its record at most: the next one is found again.
/// </remarks>
internal static class WarcReader
{
    // A record that is not wanted is kept up to this, for what a wrong length may have swallowed.
    private const int MaxKept = 1 << 20;

    /// <summary>The pages of an archive.</summary>
    public static IEnumerable<Intake> Read(Stream stream, DocumentPlace place, DocumentOptions options)
    {
        var archive = new ArchiveStream(stream);
        var passed = new PassedOver();
        var namesPages = false;
        var inOrder = true;
        for (var number = 1; inOrder; number++)
        {
            var at = place.At(number);
            archive.SkipLineEnds();
            if (archive.IsAtEnd())
                break;
            if (!archive.IsNext("WARC/"u8))
            {
                archive.ReadTo("WARC/"u8, 0, out var found);
                passed.AddTold();
                yield return at.Skip(found ? "is no WARC record: what stands up to the next one was passed over" : "is no WARC record: the archive is damaged from here");
                if (!found)
                    break;
            }

            archive.ReadLine(1 << 16);
            var fields = HeaderFields.Read(archive, options.MaxHeaderBytes);
            if (!long.TryParse(fields["content-length"], out var length) || length < 0)
            {
                passed.AddTold();
                yield return at.Skip("the record does not say how long it is: the next one is looked for");
                continue;
            }

            namesPages |= fields.Has("warc-page-id");
            var kind = Unwanted(fields, namesPages);
            if (length > (kind is null ? options.MaxDocumentBytes : MaxKept))
            {
                var whole = archive.Skip(length);
                if (kind is null)
                    yield return at.Skip($"the record is longer than {options.MaxDocumentBytes >> 20} MiB");
                passed.Add(kind);
                if (!whole)
                    yield return at.Skip("the archive is cut off in this record");
                continue;
            }

            var payload = archive.ReadBytes((int)length);
            var isCut = payload.Length < length;
            var fits = Fit(archive, ref payload, options, ref isCut);
            inOrder = archive.GivenBack <= 4 * archive.Read + MaxKept;
            if (!inOrder)
                yield return at.Skip("the lengths of the records do not fit: the archive was read up to here");
            if (kind is not null)
            {
                passed.Add(kind);
                continue;
            }

            var record = new CapturedRecord(
                fields["warc-target-uri"]?.Trim('<', '>'), Moment.Parse(fields["warc-date"]), fields["content-type"],
                isCut || fields.Has("warc-truncated"));
            var intake = CapturedPage.Read(record, payload, at, options, out var other);
            passed.Add(other);
            if (intake is { } told)
            {
                passed.HasPage = true;
                yield return fits || told.Document is not { } document
                    ? told
                    : new Intake(document with { Notes = [.. document.Notes, "the record's length does not fit its content: it was read up to the next record"] }, null);
            }
        }

        if (passed.ToIntake(place) is { } end)
            yield return end;
    }

    // What a record is if no page: crawlers store what they made of pages beside them.
    private static string? Unwanted(HeaderFields fields, bool namesPages)
    {
        var type = fields["warc-type"] ?? "";
        if (type is not ("response" or "resource" or "conversion"))
            return type is "revisit" ? "revisit" : type is "warcinfo" or "request" or "metadata" ? "" : "other record";
        var address = fields["warc-target-uri"]?.TrimStart('<') ?? "";
        if (address.StartsWith("urn:", StringComparison.OrdinalIgnoreCase))
            return "text or picture that a crawler took from a page";
        if (namesPages && fields.Has("warc-resource-type") && !fields.Has("warc-page-id"))
            return "frame or part of a page";
        return address.StartsWith("dns:", StringComparison.OrdinalIgnoreCase) ? "" : null;
    }

    // Behind a record there are line ends and the next record, or nothing. Where there is something else its length is wrong: too long, and the next
    // record stands in its content; or too short, and its content goes on.
    private static bool Fit(ArchiveStream archive, ref byte[] payload, DocumentOptions options, ref bool isCut)
    {
        archive.SkipLineEnds();
        var atEnd = archive.IsAtEnd();
        if (atEnd && !isCut || archive.IsNext("WARC/"u8))
            return true;
        if (RecordIn(payload) is { } next)
        {
            archive.GiveBack(payload.AsSpan(next));
            payload = payload[..next];
            isCut = false;
            return false;
        }

        if (atEnd)
            return true;
        var more = archive.ReadTo("WARC/"u8, Math.Max(0, options.MaxDocumentBytes - payload.Length), out _);
        payload = [.. payload, .. more];
        return false;
    }

    private static int? RecordIn(ReadOnlySpan<byte> payload)
    {
        for (var at = payload.IndexOf("\nWARC/1."u8); at >= 0;)
        {
            var head = payload.Slice(at, Math.Min(payload.Length - at, 512));
            if (head.IndexOf("\nWARC-"u8) >= 0 || head.IndexOf("\nContent-"u8) >= 0)
                return at + 1;
            var rest = payload[(at + 1)..].IndexOf("\nWARC/1."u8);
            at = rest < 0 ? -1 : at + 1 + rest;
        }

        return null;
    }
}
