using System.Net.Sockets;
using S3Cassandra.S3Server.Configuration;

namespace S3Cassandra.S3Server.Hosting.Administration;

/// <summary>
/// Where a server that has a data folder open lets verbs in: a Unix socket in that folder, which its owner alone may connect to, as he alone
/// may read the root key beside it. A connection is a request and its answer.
/// </summary>
internal sealed class AdministrationSocket : IAsyncDisposable
{
    public const string FileName = "admin.sock";

    /// <summary>Of an address of a Unix socket, its last byte left zero.</summary>
    private const int MaxPath = 107;

    /// <summary>Verbs that are answered at once; more wait.</summary>
    private const int Backlog = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Socket _listener;
    private readonly string _path;
    private readonly Administrator _administrator;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _accepting;

    private AdministrationSocket(Socket listener, string path, Administrator administrator, ILogger logger)
    {
        _listener = listener;
        _path = path;
        _administrator = administrator;
        _logger = logger;
        _accepting = AcceptAsync();
    }

    /// <summary>Listens in a data folder that this process has locked; null, with a warning, where the system does not let it.</summary>
    public static AdministrationSocket? Listen(ServerOptions options, Administrator administrator, ILogger logger)
    {
        var path = Path.Combine(options.DataFolder, FileName);
        if (OperatingSystem.IsWindows() || System.Text.Encoding.UTF8.GetByteCount(path) > MaxPath)
        {
            Log.NoAdministrationSocket(logger, null, path);
            return null;
        }

        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // One that was left by a process that was killed: nobody listens there, or the folder would be locked.
            File.Delete(path);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            listener.Listen(Backlog);
            return new AdministrationSocket(listener, path, administrator, logger);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            listener.Dispose();
            Log.NoAdministrationSocket(logger, failure, path);
            return null;
        }
    }

    /// <summary>Lets nobody in any more, and finishes what is being done.</summary>
    public async ValueTask DisposeAsync()
    {
        File.Delete(_path);
        await _ending.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _ending.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var connection = await _listener.AcceptAsync(_ending.Token);
                await AnswerAsync(connection);
            }
        }
        catch (OperationCanceledException)
        {
            // It was asked to end.
        }
        catch (SocketException failure)
        {
            Log.NoAdministrationSocket(_logger, failure, _path);
        }
    }

    private async Task AnswerAsync(Socket connection)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _ending.Token);
        try
        {
            await using var stream = new NetworkStream(connection);
            var asked = await AdministrationWire.ReadAsync(stream, AdministrationJson.Default.AdministrationRequest, waiting.Token);
            if (asked is { Verb: not null, Parameters: not null } request)
            {
                await AdministrationWire.WriteAsync(
                    stream, await _administrator.DoAsync(request, patience.Token), AdministrationJson.Default.AdministrationAnswer, patience.Token);
            }
        }
        catch (Exception failure) when (failure is IOException or OperationCanceledException or Storage.StoreUnavailableException or Storage.CorruptDataException)
        {
            // The verb hears no answer and says so.
            Log.VerbFailed(_logger, failure);
        }
    }
}
