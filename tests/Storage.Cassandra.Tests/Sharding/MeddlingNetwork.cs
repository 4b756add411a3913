using S3Cassandra.Storage.Cassandra.Tests.Simulation;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>A perfect network on which, once, something else happens between two requests.</summary>
/// <param name="when">Whether it is time.</param>
/// <param name="meddle">What happens.</param>
internal sealed class MeddlingNetwork(Func<bool> when, Func<Task> meddle) : INetwork
{
    private bool _meddled;

    public async ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        await MeddleAsync();
        return read();
    }

    public async ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken)
    {
        await MeddleAsync();
        return write();
    }

    public async ValueTask PlainAsync(Action write, CancellationToken cancellationToken)
    {
        await MeddleAsync();
        write();
    }

    private async ValueTask MeddleAsync()
    {
        if (!_meddled && when())
        {
            _meddled = true;
            await meddle();
        }
    }
}
