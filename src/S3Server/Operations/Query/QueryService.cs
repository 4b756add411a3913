using System.Collections.Frozen;
using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>An API of the query protocol.</summary>
/// <param name="Name">As the credential scope names it: <c>iam</c>, <c>sts</c>; also the vendor of its actions in policies.</param>
/// <param name="Version">The version of its API, which names it in requests that nobody signed.</param>
/// <param name="Namespace">Of its documents.</param>
/// <param name="HasRegions">Whether it is also signed for the server's own region; else for us-east-1 alone, where AWS has it.</param>
internal sealed record QueryService(string Name, string Version, XNamespace Namespace, bool HasRegions)
{
    private readonly FrozenDictionary<string, IQueryAction> _actions = FrozenDictionary<string, IQueryAction>.Empty;

    /// <summary>Whether its actions change who there is and what they may do; those of others only read that.</summary>
    public bool ChangesRecords { get; init; } = true;

    public required IEnumerable<IQueryAction> Actions
    {
        init => _actions = value.ToFrozenDictionary(action => action.Name, StringComparer.Ordinal);
    }

    public IQueryAction? Find(string action) => _actions.GetValueOrDefault(action);
}
