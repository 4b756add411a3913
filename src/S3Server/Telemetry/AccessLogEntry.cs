using System.Net;

namespace S3Cassandra.S3Server.Telemetry;

/// <summary>One request as the access log tells it. Never a query, a header or anything else that could hold a secret.</summary>
internal readonly record struct AccessLogEntry(
    DateTimeOffset Time,
    IPAddress? Remote,
    string RequestId,
    string Operation,
    string Bucket,
    string EncodedKey,
    int Status,
    string? ErrorCode,
    long BytesIn,
    long BytesOut,
    TimeSpan Duration);
