using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>
/// Where blobs' files are. A new one lies in written/HOUR, which is what names it as a suspect, without a write of its own; once the
/// sweeper has found its reference it is moved to kept/HOUR and is not looked at again. The hour (UTC) is part of the id (a UUID of
/// version 7), so that there are two places to look in. A move that a power cut takes back is only looked at once more.
/// </summary>
internal sealed class BlobPaths
{
    private const string HourFormat = "yyyyMMddHH";

    private readonly TimeProvider _clock;

    public BlobPaths(string directory, TimeProvider clock)
    {
        _clock = clock;
        Written = Path.Combine(directory, "written");
        Kept = Path.Combine(directory, "kept");
    }

    public string Written { get; }

    public string Kept { get; }

    public static BlobId NewId(DateTimeOffset now) => new(Guid.CreateVersion7(now));

    /// <summary>When the blob was begun, to the millisecond.</summary>
    public static DateTimeOffset TimeOf(BlobId blob)
    {
        Span<byte> bytes = stackalloc byte[16];
        blob.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);

        // An id that is none of ours may say any time; the year 9999 is the last that can be written.
        return DateTimeOffset.FromUnixTimeMilliseconds(Math.Min(milliseconds, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()));
    }

    public static string HourOf(DateTimeOffset time) => time.UtcDateTime.ToString(HourFormat, CultureInfo.InvariantCulture);

    public static bool TryParseHour(string name, out DateTimeOffset hour) => DateTimeOffset.TryParseExact(
        name, HourFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out hour);

    public static bool TryParseId(ReadOnlySpan<char> name, out BlobId blob)
    {
        var parsed = Guid.TryParseExact(name, "N", out var value);
        blob = new BlobId(value);
        return parsed;
    }

    public string WrittenPath(BlobId blob) => Path.Combine(Written, HourOf(TimeOf(blob)), blob.ToString());

    public string KeptPath(BlobId blob) => Path.Combine(Kept, HourOf(TimeOf(blob)), blob.ToString());

    /// <summary>Opens a blob's file for reading, wherever it is; null when there is none.</summary>
    /// <exception cref="StoreUnavailableException">It is there and cannot be opened.</exception>
    public SafeFileHandle? Open(BlobId blob, int flags)
    {
        // It may be moved between two looks, once and in one direction; so the third look is the last.
        var isNew = _clock.GetUtcNow() - TimeOf(blob) < TimeSpan.FromHours(2);
        for (var look = 0; look < 3; look++)
        {
            var file = Posix.Open(isNew == (look != 1) ? WrittenPath(blob) : KeptPath(blob), Posix.ReadOnly | flags);
            if (!file.IsInvalid)
            {
                return file;
            }

            var error = Marshal.GetLastPInvokeError();
            file.Dispose();
            if (error != Posix.NotFound)
            {
                throw new StoreUnavailableException($"Blob {blob} cannot be opened: error {error}.");
            }
        }

        return null;
    }

    /// <summary>The hours of a folder, oldest first.</summary>
    public static List<(DateTimeOffset Hour, string Path)> Hours(string folder)
    {
        var hours = new List<(DateTimeOffset Hour, string Path)>();
        foreach (var path in Directory.EnumerateDirectories(folder))
        {
            if (TryParseHour(Path.GetFileName(path), out var hour))
            {
                hours.Add((hour, path));
            }
        }

        hours.Sort((left, right) => left.Hour.CompareTo(right.Hour));
        return hours;
    }

    /// <summary>The blobs in the folder of an hour, oldest first; none if it is gone.</summary>
    public static List<BlobId> BlobsIn(string hourPath)
    {
        var blobs = new List<BlobId>();
        try
        {
            foreach (var path in Directory.EnumerateFiles(hourPath))
            {
                if (TryParseId(Path.GetFileName(path.AsSpan()), out var blob))
                {
                    blobs.Add(blob);
                }
            }
        }
        catch (DirectoryNotFoundException)
        {
            return blobs;
        }

        blobs.Sort((left, right) => left.Value.CompareTo(right.Value));
        return blobs;
    }
}
