using System.Buffers.Binary;
using System.Text;

namespace S3Cassandra.Support.Faults;

/// <summary>Bodies of ERROR as a node of protocol v4 writes them (native_protocol_v4.spec, section 9).</summary>
public static class CqlError
{
    private const ushort Quorum = 4;
    private const ushort Serial = 8;

    public static byte[] UnsupportedVersion(byte version) =>
        Body(0x000A, $"Invalid or unsupported protocol version ({version}); supported versions are (4/v4)");

    public static byte[] Overloaded() => Body(0x1001, "Forged: overloaded");

    public static byte[] Bootstrapping() => Body(0x1002, "Forged: bootstrapping");

    public static byte[] ServerError() => Body(0x0000, "Forged: server error");

    /// <summary>Section 9: "The query is syntactically correct but invalid".</summary>
    public static byte[] Invalid(string message) => Body(0x2200, message);

    public static byte[] Unavailable(int required, int alive) =>
        Body(0x1000, "Forged: unavailable", [.. Short(Quorum), .. Int(required), .. Int(alive)]);

    /// <param name="type">SIMPLE, BATCH, BATCH_LOG, CAS and so on.</param>
    public static byte[] WriteTimeout(string type, int received, int required) =>
        Body(0x1100, "Forged: write timeout", [.. Short(type == "CAS" ? Serial : Quorum), .. Int(received), .. Int(required), .. String(type)]);

    public static byte[] ReadTimeout(int received, int required, bool dataPresent) =>
        Body(0x1200, "Forged: read timeout", [.. Short(Quorum), .. Int(received), .. Int(required), (byte)(dataPresent ? 1 : 0)]);

    /// <param name="id">The statement's id as the node is said not to know it.</param>
    public static byte[] Unprepared(ReadOnlySpan<byte> id) => Body(0x2500, "Forged: unprepared", [.. Short((ushort)id.Length), .. id]);

    private static byte[] Body(int code, string message, params byte[] rest) => [.. Int(code), .. String(message), .. rest];

    private static byte[] Int(int value)
    {
        var bytes = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(ushort value) => [(byte)(value >> 8), (byte)value];

    private static byte[] String(string value) => [.. Short((ushort)Encoding.UTF8.GetByteCount(value)), .. Encoding.UTF8.GetBytes(value)];
}
