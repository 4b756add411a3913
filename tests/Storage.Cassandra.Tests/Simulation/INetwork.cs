namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>How a simulated server's requests reach the tables: at once, or as <see cref="FaultyNetwork"/> has it.</summary>
internal interface INetwork
{
    /// <summary>A read: repeated until it is answered.</summary>
    ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken);

    /// <summary>A conditional write: sent once; <paramref name="unknown"/> where its answer does not come.</summary>
    ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken);

    /// <summary>An idempotent plain write: repeated until it is acknowledged, so it may apply again, later.</summary>
    ValueTask PlainAsync(Action write, CancellationToken cancellationToken);
}
