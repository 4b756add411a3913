using System.Text;
using BenchmarkDotNet.Attributes;
using S3Cassandra.S3Server.Http;
using S3Cassandra.S3Server.Operations.Listing;
using S3Cassandra.S3Server.Xml;
using S3Cassandra.Storage.Buckets;
using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Listing;
using S3Cassandra.Storage.Objects;

namespace S3Cassandra.Micro.Listing;

/// <summary>The document of a page of 1,000 keys, from packed records to XML.</summary>
[MemoryDiagnoser]
public class ListObjectsV2PageBenchmark
{
    private (BucketRecord Bucket, ListObjectsV2Input Input, ListPage Page, string? Next) _answer;
    private (BucketRecord Bucket, ListObjectsV2Input Input, ListPage Page, string? Next) _encoded;

    [GlobalSetup]
    public void Setup()
    {
        var owner = new ObjectOwner("123456789012", new string('a', 64), "arn:aws:iam::123456789012:root");
        var bucket = new BucketRecord { Name = "bucket", Id = default, Created = default, Region = "us-east-1", Owner = owner };
        var record = ObjectRecordCodec.Encode(new ObjectRecord
        {
            Owner = owner,
            ETag = "9e107d9d372bb6826bd81d3542a419d6",
            Size = 4096,
            LastModified = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Checksum = new Checksum(ChecksumAlgorithm.Crc64Nvme, ChecksumType.FullObject, new byte[8]),
        });
        var rows = Enumerable.Range(0, 1000)
            .Select(i => new ListedRow(Encoding.UTF8.GetBytes($"photos/2026/01/picture-{i:d8}.jpg"), default, record, IsLatest: true))
            .ToList();
        var page = new ListPage(rows, [], isTruncated: true, endsInCommonPrefix: false, []);
        var parameters = new ListingParameters { Prefix = "photos/"u8.ToArray(), Delimiter = default, MaxKeys = 1000, UrlEncoded = false };
        _answer = (bucket, new ListObjectsV2Input(parameters, default, null, default, FetchOwner: false), page, "token");
        _encoded = _answer with { Input = _answer.Input with { Parameters = parameters with { UrlEncoded = true } } };
    }

    [Benchmark]
    public int Plain() => Render(_answer);

    [Benchmark]
    public int UrlEncoded() => Render(_encoded);

    private static int Render((BucketRecord Bucket, ListObjectsV2Input Input, ListPage Page, string? Next) answer)
    {
        using var buffer = new PooledBuffer();
        ListObjectsV2.Write(new S3XmlWriter(buffer), answer);
        return buffer.Written.Length;
    }
}
