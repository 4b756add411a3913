using S3Cassandra.Storage.Cassandra.Tests.Simulation;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>A perfect network on which, once, something else happens between two requests.</summary>
/// <param name="when">Whether it is time.</param>
/// <param name="meddle">What happens.</param>
internal sealed class MeddlingNetwork(Func<bool> when, Action meddle) : INetwork
{
    private bool _meddled;

    public ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken) => ValueTask.FromResult(Do(read));

    public ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken) => ValueTask.FromResult(Do(write));

    public ValueTask PlainAsync(Action write, CancellationToken cancellationToken)
    {
        Do(() =>
        {
            write();
            return true;
        });
        return ValueTask.CompletedTask;
    }

    private T Do<T>(Func<T> request)
    {
        if (!_meddled && when())
        {
            _meddled = true;
            meddle();
        }

        return request();
    }
}
