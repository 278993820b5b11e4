using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Recoupe.Endpoints;

/// <summary>Vectors that were given before, in a file: by the model's name and the text, whoever gave them.</summary>
/// <remarks>
/// The file is only ever added to. A record is a marker, the SHA-256 of model and text, the count of numbers, the numbers (32-bit, little-endian), and the first eight
/// bytes of the SHA-256 over all that. What a killed run left unfinished, or a disk damaged, is passed over: the next marker is looked for. The texts are not in it.
/// </remarks>
public sealed class EmbeddingCache : IDisposable
{
    private const int KeyBytes = 32;
    private const int SumBytes = 8;
    private const int HeadBytes = 4 + KeyBytes + sizeof(int);
    private const int MostNumbers = Recoupe.Embeddings.EmbeddingSpace.MostDimensions;

    private readonly FileStream? _file;
    private readonly FileStream? _lock;
    private readonly Dictionary<UInt128, long> _places = [];

    private EmbeddingCache(FileStream? file, FileStream? @lock) => (_file, _lock) = (file, @lock);

    /// <summary>Whether what is added is kept: not where another run writes the file, or none can be written.</summary>
    public bool Writes => _lock is not null;

    /// <summary>How many vectors it holds.</summary>
    public int Count => _places.Count;

    private static ReadOnlySpan<byte> Title => "RECOUPE-EMBED-1\n"u8;

    private static ReadOnlySpan<byte> Marker => "\u0001RV\n"u8;

    /// <summary>The file that is used where the user names none: in the user's folder for caches.</summary>
    public static string DefaultPath
    {
        get
        {
            var folder = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            if (string.IsNullOrEmpty(folder) || !Path.IsPathRooted(folder)) // the specification: a relative one is to be ignored
            {
                folder = OperatingSystem.IsWindows()
                    ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                    : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
            }

            return Path.Combine(folder, "recoupe", "embeddings.cache");
        }
    }

    /// <summary>Opens the cache, and makes it where there is none.</summary>
    /// <exception cref="InvalidDataException">The file is something else: it is left as it is.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not.</exception>
    public static EmbeddingCache Open(string path)
    {
        var full = Path.GetFullPath(path);
        if (!OperatingSystem.IsWindows())
            Directory.CreateDirectory(Path.GetDirectoryName(full)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        else
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var cache = OpenToWrite(full) ?? new EmbeddingCache(OpenFile(full, FileMode.Open, FileAccess.Read, FileShare.ReadWrite), null);
        try
        {
            cache.Load();
            return cache;
        }
        catch
        {
            cache.Dispose();
            throw;
        }
    }

    /// <summary>A cache that holds nothing and keeps nothing.</summary>
    public static EmbeddingCache None() => new(null, null);

    /// <summary>The vector that <paramref name="model"/> gave for <paramref name="text"/>; null where it is not known.</summary>
    public float[]? Find(string model, string text)
    {
        var key = KeyOf(model, text);
        return _places.TryGetValue(Short(key), out var place) ? Read(place, key) : null;
    }

    /// <summary>Keeps vectors: in the file when this returns, even if the run is killed then.</summary>
    public void Add(string model, IEnumerable<(string Text, float[] Vector)> vectors)
    {
        if (_file is null || !Writes)
            return;
        using var batch = new MemoryStream();
        var start = _file.Length;
        var places = new List<(UInt128 Key, long Place)>();
        foreach (var (text, vector) in vectors)
        {
            var key = KeyOf(model, text);
            places.Add((Short(key), start + batch.Length));
            batch.Write(RecordOf(key, vector));
        }

        _file.Position = start;
        _file.Write(batch.GetBuffer(), 0, (int)batch.Length);
        _file.Flush();
        foreach (var (key, place) in places)
            _places[key] = place;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _lock?.Dispose();
    }

    // One run at a time writes: it holds the empty file beside the cache, which stays there. The system lets go of it when the run ends, however that is. Null where that cannot be.
    private static EmbeddingCache? OpenToWrite(string path)
    {
        FileStream? held = null;
        try
        {
            held = OpenFile(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new EmbeddingCache(OpenFile(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite), held);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException && File.Exists(path))
        {
            held?.Dispose();
            return null;
        }
    }

    private static FileStream OpenFile(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode == FileMode.OpenOrCreate)
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // vectors tell something of the texts
        return new FileStream(path, options);
    }

    private void Load()
    {
        var file = _file!;
        var length = file.Length;
        Span<byte> title = stackalloc byte[Title.Length];
        if (length < Title.Length)
        {
            // Empty, or killed while it was made.
            file.ReadExactly(title[..(int)length]);
            if (!Title.StartsWith(title[..(int)length]))
                throw new InvalidDataException("the file is no cache of embeddings");
            if (Writes)
            {
                file.Position = 0;
                file.Write(Title);
            }

            return;
        }

        file.ReadExactly(title);
        if (!title.SequenceEqual(Title))
            throw new InvalidDataException("the file is no cache of embeddings");
        Span<byte> head = stackalloc byte[HeadBytes];
        long place = Title.Length;
        while (place + HeadBytes + SumBytes <= length)
        {
            if (At(place, head) && IsHead(head, out var end) && place + end <= length && (place + end == length || IsMarker(place + end) || Record(place, end) is not null))
            {
                _places[Short(head.Slice(Marker.Length, KeyBytes))] = place;
                place += end;
            }
            else
            {
                place = NextMarker(place + 1, length);
            }
        }
    }

    private static bool IsHead(ReadOnlySpan<byte> head, out long end)
    {
        var numbers = BinaryPrimitives.ReadInt32LittleEndian(head[^sizeof(int)..]);
        end = HeadBytes + ((long)numbers * sizeof(float)) + SumBytes;
        return head.StartsWith(Marker) && numbers is > 0 and <= MostNumbers;
    }

    private bool IsMarker(long place)
    {
        Span<byte> marker = stackalloc byte[Marker.Length];
        var read = RandomAccess.Read(_file!.SafeFileHandle, marker, place);
        return Marker.StartsWith(marker[..read]);
    }

    private bool At(long place, Span<byte> bytes) => RandomAccess.Read(_file!.SafeFileHandle, bytes, place) == bytes.Length;

    private long NextMarker(long from, long length)
    {
        var part = new byte[1 << 16];
        while (from < length)
        {
            var read = RandomAccess.Read(_file!.SafeFileHandle, part, from);
            if (read < Marker.Length)
                break;
            var found = part.AsSpan(0, read).IndexOf(Marker);
            if (found >= 0)
                return from + found;
            from += read - Marker.Length + 1;
        }

        return length;
    }

    private float[]? Read(long place, ReadOnlySpan<byte> key)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        if (!At(place, head) || !IsHead(head, out var end) || !head.Slice(Marker.Length, KeyBytes).SequenceEqual(key))
            return null;
        if (Record(place, end) is not { } record)
            return null;
        var vector = new float[(record.Length - HeadBytes - SumBytes) / sizeof(float)];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = BinaryPrimitives.ReadSingleLittleEndian(record.AsSpan(HeadBytes + (i * sizeof(float))));
        return vector;
    }

    // The bytes of a record; null where its sum does not fit them.
    private byte[]? Record(long place, long length)
    {
        var record = new byte[length];
        return At(place, record) && Sum(record.AsSpan(0, record.Length - SumBytes)).SequenceEqual(record.AsSpan(record.Length - SumBytes)) ? record : null;
    }

    private static byte[] RecordOf(byte[] key, float[] vector)
    {
        var record = new byte[HeadBytes + (vector.Length * sizeof(float)) + SumBytes];
        Marker.CopyTo(record);
        key.CopyTo(record, Marker.Length);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(Marker.Length + KeyBytes), vector.Length);
        for (var i = 0; i < vector.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(record.AsSpan(HeadBytes + (i * sizeof(float))), vector[i]);
        Sum(record.AsSpan(0, record.Length - SumBytes)).CopyTo(record.AsSpan(record.Length - SumBytes));
        return record;
    }

    private static ReadOnlySpan<byte> Sum(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes).AsSpan(0, SumBytes);

    // The model's length stands before it, so that no two pairs of model and text run together.
    private static byte[] KeyOf(string model, string text) =>
        SHA256.HashData(Encoding.UTF8.GetBytes($"{model.Length}:{model}:{text}"));

    private static UInt128 Short(ReadOnlySpan<byte> key) => MemoryMarshal.Read<UInt128>(key);
}
