namespace S3Cassandra.S3Server.Operations.Service;

/// <summary>A page of the caller's buckets to list.</summary>
/// <param name="Prefix">Only names that begin with it; null when the request had none.</param>
/// <param name="Region">Only buckets of that region; null: of all.</param>
/// <param name="After">Only names above it.</param>
/// <param name="MaxBuckets">How many at most.</param>
/// <param name="IsParametrised">Whether the request had one of the parameters above, so that the answer names regions.</param>
internal sealed record ListBucketsInput(string? Prefix, string? Region, string? After, int MaxBuckets, bool IsParametrised);
