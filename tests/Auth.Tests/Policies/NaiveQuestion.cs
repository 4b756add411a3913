using System.Text.Json.Nodes;

namespace S3Cassandra.Auth.Tests.Policies;

/// <summary>A request and the policies around it, as JSON.</summary>
internal sealed record NaiveQuestion(string Action, string Resource, string? Owner)
{
    public IReadOnlyList<JsonNode> Identity { get; init; } = [];

    public IReadOnlyList<JsonNode>? Session { get; init; }

    public JsonNode? Boundary { get; init; }

    public JsonNode? Bucket { get; init; }
}
