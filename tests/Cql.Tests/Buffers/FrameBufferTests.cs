using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Tests.Buffers;

public class FrameBufferTests
{
    [Fact]
    public void Few_bytes_are_copied_and_many_are_named()
    {
        var small = new byte[FrameBuffer.ByReferenceMinimum - 1];
        var large = new byte[FrameBuffer.ByReferenceMinimum];
        var buffer = new FrameBuffer();
        buffer.Append(small.AsMemory());
        buffer.Append(large.AsMemory());
        buffer.Append([1, 2]);

        Assert.Equal(small.Length + 2, buffer.OwnLength);
        Assert.Equal(small.Length + large.Length + 2, buffer.Length);
        var reference = Assert.Single(buffer.References.ToArray());
        Assert.Equal(small.Length, reference.At);
        large[7] = 9;
        Assert.Equal(9, reference.Memory.Span[7]);
    }

    [Fact]
    public void A_buffer_within_a_buffer_keeps_every_byte_in_its_place()
    {
        var large = new byte[FrameBuffer.ByReferenceMinimum];
        Array.Fill(large, (byte)5);
        var inner = new FrameBuffer();
        inner.Append([1]);
        inner.Append(large.AsMemory());
        inner.Append([2]);
        var outer = new FrameBuffer();
        outer.Append([0]);
        outer.Append(inner);
        outer.Append([3]);

        Assert.Equal([0, 1, .. large, 2, 3], Flat(outer));
    }

    [Fact]
    public void A_reset_buffer_lets_go_of_what_it_named()
    {
        var buffer = new FrameBuffer();
        buffer.Append(new byte[FrameBuffer.ByReferenceMinimum].AsMemory());
        buffer.Reset();
        buffer.Append([4]);
        Assert.Equal([4], Flat(buffer));
        Assert.True(buffer.References.IsEmpty);
    }

    private static byte[] Flat(FrameBuffer buffer)
    {
        List<byte> bytes = [];
        var from = 0;
        foreach (var reference in buffer.References)
        {
            bytes.AddRange(buffer.OwnSpan[from..reference.At]);
            bytes.AddRange(reference.Memory.Span);
            from = reference.At;
        }
        bytes.AddRange(buffer.OwnSpan[from..]);
        return [.. bytes];
    }
}
