using System.Buffers.Binary;
using System.Text;

namespace S3Cassandra.Support.Faults;

/// <summary>A frame of protocol v4 as it goes over the wire: nine bytes of header, then the body.</summary>
public sealed record CqlFrame(byte[] Bytes)
{
    public const int HeaderSize = 9;
    private const byte Response = 0x84;
    private const byte Tracing = 0x02;
    private const byte Warning = 0x08;
    private const int TracingSize = 16;

    public short StreamId => BinaryPrimitives.ReadInt16BigEndian(Bytes.AsSpan(2));

    public CqlOpcode Opcode => (CqlOpcode)Bytes[4];

    public ReadOnlySpan<byte> Body => Bytes.AsSpan(HeaderSize);

    /// <summary>Where an answer's own body begins: a tracing id and warnings may come before it.</summary>
    internal int MessageAt
    {
        get
        {
            var at = (Bytes[1] & Tracing) != 0 ? TracingSize : 0;
            if ((Bytes[1] & Warning) == 0)
            {
                return at;
            }

            var warnings = BinaryPrimitives.ReadUInt16BigEndian(Body[at..]);
            at += sizeof(ushort);
            for (var i = 0; i < warnings; i++)
            {
                at += sizeof(ushort) + BinaryPrimitives.ReadUInt16BigEndian(Body[at..]);
            }

            return at;
        }
    }

    /// <summary>The statement's text: of QUERY and PREPARE as sent; of EXECUTE as it was prepared through this proxy; else empty.</summary>
    public string Cql { get; init; } = "";

    /// <summary>Whether a statement changes data only under a condition.</summary>
    public bool IsConditional => Cql.Contains(" IF ", StringComparison.OrdinalIgnoreCase);

    /// <summary>An answer on this request's stream.</summary>
    public CqlFrame Answer(CqlOpcode opcode, ReadOnlySpan<byte> body)
    {
        var bytes = new byte[HeaderSize + body.Length];
        bytes[0] = Response;
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(2), StreamId);
        bytes[4] = (byte)opcode;
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(5), body.Length);
        body.CopyTo(bytes.AsSpan(HeaderSize));
        return new(bytes);
    }

    internal static int BodyLength(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt32BigEndian(header[5..]);

    /// <summary>A [long string] of the body.</summary>
    internal string LongString(int at = 0) => Encoding.UTF8.GetString(Body.Slice(at + sizeof(int), BinaryPrimitives.ReadInt32BigEndian(Body[at..])));

    /// <summary>[short bytes] of the body.</summary>
    internal string ShortBytes(int at) => Convert.ToHexString(Body.Slice(at + sizeof(ushort), BinaryPrimitives.ReadUInt16BigEndian(Body[at..])));
}
