using System.Net.Sockets;
using S3Cassandra.S3Server.Configuration;
using S3Cassandra.Storage;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>Asks the server that has a data folder open to do what a verb wants.</summary>
internal static class RunningServerClient
{
    /// <summary>The server's answer; null where no server lets verbs in there.</summary>
    /// <exception cref="StoreUnavailableException">It did not answer: what was asked for may have been done.</exception>
    public static async Task<AdministrationAnswer?> TryAskAsync(ServerOptions options, AdministrationRequest request, CancellationToken cancellationToken)
    {
        var path = Path.Combine(options.DataFolder, AdministrationSocket.FileName);
        if (options.Cassandra is not null || !File.Exists(path))
        {
            return null;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        }
        catch (Exception failure) when (failure is SocketException or ArgumentException)
        {
            return null;
        }

        try
        {
            await using var stream = new NetworkStream(socket);
            await AdministrationWire.WriteAsync(stream, request, AdministrationJson.Default.AdministrationRequest, cancellationToken);
            return await AdministrationWire.ReadAsync(stream, AdministrationJson.Default.AdministrationAnswer, cancellationToken) ?? throw Silent(options);
        }
        catch (IOException)
        {
            throw Silent(options);
        }
    }

    private static StoreUnavailableException Silent(ServerOptions options) =>
        new($"The server that has {options.DataFolder} open gave no answer: what was asked for may have been done.");
}
