using System.Globalization;
using System.Text;
using System.Threading.Channels;

namespace S3Cassandra.S3Server.Telemetry;

/// <summary>
/// One line per request: time, remote address, request id, operation, bucket, key (percent-encoded as it came), status, error code, bytes
/// in, bytes out, milliseconds. Written by a task of its own; where it cannot keep up, lines are dropped and counted rather than requests
/// held up.
/// </summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private const int MaxWaiting = 16 * 1024;
    private readonly Channel<AccessLogEntry>? _entries;
    private readonly Stream? _output;
    private readonly Task _writing = Task.CompletedTask;
    private long _dropped;

    /// <param name="output">Where lines go; null: nowhere.</param>
    public AccessLog(Stream? output)
    {
        _output = output;
        if (output is not null)
        {
            _entries = Channel.CreateBounded<AccessLogEntry>(
                new BoundedChannelOptions(MaxWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
            _writing = WriteUntilClosedAsync(_entries.Reader, output);
        }
    }

    public bool IsOn => _entries is not null;

    public void Write(in AccessLogEntry entry)
    {
        if (_entries is not null && !_entries.Writer.TryWrite(entry))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    /// <summary>Writes what waits, then closes the output.</summary>
    public async ValueTask DisposeAsync()
    {
        _entries?.Writer.TryComplete();
        await _writing;
        if (_output is not null)
        {
            await _output.DisposeAsync();
        }
    }

    /// <summary>An output that is full or closed ends the log, never a request.</summary>
    private async Task WriteUntilClosedAsync(ChannelReader<AccessLogEntry> entries, Stream output)
    {
        try
        {
            await WriteAllAsync(entries, output);
        }
        catch (IOException)
        {
            _entries?.Writer.TryComplete();
        }
    }

    private async Task WriteAllAsync(ChannelReader<AccessLogEntry> entries, Stream output)
    {
        var line = new StringBuilder(512);
        var bytes = new byte[64 * 1024];
        while (await entries.WaitToReadAsync())
        {
            while (entries.TryRead(out var entry))
            {
                Format(line, entry);
                if (line.Length > 16 * 1024)
                {
                    await FlushAsync();
                }
            }

            var dropped = Interlocked.Exchange(ref _dropped, 0);
            if (dropped > 0)
            {
                line.Append(CultureInfo.InvariantCulture, $"# {dropped} lines dropped\n");
            }

            await FlushAsync();
            await output.FlushAsync();
        }

        async ValueTask FlushAsync()
        {
            if (bytes.Length < Encoding.UTF8.GetMaxByteCount(line.Length))
            {
                bytes = new byte[Encoding.UTF8.GetMaxByteCount(line.Length)];
            }

            var written = Encoding.UTF8.GetBytes(line.ToString(), bytes);
            line.Clear();
            await output.WriteAsync(bytes.AsMemory(0, written));
        }
    }

    internal static void Format(StringBuilder line, in AccessLogEntry entry)
    {
        line.Append(CultureInfo.InvariantCulture, $"{entry.Time.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} ");
        line.Append(entry.Remote?.ToString() ?? "-").Append(' ').Append(entry.RequestId).Append(' ');
        AppendSafe(line, entry.Operation);
        line.Append(' ');
        AppendSafe(line, entry.Bucket);
        line.Append(' ');
        AppendSafe(line, entry.EncodedKey);
        line.Append(CultureInfo.InvariantCulture, $" {entry.Status} {entry.ErrorCode ?? "-"} {entry.BytesIn} {entry.BytesOut} ");
        line.Append(CultureInfo.InvariantCulture, $"{entry.Duration.TotalMilliseconds:F2}\n");
    }

    /// <summary>Whatever could break a line or a terminal is written as a percent-escape.</summary>
    private static void AppendSafe(StringBuilder line, string text)
    {
        if (text.Length == 0)
        {
            line.Append('-');
            return;
        }

        foreach (var character in text)
        {
            if (character is > ' ' and < '\x7f')
            {
                line.Append(character);
            }
            else
            {
                foreach (var value in Encoding.UTF8.GetBytes([character]))
                {
                    line.Append(CultureInfo.InvariantCulture, $"%{value:X2}");
                }
            }
        }
    }
}
