using System.Xml.Linq;
using S3Cassandra.S3Server.Operations.Query;
using S3Cassandra.Storage.Identities;

namespace S3Cassandra.S3Server.Operations.Iam;

/// <summary>Gives a group another name or path.</summary>
/// <seealso href="https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateGroup.html"/>
internal sealed class UpdateGroup(IdentityStore identities, IamHolders<GroupRecord> groups, GroupMembers members) : IQueryAction
{
    public string Name => "UpdateGroup";

    public ValueTask<QueryTarget> TargetAsync(QueryRequest request, CancellationToken cancellationToken) =>
        RenamingTarget.OfAsync(groups, request, cancellationToken);

    public async ValueTask<IReadOnlyList<XElement>> ExecuteAsync(QueryRequest request, CancellationToken cancellationToken)
    {
        var group = await groups.GetAsync(request, cancellationToken);
        var name = request.Find("NewGroupName") is null ? group.Name : request.Named("NewGroupName", 128);
        var path = request.Find("NewPath") is null ? group.Path : request.Path("NewPath");
        if (name.Equals(group.Name, StringComparison.OrdinalIgnoreCase))
        {
            await groups.ChangeAsync(request, now => now with { Name = name, Path = path }, "", cancellationToken);
            return [];
        }

        await RenameAsync(group, name, path, cancellationToken);
        return [];
    }

    /// <summary>The group is there under both names while its members change over, so that none is without it for a moment.</summary>
    private async ValueTask RenameAsync(GroupRecord group, string name, string path, CancellationToken cancellationToken)
    {
        var renamed = group with { Name = name, Path = path };
        await IamChanges.CreateAsync(identities.Groups, renamed, $"Group with name {name} already exists.", cancellationToken);
        await members.MoveAsync(group, name, cancellationToken);
        var outcome = await identities.Groups.RemoveAsync(group.AccountId, group.Name, now => IsAsRead(now, group), cancellationToken);
        if (outcome == IdentityOutcome.Changed)
        {
            return;
        }

        // Somebody changed it under its old name meanwhile: that counts, and the new name goes.
        await members.MoveAsync(renamed, group.Name, cancellationToken);
        await identities.Groups.RemoveAsync(group.AccountId, name, now => now.Id == group.Id, cancellationToken);
        throw QueryException.Concurrent();
    }

    private static bool IsAsRead(GroupRecord now, GroupRecord read) =>
        now.Id == read.Id && now.Path == read.Path && now.Policies.SequenceEqual(read.Policies) && now.Attached.SequenceEqual(read.Attached);
}
