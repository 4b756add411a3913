using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>The system calls that .NET has no face for (Linux): O_DIRECT, fsync of directories, aligned transfers, advisory locks.</summary>
internal static partial class Posix
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Create = 0x40;
    public const int Exclusive = 0x80;
    public const int CloseOnExec = 0x80000;
    public const int OwnerOnly = 0x180;

    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int WouldBlock = 11;
    public const int TooManyOpen = 23;
    public const int TooManyOpenHere = 24;
    public const int NoSpace = 28;
    public const int QuotaExceeded = 122;

    /// <summary>preadv2: fail with EAGAIN rather than wait for the device.</summary>
    public const int NoWait = 8;

    private const int LockExclusive = 2;
    private const int LockNone = 8;
    private const int LockNonBlocking = 4;

    /// <summary>O_DIRECT differs between architectures (asm/fcntl.h).</summary>
    public static int Direct { get; } = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x10000 : 0x4000;

    /// <summary>O_DIRECTORY differs likewise.</summary>
    public static int Directory { get; } = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x4000 : 0x10000;

    /// <returns>An invalid handle where it failed; see <see cref="Marshal.GetLastPInvokeError"/>.</returns>
    public static SafeFileHandle Open(string path, int flags) => OpenNative(path, flags | CloseOnExec, OwnerOnly);

    public static unsafe int WriteAll(SafeFileHandle file, byte* bytes, int count, long offset)
    {
        while (count > 0)
        {
            var written = Write(file, bytes, (nuint)count, offset);
            if (written < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == Interrupted)
                {
                    continue;
                }

                return error;
            }

            bytes += written;
            offset += written;
            count -= (int)written;
        }

        return 0;
    }

    /// <summary>Reads until <paramref name="count"/> or the end of the file; the count read, or minus the error.</summary>
    public static unsafe int ReadAll(SafeFileHandle file, byte* bytes, int count, long offset)
    {
        var total = 0;
        while (total < count)
        {
            var read = Read(file, bytes + total, (nuint)(count - total), offset + total);
            if (read < 0)
            {
                var error = Marshal.GetLastPInvokeError();
                if (error == Interrupted)
                {
                    continue;
                }

                return -error;
            }

            if (read == 0)
            {
                break;
            }

            total += (int)read;
        }

        return total;
    }

    /// <summary>One read out of the page cache, or minus EAGAIN where it is not there.</summary>
    public static unsafe int ReadCached(SafeFileHandle file, byte* bytes, int count, long offset)
    {
        var vector = new IoVector { Base = bytes, Length = (nuint)count };
        var read = ReadVectors(file, &vector, 1, offset, NoWait);
        return read >= 0 ? (int)read : -Marshal.GetLastPInvokeError();
    }

    /// <returns>0 or the error.</returns>
    public static int SyncData(SafeFileHandle file) => FDataSync(file) == 0 ? 0 : Marshal.GetLastPInvokeError();

    /// <returns>0 or the error.</returns>
    public static int SyncDirectory(string path)
    {
        using var directory = Open(path, ReadOnly | Directory);
        return directory.IsInvalid || FSync(directory) != 0 ? Marshal.GetLastPInvokeError() : 0;
    }

    public static bool TryLock(SafeFileHandle file) => FLock(file, LockExclusive | LockNonBlocking) == 0;

    /// <summary>Gives a lock up, whoever else has the open file: closing it does so only once all have.</summary>
    public static void Unlock(SafeFileHandle file) => _ = FLock(file, LockNone);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle OpenNative(string path, int flags, int mode);

    [LibraryImport("libc", EntryPoint = "pwrite", SetLastError = true)]
    private static unsafe partial nint Write(SafeFileHandle file, byte* bytes, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "pread", SetLastError = true)]
    private static unsafe partial nint Read(SafeFileHandle file, byte* bytes, nuint count, long offset);

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    private static unsafe partial nint ReadVectors(SafeFileHandle file, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FDataSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FSync(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FLock(SafeFileHandle file, int operation);
}
