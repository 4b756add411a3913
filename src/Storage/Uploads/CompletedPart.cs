using S3Cassandra.Storage.Checksums;

namespace S3Cassandra.Storage.Uploads;

/// <summary>A part as the client names it to complete an upload.</summary>
/// <param name="Number">Its number.</param>
/// <param name="ETag">Its ETag, without quotes.</param>
/// <param name="Checksums">What the client says of its checksums.</param>
public sealed record CompletedPart(int Number, string ETag, IReadOnlyList<Checksum> Checksums);
