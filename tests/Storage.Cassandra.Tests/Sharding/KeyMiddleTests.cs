using S3Cassandra.Storage.Cassandra.Sharding;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

public class KeyMiddleTests
{
    [Theory]
    [InlineData("", "80", "40")]
    [InlineData("61", "63", "62")]
    [InlineData("61", "62", "6180")]
    [InlineData("61FF", "62", "61FF80")]
    [InlineData("FF", null, "FF80")]
    [InlineData("", null, "80")]
    [InlineData("61", "6100", null)]
    public void The_middle_lies_halfway(string from, string? before, string? expected)
    {
        var middle = KeyMiddle.Between(Convert.FromHexString(from), before is null ? default : Convert.FromHexString(before), before is null);
        Assert.Equal(expected, middle is { } found ? Convert.ToHexString(found.Span) : null);
    }

    [Fact]
    public void Halving_comes_to_an_end_between_any_two_keys()
    {
        var random = new Random(1);
        for (var round = 0; round < 1000; round++)
        {
            var (from, before) = (new byte[random.Next(4)], new byte[random.Next(1, 4)]);
            random.NextBytes(from);
            random.NextBytes(before);
            ReadOnlyMemory<byte>? end = before;
            for (var step = 0; step < 100 && end is { } last; step++)
            {
                end = KeyMiddle.Between(from, last.Span, isOpen: false);
                Assert.True(end is null || (end.Value.Span.SequenceCompareTo(from) > 0 && end.Value.Span.SequenceCompareTo(last.Span) < 0));
            }
        }
    }
}
