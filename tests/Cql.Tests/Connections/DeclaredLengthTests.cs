using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Tests.Connections;

/// <summary>What a node says is coming costs nothing until it comes.</summary>
[Collection(MeasuredCollection.Name)]
public class DeclaredLengthTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_declared_length_alone_takes_no_memory()
    {
        await using var peer = new Peer();
        await using var connection = await peer.ConnectAsync();
        var request = connection.SendAsync(Blob.Of(1), TimeSpan.FromSeconds(9), Token).AsTask();
        var (header, _) = await peer.ReadAsync();
        var frame = new byte[FrameHeader.Size];
        new FrameHeader(ProtocolVersion.V4, IsResponse: true, FrameFlags.None, header.StreamId, Opcode.Result, 60 << 20).Write(frame);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        await peer.SendAsync(frame);
        peer.HalfClose();
        await Assert.ThrowsAsync<CqlConnectionException>(() => request);
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 30 << 20);
    }
}
