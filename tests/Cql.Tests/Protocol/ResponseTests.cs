using System.Net;
using S3Cassandra.Cql.Buffers;
using S3Cassandra.Cql.Protocol;
using S3Cassandra.Cql.Protocol.Responses;

namespace S3Cassandra.Cql.Tests.Protocol;

public class ResponseTests
{
    [Fact]
    public void Ready_and_void_carry_nothing()
    {
        Wire.Check("", default(ReadyResponse), ProtocolVersion.V4);
        Wire.Check("00000001", default(VoidResult), ProtocolVersion.V4);
    }

    [Fact]
    public void Authentication_is_a_name_and_tokens()
    {
        Wire.Check("0004 'a.Pw'", new AuthenticateResponse("a.Pw"), ProtocolVersion.V4);
        Wire.Check("00000002 0102", new AuthChallengeResponse([1, 2]), ProtocolVersion.V4);
        Wire.Check("FFFFFFFF", new AuthSuccessResponse(null), ProtocolVersion.V4);
        Assert.Empty(Wire.Check("00000000", new AuthSuccessResponse([]), ProtocolVersion.V5).Token!);
    }

    [Fact]
    public void Supported_is_a_string_multimap()
    {
        var read = Wire.Check(
            "0001 000B 'COMPRESSION' 0002 0006 'snappy' 0003 'lz4'", new SupportedResponse([new("COMPRESSION", ["snappy", "lz4"])]), ProtocolVersion.V4);
        Assert.Equal(["snappy", "lz4"], read.Options[0].Value);
    }

    [Fact]
    public void Set_keyspace_names_it() => Wire.Check("00000003 0002 'ks'", new SetKeyspaceResult("ks"), ProtocolVersion.V4);

    [Theory]
    [InlineData("0008 'KEYSPACE' 0002 'ks'", SchemaChangeEvent.TargetKeyspace, null, false)]
    [InlineData("0005 'TABLE' 0002 'ks' 0001 't'", SchemaChangeEvent.TargetTable, "t", false)]
    [InlineData("0004 'TYPE' 0002 'ks' 0001 't'", SchemaChangeEvent.TargetType, "t", false)]
    [InlineData("0008 'FUNCTION' 0002 'ks' 0001 'f' 0001 0003 'int'", SchemaChangeEvent.TargetFunction, "f", true)]
    [InlineData("0009 'AGGREGATE' 0002 'ks' 0001 'a' 0001 0003 'int'", SchemaChangeEvent.TargetAggregate, "a", true)]
    public void A_schema_change_names_what_it_changed(string rest, string target, string? name, bool withArguments)
    {
        var change = new SchemaChangeEvent(SchemaChangeEvent.Created, target, "ks", name, withArguments ? ["int"] : null);
        var result = Wire.Check($"00000005 0007 'CREATED' {rest}", new SchemaChangeResult(change), ProtocolVersion.V4);
        Assert.Equal(name, result.Change.Name);
        var received = Wire.Check(
            $"000D 'SCHEMA_CHANGE' 0007 'CREATED' {rest}",
            new EventResponse { Type = EventResponse.SchemaChange, Schema = change },
            ProtocolVersion.V5);
        Assert.Equal(target, received.Schema!.Value.Target);
    }

    [Fact]
    public void Events_name_a_node_by_inet()
    {
        var status = new StatusChangeEvent(StatusChangeEvent.Up, new IPEndPoint(IPAddress.Parse("127.0.0.2"), 19042));
        var read = Wire.Check(
            "000D 'STATUS_CHANGE' 0002 'UP' 04 7F000002 00004A62", new EventResponse { Type = EventResponse.StatusChange, Status = status }, ProtocolVersion.V4);
        Assert.Equal(status, read.Status);
        var topology = new TopologyChangeEvent(TopologyChangeEvent.NewNode, new IPEndPoint(IPAddress.IPv6Loopback, 9042));
        Wire.Check(
            "000F 'TOPOLOGY_CHANGE' 0008 'NEW_NODE' 10 00000000000000000000000000000001 00002352",
            new EventResponse { Type = EventResponse.TopologyChange, Topology = topology },
            ProtocolVersion.V4);
    }

    [Fact]
    public void An_event_of_an_unknown_type_is_nothing_wrong()
    {
        var read = Wire.Read<EventResponse>(Wire.Bytes("0009 'TEA_BREAK' 0102"), ProtocolVersion.V4, out _);
        Assert.Equal("TEA_BREAK", read.Type);
        Assert.True(read.Topology is null && read.Status is null && read.Schema is null);
    }

    [Fact]
    public void What_the_flags_announce_comes_before_the_message_in_its_order()
    {
        var body = Wire.Bytes(
            "00112233445566778899AABBCCDDEEFF 0001 0004 'slow' 0002 0001 'k' 00000001 07 0001 'n' FFFFFFFF 00000001");
        var reader = new PrimitiveReader(body);
        var prefix = ResponsePrefix.Read(ref reader, FrameFlags.Tracing | FrameFlags.Warning | FrameFlags.CustomPayload);
        Assert.Equal(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), prefix.TracingId);
        Assert.Equal(["slow"], prefix.Warnings!);
        Assert.Equal([7], prefix.CustomPayload![0].Value!);
        Assert.Null(prefix.CustomPayload[1].Value);
        Assert.Equal(ResultKind.Void, ResultKindCodec.Read(ref reader));

        Assert.Equal(FrameFlags.Tracing | FrameFlags.Warning | FrameFlags.CustomPayload, prefix.Flags);
        var buffer = new FrameBuffer();
        prefix.Write(new PrimitiveWriter(buffer));
        Assert.Equal(body[..^4], Wire.Flat(buffer));
    }

    [Theory]
    [InlineData("00000000")]
    [InlineData("00000006")]
    [InlineData("FFFFFFFF")]
    public void A_result_of_an_unknown_kind_is_refused(string kind) => Assert.Throws<CqlProtocolException>(() =>
    {
        var reader = new PrimitiveReader(Wire.Bytes(kind));
        ResultKindCodec.Read(ref reader);
    });
}
