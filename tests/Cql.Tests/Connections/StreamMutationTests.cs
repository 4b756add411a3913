using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Tests.Protocol;

namespace S3Cassandra.Cql.Tests.Connections;

/// <summary>Damaged streams of many frames: what is read of them is frames that were there or a refusal by the protocol's exception, for little memory.</summary>
public class StreamMutationTests
{
    private const int Seed = 20_261_127;
    private const int FramesPerStream = 40;
    private const int MaxFrameLength = 64 << 20;

    // The reader's own buffers, and the memory that a body's declared length can have lent: 1,088 KiB at most, given back.
    private const int AllowedPerStream = 2 << 20;

    [Theory]
    [InlineData(ProtocolVersion.V4, 25_000)]
    [InlineData(ProtocolVersion.V5, 2_500)]
    public async Task Damaged_streams_are_read_or_refused(ProtocolVersion version, int streams)
    {
        var source = await StreamAsync(version);
        var (mutator, refused, frames) = (new FrameMutator(Seed), 0, 0L);
        for (var i = 0; i < streams; i++)
        {
            var mutant = mutator.Mutate(source);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                frames += await ReadAsync(mutant, version);
            }
            catch (CqlProtocolException)
            {
                refused++;
            }
            catch (Exception e)
            {
                Assert.Fail($"Stream {i} of seed {Seed}, {Convert.ToHexString(mutant)}: {e}");
            }
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, AllowedPerStream);
        }
        Assert.InRange(refused, streams / 10, streams);
        Assert.True(version == ProtocolVersion.V5 || frames > 0);
    }

    private static async Task<int> ReadAsync(byte[] bytes, ProtocolVersion version)
    {
        using var stream = new MemoryStream(bytes, writable: false);
        await using Stream source = version == ProtocolVersion.V5 ? new SegmentStream(stream) : stream;
        var reader = new FrameReader(source, version, MaxFrameLength);
        var frames = 0;
        while (await reader.ReadAsync(CancellationToken.None) is { } frame)
        {
            frame.Body.Release();
            frames++;
            while (reader.TryRead(out _, out var body))
            {
                body!.Release();
                frames++;
            }
        }
        return frames;
    }

    /// <summary>Frames of every small size, two of them larger than the rest together.</summary>
    private static async Task<byte[]> StreamAsync(ProtocolVersion version)
    {
        using var stream = new MemoryStream();
        IFraming framing = version == ProtocolVersion.V5 ? new SegmentFraming(stream) : new PlainFraming(stream);
        for (var number = 0; number < FramesPerStream; number++)
        {
            var length = number % (FramesPerStream / 2) == 1 ? 3_000 : number;
            var frame = new FrameBuffer();
            new FrameHeader(version, IsResponse: true, FrameFlags.None, (short)number, Opcode.Result, length).Write(frame.Take(FrameHeader.Size));
            frame.Take(length).Fill((byte)number);
            await framing.WriteAsync(frame, CancellationToken.None);
            if (number % 8 == 0)
            {
                await framing.FlushAsync(CancellationToken.None);
            }
        }
        await framing.FlushAsync(CancellationToken.None);
        return stream.ToArray();
    }
}
