using System.Globalization;
using S3Cassandra.Cql;

namespace S3Cassandra.CqlLoad;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        CqlLoad: load on a Cassandra node through the client in src/Cql, and what it costs on both sides.

          dotnet run -c Release --project benchmarks/CqlLoad -- WORKLOAD [options]

          write read          blobs of --size bytes (default 524288), inserted and read back
          insert get          rows of 64 bytes, inserted, and read by their key
          batch               conditional batches of --rows rows (1 to 64) on 16 partitions

          --contact HOST[:PORT]   default 127.0.0.1:9042
          --seconds N             default 5, after warming up until nothing more is compiled
          --chunks N              blobs that are read, over and over: what fits into Cassandra's cache costs it less; default 256
          --in-flight N           requests under way; default 16 for blobs, 64 for rows, 16 for batches
          --connections N         for blobs and for rows each; default 2
          --protocol 4|5          default 4
          --pid PID               Cassandra's process, whose CPU is printed beside
          --keyspace NAME         default cqlload; made when missing
          --replication N         replicas of a keyspace that is made; default 1
        """;

    public required string Workload { get; init; }

    public string Contact { get; init; } = "127.0.0.1:9042";

    public int Size { get; init; } = 512 * 1024;

    public int Chunks { get; init; } = 256;

    public int Rows { get; init; } = 16;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    public int? InFlight { get; init; }

    public int Connections { get; init; } = 2;

    public ProtocolVersion Protocol { get; init; } = ProtocolVersion.V4;

    public int? CassandraPid { get; init; }

    public int Replication { get; init; } = 1;

    public string Keyspace { get; init; } = "cqlload";

    /// <summary>Null when the arguments make no sense.</summary>
    public static LoadOptions? Parse(string[] arguments)
    {
        if (arguments.Length == 0 || arguments.Length % 2 == 0)
        {
            return null;
        }
        LoadOptions? options = new() { Workload = arguments[0] };
        for (var i = 1; i < arguments.Length && options is not null; i += 2)
        {
            options = options.With(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private LoadOptions? With(string name, string value) => name switch
    {
        "--contact" => this with { Contact = value },
        "--keyspace" => this with { Keyspace = value },
        "--size" => this with { Size = Number(value) },
        "--chunks" => this with { Chunks = Number(value) },
        "--rows" => this with { Rows = Number(value) },
        "--seconds" => this with { Duration = TimeSpan.FromSeconds(Number(value)) },
        "--in-flight" => this with { InFlight = Number(value) },
        "--connections" => this with { Connections = Number(value) },
        "--protocol" => this with { Protocol = (ProtocolVersion)Number(value) },
        "--replication" => this with { Replication = Number(value) },
        "--pid" => this with { CassandraPid = Number(value) },
        _ => null,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
