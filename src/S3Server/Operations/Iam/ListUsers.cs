using System.Xml.Linq;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Lists users by name, those below a path.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html"/>
internal sealed class ListUsers(IdentityStore identities) : IIamAction
{
    private const int ReadAtOnce = 1000;

    public string Name => "ListUsers";

    public ValueTask<string> ResourceAsync(IamRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult($"arn:aws:iam::{request.AccountId}:user/");

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(IamRequest request, CancellationToken cancellationToken)
    {
        var prefix = request.Find("PathPrefix") ?? "/";
        var size = request.PageSize();
        var found = new List<UserRecord>();
        var after = request.Find("Marker");
        while (found.Count <= size)
        {
            var some = await identities.ListUsersAsync(request.AccountId, after, ReadAtOnce, cancellationToken);
            found.AddRange(some.Where(user => user.Path.StartsWith(prefix, StringComparison.Ordinal)));
            if (some.Count < ReadAtOnce)
            {
                break;
            }

            after = some[^1].Name;
        }

        var isTruncated = found.Count > size;
        var page = found.Take(size).ToList();
        var users = IamDocument.Element("Users", [.. page.Select(user => IamDocument.Of(user, "member"))]);
        return isTruncated
            ? [users, IamDocument.IsTruncated(true), IamDocument.Element("Marker", page[^1].Name)]
            : [users, IamDocument.IsTruncated(false)];
    }
}
