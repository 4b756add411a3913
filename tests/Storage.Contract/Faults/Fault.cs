namespace S3Cassandra.Storage.Contract.Faults;

/// <summary>What a faulty store does to one call.</summary>
public enum Fault
{
    None,

    /// <summary>The call is held until <see cref="FaultPlan.Release"/>, then goes through.</summary>
    Hold,

    /// <summary>The call goes through after others had their turn.</summary>
    Delay,

    /// <summary>StoreUnavailableException, and nothing happened.</summary>
    Unavailable,

    /// <summary>StoreUnavailableException, although it happened.</summary>
    UnavailableApplied,

    /// <summary>StoreFullException, and nothing happened. Writes only; a read goes through.</summary>
    Full,

    /// <summary>Unknown, and it had no effect and never will. Conditional writes only; StoreUnavailableException elsewhere.</summary>
    UnknownNotApplied,

    /// <summary>Unknown, and it took effect.</summary>
    UnknownApplied,

    /// <summary>Unknown, and it is tried only at <see cref="FaultPlan.RunLateAsync"/> (or, seeded, some calls later).</summary>
    UnknownAppliedLater,

    /// <summary>One bit of the chunk that a read returns is flipped before verification: CorruptDataException. Chunk reads only.</summary>
    BitFlip,
}
