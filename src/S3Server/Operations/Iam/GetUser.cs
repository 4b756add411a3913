using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a user, or who asks, root included.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html"/>
internal sealed class GetUser(IamHolders<UserRecord> users, AccountStore accounts) : IQueryAction
{
    public string Name => "GetUser";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) => IsRoots(request)
        ? ValueTask.FromResult(new QueryTarget(request.Caller.PrincipalArn))
        : users.TargetAsync(request, request.UserNameOrCaller(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        if (!IsRoots(request))
        {
            return [IamDocument.Of(await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken))];
        }

        var account = await accounts.FindAsync(request.AccountId, cancellationToken);
        return
        [
            IamDocument.Element(
                "User",
                IamDocument.Element("UserId", request.AccountId),
                IamDocument.Element("Arn", request.Caller.PrincipalArn),
                IamDocument.Element("CreateDate", IamDocument.Date(account?.Created ?? DateTimeOffset.UnixEpoch))),
        ];
    }

    private static bool IsRoots(QueryRequest request) => request.Caller.IsRoot && string.IsNullOrEmpty(request.Find("UserName"));
}
