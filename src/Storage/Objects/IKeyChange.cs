using S3Cassandra.Storage.Identifiers;
using S3Cassandra.Storage.Index;
using S3Cassandra.Storage.Versioning;

namespace S3Cassandra.Storage.Objects;

/// <summary>A change of one key's rows, worked out from what the rows are: asked again each time others changed them meanwhile.</summary>
internal interface IKeyChange
{
    BucketId Bucket { get; }

    /// <summary>What to read first.</summary>
    KeyRead Read { get; }

    /// <summary>Whether to give up soon and say so (409), as conditional writes do.</summary>
    bool IsConditional { get; }

    /// <summary>What to do about the rows that <paramref name="read"/> found. Pure but for the clock and random ids.</summary>
    KeyStep Next(KeyRead read, KeyRows rows, VersioningState versioning);
}
