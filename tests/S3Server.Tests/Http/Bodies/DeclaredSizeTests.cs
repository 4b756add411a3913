using S3Cassandra.Auth.Signatures;
using S3Cassandra.S3Server.Errors;

namespace S3Cassandra.S3Server.Tests.Http.Bodies;

/// <summary>What a chunk says is coming costs nothing until it comes. Alone: what other tests allocate meanwhile counts too.</summary>
[Collection(MeasuredCollection.Name)]
public class DeclaredSizeTests
{
    [Fact]
    public async Task Nothing_is_allocated_by_a_declared_size()
    {
        var vector = new ChunkedVector(PayloadMode.StreamingUnsignedTrailer) { Declared = 1L << 40 }.Raw("ffffffffff\r\nhello");
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await Assert.ThrowsAsync<S3Exception>(() => vector.DecodeAsync());
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 8 << 20);
    }
}
