namespace S3Cassandra.Storage.Objects;

/// <summary>The standard headers that are stored with an object and given back as they came; null where absent.</summary>
public sealed record ObjectHeaders
{
    public static ObjectHeaders Empty { get; } = new();

    public string? ContentType { get; init; }

    public string? ContentEncoding { get; init; }

    public string? ContentDisposition { get; init; }

    public string? ContentLanguage { get; init; }

    public string? CacheControl { get; init; }

    public string? Expires { get; init; }
}
