using BenchmarkDotNet.Attributes;
using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Micro.Objects;

/// <summary>S3's checksums over one body in memory.</summary>
public class ChecksumBenchmarks
{
    private byte[] _body = [];

    [Params(4 * 1024, 512 * 1024)]
    public int Size { get; set; }

    [Params(ChecksumAlgorithm.Crc32, ChecksumAlgorithm.Crc32C, ChecksumAlgorithm.Crc64Nvme, ChecksumAlgorithm.Sha256, ChecksumAlgorithm.Md5)]
    public ChecksumAlgorithm Algorithm { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _body = new byte[Size];
        new Random(1).NextBytes(_body);
    }

    [Benchmark]
    public byte[] Compute() => ChecksumHash.Compute(Algorithm, _body);
}
