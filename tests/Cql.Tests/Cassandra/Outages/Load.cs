using System.Collections.Concurrent;
using System.Diagnostics;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;

namespace S3Cassandra.Cql.Tests.Cassandra.Outages;

/// <summary>
/// What goes on while nodes go and come, 32 at once, all at a quorum: reads and idempotent inserts, each repeated until it has succeeded, and
/// conditional inserts, each made once. Every single statement has to end, one way or another.
/// </summary>
internal sealed class Load : IAsyncDisposable
{
    private const int Readers = 12;
    private const int Writers = 10;
    private const int Bidders = 10;
    private const int Rows = 100;

    /// <summary>Far more than the time that a statement has by its own clock, and than nodes under load need to see each other again.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromMinutes(5);

    /// <summary>Leaves the nodes time to start in.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(40);

    private readonly CqlSession _session;
    private readonly PreparedStatement _select;
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _count;
    private readonly Ledger _ledger;
    private readonly CancellationToken _token;
    private readonly Guid[] _writers = [.. Enumerable.Range(0, Writers).Select(_ => Guid.NewGuid())];
    private readonly int[] _written = new int[Writers];
    private readonly ConcurrentQueue<string> _failures = new();
    private Task[] _running = [];
    private volatile bool _isEnding;
    private long _completed;

    private Load(CqlSession session, PreparedStatement select, PreparedStatement insert, PreparedStatement count, Ledger ledger, CancellationToken token)
    {
        _session = session;
        _select = select;
        _insert = insert;
        _count = count;
        _ledger = ledger;
        _token = token;
    }

    public static async Task CreateTablesAsync(CqlSession session, CancellationToken token)
    {
        await session.RunAsync($"CREATE TABLE {OutageCluster.Keyspace}.facts (k int PRIMARY KEY, v int)", token);
        await session.RunAsync($"CREATE TABLE {OutageCluster.Keyspace}.notes (writer uuid, n int, PRIMARY KEY (writer, n))", token);
        await session.RunAsync($"CREATE TABLE {OutageCluster.Keyspace}.ledger (k uuid, slot int, bid uuid, PRIMARY KEY (k, slot))", token);
        var insert = await session.PrepareAsync($"INSERT INTO {OutageCluster.Keyspace}.facts (k, v) VALUES (?, ?)", token);
        await Task.WhenAll(Enumerable.Range(0, Rows).Select(key => session.RunAsync(insert.Bind().Int(key).Int(key * 1000), token)));
    }

    public static async Task<Load> BeginAsync(CqlSession session, CancellationToken token)
    {
        var load = new Load(
            session,
            await session.PrepareAsync("SELECT v FROM facts WHERE k = ?", token),
            await session.PrepareAsync("INSERT INTO notes (writer, n) VALUES (?, ?)", token),
            await session.PrepareAsync("SELECT count(*) FROM notes WHERE writer = ?", token),
            await Ledger.PrepareAsync(session, token),
            token);
        load._running =
        [
            .. Enumerable.Range(0, Readers).Select(reader => load.RunAsync(n => load.UntilItSucceedsAsync(() => load.ReadAsync(reader + n)))),
            .. Enumerable.Range(0, Writers).Select(writer => load.RunAsync(n => load.WriteAsync(writer, n))),
            .. Enumerable.Range(0, Bidders).Select(bidder => load.RunAsync(n => EndsAsync(load._ledger.BidAsync(bidder, n, token)))),
        ];
        await load.GoesOnAsync();
        return load;
    }

    /// <summary>Waits until every worker has gone through some more rounds on the average.</summary>
    public Task GoesOnAsync()
    {
        var target = Interlocked.Read(ref _completed) + (10 * (Readers + Writers + Bidders));
        return UntilAsync(() => Interlocked.Read(ref _completed) >= target);
    }

    /// <summary>Waits for something to come true while the load goes on; what goes wrong with the load ends the wait.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_token);
        limit.CancelAfter(2 * Hanging);
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!condition())
        {
            if (Array.Find(_running, worker => worker.IsFaulted) is { } broken)
            {
                await broken;
            }

            await pace.WaitForNextTickAsync(limit.Token);
        }
    }

    /// <summary>Ends the load, and looks whether all that was answered is so.</summary>
    public async Task EndAsync()
    {
        _isEnding = true;
        await Task.WhenAll(_running);
        TestContext.Current.TestOutputHelper?.WriteLine($"{_completed} rounds; conditional: {_ledger}; again after: {Failures()}");
        for (var writer = 0; writer < Writers; writer++)
        {
            await UntilItSucceedsAsync(() => CountAsync(writer));
        }

        // What is left of an unknown bid may take the round from a read.
        await UntilItSucceedsAsync(() => _ledger.ReadAsync(_token));
        _ledger.Verify();
    }

    /// <summary>Ends what still runs because the test has failed.</summary>
    public async ValueTask DisposeAsync()
    {
        _isEnding = true;
        await Task.WhenAny(Task.WhenAll(_running));
    }

    private static async Task EndsAsync(Task statement)
    {
        try
        {
            await statement.WaitAsync(Hanging);
        }
        catch (TimeoutException)
        {
            Assert.Fail("A statement did not end.");
        }
    }

    private string Failures() => string.Join(", ", _failures.CountBy(failure => failure).Select(count => $"{count.Value} {count.Key}"));

    private async Task RunAsync(Func<int, Task> round)
    {
        for (var n = 0; !_isEnding; n++)
        {
            await round(n);
            Interlocked.Increment(ref _completed);
            await Task.Delay(Pace, _token);
        }
    }

    private async Task UntilItSucceedsAsync(Func<Task> statement)
    {
        for (var begun = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await EndsAsync(statement());
                return;
            }
            catch (CqlException failure) when (Stopwatch.GetElapsedTime(begun) < Hanging)
            {
                _failures.Enqueue(failure is CqlServerException error ? $"{error.Code}" : failure.GetType().Name);
                await Task.Delay(Pace, _token);
            }
        }
    }

    private async Task ReadAsync(int key)
    {
        using var bound = _select.Bind().Int(key % Rows);
        using var rows = await _session.ExecuteAsync(bound, _token);
        Assert.True(rows.Read());
        Assert.Equal(key % Rows * 1000, rows.GetInt(0));
    }

    private async Task WriteAsync(int writer, int n)
    {
        await UntilItSucceedsAsync(() =>
        {
            var bound = _insert.Bind().Uuid(_writers[writer]).Int(n);
            bound.IsIdempotent = true;
            return _session.RunAsync(bound, _token);
        });
        _written[writer]++;
    }

    private async Task CountAsync(int writer)
    {
        using var bound = _count.Bind().Uuid(_writers[writer]);
        using var rows = await _session.ExecuteAsync(bound, _token);
        Assert.True(rows.Read());
        Assert.Equal(_written[writer], rows.GetBigint(0));
    }
}
