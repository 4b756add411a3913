namespace S3Cassandra.Storage.Cassandra.Tables;

/// <summary>
/// The table <c>suspect</c>: everything that could become garbage, named before it could. Broken infrastructure throws
/// <see cref="StoreUnavailableException"/>; a write that threw may yet apply.
/// </summary>
internal interface ISuspectTable
{
    /// <summary>Names suspicions. Once it returns they are durable, and every read that begins then finds them until they are cleared.</summary>
    /// <returns>The namings, in the order of what was named.</returns>
    ValueTask<IReadOnlyList<NamedSuspicion>> NameAsync(IReadOnlyList<Suspicion> suspicions, CancellationToken cancellationToken);

    /// <summary>What was named before a moment, oldest first by the clocks of those who named.</summary>
    /// <param name="slots">Which slots to read: see <see cref="SuspectSlots"/>.</param>
    /// <param name="before">The moment.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    IAsyncEnumerable<NamedSuspicion> ReadAsync(IReadOnlyList<int> slots, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Notes that a first look found no reference. Of two marks the later one counts; a cleared naming stays cleared.</summary>
    ValueTask MarkAsync(NamedSuspicion naming, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Forgets exactly this naming, for ever, and no other one of the same thing. Idempotent.</summary>
    ValueTask ClearAsync(NamedSuspicion naming, CancellationToken cancellationToken);
}
