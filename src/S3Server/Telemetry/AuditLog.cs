using System.Buffers;
using System.Threading.Channels;

namespace S3Cassandra.S3Server.Telemetry;

/// <summary>
/// One line of JSON per administrative change and per refused request. Written by a task of its own: no request waits for it. Where it cannot
/// keep up, or its output fails, lines are dropped, which is said in the log itself and, loudly, in the server's.
/// </summary>
/// <param name="output">Where lines go; null: nowhere.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Is told what is lost.</param>
internal sealed class AuditLog(AuditOutput? output, TimeProvider time, ILogger<AuditLog> logger) : IAsyncDisposable
{
    /// <summary>Lines that may wait: of half a KiB each, 8 MiB.</summary>
    public const int MaxWaiting = 16 * 1024;

    private const int BatchBytes = 256 * 1024;

    private readonly Channel<AuditEntry> _entries = Channel.CreateBounded<AuditEntry>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private long _dropped;
    private Task? _writing;

    public bool IsOn => output is not null;

    /// <summary>Begins to write; before that lines wait.</summary>
    public void Start() => _writing ??= output is null ? Task.CompletedTask : WriteUntilClosedAsync(output);

    public void Write(AuditEntry entry)
    {
        if (output is not null && !_entries.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries.Writer.TryComplete();
        if (_writing is not null)
        {
            await _writing;
        }
    }

    private async Task WriteUntilClosedAsync(AuditOutput to)
    {
        var lines = new ArrayBufferWriter<byte>(BatchBytes);
        while (await _entries.Reader.WaitToReadAsync())
        {
            var count = 0L;
            lines.ResetWrittenCount();
            var dropped = Interlocked.Exchange(ref _dropped, 0);
            if (dropped > 0)
            {
                Log.AuditLinesDropped(logger, dropped);
                AuditLine.WriteDropped(lines, time.GetUtcNow(), dropped);
            }

            while (lines.WrittenCount < BatchBytes && _entries.Reader.TryRead(out var entry))
            {
                AuditLine.Write(lines, entry);
                count++;
            }

            try
            {
                await to.WriteAsync(lines.WrittenMemory);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                Log.AuditOutputFailed(logger, failure, count + dropped);
                Interlocked.Add(ref _dropped, count + dropped);
            }
        }
    }
}
