using System.IO.Hashing;
using System.Text;
using S3Cassandra.Storage.Blobs;

namespace S3Cassandra.Storage.Tests.Blobs;

public class Crc64NvmeTests
{
    [Fact]
    public void The_check_value_is_that_of_the_catalogue() => Assert.Equal(0xAE8B14860A799888UL, Crc64Nvme.Hash(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Every_length_sums_as_the_library_does()
    {
        var bytes = new byte[1100];
        new Random(1).NextBytes(bytes);
        for (var length = 0; length <= bytes.Length; length++)
        {
            // Not aligned, either.
            var start = Math.Min(length % 7, bytes.Length - length);
            var data = bytes.AsSpan(start, length);
            Assert.Equal(Crc64.HashToUInt64(Crc64ParameterSet.Nvme, data), Crc64Nvme.Hash(data));
        }
    }

    [Theory]
    [InlineData(0x00)]
    [InlineData(0xFF)]
    public void Bytes_that_are_all_alike_sum_as_the_library_does(byte value)
    {
        var bytes = new byte[100_000];
        bytes.AsSpan().Fill(value);
        Assert.Equal(Crc64.HashToUInt64(Crc64ParameterSet.Nvme, bytes), Crc64Nvme.Hash(bytes));
    }

    [Fact]
    public void Every_bit_counts()
    {
        var bytes = new byte[777];
        new Random(2).NextBytes(bytes);
        var sum = Crc64Nvme.Hash(bytes);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.NotEqual(sum, Crc64Nvme.Hash(bytes));
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }
}
