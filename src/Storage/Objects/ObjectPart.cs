using S3Cassandra.Storage.Checksums;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Objects;

/// <summary>A run of an object's bytes that lie in one blob: the whole object, or one part of a multipart upload.</summary>
/// <param name="Number">The part number that the client gave; 1 for an object that was not uploaded in parts.</param>
/// <param name="Blob">Where the bytes are.</param>
/// <param name="ChunkSize">The blob's chunk size, in stored bytes.</param>
/// <param name="Size">How many bytes, as the client sees them.</param>
/// <param name="Checksum">The part's checksum, where one is kept.</param>
/// <param name="Nonce">What the part was encrypted with, beside the object's key; empty when it is not encrypted.</param>
public sealed record ObjectPart(
    int Number, BlobId Blob, int ChunkSize, long Size, Checksum? Checksum, ReadOnlyMemory<byte> Nonce);
