using System.Globalization;

namespace S3Cassandra.IndexLoad;

/// <summary>What the command line asks for.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        IndexLoad: the index on Cassandra alone: what a write of a new object costs, by where its body goes.

          dotnet run -c Release --project benchmarks/IndexLoad -- WORKLOAD [options]

          inline     the key's head is read, then committed with the body in its row
          chunk      the body is named as a suspect and written as a chunk, then the head is read and committed without it
          get        heads with their bodies are read
          list       pages of 1000 keys

          grow                fills the keyspace's bucket (schema and all made before) to each of --marks, and says what operations cost there

          --contact HOST[:PORT]   default 127.0.0.1:9042
          --writers N             at once; default 16
          --size N                bytes of a body; default 4096
          --buckets N             default 1
          --seconds N             default 5, after two of warming up
          --pid PID               Cassandra's process, whose CPU is printed beside
          --marks N,N,…           of grow: keys in the bucket; default 1000,10000,100000
          --fill commits|bulk     of grow: through commits and splits, or shards written whole; default commits
          --keyspace NAME         default indexload; made when missing, with RF 1
        """;

    public required string Workload { get; init; }

    public string Contact { get; init; } = "127.0.0.1:9042";

    public int Writers { get; init; } = 16;

    public int Size { get; init; } = 4096;

    public int Buckets { get; init; } = 1;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    public int? CassandraPid { get; init; }

    public IReadOnlyList<long> Marks { get; init; } = [1000, 10_000, 100_000];

    public bool Bulk { get; init; }

    public string Keyspace { get; init; } = "indexload";

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
        "--writers" => this with { Writers = Number(value) },
        "--buckets" => this with { Buckets = Number(value) },
        "--seconds" => this with { Duration = TimeSpan.FromSeconds(Number(value)) },
        "--marks" => this with { Marks = [.. value.Split(',').Select(mark => long.Parse(mark, CultureInfo.InvariantCulture))] },
        "--fill" => this with { Bulk = value == "bulk" },
        "--pid" => this with { CassandraPid = Number(value) },
        _ => null,
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
