using System.Net;
using S3Cassandra.Reliability.Tests.Load;

namespace S3Cassandra.Reliability.Cassandra.Tests;

/// <summary>
/// Clients at every server that write and read the same keys, one that lists and others that have the bucket grow, while something is done to
/// nodes and servers; then, healed, every oracle: histories (O2), listings (O3), the ledger by every server (O4), fsck (O5), and no 500 (O6).
/// </summary>
internal sealed class ClusterLoad
{
    private readonly ServedStore _store;
    private readonly MixedLoad _load;
    private readonly ListWalker _lists;
    private readonly Grower _grower;
    private readonly KnownValues _values = new();

    private ClusterLoad(ServedStore store, int seed)
    {
        _store = store;
        var settings = new LoadSettings(store.Bucket, "load/")
        {
            Clients = 3,
            Keys = 8,
            OperationsPerKey = 60,
            LargeSize = 900_000,
            Seed = seed,
            Patience = TimeSpan.FromMilliseconds(300),
        };
        _load = new MixedLoad(settings, _values);
        _lists = new ListWalker(store, seed);
        _grower = new Grower(store);
    }

    public int Refused => _load.Refusals.Count;

    /// <summary>Runs the load while <paramref name="disturb"/> does; the token that it gets ends when the load failed.</summary>
    /// <returns>What the run came to, in a line.</returns>
    public static async Task<string> RunAsync(ServedStore store, int seed, Func<CancellationToken, Task> disturb, CancellationToken token)
    {
        var load = new ClusterLoad(store, seed);
        await load._lists.PrepareAsync(token);
        await load._load.PutSourcesAsync(store.Patient(store.Servers.Count - 1), token);
        await load.UnderLoadAsync(disturb, token);
        var healed = await store.UntilServedAsync(token);
        await load.VerifyAsync(token);
        await store.CheckAsync(token);
        var operations = load._load.Recorder.Operations.Count;
        return $"{operations} operations, {load.Refused} answers of 503, {load._lists.Walks} listings; served again within {healed.TotalSeconds:F1} s; seed {seed}: no violation";
    }

    private async Task UnderLoadAsync(Func<CancellationToken, Task> disturb, CancellationToken token)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task[] work =
        [
            .. Enumerable.Range(0, _store.Servers.Count).Select(server => _load.RunAsync(() => _store.Client(server), ending.Token)),
            _lists.RunAsync(ending.Token),
        ];
        var growing = _grower.RunAsync(ending.Token);
        var disturbance = disturb(ending.Token);
        try
        {
            // A load that ends by itself has failed.
            await await Task.WhenAny([disturbance, .. work]);
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll([disturbance, growing, .. work]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await Task.WhenAll([growing, .. work]);
    }

    private async Task VerifyAsync(CancellationToken token)
    {
        foreach (var refusal in _load.Refusals)
        {
            Assert.True(refusal.Status == HttpStatusCode.ServiceUnavailable, $"{refusal.Status} {refusal.Text}");
        }

        for (var server = 0; server < _store.Servers.Count; server++)
        {
            await _load.SettleAsync(_store.Patient(server), token);
        }

        await _grower.VerifyAsync(token);
    }
}
