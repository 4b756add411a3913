using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.S3Server.Operations.Multipart;

/// <summary>What a ListParts asks for.</summary>
internal sealed record ListPartsInput(UploadId Upload, int Marker, int MaxParts);
