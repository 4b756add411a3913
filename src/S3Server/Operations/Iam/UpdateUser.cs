using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a user another name or path; its keys, policies and groups stay.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateUser.html"/>
internal sealed class UpdateUser(IamHolders<UserRecord> users, UserRenaming renaming) : IQueryAction
{
    public string Name => "UpdateUser";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        RenamingTarget.OfAsync(users, request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var newName = request.Find("NewUserName") is null ? null : request.Named("NewUserName", 64);
        var newPath = request.Find("NewPath") is null ? null : request.Path("NewPath");
        var user = await users.GetAsync(request, cancellationToken);
        var (name, path) = (newName ?? user.Name, newPath ?? user.Path);
        if (name.Equals(user.Name, StringComparison.OrdinalIgnoreCase))
        {
            await users.ChangeAsync(request, now => now with { Name = name, Path = path }, "", cancellationToken);
        }
        else
        {
            await renaming.RenameAsync(user, user with { Name = name, Path = path }, cancellationToken);
        }

        return [];
    }
}
