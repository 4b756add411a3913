namespace S3Cassandra.Auth.Signatures;

/// <summary>Where a request carries its signature.</summary>
public enum SignaturePlace
{
    /// <summary>The Authorization header.</summary>
    Header,

    /// <summary>Query parameters: a presigned URL.</summary>
    Query,

    /// <summary>The fields of an upload form.</summary>
    Form,
}
