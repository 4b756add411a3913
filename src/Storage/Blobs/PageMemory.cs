using System.Runtime.InteropServices;

namespace S3Cassandra.Storage.Blobs;

/// <summary>Memory in pages, straight from the system (mmap(2)) and straight back.</summary>
internal static partial class PageMemory
{
    public static unsafe byte* Map(nuint length)
    {
        const int readWrite = 3;
        const int privateAnonymous = 0x22;
        var address = MMap(0, length, readWrite, privateAnonymous, -1, 0);
        return address == -1 ? throw new InsufficientMemoryException() : (byte*)address;
    }

    public static unsafe void Unmap(byte* address, nuint length) => _ = MUnmap((nint)address, length);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    private static partial int MUnmap(nint address, nuint length);
}
