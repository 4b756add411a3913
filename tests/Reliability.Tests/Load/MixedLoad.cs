using System.Collections.Concurrent;
using System.Net;
using S3Cassandra.Reliability.Tests.Histories;
using S3Cassandra.Reliability.Tests.Linearizability;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Load;

/// <summary>
/// Clients that put small and large objects, overwrite, copy, complete multipart uploads, delete and read the same few keys at once,
/// then the next few; every operation is recorded. A client ends when the server is gone.
/// </summary>
internal sealed class MixedLoad(LoadSettings settings, KnownValues values)
{
    private int _issued = -1;
    private int _clients = -1;

    public LoadSettings Settings => settings;

    public KnownValues Values => values;

    public Recorder Recorder { get; } = new();

    /// <summary>Every answer of 5xx, with its text.</summary>
    public ConcurrentQueue<(HttpStatusCode Status, string Text)> Refusals { get; } = new();

    /// <summary>The objects that copies are made of: put once, never changed. Small and large.</summary>
    public IReadOnlyList<(string Key, string Id)> Sources { get; private set; } = [];

    public IEnumerable<string> Keys => Recorder.Operations.Select(operation => operation.Key).Distinct().Order(StringComparer.Ordinal);

    public async Task PutSourcesAsync(S3Client client, CancellationToken token)
    {
        List<(string, string)> sources = [];
        foreach (var size in new[] { 900, settings.LargeSize })
        {
            var (key, id) = ($"{settings.Prefix}source-{size}", ObjectContent.NewId(0, size, size));
            var operation = new Operation(0, OperationKind.Put, key, id, null, null, Recorder.Now, long.MaxValue, OperationOutcome.Unknown);
            try
            {
                var response = await client.PutAsync(settings.Bucket, key, values.Add(id, multipart: false), token, ("x-amz-meta-id", id));
                Assert.True(response.IsSuccess, response.Text);
                operation = operation with { End = Recorder.Now, Outcome = OperationOutcome.Ok };
                sources.Add((key, id));
            }
            finally
            {
                Recorder.Add(operation);
            }
        }

        Sources = sources;
    }

    /// <summary>Runs until all operations are done, the token is cancelled or the server is gone.</summary>
    public async Task RunAsync(S3Endpoint endpoint, CancellationToken token)
    {
        using var client = new S3Client(endpoint);
        await RunAsync(() => client, token);
    }

    /// <summary>The same with a server that may become another; several of these may run at once, each with clients of its own.</summary>
    public async Task RunAsync(Func<S3Client> server, CancellationToken token)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAll(Enumerable.Range(0, settings.Clients).Select(_ => Task.Run(() => ClientAsync(server, gone), token)));
    }

    /// <summary>Reads every key once more, so that the last acknowledged write of each must be there, and compares GET, HEAD and LIST.</summary>
    /// <returns>What each key holds now: the id of its value, or null.</returns>
    public async Task<Dictionary<string, string?>> SettleAsync(S3Client client, CancellationToken token)
    {
        var ledger = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var key in Keys.ToList())
        {
            var start = Recorder.Now;
            var got = await client.GetAsync(settings.Bucket, key, token);
            var id = got.IsSuccess ? values.Identify(key, got, withBody: true) : null;
            Assert.True(got.IsSuccess || (int)got.Status == 404, $"{key}: {got.Status} {got.Text}");
            Recorder.Add(new(-1, OperationKind.Get, key, null, null, id, start, Recorder.Now, OperationOutcome.Ok));
            ledger[key] = id;
        }

        await Ledger.VerifyAsync(client, settings.Bucket, settings.Prefix, ledger, values, token);
        if (HistoryChecker.Explain(Recorder.Operations) is { } violation)
        {
            Assert.Fail(violation);
        }

        return ledger;
    }

    private async Task ClientAsync(Func<S3Client> server, CancellationTokenSource gone)
    {
        var worker = new LoadClient(server, this, Interlocked.Increment(ref _clients));
        while (!gone.IsCancellationRequested)
        {
            var issued = Interlocked.Increment(ref _issued);
            if (issued >= settings.Operations)
            {
                return;
            }

            var generation = issued / (settings.Keys * settings.OperationsPerKey);
            var answered = false;
            try
            {
                await worker.StepAsync($"{settings.Prefix}{generation:D3}/k{issued % settings.Keys}");
                answered = !worker.IsRefused;
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                if (settings.Patience is null)
                {
                    await gone.CancelAsync();
                }
            }

            if (!answered && settings.Patience is { } patience)
            {
                await Task.Delay(patience, gone.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}
