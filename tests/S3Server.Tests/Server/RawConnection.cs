using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace S3Cassandra.S3Server.Tests.Server;

/// <summary>A connection on which a test writes bytes as it likes and reads responses.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private NetworkStream _stream = null!;
    private int _start;
    private int _end;

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(address.Host, address.Port, Token);
        connection._stream = connection._client.GetStream();
        return connection;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _stream.WriteAsync(bytes, Token);

    /// <summary>Says that nothing more will be sent.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Reads a head, and no body.</summary>
    public async Task<TestResponse> ReadHeadAsync()
    {
        var head = new StringBuilder();
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            head.Append((char)await ReadByteAsync());
        }

        return TestResponse.OfHead(head.ToString());
    }

    /// <summary>Reads one response; to HEAD, its head only.</summary>
    public async Task<TestResponse> ReadAsync(bool isHead = false)
    {
        var response = await ReadHeadAsync();
        if (response.Status == 100)
        {
            return await ReadAsync(isHead);
        }

        if (isHead || response.Status is 204 or 304)
        {
            return response;
        }

        var length = int.Parse(response.Header("Content-Length") ?? "0", CultureInfo.InvariantCulture);
        var body = new byte[length];
        for (var index = 0; index < length; index++)
        {
            body[index] = await ReadByteAsync();
        }

        return response with { Body = Encoding.UTF8.GetString(body) };
    }

    /// <summary>Whether the server has closed the connection and sent nothing more.</summary>
    public async Task<bool> IsClosedAsync()
    {
        if (_start < _end)
        {
            return false;
        }

        try
        {
            return await _stream.ReadAsync(_buffer, Token) == 0;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Dispose() => _client.Dispose();

    private async ValueTask<byte> ReadByteAsync()
    {
        if (_start == _end)
        {
            _start = 0;
            _end = await _stream.ReadAsync(_buffer, Token);
            if (_end == 0)
            {
                throw new EndOfStreamException("The server closed the connection.");
            }
        }

        return _buffer[_start++];
    }
}
