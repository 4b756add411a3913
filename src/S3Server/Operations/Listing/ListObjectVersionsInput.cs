using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Listing;

/// <summary>A page of versions to list.</summary>
/// <param name="Parameters">What all listings can be asked.</param>
/// <param name="KeyMarker">UTF-8: only keys above it; empty: from the start.</param>
/// <param name="VersionIdMarker">With it: also the marker's own versions below this one.</param>
/// <param name="VersionIdMarkerText">As sent; null when the request had none.</param>
internal sealed record ListObjectVersionsInput(
    ListingParameters Parameters, ReadOnlyMemory<byte> KeyMarker, VersionId? VersionIdMarker, string? VersionIdMarkerText);
