using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Requests;

namespace S3Cassandra.Cql.Tests.Protocol;

public class RequestTests
{
    private const string SelectBody = "00000008 'SELECT 1' 0006";

    [Fact]
    public void A_frame_header_is_nine_bytes_with_the_length_last()
    {
        Span<byte> bytes = stackalloc byte[FrameHeader.Size];
        new FrameHeader(ProtocolVersion.V5, IsResponse: false, FrameFlags.None, 1, Opcode.Options, 0).Write(bytes);
        Assert.Equal(Wire.Bytes("050000010500000000"), bytes.ToArray());

        var header = FrameHeader.Read(Wire.Bytes("84 08 FFFF 0C 00000102"));
        Assert.Equal(new FrameHeader(ProtocolVersion.V4, IsResponse: true, FrameFlags.Warning, -1, Opcode.Event, 258), header);
        Assert.Throws<CqlProtocolException>(() => FrameHeader.Read(Wire.Bytes("84 00 0000 08 80000000")));
    }

    [Fact]
    public void Startup_is_a_string_map()
    {
        KeyValuePair<string, string>[] options = [new("CQL_VERSION", "3.0.0"), new("THROW_ON_OVERLOAD", "1")];
        Wire.Check("0002 000B 'CQL_VERSION' 0005 '3.0.0' 0011 'THROW_ON_OVERLOAD' 0001 '1'", new StartupRequest(options), ProtocolVersion.V4);
    }

    [Fact]
    public void Options_has_no_body() => Wire.Check("", default(OptionsRequest), ProtocolVersion.V5);

    [Fact]
    public void A_sasl_token_goes_as_bytes_and_into_no_text()
    {
        var request = new AuthResponseRequest(Wire.Bytes("00 'cassandra' 00 'secret'"));
        Wire.Check("00000011 00 'cassandra' 00 'secret'", request, ProtocolVersion.V4);
        Assert.Equal("AuthResponseRequest", request.ToString());
    }

    [Fact]
    public void Register_is_a_string_list() =>
        Wire.Check(
            "0002 000D 'STATUS_CHANGE' 000D 'SCHEMA_CHANGE'", new RegisterRequest(["STATUS_CHANGE", "SCHEMA_CHANGE"]), ProtocolVersion.V4);

    [Theory]
    [InlineData(ProtocolVersion.V4, "00")]
    [InlineData(ProtocolVersion.V5, "00000000")]
    public void A_query_without_parameters_has_no_flags(ProtocolVersion version, string flags) =>
        Wire.Check($"{SelectBody} {flags}", new QueryRequest("SELECT 1", new() { Consistency = Consistency.LocalQuorum }), version);

    [Theory]
    [InlineData(ProtocolVersion.V4, "3F")]
    [InlineData(ProtocolVersion.V5, "0000003F")]
    public void A_query_s_parameters_come_in_the_order_of_their_flags(ProtocolVersion version, string flags)
    {
        var parameters = new QueryParameters
        {
            Consistency = Consistency.LocalQuorum,
            Values = Wire.Buffer("00000004 00000007 FFFFFFFF FFFFFFFE 00000000"),
            ValueCount = 4,
            SkipMetadata = true,
            PageSize = 5000,
            PagingState = Wire.Bytes("AABBCC"),
            SerialConsistency = Consistency.LocalSerial,
            Timestamp = 1,
        };
        var read = Wire.Check(
            $"{SelectBody} {flags} 0004 00000004 00000007 FFFFFFFF FFFFFFFE 00000000 00001388 00000003 AABBCC 0009 0000000000000001",
            new QueryRequest("SELECT 1", parameters),
            version);
        Assert.Equal(5000, read.Parameters.PageSize);
        Assert.Equal(Consistency.LocalSerial, read.Parameters.SerialConsistency);
        Assert.True(read.Parameters.SkipMetadata);
    }

    [Fact]
    public void A_large_value_is_named_by_the_request_and_not_copied()
    {
        var values = new FrameBuffer();
        values.Append(Wire.Bytes("00040000"));
        ReadOnlyMemory<byte> chunk = new byte[256 * 1024];
        values.Append(chunk);
        var request = new ExecuteRequest(Wire.Bytes("01"), default, new() { Consistency = Consistency.One, Values = values, ValueCount = 1 });
        var buffer = new FrameBuffer();
        request.Write(new PrimitiveWriter(buffer), ProtocolVersion.V4);
        Assert.Equal(chunk, Assert.Single(buffer.References.ToArray()).Memory);
        Assert.True(buffer.OwnLength < 32);
    }

    [Fact]
    public void Prepare_is_the_statement_and_from_v5_on_flags()
    {
        Wire.Check("00000003 'USE'", new PrepareRequest("USE", null), ProtocolVersion.V4);
        Wire.Check("00000003 'USE' 00000000", new PrepareRequest("USE", null), ProtocolVersion.V5);
        Wire.Check("00000003 'USE' 00000001 0002 'ks'", new PrepareRequest("USE", "ks"), ProtocolVersion.V5);
        Assert.Throws<NotSupportedException>(() => Wire.Body(new PrepareRequest("USE", "ks"), ProtocolVersion.V4));
    }

    [Fact]
    public void Execute_names_the_result_s_metadata_from_v5_on()
    {
        var request = new ExecuteRequest(
            Wire.Bytes("0102"),
            Wire.Bytes("0A0B0C"),
            new() { Consistency = Consistency.Quorum, Values = Wire.Buffer("00000001 FF"), ValueCount = 1 });
        Wire.Check("0002 0102 0004 01 0001 00000001 FF", request, ProtocolVersion.V4);
        Wire.Check("0002 0102 0003 0A0B0C 0004 00000001 0001 00000001 FF", request, ProtocolVersion.V5);
    }

    [Theory]
    [InlineData(ProtocolVersion.V4, "30")]
    [InlineData(ProtocolVersion.V5, "00000030")]
    public void A_batch_has_texts_and_ids_and_no_metadata_ids(ProtocolVersion version, string flags)
    {
        var batch = new BatchRequest(
            BatchType.Unlogged,
            [new("DELETE", default, null, 0), new(null, Wire.Bytes("0102"), Wire.Buffer("00000001 07 FFFFFFFE"), 2)],
            Consistency.LocalQuorum,
            Consistency.Serial,
            -2);
        var read = Wire.Check(
            $"01 0002 00 00000006 'DELETE' 0000 01 0002 0102 0002 00000001 07 FFFFFFFE 0006 {flags} 0008 FFFFFFFFFFFFFFFE", batch, version);
        Assert.Equal("DELETE", read.Entries[0].Cql);
        Assert.Null(read.Entries[1].Cql);
    }

    [Fact]
    public void A_plain_batch_ends_with_its_flags() =>
        Wire.Check("00 0000 0001 00", new BatchRequest(BatchType.Logged, [], Consistency.One, null, null), ProtocolVersion.V4);

    [Theory]
    [InlineData("00000001 'x' 0001 40")]
    [InlineData("00000001 'x' 0001 01 0001 FFFFFFFD")]
    [InlineData("00000001 'x' 0001 01 0002 FFFFFFFF")]
    [InlineData("7FFFFFFF 'x' 0001 00")]
    [InlineData("00000001 FF 0001 00")]
    public void A_malformed_query_is_refused(string body) =>
        Assert.Throws<CqlProtocolException>(() => Wire.Read<QueryRequest>(Wire.Bytes(body), ProtocolVersion.V4, out _));
}
