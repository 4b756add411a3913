namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>A shard's static columns.</summary>
/// <param name="Lo">Its first key, inclusive; empty for the first shard.</param>
/// <param name="Hi">Its end, exclusive; null for the last shard.</param>
/// <param name="State">See <see cref="ShardState"/>.</param>
/// <param name="Attempt">Whose freeze this is, while frozen.</param>
/// <param name="Epoch">The bucket's configuration that writers here must act on.</param>
/// <param name="MinUpload">The sweeper's fence, in microseconds since 1970: no commit begun before it applies.</param>
/// <param name="Done">Per server its last batch here, or -s: its batch s is forbidden for ever.</param>
/// <param name="Tallies">Per server what its batches added; under the empty incarnation what the copy began with.</param>
internal sealed record ShardStatics(
    ReadOnlyMemory<byte> Lo,
    ReadOnlyMemory<byte>? Hi,
    ShardState State,
    AttemptId? Attempt,
    int Epoch,
    long MinUpload,
    IReadOnlyDictionary<IncarnationId, long> Done,
    IReadOnlyDictionary<IncarnationId, Tally> Tallies)
{
    public Tally Total => Tallies.Values.Aggregate(default(Tally), (sum, tally) => sum + tally);

    public bool Holds(ReadOnlySpan<byte> key) =>
        key.SequenceCompareTo(Lo.Span) >= 0 && (Hi is not { } hi || key.SequenceCompareTo(hi.Span) < 0);
}
