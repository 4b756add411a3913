using System.Buffers.Binary;
using System.Security.Cryptography;

namespace S3Cassandra.Cql;

/// <summary>
/// Uuids of version 1 (RFC 9562, section 5.1; CQL's timeuuid): ordered by their time in units of 100 ns. A generator's own rise strictly,
/// whatever the clock does; two generators' differ by 62 random bits. Safe for concurrent use.
/// </summary>
public sealed class TimeUuid(TimeProvider clock)
{
    /// <summary>The uuid version of a timeuuid.</summary>
    public const int Version = 1;

    private const int Size = 16;
    private const int ClockSequenceAt = 8;
    private const byte VersionBits = Version << 4;
    private const byte VariantBits = 0x80;
    private const byte VariantMask = 0x3F;

    // The bit that tells a random node from a network card's address.
    private const byte MulticastBit = 0x01;

    // RFC 9562 counts from the first day of the Gregorian calendar.
    private static readonly long EpochTicks = new DateTime(1582, 10, 15, 0, 0, 0, DateTimeKind.Utc).Ticks;

    private readonly ulong _sequenceAndNode = NewSequenceAndNode();
    private long _last;

    /// <summary>A uuid of the present time, above every one that this generator has made.</summary>
    public Guid New()
    {
        var now = clock.GetUtcNow().UtcTicks - EpochTicks;
        long last, next;
        do
        {
            last = Volatile.Read(ref _last);
            next = Math.Max(now, last + 1);
        }
        while (Interlocked.CompareExchange(ref _last, next, last) != last);

        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, (uint)next);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(next >> 32));
        BinaryPrimitives.WriteUInt16BigEndian(bytes[6..], (ushort)(((next >> 48) & 0x0FFF) | (VersionBits << 8)));
        BinaryPrimitives.WriteUInt64BigEndian(bytes[ClockSequenceAt..], _sequenceAndNode);
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>The time that a timeuuid carries.</summary>
    /// <exception cref="ArgumentException">The uuid is not of version 1.</exception>
    public static DateTimeOffset TimeOf(Guid timeUuid)
    {
        if (timeUuid.Version != Version)
        {
            throw new ArgumentException($"{timeUuid} is a uuid of version {timeUuid.Version}, which carries no time of this kind.", nameof(timeUuid));
        }
        Span<byte> bytes = stackalloc byte[Size];
        timeUuid.TryWriteBytes(bytes, bigEndian: true, out _);
        var ticks = EpochTicks
            + (((long)BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) & 0x0FFF) << 48)
            + ((long)BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) << 32)
            + BinaryPrimitives.ReadUInt32BigEndian(bytes);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }

    private static ulong NewSequenceAndNode()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        bytes[0] = (byte)((bytes[0] & VariantMask) | VariantBits);
        bytes[2] |= MulticastBit;
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
