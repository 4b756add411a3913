namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>A page of current objects to list, by ListObjects.</summary>
/// <param name="Parameters">What all listings can be asked.</param>
/// <param name="Marker">UTF-8: only names above it; empty: from the start.</param>
internal sealed record ListObjectsInput(ListingParameters Parameters, ReadOnlyMemory<byte> Marker);
