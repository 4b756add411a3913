namespace S3Cassandra.Storage.Cassandra.Tests.Simulation;

/// <summary>Everything applies at once.</summary>
internal sealed class PerfectNetwork : INetwork
{
    public ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken) => ValueTask.FromResult(read());

    public ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken) => ValueTask.FromResult(write());

    public ValueTask PlainAsync(Action write, CancellationToken cancellationToken)
    {
        write();
        return ValueTask.CompletedTask;
    }
}
