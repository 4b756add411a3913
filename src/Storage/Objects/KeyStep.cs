using S3Cassandra.Storage.Index;

namespace S3Cassandra.Storage.Objects;

/// <summary>The next step of a change: read more, commit, or end without a commit.</summary>
/// <param name="Outcome">What the change comes to: once the commit applies, or at once where there is none.</param>
internal readonly record struct KeyStep(WriteOutcome Outcome)
{
    public KeyRead? ReadMore { get; init; }

    /// <summary>The rows to change; conditions on the key's head and the epoch are added by the committer.</summary>
    public KeyCommit? Commit { get; init; }

    public static KeyStep End(WriteStatus status) => new(new WriteOutcome(status));

    public static KeyStep Further(KeyRead read) => new(default) { ReadMore = read };
}
