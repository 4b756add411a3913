namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>
/// The rules of the protocol, each of which a simulation can run without: the tables then ignore the condition that it is, or show an old
/// map, or drop the write. Taking any of them away must be caught.
/// </summary>
public enum Guard
{
    /// <summary>A batch names the server's own last batch.</summary>
    Done,

    /// <summary>A settlement forbids the batch for ever.</summary>
    Poison,

    /// <summary>A batch applies to an ACTIVE shard only.</summary>
    State,

    /// <summary>A batch applies at the shard's epoch only.</summary>
    Epoch,

    /// <summary>A batch refers to nothing older than the sweeper's fence.</summary>
    MinUpload,

    /// <summary>A commit is conditioned on its key's head.</summary>
    HeadLock,

    /// <summary>A decision needs the claim that it was made under.</summary>
    DecisionAttempt,

    /// <summary>A decision needs the epoch of the children.</summary>
    DecisionEpoch,

    /// <summary>A shard is unfrozen only from the attempt that was seen.</summary>
    UnfreezeAttempt,

    /// <summary>An attempt is dead once its claim is certainly gone from the map, not before.</summary>
    DeadAttempts,

    /// <summary>Only a BORN shard is activated.</summary>
    Born,

    /// <summary>A frozen shard is asked of the map as of now.</summary>
    FreshMap,

    /// <summary>Copies are older than any commit.</summary>
    CopyTimestamp,

    /// <summary>What was written after it was copied is copied again once the shard is frozen.</summary>
    Corrections,

    /// <summary>What a commit releases was named as a suspect before.</summary>
    SuspectsFirst,

    /// <summary>What is not referred to is looked at once more, after readers are through, before it is freed.</summary>
    SecondLook,
}
