using System.Globalization;
using System.Text;
using S3Cassandra.Auth.Policies.Language;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>A policy of a simulation, and what the answer calls it.</summary>
internal sealed record SimulatedPolicy(string Source, Policy Policy)
{
    /// <summary>Those given with a request.</summary>
    /// <exception cref="QueryException">InvalidInput.</exception>
    public static IReadOnlyList<SimulatedPolicy> Read(QueryRequest request, string list)
    {
        var policies = new List<SimulatedPolicy>();
        foreach (var document in request.Many(list))
        {
            var parse = PolicyParser.Parse(Encoding.UTF8.GetBytes(document.Trim()), PolicyKind.Identity);
            var source = string.Create(CultureInfo.InvariantCulture, $"{list}.{policies.Count + 1}");
            policies.Add(parse.Policy is { } policy
                ? new SimulatedPolicy(source, policy)
                : throw QueryException.Invalid($"Invalid input {source}: {parse.Failure!.Message}"));
        }

        return policies;
    }
}
