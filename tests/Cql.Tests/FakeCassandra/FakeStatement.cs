using System.Security.Cryptography;
using System.Text;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.FakeCassandra;

/// <summary>A statement that the fake nodes can prepare.</summary>
internal sealed record FakeStatement(string Cql, ColumnSpec[] Parameters, ushort[] PartitionKey, ColumnSpec[] Columns)
{
    /// <summary>As Cassandra makes it: a digest of the text.</summary>
    public byte[] Id { get; init; } = MD5.HashData(Encoding.UTF8.GetBytes(Cql));

    public byte[] ResultMetadataId { get; init; } = MD5.HashData(Encoding.UTF8.GetBytes("columns of " + Cql));

    public PreparedResult Prepared => new()
    {
        Id = Id,
        ResultMetadataId = ResultMetadataId,
        Parameters = Parameters,
        PartitionKeyIndexes = PartitionKey,
        ResultMetadata = new RowsMetadata { ColumnCount = Columns.Length, Columns = Columns, Flags = Columns.Length == 0 ? RowsFlags.NoMetadata : RowsFlags.None },
    };
}
