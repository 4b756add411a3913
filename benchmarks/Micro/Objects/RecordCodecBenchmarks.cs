using BenchmarkDotNet.Attributes;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Micro.Objects;

/// <summary>The record of an ordinary object: packed by each PUT, unpacked by each GET, its summary read for each entry of a listing.</summary>
[MemoryDiagnoser]
public class RecordCodecBenchmarks
{
    private readonly ObjectRecord _record = new()
    {
        Owner = new ObjectOwner("123456789012", new string('a', 64), "arn:aws:iam::123456789012:root"),
        Size = 4096,
        ETag = "0123456789abcdef0123456789abcdef",
        LastModified = DateTimeOffset.UnixEpoch.AddYears(56),
        Clock = 1,
        Checksum = new Checksum(ChecksumAlgorithm.Crc64Nvme, ChecksumType.FullObject, new byte[8]),
        Parts = [new ObjectPart(1, BlobId.New(), 512 * 1024, 4096, null, default)],
    };

    private byte[] _packed = [];

    [GlobalSetup]
    public void Setup() => _packed = ObjectRecordCodec.Encode(_record);

    [Benchmark]
    public byte[] Encode() => ObjectRecordCodec.Encode(_record);

    [Benchmark]
    public ObjectRecord Decode() => ObjectRecordCodec.Decode(_packed);

    [Benchmark]
    public long Summary() => ObjectSummary.Read(_packed).Size;
}
