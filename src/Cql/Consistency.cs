namespace S3Cassandra.Cql;

/// <summary>Consistency levels with their numbers on the wire (native_protocol_v4.spec, section 3, [consistency]).</summary>
public enum Consistency : ushort
{
    Any = 0,
    One = 1,
    Two = 2,
    Three = 3,
    Quorum = 4,
    All = 5,
    LocalQuorum = 6,
    EachQuorum = 7,
    Serial = 8,
    LocalSerial = 9,
    LocalOne = 10,
}
