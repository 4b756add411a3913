using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Cluster;

/// <summary>Queries of the client's own on one connection: what a node knows by itself.</summary>
internal static class SystemQuery
{
    /// <exception cref="CqlServerException">The node refuses it.</exception>
    public static async ValueTask<RowSet> ExecuteAsync(Connection connection, string cql, TimeSpan timeout, CancellationToken token)
    {
        var request = new QueryRequest(cql, new QueryParameters { Consistency = Consistency.One });
        var answer = AnswerDecoder.Decode(await connection.SendAsync(request, timeout, token), connection, prepared: null);
        return answer.Error is null ? answer.Rows! : throw answer.Error;
    }
}
