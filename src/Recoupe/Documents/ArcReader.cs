using Recoupe.Dates;

namespace Recoupe.Documents;

/// <summary>Reads ARC, what web archives were kept in before WARC: a line with address, day, type and length before each capture.</summary>
internal static class ArcReader
{
    /// <summary>The pages of an archive.</summary>
    public static IEnumerable<Intake> Read(Stream stream, DocumentPlace place, DocumentOptions options)
    {
        var archive = new ArchiveStream(stream);
        var passed = new PassedOver();
        for (var number = 1; ; number++)
        {
            archive.SkipLineEnds();
            if (archive.ReadLine(1 << 16) is not { } line)
                break;
            var at = place.At(number);
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 5 || !parts[0].Contains(':', StringComparison.Ordinal) || !long.TryParse(parts[^1], out var length) || length < 0)
            {
                passed.AddTold();
                yield return at.Skip("is no ARC record: the archive is damaged from here");
                break;
            }

            if (length > options.MaxDocumentBytes)
            {
                passed.AddTold();
                yield return at.Skip($"the record is longer than {options.MaxDocumentBytes >> 20} MiB");
                if (!archive.Skip(length))
                    break;
                continue;
            }

            var payload = archive.ReadBytes((int)length);
            if (parts[0].StartsWith("filedesc:", StringComparison.OrdinalIgnoreCase) || parts[0].StartsWith("dns:", StringComparison.OrdinalIgnoreCase))
                continue;
            var record = new CapturedRecord(parts[0], Day(parts[2]), parts[3], payload.Length < length);
            var intake = CapturedPage.Read(record, payload, at, options, out var other);
            passed.Add(other);
            if (intake is { } told)
            {
                passed.HasPage = true;
                yield return told;
            }
        }

        if (passed.ToIntake(place) is { } end)
            yield return end;
    }

    // "20010203040506"
    private static Moment? Day(string digits) => digits.Length < 8 ? null : Moment.Parse(
        $"{digits[..4]}-{digits[4..6]}-{digits[6..8]}" + (digits.Length >= 14 ? $"T{digits[8..10]}:{digits[10..12]}:{digits[12..14]}Z" : ""));
}
