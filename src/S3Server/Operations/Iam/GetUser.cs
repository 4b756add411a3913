using System.Xml.Linq;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Shows a user, or who asks.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetUser.html"/>
internal sealed class GetUser(IamUsers users) : IIamAction
{
    public string Name => "GetUser";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) => request.Find("UserName") is null
        ? ValueTask.FromResult(request.Caller.PrincipalArn)
        : users.ResourceAsync(request, request.UserName(), cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        if (request.Find("UserName") is null && request.Caller.IsRoot)
        {
            return
            [
                IamDocument.Element(
                    "User",
                    IamDocument.Element("UserId", request.AccountId),
                    IamDocument.Element("Arn", request.Caller.PrincipalArn),
                    IamDocument.Element("CreateDate", IamDocument.Date(DateTimeOffset.UnixEpoch))),
            ];
        }

        return [IamDocument.Of(await users.GetAsync(request, request.UserNameOrCaller(), cancellationToken))];
    }
}
