using System.Buffers;
using System.Numerics;

namespace S3Cassandra.Storage.Tests.Objects;

/// <summary>Memory for pipes, in powers of two, that is counted until it is given back.</summary>
internal sealed class CountingMemoryPool : MemoryPool<byte>
{
    private const int Smallest = 4096;
    private long _lent;

    public override int MaxBufferSize => int.MaxValue;

    public long Lent => Interlocked.Read(ref _lent);

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(Smallest, minBufferSize));
        Interlocked.Add(ref _lent, size);
        return new Owner(this, size);
    }

    protected override void Dispose(bool disposing)
    {
    }

    private sealed class Owner(CountingMemoryPool pool, int size) : IMemoryOwner<byte>
    {
        public Memory<byte> Memory { get; } = new byte[size];

        public void Dispose() => Interlocked.Add(ref pool._lent, -size);
    }
}
