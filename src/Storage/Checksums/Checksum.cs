namespace S3Cassandra.Storage.Checksums;

/// <summary>A checksum of an object or a part.</summary>
/// <param name="Algorithm">Which.</param>
/// <param name="Type">Of the bytes, or of the parts' checksums.</param>
/// <param name="Value">Big-endian, 4, 8, 20 or 32 bytes.</param>
/// <param name="Parts">How many parts a composite one covers (the "-N" that S3 appends); 0 otherwise.</param>
public sealed record Checksum(ChecksumAlgorithm Algorithm, ChecksumType Type, ReadOnlyMemory<byte> Value, int Parts = 0)
{
    /// <summary>As S3 writes it: Base64, followed by "-N" for a composite one.</summary>
    public override string ToString()
    {
        var text = Convert.ToBase64String(Value.Span);
        return Type is ChecksumType.Composite && Parts > 0 ? string.Create(null, $"{text}-{Parts}") : text;
    }
}
