namespace S3Cassandra.S3Server.Http;

/// <summary>Request ids: 16 upper-case hexadecimal digits, random, not secret.</summary>
internal static class RequestId
{
    public static string Next() => Random.Shared.NextInt64(long.MinValue, long.MaxValue).ToString("X16", null);
}
