using System.Diagnostics;

namespace S3Cassandra.Support.Cassandra;

/// <summary>
/// A process that ends the nodes of a folder and removes it when its input ends: when it is disposed of, or when the tests that hold the
/// other end are gone, however they ended.
/// </summary>
internal sealed class CassandraKeeper : IAsyncDisposable
{
    private const string Program = """
        trap '' INT TERM HUP
        cat > /dev/null
        for node in "$2"/node*/; do bash "$1" kill "$node"; done
        for _ in $(seq 50); do rm -rf "$2" && exit 0; sleep 0.1; done
        """;

    private readonly Process _process;

    private CassandraKeeper(Process process) => _process = process;

    public static CassandraKeeper Start(string folder)
    {
        var start = new ProcessStartInfo("/usr/bin/setsid", ["/bin/bash", "-c", Program, "cassandra-keeper", CassandraHome.Script, folder])
        {
            RedirectStandardInput = true,
        };
        return new(Process.Start(start)!);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
