using S3Cassandra.Storage.Cassandra.Tests.Simulation;

namespace S3Cassandra.Storage.Cassandra.Tests.Sharding;

/// <summary>A server's network until the server dies: with its last request, which still arrives or does not, and is never answered.</summary>
/// <param name="requests">How many requests it sends.</param>
/// <param name="lastArrives">Whether the last one arrives.</param>
internal sealed class DyingNetwork(int requests, bool lastArrives) : INetwork
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _left = requests;

    public Task Died => _died.Task;

    public ValueTask<T> ReadAsync<T>(Func<T> read, CancellationToken cancellationToken) => SendAsync(read);

    public ValueTask<T> ConditionalAsync<T>(Func<T> write, T unknown, CancellationToken cancellationToken) => SendAsync(write);

    public async ValueTask PlainAsync(Action write, CancellationToken cancellationToken) => await SendAsync(() =>
    {
        write();
        return true;
    });

    private ValueTask<T> SendAsync<T>(Func<T> request)
    {
        if (--_left > 0)
        {
            return ValueTask.FromResult(request());
        }

        if (_left == 0 && lastArrives)
        {
            request();
        }

        _died.TrySetResult();
        return new ValueTask<T>(new TaskCompletionSource<T>().Task);
    }
}
