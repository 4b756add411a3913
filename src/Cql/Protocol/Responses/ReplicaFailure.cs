using System.Net;

namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 9, reasonmap: why one replica failed, by the numbers of Cassandra's RequestFailureReason.</summary>
internal readonly record struct ReplicaFailure(IPAddress Replica, ushort Reason)
{
    public const ushort TooManyTombstones = 1;
    public const ushort TimedOut = 2;
    public const ushort IncompatibleSchema = 3;
    public const ushort ReadTooLarge = 4;
    public const ushort NodeDown = 5;

    /// <summary>Bytes of the shortest entry: an [inetaddr] of IPv4 and a [short].</summary>
    public const int Smallest = 1 + 4 + sizeof(ushort);

    public override string ToString() => $"{Replica}: " + Reason switch
    {
        TooManyTombstones => "it met too many tombstones",
        TimedOut => "it timed out",
        IncompatibleSchema => "its schema differs",
        ReadTooLarge => "it read more than it may",
        NodeDown => "it is down",
        _ => $"reason {Reason}, see its log",
    };
}
