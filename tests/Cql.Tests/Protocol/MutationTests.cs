using System.Net;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;
using S3Cassandra.Cql.Protocol.Responses;
using S3Cassandra.Cql.Protocol.Types;

namespace S3Cassandra.Cql.Tests.Protocol;

/// <summary>A million damaged bodies, over all shapes: each is read or refused by the protocol's exception, and costs memory by its own length only.</summary>
public class MutationTests
{
    private const int Mutants = 1_000_000;
    private const int Seed = 20_260_711;

    // An exception with its stack trace and message; what a decode may cost beyond its length.
    private const int AllowedConstant = 16 * 1024;
    private const int AllowedPerByte = 64;

    private delegate void Decoder(ReadOnlySpan<byte> body, ProtocolVersion version);

    [Fact]
    public void A_million_damaged_frames_are_read_or_refused_within_their_length()
    {
        var shapes = Shapes();
        var refused = 0;
        for (var s = 0; s < shapes.Count; s++)
        {
            var (name, body, decode) = shapes[s];
            decode(body, ProtocolVersion.V5);
            var mutator = new FrameMutator(Seed + s);
            for (var i = 0; i <= Mutants / shapes.Count; i++)
            {
                var mutant = mutator.Mutate(body);
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    decode(mutant, i % 2 == 0 ? ProtocolVersion.V5 : ProtocolVersion.V4);
                }
                catch (CqlProtocolException)
                {
                    refused++;
                }
                catch (Exception e)
                {
                    Assert.Fail($"{name}, seed {Seed + s}, mutant {i}, {Convert.ToHexString(mutant)}: {e}");
                }
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                if (allocated > AllowedConstant + (AllowedPerByte * mutant.Length))
                {
                    Assert.Fail($"{name}, seed {Seed + s}, mutant {i}, {Convert.ToHexString(mutant)}: {allocated} bytes for {mutant.Length}.");
                }
            }
        }

        // Neither everything nor nothing: the mutants are damaged, and not beyond recognition.
        Assert.InRange(refused, Mutants / 10, Mutants * 9 / 10);
    }

    private static List<(string Name, byte[] Body, Decoder Decode)> Shapes()
    {
        ColumnSpec[] columns =
        [
            new("store", "index", "shard", CqlType.Scalar(CqlTypeCode.Uuid)),
            new("store", "index", "state", new(CqlTypeCode.Map, [CqlType.Scalar(CqlTypeCode.Text), new(CqlTypeCode.Set, [CqlType.Scalar(CqlTypeCode.Int)])])),
            new("store", "index", "pair", new(CqlTypeCode.Tuple, [CqlType.Scalar(CqlTypeCode.Inet), CqlType.Scalar(CqlTypeCode.Blob)])),
        ];
        var endPoint = new IPEndPoint(IPAddress.Loopback, 9042);
        var change = new SchemaChangeEvent("CREATED", "FUNCTION", "store", "f", ["int", "text"]);
        var rows = new RowsMetadata { ColumnCount = 3, Columns = columns, PagingState = [1, 2, 3], NewMetadataId = [4, 5] };
        var failure = new ErrorResponse
        {
            Code = CqlErrorCode.ReadFailure,
            Message = "failed",
            Consistency = Consistency.Quorum,
            Failures = [new(IPAddress.Loopback, 1), new(IPAddress.IPv6Loopback, 2)],
            DataPresent = true,
        };
        return
        [
            Shape(new SupportedResponse([new("COMPRESSION", ["lz4", "snappy"]), new("CQL_VERSION", ["3.4.7"])])),
            Shape(new AuthenticateResponse("org.apache.cassandra.auth.PasswordAuthenticator")),
            Shape(new AuthChallengeResponse([1, 2, 3, 4])),
            Shape(new AuthSuccessResponse([1])),
            Shape(failure),
            Shape(failure with { Code = CqlErrorCode.WriteFailure, WriteType = WriteType.Batch }),
            Shape(failure with { Code = CqlErrorCode.WriteTimeout, WriteType = WriteType.Cas }),
            Shape(failure with { Code = CqlErrorCode.FunctionFailure, Keyspace = "k", Name = "f", ArgumentTypes = ["int", "text"] }),
            Shape(failure with { Code = CqlErrorCode.Unprepared, UnpreparedId = new byte[16] }),
            Shape(new EventResponse { Type = EventResponse.StatusChange, Status = new("UP", endPoint) }),
            Shape(new EventResponse { Type = EventResponse.TopologyChange, Topology = new("NEW_NODE", endPoint) }),
            Shape(new EventResponse { Type = EventResponse.SchemaChange, Schema = change }),
            Shape(new SchemaChangeResult(change)),
            Shape(new SetKeyspaceResult("store")),
            Shape(new PreparedResult { Id = new byte[16], ResultMetadataId = new byte[16], Parameters = columns, PartitionKeyIndexes = [0, 1], ResultMetadata = rows }),
            ("rows", Wire.Body(new RowsResult(rows, 2, 0) { Cells = Wire.Buffer(Cells + Cells) }, ProtocolVersion.V5), ReadRows(known: null)),
            ("known rows", Wire.Body(new RowsResult(rows, 2, 0) { Cells = Wire.Buffer(Cells + Cells) }, ProtocolVersion.V5), ReadRows(columns)),
            ("prefix", Prefix, static (body, _) =>
            {
                var reader = new PrimitiveReader(body);
                ResponsePrefix.Read(ref reader, FrameFlags.Tracing | FrameFlags.Warning | FrameFlags.CustomPayload);
            }),
            ("nested list", Wire.Bytes("00000002 00000004 00000000 0000000C 00000001 00000004 00000007"),
                static (body, _) => ListCodec<ListCodec<IntCodec, int>, IReadOnlyList<int>>.Read(body)),
            ("map", Wire.Bytes(MapValue), static (body, _) => MapCodec<TextCodec, string, BigintCodec, long>.Read(body)),
            Shape(new QueryRequest("SELECT", new() { Consistency = Consistency.One, Values = Wire.Buffer("00000001 07 FFFFFFFF"), ValueCount = 2, PagingState = new byte[4] })),
            Shape(new BatchRequest(BatchType.Logged, [new("DELETE", default, null, 0), new(null, new byte[16], Wire.Buffer("00000001 07"), 1)], Consistency.One, null, 1)),
        ];
    }

    private const string Cells = "00000010 00112233445566778899AABBCCDDEEFF FFFFFFFF 00000003 'abc'";
    private const string MapValue = "00000002 00000001 'a' 00000008 0000000000000001 00000001 'b' 00000008 0000000000000002";

    private static readonly byte[] Prefix = Wire.Bytes("00112233445566778899AABBCCDDEEFF 0001 0004 'slow' 0002 0001 'k' 00000001 07 0001 'n' FFFFFFFF");

    private static (string Name, byte[] Body, Decoder Decode) Shape<TMessage>(TMessage message)
        where TMessage : struct, IReadableMessage<TMessage> =>
        ($"{typeof(TMessage).Name} {message}", Wire.Body(message, ProtocolVersion.V5), static (body, version) => Wire.Read<TMessage>(body, version, out _));

    private static Decoder ReadRows(ColumnSpec[]? known) => (body, version) =>
    {
        var reader = new PrimitiveReader(body);
        ResultKindCodec.Read(ref reader);
        var rows = RowsResult.Read(ref reader, version, known);
        var cells = new PrimitiveReader(body[rows.RowsAt..]);
        for (var i = 0; i < rows.RowCount * rows.Metadata.ColumnCount; i++)
        {
            cells.Bytes(out _);
        }
    };
}
