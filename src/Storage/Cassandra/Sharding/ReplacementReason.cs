namespace S3Cassandra.Storage.Cassandra.Sharding;

/// <summary>Why a shard should be replaced.</summary>
internal enum ReplacementReason
{
    /// <summary>It has grown too large: split at the median of its bytes.</summary>
    Size,

    /// <summary>It has grown too large by inserts at its end: split at its last key, so that the first child is left alone from then on.</summary>
    Ascending,

    /// <summary>More is written to it than one partition takes.</summary>
    Rate,

    /// <summary>Deletes have piled up: rewritten, or merged with a neighbour where little is left.</summary>
    Deletes,

    /// <summary>Too many servers have an entry in its <c>done</c>: rewritten without them.</summary>
    Fences,

    /// <summary>Little is in it: merged with a neighbour, if that is small as well.</summary>
    Small,
}
