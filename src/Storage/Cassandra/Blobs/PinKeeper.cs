using System.Buffers.Binary;
using System.Collections.Concurrent;
using S3Cassandra.Cql;
using S3Cassandra.Cql.Sessions;
using S3Cassandra.Cql.Statements;
using S3Cassandra.Storage.Blobs;
using S3Cassandra.Storage.Cassandra.Statements;
using S3Cassandra.Storage.Cassandra.Tables;
using S3Cassandra.Storage.Identifiers;

namespace S3Cassandra.Storage.Cassandra.Blobs;

/// <summary>
/// The pins of this server's readers, and the table <c>pin</c>. Every writing is a row of its own that goes by its TTL: none is overwritten,
/// so no clock can make a refreshed pin lose against an older one.
/// </summary>
internal sealed class PinKeeper : IAsyncDisposable
{
    private const int IdLength = 16;

    private readonly CqlSession _session;
    private readonly PreparedStatement _insert;
    private readonly PreparedStatement _select;
    private readonly BlobHolds _holds;
    private readonly PinTimes _times;
    private readonly TimeProvider _clock;
    private readonly byte[] _server = Guid.NewGuid().ToByteArray();
    private readonly ConcurrentDictionary<CassandraBlobPin, bool> _pins = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;
    private long _writings;

    private PinKeeper(CqlSession session, PreparedStatement insert, PreparedStatement select, BlobHolds holds, PinTimes times, TimeProvider clock)
    {
        (_session, _insert, _select) = (session, insert, select);
        (_holds, _times, _clock) = (holds, times, clock);
        _keeping = KeepAsync(_stop.Token);
    }

    public static async ValueTask<PinKeeper> OpenAsync(
        CqlSession session, StatementRunner runner, BlobHolds holds, PinTimes times, TimeProvider clock, CancellationToken cancellationToken) =>
        new(
            session,
            await runner.PrepareAsync("INSERT INTO pin (blob, server) VALUES (?, ?) USING TTL ?", cancellationToken),
            await runner.PrepareAsync("SELECT server FROM pin WHERE blob = ? LIMIT 1", cancellationToken),
            holds,
            times,
            clock);

    public CassandraBlobPin Pin(BlobId blob)
    {
        _holds.Pin(blob);
        var pin = new CassandraBlobPin(this, blob, _times, _clock);
        _pins[pin] = true;
        return pin;
    }

    public void Release(CassandraBlobPin pin)
    {
        if (_pins.TryRemove(pin, out _))
        {
            _holds.Release(pin.Blob);
        }
    }

    /// <summary>Whether a reader anywhere has said that it reads the blob.</summary>
    public async ValueTask<bool> IsPinnedAsync(BlobId blob, CancellationToken cancellationToken)
    {
        using var bound = BindBlob(_select, blob);
        bound.Consistency = Consistency.Quorum;
        try
        {
            using var rows = await _session.ExecuteAsync(bound, cancellationToken);
            return rows.Read();
        }
        catch (CqlException exception)
        {
            throw CassandraFailure.Unavailable(exception);
        }
    }

    /// <summary>Writes the pins that are due.</summary>
    public async ValueTask TellAsync(CancellationToken cancellationToken)
    {
        foreach (var pins in _pins.Keys.Where(pin => pin.IsDue).GroupBy(pin => pin.Blob))
        {
            var begun = _clock.GetTimestamp();
            using var bound = BindBlob(_insert, pins.Key);
            bound.BlobCopy(NextRow()).Int((int)_times.Lifetime.TotalSeconds);
            bound.Consistency = Consistency.Quorum;
            bound.IsIdempotent = true;
            try
            {
                using (await _session.ExecuteAsync(bound, cancellationToken))
                {
                }
            }
            catch (CqlException)
            {
                // It is tried again; a reader whose pin is not kept fresh breaks off.
                continue;
            }

            foreach (var pin in pins)
            {
                pin.NoteTold(begun);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_times.Refresh / 2, _clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await TellAsync(cancellationToken);
        }
    }

    private byte[] NextRow()
    {
        var row = new byte[_server.Length + sizeof(long)];
        _server.CopyTo(row, 0);
        BinaryPrimitives.WriteInt64BigEndian(row.AsSpan(_server.Length), Interlocked.Increment(ref _writings));
        return row;
    }

    private static BoundStatement BindBlob(PreparedStatement statement, BlobId blob)
    {
        Span<byte> id = stackalloc byte[IdLength];
        blob.Value.TryWriteBytes(id, bigEndian: true, out _);
        return statement.Bind().BlobCopy(id);
    }
}
