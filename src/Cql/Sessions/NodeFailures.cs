using System.Net;
using S3Cassandra.Cql.Cluster;

namespace S3Cassandra.Cql.Sessions;

/// <summary>Why one node after another did not do. Allocates nothing before the first.</summary>
internal struct NodeFailures
{
    private List<KeyValuePair<EndPoint, Exception>>? _reasons;
    private CqlException? _answered;
    private bool _isFinal;

    /// <summary>Whether another try may meet something else: no node could be reached, and none refused.</summary>
    public readonly bool MayPass => !_isFinal;

    /// <summary>A node that was asked.</summary>
    public void Add(Node node, CqlException failure)
    {
        (_reasons ??= []).Add(new(node.Address, failure));
        _isFinal |= failure is not CqlConnectionException;
        if (failure is not CqlConnectionException { MayHaveBeenSent: false })
        {
            _answered = failure;
        }
    }

    /// <summary>A node without a connection.</summary>
    public void AddDown(Node node)
    {
        var reason = node.Pool?.Failure ?? new CqlConnectionException($"There is no connection to {node.Address} yet.") { Node = node.Address };
        (_reasons ??= []).Add(new(node.Address, reason));
    }

    /// <summary>The nodes are asked once more: their reasons are those of this time. What may have been sent stays so.</summary>
    public readonly void BeginAnew() => _reasons?.Clear();

    /// <summary>The last failure of a node that was really asked; where none was, all of them.</summary>
    public readonly CqlException ToException()
    {
        if (_answered is not null)
        {
            return _answered;
        }
        var reasons = _reasons ?? [];
        return new NoNodeAvailableException(
            reasons.Count == 0 ? "No node of the local data centre is known." : $"No node can be asked. {string.Join(" ", reasons.Select(reason => $"{reason.Key}: {reason.Value.Message}"))}",
            reasons);
    }
}
