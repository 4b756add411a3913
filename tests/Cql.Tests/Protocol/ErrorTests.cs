using System.Net;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.Protocol;

public class ErrorTests
{
    private static readonly IPEndPoint Node = new(IPAddress.Loopback, 9042);

    [Theory]
    [InlineData(CqlErrorCode.ServerError, "00000000")]
    [InlineData(CqlErrorCode.ProtocolError, "0000000A")]
    [InlineData(CqlErrorCode.BadCredentials, "00000100")]
    [InlineData(CqlErrorCode.Overloaded, "00001001")]
    [InlineData(CqlErrorCode.IsBootstrapping, "00001002")]
    [InlineData(CqlErrorCode.TruncateError, "00001003")]
    [InlineData(CqlErrorCode.CdcWriteFailure, "00001600")]
    [InlineData(CqlErrorCode.SyntaxError, "00002000")]
    [InlineData(CqlErrorCode.Unauthorized, "00002100")]
    [InlineData(CqlErrorCode.Invalid, "00002200")]
    [InlineData(CqlErrorCode.ConfigError, "00002300")]
    [InlineData((CqlErrorCode)0x7777, "00007777")]
    public void An_error_is_a_code_and_a_message(CqlErrorCode code, string number) =>
        Wire.Check($"{number} 0002 'no'", new ErrorResponse { Code = code, Message = "no" }, ProtocolVersion.V4);

    [Fact]
    public void Unavailable_says_how_many_replicas_are_alive()
    {
        var error = Wire.Check(
            "00001000 0002 'no' 0006 00000002 00000001",
            new ErrorResponse { Code = CqlErrorCode.Unavailable, Message = "no", Consistency = Consistency.LocalQuorum, Required = 2, Alive = 1 },
            ProtocolVersion.V4);
        var exception = error.ToException(Node);
        Assert.Equal((CqlErrorCode.Unavailable, Consistency.LocalQuorum, 2, 1), (exception.Code, exception.Consistency, exception.Required, exception.Alive));
        Assert.Equal(Node, exception.Node);
        Assert.StartsWith("127.0.0.1:9042: Unavailable: no. 1 of the 2 replicas that LocalQuorum needs are alive. ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_write_timeout_counts_contentions_in_v5_and_for_cas_only()
    {
        var cas = new ErrorResponse
        {
            Code = CqlErrorCode.WriteTimeout,
            Message = "t",
            Consistency = Consistency.LocalSerial,
            Received = 0,
            Required = 2,
            WriteType = WriteType.Cas,
            Contentions = 2,
        };
        Wire.Check("00001100 0001 't' 0009 00000000 00000002 0003 'CAS' 0002", cas, ProtocolVersion.V5);
        var inV4 = Wire.Check("00001100 0001 't' 0009 00000000 00000002 0003 'CAS'", cas, ProtocolVersion.V4);
        Assert.True(inV4.ToException(null).IsUnknownCasOutcome);
        var simple = Wire.Check(
            "00001100 0001 't' 0009 00000000 00000002 0006 'SIMPLE'", cas with { WriteType = WriteType.Simple }, ProtocolVersion.V5);
        Assert.False(simple.ToException(null).IsUnknownCasOutcome);
    }

    [Fact]
    public void Every_write_type_has_its_name()
    {
        foreach (var type in Enum.GetValues<WriteType>())
        {
            Assert.Equal(type, WriteTypeName.Parse(WriteTypeName.Of(type)));
        }
        Assert.Equal(WriteType.BatchLog, WriteTypeName.Parse("BATCH_LOG"));
        Assert.Equal(WriteType.UnloggedBatch, WriteTypeName.Parse("UNLOGGED_BATCH"));
        Assert.Equal(WriteType.Unknown, WriteTypeName.Parse("cas"));
    }

    [Fact]
    public void A_read_timeout_says_whether_the_data_came()
    {
        var error = new ErrorResponse
        {
            Code = CqlErrorCode.ReadTimeout,
            Message = "t",
            Consistency = Consistency.Quorum,
            Received = 1,
            Required = 2,
            DataPresent = true,
        };
        Assert.True(Wire.Check("00001200 0001 't' 0004 00000001 00000002 01", error, ProtocolVersion.V4).ToException(null).DataPresent);
        Assert.False(Wire.Check("00001200 0001 't' 0004 00000001 00000002 00", error with { DataPresent = false }, ProtocolVersion.V5).DataPresent);
    }

    [Fact]
    public void Failures_are_counted_in_v4_and_explained_in_v5()
    {
        var read = new ErrorResponse
        {
            Code = CqlErrorCode.ReadFailure,
            Message = "f",
            Consistency = Consistency.One,
            Received = 0,
            Required = 1,
            FailureCount = 2,
            Failures = [new(IPAddress.Parse("127.0.0.2"), 1), new(IPAddress.IPv6Loopback, 0)],
            DataPresent = false,
        };
        Wire.Check("00001300 0001 'f' 0001 00000000 00000001 00000002 00", read, ProtocolVersion.V4);
        var v5 = Wire.Check(
            "00001300 0001 'f' 0001 00000000 00000001 00000002 04 7F000002 0001 10 00000000000000000000000000000001 0000 00", read, ProtocolVersion.V5);
        Assert.Equal(2, v5.ToException(null).Failures);
        Assert.Contains("127.0.0.2: it met too many tombstones", v5.ToException(null).Message, StringComparison.Ordinal);

        var write = read with { Code = CqlErrorCode.WriteFailure, DataPresent = null, WriteType = WriteType.Batch };
        Wire.Check("00001500 0001 'f' 0001 00000000 00000001 00000002 0005 'BATCH'", write, ProtocolVersion.V4);
        Wire.Check("00001500 0001 'f' 0001 00000000 00000001 00000000 0005 'BATCH'", write with { Failures = [] }, ProtocolVersion.V5);
    }

    [Fact]
    public void An_unknown_outcome_of_a_conditional_write_says_so()
    {
        var error = Wire.Check(
            "00001700 0001 'c' 0008 00000001 00000002",
            new ErrorResponse { Code = CqlErrorCode.CasWriteUnknown, Message = "c", Consistency = Consistency.Serial, Received = 1, Required = 2 },
            ProtocolVersion.V5);
        Assert.True(error.ToException(null).IsUnknownCasOutcome);
        Assert.Contains("not known", error.ToException(null).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_of_functions_of_existing_things_and_of_unknown_statements_name_them()
    {
        Wire.Check(
            "00001400 0001 'f' 0002 'ks' 0002 'fn' 0001 0003 'int'",
            new ErrorResponse { Code = CqlErrorCode.FunctionFailure, Message = "f", Keyspace = "ks", Name = "fn", ArgumentTypes = ["int"] },
            ProtocolVersion.V4);
        Wire.Check(
            "00002400 0001 'a' 0002 'ks' 0000", new ErrorResponse { Code = CqlErrorCode.AlreadyExists, Message = "a", Keyspace = "ks", Name = "" }, ProtocolVersion.V4);
        var unprepared = Wire.Check(
            "00002500 0001 'u' 0002 0102", new ErrorResponse { Code = CqlErrorCode.Unprepared, Message = "u", UnpreparedId = [1, 2] }, ProtocolVersion.V4);
        Assert.Equal([1, 2], unprepared.UnpreparedId!);
    }

    [Theory]
    [InlineData(CqlErrorCode.BadCredentials, "Provided username x and/or password are incorrect", "Check the user name and the password")]
    [InlineData(CqlErrorCode.Invalid, "Guardrail page_size violated", "raise its threshold in cassandra.yaml")]
    [InlineData(CqlErrorCode.Invalid, "keyspace s3 does not exist", "Create the keyspace first")]
    [InlineData(CqlErrorCode.Invalid, "Keyspace 's3' does not exist", "Create the keyspace first")]
    [InlineData(CqlErrorCode.Invalid, "unconfigured table blobs", "Create the table first")]
    [InlineData(CqlErrorCode.Invalid, "table blobs does not exist", "Create the table first")]
    [InlineData(CqlErrorCode.Invalid, "Batch too large", "batch_size_fail_threshold")]
    [InlineData(CqlErrorCode.Invalid, "Request is too big: length 20000000 exceeds maximum allowed length 16777216.", "native_transport_max_frame_size")]
    [InlineData(CqlErrorCode.ReadFailure, "Scanned over 100001 tombstones", "smaller slices")]
    [InlineData(CqlErrorCode.ProtocolError, "Invalid or unsupported protocol version (5)", "connect with v4")]
    [InlineData(CqlErrorCode.Overloaded, "Server is in overloaded state", "fewer requests at once")]
    [InlineData(CqlErrorCode.Overloaded, "Server is shutting down", "has stopped serving clients after a failure of its disk")]
    public void What_to_do_is_said_where_it_is_known(CqlErrorCode code, string message, string advice) =>
        Assert.Contains(advice, new ErrorResponse { Code = code, Message = message }.ToException(Node).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_invalid_requests_are_passed_on_as_the_node_words_them() =>
        Assert.Equal("Invalid: Undefined column x.", new ErrorResponse { Code = CqlErrorCode.Invalid, Message = "Undefined column x" }.ToException(null).Message);
}
