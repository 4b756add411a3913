using S3Cassandra.Cql.Connections;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Cluster;

/// <summary>
/// From a response's bytes to what they say. The body is released here unless rows keep it. A body that cannot be read ends its
/// connection: who knows what the next one would be.
/// </summary>
internal static class AnswerDecoder
{
    /// <param name="prepared">The statement whose answer it is: its columns stand in for an answer's without them, and are renewed when they have changed.</param>
    public static Answer Decode(in Response response, Connection connection, PreparedStatement? prepared)
    {
        var keep = false;
        try
        {
            var reader = new PrimitiveReader(response.Body.Span);
            var prefix = ResponsePrefix.Read(ref reader, response.Flags);
            if (response.Opcode == Opcode.Error)
            {
                return Error(ErrorResponse.Read(ref reader, connection.Version), connection);
            }
            var kind = ResultOf(response, ref reader);
            if (kind != ResultKind.Rows)
            {
                return new(RowSet.WithoutRows(prefix.Warnings), kind == ResultKind.SchemaChange, null, null);
            }
            var rows = RowsResult.Read(ref reader, connection.Version, prepared?.ExpectedColumns);
            prepared?.Learn(rows.Metadata.NewMetadataId, rows.Metadata.Columns);
            keep = true;
            return new(new RowSet(response.Body, rows, prefix.Warnings), false, null, null);
        }
        catch (CqlProtocolException e)
        {
            connection.Close(e);
            throw;
        }
        finally
        {
            if (!keep)
            {
                response.Body.Release();
            }
        }
    }

    /// <summary>The answer to PREPARE.</summary>
    /// <exception cref="CqlServerException">The node refuses the statement.</exception>
    public static PreparedResult DecodePrepared(in Response response, Connection connection)
    {
        try
        {
            var reader = new PrimitiveReader(response.Body.Span);
            _ = ResponsePrefix.Read(ref reader, response.Flags);
            if (response.Opcode == Opcode.Error)
            {
                throw ErrorResponse.Read(ref reader, connection.Version).ToException(connection.Address);
            }
            return ResultOf(response, ref reader) == ResultKind.Prepared
                ? PreparedResult.Read(ref reader, connection.Version)
                : throw new CqlProtocolException($"{connection.Address} answered PREPARE with another kind of result.") { Node = connection.Address };
        }
        catch (CqlProtocolException e)
        {
            connection.Close(e);
            throw;
        }
        finally
        {
            response.Body.Release();
        }
    }

    private static ResultKind ResultOf(in Response response, ref PrimitiveReader reader) => response.Opcode == Opcode.Result
        ? ResultKindCodec.Read(ref reader)
        : throw new CqlProtocolException($"A node answered a statement with {response.Opcode}.");

    private static Answer Error(in ErrorResponse error, Connection connection) => new(null, false, error.ToException(connection.Address), error.UnpreparedId);
}
