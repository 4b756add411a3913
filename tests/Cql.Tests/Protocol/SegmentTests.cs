using S3Cassandra.Cql.Protocol;

namespace S3Cassandra.Cql.Tests.Protocol;

public class SegmentTests
{
    [Theory]
    [InlineData(5, true, "050002 19999A")]
    [InlineData(5, false, "050000 044823")]
    [InlineData(131071, true, "FFFF03 254047")]
    [InlineData(131071, false, "FFFF01 3891FE")]
    [InlineData(9, true, "090002 A4C8C1")]
    public void A_header_has_the_length_the_bit_and_their_crc(int length, bool isSelfContained, string expected)
    {
        var bytes = new byte[SegmentHeader.Size];
        new SegmentHeader(length, isSelfContained).Write(bytes);
        Assert.Equal(Convert.ToHexString(Wire.Bytes(expected)), Convert.ToHexString(bytes));
        Assert.Equal(new SegmentHeader(length, isSelfContained), SegmentHeader.Read(bytes));
    }

    [Theory]
    [InlineData("0500180004", "9E0838")]
    [InlineData("0500FEFF07", "AE6CDC")]
    public void The_crc_24_is_that_of_longer_headers_too(string header, string crc)
    {
        var computed = Crc24.Compute(Wire.Bytes(header));
        Assert.Equal(crc, Convert.ToHexString([(byte)computed, (byte)(computed >> 8), (byte)(computed >> 16)]));
    }

    [Theory]
    [InlineData("", "D37E7744")]
    [InlineData("'hello'", "74800EB6")]
    [InlineData("050000010500000000", "B5557486")]
    public void The_crc_32_is_seeded_and_little_endian(string payload, string expected)
    {
        var crc = new SegmentCrc32();
        crc.Append(Wire.Bytes("'another segment'"));
        crc.Reset();
        foreach (var b in Wire.Bytes(payload))
        {
            crc.Append([b]);
        }
        var trailer = new byte[SegmentCrc32.Size];
        crc.Write(trailer);
        Assert.Equal(expected, Convert.ToHexString(trailer));
        crc.Verify(trailer);
    }

    [Fact]
    public void Any_flipped_bit_of_a_header_or_payload_is_found()
    {
        var header = Wire.Bytes("050002 19999A");
        for (var bit = 0; bit < header.Length * 8; bit++)
        {
            var damaged = (byte[])header.Clone();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<CqlProtocolException>(() => SegmentHeader.Read(damaged));
        }
        var crc = new SegmentCrc32();
        crc.Append("hellp"u8);
        Assert.Throws<CqlProtocolException>(() => crc.Verify(Wire.Bytes("74800EB6")));
    }

    [Fact]
    public void Bits_that_mean_nothing_are_refused_whatever_their_crc()
    {
        var header = Wire.Bytes("050004 000000");
        var crc = Crc24.Compute(header.AsSpan(0, 3));
        (header[3], header[4], header[5]) = ((byte)crc, (byte)(crc >> 8), (byte)(crc >> 16));
        Assert.Throws<CqlProtocolException>(() => SegmentHeader.Read(header));
        Assert.Throws<InvalidOperationException>(() => new SegmentHeader(SegmentHeader.MaxPayload + 1, true).Write(new byte[6]));
    }
}
