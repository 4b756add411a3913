using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace S3Cassandra.Reliability.Tests.Histories;

/// <summary>Collects the operations of all clients; saves them as JSON lines, one operation a line.</summary>
internal sealed class Recorder
{
    private static readonly JsonSerializerOptions Format = new() { Converters = { new JsonStringEnumConverter() } };

    private readonly ConcurrentQueue<Operation> _operations = new();

    public static long Now => Stopwatch.GetTimestamp();

    public IReadOnlyCollection<Operation> Operations => _operations;

    public void Add(Operation operation) => _operations.Enqueue(operation);

    public void Save(string file) => File.WriteAllLines(file, _operations.OrderBy(operation => operation.Start).Select(ToLine));

    public static IEnumerable<Operation> Load(string file) =>
        File.ReadLines(file).Select(line => JsonSerializer.Deserialize<Operation>(line, Format)!);

    private static string ToLine(Operation operation) => JsonSerializer.Serialize(operation, Format);
}
