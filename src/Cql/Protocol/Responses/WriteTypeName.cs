namespace S3Cassandra.Cql.Protocol.Responses;

/// <summary>native_protocol_v5.spec, section 9, Write_timeout: write types by name.</summary>
internal static class WriteTypeName
{
    public static WriteType Parse(string name) => name switch
    {
        "SIMPLE" => WriteType.Simple,
        "BATCH" => WriteType.Batch,
        "UNLOGGED_BATCH" => WriteType.UnloggedBatch,
        "COUNTER" => WriteType.Counter,
        "BATCH_LOG" => WriteType.BatchLog,
        "CAS" => WriteType.Cas,
        "VIEW" => WriteType.View,
        "CDC" => WriteType.Cdc,
        _ => WriteType.Unknown,
    };

    public static string Of(WriteType type) => type switch
    {
        WriteType.Simple => "SIMPLE",
        WriteType.Batch => "BATCH",
        WriteType.UnloggedBatch => "UNLOGGED_BATCH",
        WriteType.Counter => "COUNTER",
        WriteType.BatchLog => "BATCH_LOG",
        WriteType.Cas => "CAS",
        WriteType.View => "VIEW",
        WriteType.Cdc => "CDC",
        _ => "UNKNOWN",
    };
}
