using System.Runtime.InteropServices;

namespace S3Cassandra.Storage.Embedded.Files;

/// <summary>struct iovec of readv(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct IoVector
{
    public byte* Base;
    public nuint Length;
}
