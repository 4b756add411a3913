using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Tests.Protocol;

namespace S3Cassandra.Cql.Tests.Cluster;

/// <summary>Tokens that Cassandra's own code computed.</summary>
public class Murmur3PartitionerTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("'a'", -8839064797231613815)]
    [InlineData("'hello'", -3758069500696749310)]
    [InlineData("'123'", -7468325962851647638)]
    [InlineData("'doc1'", 5607192412168825486)]
    [InlineData("'0123456789abcde'", -6472281833689111727)]
    [InlineData("'0123456789abcdef'", 5467490433528156583)]
    [InlineData("'0123456789abcdef0'", -1502884478548852619)]
    [InlineData("FF", -4442228696663692417)]
    [InlineData("8081FEFF", -69413292277253336)]
    [InlineData("FFFFFFFFFFFFFFFF", 7071048584287372947)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", -2195530867418009455)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", -2824192546314762522)]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF", -4128212798341382003)]
    [InlineData("00000000000000000000000000000000", 5457549051747178710)]
    [InlineData("0006 'bucket' 00 0004 00000007 00", 1114320943855348808)]
    [InlineData("00104327529fb645dd00b883ec39ae448bb800000400066a6b00", -9223371632693506265)]
    public void A_token_is_Cassandra_s(string key, long token) => Assert.Equal(token, Murmur3Partitioner.Token(Wire.Bytes(key)));

    [Theory]
    [InlineData(0xE0, 31, -7291870741502709738)]
    [InlineData(0x00, 256, 2060892794568774329)]
    public void A_token_of_rising_bytes_is_Cassandra_s(int first, int count, long token) =>
        Assert.Equal(token, Murmur3Partitioner.Token([.. Enumerable.Range(first, count).Select(value => (byte)value)]));

    [Fact]
    public void A_key_of_one_component_is_its_bytes_and_one_of_several_has_lengths()
    {
        Assert.Equal(Wire.Bytes("'bucket'"), RoutingKey.Encode(Wire.Bytes("'bucket'")));
        Assert.Equal(
            Wire.Bytes("00066275636b65740000040000000700"), RoutingKey.Encode(Wire.Bytes("'bucket'"), Wire.Bytes("00000007")));
        Assert.Equal(Wire.Bytes("000000 000000"), RoutingKey.Encode([], []));
    }

    [Fact]
    public void A_component_longer_than_a_key_may_be_is_refused()
    {
        Assert.Equal(RoutingKey.LongestComponent + 6, RoutingKey.Encode(new byte[RoutingKey.LongestComponent], []).Length);
        Assert.Throws<ArgumentException>(() => RoutingKey.Encode(new byte[RoutingKey.LongestComponent + 1], []));
    }
}
