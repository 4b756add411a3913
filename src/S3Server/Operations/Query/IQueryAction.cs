using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Query;

/// <summary>One action of an API of AWS's query protocol (IAM, STS), named as AWS names it. Instances are shared by all requests.</summary>
internal interface IQueryAction
{
    string Name { get; }

    /// <summary>Who may ask for it.</summary>
    QueryAccess Access => QueryAccess.ByPolicy;

    /// <summary>What it is done to, for the policies that decide; not asked where no policy does.</summary>
    ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken);

    /// <summary>Does it; what comes back is the content of the result, or, where that is empty, the result itself; nothing for an action without one.</summary>
    /// <exception cref="QueryException">It could not be done.</exception>
    ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken);
}
