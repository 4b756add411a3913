namespace S3Cassandra.Cql;

/// <summary>The versions of the native protocol that this client speaks.</summary>
public enum ProtocolVersion : byte
{
    /// <summary>The baseline: Cassandra 3.0 and later, ScyllaDB. Frames go over the wire as they are, blobs without a copy or a checksum.</summary>
    V4 = 4,

    /// <summary>Cassandra 4.0 and later: envelopes in segments of at most 128 KiB with CRC-24 and CRC-32.</summary>
    V5 = 5,
}
