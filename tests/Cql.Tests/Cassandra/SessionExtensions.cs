using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Types;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra;

/// <summary>What most tests do to a session.</summary>
internal static class SessionExtensions
{
    /// <summary>Executes a statement that returns nothing of interest.</summary>
    public static async Task RunAsync(this CqlSession session, string cql, CancellationToken token)
    {
        using var rows = await session.ExecuteAsync(new SimpleStatement(cql), token);
    }

    /// <summary>Executes a bound statement that returns nothing of interest, and gives it back.</summary>
    public static async Task RunAsync(this CqlSession session, BoundStatement statement, CancellationToken token)
    {
        using (statement)
        {
            using var rows = await session.ExecuteAsync(statement, token);
        }
    }

    /// <summary>The first row's first column, a bigint or a count.</summary>
    public static async Task<long> CountAsync(this CqlSession session, string cql, CancellationToken token)
    {
        using var rows = await session.ExecuteAsync(new SimpleStatement(cql), token);
        Assert.True(rows.Read());
        return rows.GetBigint(0);
    }

    /// <summary>Executes a conditional statement and says how it ended.</summary>
    public static async Task<Outcome> TryAsync(this CqlSession session, BoundStatement statement, CancellationToken token)
    {
        using (statement)
        {
            using var result = await session.ExecuteConditionalAsync(statement, token);
            return result.Outcome;
        }
    }

    /// <summary>Values by their codec: those of collections and tuples.</summary>
    public static BoundStatement Encode<TCodec, T>(this BoundStatement statement, T value)
        where TCodec : struct, ICodec<T>
    {
        var buffer = new FrameBuffer();
        TCodec.Write(new PrimitiveWriter(buffer), value);
        return statement.Encoded(buffer.OwnSpan[sizeof(int)..]);
    }

    public static T Decode<TCodec, T>(this RowSet rows, int column)
        where TCodec : struct, ICodec<T> => TCodec.Read(rows.GetEncoded(column)!.Value.Span);
}
