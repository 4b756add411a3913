namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>A page of current objects to list, by ListObjectsV2.</summary>
/// <param name="Parameters">What all listings can be asked.</param>
/// <param name="StartAfter">UTF-8: only names above it; empty when the request had none.</param>
/// <param name="ContinuationToken">As sent; null when the request had none.</param>
/// <param name="After">What the token holds; else the same as <paramref name="StartAfter"/>.</param>
/// <param name="FetchOwner">Whether the answer names owners.</param>
internal sealed record ListObjectsV2Input(
    ListingParameters Parameters, ReadOnlyMemory<byte> StartAfter, string? ContinuationToken, ReadOnlyMemory<byte> After, bool FetchOwner);
