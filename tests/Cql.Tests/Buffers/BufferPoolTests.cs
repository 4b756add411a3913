using S3Cassandra.Cql.Buffers;

namespace S3Cassandra.Cql.Tests.Buffers;

public class BufferPoolTests
{
    public static TheoryData<int> Lengths => [0, 1, 255, 256, 257, 512, 32_768, 32_769, 65_536, 65_537, 524_388, 1 << 20, BufferPool.LargestKept, BufferPool.LargestKept + 1];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void A_buffer_holds_what_was_asked_for_and_little_more(int length)
    {
        var buffer = BufferPool.Rent(length);
        Assert.Equal(length, buffer.Length);
        Assert.InRange(buffer.Array.Length, length, Math.Max(256, Math.Max(2 * length, length + BufferPool.Step)));
        buffer.Release();
    }

    [Fact]
    public void A_second_release_is_refused()
    {
        var buffer = BufferPool.Rent(BufferPool.LargestKept + 1);
        buffer.Release();
        Assert.Throws<InvalidOperationException>(buffer.Release);
    }
}
