using System.Net;
using System.Net.Sockets;
using System.Text;
using S3Cassandra.Support;

namespace S3Cassandra.Reliability.Tests.Crowds;

/// <summary>Connections of which some asked for an object and read little of it, and some ask for nothing.</summary>
internal sealed class SlowCrowd(S3Endpoint endpoint) : IDisposable
{
    private readonly List<Socket> _readers = [];
    private readonly List<Socket> _idle = [];

    public int Readers => _readers.Count;

    public void Dispose() => _readers.Concat(_idle).ToList().ForEach(socket => socket.Dispose());

    public async Task AddIdleAsync(CancellationToken token) => _idle.Add(await ConnectAsync(token));

    /// <summary>Asks for an object and takes the first byte of the answer: from then on the server waits for this reader.</summary>
    public async Task AddReaderAsync(string bucket, string key, CancellationToken token)
    {
        var socket = await ConnectAsync(token);
        _readers.Add(socket);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{endpoint.Url}/{bucket}/{key}"));
        SignatureV4.Sign(request, endpoint, SignatureV4.Unsigned, DateTimeOffset.UtcNow);
        var text = new StringBuilder($"GET /{bucket}/{key} HTTP/1.1\r\nHost: {endpoint.Address.Authority}\r\nConnection: close\r\n");
        foreach (var (name, values) in request.Headers.NonValidated)
        {
            text.Append(name).Append(": ").Append(values.ToString()).Append("\r\n");
        }

        await socket.SendAsync(Encoding.ASCII.GetBytes(text.Append("\r\n").ToString()), token);
        var first = new byte[1];
        Assert.Equal(1, await socket.ReceiveAsync(first, token));
        Assert.Equal((byte)'H', first[0]);
    }

    /// <summary>Reads a reader's whole answer; its body.</summary>
    public async Task<byte[]> FinishAsync(int reader, CancellationToken token)
    {
        await using var stream = new NetworkStream(_readers[reader], ownsSocket: false);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, token);
        var bytes = answer.GetBuffer().AsSpan(0, (int)answer.Length);
        Assert.StartsWith("TTP/1.1 200", Encoding.ASCII.GetString(bytes[..20]), StringComparison.Ordinal);
        return bytes[(bytes.IndexOf("\r\n\r\n"u8) + 4)..].ToArray();
    }

    private async Task<Socket> ConnectAsync(CancellationToken token)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 16 * 1024 };
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, endpoint.Address.Port, token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
