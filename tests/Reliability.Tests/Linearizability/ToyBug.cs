namespace S3Cassandra.Reliability.Tests.Linearizability;

/// <summary>The faults that can be planted in <see cref="ToyStore"/>: each is one that object stores have had.</summary>
public enum ToyBug
{
    None,

    /// <summary>A read is answered from a cache that a write did not clear.</summary>
    StaleRead,

    /// <summary>HEAD reads another replica than GET.</summary>
    StaleHead,

    /// <summary>If-Match is looked at, then written, with another write in between.</summary>
    UnguardedIfMatch,

    /// <summary>If-None-Match is looked at, then written, with another write in between.</summary>
    UnguardedIfNoneMatch,

    /// <summary>2xx before the write took effect.</summary>
    EarlyAcknowledgement,

    /// <summary>2xx for a write that is lost.</summary>
    LostWrite,

    /// <summary>412 for a write that took effect all the same.</summary>
    RefusedYetApplied,

    /// <summary>A write of unknown outcome that is sent again and happens twice.</summary>
    AppliedTwice,

    /// <summary>Complete's retry puts the object there again after it was deleted.</summary>
    CompletedAgain,

    /// <summary>A deleted object comes back.</summary>
    Resurrection,
}
