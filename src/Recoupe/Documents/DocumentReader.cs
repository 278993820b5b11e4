using System.IO.Compression;

namespace Recoupe.Documents;

/// <summary>Where a document stands in the input, and the name that it gets from there.</summary>
internal readonly record struct DocumentPlace(string Source, string Name)
{
    /// <summary>The place of the <paramref name="number"/>-th line, entry or record in it.</summary>
    public DocumentPlace At(int number) => new($"{Source}:{number}", $"{Name}:{number}");

    public Intake Skip(string reason) => new(null, new SkippedDocument(Source, reason));

    /// <summary>Tells what was left out on purpose.</summary>
    public Intake PassOver(string what) => new(null, new SkippedDocument(Source, what, IsExpected: true));
}

/// <summary>Reads files, folders and streams into documents. What a file is, is told by its content.</summary>
public static class DocumentReader
{
    // Enough of a page to meet its first tags behind a long comment, of a mail to meet its headers.
    internal const int PeekWindow = 1 << 16;

    /// <summary>Reads every path in order with the usual limits and no standard input.</summary>
    public static IEnumerable<Intake> Read(IEnumerable<string> paths, CancellationToken cancellationToken) => Read(paths, new DocumentOptions(), cancellationToken);

    /// <summary>Reads every path in order; what cannot be read comes out as a <see cref="SkippedDocument"/> and the rest goes on.</summary>
    /// <param name="paths">Files, folders (read recursively, in ordinal order, hidden files left out) or <c>-</c>.</param>
    /// <param name="options">Limits, and what <c>-</c> stands for.</param>
    /// <param name="cancellationToken">Looked at between documents.</param>
    public static IEnumerable<Intake> Read(IEnumerable<string> paths, DocumentOptions options, CancellationToken cancellationToken)
    {
        var skipped = new Dictionary<int, Intake>();
        var untold = new List<(int At, SkippedDocument Skipped)>();
        var files = new List<string>();
        foreach (var path in paths)
            Expand(path, files, skipped, untold);
        var names = DocumentNames.Of(files);
        var told = 0;
        for (var i = 0; i < files.Count; i++)
        {
            for (; told < untold.Count && untold[told].At <= i; told++)
                yield return new Intake(null, untold[told].Skipped);
            if (skipped.TryGetValue(i, out var reason))
            {
                yield return reason;
                continue;
            }

            var place = new DocumentPlace(files[i], names[i]);
            foreach (var intake in Guard(ReadFile(place, options), place))
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return intake;
            }
        }

        for (; told < untold.Count; told++)
            yield return new Intake(null, untold[told].Skipped);
    }

    /// <summary>Reads one document or archive from a stream that it closes.</summary>
    /// <param name="stream">The bytes, possibly gzip.</param>
    /// <param name="source">Names it in sources and skips.</param>
    /// <param name="options">Limits.</param>
    public static IEnumerable<Intake> Read(Stream stream, string source, DocumentOptions options)
    {
        var place = new DocumentPlace(source, DocumentNames.Of([source])[0]);
        return Guard(ReadStream(stream, place, options), place);
    }

    /// <summary>All of a stream, or null where it is longer than <paramref name="limit"/> bytes.</summary>
    internal static byte[]? ReadToEnd(Stream stream, int limit)
    {
        using var buffer = new MemoryStream();
        var chunk = new byte[1 << 16];
        int length;
        while ((length = stream.Read(chunk, 0, chunk.Length)) > 0)
        {
            if (buffer.Length + length > limit)
                return null;
            buffer.Write(chunk, 0, length);
        }

        return buffer.ToArray();
    }

    private static void Expand(string path, List<string> files, Dictionary<int, Intake> skipped, List<(int At, SkippedDocument Skipped)> untold)
    {
        if (!Directory.Exists(path))
        {
            files.Add(path);
            return;
        }

        var told = new List<SkippedDocument>();
        var found = FolderFiles.Of(path, told);
        untold.AddRange(told.Select(skip => (files.Count, skip)));
        files.AddRange(found);
        if (found.Count == 0 && told.Count == 0)
        {
            skipped[files.Count] = new DocumentPlace(path, path).Skip("is a folder without files");
            files.Add(path);
        }
    }

    // An input that breaks on the way has given what came before, and says where it stopped.
    private static IEnumerable<Intake> Guard(IEnumerable<Intake> intakes, DocumentPlace place)
    {
        using var each = intakes.GetEnumerator();
        while (true)
        {
            Intake intake;
            try
            {
                if (!each.MoveNext())
                    yield break;
                intake = each.Current;
            }
#pragma warning disable CA1031 // One unreadable input never ends a run, whatever a library throws at it.
            catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
#pragma warning restore CA1031
            {
                intake = place.Skip(Reason(exception));
            }

            yield return intake;
            if (intake.Skipped is { } skipped && skipped.Source == place.Source)
                yield break;
        }
    }

    private static string Reason(Exception exception) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "is not there: check the path",
        UnauthorizedAccessException => "may not be read: check its permissions",
        InvalidDataException or EndOfStreamException or ZstdSharp.ZstdException => "is damaged or cut off: what stood before the damage is kept",
        _ => $"cannot be read: {exception.Message.ReplaceLineEndings(" ")}",
    };

    // An iterator, so that a file is opened where what goes wrong is told as a skip.
    private static IEnumerable<Intake> ReadFile(DocumentPlace place, DocumentOptions options)
    {
        if (place.Source == "-" && options.StandardInput is null)
        {
            yield return place.Skip("there is no standard input here");
            yield break;
        }

        var stream = place.Source == "-"
            ? options.StandardInput!()
            : new FileStream(place.Source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, 1 << 16, FileOptions.SequentialScan);
        foreach (var intake in ReadStream(stream, place, options))
            yield return intake;
    }

    private static IEnumerable<Intake> ReadStream(Stream bytes, DocumentPlace place, DocumentOptions options)
    {
        var stream = new PeekStream(bytes, PeekWindow);
        var unpacked = new List<UnpackedStream>();
        for (var depth = 0; depth < 2 && UnpackedStream.TryOpen(stream) is { } opened; depth++)
        {
            unpacked.Add(opened);
            stream = new PeekStream(new LimitedStream(opened, options.MaxUnpackedBytes), PeekWindow);
        }

        using (stream)
        {
            var form = FileForms.Of(stream.Peek());
            var isOne = form is FileForm.PlainText or FileForm.Html or FileForm.Mail;
            if (unpacked.Count > 0 && form == FileForm.Empty)
                form = unpacked.Exists(packed => packed.IsBroken) ? FileForm.Damaged : form;
            var skipped = false;
            foreach (var intake in ReadForm(form, stream, place, options))
            {
                skipped |= intake.Skipped is not null;
                yield return isOne && intake.Document is { } document && unpacked.Exists(packed => packed.IsBroken)
                    ? new Intake(document with { Partial = true, Notes = [.. document.Notes, "the packed file is damaged or cut off: what could be unpacked was read"] }, null)
                    : intake;
            }

            // Of an archive or of lines, what came out whole is read; where it stops is told.
            if (!isOne && !skipped && unpacked.Exists(packed => packed.IsBroken))
                yield return place.Skip("is damaged or cut off: what stood before the damage is kept");
        }
    }

    private static IEnumerable<Intake> ReadForm(FileForm form, PeekStream stream, DocumentPlace place, DocumentOptions options) => form switch
    {
        FileForm.Json => JsonDocuments.Read(stream, place, options),
        FileForm.PlainText => [ReadText(stream, place, options, DocumentForm.PlainText)],
        FileForm.Html => [ReadText(stream, place, options, DocumentForm.Html)],
        FileForm.Empty => [place.Skip("is empty")],
        FileForm.Pdf => [place.Skip("is a PDF, which is out of scope: give its text (pdftotext FILE) or the page it was made from")],
        FileForm.Zip => [place.Skip("is a ZIP archive or an office document: unpack it, or save it as text or HTML")],
        FileForm.Office => [place.Skip("is an office document: save it as text or HTML")],
        FileForm.Picture => [place.Skip("is a picture: give its text")],
        FileForm.Binary => [place.Skip("is binary: text, HTML, JSON lines, feeds, mail and WARC can be read")],
        FileForm.Damaged => [place.Skip("is damaged or cut off before any of it could be unpacked")],
        FileForm.Sitemap => [place.Skip("is a sitemap: give the pages that it lists")],
        FileForm.Arc => ArcReader.Read(stream, place, options),
        FileForm.Warc => WarcReader.Read(stream, place, options),
        FileForm.Mbox => MailReader.ReadMbox(stream, place, options),
        FileForm.Mail => ReadWhole(stream, place, options, bytes => MailReader.Read(bytes, place, options)),
        FileForm.Feed => ReadWhole(stream, place, options, bytes => FeedReader.Read(TextDecoder.Decode(bytes, null, new List<string>()), place, options)),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    private static IEnumerable<Intake> ReadWhole(PeekStream stream, DocumentPlace place, DocumentOptions options, Func<byte[], IEnumerable<Intake>> read) =>
        ReadToEnd(stream, options.MaxDocumentBytes) is { } bytes ? read(bytes) : [place.Skip($"is longer than {options.MaxDocumentBytes >> 20} MiB")];

    private static Intake ReadText(PeekStream stream, DocumentPlace place, DocumentOptions options, DocumentForm form)
    {
        if (ReadToEnd(stream, options.MaxDocumentBytes) is not { } bytes)
            return place.Skip($"is longer than {options.MaxDocumentBytes >> 20} MiB: cut it into articles");
        var notes = new List<string>();
        var content = TextDecoder.Decode(bytes, null, notes);
        return new Intake(new Document { Source = place.Source, Name = place.Name, Form = form, Content = content, Raw = RawContent.Of(bytes, "", content), Notes = notes }, null);
    }
}
