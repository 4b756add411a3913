using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;

namespace S3Cassandra.S3Server.Operations.Sts;

/// <summary>
/// Gives a user or a root temporary credentials of its own: an hour at most for the root, 36 hours for a user. They may do what it may, but
/// nothing in IAM, and in STS only assume roles and ask who they are. They last no longer than the key that asks.
/// </summary>
/// <seealso href="https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html"/>
internal sealed class GetSessionToken(SessionIssuer issuer) : IQueryAction
{
    private const int MaxSeconds = 129_600;
    private const int UsualSeconds = 43_200;

    public string Name => "GetSessionToken";

    public QueryAccess Access => QueryAccess.AnyCaller;

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => ValueTask.FromResult(new QueryTarget("*"));

    public ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        if (request.Session is not null)
        {
            throw QueryException.AccessDenied("Cannot call GetSessionToken with session credentials");
        }

        if (request.Find("SerialNumber") is not null || request.Find("TokenCode") is not null)
        {
            throw new QueryException("NotImplemented", 501, "Multi-factor authentication is not implemented.");
        }

        var duration = SessionLimits.Duration(request, MaxSeconds, UsualSeconds);
        var most = request.Caller.IsRoot ? TimeSpan.FromSeconds(SessionLimits.HourSeconds) : duration;
        return issuer.IssueAsync(SessionIssuer.Of(request, duration < most ? duration : most), cancellationToken);
    }
}
