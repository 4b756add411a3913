using System.Security.Cryptography;
using BenchmarkDotNet.Attributes;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Cluster;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Micro.Cql;

/// <summary>What each small request pays for its frame, its token and its answer; and a segment of v5 for its two checksums.</summary>
[MemoryDiagnoser]
public class FrameCodecBenchmarks
{
    private const int SegmentBytes = 128 * 1024;

    private static readonly ColumnSpec[] Columns =
    [
        new("s3", "object_index", "key", CqlType.Scalar(CqlTypeCode.Blob)),
        new("s3", "object_index", "ver", CqlType.Scalar(CqlTypeCode.Uuid)),
        new("s3", "object_index", "m", CqlType.Scalar(CqlTypeCode.Blob)),
    ];

    private readonly FrameBuffer _frame = new();
    private readonly FrameBuffer _values = new();
    private readonly SegmentCrc32 _crc = new();
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] _routingKey = RandomNumberGenerator.GetBytes(40);
    private readonly byte[] _value = RandomNumberGenerator.GetBytes(200);
    private readonly byte[] _segment = RandomNumberGenerator.GetBytes(SegmentBytes);
    private readonly Guid _uuid = Guid.NewGuid();
    private byte[] _page = [];

    [GlobalSetup]
    public void MakePage()
    {
        var cells = new FrameBuffer();
        var writer = new PrimitiveWriter(cells);
        for (var row = 0; row < 100; row++)
        {
            writer.Bytes(_id);
            UuidCodec.Write(writer, _uuid);
            writer.Bytes(_value);
        }
        var page = new FrameBuffer();
        new RowsResult(new RowsMetadata { ColumnCount = Columns.Length, Columns = Columns }, 100, 0) { Cells = cells }.Write(new PrimitiveWriter(page), ProtocolVersion.V4);
        _page = page.OwnSpan.ToArray();
    }

    [Benchmark]
    public int Execute_with_five_values()
    {
        _values.Reset();
        var values = new PrimitiveWriter(_values);
        UuidCodec.Write(values, _uuid);
        UuidCodec.Write(values, _uuid);
        TinyintCodec.Write(values, 1);
        values.Bytes(_id);
        values.Bytes(_value);
        _frame.Reset();
        _ = _frame.Take(FrameHeader.Size);
        var request = new ExecuteRequest(_id, default, new QueryParameters { Consistency = Consistency.LocalQuorum, Values = _values, ValueCount = 5 });
        request.Write(new PrimitiveWriter(_frame), ProtocolVersion.V4);
        return _frame.Length;
    }

    [Benchmark]
    public int Rows_of_a_page_of_a_hundred()
    {
        var reader = new PrimitiveReader(_page);
        _ = ResultKindCodec.Read(ref reader);
        var rows = RowsResult.Read(ref reader, ProtocolVersion.V4, Columns);
        var bytes = 0;
        for (var cell = 0; cell < rows.RowCount * rows.Metadata.ColumnCount; cell++)
        {
            bytes += reader.Bytes(out _).Length;
        }
        return bytes;
    }

    [Benchmark]
    public long Token_of_forty_bytes() => Murmur3Partitioner.Token(_routingKey);

    [Benchmark]
    public uint Checksum_of_a_segment()
    {
        _crc.Reset();
        _crc.Append(_segment);
        return _crc.Value;
    }
}
